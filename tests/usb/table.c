/* table.c - device profile x input case: emulated scanners through the real libusb and our thread; then plugs.c.
 *
 * usage: usb_table [--part AT COUNT] [--plugs N] [WORD]: what has WORD in its name, of that each COUNT-th from AT on, and so
 * many plugs. Prints the table, then each test that isn't a cell, then "N passed, N failed, 0 skipped". With --bed alone it emulates for another process (bed.h). A cell is what came out of one case on one device; "-": the device can't do it. To add a device or a
 * case: a row. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usb/bed.h"
#include "tests/usb/devices.h"
#include "tests/usb/ear.h"
#include "tests/usb/pen.h"
#include "tests/usb/plugs.h"

enum { LONG = 4000 };

static const struct row {
    const char               *name;
    const struct usb_profile *profile;
    struct pen                pen;
    enum hid_layout           layout;
    bool                      is_chosen, has_neighbour;
} ROWS[] = {
    {"keyboard US, 8 bytes",      &KEYBOARD,    {.kind = PEN_KEYS},                           LAYOUT_US,     true,  false},
    {"keyboard with report id",   &KEYBOARD_ID, {.kind = PEN_KEYS, .id = 2},                  LAYOUT_US,     true,  false},
    {"keyboard German",           &KEYBOARD,    {.kind = PEN_KEYS, .country = PEN_GERMAN},    LAYOUT_GERMAN, true,  false},
    {"keyboard French",           &KEYBOARD,    {.kind = PEN_KEYS, .country = PEN_FRENCH},    LAYOUT_FRENCH, true,  false},
    {"keyboard UK",               &KEYBOARD,    {.kind = PEN_KEYS, .country = PEN_UK},        LAYOUT_UK,     true,  false},
    {"HID POS Honeywell",         &HONEYWELL,   {.kind = PEN_POS, .aim_at = 2, .data_at = 5}, LAYOUT_US,     true,  false},
    {"HID POS Access-IS",         &ACCESS,      {.kind = PEN_POS, .aim_at = 3, .data_at = 6}, LAYOUT_US,     true,  false},
    {"HID POS Newland",           &NEWLAND,     {.kind = PEN_POS, .data_at = 2},              LAYOUT_US,     true,  false},
    {"HID POS that nobody holds", &UNREAD,      {.kind = PEN_POS, .data_at = 2},              LAYOUT_US,     true,  false},
    {"keyboard + HID POS",
     &COMPOSITE,
     {.kind = PEN_POS, .interface = 1, .aim_at = 2, .data_at = 5},
     LAYOUT_US,                                                                                              true,
     false                                                                                                               },
    {"its keyboard",              &COMPOSITE,   {.kind = PEN_KEYS},                           LAYOUT_US,     true,  false},
    {"serial port (CDC)",         &SERIAL,      {.kind = PEN_SERIAL, .interface = 1},         LAYOUT_US,     true,  false},
    {"two at once",               &KEYBOARD,    {.kind = PEN_KEYS},                           LAYOUT_US,     true,  true },
    {"two at once, HID POS",      &HONEYWELL,   {.kind = PEN_POS, .aim_at = 2, .data_at = 5}, LAYOUT_US,     true,  true },
    {"a keyboard, not chosen",    &KEYBOARD_ID, {.kind = PEN_KEYS, .id = 2},                  LAYOUT_US,     false, true },
};

static int passed, failed;

/* ---- Cases: each writes, and tells what is to be heard; NULL: this device can't do it */

struct trial {
    const struct row *row;
    struct pen        pen;
    struct usb       *usb;
    char              expected[512];
};

static const char *said(struct trial *trial, const char *first, const char *second)
{
    snprintf(trial->expected, sizeof trial->expected, second == NULL ? "%s|" : "%s|%s|", first, second);
    return trial->expected;
}

static void replug(struct trial *trial, bool is_late);

/* Before the case waits for what is heard: silence would end the neighbour's line too. */
static void neighbour_finish(const struct trial *trial);

static void hear(struct trial *trial, const char *expected)
{
    neighbour_finish(trial);
    if (trial->row->is_chosen) is_heard_soon(said(trial, expected, NULL));
}

static void write_line(struct trial *trial, const char *text)
{
    char line[CODE_TEXT_MAX + 8];
    snprintf(line, sizeof line, "%s\n", text);
    pen_text(&trial->pen, trial->usb, line);
}

static const char *case_plain(struct trial *trial)
{
    write_line(trial, one);
    return said(trial, one, NULL);
}

static const char *case_keypad(struct trial *trial)
{
    if (trial->pen.kind != PEN_KEYS) return NULL;
    trial->pen.is_keypad = true;
    return case_plain(trial);
}

