/* hid_keyboard.h - decodes a scanner that pretends to be a keyboard: reports in, a line of text out.
 *
 * Line 2/11: reports -> one line of text
 *
 * Reports are the eight bytes of the boot protocol: modifiers, reserved, six usages of HID page 7 that are down. A key
 * counts when it goes down; the same usage in the next report is still the same press, so "88" needs a release between.
 * Usages 1 to 3 say that the device lost track: the report is dropped, nothing is let go by it. Layout US, which is how
 * scanners leave the factory; the layout of the machine plays no part. Pure. */
#ifndef KIOSK_SCAN_HID_KEYBOARD_H
#define KIOSK_SCAN_HID_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HID_REPORT_BYTES = 8, HID_KEYS = 6, HID_LINE_MAX = 4200 };

struct hid_keyboard {
    uint8_t held[HID_KEYS];
    bool    is_done; /* the line is whole; the next key begins another one */
    size_t  len;     /* of the line, at most HID_LINE_MAX: what is longer is cut, and is no code of ours anyway */
    char    line[HID_LINE_MAX];
};

/* True when a line is whole: line and len hold it until the next key goes down. Enter, keypad Enter and Tab end one;
 * an end without a line is nothing (some scanners send Enter first). Reports of another length are dropped. */
bool hid_keyboard_report(struct hid_keyboard *keyboard, const uint8_t *report, size_t len);

/* The same for one key that went down, as a window tells it. */
bool hid_keyboard_key(struct hid_keyboard *keyboard, uint8_t usage, uint8_t modifiers);

#endif
