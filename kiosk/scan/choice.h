/* choice.h - which scanners this kiosk listens to: chosen by teaching, known again after a replug and a restart.
 *
 * A device is the same if maker, product and serial number are; many scanners have no serial number, or all the same: then
 * the socket that it is plugged into tells. Kept as text, one line a choice. Pure. */
#ifndef KIOSK_SCAN_CHOICE_H
#define KIOSK_SCAN_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/scan/hid_layout.h"
#include "kiosk/scan/known.h"

enum { CHOICES_MAX = 8, DEVICE_SERIAL_MAX = 40, DEVICE_PORT_MAX = 24, CHOICES_TEXT_MAX = CHOICES_MAX * 128 };

struct device_id {
    uint16_t vendor, product;
    char     port[DEVICE_PORT_MAX];     /* bus and sockets, as in 1-5.2 */
    char     serial[DEVICE_SERIAL_MAX]; /* "" = none */
};

struct choice {
    struct device_id id;
    int              interface; /* that the code came from */
    enum scan_mode   mode;
    enum hid_layout  layout;
};

struct choices {
    int           count;
    struct choice list[CHOICES_MAX];
};

/* The choice that is this device; -1: none. */
int choices_find(const struct choices *choices, const struct device_id *id);

/* Adds a choice, or puts it in the place of the same device's; of too many the oldest goes. */
void choices_put(struct choices *choices, const struct choice *choice);
void choices_drop(struct choices *choices, int at);

void choices_write(const struct choices *choices, char text[CHOICES_TEXT_MAX]);
void choices_read(const char *text, struct choices *choices); /* lines that can't be are passed over */

#endif
