/* rebuild.c - the proof of wages: server/books/rebuild.h. */
#include "server/books/rebuild.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "server/books/aside.h"
#include "server/books/on_floor.h"

enum { DIFFERENCES_TOLD = 10, SLICE_US = 500000 };

/* Each derived table: how it is emptied, and its rows in the order of their key. What isn't compared: place says how far
 * the writer is, telling what it has yet to say; both are empty at rest; late_place whether `late` is whole, which it is. To add a derived table: a row here. */
struct derived {
    const char *table;
    int         keys; /* first columns */
    const char *empty, *rows;
};
/* clang-format off */
#define DERIVED_TABLE(TABLE, KEYS, ROWS) \
    {.table = (TABLE), .keys = (KEYS), .empty = SQL("DELETE FROM " TABLE), .rows = SQL(ROWS)}
static const struct derived DERIVED[] = {
    DERIVED_TABLE("fact",         1, "SELECT number, name, kiosk, epoch_counter, epoch_random, seq, taken_ms, kind,"
                                     " line, rev, op, day, day_moved, seen_feed, bytes FROM fact ORDER BY number"),
    DERIVED_TABLE("verdict",      1, "SELECT number, kind, counted, held, good, bad, rate_cfen, due_fen, reason,"
                                     " cancelled_by, decided_by, bad_open, bad_decided_by, due_pieces FROM verdict"
                                     " ORDER BY number"),
    DERIVED_TABLE("fact_worker",  2, "SELECT number, share, worker, day, badge FROM fact_worker ORDER BY number,"
                                     " share"),
    DERIVED_TABLE("due",          4, "SELECT worker, day, number, share, fen FROM due ORDER BY worker, day, number,"
                                     " share"),
    DERIVED_TABLE("op_sum",       3, "SELECT line, rev, op, good, bad, held FROM op_sum ORDER BY line, rev, op"),
    DERIVED_TABLE("paper",        3, "SELECT line, rev, copy, number FROM paper ORDER BY line, rev, copy"),
    DERIVED_TABLE("day_sum",      2, "SELECT day, worker, fen, facts, pieces, held, time_fen FROM day_sum ORDER BY day,"
                                     " worker"),
    DERIVED_TABLE("week_sum",     2, "SELECT week, worker, days, fen, facts, pieces, held, time_fen FROM week_sum"
                                     " ORDER BY week, worker"),
    DERIVED_TABLE("week_place",   1, "SELECT only_row, week FROM week_place"),
    DERIVED_TABLE("op_day",       3, "SELECT day, code, shift, facts, good, bad, reworked, doors FROM op_day"
                                     " ORDER BY day, code, shift"),
    DERIVED_TABLE("hand_day",     3, "SELECT day, worker, code, facts, good, bad, reworked, fen FROM hand_day"
                                     " ORDER BY day, worker, code"),
    DERIVED_TABLE("flaw",         3, "SELECT day, number, place, line, rev, code, reason, fault, pieces, is_open FROM flaw"
                                     " ORDER BY day, number, place"),
    DERIVED_TABLE("finished",     1, "SELECT line, doors, is_whole, day FROM finished ORDER BY line"),
    DERIVED_TABLE("on_floor",     1, "SELECT line FROM on_floor ORDER BY line"),
    DERIVED_TABLE("kiosk_mark",   3, "SELECT kiosk, epoch_counter, epoch_random, seq, day, taken_ms FROM kiosk_mark"
                                     " ORDER BY kiosk, epoch_counter, epoch_random"),
    DERIVED_TABLE("worker_kiosk", 2, "SELECT worker, kiosk, day FROM worker_kiosk ORDER BY worker, kiosk"),
    DERIVED_TABLE("bind",         2, "SELECT badge, day, worker, number FROM bind ORDER BY badge, day"),
    DERIVED_TABLE("crew_fact",    4, "SELECT crew, day, shift, number, kind, at_ms FROM crew_fact ORDER BY crew, day,"
                                     " shift, number"),
    DERIVED_TABLE("pool_share",   5, "SELECT crew, day, shift, worker, badge, split, minutes, coefficient, settles_ms"
                                     " FROM pool_share ORDER BY crew, day, shift, worker, badge"),
    DERIVED_TABLE("enquiry_answer", 1, "SELECT number, enquiry, word, seen_feed FROM enquiry_answer ORDER BY number"),
    DERIVED_TABLE("op_missing",   2, "SELECT line, op, rev, pieces, number, at_ms, say FROM op_missing ORDER BY line, op"),
    DERIVED_TABLE("clock_doubt",  2, "SELECT kiosk, day, number FROM clock_doubt ORDER BY kiosk, day"),
    DERIVED_TABLE("late",         3, "SELECT worker, name, share, fen FROM late ORDER BY worker, name, share"),
    DERIVED_TABLE("waiting",      2, "SELECT refers, number FROM waiting ORDER BY refers, number"),
    DERIVED_TABLE("loaded",       3, "SELECT note, line, day, doors, pieces FROM loaded ORDER BY note, line, day"),
    DERIVED_TABLE("stock",        2, "SELECT line, place, doors FROM stock ORDER BY line, place"),
    DERIVED_TABLE("stock_sum",    1, "SELECT line, packed, returned, found, went, shorted FROM stock_sum"
                                     " ORDER BY line"),
    DERIVED_TABLE("stock_count",  2, "SELECT line, number, place, expected, counted FROM stock_count ORDER BY line,"
                                     " number"),
    DERIVED_TABLE("note_done",    1, "SELECT note, number, day, at_ms, name FROM note_done ORDER BY note"),
    DERIVED_TABLE("exception",    2, "SELECT reason, name, number, at_ms, say FROM exception ORDER BY reason, name"),
};
/* clang-format on */
enum { DERIVED_COUNT = sizeof DERIVED / sizeof *DERIVED };
static_assert(sizeof DERIVED / sizeof *DERIVED <= REBUILD_TABLES_MAX, "each has its count");

