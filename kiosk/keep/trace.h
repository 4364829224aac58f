/* trace.h - the trace of a line: who did the rest of it and when, and where its papers are; learnt with its totals. */
#ifndef KIOSK_KEEP_TRACE_H
#define KIOSK_KEEP_TRACE_H

#include "core/db.h"
#include "core/event.h"
#include "core/json.h"
#include "kiosk/words.h"

/* What totals of a line say of it takes the place of what was known; o NULL: they are gone. */
bool trace_learn(struct db *db, int64_t line, const struct json *o, struct err *err) MUST_CHECK;

/* An acknowledgement answers every stop of its line or order that stands now. n: the event's row. */
bool trace_answer(struct db *db, int64_t n, const struct event *event, struct err *err) MUST_CHECK;

/* Who reported last at each operation of the sheet, this kiosk's own entries included. */
bool trace_ops(struct db *db, struct found_sheet *sheet, struct err *err) MUST_CHECK;

/* Where the papers of a line are, newest first, at most `most`; those of the station itself are is_here. */
bool trace_papers(struct db *db, int64_t line, const char *station, int most, struct found_paper *papers, int *count,
                  struct err *err) MUST_CHECK;

#endif
