/* text_test.c - the catalogue: sentences made words in both languages, and both catalogues saying the same things.
 * links: core */
#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "core/locale.h"
#include "core/text.h"
#include "tests/unit/rows.h"

static const char *words(enum lang lang, struct say say)
{
    static char out[512];
    return text_say(lang, &say, out, sizeof out);
}

static void says_in_each_language(void **state)
{
    (void)state;
    assert_string_equal(words(LANG_ZH, SAY("code.check")), "条码读错了（校验位不对），请再扫一次。");
    assert_string_equal(words(LANG_EN, SAY("code.check")),
                        "The barcode was read wrongly (check digits). Scan it again.");
    assert_string_equal(words(LANG_ZH, say_int(say_int(SAY("code.length"), 13), 18)),
                        "读到 13 位数字，条码应为 18 位。没扫全或不是本厂的条码，请再扫一次。");
    assert_string_equal(words(LANG_EN, SAY("")), "");
}

static void says_as_members_of_an_object(void **state)
{
    struct buf out = {0};
    struct say say = say_text(SAY("no.such {1}"), "门\"");
    (void)state;
    buf_char(&out, '{');
    text_say_json(LANG_EN, &say, &out);
    assert_string_equal(buf_text(&out), "{\"say\":[\"no.such {1}\",\"门\\\"\"],\"text\":\"no.such 门\\\"\"");
    buf_clear(&out);
    buf_str(&out, "{\"n\":1");
    text_say_json(LANG_ZH, &say, &out);
    assert_int_equal(strncmp(buf_text(&out), "{\"n\":1,\"say\":[", 14), 0);
    buf_free(&out);
}

/* An id that the catalogue lacks stands for itself, so these rows show how arguments are put in. */
static void fills_placeholders(void **state)
{
    (void)state;
    assert_string_equal(words(LANG_EN, say_int(SAY("no.such {1}!"), INT64_MIN)), "no.such -9223372036854775808!");
    assert_string_equal(words(LANG_EN, say_fen(SAY("{1} yuan"), 1250)), "12.50 yuan");
    assert_string_equal(words(LANG_EN, say_fen(SAY("{1}"), -5)), "-0.05");
    assert_string_equal(words(LANG_EN, say_text(say_text(SAY("{2}{1}{2}"), "a"), "门")), "门a门");
    assert_string_equal(words(LANG_EN, say_int(SAY("{0}{2}{5}{1}{x}{"), 1)), "{0}{2}{5}1{x}{");
    assert_string_equal(words(LANG_EN, say_text(say_int(SAY("{2} {1}"), 7), "{1}")), "{1} 7");
    assert_string_equal(words(LANG_EN, say_text(say_text(say_text(say_text(SAY("{4}{3}{2}{1}"), "a"), "b"), "c"), "d")),
                        "dcba");
}

/* Of the two words the first goes with one, as a number or as it is written; what is no choice stays as it stands. */
static void chooses_one_or_many(void **state)
{
    (void)state;
    assert_string_equal(words(LANG_EN, say_int(SAY("{1} {1|door is|doors are} left"), 1)), "1 door is left");
    assert_string_equal(words(LANG_EN, say_int(SAY("{1} {1|door is|doors are} left"), 0)), "0 doors are left");
    assert_string_equal(words(LANG_EN, say_int(SAY("{1} {1|door|doors}"), 11)), "11 doors");
    assert_string_equal(words(LANG_EN, say_text(SAY("{1} {1|door|doors}"), "1")), "1 door");
    assert_string_equal(words(LANG_EN, say_text(SAY("{1} {1|door|doors}"), "1,001")), "1,001 doors");
    assert_string_equal(words(LANG_EN, say_fen(SAY("{1} {1|door|doors}"), 1)), "0.01 doors");
    assert_string_equal(words(LANG_EN, SAY("{1|door|doors}")), "{1|door|doors}");
    assert_string_equal(words(LANG_EN, say_int(SAY("{2|a|b}{1|a}{1|a|b|c}{1||}{1|a|b"), 1)),
                        "{2|a|b}{1|a}{1|a|b|c}{1|a|b");
}

static void cuts_at_a_character(void **state)
{
    static const char whole[] = "a门🚪";
    struct say        plain = SAY("a门🚪"), filled = say_text(SAY("a{1}"), "门🚪");
    (void)state;
    for (size_t cap = 1; cap < 12; cap++) {
        char   out[12], again[12];
        size_t fit = cap > 8 ? 8 : cap > 4 ? 4 : cap > 1 ? 1 : 0;
        text_say(LANG_EN, &plain, out, cap);
        assert_string_equal(text_say(LANG_EN, &filled, again, cap), out);
        assert_int_equal(strlen(out), fit);
        assert_memory_equal(out, whole, fit);
    }
}

/* What follows a cut stays away even where it would still fit. */
static void nothing_after_the_cut(void **state)
{
    struct say say = say_text(SAY("{1}b"), "门");
    char       out[3];
    (void)state;
    assert_string_equal(text_say(LANG_EN, &say, out, sizeof out), "");
}

