/* slip.c - what a period pays: server/books/slip.h.
 *
 * Lines first, by two statements: what was never paid of the period's own dates, and what is late. Then a slip for each
 * worker who has lines, adjustments or a debt: his wage, plus bonuses, less what the limits let take of fines, losses and
 * advances, oldest first [R40]; the rest stays for later periods, by the same difference as lines: due less taken. */
#include "server/books/slip.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/money.h"
#include "server/books/map.h"
#include "server/books/master.h"

enum item_kind { ITEM_BONUS, ITEM_FINE, ITEM_LOSS, ITEM_ADVANCE, ITEM_KINDS };
static const char *const KINDS[ITEM_KINDS] = {"bonus", "fine", "loss", "advance"};

struct slip {
    int32_t worker;
    int64_t days, minutes, pieces, lines, held;
    int64_t piece_fen, time_fen, late_fen, brought_fen;
    int64_t taken_fen[ITEM_KINDS]; /* signed: above 0 it is paid */
    int64_t carried_fen;           /* below 0 */
};

struct item {
    int32_t        worker;
    int64_t        id, whole_fen, open_fen, fen; /* signed: below 0 it is taken */
    enum item_kind kind;
};

struct slips {
    struct books        *books;
    const struct period *period;
    size_t               count, cap, item_count, item_cap;
    struct slip         *rows;
    struct item         *items; /* by worker and id */
    struct map           by_worker;
    int64_t              percent, minimum_fen;
};

static struct slip *slip_of(struct slips *slips, int32_t worker)
{
    bool     is_new;
    int64_t *place = map_put(&slips->by_worker, (uint64_t)worker, 0, &is_new);
    if (is_new) {
        slips->rows = array_more(slips->rows, slips->count, &slips->cap, sizeof *slips->rows);
        slips->rows[slips->count] = (struct slip){.worker = worker};
        *place = (int64_t)slips->count++;
    }
    return &slips->rows[*place];
}

/* ---------------------------------------------------------------------------------------------------- lines */

/* Of the period's own dates: nobody was paid for them yet, so their whole due is the difference. What is `paid` are the
 * fact's pieces, not a worker's: they stand with its first line alone, and what is all nobody's has none. */
