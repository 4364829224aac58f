/* adjust.h - fines, bonuses, losses, advances [R40]: entered by one person with the reason and the rule of the house,
 * approved by another, struck out where they were wrong; they never change a piece record. What a period takes of them,
 * and what is carried, stands in slip.c. */
#ifndef SERVER_BOOKS_ADJUST_H
#define SERVER_BOOKS_ADJUST_H

#include "server/books/act.h"

/* Body: worker, kind (bonus, fine, loss, advance), sum (text, yuan, above 0), day, why, rule. Answer: id. */
bool adjust_add_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: id_of, base. Nobody approves his own entry. */
bool adjust_approve_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: id_of, why, base. What periods took of it the next one pays back. */
bool adjust_strike_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
