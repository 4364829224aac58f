/* writer.c - the one writer of books.db: server/books/writer.h.
 *
 * Ways a slice can end, and what each leaves behind:
 *   committed       applied_to moved, everything that follows from it written
 *   passing error   (disk full, I/O, busy) nothing; the same slice is tried at the next step
 *   rule failed     nothing; its events are applied one per transaction, and the one that fails again is stored and held
 *   program ended   nothing; what was at work stands in the place (progress.h), and the next start is careful
 * Whatever was kept in memory is forgotten after a rollback. */
#include "server/books/writer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "server/books/act.h"
#include "server/books/apply.h"
#include "server/books/aside.h"
#include "server/books/books.h"
#include "server/books/exception.h"
#include "server/books/handed.h"
#include "server/books/progress.h"
#include "server/books/rebuild.h"
#include "server/books/unread.h"

enum {
    SLICE_LEAST = 32, /* a line of thousands of facts is judged whole in each slice: fewer would judge it too often */
    CACHE_KB = 64000, /* what a day changes stays in memory */
    TELL_MOST = 64,   /* rows told a transaction after catching up */
    REST_MS = 2000    /* without work: then the log is copied into the file */
};
#define LOG_MOST ((size_t)64 << 20) /* bytes of the WAL: more, and applying waits for readers to let go */

struct writer {
    struct books         books;
    struct writer_source inbox;
    struct progress      progress;
    int64_t              single_to; /* up to this number: one event per transaction, after a rule failed */
    int64_t              slice;     /* events of the next slice, by the budget */
    int64_t              commit_us; /* what a commit takes on this disk */
    int64_t              worked_ms; /* when something was committed last */
    bool                 is_tight;  /* the last step found no room on the disk; at the start nobody knows */
    struct handed        handed;    /* events of the office that the taker has, and the books not yet */
};

/* ---------------------------------------------------------------------------------------------------- opening */

/* Acts whose events the taker had committed when the program ended: a retry waits for their answer and makes no second
 * event. */
static bool handed_read(struct writer *writer, struct err *err)
{
    struct writer_line line;
    struct event       event;
    struct err         ignored;
    bool               has;
    for (int64_t after = writer->books.applied_to;; after = line.number) {
        if (!writer->inbox.next(writer->inbox.self, after, &line, &has, err)) return false;
        if (!has) return true;
        if (line.kiosk == 0 && event_read(line.bytes, line.len, &event, &ignored) && event.act[0] != 0)
            handed_add(&writer->handed, event.act, line.number);
    }
}

bool writer_open(const struct writer_options *options, int64_t now_ms, struct writer **writer, struct err *err)
{
    struct writer *new = calloc(1, sizeof *new);
    if (new == NULL) abort();
    struct books *books = &new->books;
    new->inbox = options->inbox;
    new->slice = PROGRESS_SLICE_FIRST;
    new->worked_ms = now_ms;
    new->is_tight = true;
    books->waiting = books->telling.waiting = -1;
    chain_random(&books->run, sizeof books->run);
    if (!db_open(options->books_path, options->is_paced ? DB_WRITE_PACED : DB_WRITE, options->vfs, &books->db, err))
        goto failed;
    db_cache(books->db, CACHE_KB);
    if (!db_migrate(books->db, embed_books_schema, err)) goto failed;
    if (options->rebuild && !rebuild_empty(books->db, options->lifts, err)) goto failed;
    if (!record_open(books->db, &books->record, err)) goto failed;
    books->record.now_ms = now_ms;
    if (!progress_open(&new->progress, books->db, options->boot, now_ms, &books->applied_to, err)) goto failed;
    if (!options->rebuild && !handed_read(new, err)) goto failed;
    *writer = new;
    return true;
failed:
    books_free(books);
    db_close(books->db);
    handed_free(&new->handed);
    free(new);
    return false;
}

bool writer_reads_more(struct writer *writer, bool *reads_more, struct err *err)
{
    bool is_less, is_wanted;
    if (!unread_is_less(writer->books.db, &is_less, err) || !aside_wanted(writer->books.db, &is_wanted, err))
        return false;
    *reads_more = is_less || is_wanted;
    return true;
}

