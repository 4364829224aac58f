/* hid_desc.h - a HID report descriptor: bytes in, where keys and scanned data stand in each input report out.
 *
 * Items as HID 1.11, 6.2.2 has them; scanned data as the HID Point of Sale Usage Tables 1.02 do. Only what a scanner
 * needs is kept. What is longer, deeper or odder than the bounds below is an unknown device, never a crash. Pure. */
#ifndef KIOSK_SCAN_HID_DESC_H
#define KIOSK_SCAN_HID_DESC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HID_DESC_MAX = 4096, HID_REPORTS_MAX = 16, HID_REPORT_BITS_MAX = 8192, HID_AIM = 3 };

/* count fields of size_bits each, one behind the other; count 0: there is none. */
struct hid_field {
    uint16_t at_bit, size_bits, count;
};

/* Places count from the report's first byte, which is the id where reports have one. */
struct hid_report {
    uint8_t          id; /* 0: reports have none */
    uint16_t         bits;
    struct hid_field modifiers, keys;            /* a keyboard's: page 7, E0 to E7; an array of usages */
    struct hid_field length, aim[HID_AIM], data; /* a scanner's: 01:3B, 8C:FB to FD, 8C:FE */
    struct hid_field more;                       /* 8C:FF: the data goes on in the next report */
};

struct hid_desc {
    bool              has_ids;
    bool              has_touch; /* a touch screen or pad: some are keyboards besides */
    int               count;
    struct hid_report reports[HID_REPORTS_MAX];
};

/* False: no descriptor that makes sense; *desc is left alone. */
bool hid_desc_read(const uint8_t *bytes, size_t len, struct hid_desc *desc);

/* The first report that is a keyboard's or a scanner's, in whole bytes; NULL: none. */
const struct hid_report *hid_desc_keyboard(const struct hid_desc *desc);
const struct hid_report *hid_desc_pos(const struct hid_desc *desc);

/* The report of these bytes; NULL: an id that the descriptor doesn't know, or no bytes. */
const struct hid_report *hid_desc_report(const struct hid_desc *desc, const uint8_t *report, size_t len);

/* Of the longest input report, its id included. */
size_t hid_desc_longest_bytes(const struct hid_desc *desc);
size_t hid_report_bytes(const struct hid_report *report);

#endif
