/* case.h - quality and after-sales cases: a record from the first word to the last [R15] [R36].
 *
 * Opened of an order, a line, some doors, a report of bad pieces, or the arrival receipt of a delivery note. Whoever opens
 * it owns it until another has accepted it [R6]; a complaint is closed in 48 hours [R37], everything else is called back
 * about within 5 days, both settings. It is decided (repair, remake, send, money, none) with its cause, what it costs and
 * who bears that, and closed by its owner once somebody has looked that it is right now. */
#ifndef SERVER_BOOKS_CASE_H
#define SERVER_BOOKS_CASE_H

#include "server/books/act.h"

/* Body: order, or line, or note (of an arrival receipt that isn't right: kind and what are its own where they are left out);
 * event (a report of that line), pieces, kind, what, who, due, files. Answer: case. */
bool case_open_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: case, base, kind, what, who, pieces, fault, due, files: what is known of it now; files are added. */
bool case_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: case, base, decision, cause, remedy, cost, bearer, worker, remake (its line). Money back is the manager's; a worker
 * bears nothing but bad pieces that were decided to be his fault, once he was heard [R14]. */
bool case_decide_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: case, base, verified. */
bool case_close_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Bodies: case, base, to, note; case, base. */
bool case_hand_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool case_take_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* The same of one out of a list: *done false where it is closed or absent. */
bool case_take(struct books *books, int64_t id, bool *done, struct err *err) MUST_CHECK;
bool case_hand(struct books *books, int64_t id, const char *to, const char *note, bool *done,
               struct err *err) MUST_CHECK;

/* Hands all open ones of a user over (to "": none), as his day's close does; returns how many he has. */
bool case_hand_all(struct books *books, const char *user, const char *to, const char *note, int64_t *count,
                   struct err *err) MUST_CHECK;

#endif