/* A clean end says so: the next start need not be careful. */
void writer_close(struct writer *writer)
{
    struct err ignored;
    if (writer == NULL) return;
    if (!progress_close(&writer->progress, writer->books.applied_to, &ignored))
        writer->slice = 0; /* then it wasn't clean */
    books_free(&writer->books);
    db_close(writer->books.db);
    handed_free(&writer->handed);
    free(writer);
}

static bool run_write(struct db *db, uint64_t run, struct epoch server, int64_t now_ms, int64_t first_feed,
                      struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO run (run, started_ms, epoch_counter, epoch_random, first_feed)"
                        " VALUES ($1, $2, $3, $4, $5)"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, (int64_t)run);
    db_bind_int(stmt, 2, now_ms);
    db_bind_int(stmt, 3, server.counter);
    db_bind_int(stmt, 4, (int64_t)server.random);
    db_bind_int(stmt, 5, first_feed);
    return db_run(stmt, err);
}

bool writer_epoch(struct writer *writer, struct epoch server, int64_t now_ms, struct err *err)
{
    struct books *books = &writer->books;
    uint64_t      run = books->run;
    if (!epoch_is_none(books->server)) chain_random(&run, sizeof run); /* the one so far stays that of its epoch */
    if (!db_begin(books->db, err)) return false;
    if (!run_write(books->db, run, server, now_ms, books->record.feed + 1, err)) {
        db_rollback(books->db);
        return false;
    }
    if (!db_commit(books->db, err)) return false;
    books->server = server;
    books->run = run;
    chains_forget(&books->chains);
    return true;
}

struct epoch writer_server(const struct writer *writer)
{
    return writer->books.server;
}

bool writer_must_reopen(const struct writer *writer)
{
    return db_must_reopen(writer->books.db);
}

uint64_t writer_run(const struct writer *writer)
{
    return writer->books.run;
}

int64_t writer_feed(const struct writer *writer)
{
    return writer->books.record.feed;
}

int64_t writer_applied(const struct writer *writer)
{
    return writer->books.applied_to;
}

bool writer_keys(struct writer *writer, writer_key_fn each, void *self, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          len;
    if (!db_prepare(writer->books.db, SQL("SELECT kiosk, key, state FROM kiosk"), &stmt, err)) return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct key  key = {{0}};
        const void *bytes = db_blob(stmt, 1, &len);
        if (len == sizeof key.bytes) memcpy(key.bytes, bytes, len);
        each(self, (uint64_t)db_int(stmt, 0), &key, (int)db_int(stmt, 2));
    }
}

/* ---------------------------------------------------------------------------------------------------- transactions */

/* What a rollback must put back beside the database. */
struct before {
    struct record record;
    int64_t       applied_to;
};

static bool begin(struct writer *writer, struct before *before, struct err *err)
{
    *before = (struct before){writer->books.record, writer->books.applied_to};
    return books_ready(&writer->books, err) && db_begin(writer->books.db, err);
}

static void back(struct writer *writer, const struct before *before)
{
    db_rollback(writer->books.db);
    writer->books.record = before->record;
    writer->books.applied_to = before->applied_to;
    books_forget(&writer->books);
}

/* ---------------------------------------------------------------------------------------------------- a slice */

/* The slice in hand. */
struct slice {
    const struct writer_in *in;
    int64_t                 most;
    int64_t                 applied;
    int64_t                 commit_us;
    bool                    has_more; /* the inbox went on when it ended */
};

static int64_t now_us(const struct writer_in *in)
{
    return in->mono_us == NULL ? 0 : in->mono_us(in->self);
}

static bool is_awaited(const struct writer_in *in)
{
    return in->is_awaited != NULL && in->is_awaited(in->self);
}

/* Events that were set aside are stored unread. */
static bool line_take(struct writer *writer, const struct writer_line *line, struct err *err)
{
    bool is_aside;
    if (!progress_is_aside(&writer->progress, line->number, &is_aside, err)) return false;
    return is_aside ? apply_aside(&writer->books, line, SAY("books.aside"), err)
                    : apply_line(&writer->books, line, err);
}

