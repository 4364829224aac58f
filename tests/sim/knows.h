/* knows.h - when all is over: what each kiosk still keeps, and whether it knows what the office says. */
#ifndef TESTS_SIM_KNOWS_H
#define TESTS_SIM_KNOWS_H

#include "tests/sim/world.h"

struct db;

/* Has every kiosk learnt everything that the server has to tell? */
bool knows_all(struct world *world);

/* Compares each kiosk's file with the model and with the books. */
void knows_check(struct world *world, struct db *books);

#endif
