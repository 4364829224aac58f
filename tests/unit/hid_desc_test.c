/* hid_desc_test.c - HID report descriptors, and reports of HID POS scanners.
 * links: kiosk_scan core */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/scan/hid_desc.h"
#include "kiosk/scan/reader.h"
#include "tests/unit/rows.h"
#include "tests/usb/descs.h"

/* ---- Descriptors */

struct desc_row {
    const char    *name;
    const uint8_t *bytes;
    size_t         len;
    size_t         keyboard_bytes, pos_bytes, longest_bytes; /* 0: none */
};

#define DESC(bytes) bytes, sizeof(bytes)

static const struct desc_row DESCS[] = {
    {"boot keyboard",    DESC(DESC_KEYBOARD),      8, 0,  8 },
    {"keyboard with id", DESC(DESC_KEYBOARD_ID),   9, 0,  64},
    {"honeywell",        DESC(DESC_POS_HONEYWELL), 0, 64, 64},
    {"one later",        DESC(DESC_POS_LATER),     0, 64, 64},
    {"newland",          DESC(DESC_POS_NEWLAND),   0, 64, 64},
    {"touch screen",     DESC(DESC_TOUCH),         0, 0,  1 },
    {"a vendor's",       DESC(DESC_VENDOR),        0, 0,  1 },
};

static void test_desc(void **state)
{
    const struct desc_row *row = *state;
    struct hid_desc        desc;
    assert_true(hid_desc_read(row->bytes, row->len, &desc));
    const struct hid_report *keyboard = hid_desc_keyboard(&desc), *pos = hid_desc_pos(&desc);
    assert_int_equal(keyboard == NULL ? 0 : hid_report_bytes(keyboard), row->keyboard_bytes);
    assert_int_equal(pos == NULL ? 0 : hid_report_bytes(pos), row->pos_bytes);
    assert_int_equal(hid_desc_longest_bytes(&desc), row->longest_bytes);
}

/* Each beginning of a good one is read or refused. */
static void test_cut(void **state)
{
    (void)state;
    struct hid_desc desc;
    for (size_t i = 0; i < sizeof DESCS / sizeof DESCS[0]; i++)
        for (size_t len = 0; len < DESCS[i].len; len++) {
            uint8_t *exact = malloc(len + 1); /* so that reading beyond it is seen */
            memcpy(exact, DESCS[i].bytes, len);
            exact = realloc(exact, len > 0 ? len : 1);
            bool is_read = hid_desc_read(exact, len, &desc);
            if (len + 2 == DESCS[i].len && i < 2) assert_false(is_read); /* a collection stays open */
            free(exact);
        }
}

struct odd_row {
    const char   *name;
    const uint8_t bytes[24];
    size_t        len;
};

static const struct odd_row ODDS[] = {
    {"nothing",                   {0},                                                                       0},
    {"id 0",                      {0x85, 0x00},                                                              2},
    {"fields of 0 bits",          {0x05, 0x07, 0x75, 0x00, 0x95, 0x01, 0x81, 0x02},                          8},
    {"4 thousand million fields", {0x75, 0x08, 0x97, 0xFF, 0xFF, 0xFF, 0xFF, 0x81, 0x02},                    9},
    {"a report beyond 8 kbit",    {0x75, 0x20, 0x96, 0x01, 0x02, 0x81, 0x02},                                7},
    {"pop of nothing",            {0xB4},                                                                    1},
    {"end of nothing",            {0xC0},                                                                    1},
    {"push nine times",           {0xA4, 0xA4, 0xA4, 0xA4, 0xA4, 0xA4, 0xA4, 0xA4, 0xA4},                    9},
    {"17 collections",
     {0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0, 0xA0},
     17                                                                                                       },
    {"item cut off",              {0x05, 0x07, 0x26, 0xFF},                                                  4},
    {"long item cut off",         {0xFE, 0x10, 0x00, 0x00},                                                  4},
    {"long item without head",    {0xFE},                                                                    1},
    {"usages backwards",          {0x19, 0x05, 0x29, 0x04},                                                  4},
    {"reserved type",             {0x0C},                                                                    1},
};

static void test_odd(void **state)
{
    const struct odd_row *row = *state;
    struct hid_desc       desc = {.count = 77};
    assert_false(hid_desc_read(row->bytes, row->len, &desc));
    assert_int_equal(desc.count, 77);
}

static void test_large(void **state)
{
    (void)state;
    static uint8_t  bytes[HID_DESC_MAX + 1];
    struct hid_desc desc;
    for (size_t i = 0; i < sizeof bytes - 1; i += 2) bytes[i] = 0x95; /* counts that nobody uses */
    assert_true(hid_desc_read(bytes, HID_DESC_MAX, &desc));
    assert_false(hid_desc_read(bytes, HID_DESC_MAX + 1, &desc));
    for (int id = 1; id <= 17; id++)
        memcpy(bytes + (id - 1) * 8, (uint8_t[]){0x85, (uint8_t)id, 0x75, 8, 0x95, 1, 0x81, 2}, 8);
    assert_true(hid_desc_read(bytes, 16 * 8, &desc));
    assert_false(hid_desc_read(bytes, 17 * 8, &desc));
}