static const char *case_doubled(struct trial *trial)
{
    write_line(trial, eights);
    return said(trial, eights, NULL);
}

/* It can't be told from a key that is held: too short, and said; the next one is read. */
static const char *case_unreleased(struct trial *trial)
{
    if (trial->pen.kind != PEN_KEYS) return NULL;
    trial->pen.is_unreleased = true;
    write_line(trial, eights);
    trial->pen.is_unreleased = false;
    write_line(trial, one);
    return said(trial, "!code.length", one);
}

static const char *case_burst(struct trial *trial)
{
    for (int i = 0; i < 4; i++) write_line(trial, i % 2 == 0 ? one : other);
    snprintf(trial->expected, sizeof trial->expected, "%s|%s|%s|%s|", one, other, one, other);
    return trial->expected;
}

static const char *case_slow(struct trial *trial)
{
    trial->pen.is_slow = true;
    write_line(trial, one);
    return said(trial, one, NULL);
}

static const char *case_several(struct trial *trial)
{
    if (trial->pen.kind != PEN_KEYS) return NULL;
    trial->pen.keys_each = 6;
    return case_plain(trial);
}

static const char *case_caps(struct trial *trial)
{
    if (trial->pen.kind != PEN_KEYS) return NULL;
    trial->pen.is_caps = true;
    write_line(trial, one);
    trial->pen.is_caps = false;
    write_line(trial, other);
    return said(trial, one, other);
}

static const char *case_enrolment(struct trial *trial)
{
    write_line(trial, enrol);
    return said(trial, enrol, NULL);
}

static const char *case_long(struct trial *trial)
{
    char text[LONG + 1];
    for (int i = 0; i < LONG; i++) text[i] = (char)('0' + i % 10);
    text[LONG] = '\0';
    int each = trial->pen.keys_each;
    trial->pen.keys_each = 6;
    pen_text(&trial->pen, trial->usb, text);
    pen_text(&trial->pen, trial->usb, "\n");
    trial->pen.keys_each = each;
    write_line(trial, one);
    return said(trial, "!code.length", one);
}

static const char *case_unplugged(struct trial *trial)
{
    if (trial->pen.kind == PEN_POS)
        pen_part(&trial->pen, trial->usb, one, 9, "]C0", true);
    else
        pen_text(&trial->pen, trial->usb, "300000000");
    replug(trial, true);
    write_line(trial, one);
    return said(trial, "!scan.unplugged", one);
}

/* It hangs, and is told again and again; then the release is lost as well. */
static const char *case_stuck(struct trial *trial)
{
    static const uint8_t EIGHT = 0x25;
    if (trial->pen.kind != PEN_KEYS) return NULL;
    for (int i = 0; i < 20; i++) pen_keys(&trial->pen, trial->usb, 0, &EIGHT, 1);
    const char *first = trial->row->layout == LAYOUT_FRENCH ? "!code.digit" : "!code.length";
    hear(trial, first);
    write_line(trial, one);
    return said(trial, first, one);
}

static const char *case_enter_first(struct trial *trial)
{
    char line[CODE_TEXT_MAX + 8];
    snprintf(line, sizeof line, "\n%s\n", one);
    pen_text(&trial->pen, trial->usb, line);
    return said(trial, one, NULL);
}

static const char *case_no_enter(struct trial *trial)
{
    pen_text(&trial->pen, trial->usb, one);
    hear(trial, one);
    pen_text(&trial->pen, trial->usb, other);
    return said(trial, one, other);
}

static const char *case_prefix(struct trial *trial)
{
    char line[CODE_TEXT_MAX + 8];
    snprintf(line, sizeof line, "A%s", one);
    write_line(trial, line);
    return said(trial, one, NULL);
}

static const char *case_aim(struct trial *trial)
{
    char line[CODE_TEXT_MAX + 8];
    snprintf(line, sizeof line, "]C1%s", one);
    write_line(trial, line);
    return said(trial, one, NULL);
}

/* Digits that a scanner adds are never dropped: a sentence. */
static const char *case_digits_added(struct trial *trial)
{
    char line[CODE_TEXT_MAX + 8];
    snprintf(line, sizeof line, "00%s", one);
    write_line(trial, line);
    write_line(trial, one);
    return said(trial, "!code.length", one);
}

static const char *case_rollover(struct trial *trial)
{
    static const uint8_t LOST[] = {1, 1, 1, 1, 1, 1};
    if (trial->pen.kind != PEN_KEYS) return NULL;
    char half[10];
    snprintf(half, sizeof half, "%.9s", one);
    pen_text(&trial->pen, trial->usb, half);
    pen_keys(&trial->pen, trial->usb, 0, LOST, 6);
    write_line(trial, one + 9);
    return said(trial, one, NULL);
}

