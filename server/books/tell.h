/* tell.h - what kiosks learn of the office's records: one function a topic of the feed (docs/protocol.md).
 *
 * Called by record.c with the row's values in the order of its columns. No price of a product, no customer, no phone
 * number travels to a kiosk. */
#ifndef SERVER_BOOKS_TELL_H
#define SERVER_BOOKS_TELL_H

#include "server/books/record.h"

bool tell_setting(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool tell_station(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool tell_operation(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool tell_reason(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool tell_crew(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool tell_worker(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool tell_badge(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool tell_stop(struct record *record, const struct value *values, struct err *err) MUST_CHECK;
bool tell_asked(struct record *record, const struct value *values, struct err *err) MUST_CHECK;

/* A line's newest signed revision, read from the books. */
bool tell_sheet(struct record *record, int64_t line, struct err *err) MUST_CHECK;

/* A list of marks, up to where the events of kiosks are in: [["<kiosk>","<epoch>",seq],...]. Columns: kiosk, epoch's counter and
 * random number, seq. */
bool tell_marks(struct db_stmt *stmt, struct buf *out, struct err *err) MUST_CHECK;

#endif
