/* door.h - the opening direction [R2]: word, elevation and plan, always together, from the house's viewing side.
 *
 * In the elevation the opening lines meet at the hinges; solid lines open towards the viewer, dashed ones away. */
#ifndef LABELS_DOOR_H
#define LABELS_DOOR_H

#include "labels/box.h"

/* changed, as bits. */
enum { DOOR_WIDE_CHANGED = 1, DOOR_HIGH_CHANGED = 2 };

struct door {
    const char *opening;          /* as ordered; the drawing follows it where it tells (shape_door_of) */
    int         leaves;           /* 1 or 2; 0 is 1 */
    bool        is_arched;        /* round above */
    bool        is_seen_inside;   /* the house's viewing side */
    int         wide_mm, high_mm; /* of the wall opening; 0: not printed */
    unsigned    changed;
};

/* Everything into area, of at least 42 x 50 mm, with a frame; a picture of the door, if there is one, beside the plan. */
void door_put(struct paper *paper, struct area area, const struct door *door, const void *picture, size_t size);

#endif
