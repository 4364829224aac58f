/* release.h - sheets go to the floor: by day and sequence, with a due day for each operation [R12]. Only then do kiosks
 * learn of them. */
#ifndef SERVER_BOOKS_RELEASE_H
#define SERVER_BOOKS_RELEASE_H

#include "server/books/review.h"

struct planned {
    int64_t line, rev, sequence;
    int32_t day;
};

/* The steps of a release, for those who release otherwise: what the body says; may it go to the floor; its sheet, of so
 * many doors; its place in the plan (sequence 0: after the last of that day, which it then is); it has gone. */
bool release_body(struct books *books, const struct act_call *call, struct planned *planned,
                  struct err *err) MUST_CHECK;
bool release_check(struct books *books, const struct draft *draft, struct err *err) MUST_CHECK;
bool release_issue(struct books *books, const struct draft *draft, int64_t quantity, struct err *err) MUST_CHECK;
bool release_plan(struct books *books, struct planned *planned, int64_t base, struct err *err) MUST_CHECK;
bool release_end(struct books *books, struct draft *draft, struct err *err) MUST_CHECK;

/* Bodies: line, day, sequence (0: after the last of that day); line, day, sequence: planned anew. */
bool release_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool plan_move_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
