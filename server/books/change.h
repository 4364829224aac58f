/* change.h - change orders (改单) [R3].
 *
 * One is opened for a stopped line (stop.h): what the customer wants, the day on which he confirmed it (the lead time
 * counts anew from there), what he gets for it. The old sheets are collected (copy.h), what is made is decided (stays.h),
 * the new revision is signed again (draft.h, review.h); its release ends the change, and lifting the stop starts the line
 * again. */
#ifndef SERVER_BOOKS_CHANGE_H
#define SERVER_BOOKS_CHANGE_H

#include "server/books/act.h"

enum change_state { CHANGE_OPEN, CHANGE_RELEASED, CHANGE_DROPPED }; /* as table change has it */

/* Bodies: line, or lines: several of one order in one change, wants, files: [{hash, name}]; change, base, wants, confirmed_day, confirmed_by, files;
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
