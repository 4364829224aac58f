/* order.c - lists of orders: where they are, and how far each operation is. No prices. */
#include <assert.h>
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
const struct list ORDER_LISTS[] = {
    {.name = "orders",
     .roles = ROLE_ANYBODY,
     .what = "Orders, newest first, with quantity (remakes are no more doors), earliest due day and stops.",
     .sql = SQL("SELECT o.id AS id, o.customer AS customer, o.received_ms AS received, o.version AS version,"
                " COUNT(l.line) AS lines, CAST(COALESCE(SUM(" ORDERED("l") "), 0) AS BIGINT) AS quantity,"
                " MIN(l.due_day) AS due, COALESCE(MAX(l.rush), 0) AS rush, COALESCE(MAX(l.special), 0) AS special,"
                " COALESCE(MIN(l.product), '') AS product,"
                " (SELECT COUNT(*) FROM stop AS p WHERE p.lifted_feed IS NULL"
                "   AND p.line BETWEEN o.id AND o.id + 99) AS stops"
                " FROM orders AS o LEFT JOIN line AS l ON l.order_id = o.id"
                " WHERE o.id < $1 AND o.id BETWEEN $3 AND $4"
                " GROUP BY o.id, o.customer, o.received_ms, o.version ORDER BY o.id DESC LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"from", LIST_LINE, "0"}, {"to", LIST_LINE, "9912999900"}},
     .columns = {{"id", "office.col.order", LIST_LINE, .link = "lines?order={id}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"lines", "office.col.lines", .type = LIST_INT},
                 {"quantity", "office.col.quantity", LIST_INT, .is_sum = true},
                 {"due", "office.col.due", .type = LIST_DAY},
                 {"rush", "office.col.rush", .type = LIST_BOOL},
                 {"special", "office.col.special", .type = LIST_BOOL},
                 {"stops", "office.col.stops", .type = LIST_INT},
                 {"received", "office.col.received", .type = LIST_TIME},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "lines",
     .roles = ROLE_ANYBODY,
     .what = "The lines of one order.",
     .sql = SQL("SELECT line, product, family, quantity, size, colour AS paint, opening, due_day AS due, rush, special,"
                " remarks, rev, version FROM line WHERE order_id = $3 AND line > $1 ORDER BY line LIMIT $2"),
     .cursor = {"line"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"line", "office.col.line", LIST_LINE, .link = "progress?from={line}&to={line}"},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"family", "office.col.family", .type = LIST_TEXT},
                 {"quantity", "office.col.quantity", LIST_INT, .is_sum = true},
                 {"size", "office.col.size", .type = LIST_TEXT},
                 {"paint", "office.col.paint", .type = LIST_TEXT},
                 {"opening", "office.col.opening", .type = LIST_TEXT},
                 {"due", "office.col.due", .type = LIST_DAY},
                 {"rush", "office.col.rush", .type = LIST_BOOL},
                 {"special", "office.col.special", .type = LIST_BOOL},
                 {"remarks", "office.col.remarks", .type = LIST_TEXT},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "progress",
     .roles = ROLE_ANYBODY,
     .what = "How far each operation of the newest revisions is, for a span of lines or orders.",
     .sql = SQL("SELECT s.line AS line, s.op AS op, s.rev AS rev, s.code AS code, s.part AS part,"
                " COALESCE(CASE $6 WHEN 0 THEN o.name_zh ELSE o.name_en END, s.code) AS op_name,"
                " s.planned AS planned, COALESCE(d.good, 0) AS good, COALESCE(d.bad, 0) AS bad,"
                " COALESCE(d.held, 0) AS held"
                " FROM line AS l JOIN sheet_op AS s ON s.line = l.line AND s.rev = l.rev"
                " LEFT JOIN op_sum AS d ON d.line = s.line AND d.rev = s.rev AND d.op = s.op"
                " LEFT JOIN operation AS o ON o.code = s.code"
                " WHERE l.line BETWEEN $4 AND $5 AND l.line >= $1 AND (l.line > $1 OR s.op > $2)"
                " ORDER BY l.line, s.op LIMIT $3"),
     .cursor = {"line", "op"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"from", LIST_LINE, NULL}, {"to", LIST_LINE, NULL}, {"lang", LIST_LANG, NULL}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"code", "office.col.code", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"part", "office.col.part", .type = LIST_TEXT},
                 {"planned", "office.col.planned", .type = LIST_INT},
                 {"good", "office.col.good", LIST_INT, .is_sum = true},
                 {"bad", "office.col.bad", LIST_INT, .is_sum = true},
                 {"held", "office.col.held", LIST_INT, .is_sum = true}}},

    {.name = "line-facts",
     .roles = ROLE_ANYBODY,
     .what = "Every event about one line, in the order in which it was taken: who, when, how many.",
     .sql = SQL("SELECT f.number AS number, f.name AS event, f.rev AS rev, f.op AS op,"
                " COALESCE(CASE $4 WHEN 0 THEN o.name_zh ELSE o.name_en END, '') AS op_name, f.day AS day,"
                " COALESCE(v.good, 0) AS good, COALESCE(v.bad, 0) AS bad, COALESCE(v.held, 0) AS held,"
                " v.kind AS verdict, v.reason AS reason, k.number AS kiosk, f.seq AS seq, f.bytes AS bytes"
                " FROM fact AS f LEFT JOIN verdict AS v ON v.number = f.number"
                " LEFT JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op"
                " LEFT JOIN operation AS o ON o.code = s.code LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " WHERE f.line = $3 AND f.line != 0 AND f.number > $1 ORDER BY f.number LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .params = {{"line", LIST_LINE, NULL}, {"lang", LIST_LANG, NULL}},
     .columns = {{"number", "office.col.number", .type = LIST_INT},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.kind.", .of_event = cell_kind},
                 {"workers", "office.col.workers", LIST_TEXT, .of_event = cell_workers},
                 {"good", "office.col.good", LIST_INT, .is_sum = true},
                 {"bad", "office.col.bad", LIST_INT, .is_sum = true},
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 {"verdict", "office.col.verdict", LIST_WORD, .words = "office.verdict."},
                 {"station", "office.col.station", LIST_TEXT, .of_event = cell_station},
                 {"kiosk", "office.col.kiosk", .type = LIST_INT},
                 {"seq", "office.col.seq", .type = LIST_INT},
                 {"reason", "office.col.reason", .type = LIST_SAY}}},

    {.name = "order-stages",
     .roles = ROLE_ANYBODY,
     .what = "Where orders stand before and on the floor: quote, confirmation, sheets, signatures, release, and the last scan.",
     .sql = SQL("SELECT o.id AS id, COALESCE(q.n, 0) AS quote, CASE WHEN q.n > 0 AND q.confirmed_n = q.n THEN 1 ELSE 0 END"
                " AS confirmed, q.sent_ms AS sent, (SELECT COUNT(*) FROM line AS l WHERE l.order_id = o.id) AS lines,"
                " (SELECT COUNT(*) FROM line AS l WHERE l.order_id = o.id AND l.rev > 0) AS released,"
                " (SELECT COUNT(*) FROM draft AS d WHERE d.line BETWEEN o.id AND o.id + 99 AND d.released_ms IS NULL) AS drafts,"
                " (SELECT COUNT(*) FROM review AS r JOIN draft AS d ON d.line = r.line AND d.rev = r.rev WHERE r.line BETWEEN"
                "   o.id AND o.id + 99 AND d.released_ms IS NULL AND r.signed_by != '') AS signed_n,"
                " COALESCE(h.desk, '') AS desk, COALESCE(u.\"full\", '') AS desk_name, COALESCE(h.is_project, 0) AS project,"
                " CASE WHEN h.order_id IS NULL THEN 1 ELSE 0 END AS imported,"
                " COALESCE(CASE $5 WHEN 0 THEN e.name_zh ELSE e.name_en END, '') AS op_name, w.name AS worker, f.bytes AS bytes"
                " FROM orders AS o LEFT JOIN quoted AS q ON q.order_id = o.id LEFT JOIN head AS h ON h.order_id = o.id"
                " LEFT JOIN \"user\" AS u ON u.name = h.desk"
                " LEFT JOIN fact AS f ON f.number = (SELECT MAX((SELECT g.number FROM fact AS g WHERE g.line = x.line AND g.line != 0"
                "   AND g.kind IN (1, 3) ORDER BY g.number DESC LIMIT 1)) FROM line AS x WHERE x.order_id = o.id)"
                " LEFT JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op"
                " LEFT JOIN operation AS e ON e.code = s.code"
                " LEFT JOIN fact_worker AS p ON p.number = f.number AND p.share = 0 LEFT JOIN worker AS w ON w.number = p.worker"
                " WHERE o.id < $1 AND o.id BETWEEN $3 AND $4 ORDER BY o.id DESC LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"from", LIST_LINE, "0"}, {"to", LIST_LINE, "9912999900"}, {"lang", LIST_LANG, NULL}},
     .columns = {{"id", "office.col.order", LIST_LINE, .link = "lines?order={id}"},
                 {"quote", "office.col.quote_n", .type = LIST_INT},
                 {"confirmed", "office.col.confirmed", .type = LIST_BOOL},
                 {"sent", "office.col.sent", .type = LIST_TIME},
                 {"lines", "office.col.lines", .type = LIST_INT},
                 {"released", "office.col.released", .type = LIST_INT},
                 {"drafts", "office.col.drafts", .type = LIST_INT},
                 {"signed_n", "office.col.signed_n", .type = LIST_INT},
                 {"desk", "office.col.desk", .type = LIST_WHO},
                 {"desk_name", "office.col.desk_name", .type = LIST_TEXT},
                 {"project", "office.col.project", .type = LIST_BOOL},
                 {"imported", "office.col.imported", .type = LIST_BOOL},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"worker", "office.col.name", .type = LIST_TEXT},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall}}},

    {.name = "op-last",
     .roles = ROLE_ANYBODY,
     .what = "Who reported last at each operation of an order's lines, and when.",
     .sql = SQL("SELECT f.line AS line, f.op AS op, f.bytes AS bytes FROM fact AS f JOIN (SELECT MAX(g.number) AS n FROM fact AS g"
                " WHERE g.line BETWEEN $4 AND $4 + 99 AND g.line != 0 AND g.kind IN (1, 3) GROUP BY g.line, g.op) AS m"
                " ON m.n = f.number WHERE (f.line, f.op) > ($1, $2) ORDER BY f.line, f.op LIMIT $3"),
     .cursor = {"line", "op"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},
                 {"workers", "office.col.workers", LIST_TEXT, .of_event = cell_workers},
                 {"station", "office.col.station", LIST_TEXT, .of_event = cell_station}}},

    {.name = "stops",
     .roles = ROLE_ANYBODY,
     .what = "Stops of orders and lines that stand.",
     .sql = SQL("SELECT id, line, pieces, why, by_user AS who, at_ms AS at, version FROM stop"
                " WHERE lifted_feed IS NULL AND id > $1 ORDER BY id LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .columns = {{"id", "office.col.number", .type = LIST_INT},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"pieces", "office.change.col.stopped_doors", .type = LIST_INT},
                 {"why", "office.col.why", .type = LIST_TEXT},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "stop-acks",
     .roles = ROLE_ANYBODY,
     .what = "Who acknowledged a stop by his badge, where and when: what a kiosk sent that knew of the stop.",
     .sql = SQL("SELECT f.number AS number, f.line AS line, w.worker AS worker, COALESCE(n.name, '') AS name,"
                " k.number AS kiosk, f.bytes AS bytes,"
                " (SELECT MAX(p.id) FROM stop AS p WHERE p.line IN (f.line, f.line - f.line % 100)"
                "   AND f.seen_feed >= p.feed AND (p.lifted_feed IS NULL OR f.seen_feed < p.lifted_feed)) AS stop"
                " FROM fact AS f LEFT JOIN fact_worker AS w ON w.number = f.number AND w.share = 0"
                " LEFT JOIN worker AS n ON n.number = w.worker LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " WHERE f.line BETWEEN $3 AND $4 AND f.line != 0 AND f.kind = 18 AND f.number > $1"
                " ORDER BY f.number LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .params = {{"from", LIST_LINE, NULL}, {"to", LIST_LINE, NULL}},
     .columns = {{"number", "office.col.number", .type = LIST_INT},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"stop", "office.col.stop", .type = LIST_INT},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"station", "office.col.station", LIST_TEXT, .of_event = cell_station},
                 {"kiosk", "office.col.kiosk", .type = LIST_INT}}},

    {.name = "papers",
     .roles = ROLE_ANYBODY,
     .what = "Where each paper of a span of lines was scanned last, by whom and when, and whether it was handed in.",
     .sql = SQL("SELECT p.number AS number, p.line AS line, p.rev AS rev, p.copy AS copy,"
                " CASE WHEN f.kind = 11 THEN 1 ELSE 0 END AS is_in, CASE WHEN p.rev < l.rev THEN 1 ELSE 0 END AS is_old,"
                " w.worker AS worker, COALESCE(n.name, '') AS name, k.number AS kiosk, f.bytes AS bytes"
                " FROM paper AS p JOIN fact AS f ON f.number = p.number LEFT JOIN line AS l ON l.line = p.line"
                " LEFT JOIN fact_worker AS w ON w.number = f.number AND w.share = 0"
                " LEFT JOIN worker AS n ON n.number = w.worker LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " WHERE p.line BETWEEN $3 AND $4 AND p.number > $1 ORDER BY p.number LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .params = {{"from", LIST_LINE, NULL}, {"to", LIST_LINE, NULL}},
     .columns = {{"number", "office.col.number", .type = LIST_INT},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"copy", "office.col.copy", .type = LIST_INT},
                 {"is_old", "office.col.is_old", .type = LIST_BOOL},
                 {"is_in", "office.col.is_in", .type = LIST_BOOL},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"station", "office.col.station", LIST_TEXT, .of_event = cell_station},
                 {"kiosk", "office.col.kiosk", .type = LIST_INT}}},

    {.name = NULL},
};
static_assert(EVENT_REPORT == 1 && EVENT_CORRECT == 3 && EVENT_COLLECT == 11 && EVENT_ACK == 18, "as the lists above have them");
/* clang-format on */
