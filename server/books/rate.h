/* rate.h - piece rates: dated tables that propose, sheets that freeze, changes afterwards. */
#ifndef SERVER_BOOKS_RATE_H
#define SERVER_BOOKS_RATE_H

#include "server/books/act.h"

struct rate {
    int64_t rate_cfen, rework_rate_cfen;
};

/* family "": every family that has no rate of its own. */
bool rate_put(struct books *books, const char *code, const char *family, int32_t from_day, struct rate rate,
              enum record_did *did, struct err *err) MUST_CHECK;

/* What the tables propose for an operation of a family on a day: the family's own rate, else everybody's. */
bool rate_on(struct books *books, const char *code, const char *family, int32_t day, bool *has, struct rate *rate,
             struct err *err) MUST_CHECK;

/* A back-dated change, by two persons: a record of its own, read after the sheet's rate; no signature falls.
 * Body: code, family, from, to (days), rate, rework (text, yuan). Answer: lines, how many
 * were judged again; workers: [[worker, fen more], ...]; fen, their sum. */
bool rate_change_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* The same by one person, done and undone: its answer is what the change would do. */
bool rate_try_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