static bool lines_own(const struct slips *slips, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(
            slips->books->db,
            SQL("INSERT INTO pay_line (period, worker, number, share, name, day, is_time, line, rev, op, pieces,"
                        " rate_cfen, fen, paid)"
                        " SELECT $1, d.worker, d.number, d.share, f.name, d.day, CASE f.kind WHEN $3 THEN 1 ELSE 0 END,"
                        "  f.line, f.rev, f.op, v.counted, v.rate_cfen, d.fen, CASE WHEN d.share = (SELECT MIN(x.share)"
                        "   FROM fact_worker AS x WHERE x.number = d.number AND x.worker != 0) THEN v.due_pieces ELSE 0 END"
                        " FROM (SELECT DISTINCT worker FROM day_sum WHERE day BETWEEN $2 AND $1) AS w"
                        " JOIN due AS d ON d.worker = w.worker AND d.day BETWEEN $2 AND $1"
                        " JOIN fact AS f ON f.number = d.number JOIN verdict AS v ON v.number = d.number"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, slips->period->span.to_day);
    db_bind_int(stmt, 2, slips->period->lower);
    db_bind_int(stmt, 3, EVENT_DAYWORK);
    return db_run(stmt, err);
}

/* Of earlier dates: pieces are a difference like money, so all lines of a fact together say what is paid. A fact that
 * these books no longer hold keeps what was paid for it as a difference. */
static bool lines_late(const struct slips *slips, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(
            slips->books->db,
            SQL("INSERT INTO pay_line (period, worker, number, share, name, day, is_time, line, rev, op, pieces,"
                        " rate_cfen, fen, paid)"
                        " SELECT $1, l.worker, COALESCE(f.number, -ROW_NUMBER() OVER (ORDER BY l.worker, l.name, l.share)),"
                        "  l.share, l.name, COALESCE(f.day, $2), CASE f.kind WHEN $3 THEN 1 ELSE 0 END,"
                        "  COALESCE(f.line, 0), COALESCE(f.rev, 0), COALESCE(f.op, 0),"
                        "  CASE WHEN d.fen IS NULL THEN 0 ELSE COALESCE(v.counted, 0) END"
                        "   - CAST(COALESCE((SELECT SUM(p.pieces) FROM period AS q JOIN pay_line AS p ON p.period = q.to_day"
                        "    AND p.worker = l.worker AND p.number = f.number AND p.share = l.share"
                        "    WHERE q.to_day < $1 AND q.state > 0), 0) AS BIGINT),"
                        "  COALESCE(v.rate_cfen, 0), l.fen,"
                        "  CASE WHEN ROW_NUMBER() OVER (PARTITION BY l.name ORDER BY l.share, l.worker) > 1 THEN 0 ELSE"
                        "   CASE WHEN EXISTS (SELECT 1 FROM fact_worker AS x WHERE x.number = f.number AND x.worker != 0)"
                        "    THEN COALESCE(v.due_pieces, 0) ELSE 0 END - CAST(COALESCE((SELECT SUM(b.paid) FROM pay_line AS b"
                        "     WHERE b.line = f.line AND b.line > 0 AND b.rev = f.rev AND b.op = f.op"
                        "     AND b.name = l.name), 0) AS BIGINT) END"
                        " FROM late AS l LEFT JOIN fact AS f ON f.name = l.name"
                        " LEFT JOIN due AS d ON d.worker = l.worker AND d.day = f.day AND d.number = f.number"
                        "  AND d.share = l.share"
                        " LEFT JOIN verdict AS v ON v.number = f.number WHERE l.worker != 0"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, slips->period->span.to_day);
    db_bind_int(stmt, 2, slips->period->span.from_day - 1);
    db_bind_int(stmt, 3, EVENT_DAYWORK);
    return db_run(stmt, err);
}

static bool lines_sum(struct slips *slips, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(slips->books->db,
                    SQL("SELECT worker, COUNT(*),"
                        " CAST(SUM(CASE WHEN day >= $2 AND is_time = 0 THEN fen ELSE 0 END) AS BIGINT),"
                        " CAST(SUM(CASE WHEN day >= $2 AND is_time = 1 THEN fen ELSE 0 END) AS BIGINT),"
                        " CAST(SUM(CASE WHEN day < $2 THEN fen ELSE 0 END) AS BIGINT),"
                        " CAST(SUM(CASE WHEN day >= $2 AND is_time = 0 THEN pieces ELSE 0 END) AS BIGINT),"
                        " CAST(SUM(CASE WHEN day >= $2 AND is_time = 1 THEN pieces ELSE 0 END) AS BIGINT)"
                        " FROM pay_line WHERE period = $1 GROUP BY worker ORDER BY worker"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, slips->period->span.to_day);
    db_bind_int(stmt, 2, slips->period->lower);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct slip *slip = slip_of(slips, (int32_t)db_int(stmt, 0));
        slip->lines = db_int(stmt, 1);
        slip->piece_fen = db_int(stmt, 2);
        slip->time_fen = db_int(stmt, 3);
        slip->late_fen = db_int(stmt, 4);
        slip->pieces = db_int(stmt, 5);
        slip->minutes = db_int(stmt, 6);
    }
}

/* Days on which he worked, and what of it waits for a decision. */
static bool days_sum(struct slips *slips, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(slips->books->db, SQL("SELECT worker, COUNT(*), CAST(SUM(held) AS BIGINT) FROM day_sum"
                        " WHERE day BETWEEN $1 AND $2 GROUP BY worker"),
                                          &stmt, err))
        return false;
    db_bind_int(stmt, 1, slips->period->lower);
    db_bind_int(stmt, 2, slips->period->span.to_day);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct slip *slip = slip_of(slips, (int32_t)db_int(stmt, 0));
        slip->days = db_int(stmt, 1);
        slip->held = db_int(stmt, 2);
    }
}

/* Who owes from the period before. */
static bool debts_read(struct slips *slips, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(slips->books->db, SQL("SELECT worker, owed_fen FROM slip WHERE owed_fen != 0 AND period ="
                        " (SELECT MAX(to_day) FROM period WHERE state > 0 AND to_day < $1)"),
                                          &stmt, err))
        return false;
    db_bind_int(stmt, 1, slips->period->span.to_day);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        slip_of(slips, (int32_t)db_int(stmt, 0))->brought_fen = db_int(stmt, 1);
    }
}

