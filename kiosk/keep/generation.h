/* generation.h - the outbox from within: for outbox.c, batch.c and mark.c alone.
 *
 * Memory holds a row for each epoch and is changed only after the transaction that says the same was committed. */
#ifndef KIOSK_KEEP_GENERATION_H
#define KIOSK_KEEP_GENERATION_H

#include "kiosk/keep/outbox.h"

struct generation {
    struct epoch epoch;
    int64_t      last_seq;
    struct hash  last; /* of event last_seq; the chain's first hash while there is none */
    struct mark  acked;
    bool         is_sure;
};

struct outbox {
    struct db         *db;
    uint64_t           kiosk;
    size_t             count; /* at least 1 */
    struct generation *rows;  /* by counter: the oldest first */
    int64_t            waiting, oldest_wall_ms;
    int64_t            now_ms;
};

struct generation *outbox_newest(const struct outbox *outbox);
struct generation *outbox_generation(const struct outbox *outbox, struct epoch epoch); /* NULL: no such epoch */

/* Nothing yet, in this epoch. */
struct mark outbox_first(const struct outbox *outbox, struct epoch epoch);

void outbox_hash_bind(struct db_stmt *stmt, int n, const struct hash *hash);

/* Ends a transaction as is_good says; true where it was committed. */
bool outbox_finish(struct db *db, bool is_good, struct err *err) MUST_CHECK;

/* What waits, counted anew. */
bool outbox_count(struct outbox *outbox, struct err *err) MUST_CHECK;

/* An event's row, with what look-ups need of it; and the epoch's row, which it moves on. */
bool outbox_insert(struct outbox *outbox, const struct event *event, const struct hash *name, const struct buf *line,
                   struct err *err) MUST_CHECK;
bool outbox_last_update(struct outbox *outbox, const struct event *event, const struct hash *name,
                        struct err *err) MUST_CHECK;

#endif
