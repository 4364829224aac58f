/* fit.h - a text made lines that fit an area: smaller first, then more lines. Pure but for the width of letters. */
#ifndef LABELS_FIT_H
#define LABELS_FIT_H

#include "labels/box.h"

enum { FIT_LINES_MAX = 64 };

/* From baseline to baseline, and from a line's top to its baseline, of an em. */
#define FIT_LEADING 1.22f
#define FIT_ASCENT 0.88f

struct fit_line {
    size_t from, len;
    float  width;
};

struct fit {
    float           em;
    int             count;
    size_t          used;    /* bytes of the text that found room */
    bool            is_torn; /* a line ends inside a word */
    struct fit_line lines[FIT_LINES_MAX];
};

/* True: all of it found room. A line may end at spaces and line ends, beside Chinese characters (but none begins with a
 * mark that closes, or ends with one that opens), and anywhere in a word that is wider than the area even as small as
 * the style allows. */
bool fit_text(struct type *type, struct area area, const struct style *style, const char *text, struct fit *fit);

#endif
