/* ear.h - the scanner thread under test, and what is heard of it. One at a time. */
#ifndef TESTS_USB_EAR_H
#define TESTS_USB_EAR_H

#include <glib.h>

#include "core/code.h"
#include "kiosk/scan/scanner.h"
#include "tests/usb/emulator.h"

enum { WHY_MAX = 512 };

/* Codes that are scanned: a badge, one with doubled digits, another badge, an enrolment. */
extern char one[CODE_TEXT_MAX], eights[CODE_TEXT_MAX], other[CODE_TEXT_MAX], enrol[CODE_TEXT_MAX];

extern struct scanner       *scanner; /* NULL: none runs */
extern struct scanner_status status;
extern GString              *heard, *heard_other; /* codes, or ! and the sentence's id, each ended by | */
extern int                   device_number; /* whose lines are heard, the others' go to heard_other; 0: everybody's */
extern char                  why[WHY_MAX];  /* the newest check didn't hold */

void choose_put(struct choices *choices, const struct usb_profile *profile, int socket, enum hid_layout layout);
void ear_start(const struct choices *choices, bool only_looks);
void ear_stop(void);
void ear_listen(void);

/* Until it is so; false: it never is. The thread's word wakes, and the emulator's side is looked at every millisecond. */
bool is_soon(bool (*is_so)(const void *self), const void *self);
bool is_drained(const void *usb);
bool is_heard_soon(const char *expected); /* exactly that, since the start */
bool is_state_soon(const struct usb_profile *profile, enum scanner_state state);

const struct scanner_seen *seen_of(const struct usb_profile *profile);

#endif
