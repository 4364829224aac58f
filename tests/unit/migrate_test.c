/* migrate_test.c - an update of the schema survives a power cut: at each write and sync of each step of each database, what
 * is found afterwards is the step before or the step itself, whole, and the update then goes on by itself; what stood in
 * the file stands there still. The same with a disk that is full meanwhile.
 * links: kiosk_keep server_take server_books server_judge core sim_disk */
#include <stdio.h>
#include <string.h>

#include "core/db.h"
#include "tests/sim/disk.h"
#include "tests/unit/rows.h"

enum { STEPS_MAX = 64, CUTS_MAX = 5000 };

#define WITNESS "CREATE TABLE witness (word TEXT) STRICT; INSERT INTO witness VALUES ('kept')"

static struct disk *disk;
static struct err   err;

static void good(bool is_good)
{
    if (!is_good) print_error("kind %d: %s\n", err.kind, err.say.id);
    assert_true(is_good);
}

static struct db *open_at(const char *path)
{
    struct db *db = NULL;
    good(db_open(path, DB_WRITE, "sim", &db, &err));
    return db;
}

/* The first `steps` of a schema: what an older program had. */
static void schema_cut(const struct embed *schema, int steps, struct embed cut[STEPS_MAX])
{
    assert_true(steps < STEPS_MAX);
    for (int i = 0; i < steps; i++) cut[i] = schema[i];
    cut[steps] = (struct embed){NULL, NULL, 0};
}

static int64_t version_of(struct db *db)
{
    struct db_stmt *stmt;
    bool            row;
    good(db_prepare(db, "PRAGMA user_version", &stmt, &err) && db_step(stmt, &row, &err));
    int64_t version = db_int(stmt, 0);
    db_reset(stmt);
    return version;
}

/* Everything that the file says of its form, and the witness. */
static void form_read(struct db *db, struct buf *form)
{
    struct db_stmt *stmt;
    buf_clear(form);
    good(db_prepare(
        db,
        SQL("SELECT name || ' ' || COALESCE(sql, '') FROM sqlite_schema UNION ALL SELECT word FROM witness ORDER BY 1"),
            &stmt, &err));
    for (bool row;;) {
        good(db_step(stmt, &row, &err));
        if (!row) break;
        buf_str(form, db_text(stmt, 0));
        buf_char(form, '\n');
    }
}

/* One step with the plug pulled after `cut` writes and syncs, or no room for them; true: it came to its end before. */
static bool step_cut(const struct embed *to, int step, int64_t cut, bool is_full, const struct buf forms[2])
{
    uint64_t   dice = (uint64_t)step * CUTS_MAX + (uint64_t)cut;
    struct db *db = NULL;
    struct buf form = {0};
    disk_copy(disk, "base", "server");
    if (is_full)
        disk_room(disk, "server", cut * 4096);
    else
        disk_cut_after(disk, "server", cut);
    bool is_whole = db_open("server/a.db", DB_WRITE, "sim", &db, &err) && db_migrate(db, to, &err);
    if (is_full) {
        if (!is_whole) assert_int_equal(err.kind, ERR_FULL);
    } else {
        disk_crash(disk, "server", &dice);
    }
    db_close(db);
    disk_heal(disk, "server");

    db = open_at("server/a.db");
    good(db_check(db, &err));
    int64_t version = version_of(db);
    assert_in_range(version, step - 1, step);
    if (is_whole) assert_int_equal(version, step);
    form_read(db, &form);
    assert_string_equal(buf_text(&form), buf_text(&forms[version - step + 1]));
    good(db_migrate(db, to, &err)); /* it goes on by itself */
    assert_int_equal(version_of(db), step);
    form_read(db, &form);
    assert_string_equal(buf_text(&form), buf_text(&forms[1]));
    db_close(db);
    buf_free(&form);
    return is_whole;
}

/* The file as a program of `step` - 1 left it, and both forms. */
static void base_make(const struct embed *schema, int step, struct buf forms[2])
{
    struct embed cut[STEPS_MAX];
    disk_remove(disk, "base");
    struct db *db = open_at("base/a.db");
    good(db_script(db, WITNESS, &err));
    schema_cut(schema, step - 1, cut);
    good(db_migrate(db, cut, &err));
    good(db_checkpoint(db, &err));
    form_read(db, &forms[0]);
    db_close(db);
    disk_copy(disk, "base", "whole");
    db = open_at("whole/a.db");
    schema_cut(schema, step, cut);
    good(db_migrate(db, cut, &err));
    form_read(db, &forms[1]);
    db_close(db);
}

struct database {
    const char         *name;
    const struct embed *schema;
    bool                is_full;
};
static const struct database DATABASES[] = {
    {"books, plug pulled", embed_books_schema, false},
    {"inbox, plug pulled", embed_inbox_schema, false},
    {"kiosk, plug pulled", embed_kiosk_schema, false},
    {"books, disk full",   embed_books_schema, true },
    {"inbox, disk full",   embed_inbox_schema, true },
    {"kiosk, disk full",   embed_kiosk_schema, true },
};

static void each_step_is_whole_or_not_there(void **state)
{
    const struct database *database = *state;
    struct buf             forms[2] = {{0}, {0}};
    struct embed           to[STEPS_MAX];
    int                    steps = 0;
    int64_t                cut, tried = 0;
    disk = disk_new("sim", 1);
    while (database->schema[steps].name != NULL) steps++;
    for (int step = 1; step <= steps; step++) {
        base_make(database->schema, step, forms);
        schema_cut(database->schema, step, to);
        for (cut = 0; !step_cut(to, step, cut, database->is_full, forms); cut++) assert_true(cut < CUTS_MAX);
        tried += cut;
        if (strstr((const char *)database->schema[step - 1].bytes, "CREATE") != NULL) assert_true(cut > 1);
    }
    print_message("%d steps, cut at %d places\n", steps, (int)tried);
    buf_free(&forms[0]);
    buf_free(&forms[1]);
    disk_free(disk);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, each_step_is_whole_or_not_there, DATABASES);
    return rows_run(&rows, argc, argv);
}
