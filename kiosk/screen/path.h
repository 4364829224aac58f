/* path.h - drawings made a mask of grey: core/outline.h, core/shape.h. Pure. */
#ifndef KIOSK_SCREEN_PATH_H
#define KIOSK_SCREEN_PATH_H

#include <stdint.h>

#include "core/outline.h"
#include "core/shape.h"

/* Bytes 0 (nothing) to 255 (covered), width * height of them, rows from the top. */
struct mask {
    int      width, height;
    uint8_t *bytes; /* the caller's */
};

/* Adds the drawing to the mask. */
void path_draw(const char *drawing, const struct path_place *place, struct mask *mask);

/* Draws the shape into the whole mask, which the caller has cleared. */
void shape_draw(enum shape shape, struct mask *mask);

#endif
