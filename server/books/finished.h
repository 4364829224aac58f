/* finished.h - how far a line's doors are done: those that passed the last operation of its newest signed sheet, and the
 * shift date of the last of them. On-time rate and output are read from it. */
#ifndef SERVER_BOOKS_FINISHED_H
#define SERVER_BOOKS_FINISHED_H

#include "core/db.h"

struct finished {
    int64_t doors;
    bool    is_whole; /* all of the line */
    int32_t day;      /* of the newest report at a last operation; 0 without doors */
};

bool finished_read(struct db *db, int64_t line, struct finished *finished, struct err *err) MUST_CHECK;

/* Writes what differs; nothing done has no row. */
bool finished_write(struct db *db, int64_t line, const struct finished *was, const struct finished *now,
                    struct err *err) MUST_CHECK;

#endif
