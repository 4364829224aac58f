/* devices.h - the emulated devices: what each says of itself when it is plugged in. To add one: a profile. */
#ifndef TESTS_USB_DEVICES_H
#define TESTS_USB_DEVICES_H

#include "tests/usb/descs.h"
#include "tests/usb/emulator.h"

#define KEYS_IF(bytes, is_boot)                                                                                   \
    {                                                                                                             \
        .class = 3, .subclass = is_boot, .protocol = is_boot, .endpoint = 0x81, .packet_bytes = 8, .desc = bytes, \
        .desc_len = sizeof bytes                                                                                  \
    }
#define POS_IF(bytes, at)                                                                       \
    {                                                                                           \
        .class = 3, .endpoint = at, .packet_bytes = 64, .desc = bytes, .desc_len = sizeof bytes \
    }

static const struct usb_profile __attribute__((unused))
KEYBOARD = {"keyboard", 0x05E0, 0x1200, "Symbol Bar Code Scanner", "S1", 1, {KEYS_IF(DESC_KEYBOARD, 1)}, false};
static const struct usb_profile __attribute__((unused))
KEYBOARD_ID = {"keyboard with id", 0x0BEB, 0x0001, "MS-4", NULL, 1, {KEYS_IF(DESC_KEYBOARD_ID, 0)}, false};
static const struct usb_profile __attribute__((unused))
HONEYWELL = {"honeywell", 0x0C2E, 0x0DB3, "Voyager 1602g", "17261B0123", 1, {POS_IF(DESC_POS_HONEYWELL, 0x81)}, false};
static const struct usb_profile __attribute__((unused))
ACCESS = {"access-is", 0x0DB5, 0x013B, NULL, NULL, 1, {POS_IF(DESC_POS_LATER, 0x81)}, false};
static const struct usb_profile __attribute__((unused))
NEWLAND = {"newland", 0x1EAB, 0x1D10, "FM430", "", 1, {POS_IF(DESC_POS_NEWLAND, 0x81)}, false};
static const struct usb_profile __attribute__((unused))
UNREAD = {"unread", 0x1EAB, 0x1D10, "FM430", NULL, 1, {POS_IF(DESC_POS_NEWLAND, 0x81)}, true};
static const struct usb_profile __attribute__((unused)) COMPOSITE = {
    "composite", 0x0C2E, 0x0907, "Xenon 1900", NULL, 2, {KEYS_IF(DESC_KEYBOARD, 1), POS_IF(DESC_POS_HONEYWELL, 0x82)},
    false
};
static const struct usb_profile __attribute__((unused)) SERIAL = {
    "serial",
    0x05E0,
    0x1701,
    "Symbol CDC",
    NULL,
    2,
    {{.class = 2, .subclass = 2, .protocol = 1, .endpoint = 0x83, .packet_bytes = 8},
      {.class = 10, .endpoint = 0x81, .is_bulk = true, .packet_bytes = 64}},
    false
};
static const struct usb_profile __attribute__((unused))
SNAPI = {"snapi", 0x05E0, 0x1900, NULL, NULL, 1, {POS_IF(DESC_VENDOR, 0x81)}, false};
static const struct usb_profile __attribute__((unused))
VENDOR = {"vendor", 0x1234, 0x0001, NULL, NULL, 1, {KEYS_IF(DESC_VENDOR, 1)}, false};
static const struct usb_profile __attribute__((unused))
STICK = {"stick", 0x0781, 0x5567, NULL, NULL, 1, {{.class = 8, .endpoint = 0x81, .is_bulk = true, .packet_bytes = 64}},
         false};

static const struct usb_profile __attribute__((unused))
NEIGHBOUR = {"neighbour", 0x05F9, 0x2206, "Gryphon", "N1", 1, {KEYS_IF(DESC_KEYBOARD, 1)}, false};

/* A touch screen that is a keyboard too, on one interface or on two. */
static const struct usb_profile __attribute__((unused)) TOUCH = {
    "touch",
    0x222A,
    0x0001,
    "ILITEK Multi-Touch",
    NULL,
    2,
    {KEYS_IF(DESC_KEYBOARD, 1),
      {.class = 3, .endpoint = 0x82, .packet_bytes = 8, .desc = DESC_TOUCH, .desc_len = sizeof DESC_TOUCH}},
    false
};
static const struct usb_profile __attribute__((unused))
TOUCH_ONE = {"touch in one", 0x222A, 0x0002, "ILITEK Multi-Touch", NULL, 1, {KEYS_IF(DESC_TOUCH_KEYS, 0)}, false};

enum { SOCKET = 5, SOCKET_OTHER = 6 };

#endif
