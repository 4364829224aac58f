/* outbox.c - keeps events until the server has them: kiosk/keep/outbox.h.
 *
 * Memory holds a row for each epoch and is changed only after the transaction that says the same was committed. */
#include "kiosk/keep/outbox.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/keep/entry.h"
#include "kiosk/keep/identity.h"
#include "kiosk/keep/place.h"

enum { HOUR_MS = 3600000, PRUNE_ROWS = 200 };
#define KEEP_MS (INT64_C(35) * 24 * HOUR_MS)

struct generation {
    struct epoch epoch;
    int64_t      last_seq;
    struct hash  last; /* of event last_seq; the chain's first hash while there is none */
    struct mark  acked;
    bool         is_sure;
};

struct outbox {
    struct db         *db;
    uint64_t           kiosk;
    size_t             count; /* at least 1 */
    struct generation *rows;  /* by counter: the oldest first */
    int64_t            waiting, oldest_wall_ms;
    int64_t            now_ms;
};

static struct generation *newest(const struct outbox *outbox)
{
    return &outbox->rows[outbox->count - 1];
}

static struct generation *generation_of(const struct outbox *outbox, struct epoch epoch)
{
    for (size_t i = 0; i < outbox->count; i++)
        if (epoch_compare(outbox->rows[i].epoch, epoch) == 0) return &outbox->rows[i];
    return NULL;
}

static struct mark mark_first(const struct outbox *outbox, struct epoch epoch)
{
    return (struct mark){epoch, 0, chain_first(outbox->kiosk, epoch)};
}

/* A hash of a row; what is no hash there is damage. */
static bool hash_column(struct db_stmt *stmt, int column, struct hash *hash, struct err *err)
{
    size_t      len;
    const void *bytes = db_blob(stmt, column, &len);
    if (len != sizeof hash->bytes) return err_set(err, ERR_DAMAGED, SAY("outbox.damaged"));
    memcpy(hash->bytes, bytes, sizeof hash->bytes);
    return true;
}

static void hash_bind(struct db_stmt *stmt, int n, const struct hash *hash)
{
    db_bind_blob(stmt, n, hash->bytes, sizeof hash->bytes);
}

/* Ends a transaction as *is_good says; true where it was committed. */
static bool finish(struct db *db, bool is_good, struct err *err)
{
    if (is_good && db_commit(db, err)) return true;
    db_rollback(db);
    return false;
}

/* ---------------------------------------------------------------------------------------------------- epochs */

static struct generation *row_add(struct outbox *outbox, struct generation row)
{
    struct generation *rows = realloc(outbox->rows, (outbox->count + 1) * sizeof *rows);
    if (rows == NULL) abort();
    outbox->rows = rows;
    rows[outbox->count] = row;
    return &rows[outbox->count++];
}

static bool epoch_insert(struct outbox *outbox, const struct generation *row, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(outbox->db, SQL("INSERT INTO epoch (counter, random, last_seq, last_name, acked_seq, acked_name)"
                        " VALUES ($1, $2, 0, $3, 0, $3)"),
                                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->epoch.counter);
    db_bind_int(stmt, 2, (int64_t)row->epoch.random);
    hash_bind(stmt, 3, &row->last);
    return db_run(stmt, err);
}

bool outbox_new_epoch(struct outbox *outbox, struct err *err)
{
    struct generation row = {.is_sure = true}; /* nothing is in it: nothing to ask */
    row.epoch.counter = outbox->count == 0 ? 1 : newest(outbox)->epoch.counter + 1;
    while (row.epoch.random == 0) chain_random(&row.epoch.random, sizeof row.epoch.random);
    row.acked = mark_first(outbox, row.epoch);
    row.last = row.acked.hash;
    if (!epoch_insert(outbox, &row, err)) return false;
    row_add(outbox, row);
    return true;
}

