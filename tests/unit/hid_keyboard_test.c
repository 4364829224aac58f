/* hid_keyboard_test.c - reports of scanners that pretend to be keyboards, and what they say.
 * links: kiosk_scan core */
#include <stdio.h>
#include <string.h>

#include "kiosk/scan/reader.h"
#include "tests/unit/rows.h"

static struct reader reader;
static struct lines  lines;

static void both_clear(void)
{
    memset(&reader, 0, sizeof reader);
    memset(&lines, 0, sizeof lines);
}

static const struct scan *take(void)
{
    return lines_take(&lines);
}

/* Reports as hexadecimal digits, 16 each; spaces between them are passed over. */
struct hid_row {
    const char *name, *reports, *lines; /* lines: each ended by | */
};

#define UP " 0000000000000000 "
#define ENTER " 0000280000000000 "

/* clang-format off */
static const struct hid_row HIDS[] = {
    {"a digit",            "00001E0000000000" UP ENTER,                       "1|"},
    {"real: TVS BSC-101",  "0000250000000000" UP ENTER UP,                    "8|"},
    {"twice the same",     "00001F0000000000" UP "00001F0000000000" UP ENTER, "22|"},
    {"held isn't twice",   "00001F0000000000 00001F0000000000 00001F0000000000" UP ENTER, "2|"},
    {"no release between", "00001E0000000000 00001F0000000000 0000200000000000" ENTER, "123|"},
    {"two in one report",  "00001E1F00000000" UP ENTER,                       "12|"},
    {"roll over",          "00001E0000000000 00001E1F00000000 00001F0000000000" UP ENTER, "12|"},
    {"lost track",         "00001E0000000000 0000010101010101 00001E0000000000" UP ENTER, "1|"},
    {"keypad",             "0000590000000000" UP "0000620000000000" UP "0000580000000000", "10|"},
    {"ends by tab",        "0000210000000000" UP "00002B0000000000" UP,       "4|"},
    {"enter first",        ENTER UP "0000210000000000" UP ENTER,              "4|"},
    {"enter twice",        "0000210000000000" UP ENTER UP ENTER UP,           "4|"},
    {"two lines",          "0000210000000000" UP ENTER UP "0000220000000000" UP ENTER UP, "4|5|"},
    {"shift held",         "0200040000000000" UP "0200200000000000" UP ENTER, "A#|"},
    {"shift by itself",    "0200000000000000 0200050000000000 0200000000000000" UP ENTER, "B|"},
    {"right shift",        "2000060000000000" UP ENTER,                       "C|"},
    {"small letters",      "0000040000000000" UP "00001D0000000000" UP ENTER, "az|"},
    {"signs",
     "00002D0000000000 00002E0000000000 0000360000000000 0000370000000000 0000380000000000" UP ENTER, "-=,./|"},
    {"all zero digits",    "0000270000000000" UP "0000270000000000" UP ENTER, "00|"},
    {"enter in a report",  "00001E281F280000" UP,                             "1|2|"},
    {"caps lock",          "0000390000000000" UP "0000040000000000" UP "0200050000000000" UP "00001E0000000000" UP ENTER, "Ab1|"},
    {"caps is of one line", "0000390000000000" UP "0000040000000000" UP ENTER UP "0000040000000000" UP ENTER, "A|a|"},
    {"alt with numbers",   "04005A0000000000 0400000000000000 0400610000000000" UP "0400590000000000 04005B0000000000" UP ENTER, "\x1D|"},
    {"alt 049",            "0400620000000000 04005C0000000000 0400610000000000" UP "0000060000000000" UP ENTER, "1c|"},
    {"group separator",    "0000210000000000" UP "0100300000000000" UP "0000220000000000" UP ENTER, "4\x1D" "5|"},
    {"alt is no text",     "0400210000000000" UP "0000220000000000" UP ENTER, "5|"},
    {"num lock",           "0000530000000000" UP "0000220000000000" UP ENTER, "5|"},
    {"function key",       "00003A0000000000" UP "0000220000000000" UP ENTER, "5|"},
    {"half a report",      "00001E00",                                        ""},
    {"nothing",            "",                                                ""},
};
/* clang-format on */

static void test_hid(void **state)
{
    const struct hid_row *row = *state;
    char                  text[256] = "";
    uint8_t               report[HID_REPORT_BYTES];
    size_t                len = 0;
    both_clear();
    for (const char *c = row->reports; *c != '\0';) {
        unsigned byte;
        if (*c == ' ') {
            c++;
            continue;
        }
        assert_int_equal(sscanf(c, "%2x", &byte), 1);
        report[len++] = (uint8_t)byte;
        c += 2;
        if (len == HID_REPORT_BYTES) {
            reader_report(&reader, report, len, 1, &lines);
            len = 0;
        }
    }
    if (len > 0) reader_report(&reader, report, len, 1, &lines);
    for (const struct scan *scan; (scan = take()) != NULL;) {
        strncat(text, scan->text, scan->len);
        strcat(text, "|");
    }
    assert_string_equal(text, row->lines);
}

