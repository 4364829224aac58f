/* pool.h - crew-shifts whose pay isn't split equally: what was said of them, who was in how long, which lines that touches.
 *
 * Takes joins and leaves as they are applied, the office's splits and coefficients; gives table pool_share, by which
 * lines.c splits the facts of that crew and shift. A crew-shift is computed like a line: what is touched is judged once
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

/* Gives a fact the people and weights of its crew-shift, where it has some. */
bool pool_split_fact(struct db *db, struct judge_fact *fact, int32_t day, struct err *err) MUST_CHECK;

/* Is it one that pool_split_fact() would change? */
bool pool_has(struct db *db, const struct event *event, int32_t day, bool *has, struct err *err) MUST_CHECK;

/* Body: crew, from (day), split: how the crew shares from that shift date on. */
bool crew_split_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: crew, worker, from (day), coefficient ("1.20"). */
bool crew_coefficient_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* The same of an import. from_day INT32_MIN: it says none: from the beginning, where nothing else is said yet. */
bool crew_split_put(struct books *books, const char *crew, const char *split, int32_t from_day, enum record_did *did,
                    struct err *err) MUST_CHECK;
bool crew_coefficient_put(struct books *books, const char *crew, int32_t worker, int32_t from_day, int64_t hundredths,
                          enum record_did *did, struct err *err) MUST_CHECK;

/* What kiosks learn of a crew's split and its last shifts: topic pool. */
bool pool_tell(struct record *record, const char *crew, struct err *err) MUST_CHECK;
bool pool_tell_number(struct record *record, int64_t number, struct err *err) MUST_CHECK;
bool tell_crew_split(struct record *record, const struct value *values, struct err *err) MUST_CHECK;

#endif
