/* report_trade.c - papers about orders and what they are worth [R19] [R27] [R28]: monthly order table, product and money
 * summary (产品名称资金总结表), dealer ledger (经销商信息台账), what left, month end. docs/reports.md defines every figure. */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

enum { SEES_MONEY = ROLE_ADMIN | ROLE_FINANCE | ROLE_MANAGER | ROLE_OWNER, SEES_DEALERS = SEES_MONEY | ROLE_DESK };

#define COUNT_OF(KEY)                                      \
    {                                                      \
        #KEY, "office.col." #KEY, LIST_INT, .is_sum = true \
    }
#define MONEY_OF(KEY, HEADING)                    \
    {                                             \
        #KEY, (HEADING), LIST_FEN, .is_sum = true \
    }
#define SPAN                                                                              \
    {"from", LIST_DAY, "month"}, {"to", LIST_DAY, "today"}, {"from", LIST_TIME, "month"}, \
    {                                                                                     \
        "to", LIST_TIME, "today"                                                          \
    }

/* Orders that came in within the span: $5 (or FROM) is its first ms, TO the first ms of its last day. */
#define CAME(FROM, TO) "o.received_ms >= " FROM " AND o.received_ms < " TO " + 86400000"

/* What an order is worth: as recorded, or what its lines say. */
#define AMOUNT                                                                                    \
    "COALESCE((SELECT a.fen FROM amount AS a WHERE a.order_id = o.id),"                           \
    " (SELECT CAST(SUM(s.amount_fen) AS BIGINT) FROM line AS x JOIN spec AS s ON s.line = x.line" \
    "  WHERE x.order_id = o.id), 0)"

/* Customers are told apart by number, those whom only orders name by that name. */
#define WHO(ID, NAME) "COALESCE(" ID ", 0) AS id, CASE WHEN COALESCE(" ID ", 0) > 0 THEN '' ELSE " NAME " END AS who"

/* clang-format off */
/* What left within a span, each load with its line. */
#define LEFT_OF(FROM, TO) \
    "SELECT d.note AS note, d.doors AS gone, " WORTH_FEN("d.line", "d.doors") " AS gone_fen," \
    " l.family AS family, l.product AS product, l.order_id AS order_id, d.day AS day FROM loaded AS d" \
    " JOIN line AS l ON l.line = d.line WHERE d.day BETWEEN " FROM " AND " TO

