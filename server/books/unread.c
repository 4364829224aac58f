/* unread.c - what an older program couldn't read: server/books/unread.h. In: the exceptions of that reason, and their bytes.
 * Out: does event_read() make more of one of them now? */
#include "server/books/unread.h"

#include "core/event.h"

/* Why apply.c and judge/ hold what they don't understand. Only the first is a fact with a kind. */
static const char *const REASONS[] = {"verdict.words", "event.field", "event.kind", "event.bad", "event.gap"};
enum { REASON_COUNT = sizeof REASONS / sizeof *REASONS };

/* Bytes that were no event are understood once they are one; those of a newer kiosk, once no word is unknown. */
static bool is_understood(const char *bytes, size_t len, bool was_event)
{
    struct event event;
    struct err   err;
    return event_read(bytes, len, &event, &err) && !(was_event && event.has_unknown);
}

static bool reason_look(struct db *books, const char *reason, bool *is_less, struct err *err)
{
    struct db_stmt *stmt;
    size_t          len;
    if (!db_prepare(books, SQL("SELECT f.bytes, f.kind FROM exception AS e JOIN fact AS f ON f.number = e.number"
                               " WHERE e.reason = $1 ORDER BY e.name"),
                               &stmt, err))
        return false;
    db_bind_text(stmt, 1, reason);
    for (bool row; !*is_less;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        const char *bytes = db_blob(stmt, 0, &len);
        *is_less = is_understood(bytes, len, db_int(stmt, 1) >= 0);
    }
    db_reset(stmt);
    return true;
}

bool unread_is_less(struct db *books, bool *is_less, struct err *err)
{
    bool found = false;
    for (int i = 0; i < REASON_COUNT && !found; i++)
        if (!reason_look(books, REASONS[i], &found, err)) return false;
    *is_less = found;
    return true;
}
