/* todo.c - what needs somebody now: late before it is late [R31], rush [R30], what isn't placed, answered, confirmed, signed.
 * (texts: office.todo.*, office.follow.*) */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* One statement of all that may need somebody is longer than what every C99 compiler has to take; ours do. */
#pragma GCC diagnostic ignored "-Woverlength-strings"

/* A line whose last operation has all its doors is made, whatever scan is missing before it: that is an exception [R41]. */
#define IS_MADE "EXISTS (SELECT e.line FROM finished AS e WHERE e.line = l.line AND e.is_whole = 1)"

/* Orders with work left on the floor, by their earliest such line. Lines due long ago that were never finished don't count. The
 * order of a CROSS JOIN stands: it begins with the few lines on the floor, not with all that were ever ordered. $4 is today. */
#define ORDERS_OPEN                                                                                \
    "w AS (SELECT l.order_id AS id, MIN(l.due_day) AS due, MAX(l.rush) AS rush FROM on_floor AS n" \
    " CROSS JOIN line AS l WHERE l.line = n.line AND l.due_day BETWEEN $4 - 180 AND $4 + 60"       \
    " AND NOT " IS_MADE " GROUP BY l.order_id)"

/* Their operations that should be done already, though the lines themselves have time: how far behind the slowest one is; the
 * same way round. */
#define ORDERS_BEHIND                                                                                    \
    "(SELECT l.order_id AS id, MIN(u.due_day) AS first_due FROM on_floor AS n CROSS JOIN line AS l"      \
    " CROSS JOIN sheet_due AS u CROSS JOIN sheet_op AS s"                                                \
    " LEFT JOIN op_sum AS d ON d.line = u.line AND d.rev = u.rev AND d.op = u.op"                        \
    " WHERE l.line = n.line AND u.line = l.line AND u.rev = l.rev AND s.line = u.line AND s.rev = u.rev" \
    " AND s.op = u.op AND +l.due_day BETWEEN $4 AND $4 + 60 AND +u.due_day < $4 AND NOT " IS_MADE        \
    " AND COALESCE(d.good + d.bad, 0) < s.planned GROUP BY l.order_id)"

#define OF_ORDER(ID) " JOIN orders AS o ON o.id = " ID " LEFT JOIN head AS h ON h.order_id = " ID
#define FOLLOWED(WHAT, KIND) "(SELECT " WHAT " FROM follow AS f WHERE f.order_id = w.id AND f.kind = '" KIND "')"

