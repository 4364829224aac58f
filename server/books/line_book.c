/* line_book.c - what is judged of one order line, read from the books: server/books/line_book.h. */
#include "server/books/line_book.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/code.h"
#include "core/utf8.h"
#include "server/books/master.h"
#include "server/books/pool_share.h"
#include "server/books/stock.h"
#include "server/judge/limits.h"

/* ---------------------------------------------------------------------------------------------------- keeping */

void line_book_empty(struct line_book *book)
{
    for (size_t i = 0; i < book->fact_count; i++) free((void *)(uintptr_t)book->facts[i].event);
    book->fact_count = book->sum_count = 0;
    book->is_read = false;
    book->judge = (struct judge_line){.line = book->judge.line};
}

void line_book_free(struct line_book *book)
{
    line_book_empty(book);
    free(book->facts);
    free(book->stored);
    free(book->revs);
    free(book->ops);
    free(book->stops);
    free(book->stays);
    free(book->rates);
    free(book->hours);
    free(book->sums);
    free(book->notes);
    free(book);
}

struct line_fact *line_book_add(struct line_book *book, const struct judge_fact *fact)
{
    size_t        cap = book->fact_cap;
    struct event *event = malloc(sizeof *event);
    if (event == NULL) abort();
    assert(book->fact_count == 0 || book->facts[book->fact_count - 1].number < fact->number);
    book->facts = array_more(book->facts, book->fact_count, &cap, sizeof *book->facts);
    book->stored = array_more(book->stored, book->fact_count, &book->fact_cap, sizeof *book->stored);
    *event = *fact->event;
    book->facts[book->fact_count] = *fact;
    book->facts[book->fact_count].event = event;
    book->stored[book->fact_count] = (struct line_fact){0};
    return &book->stored[book->fact_count++];
}

/* ---------------------------------------------------------------------------------------------------- reading */

/* A signed revision is void from the feed number on that told the next one. */
static bool revs_read(struct line_book *book, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT rev, feed FROM sheet WHERE line = $1 ORDER BY rev"), &stmt, err)) return false;
    db_bind_int(stmt, 1, book->line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        size_t count = book->judge.rev_count;
        if (count > 0) {
            book->revs[count - 1].is_void = true;
            book->revs[count - 1].void_feed = db_int(stmt, 1);
        }
        book->revs = array_more(book->revs, count, &book->rev_cap, sizeof *book->revs);
        book->revs[book->judge.rev_count++] = (struct judge_rev){.rev = (int)db_int(stmt, 0)};
    }
    book->judge.revs = book->revs;
    return true;
}

static bool ops_read(struct line_book *book, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT rev, op, code, part, planned, per_door, rate_cfen, rework_rate_cfen FROM sheet_op"
                        " WHERE line = $1 ORDER BY rev, op"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, book->line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        book->ops = array_more(book->ops, book->judge.op_count, &book->op_cap, sizeof *book->ops);
        struct judge_op *op = &book->ops[book->judge.op_count++];
        *op = (struct judge_op){.rev = (int)db_int(stmt, 0),
                                .number = (int32_t)db_int(stmt, 1),
                                .planned = db_int(stmt, 4),
                                .per_door = db_int(stmt, 5),
                                .rate_cfen = db_int(stmt, 6),
                                .rework_rate_cfen = db_int(stmt, 7)};
        utf8_copy(op->code, sizeof op->code, db_text(stmt, 2));
        utf8_copy(op->part, sizeof op->part, db_text(stmt, 3));
    }
    book->judge.ops = book->ops;
    return true;
}

/* Of the line and of its whole order. */
static bool stops_read(struct line_book *book, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT feed, lifted_feed, pieces FROM stop WHERE line IN ($1, $2) ORDER BY feed"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, book->line);
    db_bind_int(stmt, 2, book->line - book->judge.line.line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        book->stops = array_more(book->stops, book->judge.stop_count, &book->stop_cap, sizeof *book->stops);
        book->stops[book->judge.stop_count++] =
            (struct judge_stop){.feed = db_int(stmt, 0),
                                .lifted_feed = db_is_null(stmt, 1) ? 0 : db_int(stmt, 1),
                                .doors = db_int(stmt, 2)};
    }
    book->judge.stops = book->stops;
    return true;
}

/* What the office decided to stay good of older revisions. */
static bool stays_read(struct line_book *book, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT old_rev, new_rev, old_op, new_op, good FROM stays WHERE line = $1 AND good > 0"
                        " ORDER BY new_rev, old_op"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, book->line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        book->stays = array_more(book->stays, book->judge.stays_count, &book->stays_cap, sizeof *book->stays);
        book->stays[book->judge.stays_count++] =
            (struct judge_stays){(int)db_int(stmt, 0), (int)db_int(stmt, 1), (int32_t)db_int(stmt, 2),
                                 (int32_t)db_int(stmt, 3), db_int(stmt, 4)};
    }
    book->judge.stays = book->stays;
    return true;
}

