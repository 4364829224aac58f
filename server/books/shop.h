/* shop.h - forms of what the shop is made of. Each saves one row: a body with the fields of its import (import_kinds.c; a
 * station's and a crew's id are called station and crew) and base, the version that its editor saw; another one in the books is a conflict, and nothing is written.
 *
 * Routings and rates propose: a sheet freezes both when it is signed [R17], so a change here touches no signed sheet.
 * Nothing is deleted [R1]: `off` retires, and is refused while something that stands still needs it. */
#ifndef SERVER_BOOKS_SHOP_H
#define SERVER_BOOKS_SHOP_H

#include "server/books/master.h"

bool operation_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool station_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool reason_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool crew_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool worker_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool routing_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool rate_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