/* ---------------------------------------------------------------------------------------------------- adjustments */

static enum item_kind kind_of(const char *word)
{
    int i = 0;
    while (i < ITEM_KINDS - 1 && strcmp(KINDS[i], word) != 0) i++;
    return (enum item_kind)i;
}

static void item_add(struct slips *slips, const struct item *item)
{
    slips->items = array_more(slips->items, slips->item_count, &slips->item_cap, sizeof *slips->items);
    slips->items[slips->item_count++] = *item;
}

/* What each is due now less what periods took of it. One that was struck out after it was taken is paid back. */
static bool items_read(struct slips *slips, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            slips->books->db,
            SQL("SELECT a.worker, a.id, a.kind, a.fen, a.state, CAST(COALESCE((SELECT SUM(i.fen) FROM pay_item AS i"
                        "  WHERE i.adjustment = a.id), 0) AS BIGINT) FROM adjustment AS a"
                        " WHERE a.state > 0 AND a.day <= $1 ORDER BY a.worker, a.id"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, slips->period->span.to_day);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct item item = {
            .worker = (int32_t)db_int(stmt, 0), .id = db_int(stmt, 1), .kind = kind_of(db_text(stmt, 2))};
        if (db_int(stmt, 4) == 1) item.whole_fen = item.kind == ITEM_BONUS ? db_int(stmt, 3) : -db_int(stmt, 3);
        item.open_fen = item.whole_fen - db_int(stmt, 5);
        if (item.open_fen == 0) continue;
        item_add(slips, &item);
        slip_of(slips, item.worker);
    }
}

/* What is paid: bonuses, and what comes back. A bonus that was struck out after it was paid is taken like a fine. */
static void items_pay(struct slip *slip, struct item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].open_fen < 0) continue;
        items[i].fen = items[i].open_fen;
        slip->taken_fen[items[i].kind] += items[i].fen;
    }
}

/* Takes of one sort what there is room for, oldest first; *room becomes smaller. */
static void items_take(struct slip *slip, struct item *items, size_t count, bool is_advance, int64_t *room)
{
    for (size_t i = 0; i < count; i++) {
        struct item *item = &items[i];
        if (item->open_fen >= 0 || (item->kind == ITEM_ADVANCE) != is_advance) continue;
        int64_t taken = -item->open_fen < *room ? -item->open_fen : *room;
        item->fen = -taken;
        *room -= taken;
        slip->taken_fen[item->kind] += item->fen;
        slip->carried_fen += item->open_fen - item->fen;
    }
}

static int64_t slip_total(const struct slip *slip)
{
    int64_t total = slip->brought_fen + slip->piece_fen + slip->time_fen + slip->late_fen;
    for (int i = 0; i < ITEM_KINDS; i++) total += slip->taken_fen[i];
    return total;
}

/* What the limits are of: what he earned and is given; a fine that is paid back is no wage. */
static int64_t slip_wage(const struct slip *slip)
{
    return slip->brought_fen + slip->piece_fen + slip->time_fen + slip->late_fen + slip->taken_fen[ITEM_BONUS];
}

/* Items of one worker stand together. */
static void items_settle(struct slips *slips)
{
    for (size_t i = 0, end; i < slips->item_count; i = end) {
        for (end = i; end < slips->item_count && slips->items[end].worker == slips->items[i].worker;) end++;
        struct slip *slip = slip_of(slips, slips->items[i].worker);
        items_pay(slip, &slips->items[i], end - i);
        int64_t room = money_room_fen(slip_wage(slip), slips->percent, slips->minimum_fen);
        items_take(slip, &slips->items[i], end - i, false, &room);
        room = slip_total(slip) > 0 ? slip_total(slip) : 0;
        items_take(slip, &slips->items[i], end - i, true, &room);
    }
}

