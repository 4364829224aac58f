/* rebate.h - what a customer gets back of what he paid (返利) [R19]: agreed by one, confirmed by finance, a row of the ledger.
 * It opens no gate: paid out or set against an order, it comes as money of its own. */
#ifndef SERVER_BOOKS_REBATE_H
#define SERVER_BOOKS_REBATE_H

#include "server/books/act.h"

/* Body: customer, from, to, percent (2.5, of the money that comes in) or sum, why. No two of a customer share a day. Answer: rebate. */
bool rebate_agree_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: rebate, base. Nobody confirms his own entry; a rate once its last day is over: its sum is computed then and stays.
 * Answer: fen. */
bool rebate_confirm_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: rebate, base, why. Struck out it stays to be read. */
bool rebate_drop_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
