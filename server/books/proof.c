/* proof.c - do the sums of a period agree: server/books/proof.h. */
#include "server/books/proof.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What is compared, each about $1, the period's last day. */
enum sum {
    LINES,
    LINES_FEN,
    SLIPS,
    SLIPS_FEN,
    SLIPS_ITEMS_FEN,
    NET_FEN,
    BROUGHT_FEN,
    OWED_FEN,
    ITEMS_FEN,
    DUE_FEN,
    PAID_FEN,
    AFTER_FEN, /* of its dates, paid by later periods */
    LATE_FEN,
    SUMS
};

/* clang-format off */
static const struct {
    enum sum    first;
    int         count; /* columns */
    const char *sql;
} ASKED[] = {
    {LINES,     2, SQL("SELECT COUNT(*), CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM pay_line WHERE period = $1")},
    {SLIPS,     6, SQL("SELECT COUNT(*), CAST(COALESCE(SUM(piece_fen + time_fen + late_fen), 0) AS BIGINT),"
                       " CAST(COALESCE(SUM(bonus_fen - fine_fen - loss_fen - advance_fen), 0) AS BIGINT),"
                       " CAST(COALESCE(SUM(net_fen), 0) AS BIGINT), CAST(COALESCE(SUM(brought_fen), 0) AS BIGINT),"
                       " CAST(COALESCE(SUM(owed_fen), 0) AS BIGINT) FROM slip WHERE period = $1")},
    {ITEMS_FEN, 1, SQL("SELECT CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM pay_item WHERE period = $1")},
    {DUE_FEN,   1, SQL("SELECT CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM day_sum WHERE day <= $1")},
    {PAID_FEN,  1, SQL("SELECT CAST(COALESCE(SUM(piece_fen + time_fen + late_fen), 0) AS BIGINT) FROM slip"
                       " WHERE period <= $1")},
    {AFTER_FEN, 1, SQL("SELECT CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM pay_line WHERE period > $1 AND day <= $1")},
    {LATE_FEN,  1, SQL("SELECT CAST(COALESCE(SUM(l.fen), 0) AS BIGINT) FROM late AS l LEFT JOIN fact AS f"
                       " ON f.name = l.name WHERE l.worker != 0 AND (f.day IS NULL OR f.day <= $1)")},
};
/* clang-format on */

static bool sums_read(struct db *db, int32_t to_day, int64_t sums[SUMS], struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) {
        if (!db_prepare(db, ASKED[i].sql, &stmt, err)) return false;
        db_bind_int(stmt, 1, to_day);
        if (!db_step(stmt, &row, err)) return false;
        for (int c = 0; row && c < ASKED[i].count; c++) sums[(int)ASKED[i].first + c] = db_int(stmt, c);
        db_reset(stmt);
    }
    return true;
}

bool proof_of(struct db *db, int32_t to_day, struct proof *proof, struct err *err)
{
    int64_t sums[SUMS] = {0};
    if (!sums_read(db, to_day, sums, err)) return false;
    *proof = (struct proof){.to_day = to_day,
                            .lines = sums[LINES],
                            .slips = sums[SLIPS],
                            .lines_fen = sums[LINES_FEN],
                            .slips_fen = sums[SLIPS_FEN],
                            .items_fen = sums[ITEMS_FEN],
                            .slips_items_fen = sums[SLIPS_ITEMS_FEN],
                            .net_fen = sums[NET_FEN],
                            .brought_fen = sums[BROUGHT_FEN],
                            .owed_fen = sums[OWED_FEN],
                            .due_fen = sums[DUE_FEN],
                            .paid_fen = sums[PAID_FEN] + sums[AFTER_FEN],
                            .late_fen = sums[LATE_FEN]};
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
