/* yard.h - finished doors of the simulated factory: where they stand, door by door, reckoned from the inbox by other code than
 * server/judge/stock.c; and whether the books have the same, with every move, count and return of them. */
#ifndef TESTS_SIM_YARD_H
#define TESTS_SIM_YARD_H

#include "core/code.h"
#include "tests/sim/world.h"

struct db;
struct wages;

enum { YARD_PLACES = 4 }; /* 0: nobody said where */

/* What is on the wall at one of them. */
void yard_place(struct world *world, char text[CODE_TEXT_MAX]);

void yard_check(struct world *world, struct db *books, const struct wages *wages);

#endif
