/* lists.c - the idle screen's queue and a worker's own page: the lists of kiosk/keep/look.h. */
#include <string.h>

#include "core/event.h"
#include "kiosk/keep/blame.h"
#include "kiosk/keep/look.h"
#include "kiosk/keep/own.h"
#include "kiosk/keep/pool.h"
#include "kiosk/keep/row.h"

/* ---------------------------------------------------------------------------------------------------- idle */

/* For each operation of this station's ($1) sheets, the pieces left there: by the totals, less own reports ($2, $3). */
#define RESTS                                                                                               \
    "WITH rests AS (SELECT o.line, s.product, s.due_day, s.is_rush,"                                        \
    "  o.planned - coalesce(t.good + t.bad + t.held, 0) - " OWN_LACKED(                                     \
        "$2", "$3") " AS rest"                                                                              \
                    " FROM station_op h JOIN sheet_op o ON o.code = h.code JOIN sheet s ON s.line = o.line" \
                    " LEFT JOIN total t ON t.line = o.line AND t.number = o.number WHERE h.station = $1)"

static void rests_bind(struct db_stmt *stmt, const struct look *look)
{
    db_bind_text(stmt, 1, look->station);
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
}

/* Orders that have work left here: stopped ones first, then rush, then by due day; without one last. */
static bool queue_read(struct db *db, const struct look *look, struct found_idle *idle, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL(RESTS
                " SELECT line, product, due_day, is_rush,"
                " CASE WHEN EXISTS (SELECT 1 FROM stop x WHERE x.pieces = 0 AND x.line IN (rests.line, rests.line - rests.line % 100))"
                "  THEN 1 ELSE 0 END AS is_stopped, CAST(sum(rest) AS BIGINT)"
                " FROM rests WHERE rest > 0 GROUP BY line, product, due_day, is_rush"
                " ORDER BY is_stopped DESC, is_rush DESC, due_day = 0, due_day, line LIMIT $4"),
                            &stmt, err))
        return false;
    rests_bind(stmt, look);
    db_bind_int(stmt, 4, FOUND_QUEUE_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct found_row *entry = &idle->queue[idle->queue_count++];
        entry->line = line_ref_of_key(db_int(stmt, 0));
        row_text(stmt, 1, entry->product, sizeof entry->product);
        entry->due_day = (int32_t)db_int(stmt, 2);
        entry->is_rush = db_int(stmt, 3) != 0;
        entry->is_stopped = db_int(stmt, 4) != 0;
        entry->left = db_int(stmt, 5);
        entry->is_late = entry->due_day > 0 && entry->due_day < look->day;
    }
}

static bool number_read(struct db_stmt *stmt, int64_t *number, struct err *err)
{
    bool row;
    if (!db_step(stmt, &row, err)) return false;
    *number = row ? db_int(stmt, 0) : 0;
    if (row) db_reset(stmt);
    return true;
}

/* Done here today, and that plus what is still due up to today. */
static bool today_read(struct db *db, const struct look *look, struct found_idle *idle, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         due;
    if (!db_prepare(db, SQL("SELECT CAST(coalesce(sum(e.count), 0) AS BIGINT) FROM entry e JOIN event v ON v.n = e.n"
                        " WHERE e.day = $1 AND e.kind IN ($2, $3) AND e.rework = 0"
                        " AND NOT EXISTS (SELECT 1 FROM entry x WHERE x.refers = v.name)"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, look->day);
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
    if (!number_read(stmt, &idle->today_done, err)) return false;
    if (!db_prepare(db, SQL(RESTS " SELECT CAST(coalesce(sum(rest), 0) AS BIGINT) FROM rests"
                " WHERE rest > 0 AND due_day > 0 AND due_day <= $4"),
                            &stmt, err))
        return false;
    rests_bind(stmt, look);
    db_bind_int(stmt, 4, look->day);
    if (!number_read(stmt, &due, err)) return false;
    idle->today_due = idle->today_done + due;
    return true;
}

static bool reasons_read(struct db *db, struct found_idle *idle, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT number, name_zh, name_en FROM reason ORDER BY number LIMIT $1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, FOUND_REASONS_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        int at = idle->reason_count++;
        idle->reasons[at].number = (int32_t)db_int(stmt, 0);
        for (int i = 0; i < 2; i++) row_text(stmt, 1 + i, idle->reasons[at].name[i], sizeof idle->reasons[at].name[i]);
    }
}

bool look_idle(struct db *db, const struct look *look, struct found_idle *idle, struct err *err)
{
    struct found_idle made = {0};
    if (!db_begin(db, err)) return false;
    bool is_found =
        queue_read(db, look, &made, err) && today_read(db, look, &made, err) && reasons_read(db, &made, err);
    db_rollback(db);
    if (is_found) *idle = made;
    return is_found;
}

/* ---------------------------------------------------------------------------------------------------- page */

/* A worker's sums of a day at this kiosk; of entries of several people alone, where asked. */
struct today {
    int32_t worker, day;
    bool    is_shared;
    int64_t fen, pieces;
};

static bool today_sum(struct db *db, struct today *today, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!own_of_day(db, today->worker, today->day, &stmt, err)) return false;
    for (;;) {
        struct own_entry entry;
        int64_t          fen;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        own_read(stmt, &entry);
        bool is_wanted = !today->is_shared || db_int(stmt, OWN_NEXT) > 1;
        if (!own_settle(db, &entry, (struct reach){0, 0}, err) || !own_share(db, &entry, today->worker, &fen, err)) {
            db_reset(stmt);
            return false;
        }
        if (entry.is_cancelled || !is_wanted) continue;
        today->fen += fen;
        today->pieces += own_good(&entry);
    }
}

