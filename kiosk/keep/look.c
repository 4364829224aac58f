/* look.c - what this kiosk knows of a scanned code: kiosk/keep/look.h. Takes a code, gives struct found.
 *
 * Figures of a sheet are the feed's totals plus the own entries behind the mark that they name (own.h). */
#include "kiosk/keep/look.h"

#include <assert.h>
#include <string.h>

#include "core/event.h"
#include "kiosk/keep/dock.h"
#include "kiosk/keep/knob.h"
#include "kiosk/keep/own.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/setting.h"
#include "kiosk/keep/trace.h"
#include "kiosk/keep/pool.h"
#include "kiosk/keep/row.h"

enum { AGAIN_MS = 10 * 60 * 1000, AGAIN_LOOKS = 8 };
#define PART_WHOLE "door" /* the part at which the others meet */

static bool age_find(struct db *db, int64_t now_ms, struct found_age *age, struct err *err)
{
    struct place place;
    if (!place_read(db, &place, err)) return false;
    age->is_whole = place.is_whole;
    age->age_ms = place.heard_ms < 0 ? -1 : now_ms > place.heard_ms ? now_ms - place.heard_ms : 0;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- workers */

/* Offered first where a sheet has several operations here. */
static bool usual_find(struct db *db, struct found_worker *worker, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT o.code FROM entry_worker w JOIN entry e ON e.n = w.n"
                        " JOIN sheet_op o ON o.line = e.line AND o.number = e.op"
                        " WHERE w.worker = $1 ORDER BY w.n DESC LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker->number);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    row_text(stmt, 0, worker->usual, sizeof worker->usual);
    db_reset(stmt);
    return true;
}

static bool worker_read(struct db *db, struct found_worker *worker, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT name, sign, colour, crew, is_supervisor, lang, has_left, salt FROM worker"
                        " WHERE number = $1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker->number);
    if (!db_step(stmt, &row, err)) return false;
    worker->is_known = row;
    if (!row) return true;
    row_text(stmt, 0, worker->name, sizeof worker->name);
    row_text(stmt, 3, worker->crew, sizeof worker->crew);
    worker->sign = (int)db_int(stmt, 1);
    worker->colour = (int)db_int(stmt, 2);
    worker->is_supervisor = db_int(stmt, 4) != 0;
    int64_t lang = db_int(stmt, 5);
    worker->is_revoked = worker->is_revoked || db_int(stmt, 6) != 0;
    worker->has_pin = !db_is_null(stmt, 7);
    if (worker->has_pin) {
        size_t      len;
        const void *salt = db_blob(stmt, 7, &len);
        assert(len == sizeof worker->salt); /* topic.c wrote it */
        memcpy(worker->salt, salt, sizeof worker->salt);
    }
    db_reset(stmt);
    if (!knob_read(db, worker->number, "lang", &lang, err)) return false; /* what he chose here goes before */
    worker->lang = lang >= 0 && lang < LANG_COUNT ? (enum lang)lang : LANG_ZH;
    int64_t yuan = 0;
    if (!knob_read(db, worker->number, "yuan", &yuan, err)) return false;
    worker->shows_yuan = yuan != 0;
    return usual_find(db, worker, err);
}

/* A badge that nobody has: perhaps a supervisor gave it to somebody for today. */
static bool spare_find(struct db *db, int32_t day, struct found_worker *worker, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT worker FROM bind WHERE badge = $1 AND day = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, worker->badge);
    db_bind_int(stmt, 2, day);
    if (!db_step(stmt, &worker->is_spare, err)) return false;
    if (!worker->is_spare) return true;
    worker->number = (int32_t)db_int(stmt, 0);
    db_reset(stmt);
    return worker->number == 0 ||
           (worker_read(db, worker, err) && pool_is(db, worker->crew, day, &worker->is_pooled, err));
}

