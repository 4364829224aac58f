/* ship.h - delivery notes: what may leave, by whose word, and what becomes of it when money goes back [R16b] [R33] [R36].
 *
 * A note begins as a pick-up order (提货单): what shall leave, checked against stock, stops, and what other notes ask for.
 * While the goods' money isn't in it is shut. It is open from the dispatch order (发货指令) on: at once where the money is
 * there, by itself when finance confirms it. Money that goes back voids what isn't loaded yet. Docks hear of each step under a
 * feed number, which tells what a kiosk can have known. */
#ifndef SERVER_BOOKS_SHIP_H
#define SERVER_BOOKS_SHIP_H

#include "server/books/act.h"
#include "server/books/cell.h"

/* Before an act ends: every order whose gate it may have moved (books/ship_tell.h gate_of_*). */
bool ship_follow(struct books *books, struct err *err) MUST_CHECK;

/* An order's money, price, override or part-shipment rule changed: standing notes that the gate no longer lets go are
 * voided, pick-up orders that it does are opened, oldest first. */
bool ship_money_changed(struct books *books, int64_t order, struct err *err) MUST_CHECK;

struct note {
    int64_t id, order, copy, copy_ms, made_ms, open_ms, open_feed, void_ms, void_feed, version; /* 0: not yet */
    char    made_by[132], open_by[132], void_by[132], void_why[512], remarks[CELL_TEXT_MAX];
};

/* The note that the body's field names; refuses where there is none. */
bool note_of_body(struct books *books, const struct act_call *call, struct note *note, struct err *err) MUST_CHECK;

/* Has its loading ended? */
bool note_is_done(struct books *books, int64_t note, bool *is, struct err *err) MUST_CHECK;

/* Has docks told of it, and its exceptions settled. */
void note_renew(struct books *books, int64_t note);

/* Notes on their way: not void, nothing signed for. After each change of the note or its arrival. */
bool note_way(struct books *books, int64_t id, struct err *err) MUST_CHECK;

/* Bodies: order, lines: [{line, doors, pieces: [numbers, none: any]}, ...], remarks. Answer: note, state, missing_fen.
 * note: the dispatch order, where the gate has opened. note, why: it is void. note: its paper is printed anew after a
 * change. */
bool ship_order_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool ship_open_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool ship_void_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool ship_copy_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: note: loading ended, told by the office: an event of it. */
bool ship_done_line(struct books *books, struct act_call *call, struct event *line, struct err *err) MUST_CHECK;

#endif
