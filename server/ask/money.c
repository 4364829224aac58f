/* money.c - lists of money: what was announced and arrived, what of it is for which order, prepayments, guarantors, and the
 * gates of orders (texts: office.method.*, office.transfer.*, office.spread.*, office.light.*). */
#include <stddef.h>

#include "core/money.h"
#include "server/ask/nouns.h"
#include "server/ask/role.h"
#include "server/judge/gate.h"

enum { SEES_GATES = SEES_AMOUNTS | ROLE_SHIPPING };

/* clang-format off */
/* Two tables for a WITH: g, what an order's gates are made of, and k, the same as judge/gate.h has it; as books/money.c reads one
 * order. FROM: orders AS o, perhaps narrowed; TODAY: the day on which guarantors must still stand. */
#define GATES(TODAY, FROM) \
    "g AS (SELECT o.id AS id, o.customer AS customer, h.order_id AS head, a.fen AS recorded," \
    " COALESCE(q.total_fen, 0) AS quoted," \
    " COALESCE((SELECT CAST(SUM(s.amount_fen) AS BIGINT) FROM line AS l JOIN spec AS s ON s.line = l.line" \
    "  WHERE l.order_id = o.id), 0) AS lines," \
    " (SELECT COUNT(*) FROM line AS l LEFT JOIN spec AS s ON s.line = l.line WHERE l.order_id = o.id" \
    "  AND l.line % 100 < 80 AND COALESCE(s.amount_fen, 0) <= 0) AS unpriced," \
    " " COMP_FEN("o.id") " AS comp," \
    " COALESCE((SELECT CAST(SUM(p.fen) AS BIGINT) FROM spread AS p WHERE p.order_id = o.id AND p.state = 1), 0) AS in_fen," \
    " COALESCE((SELECT CAST(SUM(p.fen) AS BIGINT) FROM spread AS p WHERE p.order_id = o.id AND p.state = 0), 0) AS announced," \
    " COALESCE((SELECT CAST(SUM(c.fen) AS BIGINT) FROM cover AS c JOIN guarantor AS w ON w.id = c.guarantor" \
    "  WHERE c.order_id = o.id AND c.is_off = 0 AND w.is_off = 0 AND w.until_day >= " TODAY "), 0) AS guaranteed" \
    " FROM " FROM " LEFT JOIN head AS h ON h.order_id = o.id LEFT JOIN amount AS a ON a.order_id = o.id" \
    " LEFT JOIN quoted AS d ON d.order_id = o.id" \
    " LEFT JOIN quote AS q ON q.order_id = d.order_id AND q.n = d.confirmed_n)," \
    " k AS (SELECT g.id AS id, g.customer AS customer, g.in_fen AS in_fen, g.announced AS announced, g.comp AS comp," \
    " g.guaranteed AS guaranteed," \
    " CASE WHEN g.recorded IS NOT NULL THEN g.recorded WHEN g.quoted > g.lines THEN g.quoted ELSE g.lines END AS goods," \
    " CASE WHEN g.recorded IS NOT NULL THEN 1 WHEN (g.quoted > 0 OR g.lines > 0)" \
    "  AND (g.head IS NOT NULL OR g.unpriced = 0) THEN 1 ELSE 0 END AS priced," \
    " CASE WHEN g.head IS NOT NULL THEN 1 ELSE " LIMIT_OF("deposit_unpriced", "0") " END AS asks," \
    " CASE WHEN g.head IS NULL THEN 0 ELSE 1 END AS ours, " LIMIT_OF("deposit_percent", "30") " AS percent FROM g)"

#define GATE_COLUMNS \
    "k.goods AS goods, k.comp AS comp, k.in_fen AS in_fen, k.announced AS announced, k.guaranteed AS guaranteed," \
    " k.priced AS priced, k.ours AS ours, k.asks AS asks, k.percent AS percent"
/* clang-format on */

/* ---- Columns that the gates themselves say: one rule for books, lists and kiosks. */

static struct gate_money money_row(struct list_reading *reading)
{
    return (struct gate_money){.goods_fen = list_row_int(reading, "goods", 0),
                               .comp_fen = list_row_int(reading, "comp", 0),
                               .in_fen = list_row_int(reading, "in_fen", 0),
                               .announced_fen = list_row_int(reading, "announced", 0),
                               .guaranteed_fen = list_row_int(reading, "guaranteed", 0),
                               .deposit_percent = (int)list_row_int(reading, "percent", 0),
                               .is_priced = list_row_int(reading, "priced", 0) != 0,
                               .asks_unpriced = list_row_int(reading, "asks", 0) != 0};
}

