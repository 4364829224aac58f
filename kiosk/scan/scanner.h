/* scanner.h - lines of text from whatever scans, in their order, until somebody takes them.
 *
 * Line 1/11: a device -> reports
 *
 * Today's devices are the keyboard as the window sees it, and reports that a driver hands in; a USB device of our own
 * comes in at scanner_report() as well. A scanner that sends no Enter is done when it is silent. */
#ifndef KIOSK_SCAN_SCANNER_H
#define KIOSK_SCAN_SCANNER_H

#include "kiosk/scan/hid_keyboard.h"

enum { SCANS_MAX = 16, SCAN_SILENCE_MS = 150, SCAN_HALF_MS = 400, SCAN_TYPING_MS = 3000 };

struct scan {
    bool   is_typed; /* as slowly as a person types */
    size_t len;
    char   text[HID_LINE_MAX];
};

struct scanner {
    struct hid_keyboard keyboard;
    int64_t             first_ms, key_ms; /* mono: of the line's first key and of the last one */
    int                 first, count;
    int                 lost; /* scans for which there was no room, since the last scanner_lost() */
    struct scan         scans[SCANS_MAX];
};

/* Zero-initialised is ready. */
void scanner_report(struct scanner *scanner, const uint8_t *report, size_t len, int64_t mono_ms);
void scanner_key(struct scanner *scanner, uint8_t usage, uint8_t modifiers, int64_t mono_ms);
void scanner_text(struct scanner *scanner, const char *text, size_t len);

/* Silence ends a line: at once where it is as long as a code, a moment later where a scanner broke off, so that the next
 * scan is one by itself, and else after somebody could have gone on typing. mono_ms is of a moment at which no key waited. */
void    scanner_time(struct scanner *scanner, int64_t mono_ms);
int64_t scanner_deadline(const struct scanner *scanner); /* INT64_MAX: never */

/* The oldest line; NULL: none. It stays valid until the next one is put in. */
const struct scan *scanner_take(struct scanner *scanner);

/* How many were lost; they are told, never dropped in silence. */
int scanner_lost(struct scanner *scanner);

#endif
