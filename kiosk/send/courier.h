/* courier.h - carries requests to the server and answers back, over libcurl on a thread of its own.
 *
 * Promises: at most one request of each path is under way; each posted one gets exactly one answer, failed ones too;
 * only the CA of the enrolment is trusted. Never touches a database and knows nothing of what it carries. */
#ifndef KIOSK_SEND_COURIER_H
#define KIOSK_SEND_COURIER_H

#include "core/code.h"
#include "core/err.h"
#include "kiosk/send/errand.h"

struct courier;

/* Both are called on the courier's thread. *answer moves to the receiver. enrolled: err NULL where it worked. */
struct courier_hooks {
    void (*answered)(void *self, struct keeper_answer *answer);
    void (*enrolled)(void *self, struct keeper_server *server, const struct err *err);
    void *self;
};

bool courier_start(uint64_t kiosk, const struct courier_hooks *hooks, struct courier **courier,
                   struct err *err) MUST_CHECK;
void courier_stop(struct courier *courier); /* ends what is under way; takes NULL */

/* Where requests go from now on; copied. */
void courier_aim(struct courier *courier, const struct keeper_server *server);

/* The body moves to the courier. */
void courier_post(struct courier *courier, struct keeper_request *request);

/* Enrols (docs/protocol.md): fetches the CA unverified, compares its hash with the QR's, then asks over it. key: the
 * kiosk's own for this token; server and acked as the request says. */
void courier_enrol(struct courier *courier, const struct code_enrol *enrol, const struct key *key, struct epoch server,
                   int64_t acked_seq);

#endif
