/* money_test.c - wages to the fen: rounding, shares that add up, amounts as people type them.
 * links: core */
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/text.h"
#include "tests/unit/rows.h"

/* ---- Due */

struct due_row {
    const char *name;
    int64_t     rate_cfen, pieces, fen;
};

static const struct due_row DUE[] = {
    {"no pieces",                        12500,               0,                0                        },
    {"no rate",                          0,                   1000000,          0                        },
    {"1.25 yuan a piece",                12500,               7,                875                      },
    {"0.0125 yuan, 4 pieces",            125,                 4,                5                        },
    {"half a fen up",                    50,                  1,                1                        },
    {"below half a fen",                 49,                  1,                0                        },
    {"rounded once, not for each piece", 49,                  3,                1                        },
    {"one and a half",                   150,                 1,                2                        },
    {"most",                             MONEY_RATE_MAX_CFEN, MONEY_PIECES_MAX, INT64_C(1000000000000000)},
};

static void due_case(void **state)
{
    const struct due_row *row = *state;
    assert_int_equal(money_due_fen(row->rate_cfen, row->pieces), row->fen);
}

/* ---- Shares */

struct split_row {
    const char *name;
    int64_t     fen;
    size_t      n;
    int64_t     weight_1, weight_2, weight_3, share_1, share_2, share_3;
};

#define BIG INT64_C(2000000000000000000)

static const struct split_row SPLIT[] = {
    {"one",                            1250,          1, 7,         0,         0, 1250,          0,             0  },
    {"nothing",                        0,             3, 1,         1,         1, 0,             0,             0  },
    {"equal",                          900,           3, 1,         1,         1, 300,           300,           300},
    {"one fen left: the first has it", 100,           3, 1,         1,         1, 34,            33,            33 },
    {"two left",                       101,           3, 1,         1,         1, 34,            34,            33 },
    {"fewer fen than workers",         2,             3, 1,         1,         1, 1,             1,             0  },
    {"weights",                        1000,          3, 10,        12,        8, 334,           400,           266},
    {"a weight of nearly all",         10,            2, 1,         999,       0, 1,             9,             0  },
    {"taken back",                     -100,          3, 1,         1,         1, -33,           -33,           -34},
    {"products beyond 64 bits",        BIG + BIG + 1, 2, INT64_MAX, INT64_MAX, 0, BIG + 1,       BIG,           0  },
    {"least",                          INT64_MIN,     2, 1,         1,         0, INT64_MIN / 2, INT64_MIN / 2, 0  },
};

static void split_case(void **state)
{
    const struct split_row *row = *state;
    int64_t                 weights[] = {row->weight_1, row->weight_2, row->weight_3}, shares[3] = {0};
    money_split(row->fen, weights, row->n, shares);
    assert_int_equal(shares[0], row->share_1);
    assert_int_equal(shares[1], row->share_2);
    assert_int_equal(shares[2], row->share_3);
}

/* Shares add up; none is further than a fen from its exact part; of equal weights the earlier has no less. */
static void shares_add_up(void **state)
{
    uint64_t dice = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        int64_t weights[MONEY_SHARES_MAX], shares[MONEY_SHARES_MAX], sum = 0,
                                                                     fen = dice_between(&dice, -1000000, 1000000);
        int64_t all = 0;
        size_t  n = (size_t)dice_between(&dice, 1, MONEY_SHARES_MAX);
        for (size_t i = 0; i < n; i++) all += weights[i] = dice_between(&dice, 1, round % 2 == 0 ? 3 : 1000);
        money_split(fen, weights, n, shares);
        for (size_t i = 0; i < n; i++) {
            int64_t off = shares[i] * all - fen * weights[i];
            assert_true(off > -all && off <= all);
            for (size_t k = i + 1; k < n; k++)
                if (weights[i] == weights[k]) assert_true(shares[i] >= shares[k]);
            sum += shares[i];
        }
        assert_int_equal(sum, fen);
    }
}

