/* time.h - day work: who enters it, and what an hour is worth. The facts of one shift date stand together like those of a
 * line, under a key of their own below 0: the date, negative. */
#ifndef SERVER_BOOKS_TIME_H
#define SERVER_BOOKS_TIME_H

#include "server/books/act.h"

/* The key under which day work of a shift date is judged. */
static inline int64_t time_line(int32_t day)
{
    return -(int64_t)day;
}

/* Body: worker (0: everybody without a rate of his own), from (day), rate (text, yuan an hour). Day work from that day on
 * is judged again. */
bool time_rate_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool time_rate_put(struct books *books, int32_t worker, int32_t from_day, int64_t hour_cfen, enum record_did *did,
                   struct err *err) MUST_CHECK;

/* All day work from a day on is judged again. */
bool time_renew(struct books *books, int32_t from_day, struct err *err) MUST_CHECK;

/* Body: worker, day, minutes, why: day work that the office enters. */
bool daywork_line(struct books *books, struct act_call *call, struct event *line, struct err *err) MUST_CHECK;

#endif