/* clang-format off */
const struct list TODO_LISTS[] = {
    {.name = "todo",
     .roles = ROLE_ANYBODY,
     .what = "What needs somebody now: red first, then by kind.",
     .sql = SQL("WITH " ORDERS_OPEN ", t AS ("
                " SELECT rank, kind, id, line, customer, text, since, day, n, owner, place FROM todo_change"
                " UNION ALL SELECT 2, 'enquiry', e.order_id, e.line, o.customer, e.text, e.until_ms, NULL, e.id,"
                " CASE e.to_user WHEN '' THEN e.owner ELSE e.to_user END, 'enquiry' || e.id FROM enquiry AS e"
                " JOIN orders AS o ON o.id = e.order_id WHERE e.closed_by = ''"
                " UNION ALL SELECT 2, CASE WHEN x.is_cause = 1 THEN 'cause' ELSE 'late' END, x.id, 0, x.customer, '', NULL, x.due,"
                " $4 - x.due, x.desk, 'late' || x.id FROM (SELECT w.id AS id, w.due AS due, o.customer AS customer,"
                "  COALESCE(h.desk, '') AS desk, " FOLLOWED("MAX(f.day)", "day") " AS new_day,"
                "  CASE WHEN $4 - w.due > " LIMIT_OF("late_cause_days", "3") " AND " FOLLOWED("COUNT(*)", "cause")
                "  = 0 THEN 1 ELSE 0 END AS is_cause FROM w" OF_ORDER("w.id") " WHERE w.due < $4) AS x"
                " WHERE x.new_day IS NULL OR x.new_day < $4 OR x.is_cause = 1"
                " UNION ALL SELECT 3, 'rush', w.id, 0, o.customer, '', NULL, w.due, w.due - $4, COALESCE(h.desk, ''), 'rush' || w.id"
                " FROM w" OF_ORDER("w.id") " WHERE w.rush = 1 AND w.due BETWEEN $4 AND $4 + " LIMIT_OF("rush_alert_days", "2")
                " AND " FOLLOWED("COUNT(*)", "seen") " = 0"
                " UNION ALL SELECT 4, 'soon', w.id, 0, o.customer, '', NULL, w.due, $4 - b.first_due, COALESCE(h.desk, ''),"
                " 'soon' || w.id FROM " ORDERS_BEHIND " AS b JOIN w ON w.id = b.id" OF_ORDER("w.id") " WHERE w.due >= $4"
                " AND COALESCE(" FOLLOWED("MAX(f.day)", "day") ", w.due) <= w.due"
                " UNION ALL SELECT 5, 'receipt', COALESCE(r.order_id, 0), 0, CASE WHEN c.name IS NULL THEN r.who ELSE c.name END,"
                " r.note, r.until_ms, NULL, r.id, r.taken_by, 'receipt' || r.id FROM receipt AS r"
                " LEFT JOIN customer AS c ON c.id = r.customer WHERE r.order_id IS NULL"
                " UNION ALL SELECT 5, 'money', COALESCE((SELECT MIN(p.order_id) FROM spread AS p WHERE p.transfer = m.id), 0), 0,"
                " m.who, m.payer, m.at_ms, NULL, m.id, 'finance', 'money' || m.id FROM transfer AS m WHERE m.state = 0"
                " UNION ALL SELECT 6, 'question', q.order_id, q.line, o.customer, q.text, q.asked_ms, NULL, q.id, q.asked,"
                " 'question' || q.id FROM question AS q JOIN orders AS o ON o.id = q.order_id WHERE q.answer = ''"
                " UNION ALL SELECT 6, 'deposit', d.order_id, 0, o.customer, '', d.confirmed_ms, NULL, 0, COALESCE(h.desk, ''),"
                " 'deposit' || d.order_id FROM (SELECT DISTINCT l.order_id AS id FROM line AS l WHERE l.rev = 0) AS z"
                " JOIN quoted AS d ON d.order_id = z.id AND d.confirmed_n > 0"
                " JOIN quote AS q ON q.order_id = d.order_id AND q.n = d.confirmed_n JOIN orders AS o ON o.id = d.order_id"
                " LEFT JOIN head AS h ON h.order_id = d.order_id"
                " WHERE COALESCE((SELECT CAST(SUM(p.fen) AS BIGINT) FROM spread AS p WHERE p.order_id = d.order_id AND p.state IN (0, 1)), 0)"
                " * 100 < (q.total_fen + " COMP_FEN("d.order_id") ") * " LIMIT_OF("deposit_percent", "30")
                " AND NOT EXISTS (SELECT c.id FROM cover AS c WHERE c.order_id = d.order_id AND c.is_off = 0)"
                " UNION ALL SELECT 7, 'quote', d.order_id, 0, o.customer, '', d.sent_ms, NULL, d.n, COALESCE(h.desk, ''),"
                " 'quote' || d.order_id FROM quoted AS d JOIN orders AS o ON o.id = d.order_id"
                " LEFT JOIN head AS h ON h.order_id = d.order_id WHERE d.confirmed_n < d.n"
                " AND (COALESCE(d.chased_ms, d.sent_ms) + $5) / 86400000 + " LIMIT_OF("quote_chase_days", "3") " < $4"
                " UNION ALL SELECT 8, CASE WHEN d.returned_by = '' THEN 'review' ELSE 'returned' END, l.order_id, d.line,"
                " o.customer, d.returned_why, d.made_ms, NULL, (SELECT COUNT(*) FROM review AS r WHERE r.line = d.line"
                " AND r.rev = d.rev AND r.signed_by != ''), d.maker, 'review' || d.line FROM draft AS d"
                " JOIN line AS l ON l.line = d.line JOIN orders AS o ON o.id = l.order_id WHERE d.released_ms IS NULL"
                " UNION ALL SELECT 3, 'remake', o.id, m.line, o.customer, m.cause, m.at_ms, NULL, m.pieces, '', 'remake' || m.line"
                " FROM remake AS m JOIN orders AS o ON o.id = m.line - m.line % 100 WHERE m.seen_by = ''"
                " UNION ALL SELECT 4, 'left', x.order_id, 0, o.customer, '', d.at_ms, NULL, (SELECT SUM(l.doors) FROM note_line AS l"
                "  WHERE l.note = x.id) - COALESCE((SELECT SUM(q.doors) FROM loaded AS q WHERE q.note = x.id), 0),"
                "  COALESCE(NULLIF(h.desk, ''), 'desk'), 'left' || x.id FROM exception AS z JOIN note_done AS d ON d.name = z.name"
                "  JOIN note AS x ON x.id = d.note" OF_ORDER("x.order_id") " WHERE z.reason = 'ship.left' AND x.void_feed = 0"
                " UNION ALL SELECT 6, 'arrival', x.order_id, 0, o.customer, '', d.at_ms, NULL, x.id, 'shipping', 'arrival' || x.id"
                "  FROM note_way AS w CROSS JOIN note_done AS d CROSS JOIN note AS x CROSS JOIN orders AS o"
                "  WHERE d.note = w.note AND x.id = w.note AND o.id = x.order_id AND d.day + 2 < $4"
                " UNION ALL SELECT 6, 'arrival', x.order_id, 0, o.customer, a.remarks, d.at_ms, NULL, x.id, 'shipping',"
                "  'arrival' || x.id FROM arrival AS a JOIN note AS x ON x.id = a.note JOIN note_done AS d ON d.note = x.id"
                "  JOIN orders AS o ON o.id = x.order_id WHERE a.settled_by = '' AND (a.is_model = 0 OR a.is_quantity = 0"
                "  OR a.is_intact = 0) AND x.void_feed = 0"
                " UNION ALL SELECT 5, 'tell', x.order_id, 0, o.customer, '', x.open_ms, NULL, x.id, 'shipping', 'tell' || x.id"
                "  FROM note_way AS w CROSS JOIN note AS x CROSS JOIN orders AS o LEFT JOIN note_done AS d ON d.note = x.id"
                "  LEFT JOIN shipment AS s ON s.note = x.id WHERE x.id = w.note AND o.id = x.order_id AND x.void_feed = 0 AND x.open_feed != 0 AND d.note IS NULL"
                "  AND COALESCE(s.told, '') = '')"
                " SELECT rank, kind, id AS \"order\", line, customer, text, since, day, n, owner, place FROM t"
                " WHERE (rank, place) > ($1, $2) ORDER BY rank, place LIMIT $3"),
     .cursor = {"rank", "place"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {{"today", LIST_DAY, "today"}, {"zone", LIST_ZONE, NULL}},
     .columns = {{"rank", "office.col.rank", .type = LIST_INT},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.todo."},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"text", "office.col.text", .type = LIST_TEXT},
                 {"since", "office.col.since", .type = LIST_TIME},
                 {"day", "office.col.due", .type = LIST_DAY},
                 {"n", "office.col.n", .type = LIST_INT},
                 {"owner", "office.col.owner", .type = LIST_WHO}}},

    {.name = "follows",
     .roles = ROLE_ANYBODY,
     .what = "What was done about an order's day: alerts acknowledged, new dates with who told the customer, causes.",
     .sql = SQL("SELECT f.id AS id, f.kind AS kind, f.day AS day, f.told AS told, f.responsible AS responsible, f.cause AS cause,"
                " f.by_user AS who, f.at_ms AS at FROM follow AS f WHERE f.order_id = $3 AND f.id > $1 ORDER BY f.id LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"id", "office.col.number", .type = LIST_INT},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.follow."},
                 {"day", "office.col.new_day", .type = LIST_DAY},
                 {"told", "office.col.told_by", .type = LIST_TEXT},
                 {"responsible", "office.col.responsible", .type = LIST_TEXT},
                 {"cause", "office.col.cause", .type = LIST_TEXT},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME}}},

    {.name = NULL},
};
/* clang-format on */
