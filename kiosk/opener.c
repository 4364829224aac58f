/* opener.c - badge and PIN make a worker's pair of keys: kiosk/opener.h. */
#include "kiosk/opener.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum opener_state { OPENER_FREE, OPENER_BUSY, OPENER_DONE };

/* The thread writes pair and is_made before it sets state to DONE; nobody else touches them while it is BUSY. */
struct opener {
    pthread_t           thread;
    atomic_int          state;
    bool                is_made;
    struct found_worker worker;
    char                pin[13];
    struct seal_pair    pair;
    void (*wake)(void *self);
    void *self;
};

struct opener *opener_new(void (*wake)(void *self), void *self)
{
    struct opener *opener = calloc(1, sizeof *opener);
    if (opener == NULL) abort();
    opener->wake = wake;
    opener->self = self;
    return opener;
}

void opener_free(struct opener *opener)
{
    if (opener == NULL) return;
    if (atomic_load(&opener->state) != OPENER_FREE) pthread_join(opener->thread, NULL);
    explicit_bzero(opener, sizeof *opener);
    free(opener);
}

static void *open_run(void *self)
{
    struct opener *opener = self;
    struct err     err;
    opener->is_made = seal_pair_of(opener->worker.badge, opener->pin, opener->worker.salt, &opener->pair, &err);
    explicit_bzero(opener->pin, sizeof opener->pin);
    atomic_store(&opener->state, OPENER_DONE);
    opener->wake(opener->self);
    return NULL;
}

bool opener_start(struct opener *opener, const struct found_worker *worker, const char *pin)
{
    if (atomic_load(&opener->state) != OPENER_FREE) return false;
    opener->worker = *worker;
    memcpy(opener->pin, pin, sizeof opener->pin);
    atomic_store(&opener->state, OPENER_BUSY);
    if (pthread_create(&opener->thread, NULL, open_run, opener) == 0) return true;
    atomic_store(&opener->state, OPENER_FREE);
    return false;
}

bool opener_is_busy(struct opener *opener)
{
    return atomic_load(&opener->state) != OPENER_FREE;
}

bool opener_take(struct opener *opener, int32_t *worker, bool *is_made, struct seal_pair *pair)
{
    if (atomic_load(&opener->state) != OPENER_DONE) return false;
    pthread_join(opener->thread, NULL);
    *worker = opener->worker.number;
    *is_made = opener->is_made;
    *pair = opener->pair;
    explicit_bzero(&opener->pair, sizeof opener->pair);
    atomic_store(&opener->state, OPENER_FREE);
    return true;
}
