/* bind.c - spare badges: server/books/bind.h. Takes the bindings of the inbox, gives table bind and what hangs on it. */
#include "server/books/bind.h"

#include <string.h>

#include "core/clock.h"
#include "server/books/exception.h"

#define BADGE_MOST INT64_C(999999999999999)

static bool bind_write(struct db *db, int64_t badge, int32_t day, int32_t worker, int64_t number, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db,
                    SQL("INSERT INTO bind (badge, day, worker, number) VALUES ($1, $2, $3, $4)"
                        " ON CONFLICT (badge, day) DO UPDATE SET worker = excluded.worker, number = excluded.number"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, badge);
    db_bind_int(stmt, 2, day);
    db_bind_int(stmt, 3, worker);
    db_bind_int(stmt, 4, number);
    return db_run(stmt, err);
}

/* Whom the books have behind that badge on that day now: nobody, or the one to whom it was bound before. */
static bool facts_renew(struct books *books, int64_t badge, int32_t day, int32_t before, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT f.line, f.number FROM fact_worker AS w JOIN fact AS f ON f.number = w.number"
                        " WHERE w.worker IN (0, $1) AND w.day = $2 AND w.badge = $3"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, before);
    db_bind_int(stmt, 2, day);
    db_bind_int(stmt, 3, badge);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (!books_renew_fact(books, db_int(stmt, 0), db_int(stmt, 1), err)) return false;
    }
}

/* Facts of this slice stand in no table of workers yet: their lines are read again as well. */
bool bind_put(struct books *books, int64_t badge, int32_t day, int32_t worker, int64_t number, struct err *err)
{
    const int64_t *bound = map_find(&books->people.binds, (uint64_t)badge, (uint64_t)(int64_t)day);
    int32_t        before = bound == NULL ? 0 : (int32_t)*bound;
    if (!bind_write(books->db, badge, day, worker, number, err)) return false;
    people_bind(&books->people, badge, day, worker);
    lines_renew_touched(&books->lines);
    telling_note(&books->telling, TELL_BIND, badge, 0, false);
    return facts_renew(books, badge, day, before, err);
}

bool bind_of_another(struct books *books, int64_t badge, int32_t worker, bool *has, int32_t *day, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT day FROM bind WHERE badge = $1 AND worker != 0 AND worker != $2"
                        " ORDER BY day DESC LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, badge);
    db_bind_int(stmt, 2, worker);
    if (!db_step(stmt, has, err)) return false;
    *day = *has ? (int32_t)db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

/* ---- By the office */

bool bind_line(struct books *books, struct act_call *call, struct event *line, struct err *err)
{
    struct event new = {.kind = EVENT_BIND, .worker_count = 1};
    const char *day_text, *why = "";
    int64_t     badge, worker;
    int32_t     day;
    if (!body_int(call, "badge", 1, BADGE_MOST, &badge, err) || !body_int(call, "worker", 1, INT32_MAX, &worker, err) ||
        !body_text(call, "day", false, DAY_TEXT - 1, &day_text, err))
        return false;
    if (!day_read(day_text, &day)) return err_set(err, ERR_INPUT, say_text(SAY("import.day"), day_text));
    if (json_get(call->body, "why") != NULL && !body_text(call, "why", true, EVENT_WHY_MAX - 1, &why, err))
        return false;
    if (people_person(&books->people, (int32_t)worker) == NULL)
        return err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), worker));
    memcpy(new.why, why, strlen(why));
    new.workers[0] = (struct event_worker){.badge = badge, .number = (int32_t)worker, .share = 1};
    exception_sign(books, call, &new);
    new.shift_day = day;
    new.shift[0] = '\0';
    *line = new;
    return true;
}