const struct list TRADE_REPORTS[] = {
    {.name = "report-orders",
     .roles = SEES_AMOUNTS,
     .title = "office.report.orders",
     .has_foot = true,
     .what = "Order table: the lines of orders that came in within a span of days.",
     .sql = SQL("SELECT l.line AS line, o.customer AS customer, o.received_ms AS received, l.product AS product,"
                " l.family AS family, " ORDERED("l") " AS quantity, l.size AS size, l.colour AS paint, l.opening AS opening,"
                " l.due_day AS due, l.rush AS rush, l.special AS special, NULLIF(s.amount_fen, 0) AS amount_fen,"
                " COALESCE(f.doors, 0) AS doors, CASE WHEN f.is_whole = 1 THEN f.day END AS finished,"
                " COALESCE((SELECT CAST(SUM(d.doors) AS BIGINT) FROM loaded AS d WHERE d.line = l.line), 0) AS gone,"
                " l.remarks AS remarks"
                " FROM orders AS o JOIN line AS l ON l.order_id = o.id LEFT JOIN spec AS s ON s.line = l.line"
                " LEFT JOIN finished AS f ON f.line = l.line"
                " WHERE " CAME("$5", "$6") " AND $3 <= $4 AND l.line > $1 ORDER BY l.line LIMIT $2"),
     .cursor = {"line"},
     .cursor_kind = {DB_INT},
     .params = {SPAN},
     .columns = {{"line", "office.col.line", LIST_LINE, .link = "progress?from={line}&to={line}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"received", "office.col.received", .type = LIST_TIME},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"family", "office.col.family", .type = LIST_TEXT},
                 COUNT_OF(quantity),
                 {"size", "office.col.size", .type = LIST_TEXT},
                 {"paint", "office.col.paint", .type = LIST_TEXT},
                 {"opening", "office.col.opening", .type = LIST_TEXT},
                 {"due", "office.col.due", .type = LIST_DAY},
                 {"rush", "office.col.rush", .type = LIST_BOOL},
                 {"special", "office.col.special", .type = LIST_BOOL},
                 MONEY_OF(amount_fen, "office.col.amount"),
                 COUNT_OF(doors),
                 {"finished", "office.col.finished", .type = LIST_DAY},
                 COUNT_OF(gone),
                 {"remarks", "office.col.remarks", .type = LIST_TEXT}}},

    {.name = "report-products",
     .roles = SEES_AMOUNTS,
     .title = "office.report.products",
     .has_foot = true,
     .what = "Product and money summary: what was ordered of each product within a span of days, what of it is finished, what left.",
     .sql = SQL("SELECT k.family AS family, k.product AS product, k.orders AS orders, k.quantity AS quantity, k.doors AS doors,"
                " k.amount_fen AS amount_fen, k.gone AS gone, k.gone_fen AS gone_fen FROM (SELECT u.family AS family,"
                "  u.product AS product, COUNT(DISTINCT u.order_id) AS orders, CAST(SUM(u.quantity) AS BIGINT) AS quantity,"
                "  CAST(SUM(u.doors) AS BIGINT) AS doors, CAST(SUM(u.amount_fen) AS BIGINT) AS amount_fen,"
                "  CAST(SUM(u.gone) AS BIGINT) AS gone, CAST(SUM(u.gone_fen) AS BIGINT) AS gone_fen FROM ("
                "   SELECT l.family AS family, l.product AS product, l.order_id AS order_id, " ORDERED("l") " AS quantity,"
                "    COALESCE(f.doors, 0) AS doors, COALESCE(s.amount_fen, 0) AS amount_fen, 0 AS gone, 0 AS gone_fen"
                "    FROM orders AS o JOIN line AS l ON l.order_id = o.id LEFT JOIN spec AS s ON s.line = l.line"
                "    LEFT JOIN finished AS f ON f.line = l.line WHERE " CAME("$6", "$7") " AND $4 <= $5"
                "   UNION ALL SELECT g.family, g.product, NULL, 0, 0, 0, g.gone, g.gone_fen FROM (" LEFT_OF("$4", "$5") ") AS g"
                "  ) AS u GROUP BY u.family, u.product) AS k WHERE (k.family, k.product) > ($1, $2)"
                " ORDER BY k.family, k.product LIMIT $3"),
     .cursor = {"family", "product"},
     .cursor_kind = {DB_TEXT, DB_TEXT},
     .params = {SPAN},
     .columns = {{"product", "office.col.product", .type = LIST_TEXT},
                 {"family", "office.col.family", .type = LIST_TEXT},
                 {"orders", "office.col.orders", .type = LIST_INT},
                 {"quantity", "office.col.quantity", LIST_INT, .is_sum = true, .link = "report-orders?from={from}&to={to}"},
                 COUNT_OF(doors),
                 {"done_share", "office.col.done_share", LIST_PERMILLE, .part = "doors", .whole = "quantity"},
                 MONEY_OF(amount_fen, "office.col.amount"),
                 {"gone", "office.col.gone", LIST_INT, .is_sum = true, .link = "dispatch?from={from}&to={to}"},
                 MONEY_OF(gone_fen, "office.col.gone_fen")}},

    {.name = "report-dealers",
     .roles = SEES_DEALERS,
     .title = "office.report.dealers",
     .has_foot = true,
     .what = "Dealer ledger: each customer's region and price list, what he ordered within a span of days, what of it is paid and due, what"
             " left and what money came in that time, his prepayment now, his rebates, and how many of these orders' cases, losses and bad receipts without a case there are.",
     .sql = SQL("SELECT k.*, COALESCE(c.name, k.who) AS customer, COALESCE(c.region, '') AS region, COALESCE(c.class, '') AS class,"
                " COALESCE(c.is_dealer, 0) AS dealer, COALESCE(c.price_list, '') AS price_list, c.price_list_day AS price_list_day"
                " FROM (SELECT u.id AS id, u.who AS who, CAST(SUM(u.orders) AS BIGINT) AS orders,"
                "  CAST(SUM(u.quantity) AS BIGINT) AS quantity, CAST(SUM(u.amount_fen) AS BIGINT) AS amount_fen,"
                "  CAST(SUM(u.comp_fen) AS BIGINT) AS comp_fen, CAST(SUM(u.rebate_fen) AS BIGINT) AS rebate_fen, CAST(SUM(u.cases) AS BIGINT) AS cases, CAST(SUM(u.paid_fen) AS BIGINT) AS paid_fen,"
                "  CAST(SUM(CASE WHEN u.amount_fen + u.comp_fen > u.paid_fen THEN u.amount_fen + u.comp_fen - u.paid_fen ELSE 0 END) AS BIGINT) AS due_fen,"
                "  CAST(SUM(u.gone) AS BIGINT) AS gone, CAST(SUM(u.gone_fen) AS BIGINT) AS gone_fen,"
                "  CAST(SUM(u.in_fen) AS BIGINT) AS in_fen, CAST(SUM(u.pre_fen) AS BIGINT) AS pre_fen FROM ("
                "   SELECT " WHO("h.customer", "o.customer") ", 1 AS orders,"
                "    COALESCE((SELECT CAST(SUM(" ORDERED("x") ") AS BIGINT) FROM line AS x WHERE x.order_id = o.id), 0) AS quantity,"
                "    " AMOUNT " AS amount_fen, " COMP_FEN("o.id") " AS comp_fen,"
                "    COALESCE((SELECT CAST(SUM(p.fen) AS BIGINT) FROM spread AS p WHERE p.order_id = o.id AND p.state = 1), 0)"
                "     AS paid_fen, 0 AS gone, 0 AS gone_fen, 0 AS in_fen, 0 AS pre_fen, 0 AS rebate_fen, (SELECT COUNT(*) FROM loss AS z"
                "     WHERE z.order_id = o.id AND z.state != 2) + (SELECT COUNT(*) FROM note AS n JOIN arrival AS v ON v.note = n.id"
                " WHERE n.order_id = o.id AND (v.is_model = 0 OR v.is_quantity = 0 OR v.is_intact = 0)"
                " AND NOT EXISTS (SELECT 1 FROM cases AS y WHERE y.note = n.id AND y.note != 0))"
                " + (SELECT COUNT(*) FROM cases AS y WHERE y.order_id = o.id) AS cases"
                "    FROM orders AS o LEFT JOIN head AS h ON h.order_id = o.id WHERE " CAME("$6", "$7") " AND $4 <= $5"
                "   UNION ALL SELECT " WHO("h.customer", "o.customer") ", 0, 0, 0, 0, 0, g.gone, g.gone_fen, 0, 0, 0, 0"
                "    FROM (" LEFT_OF("$4", "$5") ") AS g JOIN orders AS o ON o.id = g.order_id LEFT JOIN head AS h ON h.order_id = o.id"
                "   UNION ALL SELECT " WHO("t.customer", "t.who") ", 0, 0, 0, 0, 0, 0, 0, t.in_fen, 0, 0, 0 FROM transfer AS t"
                "    WHERE t.state = 1 AND t.in_day BETWEEN $4 AND $5"
                "   UNION ALL SELECT " WHO("p.customer", "p.who") ", 0, 0, 0, 0, 0, 0, 0, 0, p.fen, 0, 0 FROM prepaid AS p"
                "   UNION ALL SELECT " WHO("r.customer", "''") ", 0, 0, 0, 0, 0, 0, 0, 0, 0, r.fen, 0 FROM rebate AS r"
                "    WHERE r.state = 1 AND r.to_day BETWEEN $4 AND $5"
                "  ) AS u GROUP BY u.id, u.who) AS k LEFT JOIN customer AS c ON c.id = k.id"
                " WHERE (k.id, k.who) > ($1, $2) ORDER BY k.id, k.who LIMIT $3"),
     .cursor = {"id", "who"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {SPAN},
     .columns = {{"id", "office.col.customer_id", .type = LIST_INT},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"region", "office.col.region", .type = LIST_TEXT},
                 {"class", "office.col.class", .type = LIST_TEXT},
                 {"dealer", "office.col.dealer", .type = LIST_BOOL},
                 {"price_list", "office.col.price_list", .type = LIST_TEXT},
                 {"price_list_day", "office.col.price_list_day", .type = LIST_DAY},
                 COUNT_OF(orders), COUNT_OF(quantity),
                 MONEY_OF(amount_fen, "office.col.amount"),
                 MONEY_OF(comp_fen, "office.col.comp_fen"),
                 MONEY_OF(paid_fen, "office.col.paid_fen"),
                 MONEY_OF(due_fen, "office.col.due_fen"),
                 {"gone", "office.col.gone", LIST_INT, .is_sum = true, .link = "dispatch?from={from}&to={to}"},
                 {"gone_share", "office.col.gone_share", LIST_PERMILLE, .part = "gone", .whole = "quantity"},
                 MONEY_OF(gone_fen, "office.col.gone_fen"),
                 MONEY_OF(in_fen, "office.col.came_fen"),
                 MONEY_OF(pre_fen, "office.col.pre_fen"),
                 {"rebate_fen", "office.col.rebate_fen", LIST_FEN, .is_sum = true, .link = "rebates?customer={id}"},
                 COUNT_OF(cases)}},

    {.name = "report-ship",
     .roles = SEES_GOODS,
     .title = "office.report.ship",
     .has_foot = true,
     .what = "What left by day: delivery notes, orders, doors, their worth.",
     .sql = SQL("SELECT g.day AS day, COUNT(DISTINCT g.note) AS notes, COUNT(DISTINCT g.order_id) AS orders,"
                " CAST(SUM(g.gone) AS BIGINT) AS gone, CAST(SUM(g.gone_fen) AS BIGINT) AS gone_fen"
                " FROM (" LEFT_OF("$3", "$4") ") AS g WHERE g.day > $1 GROUP BY g.day ORDER BY g.day LIMIT $2"),
     .cursor = {"day"},
     .cursor_kind = {DB_INT},
     .params = {{"from", LIST_DAY, "month"}, {"to", LIST_DAY, "today"}},
     .columns = {{"day", "office.col.date", LIST_DAY, .link = "dispatch?from={day}&to={day}"},
                 {"notes", "office.col.notes_n", LIST_INT, .is_sum = true, .link = "dispatch?from={day}&to={day}"},
                 {"orders", "office.col.orders", .type = LIST_INT},
                 {"gone", "office.col.gone", LIST_INT, .is_sum = true, .link = "dispatch?from={day}&to={day}"},
                 MONEY_OF(gone_fen, "office.col.gone_fen")}},

    {.name = "report-freight",
     .roles = SEES_GOODS,
     .title = "office.report.freight",
     .has_foot = true,
     .what = "Freight by carrier and month: delivery notes that left, their volume, freight, and how much of it was approved.",
     .sql = SQL("SELECT m.from_day AS month, MAX(m.to_day) AS month_end, s.carrier AS carrier, COUNT(*) AS notes,"
                " CAST(COALESCE(SUM(s.volume_l), 0) AS BIGINT) AS volume, CAST(SUM(s.freight_fen) AS BIGINT) AS freight,"
                " CAST(SUM(CASE WHEN s.approved_by != '' THEN s.freight_fen ELSE 0 END) AS BIGINT) AS approved_fen"
                " FROM note_done AS d CROSS JOIN note AS n CROSS JOIN shipment AS s CROSS JOIN month AS m WHERE n.id = d.note"
                " AND s.note = d.note AND m.from_day = (SELECT MAX(x.from_day) FROM month AS x WHERE x.from_day <= d.day)"
                " AND d.day BETWEEN $4 AND $5 AND n.void_feed = 0 AND (s.freight_fen > 0 OR s.carrier != '')"
                " AND (m.from_day, s.carrier) > ($1, $2) GROUP BY m.from_day, s.carrier ORDER BY m.from_day, s.carrier LIMIT $3"),
     .cursor = {"month", "carrier"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {{"from", LIST_DAY, "month"}, {"to", LIST_DAY, "today"}},
     .columns = {{"month", "office.col.month", .type = LIST_DAY},
                 {"month_end", "office.col.month_end", .type = LIST_DAY},
                 {"carrier", "office.col.carrier", .type = LIST_TEXT},
                 {"notes", "office.col.notes_n", LIST_INT, .is_sum = true, .link = "dispatch?from={month}&to={month_end}"},
                 COUNT_OF(volume),
                 MONEY_OF(freight, "office.col.freight"),
                 MONEY_OF(approved_fen, "office.col.freight_approved")}},

    {.name = "report-end",
     .roles = SEES_MONEY,
     .title = "office.report.end",
     .has_foot = true,
     .what = "Month end: orders, doors, amounts, finished doors, what left, money that came, on-time and collection rate, month by month.",
     .sql = SQL("SELECT m.from_day AS month, m.to_day AS month_end, COALESCE(c.orders, 0) AS orders,"
                " COALESCE(c.quantity, 0) AS quantity, COALESCE(c.amount_fen, 0) AS amount_fen,"
                " (SELECT CAST(COALESCE(SUM(d.doors), 0) AS BIGINT) FROM op_day AS d WHERE d.day BETWEEN m.from_day AND m.to_day)"
                "  AS doors, COALESCE(g.gone, 0) AS gone, COALESCE(g.gone_fen, 0) AS gone_fen,"
                " (SELECT CAST(COALESCE(SUM(t.in_fen), 0) AS BIGINT) FROM transfer AS t WHERE t.state = 1"
                "  AND t.in_day BETWEEN m.from_day AND m.to_day) AS in_fen,"
                " COALESCE(t.judged, 0) AS judged, COALESCE(t.on_time, 0) AS on_time FROM month AS m"
                " LEFT JOIN (SELECT n.from_day AS month, COUNT(*) AS orders, CAST(SUM(COALESCE((SELECT SUM(" ORDERED("x") ") FROM line AS x"
                "   WHERE x.order_id = o.id), 0)) AS BIGINT) AS quantity, CAST(SUM(" AMOUNT ") AS BIGINT) AS amount_fen"
                "  FROM month AS n JOIN orders AS o ON " CAME("$5 + (n.from_day - $3) * 86400000", "$5 + (n.to_day - $3) * 86400000")
                "  WHERE n.to_day >= $3 AND n.from_day <= $4 GROUP BY n.from_day) AS c ON c.month = m.from_day"
                " LEFT JOIN (SELECT n.from_day AS month, CAST(SUM(w.gone) AS BIGINT) AS gone,"
                "  CAST(SUM(w.gone_fen) AS BIGINT) AS gone_fen FROM (" LEFT_OF("$3 - 31", "$4 + 31") ") AS w JOIN month AS n"
                "  ON w.day BETWEEN n.from_day AND n.to_day GROUP BY n.from_day) AS g ON g.month = m.from_day"
                " LEFT JOIN (SELECT n.from_day AS month, COUNT(*) AS judged,"
                "  CAST(SUM(CASE WHEN f.is_whole = 1 AND f.day <= l.due_day THEN 1 ELSE 0 END) AS BIGINT) AS on_time"
                "  FROM month AS n JOIN line AS l ON l.due_day BETWEEN n.from_day AND n.to_day"
                "  LEFT JOIN finished AS f ON f.line = l.line WHERE n.to_day >= $3 AND n.from_day <= $4 AND l.rev > 0"
                "  AND (l.due_day < $6 OR f.is_whole = 1) GROUP BY n.from_day) AS t ON t.month = m.from_day"
                " WHERE m.to_day >= $3 AND m.from_day <= $4 AND m.from_day > $1 ORDER BY m.from_day LIMIT $2"),
     .cursor = {"month"},
     .cursor_kind = {DB_INT},
     .params = {{"from", LIST_DAY, "-330"}, {"to", LIST_DAY, "today"}, {"from", LIST_TIME, "-330"}, {"today", LIST_DAY, "today"}},
     .columns = {{"month", "office.col.month", LIST_DAY, .link = "report-month?from={month}&to={month_end}"},
                 {"month_end", "office.col.month_end", .type = LIST_DAY},
                 {"orders", "office.col.orders", LIST_INT, .is_sum = true, .link = "report-orders?from={month}&to={month_end}"},
                 COUNT_OF(quantity),
                 MONEY_OF(amount_fen, "office.col.amount"),
                 {"doors", "office.col.doors", LIST_INT, .is_sum = true, .link = "report-month?from={month}&to={month_end}"},
                 {"gone", "office.col.gone", LIST_INT, .is_sum = true, .link = "report-ship?from={month}&to={month_end}"},
                 {"gone_share", "office.col.gone_share", LIST_PERMILLE, .part = "gone", .whole = "quantity"},
                 MONEY_OF(gone_fen, "office.col.gone_fen"),
                 MONEY_OF(in_fen, "office.col.came_fen"),
                 {"collected", "office.col.collected", LIST_PERMILLE, .part = "in_fen", .whole = "gone_fen"},
                 {"judged", "office.col.judged", LIST_INT, .is_sum = true, .link = "report-due?from={month}&to={month_end}"},
                 COUNT_OF(on_time),
                 {"rate", "office.col.on_time_share", LIST_PERMILLE, .part = "on_time", .whole = "judged"}}},

    {.name = NULL},
};
/* clang-format on */
