/* heard_test.c - in which hours of the last day a kiosk was heard. links: server_show */
#include "server/show/heard.h"

#include "tests/unit/rows.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define THEN_MS (500000 * HOUR_MS)

static void never_heard_is_silence(void **state)
{
    struct heard_day day = {0};
    int              parts[HEARD_HOURS];
    (void)state;
    heard_parts(&day, THEN_MS, parts);
    for (int i = 0; i < HEARD_HOURS; i++) assert_int_equal(parts[i], 0);
}

static void each_five_minutes_count_once(void **state)
{
    struct heard_day day = {0};
    int              parts[HEARD_HOURS];
    (void)state;
    for (int minute = 0; minute < 60; minute++) heard_now(&day, THEN_MS + minute * MINUTE_MS);
    for (int minute = 0; minute < 11; minute++) heard_now(&day, THEN_MS + HOUR_MS + minute * MINUTE_MS);
    heard_parts(&day, THEN_MS + HOUR_MS, parts);
    assert_int_equal(parts[HEARD_HOURS - 2], HEARD_PARTS);
    assert_int_equal(parts[HEARD_HOURS - 1], 3);
    assert_int_equal(parts[HEARD_HOURS - 3], 0);
}

static void hours_without_it_are_empty_and_old_ones_go(void **state)
{
    struct heard_day day = {0};
    int              parts[HEARD_HOURS];
    (void)state;
    heard_now(&day, THEN_MS);
    heard_now(&day, THEN_MS + 5 * HOUR_MS);
    heard_now(&day, THEN_MS + 4 * HOUR_MS); /* the clock went back: nothing is forgotten, nothing invented */
    heard_parts(&day, THEN_MS + 7 * HOUR_MS, parts);
    for (int i = 0; i < HEARD_HOURS; i++) assert_int_equal(parts[i], i == HEARD_HOURS - 8 || i == HEARD_HOURS - 3);
    heard_now(&day, THEN_MS + 24 * HOUR_MS);
    heard_parts(&day, THEN_MS + 24 * HOUR_MS, parts);
    for (int i = 0; i < HEARD_HOURS; i++) assert_int_equal(parts[i], i == 4 || i == HEARD_HOURS - 1);
    heard_now(&day, THEN_MS + 400 * HOUR_MS);
    heard_parts(&day, THEN_MS + 400 * HOUR_MS, parts);
    for (int i = 0; i < HEARD_HOURS; i++) assert_int_equal(parts[i], i == HEARD_HOURS - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(never_heard_is_silence),
        cmocka_unit_test(each_five_minutes_count_once),
        cmocka_unit_test(hours_without_it_are_empty_and_old_ones_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
