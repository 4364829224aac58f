/* revise.h - the technical desk of the simulated factory: a change order takes its sheet from stop to release (agreed, old
 * papers handed in or lost, what stays good, a new sheet with other quantities and rates, signed), and scrap is made anew.
 *
 * What must hold: the sheets in the books are those that were answered, with their quantities; none was released without its
 * deposit. What was answered is what wages.h reckons with: quantities, rates and what stays good of each revision. */
#ifndef TESTS_SIM_REVISE_H
#define TESTS_SIM_REVISE_H

#include "core/code.h"
#include "core/event.h"
#include "tests/sim/world.h"

struct db;

enum { REVISE_DEPOSIT_PERCENT = 10 };

/* A signed sheet. */
struct revise_sheet {
    int64_t line;
    int     rev, quantity;
    int32_t first_op;  /* a remake begins where the door was spoilt */
    int64_t more_cfen; /* its rates are higher than the house's by so much */
};

void revise_open(struct world *world);
void revise_close(struct world *world);
void revise_start(struct world *world);

/* The server knows no more than so many acts. */
void revise_set_back(struct world *world, int answered);

/* NULL: nobody signed it. */
const struct revise_sheet *revise_sheet_of(const struct world *world, int64_t line, int rev);

/* Pieces that stay good at an operation of that revision. */
int64_t revise_stays(const struct world *world, int64_t line, int rev, int32_t op);

/* What the customer agreed to pay for changes of that order. */
int64_t revise_agreed_fen(const struct world *world, int64_t order);

/* It is on a kiosk's disk. */
void revise_saved(struct world *world, const struct event *event);

/* At the end. */
void revise_check(struct world *world, struct db *books);

#endif
