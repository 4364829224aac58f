/* stays.h - "n stay good, n are made again": what the office decides of a stopped sheet's work, operation by operation [R3].
 *
 * What stays is done on the new revision; the facts themselves stay where they are, with their pay and rate. Work of the old
 * sheet that arrives later is paid, not carried, and asks again: then good and redo no longer add up to what is good. */
#ifndef SERVER_BOOKS_STAYS_H
#define SERVER_BOOKS_STAYS_H

#include "server/books/act.h"

/* Body: line, op (of the old sheet), new_op (0 or left out: the same number), good, redo. The revision after the newest
 * signed one while its change is open, the newest one for what came late. Runs after the inbox. */
bool stays_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Is every good piece of the old revision decided, and does the draft of the new one have the operations for which they stay?
 * Refused with the first operation at which it isn't so. */
bool stays_check(struct books *books, int64_t line, int64_t old_rev, int64_t new_rev, struct err *err) MUST_CHECK;

#endif
