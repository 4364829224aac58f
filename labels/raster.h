/* raster.h - a page as dots: PNG for screens, black and white for label printers. */
#ifndef LABELS_RASTER_H
#define LABELS_RASTER_H

#include "labels/draw.h"

enum { RASTER_SIDE_MAX = 20000 };

/* Grey edges, so any density does. On failure out is as it was. */
bool raster_png(struct press *press, const struct paper *paper, size_t page, int dpi, struct buf *out,
                struct err *err) MUST_CHECK;

/* Rows from the top, each of row_bytes bytes; the highest bit is the leftmost dot, 1 is black. */
struct dots {
    int      width, height, row_bytes;
    uint8_t *bytes; /* dots_free() */
};

/* Label printers have 8 dots a millimetre (called 203 dpi) or 300, 600 dpi; bars become whole dots. */
bool raster_dots(struct press *press, const struct paper *paper, size_t page, int dpi, struct dots *dots,
                 struct err *err) MUST_CHECK;
void dots_free(struct dots *dots);

#endif
