/* speed_test.c - reports that are faster than hands: which are flagged, and that it changes no verdict.
 * links: server_books server_judge core */
#include "server/judge/speed.h"
#include "tests/unit/books.h"

enum { MINUTE = 60000, REPORTS = 6 };

/* Each report: minutes and seconds of the day, pieces, kiosk; the shift begins at 480 minutes. flags: "F2 T3": which, and of what. */
struct speed_row {
    const char *name;
    int64_t     least_s, walk_s;
    int         at[REPORTS][4]; /* minute, second, pieces, kiosk; kiosk 0 ends it */
    const char *flags;
};
/* clang-format off */
static const struct speed_row ROWS[] = {
    {"nothing",                  10, 5, {{0}},                                                     ""},
    {"a day's work",             10, 5, {{500, 0, 10, 1}, {600, 0, 40, 1}, {700, 0, 60, 2}},       ""},
    {"all of it at once",        10, 5, {{700, 0, 50, 1}, {700, 20, 50, 1}, {700, 40, 50, 1}},     ""},
    {"9 pieces in 4 minutes",    60, 5, {{482, 0, 1, 1}, {484, 0, 9, 1}},                          "F1"},
    {"just in time",             60, 5, {{484, 0, 4, 1}},                                          ""},
    {"one piece too fast",       60, 5, {{484, 0, 5, 1}},                                          "F0"},
    {"flagged once",             60, 5, {{481, 0, 9, 1}, {482, 0, 9, 1}, {483, 0, 9, 1}},          "F0"},
    {"not asked",                0,  0, {{480, 0, 900, 1}, {480, 0, 900, 2}},                      ""},
    {"two places at once",       10, 5, {{600, 0, 1, 1}, {600, 4, 1, 2}},                          "T1"},
    {"a walk",                   10, 5, {{600, 0, 1, 1}, {600, 5, 1, 2}},                          ""},
    {"one place twice",          10, 5, {{600, 0, 1, 1}, {600, 1, 1, 1}},                          ""},
    {"there and back",           10, 5, {{600, 0, 1, 1}, {600, 2, 1, 2}, {600, 4, 1, 1}},          "T1 T2"},
    {"before the shift begins",  10, 5, {{470, 0, 99, 1}},                                         ""},
    {"both",                     60, 5, {{480, 30, 1, 1}, {480, 33, 1, 2}},                        "F0 T1"},
};
/* clang-format on */

static void flags_are(void **state)
{
    const struct speed_row *row = *state;
    struct speed_report     reports[REPORTS];
    struct speed_flag       flags[8];
    struct speed_rule       rule = {row->least_s * 1000, row->walk_s * 1000};
    size_t                  count = 0;
    struct buf              said = {0};
    for (; count < REPORTS && row->at[count][3] != 0; count++)
        reports[count] =
            (struct speed_report){.wall_ms = (int64_t)row->at[count][0] * MINUTE + row->at[count][1] * 1000,
                                  .begin_ms = INT64_C(480) * MINUTE,
                                  .pieces = (int64_t)row->at[count][2] * 1000,
                                  .kiosk = (uint64_t)row->at[count][3]};
    size_t found = judge_speed(reports, count, &rule, flags, 8);
    for (size_t i = 0; i < found; i++)
        buf_fmt(&said, "%s%c%zu", i > 0 ? " " : "", flags[i].what == SPEED_FAST ? 'F' : 'T', flags[i].report);
    assert_string_equal(buf_text(&said), row->flags);
    assert_true(judge_speed(reports, count, &rule, flags, 0) == 0);
    buf_free(&said);
}

static struct kiosk cut = {
    .id = 0x51, .epoch = {1, 7}
};
static struct kiosk weld = {
    .id = 0x52, .epoch = {1, 9}
};

/* server/books/speed.c: flagged in the books, paid all the same; what is doubtful, from paper or undone isn't. */
static void a_flag_changes_no_verdict(void **state)
{
    (void)state;
    cut.seq = weld.seq = 0;
    factory_import();
    struct event first = report_of(&cut, "2603-0001-01", 10, 2, BADGE_LI, 1);
    struct event second = report_of(&weld, "2603-0001-01", 20, 1, BADGE_LI, 1);
    second.wall_ms += 2000;
    inbox_event(&first, NULL);
    inbox_event(&second, NULL);
    struct event third = report_of(&cut, "2603-0001-02", 10, 1, BADGE_LI, 1);
    third.doubtful = true;
    third.wall_ms += 3000;
    inbox_event(&third, NULL);
    apply_all(1);
    assert_string_equal(rows("SELECT number, worker, day FROM speed_flag"), "2|1|20516");
    assert_string_equal(rows("SELECT number, kind, counted FROM verdict ORDER BY number"), "1|0|2\n2|0|1\n3|0|1");
    assert_string_equal(rows("SELECT COUNT(*) FROM telling"), "0");
    rebuilt_is_equal("books.db");
}

int main(int argc, char **argv)
{
    static struct rows tests;
    ROWS_ADD(&tests, flags_are, ROWS);
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(a_flag_changes_no_verdict, factory_make, factory_end);
    return rows_run(&tests, argc, argv);
}
