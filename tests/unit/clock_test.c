/* clock_test.c - dates, the day rule at its edges, and clocks that are wrong.
 * links: core */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/clock.h"
#include "core/text.h"
#include "tests/unit/rows.h"

enum { HANG_MS = 120000 }; /* no machine is away for so long */
enum { CHINA_MIN = 480 };
#define MINUTE_MS INT64_C(60000)
#define DAY_MS (1440 * MINUTE_MS)

static int32_t day_or_fail(const char *text)
{
    int32_t day = 0;
    if (!day_read(text, &day)) fail_msg("%s", text);
    return day;
}

/* "2026-11-24 05:59" of the factory's clock in China as UTC. */
static int64_t utc_of(const char *text)
{
    char day[DAY_TEXT];
    snprintf(day, sizeof day, "%.10s", text);
    int64_t minute = strtol(text + 11, NULL, 10) * 60 + strtol(text + 14, NULL, 10);
    return day_or_fail(day) * DAY_MS + (minute - CHINA_MIN) * MINUTE_MS;
}

/* ---- Dates */

struct day_row {
    const char *name, *text;
    int32_t     day;
};

static const struct day_row DAYS[] = {
    {"first of all",        "1970-01-01", 0      },
    {"the day before",      "1969-12-31", -1     },
    {"leap day",            "2024-02-29", 19782  },
    {"leap day of 2000",    "2000-02-29", 11016  },
    {"no leap day in 1900", "1900-03-01", -25508 },
    {"today",               "2026-11-24", 20781  },
    {"least",               "0001-01-01", -719162},
    {"most",                "9999-12-31", 2932896},
};

static void day_case(void **state)
{
    const struct day_row *row = *state;
    char                  text[DAY_TEXT];
    assert_int_equal(day_or_fail(row->text), row->day);
    day_write(row->day, text);
    assert_string_equal(text, row->text);
}

struct text_row {
    const char *name, *text;
};

static const struct text_row NO_DAY[] = {
    {"nothing",      ""            },
    {"no leap year", "2026-02-29"  },
    {"century",      "1900-02-29"  },
    {"month 0",      "2026-00-10"  },
    {"month 13",     "2026-13-10"  },
    {"day 0",        "2026-11-00"  },
    {"day 31",       "2026-11-31"  },
    {"day 32",       "2026-12-32"  },
    {"year 0",       "0000-01-01"  },
    {"short",        "2026-1-1"    },
    {"long",         "2026-11-24 " },
    {"slashes",      "2026/11/24"  },
    {"minus",        "-026-11-24"  },
    {"letters",      "2o26-11-24"  },
    {"cut",          "2026-11"     },
    {"full-width",   "２026-11-24"},
};

static void no_day_case(void **state)
{
    const struct text_row *row = *state;
    int32_t                day = 77;
    assert_false(day_read(row->text, &day));
    assert_int_equal(day, 77);
}

/* The C library's calendar as the judge. */
static void every_day_is_as_the_system_has_it(void **state)
{
    (void)state;
    for (int32_t day = -30000; day < 60000; day += 7) {
        time_t    seconds = (time_t)day * 86400;
        struct tm parts;
        char      text[DAY_TEXT], expected[DAY_TEXT];
        gmtime_r(&seconds, &parts);
        strftime(expected, sizeof expected, "%Y-%m-%d", &parts);
        day_write(day, text);
        assert_string_equal(text, expected);
        assert_int_equal(day_or_fail(text), day);
    }
}

static void beyond_the_calendar_is_its_edge(void **state)
{
    char text[TIME_TEXT];
    (void)state;
    day_write(INT32_MAX, text);
    assert_string_equal(text, "9999-12-31");
    day_write(INT32_MIN, text);
    assert_string_equal(text, "0001-01-01");
    time_write(INT64_MAX, CHINA_MIN, text);
    assert_memory_equal(text, "9999-12-31T", 11);
    time_write(INT64_MIN, -CHINA_MIN, text);
    assert_memory_equal(text, "0001-01-01T", 11);
}