static bool badge_find(struct db *db, int64_t badge, int32_t day, struct found_worker *worker, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    worker->badge = badge;
    if (!db_prepare(db, SQL("SELECT worker, is_revoked FROM badge WHERE badge = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, badge);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return spare_find(db, day, worker, err);
    worker->number = (int32_t)db_int(stmt, 0);
    worker->is_revoked = db_int(stmt, 1) != 0;
    db_reset(stmt);
    return worker_read(db, worker, err) && pool_is(db, worker->crew, day, &worker->is_pooled, err);
}

/* ---------------------------------------------------------------------------------------------------- the crew */

static void roll_drop(struct found_roll *roll, int at)
{
    size_t rest = (size_t)(roll->count - at - 1);
    memmove(&roll->people[at], &roll->people[at + 1], rest * sizeof roll->people[0]);
    memmove(&roll->since_ms[at], &roll->since_ms[at + 1], rest * sizeof roll->since_ms[0]);
    roll->count--;
}

/* A join or a leave, in the order in which they were made. */
static void roll_add(struct found_roll *roll, const struct event *event)
{
    for (int i = 0; i < event->worker_count; i++) {
        int at = 0;
        while (at < roll->count && roll->people[at].badge != event->workers[i].badge) at++;
        if (at < roll->count) roll_drop(roll, at);
        if (event->kind != EVENT_JOIN || roll->count == CREW_MAX) continue;
        roll->people[roll->count].badge = event->workers[i].badge;
        roll->since_ms[roll->count++] = event->wall_ms;
    }
}

static bool roll_read(struct db *db, const struct look *look, struct found_roll *roll, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db,
                    SQL("SELECT v.line FROM entry e JOIN event v ON v.n = e.n WHERE e.day = $1 AND e.kind IN ($2, $3)"
                        " ORDER BY e.n"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, look->day);
    db_bind_int(stmt, 2, EVENT_JOIN);
    db_bind_int(stmt, 3, EVENT_LEAVE);
    for (;;) {
        struct event event;
        struct err   unread;
        size_t       len;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        const void *line = db_blob(stmt, 0, &len);
        if (!event_read(line, len, &event, &unread)) continue; /* another program's */
        if (strcmp(event.station, look->station) == 0 && strcmp(event.shift, look->shift) == 0) roll_add(roll, &event);
    }
}

bool look_roll(struct db *db, const struct look *look, struct found_roll *roll, struct err *err)
{
    static struct found_roll made;
    memset(&made, 0, sizeof made);
    if (!db_begin(db, err)) return false;
    bool is_found = roll_read(db, look, &made, err);
    for (int i = 0; i < made.count && is_found; i++) {
        int64_t badge = made.people[i].badge;
        is_found = badge_find(db, badge, look->day, &made.people[i], err);
    }
    db_rollback(db);
    if (made.count < 2) made.count = 0; /* alone, he is no crew */
    if (is_found) *roll = made;
    return is_found;
}

/* ---------------------------------------------------------------------------------------------------- sheets */

static bool sheet_read(struct db *db, int64_t line, struct found_sheet *sheet, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT s.rev, s.product, s.size, s.colour, s.opening, s.quantity, s.due_day, s.is_rush,"
                        " s.is_special, s.remarks, s.lock_hole, s.closer,"
                        " CASE WHEN EXISTS (SELECT 1 FROM sheet_void x WHERE x.line = s.line AND x.rev = $2) THEN 1"
                        "  ELSE 0 END FROM sheet s WHERE s.line = $1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, sheet->ref.rev);
    if (!db_step(stmt, &row, err)) return false;
    sheet->revision = REVISION_UNKNOWN;
    if (!row) return true;
    bool is_void = db_int(stmt, 12) != 0;
    sheet->newest_rev = (int)db_int(stmt, 0);
    row_text(stmt, 1, sheet->product, sizeof sheet->product);
    row_text(stmt, 2, sheet->size, sizeof sheet->size);
    row_text(stmt, 3, sheet->colour, sizeof sheet->colour);
    row_text(stmt, 4, sheet->opening, sizeof sheet->opening);
    row_text(stmt, 9, sheet->remarks, sizeof sheet->remarks);
    row_text(stmt, 10, sheet->lock_hole, sizeof sheet->lock_hole);
    row_text(stmt, 11, sheet->closer, sizeof sheet->closer);
    sheet->quantity = db_int(stmt, 5);
    sheet->due_day = (int32_t)db_int(stmt, 6);
    sheet->is_rush = db_int(stmt, 7) != 0;
    sheet->is_special = db_int(stmt, 8) != 0;
    db_reset(stmt);
    sheet->revision = is_void || sheet->ref.rev < sheet->newest_rev ? REVISION_OLD
                      : sheet->ref.rev > sheet->newest_rev          ? REVISION_NEWER
                                                                    : REVISION_NEWEST;
    return true;
}

/* A stop stands on the line or on its whole order. */
static bool stop_find(struct db *db, struct line_ref ref, struct found_sheet *sheet, struct err *err)
{
    struct db_stmt *stmt;
    struct line_ref order = {ref.yymm, ref.serial, 0};
    if (!db_prepare(db, SQL("SELECT why, who, at_ms, pieces FROM stop WHERE line IN ($1, $2)"
                        " ORDER BY CASE WHEN pieces = 0 THEN 0 ELSE 1 END, line DESC LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(ref));
    db_bind_int(stmt, 2, line_ref_key(order));
    if (!db_step(stmt, &sheet->is_stopped, err)) return false;
    if (!sheet->is_stopped) return true;
    row_text(stmt, 0, sheet->stop_why, sizeof sheet->stop_why);
    row_text(stmt, 1, sheet->stop_by, sizeof sheet->stop_by);
    sheet->stop_ms = db_int(stmt, 2);
    sheet->stop_doors = db_int(stmt, 3);
    sheet->is_stopped = sheet->stop_doors == 0;
    db_reset(stmt);
    return true;
}

static bool replaced_find(struct db *db, struct found_sheet *sheet, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (sheet->ref.copy == 0) return true;
    if (!db_prepare(db, SQL("SELECT by_copy FROM copy_replaced WHERE line = $1 AND rev = $2 AND copy = $3"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(sheet->ref.line));
    db_bind_int(stmt, 2, sheet->ref.rev);
    db_bind_int(stmt, 3, sheet->ref.copy);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    sheet->replaced_by = (int)db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

/* passed: good pieces of each operation, for what arrives at the next. */
static bool ops_read(struct db *db, const char *station, int64_t line, struct found_sheet *sheet, int64_t *passed,
                     struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT o.number, o.code, o.part, coalesce(n.name_zh, o.code), coalesce(n.name_en, o.code),"
                        " o.planned, o.rate_cfen, o.rework_cfen, coalesce(t.good, 0),"
                        " coalesce(t.good + t.bad + t.held, 0), CASE WHEN h.code IS NULL THEN 0 ELSE 1 END"
                        " FROM sheet_op o LEFT JOIN operation n ON n.code = o.code"
                        " LEFT JOIN total t ON t.line = o.line AND t.number = o.number"
                        " LEFT JOIN station_op h ON h.station = $2 AND h.code = o.code"
                        " WHERE o.line = $1 ORDER BY o.number LIMIT $3"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_text(stmt, 2, station);
    db_bind_int(stmt, 3, FOUND_OPS_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct found_op *op = &sheet->ops[sheet->op_count];
        *op = (struct found_op){.number = (int32_t)db_int(stmt, 0),
                                .planned = db_int(stmt, 5),
                                .rate_cfen = db_int(stmt, 6),
                                .rework_rate_cfen = db_int(stmt, 7),
                                .done = db_int(stmt, 9),
                                .is_here = db_int(stmt, 10) != 0};
        row_text(stmt, 1, op->code, sizeof op->code);
        row_text(stmt, 2, op->part, sizeof op->part);
        for (int i = 0; i < 2; i++) row_text(stmt, 3 + i, op->name[i], sizeof op->name[i]);
        passed[sheet->op_count++] = db_int(stmt, 8);
    }
}

/* Only where it can matter: on sheets that were changed or are special. */
static bool openings_ask(struct db *db, struct found_sheet *sheet, struct err *err)
{
    bool is_odd = sheet->is_special || sheet->ref.rev > 1;
    for (int i = 0; i < sheet->op_count && is_odd; i++)
        if (sheet->ops[i].is_here &&
            !setting_asks_opening(db, sheet->ops[i].code, &sheet->ops[i].is_opening_asked, err))
            return false;
    return true;
}

static bool reach_read(struct db *db, int64_t line, struct reach *reach, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *reach = (struct reach){0, 0};
    if (!db_prepare(db, SQL("SELECT counter, seq FROM total_mark WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    *reach = (struct reach){db_int(stmt, 0), db_int(stmt, 1)};
    db_reset(stmt);
    return true;
}

/* Own entries that the totals lack; newest: of each operation, to be asked for its maker. Rework makes no new pieces. */
static bool own_add(struct db *db, int64_t line, struct found_sheet *sheet, int64_t *passed, int64_t *newest,
                    struct err *err)
{
    struct db_stmt *stmt;
    struct reach    reach;
    bool            row;
    if (!reach_read(db, line, &reach, err)) return false;
    if (!db_prepare(db, SQL("SELECT " OWN_COLUMNS " FROM " OWN_TABLES
                        " WHERE e.line = $1 AND e.kind IN ($2, $3) AND e.rework = 0 ORDER BY e.n"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
    for (;;) {
        struct own_entry entry;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        own_read(stmt, &entry);
        if (!own_settle(db, &entry, reach, err)) {
            db_reset(stmt);
            return false;
        }
        for (int i = 0; i < sheet->op_count; i++) {
            if (sheet->ops[i].number != entry.op) continue;
            sheet->ops[i].done += (int64_t)entry.sign * entry.count;
            passed[i] += (int64_t)entry.sign * (entry.count - entry.bad);
            if (entry.is_cancelled) continue;
            newest[i] = entry.n;
            sheet->ops[i].by_ms = entry.wall_ms;
            sheet->ops[i].by_count = entry.count;
        }
    }
}

/* Who shares the work of the newest entry of each operation here: the first of them speaks for all. */
static bool makers_find(struct db *db, struct found_sheet *sheet, const int64_t *newest, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT p.name FROM entry_worker w JOIN worker p ON p.number = w.worker WHERE w.n = $1"
                        " ORDER BY w.place LIMIT 1"),
                            &stmt, err))
        return false;
    for (int i = 0; i < sheet->op_count; i++) {
        if (!sheet->ops[i].is_here || newest[i] == 0) continue;
        db_bind_int(stmt, 1, newest[i]);
        if (!db_step(stmt, &row, err)) return false;
        if (row) row_text(stmt, 0, sheet->ops[i].by, sizeof sheet->ops[i].by);
        db_reset(stmt);
    }
    return true;
}

bool look_goes_on(const char *part, const char *next_part)
{
    return strcmp(part, next_part) == 0 || strcmp(next_part, PART_WHOLE) == 0 || strcmp(part, PART_WHOLE) == 0;
}

/* In doors, since parts of a door differ in number: the least over the operations before. */
static void arrived_reckon(struct found_sheet *sheet, const int64_t *passed)
{
    for (int i = 0; i < sheet->op_count; i++) {
        struct found_op *op = &sheet->ops[i];
        op->arrived = op->planned;
        for (int j = 0; j < sheet->op_count && sheet->quantity > 0; j++) {
            const struct found_op *before = &sheet->ops[j];
            bool                   comes_before = before->number < op->number && look_goes_on(before->part, op->part);
            if (!comes_before || before->planned <= 0) continue;
            int64_t doors = passed[j] * sheet->quantity / before->planned;
            int64_t pieces = doors * op->planned / sheet->quantity;
            if (pieces < op->arrived) op->arrived = pieces > 0 ? pieces : 0;
        }
        if (op->done < 0) op->done = 0;
        int64_t stopped = sheet->quantity > 0 ? sheet->stop_doors * op->planned / sheet->quantity : 0;
        op->left = op->planned > op->done + stopped ? op->planned - op->done - stopped : 0;
    }
}

/* ---------------------------------------------------------------------------------------------------- again */

/* The same persons, in any order. */
static bool workers_are(struct db *db, int64_t n, const struct look *look, bool *are, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    int             count = 0, known = 0;
    if (!db_prepare(db, SQL("SELECT worker FROM entry_worker WHERE n = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, n);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        int32_t worker = (int32_t)db_int(stmt, 0);
        count++;
        for (int i = 0; i < look->worker_count; i++)
            if (look->workers[i] == worker && worker != 0) { /* a badge that nobody knows says nothing of who it is */
                known++;
                break;
            }
    }
    *are = count == look->worker_count && known == count;
    return true;
}

static bool again_find(struct db *db, const struct look *look, int64_t line, struct found_again *again, struct err *err)
{
    struct db_stmt  *stmt;
    struct own_entry entries[AGAIN_LOOKS];
    int              count = 0;
    if (look->worker_count == 0) return true;
    if (!db_prepare(db, SQL("SELECT " OWN_COLUMNS " FROM " OWN_TABLES " WHERE e.line = $1 AND e.kind IN ($2, $3)"
                        " ORDER BY e.n DESC LIMIT $4"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
    db_bind_int(stmt, 4, AGAIN_LOOKS);
    for (bool row = true; row;) {
        if (!db_step(stmt, &row, err)) return false;
        if (row) own_read(stmt, &entries[count++]);
    }
    for (int i = 0; i < count && !again->is_set; i++) {
        int64_t ago_ms = look->now_ms - entries[i].wall_ms;
        if (!own_settle(db, &entries[i], (struct reach){0, 0}, err)) return false;
        if (entries[i].is_cancelled || ago_ms < 0 || ago_ms > AGAIN_MS) continue;
        if (!workers_are(db, entries[i].n, look, &again->is_set, err)) return false;
        if (again->is_set)
            *again = (struct found_again){true, entries[i].op, entries[i].count, ago_ms, entries[i].name};
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------------- looking */

bool look_at_sheet(struct db *db, const struct look *look, struct sheet_ref ref, struct found_sheet *sheet,
                   struct err *err)
{
    int64_t line = line_ref_key(ref.line), passed[FOUND_OPS_MAX] = {0}, newest[FOUND_OPS_MAX] = {0};
    sheet->ref = ref;
    if (!sheet_read(db, line, sheet, err) || !stop_find(db, ref.line, sheet, err) || !replaced_find(db, sheet, err) ||
        !ops_read(db, look->station, line, sheet, passed, err) || !openings_ask(db, sheet, err) ||
        !own_add(db, line, sheet, passed, newest, err) || !makers_find(db, sheet, newest, err) ||
        !again_find(db, look, line, &sheet->again, err))
        return false;
    arrived_reckon(sheet, passed);
    return trace_ops(db, sheet, err);
}

static bool code_find(struct db *db, const struct look *look, const struct code *code, struct found *found,
                      struct err *err)
{
    if (!age_find(db, look->now_ms, &found->age, err)) return false;
    found->has_worker = code->kind == CODE_BADGE;
    if (found->has_worker) return badge_find(db, code->badge, look->day, &found->worker, err);
    if (code->kind == CODE_PLACE) return setting_place_name(db, code->place, found->place_name, err);
    found->has_note = code->kind == CODE_NOTE;
    if (found->has_note) return dock_note(db, note_ref_key(&code->note), &found->note, err);
    found->has_sheet = code->kind == CODE_SHEET || code->kind == CODE_PIECE;
    if (!found->has_sheet) return true;
    if (!look_at_sheet(db, look, code->sheet, &found->sheet, err)) return false;
    int piece = code->kind == CODE_PIECE ? code->piece : 0;
    return !look->is_dock || dock_door(db, look, code->sheet.line, piece, &found->door, err);
}

bool look_code(struct db *db, const struct look *look, const struct code *code, struct found *found, struct err *err)
{
    struct found made = {0};
    if (!db_begin(db, err)) return false; /* one snapshot: a save in between doesn't show half */
    bool is_found = code_find(db, look, code, &made, err);
    db_rollback(db);
    if (is_found) *found = made;
    return is_found;
}
