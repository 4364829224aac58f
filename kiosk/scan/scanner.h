/* scanner.h - scanners on USB: found, chosen by teaching, listened to; their lines wait here until somebody takes them.
 *
 * Line 1/11: a USB device -> reports
 *
 * One thread of its own owns libusb; nothing here waits for it but scanner_stop(). Only chosen devices are opened, and taken
 * away from the system whole, so that their keys never reach a window; all others are looked at from outside and left alone.
 * While nothing is chosen: if exactly one device says by itself that it is a scanner (HID POS, or a scanner's serial port),
 * it is listened to, so that a new kiosk can be set up by scanning; a keyboard never is, it reaches the kiosk's window as
 * any keyboard does. Teaching listens to every device that could be one, until the first whole code, or for a minute. */
#ifndef KIOSK_SCAN_SCANNER_H
#define KIOSK_SCAN_SCANNER_H

#include "core/err.h"
#include "kiosk/scan/choice.h"
#include "kiosk/scan/lines.h"

enum { SCANNERS_MAX = 16, SCANNER_NAME_MAX = 64, SCANNER_TEACH_MS = 60000 };

enum scanner_state {
    SCANNER_FOUND, /* plugged in, not chosen, and left alone */
    SCANNER_WORKING,
    SCANNER_STUCK,      /* it works, and one of its keys hangs */
    SCANNER_DENIED,     /* this program may not open it: a rule of udev is missing */
    SCANNER_BUSY,       /* another program holds it */
    SCANNER_FAILING,    /* it can't be read; tried again and again */
    SCANNER_WRONG_MODE, /* of a kind that isn't read here: it must be set to another mode */
    SCANNER_ABSENT      /* chosen, and not plugged in */
};

struct scanner_seen {
    int                number; /* of the device, from 1; below 0: of the choice of an absent one */
    char               name[SCANNER_NAME_MAX];
    struct device_id   id;
    enum scan_mode     mode;
    enum hid_layout    layout;
    enum scanner_state state;
    bool               is_chosen;
    int64_t            seen_ms; /* of the real monotonic clock: its newest line; 0: none yet */
};

enum scanner_teaching {
    TEACHING_NEVER,
    TEACHING_NOW,
    TEACHING_DONE,   /* a scanner was taught; the choices tell which */
    TEACHING_NOTHING /* nobody scanned a code */
};

struct scanner_status {
    bool                  is_ready;    /* what was plugged in at the start was looked at */
    bool                  has_working; /* some device is listened to, and works */
    bool                  has_keys; /* nothing is chosen, and a keyboard, which may be a scanner, reaches the window */
    enum scanner_teaching teaching;
    struct choices        choices;
    int                   count;
    struct scanner_seen   list[SCANNERS_MAX];
};

struct scanner;

struct scanner_options {
    bool only_looks;          /* opens nothing */
    void (*wake)(void *self); /* from the thread: there is a line, or the status changed */
    void *self;
};

bool scanner_start(const struct scanner_options *options, const struct choices *choices, struct scanner **scanner,
                   struct err *err) MUST_CHECK;
void scanner_stop(struct scanner *scanner); /* gives all devices back; takes NULL */

/* The oldest line; false: none. *scan is left alone then. */
bool scanner_take(struct scanner *scanner, struct scan *scan);
int  scanner_lost(struct scanner *scanner); /* as lines_lost() */

/* The status as it is now; true: it is another than at the last call. */
bool scanner_look(struct scanner *scanner, struct scanner_status *status);

void scanner_teach(struct scanner *scanner, bool is_on);
void scanner_choose(struct scanner *scanner, int number,
                    enum hid_layout layout); /* or another layout for a chosen one */
void scanner_forget(struct scanner *scanner, int number);

#endif