/* A long item is passed over; a usage of four bytes brings its page. */
static void test_forms(void **state)
{
    (void)state;
    static const uint8_t LONG[] = {0xFE, 0x02, 0x00, 0xC0, 0xC0, 0x75, 0x08, 0x95, 0x01, 0x81, 0x02};
    static const uint8_t WIDE[] = {0x05, 0x01, 0x0B, 0xFE, 0x00, 0x8C, 0x00, 0x75, 0x08, 0x95, 0x04, 0x81, 0x02};
    struct hid_desc      desc;
    assert_true(hid_desc_read(LONG, sizeof LONG, &desc));
    assert_int_equal(hid_desc_longest_bytes(&desc), 1);
    assert_true(hid_desc_read(WIDE, sizeof WIDE, &desc));
    assert_int_equal(hid_desc_pos(&desc)->data.count, 4);
}

/* ---- HID POS */

static struct reader reader;
static struct lines  lines;

static void pos_start(const uint8_t *bytes, size_t len)
{
    struct hid_desc desc;
    memset(&reader, 0, sizeof reader);
    memset(&lines, 0, sizeof lines);
    assert_true(hid_desc_read(bytes, len, &desc));
    assert_true(reader_describe(&reader, &desc));
    assert_int_equal(reader.kind, READER_POS);
}

struct layout {
    const char    *name;
    const uint8_t *bytes;
    size_t         len, aim_at, data_at; /* aim_at 0: none */
};

static const struct layout POS_LAYOUTS[] = {
    {"pos honeywell", DESC(DESC_POS_HONEYWELL), 2, 5},
    {"pos one later", DESC(DESC_POS_LATER),     3, 6},
    {"pos newland",   DESC(DESC_POS_NEWLAND),   0, 2},
};

static void pos_send(const struct layout *layout, const char *aim, const char *text, size_t len, bool is_more)
{
    uint8_t report[64] = {2, (uint8_t)len};
    if (layout->aim_at > 0) memcpy(report + layout->aim_at, aim, 3);
    memcpy(report + layout->data_at, text, len <= 56 ? len : 2);
    report[63] = is_more;
    reader_report(&reader, report, sizeof report, 1000, &lines);
}

static void expect(const char *text, size_t len)
{
    const struct scan *scan = lines_take(&lines);
    assert_non_null(scan);
    assert_null(scan->wrong);
    assert_false(scan->is_typed);
    assert_int_equal(scan->len, len);
    assert_memory_equal(scan->text, text, len);
}

static void expect_broken(void)
{
    const struct scan *scan = lines_take(&lines);
    assert_non_null(scan);
    assert_string_equal(scan->wrong, "scan.broken");
    assert_null(lines_take(&lines));
}

static void test_pos(void **state)
{
    const struct layout *layout = *state;
    static char          text[4000];
    pos_start(layout->bytes, layout->len);
    pos_send(layout, "]C0", "300000000000000178\r\n", 20, false);
    expect("300000000000000178\r\n", 20);
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('0' + i % 10);
    for (size_t at = 0; at < sizeof text; at += 56) {
        size_t part = sizeof text - at < 56 ? sizeof text - at : 56;
        pos_send(layout, "]Q1", text + at, part, at + part < sizeof text);
    }
    expect(text, sizeof text);
    pos_send(layout, "]d1", "a\0b\xFF\r\x1D", 6, false); /* bytes stay bytes */
    expect("a\0b\xFF\r\x1D", 6);
    pos_send(layout, "]C0", "", 0, false);
    assert_null(lines_take(&lines));
}

static void test_pos_bad(void **state)
{
    const struct layout *layout = *state;
    pos_start(layout->bytes, layout->len);
    static const size_t lengths[] = {57, 63, 255};
    for (size_t i = 0; i < 3; i++) {
        pos_send(layout, "]C0", "30000000", lengths[i], false);
        expect_broken();
    }
    pos_send(layout, "]C0", "30", 57, true); /* said once, up to its last report */
    pos_send(layout, "]C0", "31", 2, true);
    pos_send(layout, "]C0", "32", 2, false);
    expect_broken();
    reader_report(&reader, (uint8_t[]){2, 3, '1', '2', '3'}, 5, 1000, &lines); /* cut off */
    expect_broken();
    reader_report(&reader, (uint8_t[64]){9, 3, '1', '2', '3'}, 64, 1000, &lines); /* an id that isn't there */
    reader_report(&reader, (uint8_t[64]){2}, 0, 1000, &lines);
    assert_null(lines_take(&lines));
    pos_send(layout, "]C0", "half", 4, true);
    assert_true(reader_deadline(&reader) == 1000 + SCAN_PART_MS);
    reader_time(&reader, 1000 + SCAN_PART_MS, &lines);
    expect_broken();
    pos_send(layout, "]C0", "half", 4, true);
    reader_drop(&reader, "scan.broken", &lines); /* pulled out */
    expect_broken();
    pos_send(layout, "]C0", "good", 4, false);
    expect("good", 4);
}

