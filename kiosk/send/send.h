/* send.h - which events go next, when, and what an answer means.
 *
 * Line 7/11: waiting rows -> wire bytes
 *
 * Pure but for the outbox it reads through keep/: time comes in as a value. One step function; the diagram stands in
 * send.c. Full jitter from 1 s to 60 s; nothing that isn't a signed answer changes the queue. */
#ifndef KIOSK_SEND_SEND_H
#define KIOSK_SEND_SEND_H

#include "core/chain.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/place.h"
#include "kiosk/send/post.h"

/* Zero-initialised but for post.key. */
struct send {
    struct post  post;
    int          most; /* events of the next batch: fewer after a batch was too large or lost; 0: as many as allowed */
    struct epoch batch_epoch;
    int64_t      batch_count; /* of what is under way; 0: a question */

    bool         is_asking; /* histories parted: looking for a number that both share, from ask_top down */
    struct epoch ask_epoch;
    int64_t      ask_top, ask_seq;
    bool         is_lowest; /* what is under way is the lowest kept event */

    bool is_waiting;  /* the office must confirm this kiosk first */
    bool wants_epoch; /* a fork was seen, and the new epoch couldn't be written yet */

    bool     has_time; /* server_ms and run came with the answer of this step */
    int64_t  server_ms;
    uint64_t run;
};

/* answer NULL: time went on, or something waits. Fills *request where one goes out now: for SEND_PATH, numbered
 * post.next_number. False: the disk refused; what was to be written is tried again with the next answer. */
#define SEND_PATH OUTBOX_PATH
bool send_step(struct send *send, struct outbox *outbox, const struct place *place, const struct send_answer *answer,
               int64_t wall_ms, int64_t mono_ms, struct send_request *request, struct err *err) MUST_CHECK;

/* When a step is due without an answer, in mono ms; INT64_MAX: not before something waits. */
int64_t send_due(const struct send *send, const struct outbox *outbox);

#endif
