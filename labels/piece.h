/* piece.h - the label of one piece, 100 x 60 mm: which door, which piece of it, and a code that knows its revision. */
#ifndef LABELS_PIECE_H
#define LABELS_PIECE_H

#include "core/code.h"
#include "labels/box.h"
#include "labels/mark.h"

#define PIECE_WIDE 100.0f
#define PIECE_HIGH 60.0f

struct piece {
    struct sheet_ref ref; /* copy: printed where it isn't 0; the code has none */
    int              piece, pieces;
    paper_marks      marks;
    const char      *factory, *product, *part, *size, *colour, *opening, *customer;
};

void piece_put(struct paper *paper, const struct piece *piece);

#endif
