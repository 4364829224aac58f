/* money.h - what an order is worth and what of it is paid, for the gates of server/judge/gate.h.
 *
 * An order of the register is worth what its confirmed quote says, or what its lines say by now where that is more: a
 * price that was lowered counts once the customer has confirmed it. An imported one is worth what its lines say, or the
 * amount that two persons recorded. */
#ifndef SERVER_BOOKS_MONEY_H
#define SERVER_BOOKS_MONEY_H

#include "server/books/act.h"
#include "server/books/cell.h"
#include "server/judge/gate.h"

#define MONEY_MOST_FEN INT64_C(10000000000) /* a hundred million yuan: beyond it, a typing error */

/* Everything that the gates of an order ask, settings included. shipped_fen: 0 where nothing left. */
bool money_of(struct books *books, int64_t order, struct gate_money *out, struct err *err) MUST_CHECK;

/* May the load leave although the gate is shut [R16b]: such overrides are switched on, and two persons let at least so
 * much be missing. */
bool money_override(struct books *books, int64_t order, int64_t load_fen, bool *is, struct err *err) MUST_CHECK;

/* Refuses while the deposit is missing and nobody stands in for it [R16a]. */
bool money_check_production(struct books *books, int64_t order, struct err *err) MUST_CHECK;

/* Whose order it is: his number (0: an imported order) and name. Refuses where there is no such order. */
bool money_customer(struct books *books, int64_t order, int64_t *customer, char name[CELL_TEXT_MAX],
                    struct err *err) MUST_CHECK;

/* Not after today by the calendar, whatever the shift: banks know no night shift. */
bool money_day_check(struct books *books, int64_t day, struct err *err) MUST_CHECK;

/* One file of a body's "files" ({hash, name}): *is_there false where none is given. Refuses unknown ones and a second. */
struct money_file {
    bool        is_there;
    struct hash hash;
    char        name[CELL_TEXT_MAX];
};
bool money_file(struct books *books, const struct act_call *call, struct money_file *file, struct err *err) MUST_CHECK;

/* Body: order, sum, why, base: what an imported order is worth; two persons. */
bool amount_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* [R16b] Bodies: order, sum (how much may be missing), why, answers (who answers for it), two persons, one a manager;
 * unpaid, why: it holds no longer. */
bool unpaid_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool unpaid_end_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
