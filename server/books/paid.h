/* paid.h - what facts of paid dates are due now less what periods have paid for them: the lines that the next period pays
 * or takes back. Late facts, corrections, decisions, changed rates, mended rules: one formula (EVENTS.md "Money").
 *
 * Table `late` has a row where the two differ. It is kept up in the transaction that changes a due, so a period's lines
 * never need a walk through all that was ever paid; a rebuild makes it once, at its end. */
#ifndef SERVER_BOOKS_PAID_H
#define SERVER_BOOKS_PAID_H

#include "core/chain.h"
#include "core/db.h"

struct paid {
    bool    is_read, is_whole;
    int32_t to_day; /* the last day that periods have paid; PERIOD_NONE: none has */
};

bool paid_read(struct paid *paid, struct db *db, struct err *err) MUST_CHECK; /* where it is forgotten */

/* A share's due of a paid date changed by so much. */
bool paid_late_add(struct db *db, int32_t worker, const struct hash *name, int64_t share, int64_t fen,
                   struct err *err) MUST_CHECK;

/* Makes the table from nothing. */
bool paid_make(struct paid *paid, struct db *db, struct err *err) MUST_CHECK;

/* A period's lines stand: what they paid is late no more, but work of its dates that is nobody's yet is. */
bool paid_settle(struct db *db, int32_t from_day, int32_t to_day, struct err *err) MUST_CHECK;

/* A period's lines are taken back. */
bool paid_unsettle(struct db *db, int32_t from_day, int32_t to_day, struct err *err) MUST_CHECK;

#endif
