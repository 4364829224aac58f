/* rows.h - tables of cases as cmocka tests, one a row, and dice for properties.
 *
 * A test program adds rows and single tests, then runs them; its argument runs those alone whose names match it, with
 * * and ? as in a shell: code_test 'month*'. The header of cmocka needs what stands before it. */
#ifndef TESTS_UNIT_ROWS_H
#define TESTS_UNIT_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { ROWS_MAX = 512 };

struct rows {
    struct CMUnitTest tests[ROWS_MAX];
    size_t            count;
};

/* function gets row as *state. */
static inline void rows_add(struct rows *rows, const char *name, CMUnitTestFunction function, const void *row)
{
    assert_true(rows->count < ROWS_MAX);
    rows->tests[rows->count++] =
        (struct CMUnitTest){.name = name, .test_func = function, .initial_state = (void *)(uintptr_t)row};
}

/* A whole table whose rows begin with their name. */
#define ROWS_ADD(rows, function, table)                                          \
    do {                                                                         \
        for (size_t row_ = 0; row_ < sizeof(table) / sizeof((table)[0]); row_++) \
            rows_add(rows, (table)[row_].name, function, &(table)[row_]);        \
    } while (0)

/* main's last line. */
static inline int rows_run(struct rows *rows, int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests(argv[0], rows->tests, rows->count, NULL, NULL);
}

/* SplitMix64: the same seed gives the same case on every machine. */
static inline uint64_t dice_next(uint64_t *dice)
{
    uint64_t z = (*dice += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* least..most, both included. */
static inline int64_t dice_between(uint64_t *dice, int64_t least, int64_t most)
{
    return least + (int64_t)(dice_next(dice) % ((uint64_t)(most - least) + 1));
}

#endif
