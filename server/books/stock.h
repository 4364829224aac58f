/* stock.h - what the dock's events make of a line: doors in the house by place, loaded by note, counts; and notes whose
 * loading ended. Takes a judgement, writes the rows that differ; all of it is derived [R33]. */
#ifndef SERVER_BOOKS_STOCK_H
#define SERVER_BOOKS_STOCK_H

#include "core/db.h"
#include "core/event.h"
#include "server/books/line_book.h"
#include "server/judge/line.h"

/* Notes that ask for the line, into the book. */
bool stock_read(struct line_book *book, struct db *db, struct err *err) MUST_CHECK;

/* Writes loaded, stock, stock_sum and stock_count of a line that was judged; has kiosks told where anything differs. */
bool stock_write(const struct line_book *book, const struct judgement *judged, const struct worth_out *out,
                 struct err *err) MUST_CHECK;

/* "2603-00001 done": loading ended. Anything else is left alone. */
bool stock_done(struct db *db, struct telling *telling, const struct event *event, const struct hash *name,
                int64_t number, int32_t day, int64_t taken_ms, struct err *err) MUST_CHECK;

/* What was left behind of a note whose loading ended is an exception until the order desk says what becomes of it; so are
 * goods that didn't arrive as they should, until somebody settled it. Called before kiosks are told of a note. */
bool stock_left(const struct worth_out *out, int64_t note, struct err *err) MUST_CHECK;

#endif
