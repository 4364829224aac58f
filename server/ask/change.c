/* change.c - lists of changes [R3]: change orders, papers and where they are, what stays good, losses [R39], volumes [R27].
 * (texts: office.change_state.*, office.copy_state.*, office.loss_state.*, office.loss.kind.*, office.part.*) */
#include <assert.h>
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

enum { SEES_LOSSES = SEES_RATES | ROLE_DESK /* what it costs in all; wages by worker are of change-wages */ };

/* Where the paper c is: p, f its last scan, x that it is lost since. */
#define PAPER_OF_COPY                                                                                                \
    " LEFT JOIN paper AS p ON p.line = c.line AND p.rev = c.rev AND p.copy = c.copy LEFT JOIN fact AS f ON f.number" \
    " = p.number LEFT JOIN copy_lost AS x ON x.line = c.line AND x.rev = c.rev AND x.copy = c.copy AND x.at_ms >="   \
    " COALESCE(f.taken_ms, 0)"

/* clang-format off */
const struct list CHANGE_LISTS[] = {
    {.name = "changes",
     .roles = ROLE_ANYBODY,
     .what = "Change orders, newest first: of one order, or (order=0) those that are open.",
     .sql = SQL("SELECT h.id AS id, h.line AS line, o.customer AS customer, l.product AS product, l.quantity AS quantity,"
                " h.old_rev AS old_rev, l.rev AS rev, h.wants AS wants, h.source AS source, h.source_name AS source_name,"
                " h.opened_by AS who, h.opened_ms AS at, h.confirmed_day AS confirmed, h.confirmed_by AS confirmed_by,"
                " h.due_day AS due, h.comp_fen AS comp, h.comp_who AS comp_who, h.comp_day AS comp_day, h.comp_by AS comp_by,"
                " h.state AS state, h.closed_by AS closed_by, h.closed_ms AS closed, h.new_rev AS new_rev,"
                " (SELECT COUNT(*) FROM copy AS c WHERE c.line = h.line AND c.rev = h.old_rev) AS copies,"
                " (SELECT COUNT(*) FROM copy AS c" PAPER_OF_COPY " WHERE c.line = h.line AND c.rev = h.old_rev"
                "  AND (f.kind = 11 OR x.copy IS NOT NULL)) AS copies_in,"
                " (SELECT COUNT(*) FROM op_sum AS s LEFT JOIN stays AS y ON y.line = s.line AND y.new_rev = s.rev + 1"
                "  AND y.old_op = s.op WHERE s.line = h.line AND s.rev = h.old_rev AND s.good != COALESCE(y.good + y.redo, 0))"
                "  AS undecided, h.of_change AS of_change, h.version AS version"
                " FROM change AS h JOIN line AS l ON l.line = h.line JOIN orders AS o ON o.id = l.order_id"
                " WHERE h.id < $1 AND (($3 = 0 AND h.state = 0) OR h.line BETWEEN $3 AND $3 + 99) ORDER BY h.id DESC LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"order", LIST_LINE, "0"}},
     .columns = {{"id", "office.col.number", .type = LIST_INT},
                 {"line", "office.col.line", LIST_LINE, .link = "line-facts?line={line}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"quantity", "office.col.quantity", .type = LIST_INT},
                 {"old_rev", "office.change.col.old_rev", .type = LIST_INT},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"wants", "office.change.col.wants", .type = LIST_TEXT},
                 {"source", "office.change.col.source_file", .type = LIST_HASH},
                 {"source_name", "office.change.col.file", .type = LIST_TEXT},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"confirmed", "office.change.col.confirmed_day", .type = LIST_DAY},
                 {"confirmed_by", "office.change.col.confirmed_by", .type = LIST_TEXT},
                 {"due", "office.col.new_day", .type = LIST_DAY},
                 {"comp", "office.change.col.compensation", LIST_FEN, .is_sum = true},
                 {"comp_who", "office.change.col.comp_who", .type = LIST_TEXT},
                 {"comp_day", "office.change.col.comp_day", .type = LIST_DAY},
                 {"comp_by", "office.col.recorded_by", .type = LIST_WHO},
                 {"state", "office.col.state", LIST_WORD, .words = "office.change_state."},
                 {"closed_by", "office.col.closed_by", .type = LIST_WHO},
                 {"closed", "office.col.closed_at", .type = LIST_TIME},
                 {"new_rev", "office.change.col.new_rev", .type = LIST_INT},
                 {"copies", "office.change.col.copies", .type = LIST_INT},
                 {"copies_in", "office.change.col.copies_in", .type = LIST_INT},
                 {"undecided", "office.col.undecided", .type = LIST_INT},
                 {"of_change", "office.change.col.set", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "copies",
     .roles = ROLE_ANYBODY,
     .what = "The papers of a span of lines: part, in place of which it was printed, where it was scanned last, whether it was"
             " handed in or declared lost.",
     .sql = SQL("SELECT c.line AS line, c.rev * 1000 + c.copy AS place, c.rev AS rev, c.copy AS copy, c.part AS part,"
                " CASE WHEN f.kind = 11 THEN 1 WHEN x.copy IS NOT NULL THEN 2 ELSE 0 END AS state,"
                " CASE WHEN c.rev < l.rev THEN 1 ELSE 0 END AS is_old, c.replaces AS replaces,"
                " (SELECT MAX(r.copy) FROM copy AS r WHERE r.line = c.line AND r.rev = c.rev AND r.replaces = c.copy)"
                "  AS replaced_by, c.why AS why, c.by_user AS who, c.at_ms AS at, d.at_ms AS printed, d.by_user AS printed_by,"
                " w.worker AS worker, COALESCE(n.name, '') AS name, k.number AS kiosk, x.who AS lost_who, x.why AS lost_why,"
                " x.by_user AS lost_by, x.at_ms AS lost_at, f.bytes AS bytes"
                " FROM copy AS c JOIN line AS l ON l.line = c.line" PAPER_OF_COPY
                " LEFT JOIN printed AS d ON d.line = c.line AND d.rev = c.rev AND d.copy = c.copy"
                " LEFT JOIN fact_worker AS w ON w.number = f.number AND w.share = 0"
                " LEFT JOIN worker AS n ON n.number = w.worker LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " WHERE c.line BETWEEN $4 AND $5 AND (c.line, c.rev * 1000 + c.copy) > ($1, $2)"
                " ORDER BY c.line, c.rev * 1000 + c.copy LIMIT $3"),
     .cursor = {"line", "place"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"from", LIST_LINE, NULL}, {"to", LIST_LINE, NULL}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"copy", "office.col.copy", .type = LIST_INT},
                 {"part", "office.col.part", LIST_WORD, .words = "office.part."},
                 {"state", "office.col.state", LIST_WORD, .words = "office.copy_state."},
                 {"is_old", "office.col.is_old", .type = LIST_BOOL},
                 {"replaces", "office.change.col.replaces", .type = LIST_INT},
                 {"replaced_by", "office.change.col.replaced_by", .type = LIST_INT},
                 {"why", "office.col.why", .type = LIST_TEXT},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"printed", "office.change.col.printed_at", .type = LIST_TIME},
                 {"printed_by", "office.change.col.printed_by", .type = LIST_WHO},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"station", "office.col.station", LIST_TEXT, .of_event = cell_station},
                 {"users", "office.change.col.users", LIST_WHO, .of_event = cell_users},
                 {"kiosk", "office.col.kiosk", .type = LIST_INT},
                 {"lost_who", "office.change.col.lost_who", .type = LIST_TEXT},
                 {"lost_why", "office.change.col.lost_why", .type = LIST_TEXT},
                 {"lost_by", "office.change.col.lost_by", .type = LIST_WHO},
                 {"lost_at", "office.change.col.lost_at", .type = LIST_TIME}}},

    {.name = "stays",
     .roles = ROLE_ANYBODY,
     .what = "What is made on one revision of a line, operation by operation, and how much of it stays good or is made again.",
     .sql = SQL("SELECT o.op AS op, o.code AS code, COALESCE(CASE $5 WHEN 0 THEN n.name_zh ELSE n.name_en END, o.code) AS op_name,"
                " o.part AS part, o.planned AS planned, COALESCE(s.good, 0) AS good, COALESCE(s.bad, 0) AS bad,"
                " COALESCE(s.held, 0) AS held, y.good AS stays, y.redo AS redo, y.new_op AS new_op, y.by_user AS who,"
                " y.at_ms AS at, COALESCE(y.version, 0) AS version"
                " FROM sheet_op AS o LEFT JOIN op_sum AS s ON s.line = o.line AND s.rev = o.rev AND s.op = o.op"
                " LEFT JOIN stays AS y ON y.line = o.line AND y.new_rev = o.rev + 1 AND y.old_op = o.op"
                " LEFT JOIN operation AS n ON n.code = o.code"
                " WHERE o.line = $3 AND o.rev = $4 AND o.op > $1 ORDER BY o.op LIMIT $2"),
     .cursor = {"op"},
     .cursor_kind = {DB_INT},
     .params = {{"line", LIST_LINE, NULL}, {"rev", LIST_INT, NULL}, {"lang", LIST_LANG, NULL}},
     .columns = {{"op", "office.col.op", .type = LIST_INT},
                 {"code", "office.col.code", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"part", "office.col.part", LIST_WORD, .words = "office.part."},
                 {"planned", "office.col.planned", .type = LIST_INT},
                 {"good", "office.col.good", LIST_INT, .is_sum = true},
                 {"bad", "office.col.bad", LIST_INT, .is_sum = true},
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 {"stays", "office.change.col.stays", LIST_INT, .is_sum = true},
                 {"redo", "office.change.col.redo", LIST_INT, .is_sum = true},
                 {"new_op", "office.change.col.new_op", .type = LIST_INT},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "change-wages",
     .roles = SEES_RATES,
     .what = "Wages due for the work of one revision of a line, by operation and worker: it stays paid, and is what a loss costs.",
     .sql = SQL("SELECT g.place AS place, g.op AS op, g.worker AS worker, COALESCE(n.name, '') AS name, g.fen AS fen FROM"
                " (SELECT f.op * 1000000 + w.worker AS place, f.op AS op, w.worker AS worker,"
                "   CAST(COALESCE(SUM(d.fen), 0) AS BIGINT) AS fen FROM fact AS f JOIN fact_worker AS w ON w.number = f.number"
                "   JOIN due AS d ON d.worker = w.worker AND d.day = w.day AND d.number = w.number AND d.share = w.share"
                "   WHERE f.line = $3 AND f.line != 0 AND f.rev = $4 GROUP BY f.op, w.worker) AS g"
                " LEFT JOIN worker AS n ON n.number = g.worker WHERE g.place > $1 ORDER BY g.place LIMIT $2"),
     .cursor = {"place"},
     .cursor_kind = {DB_INT},
     .params = {{"line", LIST_LINE, NULL}, {"rev", LIST_INT, NULL}},
     .columns = {{"op", "office.col.op", .type = LIST_INT},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"fen", "office.col.fen", LIST_FEN, .is_sum = true}}},

    {.name = "revisions",
     .roles = ROLE_ANYBODY,
     .what = "The released revisions of an order's lines: what was signed, by whom it was made, and its place in the volumes.",
     .sql = SQL("SELECT s.line AS line, s.rev AS rev, t.serial AS serial, (t.serial + 99) / 100 AS volume, s.quantity AS quantity,"
                " s.signed_ms AS at, s.signed_by AS who, t.maker AS maker, t.fields AS fields FROM sheet AS s"
                " JOIN sheet_said AS t ON t.line = s.line AND t.rev = s.rev"
                " WHERE s.line BETWEEN $4 AND $4 + 99 AND (s.line, s.rev) > ($1, $2) ORDER BY s.line, s.rev LIMIT $3"),
     .cursor = {"line", "rev"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"serial", "office.change.col.serial", .type = LIST_INT},
                 {"volume", "office.change.col.volume", .type = LIST_INT},
                 {"quantity", "office.col.quantity", .type = LIST_INT},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"maker", "office.col.maker", .type = LIST_WHO},
                 {"fields", "office.col.fields", .type = LIST_TEXT}}},

    {.name = "volumes",
     .roles = ROLE_ANYBODY,
     .what = "Volumes of a hundred sheets each, newest first: first and last number, from when to when.",
     .sql = SQL("SELECT v.volume AS volume, v.sheets AS sheets, a.line AS first_line, a.rev AS first_rev, b.line AS last_line,"
                " b.rev AS last_rev, s.signed_ms AS first_at, e.signed_ms AS last_at FROM"
                " (SELECT (serial + 99) / 100 AS volume, COUNT(*) AS sheets, MIN(serial) AS low, MAX(serial) AS high"
                "   FROM sheet_said GROUP BY (serial + 99) / 100) AS v"
                " JOIN sheet_said AS a ON a.serial = v.low JOIN sheet_said AS b ON b.serial = v.high"
                " JOIN sheet AS s ON s.line = a.line AND s.rev = a.rev JOIN sheet AS e ON e.line = b.line AND e.rev = b.rev"
                " WHERE v.volume < $1 AND ($3 = 0 OR v.volume = $3) ORDER BY v.volume DESC LIMIT $2"),
     .cursor = {"volume"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"volume", LIST_INT, "0"}},
     .columns = {{"volume", "office.change.col.volume", .type = LIST_INT},
                 {"sheets", "office.change.col.sheets", .type = LIST_INT},
                 {"first_line", "office.change.col.first_line", .type = LIST_LINE},
                 {"first_rev", "office.col.rev", .type = LIST_INT},
                 {"last_line", "office.change.col.last_line", .type = LIST_LINE},
                 {"last_rev", "office.col.rev", .type = LIST_INT},
                 {"first_at", "office.col.from", .type = LIST_TIME},
                 {"last_at", "office.col.to", .type = LIST_TIME}}},

    {.name = "losses",
     .roles = SEES_LOSSES,
     .what = "Losses, newest first: of one order, or (order=0) all: wages from scans, material, cause, approver.",
     .sql = SQL("SELECT l.id AS id, l.order_id AS \"order\", l.line AS line, o.customer AS customer, l.change AS change, l.kind AS kind,"
                " l.wages_fen AS wages, l.material_fen AS material, l.wages_fen + l.material_fen AS fen, l.cause AS cause,"
                " l.state AS state, l.by_user AS who, l.at_ms AS at, l.approver AS approver, l.approved_ms AS approved,"
                " (SELECT COUNT(*) FROM loss_share AS s WHERE s.loss = l.id) AS shares, l.version AS version"
                " FROM loss AS l JOIN orders AS o ON o.id = l.order_id"
                " WHERE l.id < $1 AND ($3 = 0 OR l.order_id = $3) ORDER BY l.id DESC LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"order", LIST_LINE, "0"}},
     .columns = {{"id", "office.col.number", .type = LIST_INT},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"change", "office.change.col.change", .type = LIST_INT},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.loss.kind."},
                 {"wages", "office.change.col.wages", LIST_FEN, .is_sum = true},
                 {"material", "office.change.col.material_fen", LIST_FEN, .is_sum = true},
                 {"fen", "office.col.fen", LIST_FEN, .is_sum = true},
                 {"cause", "office.col.cause", .type = LIST_TEXT},
                 {"state", "office.col.state", LIST_WORD, .words = "office.loss_state."},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"approver", "office.col.approver", .type = LIST_WHO},
                 {"approved", "office.change.col.approved_at", .type = LIST_TIME},
                 {"shares", "office.change.col.shares", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "loss-shares",
     .roles = SEES_LOSSES,
     .what = "Who answers for a loss, with which share, and what the rule proposes: nothing is taken from pay by it.",
     .sql = SQL("SELECT s.n AS n, s.worker AS worker, COALESCE(w.name, s.who) AS name, s.percent AS percent, s.rule AS rule,"
                " COALESCE(r.name, '') AS rule_name, s.fen AS fen FROM loss_share AS s LEFT JOIN worker AS w ON w.number ="
                " s.worker AND s.worker != 0 LEFT JOIN loss_rule AS r ON r.id = s.rule WHERE s.loss = $3 AND s.n > $1"
                " ORDER BY s.n LIMIT $2"),
     .cursor = {"n"},
     .cursor_kind = {DB_INT},
     .params = {{"loss", LIST_INT, NULL}},
     .columns = {{"n", "office.col.n", .type = LIST_INT},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.responsible", .type = LIST_TEXT},
                 {"percent", "office.change.col.percent", LIST_INT, .is_sum = true},
                 {"rule", "office.col.number", .type = LIST_INT},
                 {"rule_name", "office.col.rule", .type = LIST_TEXT},
                 {"fen", "office.col.fen", LIST_FEN, .is_sum = true}}},

    {.name = "loss-rules",
     .roles = SEES_LOSSES,
     .what = "The house's rules about losses.",
     .sql = SQL("SELECT id, name, fen, percent, is_off, version FROM loss_rule WHERE id > $1 ORDER BY id LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .columns = {{"id", "office.col.number", .type = LIST_INT},
                 {"name", "office.col.rule", .type = LIST_TEXT},
                 {"fen", "office.col.fen", .type = LIST_FEN},
                 {"percent", "office.change.col.percent", .type = LIST_INT},
                 {"is_off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = NULL},
};
static_assert(EVENT_COLLECT == 11, "as the lists above have it");
/* clang-format on */
