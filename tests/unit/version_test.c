/* version_test.c - which version is older; what isn't a version says nothing.
 * links: core */
#include "core/version.h"
#include "tests/unit/rows.h"

struct pair {
    const char *name, *one, *other;
    int         order;
};
static const struct pair PAIRS[] = {
    {"the same",          "0.1.0",          "0.1.0",  0 },
    {"a patch",           "0.1.0",          "0.1.1",  -1},
    {"numbers, no texts", "0.10.0",         "0.9.9",  1 },
    {"the first counts",  "1.0.0",          "0.99.9", 1 },
    {"leading zeros",     "0.01.0",         "0.1.0",  0 },
    {"nothing said",      "",               "0.1.0",  0 },
    {"two numbers",       "0.2",            "0.1.0",  0 },
    {"four numbers",      "0.2.0.1",        "0.1.0",  0 },
    {"a word behind",     "0.2.0-rc1",      "0.1.0",  0 },
    {"a sign",            "-1.2.0",         "0.1.0",  0 },
    {"too large",         "1234567890.0.0", "0.1.0",  0 },
};

static void order_is(void **state)
{
    const struct pair *pair = *state;
    assert_int_equal(version_order(pair->one, pair->other), pair->order);
    assert_int_equal(version_order(pair->other, pair->one), -pair->order);
}

static void program_says_its_version(void **state)
{
    (void)state;
    assert_string_equal(version_of("baogong-kiosk 0.1.0"), "0.1.0");
    assert_string_equal(version_of("0.1.0"), "0.1.0");
    assert_string_equal(version_of(""), "");
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, order_is, PAIRS);
    rows_add(&rows, "a program says its version", program_says_its_version, NULL);
    return rows_run(&rows, argc, argv);
}
