/* feed.h - answers kiosks that ask what changed.
 *
 * Back 2/4: the feed's rows in the books -> signed answer lines
 *
 * Reads the table `feed` of books.db on a connection of its own (DB_READ); the rows were written by books/record.c. */
#ifndef SERVER_TAKE_FEED_H
#define SERVER_TAKE_FEED_H

#include "core/db.h"
#include "server/take/take.h"

struct feed_place { /* what answers name; from the taker and the writer */
    struct epoch server;
    uint64_t     run;
    int64_t      newest;
};

/* A request that take_signed() let pass. */
struct feed_request {
    const struct feed_place   *place;
    const struct kiosk_key    *key;
    const struct take_request *request;
    const struct hash         *mac; /* of the request */
    int64_t                    now_ms;
    bool                       may_wait;
};

/* Answers a request for /kiosk/1/feed. Nothing behind place->newest is told, though it may be in the books already: the
 * taker hears of a number before kiosks do. *is_early: nothing new yet, and the kiosk would rather wait *wait_ms for
 * it; the caller asks again then, or once something changed. False: the books can't be read. */
bool feed_answer(struct db *books, const struct feed_request *asked, bool *is_early, int64_t *wait_ms,
                 struct take_answer *answer, struct err *err) MUST_CHECK;

/* Starts of the server by their first number, for take_runs(); the caller frees *runs. */
bool feed_runs(struct db *books, struct take_run **runs, size_t *count, struct err *err) MUST_CHECK;

#endif
