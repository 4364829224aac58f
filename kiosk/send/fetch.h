/* fetch.h - asks for what changed on the server.
 *
 * Back 3/4: the number up to which all is learnt -> what is newer
 *
 * Pure; time comes in as a value. The answer's rows are keep/learn.c's; here it is only made sure that they are the
 * server's own word. */
#ifndef KIOSK_SEND_FETCH_H
#define KIOSK_SEND_FETCH_H

#include "core/event.h"
#include "kiosk/send/post.h"

#define FETCH_PATH "/kiosk/1/feed"
enum { FETCH_WAIT_MS = 25000 /* the server may keep a request so long where nothing is new */ };

/* How the kiosk is, as a request tells it: docs/protocol.md. */
struct fetch_state {
    int64_t     waiting; /* events not acknowledged */
    bool        has_scanner;
    int64_t     free_bytes; /* of the disk; -1: nobody knows */
    int64_t     offset_ms;  /* server's time minus the machine's, as last heard */
    const char *program;    /* "baogong-kiosk 0.1.0" */
};

/* Zero-initialised but for post.key. */
struct fetch {
    struct post post;
    bool        is_held; /* an answer is being learnt: nothing is asked meanwhile */
};

/* Fills *request where one goes out now. */
void fetch_step(struct fetch *fetch, uint64_t kiosk, const struct event_seen *seen, const struct fetch_state *state,
                int64_t mono_ms, struct send_request *request);

/* True: the answer is what was asked for, and is to be learnt; then comes fetch_learnt(). */
bool fetch_hear(struct fetch *fetch, const struct send_answer *answer, int64_t mono_ms) MUST_CHECK;

/* is_good: it was an answer of the protocol and is learnt. is_empty: it had no rows and there are no more. */
void fetch_learnt(struct fetch *fetch, bool is_good, bool is_empty, int64_t mono_ms);

/* When a step is due without an answer, in mono ms; INT64_MAX: not before fetch_learnt(). */
int64_t fetch_due(const struct fetch *fetch);

#endif
