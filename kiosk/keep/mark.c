/* mark.c - what the server has, by its own word: the part of kiosk/keep/outbox.h that moves marks, and lets events go
 * that it has had for long enough. */
#include "kiosk/keep/generation.h"
#include "kiosk/keep/place.h"

enum { HOUR_MS = 3600000, PRUNE_ROWS = 200 };
#define KEEP_MS (INT64_C(35) * 24 * HOUR_MS)

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
    outbox_hash_bind(stmt, 3, &mark->hash);
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
    outbox_hash_bind(stmt, 2, &mark->hash);
    db_bind_int(stmt, 3, mark->epoch.counter);
    return db_run(stmt, err) && hour_write(outbox, mark, err);
}

/* The mark is the server's word now. */
static bool acked_move(struct outbox *outbox, struct generation *row, const struct mark *mark, struct err *err)
{
    if (mark->seq != row->acked.seq || !hash_equal(&mark->hash, &row->acked.hash)) {
        if (!db_begin(outbox->db, err) || !outbox_finish(outbox->db, acked_write(outbox, mark, err), err)) return false;
        row->acked = *mark;
    }
    row->is_sure = true;
    return outbox_count(outbox, err);
}

bool outbox_acknowledge(struct outbox *outbox, const struct mark *mark, bool *is_shared, struct err *err)
{
    struct generation *row = outbox_generation(outbox, mark->epoch);
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
    struct generation *row = outbox_generation(outbox, mark->epoch);
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
    struct mark mark = outbox_first(outbox, epoch);
    return outbox_back(outbox, &mark, &is_shared, err);
}

static bool forget_write(struct outbox *outbox, struct epoch server, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(outbox->db, SQL("UPDATE epoch SET acked_seq = 0, acked_name = $1 WHERE counter = $2"), &stmt, err))
        return false;
    for (size_t i = 0; i < outbox->count; i++) {
        struct mark first = outbox_first(outbox, outbox->rows[i].epoch);
        outbox_hash_bind(stmt, 1, &first.hash);
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
    if (!db_begin(outbox->db, err) || !outbox_finish(outbox->db, forget_write(outbox, server, err), err)) return false;
    for (size_t i = 0; i < outbox->count; i++) {
        struct generation *row = &outbox->rows[i];
        row->acked = outbox_first(outbox, row->epoch);
        row->is_sure = row->last_seq == 0;
    }
    return outbox_count(outbox, err);
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
    int64_t         counter = 0, hour = 0, seq = 0;
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

#if defined PLANT_DROP_ON_4XX || defined PLANT_DROP_ON_401
/* Throws away what waits. */
bool                                     outbox_drop(struct outbox *outbox, struct epoch epoch, struct err *err)
{
    struct generation *row = outbox_generation(outbox, epoch);
    struct db_stmt    *stmt;
    if (!db_prepare(outbox->db, SQL("DELETE FROM event WHERE counter = $1 AND seq > $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, epoch.counter);
    db_bind_int(stmt, 2, row->acked.seq);
    return db_run(stmt, err) && outbox_count(outbox, err);
}
#endif
