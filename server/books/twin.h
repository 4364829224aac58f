/* twin.h - a line made from another: a batch of it, or a remake of what was scrapped. It has a number, a sheet and a place
 * in the plan of its own; money, quote and written source stay with the line that it is of. */
#ifndef SERVER_BOOKS_TWIN_H
#define SERVER_BOOKS_TWIN_H

#include "server/books/sheet.h"

enum { TWIN_MARK = 120 };

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

/* Of which ordered line a batch or remake is (of a remake of a batch: the line that was split), how many doors it has, and
 * where a remake begins. Any other line: itself, 0, 0. */
struct twin_source {
    int64_t line, quantity, start_op, remake_of; /* remake_of 0: it is none */
};
bool twin_source(struct books *books, int64_t line, struct twin_source *source, struct err *err) MUST_CHECK;

/* What stands in front of a remake's remarks. */
void twin_mark(int64_t of_line, char mark[TWIN_MARK]);

/* What the confirmed quote says of a line; of a batch or remake with its own doors, and a remake's mark: its next revision
 * is held against this [R10]. */
bool twin_quoted(struct books *books, int64_t line, int64_t *n, struct buf *fields, struct err *err) MUST_CHECK;

/* Puts its doors and mark into fields that speak of the ordered line. */
bool twin_fields(const struct twin_source *source, struct buf *fields, struct err *err) MUST_CHECK;

/* At the head of a day's queue: before all that is planned. */
bool twin_plan_first(struct books *books, int64_t line, int32_t day, struct err *err) MUST_CHECK;

#endif
