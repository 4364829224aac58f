/* hid_keyboard_test.c - reports of scanners that pretend to be keyboards, and what they say.
 * links: kiosk_scan core */
#include <stdio.h>
#include <string.h>

#include "kiosk/scan/scanner.h"
#include "tests/unit/rows.h"

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
    static struct scanner scanner;
    char                  lines[256] = "";
    uint8_t               report[HID_REPORT_BYTES];
    size_t                len = 0;
    memset(&scanner, 0, sizeof scanner);
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
            scanner_report(&scanner, report, len, 0);
            len = 0;
        }
    }
    if (len > 0) scanner_report(&scanner, report, len, 0);
    for (const struct scan *scan; (scan = scanner_take(&scanner)) != NULL;) {
        strncat(lines, scan->text, scan->len);
        strcat(lines, "|");
    }
    assert_string_equal(lines, row->lines);
}

static void key_digits(struct scanner *scanner, int count)
{
    for (int i = 0; i < count; i++) scanner_key(scanner, 0x1E, 0, 1000);
}

/* Silence ends what has no Enter: a whole code at once, half of one later, so that it is said what is wrong with it. */
static void test_silence(void **state)
{
    (void)state;
    static struct scanner scanner;
    memset(&scanner, 0, sizeof scanner);
    key_digits(&scanner, 18);
    scanner_time(&scanner, 1000 + SCAN_SILENCE_MS - 1);
    assert_null(scanner_take(&scanner));
    scanner_time(&scanner, scanner_deadline(&scanner));
    assert_int_equal(scanner_take(&scanner)->len, 18);
    assert_true(scanner_deadline(&scanner) == INT64_MAX);
    key_digits(&scanner, 7);
    scanner_time(&scanner, 1000 + SCAN_SILENCE_MS);
    assert_null(scanner_take(&scanner));
    scanner_time(&scanner, 1000 + SCAN_HALF_MS);
    assert_int_equal(scanner_take(&scanner)->len, 7);
}

static void type_digits(struct scanner *scanner, int count, int64_t from_ms, int64_t step_ms)
{
    for (int i = 0; i < count; i++) scanner_key(scanner, 0x1E, 0, from_ms + i * step_ms);
}

/* A scanner that broke off is over soon: the code that is scanned next is one by itself. A person takes his time. */
static void test_speed(void **state)
{
    (void)state;
    static struct scanner scanner;
    memset(&scanner, 0, sizeof scanner);
    type_digits(&scanner, 9, 1000, 8);
    scanner_time(&scanner, 1064 + SCAN_HALF_MS);
    type_digits(&scanner, 18, 2000, 8);
    scanner_key(&scanner, 0x28, 0, 2150);
    const struct scan *scan = scanner_take(&scanner);
    assert_int_equal(scan->len, 9);
    assert_false(scan->is_typed);
    scan = scanner_take(&scanner);
    assert_int_equal(scan->len, 18);
    assert_false(scan->is_typed);
    type_digits(&scanner, 9, 10000, 900);
    scanner_time(&scanner, 17200 + 900);
    type_digits(&scanner, 9, 18100, 100);
    scanner_key(&scanner, 0x28, 0, 19500);
    scan = scanner_take(&scanner);
    assert_int_equal(scan->len, 18);
    assert_true(scan->is_typed);
    assert_null(scanner_take(&scanner));
}

/* 4,000 characters are a line; more are cut, and the next scan is good. */
static void test_long(void **state)
{
    (void)state;
    static struct scanner scanner;
    memset(&scanner, 0, sizeof scanner);
    key_digits(&scanner, 4000);
    scanner_key(&scanner, 0x28, 0, 1000);
    assert_int_equal(scanner_take(&scanner)->len, 4000);
    key_digits(&scanner, 10000);
    scanner_key(&scanner, 0x28, 0, 1000);
    assert_int_equal(scanner_take(&scanner)->len, HID_LINE_MAX);
    key_digits(&scanner, 3);
    scanner_key(&scanner, 0x28, 0, 1000);
    assert_int_equal(scanner_take(&scanner)->len, 3);
}

/* Lines wait in their order; what has no room is counted. */
static void test_many(void **state)
{
    (void)state;
    static struct scanner scanner;
    memset(&scanner, 0, sizeof scanner);
    for (int i = 0; i < SCANS_MAX + 3; i++) scanner_text(&scanner, (char[]){(char)('a' + i)}, 1);
    assert_int_equal(scanner_lost(&scanner), 4);
    assert_int_equal(scanner_lost(&scanner), 0);
    for (int i = 0; i < SCANS_MAX - 1; i++) assert_int_equal(scanner_take(&scanner)->text[0], 'a' + i);
    assert_null(scanner_take(&scanner));
}

/* Whatever comes: no crash, and afterwards a good code is read. */
static void test_noise(void **state)
{
    (void)state;
    static struct scanner scanner;
    uint64_t              dice = 1;
    memset(&scanner, 0, sizeof scanner);
    for (int i = 0; i < 20000; i++) {
        uint8_t report[12];
        for (size_t k = 0; k < sizeof report; k++) report[k] = (uint8_t)dice_next(&dice);
        scanner_report(&scanner, report, (size_t)dice_between(&dice, 0, 12), i);
        scanner_take(&scanner);
    }
    scanner_report(&scanner, (uint8_t[8]){0}, 8, 0);
    scanner_report(&scanner, (uint8_t[8]){0, 0, 0x28}, 8, 0);
    scanner_report(&scanner, (uint8_t[8]){0}, 8, 0);
    while (scanner_take(&scanner) != NULL) {
    }
    scanner_report(&scanner, (uint8_t[8]){0, 0, 0x1E}, 8, 0);
    scanner_report(&scanner, (uint8_t[8]){0, 0, 0x28}, 8, 0);
    assert_int_equal(scanner_take(&scanner)->len, 1);
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