static bool rates_read(struct line_book *book, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT code, family, from_day, to_day, rate_cfen, rework_rate_cfen FROM rate_change"
                        " WHERE code IN (SELECT code FROM sheet_op WHERE line = $1) ORDER BY id"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, book->line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        book->rates = array_more(book->rates, book->judge.rate_count, &book->rate_cap, sizeof *book->rates);
        struct judge_rate *rate = &book->rates[book->judge.rate_count++];
        *rate = (struct judge_rate){.from_day = (int32_t)db_int(stmt, 2),
                                    .to_day = (int32_t)db_int(stmt, 3),
                                    .rate_cfen = db_int(stmt, 4),
                                    .rework_rate_cfen = db_int(stmt, 5)};
        utf8_copy(rate->code, sizeof rate->code, db_text(stmt, 0));
        utf8_copy(rate->family, sizeof rate->family, db_text(stmt, 1));
    }
    book->judge.rates = book->rates;
    return true;
}

static bool family_read(struct line_book *book, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT family, quantity FROM line WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, book->line);
    if (!db_step(stmt, &row, err)) return false;
    if (row) utf8_copy(book->judge.family, sizeof book->judge.family, db_text(stmt, 0));
    if (row) book->judge.doors = db_int(stmt, 1);
    db_reset(stmt);
    return true;
}

/* Columns from `first` on: kind, counted, held, good, bad, rate_cfen, due_fen, reason, cancelled_by, decided_by,
 * bad_open, bad_decided_by, due_pieces. */
static void verdict_read(struct db_stmt *stmt, int first, struct worth *worth)
{
    const char     *reason;
    struct verdict *verdict = &worth->verdict;
    if (db_is_null(stmt, first)) return;
    worth->is_there = true;
    verdict->kind = (enum verdict_kind)db_int(stmt, first);
    verdict->counted = db_int(stmt, first + 1);
    verdict->held = db_int(stmt, first + 2);
    verdict->good = db_int(stmt, first + 3);
    verdict->bad = db_int(stmt, first + 4);
    verdict->rate_cfen = db_int(stmt, first + 5);
    verdict->due_fen = db_int(stmt, first + 6);
    reason = db_text(stmt, first + 7);
    verdict->cancelled_by = db_int(stmt, first + 8);
    verdict->decided_by = db_int(stmt, first + 9);
    verdict->bad_undecided = db_int(stmt, first + 10);
    verdict->bad_decided_by = db_int(stmt, first + 11);
    verdict->due_pieces = db_int(stmt, first + 12);
    if (reason[0] != 0 && !say_read(reason, strlen(reason), &verdict->reason)) verdict->reason = (struct say){0};
}

static bool fact_read(struct line_book *book, const struct worth_out *out, struct db_stmt *stmt, struct err *err)
{
    struct event      event;
    struct judge_fact fact = {.number = db_int(stmt, 0), .seen_feed = db_int(stmt, 2), .event = &event};
    size_t            len;
    const void       *name = db_blob(stmt, 1, &len);
    memcpy(fact.name.bytes, name, sizeof fact.name.bytes);
    const char *bytes = db_blob(stmt, 5, &len);
    if (!event_read(bytes, len, &event, err)) return false;
    event.shift_day = (int32_t)db_int(stmt, 3); /* as the books have it: what is judged is the day in force */
    struct doers doers = people_doers(out->people, &event, fact.seen_feed, event.shift_day);
    fact.badge_revoked = doers.is_revoked;
    fact.badge_taken = doers.is_taken;
    fact.has_unnamed = doers.has_unnamed;
    fact.worker_count = doers.count;
    memcpy(fact.workers, doers.workers, sizeof fact.workers);
    if (!pool_split_fact(out->db, &fact, event.shift_day, err)) return false;
    struct line_fact *stored = line_book_add(book, &fact);
    stored->day = event.shift_day;
    stored->taken_ms = db_int(stmt, 4);
    verdict_read(stmt, 6, &stored->worth);
    return true;
}

