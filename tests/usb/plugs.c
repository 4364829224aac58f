/* plugs.c - what isn't a cell of the table: tests/usb/plugs.h. */
#include "tests/usb/plugs.h"

#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usb/devices.h"
#include "tests/usb/ear.h"
#include "tests/usb/pen.h"

enum { WARM_UP = 50 };

static const struct pen PEN_KEYBOARD = {.kind = PEN_KEYS}, PEN_FRANCE = {.kind = PEN_KEYS, .country = PEN_FRENCH},
                        PEN_HONEYWELL = {.kind = PEN_POS, .aim_at = 2, .data_at = 5};

static void line_write(const struct pen *pen, struct usb *usb, const char *text)
{
    char line[CODE_TEXT_MAX + 8];
    snprintf(line, sizeof line, "%s\n", text);
    pen_text(pen, usb, line);
}

static bool holds(bool is_so, const char *what)
{
    if (!is_so) snprintf(why, sizeof why, "%s", what);
    return is_so;
}

static bool is_untouched(struct usb *usb)
{
    return holds(usb_opened(usb) == 0 && usb_detached(usb) == 0 && usb_claimed(usb) == 0, "it isn't left alone");
}

static bool is_given_back_now(const void *self)
{
    struct usb *usb = (struct usb *)(uintptr_t)self;
    return usb_opened(usb) == 0 && usb_detached(usb) == 0 && usb_claimed(usb) == 0;
}

static bool is_given_back(struct usb *usb)
{
    return holds(is_soon(is_given_back_now, usb), "it isn't given back");
}

static bool test_alone(void)
{
    ear_start(NULL, false);
    struct usb *usb = usb_plug(&HONEYWELL, SOCKET);
    bool        is_good = is_state_soon(&HONEYWELL, SCANNER_WORKING);
    struct usb *second = usb_plug(&NEWLAND, SOCKET_OTHER);
    is_good = is_good && is_state_soon(&NEWLAND, SCANNER_FOUND) && is_untouched(second);
    line_write(&PEN_HONEYWELL, usb, one);
    char expected[3 * CODE_TEXT_MAX];
    snprintf(expected, sizeof expected, "%s|", one);
    is_good = is_good && is_heard_soon(expected) && holds(status.has_working, "no scanner works");
    usb_unplug(usb, false);
    is_good = is_good && is_state_soon(&NEWLAND, SCANNER_WORKING);
    ear_stop();
    usb_unplug(second, false);
    return is_good;
}

static bool test_ambiguous(void)
{
    struct usb *usb = usb_plug(&HONEYWELL, SOCKET), *second = usb_plug(&NEWLAND, SOCKET_OTHER);
    ear_start(NULL, false);
    bool is_good = is_state_soon(&HONEYWELL, SCANNER_FOUND) && is_state_soon(&NEWLAND, SCANNER_FOUND) &&
                   is_untouched(usb) && is_untouched(second) && holds(!status.has_working, "some scanner works");
    ear_stop();
    usb_unplug(usb, false);
    usb_unplug(second, false);
    return is_good;
}

static bool test_keyboard_alone(void)
{
    struct usb *usb = usb_plug(&KEYBOARD, SOCKET);
    ear_start(NULL, false);
    bool is_good = is_state_soon(&KEYBOARD, SCANNER_FOUND) && is_untouched(usb) &&
                   holds(status.has_keys && !status.has_working, "it should reach the window");
    ear_stop();
    usb_unplug(usb, false);
    return is_good;
}

static bool is_teaching(const void *how)
{
    return status.teaching == *(const enum scanner_teaching *)how;
}

static bool is_teaching_soon(enum scanner_teaching how)
{
    return holds(is_soon(is_teaching, &how), "the teaching doesn't come to that");
}

