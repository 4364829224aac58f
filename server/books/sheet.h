/* sheet.h - signed sheets: a revision with its operations and rates frozen, told to the kiosks. What is issued here is
 * never touched again [R17]. */
#ifndef SERVER_BOOKS_SHEET_H
#define SERVER_BOOKS_SHEET_H

#include "server/books/master.h"
#include "server/books/rate.h"

enum { SHEET_OPS_MOST = 24 /* on a sheet: what a kiosk can show */ };

struct sheet_op {
    int64_t     op, per_door, days; /* days: working days before delivery on which it is due; -1 = not said */
    char        code[WORD_BYTES + 1], part[WORD_BYTES + 1];
    struct rate rate;
};

/* The family's way through the shop with today's rates, which the dated tables propose. Refused where the family has no
 * routing, too long a one, or an operation no rate. */
bool sheet_propose(struct books *books, const char *family, struct sheet_op ops[SHEET_OPS_MOST], int *count,
                   struct err *err) MUST_CHECK;

/* Issues revision rev of a line, whose row says the same already, in the name of record.user. */
struct sheet_issue {
    int64_t                line, rev, quantity;
    const char            *family;
    const struct sheet_op *ops;
    int                    count;
    const char            *fields, *maker; /* what was signed beside them, '' = imported; who made it */
};
bool sheet_issue(struct books *books, const struct sheet_issue *sheet, struct err *err) MUST_CHECK;

/* Issues the day on which each operation is due, backwards from delivery [R12]; days that aren't said count one
 * working day an operation. */
bool sheet_due(struct books *books, const struct sheet_issue *sheet, int32_t due_day, struct err *err) MUST_CHECK;

#endif
