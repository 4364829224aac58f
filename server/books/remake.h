/* remake.h - what was scrapped is made anew [R14]: a line counted down from 99, linked to what it replaces, with cause,
 * start operation and approver, at the head of today's queue. The order desk is told, and says that it knows. */
#ifndef SERVER_BOOKS_REMAKE_H
#define SERVER_BOOKS_REMAKE_H

#include "server/books/act.h"

enum { LINE_OF_REMAKES = 80 }; /* remakes count down from 99, lines and batches up to this one */

/* Body: line, pieces (doors), op (the first operation done again), cause; event (the report of the bad pieces), reason
 * (number of its list). Approver is who opens it. Answer: line. */
bool remake_open_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: line, base: the order desk knows of it. */
bool remake_seen_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