/* Of two keyboards the one that a card is scanned with becomes the scanner, and the other one is a keyboard again. */
static bool teach(const struct pen *pen, const struct usb_profile *profile, enum hid_layout layout)
{
    struct usb *usb = usb_plug(profile, SOCKET), *plain = usb_plug(&NEIGHBOUR, SOCKET_OTHER);
    char        expected[3 * CODE_TEXT_MAX];
    ear_start(NULL, false);
    scanner_teach(scanner, true);
    bool is_good = is_teaching_soon(TEACHING_NOW) && is_state_soon(profile, SCANNER_WORKING) &&
                   is_state_soon(&NEIGHBOUR, SCANNER_WORKING);
    line_write(&PEN_KEYBOARD, plain, "12345");
    line_write(pen, usb, "300000000000000179"); /* check digits are wrong */
    line_write(pen, usb, one);
    is_good = is_good && is_teaching_soon(TEACHING_DONE) && is_state_soon(profile, SCANNER_WORKING) &&
              holds(status.choices.count == 1 && seen_of(profile)->is_chosen, "it isn't chosen") &&
              holds(status.choices.list[0].layout == layout, "another layout") && is_given_back(plain);
    line_write(pen, usb, other);
    snprintf(expected, sizeof expected, "%s|", other);
    is_good = is_good && is_heard_soon(expected);
    ear_stop();
    is_good = is_good && is_given_back(usb);
    usb_unplug(usb, false);
    usb_unplug(plain, false);
    return is_good;
}

static bool test_teach_us(void)
{
    return teach(&PEN_KEYBOARD, &KEYBOARD, LAYOUT_US);
}
static bool test_teach_french(void)
{
    return teach(&PEN_FRANCE, &KEYBOARD, LAYOUT_FRENCH);
}
static bool test_teach_pos(void)
{
    return teach(&PEN_HONEYWELL, &HONEYWELL, LAYOUT_US);
}

static bool test_teach_end(void)
{
    struct usb *usb = usb_plug(&KEYBOARD, SOCKET);
    ear_start(NULL, false);
    scanner_teach(scanner, true);
    bool is_good = is_teaching_soon(TEACHING_NOW) && is_state_soon(&KEYBOARD, SCANNER_WORKING);
    scanner_teach(scanner, false);
    is_good =
        is_good && is_teaching_soon(TEACHING_NOTHING) && is_state_soon(&KEYBOARD, SCANNER_FOUND) && is_given_back(usb);
    ear_stop();
    usb_unplug(usb, false);
    return is_good;
}

/* Modes that aren't read are named; what can't be a scanner isn't listed. None is touched. */
static bool test_named(void)
{
    struct usb *usb[] = {usb_plug(&SNAPI, 1), usb_plug(&VENDOR, 2), usb_plug(&STICK, 3)};
    ear_start(NULL, false);
    bool is_good = is_state_soon(&SNAPI, SCANNER_WRONG_MODE) &&
                   holds(seen_of(&SNAPI)->mode == SCAN_MODE_SNAPI, "another mode") &&
                   holds(status.count == 1, "others are listed") && holds(!status.has_working, "some scanner works");
    scanner_teach(scanner, true);
    is_good = is_good && is_teaching_soon(TEACHING_NOW);
    for (int i = 0; i < 3; i++) is_good = is_good && is_untouched(usb[i]);
    ear_stop();
    for (int i = 0; i < 3; i++) usb_unplug(usb[i], false);
    return is_good;
}

/* The finger that stops a teaching needs its screen. */
static bool test_touch(void)
{
    struct usb *usb = usb_plug(&TOUCH, SOCKET), *one_usb = usb_plug(&TOUCH_ONE, SOCKET_OTHER);
    ear_start(NULL, false);
    scanner_teach(scanner, true);
    bool is_good = is_teaching_soon(TEACHING_NOW) && is_state_soon(&TOUCH, SCANNER_WORKING) &&
                   holds(usb_claimed(usb) == 1 && usb_detached(usb) == 1, "its screen is taken") &&
                   is_untouched(one_usb) && holds(seen_of(&TOUCH_ONE) == NULL, "a touch screen is listed");
    ear_stop();
    is_good = is_good && is_given_back(usb);
    usb_unplug(usb, false);
    usb_unplug(one_usb, false);
    return is_good;
}

static void start_chosen(const struct usb_profile *profile, int socket)
{
    struct choices choices = {0};
    choose_put(&choices, profile, socket, LAYOUT_US);
    ear_start(&choices, false);
}

