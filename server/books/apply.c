/* apply.c - a line of the inbox becomes a fact of the books: server/books/apply.h. */
#include "server/books/apply.h"

#include <string.h>

#include "core/array.h"
#include "server/books/bind.h"
#include "server/books/enquiry.h"
#include "server/books/paper.h"
#include "server/books/pool.h"
#include "server/books/pool_share.h"
#include "server/books/stock.h"
#include "server/books/time.h"

enum { NO_EVENT = -1 /* fact.kind of bytes that are no event */ };

/* What apply_line() finds out about an event before it stores it. */
struct found {
    struct event       event;
    struct hash        name;
    int64_t            seen_feed;
    struct chain_place place;
    int64_t            line;       /* that it is judged with; 0 = none */
    bool               is_waiting; /* for the event that it refers to */
    struct doers       doers;
};

/* ---------------------------------------------------------------------------------------------------- rows */

struct fact_row {
    const struct writer_line *line;
    const struct hash        *name;
    int64_t                   kind, order_line, rev, op, day, day_moved, seen_feed;
};

/* *is_new false: these bytes are in the books already. */
static bool fact_write(struct db *db, const struct fact_row *row, bool *is_new, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db,
                    SQL("INSERT INTO fact (number, name, kiosk, epoch_counter, epoch_random, seq, taken_ms, kind, line,"
                        " rev, op, day, day_moved, seen_feed, bytes)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
                        " ON CONFLICT (name) DO NOTHING"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->line->number);
    db_bind_blob(stmt, 2, row->name->bytes, sizeof row->name->bytes);
    db_bind_int(stmt, 3, (int64_t)row->line->kiosk);
    db_bind_int(stmt, 4, row->line->epoch.counter);
    db_bind_int(stmt, 5, (int64_t)row->line->epoch.random);
    db_bind_int(stmt, 6, row->line->seq);
    db_bind_int(stmt, 7, row->line->taken_ms);
    db_bind_int(stmt, 8, row->kind);
    db_bind_int(stmt, 9, row->order_line);
    db_bind_int(stmt, 10, row->rev);
    db_bind_int(stmt, 11, row->op);
    db_bind_int(stmt, 12, row->day);
    db_bind_int(stmt, 13, row->day_moved);
    db_bind_int(stmt, 14, row->seen_feed);
    db_bind_blob(stmt, 15, row->line->bytes, row->line->len);
    if (!db_run(stmt, err)) return false;
    *is_new = db_changes(db) > 0;
    return true;
}

