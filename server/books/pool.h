/* pool.h - crew-shifts whose pay isn't split equally: what was said of them, who was in how long, which lines that touches.
 *
 * Takes joins and leaves as they are applied, the office's splits and coefficients; gives table pool_share
 * (pool_share.h), by which the facts of that crew and shift are split. A crew-shift is computed like a line: what is touched is judged once
 * a slice, from all that was said of it, and the lines whose facts it splits are judged anew. */
#ifndef SERVER_BOOKS_POOL_H
#define SERVER_BOOKS_POOL_H

#include "server/books/act.h"
#include "server/judge/pool.h"

/* A fact that was stored just now, with the day in force. */
bool pool_note(struct books *books, int64_t number, const struct event *event, int32_t day, struct err *err) MUST_CHECK;

/* Who a fact without a line is of has changed: its crew-shift is judged anew. */
bool pool_renew(struct books *books, int64_t number, struct err *err) MUST_CHECK;

/* Judges what was touched. */
bool pools_judge(struct books *books, struct err *err) MUST_CHECK;
void pools_clear(struct pools *pools);
void pools_free(struct pools *pools);

/* How a crew shares changed from a day on: all of its shifts since. */
bool pool_touch_crew(struct books *books, const char *crew, int32_t from_day, struct err *err) MUST_CHECK;

#endif
