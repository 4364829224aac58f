/* emulator.h - USB devices that aren't there: umockdev's test bed, and what the kernel's usbfs does, for the real libusb.
 *
 * The program under test runs unmodified with libumockdev-preload; its ioctls on /dev/bus/usb come here. As strict as the
 * kernel where it matters: packets and short packets, claims, halts, what is in flight when a device is pulled out or a file
 * is closed. A device's file is a terminal, so that poll() tells what usbfs's would: POLLOUT when something is to be
 * reaped, POLLERR and POLLHUP when the device is gone. */
#ifndef TESTS_USB_EMULATOR_H
#define TESTS_USB_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { USB_INTERFACES_MAX = 3, USB_PACKET_MAX = 64 };

struct usb_interface {
    uint8_t class, subclass, protocol;
    uint8_t        endpoint; /* IN; 0: none */
    bool           is_bulk;
    uint8_t        packet_bytes;
    const uint8_t *desc; /* HID report descriptor */
    size_t         desc_len;
};

struct usb_profile {
    const char          *name;
    uint16_t             vendor, product;
    const char          *product_name, *serial; /* NULL: none */
    int                  interface_count;
    struct usb_interface interfaces[USB_INTERFACES_MAX];
    bool                 is_unread; /* the kernel shows no report descriptors: no driver holds the device */
};

struct usb;

void usb_open(void); /* the test bed, first of all */
void usb_close(void);

/* At a socket (1..) of bus 1; what is told the program first is that it is there, all else is in place then. */
struct usb *usb_plug(const struct usb_profile *profile, int socket);
void        usb_unplug(struct usb *usb, bool is_told_late); /* frees it; late: reads fail some time before */

/* Reports of an interface wait in the device until they are asked for; status 0, or a negative errno in their place. */
void usb_report(struct usb *usb, int interface, const uint8_t *bytes, size_t len, int status);
bool usb_is_drained(struct usb *usb);

/* What the program did with it. */
unsigned usb_claimed(struct usb *usb);  /* interfaces, as bits */
unsigned usb_detached(struct usb *usb); /* taken from the kernel's driver and not given back, as bits */
int      usb_opened(struct usb *usb);   /* files open now */
int      usb_requests(struct usb *usb, uint8_t request); /* control requests of this kind so far */

void usb_busy(struct usb *usb, int times);      /* that many claims are refused: another program has it */
void usb_allow(struct usb *usb, bool may_open); /* the rights of its file */

#endif
