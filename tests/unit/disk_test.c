/* disk_test.c - the simulator's disk: does it lose what a real one may lose, and keep what it must keep?
 * links: core sim_disk */
#include <string.h>

#include <sqlite3.h>

#include "core/db.h"
#include "tests/sim/disk.h"
#include "tests/unit/rows.h"

static struct disk *disk;
static struct err   err;
static struct db   *opened[8]; /* closed by the teardown of a test that failed */

static int disk_make(void **state)
{
    (void)state;
    err = (struct err){0};
    disk = disk_new("sim", 1);
    return 0;
}

static void shut(struct db *db)
{
    for (size_t i = 0; i < sizeof opened / sizeof opened[0]; i++)
        if (opened[i] == db) opened[i] = NULL;
    db_close(db);
}

static int disk_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof opened / sizeof opened[0]; i++) shut(opened[i]);
    disk_free(disk);
    disk = NULL;
    return 0;
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

static struct db *open_as(const char *path, enum db_mode mode)
{
    struct db *db = NULL;
    size_t     slot = 0;
    good(db_open(path, mode, "sim", &db, &err));
    while (opened[slot] != NULL) slot++;
    opened[slot] = db;
    return db;
}

static struct db *open_at(const char *path)
{
    return open_as(path, DB_WRITE);
}

static bool run(struct db *db, const char *sql)
{
    return db_script(db, sql, &err);
}

static int64_t number(struct db *db, const char *sql)
{
    struct db_stmt *stmt = NULL;
    bool            row = false;
    good(db_prepare(db, sql, &stmt, &err));
    good(db_step(stmt, &row, &err));
    assert_true(row);
    int64_t value = db_int(stmt, 0);
    db_reset(stmt);
    return value;
}

#define SCHEMA "CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, word TEXT) STRICT"

/* One row a transaction, of a length that makes some span pages. False when the disk refuses. */
static bool add(struct db *db, int64_t id, uint64_t *dice)
{
    struct db_stmt *stmt = NULL;
    if (!db_begin(db, &err)) return false;
    if (!db_prepare(db, SQL("INSERT INTO t(id, word) VALUES($1, hex(zeroblob($2)))"), &stmt, &err)) goto back;
    db_bind_int(stmt, 1, id);
    db_bind_int(stmt, 2, dice_between(dice, 0, 3000));
    if (!db_run(stmt, &err)) goto back;
    return db_commit(db, &err);
back:
    db_rollback(db);
    return false;
}

/* Works until the power goes at a step that the dice choose. Returns the rows that a worker saw as saved. */
static int64_t work_until_dark(struct db *db, int64_t saved, uint64_t *dice)
{
    disk_cut_after(disk, "kiosk1", dice_between(dice, 0, 40));
    while (!disk_is_off(disk, "kiosk1")) {
        if (dice_next(dice) % 8 == 0)
            (void)!db_checkpoint(db, &err);
        else if (add(db, saved + 1, dice))
            saved++;
    }
    return saved;
}

static void saved_is_saved(void **state)
{
    uint64_t dice = 1;
    int64_t  saved = 0, unsure = 0;
    (void)state;
    for (int crash = 0; crash < 1000; crash++) {
        struct db *db = open_at("kiosk1/a.db");
        good(run(db, SCHEMA));
        good(db_check(db, &err));
        int64_t found = number(db, SQL("SELECT count(*) FROM t"));
        assert_true(found == number(db, SQL("SELECT coalesce(max(id), 0) FROM t")));
        assert_in_range(found, saved, saved + 1); /* the one that was under way is there or not */
        if (found > saved) unsure++;
        if (found > 60) good(run(db, SQL("DELETE FROM t")));
        if (crash % 8 == 0) good(db_checkpoint(db, &err)); /* those among the work are mostly cut short */
        saved = work_until_dark(db, found > 60 ? 0 : found, &dice);
        disk_crash(disk, "kiosk1", &dice);
        shut(db);
    }
    assert_in_range(unsure, 1, 999); /* a test that met neither side of the moment proves little */
}

