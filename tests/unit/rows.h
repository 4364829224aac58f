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

#include "tests/dice.h"

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

/* What stands around each test from the one at `from` on. */
static inline void rows_around(struct rows *rows, size_t from, CMFixtureFunction setup, CMFixtureFunction teardown)
{
    for (size_t i = from; i < rows->count; i++) {
        rows->tests[i].setup_func = setup;
        rows->tests[i].teardown_func = teardown;
    }
}

/* main's last line. */
static inline int rows_run(struct rows *rows, int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests(argv[0], rows->tests, rows->count, NULL, NULL);
}

#endif
