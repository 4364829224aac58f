/* outline.h - drawings in words, made closed outlines: icons, marks, personal signs, doors. The kiosk fills them with grey
 * (kiosk/screen/path.h), papers with ink (labels/).
 *
 * A drawing is a list of parts, separated by ';', in a grid of its own (icons 24, signs and marks 100):
 *   s2.4 PATH       stroke of that width, square ends, mitred corners;  s2.4(3 2) PATH dashed
 *   k7 PATH         stroke with round ends
 *   f PATH          filled
 *   d x y r         disc;  o x y r w2.2  ring;  e x y rx ry  ellipse;  r x y w h  rectangle
 *   m PART          the part, and the same mirrored at the middle of the grid
 * PATH as in SVG: M L H V C A Z, capitals absolute, small letters relative; A for circles only. Pure. */
#ifndef CORE_OUTLINE_H
#define CORE_OUTLINE_H

enum { OUTLINE_POINTS_MAX = 12000, OUTLINE_ENDS_MAX = 2400 };

struct point {
    float x, y;
};

/* Closed outlines of one part, each up to before its end; inside is where their windings don't add up to zero. */
struct outline {
    int          point_count, end_count;
    struct point points[OUTLINE_POINTS_MAX];
    int          ends[OUTLINE_ENDS_MAX];
};

/* Where the grid lies: point = (unit - left) * scale. grow: everything wider by so many units all around, for the
 * contour of a sign. */
struct path_place {
    float grid; /* 24 or 100 */
    float left, top;
    float scale_x, scale_y;
    float grow;
};

typedef void outline_taker(const struct outline *outline, void *taker);

/* Hands over the outlines of each part in turn. Words that aren't understood are our mistake and end the program. */
void outline_draw(const char *drawing, const struct path_place *place, outline_taker *take, void *taker);

#endif
