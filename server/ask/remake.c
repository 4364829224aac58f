/* remake.c - lists of what is made anew [R14], and of large lines that went to the floor in batches. */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
const struct list REMAKE_LISTS[] = {
    {.name = "remakes",
     .roles = ROLE_ANYBODY,
     .what = "What is made anew after scrap, of an order or of all (order 0): of which line, why, from which operation on,"
             " who approved it, and how far it is.",
     .sql = SQL("SELECT m.line AS line, m.of_line AS of_line, l.product AS product, m.pieces AS pieces, m.start_op AS op,"
                " COALESCE(CASE $4 WHEN 0 THEN p.name_zh ELSE p.name_en END, '') AS op_name,"
                " COALESCE(CASE $4 WHEN 0 THEN r.name_zh ELSE r.name_en END, '') AS reason, m.cause AS cause,"
                " m.approver AS approver, m.at_ms AS at, m.seen_by AS seen_by, m.seen_ms AS seen, m.event AS event,"
                " CAST(COALESCE((SELECT SUM(s.planned) FROM sheet_op AS s WHERE s.line = m.line AND s.rev = l.rev), 0) AS"
                "  BIGINT) AS planned, CAST(COALESCE((SELECT SUM(d.good + d.bad) FROM op_sum AS d WHERE d.line = m.line), 0)"
                "  AS BIGINT) AS done, m.version AS version FROM remake AS m JOIN line AS l ON l.line = m.line"
                " LEFT JOIN sheet_op AS o ON o.line = m.line AND o.rev = 1 AND o.op = m.start_op"
                " LEFT JOIN operation AS p ON p.code = o.code LEFT JOIN reason AS r ON r.number = m.reason"
                " WHERE ($3 = 0 OR m.line BETWEEN $3 AND $3 + 99) AND m.line > $1 ORDER BY m.line LIMIT $2"),
     .cursor = {"line"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, "0"}, {"lang", LIST_LANG, NULL}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"of_line", "office.col.of_line", .type = LIST_LINE},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"pieces", "office.col.pieces", LIST_INT, .is_sum = true},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"op_name", "office.col.start_op", .type = LIST_TEXT},
                 {"reason", "office.col.reason", .type = LIST_TEXT},
                 {"cause", "office.col.cause", .type = LIST_TEXT},
                 {"approver", "office.col.approver", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"seen_by", "office.col.seen_by", .type = LIST_WHO},
                 {"seen", "office.col.seen_at", .type = LIST_TIME},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"planned", "office.col.planned", .type = LIST_INT},
                 {"done", "office.col.done", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "batches",
     .roles = ROLE_ANYBODY,
     .what = "Lines that went to the floor in batches, of an order or of all (order 0); money stays with the first.",
     .sql = SQL("SELECT b.line AS line, b.of_line AS of_line, b.place AS place, b.of_all AS of_all, l.quantity AS quantity,"
                " b.at_ms AS at, b.by_user AS who FROM batch AS b JOIN line AS l ON l.line = b.line"
                " WHERE ($3 = 0 OR b.line BETWEEN $3 AND $3 + 99) AND b.line > $1 ORDER BY b.line LIMIT $2"),
     .cursor = {"line"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, "0"}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"of_line", "office.col.of_line", .type = LIST_LINE},
                 {"place", "office.col.batch", .type = LIST_INT},
                 {"of_all", "office.col.batches", .type = LIST_INT},
                 {"quantity", "office.col.quantity", LIST_INT, .is_sum = true},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"who", "office.col.who", .type = LIST_WHO}}},

    {.name = NULL},
};
