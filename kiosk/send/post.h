/* post.h - one signed request under way: its number, its time, its answer's mac, and the pause after a failure.
 *
 * The half that events (send.h) and feed (fetch.h) share. Pure but for chain_random(). */
#ifndef KIOSK_SEND_POST_H
#define KIOSK_SEND_POST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/chain.h"

struct post {
    struct key  key;
    uint64_t    next_number; /* what the caller will call the next request; set before each step */
    uint64_t    under_way;   /* number of the request out there, 0 = none */
    int64_t     next_ms;     /* mono: not before */
    int64_t     backoff_ms;  /* limit of the next pause; 0: all is well */
    int64_t     sent_ms;     /* of the request under way */
    int64_t     deadline_ms; /* of it: later it counts as lost */
    struct hash mac;         /* of it: the answer's mac is over it */
    bool        is_online;   /* the last request was answered, and signed */
};

struct send_request {
    bool        is_set;
    char        nonce[NONCE_TEXT];
    struct hash mac;
    struct buf  body; /* moves to the caller */
};

struct send_answer {
    uint64_t    number; /* of the request */
    bool        is_failed;
    int         status;
    bool        has_mac;
    struct hash mac;
    const char *body;
    size_t      len;
};

/* Signs body, which moves into *request, and counts it as under way for most_ms. */
void post_send(struct post *post, const char *path, struct buf *body, int64_t mono_ms, int64_t most_ms,
               struct send_request *request);

/* The answer belongs to what is under way (which then no longer is) and isn't late. */
bool post_takes(struct post *post, const struct send_answer *answer);

/* It is signed over that request: the server's own word, whatever its status. */
bool post_is_signed(const struct post *post, const struct send_answer *answer);

/* Nothing under way succeeded: a pause of full jitter, 0 to a limit that doubles from 1 s to 60 s. */
void post_retry(struct post *post, int64_t mono_ms);
void post_good(struct post *post, int64_t mono_ms);

/* Too late to be waited for: as if it had failed. */
void post_expire(struct post *post, int64_t mono_ms);

#endif
