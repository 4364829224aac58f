/* dock.h - what stands at a dock: a part of struct flow.
 *
 *     IDLE -- note --> NOTE -- door --> (DOORS: how many?) --> saved --> MOVED -- 1.2 s --> NOTE
 *                       +-- "loading is over" --> LEFT (what stays behind) -- badge, "yes" --> saved --> MOVED --> IDLE
 *     IDLE -- door --> (DOORS) --> saved --> MOVED --> IDLE: it came in
 *     IDLE -- goods --> GOODS (come in, moved, counted, came back) -- door --> (DOORS) --> saved --> MOVED --> GOODS
 *
 * A note that isn't paid, or is void, makes NOTE red; once it may be loaded NOTE is green until somebody does something.
 * A door that is scanned before anybody has badged waits for the badge. */
#ifndef KIOSK_FLOW_DOCK_H
#define KIOSK_FLOW_DOCK_H

#include "kiosk/words.h"

/* What is done with doors that are scanned while no note is in hand. Numbers stand on cards (ACTION_GOODS). */
enum goods { GOODS_IN, GOODS_TRANSFER, GOODS_COUNT, GOODS_RETURN, GOODS };

enum {
    DOCK_MS = 900000,     /* nobody does anything: the note is put away, and who is signed in is signed out */
    DOCK_NEWS_MS = 20000, /* "it may be loaded now" stands */
    DOCK_DIGITS_MAX = 6
};

struct flow_dock {
    bool              has_note;
    struct found_note note;
    struct found_age  age;     /* of what is known of it */
    struct code       paper;   /* as it was scanned; digits "": touched in the list */
    bool              is_news; /* it may be loaded now, and couldn't be before */
    int               page;

    enum goods  goods;
    struct code place;                /* digits "": none scanned */
    char        place_name[NAME_MAX]; /* "" = its number */

    bool               has_door; /* in hand: waits for a badge, a place or a number */
    struct code        code;
    struct found_sheet sheet;
    struct found_door  door;

    /* MOVED: the line's figures after what was kept. */
    int64_t loaded, asked;
    int64_t books; /* of a stock count: what the books have; -1: not known */
};

#endif