/* The columns behind OWN_COLUMNS: rev, names of the operation, whether the server has the event, the verdict's words. */
static void entry_read(struct db_stmt *stmt, const struct own_entry *own, struct found_entry *entry)
{
    const char *say = db_text(stmt, OWN_NEXT + 4);
    *entry = (struct found_entry){
        .name = own->name,
        .sheet = {.line = line_ref_of_key(own->line), .rev = (int)db_int(stmt, OWN_NEXT)},
        .op = own->op,
        .count = own->count,
        .bad = own->bad,
        .wall_ms = own->wall_ms
    };
    for (int i = 0; i < 2; i++) row_text(stmt, OWN_NEXT + 1 + i, entry->op_name[i], sizeof entry->op_name[i]);
    entry->state = own->is_cancelled                 ? ENTRY_UNDONE
                   : own->held > 0                   ? ENTRY_HELD
                   : db_int(stmt, OWN_NEXT + 3) != 0 ? ENTRY_SENT
                                                     : ENTRY_SAVED;
    if (own->held > 0 && !say_read(say, strlen(say), &entry->held_say)) entry->held_say = (struct say){0};
}

static bool entries_read(struct db *db, struct found_page *page, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT " OWN_COLUMNS ", e.rev, coalesce(n.name_zh, o.code, ''), coalesce(n.name_en, o.code, ''),"
                        " CASE WHEN v.seq <= p.acked_seq THEN 1 ELSE 0 END, coalesce(d.say, '')"
                        " FROM entry_worker w JOIN " OWN_TABLES " JOIN epoch p ON p.counter = v.counter"
                        " LEFT JOIN sheet_op o ON o.line = e.line AND o.number = e.op"
                        " LEFT JOIN operation n ON n.code = o.code"
                        " WHERE w.n = e.n AND w.worker = $1 AND e.kind IN ($2, $3)"
                        " AND w.place = (SELECT min(z.place) FROM entry_worker z WHERE z.n = e.n AND z.worker = $1)"
                        " ORDER BY w.n DESC LIMIT $4 OFFSET $5"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, page->worker);
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
    db_bind_int(stmt, 4, FOUND_ENTRIES_MAX);
    db_bind_int(stmt, 5, page->skip);
    for (;;) {
        struct own_entry    own;
        struct found_entry *entry = &page->entries[page->count];
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        int64_t fen;
        own_read(stmt, &own);
        if (!own_settle(db, &own, (struct reach){0, 0}, err) || !own_share(db, &own, page->worker, &fen, err)) {
            db_reset(stmt);
            return false;
        }
        entry_read(stmt, &own, entry);
        entry->fen = fen;
        page->count++;
    }
}

/* An answer stands until he objects again. */
static bool answer_read(struct db *db, struct found_page *page, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT coalesce(d.say, '') FROM entry_worker w JOIN entry e ON e.n = w.n"
                        " JOIN event v ON v.n = e.n LEFT JOIN verdict d ON d.name = v.name"
                        " WHERE w.worker = $1 AND e.kind = $2 ORDER BY w.n DESC LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, page->worker);
    db_bind_int(stmt, 2, EVENT_OBJECT);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    const char *say = db_text(stmt, 0);
    if (!say_read(say, strlen(say), &page->answer)) page->answer = (struct say){0};
    db_reset(stmt);
    return true;
}

bool look_page(struct db *db, const struct look *look, int32_t worker, struct found_page *page, struct err *err)
{
    struct found_page made = {.worker = worker, .skip = look->skip, .day = look->day};
    if (!db_begin(db, err)) return false;
    struct today today = {.worker = worker, .day = look->day};
    bool         is_found = today_sum(db, &today, err) && entries_read(db, &made, err) && answer_read(db, &made, err) &&
                    blame_read(db, look->now_ms, &made, err);
    db_rollback(db);
    made.own_fen = today.fen;
    made.own_pieces = today.pieces;
    if (is_found) *page = made;
    return is_found;
}

/* Where all are of one crew that shares when the shift is over: how it was in the shift before. */
static bool crew_pool(struct db *db, const struct look *look, struct found_crew *crew, struct err *err)
{
    struct db_stmt *stmt;
    char            first[WORD_MAX] = "";
    bool            row, is_one = true;
    for (int i = 0; i < crew->count && is_one; i++) {
        if (!db_prepare(db, SQL("SELECT crew FROM worker WHERE number = $1"), &stmt, err)) return false;
        db_bind_int(stmt, 1, crew->sums[i].number);
        if (!db_step(stmt, &row, err)) return false;
        if (i == 0 && row) row_text(stmt, 0, first, sizeof first);
        is_one = row && strcmp(first, db_text(stmt, 0)) == 0;
        if (row) db_reset(stmt);
    }
    return !is_one || pool_last(db, first, look->day, look->shift == NULL ? "" : look->shift, crew, err);
}

bool look_crew(struct db *db, const struct look *look, struct found_crew *crew, struct err *err)
{
    struct found_crew made = {.count = look->worker_count};
    bool              is_found = true;
    if (!db_begin(db, err)) return false;
    for (int i = 0; i < look->worker_count && is_found; i++) {
        struct today today = {.worker = look->workers[i], .day = look->day, .is_shared = true};
        is_found = today_sum(db, &today, err);
        made.sums[i].number = today.worker;
        made.sums[i].fen = today.fen;
        made.sums[i].pieces = today.pieces;
    }
    if (is_found && made.count > 1) is_found = crew_pool(db, look, &made, err);
    db_rollback(db);
    if (is_found) *crew = made;
    return is_found;
}
