/* office.h - what the office of such a factory has in its books: customers, what the search knows, orders with all that a page
 * of an order reads, goods that left, periods that were closed. */
#ifndef TESTS_BENCH_FILL_OFFICE_H
#define TESTS_BENCH_FILL_OFFICE_H

#include "core/db.h"
#include "tests/bench/fill/table.h"

/* Through the house's own functions, so that the search finds what it would find: before the rest. */
bool office_names_fill(struct db *db, struct err *err) MUST_CHECK;

/* Lines 0 .. lines - 1 in orders of BENCH_LINES_AN_ORDER; events: how many of their pieces were reported. has_goods:
 * what is finished is in the house or has left, of which there are no events: a rebuild finds no goods. */
void office_orders_fill(struct file *file, int64_t lines, int64_t events, bool has_goods);

/* Of the events in the books: weeks, lines on the floor, closed months. The month before the last one is the newest closed
 * one, the last whole one is left open. */
void office_sums_fill(struct file *file, int64_t events);

#endif
