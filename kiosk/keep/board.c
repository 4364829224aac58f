/* board.c - how far an order is, and what supervisors ask of all of them: look_order() and look_board() of
 * kiosk/keep/look.h. From the feed's totals and, behind their marks, this kiosk's own entries. */
#include <string.h>

#include "core/event.h"
#include "kiosk/keep/look.h"
#include "kiosk/keep/own.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/row.h"
#include "kiosk/keep/setting.h"

enum { OPS_MAX = 24, DAY_MINUTES = 24 * 60 };
#define MINUTE_MS INT64_C(60000)

/* ---------------------------------------------------------------------------------------------------- an order */

static bool order_lines(struct db *db, struct line_ref line, struct found_order *order, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    struct line_ref whole = line;
    whole.line = 0;
    if (!db_prepare(db, SQL("SELECT line FROM sheet WHERE line > $1 AND line < $1 + 100 ORDER BY line LIMIT $2"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(whole));
    db_bind_int(stmt, 2, FOUND_ORDER_LINES_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        order->lines[order->line_count++].line = line_ref_of_key(db_int(stmt, 0));
    }
    for (int i = 0; i < order->line_count; i++)
        if (line_ref_key(order->lines[i].line) == line_ref_key(line)) order->at = i;
    if (order->line_count > 0) return true;
    order->lines[order->line_count++].line = line;
    return true;
}

static bool order_find(struct db *db, const struct look *look, struct line_ref line, struct found_order *order,
                       struct err *err)
{
    struct place place;
    if (!place_read(db, &place, err) || !order_lines(db, line, order, err)) return false;
    order->heard_ms = place.heard_ms;
    for (int i = 0; i < order->line_count; i++) {
        struct found_sheet sheet = {0};
        if (!look_at_sheet(db, look, (struct sheet_ref){.line = order->lines[i].line}, &sheet, err)) return false;
        sheet.ref.rev = sheet.newest_rev;
        for (int k = 0; k < sheet.op_count; k++) order->lines[i].left += sheet.ops[k].left;
        if (i == order->at) order->sheet = sheet;
    }
    return true;
}

bool look_order(struct db *db, const struct look *look, struct line_ref line, struct found_order *order,
                struct err *err)
{
    struct found_order made = {0};
    if (!db_begin(db, err)) return false;
    bool is_found = order_find(db, look, line, &made, err);
    db_rollback(db);
    if (is_found) *order = made;
    return is_found;
}

/* ---------------------------------------------------------------------------------------------------- a board */

struct lane { /* an operation of a line */
    char    code[WORD_MAX], part[WORD_MAX], name[2][NAME_MAX];
    int64_t planned, done, held;
};

/* The line whose rows are being read. */
struct reading {
    struct found_board *board;
    const struct look  *look;
    int64_t             line;
    struct board_row    row;
    int                 count;
    struct lane         lanes[OPS_MAX];
};

static struct board_op *op_of(struct found_board *board, const struct lane *lane)
{
    for (int i = 0; i < board->op_count; i++)
        if (strcmp(board->ops[i].code, lane->code) == 0) return &board->ops[i];
    if (board->op_count == FOUND_BOARD_OPS_MAX) return NULL;
    struct board_op *op = &board->ops[board->op_count++];
    memcpy(op->code, lane->code, sizeof op->code);
    memcpy(op->name, lane->name, sizeof op->name);
    return op;
}

/* In doors an operation after it has more: somebody didn't scan. */
static bool lacks_scans(const struct reading *reading, int at)
{
    const struct lane *lane = &reading->lanes[at];
    for (int i = at + 1; i < reading->count; i++) {
        const struct lane *after = &reading->lanes[i];
        if (look_goes_on(lane->part, after->part) && lane->planned > 0 && after->planned > 0 &&
            after->done * lane->planned > lane->done * after->planned)
            return true;
    }
    return false;
}

/* Stopped first, then rush, late, by due day; the order of found_idle. */
static int row_rank(const struct board_row *row)
{
    return row->is_stopped ? 0 : row->is_rush ? 1 : row->is_late ? 2 : 3;
}

static bool row_before(const struct board_row *a, const struct board_row *b)
{
    int32_t due_a = a->due_day > 0 ? a->due_day : INT32_MAX, due_b = b->due_day > 0 ? b->due_day : INT32_MAX;
    if (row_rank(a) != row_rank(b)) return row_rank(a) < row_rank(b);
    if (due_a != due_b) return due_a < due_b;
    return line_ref_key(a->line) < line_ref_key(b->line);
}

/* The foremost rows are kept. */
static void row_add(struct found_board *board, const struct board_row *row)
{
    int at = board->row_count;
    board->all++;
    while (at > 0 && row_before(row, &board->rows[at - 1])) at--;
    if (at == FOUND_BOARD_ROWS_MAX) return;
    int kept = board->row_count < FOUND_BOARD_ROWS_MAX ? board->row_count : FOUND_BOARD_ROWS_MAX - 1;
    memmove(&board->rows[at + 1], &board->rows[at], (size_t)(kept - at) * sizeof *row);
    board->rows[at] = *row;
    board->row_count = kept + 1;
}

static int count_of(enum board_view view)
{
    return (int)view - BOARD_LATE;
}

/* What a whole line says; counts: which of enum board_view from BOARD_LATE on it belongs to. */
static void line_end(struct reading *reading)
{
    struct found_board *board = reading->board;
    struct board_row   *row = &reading->row;
    bool                is[BOARD_COUNTS] = {false};
    int                 where = -1, missing = -1;
    if (reading->count == 0) return;
    for (int i = 0; i < reading->count; i++) {
        struct lane     *lane = &reading->lanes[i];
        int64_t          left = lane->planned > lane->done ? lane->planned - lane->done : 0;
        struct board_op *op = op_of(board, lane);
        row->held += lane->held;
        row->ops_done += left == 0;
        if (left > 0 && where < 0) where = i;
        if (lacks_scans(reading, i) && missing < 0) missing = i;
        if (op != NULL && row->due_day > 0 && row->due_day <= reading->look->day) op->planned += left;
    }
    row->ops = reading->count;
    is[count_of(BOARD_LATE)] = where >= 0 && row->is_late;
    is[count_of(BOARD_RUSH)] = where >= 0 && row->is_rush;
    is[count_of(BOARD_STOPPED)] = row->is_stopped;
    is[count_of(BOARD_MISSING)] = missing >= 0;
    is[count_of(BOARD_HELD)] = row->held > 0;
    if (board->view == BOARD_MISSING && missing >= 0) where = missing; /* there it is to be looked for */
    const struct lane *lane = where >= 0 ? &reading->lanes[where] : NULL;
    struct board_op   *op = lane != NULL ? op_of(board, lane) : NULL;
    for (int i = 0; i < BOARD_COUNTS; i++) {
        board->counts[i] += is[i];
        if (op != NULL) op->counts[i] += is[i];
    }
    if (lane != NULL) {
        memcpy(row->op, lane->name, sizeof row->op);
        row->left = lane->planned > lane->done ? lane->planned - lane->done : 0;
    }
    if (board->view == BOARD_ORDERS ? where >= 0 : board->view >= BOARD_LATE && is[count_of(board->view)])
        row_add(board, row);
}

static void line_begin(struct reading *reading, struct db_stmt *stmt)
{
    reading->line = db_int(stmt, 0);
    reading->count = 0;
    memset(&reading->row, 0, sizeof reading->row);
    struct board_row *row = &reading->row;
    row->line = line_ref_of_key(reading->line);
    row_text(stmt, 9, row->product, sizeof row->product);
    row->due_day = (int32_t)db_int(stmt, 10);
    row->is_rush = db_int(stmt, 11) != 0;
    row->is_stopped = db_int(stmt, 12) != 0;
    row->is_late = row->due_day > 0 && row->due_day < reading->look->day;
}

static bool lines_read(struct db *db, const struct look *look, struct found_board *board, struct err *err)
{
    static struct reading reading; /* the one thread that looks */
    struct db_stmt       *stmt;
    bool                  row;
    if (!db_prepare(
            db,
            SQL("SELECT o.line, o.number, o.code, o.part, coalesce(n.name_zh, o.code), coalesce(n.name_en, o.code),"
                " o.planned, CAST(coalesce(t.good + t.bad + t.held, 0) + " OWN_LACKED("$1", "$2") " AS BIGINT), coalesce(t.held, 0),"
                " s.product, s.due_day, s.is_rush,"
                " CASE WHEN EXISTS (SELECT 1 FROM stop x WHERE x.pieces = 0 AND x.line IN (s.line, s.line - s.line % 100))"
                "  THEN 1 ELSE 0 END"
                " FROM sheet_op o JOIN sheet s ON s.line = o.line LEFT JOIN operation n ON n.code = o.code"
                " LEFT JOIN total t ON t.line = o.line AND t.number = o.number ORDER BY o.line, o.number"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, EVENT_REPORT);
    db_bind_int(stmt, 2, EVENT_CORRECT);
    memset(&reading, 0, sizeof reading);
    reading.board = board;
    reading.look = look;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row || db_int(stmt, 0) != reading.line) line_end(&reading);
        if (!row) return true;
        if (db_int(stmt, 0) != reading.line) line_begin(&reading, stmt);
        if (reading.count == OPS_MAX) continue;
        struct lane *lane = &reading.lanes[reading.count++];
        row_text(stmt, 2, lane->code, sizeof lane->code);
        row_text(stmt, 3, lane->part, sizeof lane->part);
        for (int i = 0; i < 2; i++) row_text(stmt, 4 + i, lane->name[i], sizeof lane->name[i]);
        lane->planned = db_int(stmt, 6);
        lane->done = db_int(stmt, 7);
        lane->held = db_int(stmt, 8);
    }
}

/* Done that day by operation: as the feed tells it, and this kiosk's own entries behind it. */
static bool days_read(struct db *db, struct found_board *board, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db,
                    SQL("SELECT o.code, CAST(sum(d.pieces) AS BIGINT) FROM day_total d"
                        " JOIN sheet_op o ON o.line = d.line AND o.number = d.number WHERE d.day = $1 GROUP BY o.code"
                        " UNION ALL SELECT o.code, CAST(sum(e.count) AS BIGINT) FROM entry e JOIN event v ON v.n = e.n"
                        "  JOIN sheet_op o ON o.line = e.line AND o.number = e.op"
                        "  LEFT JOIN total_mark m ON m.line = e.line"
                        "  WHERE e.day = $1 AND e.kind IN ($2, $3) AND e.rework = 0 AND " OWN_BEHIND
                        "  AND NOT EXISTS (SELECT 1 FROM entry x WHERE x.refers = v.name) GROUP BY o.code"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, board->day);
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        for (int i = 0; i < board->op_count; i++)
            if (strcmp(board->ops[i].code, db_text(stmt, 0)) == 0) board->ops[i].done += db_int(stmt, 1);
    }
}

/* ---- Workers: this kiosk alone knows what it recorded; of others the feed tells no names */

static bool workers_read(struct db *db, struct found_board *board, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            db, SQL("SELECT i.worker, coalesce(w.name, ''), coalesce(w.sign, 0), coalesce(w.colour, 0),"
                        " CASE WHEN w.number IS NULL THEN 0 ELSE 1 END,"
                        " CAST(sum(e.count - e.bad - coalesce(d.held, 0)) AS BIGINT), CAST(sum(e.bad) AS BIGINT),"
                        " CAST(sum(coalesce(d.held, 0)) AS BIGINT), max(v.wall_ms) FROM entry e JOIN event v ON v.n = e.n"
                        " JOIN entry_worker i ON i.n = e.n LEFT JOIN worker w ON w.number = i.worker"
                        " LEFT JOIN verdict d ON d.name = v.name WHERE e.day = $1 AND e.kind IN ($2, $3)"
                        " AND NOT EXISTS (SELECT 1 FROM entry x WHERE x.refers = v.name)"
                        " GROUP BY i.worker ORDER BY 6 DESC, i.worker LIMIT $4"),
                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, board->day);
    db_bind_int(stmt, 2, EVENT_REPORT);
    db_bind_int(stmt, 3, EVENT_CORRECT);
    db_bind_int(stmt, 4, FOUND_BOARD_ROWS_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct board_row *worker = &board->rows[board->row_count++];
        worker->worker.number = (int32_t)db_int(stmt, 0);
        row_text(stmt, 1, worker->worker.name, sizeof worker->worker.name);
        worker->worker.sign = (int)db_int(stmt, 2);
        worker->worker.colour = (int)db_int(stmt, 3);
        worker->worker.is_known = db_int(stmt, 4) != 0;
        worker->good = db_int(stmt, 5);
        worker->bad = db_int(stmt, 6);
        worker->held = db_int(stmt, 7);
        worker->when_ms = db_int(stmt, 8);
        board->all = board->row_count;
    }
}

