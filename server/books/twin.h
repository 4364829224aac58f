/* twin.h - a line made from another: a batch of it, or a remake of what was scrapped. It has a number, a sheet and a place
 * in the plan of its own; money, quote and written source stay with the line that it is of. */
#ifndef SERVER_BOOKS_TWIN_H
#define SERVER_BOOKS_TWIN_H

#include "server/books/sheet.h"

struct twin {
    int64_t                line, of_line;
    int64_t                quantity; /* doors */
    bool                   is_rush;
    const char            *mark; /* in front of the remarks, '' = none */
    const struct sheet_op *ops;
    int                    count;
};

/* Writes the line and signs its revision 1 in the name of record.user: the other's fields with this quantity. Those who
 * signed the other one stand on this sheet too: nothing else changed, so they aren't asked again [R14]. */
bool twin_issue(struct books *books, const struct twin *twin, struct err *err) MUST_CHECK;

/* The operations of a line's newest signed revision, from start_op on. */
bool twin_ops(struct books *books, int64_t line, int64_t start_op, struct sheet_op ops[SHEET_OPS_MOST], int *count,
              struct err *err) MUST_CHECK;

/* At the head of a day's queue: before all that is planned. */
bool twin_plan_first(struct books *books, int64_t line, int32_t day, struct err *err) MUST_CHECK;

#endif
