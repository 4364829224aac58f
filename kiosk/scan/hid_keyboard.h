/* hid_keyboard.h - decodes a scanner that pretends to be a keyboard: reports in, a line of text out.
 *
 * Line 2/11: reports -> one line of text
 *
 * A report says which keys are down: the eight bytes of the boot protocol (modifiers, reserved, six usages of HID page 7),
 * or what the device's descriptor says. A key counts when it goes down; the same usage in the next report is still the
 * same press, so "88" needs a release between. Usages 1 to 3 say that the device lost track: the report is dropped, nothing
 * is let go by it. What a key means is the layout's (hid_layout.h); Alt with digits of the keypad is a character's number,
 * which some scanners send in every country. Pure. */
#ifndef KIOSK_SCAN_HID_KEYBOARD_H
#define KIOSK_SCAN_HID_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/scan/hid_desc.h"
#include "kiosk/scan/hid_layout.h"
#include "kiosk/scan/lines.h"

enum { HID_REPORT_BYTES = 8, HID_KEYS_MAX = 14 };

struct hid_keyboard {
    struct hid_report form; /* bits 0: the boot protocol's */
    enum hid_layout   layout;
    uint8_t           held[HID_KEYS_MAX], modifiers;
    bool              is_caps; /* since its key in this line */
    bool              has_alt; /* a character's number is being sent: */
    int               alt;     /* so far */
    bool              is_done; /* the line is whole; the next key begins another one */
    size_t            len;     /* of the line, at most SCAN_LINE_MAX: what is longer is cut, and is no code of ours */
    char              line[SCAN_LINE_MAX];
};

/* Keys that went down with one report, in the report's order. */
struct hid_strokes {
    int     count;
    uint8_t modifiers;
    uint8_t usages[HID_KEYS_MAX + 1];
};

/* Takes reports of this descriptor's keyboard from now on; false: it has none that can be read. */
bool hid_keyboard_describe(struct hid_keyboard *keyboard, const struct hid_desc *desc);

/* Reports of another length or with another id are dropped: they give no strokes. */
void hid_keyboard_report(struct hid_keyboard *keyboard, const uint8_t *report, size_t len, struct hid_strokes *strokes);

/* One key that went down. True when a line is whole: line and len hold it until the next key. Enter, keypad Enter and Tab
 * end one; an end without a line is nothing (some scanners send Enter first). */
bool hid_keyboard_key(struct hid_keyboard *keyboard, uint8_t usage, uint8_t modifiers);

bool hid_keyboard_is_held(const struct hid_keyboard *keyboard); /* some key is */
void hid_keyboard_end(struct hid_keyboard *keyboard);           /* the line is whole, by silence */

#endif
