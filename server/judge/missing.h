/* missing.h - work that nobody reported: a later operation of the newest revision has more than the one before it, or more
 * doors were packed or loaded, so it was done [R41]. Pure: a line and what was judged of it in, the operations that lack pieces out. The facts count as they are. */
#ifndef SERVER_JUDGE_MISSING_H
#define SERVER_JUDGE_MISSING_H

#include "server/judge/line.h"

enum { MISSING_MOST = 24 };

struct missing {
    int32_t op;
    int64_t pieces;
    size_t  fact; /* index of the one that proves it first */
};

/* In the order of the operations; returns how many. */
size_t judge_missing(const struct judge_line *line, const struct judgement *judged, struct missing out[MISSING_MOST]);

#endif