struct time_row {
    const char *name;
    int64_t     utc_ms;
    int32_t     offset_min;
    const char *text;
};

static const struct time_row TIMES[] = {
    {"start",        0,             0,    "1970-01-01T00:00:00+00:00"},
    {"China",        1795479005000, 480,  "2026-11-24T08:10:05+08:00"},
    {"half an hour", 0,             -210, "1969-12-31T20:30:00-03:30"},
    {"before 1970",  -1,            0,    "1969-12-31T23:59:59+00:00"},
    {"end of a day", 1795449599999, 480,  "2026-11-23T23:59:59+08:00"},
};

static void time_case(void **state)
{
    const struct time_row *row = *state;
    char                   text[TIME_TEXT];
    time_write(row->utc_ms, row->offset_min, text);
    assert_string_equal(text, row->text);
}

/* ---- The day rule */

static const struct day_rule TWO = {
    CHINA_MIN, 360, 2, {{"day", 480, 1200}, {"night", 1200, 1920}}
};
static const struct day_rule GAPS = {
    CHINA_MIN, 360, 2, {{"day", 480, 1020}, {"late", 1080, 1500}}
};
static const struct day_rule OVER = {
    CHINA_MIN, 360, 2, {{"day", 480, 1020}, {"late", 960, 1440}}
};
static const struct day_rule LONG = {CHINA_MIN, 360, 1, {{"all", 1439, 2880}}};
static const struct day_rule NONE = {CHINA_MIN, 360, 0, {{"", 0, 0}}};

struct rule_row {
    const char            *name;
    const struct day_rule *rule;
    const char            *time, *day, *shift;
};

static const struct rule_row RULES[] = {
    {"no shifts: 06:00 begins the day",    &NONE, "2026-11-24 06:00", "2026-11-24", ""     },
    {"no shifts: 05:59 is yesterday's",    &NONE, "2026-11-24 05:59", "2026-11-23", ""     },
    {"no shifts: midnight",                &NONE, "2026-11-25 00:00", "2026-11-24", ""     },
    {"day shift",                          &TWO,  "2026-11-24 08:00", "2026-11-24", "day"  },
    {"its last minute",                    &TWO,  "2026-11-24 19:59", "2026-11-24", "day"  },
    {"night shift",                        &TWO,  "2026-11-24 20:00", "2026-11-24", "night"},
    {"night shift after midnight",         &TWO,  "2026-11-25 03:00", "2026-11-24", "night"},
    {"its last minute, next day",          &TWO,  "2026-11-25 07:59", "2026-11-24", "night"},
    {"day shift again",                    &TWO,  "2026-11-25 08:00", "2026-11-25", "day"  },
    {"year's end",                         &TWO,  "2027-01-01 02:00", "2026-12-31", "night"},
    {"between shifts: the one before",     &GAPS, "2026-11-24 17:30", "2026-11-24", "day"  },
    {"after the last: the one before",     &GAPS, "2026-11-25 01:00", "2026-11-24", "late" },
    {"before the first: yesterday's last", &GAPS, "2026-11-25 07:59", "2026-11-24", "late" },
    {"two cover it: the later",            &OVER, "2026-11-24 16:30", "2026-11-24", "late" },
    {"the first ended: the later",         &OVER, "2026-11-24 17:30", "2026-11-24", "late" },
    {"a shift of a whole day",             &LONG, "2026-11-25 23:58", "2026-11-24", "all"  },
    {"its next one",                       &LONG, "2026-11-25 23:59", "2026-11-25", "all"  },
};

static void rule_case(void **state)
{
    const struct rule_row *row = *state;
    const struct shift    *shift = NULL;
    char                   text[DAY_TEXT];
    day_write(day_of(row->rule, utc_of(row->time), &shift), text);
    assert_string_equal(text, row->day);
    assert_string_equal(shift->name, row->shift);
    assert_int_equal(day_of(row->rule, utc_of(row->time), NULL), day_or_fail(row->day));
    assert_int_equal(day_of(row->rule, utc_of(row->time) + 59999, NULL), day_or_fail(row->day));
}

