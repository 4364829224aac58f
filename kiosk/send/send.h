/* send.h - which request goes next, when, and what an answer means.
 *
 * Line 7/11: waiting rows -> wire bytes
 * Back 3/4: the feed's number -> a request for what is newer
 *
 * Pure but for the outbox it reads through keep/: time and randomness come in as values. One step function; the diagram
 * stands in send.c. Full jitter from 1 s to 60 s; nothing that isn't a signed answer changes the queue. */
#ifndef KIOSK_SEND_SEND_H
#define KIOSK_SEND_SEND_H

#include "core/chain.h"
#include "kiosk/keep/outbox.h"

struct send {
    struct key   key;
    uint64_t     kiosk;
    struct epoch server; /* last dealt with */
    uint64_t     run;
    int64_t      feed;    /* everything up to here is learnt */
    int64_t      next_ms; /* mono: not before */
    int64_t      backoff_ms;
    uint64_t     under_way;   /* number of the request out there, 0 = none */
    int64_t      deadline_ms; /* of it: later it counts as lost */
    struct hash  mac;         /* of it: the answer's mac is over it */
    bool         is_asking;   /* histories parted: asking with smaller numbers */
    int64_t      ask_seq;
    bool         is_waiting; /* the office must confirm this kiosk first */
    bool         is_online;
    bool         wants_epoch; /* a fork was seen: open a new epoch once all is sent */
};

struct send_request {
    bool        is_set;
    char        nonce[NONCE_TEXT];
    struct hash mac;
    struct buf  body;
};

struct send_answer {
    bool        is_failed;
    int         status;
    bool        has_mac;
    struct hash mac;
    const char *body;
    size_t      len;
};

/* answer NULL: time went on or something waits. Fills *request where one goes out now. */
bool send_step(struct send *send, struct outbox *outbox, const struct send_answer *answer, int64_t wall_ms,
               int64_t mono_ms, struct send_request *request, struct err *err) MUST_CHECK;

#endif
