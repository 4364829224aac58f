/* worth.c - what a fact is worth: server/books/worth.h. */
#include "server/books/worth.h"

#include <string.h>

#include "core/buf.h"
#include "server/books/flaw.h"
#include "server/books/record.h"
#include "server/books/signed.h"

static bool is_held(const struct worth *worth)
{
    return worth->is_there && (worth->verdict.held > 0 || worth->verdict.kind == VERDICT_HELD);
}

/* ---------------------------------------------------------------------------------------------------- exceptions */

bool worth_exception_drop(const struct worth_out *out, const char *reason, const struct hash *name, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(out->db, SQL("DELETE FROM exception WHERE reason = $1 AND name = $2"), &stmt, err)) return false;
    db_bind_text(stmt, 1, reason);
    db_bind_blob(stmt, 2, name->bytes, sizeof name->bytes);
    return db_run(stmt, err);
}

bool worth_exception(const struct worth_out *out, const struct worth_fact *fact, const struct say *say, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      words = {0};
    if (!db_prepare(out->db,
                    SQL("INSERT INTO exception (reason, name, number, at_ms, say) VALUES ($1, $2, $3, $4, $5)"
                        " ON CONFLICT (reason, name) DO UPDATE SET number = excluded.number, at_ms = excluded.at_ms,"
                        " say = excluded.say"),
                        &stmt, err))
        return false;
    say_write(say, &words);
    db_bind_text(stmt, 1, say->id);
    db_bind_blob(stmt, 2, fact->name->bytes, sizeof fact->name->bytes);
    db_bind_int(stmt, 3, fact->number);
    db_bind_int(stmt, 4, fact->taken_ms);
    db_bind_text(stmt, 5, buf_text(&words));
    buf_free(&words);
    *out->topics |= TOPIC_EXCEPTION;
    return db_run(stmt, err);
}

/* Bad pieces whose fault nobody decided: unpaid, and nothing else would ask for them. */
static bool bad_settle(const struct worth_out *out, const struct worth_fact *fact, const struct worth *old,
                       const struct worth *new, struct err *err)
{
    int64_t    was = old->verdict.bad_undecided, is = new->verdict.bad_undecided;
    struct say say = say_int(SAY("verdict.bad_open"), is);
    if (was == is) return true;
    if (is > 0) return worth_exception(out, fact, &say, err);
    *out->topics |= TOPIC_EXCEPTION;
    return worth_exception_drop(out, say.id, fact->name, err);
}

/* Held, or it counts and somebody must act all the same: doors on a truck that may not leave, a count that differs. */
static bool is_open(const struct worth *worth)
{
    return is_held(worth) || (worth->is_there && worth->verdict.kind == VERDICT_COUNTED &&
                              strncmp(worth->verdict.reason.id, "ship.", 5) == 0);
}

static bool exception_settle(const struct worth_out *out, const struct worth_fact *fact, const struct worth *old,
                             const struct worth *new, struct err *err)
{
    const struct say *was = is_open(old) ? &old->verdict.reason : NULL;
    const struct say *is = is_open(new) ? &new->verdict.reason : NULL;
    if (was != NULL && say_is_empty(was)) was = NULL;
    if (is != NULL && say_is_empty(is)) is = NULL;
    if (was != NULL && is != NULL && say_equal(was, is)) return true;
    if (was != NULL && (is == NULL || strcmp(was->id, is->id) != 0)) {
        *out->topics |= TOPIC_EXCEPTION;
        if (!worth_exception_drop(out, was->id, fact->name, err)) return false;
    }
    return is == NULL || worth_exception(out, fact, is, err);
}

/* ---------------------------------------------------------------------------------------------------- rows */

static bool verdict_equal(const struct verdict *a, const struct verdict *b)
{
    return a->kind == b->kind && a->counted == b->counted && a->held == b->held && a->good == b->good &&
           a->bad == b->bad && a->rate_cfen == b->rate_cfen && a->due_fen == b->due_fen &&
           a->cancelled_by == b->cancelled_by && a->decided_by == b->decided_by && a->due_pieces == b->due_pieces &&
           a->bad_undecided == b->bad_undecided && a->bad_decided_by == b->bad_decided_by &&
           say_equal(&a->reason, &b->reason);
}