/* An answer to a command is no barcode; a length that can't be is said. */
static const char *case_answer(struct trial *trial)
{
    if (trial->pen.kind != PEN_POS) return NULL;
    if (trial->pen.aim_at > 0) pen_part(&trial->pen, trial->usb, "REVINF", 6, "]Z6", false);
    pen_part(&trial->pen, trial->usb, one, 60, "]C0", false);
    write_line(trial, one);
    return said(trial, "!scan.broken", one);
}

/* One transfer fails in mid-code without an unplug. */
static const char *case_error(struct trial *trial)
{
    if (trial->pen.kind == PEN_POS)
        pen_part(&trial->pen, trial->usb, one, 9, "]C0", true);
    else
        pen_text(&trial->pen, trial->usb, "300000000");
    usb_report(trial->usb, trial->pen.interface, NULL, 0, -EPROTO);
    hear(trial, "!scan.broken");
    write_line(trial, one);
    return said(trial, "!scan.broken", one);
}

static const char *case_halt(struct trial *trial)
{
    usb_report(trial->usb, trial->pen.interface, NULL, 0, -EPIPE);
    write_line(trial, one);
    return said(trial, one, NULL);
}

static const char *case_empty(struct trial *trial)
{
    usb_report(trial->usb, trial->pen.interface, NULL, 0, 0);
    write_line(trial, one);
    usb_report(trial->usb, trial->pen.interface, NULL, 0, 0);
    return said(trial, one, NULL);
}

static const struct scan_case {
    const char *name;
    const char *(*run)(struct trial *trial);
} CASES[] = {
    {"18 digits",          case_plain       },
    {"keypad",             case_keypad      },
    {"88",                 case_doubled     },
    {"88 unreleased",      case_unreleased  },
    {"burst",              case_burst       },
    {"slow",               case_slow        },
    {"keys together",      case_several     },
    {"caps lock",          case_caps        },
    {"120 digits",         case_enrolment   },
    {"4,000 then good",    case_long        },
    {"unplugged",          case_unplugged   },
    {"stuck key",          case_stuck       },
    {"Enter first",        case_enter_first },
    {"no Enter",           case_no_enter    },
    {"prefix",             case_prefix      },
    {"AIM identifier",     case_aim         },
    {"digits added",       case_digits_added},
    {"roll-over",          case_rollover    },
    {"answer, bad length", case_answer      },
    {"error",              case_error       },
    {"halt",               case_halt        },
    {"empty packets",      case_empty       },
};

/* ---- A row of the table */

/* A second scanner that types its own code all the while. */
static struct neighbour {
    struct usb *usb;
    struct pen  pen;
    int         at; /* the next character */
    int         lines;
} neighbour;

static void neighbour_write(void *self)
{
    char text[2] = {other[neighbour.at], '\0'};
    (void)self;
    if (neighbour.at == CODE_DIGITS) text[0] = '\n';
    pen_text(&neighbour.pen, neighbour.usb, text);
    if (neighbour.at == CODE_DIGITS) neighbour.lines++;
    neighbour.at = neighbour.at == CODE_DIGITS ? 0 : neighbour.at + 1;
}

static void neighbour_finish(const struct trial *trial)
{
    while (trial->row->has_neighbour && neighbour.at != 0) neighbour_write(NULL);
}

static bool is_neighbour_heard(const void *self)
{
    (void)self;
    return heard_other->len >= (size_t)neighbour.lines * (CODE_DIGITS + 1);
}

static bool neighbour_is_right(void)
{
    while (neighbour.at != 0) neighbour_write(NULL);
    is_soon(is_neighbour_heard, NULL);
    GString *expected = g_string_new(NULL);
    for (int i = 0; i < neighbour.lines; i++) g_string_append_printf(expected, "%s|", other);
    bool is_right = strcmp(expected->str, heard_other->str) == 0;
    if (!is_right) snprintf(why, sizeof why, "the neighbour: %.200s", heard_other->str);
    g_string_free(expected, TRUE);
    g_string_truncate(heard_other, 0);
    neighbour.lines = 0;
    return is_right;
}

static bool device_wait(struct trial *trial)
{
    if (!is_state_soon(trial->row->profile, trial->row->is_chosen ? SCANNER_WORKING : SCANNER_FOUND)) return false;
    device_number = seen_of(trial->row->profile)->number;
    return true;
}

static void replug(struct trial *trial, bool is_late)
{
    neighbour_finish(trial);
    if (trial->row->is_chosen) is_soon(is_drained, trial->usb);
    usb_unplug(trial->usb, is_late);
    if (trial->row->is_chosen) is_heard_soon("!scan.unplugged|");
    trial->usb = usb_plug(trial->row->profile, SOCKET);
    device_wait(trial);
}

