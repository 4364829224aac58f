/* place.h - where this kiosk stands with the server: whom it dealt with, what it has learnt, the last known time. */
#ifndef KIOSK_KEEP_PLACE_H
#define KIOSK_KEEP_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/chain.h"
#include "core/db.h"
#include "core/event.h"

struct place {
    struct epoch      dealt; /* server epoch whose word the acknowledged marks are */
    struct event_seen seen;  /* everything up to here is learnt */
    bool              is_whole;
    int64_t           heard_ms; /* -1: never */
    int64_t           floor_ms;
};

/* Makes the row of a new database. */
bool place_open(struct db *db, int64_t floor_ms, struct err *err) MUST_CHECK;
bool place_read(struct db *db, struct place *place, struct err *err) MUST_CHECK;

/* Each writes its part, inside the caller's transaction or as one of its own. */
bool place_write_dealt(struct db *db, struct epoch dealt, struct err *err) MUST_CHECK;
bool place_write_seen(struct db *db, const struct event_seen *seen, bool is_whole, struct err *err) MUST_CHECK;
bool place_write_heard(struct db *db, int64_t heard_ms, struct err *err) MUST_CHECK;
bool place_write_floor(struct db *db, int64_t floor_ms, struct err *err) MUST_CHECK;

#endif
