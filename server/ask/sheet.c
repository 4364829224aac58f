/* sheet.c - lists of quotes, of sheets before their release, of their reviews, and of the plan (texts: office.confirmed.*). */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
const struct list SHEET_LISTS[] = {
    {.name = "quotes",
     .roles = ROLE_ANYBODY,
     .what = "Quotes of one order, newest first, with the recorded confirmation.",
     .sql = SQL("SELECT q.n AS n, q.at_ms AS at, q.by_user AS who, q.total_fen AS total,"
                " CASE WHEN d.confirmed_n = q.n THEN d.confirmed_day ELSE NULL END AS confirmed,"
                " CASE WHEN d.confirmed_n = q.n THEN d.how ELSE '' END AS how,"
                " CASE WHEN d.confirmed_n = q.n THEN d.person ELSE '' END AS person,"
                " CASE WHEN d.confirmed_n = q.n THEN d.note ELSE '' END AS note,"
                " CASE WHEN d.confirmed_n = q.n THEN d.by_user ELSE '' END AS recorded_by,"
                " d.chased_by AS chased_by, d.chased_ms AS chased_at"
                " FROM quote AS q JOIN quoted AS d ON d.order_id = q.order_id"
                " WHERE q.order_id = $3 AND q.n < $1 ORDER BY q.n DESC LIMIT $2"),
     .cursor = {"n"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"n", "office.col.quote_n", .type = LIST_INT},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"total", "office.col.amount", .type = LIST_FEN},
                 {"confirmed", "office.col.confirmed", .type = LIST_DAY},
                 {"how", "office.col.how", LIST_WORD, .words = "office.confirmed."},
                 {"person", "office.col.person", .type = LIST_TEXT},
                 {"note", "office.col.note", .type = LIST_TEXT},
                 {"recorded_by", "office.col.recorded_by", .type = LIST_WHO},
                 {"chased_by", "office.col.chased_by", .type = LIST_WHO},
                 {"chased_at", "office.col.chased_at", .type = LIST_TIME}}},

    {.name = "quote-lines",
     .roles = ROLE_ANYBODY,
     .what = "A quote's lines as they went out.",
     .sql = SQL("SELECT line, fields, price_fen AS price, extra_fen AS extra, extra_why, amount_fen AS amount FROM quote_line"
                " WHERE order_id = $3 AND n = $4 AND line > $1 ORDER BY line LIMIT $2"),
     .cursor = {"line"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, NULL}, {"n", LIST_INT, NULL}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"fields", "office.col.fields", .type = LIST_TEXT},
                 {"price", "office.col.price", .type = LIST_FEN},
                 {"extra", "office.col.extra", .type = LIST_FEN},
                 {"extra_why", "office.col.extra_why", .type = LIST_TEXT},
                 {"amount", "office.col.amount", LIST_FEN, .is_sum = true}}},

    {.name = "quotes-open",
     .roles = SEES_SALES,
     .what = "Quotes that the customer hasn't confirmed, oldest first: to be chased.",
     .sql = SQL("SELECT d.sent_ms AS sent, d.order_id AS \"order\", o.customer AS customer, COALESCE(c.phone, '') AS phone,"
                " d.n AS n, q.total_fen AS total, q.by_user AS who, d.chased_by AS chased_by, d.chased_ms AS chased_at"
                " FROM quoted AS d JOIN quote AS q ON q.order_id = d.order_id AND q.n = d.n"
                " JOIN orders AS o ON o.id = d.order_id LEFT JOIN head AS h ON h.order_id = d.order_id"
                " LEFT JOIN customer AS c ON c.id = h.customer"
                " WHERE d.confirmed_n < d.n AND (d.sent_ms, d.order_id) > ($1, $2) ORDER BY d.sent_ms, d.order_id LIMIT $3"),
     .cursor = {"sent", "order"},
     .cursor_kind = {DB_INT, DB_INT},
     .columns = {{"sent", "office.col.sent", .type = LIST_TIME},
                 {"order", "office.col.order", .type = LIST_LINE},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"n", "office.col.quote_n", .type = LIST_INT},
                 {"total", "office.col.amount", LIST_FEN, .is_sum = true},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"chased_by", "office.col.chased_by", .type = LIST_WHO},
                 {"chased_at", "office.col.chased_at", .type = LIST_TIME}}},

    {.name = "drafts",
     .roles = ROLE_ANYBODY,
     .what = "Sheets before their release, oldest first: of one order, or (order=0) all.",
     .sql = SQL("SELECT d.made_ms AS made, d.line AS line, o.customer AS customer, d.rev AS rev, l.product AS product,"
                " l.quantity AS quantity, l.due_day AS due, l.rush AS rush, l.special AS special, d.maker AS maker,"
                " d.editor AS editor, d.quote_n AS n, d.fields AS fields, d.ops AS ops, d.returned_by AS returned_by,"
                " d.returned_why AS returned_why, CASE d.quoted WHEN '' THEN COALESCE(q.fields, d.fields) ELSE d.quoted END AS quoted, q.amount_fen AS amount,"
                " q.price_fen AS price, t.fields AS before,"
                " CASE WHEN d.quote_n = 0 THEN 1 WHEN d.quoted != '' AND u.confirmed_n = u.n AND u.n = d.quote_n THEN 1 WHEN u.confirmed_n = u.n AND u.n = d.quote_n AND s.fields = q.fields AND s.amount_fen = q.amount_fen"
                "   THEN 1 ELSE 0 END AS current,"
                " (SELECT COUNT(*) FROM review AS r WHERE r.line = d.line AND r.rev = d.rev AND r.signed_by != '') AS signed_n,"
                " d.version AS version"
                " FROM draft AS d JOIN line AS l ON l.line = d.line JOIN orders AS o ON o.id = l.order_id"
                " LEFT JOIN quote_line AS q ON q.order_id = l.order_id AND q.n = d.quote_n AND q.line = d.line"
                " LEFT JOIN quoted AS u ON u.order_id = l.order_id LEFT JOIN spec AS s ON s.line = d.line"
                " LEFT JOIN sheet_said AS t ON t.line = d.line AND t.rev = d.rev - 1"
                " WHERE d.released_ms IS NULL AND ($4 = 0 OR l.order_id = $4) AND (d.made_ms, d.line) > ($1, $2)"
                " ORDER BY d.made_ms, d.line LIMIT $3"),
     .cursor = {"made", "line"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"order", LIST_LINE, "0"}},
     .columns = {{"made", "office.col.made", .type = LIST_TIME},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"quantity", "office.col.quantity", LIST_INT, .is_sum = true},
                 {"due", "office.col.due", .type = LIST_DAY},
                 {"rush", "office.col.rush", .type = LIST_BOOL},
                 {"special", "office.col.special", .type = LIST_BOOL},
                 {"maker", "office.col.maker", .type = LIST_WHO},
                 {"editor", "office.col.editor", .type = LIST_WHO},
                 {"n", "office.col.quote_n", .type = LIST_INT},
                 {"fields", "office.col.fields", .type = LIST_TEXT},
                 {"ops", "office.col.ops", .type = LIST_TEXT},
                 {"returned_by", "office.col.returned_by", .type = LIST_WHO},
                 {"returned_why", "office.col.returned_why", .type = LIST_TEXT},
                 {"quoted", "office.col.quoted", .type = LIST_TEXT},
                 {"before", "office.change.col.before", .type = LIST_TEXT},
                 {"amount", "office.col.amount", .type = LIST_FEN},
                 {"price", "office.col.price", .type = LIST_FEN},
                 {"current", "office.col.current", .type = LIST_BOOL},
                 {"signed_n", "office.col.signed_n", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "reviews",
     .roles = ROLE_ANYBODY,
     .what = "Claims and signatures of sheets before their release, and of an order's newest revisions.",
     .sql = SQL("SELECT r.line AS line, r.kind AS kind, r.rev AS rev, r.claimed_by AS claimed_by, r.claimed_ms AS claimed_at,"
                " r.signed_by AS signed_by, r.signed_for AS signed_for, r.signed_ms AS signed_at, r.version AS version"
                " FROM (SELECT line, rev FROM draft WHERE released_ms IS NULL AND $4 = 0"
                "  UNION ALL SELECT line, rev FROM draft WHERE $4 != 0 AND line BETWEEN $4 AND $4 + 99) AS d"
                " JOIN review AS r ON r.line = d.line AND r.rev = d.rev"
                " WHERE (r.line, r.kind) > ($1, $2) ORDER BY r.line, r.kind LIMIT $3"),
     .cursor = {"line", "kind"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {{"order", LIST_LINE, "0"}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.role."},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"claimed_by", "office.col.claimed_by", .type = LIST_WHO},
                 {"claimed_at", "office.col.claimed_at", .type = LIST_TIME},
                 {"signed_by", "office.col.signed", .type = LIST_WHO},
                 {"signed_for", "office.col.signed_for", .type = LIST_TEXT},
                 {"signed_at", "office.col.signed_at", .type = LIST_TIME},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "differences",
     .roles = ROLE_ANYBODY,
     .what = "Why sheets differ from their quotes: of one order, or (order=0) all that aren't released.",
     .sql = SQL("SELECT f.line AS line, f.field AS field, f.rev AS rev, f.quoted AS quoted, f.sheet AS sheet, f.why AS why,"
                " f.by_user AS who, f.at_ms AS at FROM difference AS f JOIN draft AS d ON d.line = f.line AND d.rev = f.rev"
                " WHERE (($4 = 0 AND d.released_ms IS NULL) OR (f.line BETWEEN $4 AND $4 + 99))"
                " AND (f.line, f.field) > ($1, $2) ORDER BY f.line, f.field LIMIT $3"),
     .cursor = {"line", "field"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {{"order", LIST_LINE, "0"}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"field", "office.col.field", LIST_WORD, .words = "office.spec."},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"quoted", "office.col.quoted", .type = LIST_TEXT},
                 {"sheet", "office.col.sheet", .type = LIST_TEXT},
                 {"why", "office.col.why", .type = LIST_TEXT},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME}}},

    {.name = "plan",
     .roles = ROLE_ANYBODY,
     .what = "Released sheets by day and sequence.",
     .sql = SQL("SELECT p.day AS day, p.sequence * 10000000000 + p.line AS place, p.sequence AS sequence, p.line AS line,"
                " p.rev AS rev, o.customer AS customer, l.product AS product, l.quantity AS quantity, l.due_day AS due,"
                " l.rush AS rush, l.special AS special, p.version AS version"
                " FROM plan AS p JOIN line AS l ON l.line = p.line AND l.rev = p.rev JOIN orders AS o ON o.id = l.order_id"
                " WHERE p.day BETWEEN $4 AND $5 AND (p.day, p.sequence * 10000000000 + p.line) > ($1, $2)"
                " ORDER BY p.day, p.sequence * 10000000000 + p.line LIMIT $3"),
     .cursor = {"day", "place"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"from", LIST_DAY, "today"}, {"to", LIST_DAY, "2099-12-31"}},
     .columns = {{"day", "office.col.date", .type = LIST_DAY},
                 {"sequence", "office.col.sequence", .type = LIST_INT},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"quantity", "office.col.quantity", LIST_INT, .is_sum = true},
                 {"due", "office.col.due", .type = LIST_DAY},
                 {"rush", "office.col.rush", .type = LIST_BOOL},
                 {"special", "office.col.special", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "load",
     .roles = ROLE_ANYBODY,
     .what = "Load by due day and operation of released sheets: pieces planned and still open; usual: the most that was done there"
             " on one of the last 30 days.",
     .sql = SQL("SELECT u.due_day AS day, s.code AS code, COALESCE(CASE $6 WHEN 0 THEN o.name_zh ELSE o.name_en END, s.code)"
                "  AS op_name, MIN(s.op) AS at, CAST(SUM(s.planned) AS BIGINT) AS planned,"
                " CAST(SUM(CASE WHEN COALESCE(q.good + q.bad, 0) < s.planned THEN s.planned - COALESCE(q.good + q.bad, 0) ELSE 0 END)"
                "  AS BIGINT) AS open, COALESCE((SELECT MAX(x.n) FROM (SELECT SUM(d.good + d.bad) AS n FROM op_day AS d"
                "  WHERE d.day BETWEEN $7 - 30 AND $7 - 1 AND d.code = s.code GROUP BY d.day) AS x), 0) AS usual"
                " FROM sheet_due AS u JOIN line AS l ON l.line = u.line AND l.rev = u.rev"
                " JOIN sheet_op AS s ON s.line = u.line AND s.rev = u.rev AND s.op = u.op"
                " LEFT JOIN op_sum AS q ON q.line = s.line AND q.rev = s.rev AND q.op = s.op"
                " LEFT JOIN operation AS o ON o.code = s.code"
                " WHERE u.due_day BETWEEN $4 AND $5 AND (u.due_day, s.code) > ($1, $2)"
                " GROUP BY u.due_day, s.code, o.name_zh, o.name_en ORDER BY u.due_day, s.code LIMIT $3"),
     .cursor = {"day", "code"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {{"from", LIST_DAY, "today"}, {"to", LIST_DAY, "2099-12-31"}, {"lang", LIST_LANG, NULL}, {"today", LIST_DAY, "today"}},
     .columns = {{"day", "office.col.date", .type = LIST_DAY},
                 {"code", "office.col.code", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"at", "office.col.op", .type = LIST_INT},
                 {"planned", "office.col.planned", LIST_INT, .is_sum = true},
                 {"open", "office.col.open", LIST_INT, .is_sum = true},
                 {"usual", "office.col.usual", .type = LIST_INT}}},

    {.name = "sheet-due",
     .roles = ROLE_ANYBODY,
     .what = "On which day each operation of an order's newest revisions is due.",
     .sql = SQL("SELECT s.line AS line, s.op AS op, s.due_day AS due FROM sheet_due AS s JOIN line AS l ON l.line = s.line"
                " AND l.rev = s.rev WHERE l.order_id = $4 AND (s.line, s.op) > ($1, $2) ORDER BY s.line, s.op LIMIT $3"),
     .cursor = {"line", "op"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"due", "office.col.due", .type = LIST_DAY}}},

    {.name = "deputies",
     .roles = ROLE_ANYBODY,
     .what = "Who signs for whom, from when to when.",
     .sql = SQL("SELECT d.\"user\" AS who, d.deputy || '/' || d.from_day AS place, d.deputy AS deputy, d.from_day AS \"from\","
                " d.to_day AS \"to\", d.version AS version FROM deputy AS d"
                " WHERE (d.\"user\", d.deputy || '/' || d.from_day) > ($1, $2)"
                " ORDER BY d.\"user\", d.deputy || '/' || d.from_day LIMIT $3"),
     .cursor = {"who", "place"},
     .cursor_kind = {DB_TEXT, DB_TEXT},
     .columns = {{"who", "office.col.who", .type = LIST_WHO},
                 {"deputy", "office.col.deputy", .type = LIST_WHO},
                 {"from", "office.col.from", .type = LIST_DAY},
                 {"to", "office.col.to", .type = LIST_DAY},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = NULL},
};
/* clang-format on */
