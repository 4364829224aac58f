/* draw.h - boxes drawn by cairo, for raster.c; and the one who reads pictures, for pdf.c too. */
#ifndef LABELS_DRAW_H
#define LABELS_DRAW_H

#include "labels/box.h"

/* The faces as cairo knows them, and pictures decoded once. One thread at a time. */
struct press;

bool press_open(struct press **press, struct type *type, struct err *err) MUST_CHECK; /* type: the caller's */
void press_close(struct press *press);                                                /* takes NULL */

/* A PICTURE box's dots, red, green, blue each a byte, on white; the bytes are the caller's to free. */
struct pixels {
    int      width, height;
    uint8_t *rgb;
};
bool press_pixels(struct press *press, const struct box *box, struct pixels *pixels, struct err *err) MUST_CHECK;

/* The next point of an outline behind at that must stand: all between lie near enough to the line there. */
int draw_next(const struct point *points, int at, int end);

struct _cairo;

/* All boxes of a page; the caller has scaled cr to millimetres. dots_per_mm: 0, or bars and modules become whole dots of
 * that density. Refused: a picture that is no PNG, bars that whole dots make finer than scanners read. */
bool draw_page(struct press *press, const struct paper *paper, size_t page, float dots_per_mm, struct _cairo *cr,
               struct err *err) MUST_CHECK;

#endif
