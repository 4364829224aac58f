/* case.c - lists of quality and after-sales cases [R15] [R36], and of their photos. (texts: office.case.*) */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

static void cell_note_of(struct list_reading *reading, struct list_cell *cell)
{
    cell_note_ref(list_row_int(reading, "note_id", 0), reading, cell);
}

/* The last day of warranty: of the goods that left last [R36]; NULL: nothing left yet. */
#define WARRANTY_DAY                                                                                         \
    "((SELECT MAX(d.day) FROM note AS n JOIN note_done AS d ON d.note = n.id WHERE n.order_id = c.order_id)" \
    " + " LIMIT_OF("warranty_days", "365") ")"

/* clang-format off */
const struct list CASE_LISTS[] = {
    {.name = "cases",
     .roles = ROLE_ANYBODY,
     .what = "Cases that are open, and those closed since a day; of one order, or one case, where it is named. warranty: it was opened"
             " within the time of warranty after its goods last left; late: open beyond its time, or closed after it.",
     .title = "office.page.cases",
     .has_foot = true,
     .sql = SQL("SELECT c.id AS id, c.order_id AS \"order\", c.line AS line, c.pieces AS pieces, o.customer AS customer,"
                " COALESCE(l.product, '') AS product, c.note AS note_id, c.event AS event, c.kind AS kind, c.what AS what,"
                " c.who AS who, c.fault AS fault, c.opened_by AS opened_by, c.opened_ms AS opened_at, c.owner AS owner,"
                " c.to_user AS to_user, c.to_note AS to_note, c.due_ms AS due_at,"
                " CASE WHEN COALESCE(c.closed_ms, $6) > c.due_ms THEN 1 ELSE 0 END AS late,"
                " CASE WHEN (c.opened_ms + $7) / 86400000 <= " WARRANTY_DAY " THEN 1 WHEN (c.opened_ms + $7) / 86400000 > " WARRANTY_DAY
                " THEN 0 END"
                " AS warranty,"
                " c.cause AS cause, c.decision AS decision, c.remedy AS remedy, c.remake AS remake, c.cost_fen AS cost,"
                " c.bearer AS bearer, c.worker AS worker, COALESCE(w.name, '') AS worker_name, c.decided_by AS decided_by,"
                " c.decided_ms AS decided_at, c.verified AS verified, c.closed_by AS closed_by, c.closed_ms AS closed_at,"
                " (SELECT COUNT(*) FROM attached AS a WHERE a.of_case = c.id AND a.of_case != 0 AND a.is_off = 0) AS photos,"
                " c.version AS version FROM cases AS c JOIN orders AS o ON o.id = c.order_id"
                " LEFT JOIN line AS l ON l.line = c.line LEFT JOIN worker AS w ON w.number = c.worker AND c.worker != 0"
                " WHERE c.id IN (SELECT x.id FROM cases AS x WHERE x.order_id = $3 AND $4 IN (0, x.id) UNION SELECT x.id FROM cases AS x"
                "  WHERE x.id = $4 AND $3 IN (0, x.order_id) UNION SELECT x.id FROM cases AS x WHERE $3 = 0 AND $4 = 0 AND x.closed_by = ''"
                "  UNION SELECT x.id FROM cases AS x WHERE $3 = 0 AND $4 = 0 AND x.closed_by != '' AND x.closed_ms >= $5 * 86400000 - $7)"
                " AND c.id > $1 ORDER BY c.id LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, "0"}, {"case", LIST_INT, "0"}, {"from", LIST_DAY, "-30"}, {"now", LIST_TIME, "now"},
                {"zone", LIST_ZONE, NULL}},
     .columns = {{"id", "office.col.case", .type = LIST_INT},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"pieces", "office.case.pieces", .type = LIST_TEXT},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"note", "office.col.delivery_note", LIST_TEXT, .of_row = cell_note_of},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.case.kind."},
                 {"what", "office.col.what", .type = LIST_TEXT},
                 {"who", "office.col.who_asks", .type = LIST_TEXT},
                 {"fault", "office.col.fault", LIST_WORD, .words = "office.case.fault."},
                 {"warranty", "office.col.warranty", .type = LIST_BOOL},
                 {"photos", "office.col.photos", .type = LIST_INT},
                 {"opened_by", "office.col.opened_by", .type = LIST_WHO},
                 {"opened_at", "office.col.opened_at", .type = LIST_TIME},
                 {"owner", "office.col.owner", .type = LIST_WHO},
                 {"to_user", "office.col.to_user", .type = LIST_WHO},
                 {"to_note", "office.col.note", .type = LIST_TEXT},
                 {"due_at", "office.col.case_due", .type = LIST_TIME},
                 {"late", "office.col.late", .type = LIST_BOOL},
                 {"cause", "office.col.cause", .type = LIST_TEXT},
                 {"decision", "office.col.case_decision", LIST_WORD, .words = "office.case.decision."},
                 {"remedy", "office.col.remedy", .type = LIST_TEXT},
                 {"remake", "office.col.remake", .type = LIST_LINE},
                 {"cost", "office.col.cost", LIST_FEN, .is_sum = true},
                 {"bearer", "office.col.bearer", LIST_WORD, .words = "office.case.bearer."},
                 {"worker_name", "office.col.name", .type = LIST_TEXT},
                 {"decided_by", "office.col.decided_by", .type = LIST_WHO},
                 {"decided_at", "office.col.decided_at", .type = LIST_TIME},
                 {"verified", "office.col.verified", .type = LIST_TEXT},
                 {"closed_by", "office.col.closed_by", .type = LIST_WHO},
                 {"closed_at", "office.col.closed_at", .type = LIST_TIME},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "case-files",
     .roles = ROLE_ANYBODY,
     .what = "Photos and papers of a case.",
     .sql = SQL("SELECT a.id AS attached, a.name AS name, a.hash AS hash, f.kind AS type, f.bytes AS bytes, a.at_ms AS at,"
                " a.by_user AS who, a.is_off AS off, a.version AS version FROM attached AS a JOIN file AS f ON f.hash = a.hash"
                " WHERE a.of_case = $3 AND a.of_case != 0 AND a.id > $1 ORDER BY a.id LIMIT $2"),
     .cursor = {"attached"},
     .cursor_kind = {DB_INT},
     .params = {{"case", LIST_INT, NULL}},
     .columns = {{"attached", "office.col.number", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"hash", "office.col.hash", .type = LIST_HASH},
                 {"type", "office.col.type", .type = LIST_TEXT},
                 {"bytes", "office.col.bytes", .type = LIST_INT},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"off", "office.col.struck", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = NULL},
};
/* clang-format on */
