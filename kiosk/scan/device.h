/* device.h - one USB device that may be a scanner: looked at, opened, read, let go.
 *
 * Belongs to the thread of scanner.c and opens libusb with it. All reading is asynchronous: a transfer is always under way
 * while the device is open, and what it brings goes through the interface's own reader into lines. Opening takes all HID
 * and serial interfaces of the device away from the kernel's drivers, so that no key of it reaches a window; closing gives
 * them back. Nothing is opened, written or detached before device_open().
 *
 *     SHUT --open--> OPEN --shut, error--> CLOSING --last transfer came back--> SHUT (again later, or gone)
 */
#ifndef KIOSK_SCAN_DEVICE_H
#define KIOSK_SCAN_DEVICE_H

#include <libusb.h>

#include "core/clock.h"
#include "kiosk/scan/choice.h"
#include "kiosk/scan/reader.h"

enum { FACES_MAX = 4, DEVICE_NAME_MAX = 64 };

enum device_stage { DEVICE_SHUT, DEVICE_OPEN, DEVICE_CLOSING };

struct device;

/* An interface that can be read. */
struct face {
    struct device          *device;
    int                     interface;
    enum scan_mode          mode;
    bool                    is_boot;
    uint8_t                 endpoint;
    uint16_t                packet_bytes;
    bool                    has_desc;
    struct hid_desc         desc;
    struct reader           reader;
    struct reader          *tries; /* while it is taught, one for each layout; NULL: it isn't */
    struct libusb_transfer *transfer;
    uint8_t                *buffer;
    bool                    is_flying, is_halted, is_gone;
    int                     errors;   /* in a row */
    int64_t                 again_ms; /* not under way: submit it then */
};

struct device {
    int                   number; /* from 1, never used twice */
    libusb_device        *usb;
    libusb_device_handle *handle;
    struct device_id      id;
    char                  name[DEVICE_NAME_MAX];
    enum scan_mode        mode; /* the best of its interfaces, or what makes it unreadable */
    enum device_stage     stage;
    bool                  is_gone;
    int                   looks;   /* at descriptors that aren't there yet; 0: they are, or never will be */
    int64_t               look_ms; /* the next one */
    int                   error;   /* of libusb, why it isn't open; 0: none */
    int64_t               retry_ms, backoff_ms;
    bool                  is_denied;
    int64_t               denied_ms; /* asked then */
    int64_t               seen_ms;   /* a line came; 0: never */
    struct lines         *lines;
    const struct clock   *clock;   /* real */
    int64_t               now_ms;  /* of what happens now */
    uint32_t              claimed; /* interfaces, as bits */
    int                   face_count;
    struct face           faces[FACES_MAX];
};

/* NULL: nothing that could be a scanner. */
struct device *device_new(libusb_device *usb, int number, const struct clock *clock, struct lines *lines);
void           device_free(struct device *device); /* shut */

/* Tries to open; what fails is tried again at retry_ms, with longer and longer pauses. */
void device_open(struct device *device, enum hid_layout layout, bool is_taught);
void device_shut(struct device *device, const char *wrong); /* what is half read gets this sentence; NULL: none */

/* After each round of events: puts under way what isn't, ends what is silent, closes what is let go. */
void    device_step(struct device *device);
int64_t device_deadline(const struct device *device, bool is_wanted); /* wanted: it is to be open */

bool device_is_stuck(const struct device *device);

/* Lines name where they come from: device, interface, and the layout under which keys were read. */
void device_untag(int tag, int *number, int *face, enum hid_layout *layout);

/* Nobody may open it: a rule of udev is missing. */
bool device_is_denied(struct device *device);

#endif
