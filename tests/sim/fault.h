/* fault.h - what goes wrong in the simulated factory, and when. Everything ends at the world's end_ms. */
#ifndef TESTS_SIM_FAULT_H
#define TESTS_SIM_FAULT_H

#include "tests/sim/world.h"

void fault_open(struct world *world);
void fault_close(struct world *world);

/* Draws the run's faults. */
void fault_start(struct world *world);

/* The faults are over: networks, disks, machines and clocks are sound from here on. */
void fault_end(struct world *world);

/* That machine starts again after a crash: perhaps it doesn't get far. */
void fault_recovery(struct world *world, const char *folder);

const char *fault_name(enum hit hit);

#endif
