/* hid_layout.h - which character stands on a key: a scanner sends keys, and has a country set.
 *
 * Usages of HID page 7, named after the US keyboard; what they mean is a row of strings in hid_layout.c. To add a
 * layout: a row there and its name in enum hid_layout. The layout of the machine plays no part. Pure. */
#ifndef KIOSK_SCAN_HID_LAYOUT_H
#define KIOSK_SCAN_HID_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Kept by number: new ones come last. */
enum hid_layout { LAYOUT_US, LAYOUT_GERMAN, LAYOUT_FRENCH, LAYOUT_UK, LAYOUTS };

enum { HID_LAYOUT_CHAR_MAX = 4 };

/* The character of a key as UTF-8, not terminated; 0: none. The keypad's are the same everywhere. */
size_t hid_layout_char(enum hid_layout layout, uint8_t usage, bool is_shift, bool is_altgr, bool is_caps,
                       char text[HID_LAYOUT_CHAR_MAX]);

#endif
