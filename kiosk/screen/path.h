/* path.h - drawings in words, made a mask of grey: icons, marks and personal signs.
 *
 * A drawing is a list of parts, separated by ';', in a grid of its own (icons 24, signs and marks 100):
 *   s2.4 PATH       stroke of that width, square ends, mitred corners;  s2.4(3 2) PATH dashed
 *   k7 PATH         stroke with round ends
 *   f PATH          filled
 *   d x y r         disc;  o x y r w2.2  ring;  e x y rx ry  ellipse;  r x y w h  rectangle
 *   m PART          the part, and the same mirrored at the middle of the grid
 * PATH as in SVG: M L H V C A Z, capitals absolute, small letters relative; A for circles only. Pure. */
#ifndef KIOSK_SCREEN_PATH_H
#define KIOSK_SCREEN_PATH_H

#include <stdint.h>

/* Bytes 0 (nothing) to 255 (covered), width * height of them, rows from the top. */
struct mask {
    int      width, height;
    uint8_t *bytes; /* the caller's */
};

/* Where the grid lies in the mask: pixel = (unit - left) * scale. grow: everything wider by so many units all around,
 * for the contour of a sign. */
struct path_place {
    float grid; /* 24 or 100 */
    float left, top;
    float scale_x, scale_y;
    float grow;
};

/* Adds the drawing to the mask. Words that aren't understood are our mistake and end the program. */
void path_draw(const char *drawing, const struct path_place *place, struct mask *mask);

#endif
