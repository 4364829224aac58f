/* watch_test.c - does the service manager hear of a kiosk whose keeper hangs?
 * links: kiosk_top core */
#include "kiosk/watch.h"
#include "tests/unit/rows.h"

enum { MOST_MS = 60000, STEP_MS = 10, LONG_MS = 10 * MOST_MS };

/* A main loop that wakes when it is due; the keeper answers answer_ms after it was asked, from hangs_ms on not at all.
 * Gives the longest silence that the manager hears. */
static int64_t silence_of(int64_t answer_ms, int64_t hangs_ms)
{
    struct watch watch = watch_of(MOST_MS, 0);
    int64_t      told_ms = 0, longest_ms = 0, asked_ms = -1; /* -1: nothing is asked */
    for (int64_t now_ms = 0; now_ms < LONG_MS; now_ms += STEP_MS) {
        bool is_answered = asked_ms < 0 || (now_ms - asked_ms >= answer_ms && asked_ms + answer_ms < hangs_ms);
        if (!watch_is_due(&watch, now_ms)) continue;
        if (watch_tells(&watch, now_ms, is_answered)) {
            if (now_ms - told_ms > longest_ms) longest_ms = now_ms - told_ms;
            told_ms = now_ms;
        }
        if (is_answered) asked_ms = now_ms;
    }
    return LONG_MS - told_ms > longest_ms ? LONG_MS - told_ms : longest_ms;
}

static const struct keeper_row {
    const char *name;
    int64_t     answer_ms, hangs_ms;
    bool        is_killed;
} KEEPER_ROWS[] = {
    {"at once",                  0,         INT64_MAX, false},
    {"a slow disk",              3000,      INT64_MAX, false},
    {"a very slow disk",         40000,     INT64_MAX, false},
    {"hangs from the beginning", 0,         0,         true },
    {"hangs later",              100,       123456,    true },
    {"slower than the watchdog", 2 * 60000, INT64_MAX, true },
};

static void hanging_keeper_is_heard_of(void **state)
{
    const struct keeper_row *row = *state;
    assert_int_equal(silence_of(row->answer_ms, row->hangs_ms) >= MOST_MS, row->is_killed);
}

static void nobody_watches(void **state)
{
    (void)state;
    struct watch watch = watch_of(0, 5);
    assert_false(watch_is_due(&watch, INT64_MAX));
    assert_int_equal(watch_wait_ms(&watch, 5, 777), 777);
}

static void waits_no_longer_than_due(void **state)
{
    (void)state;
    struct watch watch = watch_of(MOST_MS, 0);
    assert_true(watch_is_due(&watch, 0));
    assert_int_equal(watch_wait_ms(&watch, 0, 1000), 0);
    assert_true(watch_tells(&watch, 0, true));
    assert_int_equal(watch_wait_ms(&watch, 0, 100000), MOST_MS / 4);
    assert_int_equal(watch_wait_ms(&watch, 0, 10), 10);
    assert_int_equal(watch_wait_ms(&watch, MOST_MS, 1000), 0);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, hanging_keeper_is_heard_of, KEEPER_ROWS);
    rows_add(&rows, "nobody watches", nobody_watches, NULL);
    rows_add(&rows, "waits no longer than due", waits_no_longer_than_due, NULL);
    return rows_run(&rows, argc, argv);
}