/* ---- How much of the shift is over */

static int shift_over(const struct day_rule *rule, int64_t now_ms)
{
    const struct shift *shift = NULL;
    int32_t             day = day_of(rule, now_ms, &shift);
    if (shift == NULL || shift->end_min <= shift->start_min) return -1;
    int64_t minute = now_ms / MINUTE_MS + rule->offset_min - (int64_t)day * DAY_MINUTES;
    if (minute <= shift->start_min) return 0;
    int64_t over = (minute - shift->start_min) * 1000 / (shift->end_min - shift->start_min);
    return over > 1000 ? 1000 : (int)over;
}

static bool board_find(struct db *db, const struct look *look, struct found_board *board, struct err *err)
{
    struct place    place;
    struct day_rule rule;
    bool            is_today = board->day == look->day;
    if (!place_read(db, &place, err) || !setting_day_rule(db, &rule, err)) return false;
    board->heard_ms = place.heard_ms;
    board->now_permille = is_today ? shift_over(&rule, look->now_ms) : -1;
    if (!lines_read(db, look, board, err) || !days_read(db, board, err)) return false;
    for (int i = 0; i < board->op_count; i++) {
        struct board_op *op = &board->ops[i];
        op->planned = is_today ? op->planned + op->done : 0;
        board->done += op->done;
        board->planned += op->planned;
    }
    return board->view != BOARD_WORKERS || workers_read(db, board, err);
}

bool look_board(struct db *db, const struct look *look, enum board_view view, int32_t day, struct found_board *board,
                struct err *err)
{
    static struct found_board made;
    memset(&made, 0, sizeof made);
    made.view = view;
    made.day = day;
    if (!db_begin(db, err)) return false;
    bool is_found = board_find(db, look, &made, err);
    db_rollback(db);
    if (is_found) *board = made;
    return is_found;
}