static void test_pos_aim(void **state)
{
    const struct layout *layout = &POS_LAYOUTS[(size_t)*state];
    pos_start(layout->bytes, layout->len);
    pos_send(layout, "]Z6", "REVINF\x06.", 8, false); /* an answer to a command */
    assert_null(lines_take(&lines));
    pos_send(layout, "]C0", "one", 3, true);
    pos_send(layout, "]E0", "two", 3, false); /* of another barcode */
    expect_broken();
    pos_send(layout, "]x9", "good", 4, false);
    expect("good", 4);
}

/* As a real Honeywell 1602g sent it. */
static void test_pos_real(void **state)
{
    (void)state;
    static const uint8_t FIRST[64] = {2, 56, 0x5D, 0x58, 0x30, 'P', 'r', 'o', 'd', 'u', 'c', 't', [61] = 0x3F, 0, 1};
    static const uint8_t LAST[64] = {2,   9,   0x5D, 0x58, 0x30, 'u',  'm',        ':',
                                     ' ', 'N', '/',  'A',  '\r', '\n', [61] = 0x3F};
    pos_start(DESC(DESC_POS_HONEYWELL));
    reader_report(&reader, FIRST, sizeof FIRST, 1, &lines);
    reader_report(&reader, LAST, sizeof LAST, 1, &lines);
    const struct scan *scan = lines_take(&lines);
    assert_int_equal(scan->len, 65);
    assert_memory_equal(scan->text + 56, "um: N/A\r\n", 9);
}

/* ---- Serial, and time */

static void test_serial(void **state)
{
    (void)state;
    memset(&reader, 0, sizeof reader);
    memset(&lines, 0, sizeof lines);
    reader.kind = READER_SERIAL;
    reader_report(&reader, (const uint8_t *)"\r\n\x02one\x03\r\ntw", 11, 1, &lines);
    reader_report(&reader, (const uint8_t *)"o\r", 2, 2, &lines);
    expect("one", 3);
    expect("two", 3);
    assert_null(lines_take(&lines));
    reader_report(&reader, (const uint8_t *)"300000000000000178", 18, 10, &lines);
    assert_true(reader_deadline(&reader) == 10 + SCAN_SILENCE_MS);
    reader_time(&reader, 10 + SCAN_SILENCE_MS, &lines);
    expect("300000000000000178", 18);
    reader_report(&reader, (const uint8_t *)"half", 4, 1000, &lines);
    reader_drop(&reader, "scan.broken", &lines);
    expect_broken();
    for (int i = 0; i < 2 * SCAN_LINE_MAX; i++) reader_report(&reader, (const uint8_t *)"x", 1, 2000, &lines);
    reader_report(&reader, (const uint8_t *)"\rgood\r", 6, 2000, &lines);
    assert_int_equal(lines_take(&lines)->len, SCAN_LINE_MAX);
    expect("good", 4);
}

/* A key that hangs is one character however often it is told; after a silence other keys are read as ever. */
static void test_stuck(void **state)
{
    (void)state;
    static const uint8_t EIGHT[8] = {0, 0, 0x25}, ONE_TOO[8] = {0, 0, 0x25, 0x1E}, ENTER_TOO[8] = {0, 0, 0x25, 0x28};
    memset(&reader, 0, sizeof reader);
    memset(&lines, 0, sizeof lines);
    reader.is_scanner = true;
    for (int64_t ms = 1000; ms <= 4000; ms += 100) {
        reader_report(&reader, EIGHT, sizeof EIGHT, ms, &lines);
        assert_int_equal(reader_is_stuck(&reader, ms), ms >= 3000);
        reader_time(&reader, ms, &lines);
    }
    expect("8", 1);
    reader_report(&reader, ONE_TOO, sizeof ONE_TOO, 4050, &lines);
    reader_report(&reader, ENTER_TOO, sizeof ENTER_TOO, 4060, &lines);
    assert_int_equal(lines_take(&lines)->len, 1);
    reader_report(&reader, ONE_TOO, sizeof ONE_TOO, 9000, &lines); /* the release was lost: both were pressed anew */
    reader_report(&reader, ENTER_TOO, sizeof ENTER_TOO, 9010, &lines);
    expect("81", 2);
    reader_report(&reader, (uint8_t[8]){0}, 8, 9020, &lines);
    assert_false(reader_is_stuck(&reader, 20000));
}

