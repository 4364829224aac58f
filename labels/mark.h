/* mark.h - what must be seen from 3 m on a bad print: rush, special, project, remake [R2]. Form tells, not grey. */
#ifndef LABELS_MARK_H
#define LABELS_MARK_H

#include "labels/box.h"

enum paper_mark { MARK_RUSH, MARK_SPECIAL, MARK_PROJECT, MARK_REMAKE, MARK_COUNT };

/* Marks as bits, 1 << enum paper_mark. */
typedef unsigned paper_marks;

/* Puts the marks of a sheet into two rows: one or two full wide; of three the first full, the others half; four half. */
void marks_put(struct paper *paper, struct area area, paper_marks set);

/* One alone in its area; short: one character in Chinese, where the area is less than twice as wide as high. */
void mark_put(struct paper *paper, struct area area, enum paper_mark mark, bool is_short);

#endif
