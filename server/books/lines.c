/* lines.c - order lines in the writer's memory: server/books/lines.h. */
#include "server/books/lines.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/code.h"
#include "server/books/record.h"
#include "server/books/stock.h"

enum { FACTS_MOST = 16384 /* kept in memory: about 45 MB; a factory's day is some 20,000 */ };

/* ---------------------------------------------------------------------------------------------------- keeping */

static void book_empty(struct lines *lines, struct line_book *book)
{
    lines->fact_count -= book->fact_count;
    line_book_empty(book);
}

static void book_free(struct lines *lines, struct line_book *book)
{
    lines->fact_count -= book->fact_count;
    line_book_free(book);
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
        lines->books = array_more(lines->books, lines->count, &lines->cap, sizeof(void *));
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
    lines->touched = array_more(lines->touched, lines->touched_count, &lines->touched_cap, sizeof(void *));
    lines->touched[lines->touched_count++] = book;
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
    lines->loose = array_more(lines->loose, lines->loose_count, &lines->loose_cap, sizeof *lines->loose);
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

/* A line that isn't in memory is read when it is judged, this fact with it. */
void lines_add(struct lines *lines, int64_t line, const struct judge_fact *fact, int32_t day, int64_t taken_ms)
{
    struct line_book *book = book_of(lines, line);
    book_touch(lines, book);
    if (!book->is_read) return;
    struct line_fact *stored = line_book_add(book, fact);
    lines->fact_count++;
    stored->day = day;
    stored->taken_ms = taken_ms;
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
        book->sums = array_more(book->sums, book->sum_count, &book->sum_cap, sizeof *book->sums);
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

/* Once: what is kept of it follows what is written. */
static bool book_read(struct lines *lines, struct line_book *book, const struct worth_out *out, struct err *err)
{
    if (book->is_read) return true;
    book_empty(lines, book);
    bool is_done = line_book_read(book, out, err);
    lines->fact_count += book->fact_count;
    return is_done;
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
static bool loose_judge(int64_t number, const struct worth_out *out, struct err *err)
{
    struct line_book *book = calloc(1, sizeof *book);
    if (book == NULL) abort();
    bool is_done = line_book_read_loose(book, number, out, err);
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
    line_book_free(book);
    return is_done;
}

bool lines_judge_loose(struct lines *lines, const struct worth_out *out, struct err *err)
{
    for (size_t i = 0; i < lines->loose_count; i++)
        if (!loose_judge(lines->loose[i], out, err)) return false;
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