/* What waits, counted anew; cheap, since it only walks the rows that wait. Gaps are nobody's entries. */
static bool waiting_count(struct outbox *outbox, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(outbox->db, SQL("SELECT count(*), coalesce(min(e.wall_ms), 0)"
                        " FROM epoch p JOIN event e ON e.counter = p.counter AND e.seq > p.acked_seq"
                        " WHERE p.acked_seq < p.last_seq AND e.is_gap = 0"),
                                    &stmt, err) ||
                    !db_step(stmt, &row, err))
        return false;
    outbox->waiting = db_int(stmt, 0);
    outbox->oldest_wall_ms = db_int(stmt, 1);
    db_reset(stmt);
    return true;
}

static bool epochs_read(struct outbox *outbox, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            outbox->db,
            SQL("SELECT counter, random, last_seq, last_name, acked_seq, acked_name FROM epoch ORDER BY counter"),
                &stmt, err))
        return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        struct generation read = {
            .epoch = {(uint32_t)db_int(stmt, 0), (uint64_t)db_int(stmt, 1)},
              .last_seq = db_int(stmt, 2)
        };
        read.acked = (struct mark){.epoch = read.epoch, .seq = db_int(stmt, 4)};
        read.is_sure = read.last_seq == 0;
        if (!hash_column(stmt, 3, &read.last, err) || !hash_column(stmt, 5, &read.acked.hash, err)) {
            db_reset(stmt);
            return false;
        }
        row_add(outbox, read);
    }
    return true;
}

bool outbox_open(struct db *db, struct outbox **outbox, struct err *err)
{
    struct outbox *opened = calloc(1, sizeof *opened);
    if (opened == NULL) abort();
    opened->db = db;
    if (!identity_open(db, &opened->kiosk, err) || !epochs_read(opened, err)) goto fail;
    if (opened->count == 0 && !outbox_new_epoch(opened, err)) goto fail;
    if (!waiting_count(opened, err)) goto fail;
    *outbox = opened;
    return true;
fail:
    outbox_close(opened);
    return false;
}

void outbox_close(struct outbox *outbox)
{
    if (outbox == NULL) return;
    free(outbox->rows);
    free(outbox);
}

/* ---------------------------------------------------------------------------------------------------- saving */

static bool event_insert(struct outbox *outbox, const struct event *event, const struct hash *name,
                         const struct buf *line, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(outbox->db, SQL("INSERT INTO event (counter, seq, upto, name, prev, wall_ms, line, is_gap)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING n"),
                                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, event->epoch.counter);
    db_bind_int(stmt, 2, event->seq);
    db_bind_int(stmt, 3, event->kind == EVENT_GAP ? event->gap_to : event->seq);
    hash_bind(stmt, 4, name);
    hash_bind(stmt, 5, &event->prev);
    db_bind_int(stmt, 6, event->wall_ms);
    db_bind_blob(stmt, 7, line->bytes, line->len);
    db_bind_int(stmt, 8, event->kind == EVENT_GAP);
    if (!db_step(stmt, &row, err)) return false;
    int64_t n = db_int(stmt, 0);
    db_reset(stmt);
    return entry_add(outbox->db, n, event, err);
}

