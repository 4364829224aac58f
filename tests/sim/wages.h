/* wages.h - what every line of the inbox is worth, reckoned once more by other code than server/judge, from what the
 * model knows; and whether the books owe the same, to the fen. */
#ifndef TESTS_SIM_WAGES_H
#define TESTS_SIM_WAGES_H

#include "tests/sim/world.h"

struct db;
struct wages;

/* Of all that is in the inbox now; books: its own knowledge of stops, badges and starts. */
struct wages *wages_reckon(struct world *world, struct db *books);
void          wages_free(struct wages *wages);

/* What a worker is due for all shift dates up to that one. */
int64_t wages_owed(const struct wages *wages, int32_t worker, int32_t to_day);

/* Of an event of the inbox: the feed number of which its kiosk had everything, in this server's numbers; and whether its
 * line was stopped in that. */
int64_t wages_seen(const struct wages *wages, int64_t number);
bool    wages_is_stopped(const struct wages *wages, int64_t number);

/* What the chain and the decisions say of a fact: whether it is in force, and may count by itself; how many pieces a decision
 * lets count, -1 where nobody decided; the number of that decision, 0 likewise. */
struct wages_say {
    bool    is_in_force, is_free;
    int64_t decided, decision;
};
struct wages_say wages_say(const struct wages *wages, int64_t number);

/* Every verdict, every worker's day and the sum of all pay lines. */
void wages_compare(struct wages *wages, struct db *books);

#endif
