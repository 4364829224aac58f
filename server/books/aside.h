/* aside.h - events that ended the program twice: passed over, held, shown to the office, which may have one tried once more.
 *
 * That happens where everything derived is made anew, at the server's next start: what an event says may touch other facts, and
 * verdicts know no other order than the inbox's. Until then a rebuild passes it over as the books do. One that ends the program
 * twice again is set aside as before, until the office says so again. */
#ifndef SERVER_BOOKS_ASIDE_H
#define SERVER_BOOKS_ASIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/db.h"
#include "core/err.h"

bool aside_add(struct db *db, int64_t number, int64_t now_ms, struct err *err) MUST_CHECK;

/* Is any event set aside? Is this one? */
bool aside_any(struct db *db, bool *any, struct err *err) MUST_CHECK;
bool aside_is(struct db *db, int64_t number, bool *is, struct err *err) MUST_CHECK;

/* Does the office want one tried again? And: those are set aside no longer; within the transaction that empties what is derived. */
bool aside_wanted(struct db *db, bool *is, struct err *err) MUST_CHECK;
bool aside_lift(struct db *db, struct err *err) MUST_CHECK;

/* Body: event (its name). */
struct books;
struct act_call;
bool aside_again_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
