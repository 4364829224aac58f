/* people.h - who stands at the kiosks: workers with badges and sheets, who see nothing but the screen. */
#ifndef TESTS_SIM_PEOPLE_H
#define TESTS_SIM_PEOPLE_H

#include "tests/sim/world.h"

void people_open(struct world *world);
void people_close(struct world *world);

/* Work begins: shifts come and go until the world's end_ms. */
void people_start(struct world *world);

/* Somebody will come to that kiosk. */
void people_come(struct world *world, int booth);

/* Is the factory at work at this time? Kiosks are switched off in between, with the master switch of the hall. */
bool people_at_work(int64_t at_ms);

#endif
