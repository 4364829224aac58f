/* telling.h - what kiosks learn of the floor: a line's totals, what is held, a worker's sealed pay.
 *
 * While the writer catches up, what is to be told is only noted (table telling); once the inbox is applied it is told
 * from what the books then say, a portion at a time. So a thousand events on a line are one row of the feed. */
#ifndef SERVER_BOOKS_TELLING_H
#define SERVER_BOOKS_TELLING_H

#include "server/books/map.h"
#include "server/books/record.h"

enum { TOLD_DAYS = 35 /* how long kiosks keep events and pay lines */ };

/* Numbers stand in the books. */
enum tell_what {
    TELL_TOTALS = 1,
    TELL_VERDICT = 2,
    TELL_PAY = 3,
    TELL_BIND = 4,
    TELL_POOL = 5,
    TELL_NOTE = 6,
    TELL_STOCK = 7,
    TELL_SPEED = 8, /* nothing is told: a worker's day is looked at, once all of it is in */
    TELL_BLAME = 9,
    TELLS
};

struct tell_row {
    enum tell_what what;
    int64_t        a, b;
    bool           is_anew;
};
struct telling {
    size_t           count, cap;
    struct tell_row *rows; /* of this slice */
    struct map       known[TELLS];
    int64_t          waiting; /* rows of the table; -1 = not counted yet */
};

void telling_note(struct telling *telling, enum tell_what what, int64_t a, int64_t b, bool is_anew);

/* Ends a slice: notes what it gathered, or tells it at once where the writer has caught up. */
bool telling_end(struct telling *telling, struct record *record, bool is_caught_up, struct err *err) MUST_CHECK;

/* Tells up to `most` of what was noted. */
bool telling_some(struct telling *telling, struct record *record, int most, struct err *err) MUST_CHECK;

/* All of a worker's days from `day` on: he set a PIN, or signed in at a kiosk that hasn't got them. */
bool telling_worker(struct telling *telling, struct db *db, int32_t worker, int32_t day, struct err *err) MUST_CHECK;

bool telling_has_more(struct telling *telling, struct db *db, bool *has_more, struct err *err) MUST_CHECK;
void telling_clear(struct telling *telling);
void telling_free(struct telling *telling);

#endif