/* The same with the setting that most guides give, to show that the disk finds it. */
static void normal_loses(void **state)
{
    uint64_t dice = 2;
    int      lost = 0;
    (void)state;
    for (int crash = 0; crash < 200; crash++) {
        sqlite3 *raw = NULL;
        assert_int_equal(sqlite3_open_v2("kiosk1/n.db", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "sim"), 0);
        assert_int_equal(sqlite3_exec(raw, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL", NULL, NULL, NULL), 0);
        assert_int_equal(sqlite3_exec(raw, SCHEMA "; DELETE FROM t; PRAGMA wal_checkpoint", NULL, NULL, NULL), 0);
        int rows = (int)dice_between(&dice, 1, 9);
        for (int i = 0; i < rows; i++)
            assert_int_equal(sqlite3_exec(raw, "INSERT INTO t(word) VALUES('x')", NULL, NULL, NULL), 0);
        disk_crash(disk, "kiosk1", &dice);
        sqlite3_close(raw);
        struct db *db = open_at("kiosk1/n.db");
        good(db_check(db, &err)); /* whole, but older than it was */
        if (number(db, SQL("SELECT count(*) FROM t")) < rows) lost++;
        shut(db);
    }
    assert_in_range(lost, 20, 199);
}

/* A power cut at each single step of the first start, schema and all. */
static void first_start_cut_anywhere(void **state)
{
    uint64_t dice = 3;
    bool     is_whole = false;
    (void)state;
    for (int64_t cut = 0; !is_whole; cut++) {
        struct db *db = NULL;
        disk_remove(disk, "kiosk1");
        disk_cut_after(disk, "kiosk1", cut);
        is_whole = db_open("kiosk1/a.db", DB_WRITE, "sim", &db, &err) && run(db, SCHEMA) && add(db, 1, &dice);
        disk_crash(disk, "kiosk1", &dice);
        shut(db);
        db = open_at("kiosk1/a.db");
        good(run(db, SCHEMA));
        good(db_check(db, &err));
        if (is_whole) assert_int_equal(number(db, SQL("SELECT count(*) FROM t")), 1);
        shut(db);
        assert_in_range(cut, 0, 200);
    }
}

static void same_dice_same_disk(void **state)
{
    uint64_t sum[2];
    int64_t  saved[2], steps[2];
    (void)state;
    for (int turn = 0; turn < 2; turn++) {
        uint64_t dice = 9;
        disk_end(NULL);
        disk_make(NULL);
        struct db *db = open_at("kiosk1/a.db");
        good(run(db, SCHEMA));
        saved[turn] = work_until_dark(db, 0, &dice);
        disk_crash(disk, "kiosk1", &dice);
        shut(db);
        sum[turn] = disk_sum(disk, "kiosk1/a.db-wal");
        assert_true(disk_size(disk, "kiosk1/a.db-wal") > 0);
        steps[turn] = disk_steps(disk, "kiosk1");
    }
    assert_true(sum[0] == sum[1]); /* to the byte */
    assert_int_equal(saved[0], saved[1]);
    assert_int_equal(steps[0], steps[1]);
}

static void full_then_room_again(void **state)
{
    uint64_t   dice = 4;
    int64_t    saved = 0;
    struct db *db = open_at("kiosk1/a.db");
    (void)state;
    good(run(db, SCHEMA));
    disk_room(disk, "kiosk1", 100000);
    while (run(db, "INSERT INTO t(word) VALUES(hex(zeroblob(3000)))")) saved++;
    assert_int_equal(err.kind, ERR_FULL);
    assert_string_equal(err.say.id, "db.full");
    assert_true(saved > 3);
    assert_false(run(db, "INSERT INTO t(word) VALUES(hex(zeroblob(3000)))"));
    assert_int_equal(number(db, SQL("SELECT count(*) FROM t")), saved); /* what was saved can be read */
    disk_room(disk, "kiosk1", -1);
    for (int i = 0; i < 5; i++) good(add(db, ++saved, &dice));
    disk_crash(disk, "kiosk1", &dice);
    shut(db);
    db = open_at("kiosk1/a.db");
    good(db_check(db, &err));
    assert_int_equal(number(db, SQL("SELECT count(*) FROM t")), saved);
    shut(db);
}

/* A disk that is full in the middle of a transaction makes SQLite undo all of it at once; what follows in it would be
 * kept alone. */
static void undone_stays_undone(void **state)
{
    struct db *db = open_at("kiosk1/a.db");
    (void)state;
    good(run(db, SCHEMA));
    disk_room(disk, "kiosk1", 100000);
    good(db_begin(db, &err));
    good(db_savepoint(db, &err));
    assert_false(run(db, "INSERT INTO t(word) VALUES(hex(zeroblob(3000000)))"));
    assert_int_equal(err.kind, ERR_FULL);
    for (int i = 0; i < 2; i++) {
        assert_false(run(db, "INSERT INTO t(word) VALUES('alone')"));
        assert_string_equal(err.say.id, "db.undone");
        assert_int_equal(err.kind, ERR_IO);
        db_savepoint_back(db);
    }
    assert_false(db_commit(db, &err));
    assert_string_equal(err.say.id, "db.undone");
    assert_int_equal(number(db, SQL("SELECT count(*) FROM t")), 0);
    good(db_begin(db, &err));
    good(run(db, "INSERT INTO t(word) VALUES('small')"));
    good(db_commit(db, &err));
    shut(db);
}

static void backup_of_a_full_disk(void **state)
{
    uint64_t   dice = 9;
    struct db *db = open_at("server/a.db");
    (void)state;
    good(run(db, SCHEMA));
    for (int i = 1; i <= 50; i++) good(add(db, i, &dice));
    disk_room(disk, "stick", 20000);
    assert_false(db_backup(db, "stick/copy.db", &err));
    assert_int_equal(err.kind, ERR_FULL);
    assert_false(disk_has(disk, "stick/copy.db"));
    disk_room(disk, "stick", -1);
    good(db_backup(db, "stick/copy.db", &err));
    for (int i = 0; i < 50; i++) { /* a copy that was reported is on the disk */
        disk_remove(disk, "stick");
        good(db_backup(db, "stick/copy.db", &err));
        disk_crash(disk, "stick", &dice);
        struct db *copy = open_at("stick/copy.db");
        assert_int_equal(number(copy, SQL("SELECT count(*) FROM t")), 50);
        shut(copy);
    }
    shut(db);
}

/* Which operation fails, and from which one on. */
struct fault_row {
    const char  *name;
    enum disk_op op;
    int64_t      times;
};

static const struct fault_row faults[] = {
    {"EIO once on write",   DISK_WRITE, 1 },
    {"EIO twice on write",  DISK_WRITE, 2 },
    {"sync fails once",     DISK_SYNC,  1 },
    {"sync fails twice",    DISK_SYNC,  2 },
    {"read fails once",     DISK_READ,  1 },
    {"sync fails for ever", DISK_SYNC,  -1},
};

/* At each place in turn; whatever is refused, what was saved is there after the next power cut. An entry that was
 * refused may be there only while nothing was saved after it: its number can be given to the next one. */
static void refused_is_no_loss(void **state)
{
    const struct fault_row *row = *state;
    uint64_t                dice = 5;
    int                     refused = 0;
    for (int64_t place = 0; place < 60; place++) {
        bool       is_saved[41] = {false};
        struct db *db;
        disk_remove(disk, "kiosk1");
        db = open_at("kiosk1/a.db");
        good(run(db, SCHEMA));
        disk_fail(disk, "kiosk1", row->op, place, row->times);
        for (int64_t id = 1; id <= 40; id++) {
            if (id % 7 == 0 && !db_checkpoint(db, &err)) refused++;
            is_saved[id] = add(db, id, &dice);
            if (!is_saved[id]) assert_int_equal(err.kind, ERR_IO);
            refused += !is_saved[id];
        }
        disk_crash(disk, "kiosk1", &dice);
        disk_heal(disk, "kiosk1");
        shut(db);
        db = open_at("kiosk1/a.db");
        good(db_check(db, &err));
        bool is_saved_later = false;
        for (int64_t id = 40; id >= 1; id--) {
            struct db_stmt *stmt = NULL;
            bool            is_there = false;
            good(db_prepare(db, SQL("SELECT 1 FROM t WHERE id = $1"), &stmt, &err));
            db_bind_int(stmt, 1, id);
            good(db_step(stmt, &is_there, &err));
            db_reset(stmt);
            if (is_saved[id]) assert_true(is_there);
            if (!is_saved[id] && is_saved_later) assert_false(is_there);
            is_saved_later |= is_saved[id];
        }
        shut(db);
    }
    assert_true(refused > 0);
}

static void is_there(struct db *db, const bool *is_saved, int64_t count)
{
    for (int64_t id = 1; id <= count; id++) {
        struct db_stmt *stmt = NULL;
        bool            row = false;
        good(db_prepare(db, SQL("SELECT 1 FROM t WHERE id = $1"), &stmt, &err));
        db_bind_int(stmt, 1, id);
        good(db_step(stmt, &row, &err));
        db_reset(stmt);
        if (is_saved[id]) assert_true(row);
    }
}

/* After the fault the program begins anew, on a disk that works again: what it reads back need not be on the disk. What
 * it saves then is there after the next power cut, and so is all from before. */
static void begun_anew_is_no_loss(void **state)
{
    const struct fault_row *row = *state;
    uint64_t                dice = 9;
    for (int64_t place = 0; place < 120; place++) {
        bool       is_saved[61] = {false};
        struct db *db;
        disk_remove(disk, "kiosk1");
        db = open_at("kiosk1/a.db");
        good(run(db, SCHEMA));
        disk_fail(disk, "kiosk1", row->op, place / 2, row->times);
        for (int64_t id = 1; id <= 20; id++) {
            if (id % 7 == 0) (void)!db_checkpoint(db, &err);
            is_saved[id] = add(db, id, &dice);
        }
        shut(db);
        disk_heal(disk, "kiosk1");
        db = open_at("kiosk1/a.db");
        for (int64_t id = 21; id <= 23; id++) good(is_saved[id] = add(db, id, &dice));
        if (place % 2 == 0) { /* while the log is copied into the file */
            disk_cut_after(disk, "kiosk1", dice_between(&dice, 0, 8));
            (void)!db_checkpoint(db, &err);
        }
        disk_crash(disk, "kiosk1", &dice);
        disk_heal(disk, "kiosk1");
        shut(db);
        db = open_at("kiosk1/a.db");
        good(db_check(db, &err));
        is_there(db, is_saved, 23);
        shut(db);
    }
}

/* The log is copied in part, for somebody reads; then the sync of the file fails, once; then all goes well, the program's end, too. */
static void copied_in_part_is_no_loss(void **state)
{
    uint64_t dice = 3;
    (void)state;
    for (int64_t place = 0; place < 60; place++) {
        bool            is_saved[61] = {false}, row = false;
        struct db_stmt *stmt = NULL;
        struct db      *db, *reader = NULL;
        disk_remove(disk, "kiosk1");
        db = open_at("kiosk1/a.db");
        good(run(db, SCHEMA));
        for (int64_t id = 1; id <= 10; id++) good(is_saved[id] = add(db, id, &dice));
        good(db_open("kiosk1/a.db", DB_READ, "sim", &reader, &err));
        good(db_prepare(reader, SQL("SELECT id FROM t"), &stmt, &err));
        good(db_step(stmt, &row, &err));
        for (int64_t id = 11; id <= 20; id++) good(is_saved[id] = add(db, id, &dice));
        good(db_checkpoint(db, &err)); /* as far as the reader looks */
        db_reset(stmt);
        db_close(reader);
        disk_fail(disk, "kiosk1", DISK_SYNC, place % 4, 1);
        for (int64_t id = 21; id <= 30; id++) {
            is_saved[id] = add(db, id, &dice);
            if (id % 2 == 0) (void)!db_checkpoint(db, &err);
        }
        bool ends_well = place % 8 >= 4;
        if (ends_well) shut(db);
        disk_crash(disk, "kiosk1", &dice);
        if (!ends_well) shut(db);
        db = open_at("kiosk1/a.db");
        good(db_check(db, &err));
        is_there(db, is_saved, 30);
        shut(db);
    }
}

/* A long commit, and the copying of its log, ask for a sync after every piece: whichever fails is noticed, and costs
 * nothing that was saved. */
static void long_writes_in_pieces(void **state)
{
    enum { PIECES = 8 };
    uint64_t dice = 5;
    (void)state;
    for (int place = 0; place < 2 * PIECES; place++) {
        disk_remove(disk, "kiosk1");
        struct db *db = open_as("kiosk1/a.db", DB_WRITE_PACED);
        good(run(db, SCHEMA));
        good(run(db, "INSERT INTO t VALUES (1, 'kept')"));
        if (place < PIECES) disk_fail(disk, "kiosk1", DISK_SYNC, place, 1);
        good(db_begin(db, &err));
        for (int row = 0; row < PIECES; row++)
            if (!run(db, "INSERT INTO t (word) VALUES (hex(zeroblob(65536)))")) break;
        assert_int_equal(db_commit(db, &err), place >= PIECES);
        if (place >= PIECES) {
            disk_fail(disk, "kiosk1", DISK_SYNC, place - PIECES, 1);
            assert_false(db_checkpoint(db, &err));
        }
        disk_crash(disk, "kiosk1", &dice);
        disk_heal(disk, "kiosk1");
        shut(db);
        db = open_as("kiosk1/a.db", DB_WRITE_PACED);
        good(db_check(db, &err));
        assert_int_equal(number(db, "SELECT count(*) FROM t"), place < PIECES ? 1 : 1 + PIECES);
        shut(db);
    }
}

static void clone_and_set_back(void **state)
{
    uint64_t   dice = 6;
    struct db *db = open_at("kiosk1/a.db"), *clone;
    (void)state;
    good(run(db, SCHEMA));
    for (int i = 1; i <= 5; i++) good(add(db, i, &dice));
    assert_int_equal(disk_copy(disk, "kiosk1", "shelf"), 2); /* the file and its log, while it is open */
    for (int i = 6; i <= 9; i++) good(add(db, i, &dice));
    shut(db);

    assert_int_equal(disk_copy(disk, "shelf", "kiosk2"), 2);
    clone = open_at("kiosk2/a.db");
    assert_int_equal(number(clone, SQL("SELECT count(*) FROM t")), 5);
    good(add(clone, 100, &dice));
    disk_crash(disk, "kiosk1", &dice); /* another machine's power */
    good(add(clone, 101, &dice));
    good(db_check(clone, &err));

    db = open_at("kiosk1/a.db");
    assert_int_equal(number(db, SQL("SELECT count(*) FROM t")), 9);
    shut(db);
    disk_copy(disk, "shelf", "kiosk1");
    db = open_at("kiosk1/a.db");
    assert_int_equal(number(db, SQL("SELECT count(*) FROM t")), 5);
    shut(db);
    shut(clone);
}

static void readers_beside_the_writer(void **state)
{
    uint64_t   dice = 7;
    struct db *db = open_at("kiosk1/a.db"), *reader = NULL, *second = NULL;
    (void)state;
    good(run(db, SCHEMA));
    good(add(db, 1, &dice));
    good(db_open("kiosk1/a.db", DB_READ, "sim", &reader, &err));
    good(db_begin(reader, &err));
    good(add(db, 2, &dice));
    good(db_checkpoint(db, &err));
    assert_true(db_wal_bytes(db) > 0); /* the snapshot holds it */
    assert_int_equal(number(reader, SQL("SELECT count(*) FROM t")), 1);
    good(db_commit(reader, &err));
    assert_int_equal(number(reader, SQL("SELECT count(*) FROM t")), 2);
    good(db_open("kiosk1/a.db", DB_WRITE, "sim", &second, &err));
    good(db_begin(db, &err));
    assert_false(db_begin(second, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    db_rollback(db);
    good(db_begin(second, &err));
    db_rollback(second);
    shut(second);
    shut(db);
    assert_int_equal(number(reader, SQL("SELECT count(*) FROM t")), 2);
    shut(reader);
}

static void rot_is_noticed(void **state)
{
    uint64_t   dice = 8;
    struct db *db = open_at("server/a.db");
    (void)state;
    good(run(db, SCHEMA));
    for (int i = 1; i <= 50; i++) good(add(db, i, &dice));
    good(db_checkpoint(db, &err));
    shut(db);
    disk_remove(disk, "server/a.db-wal"); /* it is kept, and would heal what rots */
    size_t page = 4096, size = disk_size(disk, "server/a.db");
    disk_copy(disk, "server", "sound");
    for (size_t at = page; at < size; at += page) disk_damage(disk, "server/a.db", at, 64, &dice);
    db = open_at("server/a.db");
    assert_false(db_check(db, &err));
    assert_int_equal(err.kind, ERR_DAMAGED);
    shut(db);
    disk_damage(disk, "sound/a.db", 0, 100, &dice);
    db = NULL;
    assert_false(db_open("sound/a.db", DB_WRITE, "sim", &db, &err));
    assert_int_equal(err.kind, ERR_DAMAGED);
    assert_null(db);
}

int main(int argc, char **argv)
{
    static struct rows      rows;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(saved_is_saved, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(normal_loses, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(first_start_cut_anywhere, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(same_dice_same_disk, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(full_then_room_again, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(undone_stays_undone, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(backup_of_a_full_disk, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(copied_in_part_is_no_loss, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(long_writes_in_pieces, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(clone_and_set_back, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(readers_beside_the_writer, disk_make, disk_end),
        cmocka_unit_test_setup_teardown(rot_is_noticed, disk_make, disk_end),
    };
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) rows.tests[rows.count++] = tests[i];
    size_t first = rows.count;
    ROWS_ADD(&rows, refused_is_no_loss, faults);
    ROWS_ADD(&rows, begun_anew_is_no_loss, faults);
    rows_around(&rows, first, disk_make, disk_end);
    return rows_run(&rows, argc, argv);
}
