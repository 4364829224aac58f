/* check.h - what must hold: after each step of the taker, at each start of the server, and when all is over.
 *
 * Keeps its own list of what stands in the inbox, read through the product's reader, so that a line which the server
 * had and lost, or has twice, is seen at once. */
#ifndef TESTS_SIM_CHECK_H
#define TESTS_SIM_CHECK_H

#include "core/event.h"
#include "server/take/take.h"
#include "tests/sim/world.h"

struct check_line {
    int64_t      number, taken_ms;
    struct hash  name;
    struct event event;
};

struct check {
    int64_t             count, cap; /* line number n is lines[n - 1] */
    struct check_line  *lines;
    struct take_reader *reader; /* while the server runs */
    int64_t             lost, doubled, fen_off, counted, held;
};

void check_open(struct world *world);
void check_close(struct world *world);

/* Takes in what is new in the inbox; false: the disk refuses, and the list lags behind. */
bool check_reads(struct world *world);

/* The taker has answered these. */
void check_taken(struct world *world, const struct take_answer *answers, int count);

void check_house_started(struct world *world);
void check_house_ended(struct world *world);

/* Number of the newest line of the inbox. */
int64_t check_end(const struct world *world);

/* The inbox is a copy that ends there. */
void check_set_back(struct world *world, int64_t end);

/* Is everything sent, booked and learnt? */
bool check_is_drained(struct world *world);

/* All that must hold at the end, with everything sent and booked. */
void check_all(struct world *world);

#endif
