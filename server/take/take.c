/* take.c - takes what kiosks send: take.h.
 *
 * One step: each request is checked, read and compared with what is stored; new lines become rows; one COMMIT; then the
 * answers are made. Nothing that names a mark leaves before the COMMIT: where it fails, everything of the step that is
 * only in memory is forgotten and read again from the file.
 *
 *     continues the end of its strand          stored                                 taken
 *     is stored already, whole or its start    only what is new is stored             taken
 *     differs from what is stored there        kept beside it                         taken, fork
 *     continues nothing that is stored         nothing                                from: the end of its strand
 *     of a kiosk that must wait                nothing                                wait
 *     shows that this server was set back      a new server epoch, then as above */
#include "server/take/take.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/event.h"
#include "server/take/answer.h"
#include "server/take/epochs.h"
#include "server/take/ready.h"
#include "server/take/strands.h"

enum {
    UNPLACED_MAX = 4096,        /* rows; about 5 ms of work for one commit in so many requests */
    UNPLACED_QUIET = 256,       /* in a quiet moment */
    WAL_MAX = 64 * 1024 * 1024, /* checkpoint even while requests wait */
    WAL_QUIET = 2 * 1024 * 1024 /* in a quiet moment */
};

enum outcome_kind { OUTCOME_REFUSED, OUTCOME_WAIT, OUTCOME_FROM, OUTCOME_TAKEN };

/* What a request came to, before the COMMIT. */
struct outcome {
    enum outcome_kind       kind;
    const struct kiosk_key *key; /* NULL: not signed */
    struct hash             mac; /* of the request */
    struct mark             mark;
    bool                    is_fork;
};

struct take {
    struct db               *db;
    struct strands          *strands;
    const struct kiosk_keys *keys;
    struct epochs            epochs;
    bool                     is_begun;
    struct take_counts       counts;
    struct versions          versions; /* scratch */
    const struct batch      *batch;    /* of the request in hand */
    struct take_ready       *scratch;  /* where nobody prepared it */
    struct outcome          *outcomes; /* scratch */
    size_t                   outcome_room;
    struct err               trouble; /* why nothing could be written the last time that something was to be */
};

/* ---------------------------------------------------------------------------------------------------- transactions */

static bool begin(struct take *take, struct err *err)
{
    if (!take->is_begun) take->is_begun = db_begin(take->db, err);
    return take->is_begun;
}

static void roll_back(struct take *take)
{
    if (take->is_begun) db_rollback(take->db);
    take->is_begun = false;
    epochs_rolled_back(&take->epochs);
    strands_rolled_back(take->strands);
}

/* What has no room, or was refused by the disk: the log's room again, as far as it is copied. */
static void log_again(struct take *take, const struct err *failed)
{
    struct err ignored;
    if (failed->kind == ERR_FULL || failed->kind == ERR_IO) (void)!db_checkpoint(take->db, &ignored);
}

