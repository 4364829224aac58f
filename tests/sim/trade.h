/* trade.h - the order desk, finance and shipping of the simulated factory: orders come in, money is announced, confirmed,
 * spread, taken back; delivery notes are made, opened by money or by two who answer for it, and voided.
 *
 * What must hold: the books count the money that was answered as counted, fen by fen; no note stands open whose goods
 * aren't paid; no door counts as loaded by a note that wasn't open, or was void, or of a line that was stopped, in what
 * the kiosk had heard; and no door is loaded twice. */
#ifndef TESTS_SIM_TRADE_H
#define TESTS_SIM_TRADE_H

#include "core/code.h"
#include "tests/sim/world.h"

struct db;
struct wages;

void trade_open(struct world *world);
void trade_close(struct world *world);

/* What a door of that line costs, as imported. */
int64_t trade_price_fen(struct line_ref line);

void trade_start(struct world *world);

/* The server knows no more than so many acts. */
void trade_set_back(struct world *world, int answered);

/* Is so much of what the order costs in? */
bool trade_has_deposit(const struct world *world, int64_t line, int percent);

/* The paper of a note that was made lately, as somebody in the hall holds it; false: there is none. */
bool trade_paper(struct world *world, enum dice dice, char text[CODE_TEXT_MAX]);

/* At the end. */
void trade_check(struct world *world, struct db *books, const struct wages *wages);

#endif
