/* choice_test.c - chosen scanners: known again, kept as text and in the database; scanners by their ids.
 * links: kiosk_scan kiosk_keep core */
#include <stdio.h>
#include <string.h>

#include "core/embed.h"
#include "kiosk/keep/chosen.h"
#include "kiosk/scan/choice.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

static struct choice choice_of(int product, const char *port, const char *serial)
{
    struct choice choice = {.interface = 1, .mode = SCAN_MODE_KEYS, .layout = LAYOUT_FRENCH};
    choice.id.vendor = 0x0C2E;
    choice.id.product = (uint16_t)product;
    snprintf(choice.id.port, sizeof choice.id.port, "%s", port);
    snprintf(choice.id.serial, sizeof choice.id.serial, "%s", serial);
    return choice;
}

static bool fits(const struct choice *choice, int product, const char *port, const char *serial)
{
    struct choices choices = {.count = 1, .list = {*choice}};
    struct choice  device = choice_of(product, port, serial);
    return choices_find(&choices, &device.id) == 0;
}

/* A serial number goes before the socket; who has none isn't the one that had. */
static void test_fits(void **state)
{
    (void)state;
    struct choice named = choice_of(1, "1-5", "S1"), plain = choice_of(1, "1-5", "");
    assert_true(fits(&named, 1, "1-5", "S1"));
    assert_true(fits(&named, 1, "2-1.4", "S1"));
    assert_false(fits(&named, 1, "1-5", "S2"));
    assert_false(fits(&named, 1, "1-5", ""));
    assert_false(fits(&named, 2, "1-5", "S1"));
    assert_true(fits(&plain, 1, "1-5", ""));
    assert_false(fits(&plain, 1, "1-6", ""));
    assert_false(fits(&plain, 1, "1-5", "S1"));
}

static void test_put(void **state)
{
    (void)state;
    struct choices choices = {0};
    for (int i = 0; i < CHOICES_MAX + 2; i++) {
        struct choice choice = choice_of(i, "1-1", "");
        choices_put(&choices, &choice);
    }
    assert_int_equal(choices.count, CHOICES_MAX);
    assert_int_equal(choices.list[0].id.product, 2); /* the oldest went */
    struct choice again = choice_of(5, "1-1", "");
    again.layout = LAYOUT_UK;
    choices_put(&choices, &again);
    assert_int_equal(choices.count, CHOICES_MAX);
    assert_int_equal(choices.list[3].layout, LAYOUT_UK);
    choices_drop(&choices, 0);
    assert_int_equal(choices.count, CHOICES_MAX - 1);
    assert_int_equal(choices.list[0].id.product, 3);
}

static void test_text(void **state)
{
    (void)state;
    struct choices choices = {0}, read;
    char           text[CHOICES_TEXT_MAX], again[CHOICES_TEXT_MAX];
    for (int i = 0; i < CHOICES_MAX; i++) {
        struct choice choice =
            choice_of(i, "12-1.2.3.4.5.6", i % 2 == 0 ? "a serial number of thirty-nine letters!" : "");
        choice.layout = (enum hid_layout)(i % LAYOUTS);
        choices_put(&choices, &choice);
    }
    choices_write(&choices, text);
    choices_read(text, &read);
    choices_write(&read, again);
    assert_string_equal(text, again);
    assert_int_equal(read.count, CHOICES_MAX);
    assert_string_equal(read.list[2].id.serial, "a serial number of thirty-nine letters!");
    assert_int_equal(read.list[1].layout, 1);
    /* Blanks in front of a serial number are its own: the device is known again. */
    struct choice padded = choice_of(1, "1-5", "  S1");
    choices = (struct choices){.count = 1, .list = {padded}};
    choices_write(&choices, text);
    choices_read(text, &read);
    assert_int_equal(choices_find(&read, &padded.id), 0);
}

static void test_bad_text(void **state)
{
    (void)state;
    static const char *const BAD[] = {"",
                                      "\n\n",
                                      "nonsense",
                                      "0c2e 0b61 1-5 0 9 0 S",
                                      "0c2e 0b61 1-5 0 1 9 S",
                                      "0c2e 0b61",
                                      "0c2e 0b61 1-5 999 1 0",
                                      "%s%n %s",
                                      "0c2e 0b61 1-5 0 4 0 S"};
    struct choices           choices;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        choices_read(BAD[i], &choices);
        assert_int_equal(choices.count, 0);
    }
    choices_read("what is this\n0c2e 0b61 1-5 0 1 2 S 1\nnonsense", &choices);
    assert_int_equal(choices.count, 1);
    assert_string_equal(choices.list[0].id.serial, "S 1");
    assert_int_equal(choices.list[0].layout, LAYOUT_FRENCH);
}

static void good(bool is_good, const struct err *err)
{
    if (!is_good) fail_msg("%s", err->say.id);
}

#define GOOD(call) good(call, &err)

static void test_kept(void **state)
{
    (void)state;
    char       text[CHOSEN_TEXT_MAX];
    struct db *db;
    struct err err;
    assert_int_equal(folder_make(), 0);
    GOOD(db_open(folder_path("kiosk.db"), DB_WRITE, NULL, &db, &err));
    GOOD(db_migrate(db, embed_kiosk_schema, &err));
    GOOD(chosen_read(db, text, &err));
    assert_string_equal(text, "");
    GOOD(chosen_keep(db, "one\ntwo\n", &err));
    GOOD(chosen_keep(db, "two\n\nthree'; DROP TABLE scanner", &err));
    GOOD(chosen_read(db, text, &err));
    assert_string_equal(text, "two\nthree'; DROP TABLE scanner\n");
    GOOD(chosen_keep(db, "", &err));
    GOOD(chosen_read(db, text, &err));
    assert_string_equal(text, "");
    db_close(db);
    folder_end();
}

static void test_known(void **state)
{
    (void)state;
    assert_int_equal(known_find(0x05E0, 0x1900)->mode, SCAN_MODE_SNAPI);
    assert_int_equal(known_find(0x1EAB, 0x8306)->mode, SCAN_MODE_SERIAL); /* the last two digits tell */
    assert_int_equal(known_find(0x1EAB, 0x0110)->mode, SCAN_MODE_POS);
    assert_int_equal(known_find(0x1EAB, 0x0177)->mode, SCAN_MODE_OTHER);
    assert_string_equal(known_find(0x0C2E, 0x9999)->name, "Honeywell");
    assert_null(known_find(0x046D, 0xC31C)); /* a keyboard */
    for (int mode = 0; mode <= SCAN_MODE_LOADER; mode++) assert_non_null(scan_mode_word((enum scan_mode)mode));
    assert_true(scan_mode_is_read(SCAN_MODE_SERIAL));
    assert_false(scan_mode_is_read(SCAN_MODE_SNAPI));
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "fits", test_fits, NULL);
    rows_add(&rows, "put", test_put, NULL);
    rows_add(&rows, "text", test_text, NULL);
    rows_add(&rows, "bad text", test_bad_text, NULL);
    rows_add(&rows, "kept", test_kept, NULL);
    rows_add(&rows, "known", test_known, NULL);
    return rows_run(&rows, argc, argv);
}
