/* cover.h - the cover of a volume (册): each hundred sheets are bound, with the first and the last number and the time
 * between them [R27]. A4. */
#ifndef LABELS_COVER_H
#define LABELS_COVER_H

#include "core/code.h"
#include "labels/box.h"

struct cover {
    const char      *factory;
    int              volume, sheets; /* sheets: how many are in it by now */
    struct sheet_ref first, last;
    int32_t          from_day, to_day;
    bool             is_full; /* no more will come */
};

void cover_put(struct paper *paper, const struct cover *cover);

#endif