/* The facts of a line, or one that has none. */
static bool facts_read(struct line_book *book, int64_t number, const struct worth_out *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(out->db, number == 0
                    ? SQL("SELECT f.number, f.name, f.seen_feed, f.day, f.taken_ms, f.bytes, v.kind, v.counted,"
                              " v.held, v.good, v.bad, v.rate_cfen, v.due_fen, v.reason, v.cancelled_by, v.decided_by,"
                              " v.bad_open, v.bad_decided_by, v.due_pieces"
                              " FROM fact AS f LEFT JOIN verdict AS v ON v.number = f.number"
                              " WHERE f.line = $1 AND f.line != 0 ORDER BY f.number")
                    : SQL("SELECT f.number, f.name, f.seen_feed, f.day, f.taken_ms, f.bytes, v.kind, v.counted,"
                              " v.held, v.good, v.bad, v.rate_cfen, v.due_fen, v.reason, v.cancelled_by, v.decided_by,"
                              " v.bad_open, v.bad_decided_by, v.due_pieces"
                              " FROM fact AS f LEFT JOIN verdict AS v ON v.number = f.number WHERE f.number = $1"),
                          &stmt, err))
        return false;
    db_bind_int(stmt, 1, number == 0 ? book->line : number);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (!fact_read(book, out, stmt, err)) {
            db_reset(stmt);
            return false;
        }
    }
}

static void share_read(struct line_book *book, struct db_stmt *stmt, size_t *at)
{
    assert(book->fact_count > 0); /* the share's fact was read just now */
    while (book->facts[*at].number < db_int(stmt, 0)) ++*at;
    struct worth *worth = &book->stored[*at].worth;
    int64_t       share = db_int(stmt, 1);
    assert(book->facts[*at].number == db_int(stmt, 0) && share >= 0 && share < EVENT_WORKERS_MAX);
    worth->workers[share] = (int32_t)db_int(stmt, 2);
    worth->fen[share] = db_is_null(stmt, 3) ? WORTH_NO_DUE : db_int(stmt, 3);
    worth->count = (int32_t)share + 1;
}

/* Whom the books have as workers of the facts, and what they have as due. */
static bool shares_read(struct line_book *book, int64_t number, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          at = 0;
    if (!db_prepare(db, number == 0
                    ? SQL("SELECT w.number, w.share, w.worker, d.fen FROM fact AS f"
                              " JOIN fact_worker AS w ON w.number = f.number LEFT JOIN due AS d ON d.worker = w.worker"
                              " AND d.day = w.day AND d.number = w.number AND d.share = w.share"
                              " WHERE f.line = $1 AND f.line != 0 ORDER BY f.number, w.share")
                    : SQL("SELECT w.number, w.share, w.worker, d.fen FROM fact_worker AS w"
                              " LEFT JOIN due AS d ON d.worker = w.worker AND d.day = w.day AND d.number = w.number"
                              " AND d.share = w.share WHERE w.number = $1 ORDER BY w.share"),
                          &stmt, err))
        return false;
    db_bind_int(stmt, 1, number == 0 ? book->line : number);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        share_read(book, stmt, &at);
    }
}

static bool op_sums_read(struct line_book *book, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT rev, op, good, bad, held FROM op_sum WHERE line = $1 ORDER BY rev, op"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, book->line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        book->sums = array_more(book->sums, book->sum_count, &book->sum_cap, sizeof *book->sums);
        book->sums[book->sum_count++] = (struct op_sum){(int)db_int(stmt, 0), (int32_t)db_int(stmt, 1), db_int(stmt, 2),
                                                        db_int(stmt, 3), db_int(stmt, 4)};
    }
}

/* Day work's rates up to its date, and how much of it a date may have. */
static bool hours_read(struct line_book *book, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (book->line > 0) return true;
    if (!db_prepare(db, SQL("SELECT worker, from_day, hour_cfen FROM time_rate WHERE from_day <= $1 ORDER BY from_day"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, -book->line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        book->hours = array_more(book->hours, book->judge.hour_count, &book->hour_cap, sizeof *book->hours);
        book->hours[book->judge.hour_count++] =
            (struct judge_hour){(int32_t)db_int(stmt, 0), (int32_t)db_int(stmt, 1), db_int(stmt, 2)};
    }
    book->judge.hours = book->hours;
    return setting_limit_of(db, LIMIT_TIME_MOST_MINUTES, &book->judge.time_most, err);
}

bool line_book_read(struct line_book *book, const struct worth_out *out, struct err *err)
{
    if (!family_read(book, out->db, err) || !revs_read(book, out->db, err) || !ops_read(book, out->db, err) ||
        !stops_read(book, out->db, err) || !stays_read(book, out->db, err) || !rates_read(book, out->db, err) ||
        !hours_read(book, out->db, err) || !stock_read(book, out->db, err) || !facts_read(book, 0, out, err) ||
        !shares_read(book, 0, out->db, err) || !op_sums_read(book, out->db, err) ||
        !finished_read(out->db, book->line, &book->finished, err) ||
        !on_floor_read(out->db, book->line, &book->is_on_floor, err) ||
        !missing_read(out->db, book->line, &book->missing, err))
        return false;
    book->is_read = true;
    return true;
}

bool line_book_read_loose(struct line_book *book, int64_t number, const struct worth_out *out, struct err *err)
{
    return facts_read(book, number, out, err) && shares_read(book, number, out->db, err);
}
