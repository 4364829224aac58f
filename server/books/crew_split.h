/* crew_split.h - how a crew shares its pay from a day on, and what each of its people is worth an hour: what the office says
 * of it. judge/pool.h has the rule, pool.h what it makes of a shift. */
#ifndef SERVER_BOOKS_CREW_SPLIT_H
#define SERVER_BOOKS_CREW_SPLIT_H

#include "server/books/act.h"

/* Body: crew, from (day), split: how the crew shares from that shift date on. */
bool crew_split_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: crew, worker, from (day), coefficient ("1.20"). */
bool crew_coefficient_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* The same of an import. from_day INT32_MIN: it says none: from the beginning, where nothing else is said yet. */
bool crew_split_put(struct books *books, const char *crew, const char *split, int32_t from_day, enum record_did *did,
                    struct err *err) MUST_CHECK;
bool crew_coefficient_put(struct books *books, const char *crew, int32_t worker, int32_t from_day, int64_t hundredths,
                          enum record_did *did, struct err *err) MUST_CHECK;

#endif
