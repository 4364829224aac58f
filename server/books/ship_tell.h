/* ship_tell.h - what docks learn: delivery notes with what is on their trucks, and finished doors in the house
 * (docs/protocol.md). No price, no sum, no phone number. */
#ifndef SERVER_BOOKS_SHIP_TELL_H
#define SERVER_BOOKS_SHIP_TELL_H

#include "server/books/record.h"

enum { NOTE_TEXT = 16 };
void note_write(int64_t id, char text[NOTE_TEXT]); /* 2603-00001 */

/* A note as it stands; nothing where there is none. Ended for TOLD_DAYS: gone. */
bool tell_note(struct record *record, int64_t note, struct err *err) MUST_CHECK;

/* Some of the notes that ended long ago and stand in the feed yet: gone. So a new kiosk's snapshot stays small. */
bool tell_old_notes(struct record *record, struct err *err) MUST_CHECK;

/* Finished doors of a line: came, went, where most of them are. */
bool tell_stock(struct record *record, int64_t line, struct err *err) MUST_CHECK;
bool tell_spot(struct record *record, int64_t number, const char *name, struct err *err) MUST_CHECK;

/* What a money gate reads has changed: its order is noted, ship_follow() looks at it before the act ends [R16b]. By the
 * columns of spread, unpaid (the order comes third, second), of amount and quoted (first), of a spec's line, of settings. */
bool gate_of_spread(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool gate_of_unpaid(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool gate_of_order(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool gate_of_change(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool gate_of_spec(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool gate_of_setting(struct record *record, const struct value *values, struct err *err) MUST_CHECK;

/* Standing notes that ask for the line: what it says has changed. */
bool tell_line_notes(struct record *record, const struct value *values, struct err *err) MUST_CHECK;

#endif
