/* trace.c - who did the rest of a line and where its papers are: kiosk/keep/trace.h. The feed's word holds up to the
 * mark of its totals, this kiosk's own entries behind it. */
#include "kiosk/keep/trace.h"

#include <string.h>

#include "core/clock.h"
#include "kiosk/keep/own.h"
#include "kiosk/keep/row.h"

/* ---------------------------------------------------------------------------------------------------- learning */

/* Rows of station, worker, time, from the given place of row and parameter on. */
static void bind_who(struct db_stmt *stmt, int n, const struct json *row, size_t at)
{
    db_bind_text(stmt, n, json_text(json_at(row, at), ""));
    db_bind_int(stmt, n + 1, json_int(json_at(row, at + 1), 0));
    db_bind_int(stmt, n + 2, json_int(json_at(row, at + 2), 0));
}

static bool last_put(struct db *db, int64_t line, const struct json *rows, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO last_report (line, number, station, worker, wall_ms)"
                        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"),
                            &stmt, err))
        return false;
    for (size_t i = 0; i < json_count(rows); i++) {
        db_bind_int(stmt, 1, line);
        db_bind_int(stmt, 2, json_int(json_at(json_at(rows, i), 0), 0));
        bind_who(stmt, 3, json_at(rows, i), 1);
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

static bool papers_put(struct db *db, int64_t line, const struct json *rows, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO paper (line, rev, copy, station, worker, wall_ms, is_in)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"),
                            &stmt, err))
        return false;
    for (size_t i = 0; i < json_count(rows); i++) {
        const struct json *row = json_at(rows, i);
        db_bind_int(stmt, 1, line);
        db_bind_int(stmt, 2, json_int(json_at(row, 0), 0));
        db_bind_int(stmt, 3, json_int(json_at(row, 1), 0));
        bind_who(stmt, 4, row, 2);
        db_bind_int(stmt, 7, json_bool(json_at(row, 5), false));
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

static bool days_put(struct db *db, int64_t line, const struct json *rows, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO day_total (line, number, day, pieces) VALUES ($1, $2, $3, $4)"
                        " ON CONFLICT DO NOTHING"),
                            &stmt, err))
        return false;
    for (size_t i = 0; i < json_count(rows); i++) {
        int32_t day;
        if (!day_read(json_text(json_at(json_at(rows, i), 1), ""), &day)) continue;
        db_bind_int(stmt, 1, line);
        db_bind_int(stmt, 2, json_int(json_at(json_at(rows, i), 0), 0));
        db_bind_int(stmt, 3, day);
        db_bind_int(stmt, 4, json_int(json_at(json_at(rows, i), 2), 0));
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

bool trace_learn(struct db *db, int64_t line, const struct json *o, struct err *err)
{
    return row_run_int(db, SQL("DELETE FROM last_report WHERE line = $1"), line, err) &&
                       row_run_int(db, SQL("DELETE FROM paper WHERE line = $1"), line, err) &&
                                   row_run_int(db, SQL("DELETE FROM day_total WHERE line = $1"), line, err) &&
                                               (o == NULL || (last_put(db, line, json_get(o, "last"), err) &&
                                                              papers_put(db, line, json_get(o, "papers"), err) &&
                                                              days_put(db, line, json_get(o, "days"), err)));
}

bool trace_answer(struct db *db, int64_t n, const struct event *event, struct err *err)
{
    struct db_stmt *stmt;
    if (event->kind != EVENT_ACK || !event->has_sheet) return true;
    if (!db_prepare(db, SQL("INSERT INTO answered (line, at_ms, n) SELECT line, at_ms, $3 FROM stop"
                        " WHERE line IN ($1, $2) ON CONFLICT DO NOTHING"),
                            &stmt, err))
        return false;
    struct line_ref order = event->sheet.line;
    order.line = 0;
    db_bind_int(stmt, 1, line_ref_key(event->sheet.line));
    db_bind_int(stmt, 2, line_ref_key(order));
    db_bind_int(stmt, 3, n);
    return db_run(stmt, err);
}

/* ---------------------------------------------------------------------------------------------------- reading */

bool trace_ops(struct db *db, struct found_sheet *sheet, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT l.number, coalesce(w.name, ''), l.wall_ms FROM last_report l"
                        " LEFT JOIN worker w ON w.number = l.worker WHERE l.line = $1"
                        " UNION ALL"
                        " SELECT e.op, coalesce(w.name, ''), max(v.wall_ms) FROM entry e JOIN event v ON v.n = e.n"
                        " LEFT JOIN total_mark m ON m.line = e.line"
                        " LEFT JOIN entry_worker i ON i.n = e.n AND i.place = 0"
                        " LEFT JOIN worker w ON w.number = i.worker"
                        " WHERE e.line = $1 AND e.kind IN ($2, $3) AND " OWN_BEHIND
                        " AND NOT EXISTS (SELECT 1 FROM entry x WHERE x.refers = v.name) GROUP BY e.op"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(sheet->ref.line));
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        for (int i = 0; i < sheet->op_count; i++) { /* own rows come last: they are newer */
            if (sheet->ops[i].number != db_int(stmt, 0)) continue;
            row_text(stmt, 1, sheet->ops[i].who, sizeof sheet->ops[i].who);
            sheet->ops[i].when_ms = db_int(stmt, 2);
        }
    }
}

