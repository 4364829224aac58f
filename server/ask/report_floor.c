/* report_floor.c - papers of the floor [R13] [R19]: daily progress (生产进度日报表), output by day and by operation for the
 * monthly statistics (月生产统计表), bad pieces by reason and fault, who did how much where. No money. docs/reports.md
 * defines every figure.
 *
 * (texts: office.fault.*)
 * Months are read from op_day, hand_day and flaw; a figure leads on to the scans of its days. */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

enum { SEES_HANDS = SEES_RATES | ROLE_SUPERVISOR | ROLE_QC };

#define OP_NAME(LANG) "COALESCE(CASE " LANG " WHEN 0 THEN o.name_zh ELSE o.name_en END, k.code)"

/* Where an operation stands on the way through the shop: reports list them in that order. */
#define OP_AT "COALESCE((SELECT MIN(r.op) FROM routing AS r WHERE r.code = k.code), 0)"

/* Pieces that were to be done by operation, by the due days of the newest signed sheets. */
#define PLANNED(FROM, TO)                                                                   \
    "(SELECT s.code AS code, CAST(SUM(s.planned) AS BIGINT) AS planned FROM sheet_due AS u" \
    " JOIN line AS l ON l.line = u.line AND l.rev = u.rev"                                  \
    " JOIN sheet_op AS s ON s.line = u.line AND s.rev = u.rev AND s.op = u.op"              \
    " WHERE u.due_day BETWEEN " FROM " AND " TO " GROUP BY s.code)"

#define DONE(FROM, TO)                                                                            \
    "(SELECT code, COUNT(DISTINCT day) AS days, CAST(SUM(facts) AS BIGINT) AS facts,"             \
    " CAST(SUM(good) AS BIGINT) AS good, CAST(SUM(bad) AS BIGINT) AS bad,"                        \
    " CAST(SUM(reworked) AS BIGINT) AS reworked, CAST(SUM(doors) AS BIGINT) AS doors FROM op_day" \
    " WHERE day BETWEEN " FROM " AND " TO " GROUP BY code)"

#define COUNT_OF(KEY)                                      \
    {                                                      \
        #KEY, "office.col." #KEY, LIST_INT, .is_sum = true \
    }
#define SCANS_OF(KEY, LINK)                                                \
    {                                                                      \
        #KEY, "office.col." #KEY, LIST_INT, .is_sum = true, .link = (LINK) \
    }
#define DAYS                     \
    {"from", LIST_DAY, "month"}, \
    {                            \
        "to", LIST_DAY, "today"  \
    }
#define LANG                    \
    {                           \
        "lang", LIST_LANG, NULL \
    }

