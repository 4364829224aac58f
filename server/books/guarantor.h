/* guarantor.h - who stands in for deposits that didn't come yet [R16a]: with signature, limit and last day; the limit is shared
 * by the orders that he covers. */
#ifndef SERVER_BOOKS_GUARANTOR_H
#define SERVER_BOOKS_GUARANTOR_H

#include "server/books/money.h"

/* Body: guarantor (0 = a new one), base, name, phone, limit, signed, until, note, off, files (what he signed; needed for a new one, and
 * where limit or last day change). Answer: guarantor. */
bool guarantor_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Bodies: guarantor, order, sum; cover, base, why. */
bool guarantor_cover_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool guarantor_free_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
