/* outbox.h - keeps events until the server has them, and 35 days beyond.
 *
 * Line 6/11: struct event -> its bytes in a committed row
 *
 * outbox_save() is the kiosk's promise: true means the bytes are on the disk (synchronous=FULL) with their number, in
 * one transaction with everything that hangs on it; only now a screen may turn green. Rows are never updated but for
 * their mark "sent", which is a hint: what counts is the mark that the server named (EVENTS.md). */
#ifndef KIOSK_KEEP_OUTBOX_H
#define KIOSK_KEEP_OUTBOX_H

#include "core/chain.h"
#include "core/db.h"
#include "core/event.h"

struct outbox; /* in memory: the newest epoch, its next number and hash; rebuilt from the file at open */

bool outbox_open(struct db *db, struct outbox **outbox, struct err *err) MUST_CHECK;
void outbox_close(struct outbox *outbox);

/* Gives the event kiosk, epoch, seq, prev and seen, writes it, commits. *name and event->seq tell what it became. */
bool outbox_save(struct outbox *outbox, struct event *event, struct hash *name, struct err *err) MUST_CHECK;

/* A new epoch from the next event on: after a fork, a restore, lost rows. */
bool outbox_new_epoch(struct outbox *outbox, struct err *err) MUST_CHECK;

/* The next events to send: those behind the acknowledged mark of the oldest epoch that has any, as LF-ended lines in
 * *lines; at most 500 and 256 kB. *count 0: nothing waits. */
struct outbox_batch {
    struct epoch epoch;
    int64_t      first;
    int64_t      count;
    struct hash  prev;  /* of the first */
    struct mark  acked; /* of this epoch */
    struct buf   lines; /* caller frees */
};
bool outbox_batch(struct outbox *outbox, struct outbox_batch *batch, struct err *err) MUST_CHECK;

/* The server says that it has everything up to mark: true in *is_shared where the own event of that number has that
 * hash (then it is acknowledged), false where it hasn't, or isn't there: nothing changed. */
bool outbox_acknowledge(struct outbox *outbox, const struct mark *mark, bool *is_shared, struct err *err) MUST_CHECK;

/* The server stands at mark (shared), below what was acknowledged: send again from there. */
bool outbox_back(struct outbox *outbox, const struct mark *mark, bool *is_shared, struct err *err) MUST_CHECK;

/* Another server epoch: nothing counts as acknowledged until it says so again. */
bool outbox_forget(struct outbox *outbox, struct err *err) MUST_CHECK;

int64_t outbox_waiting(const struct outbox *outbox, int64_t *oldest_wall_ms);

#endif
