/* proof.c - do the sums of a period agree: server/books/proof.h. */
#include "server/books/proof.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Up to `count` sums of one row into numbers. */
static bool sums_read(struct db *db, const char *sql, int32_t to_day, int64_t *numbers, int count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, sql, &stmt, err)) return false;
    db_bind_int(stmt, 1, to_day);
    if (!db_step(stmt, &row, err)) return false;
    for (int i = 0; row && i < count; i++) numbers[i] = db_int(stmt, i);
    db_reset(stmt);
    return true;
}

bool proof_of(struct db *db, int32_t to_day, struct proof *proof, struct err *err)
{
    int64_t lines[2] = {0}, slips[6] = {0}, items[1] = {0}, due[1] = {0}, paid[1] = {0}, after[1] = {0}, late[1] = {0};
    if (!sums_read(
            db, SQL("SELECT COUNT(*), CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM pay_line WHERE period = $1"), to_day,
                    lines, 2, err) ||
            !sums_read(
                db, SQL("SELECT COUNT(*), CAST(COALESCE(SUM(piece_fen + time_fen + late_fen), 0) AS BIGINT),"
                           " CAST(COALESCE(SUM(bonus_fen - fine_fen - loss_fen - advance_fen), 0) AS BIGINT),"
                           " CAST(COALESCE(SUM(net_fen), 0) AS BIGINT), CAST(COALESCE(SUM(brought_fen), 0) AS BIGINT),"
                           " CAST(COALESCE(SUM(owed_fen), 0) AS BIGINT) FROM slip WHERE period = $1"),
                        to_day, slips, 6, err) ||
                !sums_read(
                    db, SQL("SELECT CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM pay_item WHERE period = $1"), to_day,
                            items, 1, err) ||
                    !sums_read(
                        db, SQL("SELECT CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM day_sum WHERE day <= $1"), to_day,
                                due, 1, err) ||
                        !sums_read(
                            db, SQL("SELECT CAST(COALESCE(SUM(piece_fen + time_fen + late_fen), 0) AS BIGINT) FROM slip"
                           " WHERE period <= $1"),
                                    to_day, paid, 1, err) ||
                            !sums_read(
                                db,
                                SQL("SELECT CAST(COALESCE(SUM(l.fen), 0) AS BIGINT) FROM late AS l LEFT JOIN fact AS f"
                           " ON f.name = l.name WHERE l.worker != 0 AND (f.day IS NULL OR f.day <= $1)"),
                                    to_day, late, 1, err) ||
                                !sums_read(db, SQL("SELECT CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM pay_line WHERE period > $1 AND day <= $1"),
                                                   to_day, after, 1, err))
        return false;
    *proof = (struct proof){.to_day = to_day,
                            .lines = lines[0],
                            .slips = slips[0],
                            .lines_fen = lines[1],
                            .slips_fen = slips[1],
                            .items_fen = items[0],
                            .slips_items_fen = slips[2],
                            .net_fen = slips[3],
                            .brought_fen = slips[4],
                            .owed_fen = slips[5],
                            .due_fen = due[0],
                            .paid_fen = paid[0] + after[0],
                            .late_fen = late[0]};
    return true;
}

bool proof_holds(const struct proof *proof)
{
    return proof->lines_fen == proof->slips_fen && proof->items_fen == proof->slips_items_fen &&
           proof->brought_fen + proof->lines_fen + proof->items_fen == proof->net_fen + proof->owed_fen &&
           proof->due_fen == proof->paid_fen + proof->late_fen;
}

void proof_write(const struct proof *proof, struct buf *json)
{
    buf_fmt(json,
            "{\"lines\":%" PRId64 ",\"sum_fen\":%" PRId64 ",\"slips\":%" PRId64 ",\"slips_fen\":%" PRId64
            ",\"items_fen\":%" PRId64 ",\"net_fen\":%" PRId64,
            proof->lines, proof->lines_fen, proof->slips, proof->slips_fen, proof->items_fen, proof->net_fen);
    buf_fmt(json,
            ",\"brought_fen\":%" PRId64 ",\"owed_fen\":%" PRId64 ",\"proof_fen\":%" PRId64 ",\"paid_fen\":%" PRId64
            ",\"late_fen\":%" PRId64 ",\"holds\":%s}",
            proof->brought_fen, proof->owed_fen, proof->due_fen, proof->paid_fen, proof->late_fen,
            proof_holds(proof) ? "true" : "false");
}

bool proof_head_of(struct db *db, int32_t to_day, struct proof_head *head, struct err *err)
{
    struct db_stmt *stmt;
    char            key[16];
    size_t          len;
    bool            row;
    if (!db_prepare(db, SQL("SELECT number, hash FROM audit WHERE noun = 'period' AND key = $1 ORDER BY number DESC"
                            " LIMIT 1"),
                            &stmt, err))
        return false;
    snprintf(key, sizeof key, "%d", (int)to_day);
    db_bind_text(stmt, 1, key);
    if (!db_step(stmt, &row, err)) return false;
    *head = (struct proof_head){0};
    if (!row) return true;
    const void *bytes = db_blob(stmt, 1, &len);
    head->row = db_int(stmt, 0);
    if (len == sizeof head->hash.bytes) memcpy(head->hash.bytes, bytes, len);
    db_reset(stmt);
    return true;
}