/* clang-format off */
const struct list FLOOR_REPORTS[] = {
    {.name = "report-day",
     .roles = ROLE_ANYBODY,
     .title = "office.report.day",
     .has_foot = true,
     .what = "Daily progress: what was to be done and what was done at each operation on a shift date.",
     .sql = SQL("WITH p AS " PLANNED("$4", "$4")
                " SELECT t.at AS at, t.code AS code, t.op_name AS op_name, t.planned AS planned, t.done AS done,"
                " CASE WHEN t.planned > t.done THEN t.planned - t.done ELSE 0 END AS lacking, t.good AS good, t.bad AS bad,"
                " t.reworked AS reworked, t.held AS held, t.overdue AS overdue FROM (SELECT " OP_AT " AS at,"
                "  k.code AS code, " OP_NAME("$5") " AS op_name, COALESCE(p.planned, 0) AS planned,"
                "  COALESCE(d.good + d.bad, 0) AS done, COALESCE(d.good, 0) AS good, COALESCE(d.bad, 0) AS bad,"
                "  COALESCE(d.reworked, 0) AS reworked, COALESCE(h.held, 0) AS held, COALESCE(z.overdue, 0) AS overdue"
                "  FROM (SELECT code FROM op_day WHERE day = $4 UNION SELECT code FROM p) AS k"
                "  LEFT JOIN " DONE("$4", "$4") " AS d ON d.code = k.code LEFT JOIN p ON p.code = k.code"
                "  LEFT JOIN (SELECT s.code AS code, CAST(SUM(v.held) AS BIGINT) AS held FROM fact AS f"
                "   JOIN verdict AS v ON v.number = f.number"
                "   JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op"
                "   WHERE f.number IN (SELECT number FROM verdict WHERE held > 0 OR kind = 2) AND f.day = $4"
                "   GROUP BY s.code) AS h ON h.code = k.code"
                "  LEFT JOIN (SELECT s.code AS code, CAST(SUM(s.planned - COALESCE(q.good + q.bad, 0)) AS BIGINT) AS overdue"
                "   FROM on_floor AS n CROSS JOIN line AS l CROSS JOIN sheet_due AS u CROSS JOIN sheet_op AS s"
                "   LEFT JOIN op_sum AS q ON q.line = s.line AND q.rev = s.rev AND q.op = s.op"
                "   WHERE l.line = n.line AND u.line = l.line AND u.rev = l.rev AND s.line = u.line AND s.rev = u.rev"
                "    AND s.op = u.op AND +u.due_day BETWEEN $4 - 60 AND $4 - 1 AND COALESCE(q.good + q.bad, 0) < s.planned"
                "   GROUP BY s.code) AS z ON z.code = k.code"
                "  LEFT JOIN operation AS o ON o.code = k.code) AS t"
                " WHERE (t.at, t.code) > ($1, $2) ORDER BY t.at, t.code LIMIT $3"),
     .cursor = {"at", "code"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {{"day", LIST_DAY, "today"}, LANG},
     .columns = {{"code", "office.col.code", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 COUNT_OF(planned),
                 SCANS_OF(done, "report-op-facts?code={code}&from={day}&to={day}"),
                 {"reach", "office.col.reach", LIST_PERMILLE, .part = "done", .whole = "planned"},
                 COUNT_OF(lacking), COUNT_OF(good),
                 SCANS_OF(bad, "report-bad-facts?code={code}&from={day}&to={day}"),
                 COUNT_OF(reworked), COUNT_OF(held), COUNT_OF(overdue)}},

    {.name = "report-shifts",
     .roles = ROLE_ANYBODY,
     .title = "office.report.shifts",
     .what = "A shift date's pieces by operation and shift.",
     .sql = SQL("SELECT d.code AS code, d.shift AS shift, d.good + d.bad AS done, d.reworked AS reworked FROM op_day AS d"
                " WHERE d.day = $4 AND (d.code, d.shift) > ($1, $2) ORDER BY d.code, d.shift LIMIT $3"),
     .cursor = {"code", "shift"},
     .cursor_kind = {DB_TEXT, DB_TEXT},
     .params = {{"day", LIST_DAY, "today"}},
     .columns = {{"code", "office.col.code", .type = LIST_TEXT},
                 {"shift", "office.col.shift", LIST_WORD, .words = "office.shift."},
                 COUNT_OF(done), COUNT_OF(reworked)}},

    {.name = "report-month",
     .roles = ROLE_ANYBODY,
     .title = "office.report.month",
     .has_foot = true,
     .what = "Production by day: reports, pieces, bad ones, finished doors, orders that came in.",
     .sql = SQL("WITH RECURSIVE n(day) AS (SELECT CAST($3 AS BIGINT) UNION ALL SELECT n.day + 1 FROM n"
                "  WHERE n.day < $4 AND n.day < $3 + 3660)"
                " SELECT n.day AS day, COALESCE(d.facts, 0) AS facts, COALESCE(d.good + d.bad, 0) AS done,"
                "  COALESCE(d.good, 0) AS good, COALESCE(d.bad, 0) AS bad, COALESCE(d.reworked, 0) AS reworked,"
                "  COALESCE(d.doors, 0) AS doors, COALESCE(r.orders, 0) AS orders, COALESCE(r.ordered, 0) AS ordered,"
                "  CASE WHEN h.is_work = 0 THEN 1 ELSE 0 END AS rest FROM n"
                " LEFT JOIN (SELECT day, CAST(SUM(facts) AS BIGINT) AS facts, CAST(SUM(good) AS BIGINT) AS good,"
                "  CAST(SUM(bad) AS BIGINT) AS bad, CAST(SUM(reworked) AS BIGINT) AS reworked,"
                "  CAST(SUM(doors) AS BIGINT) AS doors FROM op_day WHERE day BETWEEN $3 AND $4 GROUP BY day) AS d"
                "  ON d.day = n.day"
                " LEFT JOIN (SELECT $3 + (o.received_ms - $5) / 86400000 AS day, COUNT(DISTINCT o.id) AS orders,"
                "  CAST(COALESCE(SUM(" ORDERED("l") "), 0) AS BIGINT) AS ordered FROM orders AS o"
                "  LEFT JOIN line AS l ON l.order_id = o.id WHERE o.received_ms >= $5 AND o.received_ms < $6 + 86400000"
                "  GROUP BY $3 + (o.received_ms - $5) / 86400000) AS r ON r.day = n.day"
                " LEFT JOIN holiday AS h ON h.day = n.day WHERE n.day > $1 ORDER BY n.day LIMIT $2"),
     .cursor = {"day"},
     .cursor_kind = {DB_INT},
     .params = {DAYS, {"from", LIST_TIME, "month"}, {"to", LIST_TIME, "today"}},
     .columns = {{"day", "office.col.date", LIST_DAY, .link = "report-day?day={day}"},
                 {"rest", "office.col.rest", .type = LIST_BOOL},
                 COUNT_OF(facts),
                 SCANS_OF(done, "report-day?day={day}"),
                 COUNT_OF(good),
                 SCANS_OF(bad, "report-bad-facts?from={day}&to={day}"),
                 {"bad_share", "office.col.bad_share", LIST_PERMILLE, .part = "bad", .whole = "done"},
                 COUNT_OF(reworked), COUNT_OF(doors), COUNT_OF(orders), COUNT_OF(ordered)}},

    {.name = "report-ops",
     .roles = ROLE_ANYBODY,
     .title = "office.report.ops",
     .has_foot = true,
     .what = "Production by operation in a span of days: planned, done, bad, reworked.",
     .sql = SQL("WITH p AS " PLANNED("$4", "$5")
                " SELECT t.* FROM (SELECT " OP_AT " AS at, k.code AS code, " OP_NAME("$6") " AS op_name,"
                " COALESCE(p.planned, 0) AS planned, COALESCE(d.days, 0) AS days, COALESCE(d.facts, 0) AS facts,"
                " COALESCE(d.good + d.bad, 0) AS done, COALESCE(d.good, 0) AS good, COALESCE(d.bad, 0) AS bad,"
                " COALESCE(d.reworked, 0) AS reworked, COALESCE(d.doors, 0) AS doors"
                " FROM (SELECT code FROM op_day WHERE day BETWEEN $4 AND $5 UNION SELECT code FROM p) AS k"
                " LEFT JOIN " DONE("$4", "$5") " AS d ON d.code = k.code LEFT JOIN p ON p.code = k.code"
                " LEFT JOIN operation AS o ON o.code = k.code) AS t"
                " WHERE (t.at, t.code) > ($1, $2) ORDER BY t.at, t.code LIMIT $3"),
     .cursor = {"at", "code"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {DAYS, LANG},
     .columns = {{"code", "office.col.code", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"days", "office.col.days", .type = LIST_INT},
                 COUNT_OF(facts), COUNT_OF(planned),
                 SCANS_OF(done, "report-op-facts?code={code}&from={from}&to={to}"),
                 {"reach", "office.col.reach", LIST_PERMILLE, .part = "done", .whole = "planned"},
                 COUNT_OF(good),
                 SCANS_OF(bad, "report-bad-facts?code={code}&from={from}&to={to}"),
                 {"bad_share", "office.col.bad_share", LIST_PERMILLE, .part = "bad", .whole = "done"},
                 COUNT_OF(reworked), COUNT_OF(doors)}},

    {.name = "report-op-facts",
     .roles = ROLE_ANYBODY,
     .title = "office.report.op_facts",
     .has_foot = true,
     .what = "The scans behind an operation's figure in a span of days; without a code: of all operations.",
     .sql = SQL("SELECT f.day AS day, f.number AS number, f.name AS event, f.line AS line, f.rev AS rev,"
                " COALESCE(l.product, '') AS product, " OP_NAME("$7") " AS op_name, v.good AS good, v.bad AS bad,"
                " v.held AS held, v.kind AS verdict, q.number AS kiosk, f.seq AS seq, f.bytes AS bytes"
                " FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                " JOIN sheet_op AS k ON k.line = f.line AND k.rev = f.rev AND k.op = f.op"
                " LEFT JOIN operation AS o ON o.code = k.code LEFT JOIN line AS l ON l.line = f.line"
                " LEFT JOIN kiosk AS q ON q.kiosk = f.kiosk"
                " WHERE f.line != 0 AND f.day BETWEEN $4 AND $5 AND ($6 = '' OR k.code = $6)"
                " AND (v.counted > 0 OR v.held > 0) AND (f.day, f.number) > ($1, $2)"
                " ORDER BY f.day, f.number LIMIT $3"),
     .cursor = {"day", "number"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {DAYS, {"code", LIST_TEXT, ""}, LANG},
     .columns = {{"number", "office.col.number", .type = LIST_INT},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},
                 {"line", "office.col.line", LIST_LINE, .link = "progress?from={line}&to={line}"},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"workers", "office.col.workers", LIST_TEXT, .of_event = cell_workers},
                 COUNT_OF(good), COUNT_OF(bad), COUNT_OF(held),
                 {"verdict", "office.col.verdict", LIST_WORD, .words = "office.verdict."},
                 {"station", "office.col.station", LIST_TEXT, .of_event = cell_station},
                 {"kiosk", "office.col.kiosk", .type = LIST_INT},
                 {"seq", "office.col.seq", .type = LIST_INT}}},

    {.name = "report-bad",
     .roles = ROLE_ANYBODY,
     .title = "office.report.bad",
     .has_foot = true,
     .what = "Bad pieces in a span of days by reason, where they were found, and whose fault they are.",
     .sql = SQL("SELECT t.* FROM (SELECT f.reason AS reason, f.code || '/' || COALESCE(s.code, '') || '/' || f.fault AS place,"
                " COALESCE(CASE $6 WHEN 0 THEN r.name_zh ELSE r.name_en END, '') AS reason_name, f.code AS code,"
                " COALESCE(CASE $6 WHEN 0 THEN o.name_zh ELSE o.name_en END, f.code) AS op_name,"
                " CASE WHEN f.fault = 0 THEN 'material' WHEN f.fault < 0 THEN 'unsaid' ELSE 'op' END AS fault,"
                " COALESCE(CASE $6 WHEN 0 THEN p.name_zh ELSE p.name_en END, s.code, '') AS fault_op,"
                " COUNT(DISTINCT f.number) AS facts, CAST(SUM(f.pieces) AS BIGINT) AS bad,"
                " CAST(SUM(CASE f.is_open WHEN 1 THEN f.pieces ELSE 0 END) AS BIGINT) AS undecided FROM ("
                "  SELECT number, line, rev, code, reason, pieces, is_open,"
                "   CASE WHEN fault > 0 THEN 1 ELSE fault END AS fault, fault AS fault_number FROM flaw"
                "   WHERE day BETWEEN $4 AND $5) AS f"
                " LEFT JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.fault_number"
                " LEFT JOIN operation AS p ON p.code = s.code LEFT JOIN operation AS o ON o.code = f.code"
                " LEFT JOIN reason AS r ON r.number = f.reason"
                " GROUP BY f.reason, f.code, s.code, f.fault, r.name_zh, r.name_en, o.name_zh, o.name_en, p.name_zh,"
                "  p.name_en) AS t WHERE (t.reason, t.place) > ($1, $2) ORDER BY t.reason, t.place LIMIT $3"),
     .cursor = {"reason", "place"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {DAYS, LANG},
     .columns = {{"reason", "office.col.reason_number", .type = LIST_INT},
                 {"reason_name", "office.col.reason", .type = LIST_TEXT},
                 {"code", "office.col.code", .type = LIST_TEXT},
                 {"op_name", "office.col.found_op", .type = LIST_TEXT},
                 {"fault", "office.col.fault", LIST_WORD, .words = "office.fault."},
                 {"fault_op", "office.col.fault_op", .type = LIST_TEXT},
                 COUNT_OF(facts),
                 SCANS_OF(bad, "report-bad-facts?code={code}&reason={reason}&from={from}&to={to}"),
                 COUNT_OF(undecided)}},

    {.name = "report-bad-facts",
     .roles = ROLE_ANYBODY,
     .title = "office.report.bad_facts",
     .has_foot = true,
     .what = "The scans behind bad pieces; without a code: found at any operation; reason -1: of any reason.",
     .sql = SQL("SELECT k.day AS day, k.number * 16 + k.place AS place, f.name AS event, k.line AS line,"
                " COALESCE(l.product, '') AS product, " OP_NAME("$8") " AS op_name,"
                " COALESCE(CASE $8 WHEN 0 THEN r.name_zh ELSE r.name_en END, '') AS reason_name,"
                " CASE WHEN k.fault = 0 THEN 'material' WHEN k.fault < 0 THEN 'unsaid' ELSE 'op' END AS fault,"
                " COALESCE(CASE $8 WHEN 0 THEN p.name_zh ELSE p.name_en END, s.code, '') AS fault_op,"
                " k.pieces AS bad, CASE k.is_open WHEN 1 THEN k.pieces ELSE 0 END AS undecided, f.bytes AS bytes"
                " FROM flaw AS k JOIN fact AS f ON f.number = k.number LEFT JOIN line AS l ON l.line = k.line"
                " LEFT JOIN operation AS o ON o.code = k.code LEFT JOIN reason AS r ON r.number = k.reason"
                " LEFT JOIN sheet_op AS s ON s.line = k.line AND s.rev = k.rev AND s.op = k.fault"
                " LEFT JOIN operation AS p ON p.code = s.code"
                " WHERE k.day BETWEEN $4 AND $5 AND ($6 = '' OR k.code = $6) AND ($7 = -1 OR k.reason = $7)"
                " AND (k.day, k.number * 16 + k.place) > ($1, $2) ORDER BY k.day, k.number * 16 + k.place LIMIT $3"),
     .cursor = {"day", "place"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {DAYS, {"code", LIST_TEXT, ""}, {"reason", LIST_INT, "-1"}, LANG},
     .columns = {{"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},
                 {"line", "office.col.line", LIST_LINE, .link = "progress?from={line}&to={line}"},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"op_name", "office.col.found_op", .type = LIST_TEXT},
                 {"reason_name", "office.col.reason", .type = LIST_TEXT},
                 {"fault", "office.col.fault", LIST_WORD, .words = "office.fault."},
                 {"fault_op", "office.col.fault_op", .type = LIST_TEXT},
                 {"workers", "office.col.workers", LIST_TEXT, .of_event = cell_workers},
                 COUNT_OF(bad), COUNT_OF(undecided)}},

    {.name = "report-hands",
     .roles = SEES_HANDS,
     .title = "office.report.hands",
     .has_foot = true,
     .what = "Who did how much at which operation in a span of days, for the performance review; no money.",
     .sql = SQL("SELECT k.worker AS worker, k.code AS code, COALESCE(w.name, '') AS name, COALESCE(c.name, w.crew, '') AS crew,"
                " " OP_NAME("$6") " AS op_name, k.days AS days, k.facts AS facts, k.done AS done,"
                " (k.done + k.days / 2) / k.days AS a_day, k.bad AS bad, k.reworked AS reworked"
                " FROM (SELECT worker, code, COUNT(*) AS days, CAST(SUM(facts) AS BIGINT) AS facts,"
                "  CAST(SUM(good + bad) AS BIGINT) AS done, CAST(SUM(bad) AS BIGINT) AS bad,"
                "  CAST(SUM(reworked) AS BIGINT) AS reworked FROM hand_day"
                "  WHERE day BETWEEN $4 AND $5 AND facts > 0 GROUP BY worker, code) AS k"
                " LEFT JOIN worker AS w ON w.number = k.worker LEFT JOIN crew AS c ON c.id = w.crew"
                " LEFT JOIN operation AS o ON o.code = k.code"
                " WHERE (k.worker, k.code) > ($1, $2) ORDER BY k.worker, k.code LIMIT $3"),
     .cursor = {"worker", "code"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {DAYS, LANG},
     .columns = {{"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"crew", "office.col.crew", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"days", "office.col.days", .type = LIST_INT},
                 COUNT_OF(facts), COUNT_OF(done),
                 {"a_day", "office.col.a_day", .type = LIST_INT},
                 COUNT_OF(bad),
                 {"bad_share", "office.col.bad_share", LIST_PERMILLE, .part = "bad", .whole = "done"},
                 COUNT_OF(reworked)}},

    {.name = "report-due",
     .roles = ROLE_ANYBODY,
     .title = "office.report.due",
     .has_foot = true,
     .what = "On time or late, by the day on which lines were due.",
     .sql = SQL("SELECT t.day AS day, t.lines AS lines, t.quantity AS quantity, t.on_time AS on_time, t.late AS late,"
                " t.lines - t.on_time - t.late AS open, t.on_time + t.late AS judged FROM (SELECT l.due_day AS day,"
                "  COUNT(*) AS lines, CAST(SUM(l.quantity) AS BIGINT) AS quantity,"
                "  CAST(SUM(CASE WHEN f.is_whole = 1 AND f.day <= l.due_day THEN 1 ELSE 0 END) AS BIGINT) AS on_time,"
                "  CAST(SUM(CASE WHEN f.is_whole = 1 AND f.day > l.due_day THEN 1"
                "   WHEN COALESCE(f.is_whole, 0) = 0 AND l.due_day < $5 THEN 1 ELSE 0 END) AS BIGINT) AS late"
                "  FROM line AS l LEFT JOIN finished AS f ON f.line = l.line WHERE l.due_day BETWEEN $3 AND $4"
                "  AND l.rev > 0 GROUP BY l.due_day) AS t WHERE t.day > $1 ORDER BY t.day LIMIT $2"),
     .cursor = {"day"},
     .cursor_kind = {DB_INT},
     .params = {DAYS, {"today", LIST_DAY, "today"}},
     .columns = {{"day", "office.col.due", LIST_DAY, .link = "report-due-lines?from={day}&to={day}"},
                 SCANS_OF(lines, "report-due-lines?from={day}&to={day}"),
                 COUNT_OF(quantity), COUNT_OF(on_time),
                 {"late", "office.col.late_lines", LIST_INT, .is_sum = true, .link = "report-due-lines?from={day}&to={day}&late=1"},
                 {"open", "office.col.open_lines", LIST_INT, .is_sum = true},
                 {"rate", "office.col.on_time_share", LIST_PERMILLE, .part = "on_time", .whole = "judged"}}},

    {.name = "report-due-lines",
     .roles = ROLE_ANYBODY,
     .title = "office.report.due_lines",
     .has_foot = true,
     .what = "The lines behind the on-time rate; late 1: only the late ones.",
     .sql = SQL("SELECT l.due_day AS due, l.line AS line, o.customer AS customer, l.product AS product, l.quantity AS quantity,"
                " COALESCE(f.doors, 0) AS doors, CASE WHEN f.is_whole = 1 THEN f.day END AS finished,"
                " CASE WHEN f.is_whole = 1 AND f.day > l.due_day THEN f.day - l.due_day"
                "  WHEN COALESCE(f.is_whole, 0) = 0 AND l.due_day < $6 THEN $6 - l.due_day ELSE 0 END AS late_days"
                " FROM line AS l JOIN orders AS o ON o.id = l.order_id LEFT JOIN finished AS f ON f.line = l.line"
                " WHERE l.due_day BETWEEN $4 AND $5 AND l.rev > 0 AND (l.due_day, l.line) > ($1, $2)"
                " AND ($7 = 0 OR (f.is_whole = 1 AND f.day > l.due_day)"
                "  OR (COALESCE(f.is_whole, 0) = 0 AND l.due_day < $6)) ORDER BY l.due_day, l.line LIMIT $3"),
     .cursor = {"due", "line"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {DAYS, {"today", LIST_DAY, "today"}, {"late", LIST_INT, "0"}},
     .columns = {{"due", "office.col.due", .type = LIST_DAY},
                 {"line", "office.col.line", LIST_LINE, .link = "progress?from={line}&to={line}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 COUNT_OF(quantity), COUNT_OF(doors),
                 {"finished", "office.col.finished", .type = LIST_DAY},
                 {"late_days", "office.col.late_days", .type = LIST_INT}}},

    {.name = NULL},
};
/* clang-format on */