static bool item_write(const struct slips *slips, const struct item *item, struct err *err)
{
    struct db_stmt *stmt;
    if (item->fen == 0) return true;
    if (!db_prepare(slips->books->db,
                    SQL("INSERT INTO pay_item (period, worker, adjustment, kind, why, rule, approver, whole_fen, fen)"
                        " SELECT $1, worker, id, kind, why, rule, approver, $3, $4 FROM adjustment WHERE id = $2"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, slips->period->span.to_day);
    db_bind_int(stmt, 2, item->id);
    db_bind_int(stmt, 3, item->whole_fen);
    db_bind_int(stmt, 4, item->fen);
    return db_run(stmt, err);
}

/* ---------------------------------------------------------------------------------------------------- slips */

static bool slip_write(const struct slips *slips, const struct slip *slip, struct slips_sum *sum, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         total = slip_total(slip), net = total > 0 ? total : 0;
    if (!db_prepare(slips->books->db,
                    SQL("INSERT INTO slip (period, worker, name, crew, id_number, phone, bank, account, days, minutes,"
                        " pieces, lines, piece_fen, time_fen, late_fen, bonus_fen, fine_fen, loss_fen, advance_fen,"
                        " brought_fen, net_fen, owed_fen, carried_fen, held)"
                        " SELECT $1, $2, COALESCE(w.name, ''), COALESCE(c.name, w.crew, ''), COALESCE(p.id_number, ''),"
                        " COALESCE(p.phone, ''), COALESCE(p.bank, ''), COALESCE(p.account, ''), $3, $4, $5, $6, $7, $8,"
                        " $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 FROM (SELECT 1) AS one"
                        " LEFT JOIN worker AS w ON w.number = $2 LEFT JOIN crew AS c ON c.id = w.crew"
                        " LEFT JOIN payee AS p ON p.worker = $2"),
                        &stmt, err))
        return false;
    const int64_t numbers[] = {slips->period->span.to_day,
                               slip->worker,
                               slip->days,
                               slip->minutes,
                               slip->pieces,
                               slip->lines,
                               slip->piece_fen,
                               slip->time_fen,
                               slip->late_fen,
                               slip->taken_fen[ITEM_BONUS],
                               -slip->taken_fen[ITEM_FINE],
                               -slip->taken_fen[ITEM_LOSS],
                               -slip->taken_fen[ITEM_ADVANCE],
                               slip->brought_fen,
                               net,
                               total - net,
                               slip->carried_fen,
                               slip->held};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) db_bind_int(stmt, (int)i + 1, numbers[i]);
    sum->slips++;
    sum->lines += slip->lines;
    sum->fen += net;
    return db_run(stmt, err);
}

static bool all_write(struct slips *slips, struct slips_sum *sum, struct err *err)
{
    *sum = (struct slips_sum){0};
    for (size_t i = 0; i < slips->item_count; i++)
        if (!item_write(slips, &slips->items[i], err)) return false;
    for (size_t i = 0; i < slips->count; i++)
        if (!slip_write(slips, &slips->rows[i], sum, err)) return false;
    return true;
}

bool slips_make(struct books *books, const struct period *period, struct slips_sum *sum, struct err *err)
{
    struct slips slips = {.books = books, .period = period};
    bool         is_done = setting_limit(books, LIMIT_DEDUCT_PERCENT, &slips.percent, err) &&
                   setting_limit(books, LIMIT_MINIMUM_WAGE_FEN, &slips.minimum_fen, err) && lines_own(&slips, err) &&
                   lines_late(&slips, err) && lines_sum(&slips, err) && days_sum(&slips, err) &&
                   debts_read(&slips, err) && items_read(&slips, err);
    if (is_done) {
        items_settle(&slips);
        is_done = all_write(&slips, sum, err);
    }
    map_free(&slips.by_worker);
    free(slips.rows);
    free(slips.items);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- taking back */

bool slips_drop(struct books *books, int32_t to_day, struct err *err)
{
    static const char *const DROPS[] = {SQL("DELETE FROM pay_line WHERE period = $1"),
                                            SQL("DELETE FROM pay_item WHERE period = $1"),
                                                SQL("DELETE FROM pay_open WHERE period = $1"),
                                                    SQL("DELETE FROM slip WHERE period = $1")};
    for (size_t i = 0; i < sizeof DROPS / sizeof *DROPS; i++) {
        struct db_stmt *stmt;
        if (!db_prepare(books->db, DROPS[i], &stmt, err)) return false;
        db_bind_int(stmt, 1, to_day);
        if (!db_run(stmt, err)) return false;
    }
    return true;
}