static void key_digits(int count)
{
    for (int i = 0; i < count; i++) reader_key(&reader, 0x1E, 0, 1000, &lines);
}

/* Silence ends what has no Enter: a whole code at once, half of one later, so that it is said what is wrong with it. */
static void test_silence(void **state)
{
    (void)state;
    both_clear();
    key_digits(18);
    reader_time(&reader, 1000 + SCAN_SILENCE_MS - 1, &lines);
    assert_null(take());
    reader_time(&reader, reader_deadline(&reader), &lines);
    assert_int_equal(take()->len, 18);
    assert_true(reader_deadline(&reader) == INT64_MAX);
    key_digits(7);
    reader_time(&reader, 1000 + SCAN_SILENCE_MS, &lines);
    assert_null(take());
    reader_time(&reader, 1000 + SCAN_HALF_MS, &lines);
    assert_int_equal(take()->len, 7);
}

static void type_digits(int count, int64_t from_ms, int64_t step_ms)
{
    for (int i = 0; i < count; i++) reader_key(&reader, 0x1E, 0, from_ms + i * step_ms, &lines);
}

/* A scanner that broke off is over soon: the code that is scanned next is one by itself. A person takes his time. */
static void test_speed(void **state)
{
    (void)state;
    both_clear();
    type_digits(9, 1000, 8);
    reader_time(&reader, 1064 + SCAN_HALF_MS, &lines);
    type_digits(18, 2000, 8);
    reader_key(&reader, 0x28, 0, 2150, &lines);
    const struct scan *scan = take();
    assert_int_equal(scan->len, 9);
    assert_false(scan->is_typed);
    scan = take();
    assert_int_equal(scan->len, 18);
    assert_false(scan->is_typed);
    type_digits(9, 10000, 900);
    reader_time(&reader, 17200 + 900, &lines);
    type_digits(9, 18100, 100);
    reader_key(&reader, 0x28, 0, 19500, &lines);
    scan = take();
    assert_int_equal(scan->len, 18);
    assert_true(scan->is_typed);
    assert_null(take());
}

/* 4,000 characters are a line; more are cut, and the next scan is good. */
static void test_long(void **state)
{
    (void)state;
    both_clear();
    key_digits(4000);
    reader_key(&reader, 0x28, 0, 1000, &lines);
    assert_int_equal(take()->len, 4000);
    key_digits(10000);
    reader_key(&reader, 0x28, 0, 1000, &lines);
    assert_int_equal(take()->len, SCAN_LINE_MAX);
    key_digits(3);
    reader_key(&reader, 0x28, 0, 1000, &lines);
    assert_int_equal(take()->len, 3);
}

/* Lines wait in their order; what has no room is counted. */
static void test_many(void **state)
{
    (void)state;
    both_clear();
    for (int i = 0; i < SCANS_MAX + 3; i++) lines_put(&lines, i, (char[]){(char)('a' + i)}, 1, false);
    assert_int_equal(lines_lost(&lines), 4);
    assert_int_equal(lines_lost(&lines), 0);
    for (int i = 0; i < SCANS_MAX - 1; i++) assert_int_equal(take()->text[0], 'a' + i);
    assert_null(take());
}

/* Whatever comes: no crash, and afterwards a good code is read. */
static void test_noise(void **state)
{
    (void)state;
    uint64_t dice = 1;
    both_clear();
    for (int i = 0; i < 20000; i++) {
        uint8_t report[12];
        for (size_t k = 0; k < sizeof report; k++) report[k] = (uint8_t)dice_next(&dice);
        reader_report(&reader, report, (size_t)dice_between(&dice, 0, 12), i + 1, &lines);
        take();
    }
    reader_report(&reader, (uint8_t[8]){0}, 8, 30000, &lines);
    reader_report(&reader, (uint8_t[8]){0, 0, 0x28}, 8, 30000, &lines);
    reader_report(&reader, (uint8_t[8]){0}, 8, 30000, &lines);
    while (take() != NULL) {
    }
    reader_report(&reader, (uint8_t[8]){0, 0, 0x1E}, 8, 30000, &lines);
    reader_report(&reader, (uint8_t[8]){0, 0, 0x28}, 8, 30000, &lines);
    assert_int_equal(take()->len, 1);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, test_hid, HIDS);
    rows_add(&rows, "silence", test_silence, NULL);
    rows_add(&rows, "speed", test_speed, NULL);
    rows_add(&rows, "long", test_long, NULL);
    rows_add(&rows, "many", test_many, NULL);
    rows_add(&rows, "noise", test_noise, NULL);
    return rows_run(&rows, argc, argv);
}
