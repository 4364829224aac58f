/* json_test.c - what is JSON to us and what isn't, with the sentence; reading gives back what was written.
 * links: core */
#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "core/text.h"
#include "tests/unit/rows.h"

#define DEEP(c) c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c

/* ---- Read, and written back compactly */

struct good_row {
    const char *name, *text, *again; /* again NULL: the same */
};

/* clang-format off */
static const struct good_row GOOD[] = {
    {"null",                   "null",                 NULL},
    {"true",                   "true",                 NULL},
    {"false",                  "[false]",              NULL},
    {"zero",                   "0",                    NULL},
    {"minus zero",             "-0",                   "0"},
    {"least",                  "-9223372036854775808", NULL},
    {"most",                   "9223372036854775807",  NULL},
    {"beyond doubles",         "9007199254740993",     NULL},
    {"empty text",             "\"\"",                 NULL},
    {"words",                  "\"门 🚪 باب\"",        NULL},
    {"escapes",                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u0001\"", "\"\\\"\\\\/\\b\\f\\n\\r\\té\\u0001\""},
    {"pair of surrogates",     "\"\\ud83d\\udeaa\"",   "\"🚪\""},
    {"fraction within a text", "\"1.5 1e3\"",          NULL},
    {"brackets within a text", "\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"", NULL},
    {"empty list",             "[]",                   NULL},
    {"empty object",           "{}",                   NULL},
    {"empty key",              "{\"\":1}",             NULL},
    {"blanks",                 " { \"a\" : [ 1 , 2 ] , \"b\" : { } } \r\n", "{\"a\":[1,2],\"b\":{}}"},
    {"order of keys",          "{\"z\":1,\"a\":2,\"m\":{\"b\":1,\"a\":2}}", NULL},
    {"32 deep",                DEEP("[") DEEP("]"),    NULL},
    {"33 lists side by side",  "[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]",
     NULL},
};
/* clang-format on */

static void good_case(void **state)
{
    const struct good_row *row = *state;
    struct err             err;
    struct buf             out = {0};
    struct json           *value = json_read(row->text, strlen(row->text), &err);
    if (value == NULL) fail_msg("%s", err.say.id);
    json_write(value, &out);
    assert_string_equal(buf_text(&out), row->again != NULL ? row->again : row->text);
    json_free(value);
    buf_free(&out);
}

/* ---- Refused, and why */

struct bad_row {
    const char *name, *text;
    size_t      len; /* 0: as long as the text */
    const char *sentence;
};

#define BROKEN(byte) "The data isn't whole JSON (byte " byte "). Check the program that sent it."
#define FRACTION(byte) \
    "Only whole numbers are taken; byte " byte " begins a fraction. Send money in fen, work in pieces."

/* clang-format off */
static const struct bad_row BAD[] = {
    {"nothing",              "",                     0, BROKEN("0")},
    {"half a list",          "[1,",                  0, BROKEN("3")},
    {"two values",           "1 2",                  0, BROKEN("3")},
    {"page of a proxy",      "<html>",               0, BROKEN("1")},
    {"comma at the end",     "[1,]",                 0, BROKEN("4")},
    {"single quotes",        "{'a':1}",              0, BROKEN("2")},
    {"leading zero",         "01",                   0, BROKEN("1")},
    {"closing first",        "]",                    0, BROKEN("1")},
    {"line break in a text", "\"a\nb\"",             0, BROKEN("2")},
    {"half a surrogate",     "\"\\ud83d\"",          0, BROKEN("8")},
    {"NUL behind",           "1\0",                  2, BROKEN("2")},
    {"NUL and more behind",  "[1]\0[2]",             7, BROKEN("4")},
    {"NUL alone",            "\0",                   1, BROKEN("1")},
    {"raw NUL in a text",    "\"\0\"",               3, BROKEN("1")},
    {"fraction",             "[1.5]",                0, FRACTION("2")},
    {"whole fraction",       "1.0",                  0, FRACTION("1")},
    {"power",                "{\"a\":1e3}",          0, FRACTION("6")},
    {"great power",          "[1E400]",              0, FRACTION("2")},
    {"too large",            "9223372036854775808",  0, "A number is too large. Check the program that sent it."},
    {"too small",            "-9223372036854775809", 0, "A number is too large. Check the program that sent it."},
    {"a thousand digits",    "1" DEEP("0") DEEP("00000000000000000000000000000000"), 0,
     "A number is too large. Check the program that sent it."},
    {"doubled key",          "{\"a\":1,\"b\":2,\"a\":1}", 0,
     "A field was given twice, so it isn't known which one counts. Give it once."},
    {"NUL in a text",        "\"a\\u0000b\"",        0, "A text holds a NUL character. Leave it out and send again."},
    {"NUL in a key",         "{\"a\\u0000\":1}",     0, "A text holds a NUL character. Leave it out and send again."},
    {"no UTF-8",             "\"\xFF\"",             0, "A text isn't UTF-8. Send it in UTF-8."},
    {"overlong",             "\"\xC0\xAF\"",         0, "A text isn't UTF-8. Send it in UTF-8."},
    {"surrogate in UTF-8",   "\"\xED\xA0\x80\"",     0, "A text isn't UTF-8. Send it in UTF-8."},
    {"GB 18030",             "\"\xC3\xC5\"",         0, "A text isn't UTF-8. Send it in UTF-8."},
    {"33 deep",              "[" DEEP("[") DEEP("]") "]", 0,
     "The data is nested deeper than 32 levels. Check the program that sent it."},
    {"objects 33 deep",      DEEP("{\"a\":") "[]",   0,
     "The data is nested deeper than 32 levels. Check the program that sent it."},
};
/* clang-format on */

static void bad_case(void **state)
{
    const struct bad_row *row = *state;
    struct err            err = {0};
    char                  words[256];
    struct json          *value = json_read(row->text, row->len > 0 ? row->len : strlen(row->text), &err);
    assert_null(value);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(text_say(LANG_EN, &err.say, words, sizeof words), row->sentence);
    assert_string_not_equal(text_of(LANG_ZH, err.say.id), err.say.id);
}

static void a_million_brackets(void **state)
{
    static char text[1000000];
    struct err  err;
    (void)state;
    memset(text, '[', sizeof text);
    assert_null(json_read(text, sizeof text, &err));
    assert_string_equal(err.say.id, "json.deep");
}

/* ---- Texts written */

struct text_row {
    const char *name, *text;
    size_t      len;
    const char *written;
};

/* clang-format off */
static const struct text_row TEXTS[] = {
    {"nothing",       "",                       0, "\"\""},
    {"plain",         "a/b",                    3, "\"a/b\""},
    {"quotes",        "\"\\",                   2, "\"\\\"\\\\\""},
    {"controls",      "\b\f\n\r\t\x01\x1F\x7F", 8, "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\""},
    {"NUL",           "a\0b",                   3, "\"a\xEF\xBF\xBD" "b\""},
    {"invalid bytes", "a\xFF\xC3",              3, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {"cut character", "单\xE5\x8D",             5, "\"单\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {"four bytes",    "🚪",                     4, "\"🚪\""},
    {"markup",        "</script>",              9, "\"</script>\""},
};
/* clang-format on */

static void text_case(void **state)
{
    const struct text_row *row = *state;
    struct err             err;
    struct buf             out = {0}, again = {0};
    json_str(&out, row->text, row->len);
    assert_string_equal(buf_text(&out), row->written);
    struct json *value = json_read(out.bytes, out.len, &err);
    assert_non_null(value);
    json_write(value, &again);
    assert_string_equal(buf_text(&again), row->written);
    json_free(value);
    buf_free(&again);
    buf_free(&out);
}

/* ---- Typed reads */

static void typed_reads(void **state)
{
    static const char text[] = "{\"n\":-5,\"b\":true,\"t\":\"x\",\"l\":[1,2],\"o\":{\"a\":1},\"z\":null}";
    struct err        err;
    struct json      *whole = json_read(text, sizeof text - 1, &err);
    (void)state;
    assert_int_equal(json_int(json_get(whole, "n"), 9), -5);
    assert_int_equal(json_int(json_get(whole, "t"), 9), 9);
    assert_int_equal(json_int(json_get(whole, "absent"), 9), 9);
    assert_true(json_bool(json_get(whole, "b"), false));
    assert_true(json_bool(json_get(whole, "n"), true));
    assert_string_equal(json_text(json_get(whole, "t"), "?"), "x");
    assert_null(json_text(json_get(whole, "z"), NULL));
    assert_int_equal(json_count(json_get(whole, "l")), 2);
    assert_int_equal(json_count(json_get(whole, "o")), 1);
    assert_int_equal(json_count(json_get(whole, "t")), 0);
    assert_int_equal(json_count(NULL), 0);
    assert_int_equal(json_int(json_at(json_get(whole, "l"), 1), 0), 2);
    assert_null(json_at(json_get(whole, "l"), 2));
    assert_null(json_at(json_get(whole, "o"), 0));
    assert_null(json_get(json_get(whole, "l"), "a"));
    assert_null(json_get(NULL, "a"));
    assert_int_equal(json_kind_of(NULL), JSON_NULL);
    assert_int_equal(json_kind_of(json_get(whole, "z")), JSON_NULL);
    assert_int_equal(json_kind_of(whole), JSON_OBJECT);
    assert_int_equal(json_kind_of(json_get(whole, "l")), JSON_LIST);
    json_free(whole);
    json_free(NULL);
}

static void walks_in_written_order(void **state)
{
    static const char  text[] = "{\"z\":0,\"a\":1,\"门\":2,\"m\":3}";
    static const char *keys[] = {"z", "a", "门", "m"};
    struct err         err;
    struct json       *whole = json_read(text, sizeof text - 1, &err);
    void              *iter = NULL;
    const char        *key;
    const struct json *value;
    int                n = 0;
    (void)state;
    for (; json_next(whole, &iter, &key, &value); n++) {
        assert_string_equal(key, keys[n]);
        assert_int_equal(json_int(value, -1), n);
    }
    assert_int_equal(n, 4);
    json_free(whole);
}

static void commas_where_they_belong(void **state)
{
    struct buf out = {0};
    (void)state;
    buf_char(&out, '{');
    json_key(&out, "a\"");
    buf_char(&out, '[');
    for (int i = 0; i < 3; i++) {
        json_sep(&out);
        buf_int(&out, i);
    }
    buf_char(&out, ']');
    json_key(&out, "b");
    json_cstr(&out, "[");
    json_key(&out, "c");
    buf_str(&out, "{}}");
    assert_string_equal(buf_text(&out), "{\"a\\\"\":[0,1,2],\"b\":\"[\",\"c\":{}}");
    buf_free(&out);
}

/* ---- Random trees */

static void dice_text(uint64_t *dice, struct buf *out)
{
    char   text[24];
    size_t len = (size_t)dice_between(dice, 0, sizeof text);
    for (size_t i = 0; i < len; i++) text[i] = (char)dice_next(dice);
    json_str(out, text, len);
}

static void dice_value(uint64_t *dice, int depth, struct buf *out)
{
    int64_t n = dice_between(dice, 0, 4);
    switch (dice_between(dice, 0, depth > 0 ? 5 : 3)) {
    case 0: buf_str(out, "null"); break;
    case 1: buf_str(out, dice_next(dice) & 1 ? "true" : "false"); break;
    case 2: buf_int(out, (int64_t)dice_next(dice)); break;
    case 3: dice_text(dice, out); break;
    case 4:
        buf_char(out, '[');
        for (; n > 0; n--) {
            json_sep(out);
            dice_value(dice, depth - 1, out);
        }
        buf_char(out, ']');
        break;
    default:
        buf_char(out, '{');
        for (; n > 0; n--) {
            char key[32];
            snprintf(key, sizeof key, "%d-%d\n门", (int)n, (int)dice_between(dice, 0, 99));
            json_key(out, key);
            dice_value(dice, depth - 1, out);
        }
        buf_char(out, '}');
    }
}

static void reads_what_it_wrote(void **state)
{
    uint64_t dice = 5;
    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct err err;
        struct buf first = {0}, again = {0};
        dice_value(&dice, 5, &first);
        struct json *value = json_read(first.bytes, first.len, &err);
        if (value == NULL) fail_msg("%s: %s", err.say.id, first.bytes);
        json_write(value, &again);
        assert_string_equal(buf_text(&again), buf_text(&first));
        json_free(value);
        buf_free(&again);
        buf_free(&first);
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, good_case, GOOD);
    ROWS_ADD(&rows, bad_case, BAD);
    ROWS_ADD(&rows, text_case, TEXTS);
    rows_add(&rows, "a million brackets", a_million_brackets, NULL);
    rows_add(&rows, "typed reads", typed_reads, NULL);
    rows_add(&rows, "walks in written order", walks_in_written_order, NULL);
    rows_add(&rows, "commas where they belong", commas_where_they_belong, NULL);
    rows_add(&rows, "reads what it wrote", reads_what_it_wrote, NULL);
    return rows_run(&rows, argc, argv);
}
