/* lines.c - order lines in the writer's memory: server/books/lines.h. */
#include "server/books/lines.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/code.h"
#include "server/books/pool.h"
#include "server/books/record.h"
#include "server/books/stock.h"
#include "server/judge/limits.h"

enum { FACTS_MOST = 16384 /* kept in memory: about 45 MB; a factory's day is some 20,000 */ };

/* Room for one more element; ends the program without memory. */
static void *more(void *old, size_t count, size_t *cap, size_t size)
{
    if (count < *cap) return old;
    *cap = *cap == 0 ? 8 : *cap * 2;
    void *new = reallocarray(old, *cap, size);
    if (new == NULL) abort();
    return new;
}

/* ---------------------------------------------------------------------------------------------------- keeping */

/* Its facts and all that was read of it; the book itself stays. */
static void book_empty(struct lines *lines, struct line_book *book)
{
    for (size_t i = 0; i < book->fact_count; i++) free((void *)(uintptr_t)book->facts[i].event);
    lines->fact_count -= book->fact_count;
    book->fact_count = book->sum_count = 0;
    book->is_read = false;
    book->judge = (struct judge_line){.line = book->judge.line};
}

static void book_free(struct lines *lines, struct line_book *book)
{
    book_empty(lines, book);
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

static struct line_book *book_of(struct lines *lines, int64_t line)
{
    bool     is_new;
    int64_t *place = map_put(&lines->by_line, (uint64_t)line, 0, &is_new);
    if (is_new) {
        struct line_book *book = calloc(1, sizeof *book);
        if (book == NULL) abort();
        book->line = line;
        if (line > 0) book->judge.line = line_ref_of_key(line);
        lines->books = more(lines->books, lines->count, &lines->cap, sizeof(void *));
        lines->books[lines->count] = book;
        *place = (int64_t)lines->count++;
    }
    struct line_book *book = lines->books[*place];
    book->used = ++lines->clock;
    return book;
}

static void book_touch(struct lines *lines, struct line_book *book)
{
    if (book->is_touched) return;
    book->is_touched = true;
    lines->touched = more(lines->touched, lines->touched_count, &lines->touched_cap, sizeof(void *));
    lines->touched[lines->touched_count++] = book;
}

void lines_touch(struct lines *lines, int64_t line)
{
    book_touch(lines, book_of(lines, line));
}

void lines_renew(struct lines *lines, int64_t line)
{
    struct line_book *book = book_of(lines, line);
    book_empty(lines, book);
    book_touch(lines, book);
}

void lines_renew_touched(struct lines *lines)
{
    for (size_t i = 0; i < lines->touched_count; i++) book_empty(lines, lines->touched[i]);
}

void lines_renew_loose(struct lines *lines, int64_t number)
{
    lines->loose = more(lines->loose, lines->loose_count, &lines->loose_cap, sizeof *lines->loose);
    lines->loose[lines->loose_count++] = number;
}

static int by_use(const void *a, const void *b)
{
    const struct line_book *x = *(struct line_book *const *)a, *y = *(struct line_book *const *)b;
    return x->used > y->used ? -1 : x->used < y->used;
}

/* Keeps the half that was used last, and the last one whatever its size: it is in hand. */
void lines_trim(struct lines *lines)
{
    size_t kept = 0, facts = 0;
    bool   is_new;
    assert(lines->touched_count == 0);
    if (lines->fact_count <= FACTS_MOST) return;
    qsort(lines->books, lines->count, sizeof(void *), by_use);
    for (; kept < lines->count && (kept == 0 || facts + lines->books[kept]->fact_count <= FACTS_MOST / 2); kept++)
        facts += lines->books[kept]->fact_count;
    for (size_t i = kept; i < lines->count; i++) book_free(lines, lines->books[i]);
    lines->count = kept;
    map_clear(&lines->by_line);
    for (size_t i = 0; i < kept; i++)
        *map_put(&lines->by_line, (uint64_t)lines->books[i]->line, 0, &is_new) = (int64_t)i;
}

void lines_forget(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) book_free(lines, lines->books[i]);
    lines->count = lines->touched_count = lines->loose_count = 0;
    map_clear(&lines->by_line);
}

void lines_free(struct lines *lines)
{
    lines_forget(lines);
    free(lines->books);
    free(lines->touched);
    free(lines->loose);
    map_free(&lines->by_line);
    judgement_free(&lines->judgement);
    *lines = (struct lines){0};
}

