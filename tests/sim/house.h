/* house.h - the server in the simulated factory: a machine with a disk and power; on it taker, feed and writer, joined
 * as server/main.c joins them. */
#ifndef TESTS_SIM_HOUSE_H
#define TESTS_SIM_HOUSE_H

#include "server/books/writer.h"
#include "server/take/feed.h"
#include "server/take/take.h"
#include "tests/sim/booth.h"
#include "tests/sim/world.h"

#define HOUSE_FOLDER "server"
#define HOUSE_BOOKS "server/books.db"
#define HOUSE_INBOX "server/inbox.db"

enum { HOUSE_QUEUE = 256 };

struct house_wait { /* a kiosk waits for something new */
    int     message;
    int64_t until_ms;
};

struct house {
    struct world *world;
    bool          is_on, is_wanted;
    bool          is_recovering; /* after a crash, until the first step went well */
    bool          is_restored;   /* its files are a copy: the next start opens a new server epoch */
    uint64_t      life;
    uint64_t      boot; /* of its machine */

    struct take        *take;
    struct writer      *writer;
    struct take_reader *lines; /* the writer's view of the inbox */
    struct db          *feed;
    struct kiosk_keys  *keys;
    struct feed_place   place;
    struct epoch        epoch_opened;     /* newest one of the taker; place.server: of the books, with their run */
    bool                has_epoch_opened; /* the taker did; the books don't know yet */
    bool                is_stale;         /* the taker doesn't know what the books say of kiosks and starts */

    int               queue_count;
    int               queue[HOUSE_QUEUE]; /* messages for the taker */
    int               wait_count;
    struct house_wait waits[HOUSE_QUEUE];
    int64_t           take_ms, write_ms, wait_ms; /* when the next step of each is asked for; INT64_MAX: not */
};

void house_open(struct world *world);
void house_close(struct world *world);

void house_on(struct world *world);
void house_off(struct world *world);

/* A message arrives; false: nobody there. It is answered by net_answer() or net_break(). */
bool house_hears(struct world *world, int message);

/* An act of the office, from the click to its answer: true with act->status and answer (the caller frees it). False:
 * no answer came; whether it happened isn't known, the same act may be sent again. */
bool house_act(struct world *world, struct act *act);

/* What the server answers to a kiosk that enrols; false: nothing was heard. */
bool house_enrol(struct booth *booth, struct epoch dealt, int64_t acked_seq, struct keeper_server *server);

#endif
