/* entry.h - what look-ups need of an event, kept beside it: made in the saving transaction, gone with the event. */
#ifndef KIOSK_KEEP_ENTRY_H
#define KIOSK_KEEP_ENTRY_H

#include "core/db.h"
#include "core/event.h"

/* Of what look-ups speak of: reports, undos, corrections, objections, bindings, who joined and left, a dock's doors and
 * notes, and what was said to a stop or a question; other kinds leave nothing. n: the event's row. */
bool entry_add(struct db *db, int64_t n, const struct event *event, struct err *err) MUST_CHECK;

/* A spare badge means that worker on that shift date: also in the entries that were made with it already. */
bool entry_bind(struct db *db, int64_t badge, int32_t day, int32_t worker, bool is_own, struct err *err) MUST_CHECK;

/* Rates of a line's revision became known: entries that were made without get theirs. */
bool entry_rates(struct db *db, int64_t line, struct err *err) MUST_CHECK;

#endif