static bool run(struct db *db, const char *sql, struct err *err)
{
    struct db_stmt *stmt;
    return db_prepare(db, sql, &stmt, err) && db_run(stmt, err);
}

static bool empty_all(struct db *db, struct err *err)
{
    for (int i = 0; i < DERIVED_COUNT; i++)
        if (!run(db, DERIVED[i].empty, err)) return false;
    return run(db, SQL("DELETE FROM telling"), err) && on_floor_make(db, err) &&
               run(db, SQL("INSERT INTO week_place (only_row, week) VALUES (1, 0)"), err) &&
                   run(db, SQL("UPDATE late_place SET is_whole = 0 WHERE only_row = 1"), err) &&
                       run(db, SQL("UPDATE place SET applied_to = 0, trying = 0, tries = 0 WHERE only_row = 1"), err);
}

bool rebuild_empty(struct db *db, bool lifts, struct err *err)
{
    if (!db_begin(db, err)) return false;
    if (!empty_all(db, err) || (lifts && !aside_lift(db, err))) {
        db_rollback(db);
        return false;
    }
    return db_commit(db, err);
}

/* ---------------------------------------------------------------------------------------------------- comparing */

/* The order of two columns of one key: NULL before numbers before texts and bytes, as the engine sorts them. */
static int column_order(struct db_stmt *a, struct db_stmt *b, int column)
{
    enum db_type type = db_type_of(a, column), other = db_type_of(b, column);
    if (type != other) return type < other ? -1 : 1;
    if (type == DB_NULL) return 0;
    if (type == DB_INT) {
        int64_t x = db_int(a, column), y = db_int(b, column);
        return x < y ? -1 : x > y;
    }
    if (type == DB_TEXT) return strcmp(db_text(a, column), db_text(b, column));
    size_t      len_a, len_b;
    const void *x = db_blob(a, column, &len_a), *y = db_blob(b, column, &len_b);
    int         order = memcmp(x, y, len_a < len_b ? len_a : len_b);
    return order != 0 ? order : len_a < len_b ? -1 : len_a > len_b;
}

static void column_write(struct db_stmt *stmt, int column, struct buf *out)
{
    size_t len;
    switch (db_type_of(stmt, column)) {
    case DB_NULL: buf_str(out, "null"); break;
    case DB_INT: buf_int(out, db_int(stmt, column)); break;
    case DB_TEXT: json_cstr(out, db_text(stmt, column)); break;
    case DB_BLOB: {
        const void *bytes = db_blob(stmt, column, &len);
        buf_char(out, '"');
        buf_hex(out, bytes, len < 32 ? len : 32);
        buf_char(out, '"');
    }
    }
}

/* column -1: the row is in one of them alone (the other is NULL). */
static void difference(struct rebuild_result *result, const struct derived *derived, struct db_stmt *kept,
                       struct db_stmt *built, int column)
{
    if (++result->differences > DIFFERENCES_TOLD) return;
    struct buf *out = &result->first;
    json_sep(out);
    buf_fmt(out, "{\"table\":\"%s\",\"key\":[", derived->table);
    for (int c = 0; c < derived->keys; c++) {
        json_sep(out);
        column_write(kept != NULL ? kept : built, c, out);
    }
    buf_char(out, ']');
    json_key(out, "column");
    json_cstr(out, column < 0 ? "" : db_column_name(kept, column));
    json_key(out, "kept");
    if (column < 0)
        buf_str(out, kept != NULL ? "true" : "false");
    else
        column_write(kept, column, out);
    json_key(out, "built");
    if (column < 0)
        buf_str(out, built != NULL ? "true" : "false");
    else
        column_write(built, column, out);
    buf_char(out, '}');
}

