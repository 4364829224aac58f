/* slip_test.c - sums as a cheque and the pay list have them; slips of any length.
 * links: labels core */
#include "labels/slip.h"
#include "labels/words.h"
#include <string.h>

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

static const struct yuan_row MONEY[] = {
    {"none",             0,          "0.00"         },
    {"no comma yet",     99999,      "999.99"       },
    {"a comma",          100000,     "1,000.00"     },
    {"two",              1234567890, "12,345,678.90"},
    {"taken",            -3000,      "−30.00"     },
    {"taken, and a lot", -12345600,  "−123,456.00"},
};

static void money_case(void **state)
{
    const struct yuan_row *row = *state;
    char                   text[WORDS_MONEY];
    words_money(row->fen, text);
    assert_string_equal(text, row->text);
}

/* ---- The slip */

enum { LINES_MOST = 60 };

struct slip_row {
    const char *name;
    size_t      lines;
    int64_t     held, fen_each; /* 7 pieces at 2.50 */
    size_t      pages;
    bool        has_mark;
};

static const struct slip_row SLIPS[] = {
    {"nothing",                              0,  0, 1750, 1, false},
    {"a few",                                5,  3, 1750, 1, false},
    {"closer together before a second page", 26, 0, 1750, 1, false},
    {"the same, with what is held",          24, 2, 1750, 1, false},
    {"two pages, the sum not alone on one",  40, 2, 1750, 2, false},
    {"a piece of them isn't paid",           3,  0, 1500, 1, true },
    {"a rounded fen is no piece",            3,  0, 1751, 1, false},
};

static struct type *type;

static size_t texts_of(const struct paper *paper, size_t page, const char *text, float *lowest)
{
    size_t            count, found = 0;
    const struct box *boxes = paper_boxes(paper, page, &count);
    for (size_t i = 0; i < count; i++) {
        if (boxes[i].kind != BOX_TEXT || strcmp(paper_box_text(paper, &boxes[i]), text) != 0) continue;
        found++;
        if (boxes[i].area.y > *lowest) *lowest = boxes[i].area.y;
    }
    return found;
}

/* Every line is there, the sum stands above the signature, and beside at least one line. */
static void slip_case(void **state)
{
    const struct slip_row *row = *state;
    struct err             err;
    struct paper           paper;
    struct slip_line       lines[LINES_MOST];
    float                  sum_y = 0, sign_y = 0, any = 0;
    size_t                 shown = 0;
    for (size_t i = 0; i < row->lines; i++)
        lines[i] = (struct slip_line){"钢质防火门", "焊接", 7, false, 25000, row->fen_each};
    const struct slip slip = {.employer = "好门门业",
                              .name = "王建军",
                              .crew = "焊接二班",
                              .worker = 17,
                              .from_day = 20000,
                              .to_day = 20030,
                              .pay_day = 20045,
                              .held = row->held,
                              .net_fen = 4711,
                              .count = row->lines,
                              .lines = lines};
    paper_begin(&paper, type, LANG_ZH);
    slip_put(&paper, &slip);
    assert_true(paper_end(&paper, &err));
    assert_int_equal(paper.page_count, row->pages);
    for (size_t page = 0; page < row->pages; page++) shown += texts_of(&paper, page, "钢质防火门", &any);
    assert_int_equal(shown, row->lines);
    assert_int_equal(texts_of(&paper, row->pages - 1, "应发", &sum_y), 1);
    assert_int_equal(texts_of(&paper, row->pages - 1, "本人看过，数对。签名", &sign_y), 1);
    assert_true(sum_y + (row->held > 0 ? 14 : 4) < sign_y);
    assert_true(row->lines == 0 || texts_of(&paper, row->pages - 1, "钢质防火门", &any) > 0);
    assert_int_equal(texts_of(&paper, row->pages - 1, "第 2/2 页", &any), row->pages == 2);
    assert_int_equal(texts_of(&paper, 0, "*", &any), row->has_mark ? row->lines : 0);
    paper_free(&paper);
}

/* ---- Its days */

struct days_row {
    const char *name;
    size_t      lines;
    int32_t     span; /* days of the period; every third has work */
    size_t      pages, shown, idle;
};

static const struct days_row DAYS[] = {
    {"a month, below a few lines",              5,  31,  1, 31,  20},
    {"a month, on a page of its own",           20, 31,  2, 31,  20},
    {"28 days",                                 5,  28,  1, 28,  18},
    {"a year: those with work, two pages more", 5,  365, 3, 122, 0 },
};

/* Each day once, in order down the left column and then the right one; what they say adds up to what was given. */
static void days_case(void **state)
{
    const struct days_row *row = *state;
    enum { WORKED_MOST = 400 };
    static struct slip_day worked[WORKED_MOST];
    struct slip_line       lines[LINES_MOST];
    struct err             err;
    struct paper           paper;
    char                   first[WORDS_DAY], last[WORDS_DAY];
    size_t                 count = 0, shown = 0, idle = 0, named = 0, hashes = 0;
    float                  lowest = 0;
    for (size_t i = 0; i < row->lines; i++) lines[i] = (struct slip_line){"钢质防火门", "焊接", 7, false, 25000, 1750};
    for (int32_t day = 0; day < row->span; day += 3) worked[count++] = (struct slip_day){20000 + day, 12, 30000};
    const struct slip slip = {.employer = "好门门业",
                              .name = "王建军",
                              .crew = "焊接二班",
                              .worker = 17,
                              .from_day = 20000,
                              .to_day = 20000 + row->span - 1,
                              .pay_day = 20045,
                              .net_fen = 4711,
                              .count = row->lines,
                              .lines = lines,
                              .worked_count = count,
                              .worked = worked,
                              .audit_row = 9,
                              .audit_hash = "7f3a"};
    paper_begin(&paper, type, LANG_ZH);
    slip_put(&paper, &slip);
    assert_true(paper_end(&paper, &err));
    assert_int_equal(paper.page_count, row->pages);
    words_day(&paper, slip.from_day, true, first);
    words_day(&paper, slip.to_day - (row->idle == 0 ? (row->span - 1) % 3 : 0), true, last);
    for (size_t page = 0; page < row->pages; page++) {
        shown += texts_of(&paper, page, "12 件", &lowest);
        idle += texts_of(&paper, page, "—", &lowest);
        named += texts_of(&paper, page, first, &lowest) + texts_of(&paper, page, last, &lowest);
        hashes += texts_of(&paper, page, "变更记录链，第 9 条：  7f3a", &lowest);
    }
    assert_int_equal(shown, count);
    assert_int_equal(idle, row->idle);
    assert_int_equal(shown + idle, row->shown);
    assert_int_equal(named, 2);
    assert_int_equal(hashes, 1);
    assert_true(lowest < 206);
    paper_free(&paper);
}

int main(int argc, char **argv)
{
    static struct rows tests;
    struct err         err;
    if (!type_open(&type, &err)) return 1;
    ROWS_ADD(&tests, yuan_case, YUAN);
    ROWS_ADD(&tests, money_case, MONEY);
    ROWS_ADD(&tests, slip_case, SLIPS);
    ROWS_ADD(&tests, days_case, DAYS);
    int failed = rows_run(&tests, argc, argv);
    type_close(type);
    return failed;
}