static void cell_fen(struct list_cell *cell, bool is_known, int64_t fen)
{
    *cell = (struct list_cell){.kind = is_known ? DB_INT : DB_NULL, .number = is_known ? fen : 0};
}

static void cell_production(struct list_reading *reading, struct list_cell *cell)
{
    struct gate_money money = money_row(reading);
    cell_fen(cell, true, (int64_t)gate_production_light(&money));
}

static void cell_dispatch(struct list_reading *reading, struct list_cell *cell)
{
    struct gate_money money = money_row(reading);
    cell_fen(cell, true, (int64_t)gate_dispatch_light(&money));
}

static void cell_goods(struct list_reading *reading, struct list_cell *cell)
{
    struct gate_money money = money_row(reading);
    cell_fen(cell, money.is_priced, gate_owed_fen(&money));
}

/* 250 -> 2.50; nothing where a sum was agreed. */
static void cell_percent(struct list_reading *reading, struct list_cell *cell)
{
    char text[MONEY_TEXT];
    money_write_fen(list_row_int(reading, "rate", 0), text);
    buf_clear(&reading->room);
    buf_str(&reading->room, list_row_int(reading, "rate", 0) == 0 ? "" : text);
    *cell = (struct list_cell){.kind = DB_TEXT, .text = buf_text(&reading->room), .len = reading->room.len};
}

static void cell_deposit(struct list_reading *reading, struct list_cell *cell)
{
    struct gate_money money = money_row(reading);
    cell_fen(cell, money.is_priced, gate_deposit_fen(&money));
}

static void cell_short(struct list_reading *reading, struct list_cell *cell)
{
    struct gate_money money = money_row(reading);
    struct gate       gate = gate_production(&money);
    cell_fen(cell, money.is_priced, gate.missing_fen);
}

static void cell_missing(struct list_reading *reading, struct list_cell *cell)
{
    struct gate_money money = money_row(reading);
    struct gate       gate = gate_dispatch(&money, 0);
    cell_fen(cell, money.is_priced, gate.missing_fen);
}

#define TRANSFER                                                                                                      \
    "SELECT t.id AS transfer, t.day AS day, t.fen AS sum, t.method AS method, t.payer AS payer, t.slip AS slip,"      \
    " t.customer AS customer, t.who AS who, t.note AS note, t.hash AS hash, t.file_name AS file, t.by_user AS "       \
    "by_user,"                                                                                                        \
    " t.at_ms AS at, t.state AS state, t.in_day AS in_day, t.in_fen AS in_fen, t.differs AS differs,"                 \
    " t.confirmed_by AS confirmed_by, t.confirmed_ms AS confirmed, t.ended_why AS ended_why, t.ended_by AS ended_by," \
    " t.ended_ms AS ended, COALESCE(r.fen, 0) AS rest, t.version AS version"                                          \
    " FROM transfer AS t LEFT JOIN prepaid AS r ON r.transfer = t.id"

/* clang-format off */
#define TRANSFER_COLUMNS \
    {{"transfer", "office.col.number", .type = LIST_INT}, \
     {"day", "office.col.paid_day", .type = LIST_DAY}, \
     {"sum", "office.col.announced_fen", LIST_FEN, .is_sum = true}, \
     {"method", "office.col.method", LIST_WORD, .words = "office.method."}, \
     {"payer", "office.col.payer", .type = LIST_TEXT}, \
     {"slip", "office.col.slip_number", .type = LIST_TEXT}, \
     {"customer", "office.col.customer_id", .type = LIST_INT}, \
     {"who", "office.col.customer", .type = LIST_TEXT}, \
     {"note", "office.col.note", .type = LIST_TEXT}, \
     {"hash", "office.col.file_hash", .type = LIST_HASH}, \
     {"file", "office.col.file", .type = LIST_TEXT}, \
     {"by_user", "office.col.announced_by", .type = LIST_WHO}, \
     {"at", "office.col.announced_at", .type = LIST_TIME}, \
     {"state", "office.col.state", LIST_WORD, .words = "office.transfer."}, \
     {"in_day", "office.col.arrived_day", .type = LIST_DAY}, \
     {"in_fen", "office.col.arrived_fen", LIST_FEN, .is_sum = true}, \
     {"differs", "office.col.differs_why", .type = LIST_TEXT}, \
     {"confirmed_by", "office.col.arrived_by", .type = LIST_WHO}, \
     {"confirmed", "office.col.arrived_at", .type = LIST_TIME}, \
     {"ended_why", "office.col.ended_why", .type = LIST_TEXT}, \
     {"ended_by", "office.col.ended_by", .type = LIST_WHO}, \
     {"ended", "office.col.ended_at", .type = LIST_TIME}, \
     {"rest", "office.col.rest_fen", LIST_FEN, .is_sum = true}, \
     {"version", "office.col.version", .type = LIST_INT}}

