/* hid_pos.h - decodes a scanner in HID POS mode: reports in, a line of bytes out.
 *
 * A report carries a length, in some devices an AIM identifier ("]C1"), data, and whether the next report goes on. Where
 * these stand is the descriptor's: makers have the identifier at byte 2 (Honeywell, Access-IS), at byte 3, or not at all
 * (Newland). What the scanner answers to commands says "]Z6", and is no barcode. A length beyond the data, a report that is
 * cut off, parts of two barcodes: the whole scan is dropped, and said to be. Pure. */
#ifndef KIOSK_SCAN_HID_POS_H
#define KIOSK_SCAN_HID_POS_H

#include "kiosk/scan/hid_desc.h"
#include "kiosk/scan/lines.h"

enum hid_pos_got {
    HID_POS_NOTHING, /* a part, an answer, a report of another kind */
    HID_POS_LINE,    /* line and len hold it until the next report */
    HID_POS_BROKEN   /* a scan was dropped */
};

struct hid_pos {
    bool    is_open;     /* the barcode goes on in the next report */
    bool    is_skipping; /* it does, but is broken: up to its last report nothing counts */
    uint8_t aim[HID_AIM];
    size_t  len; /* at most SCAN_LINE_MAX; what is longer is cut, and is no code of ours */
    char    line[SCAN_LINE_MAX];
};

enum hid_pos_got hid_pos_report(struct hid_pos *pos, const struct hid_desc *desc, const uint8_t *report, size_t len);

/* Drops what is open; true: there was something. */
bool hid_pos_drop(struct hid_pos *pos);

#endif