static struct line_fact *fact_push(struct lines *lines, struct line_book *book, const struct judge_fact *fact)
{
    size_t        cap = book->fact_cap;
    struct event *event = malloc(sizeof *event);
    if (event == NULL) abort();
    assert(book->fact_count == 0 || book->facts[book->fact_count - 1].number < fact->number);
    book->facts = more(book->facts, book->fact_count, &cap, sizeof *book->facts);
    book->stored = more(book->stored, book->fact_count, &book->fact_cap, sizeof *book->stored);
    *event = *fact->event;
    book->facts[book->fact_count] = *fact;
    book->facts[book->fact_count].event = event;
    book->stored[book->fact_count] = (struct line_fact){0};
    lines->fact_count++;
    return &book->stored[book->fact_count++];
}

/* A line that isn't in memory is read when it is judged, this fact with it. */
void lines_add(struct lines *lines, int64_t line, const struct judge_fact *fact, int32_t day, int64_t taken_ms)
{
    struct line_book *book = book_of(lines, line);
    book_touch(lines, book);
    if (!book->is_read) return;
    struct line_fact *stored = fact_push(lines, book, fact);
    stored->day = day;
    stored->taken_ms = taken_ms;
}

/* ---------------------------------------------------------------------------------------------------- reading */

static void word_copy(char *to, size_t cap, const char *from)
{
    snprintf(to, cap, "%s", from);
}

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
        book->revs = more(book->revs, count, &book->rev_cap, sizeof *book->revs);
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
        book->ops = more(book->ops, book->judge.op_count, &book->op_cap, sizeof *book->ops);
        struct judge_op *op = &book->ops[book->judge.op_count++];
        *op = (struct judge_op){.rev = (int)db_int(stmt, 0),
                                .number = (int32_t)db_int(stmt, 1),
                                .planned = db_int(stmt, 4),
                                .per_door = db_int(stmt, 5),
                                .rate_cfen = db_int(stmt, 6),
                                .rework_rate_cfen = db_int(stmt, 7)};
        word_copy(op->code, sizeof op->code, db_text(stmt, 2));
        word_copy(op->part, sizeof op->part, db_text(stmt, 3));
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
        book->stops = more(book->stops, book->judge.stop_count, &book->stop_cap, sizeof *book->stops);
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
        book->stays = more(book->stays, book->judge.stays_count, &book->stays_cap, sizeof *book->stays);
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
        book->rates = more(book->rates, book->judge.rate_count, &book->rate_cap, sizeof *book->rates);
        struct judge_rate *rate = &book->rates[book->judge.rate_count++];
        *rate = (struct judge_rate){.from_day = (int32_t)db_int(stmt, 2),
                                    .to_day = (int32_t)db_int(stmt, 3),
                                    .rate_cfen = db_int(stmt, 4),
                                    .rework_rate_cfen = db_int(stmt, 5)};
        word_copy(rate->code, sizeof rate->code, db_text(stmt, 0));
        word_copy(rate->family, sizeof rate->family, db_text(stmt, 1));
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
    if (row) word_copy(book->judge.family, sizeof book->judge.family, db_text(stmt, 0));
    if (row) book->judge.doors = db_int(stmt, 1);
    db_reset(stmt);
    return true;
}

/* Columns from `first` on: kind, counted, held, good, bad, rate_cfen, due_fen, reason, cancelled_by, decided_by,
 * bad_open, bad_decided_by. */
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
    if (reason[0] != 0 && !say_read(reason, strlen(reason), &verdict->reason)) verdict->reason = (struct say){0};
}

static bool fact_read(struct lines *lines, struct line_book *book, const struct worth_out *out, struct db_stmt *stmt,
                      struct err *err)
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
    struct line_fact *stored = fact_push(lines, book, &fact);
    stored->day = event.shift_day;
    stored->taken_ms = db_int(stmt, 4);
    verdict_read(stmt, 6, &stored->worth);
    return true;
}