static bool verdict_write(struct db *db, int64_t number, const struct verdict *verdict, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      reason = {0};
    if (!db_prepare(db, SQL("INSERT INTO verdict (number, kind, counted, held, good, bad, rate_cfen, due_fen, reason,"
                        " cancelled_by, decided_by, bad_open, bad_decided_by, due_pieces)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
                        " ON CONFLICT (number) DO UPDATE SET kind = excluded.kind, counted = excluded.counted,"
                        " held = excluded.held, good = excluded.good, bad = excluded.bad,"
                        " rate_cfen = excluded.rate_cfen, due_fen = excluded.due_fen, reason = excluded.reason,"
                        " cancelled_by = excluded.cancelled_by, decided_by = excluded.decided_by,"
                        " bad_open = excluded.bad_open, bad_decided_by = excluded.bad_decided_by,"
                        " due_pieces = excluded.due_pieces"),
                            &stmt, err))
        return false;
    if (!say_is_empty(&verdict->reason)) say_write(&verdict->reason, &reason);
    db_bind_int(stmt, 1, number);
    db_bind_int(stmt, 2, (int64_t)verdict->kind);
    db_bind_int(stmt, 3, verdict->counted);
    db_bind_int(stmt, 4, verdict->held);
    db_bind_int(stmt, 5, verdict->good);
    db_bind_int(stmt, 6, verdict->bad);
    db_bind_int(stmt, 7, verdict->rate_cfen);
    db_bind_int(stmt, 8, verdict->due_fen);
    db_bind_text(stmt, 9, buf_text(&reason));
    db_bind_int(stmt, 10, verdict->cancelled_by);
    db_bind_int(stmt, 11, verdict->decided_by);
    db_bind_int(stmt, 12, verdict->bad_undecided);
    db_bind_int(stmt, 13, verdict->bad_decided_by);
    db_bind_int(stmt, 14, verdict->due_pieces);
    buf_free(&reason);
    return db_run(stmt, err);
}

/* By the event itself; behind those stand who shares it in the crew's pool. */
static bool is_named(const struct worth_fact *fact, int share)
{
    return share < fact->event->worker_count;
}

static bool worker_write(struct db *db, const struct worth_fact *fact, int share, int32_t worker, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO fact_worker (number, share, worker, day, badge) VALUES ($1, $2, $3, $4, $5)"
                        " ON CONFLICT (number, share) DO UPDATE SET worker = excluded.worker"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, fact->number);
    db_bind_int(stmt, 2, share);
    db_bind_int(stmt, 3, worker);
    db_bind_int(stmt, 4, fact->day);
    db_bind_int(stmt, 5, is_named(fact, share) ? fact->event->workers[share].badge : 0);
    return db_run(stmt, err);
}

static bool due_drop(struct db *db, const struct worth_fact *fact, int share, int32_t worker, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM due WHERE worker = $1 AND day = $2 AND number = $3 AND share = $4"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, fact->day);
    db_bind_int(stmt, 3, fact->number);
    db_bind_int(stmt, 4, share);
    return db_run(stmt, err);
}

static bool worker_drop(struct db *db, const struct worth_fact *fact, int share, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM fact_worker WHERE number = $1 AND share = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, fact->number);
    db_bind_int(stmt, 2, share);
    return db_run(stmt, err);
}

static bool due_write(struct db *db, const struct worth_fact *fact, int share, int32_t worker, int64_t fen,
                      struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO due (worker, day, number, share, fen) VALUES ($1, $2, $3, $4, $5)"
                        " ON CONFLICT (worker, day, number, share) DO UPDATE SET fen = excluded.fen"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, fact->day);
    db_bind_int(stmt, 3, fact->number);
    db_bind_int(stmt, 4, share);
    db_bind_int(stmt, 5, fen);
    return db_run(stmt, err);
}

/* What a paid date is worth now, and the periods have not paid so. */
static bool late_settle(const struct worth_out *out, const struct worth_fact *fact, int share, int32_t worker,
                        int64_t fen, struct err *err)
{
    if (fen == 0 || !out->paid->is_whole || fact->day > out->paid->to_day) return true;
    return paid_late_add(out->db, worker, fact->name, share, fen, err);
}

