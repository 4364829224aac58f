/* known.c - scanners by their USB ids: kiosk/scan/known.h.
 *
 * Sources: usb.ids, the kernel's module aliases and quirks, makers' manuals, captures that users published. To add a
 * scanner: a row; single products stand above their maker's row. */
#include "kiosk/scan/known.h"

#include <stddef.h>

#define ONE 0xFFFF
#define LAST_TWO 0x00FF

static const struct known KNOWN[] = {
    {0x0C2E, 0x0007, ONE,      SCAN_MODE_IBM,    "Honeywell"               },
    {0x0C2E, 0x0700, ONE,      SCAN_MODE_VENDOR, "Metrologic"              },
    {0x0C2E, 0x0720, ONE,      SCAN_MODE_VENDOR, "Metrologic"              },
    {0x0C2E, 0x0907, ONE,      SCAN_MODE_POS,    "Honeywell Xenon 1900"    },
    {0x0C2E, 0x0B61, ONE,      SCAN_MODE_KEYS,   "Honeywell Vuquest 3310g" },
    {0x0C2E, 0x0B6A, ONE,      SCAN_MODE_KEYS,   "Honeywell Vuquest 3310g" },
    {0x0C2E, 0x0B81, ONE,      SCAN_MODE_KEYS,   "Honeywell Voyager 1400g" },
    {0x0C2E, 0x0B87, ONE,      SCAN_MODE_POS,    "Honeywell"               },
    {0x0C2E, 0x0DB3, ONE,      SCAN_MODE_POS,    "Honeywell Voyager 1602g" },
    {0x0C2E, 0x1007, ONE,      SCAN_MODE_POS,    "Honeywell"               },
    {0x0C2E, 0x0000, 0,        SCAN_MODE_OTHER,  "Honeywell"               },
    {0x05E0, 0x0600, ONE,      SCAN_MODE_VENDOR, "Zebra/Symbol"            },
    {0x05E0, 0x1200, ONE,      SCAN_MODE_KEYS,   "Zebra/Symbol"            },
    {0x05E0, 0x1300, ONE,      SCAN_MODE_IBM,    "Zebra/Symbol"            },
    {0x05E0, 0x1400, ONE,      SCAN_MODE_IBM,    "Zebra/Symbol"            },
    {0x05E0, 0x1701, ONE,      SCAN_MODE_SERIAL, "Zebra/Symbol"            },
    {0x05E0, 0x1900, ONE,      SCAN_MODE_SNAPI,  "Zebra/Symbol"            },
    {0x05E0, 0x0000, 0,        SCAN_MODE_OTHER,  "Zebra/Symbol"            },
    {0x05F9, 0x1206, ONE,      SCAN_MODE_IBM,    "Datalogic"               },
    {0x05F9, 0x2206, ONE,      SCAN_MODE_KEYS,   "Datalogic"               },
    {0x05F9, 0x220C, ONE,      SCAN_MODE_KEYS,   "Datalogic Gryphon GD4430"},
    {0x05F9, 0x4204, ONE,      SCAN_MODE_SERIAL, "Datalogic"               },
    {0x05F9, 0x5204, ONE,      SCAN_MODE_LOADER, "Datalogic"               },
    {0x05F9, 0x0000, 0,        SCAN_MODE_OTHER,  "Datalogic"               },
    {0x1EAB, 0x0003, LAST_TWO, SCAN_MODE_KEYS,   "Newland"                 },
    {0x1EAB, 0x0006, LAST_TWO, SCAN_MODE_SERIAL, "Newland"                 },
    {0x1EAB, 0x0010, LAST_TWO, SCAN_MODE_POS,    "Newland"                 },
    {0x1EAB, 0x0000, 0,        SCAN_MODE_OTHER,  "Newland"                 },
    {0x067E, 0x0801, ONE,      SCAN_MODE_KEYS,   "Intermec"                },
    {0x067E, 0x0803, ONE,      SCAN_MODE_SERIAL, "Intermec"                },
    {0x067E, 0x0805, ONE,      SCAN_MODE_SERIAL, "Intermec"                },
    {0x067E, 0x0809, ONE,      SCAN_MODE_POS,    "Intermec SG20"           },
    {0x065A, 0x0001, ONE,      SCAN_MODE_KEYS,   "Opticon"                 },
    {0x065A, 0x0009, ONE,      SCAN_MODE_VENDOR, "Opticon"                 },
    {0x0DB5, 0x0139, ONE,      SCAN_MODE_SERIAL, "Access-IS"               },
    {0x0DB5, 0x013A, ONE,      SCAN_MODE_KEYS,   "Access-IS"               },
    {0x0DB5, 0x013B, ONE,      SCAN_MODE_POS,    "Access-IS"               },
    {0x1FBB, 0x3850, ONE,      SCAN_MODE_SERIAL, "Cino"                    },
    {0x0536, 0x0000, 0,        SCAN_MODE_OTHER,  "Hand Held Products"      },
    {0x23D0, 0x0000, 0,        SCAN_MODE_OTHER,  "Youjie"                  },
};

const struct known *known_find(uint16_t vendor, uint16_t product)
{
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++)
        if (KNOWN[i].vendor == vendor && (product & KNOWN[i].mask) == KNOWN[i].product) return &KNOWN[i];
    return NULL;
}

bool scan_mode_is_read(enum scan_mode mode)
{
    return mode <= SCAN_MODE_SERIAL;
}

const char *scan_mode_word(enum scan_mode mode)
{
    static const char *const WORDS[] = {"other", "keys", "pos", "serial", "snapi", "ibm", "vendor", "loader"};
    return WORDS[mode];
}