static bool last_update(struct outbox *outbox, const struct event *event, const struct hash *name, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(outbox->db, SQL("UPDATE epoch SET last_seq = $1, last_name = $2 WHERE counter = $3"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, event->seq);
    hash_bind(stmt, 2, name);
    db_bind_int(stmt, 3, event->epoch.counter);
    return db_run(stmt, err);
}

/* All in one transaction: bytes, number, what look-ups need, the last known time. */
static bool save_commit(struct outbox *outbox, const struct event *event, const struct hash *name,
                        const struct buf *line, struct err *err)
{
#ifdef PLANT_SEQ_APART /* the number is taken in a transaction of its own */
    if (!last_update(outbox, event, name, err)) return false;
#endif
    if (!db_begin(outbox->db, err)) return false;
    return finish(outbox->db,
                  event_insert(outbox, event, name, line, err) && last_update(outbox, event, name, err) &&
                      place_write_floor(outbox->db, event->wall_ms, err),
                  err);
}

bool outbox_save(struct outbox *outbox, struct event *event, struct hash *name, struct err *err)
{
    struct generation *row = newest(outbox);
    struct place       place;
    struct buf         line = {0};
    struct event       made = *event;
    if (!place_read(outbox->db, &place, err)) return false;
    made.v = EVENT_VERSION;
    made.kiosk = outbox->kiosk;
    made.epoch = row->epoch;
    made.seq = row->last_seq + 1;
    made.prev = row->last;
    made.seen = place.seen;
    bool is_saved = event_write(&made, &line, err);
    if (is_saved) {
        struct hash made_name = event_name(line.bytes, line.len);
        is_saved = save_commit(outbox, &made, &made_name, &line, err);
        if (is_saved) {
            row->last_seq = made.seq;
            row->last = *name = made_name;
            *event = made;
            if (outbox->waiting++ == 0) outbox->oldest_wall_ms = made.wall_ms;
        }
    }
    buf_free(&line);
    return is_saved;
}

/* ---------------------------------------------------------------------------------------------------- batches */

/* A kept event as a batch needs it; line lives until the statement goes on. */
struct kept {
    int64_t     seq;
    bool        is_gap;
    struct hash name, prev;
    const char *line;
    size_t      len;
};

#define KEPT_COLUMNS "seq, is_gap, name, prev, line"

static bool kept_read(struct db_stmt *stmt, struct kept *kept, struct err *err)
{
    kept->seq = db_int(stmt, 0);
    kept->is_gap = db_int(stmt, 1) != 0;
    kept->line = db_blob(stmt, 4, &kept->len);
    return hash_column(stmt, 2, &kept->name, err) && hash_column(stmt, 3, &kept->prev, err);
}

static void batch_add(struct outbox_batch *batch, const struct kept *kept)
{
    if (batch->count++ == 0) {
        batch->first = kept->seq;
        batch->prev = kept->prev;
    }
    buf_add(&batch->lines, kept->line, kept->len);
    buf_char(&batch->lines, '\n');
}

/* Rows behind the mark in order, up to the first hole or gap; *missing_to: where the very first number isn't kept, the
 * last of those that aren't (0: none is missing), and in *next the name of the event behind them (zero: none). */
static bool batch_fill(struct outbox *outbox, const struct generation *row, int most, struct outbox_batch *batch,
                       int64_t *missing_to, struct hash *next, struct err *err)
{
    struct db_stmt *stmt;
    struct kept     kept;
    bool            is_there;
    int64_t         expected = row->acked.seq + 1;
    if (!db_prepare(outbox->db,
                    SQL("SELECT " KEPT_COLUMNS " FROM event WHERE counter = $1 AND seq > $2 ORDER BY seq LIMIT $3"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->epoch.counter);
    db_bind_int(stmt, 2, row->acked.seq);
    db_bind_int(stmt, 3, most);
    *missing_to = 0;
    for (;;) {
        if (!db_step(stmt, &is_there, err)) return false;
        if (!is_there) break;
        bool is_read = kept_read(stmt, &kept, err);
        bool is_gap = is_read && kept.is_gap;
        if (is_read && batch->count == 0 && kept.seq > expected) {
            *missing_to = kept.seq - 1;
            *next = kept.name;
        }
        bool is_next = is_read && kept.seq == expected && (!is_gap || batch->count == 0) &&
                       batch->lines.len + kept.len < OUTBOX_BATCH_BYTES;
        if (is_next) batch_add(batch, &kept);
        expected++;
        if (is_next && !is_gap) continue;
        db_reset(stmt);
        return is_read;
    }
    if (batch->count == 0) { /* the epoch says that there are more, and none is kept */
        *missing_to = row->last_seq;
        memset(next, 0, sizeof *next);
    }
    return true;
}

/* Signed for like any event: which numbers are lost, and what follows them. Made once and kept, so that it is sent in
 * the same bytes each time. */
static bool gap_make(struct outbox *outbox, const struct generation *row, int64_t to, const struct hash *next,
                     struct err *err)
{
    struct event gap = {.v = EVENT_VERSION,
                        .kiosk = outbox->kiosk,
                        .epoch = row->epoch,
                        .seq = row->acked.seq + 1,
                        .prev = row->acked.hash,
                        .kind = EVENT_GAP,
                        .wall_ms = outbox->now_ms,
                        .gap_to = to,
                        .gap_next = *next};
    struct buf   line = {0};
    bool         is_made = event_write(&gap, &line, err);
    if (is_made) {
        struct hash name = event_name(line.bytes, line.len);
        is_made = event_insert(outbox, &gap, &name, &line, err);
    }
    buf_free(&line);
    /* With nothing kept behind it no event could be tied to what comes next. */
    return is_made && (!hash_is_zero(next) || row != newest(outbox) || outbox_new_epoch(outbox, err));
}

static struct outbox_batch batch_of(const struct generation *row)
{
    return (struct outbox_batch){
        .is_set = true, .epoch = row->epoch, .first = row->last_seq + 1, .prev = row->last, .acked = row->acked};
}

/* The oldest epoch that isn't sure or has events behind its mark; NULL: all is said and sent. */
static struct generation *next_of(const struct outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++)
        if (!outbox->rows[i].is_sure || outbox->rows[i].acked.seq < outbox->rows[i].last_seq) return &outbox->rows[i];
    return NULL;
}

#ifdef PLANT_ID_AT_SEND
static bool renumber(struct outbox *outbox, struct generation *row, struct err *err);
#endif

bool outbox_batch(struct outbox *outbox, int most, struct outbox_batch *batch, struct err *err)
{
    struct generation *row = next_of(outbox);
    int64_t            missing_to = 0;
    struct hash        next = {{0}};
    *batch = (struct outbox_batch){0};
    if (row == NULL) return true;
#ifdef PLANT_ID_AT_SEND /* epoch and numbers are given anew at each sending */
    if (row->is_sure && !renumber(outbox, row, err)) return false;
    row = next_of(outbox);
#endif
    struct outbox_batch made = batch_of(row);
    size_t              at = (size_t)(row - outbox->rows);
    bool                is_made = !row->is_sure || batch_fill(outbox, row, most, &made, &missing_to, &next, err);
    if (is_made && missing_to > 0) {
        buf_free(&made.lines);
        made = batch_of(row);
        is_made = gap_make(outbox, row, missing_to, &next, err) &&
                  batch_fill(outbox, &outbox->rows[at], most, &made, &missing_to, &next, err);
    }
    if (is_made)
        *batch = made;
    else
        buf_free(&made.lines);
    return is_made;
}

bool outbox_probe(struct outbox *outbox, struct epoch epoch, int64_t seq, struct outbox_batch *batch, bool *is_lowest,
                  struct err *err)
{
    struct generation *row = generation_of(outbox, epoch);
    struct db_stmt    *stmt;
    struct kept        kept;
    bool               is_there;
    *batch = (struct outbox_batch){0};
    if (row == NULL) return err_set(err, ERR_ABSENT, SAY("outbox.damaged"));
    if (!db_prepare(outbox->db,
                    SQL("SELECT " KEPT_COLUMNS ", (SELECT min(seq) FROM event WHERE counter = $1) FROM event"
                        " WHERE counter = $1 AND (seq <= $2 OR seq = (SELECT min(seq) FROM event WHERE counter = $1))"
                        " ORDER BY seq DESC LIMIT 1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, epoch.counter);
    db_bind_int(stmt, 2, seq);
    if (!db_step(stmt, &is_there, err)) return false;
    *is_lowest = true;
    if (!is_there) return true;
    bool is_read = kept_read(stmt, &kept, err);
    if (is_read) {
        *batch = batch_of(row);
        batch_add(batch, &kept);
        *is_lowest = kept.seq == db_int(stmt, 5);
    }
    db_reset(stmt);
    return is_read;
}

/* ---------------------------------------------------------------------------------------------------- marks */

enum meeting { MEETING_SHARED, MEETING_PARTED, MEETING_LOST /* neither that event nor any before it is kept */ };

/* What the own history says of a mark; *upto: where it reaches (a gap's last number). An event that is gone still has
 * its hash in the one behind it. Where it is gone, but one before it is kept, the server may never have had that one:
 * parted, until a question finds what both share. */
static bool mark_meet(struct outbox *outbox, const struct generation *row, const struct mark *mark,
                      enum meeting *meeting, int64_t *upto, struct err *err)
{
    struct db_stmt *stmt;
    bool            is_there, is_known = mark->seq == 0 || mark->seq >= row->last_seq;
    struct hash     first = chain_first(outbox->kiosk, row->epoch);
    bool            is_shared = (mark->seq == 0 && hash_equal(&mark->hash, &first)) ||
                     (mark->seq == row->last_seq && hash_equal(&mark->hash, &row->last));
    *upto = mark->seq;
    if (!db_prepare(outbox->db,
                    SQL("SELECT upto, CASE WHEN name = $3 THEN 1 ELSE 0 END FROM event"
                        " WHERE counter = $1 AND (seq = $2 OR upto = $2)"
                        " UNION ALL SELECT seq - 1, CASE WHEN prev = $3 THEN 1 ELSE 0 END FROM event"
                        " WHERE counter = $1 AND seq = $2 + 1"
                        " UNION ALL SELECT * FROM (SELECT seq, 0 FROM event WHERE counter = $1 AND seq < $2 LIMIT 1)"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->epoch.counter);
    db_bind_int(stmt, 2, mark->seq);
    hash_bind(stmt, 3, &mark->hash);
    for (;;) {
        if (!db_step(stmt, &is_there, err)) return false;
        if (!is_there) break;
        is_known = true;
        if (db_int(stmt, 1) == 0) continue;
        is_shared = true;
        if (db_int(stmt, 0) > *upto) *upto = db_int(stmt, 0);
    }
    *meeting = is_shared ? MEETING_SHARED : is_known ? MEETING_PARTED : MEETING_LOST;
    return true;
}

/* By the hour: when the server first had what, at the latest. */
static bool hour_write(struct outbox *outbox, const struct mark *mark, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(outbox->db, SQL("INSERT INTO acked (counter, hour, seq) VALUES ($1, $2, $3)"
                        " ON CONFLICT (counter, hour) DO UPDATE SET seq = excluded.seq"),
                                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, mark->epoch.counter);
    db_bind_int(stmt, 2, outbox->now_ms / HOUR_MS);
    db_bind_int(stmt, 3, mark->seq);
    return db_run(stmt, err);
}

static bool acked_write(struct outbox *outbox, const struct mark *mark, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(outbox->db, SQL("UPDATE epoch SET acked_seq = $1, acked_name = $2 WHERE counter = $3"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, mark->seq);
    hash_bind(stmt, 2, &mark->hash);
    db_bind_int(stmt, 3, mark->epoch.counter);
    return db_run(stmt, err) && hour_write(outbox, mark, err);
}

/* The mark is the server's word now. */
static bool acked_move(struct outbox *outbox, struct generation *row, const struct mark *mark, struct err *err)
{
    if (mark->seq != row->acked.seq || !hash_equal(&mark->hash, &row->acked.hash)) {
        if (!db_begin(outbox->db, err) || !finish(outbox->db, acked_write(outbox, mark, err), err)) return false;
        row->acked = *mark;
    }
    row->is_sure = true;
    return waiting_count(outbox, err);
}

bool outbox_acknowledge(struct outbox *outbox, const struct mark *mark, bool *is_shared, struct err *err)
{
    struct generation *row = generation_of(outbox, mark->epoch);
    struct mark        reached = *mark;
    enum meeting       meeting = MEETING_PARTED;
    if (row != NULL && !mark_meet(outbox, row, mark, &meeting, &reached.seq, err)) return false;
    if (meeting == MEETING_SHARED) {
        /* Less than is acknowledged already says nothing new. */
        if (reached.seq < row->acked.seq) reached = row->acked;
        if (!acked_move(outbox, row, &reached, err)) return false;
    }
    *is_shared = meeting == MEETING_SHARED;
    return true;
}

bool outbox_back(struct outbox *outbox, const struct mark *mark, bool *is_shared, struct err *err)
{
    struct generation *row = generation_of(outbox, mark->epoch);
    struct mark        reached = *mark;
    enum meeting       meeting = MEETING_PARTED;
    if (row != NULL && !mark_meet(outbox, row, mark, &meeting, &reached.seq, err)) return false;
    if (meeting != MEETING_PARTED) {
#ifdef PLANT_TRUST_SENT /* what was acknowledged once is never sent again */
        if (reached.seq < row->acked.seq) reached = row->acked;
#endif
        bool is_less = reached.seq < row->acked.seq;
        if (!acked_move(outbox, row, &reached, err)) return false;
        if (is_less) outbox_doubt(outbox);
        row->is_sure = true;
    }
    *is_shared = meeting != MEETING_PARTED;
    return true;
}

bool outbox_restart(struct outbox *outbox, struct epoch epoch, struct err *err)
{
    bool        is_shared;
    struct mark mark = mark_first(outbox, epoch);
    return outbox_back(outbox, &mark, &is_shared, err);
}

static bool forget_write(struct outbox *outbox, struct epoch server, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(outbox->db, SQL("UPDATE epoch SET acked_seq = 0, acked_name = $1 WHERE counter = $2"), &stmt, err))
        return false;
    for (size_t i = 0; i < outbox->count; i++) {
        struct mark first = mark_first(outbox, outbox->rows[i].epoch);
        hash_bind(stmt, 1, &first.hash);
        db_bind_int(stmt, 2, first.epoch.counter);
        if (!db_run(stmt, err)) return false;
    }
    return place_write_dealt(outbox->db, server, err);
}

bool outbox_forget(struct outbox *outbox, struct epoch server, struct err *err)
{
#ifdef PLANT_TRUST_SENT
    return place_write_dealt(outbox->db, server, err);
#endif
    if (!db_begin(outbox->db, err) || !finish(outbox->db, forget_write(outbox, server, err), err)) return false;
    for (size_t i = 0; i < outbox->count; i++) {
        struct generation *row = &outbox->rows[i];
        row->acked = mark_first(outbox, row->epoch);
        row->is_sure = row->last_seq == 0;
    }
    return waiting_count(outbox, err);
}

void outbox_doubt(struct outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++) outbox->rows[i].is_sure = outbox->rows[i].last_seq == 0;
}

/* ---------------------------------------------------------------------------------------------------- pruning */

/* The oldest hour that is past; *row: there is one. */
static bool hour_next(struct outbox *outbox, int64_t now_ms, int64_t *counter, int64_t *hour, int64_t *seq, bool *row,
                      struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(outbox->db,
                    SQL("SELECT a.counter, a.hour, CASE WHEN a.seq < e.acked_seq THEN a.seq ELSE e.acked_seq END"
                        " FROM acked a JOIN epoch e ON e.counter = a.counter"
                        " WHERE a.hour < $1 ORDER BY a.counter, a.hour LIMIT 1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, (now_ms - KEEP_MS) / HOUR_MS);
    if (!db_step(stmt, row, err)) return false;
    if (!*row) return true;
    *counter = db_int(stmt, 0);
    *hour = db_int(stmt, 1);
    *seq = db_int(stmt, 2);
    db_reset(stmt);
    return true;
}

bool outbox_prune(struct outbox *outbox, int64_t now_ms, bool *is_done, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         counter, hour, seq;
    bool            row;
    if (!hour_next(outbox, now_ms, &counter, &hour, &seq, &row, err)) return false;
    *is_done = !row;
    if (!row) return true;
    if (!db_prepare(outbox->db,
                    SQL("DELETE FROM event WHERE n IN"
                        " (SELECT n FROM event WHERE counter = $1 AND seq <= $2 AND upto <= $2 ORDER BY seq LIMIT $3)"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, counter);
    db_bind_int(stmt, 2, seq);
    db_bind_int(stmt, 3, PRUNE_ROWS);
    if (!db_run(stmt, err)) return false;
    if (db_changes(outbox->db) > 0) return true;
    if (!db_prepare(outbox->db, SQL("DELETE FROM acked WHERE counter = $1 AND hour = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, counter);
    db_bind_int(stmt, 2, hour);
    return db_run(stmt, err);
}

void outbox_now(struct outbox *outbox, int64_t now_ms)
{
    outbox->now_ms = now_ms;
}

/* ---------------------------------------------------------------------------------------------------- asking */

uint64_t outbox_kiosk(const struct outbox *outbox)
{
    return outbox->kiosk;
}

struct epoch outbox_epoch(const struct outbox *outbox)
{
    return newest(outbox)->epoch;
}

struct mark outbox_acked(const struct outbox *outbox)
{
    return newest(outbox)->acked;
}

struct mark outbox_last(const struct outbox *outbox, struct epoch epoch)
{
    const struct generation *row = generation_of(outbox, epoch);
    return row == NULL ? mark_first(outbox, epoch) : (struct mark){epoch, row->last_seq, row->last};
}

bool outbox_has_work(const struct outbox *outbox)
{
    return next_of(outbox) != NULL;
}

int64_t outbox_waiting(const struct outbox *outbox, int64_t *oldest_wall_ms)
{
    *oldest_wall_ms = outbox->oldest_wall_ms;
    return outbox->waiting;
}

#ifdef PLANT_ID_AT_SEND
/* Moves what waits into an epoch made now, as if the events had got their place only when they were sent. */
static bool renumber(struct outbox *outbox, struct generation *row, struct err *err)
{
    struct db_stmt *list, *put;
    uint32_t        from = row->epoch.counter;
    int64_t         acked = row->acked.seq;
    bool            is_there;
    if (!outbox_new_epoch(outbox, err)) return false;
    struct generation *to = newest(outbox);
    if (!db_prepare(
            outbox->db, SQL("SELECT n, line FROM event WHERE counter = $1 AND seq > $2 ORDER BY seq"), &list, err) ||
            !db_prepare(outbox->db,
                        SQL("UPDATE event SET counter = $1, seq = $2, upto = $2, name = $3, prev = $4, line = $5"
                        " WHERE n = $6"),
                            &put, err))
        return false;
    for (;;) {
        struct event event;
        struct buf   line = {0};
        size_t       len;
        db_bind_int(list, 1, from);
        db_bind_int(list, 2, acked);
        if (!db_step(list, &is_there, err)) return false;
        if (!is_there) break;
        int64_t     n = db_int(list, 0);
        const char *bytes = db_blob(list, 1, &len);
        if (!event_read(bytes, len, &event, err)) return false;
        db_reset(list);
        event.epoch = to->epoch;
        event.seq = to->last_seq + 1;
        event.prev = to->last;
        if (!event_write(&event, &line, err)) return false;
        struct hash name = event_name(line.bytes, line.len);
        db_bind_int(put, 1, to->epoch.counter);
        db_bind_int(put, 2, event.seq);
        hash_bind(put, 3, &name);
        hash_bind(put, 4, &event.prev);
        db_bind_blob(put, 5, line.bytes, line.len);
        db_bind_int(put, 6, n);
        if (!db_run(put, err) || !last_update(outbox, &event, &name, err)) return false;
        buf_free(&line);
        to->last_seq = event.seq;
        to->last = name;
    }
    row = generation_of(outbox, (struct epoch){from, outbox->rows[outbox->count - 2].epoch.random});
    row->last_seq = acked;
    row->last = row->acked.hash;
    return true;
}
#endif
