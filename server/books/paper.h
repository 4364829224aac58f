/* paper.h - where the papers of a line are, and who did the rest of it and when: what a stop [R3] and the next worker ask. */
#ifndef SERVER_BOOKS_PAPER_H
#define SERVER_BOOKS_PAPER_H

#include "core/buf.h"
#include "core/db.h"
#include "core/err.h"
#include "core/event.h"

/* A fact that names a paper was taken: this is where the paper is now. */
bool paper_note(struct db *db, const struct event *event, int64_t number, struct err *err) MUST_CHECK;

/* Adds `"last":[...],"days":[...],"papers":[...]` of topic totals (docs/protocol.md) to an object that is being written. */
bool paper_tell(struct db *db, int64_t line, struct buf *out, struct err *err) MUST_CHECK;

#endif
