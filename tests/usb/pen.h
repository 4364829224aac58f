/* pen.h - the hands of an emulated scanner: text in, the reports or bytes that a device of that kind sends out. */
#ifndef TESTS_USB_PEN_H
#define TESTS_USB_PEN_H

#include "tests/usb/emulator.h"

enum pen_kind { PEN_KEYS, PEN_POS, PEN_SERIAL };
enum pen_country { PEN_US, PEN_GERMAN, PEN_FRENCH, PEN_UK };

enum { PEN_SLOW_US = 40000 };

struct pen {
    enum pen_kind    kind;
    enum pen_country country;
    int              interface;
    uint8_t          id;              /* of keyboards' reports; 0: none */
    size_t           aim_at, data_at; /* POS; aim_at 0: none */

    /* How it writes. */
    bool is_keypad, is_unreleased, is_slow;
    int  keys_each;              /* in one report; 0 or 1: one */
    bool is_caps;                /* its caps lock is down: letters and, in French, digits come without shift */
    void (*between)(void *self); /* after each report */
    void *self;
};

void pen_text(const struct pen *pen, struct usb *usb, const char *text); /* '\n': the key Enter, or CR */
void pen_part(const struct pen *pen, struct usb *usb, const char *text, size_t len, const char *aim, bool is_more);
void pen_keys(const struct pen *pen, struct usb *usb, uint8_t modifiers, const uint8_t *keys, int count);

#endif
