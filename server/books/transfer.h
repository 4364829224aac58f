/* transfer.h - money from announcement to the orders it is for [R8].
 *
 * Announced by whoever hears of it; counts only after finance confirms that it arrived, and nobody confirms his own entry.
 * It is spread over orders of that customer; the rest is his prepayment, which can be spread later. Never edited: it is
 * refused where it didn't come, and reversed, whole or a part of it, by two persons with the reason. */
#ifndef SERVER_BOOKS_TRANSFER_H
#define SERVER_BOOKS_TRANSFER_H

#include "server/books/money.h"

/* Body: day, sum, method, payer, slip, note, files (one), parts: [{order, sum}, ...], and whose it is: customer (0 = none), or
 * who; both may be left out where parts name an order. Answer: transfer. */
bool transfer_announce_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: transfer, base, day, sum (what arrived), why (needed where it isn't what was announced), parts (left out: as
 * announced). Answer: rest: the prepayment. */
bool transfer_confirm_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: transfer, base, why: it didn't come. */
bool transfer_refuse_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: transfer (0: of all of the customer's, oldest first, with customer and who), parts: spreads a prepayment. */
bool transfer_spread_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: transfer, spread (0: the whole transfer), why: two persons, one of finance. A part goes back to the prepayment. */
bool transfer_reverse_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
