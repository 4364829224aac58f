/* sysfs.h - what the kernel tells of a USB device to everybody, without opening it: names, and HID report descriptors.
 *
 * Under Linux's /sys. A device that isn't chosen is looked at only so: it is never disturbed. */
#ifndef KIOSK_SCAN_SYSFS_H
#define KIOSK_SCAN_SYSFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An attribute of the device at this port (1-5.2) as one line of clean UTF-8; "" where there is none. */
void sysfs_text(const char *port, const char *attribute, char *text, size_t cap);

/* The report descriptor of an interface; 0 bytes: no driver of the kernel holds it, so nobody has read it. */
size_t sysfs_descriptor(const char *port, int configuration, int interface, uint8_t *bytes, size_t cap);

#endif
