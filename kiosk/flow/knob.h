/* knob.h - the settings of the kiosk itself: what there is to set, what each may be, and on which page of setup.
 *
 * To add a setting: a row of enum knob, its row in knob.c, its words "knob.NAME", "knob.NAME.about", and for a choice
 * "knob.NAME.0", "knob.NAME.1" ... Who uses it reads flow->knobs[]. */
#ifndef KIOSK_FLOW_KNOB_H
#define KIOSK_FLOW_KNOB_H

#include <stdbool.h>
#include <stdint.h>

/* Numbers stand in command cards (ACTION_SET), so they never change. */
enum knob {
    KNOB_VOLUME = 0,
    KNOB_THEME = 1,
    KNOB_LANG = 2,
    KNOB_SIGN_OUT = 3,         /* enum sign_out */
    KNOB_SIGN_OUT_SECONDS = 4, /* where that says seconds */
    KNOB_DIM_MIN = 5,          /* minutes without scan or touch until the screen goes dark; 0: never */
    KNOBS
};

/* Pages of setup; numbers stand in command cards (ACTION_SETUP). To add one: a row here, its picture in
 * screen/setup.c, and what it decides in flow/setup.c. */
enum setup_page {
    SETUP_MENU = 0,
    SETUP_STATION = 1, /* enrolment */
    SETUP_SCANNERS = 2,
    SETUP_QUEUE = 3,
    SETUP_DIAGNOSIS = 4,
    SETUP_SOUND = 5,
    SETUP_SCREEN = 6,
    SETUP_SIGN_OUT = 7,
    SETUP_TOUCH = 8,
    SETUP_END = 9,
    SETUP_PAGES
};

enum knob_kind { KNOB_STEPS, KNOB_CHOICE };

struct knob_row {
    const char     *name; /* on the disk: never changes; texts knob.NAME ... */
    enum knob_kind  kind;
    int32_t         least, most, step, otherwise; /* what may be, and what is until somebody sets it */
    enum setup_page page;                         /* on which it is set */
};

const struct knob_row *knob_row(enum knob knob);

bool knob_allows(enum knob knob, int64_t value);

/* Its number; -1: no such name. */
int knob_of(const char *name);

#endif
