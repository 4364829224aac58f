/* utf8_test.c - every valid character is one, and nothing else is.
 * links: core */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "tests/unit/rows.h"

static size_t encode(uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 63));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 63));
        out[2] = (char)(0x80 | (point & 63));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 63));
    out[2] = (char)(0x80 | (point >> 6 & 63));
    out[3] = (char)(0x80 | (point & 63));
    return 4;
}

static void every_character(void **state)
{
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        char   text[4];
        size_t len = encode(point, text);
        bool   is_surrogate = point >= 0xD800 && point <= 0xDFFF;
        if (utf8_len(text, len) != (is_surrogate ? 0 : len)) fail_msg("U+%04X", (unsigned)point);
        if (utf8_len(text, len - 1) != 0) fail_msg("U+%04X, cut off", (unsigned)point);
    }
}

/* As every character of three bytes is accepted above, equal numbers mean that nothing else is: 61,440 of them. */
static void nothing_else_of_three_bytes(void **state)
{
    size_t found[5] = {0};
    (void)state;
    for (uint32_t n = 0; n < 0x1000000; n++) {
        char text[3] = {(char)(n >> 16), (char)(n >> 8), (char)n};
        found[utf8_len(text, 3)]++;
    }
    assert_int_equal(found[1], 128 * 65536);
    assert_int_equal(found[2], 1920 * 256);
    assert_int_equal(found[3], 61440);
    assert_int_equal(found[4], 0);
}

/* The same for four, the last byte tried at the bounds of what it may be. */
static void nothing_else_of_four_bytes(void **state)
{
    static const unsigned char last[] = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
    size_t                     found = 0;
    (void)state;
    for (uint32_t n = 0xE00000; n < 0x1000000; n++) {
        for (size_t i = 0; i < sizeof last; i++) {
            char text[4] = {(char)(n >> 16), (char)(n >> 8), (char)n, (char)last[i]};
            found += utf8_len(text, 4) == 4;
        }
    }
    assert_int_equal(found, 1048576 / 64 * 2);
}

static void cuts_no_character(void **state)
{
    static const char   text[] = "a单🚪é";
    static const size_t fits[] = {0, 1, 1, 1, 4, 4, 4, 4, 8, 8, 10, 10};
    (void)state;
    for (size_t room = 0; room < sizeof fits / sizeof fits[0]; room++)
        assert_int_equal(utf8_fit(text, sizeof text - 1, room), fits[room]);
    assert_int_equal(utf8_len(text, 0), 0);
    for (size_t room = 0; room < sizeof fits / sizeof fits[0]; room++) {
        char copy[sizeof fits / sizeof fits[0] + 1];
        utf8_copy(copy, room + 1, text);
        assert_int_equal(strlen(copy), fits[room]);
        assert_memory_equal(copy, text, fits[room]);
    }
}

static void valid_is_every_character(void **state)
{
    (void)state;
    assert_true(utf8_is_valid("", 0));
    assert_true(utf8_is_valid("a单🚪\0b", 10));
    assert_false(utf8_is_valid("a单🚪", 7)); /* the last is cut off */
    assert_false(utf8_is_valid("a\xFF", 2));
    assert_false(utf8_is_valid("\xC0\xAF", 2));
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "every character", every_character, NULL);
    rows_add(&rows, "nothing else of three bytes", nothing_else_of_three_bytes, NULL);
    rows_add(&rows, "nothing else of four bytes", nothing_else_of_four_bytes, NULL);
    rows_add(&rows, "cuts no character", cuts_no_character, NULL);
    rows_add(&rows, "valid is every character", valid_is_every_character, NULL);
    return rows_run(&rows, argc, argv);
}
