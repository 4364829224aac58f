/* report_trade.c - papers about orders and what they are worth [R19] [R27] [R28]: monthly order table, product and money
 * summary (产品名称资金总结表), dealer ledger (经销商信息台账), month end. docs/reports.md defines every figure. */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

enum {
    SEES_AMOUNTS = ROLE_ADMIN | ROLE_DESK | ROLE_FINANCE | ROLE_MANAGER | ROLE_OWNER | ROLE_TAKER | ROLE_QUOTER,
    SEES_MONEY = ROLE_ADMIN | ROLE_FINANCE | ROLE_MANAGER | ROLE_OWNER,
    SEES_DEALERS = SEES_MONEY | ROLE_DESK
};

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

/* clang-format off */
const struct list TRADE_REPORTS[] = {
    {.name = "report-orders",
     .roles = SEES_AMOUNTS,
     .title = "office.report.orders",
     .has_foot = true,
     .what = "Order table: the lines of orders that came in within a span of days.",
     .sql = SQL("SELECT l.line AS line, o.customer AS customer, o.received_ms AS received, l.product AS product,"
                " l.family AS family, l.quantity AS quantity, l.size AS size, l.colour AS paint, l.opening AS opening,"
                " l.due_day AS due, l.rush AS rush, l.special AS special, COALESCE(s.amount_fen, 0) AS amount_fen,"
                " COALESCE(f.doors, 0) AS doors, CASE WHEN f.is_whole = 1 THEN f.day END AS finished, l.remarks AS remarks"
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
                 {"remarks", "office.col.remarks", .type = LIST_TEXT}}},

    {.name = "report-products",
     .roles = SEES_AMOUNTS,
     .title = "office.report.products",
     .has_foot = true,
     .what = "Product and money summary: what was ordered of each product within a span of days, for how much.",
     .sql = SQL("SELECT k.family AS family, k.product AS product, k.orders AS orders, k.quantity AS quantity, k.doors AS doors,"
                " k.amount_fen AS amount_fen FROM (SELECT l.family AS family, l.product AS product,"
                "  COUNT(DISTINCT l.order_id) AS orders, CAST(SUM(l.quantity) AS BIGINT) AS quantity,"
                "  CAST(SUM(COALESCE(f.doors, 0)) AS BIGINT) AS doors,"
                "  CAST(SUM(COALESCE(s.amount_fen, 0)) AS BIGINT) AS amount_fen FROM orders AS o"
                "  JOIN line AS l ON l.order_id = o.id LEFT JOIN spec AS s ON s.line = l.line"
                "  LEFT JOIN finished AS f ON f.line = l.line WHERE " CAME("$6", "$7") " AND $4 <= $5"
                "  GROUP BY l.family, l.product) AS k WHERE (k.family, k.product) > ($1, $2)"
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
                 MONEY_OF(amount_fen, "office.col.amount")}},

    {.name = "report-dealers",
     .roles = SEES_DEALERS,
     .title = "office.report.dealers",
     .has_foot = true,
     .what = "Dealer ledger: each customer's region, price list, and what he ordered within a span of days.",
     .sql = SQL("SELECT k.id AS id, k.who AS customer, COALESCE(c.region, '') AS region, COALESCE(c.class, '') AS class,"
                " COALESCE(c.is_dealer, 0) AS dealer, COALESCE(c.price_list, '') AS price_list,"
                " c.price_list_day AS price_list_day, k.orders AS orders, k.quantity AS quantity, k.doors AS doors,"
                " k.amount_fen AS amount_fen FROM (SELECT COALESCE(h.customer, 0) AS id, o.customer AS who,"
                "  COUNT(DISTINCT o.id) AS orders, CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) AS quantity,"
                "  CAST(SUM(COALESCE(f.doors, 0)) AS BIGINT) AS doors,"
                "  CAST(SUM(COALESCE(s.amount_fen, 0)) AS BIGINT) AS amount_fen FROM orders AS o"
                "  LEFT JOIN head AS h ON h.order_id = o.id LEFT JOIN line AS l ON l.order_id = o.id"
                "  LEFT JOIN spec AS s ON s.line = l.line LEFT JOIN finished AS f ON f.line = l.line"
                "  WHERE " CAME("$6", "$7") " AND $4 <= $5 GROUP BY COALESCE(h.customer, 0), o.customer) AS k"
                " LEFT JOIN customer AS c ON c.id = k.id"
                " WHERE (k.id, k.who) > ($1, $2) ORDER BY k.id, k.who LIMIT $3"),
     .cursor = {"id", "customer"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {SPAN},
     .columns = {{"id", "office.col.customer_id", .type = LIST_INT},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"region", "office.col.region", .type = LIST_TEXT},
                 {"class", "office.col.class", .type = LIST_TEXT},
                 {"dealer", "office.col.dealer", .type = LIST_BOOL},
                 {"price_list", "office.col.price_list", .type = LIST_TEXT},
                 {"price_list_day", "office.col.price_list_day", .type = LIST_DAY},
                 COUNT_OF(orders), COUNT_OF(quantity), COUNT_OF(doors),
                 {"done_share", "office.col.done_share", LIST_PERMILLE, .part = "doors", .whole = "quantity"},
                 MONEY_OF(amount_fen, "office.col.amount")}},

    {.name = "report-end",
     .roles = SEES_MONEY,
     .title = "office.report.end",
     .has_foot = true,
     .what = "Month end: orders, doors, amounts, finished doors, on-time rate, month by month.",
     .sql = SQL("SELECT m.from_day AS month, m.to_day AS month_end,"
                " (SELECT COUNT(*) FROM orders AS o WHERE " CAME("$5 + (m.from_day - $3) * 86400000", "$5 + (m.to_day - $3) * 86400000") ")"
                "  AS orders,"
                " (SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) FROM orders AS o JOIN line AS l ON l.order_id = o.id"
                "  WHERE " CAME("$5 + (m.from_day - $3) * 86400000", "$5 + (m.to_day - $3) * 86400000") ") AS quantity,"
                " (SELECT CAST(COALESCE(SUM(s.amount_fen), 0) AS BIGINT) FROM orders AS o JOIN line AS l ON l.order_id = o.id"
                "  JOIN spec AS s ON s.line = l.line"
                "  WHERE " CAME("$5 + (m.from_day - $3) * 86400000", "$5 + (m.to_day - $3) * 86400000") ") AS amount_fen,"
                " (SELECT CAST(COALESCE(SUM(d.doors), 0) AS BIGINT) FROM op_day AS d WHERE d.day BETWEEN m.from_day AND m.to_day)"
                "  AS doors,"
                " COALESCE(t.judged, 0) AS judged, COALESCE(t.on_time, 0) AS on_time FROM month AS m"
                " LEFT JOIN (SELECT n.from_day AS month, COUNT(*) AS judged,"
                "  CAST(SUM(CASE WHEN f.is_whole = 1 AND f.day <= l.due_day THEN 1 ELSE 0 END) AS BIGINT) AS on_time"
                "  FROM month AS n JOIN line AS l ON l.due_day BETWEEN n.from_day AND n.to_day"
                "  LEFT JOIN finished AS f ON f.line = l.line WHERE n.to_day >= $3 AND n.from_day <= $4 AND l.rev > 0"
                "  AND (l.due_day < $6 OR f.is_whole = 1) GROUP BY n.from_day) AS t ON t.month = m.from_day"
                " WHERE m.to_day >= $3 AND m.from_day <= $4 AND m.from_day > $1"
                " ORDER BY m.from_day LIMIT $2"),
     .cursor = {"month"},
     .cursor_kind = {DB_INT},
     .params = {{"from", LIST_DAY, "-330"}, {"to", LIST_DAY, "today"}, {"from", LIST_TIME, "-330"}, {"today", LIST_DAY, "today"}},
     .columns = {{"month", "office.col.month", LIST_DAY, .link = "report-month?from={month}&to={month_end}"},
                 {"month_end", "office.col.month_end", .type = LIST_DAY},
                 {"orders", "office.col.orders", LIST_INT, .is_sum = true, .link = "report-orders?from={month}&to={month_end}"},
                 COUNT_OF(quantity),
                 MONEY_OF(amount_fen, "office.col.amount"),
                 {"doors", "office.col.doors", LIST_INT, .is_sum = true, .link = "report-month?from={month}&to={month_end}"},
                 {"judged", "office.col.judged", LIST_INT, .is_sum = true, .link = "report-due?from={month}&to={month_end}"},
                 COUNT_OF(on_time),
                 {"rate", "office.col.on_time_share", LIST_PERMILLE, .part = "on_time", .whole = "judged"}}},

    {.name = NULL},
};
/* clang-format on */
