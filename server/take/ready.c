/* ready.c - what a request says by itself: ready.h. Pure, on any thread; here goes most of what taking costs. */
#include "server/take/ready.h"

#include <stdlib.h>

void ready_fill(const struct kiosk_keys *keys, const struct take_request *request, struct take_ready *ready)
{
    bool is_large;
    ready->key = NULL;
    ready->mac = (struct hash){{0}};
    ready->status = 200;
    if (!request_is_signed(keys, request, &ready->key, &ready->mac, &ready->why))
        ready->status = 401;
    else if (!batch_read(request->body, request->len, &ready->batch, &is_large, &ready->why))
        ready->status = is_large ? 413 : 400;
}

struct take_ready *take_prepare(const struct kiosk_keys *keys, const struct take_request *request)
{
    struct take_ready *ready = malloc(sizeof *ready); /* 20 kB, of which one event touches the first */
    if (ready == NULL) abort();
    ready_fill(keys, request, ready);
    return ready;
}

void take_ready_free(struct take_ready *ready)
{
    free(ready);
}
