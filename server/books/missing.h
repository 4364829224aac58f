/* missing.h - what judge/missing.c finds of a line, as rows of `op_missing`: read once, written where they differ. */
#ifndef SERVER_BOOKS_MISSING_H
#define SERVER_BOOKS_MISSING_H

#include "core/db.h"
#include "server/judge/missing.h"

struct missing_row {
    int     rev;
    int32_t op;
    int64_t pieces, number, at_ms;
};
struct missing_rows {
    size_t             count;
    struct missing_row rows[MISSING_MOST];
};

bool missing_read(struct db *db, int64_t line, struct missing_rows *rows, struct err *err) MUST_CHECK;

/* Of the line as it was judged just now; at_ms of its facts by their index. *rows is brought up to it. */
bool missing_write(struct db *db, int64_t line, struct missing_rows *rows, const struct missing_rows *now,
                   bool *is_changed, struct err *err) MUST_CHECK;

#endif