const struct list MONEY_LISTS[] = {
    {.name = "transfers-open",
     .roles = SEES_AMOUNTS,
     .what = "Money that was announced and waits for finance, oldest first.",
     .sql = SQL(TRANSFER " WHERE t.state = 0 AND (t.at_ms, t.id) > ($1, $2) ORDER BY t.at_ms, t.id LIMIT $3"),
     .cursor = {"at", "transfer"},
     .cursor_kind = {DB_INT, DB_INT},
     .columns = TRANSFER_COLUMNS},

    {.name = "transfers",
     .roles = SEES_AMOUNTS,
     .what = "All money that was announced, newest first: what arrived, what didn't, what was reversed.",
     .sql = SQL(TRANSFER " WHERE t.id < $1 ORDER BY t.id DESC LIMIT $2"),
     .cursor = {"transfer"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .columns = TRANSFER_COLUMNS},

    {.name = "arrivals",
     .roles = SEES_AMOUNTS,
     .what = "Money that arrived from day to day, reversals left out.",
     .sql = SQL(TRANSFER " WHERE t.in_day BETWEEN $4 AND $5 AND t.state = 1 AND (t.in_day, t.id) > ($1, $2)"
                " ORDER BY t.in_day, t.id LIMIT $3"),
     .cursor = {"in_day", "transfer"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"from", LIST_DAY, "today"}, {"to", LIST_DAY, "today"}},
     .columns = TRANSFER_COLUMNS},

    {.name = "spreads",
     .roles = SEES_AMOUNTS,
     .what = "What of money is for which order: of an order, or of a transfer.",
     .sql = SQL("SELECT p.id AS spread, p.transfer AS transfer, p.order_id AS \"order\", p.fen AS sum, p.state AS state,"
                " t.day AS day, t.in_day AS in_day, t.method AS method, t.payer AS payer, t.slip AS slip, p.by_user AS by_user,"
                " p.at_ms AS at, t.confirmed_by AS confirmed_by, t.confirmed_ms AS confirmed, p.off_why AS off_why,"
                " p.off_by AS off_by, p.off_ms AS \"off\", p.version AS version FROM spread AS p"
                " JOIN transfer AS t ON t.id = p.transfer WHERE (p.order_id = $3 OR p.transfer = $4) AND p.id > $1"
                " ORDER BY p.id LIMIT $2"),
     .cursor = {"spread"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, "0"}, {"transfer", LIST_INT, "0"}},
     .columns = {{"spread", "office.col.number", .type = LIST_INT},
                 {"transfer", "office.col.transfer", .type = LIST_INT},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"sum", "office.col.sum", .type = LIST_FEN},
                 {"state", "office.col.state", LIST_WORD, .words = "office.spread."},
                 {"day", "office.col.paid_day", .type = LIST_DAY},
                 {"in_day", "office.col.arrived_day", .type = LIST_DAY},
                 {"method", "office.col.method", LIST_WORD, .words = "office.method."},
                 {"payer", "office.col.payer", .type = LIST_TEXT},
                 {"slip", "office.col.slip_number", .type = LIST_TEXT},
                 {"by_user", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"confirmed_by", "office.col.arrived_by", .type = LIST_WHO},
                 {"confirmed", "office.col.arrived_at", .type = LIST_TIME},
                 {"off_why", "office.col.ended_why", .type = LIST_TEXT},
                 {"off_by", "office.col.ended_by", .type = LIST_WHO},
                 {"off", "office.col.ended_at", .type = LIST_TIME},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "spreads-open",
     .roles = SEES_AMOUNTS,
     .what = "What the money that waits for finance was announced for.",
     .sql = SQL("SELECT p.transfer AS transfer, p.id AS spread, p.order_id AS \"order\", p.fen AS sum FROM transfer AS t"
                " JOIN spread AS p ON p.transfer = t.id AND p.state = 0 WHERE t.state = 0 AND (p.transfer, p.id) > ($1, $2)"
                " ORDER BY p.transfer, p.id LIMIT $3"),
     .cursor = {"transfer", "spread"},
     .cursor_kind = {DB_INT, DB_INT},
     .columns = {{"transfer", "office.col.transfer", .type = LIST_INT},
                 {"spread", "office.col.number", .type = LIST_INT},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"sum", "office.col.sum", .type = LIST_FEN}}},

    {.name = "prepayments",
     .roles = SEES_AMOUNTS,
     .what = "Customers' money that no order has yet.",
     .sql = SQL("SELECT r.customer AS customer, r.who AS who, CAST(SUM(r.fen) AS BIGINT) AS rest, COUNT(*) AS transfers,"
                " MIN(t.in_day) AS since FROM prepaid AS r JOIN transfer AS t ON t.id = r.transfer"
                " WHERE (r.customer, r.who) > ($1, $2) GROUP BY r.customer, r.who ORDER BY r.customer, r.who LIMIT $3"),
     .cursor = {"customer", "who"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .columns = {{"customer", "office.col.customer_id", .type = LIST_INT},
                 {"who", "office.col.customer", .type = LIST_TEXT},
                 {"rest", "office.col.rest_fen", LIST_FEN, .is_sum = true},
                 {"transfers", "office.col.transfers", .type = LIST_INT},
                 {"since", "office.col.since_day", .type = LIST_DAY}}},

    {.name = "guarantors",
     .roles = SEES_AMOUNTS,
     .what = "Who stands in for deposits, up to which sum and day, and how much of it is used.",
     .sql = SQL("SELECT w.id AS guarantor, w.name AS name, w.phone AS phone, w.limit_fen AS \"limit\","
                " COALESCE((SELECT CAST(SUM(c.fen) AS BIGINT) FROM cover AS c WHERE c.guarantor = w.id AND c.is_off = 0), 0) AS used,"
                " w.signed_day AS signed, w.until_day AS until, w.hash AS hash, w.file_name AS file, w.note AS note,"
                " w.is_off AS off, w.version AS version FROM guarantor AS w WHERE w.id > $1 ORDER BY w.id LIMIT $2"),
     .cursor = {"guarantor"},
     .cursor_kind = {DB_INT},
     .columns = {{"guarantor", "office.col.number", .type = LIST_INT},
                 {"name", "office.col.guarantor", .type = LIST_TEXT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"limit", "office.col.limit_fen", .type = LIST_FEN},
                 {"used", "office.col.used_fen", .type = LIST_FEN},
                 {"signed", "office.col.signed_day", .type = LIST_DAY},
                 {"until", "office.col.until_day", .type = LIST_DAY},
                 {"hash", "office.col.file_hash", .type = LIST_HASH},
                 {"file", "office.col.file", .type = LIST_TEXT},
                 {"note", "office.col.note", .type = LIST_TEXT},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "covers",
     .roles = SEES_AMOUNTS,
     .what = "For which orders guarantors stand in: of an order, or of a guarantor.",
     .sql = SQL("SELECT c.id AS cover, c.guarantor AS guarantor, w.name AS name, c.order_id AS \"order\", o.customer AS customer,"
                " c.fen AS sum, w.until_day AS until, c.by_user AS by_user, c.at_ms AS at, c.is_off AS off, c.off_why AS off_why,"
                " c.off_by AS off_by, c.off_ms AS ended, c.version AS version FROM cover AS c"
                " JOIN guarantor AS w ON w.id = c.guarantor JOIN orders AS o ON o.id = c.order_id"
                " WHERE (c.order_id = $3 OR (c.guarantor = $4 AND c.is_off = 0)) AND c.id > $1 ORDER BY c.id LIMIT $2"),
     .cursor = {"cover"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, "0"}, {"guarantor", LIST_INT, "0"}},
     .columns = {{"cover", "office.col.number", .type = LIST_INT},
                 {"guarantor", "office.col.guarantor_id", .type = LIST_INT},
                 {"name", "office.col.guarantor", .type = LIST_TEXT},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"sum", "office.col.sum", .type = LIST_FEN},
                 {"until", "office.col.until_day", .type = LIST_DAY},
                 {"by_user", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"off_why", "office.col.ended_why", .type = LIST_TEXT},
                 {"off_by", "office.col.ended_by", .type = LIST_WHO},
                 {"ended", "office.col.ended_at", .type = LIST_TIME},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "unpaid",
     .roles = SEES_GATES,
     .what = "Goods that two persons let leave unpaid: of an order, all of it; without one, what holds now.",
     .sql = SQL("SELECT u.id AS unpaid, u.order_id AS \"order\", o.customer AS customer, u.fen AS sum, u.why AS why,"
                " u.answers AS answers, u.by_user AS by_user, u.at_ms AS at, u.is_off AS off, u.off_why AS off_why,"
                " u.off_by AS off_by, u.off_ms AS ended, u.version AS version FROM unpaid AS u"
                " JOIN orders AS o ON o.id = u.order_id WHERE ((u.order_id = $3) OR ($3 = 0 AND u.is_off = 0)) AND u.id > $1"
                " ORDER BY u.id LIMIT $2"),
     .cursor = {"unpaid"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, "0"}},
     .columns = {{"unpaid", "office.col.number", .type = LIST_INT},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"sum", "office.col.may_miss_fen", .type = LIST_FEN},
                 {"why", "office.col.why", .type = LIST_TEXT},
                 {"answers", "office.col.answers", .type = LIST_TEXT},
                 {"by_user", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"off_why", "office.col.ended_why", .type = LIST_TEXT},
                 {"off_by", "office.col.ended_by", .type = LIST_WHO},
                 {"ended", "office.col.ended_at", .type = LIST_TIME},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "deposits",
     .roles = SEES_AMOUNTS,
     .what = "Orders that were accepted and whose deposit isn't in: not released yet, or covered by a guarantor.",
     .sql = SQL("WITH u AS (SELECT l.order_id AS id FROM line AS l JOIN quoted AS d ON d.order_id = l.order_id"
                "  AND d.confirmed_n > 0 WHERE l.rev = 0 UNION SELECT c.order_id FROM cover AS c WHERE c.is_off = 0), "
                GATES("$3", "u JOIN orders AS o ON o.id = u.id")
                " SELECT k.id AS \"order\", k.customer AS customer, " GATE_COLUMNS ","
                " (SELECT w.name FROM cover AS c JOIN guarantor AS w ON w.id = c.guarantor WHERE c.order_id = k.id AND c.is_off = 0"
                "  ORDER BY c.id DESC LIMIT 1) AS guarantor,"
                " (SELECT MAX(w.until_day) FROM cover AS c JOIN guarantor AS w ON w.id = c.guarantor WHERE c.order_id = k.id"
                "  AND c.is_off = 0) AS until,"
                " (SELECT COUNT(*) FROM line AS l WHERE l.order_id = k.id AND l.rev > 0) AS released"
                " FROM k WHERE k.id > $1 AND k.priced = 1 AND k.in_fen * 100 < (k.goods + k.comp) * k.percent ORDER BY k.id LIMIT $2"),
     .cursor = {"order"},
     .cursor_kind = {DB_INT},
     .params = {{"today", LIST_DAY, "today"}},
     .columns = {{"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"production", "office.col.production", LIST_WORD, .words = "office.light.", .of_row = cell_production},
                 {"deposit", "office.col.deposit", LIST_FEN, .is_sum = true, .of_row = cell_deposit},
                 {"in_fen", "office.col.arrived_fen", LIST_FEN, .is_sum = true},
                 {"announced", "office.col.announced_fen", .type = LIST_FEN},
                 {"guaranteed", "office.col.guaranteed_fen", .type = LIST_FEN},
                 {"missing_deposit", "office.col.missing_deposit", LIST_FEN, .is_sum = true, .of_row = cell_short},
                 {"guarantor", "office.col.guarantor", .type = LIST_TEXT},
                 {"until", "office.col.until_day", .type = LIST_DAY},
                 {"released", "office.col.released", .type = LIST_INT}}},

    {.name = "gates",
     .roles = SEES_GATES,
     .what = "The money gates of orders: what they are worth, what is in, what is missing before production and dispatch.",
     .sql = SQL("WITH " GATES("$5", "orders AS o")
                " SELECT k.id AS \"order\", k.customer AS customer, " GATE_COLUMNS ", " LIMIT_OF("dispatch_override", "0") " AS override"
                " FROM k WHERE k.id > $1 AND k.id BETWEEN $3 AND $4 ORDER BY k.id LIMIT $2"),
     .cursor = {"order"},
     .cursor_kind = {DB_INT},
     .params = {{"from", LIST_LINE, "0"}, {"to", LIST_LINE, "9999999999"}, {"today", LIST_DAY, "today"}},
     .columns = {{"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"production", "office.col.production", LIST_WORD, .words = "office.light.", .of_row = cell_production},
                 {"dispatch", "office.col.dispatch", LIST_WORD, .words = "office.light.", .of_row = cell_dispatch},
                 {"worth", "office.col.goods_fen", LIST_FEN, .of_row = cell_goods},
                 {"comp", "office.col.comp_fen", .type = LIST_FEN},
                 {"deposit", "office.col.deposit", LIST_FEN, .of_row = cell_deposit},
                 {"in_fen", "office.col.arrived_fen", .type = LIST_FEN},
                 {"announced", "office.col.announced_fen", .type = LIST_FEN},
                 {"guaranteed", "office.col.guaranteed_fen", .type = LIST_FEN},
                 {"missing_deposit", "office.col.missing_deposit", LIST_FEN, .of_row = cell_short},
                 {"missing", "office.col.missing_fen", LIST_FEN, .of_row = cell_missing},
                 {"ours", "office.col.ours", .type = LIST_BOOL},
                 {"override", "office.col.override", .type = LIST_BOOL}}},

    {.name = "rebates",
     .roles = SEES_AMOUNTS,
     .what = "Rebates agreed with customers, newest first: rate or sum, the money that came in within their days, who confirmed.",
     .sql = SQL("SELECT r.id AS rebate, r.customer AS customer, c.name AS name, r.from_day AS from_day, r.to_day AS to_day,"
                " r.rate AS rate, (SELECT CAST(COALESCE(SUM(t.in_fen), 0) AS BIGINT) FROM transfer AS t"
                "  WHERE t.customer = r.customer AND t.state = 1 AND t.in_day BETWEEN r.from_day AND r.to_day) AS came_fen,"
                " r.fen AS fen, r.why AS why, r.state AS state, r.by_user AS who, r.at_ms AS at, r.done_by AS done_by,"
                " r.done_ms AS done, r.done_why AS done_why, r.version AS version FROM rebate AS r"
                " JOIN customer AS c ON c.id = r.customer WHERE r.id < $1 AND ($3 = 0 OR r.customer = $3)"
                " ORDER BY r.id DESC LIMIT $2"),
     .cursor = {"rebate"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"customer", LIST_INT, "0"}},
     .columns = {{"rebate", "office.col.number", .type = LIST_INT},
                 {"customer", "office.col.customer_id", .type = LIST_INT},
                 {"name", "office.col.customer", .type = LIST_TEXT},
                 {"from_day", "office.span.from", .type = LIST_DAY},
                 {"to_day", "office.span.to", .type = LIST_DAY},
                 {"percent", "office.col.rebate_percent", LIST_TEXT, .of_row = cell_percent},
                 {"came_fen", "office.col.came_fen", .type = LIST_FEN},
                 {"fen", "office.col.rebate_fen", .type = LIST_FEN},
                 {"why", "office.col.why", .type = LIST_TEXT},
                 {"state", "office.col.state", LIST_WORD, .words = "office.rebate."},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"done_by", "office.col.arrived_by", .type = LIST_WHO},
                 {"done", "office.col.settled_at", .type = LIST_TIME},
                 {"done_why", "office.col.ended_why", .type = LIST_TEXT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "lights",
     .roles = ROLE_ANYBODY,
     .what = "The money gates of orders without their sums: open, waiting, shut.",
     .sql = SQL("WITH " GATES("$5", "orders AS o")
                " SELECT k.id AS \"order\", " GATE_COLUMNS " FROM k WHERE k.id > $1 AND k.id BETWEEN $3 AND $4"
                " ORDER BY k.id LIMIT $2"),
     .cursor = {"order"},
     .cursor_kind = {DB_INT},
     .params = {{"from", LIST_LINE, "0"}, {"to", LIST_LINE, "9999999999"}, {"today", LIST_DAY, "today"}},
     .columns = {{"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"production", "office.col.production", LIST_WORD, .words = "office.light.", .of_row = cell_production},
                 {"dispatch", "office.col.dispatch", LIST_WORD, .words = "office.light.", .of_row = cell_dispatch}}},

    {.name = NULL},
};
/* clang-format on */