static bool lines_take(struct writer *writer, struct slice *slice, struct err *err)
{
    struct writer_line line;
    bool               has;
    for (;;) {
        if (!writer->inbox.next(writer->inbox.self, writer->books.applied_to, &line, &has, err)) return false;
        slice->has_more = has;
        if (!has || slice->applied == slice->most || (slice->applied > 0 && is_awaited(slice->in))) return true;
        if (!line_take(writer, &line, err)) return false;
        writer->books.applied_to = line.number;
        slice->applied++;
    }
}

/* Ends the slice's transaction. */
static bool slice_commit(struct writer *writer, struct slice *slice, struct err *err)
{
    struct books *books = &writer->books;
    int64_t       wanted = slice->has_more ? slice->most : 0;
    if (!books_settle(books, !slice->has_more, err)) return false;
    if (!progress_write(&writer->progress, books->applied_to, wanted, err)) return false;
    int64_t start_us = now_us(slice->in);
    if (!db_commit(books->db, err)) return false;
    slice->commit_us = now_us(slice->in) - start_us;
    progress_written(&writer->progress, books->applied_to, wanted);
    lines_trim(&books->lines);
    handed_end(&writer->handed, books->applied_to);
    return true;
}

static bool slice_run(struct writer *writer, struct slice *slice, struct err *err)
{
    struct before before;
    if (!begin(writer, &before, err)) return false;
    if (lines_take(writer, slice, err) && slice_commit(writer, slice, err)) return true;
    back(writer, &before);
    return false;
}

/* One event whose rule fails is stored with that verdict. */
static bool slice_aside(struct writer *writer, struct slice *slice, struct say why, struct err *err)
{
    struct before      before;
    struct writer_line line;
    bool               has;
    if (!writer->inbox.next(writer->inbox.self, writer->books.applied_to, &line, &has, err) || !has) return false;
    if (!begin(writer, &before, err)) return false;
    slice->has_more = true;
    if (apply_aside(&writer->books, &line, say_text(SAY("books.rule_failed"), why.id), err)) {
        writer->books.applied_to = line.number;
        slice->applied = 1;
        if (slice_commit(writer, slice, err)) return true;
    }
    back(writer, &before);
    return false;
}

static bool is_passing(const struct err *err)
{
    return err_is_passing(err) || err->kind == ERR_DAMAGED;
}

/* True where something was applied or nothing is there to apply. */
static bool slice_step(struct writer *writer, struct slice *slice, struct err *err)
{
    int64_t applied_to = writer->books.applied_to;
    slice->most = progress_most(&writer->progress, applied_to, slice->most);
    if (applied_to < writer->single_to) slice->most = 1;
    if (progress_is_careful(&writer->progress, applied_to) && !progress_name_next(&writer->progress, applied_to, err))
        return false;
    if (slice_run(writer, slice, err)) return true;
    if (is_passing(err)) return false;
    slice->applied = 0;
    slice->has_more = true;
    if (slice->most > 1) { /* which one was it? */
        writer->single_to = applied_to + slice->most;
        return true;
    }
    struct say why = err->say;
    return slice_aside(writer, slice, why, err);
}

/* As many events as fit the budget, by how long the last slices took. On a slow disk the commit alone may be longer than
 * the budget: then twice its time is worked, or nothing would ever be caught up. Growth is slow, since one slice says
 * little. */
static void slice_measure(struct writer *writer, const struct writer_in *in, const struct slice *slice, int64_t took_us)
{
    if (slice->applied == 0 || took_us <= 0) return;
    int64_t work_us = took_us - slice->commit_us;
    writer->commit_us = (3 * writer->commit_us + slice->commit_us) / 4;
    int64_t room_us = in->budget_us - writer->commit_us;
    if (room_us < 2 * writer->commit_us) room_us = 2 * writer->commit_us;
    int64_t fits = slice->applied * room_us / (work_us < 1 ? 1 : work_us);
    if (fits > writer->slice * 2) fits = writer->slice * 2;
    writer->slice = fits < SLICE_LEAST ? SLICE_LEAST : fits > PROGRESS_SLICE_MOST ? PROGRESS_SLICE_MOST : fits;
}

