/* ship_tell.h - what docks learn: delivery notes with what is on their trucks, and finished doors in the house
 * (docs/protocol.md). No price, no sum, no phone number. */
#ifndef SERVER_BOOKS_SHIP_TELL_H
#define SERVER_BOOKS_SHIP_TELL_H

#include "server/books/record.h"

/* A note as it stands; nothing where there is none. Ended for TOLD_DAYS: gone. */
bool tell_note(struct record *record, int64_t note, struct err *err) MUST_CHECK;

/* Some of the notes that ended long ago and stand in the feed yet: gone. So a new kiosk's snapshot stays small. */
bool tell_old_notes(struct record *record, struct err *err) MUST_CHECK;

/* Finished doors of a line: came, went, where most of them are. */
bool tell_stock(struct record *record, int64_t line, struct err *err) MUST_CHECK;
bool tell_spot(struct record *record, int64_t number, const char *name, struct err *err) MUST_CHECK;

/* Standing notes that ask for the line: what it says has changed. */
bool tell_line_notes(struct record *record, const struct value *values, struct err *err) MUST_CHECK;

#endif
