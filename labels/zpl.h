/* zpl.h - a label in ZPL II, the language of Zebra printers and their many relatives.
 *
 * The whole label is one picture (^GFA): Chinese needs no font in the printer, and bars are whole dots whatever the
 * printer's own barcode commands would make of them. */
#ifndef LABELS_ZPL_H
#define LABELS_ZPL_H

#include "core/buf.h"
#include "labels/raster.h"

/* One label. Rows are packed as ZPL's manual says: runs of half bytes, the rest of a row white or black, a row as before. */
void zpl_write(const struct dots *dots, struct buf *out);

#endif