static void slice_do(struct writer *writer, const struct writer_in *in, struct writer_out *out)
{
    struct slice slice = {.in = in, .most = in->most > 0 ? in->most : writer->slice, .has_more = true};
    int64_t      start_us = now_us(in);
    if (writer->books.applied_to >= in->inbox_end) return;
    out->want = WRITER_AGAIN;
    if (!slice_step(writer, &slice, &out->err)) return;
    out->err = (struct err){0};
    out->applied = slice.applied;
    writer->worked_ms = in->now_ms;
    if (!slice.has_more) out->want = WRITER_IDLE;
    if (in->mono_us != NULL && slice.applied == slice.most)
        slice_measure(writer, in, &slice, in->mono_us(in->self) - start_us);
}

/* ---------------------------------------------------------------------------------------------------- telling */

/* What was put off while catching up. */
static void tell_do(struct writer *writer, const struct writer_in *in, struct writer_out *out)
{
    struct before before;
    bool          has_more;
    if (!telling_has_more(&writer->books.telling, writer->books.db, &has_more, &out->err)) return;
    if (!has_more) return;
    if (!begin(writer, &before, &out->err)) return;
    if (!telling_some(&writer->books.telling, &writer->books.record, TELL_MOST, &out->err) ||
        !db_commit(writer->books.db, &out->err)) {
        back(writer, &before);
        return;
    }
    out->want = WRITER_AGAIN;
    writer->worked_ms = in->now_ms;
}

/* ---------------------------------------------------------------------------------------------------- acts */

