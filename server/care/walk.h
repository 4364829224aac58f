/* walk.h - walks the inbox from its first byte: every line's hash, every chain's links, what is missing, what forked.
 *
 * Takes events in inbox order; says what it finds, one sentence each. What is named bad was changed after it was taken;
 * a gap, a fork, a line that is no event are true stories of a kiosk, and no damage. Keeps the open ends of each chain
 * in memory, not the events. */
#ifndef SERVER_CARE_WALK_H
#define SERVER_CARE_WALK_H

#include "core/chain.h"
#include "core/db.h"
#include "core/err.h"

enum finding { FOUND_BAD, FOUND_FORK, FOUND_GAP, FOUND_ODD, FINDINGS };

struct walk_found {
    void (*say)(void *self, enum finding what, int64_t number, const struct say *say);
    void *self;
};

/* One event as its row places it. */
struct walk_line {
    int64_t      number;
    uint64_t     kiosk;
    struct epoch epoch;
    int64_t      seq;
    const char  *bytes; /* without LF */
    size_t       len;
    struct hash  name;         /* hash of the bytes; where is_known_bad: what the hash was when it was booked */
    bool         is_known_bad; /* its bytes were changed, and that was said */
};

struct walk;

/* db: a reading connection to the inbox, for looking up old numbers where a chain parts. */
struct walk *walk_start(struct db *db, struct walk_found found);
bool         walk_line(struct walk *walk, const struct walk_line *line, struct err *err) MUST_CHECK;
size_t       walk_chains(const struct walk *walk);
void         walk_end(struct walk *walk); /* takes NULL */

#endif
