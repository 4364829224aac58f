/* tspl.c - a label in TSPL: tspl.h. */
#include "labels/tspl.h"

void tspl_write(const struct dots *dots, float width_mm, float height_mm, struct buf *out)
{
    buf_fmt(out, "SIZE %.1f mm,%.1f mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n", (double)width_mm,
            (double)height_mm);
    buf_fmt(out, "BITMAP 0,0,%d,%d,0,", dots->row_bytes, dots->height);
    size_t size = (size_t)dots->row_bytes * (size_t)dots->height;
    char  *room = buf_room(out, size);
    for (size_t i = 0; i < size; i++) room[i] = (char)~dots->bytes[i]; /* here 1 is white */
    out->len += size;
    buf_str(out, "\r\nPRINT 1,1\r\n");
}
