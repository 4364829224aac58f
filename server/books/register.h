/* register.h - the order register: what came in writing, and the orders that are made of it.
 *
 * No order without a written source [R4]; placed with a number the same day, or by ten the next [R24]; two kinds of door
 * are two lines with two sheets [R23]; rush and doubtful dates wait for the follow-up clerk [R22], what isn't of the
 * house for the technical lead [R7]. Until its sheet is signed a line can be changed here; afterwards by a change order. */
#ifndef SERVER_BOOKS_REGISTER_H
#define SERVER_BOOKS_REGISTER_H

#include "server/books/act.h"

/* Something came: customer (0 = not known yet), who, received_day, received_time (10:25), source (file, walkin, sales),
 * signed, note, files. Answer: receipt. */
bool register_receive_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Places an order: receipt (0: with the fields of one), customer, salesperson, desk, project, rush, rush_owner,
 * rush_reason, doubt, remarks, lines: [{fields of spec.h, price, extra, extra_why}, ...]. Answer: order, as 2603-0001. */
bool register_place_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Changes what the order says (order, base, the same fields), or a line (line, base, its fields), or adds one (order). */
bool register_change_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool register_line_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool register_add_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
