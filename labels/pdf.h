/* pdf.h - a paper as PDF: text as text with the fonts' used characters inside, bars and drawings as lines, each picture
 * once. */
#ifndef LABELS_PDF_H
#define LABELS_PDF_H

#include "labels/draw.h"

/* made_at: "2026-03-10T16:45:00+08:00", or NULL for none; the same paper and time give the same bytes [R26]. On failure
 * out is as it was. */
bool pdf_write(struct press *press, const struct paper *paper, const char *title, const char *made_at, struct buf *out,
               struct err *err) MUST_CHECK;

#endif
