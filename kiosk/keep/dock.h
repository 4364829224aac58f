/* dock.h - delivery notes and finished doors: what the feed brought of them, and what this kiosk recorded since [R33]. */
#ifndef KIOSK_KEEP_DOCK_H
#define KIOSK_KEEP_DOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/db.h"
#include "core/event.h"
#include "core/json.h"
#include "kiosk/keep/look.h"

/* Feed topics note and stock; o NULL: gone. Within a transaction that the caller has begun. */
bool dock_learn_note(struct db *db, uint64_t kiosk, const char *key, const struct json *o, struct err *err) MUST_CHECK;
bool dock_learn_stock(struct db *db, uint64_t kiosk, const char *key, const struct json *o, struct err *err) MUST_CHECK;

/* All of it is forgotten; own entries stay. */
bool dock_forget(struct db *db, struct err *err) MUST_CHECK;

/* Events that entries are kept of for the dock; and the note that one names, 0: none. */
bool    dock_is_kind(enum event_kind kind);
int64_t dock_note_of(const struct event *event);

/* The pieces of an entry that was just written. */
bool dock_keep(struct db *db, int64_t n, const struct event *event, struct err *err) MUST_CHECK;

/* What look.c needs; all start zero-initialised. A note that isn't known keeps NOTE_UNKNOWN. piece 0: the line. */
bool dock_note(struct db *db, int64_t key, struct found_note *note, struct err *err) MUST_CHECK;
bool dock_door(struct db *db, const struct look *look, struct line_ref line, int piece, struct found_door *door,
               struct err *err) MUST_CHECK;

/* The line is in the house, or on a note that waits: a stop of it concerns a dock. */
bool dock_has_line(struct db *db, int64_t line, bool *has, struct err *err) MUST_CHECK;

#endif
