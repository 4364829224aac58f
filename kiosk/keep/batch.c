/* batch.c - what goes to the server next: the part of kiosk/keep/outbox.h that reads events back. Gaps are made here,
 * where rows turn out to be lost. */
#include <string.h>

#include "kiosk/keep/generation.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/row.h"

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
    return row_hash(stmt, 2, &kept->name, err) && row_hash(stmt, 3, &kept->prev, err);
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
        is_made = outbox_insert(outbox, &gap, &name, &line, err);
    }
    buf_free(&line);
    /* With nothing kept behind it no event could be tied to what comes next. */
    return is_made && (!hash_is_zero(next) || row != outbox_newest(outbox) || outbox_new_epoch(outbox, err));
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

bool outbox_has_work(const struct outbox *outbox)
{
    return next_of(outbox) != NULL;
}

#ifdef PLANT_ID_AT_SEND
/* The event of the list's row under its new place. */
static bool renumber_one(struct outbox *outbox, struct generation *to, struct db_stmt *list, struct db_stmt *put,
                         struct err *err)
{
    struct event event;
    struct buf   line = {0};
    size_t       len;
    int64_t      n = db_int(list, 0);
    const char  *bytes = db_blob(list, 1, &len);
    if (!event_read(bytes, len, &event, err)) return false;
    db_reset(list);
    event.epoch = to->epoch;
    event.seq = to->last_seq + 1;
    event.prev = to->last;
    if (!event_write(&event, &line, err)) return false;
    struct hash name = event_name(line.bytes, line.len);
    db_bind_int(put, 1, to->epoch.counter);
    db_bind_int(put, 2, event.seq);
    outbox_hash_bind(put, 3, &name);
    outbox_hash_bind(put, 4, &event.prev);
    db_bind_blob(put, 5, line.bytes, line.len);
    db_bind_int(put, 6, n);
    bool is_done = db_run(put, err) && outbox_last_update(outbox, &event, &name, err);
    buf_free(&line);
    to->last_seq = event.seq;
    to->last = name;
    return is_done;
}

/* Moves what waits into an epoch made now, as if the events had got their place only when they were sent. */
static bool renumber(struct outbox *outbox, struct generation *row, struct err *err)
{
    struct db_stmt *list, *put;
    uint32_t        from = row->epoch.counter;
    int64_t         acked = row->acked.seq;
    bool            is_there;
    if (!outbox_new_epoch(outbox, err)) return false;
    struct generation *to = outbox_newest(outbox);
    if (!db_prepare(
            outbox->db, SQL("SELECT n, line FROM event WHERE counter = $1 AND seq > $2 ORDER BY seq"), &list, err) ||
            !db_prepare(outbox->db,
                        SQL("UPDATE event SET counter = $1, seq = $2, upto = $2, name = $3, prev = $4, line = $5"
                        " WHERE n = $6"),
                            &put, err))
        return false;
    for (;;) {
        db_bind_int(list, 1, from);
        db_bind_int(list, 2, acked);
        if (!db_step(list, &is_there, err)) return false;
        if (!is_there) break;
        if (!renumber_one(outbox, to, list, put, err)) return false;
    }
    row = outbox_generation(outbox, (struct epoch){from, outbox->rows[outbox->count - 2].epoch.random});
    row->last_seq = acked;
    row->last = row->acked.hash;
    return true;
}
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
    struct generation *row = outbox_generation(outbox, epoch);
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

/* ---- The line of words in front of a batch */

/* What was seen of one life of the server says nothing to another: taken for its own, it would prove that life set back. */
void outbox_words(uint64_t kiosk_number, const struct place *place, const struct outbox_batch *batch, int64_t wall_ms,
                  struct buf *body)
{
    char kiosk[ID_TEXT], epoch[EPOCH_TEXT], prev[HASH_TEXT], server[EPOCH_TEXT], acked[HASH_TEXT], run[ID_TEXT];
    bool is_of_it = epoch_compare(place->seen.server, place->dealt) == 0;
    id_write(kiosk_number, kiosk);
    epoch_write(batch->epoch, epoch);
    hash_write(&batch->prev, prev);
    epoch_write(place->dealt, server);
    hash_write(&batch->acked.hash, acked);
    id_write(is_of_it ? place->seen.run : 0, run);
    buf_fmt(body, "events 1 %s %s %lld %lld %s %s %lld %s %s %lld %lld\n", kiosk, epoch, (long long)batch->first,
            (long long)batch->count, prev, server, (long long)batch->acked.seq, acked, run,
            (long long)(is_of_it ? place->seen.feed : 0), (long long)wall_ms);
}
