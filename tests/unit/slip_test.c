/* slip_test.c - sums in words, as a cheque and the pay list have them.
 * links: labels core */
#include "labels/slip.h"
#include "tests/unit/rows.h"

struct yuan_row {
    const char *name;
    int64_t     fen;
    const char *text;
};

static const struct yuan_row YUAN[] = {
    {"nothing",                0,           "零元整"                                             },
    {"a fen",                  1,           "零元零壹分"                                       },
    {"ten fen",                10,          "零元壹角整"                                       },
    {"a hundred and five fen", 10005,       "壹佰元零伍分"                                    },
    {"a gap inside",           100100,      "壹仟零壹元整"                                    },
    {"ten",                    1000,        "壹拾元整"                                          },
    {"ten thousand",           1000000,     "壹万元整"                                          },
    {"a gap behind the 万",   1000500,     "壹万零伍元整"                                    },
    {"none behind the 万",    10100000,    "壹拾万壹仟元整"                                 },
    {"a pay list's sum",       8308030,     "捌万叁仟零捌拾元叁角整"                     },
    {"every digit",            123456789,   "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"},
    {"a hundred million",      10000000000, "壹亿元整"                                          },
    {"owed",                   -150,        "负壹元伍角整"                                    },
};

static void yuan_case(void **state)
{
    const struct yuan_row *row = *state;
    char                   text[YUAN_TEXT];
    words_yuan(row->fen, text);
    assert_string_equal(text, row->text);
}

int main(int argc, char **argv)
{
    static struct rows tests;
    ROWS_ADD(&tests, yuan_case, YUAN);
    return rows_run(&tests, argc, argv);
}