/* A share of the fact: who has it, and what is due to him. */
static bool share_settle(const struct worth_out *out, const struct worth_fact *fact, const struct worth *old,
                         const struct worth *new, int share, struct err *err)
{
    bool    had = old->is_there && share < old->count;
    int32_t was = had ? old->workers[share] : -1, is = new->workers[share];
    int64_t was_fen = had ? old->fen[share] : WORTH_NO_DUE, is_fen = new->fen[share];
    if (was != is && !worker_write(out->db, fact, share, is, err)) return false;
    if (was != is && is_named(fact, share) && (!signed_off(out, fact, was, err) || !signed_in(out, fact, is, err)))
        return false;
    if (was == is && was_fen == is_fen) return true;
    *out->topics |= TOPIC_PAY;
    if (was_fen != WORTH_NO_DUE && !late_settle(out, fact, share, was, -was_fen, err)) return false;
    if (is_fen != WORTH_NO_DUE && !late_settle(out, fact, share, is, is_fen, err)) return false;
    if (was_fen != WORTH_NO_DUE && (was != is || is_fen == WORTH_NO_DUE) && !due_drop(out->db, fact, share, was, err))
        return false;
    return is_fen == WORTH_NO_DUE || due_write(out->db, fact, share, is, is_fen, err);
}

/* Who shares it no more. */
static bool share_end(const struct worth_out *out, const struct worth_fact *fact, const struct worth *old, int share,
                      struct err *err)
{
    if (!worker_drop(out->db, fact, share, err)) return false;
    if (old->fen[share] == WORTH_NO_DUE) return true;
    *out->topics |= TOPIC_PAY;
    return late_settle(out, fact, share, old->workers[share], -old->fen[share], err) &&
           due_drop(out->db, fact, share, old->workers[share], err);
}

/* ---------------------------------------------------------------------------------------------------- sums */

static bool is_work(const struct worth_fact *fact)
{
    return fact->event != NULL && (fact->event->kind == EVENT_REPORT || fact->event->kind == EVENT_CORRECT);
}

static void sums_move(const struct worth_out *out, const struct worth_fact *fact, const struct worth *worth, int sign)
{
    bool is_counted = is_work(fact) && worth->verdict.kind != VERDICT_UNDONE;
    for (int i = 0; worth->is_there && i < worth->count; i++) {
        struct day_delta *day = sums_day(out->sums, worth->workers[i], fact->day);
        if (worth->fen[i] != WORTH_NO_DUE) day->fen += sign * worth->fen[i];
        if (worth->fen[i] != WORTH_NO_DUE && fact->event != NULL && fact->event->kind == EVENT_DAYWORK)
            day->time_fen += sign * worth->fen[i];
        if (!is_counted || !is_named(fact, i)) continue;
        day->facts += sign;
        day->pieces += sign * worth->verdict.counted;
        day->held += sign * worth->verdict.held;
    }
}

static int64_t doors_of(const struct worth_fact *fact, const struct verdict *verdict)
{
    return fact->is_last && fact->op->per_door > 0 ? verdict->good / fact->op->per_door : 0;
}

/* What counts of pieces, by operation and by worker; money by worker alone. */
static void counts_move(const struct worth_out *out, const struct worth_fact *fact, const struct worth *worth, int sign)
{
    const struct verdict *verdict = &worth->verdict;
    bool                  has_pieces = is_work(fact) && fact->op != NULL && worth->is_there && verdict->counted > 0;
    bool                  is_rework = has_pieces && fact->event->rework;
    const char           *code = fact->op != NULL ? fact->op->code : "";
    if (has_pieces) {
        struct count_row *row = counts_row(out->counts, fact->day, COUNTS_NOBODY, code, fact->event->shift);
        row->facts += sign;
        row->doors += sign * doors_of(fact, verdict);
        *(is_rework ? &row->reworked : &row->good) += sign * verdict->good;
        if (!is_rework) row->bad += sign * verdict->bad;
    }
    for (int i = 0; worth->is_there && i < worth->count; i++) {
        if (worth->fen[i] == WORTH_NO_DUE && !has_pieces) continue;
        struct count_row *row = counts_row(out->counts, fact->day, worth->workers[i], code, "");
        if (worth->fen[i] != WORTH_NO_DUE) row->fen += sign * worth->fen[i];
        if (!has_pieces || !is_named(fact, i)) continue;
        row->facts += sign;
        *(is_rework ? &row->reworked : &row->good) += sign * verdict->good;
        if (!is_rework) row->bad += sign * verdict->bad;
    }
}

