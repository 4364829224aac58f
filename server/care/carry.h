/* carry.h - events that an old data directory holds and the one that takes its place lacks.
 *
 * What was taken is never let go while somebody has its bytes: the old inbox, row by row as far as it can be read, or the old
 * books, which hold each event that was booked. Kiosks keep theirs for 35 days; those of the office, and of a kiosk that died
 * since, are nowhere else. */
#ifndef SERVER_CARE_CARRY_H
#define SERVER_CARE_CARRY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

struct carried {
    bool    is_other; /* the old directory is of another life: nothing was taken from it */
    bool    is_moved; /* what follows a lost event, or one that was there twice, has another number than it had */
    int64_t events;   /* carried on */
    int64_t left;     /* behind one that is lost: kiosks send them again */
    int64_t office;   /* of those, what the office did: nobody sends it again */
};

/* Adds to inbox.db of `part` what stands in `old` behind its end; its own events must be the first of those in `old`. A file of
 * `old` that can't be opened has nothing. */
bool carry_on(const char *old, const char *part, struct carried *carried, struct err *err) MUST_CHECK;

#endif