/* ---- Layouts */

struct layout_row {
    const char     *name;
    enum hid_layout layout;
    uint8_t         usage, modifiers;
    const char     *text;
};

static const struct layout_row KEYS[] = {
    {"us @",          LAYOUT_US,     0x1F, 2,    "@" },
    {"us z",          LAYOUT_US,     0x1D, 0,    "z" },
    {"german z",      LAYOUT_GERMAN, 0x1C, 0,    "z" },
    {"german Y",      LAYOUT_GERMAN, 0x1D, 2,    "Y" },
    {"german @",      LAYOUT_GERMAN, 0x14, 0x40, "@" },
    {"german ß",     LAYOUT_GERMAN, 0x2D, 0,    "ß"},
    {"german |",      LAYOUT_GERMAN, 0x64, 0x40, "|" },
    {"german {",      LAYOUT_GERMAN, 0x24, 0x40, "{" },
    {"german -",      LAYOUT_GERMAN, 0x38, 0,    "-" },
    {"german Ä",     LAYOUT_GERMAN, 0x34, 2,    "Ä"},
    {"french 1",      LAYOUT_FRENCH, 0x1E, 2,    "1" },
    {"french &",      LAYOUT_FRENCH, 0x1E, 0,    "&" },
    {"french 0",      LAYOUT_FRENCH, 0x27, 2,    "0" },
    {"french a",      LAYOUT_FRENCH, 0x14, 0,    "a" },
    {"french m",      LAYOUT_FRENCH, 0x33, 0,    "m" },
    {"french @",      LAYOUT_FRENCH, 0x27, 0x40, "@" },
    {"french ]",      LAYOUT_FRENCH, 0x2D, 0x40, "]" },
    {"french !",      LAYOUT_FRENCH, 0x38, 0,    "!" },
    {"uk \"",         LAYOUT_UK,     0x1F, 2,    "\""},
    {"uk @",          LAYOUT_UK,     0x34, 2,    "@" },
    {"uk #",          LAYOUT_UK,     0x32, 0,    "#" },
    {"uk £",         LAYOUT_UK,     0x20, 2,    "£"},
    {"french keypad", LAYOUT_FRENCH, 0x59, 0,    "1" },
};

static void test_key(void **state)
{
    const struct layout_row   *row = *state;
    static struct hid_keyboard keyboard;
    memset(&keyboard, 0, sizeof keyboard);
    keyboard.layout = row->layout;
    assert_false(hid_keyboard_key(&keyboard, row->usage, row->modifiers));
    assert_true(hid_keyboard_key(&keyboard, 0x28, 0));
    assert_int_equal(keyboard.len, strlen(row->text));
    assert_memory_equal(keyboard.line, row->text, keyboard.len);
}

/* Each row has a character, or none, for each key with each modifier; digits come out of each layout. */
static void test_rows(void **state)
{
    (void)state;
    char text[HID_LAYOUT_CHAR_MAX];
    for (int layout = 0; layout < LAYOUTS; layout++) {
        int digits = 0;
        for (int usage = 0; usage < 256; usage++)
            for (int how = 0; how < 8; how++) {
                size_t len = hid_layout_char((enum hid_layout)layout, (uint8_t)usage, how & 1, how & 2, how & 4, text);
                assert_in_range(len, 0, HID_LAYOUT_CHAR_MAX);
                if (how < 2 && usage < 0x28 && len == 1 && text[0] >= '0' && text[0] <= '9') digits++;
            }
        assert_int_equal(digits, 10);
    }
    hid_layout_char(LAYOUT_FRENCH, 0x1E, false, false, true, text);
    assert_int_equal(text[0], '1'); /* caps lock is a shift lock there */
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, test_desc, DESCS);
    ROWS_ADD(&rows, test_odd, ODDS);
    rows_add(&rows, "cut", test_cut, NULL);
    rows_add(&rows, "large", test_large, NULL);
    rows_add(&rows, "forms", test_forms, NULL);
    ROWS_ADD(&rows, test_pos, POS_LAYOUTS);
    ROWS_ADD(&rows, test_pos_bad, POS_LAYOUTS);
    rows_add(&rows, "pos aim", test_pos_aim, (const void *)0);
    rows_add(&rows, "pos aim later", test_pos_aim, (const void *)1);
    rows_add(&rows, "pos real", test_pos_real, NULL);
    rows_add(&rows, "serial", test_serial, NULL);
    rows_add(&rows, "stuck", test_stuck, NULL);
    ROWS_ADD(&rows, test_key, KEYS);
    rows_add(&rows, "layout rows", test_rows, NULL);
    return rows_run(&rows, argc, argv);
}