/* Nothing of a device that isn't chosen is heard, and nothing of it is touched. */
static bool is_left_alone(struct trial *trial)
{
    bool is_alone =
        heard->len == 0 && usb_opened(trial->usb) == 0 && usb_claimed(trial->usb) == 0 && usb_detached(trial->usb) == 0;
    if (!is_alone) snprintf(why, sizeof why, "heard %.100s, opened %d", heard->str, usb_opened(trial->usb));
    return is_alone;
}

/* Chosen: all of its interfaces that type are taken, so that no window gets a key. */
static bool is_taken_whole(struct trial *trial)
{
    unsigned all = (1U << trial->row->profile->interface_count) - 1;
    bool     is_whole = usb_claimed(trial->usb) == all && usb_opened(trial->usb) == 1;
    if (!is_whole) snprintf(why, sizeof why, "claimed %x of %x", usb_claimed(trial->usb), all);
    return is_whole;
}

/* -1: can't do it; else whether it is right. */
static int cell(struct trial *trial, const struct scan_case *of)
{
    trial->pen = trial->row->pen;
    if (trial->row->has_neighbour) trial->pen.between = neighbour_write;
    g_string_truncate(heard, 0);
    why[0] = '\0';
    const char *expected = of->run(trial);
    if (expected == NULL) return -1;
    if (!trial->row->is_chosen) return neighbour_is_right() && is_left_alone(trial);
    return is_heard_soon(expected) && (!trial->row->has_neighbour || neighbour_is_right()) && is_taken_whole(trial);
}

static void row_run(const struct row *row)
{
    struct trial   trial = {.row = row};
    struct choices choices = {0};
    if (row->is_chosen) choose_put(&choices, row->profile, SOCKET, row->layout);
    choose_put(&choices, &NEIGHBOUR, SOCKET_OTHER, LAYOUT_US);
    ear_start(&choices, false);
    trial.usb = usb_plug(row->profile, SOCKET);
    neighbour = (struct neighbour){.usb = row->has_neighbour ? usb_plug(&NEIGHBOUR, SOCKET_OTHER) : NULL};
    if (row->has_neighbour) is_state_soon(&NEIGHBOUR, SCANNER_WORKING);
    device_wait(&trial);
    printf("%-26s", row->name);
    int      count = 0, good = 0;
    GString *bad = g_string_new(NULL);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        int result = cell(&trial, &CASES[i]);
        printf("  %s", result < 0 ? " -" : result > 0 ? "ok" : "NO");
        fflush(stdout);
        if (result == 0) g_string_append_printf(bad, "FAILED %s, %s: %s\n", row->name, CASES[i].name, why);
        count += result >= 0;
        good += result > 0;
    }
    printf("  %d of %d\n%s", good, count, bad->str);
    g_string_free(bad, TRUE);
    passed += good;
    failed += count - good;
    ear_stop();
    usb_unplug(trial.usb, false);
    if (neighbour.usb != NULL) usb_unplug(neighbour.usb, false);
}

bool part_has(const struct part *part, const char *name, int n)
{
    return (part->word == NULL || strstr(name, part->word) != NULL) && n % part->count == part->at;
}

static void table_run(const struct part *part)
{
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0] && part->at == 0; i++)
        printf("%2zu %s%s", i + 1, CASES[i].name, i % 8 == 7 ? "\n" : "   ");
    if (part->at == 0) printf("\n%-26s", "");
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0] && part->at == 0; i++) printf("  %2zu", i + 1);
    if (part->at == 0) printf("\n");
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        if (part_has(part, ROWS[i].name, (int)i)) row_run(&ROWS[i]);
}

int main(int argc, char **argv)
{
    struct code enrolment = {
        .kind = CODE_ENROL, .enrol = {{192, 168, 1, 10}, 8443, {0x88, 0x99}, "1122334455667788990011"}
    };
    struct part part = {.count = 1};
    int         plugs = 0;
    bool        is_bed = argc == 2 && strcmp(argv[1], "--bed") == 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--plugs") == 0 && i + 1 < argc) {
            plugs = (int)strtol(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--part") == 0 && i + 2 < argc) {
            part.at = (int)strtol(argv[++i], NULL, 10);
            part.count = (int)strtol(argv[++i], NULL, 10);
        } else {
            part.word = argv[i];
        }
    }
    usb_open();
    if (is_bed) {
        bed_run();
        usb_close();
        return 0;
    }
    code_write_badge(1, one);
    code_write_badge(188888888000011, eights);
    code_write_badge(274, other);
    code_write(&enrolment, enrol);
    table_run(&part);
    plugs_run(&part, plugs, &passed, &failed);
    usb_close();
    printf("%d passed, %d failed, 0 skipped\n", passed, failed);
    return failed > 0;
}
