/* progress.h - how far the writer is, and what an end at any moment leaves in doubt.
 *
 * One row of the books, written in each slice's transaction. `trying` says what was at work when the program ended:
 *    0   nothing: a clean end
 *   -n   slices of up to n events: one of the n behind applied_to may have ended the program, so they are applied one
 *        per transaction, each named beforehand
 *    n   event n alone: a start that finds it so within one boot of the machine counts, the second sets it aside. After
 *        a new boot the power ended it, not the event.
 */
#ifndef SERVER_BOOKS_PROGRESS_H
#define SERVER_BOOKS_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/db.h"

enum { PROGRESS_SLICE_FIRST = 64, PROGRESS_SLICE_MOST = 12000 };

struct progress {
    struct db *db;
    int64_t    trying, tries;     /* as committed */
    uint64_t   boot, boot_before; /* of this start's machine, and of the last one's */
    int64_t    careful_to;        /* up to this number: one event per transaction, named beforehand */
    bool       has_aside;         /* the table has rows */
};

/* Reads the place; what the last start left in doubt is entered. */
bool progress_open(struct progress *progress, struct db *db, uint64_t boot, int64_t now_ms, int64_t *applied_to,
                   struct err *err) MUST_CHECK;

bool progress_is_careful(const struct progress *progress, int64_t applied_to);

/* How many events the next slice may have, by what is committed. */
int64_t progress_most(const struct progress *progress, int64_t applied_to, int64_t wanted);

/* In a careful row: names the event behind applied_to, in a transaction of its own, unless that is done. */
bool progress_name_next(struct progress *progress, int64_t applied_to, struct err *err) MUST_CHECK;

/* Writes the place within a slice's transaction; progress_written() once that is committed. wanted: events that the next
 * slice would like to have; 0: none waits, so none is named. */
bool progress_write(struct progress *progress, int64_t applied_to, int64_t wanted, struct err *err) MUST_CHECK;
void progress_written(struct progress *progress, int64_t applied_to, int64_t wanted);

/* A clean end. */
bool progress_close(struct progress *progress, int64_t applied_to, struct err *err) MUST_CHECK;

/* Was this event set aside? */
bool progress_is_aside(struct progress *progress, int64_t number, bool *is_aside, struct err *err) MUST_CHECK;

#endif
