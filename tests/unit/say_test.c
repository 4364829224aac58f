/* say_test.c - sentences as data: built, stored, read back; errors that carry them.
 * links: core */
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/say.h"
#include "tests/unit/rows.h"

/* ---- Stored form */

static void writes_each_kind(void **state)
{
    struct buf out = {0};
    struct say say = say_text(say_fen(say_int(SAY("count.over"), -12), 1250), "301 \"门\"");
    struct say none = SAY("");
    (void)state;
    say_write(&say, &out);
    assert_string_equal(buf_text(&out), "[\"count.over\",-12,{\"fen\":1250},\"301 \\\"门\\\"\"]");
    buf_clear(&out);
    say_write(&none, &out);
    assert_string_equal(buf_text(&out), "[\"\"]");
    assert_true(say_is_empty(&none));
    assert_false(say_is_empty(&say));
    buf_free(&out);
}

struct bad_row {
    const char *name, *text;
};

static const struct bad_row BAD[] = {
    {"nothing",          ""                                              },
    {"no JSON",          "[\"a\""                                        },
    {"no list",          "{\"a\":1}"                                     },
    {"a text",           "\"a\""                                         },
    {"empty list",       "[]"                                            },
    {"number as id",     "[1]"                                           },
    {"id of 40 bytes",   "[\"0123456789012345678901234567890123456789\"]"},
    {"five arguments",   "[\"a\",1,2,3,4,5]"                             },
    {"list as argument", "[\"a\",[1]]"                                   },
    {"null as argument", "[\"a\",null]"                                  },
    {"bool as argument", "[\"a\",true]"                                  },
    {"empty object",     "[\"a\",{}]"                                    },
    {"unknown object",   "[\"a\",{\"usd\":1}]"                           },
    {"two fields",       "[\"a\",{\"fen\":1,\"x\":2}]"                   },
    {"fen as text",      "[\"a\",{\"fen\":\"1\"}]"                       },
    {"fraction",         "[\"a\",1.5]"                                   },
};

static void bad_case(void **state)
{
    const struct bad_row *row = *state;
    struct say            say = SAY("before"), before = SAY("before");
    assert_false(say_read(row->text, strlen(row->text), &say));
    assert_true(say_equal(&say, &before));
}

/* A text that a newer program stored longer than ours can be is cut, not refused. */
static void cuts_stored_text(void **state)
{
    static const char text[] = "[\"a\",\"0123456789012345678901234567890123456789012345678901234567890123456789\"]";
    struct say        say;
    (void)state;
    assert_true(say_read(text, sizeof text - 1, &say));
    assert_string_equal(say.args[0].text, "012345678901234567890123456789012345678901234567890123456789…");
}

static struct say dice_say(uint64_t *dice)
{
    char id[SAY_ID_MAX] = "";
    for (int64_t n = dice_between(dice, 0, SAY_ID_MAX - 1); n > 0; n--)
        id[n - 1] = (char)('a' + dice_between(dice, 0, 25));
    struct say say = say_make(id);
    for (int64_t n = dice_between(dice, 0, SAY_ARGS_MAX); n > 0; n--) {
        char    text[SAY_TEXT_MAX * 2] = "";
        int64_t kind = dice_between(dice, 0, 2);
        for (int64_t k = dice_between(dice, 0, (int64_t)sizeof text - 1); k > 0; k--)
            text[k - 1] = (char)dice_next(dice);
        if (kind == 0) say = say_int(say, (int64_t)dice_next(dice));
        if (kind == 1) say = say_fen(say, (int64_t)dice_next(dice));
        if (kind == 2) say = say_text(say, text);
    }
    return say;
}

static void reads_what_it_wrote(void **state)
{
    uint64_t dice = 6;
    (void)state;
    for (int i = 0; i < 5000; i++) {
        struct buf out = {0};
        struct say say = dice_say(&dice), read;
        say_write(&say, &out);
        assert_true(say_read(out.bytes, out.len, &read));
        assert_true(say_equal(&read, &say));
        buf_free(&out);
    }
}

static void differs_in_anything(void **state)
{
    struct say says[] = {SAY(""),
                         SAY("a"),
                         SAY("b"),
                         say_int(SAY("a"), 1),
                         say_int(SAY("a"), 2),
                         say_fen(SAY("a"), 1),
                         say_text(SAY("a"), "1"),
                         say_text(SAY("a"), ""),
                         say_int(say_int(SAY("a"), 1), 1)};
    (void)state;
    for (size_t i = 0; i < sizeof says / sizeof says[0]; i++)
        for (size_t k = 0; k < sizeof says / sizeof says[0]; k++)
            assert_int_equal(say_equal(&says[i], &says[k]), i == k);
}

/* ---- Arguments */

struct cut_row {
    const char *name, *text, *kept;
};

#define SIXTY "012345678901234567890123456789012345678901234567890123456789"
#define DOORS "门门门门门门门门门门门门门门门门门门门门"

static const struct cut_row CUTS[] = {
    {"empty",                           "",             ""                          },
    {"63 bytes fit",                    SIXTY "abc",    SIXTY "abc"                 },
    {"64 bytes",                        SIXTY "abcd",   SIXTY "…"                 },
    {"21 Chinese characters fit",       DOORS "单",    DOORS "单"                 },
    {"22 Chinese characters",           DOORS "单单", DOORS "…"                 },
    {"cut before a character",          SIXTY "ab门",  SIXTY "…"                 },
    {"mark in the place of four bytes", DOORS "🚪x",  DOORS "…"                 },
    {"invalid bytes",                   "a\xFF\xC3z",   "a\xEF\xBF\xBD\xEF\xBF\xBDz"},
    {"controls stay",                   "a\n\x01",      "a\n\x01"                   },
};

static void cut_case(void **state)
{
    const struct cut_row *row = *state;
    assert_string_equal(say_text(SAY("a"), row->text).args[0].text, row->kept);
}

/* ---- Errors */

static void errors_carry_a_sentence(void **state)
{
    struct err err;
    struct say said = say_int(SAY("code.length"), 3);
    (void)state;
    assert_false(err_set(&err, ERR_ABSENT, said));
    assert_int_equal(err.kind, ERR_ABSENT);
    assert_true(say_equal(&err.say, &said));
    for (int kind = ERR_INPUT; kind <= ERR_DAMAGED; kind++) {
        bool is_passing = kind == ERR_BUSY || kind == ERR_IO || kind == ERR_FULL;
        err_set(&err, (enum err_kind)kind, said);
        assert_int_equal(err_is_passing(&err), is_passing);
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "writes each kind", writes_each_kind, NULL);
    ROWS_ADD(&rows, bad_case, BAD);
    ROWS_ADD(&rows, cut_case, CUTS);
    rows_add(&rows, "cuts stored text", cuts_stored_text, NULL);
    rows_add(&rows, "reads what it wrote", reads_what_it_wrote, NULL);
    rows_add(&rows, "differs in anything", differs_in_anything, NULL);
    rows_add(&rows, "errors carry a sentence", errors_carry_a_sentence, NULL);
    return rows_run(&rows, argc, argv);
}
