/* people.h - who did it: badges and workers as the books know them now.
 *
 * A badge says nothing about its worker; the books do. What a kiosk believed stands in the event and decides only where
 * no badge was scanned. All of it is kept in memory, and forgotten when a record of it changes. */
#ifndef SERVER_BOOKS_PEOPLE_H
#define SERVER_BOOKS_PEOPLE_H

#include "core/db.h"
#include "core/event.h"
#include "server/books/map.h"

struct person {
    int32_t number;
    int32_t left_day; /* INT32_MAX = here */
    bool    has_key;  /* a PIN was set: his pay can be sealed to him */
};
struct badge {
    int32_t worker;
    int64_t revoked_feed; /* INT64_MAX = valid */
};
struct people {
    bool           is_read;
    size_t         person_count, person_cap, badge_count, badge_cap;
    struct person *persons;
    struct badge  *badges;
    struct map     by_number, by_badge;
    struct map     binds; /* (badge, shift date) -> worker, of badges that nobody has */
};

bool people_read(struct people *people, struct db *db, struct err *err) MUST_CHECK; /* where it is forgotten */
void people_forget(struct people *people);
void people_free(struct people *people);

const struct person *people_person(const struct people *people, int32_t number); /* NULL: unknown */

struct doers {
    int32_t count;
    int32_t workers[EVENT_WORKERS_MAX]; /* 0 = nobody known */
    bool    has_unnamed;
    bool is_revoked; /* a badge is unknown or was revoked before the kiosk's `seen`, or he had left: all of it held */
    bool is_taken;   /* bind: the badge is another worker's own */
};

/* A spare badge means that worker on that shift date from now on; nobody: 0. The books have it already. */
void people_bind(struct people *people, int64_t badge, int32_t day, int32_t worker);

/* Who did it, in share order. */
struct doers people_doers(const struct people *people, const struct event *event, int64_t seen_feed, int32_t day);

#endif
