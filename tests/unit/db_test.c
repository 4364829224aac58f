/* db_test.c - the database door on real files: what is bound, read, refused and kept.
 * links: core pkg:sqlite3 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "core/db.h"
#include "tests/unit/rows.h"

/* Each test has a folder of its own. */
static char       folder[64];
static struct db *db; /* the writing connection on path_of("a.db") */
static struct err err;

static const char *path_of(const char *name)
{
    static char path[4][128];
    static int  turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
    (void)stat, (void)kind, (void)ftw;
    return remove(path);
}

static int folder_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/db_test.XXXXXX");
    err = (struct err){0};
    db = NULL;
    return mkdtemp(folder) == NULL;
}

static int folder_end(void **state)
{
    (void)state;
    db_close(db);
    db = NULL;
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void good(bool is_good)
{
    if (!is_good) {
        struct buf words = {0};
        say_write(&err.say, &words);
        print_error("kind %d: %s\n", err.kind, buf_text(&words));
        buf_free(&words);
    }
    assert_true(is_good);
}

static void refused(bool is_good, enum err_kind kind, const char *id)
{
    assert_false(is_good);
    assert_string_equal(err.say.id, id);
    assert_int_equal(err.kind, kind);
}

static void open_with(const char *script)
{
    good(db_open(path_of("a.db"), DB_WRITE, NULL, &db, &err));
    good(db_script(db, script, &err));
}

static struct db_stmt *prepare(struct db *of, const char *sql)
{
    struct db_stmt *stmt = NULL;
    good(db_prepare(of, sql, &stmt, &err));
    return stmt;
}

/* The one number that a query gives. */
static int64_t number(struct db *of, const char *sql)
{
    struct db_stmt *stmt = prepare(of, sql);
    bool            row = false;
    good(db_step(stmt, &row, &err));
    assert_true(row);
    int64_t value = db_int(stmt, 0);
    db_reset(stmt);
    return value;
}

#define TABLE "CREATE TABLE t(id INTEGER PRIMARY KEY, word TEXT, bytes BLOB) STRICT;"

static void numbered_by_their_number(void **state)
{
    (void)state;
    open_with(TABLE);
    struct db_stmt *stmt = prepare(db, SQL("SELECT $2, $1, $2"));
    bool            row = false;
    db_bind_int(stmt, 1, 10);
    db_bind_int(stmt, 2, 20);
    good(db_step(stmt, &row, &err));
    assert_true(row);
    assert_int_equal(db_int(stmt, 0), 20);
    assert_int_equal(db_int(stmt, 1), 10);
    assert_int_equal(db_int(stmt, 2), 20);
    good(db_step(stmt, &row, &err));
    assert_false(row);
}

static void values_come_back(void **state)
{
    (void)state;
    open_with(TABLE);
    struct db_stmt *stmt = prepare(db, SQL("INSERT INTO t(id, word, bytes) VALUES($1, $2, $3)"));
    bool            row = false;
    size_t          len = 9;
    db_bind_int(stmt, 1, INT64_MIN);
    db_bind_text(stmt, 2, "门'\"; DROP TABLE t;--\xF0\x9F\x9A\xAA");
    db_bind_blob(stmt, 3, "\0\xFF\0", 3);
    good(db_run(stmt, &err));
    assert_int_equal(db_changes(db), 1);
    db_bind_int(stmt, 1, INT64_MAX);
    db_bind_textn(stmt, 2, NULL, 0);
    db_bind_blob(stmt, 3, NULL, 0);
    good(db_run(stmt, &err));
    db_bind_int(stmt, 1, 0);
    db_bind_text(stmt, 2, NULL);
    db_bind_null(stmt, 3);
    good(db_run(stmt, &err));

    stmt = prepare(db, SQL("SELECT id, word, bytes FROM t ORDER BY id"));
    assert_int_equal(db_columns(stmt), 3);
    assert_string_equal(db_column_name(stmt, 1), "word");
    good(db_step(stmt, &row, &err));
    assert_true(db_int(stmt, 0) == INT64_MIN);
    assert_string_equal(db_text(stmt, 1), "门'\"; DROP TABLE t;--\xF0\x9F\x9A\xAA");
    assert_memory_equal(db_blob(stmt, 2, &len), "\0\xFF\0", 3);
    assert_int_equal(len, 3);
    good(db_step(stmt, &row, &err));
    assert_true(db_is_null(stmt, 1));
    assert_string_equal(db_text(stmt, 1), "");
    assert_int_equal(db_type_of(stmt, 2), DB_NULL);
    assert_non_null(db_blob(stmt, 2, &len));
    assert_int_equal(len, 0);
    good(db_step(stmt, &row, &err));
    assert_true(db_int(stmt, 0) == INT64_MAX);
    assert_false(db_is_null(stmt, 1));
    assert_int_equal(db_type_of(stmt, 1), DB_TEXT);
    assert_int_equal(db_type_of(stmt, 2), DB_BLOB);
    assert_string_equal(db_text(stmt, 1), "");
    good(db_step(stmt, &row, &err));
    assert_false(row);
}

static void migrates_step_by_step(void **state)
{
    static const char  one[] = TABLE, two[] = "INSERT INTO t(id) VALUES(7); INSERT INTO absent VALUES(1);";
    const struct embed first[] = {
        {"1.sql", (const unsigned char *)one, sizeof one - 1},
        {NULL,    NULL,                       0             }
    };
    static const struct embed none[] = {
        {NULL, NULL, 0}
    };
    const struct embed broken[] = {
        {"1.sql", (const unsigned char *)one, sizeof one - 1},
        {"2.sql", (const unsigned char *)two, sizeof two - 1},
        {NULL,    NULL,                       0             }
    };
    (void)state;
    open_with("");
    good(db_migrate(db, first, &err));
    good(db_migrate(db, first, &err));
    assert_int_equal(number(db, SQL("PRAGMA user_version")), 1);
    refused(db_migrate(db, broken, &err), ERR_INPUT, "db.sql");
    assert_int_equal(number(db, SQL("PRAGMA user_version")), 1);
    assert_int_equal(number(db, SQL("SELECT count(*) FROM t")), 0);
    refused(db_migrate(db, none, &err), ERR_INPUT, "db.newer");
}

static void taken_back_whole(void **state)
{
    (void)state;
    open_with(TABLE);
    good(db_begin(db, &err));
    good(db_script(db, "INSERT INTO t(id) VALUES(1)", &err));
    good(db_savepoint(db, &err));
    good(db_script(db, "INSERT INTO t(id) VALUES(2)", &err));
    refused(db_script(db, "INSERT INTO t(id) VALUES(2)", &err), ERR_CONFLICT, "db.constraint");
    db_savepoint_back(db);
    good(db_savepoint(db, &err));
    good(db_script(db, "INSERT INTO t(id) VALUES(3)", &err));
    good(db_release(db, &err));
    good(db_commit(db, &err));
    assert_int_equal(number(db, SQL("SELECT sum(id) FROM t")), 4);
    good(db_begin(db, &err));
    good(db_script(db, "DELETE FROM t", &err));
    db_rollback(db);
    db_rollback(db);
    assert_int_equal(number(db, SQL("SELECT sum(id) FROM t")), 4);
}

int main(int argc, char **argv)
{
    static struct rows      rows;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbered_by_their_number, folder_make, folder_end),
        cmocka_unit_test_setup_teardown(values_come_back, folder_make, folder_end),
        cmocka_unit_test_setup_teardown(migrates_step_by_step, folder_make, folder_end),
        cmocka_unit_test_setup_teardown(taken_back_whole, folder_make, folder_end),
    };
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) rows.tests[rows.count++] = tests[i];
    return rows_run(&rows, argc, argv);
}