/* The line of a fact in the books; *has false where no such event has come. */
static bool line_of_name(struct db *db, const struct hash *name, bool *has, int64_t *line, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT line FROM fact WHERE name = $1"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, name->bytes, sizeof name->bytes);
    if (!db_step(stmt, has, err)) return false;
    *line = *has ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- waiting */

static bool waiting_count(struct books *books, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (books->waiting >= 0) return true;
    if (!db_prepare(books->db, SQL("SELECT CAST(COUNT(*) AS BIGINT) FROM waiting"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    books->waiting = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

static bool waiting_add(struct books *books, const struct hash *refers, int64_t number, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO waiting (refers, number) VALUES ($1, $2)"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, refers->bytes, sizeof refers->bytes);
    db_bind_int(stmt, 2, number);
    if (!db_run(stmt, err)) return false;
    books->waiting++;
    return true;
}

/* A fact that waits for the event of this name: its number, line and own name. */
static bool waiting_find(struct db *db, const struct hash *refers, bool *has, int64_t *number, int64_t *line,
                         struct hash *name, struct err *err)
{
    struct db_stmt *stmt;
    size_t          len;
    if (!db_prepare(db, SQL("SELECT w.number, f.line, f.name FROM waiting AS w JOIN fact AS f ON f.number = w.number"
                        " WHERE w.refers = $1 ORDER BY w.number LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_blob(stmt, 1, refers->bytes, sizeof refers->bytes);
    if (!db_step(stmt, has, err)) return false;
    if (*has) {
        *number = db_int(stmt, 0);
        *line = db_int(stmt, 1);
        memcpy(name->bytes, db_blob(stmt, 2, &len), sizeof name->bytes);
    }
    db_reset(stmt);
    return true;
}

static bool waiting_end(struct books *books, const struct hash *refers, int64_t number, int64_t line, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("UPDATE fact SET line = $1 WHERE number = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, number);
    if (!db_run(stmt, err)) return false;
    if (!db_prepare(books->db, SQL("DELETE FROM waiting WHERE refers = $1 AND number = $2"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, refers->bytes, sizeof refers->bytes);
    db_bind_int(stmt, 2, number);
    if (!db_run(stmt, err)) return false;
    books->waiting--;
    return true;
}

/* The event of this name has a line: whoever waits for it is judged there, and so is whoever waits for him. A chain of
 * corrections is as deep as it was made by hand. */
static bool waiting_resolve(struct books *books, const struct hash *name, int64_t line, struct err *err)
{
    struct hash waits;
    int64_t     number = 0, own_line = 0;
    bool        has;
    if (!waiting_count(books, err)) return false;
    while (books->waiting > 0) {
        if (!waiting_find(books->db, name, &has, &number, &own_line, &waits, err)) return false;
        if (!has) break;
        if (!waiting_end(books, name, number, line, err)) return false;
        if (own_line != 0 && own_line != line) lines_renew(&books->lines, own_line);
        lines_renew(&books->lines, line);
        if (!waiting_resolve(books, &waits, line, err)) return false;
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------------- placing */

/* What speaks of another event is judged with that one's line, even where its own sheet says otherwise. */
static bool line_find(struct books *books, struct found *found, struct err *err)
{
    int64_t target = 0;
    bool    has = false;
    found->line = found->event.has_sheet ? line_ref_key(found->event.sheet.line) : 0;
    if (!found->event.has_refers) return true;
    if (!line_of_name(books->db, &found->event.refers, &has, &target, err)) return false;
    if (target != 0) found->line = target;
    found->is_waiting = target == 0;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- storing */

static void office_note(struct books *books, const struct found *found, int64_t number)
{
    if (found->event.kiosk != 0 || found->event.act[0] == 0) return;
    books->office = array_more(books->office, books->office_count, &books->office_cap, sizeof *books->office);
    struct office_fact *fact = &books->office[books->office_count++];
    fact->number = number;
    memcpy(fact->act, found->event.act, sizeof fact->act);
}

static struct worth_fact worth_fact_of(const struct writer_line *line, const struct found *found)
{
    return (struct worth_fact){.number = line->number,
                               .name = &found->name,
                               .event = &found->event,
                               .day = found->place.day,
                               .taken_ms = line->taken_ms};
}

/* Of a kiosk that had heard no server since its start nobody can tell when an event was made, unless it came at once. Once a
 * kiosk and shift date: the first of them stands for all. */
static bool clock_doubt(struct books *books, const struct writer_line *line, const struct found *found,
                        const struct worth_fact *fact, const struct worth_out *out, struct err *err)
{
    enum { AT_ONCE_MS = 300000 };
    struct db_stmt *stmt;
    int64_t         late_ms = line->taken_ms - found->event.wall_ms;
    if (!found->event.doubtful || (late_ms > -AT_ONCE_MS && late_ms < AT_ONCE_MS)) return true;
    if (!db_prepare(books->db, SQL("INSERT INTO clock_doubt (kiosk, day, number) VALUES ($1, $2, $3)"
                                   " ON CONFLICT (kiosk, day) DO NOTHING"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, (int64_t)line->kiosk);
    db_bind_int(stmt, 2, found->place.day);
    db_bind_int(stmt, 3, line->number);
    if (!db_run(stmt, err)) return false;
    struct say say = SAY("books.clock");
    return db_changes(books->db) == 0 || worth_exception(out, fact, &say, err);
}

/* What a person must see, whatever the fact is worth. */
static bool doubts_write(struct books *books, const struct writer_line *line, const struct found *found,
                         struct err *err)
{
    struct worth_out  out = books_worth_out(books);
    struct worth_fact fact = worth_fact_of(line, found);
    char              written[DAY_TEXT], day[DAY_TEXT];
    struct say        say;
    if (found->place.is_fork) {
        say = say_int(SAY("books.fork"), line->seq);
        if (!worth_exception(&out, &fact, &say, err)) return false;
    }
    if (!clock_doubt(books, line, found, &fact, &out, err)) return false;
    if (!found->place.is_moved) return true;
    day_write(found->event.shift_day, written);
    day_write(found->place.day, day);
    say = say_text(say_text(SAY("books.day_moved"), written), day);
    return worth_exception(&out, &fact, &say, err);
}

/* A fact without a line is worth what it says alone. */
static bool loose_write(struct books *books, const struct writer_line *line, const struct found *found,
                        const struct judge_fact *fact, struct err *err)
{
    struct worth_out  out = books_worth_out(books);
    struct worth_fact own = worth_fact_of(line, found);
    struct worth      none = {0}, worth = {.is_there = true, .verdict = judge_loose(fact), .count = fact->worker_count};
    memcpy(worth.workers, fact->workers, sizeof worth.workers);
    for (int i = 0; i < EVENT_WORKERS_MAX; i++) worth.fen[i] = WORTH_NO_DUE;
    return worth_write(&out, &own, &none, &worth, err);
}

static bool judge_note(struct books *books, const struct writer_line *line, struct found *found, struct err *err)
{
    struct judge_fact fact = {.number = line->number,
                              .name = found->name,
                              .event = &found->event,
                              .seen_feed = found->seen_feed,
                              .badge_revoked = found->doers.is_revoked,
                              .badge_taken = found->doers.is_taken,
                              .worker_count = found->doers.count,
                              .has_unnamed = found->doers.has_unnamed};
    memcpy(fact.workers, found->doers.workers, sizeof fact.workers);
    found->event.shift_day = found->place.day; /* what is judged is the day in force */
    if (found->line == 0) return loose_write(books, line, found, &fact, err);
    bool is_pooled;
    if (!pool_has(books->db, &found->event, found->place.day, &is_pooled, err)) return false;
    if (is_pooled) { /* others share it too: read with them */
        lines_renew(&books->lines, found->line);
        return true;
    }
    lines_add(&books->lines, found->line, &fact, found->place.day, line->taken_ms);
    return true;
}

static bool found_store(struct books *books, const struct writer_line *line, struct found *found, bool *is_new,
                        struct err *err)
{
    const struct event   *event = &found->event;
    const struct fact_row row = {.line = line,
                                 .name = &found->name,
                                 .kind = (int64_t)event->kind,
                                 .order_line = found->line,
                                 .rev = event->has_sheet ? event->sheet.rev : 0,
                                 .op = event->op,
                                 .day = found->place.day,
                                 .day_moved = found->place.is_moved,
                                 .seen_feed = found->seen_feed};
    return fact_write(books->db, &row, is_new, err);
}

/* A spare badge is bound: what was reported with it that day has a name now, whatever came first. */
static bool bind_apply(struct books *books, int64_t number, struct found *found, struct err *err)
{
    struct judge_fact fact = {.event = &found->event, .badge_taken = found->doers.is_taken};
    if (judge_loose(&fact).kind != VERDICT_COUNTED) return true;
    const struct event_worker *said = &found->event.workers[0];
    if (!bind_put(books, said->badge, found->place.day, said->number, number, err)) return false;
    found->doers = people_doers(&books->people, &found->event, found->seen_feed, found->place.day);
    return true;
}

/* The taker knows whose line it is: what the line says of it is only the kiosk's word. */
static bool is_in_place(const struct writer_line *line, const struct event *event)
{
    return event->kiosk == line->kiosk && epoch_compare(event->epoch, line->epoch) == 0 && event->seq == line->seq;
}

bool apply_line(struct books *books, const struct writer_line *line, struct err *err)
{
    struct found found = {0};
    struct err   why;
    bool         is_new;
    if (!event_read(line->bytes, line->len, &found.event, &why)) return apply_aside(books, line, why.say, err);
#ifdef PLANT_DEDUPE_CONTENTS /* who reports the same again is taken for a repeat */
    static struct event before;
    const struct event *now = &found.event;
    bool                is_same = now->kind == EVENT_REPORT && before.kind == EVENT_REPORT && now->op == before.op &&
                   now->count == before.count && now->workers[0].badge == before.workers[0].badge &&
                   line_ref_key(now->sheet.line) == line_ref_key(before.sheet.line);
    before = found.event;
    if (is_same) return true;
#endif
    if (!is_in_place(line, &found.event))
        return apply_aside(books, line, say_int(SAY("books.other_place"), line->seq), err);
    found.name = event_name(line->bytes, line->len);
    found.seen_feed = chains_seen(&books->chains, &found.event.seen);
    if (!line_find(books, &found, err)) return false;
    found.place = chains_take(&books->chains, &(struct chain_line){line->number, line->seq, line->taken_ms, line->kiosk,
                                                                   line->epoch, &found.event});
    found.doers = people_doers(&books->people, &found.event, found.seen_feed, found.place.day);
    if (found.event.kind == EVENT_DAYWORK) found.line = time_line(found.place.day);
    if (!found_store(books, line, &found, &is_new, err)) return false;
    if (!is_new) return true;
    if (found.event.kind == EVENT_BIND && !bind_apply(books, line->number, &found, err)) return false;
    if (!paper_note(books->db, &found.event, line->number, err) ||
        !pool_note(books, line->number, &found.event, found.place.day, err) ||
        !stock_done(books->db, &books->telling, &found.event, &found.name, line->number, found.place.day,
                    line->taken_ms, err))
        return false;
    if (!enquiry_note(books, &found.event, line->number, found.seen_feed, err)) return false;
    if (found.is_waiting && (!waiting_count(books, err) || !waiting_add(books, &found.event.refers, line->number, err)))
        return false;
    if (!doubts_write(books, line, &found, err) || !judge_note(books, line, &found, err)) return false;
    office_note(books, &found, line->number);
    return found.line == 0 || waiting_resolve(books, &found.name, found.line, err);
}

bool apply_aside(struct books *books, const struct writer_line *line, struct say reason, struct err *err)
{
    struct found     found = {.name = event_name(line->bytes, line->len)};
    struct worth_out out = books_worth_out(books);
    struct worth     none = {0};
    struct worth     worth = {
            .is_there = true, .verdict = {.kind = VERDICT_HELD, .reason = reason}
    };
    bool              is_new;
    struct worth_fact fact = worth_fact_of(line, &found);
    found.place = chains_take(
        &books->chains, &(struct chain_line){line->number, line->seq, line->taken_ms, line->kiosk, line->epoch, NULL});
    fact.event = NULL;
    fact.day = found.place.day;
    const struct fact_row row = {
        .line = line, .name = &found.name, .kind = NO_EVENT, .day = found.place.day, .seen_feed = -1};
    if (!fact_write(books->db, &row, &is_new, err)) return false;
    return !is_new || worth_write(&out, &fact, &none, &worth, err);
}
