/* report_pay.c - the monthly piece-wage detail (月计件工资明细表) [R19]: who earned what at which operation. It adds up the
 * same pay lines as the wages list; read from hand_day. */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

#define COUNT_OF(KEY)                                      \
    {                                                      \
        #KEY, "office.col." #KEY, LIST_INT, .is_sum = true \
    }

/* clang-format off */
const struct list PAY_REPORTS[] = {
    {.name = "report-wages",
     .roles = SEES_PAY,
     .title = "office.report.wages",
     .has_foot = true,
     .what = "Monthly piece-wage detail: each worker's operations with pieces and money; without an operation: day work.",
     .sql = SQL("SELECT k.worker AS worker, k.code AS code, COALESCE(w.name, '') AS name, COALESCE(c.name, w.crew, '') AS crew,"
                " COALESCE(CASE $6 WHEN 0 THEN o.name_zh ELSE o.name_en END, k.code) AS op_name, k.days AS days,"
                " k.facts AS facts, k.done AS done, k.bad AS bad, k.reworked AS reworked, k.fen AS fen"
                " FROM (SELECT worker, code, COUNT(*) AS days, CAST(SUM(facts) AS BIGINT) AS facts,"
                "  CAST(SUM(good + bad) AS BIGINT) AS done, CAST(SUM(bad) AS BIGINT) AS bad,"
                "  CAST(SUM(reworked) AS BIGINT) AS reworked, CAST(SUM(fen) AS BIGINT) AS fen FROM hand_day"
                "  WHERE day BETWEEN $4 AND $5 GROUP BY worker, code) AS k"
                " LEFT JOIN worker AS w ON w.number = k.worker LEFT JOIN crew AS c ON c.id = w.crew"
                " LEFT JOIN operation AS o ON o.code = k.code"
                " WHERE (k.worker, k.code) > ($1, $2) ORDER BY k.worker, k.code LIMIT $3"),
     .cursor = {"worker", "code"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {{"from", LIST_DAY, "month"}, {"to", LIST_DAY, "today"}, {"lang", LIST_LANG, NULL}},
     .columns = {{"worker", "office.col.worker", LIST_INT, .link = "worker-days?worker={worker}&from={from}&to={to}"},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"crew", "office.col.crew", .type = LIST_TEXT},
                 {"code", "office.col.code", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"days", "office.col.days", .type = LIST_INT},
                 COUNT_OF(facts), COUNT_OF(done), COUNT_OF(bad), COUNT_OF(reworked),
                 {"fen", "office.col.fen", LIST_FEN, .is_sum = true,
                  .link = "worker-facts?worker={worker}&from={from}&to={to}"}}},

    {.name = NULL},
};
/* clang-format on */
