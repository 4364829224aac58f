/* paper.c - where the papers of a line are, and who did the rest: server/books/paper.h. Takes facts, gives rows of
 * `paper` and the words of them that go to kiosks. */
#include "server/books/paper.h"

#include <inttypes.h>

#include "core/clock.h"
#include "core/code.h"
#include "core/json.h"
#include "server/judge/line.h"

enum { PAPERS_MOST = 9 /* told of a line: the newest ones */, OP_DAYS_MOST = 240 };

bool paper_note(struct db *db, const struct event *event, int64_t number, struct err *err)
{
    struct db_stmt *stmt;
    if (!event->has_sheet || event->sheet.copy == 0 || event->sheet.rev == 0) return true;
    if (event->kiosk == 0 && event->kind != EVENT_COLLECT)
        return true; /* the office has it only when it is handed in */
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

/* What an operation of the newest revision has of each shift date, and the newest report that still counts, or waits. */
struct op_day {
    int64_t op, day, number, pieces;
};

static bool op_days_read(struct db *db, int64_t line, struct op_day days[OP_DAYS_MOST], int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db,
                    SQL("SELECT f.op, f.day, MAX(f.number), CAST(SUM(v.counted + v.held) AS BIGINT) FROM line AS l"
                        " JOIN fact AS f ON f.line = l.line AND f.rev = l.rev JOIN verdict AS v ON v.number = f.number"
                        " WHERE l.line = $1 AND f.line != 0 AND f.kind IN ($2, $3) AND v.kind != $4"
                        " GROUP BY f.op, f.day ORDER BY f.day DESC, f.op LIMIT $5"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
    db_bind_int(stmt, 4, VERDICT_UNDONE);
    db_bind_int(stmt, 5, OP_DAYS_MOST);
    for (*count = 0;; (*count)++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        days[*count] = (struct op_day){db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2), db_int(stmt, 3)};
    }
}

static bool fact_who_write(struct db *db, int64_t number, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT f.bytes, w.worker FROM fact AS f"
                        " LEFT JOIN fact_worker AS w ON w.number = f.number AND w.share = 0 WHERE f.number = $1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, err)) return false;
    if (row) who_write(stmt, 0, out);
    if (row) db_reset(stmt);
    return true;
}

static bool last_write(struct db *db, const struct op_day *days, int count, struct buf *out, struct err *err)
{
    json_key(out, "last");
    buf_char(out, '[');
    for (int i = 0; i < count; i++) {
        bool is_newest = true;
        for (int k = 0; k < count; k++) is_newest &= days[k].op != days[i].op || days[k].number <= days[i].number;
        if (!is_newest) continue;
        json_sep(out);
        buf_fmt(out, "[%" PRId64, days[i].op);
        if (!fact_who_write(db, days[i].number, out, err)) return false;
        buf_char(out, ']');
    }
    buf_char(out, ']');
    return true;
}

/* Of the newest shift date that the line knows, and the one before: what a board of today and yesterday adds up. */
static void days_write(const struct op_day *days, int count, struct buf *out)
{
    char day[DAY_TEXT];
    json_key(out, "days");
    buf_char(out, '[');
    for (int i = 0; i < count && days[i].day >= days[0].day - 1; i++) {
        day_write((int32_t)days[i].day, day);
        json_sep(out);
        buf_fmt(out, "[%" PRId64 ",\"%s\",%" PRId64 "]", days[i].op, day, days[i].pieces);
    }
    buf_char(out, ']');
}

bool paper_tell(struct db *db, int64_t line, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    struct op_day   days[OP_DAYS_MOST];
    bool            row;
    int             count;
    if (!op_days_read(db, line, days, &count, err) || !last_write(db, days, count, out, err)) return false;
    days_write(days, count, out);
    if (!db_prepare(
            db, SQL("SELECT p.rev, p.copy, f.bytes, w.worker, CASE WHEN f.kind = $3 OR l.at_ms IS NOT NULL THEN 1 ELSE 0 END"
                        " FROM paper AS p JOIN fact AS f ON f.number = p.number LEFT JOIN copy_lost AS l ON l.line = p.line"
                        " AND l.rev = p.rev AND l.copy = p.copy AND l.at_ms >= f.taken_ms LEFT JOIN fact_worker AS w ON w.number = f.number AND w.share = 0"
                        " WHERE p.line = $1 ORDER BY p.number DESC LIMIT $2"),
                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, PAPERS_MOST);
    db_bind_int(stmt, 3, EVENT_COLLECT);
    json_key(out, "papers");
    buf_char(out, '[');
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        json_sep(out);
        buf_fmt(out, "[%" PRId64 ",%" PRId64, db_int(stmt, 0), db_int(stmt, 1));
        who_write(stmt, 2, out);
        buf_str(out, db_int(stmt, 4) != 0 ? ",true]" : ",false]");
    }
    buf_char(out, ']');
    return true;
}
