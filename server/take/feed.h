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

/* How a kiosk is, as it says in its request: what it leaves out is -1, or "". */
struct feed_state {
    int64_t from; /* up to where it has learnt everything */
    int64_t waiting, free_mb, offset_ms;
    int     has_scanner;
    bool    has_state; /* it says */
    char    version[16];
};
bool feed_state_read(const struct take_request *request, struct feed_state *state); /* false: no request of a feed */

/* What a request came to. */
enum feed_said {
    FEED_ANSWERED,
    FEED_EARLY, /* nothing new yet, and the kiosk would rather wait for it: the caller asks again in *wait_ms, or once
                 * something changed */
    FEED_BACK /* answered 503: the kiosk has seen a start or a number that the books don't know, so this server was set
                 * back: the caller tells the taker, take_set_back() */
};

/* Answers a request for /kiosk/1/feed. Nothing behind place->newest is told, though it may be in the books already: the
 * taker hears of a number before kiosks do. False: the books can't be read. */
bool feed_answer(struct db *books, const struct feed_request *asked, enum feed_said *said, int64_t *wait_ms,
                 struct take_answer *answer, struct err *err) MUST_CHECK;

/* Starts of the server by their first number, for take_runs(); the caller frees *runs. */
bool feed_runs(struct db *books, struct take_run **runs, size_t *count, struct err *err) MUST_CHECK;

#endif