/* The facts of a line, or one that has none. */
static bool facts_read(struct lines *lines, struct line_book *book, int64_t number, const struct worth_out *out,
                       struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(out->db, number == 0
                    ? SQL("SELECT f.number, f.name, f.seen_feed, f.day, f.taken_ms, f.bytes, v.kind, v.counted,"
                              " v.held, v.good, v.bad, v.rate_cfen, v.due_fen, v.reason, v.cancelled_by, v.decided_by,"
                              " v.bad_open, v.bad_decided_by"
                              " FROM fact AS f LEFT JOIN verdict AS v ON v.number = f.number"
                              " WHERE f.line = $1 AND f.line != 0 ORDER BY f.number")
                    : SQL("SELECT f.number, f.name, f.seen_feed, f.day, f.taken_ms, f.bytes, v.kind, v.counted,"
                              " v.held, v.good, v.bad, v.rate_cfen, v.due_fen, v.reason, v.cancelled_by, v.decided_by,"
                              " v.bad_open, v.bad_decided_by"
                              " FROM fact AS f LEFT JOIN verdict AS v ON v.number = f.number WHERE f.number = $1"),
                          &stmt, err))
        return false;
    db_bind_int(stmt, 1, number == 0 ? book->line : number);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (!fact_read(lines, book, out, stmt, err)) {
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
        book->sums = more(book->sums, book->sum_count, &book->sum_cap, sizeof *book->sums);
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
        book->hours = more(book->hours, book->judge.hour_count, &book->hour_cap, sizeof *book->hours);
        book->hours[book->judge.hour_count++] =
            (struct judge_hour){(int32_t)db_int(stmt, 0), (int32_t)db_int(stmt, 1), db_int(stmt, 2)};
    }
    book->judge.hours = book->hours;
    book->judge.time_most = LIMIT_ROWS[LIMIT_TIME_MOST_MINUTES].otherwise;
    if (!db_prepare(db, SQL("SELECT CAST(value AS BIGINT) FROM setting WHERE name = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, LIMIT_ROWS[LIMIT_TIME_MOST_MINUTES].name);
    if (!db_step(stmt, &row, err)) return false;
    if (row) book->judge.time_most = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

static bool book_read(struct lines *lines, struct line_book *book, const struct worth_out *out, struct err *err)
{
    if (book->is_read) return true;
    book_empty(lines, book);
    if (!family_read(book, out->db, err) || !revs_read(book, out->db, err) || !ops_read(book, out->db, err) ||
        !stops_read(book, out->db, err) || !stays_read(book, out->db, err) || !rates_read(book, out->db, err) ||
        !hours_read(book, out->db, err) || !stock_read(book, out->db, err) || !facts_read(lines, book, 0, out, err) ||
        !shares_read(book, 0, out->db, err) || !op_sums_read(book, out->db, err) ||
        !finished_read(out->db, book->line, &book->finished, err) ||
        !on_floor_read(out->db, book->line, &book->is_on_floor, err) ||
        !missing_read(out->db, book->line, &book->missing, err))
        return false;
    book->is_read = true;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- judging */

static bool sum_write(const struct line_book *book, const struct op_sum *sum, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO op_sum (line, rev, op, good, bad, held) VALUES ($1, $2, $3, $4, $5, $6)"
                        " ON CONFLICT (line, rev, op) DO UPDATE SET good = excluded.good, bad = excluded.bad,"
                        " held = excluded.held"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, book->line);
    db_bind_int(stmt, 2, sum->rev);
    db_bind_int(stmt, 3, sum->op);
    db_bind_int(stmt, 4, sum->good);
    db_bind_int(stmt, 5, sum->bad);
    db_bind_int(stmt, 6, sum->held);
    return db_run(stmt, err);
}

static bool sum_drop(const struct line_book *book, const struct op_sum *sum, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM op_sum WHERE line = $1 AND rev = $2 AND op = $3"), &stmt, err)) return false;
    db_bind_int(stmt, 1, book->line);
    db_bind_int(stmt, 2, sum->rev);
    db_bind_int(stmt, 3, sum->op);
    return db_run(stmt, err);
}

static int sum_order(const struct op_sum *a, const struct op_sum *b)
{
    if (a->rev != b->rev) return a->rev < b->rev ? -1 : 1;
    return a->op < b->op ? -1 : a->op > b->op;
}

/* Both sorted by revision and operation: walks them side by side. */
static bool op_sums_write(struct line_book *book, const struct judgement *judged, struct db *db, struct err *err)
{
    size_t old = 0, new = 0;
    while (old < book->sum_count || new < judged->sum_count) {
        int                  order = old == book->sum_count     ? 1
                                     : new == judged->sum_count ? -1
                                                                : sum_order(&book->sums[old], &judged->sums[new]);
        const struct op_sum *was = order > 0 ? NULL : &book->sums[old], *is = order < 0 ? NULL : &judged->sums[new];
        if (order < 0 && !sum_drop(book, was, db, err)) return false;
        bool is_same = order == 0 && was->good == is->good && was->bad == is->bad && was->held == is->held;
        if (order >= 0 && !is_same && !sum_write(book, is, db, err)) return false;
        old += order <= 0;
        new += order >= 0;
    }
    book->sum_count = 0;
    for (size_t i = 0; i < judged->sum_count; i++) {
        book->sums = more(book->sums, book->sum_count, &book->sum_cap, sizeof *book->sums);
        book->sums[book->sum_count++] = judged->sums[i];
    }
    return true;
}

/* What was judged of a fact; *due walks the dues, which stand in the order of facts and shares. */
static void worth_take(const struct line_book *book, const struct judgement *judged, size_t fact, size_t *due,
                       struct worth *worth)
{
    const struct judge_fact *said = &book->facts[fact];
    *worth = (struct worth){.is_there = true, .verdict = judged->verdicts[fact], .count = said->worker_count};
    memcpy(worth->workers, said->workers, sizeof worth->workers);
    for (int i = 0; i < worth->count; i++) {
        worth->fen[i] = WORTH_NO_DUE;
        if (*due == judged->due_count || judged->dues[*due].fact != fact) continue;
        if (judged->dues[*due].worker == worth->workers[i]) worth->fen[i] = judged->dues[(*due)++].fen;
    }
    assert(*due == judged->due_count || judged->dues[*due].fact != fact);
}

/* The signed operation that an event names; *is_last: none of its sheet comes behind it. NULL: there is none. */
static const struct judge_op *op_of(const struct judge_line *line, const struct event *event, bool *is_last)
{
    const struct judge_op *found = NULL;
    *is_last = true;
    if (!event->has_sheet) return NULL;
    for (size_t i = 0; i < line->op_count; i++) {
        const struct judge_op *op = &line->ops[i];
        if (op->rev != event->sheet.rev) continue;
        if (op->number == event->op) found = op;
        if (op->number > event->op) *is_last = false;
    }
    return found;
}

static const struct event *decision_of(const struct line_book *book, int64_t number)
{
    for (size_t i = 0; number != 0 && i < book->fact_count; i++)
        if (book->facts[i].number == number) return book->facts[i].event;
    return NULL;
}

/* Doors behind the last operation of the newest sheet; facts have their worth of now. */
static struct finished finished_of(const struct line_book *book, const struct judgement *judged)
{
    struct finished        finished = {0};
    const struct judge_op *last = NULL;
    bool                   is_last;
    for (size_t i = 0; i < book->judge.op_count; i++) { /* sorted by revision and number */
        const struct judge_op *op = &book->judge.ops[i];
        if (op->rev == book->judge.revs[book->judge.rev_count - 1].rev) last = op;
    }
    if (last == NULL || last->per_door <= 0) return finished;
    for (size_t i = 0; i < judged->sum_count; i++)
        if (judged->sums[i].rev == last->rev && judged->sums[i].op == last->number)
            finished.doors = judged->sums[i].good / last->per_door;
    if (finished.doors <= 0) return (struct finished){0};
    for (size_t i = 0; i < book->fact_count; i++)
        if (book->stored[i].worth.verdict.good > 0 && book->stored[i].day > finished.day &&
            op_of(&book->judge, book->facts[i].event, &is_last) != NULL && is_last)
            finished.day = book->stored[i].day;
    finished.is_whole = finished.doors >= last->planned / last->per_door;
    return finished;
}

static bool finished_settle(struct line_book *book, const struct judgement *judged, struct db *db, struct err *err)
{
    struct finished now = finished_of(book, judged);
    if (!finished_write(db, book->line, &book->finished, &now, err)) return false;
    book->finished = now;
    return true;
}

/* Is anything left at an operation of the newest sheet? */
static bool is_on_floor(const struct line_book *book, const struct judgement *judged)
{
    for (size_t i = 0; i < book->judge.op_count; i++) {
        const struct judge_op *op = &book->judge.ops[i];
        int64_t                left = op->planned;
        if (op->rev != book->judge.revs[book->judge.rev_count - 1].rev) continue;
        for (size_t s = 0; s < judged->sum_count; s++)
            if (judged->sums[s].rev == op->rev && judged->sums[s].op == op->number)
                left -= judged->sums[s].good + judged->sums[s].bad;
        if (left > 0) return true;
    }
    return false;
}

static bool on_floor_settle(struct line_book *book, const struct judgement *judged, struct db *db, struct err *err)
{
    bool is = is_on_floor(book, judged);
    if (!on_floor_write(db, book->line, book->is_on_floor, is, err)) return false;
    book->is_on_floor = is;
    return true;
}

/* Work that nobody reported is an exception against its operation [R41]. */
static bool missing_settle(struct line_book *book, const struct judgement *judged, const struct worth_out *out,
                           struct err *err)
{
    struct missing      found[MISSING_MOST];
    struct missing_rows now = {.count = judge_missing(&book->judge, judged, found)};
    bool                is_changed;
    for (size_t i = 0; i < now.count; i++)
        now.rows[i] = (struct missing_row){.rev = book->judge.revs[book->judge.rev_count - 1].rev,
                                           .op = found[i].op,
                                           .pieces = found[i].pieces,
                                           .number = book->facts[found[i].fact].number,
                                           .at_ms = book->stored[found[i].fact].taken_ms};
    if (!missing_write(out->db, book->line, &book->missing, &now, &is_changed, err)) return false;
    if (is_changed) *out->topics |= TOPIC_EXCEPTION;
    return true;
}

static bool book_judge(struct lines *lines, struct line_book *book, const struct worth_out *out, struct err *err)
{
    struct judgement *judged = &lines->judgement;
    struct worth      worth;
    size_t            due = 0;
    if (!book_read(lines, book, out, err)) return false;
    book->judge.facts = book->facts;
    book->judge.fact_count = book->fact_count;
    judge_line(&book->judge, judged);
    for (size_t i = 0; i < book->fact_count; i++) {
        struct line_fact *stored = &book->stored[i];
        struct worth_fact fact = {.number = book->facts[i].number,
                                  .name = &book->facts[i].name,
                                  .event = book->facts[i].event,
                                  .day = stored->day,
                                  .taken_ms = stored->taken_ms,
                                  .line = book->line};
        fact.op = op_of(&book->judge, fact.event, &fact.is_last);
        fact.decision = decision_of(book, judged->verdicts[i].bad_decided_by);
        worth_take(book, judged, i, &due, &worth);
        if (!worth_write(out, &fact, &stored->worth, &worth, err)) return false;
        stored->worth = worth;
    }
    return op_sums_write(book, judged, out->db, err) && finished_settle(book, judged, out->db, err) &&
           on_floor_settle(book, judged, out->db, err) && stock_write(book, judged, out, err) &&
           missing_settle(book, judged, out, err);
}

/* A fact without a line, as a book of its own. */
static bool loose_judge(struct lines *lines, int64_t number, const struct worth_out *out, struct err *err)
{
    struct line_book *book = calloc(1, sizeof *book);
    if (book == NULL) abort();
    bool is_done = facts_read(lines, book, number, out, err) && shares_read(book, number, out->db, err);
    if (is_done && book->fact_count > 0) {
        const struct judge_fact *said = &book->facts[0];
        const struct worth_fact  fact = {.number = number,
                                         .name = &said->name,
                                         .event = said->event,
                                         .day = book->stored[0].day,
                                         .taken_ms = book->stored[0].taken_ms};
        struct worth             worth = {.is_there = true, .verdict = judge_loose(said), .count = said->worker_count};
        memcpy(worth.workers, said->workers, sizeof worth.workers);
        for (int i = 0; i < EVENT_WORKERS_MAX; i++) worth.fen[i] = WORTH_NO_DUE;
        is_done = worth_write(out, &fact, &book->stored[0].worth, &worth, err);
    }
    book_free(lines, book);
    return is_done;
}

bool lines_judge_loose(struct lines *lines, const struct worth_out *out, struct err *err)
{
    for (size_t i = 0; i < lines->loose_count; i++)
        if (!loose_judge(lines, lines->loose[i], out, err)) return false;
    lines->loose_count = 0;
    return true;
}

bool lines_judge(struct lines *lines, const struct worth_out *out, struct err *err)
{
    for (size_t i = 0; i < lines->touched_count; i++) {
        if (!book_judge(lines, lines->touched[i], out, err)) return false;
        if (lines->touched[i]->line < 0) continue; /* no kiosk asks for the totals of day work */
        if (lines->touched[i]->fact_count > 0 || lines->touched[i]->judge.rev_count > 0)
            telling_note(out->telling, TELL_TOTALS, lines->touched[i]->line, 0, false);
    }
    for (size_t i = 0; i < lines->touched_count; i++) lines->touched[i]->is_touched = false;
    lines->touched_count = 0;
    return true;
}