/* ---- Text */

struct text_row {
    const char *name, *text;
    int64_t     amount;
    const char *again; /* how it is written back */
};

static const struct text_row FEN[] = {
    {"two decimals",  "12.50",                 1250,      "12.50"                },
    {"one decimal",   "12.5",                  1250,      "12.50"                },
    {"none",          "12",                    1200,      "12.00"                },
    {"zero",          "0",                     0,         "0.00"                 },
    {"fen",           "0.05",                  5,         "0.05"                 },
    {"leading zeros", "007.00",                700,       "7.00"                 },
    {"minus",         "-0.05",                 -5,        "-0.05"                },
    {"minus zero",    "-0",                    0,         "0.00"                 },
    {"full-width",    "－１２．５０",    -1250,     "-12.50"               },
    {"mixed",         "1２.５",              1250,      "12.50"                },
    {"most",          "92233720368547758.07",  INT64_MAX, "92233720368547758.07" },
    {"least",         "-92233720368547758.08", INT64_MIN, "-92233720368547758.08"},
};

static void fen_case(void **state)
{
    const struct text_row *row = *state;
    struct err             err;
    int64_t                fen;
    char                   again[MONEY_TEXT];
    if (!money_read_fen(row->text, &fen, &err)) fail_msg("%s", err.say.id);
    assert_int_equal(fen, row->amount);
    money_write_fen(fen, again);
    assert_string_equal(again, row->again);
}

static const struct text_row RATE[] = {
    {"whole",          "3",         30000,               "3.00"       },
    {"two decimals",   "1.25",      12500,               "1.25"       },
    {"three",          "0.125",     1250,                "0.125"      },
    {"four",           "0.0125",    125,                 "0.0125"     },
    {"least",          "0.0001",    1,                   "0.0001"     },
    {"zero",           "0.0000",    0,                   "0.00"       },
    {"zeros kept off", "1.2500",    12500,               "1.25"       },
    {"full-width",     "０．８", 8000,                "0.80"       },
    {"most",           "10000000",  MONEY_RATE_MAX_CFEN, "10000000.00"},
};

static void rate_case(void **state)
{
    const struct text_row *row = *state;
    struct err             err;
    int64_t                rate_cfen;
    char                   again[MONEY_TEXT];
    if (!money_read_rate(row->text, &rate_cfen, &err)) fail_msg("%s", err.say.id);
    assert_int_equal(rate_cfen, row->amount);
    money_write_rate(rate_cfen, again);
    assert_string_equal(again, row->again);
}

struct bad_row {
    const char *name, *text;
    const char *fen_sentence;  /* NULL: good as an amount in fen */
    const char *rate_sentence; /* NULL: good as a rate; SAME: as in fen */
};

#define NO_AMOUNT(text) text " is no amount. Write digits and at most one dot, as in 12.50."
#define SAME ""
#define MOST(text, n) text " has more decimals than are counted here. Write at most " n "."
#define LARGE(text) text " is larger than any amount here can be. Check the number."

