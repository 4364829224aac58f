/* month.h - month ends in the simulated factory: the payroll clerk checks the month that is over, now and then takes the
 * check back, closes it with a second person, in the middle of whatever goes wrong; late facts go into the next one.
 *
 * What must hold: a checked month pays what is due, reckoned by wages.h, less what was paid before; of two who close at
 * once one does; a closed month never changes again; at the end paid + late + open = due for every worker. */
#ifndef TESTS_SIM_MONTH_H
#define TESTS_SIM_MONTH_H

#include "tests/sim/world.h"

struct db;
struct wages;

enum { MONTHS_MOST = 64 };

/* A closing that was answered. */
struct closing {
    int      act; /* how many acts the office had asked for before */
    int32_t  to_day;
    uint64_t sum; /* of all that the books have of it */
};

struct month {
    int            count;
    struct closing closings[MONTHS_MOST];
};

void month_open(struct world *world);
void month_close(struct world *world);

/* The day on which months begin, so that the first one ends with the first day. */
int month_start_day(const struct world *world);

/* Has that day's month been closed? */
bool month_is_closed(const struct world *world, int32_t day);

void month_start(struct world *world);

/* All is calm and sent: the last month ends too. */
void month_end(struct world *world);

/* The server knows no more than so many acts. */
void month_set_back(struct world *world, int answered);

/* Closed months are as they were. */
void month_kept(struct world *world, struct db *books);

/* At the end. */
void month_check(struct world *world, struct db *books, const struct wages *wages);

#endif
