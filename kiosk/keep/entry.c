/* entry.c - what look-ups need of an event: kiosk/keep/entry.h. Takes an event, gives its rows in entry and
 * entry_worker, or in bind. */
#include "kiosk/keep/entry.h"

#include "kiosk/keep/asked.h"
#include "kiosk/keep/dock.h"
#include "kiosk/keep/trace.h"

enum { BIND_DAYS = 40 /* a little longer than events are kept */ };

static bool workers_add(struct db *db, int64_t n, const struct event *event, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO entry_worker (n, place, worker, share, badge) VALUES ($1, $2, $3, $4, $5)"),
                            &stmt, err))
        return false;
    for (int i = 0; i < event->worker_count; i++) {
        db_bind_int(stmt, 1, n);
        db_bind_int(stmt, 2, i);
        db_bind_int(stmt, 3, event->workers[i].number);
        db_bind_int(stmt, 4, event->workers[i].share);
        db_bind_int(stmt, 5, event->workers[i].badge);
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

/* The rate is that of the event's own revision, or none yet: a later revision's would be another agreement. */
bool entry_rates(struct db *db, int64_t line, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(
            db, SQL("UPDATE entry SET rate_cfen ="
                        " (SELECT CASE WHEN entry.rework = 1 THEN o.rework_cfen ELSE o.rate_cfen END"
                        "    FROM sheet_op o"
                        "   WHERE o.line = entry.line AND o.number = entry.op)"
                        " WHERE line = $1 AND rate_cfen IS NULL AND rev = (SELECT rev FROM sheet WHERE sheet.line = $1)"),
                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    return db_run(stmt, err);
}

/* ---- Spare badges */

static bool bind_write(struct db *db, int64_t badge, int32_t day, int32_t worker, bool is_own, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db,
                    SQL("INSERT INTO bind (badge, day, worker, is_own) VALUES ($1, $2, $3, $4)"
                        " ON CONFLICT (badge, day) DO UPDATE SET worker = excluded.worker, is_own = excluded.is_own"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, badge);
    db_bind_int(stmt, 2, day);
    db_bind_int(stmt, 3, worker);
    db_bind_int(stmt, 4, is_own);
    if (!db_run(stmt, err) || !db_prepare(db, SQL("DELETE FROM bind WHERE day < $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, day - BIND_DAYS);
    return db_run(stmt, err);
}

bool entry_bind(struct db *db, int64_t badge, int32_t day, int32_t worker, bool is_own, struct err *err)
{
    struct db_stmt *stmt;
    if (!bind_write(db, badge, day, worker, is_own, err)) return false;
    if (!db_prepare(db, SQL("UPDATE entry_worker SET worker = $1 WHERE badge = $2 AND n IN"
                        " (SELECT n FROM entry WHERE day = $3)"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, badge);
    db_bind_int(stmt, 3, day);
    return db_run(stmt, err);
}

bool entry_add(struct db *db, int64_t n, const struct event *event, struct err *err)
{
    struct db_stmt *stmt;
    bool            is_fact = event->kind == EVENT_REPORT || event->kind == EVENT_CORRECT;
    bool            is_dock = dock_is_kind(event->kind) || dock_note_of(event) > 0;
    int64_t         line = event->has_sheet ? line_ref_key(event->sheet.line) : 0;
    if (event->kind == EVENT_BIND && event->worker_count == 1)
        return entry_bind(db, event->workers[0].badge, event->shift_day, event->workers[0].number, true, err);
    bool is_roll = event->kind == EVENT_JOIN || event->kind == EVENT_LEAVE || event->kind == EVENT_OBJECT;
    if (event->kind == EVENT_ACK) return trace_answer(db, n, event, err);
    if (event->kind == EVENT_NOTE && !is_dock) return asked_answer(db, event, err);
    if (!is_fact && !is_dock && !is_roll && event->kind != EVENT_UNDO && event->kind != EVENT_COLLECT) return true;
    if (!db_prepare(db, SQL("INSERT INTO entry (n, kind, line, rev, op, count, bad, rework, day, refers, copy, note)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, n);
    db_bind_int(stmt, 2, event->kind);
    db_bind_int(stmt, 3, line);
    db_bind_int(stmt, 4, event->has_sheet ? event->sheet.rev : 0);
    db_bind_int(stmt, 5, event->op);
    db_bind_int(stmt, 6, is_fact || is_dock ? event->count : 0);
    db_bind_int(stmt, 7, is_fact ? event_bad_total(event) : 0);
    db_bind_int(stmt, 8, event->rework);
    db_bind_int(stmt, 9, event->shift_day);
    if (event->has_refers && event->kind != EVENT_OBJECT) /* which cancels nothing */
        db_bind_blob(stmt, 10, event->refers.bytes, sizeof event->refers.bytes);
    else
        db_bind_null(stmt, 10);
    db_bind_int(stmt, 11, event->has_sheet ? event->sheet.copy : 0);
    db_bind_int(stmt, 12, dock_note_of(event));
    if (!db_run(stmt, err) || !workers_add(db, n, event, err) || !dock_keep(db, n, event, err)) return false;
    return line == 0 || entry_rates(db, line, err);
}
