/* store.h - what a data directory holds, opened in the right order: its lock, the inbox, the books.
 *
 * Joins what may not know each other: the writer's source of lines is the taker's reader, and what the taker must know
 * (keys of kiosks, starts of the server) comes from the books. */
#ifndef SERVER_STORE_H
#define SERVER_STORE_H

#include "server/books/writer.h"
#include "server/take/take.h"

struct store {
    int                 lock;
    struct take        *take;
    struct take_reader *reader; /* the writer's */
    struct writer      *writer;
    struct db          *books; /* DB_READ, of whoever calls the functions below */
};

/* Makes the directory where it isn't there. Refused by name: books that know more than the inbox (copied from two lives
 * of a server). */
bool store_open(const char *dir, int64_t now_ms, struct store *store, struct err *err) MUST_CHECK;
void store_close(struct store *store);

/* What the taker must know, as the books have it now; immutable. `older` is the caller's. */
struct known {
    struct known      *older;
    struct kiosk_keys *keys;
    struct take_run   *runs;
    size_t             run_count;
    struct epoch       server; /* both of this start */
    uint64_t           run;
};
bool store_known(struct store *store, struct known **known, struct err *err) MUST_CHECK;
void known_free(struct known *known); /* takes NULL */
void known_tell(const struct known *known, struct take *take);

/* One act, from beginning to end, where no threads run: for commands while the server doesn't. */
void store_act(struct store *store, struct act *act, int64_t now_ms);

/* Answers an act that couldn't be done now: 503. */
void act_busy(struct act *act, struct say say);

#endif
