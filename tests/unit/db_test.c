/* db_test.c - the database door on real files: what is bound, read, refused and kept.
 * links: core pkg:sqlite3 */
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

/* A row read without knowing its types says the same, and each value stands while the others are looked at. */
static void values_say_what_they_are(void **state)
{
    (void)state;
    open_with(TABLE);
    struct db_stmt *stmt = prepare(db, SQL("SELECT 42, '门', x'00FF', NULL, '', x''"));
    struct db_value is[6];
    bool            row;
    good(db_step(stmt, &row, &err));
    for (int i = 0; i < 6; i++) db_value(stmt, i, &is[i]);
    assert_int_equal(is[0].type, DB_INT);
    assert_int_equal(is[0].number, 42);
    assert_int_equal(is[1].type, DB_TEXT);
    assert_string_equal(is[1].bytes, "门");
    assert_int_equal(is[1].len, 3);
    assert_int_equal(is[2].type, DB_BLOB);
    assert_memory_equal(is[2].bytes, "\0\xFF", 2);
    assert_int_equal(is[3].type, DB_NULL);
    assert_int_equal(is[4].type, DB_TEXT);
    assert_string_equal(is[4].bytes, "");
    assert_int_equal(is[5].type, DB_BLOB);
    assert_non_null(is[5].bytes);
    assert_int_equal(is[5].len, 0);
    db_reset(stmt);
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

static int64_t bytes_of(const char *name)
{
    struct stat found;
    return stat(path_of(name), &found) == 0 ? (int64_t)found.st_size : -1;
}

/* ---- what is refused when a statement is prepared */

struct text_row {
    const char *name; /* the statement */
    const char *id;   /* of the sentence; NULL: it is taken */
};

#define TEN(what) what what what what what what what what what what

static const struct text_row texts[] = {
    {"SELECT $1",                                                                       NULL        },
    {"SELECT $3, $1, $2, $1",                                                           NULL        },
    {"SELECT 1;",                                                                       NULL        },
    {"SELECT 1 -- the rest is comment",                                                 NULL        },
    {"SELECT $1, $3",                                                                   "db.places" },
    {"SELECT $2",                                                                       "db.places" },
    {"SELECT $0, $1",                                                                   "db.places" },
    {"SELECT $01",                                                                      "db.places" },
    {"SELECT $1, $1x",                                                                  "db.places" },
    {"SELECT $1::text",                                                                 "db.places" },
    {"SELECT $65",                                                                      "db.places" },
    {"SELECT $99999999999999999999",                                                    "db.places" },
    {"SELECT ?",                                                                        "db.places" },
    {"SELECT ?1",                                                                       "db.places" },
    {"SELECT :a",                                                                       "db.places" },
    {"SELECT @a",                                                                       "db.places" },
    {"",                                                                                "db.one"    },
    {"-- a comment alone",                                                              "db.one"    },
    {"SELECT 1; SELECT 2",                                                              "db.one"    },
    {"SELECT",                                                                          "db.sql"    },
    {"SELECT * FROM absent",                                                            "db.sql"    },
    {"SELECT \"no_column\"",                                                            "db.sql"    },
    {"SELECT 0" TEN(",1") TEN(",2") TEN(",3") TEN(",4") TEN(",5") TEN(",6"),            NULL        },
    {"SELECT 0" TEN(",1") TEN(",2") TEN(",3") TEN(",4") TEN(",5") TEN(",6") ",1,2,3,4", "db.columns"},
};

static void text_taken_or_refused(void **state)
{
    const struct text_row *row = *state;
    struct db_stmt        *stmt = NULL;
    open_with(TABLE);
    bool is_good = db_prepare(db, row->name, &stmt, &err);
    if (row->id == NULL) {
        good(is_good);
    } else {
        refused(is_good, ERR_INPUT, row->id);
        assert_null(stmt);
    }
    assert_int_equal(number(db, SQL("SELECT 1")), 1); /* the next good one works */
}

/* ---- what is refused when it runs */

struct change_row {
    const char   *name; /* the statement */
    enum err_kind kind;
};

static const struct change_row changes[] = {
    {"INSERT INTO c(id, other) VALUES(1, 1)",                                     ERR_CONFLICT},
    {"INSERT INTO c(id, word, other) VALUES(2, 'a', 1)",                          ERR_CONFLICT},
    {"INSERT INTO c(id, word, other) VALUES('x', 'b', 1)",                        ERR_INPUT   }, /* STRICT */
    {"INSERT INTO c(id, word, other) VALUES(1.5, 'b', 1)",                        ERR_INPUT   },
    {"INSERT INTO c(id, word, other) VALUES(2, x'00', 1)",                        ERR_INPUT   },
    {"INSERT INTO c(id, word, other) VALUES(2, 'b', NULL)",                       ERR_INPUT   },
    {"INSERT INTO c(id, word, other) VALUES(2, 'b', 9)",                          ERR_INPUT   }, /* foreign key */
    {"INSERT INTO c(id, word, other) VALUES(-1, 'b', 1)",                         ERR_INPUT   }, /* check */
    {"SELECT sum(id) FROM (SELECT 9223372036854775807 AS id UNION ALL SELECT 1)", ERR_INPUT   },
};

static void change_refused(void **state)
{
    const struct change_row *row = *state;
    struct db_stmt          *stmt = NULL;
    bool                     is_row = false;
    open_with(TABLE "CREATE TABLE c(id INTEGER PRIMARY KEY CHECK(id > 0), word TEXT UNIQUE,"
                    " other INTEGER NOT NULL REFERENCES t(id)) STRICT;"
                    "INSERT INTO t(id) VALUES(1); INSERT INTO c VALUES(1, 'a', 1);");
    good(db_prepare(db, row->name, &stmt, &err));
    assert_false(db_step(stmt, &is_row, &err));
    assert_int_equal(err.kind, row->kind);
    assert_int_equal(number(db, SQL("SELECT count(*) FROM c")), 1);
}

/* ---- mistakes of ours */

static void read_text_as_number(struct db_stmt *stmt)
{
    (void)db_int(stmt, 1);
}
static void read_number_as_text(struct db_stmt *stmt)
{
    (void)db_text(stmt, 0);
}
static void read_text_as_blob(struct db_stmt *stmt)
{
    size_t len;
    (void)db_blob(stmt, 1, &len);
}
static void read_null_unasked(struct db_stmt *stmt)
{
    (void)db_text(stmt, 2);
}
static void read_beyond(struct db_stmt *stmt)
{
    (void)db_int(stmt, 3);
}
static void read_after_the_last(struct db_stmt *stmt)
{
    bool row;
    (void)!db_step(stmt, &row, &err);
    (void)db_int(stmt, 0);
}
static void bind_no_such_number(struct db_stmt *stmt)
{
    db_reset(stmt);
    db_bind_int(stmt, 2, 1);
}
static void step_without_value(struct db_stmt *stmt)
{
    bool row;
    (void)!db_prepare(db, SQL("SELECT 7, 'seven', NULL WHERE $1"), &stmt, &err);
    (void)!db_step(stmt, &row, &err);
}
static void run_with_rows(struct db_stmt *stmt)
{
    db_reset(stmt);
    (void)!db_run(stmt, &err);
}
static void begin_twice(struct db_stmt *stmt)
{
    db_reset(stmt);
    (void)!db_begin(db, &err);
    (void)!db_begin(db, &err);
}

struct mistake_row {
    const char *name;
    void (*make)(struct db_stmt *stmt);
};

static const struct mistake_row mistakes[] = {
    {"text read as number",     read_text_as_number},
    {"number read as text",     read_number_as_text},
    {"text read as blob",       read_text_as_blob  },
    {"NULL read unasked",       read_null_unasked  },
    {"column beyond the last",  read_beyond        },
    {"read after the last row", read_after_the_last},
    {"bound a number too high", bind_no_such_number},
    {"ran without a value",     step_without_value },
    {"ran and forgot the rows", run_with_rows      },
    {"began twice",             begin_twice        },
};

/* The program stops; in a child, so that the test doesn't. */
static void mistake_asserts(void **state)
{
    const struct mistake_row *row = *state;
    struct db_stmt           *stmt;
    bool                      is_row = false;
    int                       status = 0;
    open_with(TABLE);
    stmt = prepare(db, SQL("SELECT 7, 'seven', NULL WHERE $1"));
    db_bind_int(stmt, 1, 1);
    good(db_step(stmt, &is_row, &err));
    assert_int_equal(db_int(stmt, 0), 7);
    pid_t child = fork();
    if (child == 0) {
        fclose(stderr);
        signal(SIGABRT, SIG_DFL);
        row->make(stmt);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

/* ---- statements and settings */

static void same_text_same_statement(void **state)
{
    char            text[] = "SELECT $1";
    bool            row = false;
    struct db_stmt *stmt;
    (void)state;
    open_with(TABLE);
    stmt = prepare(db, SQL("SELECT $1"));
    db_bind_int(stmt, 1, 4);
    good(db_step(stmt, &row, &err));
    assert_true(row);
    assert_ptr_equal(prepare(db, text), stmt); /* in the middle of a reading: ended */
    db_bind_int(stmt, 1, 5);
    for (int i = 0; i < 2; i++) { /* bindings stay when the statement ends */
        good(db_step(stmt, &row, &err));
        assert_true(row);
        assert_int_equal(db_int(stmt, 0), 5);
        good(db_step(stmt, &row, &err));
        assert_false(row);
    }
    for (int i = 0; i < 1000; i++) {
        char many[32];
        snprintf(many, sizeof many, "SELECT %d", i);
        assert_int_equal(number(db, many), i);
    }
    assert_ptr_equal(prepare(db, text), stmt);
}

static void settings_are_made(void **state)
{
    struct db_stmt *stmt;
    bool            row = false;
    struct db      *none = NULL;
    (void)state;
    open_with(TABLE);
    assert_int_equal(number(db, SQL("PRAGMA synchronous")), 2);
    assert_int_equal(number(db, SQL("PRAGMA foreign_keys")), 1);
    assert_int_equal(number(db, SQL("PRAGMA wal_autocheckpoint")), 0);
    stmt = prepare(db, SQL("PRAGMA journal_mode"));
    good(db_step(stmt, &row, &err));
    assert_string_equal(db_text(stmt, 0), "wal");
    db_reset(stmt);
    refused(db_open(":memory:", DB_WRITE, NULL, &none, &err), ERR_IO, "db.setting"); /* no WAL there */
    assert_null(none);
}

static void opened_or_refused(void **state)
{
    struct db *none = NULL;
    FILE      *file = fopen(path_of("text"), "w");
    (void)state;
    fputs("a file of somebody else, which is no database and longer than the header of one is ... ", file);
    for (int i = 0; i < 100; i++) fputs("and so on ", file);
    fclose(file);
    refused(db_open(path_of("text"), DB_WRITE, NULL, &none, &err), ERR_DAMAGED, "db.damaged");
    refused(db_open(path_of("text"), DB_READ, NULL, &none, &err), ERR_DAMAGED, "db.damaged");
    refused(db_open(path_of("absent"), DB_READ, NULL, &none, &err), ERR_ABSENT, "db.absent");
    refused(db_open(path_of("absent/a.db"), DB_WRITE, NULL, &none, &err), ERR_IO, "db.io");
    refused(db_open(folder, DB_WRITE, NULL, &none, &err), ERR_IO, "db.io");
    assert_null(none);
    db_close(NULL);
}

/* ---- the log */

static void log_is_reused(void **state)
{
    struct db *reader = NULL;
    (void)state;
    open_with(TABLE);
    for (int i = 0; i < 50; i++) good(db_script(db, "INSERT INTO t(word) VALUES('door')", &err));
    int64_t wal = bytes_of("a.db-wal");
    assert_true(wal > 50 * 4096);
    assert_int_equal(db_wal_bytes(db), wal - 32); /* the log's own header aside */
    good(db_checkpoint(db, &err));
    assert_int_equal(db_wal_bytes(db), 0);
    assert_int_equal(bytes_of("a.db-wal"), wal);
    good(db_script(db, "INSERT INTO t(word) VALUES('door')", &err));
    assert_in_range(db_wal_bytes(db), 1, 3 * 4120);
    assert_int_equal(bytes_of("a.db-wal"), wal);

    good(db_open(path_of("a.db"), DB_READ, NULL, &reader, &err));
    good(db_begin(reader, &err));
    good(db_script(db, "INSERT INTO t(word) VALUES('door')", &err));
    good(db_checkpoint(db, &err));
    assert_true(db_wal_bytes(db) > 0); /* held by the reader, who sees what he saw */
    assert_int_equal(number(reader, SQL("SELECT count(*) FROM t")), 51);
    db_rollback(reader);
    good(db_checkpoint(db, &err));
    assert_int_equal(db_wal_bytes(db), 0);
    db_close(reader);
    db_close(db);
    assert_int_equal(bytes_of("a.db-wal"), wal);
    db = NULL;
    open_with("");
    assert_int_equal(number(db, SQL("SELECT count(*) FROM t")), 52);
    good(db_checkpoint(db, &err));
    assert_int_equal(db_wal_bytes(db), 0);
}

/* A writer that is killed leaves a log; a reader reads it, and leaves it where it is. */
static void readers_never_checkpoint(void **state)
{
    struct db *reader = NULL;
    int        status = 0;
    (void)state;
    open_with(TABLE);
    db_close(db);
    db = NULL;
    pid_t child = fork();
    if (child == 0) {
        open_with("INSERT INTO t(word) VALUES('door')");
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    FILE   *file = fopen(path_of("a.db"), "rb");
    char    before[8192], after[8192];
    size_t  len = fread(before, 1, sizeof before, file);
    int64_t wal = bytes_of("a.db-wal");
    good(db_open(path_of("a.db"), DB_READ, NULL, &reader, &err));
    assert_int_equal(number(reader, SQL("SELECT count(*) FROM t")), 1);
    assert_true(db_wal_bytes(reader) > 0);
    refused(db_script(reader, "DELETE FROM t", &err), ERR_IO, "db.io");
    db_close(reader);
    rewind(file);
    assert_int_equal(fread(after, 1, sizeof after, file), len);
    fclose(file);
    assert_memory_equal(before, after, len);
    assert_int_equal(bytes_of("a.db-wal"), wal);
}

/* ---- care */

static void copied_whole(void **state)
{
    struct db *reader = NULL, *copy = NULL;
    (void)state;
    open_with(TABLE "INSERT INTO t(word) VALUES('door'), ('frame')");
    good(db_open(path_of("a.db"), DB_READ, NULL, &reader, &err));
    good(db_begin(reader, &err));
    good(db_script(db, "INSERT INTO t(word) VALUES('later')", &err));
    good(db_backup(reader, path_of("copy.db"), &err));
    db_rollback(reader);
    assert_int_equal(bytes_of("copy.db-wal"), -1); /* one file, to be carried away */
    assert_int_equal(bytes_of("copy.db-shm"), -1);
    refused(db_backup(reader, path_of("copy.db"), &err), ERR_CONFLICT, "db.there");
    refused(db_backup(reader, path_of("absent/copy.db"), &err), ERR_IO, "db.io");
    good(db_backup(reader, path_of("second.db"), &err));
    db_close(reader);
    good(db_open(path_of("copy.db"), DB_READ, NULL, &copy, &err));
    assert_int_equal(number(copy, SQL("SELECT count(*) FROM t")), 2);
    db_close(copy);
    good(db_open(path_of("second.db"), DB_WRITE, NULL, &copy, &err));
    assert_int_equal(number(copy, SQL("SELECT count(*) FROM t")), 3);
    db_close(copy);
}

static void orphans_are_named(void **state)
{
    sqlite3 *raw = NULL;
    (void)state;
    open_with(TABLE "CREATE TABLE c(t INTEGER REFERENCES t(id)) STRICT;");
    good(db_check(db, &err));
    assert_int_equal(sqlite3_open(path_of("a.db"), &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "INSERT INTO c VALUES(5)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
    refused(db_check(db, &err), ERR_DAMAGED, "db.damaged");
    assert_string_equal(err.say.args[1].text, "c: row 1 without its t");
    refused(db_backup(db, path_of("copy.db"), &err), ERR_DAMAGED,
            "db.damaged"); /* no backup is better than a bad one */
    assert_int_equal(bytes_of("copy.db"), -1);
}

int main(int argc, char **argv)
{
    static struct rows      rows;
    const struct CMUnitTest alone[] = {
        cmocka_unit_test(numbered_by_their_number),
        cmocka_unit_test(values_come_back),
        cmocka_unit_test(values_say_what_they_are),
        cmocka_unit_test(migrates_step_by_step),
        cmocka_unit_test(taken_back_whole),
        cmocka_unit_test(same_text_same_statement),
        cmocka_unit_test(settings_are_made),
        cmocka_unit_test(opened_or_refused),
        cmocka_unit_test(log_is_reused),
        cmocka_unit_test(readers_never_checkpoint),
        cmocka_unit_test(copied_whole),
        cmocka_unit_test(orphans_are_named),
    };
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) rows.tests[rows.count++] = alone[i];
    ROWS_ADD(&rows, text_taken_or_refused, texts);
    ROWS_ADD(&rows, change_refused, changes);
    ROWS_ADD(&rows, mistake_asserts, mistakes);
    rows_around(&rows, 0, folder_make, folder_end);
    return rows_run(&rows, argc, argv);
}
