/* follow.h - what the follow-up clerk does about an order's day: acknowledges a rush alert [R30], gives the new date and who
 * told the customer, names who is responsible for a late order and why [R31]. */
#ifndef SERVER_BOOKS_FOLLOW_H
#define SERVER_BOOKS_FOLLOW_H

#include "server/books/act.h"

/* Body: order, kind (seen; day with day, told; cause with responsible, cause). */
bool follow_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
