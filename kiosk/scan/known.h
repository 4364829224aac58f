/* known.h - scanners by their USB ids: a name, and in which mode they are.
 *
 * Hints, no proof: the same ids stand on scanners and on other readers, so what a device really is its descriptor says.
 * They name modes that this kiosk doesn't read, and tell which serial ports are scanners. Pure. */
#ifndef KIOSK_SCAN_KNOWN_H
#define KIOSK_SCAN_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

enum scan_mode {
    SCAN_MODE_OTHER, /* not known yet */
    SCAN_MODE_KEYS,
    SCAN_MODE_POS,
    SCAN_MODE_SERIAL,
    /* Not read here: the scanner must be set to another mode. */
    SCAN_MODE_SNAPI,  /* Zebra's own; wants each scan acknowledged */
    SCAN_MODE_IBM,    /* hand-held, table-top, OEM: mute until it is told to scan */
    SCAN_MODE_VENDOR, /* a serial port of the maker's own kind */
    SCAN_MODE_LOADER  /* waits for new firmware */
};

struct known {
    uint16_t       vendor, product, mask; /* product's bits that count; 0: all of the maker's */
    enum scan_mode mode;
    const char    *name;
};

/* The first row that fits; NULL: none. */
const struct known *known_find(uint16_t vendor, uint16_t product);

bool scan_mode_is_read(enum scan_mode mode);

const char *scan_mode_word(enum scan_mode mode); /* keys, pos, serial ... */

#endif
