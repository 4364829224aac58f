/* ship.h - a delivery note's way from the pick-up order (pickup.h) on: dispatched, void, printed anew, loaded [R16b] [R33]
 * [R36]. Money that goes back voids what isn't loaded yet by itself (ship_gate.h). */
#ifndef SERVER_BOOKS_SHIP_H
#define SERVER_BOOKS_SHIP_H

#include "server/books/act.h"

/* Bodies: note: the dispatch order, where the gate has opened. note, why: it is void; answer: loaded, doors that are on
 * trucks. note: its paper is printed anew after a change; answer: copy. */
bool ship_open_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool ship_void_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool ship_copy_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: note: loading ended, told by the office: an event of it. */
bool ship_done_line(struct books *books, struct act_call *call, struct event *line, struct err *err) MUST_CHECK;

#endif
