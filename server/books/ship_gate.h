/* ship_gate.h - which delivery notes the money lets go [R16b]: what a gate says of a note, and what becomes of standing notes
 * when money comes or goes back. judge/gate.h has the rule, money.h the order's money, load.h what doors are worth. */
#ifndef SERVER_BOOKS_SHIP_GATE_H
#define SERVER_BOOKS_SHIP_GATE_H

#include "server/books/note.h"
#include "server/judge/gate.h"

/* May the note leave, with all of its order's that are open? */
bool ship_gate_of(struct books *books, const struct note *note, struct gate *gate, struct err *err) MUST_CHECK;

/* An order's money, price, override or part-shipment rule changed: standing notes that the gate no longer lets go are
 * voided, pick-up orders that it does are opened, oldest first. */
bool ship_gate_moved(struct books *books, int64_t order, struct err *err) MUST_CHECK;

/* Before an act ends: the same for every order whose gate it may have moved (gates.h). */
bool ship_gates_follow(struct books *books, struct err *err) MUST_CHECK;

#endif
