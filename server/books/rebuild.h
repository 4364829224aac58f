/* rebuild.h - the proof of wages: everything derived is made once more from the inbox, and compared row by row. */
#ifndef SERVER_BOOKS_REBUILD_H
#define SERVER_BOOKS_REBUILD_H

#include "core/buf.h"
#include "server/books/writer.h"

/* Empties the derived tables; what the office entered and what was issued stays. */
bool rebuild_empty(struct db *db, bool lifts, struct err *err) MUST_CHECK;

enum { REBUILD_TABLES_MAX = 40 };
struct rebuild_table {
    const char *name;
    int64_t     rows;
};

struct rebuild_result {
    int64_t    rows;        /* compared */
    int64_t    differences; /* rows that are in one alone, or other in it */
    struct buf first;       /* a JSON list of the first ten: {"table":..,"key":[..],"column":..,"kept":..,"built":..} */
    int        table_count;
    struct rebuild_table tables[REBUILD_TABLES_MAX]; /* rows compared in each */
};

/* Builds the books of books_path anew in the file work_path (which must not be there; the caller removes it) from the
 * inbox up to where those books are, and compares all derived tables. Reads books_path only. */
struct rebuild_options {
    const char          *books_path, *work_path;
    const char          *vfs;
    struct writer_source inbox;
    int64_t (*mono_us)(void *self); /* may be NULL */
    void *self;
};
bool rebuild_compare(const struct rebuild_options *options, int64_t now_ms, struct rebuild_result *result,
                     struct err *err) MUST_CHECK;

#endif
