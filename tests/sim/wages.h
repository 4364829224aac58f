/* wages.h - what every line of the inbox is worth, reckoned once more by other code than the product's. */
#ifndef TESTS_SIM_WAGES_H
#define TESTS_SIM_WAGES_H

#include "tests/sim/world.h"

struct db;

/* Compares verdicts, dues and sums of the books with its own; the first difference is what is wrong. */
void wages_check(struct world *world, struct db *books);

#endif
