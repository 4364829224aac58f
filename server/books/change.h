/* change.h - stop and lift [R3]: one touch, no paper; every kiosk knows by the feed number that it gives. */
#ifndef SERVER_BOOKS_CHANGE_H
#define SERVER_BOOKS_CHANGE_H

#include "server/books/act.h"

/* Body: what (2603-0001 or 2603-0001-02), why. */
bool stop_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: what, base. */
bool lift_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