static bool id_is_good(const char *id)
{
    size_t len = strspn(id, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");
    return id[len] == 0 && len >= 8 && len < EVENT_ACT_MAX;
}

static void act_user_set(struct record *record, const struct act *act)
{
    memset(record->user, 0, sizeof record->user);
    memcpy(record->act, act->id, sizeof record->act);
    memcpy(record->user, act->user, strlen(act->user));
    if (act->second[0] == 0) return;
    size_t len = strlen(act->user);
    record->user[len] = ',';
    memcpy(record->user + len + 1, act->second, strlen(act->second));
}

static void act_user_end(struct record *record)
{
    record->act[0] = record->user[0] = 0;
}

static void act_fail(struct act *act, const struct err *why, struct writer_out *out)
{
    act_refuse(act, why);
    out->is_act_done = true;
    if (is_passing(why)) out->err = *why;
}

static void act_do(struct writer *writer, const struct act_row *row, struct act *act, struct writer_out *out)
{
    struct before before;
    struct err    err;
    bool          keep = false;
    if (!begin(writer, &before, &err)) {
        act_fail(act, &err, out);
        return;
    }
    act_user_set(&writer->books.record, act);
    bool is_done = act_perform(&writer->books, row, act, &keep, &err);
    act_user_end(&writer->books.record);
    if (is_done && keep && db_commit(writer->books.db, &err)) {
        out->keys_changed = (writer->books.record.topics & TOPIC_KIOSK) != 0;
        out->is_act_done = true;
        lines_trim(&writer->books.lines);
        return;
    }
    back(writer, &before);
    out->is_act_done = true;
    if (!is_done || keep) act_fail(act, &err, out);
}

/* Made here, committed by the taker, answered once it is applied. */
static void event_do(struct writer *writer, const struct act_row *row, struct act *act, struct writer_out *out)
{
    struct act_call call = {.act = act};
    struct event    line;
    struct err      err;
    struct json    *body = json_read(act->body, act->len, &err);
    bool            is_made = body != NULL, has = false;
    call.body = body;
    if (is_made) is_made = books_ready(&writer->books, &err) && row->line(&writer->books, &call, &line, &err);
    if (is_made) {
        struct hash hash = decide_hash(&line);
        is_made = act_again(&writer->books, &hash, act, &has, &err);
    }
    json_free(body);
    if (!is_made) {
        act_fail(act, &err, out);
    } else if (has) {
        out->is_act_done = true;
    } else if (handed_has(&writer->handed, act->id)) {
        out->want = WRITER_ACT_LATER;
    } else {
        out->line = line;
        out->want = WRITER_OFFICE_LINE;
    }
}

static bool act_check(struct writer *writer, const struct act_row *row, const struct act *act, struct err *err)
{
    if (!id_is_good(act->id)) return err_set(err, ERR_INPUT, SAY("act.id"));
    return act_may(&writer->books, row, act, err);
}

/* An act that must see everything taken before it remembers where the inbox ended when it came. */
static bool act_waits(const struct writer *writer, const struct writer_in *in, const struct act_row *row)
{
    if (!row->after_inbox) return false;
    if (in->act->sees == 0) in->act->sees = in->inbox_end;
    return writer->books.applied_to < in->act->sees;
}

static void act_step(struct writer *writer, const struct writer_in *in, struct writer_out *out)
{
    struct act *act = in->act;
    struct err  err;
    bool        has;
    assert(act != NULL);
    const struct act_row *row = act_find(act->name);
    if (row == NULL || !act_check(writer, row, act, &err)) {
        if (row == NULL) err_set(&err, ERR_ABSENT, say_text(SAY("act.unknown"), act->name));
        act_fail(act, &err, out);
        return;
    }
    if (row->line != NULL) {
        if (in->office_number != 0 && !handed_has(&writer->handed, act->id))
            handed_add(&writer->handed, act->id, in->office_number);
        event_do(writer, row, act, out);
        return;
    }
    struct hash hash = act_hash(act->name, act->user, act->second, act->body, act->len);
    if (!act_again(&writer->books, &hash, act, &has, &err))
        act_fail(act, &err, out);
    else if (has)
        out->is_act_done = true;
    else if (act_waits(writer, in, row))
        out->want = WRITER_ACT_LATER;
    else
        act_do(writer, row, act, out);
}

/* ---------------------------------------------------------------------------------------------------- the step */

/* The log is copied into the file when nobody waits, or when it grows too long. False: it is too long, and a reader
 * keeps it so; applying waits, taking never does. On a full disk it is copied as far as that goes: what it holds many
 * times over may be all the room there is. */
static bool log_fits(struct writer *writer, const struct writer_in *in, struct writer_out *out)
{
    struct err ignored;
    if (writer->is_tight) (void)!db_checkpoint(writer->books.db, &ignored);
    size_t bytes = db_wal_bytes(writer->books.db);
    bool   is_resting = bytes > 0 && in->act == NULL && writer->books.applied_to >= in->inbox_end &&
                      in->now_ms - writer->worked_ms >= REST_MS;
    if (bytes <= LOG_MOST && !is_resting) return true;
    if (!db_checkpoint(writer->books.db, &out->err)) return false;
    writer->worked_ms = in->now_ms;
    return db_wal_bytes(writer->books.db) <= LOG_MOST || err_set(&out->err, ERR_BUSY, SAY("books.log"));
}

void writer_step(struct writer *writer, const struct writer_in *in, struct writer_out *out)
{
    *out = (struct writer_out){.want = WRITER_IDLE};
    writer->books.record.now_ms = in->now_ms;
    writer->books.record.topics = 0;
    if (in->act != NULL) act_step(writer, in, out);
    enum writer_want act_want = out->want;
    if (log_fits(writer, in, out) && !out->is_act_done && act_want != WRITER_OFFICE_LINE) {
        slice_do(writer, in, out);
        if (out->want == WRITER_IDLE && out->err.kind == ERR_NONE) tell_do(writer, in, out);
        if (act_want == WRITER_ACT_LATER) {
            act_step(writer, in, out); /* it may be answered now */
            if (!out->is_act_done) out->want = act_want;
        }
    } else if (out->is_act_done) {
        out->want = WRITER_AGAIN;
    }
    if (out->is_act_done && out->want == WRITER_ACT_LATER) out->want = WRITER_AGAIN;
    writer->is_tight = out->err.kind == ERR_FULL || out->err.kind == ERR_IO;
    out->applied_to = writer->books.applied_to;
    out->feed = writer->books.record.feed;
    out->topics = writer->books.record.topics;
}
