/* learn.h - learns what the feed brings, in steps so small that a save never waits long.
 *
 * Back 4/4: answer lines -> rows of what look.c reads
 *
 * An answer is learnt over several steps, each one transaction. `seen` moves to the answer's `upto` in the last one,
 * so what was cut short is read again, which harms nothing. Another server's epoch: everything learnt is forgotten
 * first; never the kiosk's own events. Unknown topics and rows that can't be are passed over. */
#ifndef KIOSK_KEEP_LEARN_H
#define KIOSK_KEEP_LEARN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/chain.h"
#include "core/db.h"
#include "core/version.h"

enum { LEARN_STEP_ROWS = 20, LEARN_STEP_BYTES = 64 * 1024 };

struct learn_head {
    struct epoch server;
    uint64_t     run;
    int64_t      feed, upto;
    bool         has_more;
    int64_t      time_ms;
    char         program[VERSION_TEXT]; /* version of the server; "": it doesn't say */
};

struct learn {
    uint64_t          kiosk; /* whose marks count */
    bool              is_active;
    struct buf        body;
    size_t            at; /* next byte to learn */
    struct learn_head head;
};

/* The answer's body moves to learn. False with ERR_INPUT: no answer of the protocol; it is freed. */
bool learn_begin(struct learn *learn, struct buf *body, struct err *err) MUST_CHECK;

/* One step; *is_done: the answer is learnt and freed. False: nothing of this step happened; again later. */
bool learn_step(struct learn *learn, struct db *db, int64_t now_ms, bool *is_done, struct err *err) MUST_CHECK;

void learn_end(struct learn *learn); /* gives up what is being learnt */

#endif