static const struct bad_row BAD[] = {
    {"nothing", "", NO_AMOUNT(""), SAME},
    {"blank", " ", NO_AMOUNT(" "), SAME},
    {"blank before", " 1", NO_AMOUNT(" 1"), SAME},
    {"blank behind", "1 ", NO_AMOUNT("1 "), SAME},
    {"letters", "1e3", NO_AMOUNT("1e3"), SAME},
    {"hex", "0x10", NO_AMOUNT("0x10"), SAME},
    {"plus", "+1", NO_AMOUNT("+1"), SAME},
    {"two minus", "--1", NO_AMOUNT("--1"), SAME},
    {"minus alone", "-", NO_AMOUNT("-"), SAME},
    {"dot alone", ".", NO_AMOUNT("."), SAME},
    {"dot before", ".5", NO_AMOUNT(".5"), SAME},
    {"dot behind", "5.", NO_AMOUNT("5."), SAME},
    {"two dots", "1.2.3", NO_AMOUNT("1.2.3"), SAME},
    {"comma", "1,50", NO_AMOUNT("1,50"), SAME},
    {"yuan sign", "¥5", NO_AMOUNT("¥5"), SAME},
    {"formula", "=1+1", NO_AMOUNT("=1+1"), SAME},
    {"Arabic digits", "١٢", NO_AMOUNT("١٢"), SAME},
    {"broken UTF-8", "1\xEF\xBC", NO_AMOUNT("1\xEF\xBF\xBD\xEF\xBF\xBD"), SAME},
    {"three decimals", "1.250", MOST("1.250", "2"), NULL},
    {"five decimals", "1.00000", MOST("1.00000", "2"), MOST("1.00000", "4")},
    {"negative rate", "-1.25", NULL, "-1.25 is below zero; a piece rate can't be. Write it without the minus."},
    {"rate too high", "10000000.0001", MOST("10000000.0001", "2"), LARGE("10000000.0001")},
    {"one fen too much", "92233720368547758.08", LARGE("92233720368547758.08"), LARGE("92233720368547758.08")},
    {"one fen too little", "-92233720368547758.09", LARGE("-92233720368547758.09"),
     "-92233720368547758.09 is below zero; a piece rate can't be. Write it without the minus."},
    {"twenty digits", "99999999999999999999", LARGE("99999999999999999999"), LARGE("99999999999999999999")},
};

static void refused(bool is_read, const struct err *err, int64_t amount, const char *sentence)
{
    char words[300];
    if (sentence == NULL) {
        assert_true(is_read);
        return;
    }
    assert_false(is_read);
    assert_int_equal(err->kind, ERR_INPUT);
    assert_string_equal(text_say(LANG_EN, &err->say, words, sizeof words), sentence);
    assert_int_equal(amount, 77);
}

static void bad_case(void **state)
{
    const struct bad_row *row = *state;
    struct err            err = {0};
    int64_t               fen = 77, rate_cfen = 77;
    bool                  is_read = money_read_fen(row->text, &fen, &err);
    refused(is_read, &err, fen, row->fen_sentence);
    is_read = money_read_rate(row->text, &rate_cfen, &err);
    bool is_same = row->rate_sentence != NULL && row->rate_sentence[0] == 0;
    refused(is_read, &err, rate_cfen, is_same ? row->fen_sentence : row->rate_sentence);
}

static void long_text_is_refused(void **state)
{
    static char text[10001];
    struct err  err;
    int64_t     fen;
    (void)state;
    memset(text, '9', sizeof text - 1);
    assert_false(money_read_fen(text, &fen, &err));
    assert_string_equal(err.say.id, "money.large");
}

static void text_takes_back_any_amount(void **state)
{
    uint64_t dice = 2;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        int64_t    fen = (int64_t)dice_next(&dice) >> dice_between(&dice, 0, 63), again = 0;
        int64_t    rate_cfen = dice_between(&dice, 0, MONEY_RATE_MAX_CFEN >> dice_between(&dice, 0, 36));
        char       text[MONEY_TEXT];
        struct err err;
        money_write_fen(fen, text);
        assert_true(money_read_fen(text, &again, &err));
        assert_int_equal(again, fen);
        money_write_rate(rate_cfen, text);
        assert_true(money_read_rate(text, &again, &err));
        assert_int_equal(again, rate_cfen);
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, due_case, DUE);
    ROWS_ADD(&rows, split_case, SPLIT);
    rows_add(&rows, "shares add up", shares_add_up, NULL);
    ROWS_ADD(&rows, fen_case, FEN);
    ROWS_ADD(&rows, rate_case, RATE);
    ROWS_ADD(&rows, bad_case, BAD);
    rows_add(&rows, "long text is refused", long_text_is_refused, NULL);
    rows_add(&rows, "text takes back any amount", text_takes_back_any_amount, NULL);
    return rows_run(&rows, argc, argv);
}
