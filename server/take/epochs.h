/* epochs.h - the lives of this server: its epochs and starts, and whether a kiosk has seen one that it doesn't know.
 *
 * An epoch is opened where an inbox begins, after a restore, and when a request shows that this server was set back: a copy of an
 * older day. What the transaction in hand opened counts for others only once it is committed. */
#ifndef SERVER_TAKE_EPOCHS_H
#define SERVER_TAKE_EPOCHS_H

#include "server/take/batch.h"
#include "server/take/strands.h"
#include "server/take/take.h"

struct epochs {
    struct epoch     now, committed;
    struct epoch     back; /* opened in this start, since it was set back: nobody can know more of that one */
    bool             is_opening_back; /* the transaction in hand opens such a one */
    struct epoch    *known;           /* all that are committed */
    size_t           count, room;
    struct take_run *runs; /* starts of the server, by their first feed number */
    size_t           run_count;
    uint64_t         run;  /* of this start */
    int64_t          feed; /* newest number */
};

bool epochs_read(struct db *db, struct epochs *epochs, struct err *err) MUST_CHECK;
void epochs_free(struct epochs *epochs);

/* Opens one above that counter, in the transaction in hand; why: first, restore, back. after: number of the last event before it. */
bool epochs_open(struct db *db, struct epochs *epochs, uint32_t above, const char *why, int64_t after, int64_t now_ms,
                 struct err *err) MUST_CHECK;
void epochs_committed(struct epochs *epochs);
void epochs_rolled_back(struct epochs *epochs);

/* Copied; n > 0. */
void epochs_runs(struct epochs *epochs, uint64_t run, const struct take_run *runs, size_t n);

/* Does the request know more of this server than this server does itself? versions: scratch. */
bool epochs_are_behind(const struct epochs *epochs, struct strands *strands, const struct strand *strand,
                       const struct batch *batch, struct versions *versions, bool *are, struct err *err) MUST_CHECK;

#endif
