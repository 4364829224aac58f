/* quote.h - quotes: what went out, and the customer's recorded confirmation [R4][R20].
 *
 * A quote waits for the technical lead's yes [R7]; the order is accepted by its confirmation, which waits for the
 * follow-up clerk's [R22]. An order changed after its quote has to be quoted again. */
#ifndef SERVER_BOOKS_QUOTE_H
#define SERVER_BOOKS_QUOTE_H

#include "server/books/act.h"

/* Bodies: order; order, n, how (wechat, fax, mail, signed), day, person, note, files; order. */
bool quote_make_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool quote_confirm_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool quote_chase_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* The confirmed quote of a line's order: its number, and the line's fields in it, appended. Refused where nothing is
 * confirmed, or the order says something else by now. */
bool quote_confirmed(struct books *books, int64_t order, int64_t line, int64_t *n, struct buf *fields,
                     struct err *err) MUST_CHECK;

#endif
