/* tspl.h - a label in TSPL, the language of TSC printers and most that are made in China.
 *
 * The whole label is one picture (BITMAP), for the reasons that zpl.h gives. */
#ifndef LABELS_TSPL_H
#define LABELS_TSPL_H

#include "core/buf.h"
#include "labels/raster.h"

/* One label of that size with a gap of 2 mm to the next. */
void tspl_write(const struct dots *dots, float width_mm, float height_mm, struct buf *out);

#endif
