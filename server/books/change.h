/* change.h - stop and change [R3].
 *
 * A stop needs one touch and no paper, for an order, a line or some doors of it; every kiosk knows by the feed number that it
 * gives. A change order (改单) of a stopped line: what the customer wants, the day on which he confirmed it (the lead time
 * counts anew from there), what he gets for it. The old sheets are collected (copy.h), what is made is decided (stays.h),
 * the new revision is signed again (draft.h, review.h); its release ends the change, and lifting the stop starts the line
 * again. */
#ifndef SERVER_BOOKS_CHANGE_H
#define SERVER_BOOKS_CHANGE_H

#include "server/books/act.h"

/* Body: what (2603-0001 or 2603-0001-02), why, pieces (so many doors of a line; left out or 0: all). Where some doors are
 * stopped already, a stop of more or fewer takes its place. */
bool stop_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: what, base. Not while a change of it is open. */
bool lift_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Bodies: line, wants, files: [{hash, name}]; change, base, wants, confirmed_day, confirmed_by, files;
 * change, base, sum (yuan), who, day; change, base, why. */
bool change_open_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool change_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool change_agree_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool change_drop_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* The open change of a line: its number, 0 where there is none. */
bool change_of_line(struct books *books, int64_t line, int64_t *id, struct err *err) MUST_CHECK;

/* May revision rev of the line be released: has the customer confirmed, are the old papers in or lost by name, is every
 * good piece decided? And: it is, the change is done. */
bool change_check(struct books *books, int64_t line, int64_t rev, struct err *err) MUST_CHECK;
bool change_done(struct books *books, int64_t line, int64_t rev, struct err *err) MUST_CHECK;

#endif