/* The buffer's form says the same, whatever is repeated how often. */
static void buffer_says_the_same(void **state)
{
    struct say long_one =
        say_text(SAY("{1}{1}{1} {1}{1}{"), "012345678901234567890123456789012345678901234567890123456789");
    struct buf out = {0};
    (void)state;
    buf_str(&out, "before:");
    text_say_buf(LANG_EN, &long_one, &out);
    assert_int_equal(out.len, strlen(out.bytes));
    assert_memory_equal(out.bytes, "before:", 7);
    assert_string_equal(out.bytes + 7, words(LANG_EN, long_one));
    buf_free(&out);
}

static void languages_have_codes(void **state)
{
    static const char *const none[] = {"", "zh_CN", "ZH", "de", "z", "zh "};
    enum lang                lang;
    (void)state;
    for (int i = 0; i < LANG_COUNT; i++) {
        assert_true(lang_read(lang_code((enum lang)i), &lang));
        assert_int_equal(lang, i);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_false(lang_read(none[i], &lang));
        assert_int_equal(lang, LANG_COUNT - 1);
    }
    assert_true(lang_read("zh", &lang) && lang == LANG_ZH);
    assert_true(lang_read("en", &lang) && lang == LANG_EN);
    assert_int_equal(lang_of("en_GB.UTF-8", LANG_ZH), LANG_EN);
    assert_int_equal(lang_of("zh-CN,zh;q=0.9,en;q=0.8", LANG_EN), LANG_ZH);
    assert_int_equal(lang_of("de_DE", LANG_ZH), LANG_ZH);
    assert_int_equal(lang_of("enm", LANG_ZH), LANG_ZH); /* another language's code */
    assert_int_equal(lang_of(NULL, LANG_EN), LANG_EN);
}

/* ---- Both catalogues */

static struct json *catalogue(enum lang lang, const char *prefix)
{
    struct buf out = {0};
    struct err err;
    text_json(lang, prefix, &out);
    struct json *read = json_read(out.bytes, out.len, &err);
    if (read == NULL) fail_msg("%s: %.300s", err.say.id, out.bytes);
    buf_free(&out);
    return read;
}

/* Which of {1} to {4} stand in it, as bits. */
static int placeholders(const char *text)
{
    int bits = 0;
    for (; *text != 0; text++)
        if (text[0] == '{' && text[1] >= '1' && text[1] <= '4' && text[2] == '}') bits |= 1 << (text[1] - '0');
    return bits;
}

static void same_in_each_language(void **state)
{
    struct json       *zh = catalogue(LANG_ZH, ""), *en = catalogue(LANG_EN, "");
    void              *iter = NULL;
    const char        *id;
    const struct json *value;
    (void)state;
    assert_true(json_count(zh) > 20);
    assert_int_equal(json_count(zh), json_count(en));
    while (json_next(zh, &iter, &id, &value)) {
        const char *other = json_text(json_get(en, id), NULL);
        if (other == NULL) fail_msg("%s has no English", id);
        if (placeholders(json_text(value, "")) != placeholders(other)) fail_msg("%s: other placeholders", id);
        if (strlen(id) >= SAY_ID_MAX) fail_msg("%s is longer than an id may be", id);
        assert_string_equal(text_of(LANG_ZH, id), json_text(value, ""));
        assert_string_equal(text_of(LANG_EN, id), other);
    }
    json_free(zh);
    json_free(en);
}

static void prefixes_choose(void **state)
{
    struct json *all = catalogue(LANG_EN, ""), *codes = catalogue(LANG_EN, "code."),
                *none = catalogue(LANG_EN, "code.zz");
    (void)state;
    assert_true(json_count(codes) >= 16 && json_count(codes) < json_count(all));
    assert_string_equal(json_text(json_get(codes, "code.check"), ""), text_of(LANG_EN, "code.check"));
    assert_null(json_get(codes, "json.deep"));
    assert_null(json_get(all, ""));
    assert_int_equal(json_count(none), 0);
    json_free(all);
    json_free(codes);
    json_free(none);
}

/* Neighbours of real ids, first and last places of the search. */
static void absent_ids_stand_for_themselves(void **state)
{
    static const char *const ids[] = {" ", "code", "code.", "code.checl", "code.chec", "code.checkx", "zzz", "门"};
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) assert_string_equal(text_of(LANG_ZH, ids[i]), ids[i]);
    assert_string_equal(text_of(LANG_ZH, ""), "");
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "says in each language", says_in_each_language, NULL);
    rows_add(&rows, "says as members of an object", says_as_members_of_an_object, NULL);
    rows_add(&rows, "fills placeholders", fills_placeholders, NULL);
    rows_add(&rows, "chooses one or many", chooses_one_or_many, NULL);
    rows_add(&rows, "cuts at a character", cuts_at_a_character, NULL);
    rows_add(&rows, "nothing after the cut", nothing_after_the_cut, NULL);
    rows_add(&rows, "buffer says the same", buffer_says_the_same, NULL);
    rows_add(&rows, "languages have codes", languages_have_codes, NULL);
    rows_add(&rows, "same in each language", same_in_each_language, NULL);
    rows_add(&rows, "prefixes choose", prefixes_choose, NULL);
    rows_add(&rows, "absent ids stand for themselves", absent_ids_stand_for_themselves, NULL);
    return rows_run(&rows, argc, argv);
}
