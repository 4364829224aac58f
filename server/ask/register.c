/* register.c - lists of the order register: what came, what its orders say, files, and what has to be asked
 * (texts: office.source.*, office.attached.*, office.question.*, office.answer.*). */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
const struct list REGISTER_LISTS[] = {
    {.name = "register",
     .roles = SEES_SALES,
     .what = "The order register, newest first; open=1: what is not placed yet.",
     .sql = SQL("SELECT r.id AS receipt, CASE WHEN c.name IS NULL THEN r.who ELSE c.name END AS who,"
                " r.customer AS customer, COALESCE(c.phone, '') AS phone, r.received_ms AS received, r.source AS source,"
                " r.signed AS signed, r.note AS note, r.taken_by AS taken_by, r.until_ms AS until, r.order_id AS \"order\","
                " h.placed_ms AS placed, CASE WHEN h.placed_ms > r.until_ms THEN 1 ELSE 0 END AS late,"
                " (SELECT COUNT(*) FROM attached AS a WHERE a.receipt = r.id AND a.is_off = 0) AS files,"
                " r.version AS version"
                " FROM receipt AS r LEFT JOIN customer AS c ON c.id = r.customer LEFT JOIN head AS h ON h.order_id = r.order_id"
                " WHERE r.id < $1 AND ($3 = 0 OR r.order_id IS NULL) ORDER BY r.id DESC LIMIT $2"),
     .cursor = {"receipt"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"open", LIST_INT, "0"}},
     .columns = {{"receipt", "office.col.number", .type = LIST_INT},
                 {"who", "office.col.customer", .type = LIST_TEXT},
                 {"customer", "office.col.customer_id", .type = LIST_INT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"received", "office.col.received", .type = LIST_TIME},
                 {"source", "office.col.source", LIST_WORD, .words = "office.source."},
                 {"signed", "office.col.signed", .type = LIST_TEXT},
                 {"note", "office.col.note", .type = LIST_TEXT},
                 {"taken_by", "office.col.taken_by", .type = LIST_WHO},
                 {"until", "office.col.until", .type = LIST_TIME},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"placed", "office.col.placed", .type = LIST_TIME},
                 {"late", "office.col.late", .type = LIST_BOOL},
                 {"files", "office.col.files", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "head",
     .roles = ROLE_ANYBODY,
     .what = "What an order of the register says beside its lines.",
     .sql = SQL("SELECT h.order_id AS \"order\", h.customer AS customer, h.receipt AS receipt, h.salesperson AS salesperson,"
                " h.desk AS desk, COALESCE(u.\"full\", '') AS desk_name, h.placed_ms AS placed, h.placed_by AS placed_by,"
                " h.is_project AS project, CASE WHEN h.rush_owner = '' THEN 0 ELSE 1 END AS rush, h.rush_owner AS rush_owner,"
                " h.rush_reason AS rush_reason, h.doubt AS doubt, h.remarks AS remarks, r.received_ms AS received,"
                " r.source AS source, r.signed AS signed, r.taken_by AS taken_by, r.until_ms AS until,"
                " CASE WHEN h.placed_ms > r.until_ms THEN 1 ELSE 0 END AS late,"
                " c.is_dealer AS dealer, c.is_new AS new, c.is_sample AS sample, h.version AS version"
                " FROM head AS h JOIN receipt AS r ON r.id = h.receipt JOIN customer AS c ON c.id = h.customer"
                " LEFT JOIN \"user\" AS u ON u.name = h.desk"
                " WHERE h.order_id = $3 AND h.order_id > $1 ORDER BY h.order_id LIMIT $2"),
     .cursor = {"order"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"order", "office.col.order", .type = LIST_LINE},
                 {"customer", "office.col.customer_id", .type = LIST_INT},
                 {"receipt", "office.col.receipt", .type = LIST_INT},
                 {"salesperson", "office.col.salesperson", .type = LIST_TEXT},
                 {"desk", "office.col.desk", .type = LIST_WHO},
                 {"desk_name", "office.col.desk_name", .type = LIST_TEXT},
                 {"placed", "office.col.placed", .type = LIST_TIME},
                 {"placed_by", "office.col.placed_by", .type = LIST_WHO},
                 {"project", "office.col.project", .type = LIST_BOOL},
                 {"rush", "office.col.rush", .type = LIST_BOOL},
                 {"rush_owner", "office.col.rush_owner", .type = LIST_TEXT},
                 {"rush_reason", "office.col.rush_reason", .type = LIST_TEXT},
                 {"doubt", "office.col.doubt_text", .type = LIST_TEXT},
                 {"remarks", "office.col.remarks", .type = LIST_TEXT},
                 {"received", "office.col.received", .type = LIST_TIME},
                 {"source", "office.col.source", LIST_WORD, .words = "office.source."},
                 {"signed", "office.col.signed", .type = LIST_TEXT},
                 {"taken_by", "office.col.taken_by", .type = LIST_WHO},
                 {"until", "office.col.until", .type = LIST_TIME},
                 {"late", "office.col.late", .type = LIST_BOOL},
                 {"dealer", "office.col.dealer", .type = LIST_BOOL},
                 {"new", "office.col.new", .type = LIST_BOOL},
                 {"sample", "office.col.sample", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "specs",
     .roles = ROLE_ANYBODY,
     .what = "The fields of an order's lines, as JSON, and what they cost.",
     .sql = SQL("SELECT s.line AS line, l.quantity AS quantity, s.fields AS fields, s.price_fen AS price, s.extra_fen AS extra,"
                " s.extra_why AS extra_why, s.amount_fen AS amount, l.rev AS rev, s.version AS version"
                " FROM spec AS s JOIN line AS l ON l.line = s.line"
                " WHERE l.order_id = $3 AND s.line > $1 ORDER BY s.line LIMIT $2"),
     .cursor = {"line"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"quantity", "office.col.quantity", LIST_INT, .is_sum = true},
                 {"fields", "office.col.fields", .type = LIST_TEXT},
                 {"price", "office.col.price", .type = LIST_FEN},
                 {"extra", "office.col.extra", .type = LIST_FEN},
                 {"extra_why", "office.col.extra_why", .type = LIST_TEXT},
                 {"amount", "office.col.amount", LIST_FEN, .is_sum = true},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "attached",
     .roles = ROLE_ANYBODY,
     .what = "Files of an order, those of its row in the register too.",
     .sql = SQL("SELECT a.id AS attached, a.kind AS kind, a.name AS name, a.hash AS hash, f.kind AS type, f.bytes AS bytes,"
                " a.at_ms AS at, a.by_user AS who, a.is_off AS off, a.version AS version"
                " FROM attached AS a JOIN file AS f ON f.hash = a.hash"
                " WHERE (a.order_id = $3 OR a.receipt IN (SELECT h.receipt FROM head AS h WHERE h.order_id = $3))"
                " AND a.id > $1 ORDER BY a.id LIMIT $2"),
     .cursor = {"attached"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"attached", "office.col.number", .type = LIST_INT},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.attached."},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"hash", "office.col.hash", .type = LIST_HASH},
                 {"type", "office.col.type", .type = LIST_TEXT},
                 {"bytes", "office.col.bytes", .type = LIST_INT},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"off", "office.col.struck", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "questions",
     .roles = ROLE_ANYBODY,
     .what = "What somebody else has to say yes to: of one order, or (order=0) all that is open.",
     .sql = SQL("SELECT q.id AS question, q.order_id AS \"order\", q.line AS line, q.kind AS kind, q.text AS text,"
                " q.asked AS asked, q.asked_by AS asked_by, q.asked_ms AS asked_at, q.answer AS answer, q.note AS note,"
                " q.answered_by AS answered_by, q.answered_ms AS answered_at, q.told_by AS told_by, q.told_ms AS told_at,"
                " q.version AS version FROM question AS q"
                " WHERE q.id > $1 AND (($3 > 0 AND q.order_id = $3 AND q.answer != 'over') OR ($3 = 0 AND q.answer = ''))"
                " ORDER BY q.id LIMIT $2"),
     .cursor = {"question"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, "0"}},
     .columns = {{"question", "office.col.number", .type = LIST_INT},
                 {"order", "office.col.order", .type = LIST_LINE},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.question."},
                 {"text", "office.col.text", .type = LIST_TEXT},
                 {"asked", "office.col.asked", LIST_WORD, .words = "office.role."},
                 {"asked_by", "office.col.asked_by", .type = LIST_WHO},
                 {"asked_at", "office.col.asked_at", .type = LIST_TIME},
                 {"answer", "office.col.answer", LIST_WORD, .words = "office.answer."},
                 {"note", "office.col.note", .type = LIST_TEXT},
                 {"answered_by", "office.col.answered_by", .type = LIST_WHO},
                 {"answered_at", "office.col.answered_at", .type = LIST_TIME},
                 {"told_by", "office.col.told_by", .type = LIST_WHO},
                 {"told_at", "office.col.told_at", .type = LIST_TIME},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = NULL},
};
/* clang-format on */
