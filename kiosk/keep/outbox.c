/* outbox.c - keeps events until the server has them: kiosk/keep/outbox.h. Here: epochs and saving; batch.c says what goes
 * next, mark.c what the server has. */
#include "kiosk/keep/outbox.h"

#include <stdlib.h>

#include "kiosk/keep/entry.h"
#include "kiosk/keep/generation.h"
#include "kiosk/keep/identity.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/row.h"

struct generation *outbox_newest(const struct outbox *outbox)
{
    return &outbox->rows[outbox->count - 1];
}

struct generation *outbox_generation(const struct outbox *outbox, struct epoch epoch)
{
    for (size_t i = 0; i < outbox->count; i++)
        if (epoch_compare(outbox->rows[i].epoch, epoch) == 0) return &outbox->rows[i];
    return NULL;
}

struct mark outbox_first(const struct outbox *outbox, struct epoch epoch)
{
    return (struct mark){epoch, 0, chain_first(outbox->kiosk, epoch)};
}

void outbox_hash_bind(struct db_stmt *stmt, int n, const struct hash *hash)
{
    db_bind_blob(stmt, n, hash->bytes, sizeof hash->bytes);
}

bool outbox_finish(struct db *db, bool is_good, struct err *err)
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
    outbox_hash_bind(stmt, 3, &row->last);
    return db_run(stmt, err);
}

bool outbox_new_epoch(struct outbox *outbox, struct err *err)
{
    struct generation row = {.is_sure = true}; /* nothing is in it: nothing to ask */
    row.epoch.counter = outbox->count == 0 ? 1 : outbox_newest(outbox)->epoch.counter + 1;
    while (row.epoch.random == 0) chain_random(&row.epoch.random, sizeof row.epoch.random);
    row.acked = outbox_first(outbox, row.epoch);
    row.last = row.acked.hash;
    if (!epoch_insert(outbox, &row, err)) return false;
    row_add(outbox, row);
    return true;
}

/* What waits, counted anew; cheap, since it only walks the rows that wait. Gaps are nobody's entries. */
bool outbox_count(struct outbox *outbox, struct err *err)
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
        if (!row_hash(stmt, 3, &read.last, err) || !row_hash(stmt, 5, &read.acked.hash, err)) {
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
    if (!outbox_count(opened, err)) goto fail;
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

bool outbox_insert(struct outbox *outbox, const struct event *event, const struct hash *name, const struct buf *line,
                   struct err *err)
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
    outbox_hash_bind(stmt, 4, name);
    outbox_hash_bind(stmt, 5, &event->prev);
    db_bind_int(stmt, 6, event->wall_ms);
    db_bind_blob(stmt, 7, line->bytes, line->len);
    db_bind_int(stmt, 8, event->kind == EVENT_GAP);
    if (!db_step(stmt, &row, err)) return false;
    int64_t n = db_int(stmt, 0);
    db_reset(stmt);
    return entry_add(outbox->db, n, event, err);
}

bool outbox_last_update(struct outbox *outbox, const struct event *event, const struct hash *name, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(outbox->db, SQL("UPDATE epoch SET last_seq = $1, last_name = $2 WHERE counter = $3"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, event->seq);
    outbox_hash_bind(stmt, 2, name);
    db_bind_int(stmt, 3, event->epoch.counter);
    return db_run(stmt, err);
}

/* All in one transaction: bytes, number, what look-ups need, the last known time. */
static bool save_commit(struct outbox *outbox, const struct event *event, const struct hash *name,
                        const struct buf *line, struct err *err)
{
#ifdef PLANT_SEQ_APART /* the number is taken in a transaction of its own */
    if (!outbox_last_update(outbox, event, name, err)) return false;
#endif
    if (!db_begin(outbox->db, err)) return false;
    return outbox_finish(outbox->db,
                         outbox_insert(outbox, event, name, line, err) &&
                             outbox_last_update(outbox, event, name, err) &&
                             place_write_floor(outbox->db, event->wall_ms, err),
                         err);
}

bool outbox_save(struct outbox *outbox, struct event *event, struct hash *name, struct err *err)
{
    struct generation *row = outbox_newest(outbox);
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

/* ---------------------------------------------------------------------------------------------------- asking */

uint64_t outbox_kiosk(const struct outbox *outbox)
{
    return outbox->kiosk;
}

struct epoch outbox_epoch(const struct outbox *outbox)
{
    return outbox_newest(outbox)->epoch;
}

struct mark outbox_acked(const struct outbox *outbox)
{
    return outbox_newest(outbox)->acked;
}

struct mark outbox_last(const struct outbox *outbox, struct epoch epoch)
{
    const struct generation *row = outbox_generation(outbox, epoch);
    return row == NULL ? outbox_first(outbox, epoch) : (struct mark){epoch, row->last_seq, row->last};
}

int64_t outbox_waiting(const struct outbox *outbox, int64_t *oldest_wall_ms)
{
    *oldest_wall_ms = outbox->oldest_wall_ms;
    return outbox->waiting;
}