static bool test_busy(void)
{
    start_chosen(&KEYBOARD, SOCKET);
    bool        is_good = is_state_soon(&KEYBOARD, SCANNER_ABSENT) && holds(!status.has_working, "some scanner works");
    struct usb *usb = usb_plug(&KEYBOARD, SOCKET);
    usb_busy(usb, 4);
    is_good = is_good && is_state_soon(&KEYBOARD, SCANNER_WORKING);
    scanner_forget(scanner, seen_of(&KEYBOARD) == NULL ? 0 : seen_of(&KEYBOARD)->number);
    is_good = is_good && is_state_soon(&KEYBOARD, SCANNER_FOUND) && is_given_back(usb);
    usb_busy(usb, 1000000);
    scanner_choose(scanner, seen_of(&KEYBOARD)->number, LAYOUT_US);
    is_good = is_good && is_state_soon(&KEYBOARD, SCANNER_BUSY);
    usb_busy(usb, 0);
    is_good = is_good && is_state_soon(&KEYBOARD, SCANNER_WORKING);
    ear_stop();
    usb_unplug(usb, false);
    return is_good;
}

static bool test_denied(void)
{
    struct usb *usb = usb_plug(&KEYBOARD, SOCKET);
    ear_start(NULL, false);
    bool is_good = is_state_soon(&KEYBOARD, SCANNER_FOUND);
    usb_allow(usb, false);
    if (is_good) scanner_choose(scanner, seen_of(&KEYBOARD)->number, LAYOUT_US);
    is_good = is_good && is_state_soon(&KEYBOARD, SCANNER_DENIED);
    usb_allow(usb, true);
    is_good = is_good && is_state_soon(&KEYBOARD, SCANNER_WORKING);
    ear_stop();
    usb_unplug(usb, false);
    return is_good;
}

static bool test_stuck(void)
{
    static const uint8_t EIGHT = 0x25;
    start_chosen(&KEYBOARD, SOCKET);
    struct usb *usb = usb_plug(&KEYBOARD, SOCKET);
    bool        is_good = is_state_soon(&KEYBOARD, SCANNER_WORKING);
    pen_keys(&PEN_KEYBOARD, usb, 0, &EIGHT, 1);
    is_good = is_good && is_state_soon(&KEYBOARD, SCANNER_STUCK) && holds(status.has_working, "it still works");
    pen_keys(&PEN_KEYBOARD, usb, 0, NULL, 0);
    is_good = is_good && is_state_soon(&KEYBOARD, SCANNER_WORKING);
    ear_stop();
    usb_unplug(usb, false);
    return is_good;
}

/* A serial number is known in any socket; without one the socket tells which of two equal ones it is. */
static bool test_sockets(void)
{
    start_chosen(&KEYBOARD, SOCKET);
    struct usb *usb = usb_plug(&KEYBOARD, SOCKET_OTHER);
    bool        is_good = is_state_soon(&KEYBOARD, SCANNER_WORKING);
    ear_stop();
    usb_unplug(usb, false);
    start_chosen(&KEYBOARD_ID, SOCKET);
    struct usb *other_usb = usb_plug(&KEYBOARD_ID, SOCKET_OTHER);
    usb = usb_plug(&KEYBOARD_ID, SOCKET);
    is_good = is_good && is_state_soon(&KEYBOARD_ID, SCANNER_WORKING) &&
              holds(usb_opened(usb) == 1, "the chosen one isn't open") && is_untouched(other_usb);
    ear_stop();
    usb_unplug(usb, false);
    usb_unplug(other_usb, false);
    return is_good;
}

/* Both interfaces are read, told to send on one, and one scan that comes by both is one. */
static bool test_composite(void)
{
    start_chosen(&COMPOSITE, SOCKET);
    struct usb *usb = usb_plug(&COMPOSITE, SOCKET);
    struct pen  pos = PEN_HONEYWELL;
    char        expected[3 * CODE_TEXT_MAX];
    pos.interface = 1;
    bool is_good =
        is_state_soon(&COMPOSITE, SCANNER_WORKING) && holds(usb_requests(usb, 9) == 1, "it wasn't told once");
    line_write(&pos, usb, one);
    line_write(&PEN_KEYBOARD, usb, one);
    line_write(&PEN_KEYBOARD, usb, other);
    snprintf(expected, sizeof expected, "%s|%s|", one, other);
    is_good = is_good && is_heard_soon(expected);
    ear_stop();
    usb_unplug(usb, false);
    return is_good;
}

