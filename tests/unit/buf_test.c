/* buf_test.c - bytes that grow, beside a plain array that does the same.
 * links: core */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "tests/unit/rows.h"

static void starts_and_ends_empty(void **state)
{
    struct buf buf = {0};
    (void)state;
    assert_string_equal(buf_text(&buf), "");
    buf_clear(&buf);
    buf_free(&buf);
    buf_str(&buf, "abc");
    buf_clear(&buf);
    assert_string_equal(buf_text(&buf), "");
    assert_int_equal(buf.len, 0);
    buf_add(&buf, NULL, 0);
    assert_string_equal(buf_text(&buf), "");
    buf_free(&buf);
    assert_null(buf.bytes);
    assert_int_equal(buf.len + buf.cap, 0);
}

static void each_way_to_add(void **state)
{
    struct buf buf = {0};
    (void)state;
    buf_str(&buf, "单");
    buf_char(&buf, ' ');
    buf_int(&buf, INT64_MIN);
    buf_char(&buf, ' ');
    buf_int(&buf, INT64_MAX);
    buf_fmt(&buf, " %s=%03d ", "n", 7);
    buf_hex(&buf, "\x00\x7F\xA0\xFF", 4);
    assert_string_equal(buf_text(&buf), "单 -9223372036854775808 9223372036854775807 n=007 007fa0ff");
    assert_int_equal(buf.len, strlen(buf.bytes));
    buf_free(&buf);
}

static void keeps_inner_nuls(void **state)
{
    struct buf buf = {0};
    (void)state;
    buf_add(&buf, "a\0b", 3);
    buf_char(&buf, 0);
    buf_char(&buf, 'c');
    assert_int_equal(buf.len, 5);
    assert_memory_equal(buf.bytes, "a\0b\0c", 6);
    buf_free(&buf);
}

/* A reader takes more room than it fills, over bytes that stood there before. */
static void room_ends_with_a_nul(void **state)
{
    struct buf buf = {0};
    (void)state;
    buf_str(&buf, "what stood here before");
    buf_clear(&buf);
    memcpy(buf_room(&buf, 20), "new", 3);
    buf.len += 3;
    assert_string_equal(buf_text(&buf), "new");
    buf_free(&buf);
}

static void long_format(void **state)
{
    struct buf buf = {0};
    (void)state;
    buf_fmt(&buf, "%0*d", 70000, 1);
    assert_int_equal(buf.len, 70000);
    assert_int_equal(strspn(buf.bytes, "0"), 69999);
    buf_free(&buf);
}

static void like_an_array(void **state)
{
    static char model[1 << 20];
    uint64_t    dice = 4;
    struct buf  buf = {0};
    size_t      len = 0;
    (void)state;
    for (int i = 0; i < 2000; i++) {
        char   piece[400];
        size_t n = (size_t)dice_between(&dice, 0, sizeof piece);
        for (size_t k = 0; k < n; k++) piece[k] = (char)dice_next(&dice);
        if (len + n > sizeof model || dice_between(&dice, 0, 499) == 0) {
            buf_clear(&buf);
            len = 0;
        }
        memcpy(model + len, piece, n);
        len += n;
        buf_add(&buf, piece, n);
        assert_int_equal(buf.len, len);
        assert_true(buf.cap > buf.len && buf.bytes[buf.len] == 0);
        if (len > 0) assert_memory_equal(buf.bytes, model, len);
    }
    buf_free(&buf);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "starts and ends empty", starts_and_ends_empty, NULL);
    rows_add(&rows, "each way to add", each_way_to_add, NULL);
    rows_add(&rows, "keeps inner NULs", keeps_inner_nuls, NULL);
    rows_add(&rows, "room ends with a NUL", room_ends_with_a_nul, NULL);
    rows_add(&rows, "long format", long_format, NULL);
    rows_add(&rows, "like an array", like_an_array, NULL);
    return rows_run(&rows, argc, argv);
}