/* Time going on never takes the date back, and each date is at most one away from the calendar's. */
static void days_never_go_back(void **state)
{
    const struct day_rule *rules[] = {&NONE, &TWO, &GAPS, &OVER, &LONG};
    int64_t                start = utc_of("2026-12-30 00:00");
    (void)state;
    for (int r = 0; r < 5; r++) {
        int32_t last = day_of(rules[r], start - MINUTE_MS, NULL);
        for (int64_t minute = 0; minute < 4 * 1440; minute++) {
            int32_t day = day_of(rules[r], start + minute * MINUTE_MS, NULL);
            int32_t calendar = (int32_t)((start + minute * MINUTE_MS + CHINA_MIN * MINUTE_MS) / DAY_MS);
            assert_true(day >= last && day <= last + 1);
            assert_true(day == calendar || day == calendar - 1);
            last = day;
        }
    }
}

static void rule_without_settings(void **state)
{
    struct day_rule rule = day_rule_default();
    (void)state;
    assert_int_equal(rule.offset_min, 480);
    assert_int_equal(rule.day_start_min, 360);
    assert_int_equal(rule.count, 0);
    assert_int_equal(day_of(&rule, INT64_MAX, NULL), 2932896);
    assert_int_equal(day_of(&rule, INT64_MIN, NULL), -719162);
    assert_int_equal(day_of(&TWO, INT64_MAX, NULL), 2932896);
}

struct bound_row {
    const char *name;
    int32_t     written, previous, taken, day;
};

static const struct bound_row BOUNDS[] = {
    {"between",                  15, 10,        20, 15},
    {"on the lower bound",       10, 10,        20, 10},
    {"on the upper bound",       20, 10,        20, 20},
    {"before",                   9,  10,        20, 10},
    {"after",                    21, 10,        20, 20},
    {"1970",                     0,  10,        20, 10},
    {"nothing before",           0,  INT32_MIN, 20, 0 },
    {"nothing before, too late", 21, INT32_MIN, 20, 20},
    {"server set back",          15, 20,        10, 20},
};

static void bound_case(void **state)
{
    const struct bound_row *row = *state;
    bool                    moved = row->day == row->written;
    assert_int_equal(day_bound(row->written, row->previous, row->taken, &moved), row->day);
    assert_int_equal(moved, row->day != row->written);
}

/* ---- Clocks */

static void real_clock_follows_the_system(void **state)
{
    struct clock clock;
    int64_t      before_ms, after_ms, now_ms;
    (void)state;
    before_ms = (int64_t)time(NULL) * 1000;
    clock_start_real(&clock);
    now_ms = clock_now_ms(&clock);
    after_ms = ((int64_t)time(NULL) + 1) * 1000;
    assert_true(now_ms >= before_ms && now_ms <= after_ms);
    assert_true(clock_mono_ms(&clock) <= clock_mono_ms(&clock));
}

static void other_clock_starts_where_told(void **state)
{
    struct clock clock;
    struct err   err;
    (void)state;
    assert_true(clock_start_at(&clock, "1767225600,0", &err));
    assert_int_equal(clock_now_ms(&clock), 1767225600000);
    assert_int_equal(clock_mono_ms(&clock), 0);
    assert_true(clock_start_at(&clock, "0,0.5", &err));
    assert_int_equal(clock.rate_milli, 500);
    assert_true(clock_start_at(&clock, "253402300799,100000", &err));
    assert_int_equal(clock.rate_milli, 100000000);
}

