/* descs.h - HID report descriptors of scanners, for the tests of decoders and for the emulated devices.
 *
 * The boot keyboard's is the one that real devices serve, byte by byte. No descriptor of a real HID POS scanner was at
 * hand: these are written after the makers' descriptions of their reports. */
#ifndef TESTS_USB_DESCS_H
#define TESTS_USB_DESCS_H

#include <stdint.h>

#define DESC_MODIFIERS 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02
#define DESC_LEDS \
    0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01
#define DESC_KEYS \
    0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x05, 0x07, 0x19, 0x00, 0x2A, 0xFF, 0x00, 0x81, 0x00

/* 8 bytes: modifiers, reserved, six keys. */
static const uint8_t DESC_KEYBOARD[] = {0x05, 0x01, 0x09, 0x06, 0xA1, 0x01,      DESC_MODIFIERS, 0x95,
                                        0x01, 0x75, 0x08, 0x81, 0x01, DESC_LEDS, DESC_KEYS,      0xC0};

/* 9 bytes with id 2 first; a vendor's report of 63 bytes with id 1 beside it. */
static const uint8_t DESC_KEYBOARD_ID[] = {
    0x06, 0x00, 0xFF, 0x09,           0x01, 0xA1, 0x01, 0x85, 0x01, 0x15, 0x00,      0x26,      0xFF, 0x00,
    0x75, 0x08, 0x95, 0x3F,           0x09, 0x01, 0x81, 0x02, 0xC0, 0x05, 0x01,      0x09,      0x06, 0xA1,
    0x01, 0x85, 0x02, DESC_MODIFIERS, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, DESC_LEDS, DESC_KEYS, 0xC0};

#define DESC_POS_BEGIN \
    0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x12, 0xA1, 0x02, 0x85, 0x02, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08
#define DESC_POS_LENGTH 0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81, 0x02
#define DESC_POS_AIM 0x05, 0x8C, 0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD, 0x95, 0x03, 0x81, 0x02
#define DESC_POS_DATA 0x05, 0x8C, 0x09, 0xFE, 0x95, 0x38, 0x82, 0x02, 0x01
#define DESC_PAD(bytes) 0x95, bytes, 0x81, 0x03
#define DESC_POS_MORE 0x05, 0x8C, 0x75, 0x01, 0x95, 0x01, 0x09, 0xFF, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03
#define DESC_POS_END 0xC0, 0xC0

/* Honeywell, Access-IS: id, length, AIM at 2 to 4, 56 of data, two more, the bit that it goes on. A second collection of the
 * maker's own with other reports, as Honeywell's have it. */
static const uint8_t DESC_POS_HONEYWELL[] = {DESC_POS_BEGIN,
                                             DESC_POS_LENGTH,
                                             DESC_POS_AIM,
                                             DESC_POS_DATA,
                                             DESC_PAD(2),
                                             DESC_POS_MORE,
                                             DESC_POS_END,
                                             0x06,
                                             0x8C,
                                             0xFF,
                                             0x09,
                                             0x02,
                                             0xA1,
                                             0x01,
                                             0x85,
                                             0x06,
                                             0x15,
                                             0x00,
                                             0x26,
                                             0xFF,
                                             0x00,
                                             0x75,
                                             0x08,
                                             0x95,
                                             0x3F,
                                             0x09,
                                             0xFE,
                                             0x82,
                                             0x02,
                                             0x01,
                                             0xC0};

/* AIM at 3 to 5. */
static const uint8_t DESC_POS_LATER[] = {DESC_POS_BEGIN, DESC_POS_LENGTH, DESC_PAD(1),   DESC_POS_AIM,
                                         DESC_POS_DATA,  DESC_PAD(1),     DESC_POS_MORE, DESC_POS_END};

/* Newland: no AIM, data from 2. */
static const uint8_t DESC_POS_NEWLAND[] = {DESC_POS_BEGIN, DESC_POS_LENGTH, DESC_POS_DATA,
                                           DESC_PAD(5),    DESC_POS_MORE,   DESC_POS_END};

/* What says that it is a boot keyboard and is something of a vendor. */
static const uint8_t DESC_VENDOR[] = {0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x19, 0x00, 0x29, 0xFF,
                                      0x15, 0x00, 0x25, 0xFF, 0x95, 0x01, 0x75, 0x08, 0x81, 0x02, 0xC0};

#endif
