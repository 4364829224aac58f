/* release.h - sheets go to the floor: by day and sequence, with a due day for each operation [R12]. Only then do kiosks
 * learn of them. */
#ifndef SERVER_BOOKS_RELEASE_H
#define SERVER_BOOKS_RELEASE_H

#include "server/books/review.h"

/* Bodies: line, day, sequence (0: after the last of that day); line, day, sequence: planned anew. */
bool release_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool plan_move_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
