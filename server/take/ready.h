/* ready.h - what a request says by itself: who signed it, and which lines it has. For take.c alone. */
#ifndef SERVER_TAKE_READY_H
#define SERVER_TAKE_READY_H

#include "server/take/batch.h"
#include "server/take/take.h"

struct take_ready {
    const struct kiosk_key *key;    /* NULL: not signed */
    struct hash             mac;    /* of the request */
    int                     status; /* 200, or that of its refusal */
    struct err              why;
    struct batch            batch; /* where status is 200 */
};

/* Is it signed by a kiosk that may speak? (keys.c) */
bool request_is_signed(const struct kiosk_keys *keys, const struct take_request *request, const struct kiosk_key **key,
                       struct hash *mac, struct err *err) MUST_CHECK;

void ready_fill(const struct kiosk_keys *keys, const struct take_request *request, struct take_ready *ready);

#endif
