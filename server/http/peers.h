/* peers.h - the connections of the server, each with a moment until which it must have come further.
 *
 * An idle time-out alone would let a byte now and then hold a connection for ever. Any thread may set a moment; one
 * sweeps. Shut down is what the list holds: a connection leaves it before its descriptor is closed. */
#ifndef SERVER_HTTP_PEERS_H
#define SERVER_HTTP_PEERS_H

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "core/clock.h"

#define PEER_NEVER INT64_MAX

struct peer {
    struct peer     *prev, *next;
    int              fd;
    char             address[INET6_ADDRSTRLEN];
    _Atomic(int64_t) until_ms;
};

struct peers {
    struct clock     clock;
    pthread_mutex_t  lock;
    struct peer     *first;
    _Atomic(int64_t) now_ms; /* of the last sweep: near enough, and free */
};

void peers_open(struct peers *peers);
void peers_close(struct peers *peers); /* every peer is gone by then */

struct peer *peer_add(struct peers *peers, int fd, const struct sockaddr *from, int64_t wait_ms);
void         peer_gone(struct peers *peers, struct peer *peer);           /* frees it */
void peer_until(struct peers *peers, struct peer *peer, int64_t wait_ms); /* PEER_NEVER: for as long as it takes */

/* Shuts down who is late; at least each second. Returns the monotonic time. */
int64_t peers_sweep(struct peers *peers);

#endif
