/* pool_tell.h - what kiosks learn of a crew's split and its last shifts: topic pool of the feed (docs/protocol.md). */
#ifndef SERVER_BOOKS_POOL_TELL_H
#define SERVER_BOOKS_POOL_TELL_H

#include "server/books/record.h"

/* Of the crew that a fact speaks of. */
bool pool_tell_number(struct record *record, int64_t number, struct err *err) MUST_CHECK;

/* By the columns of crew_split. */
bool tell_crew_split(struct record *record, const struct value *values, struct err *err) MUST_CHECK;

#endif
