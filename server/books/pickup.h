/* pickup.h - a pick-up order (提货单): what of an order shall leave, checked against stock, stops and what other notes ask for
 * [R36]. Where the goods' money is in it is a delivery note at once. */
#ifndef SERVER_BOOKS_PICKUP_H
#define SERVER_BOOKS_PICKUP_H

#include "server/books/act.h"

/* Body: order, lines: [{line, doors, pieces: [numbers, none: any]}, ...], remarks. Answer: note, state, missing_fen. */
bool pickup_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