static bool commit(struct take *take, struct err *err)
{
    if (!take->is_begun) return true;
    if (strands_unplaced(take->strands) >= UNPLACED_MAX && !strands_place(take->strands, err)) return false;
    if (!db_commit(take->db, err)) return false;
    take->is_begun = false;
    take->trouble = (struct err){.kind = ERR_NONE};
    strands_committed(take->strands);
    epochs_committed(&take->epochs);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- server epochs */

static bool epoch_open(struct take *take, uint32_t above, const char *why, int64_t now_ms, struct err *err)
{
    return begin(take, err) &&
           epochs_open(take->db, &take->epochs, above, why, strands_end(take->strands), now_ms, err);
}

static bool epoch_open_back(struct take *take, uint32_t above, int64_t now_ms, struct err *err)
{
    if (!epoch_open(take, above, "back", now_ms, err)) return false;
    take->epochs.is_opening_back = true;
    return true;
}

static bool set_back_heed(struct take *take, struct strand *strand, int64_t now_ms, struct err *err)
{
    bool     is_back;
    uint32_t own = take->epochs.now.counter, theirs = take->batch->server.counter;
    if (!epochs_are_behind(&take->epochs, take->strands, strand, take->batch, &take->versions, &is_back, err))
        return false;
    if (!is_back) return true;
    strand->has_opened = true;
    return epoch_open_back(take, own > theirs ? own : theirs, now_ms, err);
}

void take_set_back(struct take *take, struct epoch epoch, int64_t now_ms)
{
    struct err err;
    if (epoch_compare(epoch, take->epochs.now) != 0 || epoch_compare(epoch, take->epochs.back) == 0) return;
    if (!epoch_open_back(take, take->epochs.now.counter, now_ms, &err) || !commit(take, &err)) roll_back(take);
}

/* ---------------------------------------------------------------------------------------------------- lines */

static struct mark mark_of(const struct batch *batch, int i)
{
    return (struct mark){batch->epoch, batch->first + i, batch->lines[i].name};
}

/* Stores the lines from..to-1 of the batch as one row. */
static bool lines_add(struct take *take, struct strand *strand, int from, int to, int64_t now_ms, struct err *err)
{
    const struct batch      *batch = take->batch;
    const struct batch_line *last = &batch->lines[to - 1];
    const char              *bytes = batch->lines[from].bytes;
    struct strand_row        row = {.first = batch->first + from,
                                    .count = to - from,
                                    .last = batch->is_gap ? batch->gap_to : batch->first + to - 1,
                                    .name = last->name,
                                    .is_gap = batch->is_gap,
                                    .gap_next = batch->gap_next,
                                    .bytes = bytes,
                                    .len = (size_t)(last->bytes + last->len + 1 - bytes)};
    if (!begin(take, err) || !strands_add(take->strands, strand, &row, now_ms, err)) return false;
    take->counts.events += row.count;
    take->counts.gaps += batch->is_gap;
    return true;
}

/* The ordinary case. A kiosk whose own chain is broken inside (a damaged disk) still knows our mark: what it counts as
 * the next is taken as such, and the break stays visible in the lines. */
static bool is_next(const struct strand *strand, const struct batch *batch)
{
    const struct hash *end = &strand->end.hash;
    if (batch->first != strand->next) return false;
    if (strand->is_gap && (hash_is_zero(&strand->gap_next) || hash_equal(&batch->lines[0].name, &strand->gap_next)))
        return true;
    return hash_equal(&batch->prev, end) || hash_equal(&batch->own_prev, end) ||
           (batch->acked.seq == strand->end.seq && hash_equal(&batch->acked.hash, end));
}

/* versions: those of first - 1 to the last line. */
static bool is_joined(const struct versions *versions, const struct strand *strand, const struct batch *batch)
{
    int64_t before = batch->first - 1;
    if (versions_have(versions, batch->first, &batch->lines[0].name)) return true;
    if (before == 0) {
        struct hash first = chain_first(strand->kiosk, strand->epoch);
        return hash_equal(&batch->prev, &first);
    }
    return versions_have(versions, before, &batch->prev) || versions_have(versions, before, &batch->own_prev) ||
           (batch->acked.seq == before && versions_have(versions, before, &batch->acked.hash));
}

/* Some of these numbers are stored, or another branch may be continued: compare with all versions, store what is new. */
static bool lines_compare(struct take *take, struct strand *strand, struct outcome *outcome, int64_t now_ms,
                          struct err *err)
{
    const struct batch *batch = take->batch;
    struct versions    *versions = &take->versions;
    bool                is_over = batch->first < strand->next;
    if (!strands_versions(take->strands, strand, batch->first - 1, batch->first + batch->count - 1, versions, err))
        return false;
    if (!is_joined(versions, strand, batch)) return true;
    outcome->kind = OUTCOME_TAKEN;
    outcome->mark = mark_of(batch, batch->count - 1);
    int stored = 0;
    for (int i = 0, to; i < batch->count; i = to + 1) {
        for (to = i; to < batch->count && !versions_have(versions, batch->first + to, &batch->lines[to].name);) to++;
        if (to > i && !lines_add(take, strand, i, to, now_ms, err)) return false;
        stored += to - i;
    }
    for (int i = 0; i < batch->count; i++)
        outcome->is_fork |= versions_differ(versions, batch->first + i, &batch->lines[i].name);
    if (batch->is_gap && is_over && stored > 0) outcome->is_fork = true;
    take->counts.repeats += batch->count - stored;
    take->counts.forks += outcome->is_fork && stored > 0;
    return true;
}

/* A batch without lines: is the event before `first` stored as the kiosk has it? */
static bool answer_ask(struct take *take, const struct strand *strand, struct outcome *outcome, struct err *err)
{
    const struct batch *batch = take->batch;
    int64_t             seq = batch->first - 1;
    struct hash         first = chain_first(strand->kiosk, strand->epoch);
    if (batch->first == strand->next && hash_equal(&batch->prev, &strand->end.hash)) {
        outcome->kind = OUTCOME_TAKEN; /* and the mark is the end's: of a gap its own number */
        return true;
    }
    if (!strands_versions(take->strands, strand, seq, seq, &take->versions, err)) return false;
    if (seq == 0 ? !hash_equal(&batch->prev, &first) : !versions_have(&take->versions, seq, &batch->prev)) return true;
    outcome->kind = OUTCOME_TAKEN;
    outcome->mark = (struct mark){batch->epoch, seq, batch->prev};
    return true;
}

/* A signed batch of the form. */
static bool batch_take(struct take *take, struct outcome *outcome, int64_t now_ms, struct err *err)
{
    const struct batch *batch = take->batch;
    struct strand      *strand;
    if (!strands_of(take->strands, batch->kiosk, batch->epoch, &strand, err)) return false;
    if (!set_back_heed(take, strand, now_ms, err)) return false;
    outcome->kind = OUTCOME_FROM;
    outcome->mark = strand->end;
    if (batch->count == 0) return answer_ask(take, strand, outcome, err);
    if (is_next(strand, batch)) {
        outcome->kind = OUTCOME_TAKEN;
        outcome->mark = mark_of(batch, batch->count - 1);
        return lines_add(take, strand, 0, batch->count, now_ms, err);
    }
    if (batch->count == 1 && batch->first == strand->end.seq && hash_equal(&batch->lines[0].name, &strand->end.hash)) {
        outcome->kind = OUTCOME_TAKEN; /* the answer to the newest event was lost */
        take->counts.repeats++;
        return true;
    }
    if (batch->first > strand->next) return true;
    return lines_compare(take, strand, outcome, now_ms, err);
}

/* ---------------------------------------------------------------------------------------------------- requests */

/* What is refused is refused in words. False: it is. */
static bool request_check(struct take *take, const struct take_ready *ready, struct outcome *outcome,
                          struct take_answer *answer)
{
    outcome->key = ready->key;
    outcome->mac = ready->mac;
    if (ready->status != 200)
        answer_refuse(answer, ready->status, ready->why.say);
    else if (ready->batch.kiosk != ready->key->kiosk)
        answer_refuse(answer, 400, SAY("take.other"));
    else
        take->batch = &ready->batch;
    return answer->status == 0;
}

/* False: the disk failed. */
static bool request_take(struct take *take, const struct take_request *request, struct outcome *outcome, int64_t now_ms,
                         struct take_answer *answer, struct err *err)
{
    *outcome = (struct outcome){.kind = OUTCOME_REFUSED};
    take->counts.refused++;
    if (request->ready == NULL) ready_fill(take->keys, request, take->scratch);
    if (!request_check(take, request->ready == NULL ? take->scratch : request->ready, outcome, answer)) return true;
    take->counts.refused--;
    take->counts.batches++;
    if (outcome->key->state != KIOSK_WAITING) return batch_take(take, outcome, now_ms, err);
    take->counts.waits++;
    outcome->kind = OUTCOME_WAIT;
    outcome->mark = (struct mark){take->batch->epoch, 0, chain_first(take->batch->kiosk, take->batch->epoch)};
    return true;
}

static void answer_write(const struct take *take, const struct outcome *outcome, int64_t now_ms,
                         struct take_answer *answer)
{
    static const char *const states[] = {"", "wait", "from", "taken"};
    struct buf              *body = &answer->body;
    answer->status = 200;
    buf_str(body, "{\"v\":1,\"state\":\"");
    buf_str(body, states[outcome->kind]);
    buf_str(body, outcome->is_fork ? "\",\"fork\":true,\"mark\":" : "\",\"mark\":");
    answer_mark(body, &outcome->mark);
    answer_place(body, take->epochs.now, take->epochs.run, take->epochs.feed, now_ms);
    buf_char(body, '}');
}

/* After the COMMIT, or after it failed. */
static void answer_make(const struct take *take, const struct outcome *outcome, const struct err *failed,
                        int64_t now_ms, struct take_answer *answer)
{
    bool is_lost = failed->kind != ERR_NONE && outcome->kind >= OUTCOME_FROM;
    if (is_lost)
        answer_refuse(answer, 503, failed->say);
    else if (outcome->kind != OUTCOME_REFUSED)
        answer_write(take, outcome, now_ms, answer);
    if (outcome->key != NULL) answer_sign(answer, &outcome->key->key, &outcome->mac);
}

static struct outcome *outcomes_for(struct take *take, size_t n)
{
    if (n > take->outcome_room) {
        take->outcomes = realloc(take->outcomes, n * sizeof *take->outcomes);
        if (take->outcomes == NULL) abort();
        take->outcome_room = n;
    }
    return take->outcomes;
}

/* What didn't commit wasn't taken; requests that were only refused or must wait were so either way. */
static void step_undo(struct take *take, const struct take_counts *before)
{
    int64_t refused = take->counts.refused, waits = take->counts.waits;
    roll_back(take);
    take->counts = *before;
    take->counts.refused = refused;
    take->counts.waits = waits;
}

void take_step(struct take *take, const struct take_request *requests, size_t n, int64_t now_ms,
               struct take_answer *answers)
{
    struct outcome    *outcomes = outcomes_for(take, n);
    struct take_counts before = take->counts;
    struct err         failed = {.kind = ERR_NONE}, err;
#ifdef PLANT_ACK_BEFORE_COMMIT
    if (!commit(take, &err)) roll_back(take); /* of the step before, whose answers have left */
#endif
    for (size_t i = 0; i < n; i++) {
        answers[i] = (struct take_answer){0};
        if (failed.kind != ERR_NONE)
            outcomes[i] = (struct outcome){.kind = OUTCOME_FROM}; /* lost as well; not even looked at */
        else if (!request_take(take, &requests[i], &outcomes[i], now_ms, &answers[i], &err)) {
            failed = err;
            outcomes[i].kind = OUTCOME_FROM;
        }
    }
#ifndef PLANT_ACK_BEFORE_COMMIT
    if (failed.kind == ERR_NONE && !commit(take, &err)) failed = err;
#endif
    if (failed.kind != ERR_NONE) {
        take->trouble = failed;
        step_undo(take, &before);
    }
    log_again(take, &failed);
    for (size_t i = 0; i < n; i++) answer_make(take, &outcomes[i], &failed, now_ms, &answers[i]);
    if (db_wal_bytes(take->db) >= WAL_MAX && !take->is_begun) (void)!db_checkpoint(take->db, &err);
}

bool take_tidy(struct take *take)
{
    struct err err;
    if (take->is_begun) return false;
    if (strands_unplaced(take->strands) >= UNPLACED_QUIET) {
        if (begin(take, &err) && strands_place(take->strands, &err) && commit(take, &err)) return true;
        roll_back(take);
        return false;
    }
    if (db_wal_bytes(take->db) >= WAL_QUIET) (void)!db_checkpoint(take->db, &err); /* as far as readers let it */
    return false;
}

/* ---------------------------------------------------------------------------------------------------- the office */

static bool office_take(struct take *take, struct event *event, struct buf *line, int64_t now_ms, struct hash *name,
                        struct err *err)
{
    struct strand *strand;
    if (!strands_of(take->strands, 0, take->epochs.now, &strand, err)) return false;
    event->v = EVENT_VERSION;
    event->kiosk = 0;
    event->epoch = take->epochs.now;
    event->seq = strand->next;
    event->prev = strand->end.hash;
    if (!event_write(event, line, err)) return false;
    *name = event_name(line->bytes, line->len);
    buf_char(line, '\n');
    struct strand_row row = {
        .first = event->seq, .count = 1, .last = event->seq, .name = *name, .bytes = line->bytes, .len = line->len};
    return begin(take, err) && strands_add(take->strands, strand, &row, now_ms, err) && commit(take, err);
}

bool take_office(struct take *take, struct event *draft, int64_t now_ms, int64_t *number, struct hash *name,
                 struct err *err)
{
    struct buf   line = {0};
    struct event event = *draft;
    struct hash  made;
    bool         is_taken = office_take(take, &event, &line, now_ms, &made, err);
    buf_free(&line);
    if (!is_taken) {
        if (err_is_passing(err)) take->trouble = *err;
        roll_back(take);
        log_again(take, err);
        return false;
    }
    take->counts.events++;
    *draft = event;
    *number = strands_end(take->strands);
    *name = made;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- open, close */

static bool open_epoch(struct take *take, const struct take_options *options, int64_t now_ms, struct err *err)
{
    if (!epochs_read(take->db, &take->epochs, err)) return false;
    if (take->epochs.count > 0 && !options->new_epoch) return true;
    return epoch_open(take, take->epochs.now.counter, take->epochs.count == 0 ? "first" : "restore", now_ms, err) &&
           commit(take, err);
}

bool take_open(const struct take_options *options, int64_t now_ms, struct take **take, struct err *err)
{
    struct take *made = calloc(1, sizeof *made);
    if (made == NULL) abort();
    made->epochs.run = options->run;
    made->scratch = malloc(sizeof *made->scratch);
    if (made->scratch == NULL) abort();
    if (!db_open(options->path, DB_WRITE, options->vfs, &made->db, err) ||
        !db_migrate(made->db, embed_inbox_schema, err) || !strands_open(made->db, &made->strands, err) ||
        !open_epoch(made, options, now_ms, err)) {
        take_close(made);
        return false;
    }
    *take = made;
    return true;
}

void take_close(struct take *take)
{
    if (take == NULL) return;
    if (take->is_begun) db_rollback(take->db);
    strands_close(take->strands);
    db_close(take->db);
    versions_free(&take->versions);
    free(take->outcomes);
    free(take->scratch);
    epochs_free(&take->epochs);
    free(take);
}

void take_keys(struct take *take, const struct kiosk_keys *keys)
{
    take->keys = keys;
}

void take_feed_at(struct take *take, int64_t feed)
{
    take->epochs.feed = feed;
}

void take_runs(struct take *take, uint64_t run, const struct take_run *runs, size_t n)
{
    epochs_runs(&take->epochs, run, runs, n);
}

struct epoch take_server_epoch(const struct take *take)
{
    return take->epochs.committed;
}

bool take_must_reopen(const struct take *take)
{
    return db_must_reopen(take->db);
}

int64_t take_end(const struct take *take)
{
    return strands_end(take->strands);
}

struct take_counts take_counts_of(const struct take *take)
{
    return take->counts;
}

const struct err *take_trouble(const struct take *take)
{
    return &take->trouble;
}
