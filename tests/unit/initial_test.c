/* initial_test.c - the letter by which a name is looked for.
 * links: core */
#include "core/initial.h"

#include <string.h>

#include "tests/unit/rows.h"

struct row {
    const char *name, *text;
    char        letter;
};

static const struct row ROWS[] = {
    {"first letter, first place", "阿明",       'A'},
    {"B",                         "白雪",       'B'},
    {"Chen",                      "陈永强",    'C'},
    {"Zhou",                      "周敏",       'Z'},
    {"Wang",                      "王建国",    'W'},
    {"Li",                        "李秀英",    'L'},
    {"Zhang",                     "张伟",       'Z'},
    {"Ouyang",                    "欧阳婷婷", 'O'},
    {"last of Z",                 "座",          'Z'},
    {"Xie, not jie",              "解小龙",    'X'},
    {"Shan, not dan",             "单田芳",    'S'},
    {"Zeng, not ceng",            "曾国",       'Z'},
    {"by strokes",                "闫妮",       'Y'},
    {"by strokes: Qu",            "瞿明",       'Q'},
    {"Latin",                     "anna",         'A'},
    {"Latin capital",             "Li Wei",       'L'},
    {"beyond the table",          "𬭎",         0  },
    {"a digit",                   "7",            0  },
    {"nothing",                   "",             0  },
    {"no UTF-8",                  "\xff\xfe",     0  },
    {"a mark",                    "，",          0  },
};

static void letter_fits(void **state)
{
    const struct row *row = *state;
    assert_int_equal(initial_of(row->text), row->letter);
}

/* Each letter stands on one key. */
static void groups_are_whole(void **state)
{
    (void)state;
    for (char letter = 'A'; letter <= 'Z'; letter++) {
        int group = initial_group_of(letter), found = 0;
        for (int i = 1; i <= INITIAL_GROUPS; i++) found += strchr(initial_group(i), letter) != NULL;
        assert_true(group >= 1 && group <= INITIAL_GROUPS);
        assert_int_equal(found, 1);
    }
    assert_int_equal(initial_group_of(0), 0);
    assert_string_equal(initial_group(0), "");
    assert_string_equal(initial_group(INITIAL_GROUPS + 1), "");
}

int main(int argc, char **argv)
{
    static struct rows tests;
    ROWS_ADD(&tests, letter_fits, ROWS);
    rows_add(&tests, "groups are whole", groups_are_whole, NULL);
    return rows_run(&tests, argc, argv);
}
