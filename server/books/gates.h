/* gates.h - orders whose money gate an act may have moved: noted in struct record by the rows that a gate reads, looked at by
 * ship_gates_follow() before the act ends [R16b]. Functions of noun tables: each takes its noun's columns. */
#ifndef SERVER_BOOKS_GATES_H
#define SERVER_BOOKS_GATES_H

#include "server/books/record.h"

/* The order stands third in spread, second in unpaid, first in amount and quoted; in change and spec it is the line's. */
bool gate_of_spread(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool gate_of_unpaid(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool gate_of_order(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool gate_of_change(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool gate_of_spec(struct record *record, const struct value *values, struct err *err) MUST_CHECK;

/* Some settings move any order's. */
bool gate_of_setting(struct record *record, const struct value *values, struct err *err) MUST_CHECK;

#endif
