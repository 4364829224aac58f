/* batch.h - the body of a kiosk's request for taking, read without a JSON tree. Pure; owns nothing.
 *
 * What is refused is a body that isn't of the form (docs/protocol.md): nobody could say what in it is an event of whom.
 * A line that is no event at all is taken as it is, under the place that the head gives it: one bad line never blocks
 * those behind it, and is seen by the office. */
#ifndef SERVER_TAKE_BATCH_H
#define SERVER_TAKE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/chain.h"
#include "core/err.h"

enum { BATCH_EVENTS_MAX = 500, BATCH_BYTES_MAX = 256 * 1024 };

struct batch_line {
    const char *bytes;
    size_t      len; /* without LF */
    struct hash name;
};

struct batch {
    uint64_t     kiosk;
    struct epoch epoch;
    int64_t      first;
    int          count; /* 0: only asks */
    struct hash  prev;
    struct epoch server; /* none: dealt with no server yet */
    struct mark  acked;
    uint64_t     run; /* 0: learnt nothing yet */
    int64_t      feed;
    int64_t      time_ms;

    struct batch_line lines[BATCH_EVENTS_MAX]; /* each with its name */
    struct hash       own_prev;                /* as the first line itself says; zero where it can't be read */
    bool              is_gap;                  /* one line that stands for the lost first..gap_to */
    int64_t           gap_to;
    struct hash       gap_next; /* zero: none kept */
};

/* False: not of the form, with its sentence; *is_large: more than a request may hold. */
bool batch_read(const char *body, size_t len, struct batch *batch, bool *is_large, struct err *err) MUST_CHECK;

/* Is this line a gap, and which? For one line that is stored. */
bool batch_line_is_gap(const char *line, size_t len, int64_t *to, struct hash *next);

#endif
