/* errand.h - what the keeper hands to the courier, and what comes back: plain data, so that neither needs the other.
 *
 * The keeper makes and reads these (no socket there), the courier carries them (no database there); the simulator
 * stands between them in the courier's place. */
#ifndef KIOSK_SEND_ERRAND_H
#define KIOSK_SEND_ERRAND_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/chain.h"
#include "kiosk/keep/identity.h" /* struct keeper_server: where requests go */

/* A POST with the kiosk's headers. */
struct keeper_request {
    bool        is_set;
    uint64_t    number; /* names the answer that belongs to it; never 0 */
    const char *path;   /* "/kiosk/1/events", "/kiosk/1/feed": literals */
    char        nonce[NONCE_TEXT];
    struct hash mac;
    struct buf  body;    /* moves to the receiver */
    int64_t     wait_ms; /* the server may take this long before it answers (long poll) */
};

struct keeper_answer {
    uint64_t    number;    /* of the request */
    bool        is_failed; /* no connection, time-out, cut, wrong certificate: nothing was heard */
    int         status;
    bool        has_mac;
    struct hash mac;
    struct buf  body; /* moves to the keeper */
};

#endif
