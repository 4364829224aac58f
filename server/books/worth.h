/* worth.h - what a fact is worth: its verdict, its workers, what is due to each. Takes what the books have and what was
 * judged now; writes the rows that differ: verdict, fact_worker, due, exception, and notes sums and what is to be told.
 */
#ifndef SERVER_BOOKS_WORTH_H
#define SERVER_BOOKS_WORTH_H

#include "core/db.h"
#include "server/books/counts.h"
#include "server/books/paid.h"
#include "server/books/people.h"
#include "server/books/sums.h"
#include "server/books/telling.h"
#include "server/judge/line.h"

#define WORTH_NO_DUE INT64_MIN

struct worth {
    bool           is_there; /* the books have a verdict */
    struct verdict verdict;
    int32_t        count; /* of workers, in share order */
    int32_t        workers[EVENT_WORKERS_MAX];
    int64_t        fen[EVENT_WORKERS_MAX]; /* WORTH_NO_DUE: no pay line */
};

/* Where it is written to. */
struct worth_out {
    struct db           *db;
    const struct people *people;
    const struct paid   *paid;
    struct sums         *sums;
    struct counts       *counts;
    struct telling      *telling;
    struct map          *signed_in; /* of struct chains */
    unsigned            *topics;    /* of books/record.h */
};

/* Which fact. */
struct worth_fact {
    int64_t             number;
    const struct hash  *name;
    const struct event *event; /* NULL: the line was no event */
    int32_t             day;
    int64_t             taken_ms;

    /* Of a line's fact, for reports. */
    int64_t                line;
    const struct judge_op *op;       /* the signed sheet's operation; NULL: none */
    bool                   is_last;  /* of its sheet */
    const struct event    *decision; /* in force about its bad pieces; NULL: none */
};

bool worth_write(const struct worth_out *out, const struct worth_fact *fact, const struct worth *old,
                 const struct worth *new, struct err *err) MUST_CHECK;

/* What an event opens an exception with whatever it is worth: a fork, a gap, a moved day. */
bool worth_exception(const struct worth_out *out, const struct worth_fact *fact, const struct say *say,
                     struct err *err) MUST_CHECK;
bool worth_exception_drop(const struct worth_out *out, const char *reason, const struct hash *name,
                          struct err *err) MUST_CHECK;

#endif
