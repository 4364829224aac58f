/* slip.h - what a period pays: its lines, each worker's adjustments within their limits, his slip. Written when the period
 * is checked, taken away whole when the check is taken back. */
#ifndef SERVER_BOOKS_SLIP_H
#define SERVER_BOOKS_SLIP_H

#include "server/books/period.h"

struct slips_sum {
    int64_t slips, lines, fen; /* fen: to be paid out */
};

bool slips_make(struct books *books, const struct period *period, struct slips_sum *sum, struct err *err) MUST_CHECK;
bool slips_drop(struct books *books, int32_t to_day, struct err *err) MUST_CHECK;

#endif