static int row_order(const struct derived *derived, struct db_stmt *kept, struct db_stmt *built)
{
    for (int c = 0; c < derived->keys; c++) {
        int order = column_order(kept, built, c);
        if (order != 0) return order;
    }
    return 0;
}

static bool table_compare(const struct derived *derived, struct db *kept, struct db *built,
                          struct rebuild_result *result, struct err *err)
{
    struct db_stmt       *a, *b;
    bool                  has_a, has_b;
    struct rebuild_table *table = &result->tables[result->table_count++];
    table->name = derived->table;
    if (!db_prepare(kept, derived->rows, &a, err) || !db_prepare(built, derived->rows, &b, err)) return false;
    if (!db_step(a, &has_a, err) || !db_step(b, &has_b, err)) return false;
    while (has_a || has_b) {
        int order = !has_a ? 1 : !has_b ? -1 : row_order(derived, a, b);
        result->rows++;
        table->rows++;
        if (order < 0) difference(result, derived, a, NULL, -1);
        if (order > 0) difference(result, derived, NULL, b, -1);
        for (int c = derived->keys; order == 0 && c < db_columns(a); c++)
            if (column_order(a, b, c) != 0) {
                difference(result, derived, a, b, c);
                break;
            }
        if (order <= 0 && !db_step(a, &has_a, err)) return false;
        if (order >= 0 && !db_step(b, &has_b, err)) return false;
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------------- building */

/* The inbox up to where the books are: what came since is none of theirs. */
struct bounded {
    struct writer_source inbox;
    int64_t              end;
};

static bool bounded_next(void *self, int64_t after, struct writer_line *line, bool *has_line, struct err *err)
{
    const struct bounded *bounded = self;
    *has_line = false;
    if (after >= bounded->end) return true;
    if (!bounded->inbox.next(bounded->inbox.self, after, line, has_line, err)) return false;
    if (*has_line && line->number > bounded->end) *has_line = false;
    return true;
}

static bool build(const struct rebuild_options *options, struct bounded *bounded, int64_t now_ms, struct err *err)
{
    const struct writer_options open = {
        .books_path = options->work_path, .vfs = options->vfs, .inbox = {bounded_next, bounded},
                .rebuild = true
    };
    const struct writer_in in = {.now_ms = now_ms,
                                 .budget_us = SLICE_US,
                                 .inbox_end = bounded->end,
                                 .mono_us = options->mono_us,
                                 .self = options->self,
                                 .most = options->mono_us == NULL ? 1000 : 0};
    struct writer_out      out;
    struct writer         *writer;
    if (!writer_open(&open, now_ms, &writer, err)) return false;
    do writer_step(writer, &in, &out);
    while (out.want == WRITER_AGAIN && (out.err.kind == ERR_NONE));
    bool is_done = out.err.kind == ERR_NONE && writer_applied(writer) == bounded->end;
    if (out.err.kind != ERR_NONE)
        *err = out.err;
    else if (!is_done)
        err_set(err, ERR_DAMAGED, say_int(say_int(SAY("books.inbox_short"), writer_applied(writer)), bounded->end));
    writer_close(writer);
    return is_done;
}

static bool applied_read(struct db *db, int64_t *applied_to, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT applied_to FROM place WHERE only_row = 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_DAMAGED, SAY("books.place"));
    *applied_to = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

bool rebuild_compare(const struct rebuild_options *options, int64_t now_ms, struct rebuild_result *result,
                     struct err *err)
{
    struct bounded bounded = {.inbox = options->inbox};
    struct db     *kept = NULL, *built = NULL;
    bool           is_done = false;
    *result = (struct rebuild_result){0};
    /* The copy is taken first: a server may be writing on, and both sides must be of one moment. */
    if (!db_open(options->books_path, DB_READ, options->vfs, &kept, err)) goto end;
    if (!db_begin(kept, err)) goto end;
    if (!applied_read(kept, &bounded.end, err) || !db_backup(kept, options->work_path, err)) goto end;
    if (!build(options, &bounded, now_ms, err)) goto end;
    if (!db_open(options->work_path, DB_READ, options->vfs, &built, err)) goto end;
    for (int i = 0; i < DERIVED_COUNT; i++)
        if (!table_compare(&DERIVED[i], kept, built, result, err)) goto end;
    is_done = true;
end:
    if (kept != NULL) db_rollback(kept);
    db_close(kept);
    db_close(built);
    return is_done;
}