/* The program ends while a scan is coming in. */
static bool test_exit(void)
{
    bool is_good = true;
    for (int i = 0; i < 20 && is_good; i++) {
        start_chosen(&COMPOSITE, SOCKET);
        struct usb *usb = usb_plug(&COMPOSITE, SOCKET);
        if (i % 2 == 0) is_good = is_state_soon(&COMPOSITE, SCANNER_WORKING);
        for (int k = 0; k < 20; k++) pen_text(&PEN_KEYBOARD, usb, one);
        ear_stop();
        is_good = is_good && is_given_back(usb);
        usb_unplug(usb, false);
    }
    return is_good;
}

static bool test_looks(void)
{
    struct usb    *usb = usb_plug(&HONEYWELL, SOCKET);
    struct choices choices = {0};
    choose_put(&choices, &HONEYWELL, SOCKET, LAYOUT_US);
    ear_start(&choices, true);
    bool is_good = is_state_soon(&HONEYWELL, SCANNER_FOUND) && is_untouched(usb) &&
                   holds(strcmp(seen_of(&HONEYWELL)->name, "Voyager 1602g") == 0, seen_of(&HONEYWELL)->name);
    ear_stop();
    usb_unplug(usb, false);
    return is_good;
}

/* 50 scans in a row as fast as they go, taken only afterwards: what has no room is counted. */
static bool test_crowd(void)
{
    start_chosen(&HONEYWELL, SOCKET);
    struct usb *usb = usb_plug(&HONEYWELL, SOCKET);
    bool        is_good = is_state_soon(&HONEYWELL, SCANNER_WORKING);
    for (int i = 0; i < 50; i++) line_write(&PEN_HONEYWELL, usb, one);
    while (!usb_is_drained(usb)) g_usleep(1000);
    g_usleep(20000); /* the thread puts the last one down; more only makes the test sharper */
    ear_listen();
    int lines = 0;
    for (const char *at = heard->str; (at = strstr(at, one)) != NULL; at++) lines++;
    int         lost = 0;
    const char *told = strstr(heard->str, "!lost ");
    if (told != NULL) lost = (int)strtol(told + 6, NULL, 10);
    snprintf(why, sizeof why, "%d lines and %d lost", lines, lost);
    is_good = is_good && lines + lost == 50;
    ear_stop();
    usb_unplug(usb, false);
    return is_good;
}

/* ---- Again and again */

static int entries_of(const char *path)
{
    int  count = 0;
    DIR *folder = opendir(path);
    if (folder == NULL) return -1;
    while (readdir(folder) != NULL) count++;
    closedir(folder);
    return count;
}

#ifdef __SANITIZE_ADDRESS__
size_t        __sanitizer_get_current_allocated_bytes(void);
static size_t memory_bytes(void)
{
    return __sanitizer_get_current_allocated_bytes();
}
#else
static size_t memory_bytes(void)
{
    return mallinfo2().uordblks;
}
#endif

static bool cycle(int n)
{
    static const struct usb_profile *const PROFILES[] = {&KEYBOARD, &HONEYWELL, &COMPOSITE};
    const struct usb_profile              *profile = PROFILES[n % 3];
    struct pen                             keys = {.kind = PEN_KEYS, .keys_each = 6};
    const struct pen                      *pen = n % 3 == 1 ? &PEN_HONEYWELL : &keys;
    struct usb                            *usb = usb_plug(profile, SOCKET);
    char                                   expected[3 * CODE_TEXT_MAX];
    g_string_truncate(heard, 0);
    bool is_good = is_state_soon(profile, SCANNER_WORKING);
    line_write(pen, usb, one);
    snprintf(expected, sizeof expected, "%s|", one);
    is_good = is_good && is_heard_soon(expected);
    if (n % 3 == 1)
        pen_part(pen, usb, "30", 2, "]C0", true);
    else
        pen_text(pen, usb, "30");
    is_soon(is_drained, usb);
    usb_unplug(usb, n % 20 == 0);
    snprintf(expected, sizeof expected, "%s|!scan.unplugged|", one);
    return is_good && is_heard_soon(expected) && is_state_soon(profile, SCANNER_ABSENT);
}

