/* settle.h - one list of what needs a person: who takes care of it, what he said of it, a day closed with what is open carried
 * over [R18].
 *
 * Exceptions are derived, by reason and name; what people say of them are facts under the same key, so that a rebuild finds
 * them again. Held pieces, bad pieces and objections aren't settled here: they are decided (exception.h). */
#ifndef SERVER_BOOKS_SETTLE_H
#define SERVER_BOOKS_SETTLE_H

#include "server/books/act.h"

/* Body of the first three: items, [[reason, name as hex], ...], up to 500. What is gone by now is passed over and counted. */

/* ... why: what was found out or done. They leave the open list and stay readable. */
bool exception_settle_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Takes them over, or accepts what was handed over [R6]. */
bool exception_take_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* ... to, note: hands them over; they stay with whom they are until the other has accepted. */
bool exception_hand_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: to ("": to his own next day), note. All that the user has open, exceptions and enquiries, is carried over. */
bool day_close_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
