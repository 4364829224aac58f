/* reader.h - one device's decoder with its time: reports or keys in, lines out.
 *
 * Each device has its own, so what two devices send at once never mixes. A scanner that sends no Enter is done when it is
 * silent. A key that hangs is no second character; once it was silent for a moment, whatever else comes is a new press.
 * Pure: time is a value. */
#ifndef KIOSK_SCAN_READER_H
#define KIOSK_SCAN_READER_H

#include "kiosk/scan/hid_keyboard.h"
#include "kiosk/scan/hid_pos.h"
#include "kiosk/scan/lines.h"
#include "kiosk/scan/serial.h"

enum {
    SCAN_SILENCE_MS = 150,
    SCAN_HALF_MS = 400,
    SCAN_TYPING_MS = 3000,
    SCAN_PART_MS = 1000, /* of HID POS: the rest doesn't come any more */
    SCAN_STUCK_MS = 2000
};

enum reader_kind { READER_KEYS, READER_POS, READER_SERIAL };

/* Zero-initialised reads a boot keyboard of US layout. */
struct reader {
    enum reader_kind kind;
    bool             is_scanner;       /* nobody types on it */
    int              device;           /* as lines name it */
    int64_t          first_ms, key_ms; /* mono: of the line's first key and of the newest one */
    int64_t          report_ms;        /* of the newest report */
    int64_t          held_ms;          /* a key is held since; 0: none is */
    struct hid_desc  desc;             /* POS */
    union {
        struct hid_keyboard keyboard;
        struct hid_pos      pos;
        struct serial       serial;
    };
};

/* From now on a device with this descriptor; false: it is of no kind that can be read. */
bool reader_describe(struct reader *reader, const struct hid_desc *desc);

/* What came in one transfer. mono_ms is above 0. */
void reader_report(struct reader *reader, const uint8_t *report, size_t len, int64_t mono_ms, struct lines *lines);
void reader_key(struct reader *reader, uint8_t usage, uint8_t modifiers, int64_t mono_ms, struct lines *lines);

/* Silence ends a line: at once where it is as long as a code, a moment later where a scanner broke off, so that the next
 * scan is one by itself, and else after somebody could have gone on typing. mono_ms is of a moment at which no key waited. */
void    reader_time(struct reader *reader, int64_t mono_ms, struct lines *lines);
int64_t reader_deadline(const struct reader *reader); /* INT64_MAX: never */

/* The device is gone, or lost something: what is half read is dropped, with the sentence wrong where it isn't NULL. */
void reader_drop(struct reader *reader, const char *wrong, struct lines *lines);

bool reader_is_stuck(const struct reader *reader, int64_t mono_ms);

#endif
