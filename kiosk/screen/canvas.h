/* canvas.h - pixels: areas filled, and masks of coverage laid over them in a colour.
 *
 * Pure: the pixels are the caller's, 0x00RRGGBB, rows from the top. Nothing is written outside the clip. */
#ifndef KIOSK_SCREEN_CANVAS_H
#define KIOSK_SCREEN_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/screen/path.h"

struct area {
    int x, y, w, h; /* pixels; nothing where w or h isn't positive */
};

bool        area_is_empty(struct area area);
struct area area_meet(struct area a, struct area b); /* what both cover */
struct area area_join(struct area a, struct area b); /* the smallest that holds both; an empty one adds nothing */

struct canvas {
    int         width, height, stride; /* pixels; stride: from one row to the next */
    uint32_t   *pixels;
    struct area clip; /* within the canvas: canvas_clip() */
};

void canvas_clip(struct canvas *canvas, struct area area);

void canvas_fill(struct canvas *canvas, struct area area, uint32_t rgb);

/* A mask turned over, left to right and top to bottom. */
enum canvas_turn { TURN_NONE, TURN_X = 1, TURN_Y = 2, TURN_XY = 3 };

/* Lays the mask with its upper left corner at x, y: a byte of 0 leaves what is there, 255 covers it, what is between
 * mixes the two, to within one step of 255. */
void canvas_blend(struct canvas *canvas, const struct mask *mask, int x, int y, enum canvas_turn turn, uint32_t rgb);

/* Fills an area with round corners; corner: the upper left one, at most half as wide and high as the area. */
void canvas_round(struct canvas *canvas, struct area area, const struct mask *corner, uint32_t rgb);

#endif
