/* peers.c - the connections of the server, each with a moment until which it must have come further: peers.h. */
#include "server/http/peers.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>

void peers_open(struct peers *peers)
{
    clock_start_real(&peers->clock);
    pthread_mutex_init(&peers->lock, NULL);
    peers->first = NULL;
    atomic_store(&peers->now_ms, clock_mono_ms(&peers->clock));
}

void peers_close(struct peers *peers)
{
    pthread_mutex_destroy(&peers->lock);
}

void peer_until(struct peers *peers, struct peer *peer, int64_t wait_ms)
{
    atomic_store(&peer->until_ms, wait_ms == PEER_NEVER ? PEER_NEVER : atomic_load(&peers->now_ms) + wait_ms);
}

static void name_write(const struct sockaddr *from, char address[INET6_ADDRSTRLEN])
{
    const void *bytes = from->sa_family == AF_INET6 ? (const void *)&((const struct sockaddr_in6 *)from)->sin6_addr
                                                    : (const void *)&((const struct sockaddr_in *)from)->sin_addr;
    if (inet_ntop(from->sa_family, bytes, address, INET6_ADDRSTRLEN) == NULL) address[0] = 0;
}

struct peer *peer_add(struct peers *peers, int fd, const struct sockaddr *from, int64_t wait_ms)
{
    struct peer *peer = calloc(1, sizeof *peer);
    if (peer == NULL) abort();
    peer->fd = fd;
    name_write(from, peer->address);
    peer_until(peers, peer, wait_ms);
    pthread_mutex_lock(&peers->lock);
    peer->next = peers->first;
    if (peer->next != NULL) peer->next->prev = peer;
    peers->first = peer;
    pthread_mutex_unlock(&peers->lock);
    return peer;
}

void peer_gone(struct peers *peers, struct peer *peer)
{
    pthread_mutex_lock(&peers->lock);
    if (peer->prev != NULL)
        peer->prev->next = peer->next;
    else
        peers->first = peer->next;
    if (peer->next != NULL) peer->next->prev = peer->prev;
    pthread_mutex_unlock(&peers->lock);
    free(peer);
}

int64_t peers_sweep(struct peers *peers)
{
    int64_t now_ms = clock_mono_ms(&peers->clock);
    atomic_store(&peers->now_ms, now_ms);
    pthread_mutex_lock(&peers->lock);
    for (struct peer *peer = peers->first; peer != NULL; peer = peer->next)
        if (atomic_load(&peer->until_ms) < now_ms) shutdown(peer->fd, SHUT_RDWR);
    pthread_mutex_unlock(&peers->lock);
    return now_ms;
}
