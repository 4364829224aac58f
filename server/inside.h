/* inside.h - the insides of the running server, for house.c and threads.c alone: what lies between the threads.
 *
 * The taker's scratch and `told` are the taker's alone, `later` and `handed` the writer's; everything else is atomic or under the
 * lock that stands above it. */
#ifndef SERVER_INSIDE_H
#define SERVER_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "server/first.h"
#include "server/house.h"
#include "server/names.h"
#include "server/store.h"

enum {
    ASKERS = 2,
    THREADS = ASKERS + 2,
    TAKE_MOST = 512, /* requests in one COMMIT */
    REST_MS = 1000   /* longest sleep of a thread: it shows that it lives */
};

struct take_queue {
    struct desk_take *first, *last;
};
struct act_queue {
    struct desk_act *first, *last;
};
struct ask_queue {
    struct desk_ask *first, *last;
};
#define QUEUE_PUT(queue, job)            \
    do {                                 \
        (job)->next = NULL;              \
        if ((queue)->last != NULL)       \
            (queue)->last->next = (job); \
        else                             \
            (queue)->first = (job);      \
        (queue)->last = (job);           \
    } while (0)
#define QUEUE_POP(queue, job)                             \
    do {                                                  \
        (job) = (queue)->first;                           \
        if ((job) != NULL) (queue)->first = (job)->next;  \
        if ((queue)->first == NULL) (queue)->last = NULL; \
    } while (0)

/* An event of the office on its way through the taker; the writer waits for it. */
struct office {
    struct event *line;
    int64_t       number;
    struct err    err;
    bool          is_taken, is_done;
};

struct bell { /* a queue's lock, and what its thread sleeps on */
    pthread_mutex_t lock;
    pthread_cond_t  ring;
};

struct house {
    struct house_options options;
    struct names         names;
    char                 first_link[LINK_TOKEN_ROOM];
    struct ca            ca;
    struct store         store;
    struct http         *http;
    struct desk          desk;
    int                  listener, wake_fd, signal_fd;
    pthread_t            threads[THREADS];
    int                  thread_count;
    struct db           *asker_books[ASKERS];
    _Atomic(int)         inside, jobs; /* handlers at work; jobs that were posted and not answered */
    _Atomic(int64_t)     served;       /* requests since the start */
    atomic_bool       is_stopping, is_reopening, ends, taker_ends; /* the taker goes last: the writer may wait for it */
    _Atomic(int64_t)  taker_us, writer_us;                         /* when they moved last */
    _Atomic(int64_t)  took_us;                                     /* when a kiosk sent last */
    _Atomic(int64_t)  inbox_end, feed;
    _Atomic(unsigned) topics;
    atomic_bool       is_woken, has_news; /* the eventfd was written; kiosks that wait may learn something */

    struct bell         take_bell;
    struct take_queue   takes;
    struct office       office; /* the writer's; it waits, so there is one at most */
    bool                has_office;
    struct epoch        set_back; /* a kiosk has seen more of this epoch than the books know; none: nobody has */
    struct take_request requests[TAKE_MOST];
    struct take_answer  answers[TAKE_MOST];
    const struct known *told; /* what the taker was told last */

    struct bell      act_bell;
    struct act_queue acts;
    atomic_bool      has_act; /* in acts: a slice ends for it */
    struct act_queue later;   /* the writer's own: acts that wait */
    struct desk_act *handed;  /* the writer's own: the taker has its event, and the books don't know it yet */

    struct bell       ask_bell;
    struct ask_queue  asks;
    struct take_queue feeds;

    pthread_mutex_t   waiting_lock;
    struct desk_take *waiting; /* feeds that have nothing to say yet */
    int64_t           waiting_count;

    pthread_mutex_t    place_lock; /* what follows */
    struct feed_place  place;
    struct known      *known;        /* newest; older ones are kept, the taker or an asker may hold them */
    struct epoch       epoch_opened; /* newest one of the taker; place.server: of the books, with their run */
    bool               has_epoch_opened;
    struct desk_health health;
    struct err         taker_trouble, writer_trouble; /* health tells one of them */
    struct desk_kiosk *heard;                         /* kiosks that asked since this start */
    size_t             heard_count;
};

int64_t house_mono_ms(void);
int64_t house_now_ms(void *self); /* of a house, by the clock that was asked for */

void bell_make(struct bell *bell);
void bell_end(struct bell *bell);
void bell_ring(struct bell *bell);                  /* takes the lock */
void bell_wait(struct bell *bell, int64_t wait_ms); /* under the lock */

/* What the books know now is told to everybody. On the writer's thread, or before it runs. */
bool known_publish(struct house *house, struct err *err) MUST_CHECK;

/* A feed that has nothing to say yet waits, or is looked at by an asker. */
void feed_put(struct house *house, struct desk_take *job);

/* The thread in house_run() looks again. */
void house_wake(struct house *house);

/* pthread_create's functions; self: the house. */
void *taker_run(void *self);
void *writer_run_all(void *self);
void *asker_run_first(void *self);
void *asker_run_second(void *self);

#endif
