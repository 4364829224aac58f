/* outbox.h - keeps events until the server has them, and 35 days beyond.
 *
 * Line 6/11: struct event -> its bytes in a committed row
 *
 * outbox_save() is the kiosk's promise: true means the bytes are on the disk (synchronous=FULL) with their number, in
 * one transaction with everything that hangs on it; only now a screen may turn green. Rows are never updated. What the
 * server has is a mark for each epoch, moved only by the server's word, and only where the own event has that hash.
 *
 * An epoch is *sure* once the server has told, since start and since anything odd, where it stands in it; until then
 * the next batch of that epoch is a question. */
#ifndef KIOSK_KEEP_OUTBOX_H
#define KIOSK_KEEP_OUTBOX_H

#include "core/chain.h"
#include "core/db.h"
#include "core/event.h"

enum { OUTBOX_BATCH_EVENTS = 500, OUTBOX_BATCH_BYTES = 255 * 1024 /* with its line of words: 256 kB */ };

struct outbox; /* in memory: the epochs with their marks; rebuilt from the file at open */

bool outbox_open(struct db *db, struct outbox **outbox, struct err *err) MUST_CHECK;
void outbox_close(struct outbox *outbox);

uint64_t     outbox_kiosk(const struct outbox *outbox);
struct epoch outbox_epoch(const struct outbox *outbox); /* the newest */
struct mark  outbox_acked(const struct outbox *outbox); /* of the newest */

/* Gives the event kiosk, epoch, seq, prev and seen, writes it, commits. *name and event->seq tell what it became. */
bool outbox_save(struct outbox *outbox, struct event *event, struct hash *name, struct err *err) MUST_CHECK;

/* A new epoch from the next event on: after a fork, a restore, lost rows. */
bool outbox_new_epoch(struct outbox *outbox, struct err *err) MUST_CHECK;

/* What goes next: of the oldest epoch that isn't sure a question (count 0), of the oldest that has events behind its
 * mark those, at most `most`. Where rows were lost, a gap event is made and kept first; it goes alone. */
struct outbox_batch {
    bool         is_set; /* false: nothing waits and all is sure */
    struct epoch epoch;
    int64_t      first;
    int64_t      count;
    struct hash  prev;  /* of the first */
    struct mark  acked; /* of this epoch */
    struct buf   lines; /* LF-ended; the caller frees */
};
bool outbox_batch(struct outbox *outbox, int most, struct outbox_batch *batch, struct err *err) MUST_CHECK;

/* Where batches go, and the line of words that stands in front of one (docs/protocol.md). */
#define OUTBOX_PATH "/kiosk/1/events"
struct place;
void outbox_words(uint64_t kiosk, const struct place *place, const struct outbox_batch *batch, int64_t wall_ms,
                  struct buf *body);

/* The kept event of that number alone, or the nearest below; where none is, the lowest kept one and *is_lowest. */
bool outbox_probe(struct outbox *outbox, struct epoch epoch, int64_t seq, struct outbox_batch *batch, bool *is_lowest,
                  struct err *err) MUST_CHECK;

/* The server says that it has everything up to mark: true in *is_shared where the own event of that number has that
 * hash (then it is acknowledged), false where it hasn't, or isn't there: nothing changed. */
bool outbox_acknowledge(struct outbox *outbox, const struct mark *mark, bool *is_shared, struct err *err) MUST_CHECK;

/* The server stands at mark, above or below what was acknowledged: send from there. Where the event of that number was
 * lost or is older than what is kept, the server's word is taken. */
bool outbox_back(struct outbox *outbox, const struct mark *mark, bool *is_shared, struct err *err) MUST_CHECK;

/* The server stands in no place of this epoch: send from its beginning. */
bool outbox_restart(struct outbox *outbox, struct epoch epoch, struct err *err) MUST_CHECK;

/* Another server epoch: nothing counts as acknowledged until it says so again. */
bool outbox_forget(struct outbox *outbox, struct epoch server, struct err *err) MUST_CHECK;

/* Ask once more where the server stands: it was started anew. */
void outbox_doubt(struct outbox *outbox);

/* The kiosk's time: marks and gaps are noted with it. */
void outbox_now(struct outbox *outbox, int64_t now_ms);

/* Events that the server has for 35 days go, at most some hundred rows a call. *is_done: nothing more to do. Only
 * where now is beyond doubt. */
bool outbox_prune(struct outbox *outbox, int64_t now_ms, bool *is_done, struct err *err) MUST_CHECK;

/* The newest event of that epoch; seq 0: no such epoch, or empty. */
struct mark outbox_last(const struct outbox *outbox, struct epoch epoch);

#if defined PLANT_DROP_ON_4XX || defined PLANT_DROP_ON_401
bool outbox_drop(struct outbox *outbox, struct epoch epoch, struct err *err) MUST_CHECK;
#endif

bool    outbox_has_work(const struct outbox *outbox);                         /* the next batch would be set */
int64_t outbox_waiting(const struct outbox *outbox, int64_t *oldest_wall_ms); /* events not acknowledged; 0: none */

#endif