static int cycles;

/* The test bed closes its own side a moment later. */
static bool has_files(const void *files)
{
    return entries_of("/proc/self/fd") <= *(const int *)files;
}

static bool test_cycles(void)
{
    struct choices choices = {0};
    int            stuck = 0, files = 0, threads = 0;
    size_t         bytes = 0;
    choose_put(&choices, &KEYBOARD, SOCKET, LAYOUT_US);
    choose_put(&choices, &HONEYWELL, SOCKET, LAYOUT_US);
    choose_put(&choices, &COMPOSITE, SOCKET, LAYOUT_US);
    ear_start(&choices, false);
    gint64 begun = g_get_monotonic_time();
    for (int i = 0; i < cycles + WARM_UP && stuck < 3; i++) {
        if (!cycle(i)) stuck++;
        if (i != WARM_UP - 1) continue;
        files = entries_of("/proc/self/fd"); /* one more where the test bed is slower */
        threads = entries_of("/proc/self/task");
        bytes = memory_bytes();
    }
    is_soon(has_files, &files);
    int    files_now = entries_of("/proc/self/fd"), files_more = files_now > files ? files_now - files : 0;
    int    threads_more = entries_of("/proc/self/task") - threads;
    double bytes_each = ((double)memory_bytes() - (double)bytes) / cycles;
    printf("%d plugs: %d stuck, %d files more, %d threads more, %.1f bytes a plug more, %.1f s\n", cycles, stuck,
           files_more, threads_more, bytes_each, (double)(g_get_monotonic_time() - begun) / 1e6);
    ear_stop();
    return stuck == 0 && holds(files_more == 0 && threads_more == 0 && bytes_each < 200, "something is left behind");
}

static const struct test {
    const char *name;
    bool (*run)(void);
} TESTS[] = {
    {"nothing chosen: the only one that says it is a scanner is listened to", test_alone         },
    {"nothing chosen, two of them: none is",                                  test_ambiguous     },
    {"nothing chosen: a keyboard never is",                                   test_keyboard_alone},
    {"a keyboard is taught by scanning one card",                             test_teach_us      },
    {"its country is found by that",                                          test_teach_french  },
    {"a HID POS scanner is taught",                                           test_teach_pos     },
    {"teaching that is ended gives all back",                                 test_teach_end     },
    {"teaching leaves touch screens alone",                                   test_touch         },
    {"modes that aren't read are named, other devices left alone",            test_named         },
    {"busy, forgotten, chosen again",                                         test_busy          },
    {"not allowed, then allowed",                                             test_denied        },
    {"a key that hangs is told",                                              test_stuck         },
    {"known again by serial number or socket",                                test_sockets       },
    {"keyboard and HID POS in one: one scan is one",                          test_composite     },
    {"twenty ends while a scan comes in",                                     test_exit          },
    {"looking opens nothing",                                                 test_looks         },
    {"fifty scans that nobody takes are counted",                             test_crowd         },
    {"plugged and pulled out again and again",                                test_cycles        },
};

void plugs_run(const struct part *part, int plugs, int *passed, int *failed)
{
    cycles = plugs;
    for (size_t i = 0; i < sizeof TESTS / sizeof TESTS[0]; i++) {
        bool is_asked = TESTS[i].run == test_cycles ? plugs > 0 : part_has(part, TESTS[i].name, (int)i);
        if (!is_asked) continue;
        why[0] = '\0';
        bool is_good = TESTS[i].run();
        printf("%s%s%s%s\n", is_good ? "ok  " : "FAILED  ", TESTS[i].name, is_good ? "" : ": ", is_good ? "" : why);
        fflush(stdout);
        *passed += is_good;
        *failed += !is_good;
    }
}
