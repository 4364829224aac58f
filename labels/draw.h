/* draw.h - boxes drawn by cairo: what pdf.c and raster.c share. */
#ifndef LABELS_DRAW_H
#define LABELS_DRAW_H

#include "labels/box.h"

/* The faces as cairo knows them, and pictures decoded once. One thread at a time. */
struct press;

bool press_open(struct press **press, struct type *type, struct err *err) MUST_CHECK; /* type: the caller's */
void press_close(struct press *press);                                                /* takes NULL */

struct _cairo;

/* All boxes of a page; the caller has scaled cr to millimetres. dots_per_mm: 0, or bars and modules become whole dots of
 * that density. Refused: a picture that is no PNG, bars that whole dots make finer than scanners read. */
bool draw_page(struct press *press, const struct paper *paper, size_t page, float dots_per_mm, struct _cairo *cr,
               struct err *err) MUST_CHECK;

#endif
