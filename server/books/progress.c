/* progress.c - how far the writer is, and what an end at any moment leaves in doubt: server/books/progress.h. */
#include "server/books/progress.h"

#include "server/books/aside.h"

enum { TRIES_MOST = 2 /* starts that found the same event */ };

/* ---------------------------------------------------------------------------------------------------- the row */

static bool row_read(struct progress *progress, int64_t *applied_to, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(progress->db, SQL("SELECT applied_to, trying, tries, boot FROM place WHERE only_row = 1"), &stmt,
                                      err))
        return false;
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_DAMAGED, SAY("books.place"));
    *applied_to = db_int(stmt, 0);
    progress->trying = db_int(stmt, 1);
    progress->tries = db_int(stmt, 2);
    progress->boot_before = (uint64_t)db_int(stmt, 3);
    db_reset(stmt);
    return true;
}

static bool row_write(struct progress *progress, int64_t applied_to, int64_t trying, int64_t tries, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(progress->db,
                    SQL("UPDATE place SET applied_to = $1, trying = $2, tries = $3, boot = $4 WHERE only_row = 1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, applied_to);
    db_bind_int(stmt, 2, trying);
    db_bind_int(stmt, 3, tries);
    db_bind_int(stmt, 4, (int64_t)progress->boot);
    return db_run(stmt, err);
}

/* In a transaction of its own. */
static bool row_commit(struct progress *progress, int64_t applied_to, int64_t trying, int64_t tries, struct err *err)
{
    if (!db_begin(progress->db, err)) return false;
    if (!row_write(progress, applied_to, trying, tries, err)) {
        db_rollback(progress->db);
        return false;
    }
    if (!db_commit(progress->db, err)) return false;
    progress->trying = trying;
    progress->tries = tries;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- starting */

/* An event is named again only when it is tried again: a start that gets no further than here says nothing against
 * it. */
static bool doubt_enter(struct progress *progress, int64_t applied_to, int64_t now_ms, struct err *err)
{
    int64_t trying = progress->trying,
            tries = progress->tries + (trying > 0 && progress->boot == progress->boot_before);
    bool is_aside = tries >= TRIES_MOST;
    if (trying < 0) progress->careful_to = applied_to - trying;
    if (trying > 0) progress->careful_to = trying + PROGRESS_SLICE_FIRST;
    if (is_aside) tries = 0;
    if (!db_begin(progress->db, err)) return false;
    if ((is_aside && !aside_add(progress->db, trying, now_ms, err)) ||
        !row_write(progress, applied_to, -PROGRESS_SLICE_FIRST, tries, err)) {
        db_rollback(progress->db);
        return false;
    }
    if (!db_commit(progress->db, err)) return false;
    progress->trying = -PROGRESS_SLICE_FIRST;
    progress->tries = tries;
    return true;
}

bool progress_open(struct progress *progress, struct db *db, uint64_t boot, int64_t now_ms, int64_t *applied_to,
                   struct err *err)
{
    *progress = (struct progress){.db = db, .boot = boot};
    return row_read(progress, applied_to, err) && doubt_enter(progress, *applied_to, now_ms, err) &&
           aside_any(db, &progress->has_aside, err);
}

bool progress_is_aside(struct progress *progress, int64_t number, bool *is_aside, struct err *err)
{
    *is_aside = false;
    return !progress->has_aside || aside_is(progress->db, number, is_aside, err);
}

bool progress_close(struct progress *progress, int64_t applied_to, struct err *err)
{
    return row_commit(progress, applied_to, 0, 0, err);
}

/* ---------------------------------------------------------------------------------------------------- going on */

bool progress_is_careful(const struct progress *progress, int64_t applied_to)
{
    return applied_to < progress->careful_to;
}

int64_t progress_most(const struct progress *progress, int64_t applied_to, int64_t wanted)
{
    if (progress_is_careful(progress, applied_to)) return 1;
    int64_t most = progress->trying < 0 ? -progress->trying : PROGRESS_SLICE_FIRST;
    return wanted < most ? wanted : most;
}

bool progress_name_next(struct progress *progress, int64_t applied_to, struct err *err)
{
    return progress->trying == applied_to + 1 || row_commit(progress, applied_to, applied_to + 1, progress->tries, err);
}

/* The next one of a careful row is named with the one before it; otherwise slices may double. */
static int64_t next_trying(const struct progress *progress, int64_t applied_to, int64_t wanted)
{
    if (wanted > 0 && progress_is_careful(progress, applied_to)) return applied_to + 1;
    int64_t most = 2 * wanted < PROGRESS_SLICE_FIRST ? PROGRESS_SLICE_FIRST : 2 * wanted;
    return most > PROGRESS_SLICE_MOST ? -PROGRESS_SLICE_MOST : -most;
}

bool progress_write(struct progress *progress, int64_t applied_to, int64_t wanted, struct err *err)
{
    return row_write(progress, applied_to, next_trying(progress, applied_to, wanted), 0, err);
}

void progress_written(struct progress *progress, int64_t applied_to, int64_t wanted)
{
    progress->trying = next_trying(progress, applied_to, wanted);
    progress->tries = 0;
}