/* Columns: rev, copy, worker's name, time, handed in, is_own, station's names and id. */
static void paper_read(struct db_stmt *stmt, int64_t line, const char *station, struct found_paper *paper)
{
    *paper = (struct found_paper){
        .sheet = {line_ref_of_key(line), (int)db_int(stmt, 0), (int)db_int(stmt, 1)},
        .wall_ms = db_int(stmt, 3),
        .is_in = db_int(stmt, 4) != 0
    };
    row_text(stmt, 2, paper->worker, sizeof paper->worker);
    row_text(stmt, 6, paper->station[0], sizeof paper->station[0]);
    row_text(stmt, 7, paper->station[1], sizeof paper->station[1]);
    paper->is_here = db_int(stmt, 5) != 0 || strcmp(db_text(stmt, 8), station) == 0;
}

bool trace_papers(struct db *db, int64_t line, const char *station, int most, struct found_paper *papers, int *count,
                  struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("WITH own AS (SELECT e.rev AS rev, e.copy AS copy, max(e.n) AS n FROM entry e"
                        "  JOIN event v ON v.n = e.n LEFT JOIN total_mark m ON m.line = e.line"
                        "  WHERE e.line = $1 AND e.copy > 0 AND " OWN_BEHIND " GROUP BY e.rev, e.copy),"
                        " seen AS (SELECT o.rev AS rev, o.copy AS copy, coalesce(i.worker, 0) AS worker,"
                        "   v.wall_ms AS wall_ms, CASE WHEN e.kind = $2 THEN 1 ELSE 0 END AS is_in, 1 AS is_own,"
                        "   $3 AS station FROM own o JOIN entry e ON e.n = o.n JOIN event v ON v.n = o.n"
                        "   LEFT JOIN entry_worker i ON i.n = o.n AND i.place = 0"
                        "  UNION ALL SELECT p.rev, p.copy, p.worker, p.wall_ms, p.is_in, 0, p.station FROM paper p"
                        "   WHERE p.line = $1"
                        "   AND NOT EXISTS (SELECT 1 FROM own o WHERE o.rev = p.rev AND o.copy = p.copy))"
                        " SELECT s.rev, s.copy, coalesce(w.name, ''), s.wall_ms, s.is_in, s.is_own,"
                        "  coalesce(t.name_zh, s.station), coalesce(t.name_en, s.station), s.station FROM seen s"
                        " LEFT JOIN worker w ON w.number = s.worker LEFT JOIN station t ON t.id = s.station"
                        " ORDER BY s.wall_ms DESC, s.rev DESC, s.copy LIMIT $4"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, EVENT_COLLECT);
    db_bind_text(stmt, 3, station);
    db_bind_int(stmt, 4, most > 0 ? most : 0);
    for (*count = 0;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        paper_read(stmt, line, station, &papers[(*count)++]);
    }
}
