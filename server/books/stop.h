/* stop.h - stops [R3]: one touch and no paper, for an order, a line or some doors of it; every kiosk knows by the feed number
 * that a stop gives. Lifting it gives another. */
#ifndef SERVER_BOOKS_STOP_H
#define SERVER_BOOKS_STOP_H

#include "server/books/act.h"

/* Body: what (2603-0001 or 2603-0001-02), why, pieces (so many doors of a line; left out or 0: all). Where some doors are
 * stopped already, a stop of more or fewer takes its place. */
bool stop_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: what, base. Not while a change of it is open. */
bool lift_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Does a stop of the line or its order stand? One of some doors alone is none here: the rest goes on. */
bool stop_stands(struct books *books, int64_t line, bool *is, struct err *err) MUST_CHECK;

#endif
