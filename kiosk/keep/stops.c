/* stops.c - the stops that stand, what they mean at this station, and the old papers that are still out: look_stops() of
 * kiosk/keep/look.h. */
#include <string.h>

#include "core/event.h"
#include "kiosk/keep/dock.h"
#include "kiosk/keep/look.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/row.h"
#include "kiosk/keep/trace.h"

enum { STOPS_READ = 64, LINES_READ = 100, OUT_LINES = 64, PAPERS_READ = 12 };

static bool stops_read(struct db *db, struct found_stop *stops, int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT s.line, s.at_ms, s.why, s.who,"
                        " CASE WHEN EXISTS (SELECT 1 FROM answered a WHERE a.line = s.line AND a.at_ms = s.at_ms)"
                        "  THEN 1 ELSE 0 END, s.pieces FROM stop s ORDER BY s.at_ms DESC, s.line LIMIT $1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, STOPS_READ);
    for (*count = 0;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct found_stop *stop = &stops[(*count)++];
        *stop = (struct found_stop){.what = line_ref_of_key(db_int(stmt, 0)),
                                    .at_ms = db_int(stmt, 1),
                                    .is_answered = db_int(stmt, 4) != 0,
                                    .doors = db_int(stmt, 5)};
        stop->at = stop->what;
        row_text(stmt, 2, stop->why, sizeof stop->why);
        row_text(stmt, 3, stop->who, sizeof stop->who);
    }
}

/* ---- Where it is */

/* Pieces lie before the operation that it hasn't done. */
static bool waits_at(const struct found_op *op)
{
    return op->arrived > op->done && op->left > 0;
}

/* [R3] The line is here (pieces lie before an operation of this station), was here (this station's operations did some),
 * or comes next (they lie before the operation that hands them on to this one). */
static bool concerns_station(const struct found_sheet *sheet)
{
    for (int i = 0; i < sheet->op_count; i++) {
        const struct found_op *op = &sheet->ops[i];
        if (!op->is_here) continue;
        if (op->done > 0 || waits_at(op)) return true;
        for (int j = i - 1; j >= 0; j--) {
            if (strcmp(sheet->ops[j].part, op->part) != 0) continue;
            if (waits_at(&sheet->ops[j])) return true;
            break;
        }
    }
    return false;
}

static bool line_was_here(struct db *db, const struct look *look, int64_t line, bool *was, struct err *err)
{
    struct found_paper papers[PAPERS_READ];
    int                count;
    if (!trace_papers(db, line, look->station, PAPERS_READ, papers, &count, err)) return false;
    *was = false;
    for (int i = 0; i < count; i++) *was |= papers[i].is_here;
    return true;
}

