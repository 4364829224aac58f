/* space_test.c - is somebody told a week before the disk is full?
 * links: kiosk_keep core */
#include <stdio.h>
#include <string.h>

#include "core/embed.h"
#include "kiosk/keep/space.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define NOW_MS (INT64_C(20000) * DAY_MS)
#define MEGABYTE (INT64_C(1) << 20)

enum { LINE_BYTES = 600 };

static struct db *db;

static void good(bool is_done, const struct err *err)
{
    if (!is_done) fail_msg("%s", err->say.id);
}

static int start(void **state)
{
    struct err err;
    (void)state;
    if (folder_make() != 0) return 1;
    good(db_open(folder_path("k.db"), DB_WRITE, NULL, &db, &err), &err);
    good(db_migrate(db, embed_kiosk_schema, &err), &err);
    good(db_script(db,
                   "INSERT INTO epoch (counter, random, last_seq, last_name, acked_seq, acked_name)"
                   " VALUES (1, 1, 0, x'', 0, x'')",
                   &err),
         &err);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(db);
    return folder_end();
}

static void event_put(int64_t n, int64_t wall_ms)
{
    struct db_stmt *stmt;
    struct err      err;
    char            line[LINE_BYTES];
    memset(line, 'x', sizeof line);
    good(db_prepare(db,
                    SQL("INSERT INTO event (n, counter, seq, is_gap, upto, name, prev, wall_ms, line)"
                        " VALUES ($1, 1, $1, 0, $1, CAST($1 AS BLOB), x'', $2, $3)"),
                        &stmt, &err),
                    &err);
    db_bind_int(stmt, 1, n);
    db_bind_int(stmt, 2, wall_ms);
    db_bind_blob(stmt, 3, line, sizeof line);
    good(db_run(stmt, &err), &err);
}

static int64_t growth(void)
{
    struct err err;
    int64_t    day_bytes = -1;
    good(space_growth(db, NOW_MS, &day_bytes, &err), &err);
    return day_bytes;
}

static void nothing_grows_by_nothing(void **state)
{
    (void)state;
    assert_int_equal(growth(), 0);
    assert_int_equal(space_days(MEGABYTE * 1000, 0), -1);
}

/* Only the last 7 days count, whatever was before; the first numbers are pruned. */
static void last_week_counts(void **state)
{
    (void)state;
    int64_t    n = 5000;
    struct err err;
    good(db_begin(db, &err), &err);
    for (int day = 30; day > 0; day--)
        for (int i = 0; i < (day > 7 ? 300 : 20); i++) event_put(n++, NOW_MS - day * DAY_MS + (int64_t)i * 60000 + 1);
    good(db_commit(db, &err), &err);
    int64_t line = LINE_BYTES;
    assert_in_range(growth(), 20 * line, 20 * (line + 600));
}

/* A kiosk of a day grows as it did that day, not by a seventh. */
static void first_day_counts_whole(void **state)
{
    (void)state;
    struct err err;
    good(db_begin(db, &err), &err);
    for (int i = 0; i < 100; i++) event_put(i + 1, NOW_MS - 3600000 + i * 1000);
    good(db_commit(db, &err), &err);
    int64_t line = LINE_BYTES;
    assert_in_range(growth(), 100 * line, 100 * (line + 600));
}

static const struct low_row {
    const char *name;
    int64_t     free_bytes, day_bytes;
    int32_t     days;
    bool        is_low;
} LOW_ROWS[] = {
    {"room for years",   100000 * MEGABYTE,           MEGABYTE,       SPACE_DAYS_MOST, false},
    {"8 days left",      SPACE_FULL + 800 * MEGABYTE, 100 * MEGABYTE, 8,               false},
    {"a week left",      SPACE_FULL + 700 * MEGABYTE, 100 * MEGABYTE, 7,               false},
    {"not a whole week", SPACE_FULL + 699 * MEGABYTE, 100 * MEGABYTE, 6,               true },
    {"little, slowly",   200 * MEGABYTE,              MEGABYTE,       192,             true },
    {"nothing came yet", 1000 * MEGABYTE,             0,              -1,              false},
    {"full",             0,                           MEGABYTE,       0,               true },
    {"nobody knows",     -1,                          MEGABYTE,       -1,              false},
};

static void low_is_said_in_time(void **state)
{
    const struct low_row *row = *state;
    assert_int_equal(space_days(row->free_bytes, row->day_bytes), row->days);
    assert_int_equal(space_is_low(row->free_bytes, row->day_bytes), row->is_low);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "nothing grows by nothing", nothing_grows_by_nothing, NULL);
    rows_add(&rows, "the last week counts", last_week_counts, NULL);
    rows_add(&rows, "the first day counts whole", first_day_counts_whole, NULL);
    rows_around(&rows, 0, start, end);
    ROWS_ADD(&rows, low_is_said_in_time, LOW_ROWS);
    return rows_run(&rows, argc, argv);
}
