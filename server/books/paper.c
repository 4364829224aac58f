/* paper.c - where the papers of a line are, and who did the rest: server/books/paper.h. Takes facts, gives rows of
 * `paper` and the words of them that go to kiosks. */
#include "server/books/paper.h"

#include <inttypes.h>

#include "core/code.h"
#include "core/json.h"
#include "server/judge/line.h"

enum { PAPERS_MOST = 9 /* told of a line: the newest ones */ };

bool paper_note(struct db *db, const struct event *event, int64_t number, struct err *err)
{
    struct db_stmt *stmt;
    if (!event->has_sheet || event->sheet.copy == 0 || event->sheet.rev == 0 || event->kiosk == 0) return true;
    if (!db_prepare(db, SQL("INSERT INTO paper (line, rev, copy, number) VALUES ($1, $2, $3, $4)"
                        " ON CONFLICT (line, rev, copy) DO UPDATE SET number = excluded.number"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(event->sheet.line));
    db_bind_int(stmt, 2, event->sheet.rev);
    db_bind_int(stmt, 3, event->sheet.copy);
    db_bind_int(stmt, 4, number);
    return db_run(stmt, err);
}

/* Columns: the event's line, its first worker as the books know him, by number or NULL. */
static void who_write(struct db_stmt *stmt, int column, struct buf *out)
{
    static struct event event;
    struct err          ignored;
    size_t              len;
    const void         *bytes = db_blob(stmt, column, &len);
    if (!event_read(bytes, len, &event, &ignored)) event = (struct event){0};
    json_sep(out);
    json_cstr(out, event.station);
    buf_fmt(out, ",%" PRId64 ",%" PRId64, db_is_null(stmt, column + 1) ? 0 : db_int(stmt, column + 1), event.wall_ms);
}

/* Of each operation of the newest revision the newest report that still counts, or waits. */
static bool last_write(struct db *db, int64_t line, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            db, SQL("SELECT f.op, f.bytes, w.worker FROM"
                        " (SELECT f.op AS op, MAX(f.number) AS number FROM line AS l"
                        "   JOIN fact AS f ON f.line = l.line AND f.rev = l.rev"
                        "   JOIN verdict AS v ON v.number = f.number"
                        "  WHERE l.line = $1 AND f.line != 0 AND f.kind IN ($2, $3) AND v.kind != $4 GROUP BY f.op) AS n"
                        " JOIN fact AS f ON f.number = n.number"
                        " LEFT JOIN fact_worker AS w ON w.number = f.number AND w.share = 0 ORDER BY f.op"),
                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
    db_bind_int(stmt, 4, VERDICT_UNDONE);
    json_key(out, "last");
    buf_char(out, '[');
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        json_sep(out);
        buf_fmt(out, "[%" PRId64, db_int(stmt, 0));
        who_write(stmt, 1, out);
        buf_char(out, ']');
    }
    buf_char(out, ']');
    return true;
}

bool paper_tell(struct db *db, int64_t line, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!last_write(db, line, out, err)) return false;
    if (!db_prepare(db, SQL("SELECT p.rev, p.copy, f.bytes, w.worker, f.kind FROM paper AS p"
                        " JOIN fact AS f ON f.number = p.number"
                        " LEFT JOIN fact_worker AS w ON w.number = f.number AND w.share = 0"
                        " WHERE p.line = $1 ORDER BY p.number DESC LIMIT $2"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, PAPERS_MOST);
    json_key(out, "papers");
    buf_char(out, '[');
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        json_sep(out);
        buf_fmt(out, "[%" PRId64 ",%" PRId64, db_int(stmt, 0), db_int(stmt, 1));
        who_write(stmt, 2, out);
        buf_str(out, db_int(stmt, 4) == EVENT_COLLECT ? ",true]" : ",false]");
    }
    buf_char(out, ']');
    return true;
}