static bool has_flaws(const struct worth_fact *fact, const struct worth *worth)
{
    return is_work(fact) && fact->op != NULL && worth->is_there && !fact->event->rework && worth->verdict.bad > 0;
}

static bool flaws_settle(const struct worth_out *out, const struct worth_fact *fact, const struct worth *old,
                         const struct worth *new, struct err *err)
{
    static const struct verdict NO_FLAWS = {0};
    bool                        had = has_flaws(fact, old), has = has_flaws(fact, new);
    if (!had && !has) return true;
    const struct flaw_fact flaw = {fact->number, fact->day, fact->line, fact->event, fact->decision, fact->op->code};
    return flaw_write(out->db, &flaw, had, has ? &new->verdict : &NO_FLAWS, err);
}

/* Whose day is to be looked at again: of work that counts now. */
static void speed_note(const struct worth_out *out, const struct worth_fact *fact, const struct worth *worth)
{
    bool is_work = fact->event != NULL && (fact->event->kind == EVENT_REPORT || fact->event->kind == EVENT_CORRECT) &&
                   worth->verdict.counted > 0;
    for (int i = 0; is_work && i < worth->count; i++)
        if (worth->workers[i] != 0) telling_note(out->telling, TELL_SPEED, worth->workers[i], fact->day, false);
}

/* Whose pay is to be told again. */
static void pay_note(const struct worth_out *out, const struct worth_fact *fact, const struct worth *worth)
{
    for (int i = 0; worth->is_there && i < worth->count; i++) {
        const struct person *person = people_person(out->people, worth->workers[i]);
        if (person != NULL && person->has_key)
            telling_note(out->telling, TELL_PAY, worth->workers[i], fact->day, false);
    }
}

static bool worth_equal(const struct worth *a, const struct worth *b)
{
    if (a->is_there != b->is_there || a->count != b->count || !verdict_equal(&a->verdict, &b->verdict)) return false;
    for (int i = 0; i < a->count; i++)
        if (a->workers[i] != b->workers[i] || a->fen[i] != b->fen[i]) return false;
    return true;
}

bool worth_write(const struct worth_out *out, const struct worth_fact *fact, const struct worth *old,
                 const struct worth *new, struct err *err)
{
    if (worth_equal(old, new)) return true;
    *out->topics |= TOPIC_FLOOR;
    if (!(old->is_there && verdict_equal(&old->verdict, &new->verdict)) &&
        !verdict_write(out->db, fact->number, &new->verdict, err))
        return false;
    for (int i = 0; i < new->count; i++)
        if (!share_settle(out, fact, old, new, i, err)) return false;
    for (int i = new->count; old->is_there &&i < old->count; i++)
        if (!share_end(out, fact, old, i, err)) return false;
    if (!exception_settle(out, fact, old, new, err) || !bad_settle(out, fact, old, new, err)) return false;
    if (!flaws_settle(out, fact, old, new, err)) return false;
    sums_move(out, fact, old, -1);
    sums_move(out, fact, new, 1);
    counts_move(out, fact, old, -1);
    counts_move(out, fact, new, 1);
    pay_note(out, fact, old);
    pay_note(out, fact, new);
    speed_note(out, fact, new);
    int64_t was_by = old->verdict.bad_decided_by, is_by = new->verdict.bad_decided_by;
    if (was_by != is_by && was_by != 0) telling_note(out->telling, TELL_BLAME, was_by, 0, false);
    if (was_by != is_by && is_by != 0) telling_note(out->telling, TELL_BLAME, is_by, 0, false);
    bool is_answered =
        fact->event != NULL && fact->event->kind == EVENT_OBJECT && old->verdict.decided_by != new->verdict.decided_by;
    if (is_held(new) || is_held(old) || is_answered) telling_note(out->telling, TELL_VERDICT, fact->number, 0, false);
    return true;
}