/* The lines that a stop stands on, known or not. */
static bool lines_of(struct db *db, const struct found_stop *stop, int64_t lines[LINES_READ], int *count,
                     struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    int64_t         key = line_ref_key(stop->what);
    lines[0] = key;
    *count = stop->what.line != 0;
    if (stop->what.line != 0) return true;
    if (!db_prepare(db, SQL("SELECT line FROM sheet WHERE line > $1 AND line < $1 + 100"
                        " UNION SELECT line FROM paper WHERE line > $1 AND line < $1 + 100"
                        " UNION SELECT line FROM entry WHERE line > $1 AND line < $1 + 100 ORDER BY line LIMIT $2"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, key);
    db_bind_int(stmt, 2, LINES_READ);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        lines[(*count)++] = db_int(stmt, 0);
    }
}

static bool stop_place(struct db *db, const struct look *look, struct found_stop *stop, struct err *err)
{
    int64_t lines[LINES_READ];
    int     count;
    if (!lines_of(db, stop, lines, &count, err)) return false;
    for (int i = 0; i < count && !stop->is_here; i++) {
        struct found_sheet sheet = {0};
        struct sheet_ref   ref = {.line = line_ref_of_key(lines[i])};
        if (!look_at_sheet(db, look, ref, &sheet, err) || !line_was_here(db, look, lines[i], &stop->is_here, err))
            return false;
        stop->is_here = stop->is_here || concerns_station(&sheet);
        if (look->is_dock && !stop->is_here && !dock_has_line(db, lines[i], &stop->is_here, err)) return false;
        if (stop->is_here) stop->at = ref.line;
    }
    return true;
}

/* ---- Papers */

/* Those that somebody here must look for stand first. */
static void papers_sort(struct found_paper *papers, int count)
{
    for (int i = 1; i < count; i++)
        for (int k = i;
             k > 0 && papers[k].is_here && !papers[k].is_in && (!papers[k - 1].is_here || papers[k - 1].is_in); k--) {
            struct found_paper before = papers[k - 1];
            papers[k - 1] = papers[k];
            papers[k] = before;
        }
}

static bool papers_of(struct db *db, const struct look *look, const struct found_stop *stop, struct found_stops *found,
                      struct err *err)
{
    int64_t lines[LINES_READ];
    int     count;
    if (!lines_of(db, stop, lines, &count, err)) return false;
    for (int i = 0; i < count && found->paper_count < FOUND_PAPERS_MAX; i++) {
        int more = 0;
        if (!trace_papers(db, lines[i], look->station, FOUND_PAPERS_MAX - found->paper_count,
                          &found->papers[found->paper_count], &more, err))
            return false;
        found->paper_count += more;
    }
    papers_sort(found->papers, found->paper_count);
    return true;
}

/* Lines of which papers may be out that mustn't be: stopped ones, and those that had a revision before. */
static bool out_lines(struct db *db, int64_t lines[OUT_LINES], int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            db,
            SQL("SELECT p.line FROM paper p JOIN stop s ON s.pieces = 0 AND s.line IN (p.line, p.line - p.line % 100)"
                        " UNION SELECT e.line FROM stop s JOIN entry e ON s.pieces = 0 AND e.line BETWEEN s.line AND s.line"
                        "  + CASE WHEN s.line % 100 = 0 THEN 99 ELSE 0 END WHERE e.copy > 0"
                        " UNION SELECT v.line FROM sheet_void v JOIN paper p ON p.line = v.line AND p.rev = v.rev"
                        " UNION SELECT v.line FROM sheet_void v JOIN entry e ON e.line = v.line AND e.rev = v.rev"
                        "  WHERE e.copy > 0 ORDER BY 1 LIMIT $1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, OUT_LINES);
    for (*count = 0;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        lines[(*count)++] = db_int(stmt, 0);
    }
}

static bool outs_of(struct db *db, const struct look *look, struct found_stops *found, struct err *err)
{
    int64_t lines[OUT_LINES];
    int     line_count;
    if (!out_lines(db, lines, &line_count, err)) return false;
    for (int i = 0; i < line_count; i++) {
        struct found_paper papers[PAPERS_READ];
        struct found_sheet sheet = {0};
        int                count;
        if (!trace_papers(db, lines[i], look->station, PAPERS_READ, papers, &count, err)) return false;
        for (int k = 0; k < count && found->out_count < FOUND_PAPERS_MAX; k++) {
            if (!papers[k].is_here || papers[k].is_in) continue;
            memset(&sheet, 0, sizeof sheet);
            if (!look_at_sheet(db, look, papers[k].sheet, &sheet, err)) return false;
            if (sheet.is_stopped || sheet.revision == REVISION_OLD) found->outs[found->out_count++] = papers[k];
        }
    }
    return true;
}

static bool supervisor_find(struct db *db, struct found_stops *found, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    int             count = 0;
    if (!db_prepare(db, SQL("SELECT name FROM worker WHERE is_supervisor = 1 AND has_left = 0 LIMIT 2"), &stmt, err))
        return false;
    for (;; count++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        row_text(stmt, 0, found->supervisor, sizeof found->supervisor);
    }
    if (count != 1) found->supervisor[0] = '\0';
    return true;
}

/* ---- All of it */

static int stop_rank(const struct found_stop *stop)
{
    return stop->is_here && !stop->is_answered ? 0 : stop->is_here ? 1 : 2;
}

/* Those that wait for a badge first, the newest first among equals. */
static void stops_pick(const struct found_stop *stops, int count, struct found_stops *found)
{
    for (int rank = 0; rank <= 2; rank++)
        for (int i = 0; i < count && found->count < FOUND_STOPS_MAX; i++)
            if (stop_rank(&stops[i]) == rank) found->stops[found->count++] = stops[i];
}

static bool stops_find(struct db *db, const struct look *look, struct found_stops *found, struct err *err)
{
    static struct found_stop stops[STOPS_READ]; /* the one thread that looks; large */
    struct place             place;
    if (!place_read(db, &place, err) || !stops_read(db, stops, &found->all, err)) return false;
    found->heard_ms = place.heard_ms;
    for (int i = 0; i < found->all; i++)
        if (!stop_place(db, look, &stops[i], err)) return false;
    stops_pick(stops, found->all, found);
    if (found->count > 0 && stop_rank(&found->stops[0]) == 0 && !papers_of(db, look, &found->stops[0], found, err))
        return false;
    return outs_of(db, look, found, err) && supervisor_find(db, found, err);
}

bool look_stops(struct db *db, const struct look *look, struct found_stops *stops, struct err *err)
{
    struct found_stops made = {0};
    if (!db_begin(db, err)) return false; /* one snapshot */
    bool is_found = stops_find(db, look, &made, err);
    db_rollback(db);
    if (is_found) *stops = made;
    return is_found;
}
