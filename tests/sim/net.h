/* net.h - the factory's network: requests and answers as bytes, and all that can happen to them on their way.
 *
 * It stands in the courier's place: each request that a kiosk posts gets one answer, failed ones too, unless the kiosk's
 * program ends before; an answer may come when nobody waits for it any more. */
#ifndef TESTS_SIM_NET_H
#define TESTS_SIM_NET_H

#include "server/take/take.h"
#include "tests/sim/booth.h"

/* On its way to the server, or there. */
struct message {
    bool        is_used;
    bool        is_echo; /* nobody waits for its answer */
    int         booth;
    uint64_t    life; /* of the kiosk's program */
    uint64_t    number;
    bool        is_feed;
    const char *path;
    char        kiosk[ID_TEXT], nonce[NONCE_TEXT], mac[HASH_TEXT];
    struct buf  body;
    int64_t     wait_ms;
};

void net_open(struct world *world);
void net_close(struct world *world);

/* How often each kind of HIT_REQUEST_LOST .. HIT_CERTIFICATE happens, per mille of requests for events; to those for
 * the feed a quarter as often. */
void net_weather(struct world *world, enum hit kind, int per_mille);

/* Nothing gets through to or from that kiosk until then. */
void net_part(struct world *world, int booth, int64_t until_ms);
bool net_is_parted(struct world *world, int booth);

/* From a kiosk; the body moves. */
void net_post(struct booth *booth, struct keeper_request *request);

/* ---- For the server */

const struct message *net_message(struct world *world, int id);

/* Its answer to message id; the body moves. */
void net_answer(struct world *world, int id, struct take_answer *answer);

/* The connection broke: the server ended. */
void net_break(struct world *world, int id);

/* Does the enrolment's request get there, and its answer back? */
bool net_carries(struct world *world, int booth);

#endif