/* The elapsed real time is put in, so nothing has to be waited for. */
static void other_clock_runs_at_its_rate(void **state)
{
    struct clock clock;
    struct err   err;
    (void)state;
    assert_true(clock_start_at(&clock, "1767225600,60", &err));
    clock.real_ms -= 1500;
    int64_t now_ms = clock_now_ms(&clock), mono_ms = clock_mono_ms(&clock);
    assert_true(now_ms >= 1767225600000 + 90000 && now_ms < 1767225600000 + 90000 + 60 * HANG_MS);
    assert_true(mono_ms >= 90000 && mono_ms < 90000 + 60 * HANG_MS);
    clock.rate_milli = 100000000;
    clock.real_ms -= 10 * 366 * DAY_MS;
    assert_true(clock_mono_ms(&clock) >= 10 * 366 * DAY_MS * 100000);
}

static const struct text_row NO_CLOCK[] = {
    {"nothing",                  ""                      },
    {"no rate",                  "1767225600"            },
    {"no rate behind the comma", "1767225600,"           },
    {"no base",                  ",60"                   },
    {"negative base",            "-1,60"                 },
    {"negative rate",            "1,-60"                 },
    {"fraction of the base",     "1.5,60"                },
    {"four decimals",            "1,0.0001"              },
    {"dot without decimals",     "1,5."                  },
    {"rate too high",            "1,100000.001"          },
    {"base after the year 9999", "253402300800,1"        },
    {"base beyond 64 bits",      "99999999999999999999,1"},
    {"blank",                    "1, 60"                 },
    {"more behind",              "1,60x"                 },
};

static void no_clock_case(void **state)
{
    const struct text_row *row = *state;
    struct clock           clock = {.base_ms = 5};
    struct err             err;
    char                   words[200], expected[200];
    assert_false(clock_start_at(&clock, row->text, &err));
    snprintf(expected, sizeof expected,
             "%s is no clock. Write BASE,RATE: Unix seconds and how many times as fast, as in 1767225600,60.",
             row->text);
    assert_string_equal(text_say(LANG_EN, &err.say, words, sizeof words), expected);
    assert_int_equal(clock.base_ms, 5);
}

struct kiosk_row {
    const char       *name;
    struct kiosk_time time;
    int64_t           machine_ms, now_ms;
};

static const struct kiosk_row KIOSKS[] = {
    {"new",                               {0, 0, false},             1000,      1000     },
    {"1970: the last known time",         {500000, 0, false},        1000,      500000   },
    {"1970, offset known from before",    {500000, 600000, false},   1000,      601000   },
    {"server heard",                      {500000, 600000, true},    1000,      601000   },
    {"floor of a wrong clock, not heard", {900000000, 0, false},     1000,      900000000},
    {"floor of a wrong clock, heard",     {900000000, 600000, true}, 1000,      601000   },
    {"clock ahead, corrected",            {500000, -2000, true},     602000,    600000   },
    {"nonsense",                          {500000, INT64_MAX, true}, INT64_MAX, 500000   },
};

static void kiosk_case(void **state)
{
    const struct kiosk_row *row = *state;
    assert_int_equal(kiosk_time_now(&row->time, row->machine_ms), row->now_ms);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, day_case, DAYS);
    ROWS_ADD(&rows, no_day_case, NO_DAY);
    rows_add(&rows, "every day is as the system has it", every_day_is_as_the_system_has_it, NULL);
    rows_add(&rows, "beyond the calendar is its edge", beyond_the_calendar_is_its_edge, NULL);
    ROWS_ADD(&rows, time_case, TIMES);
    ROWS_ADD(&rows, rule_case, RULES);
    rows_add(&rows, "days never go back", days_never_go_back, NULL);
    rows_add(&rows, "rule without settings", rule_without_settings, NULL);
    ROWS_ADD(&rows, bound_case, BOUNDS);
    rows_add(&rows, "real clock follows the system", real_clock_follows_the_system, NULL);
    rows_add(&rows, "other clock starts where told", other_clock_starts_where_told, NULL);
    rows_add(&rows, "other clock runs at its rate", other_clock_runs_at_its_rate, NULL);
    ROWS_ADD(&rows, no_clock_case, NO_CLOCK);
    ROWS_ADD(&rows, kiosk_case, KIOSKS);
    return rows_run(&rows, argc, argv);
}
