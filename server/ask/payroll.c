/* payroll.c - lists of payroll: periods, what each worker is paid and what it is made of, adjustments, the balance of
 * pieces. A checked or closed period is read from its slips and lines, which stand still; the open one from workers' days,
 * what is late, and adjustments that wait, within the limits that the check applies [R40].
 * (texts: office.period.*, office.adjust.*, office.adjust_state.*, office.left.*
 * texts: office.col.piece_fen, office.col.time_fen, office.col.late_fen, office.col.bonus_fen, office.col.taken_fen
 * texts: office.col.brought_fen, office.col.net_fen, office.col.carried_fen, office.col.fine_fen, office.col.loss_fen
 * texts: office.col.advance_fen, office.col.owed_fen) */
#include <stddef.h>

#include "core/money.h"
#include "server/ask/nouns.h"
#include "server/ask/role.h"
#include "server/judge/limits.h"

enum { SEES_PAPERS = ROLE_ADMIN | ROLE_PAYROLL | ROLE_FINANCE };

#define OF_PERIOD                    \
    {                                \
        "to", LIST_DAY, "period-end" \
    }
#define MONEY(KEY)                                         \
    {                                                      \
        #KEY, "office.col." #KEY, LIST_FEN, .is_sum = true \
    }

/* An adjustment's open sum: due now less what periods took of it; below 0 it will be taken. */
#define OPEN_ADJUSTMENTS                                                                                        \
    "(SELECT a.worker AS worker, a.kind AS kind, CASE WHEN a.state = 2 THEN 0 WHEN a.kind = 'bonus' THEN a.fen" \
    "   ELSE -a.fen END - CAST(COALESCE((SELECT SUM(i.fen) FROM pay_item AS i WHERE i.adjustment = a.id), 0)"   \
    "   AS BIGINT) AS fen FROM adjustment AS a WHERE a.state > 0 AND a.day <= $4)"

/* ---- The open period as a check would write it: server/books/slip.c */

struct net {
    int64_t taken_fen, net_fen, carried_fen; /* signed as the columns are */
};

static int64_t less(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static struct net net_of(struct list_reading *reading)
{
    struct net net = {list_row_int(reading, "as_taken_fen", 0), list_row_int(reading, "as_net_fen", 0),
                      list_row_int(reading, "as_carried_fen", 0)};
    if (list_row_int(reading, "is_open", 0) == 0) return net;
    int64_t wage = list_row_int(reading, "brought_fen", 0) + list_row_int(reading, "piece_fen", 0) +
                   list_row_int(reading, "time_fen", 0) + list_row_int(reading, "late_fen", 0) +
                   list_row_int(reading, "bonus_fen", 0);
    int64_t room = money_room_fen(wage, list_row_int(reading, "percent", LIMIT_ROWS[LIMIT_DEDUCT_PERCENT].otherwise),
                                  list_row_int(reading, "minimum_fen", LIMIT_ROWS[LIMIT_MINIMUM_WAGE_FEN].otherwise));
    int64_t fines = -net.taken_fen, advances = -list_row_int(reading, "open_advance_fen", 0);
    int64_t back = list_row_int(reading, "open_back_fen", 0);
    int64_t fine = less(fines, room), left = wage - fine + back, advance = less(advances, left > 0 ? left : 0);
    int64_t total = left - advance;
    return (struct net){back - fine - advance, total > 0 ? total : 0,
                        less(total, 0) - (fines - fine) - (advances - advance)};
}

static void cell_money(int64_t fen, struct list_cell *cell)
{
    *cell = (struct list_cell){.kind = DB_INT, .number = fen};
}

static void cell_taken(struct list_reading *reading, struct list_cell *cell)
{
    cell_money(net_of(reading).taken_fen, cell);
}

static void cell_net(struct list_reading *reading, struct list_cell *cell)
{
    cell_money(net_of(reading).net_fen, cell);
}

static void cell_carried(struct list_reading *reading, struct list_cell *cell)
{
    cell_money(net_of(reading).carried_fen, cell);
}

/* clang-format off */
const struct list PAYROLL_LISTS[] = {
    {.name = "periods",
     .roles = SEES_PAY,
     .what = "Pay periods, newest first: the open one, then those that were checked or closed.",
     .sql = SQL("SELECT p.to_day AS to_day, p.from_day AS from_day, p.state AS state, p.pay_day AS pay_day,"
                " p.checked_by AS checked_by, p.checked_ms AS checked, p.closed_by AS closed_by, p.closed_ms AS closed,"
                " p.upto AS upto, COUNT(s.worker) AS people, CAST(COALESCE(SUM(s.net_fen), 0) AS BIGINT) AS net_fen,"
                " p.version AS version"
                " FROM (SELECT to_day, from_day, state, pay_day, checked_by, checked_ms, closed_by, closed_ms, upto,"
                "   version FROM period WHERE state > 0"
                "  UNION ALL SELECT CAST($4 AS BIGINT), CAST($3 AS BIGINT), 0, NULL, '', NULL, '', NULL, NULL, 0) AS p"
                " LEFT JOIN slip AS s ON s.period = p.to_day WHERE p.to_day < $1"
                " GROUP BY p.to_day, p.from_day, p.state, p.pay_day, p.checked_by, p.checked_ms, p.closed_by,"
                "  p.closed_ms, p.upto, p.version ORDER BY p.to_day DESC LIMIT $2"),
     .cursor = {"to_day"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"from", LIST_DAY, "period"}, {"to", LIST_DAY, "period-end"}},
     .columns = {{"from_day", "office.span.from", .type = LIST_DAY},
                 {"to_day", "office.span.to", LIST_DAY, .link = "pay?from={from_day}&to={to_day}"},
                 {"state", "office.col.state", LIST_WORD, .words = "office.period."},
                 {"pay_day", "office.col.pay_day", .type = LIST_DAY},
                 {"people", "office.col.people", .type = LIST_INT},
                 {"net_fen", "office.col.net_fen", .type = LIST_FEN},
                 {"checked_by", "office.col.checked_by", .type = LIST_WHO},
                 {"checked", "office.col.checked", .type = LIST_TIME},
                 {"closed_by", "office.col.closed_by", .type = LIST_WHO},
                 {"closed", "office.col.closed", .type = LIST_TIME},
                 {"upto", "office.col.upto", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "pay",
     .roles = SEES_PAY,
     .what = "A pay period by worker: piece work, day work, later pay, adjustments, what is paid out.",
     .sql = SQL("SELECT u.worker AS worker, u.name AS name, u.crew AS crew, COALESCE(w.sign, 0) AS sign,"
                " COALESCE(w.colour, 0) AS colour, u.days AS days, u.pieces AS pieces, u.held AS held,"
                " u.piece_fen AS piece_fen, u.time_fen AS time_fen, u.late_fen AS late_fen, u.bonus_fen AS bonus_fen,"
                " u.taken_fen AS as_taken_fen, u.brought_fen AS brought_fen, u.net_fen AS as_net_fen,"
                " u.carried_fen AS as_carried_fen, u.is_open AS is_open, u.advance_fen AS open_advance_fen,"
                " u.back_fen AS open_back_fen,"
                " (SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'deduct_percent') AS percent,"
                " (SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'minimum_wage_fen') AS minimum_fen FROM"
                " (SELECT s.worker AS worker, s.name AS name, s.crew AS crew, s.days AS days, s.pieces AS pieces,"
                "   s.held AS held, s.piece_fen AS piece_fen, s.time_fen AS time_fen, s.late_fen AS late_fen,"
                "   s.bonus_fen AS bonus_fen, -(s.fine_fen + s.loss_fen + s.advance_fen) AS taken_fen,"
                "   s.brought_fen AS brought_fen, s.net_fen AS net_fen, s.carried_fen + s.owed_fen AS carried_fen,"
                "   0 AS is_open, 0 AS advance_fen, 0 AS back_fen FROM slip AS s WHERE s.period = $4 AND s.worker > $1"
                "  UNION ALL"
                "  SELECT i.worker, COALESCE(w.name, ''), COALESCE(c.name, w.crew, ''), COALESCE(d.days, 0),"
                "   COALESCE(d.pieces, 0), COALESCE(d.held, 0), COALESCE(d.fen - d.time_fen, 0),"
                "   COALESCE(d.time_fen, 0), COALESCE(l.fen, 0), COALESCE(a.bonus_fen, 0), COALESCE(a.taken_fen, 0),"
                "   COALESCE(b.owed_fen, 0), 0, 0, 1, COALESCE(a.advance_fen, 0), COALESCE(a.back_fen, 0)"
                "   FROM (SELECT worker FROM day_sum WHERE day BETWEEN $3 AND $4 AND worker > $1"
                "     UNION SELECT worker FROM late WHERE worker > 0 AND worker > $1"
                "     UNION SELECT worker FROM " OPEN_ADJUSTMENTS " AS o WHERE o.fen != 0 AND o.worker > $1"
                "     UNION SELECT worker FROM slip WHERE owed_fen != 0 AND worker > $1"
                "      AND period = (SELECT MAX(to_day) FROM period WHERE state > 0)) AS i"
                "   LEFT JOIN (SELECT worker, COUNT(*) AS days, CAST(SUM(pieces) AS BIGINT) AS pieces,"
                "     CAST(SUM(held) AS BIGINT) AS held, CAST(SUM(fen) AS BIGINT) AS fen,"
                "     CAST(SUM(time_fen) AS BIGINT) AS time_fen FROM day_sum WHERE day BETWEEN $3 AND $4"
                "     GROUP BY worker) AS d ON d.worker = i.worker"
                "   LEFT JOIN (SELECT worker, CAST(SUM(fen) AS BIGINT) AS fen FROM late GROUP BY worker) AS l"
                "    ON l.worker = i.worker"
                "   LEFT JOIN (SELECT worker, CAST(SUM(CASE WHEN fen > 0 AND kind = 'bonus' THEN fen ELSE 0 END) AS BIGINT)"
                "     AS bonus_fen,"
                "     CAST(SUM(CASE WHEN fen > 0 AND kind != 'bonus' THEN fen ELSE 0 END) AS BIGINT) AS back_fen,"
                "     CAST(SUM(CASE WHEN fen < 0 AND kind != 'advance' THEN fen ELSE 0 END) AS BIGINT) AS taken_fen,"
                "     CAST(SUM(CASE WHEN fen < 0 AND kind = 'advance' THEN fen ELSE 0 END) AS BIGINT) AS advance_fen"
                "     FROM " OPEN_ADJUSTMENTS " AS o GROUP BY worker) AS a ON a.worker = i.worker"
                "   LEFT JOIN slip AS b ON b.worker = i.worker"
                "    AND b.period = (SELECT MAX(to_day) FROM period WHERE state > 0)"
                "   LEFT JOIN worker AS w ON w.number = i.worker LEFT JOIN crew AS c ON c.id = w.crew"
                "   WHERE NOT EXISTS (SELECT 1 FROM period WHERE to_day = $4 AND state > 0)) AS u"
                " LEFT JOIN worker AS w ON w.number = u.worker ORDER BY u.worker LIMIT $2"),
     .cursor = {"worker"},
     .cursor_kind = {DB_INT},
     .params = {{"from", LIST_DAY, "period"}, OF_PERIOD},
     .columns = {{"worker", "office.col.worker", LIST_INT, .link = "worker-days?worker={worker}&from={from}&to={to}"},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"crew", "office.col.crew", .type = LIST_TEXT},
                 {"sign", "office.col.sign", .type = LIST_INT},
                 {"colour", "office.col.colour", .type = LIST_INT},
                 {"days", "office.col.days", .type = LIST_INT},
                 {"pieces", "office.col.pieces", LIST_INT, .is_sum = true},
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 MONEY(piece_fen), MONEY(time_fen), MONEY(late_fen), MONEY(bonus_fen),
                 {"taken_fen", "office.col.taken_fen", LIST_FEN, .is_sum = true, .of_row = cell_taken},
                 MONEY(brought_fen),
                 {"net_fen", "office.col.net_fen", LIST_FEN, .is_sum = true, .of_row = cell_net},
                 {"carried_fen", "office.col.carried_fen", LIST_FEN, .is_sum = true, .of_row = cell_carried}}},

    {.name = "late",
     .roles = SEES_PAY,
     .what = "What facts of paid dates are due now less what was paid for them: lines of the open period.",
     .sql = SQL("SELECT l.name AS event, l.share AS share, l.worker AS worker, COALESCE(w.name, '') AS name,"
                " f.day AS day, f.line AS line, COALESCE(f.op, 0) AS op,"
                " COALESCE(CASE $5 WHEN 0 THEN o.name_zh ELSE o.name_en END, '') AS op_name, COALESCE(f.number, 0)"
                " AS number, l.fen AS fen FROM late AS l LEFT JOIN fact AS f ON f.name = l.name"
                " LEFT JOIN worker AS w ON w.number = l.worker"
                " LEFT JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op"
                " LEFT JOIN operation AS o ON o.code = s.code"
                " WHERE ($4 = 0 OR l.worker = $4) AND (COALESCE(f.number, 0), l.share) > ($1, $2)"
                " ORDER BY COALESCE(f.number, 0), l.share LIMIT $3"),
     .cursor = {"number", "share"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"worker", LIST_INT, "0"}, {"lang", LIST_LANG, NULL}},
     .columns = {{"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 MONEY(fen)}},

    {.name = "pay-lines",
     .roles = SEES_PAY,
     .what = "The lines of a checked or closed period, of one worker or of all (worker 0), each leading to its scan.",
     .sql = SQL("SELECT p.worker AS worker, p.number * 16 + p.share AS place, p.name AS event, p.day AS day,"
                " CASE WHEN p.day < q.from_day THEN 1 ELSE 0 END AS is_late, p.is_time AS is_time, p.line AS line,"
                " p.rev AS rev, COALESCE(l.product, '') AS product, p.op AS op,"
                " COALESCE(CASE $6 WHEN 0 THEN o.name_zh ELSE o.name_en END, '') AS op_name, p.pieces AS pieces,"
                " p.rate_cfen AS rate, p.fen AS fen FROM pay_line AS p JOIN period AS q ON q.to_day = p.period"
                " LEFT JOIN line AS l ON l.line = p.line"
                " LEFT JOIN sheet_op AS s ON s.line = p.line AND s.rev = p.rev AND s.op = p.op"
                " LEFT JOIN operation AS o ON o.code = s.code"
                " WHERE p.period = $4 AND p.worker BETWEEN $5 AND CASE $5 WHEN 0 THEN 9223372036854775807 ELSE $5 END AND (p.worker, p.number * 16 + p.share) > ($1, $2)"
                " ORDER BY p.worker, p.number * 16 + p.share LIMIT $3"),
     .cursor = {"worker", "place"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {OF_PERIOD, {"worker", LIST_INT, "0"}, {"lang", LIST_LANG, NULL}},
     .columns = {{"worker", "office.col.worker", .type = LIST_INT},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"is_late", "office.col.is_late", .type = LIST_BOOL},
                 {"is_time", "office.col.is_time", .type = LIST_BOOL},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"pieces", "office.col.pieces", LIST_INT, .is_sum = true},
                 {"rate", "office.col.rate", .type = LIST_RATE},
                 MONEY(fen)}},

    {.name = "slip-sums",
     .roles = SEES_PAY,
     .what = "A worker's slip of a checked or closed period by product, operation and rate.",
     .sql = SQL("SELECT MIN(p.number * 16 + p.share) AS place, COALESCE(l.product, '') AS product,"
                " COALESCE(CASE $5 WHEN 0 THEN o.name_zh ELSE o.name_en END, '') AS op_name, p.is_time AS is_time,"
                " CASE WHEN p.day < q.from_day THEN 1 ELSE 0 END AS is_late, p.rate_cfen AS rate,"
                " CAST(SUM(p.pieces) AS BIGINT) AS pieces, CAST(SUM(p.fen) AS BIGINT) AS fen"
                " FROM pay_line AS p JOIN period AS q ON q.to_day = p.period LEFT JOIN line AS l ON l.line = p.line"
                " LEFT JOIN sheet_op AS s ON s.line = p.line AND s.rev = p.rev AND s.op = p.op"
                " LEFT JOIN operation AS o ON o.code = s.code WHERE p.period = $3 AND p.worker = $4"
                " GROUP BY COALESCE(l.product, ''), COALESCE(CASE $5 WHEN 0 THEN o.name_zh ELSE o.name_en END, ''),"
                "  p.is_time, CASE WHEN p.day < q.from_day THEN 1 ELSE 0 END, p.rate_cfen"
                " HAVING MIN(p.number * 16 + p.share) > $1 ORDER BY MIN(p.number * 16 + p.share) LIMIT $2"),
     .cursor = {"place"},
     .cursor_kind = {DB_INT},
     .params = {OF_PERIOD, {"worker", LIST_INT, NULL}, {"lang", LIST_LANG, NULL}},
     .columns = {{"product", "office.col.product", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"is_time", "office.col.is_time", .type = LIST_BOOL},
                 {"is_late", "office.col.is_late", .type = LIST_BOOL},
                 {"pieces", "office.col.pieces", LIST_INT, .is_sum = true},
                 {"rate", "office.col.rate", .type = LIST_RATE},
                 MONEY(fen)}},

    {.name = "slip-days",
     .roles = SEES_PAY,
     .what = "A worker's slip of a checked or closed period by its own dates; what is paid later of earlier ones isn't in it.",
     .sql = SQL("SELECT p.day AS day, CAST(SUM(CASE p.is_time WHEN 0 THEN p.pieces ELSE 0 END) AS BIGINT) AS pieces,"
                " CAST(SUM(CASE p.is_time WHEN 0 THEN 0 ELSE p.pieces END) AS BIGINT) AS minutes, CAST(SUM(p.fen) AS BIGINT) AS fen"
                " FROM pay_line AS p JOIN period AS q ON q.to_day = p.period WHERE p.period = $3 AND p.worker = $4"
                " AND p.day >= q.from_day AND p.day > $1 GROUP BY p.day ORDER BY p.day LIMIT $2"),
     .cursor = {"day"},
     .cursor_kind = {DB_INT},
     .params = {OF_PERIOD, {"worker", LIST_INT, NULL}},
     .columns = {{"day", "office.col.day", .type = LIST_DAY},
                 {"pieces", "office.col.pieces", LIST_INT, .is_sum = true},
                 {"minutes", "office.col.minutes", LIST_INT, .is_sum = true},
                 MONEY(fen)}},

    {.name = "slip-items",
     .roles = SEES_PAY,
     .what = "What a period paid or took of a worker's adjustments, or of all (worker 0).",
     .sql = SQL("SELECT i.worker AS worker, i.adjustment AS adjustment, i.kind AS kind, i.why AS why, i.rule AS rule,"
                " i.approver AS approver, i.whole_fen AS whole_fen, i.fen AS fen FROM pay_item AS i"
                " WHERE i.period = $4 AND i.worker BETWEEN $5 AND CASE $5 WHEN 0 THEN 9223372036854775807 ELSE $5 END AND (i.worker, i.adjustment) > ($1, $2)"
                " ORDER BY i.worker, i.adjustment LIMIT $3"),
     .cursor = {"worker", "adjustment"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {OF_PERIOD, {"worker", LIST_INT, "0"}},
     .columns = {{"worker", "office.col.worker", .type = LIST_INT},
                 {"adjustment", "office.col.number", .type = LIST_INT},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.adjust."},
                 {"why", "office.col.why", .type = LIST_TEXT},
                 {"rule", "office.col.rule", .type = LIST_TEXT},
                 {"approver", "office.col.approver", .type = LIST_WHO},
                 {"whole_fen", "office.col.whole_fen", .type = LIST_FEN},
                 MONEY(fen)}},

    {.name = "slips",
     .roles = SEES_PAPERS,
     .what = "The sign-off list of a checked or closed period, with all that the wage law asks for.",
     .sql = SQL("SELECT q.employer AS employer, q.from_day AS from_day, q.to_day AS to_day, q.pay_day AS pay_day,"
                " s.worker AS worker, s.name AS name, s.id_number AS id_number, s.phone AS phone, s.crew AS crew,"
                " s.days AS days, s.minutes AS minutes, s.pieces AS pieces, s.piece_fen AS piece_fen,"
                " s.time_fen AS time_fen, s.late_fen AS late_fen, s.bonus_fen AS bonus_fen, s.fine_fen AS fine_fen,"
                " s.loss_fen AS loss_fen, s.advance_fen AS advance_fen, s.brought_fen AS brought_fen,"
                " s.net_fen AS net_fen, s.owed_fen AS owed_fen, s.carried_fen AS carried_fen, s.held AS held,"
                " '' AS signature FROM slip AS s JOIN period AS q ON q.to_day = s.period"
                " WHERE s.period = $3 AND s.worker > $1 ORDER BY s.worker LIMIT $2"),
     .cursor = {"worker"},
     .cursor_kind = {DB_INT},
     .params = {OF_PERIOD},
     .columns = {{"employer", "office.col.employer", .type = LIST_TEXT},
                 {"from_day", "office.span.from", .type = LIST_DAY},
                 {"to_day", "office.span.to", .type = LIST_DAY},
                 {"pay_day", "office.col.pay_day", .type = LIST_DAY},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"id_number", "office.col.id_number", .type = LIST_TEXT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"crew", "office.col.crew", .type = LIST_TEXT},
                 {"days", "office.col.days", .type = LIST_INT},
                 {"minutes", "office.col.minutes", LIST_INT, .is_sum = true},
                 {"pieces", "office.col.pieces", LIST_INT, .is_sum = true},
                 MONEY(piece_fen), MONEY(time_fen), MONEY(late_fen), MONEY(bonus_fen), MONEY(fine_fen),
                 MONEY(loss_fen), MONEY(advance_fen), MONEY(brought_fen), MONEY(net_fen), MONEY(owed_fen),
                 MONEY(carried_fen),
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 {"signature", "office.col.signature", .type = LIST_TEXT}}},

    {.name = "bank",
     .roles = SEES_PAPERS,
     .what = "What goes to whose account for a checked or closed period.",
     .sql = SQL("SELECT s.worker AS worker, s.name AS name, s.bank AS bank, s.account AS account,"
                " s.net_fen AS net_fen, q.employer AS employer, q.to_day AS to_day FROM slip AS s"
                " JOIN period AS q ON q.to_day = s.period"
                " WHERE s.period = $3 AND s.net_fen > 0 AND s.worker > $1 ORDER BY s.worker LIMIT $2"),
     .cursor = {"worker"},
     .cursor_kind = {DB_INT},
     .params = {OF_PERIOD},
     .columns = {{"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"bank", "office.col.bank", .type = LIST_TEXT},
                 {"account", "office.col.account", .type = LIST_TEXT},
                 MONEY(net_fen),
                 {"employer", "office.col.employer", .type = LIST_TEXT},
                 {"to_day", "office.col.period", .type = LIST_DAY}}},

    {.name = "pay-open",
     .roles = SEES_PAY,
     .what = "What was open when a period was checked: held, disputed, nobody's, missing [R41].",
     .sql = SQL("SELECT p.place AS place, p.what AS what, p.name AS event, p.worker AS worker,"
                " COALESCE(w.name, '') AS name, p.line AS line, p.op AS op,"
                " COALESCE(CASE $4 WHEN 0 THEN o.name_zh ELSE o.name_en END, '') AS op_name, p.pieces AS pieces,"
                " p.fen AS fen FROM pay_open AS p LEFT JOIN worker AS w ON w.number = p.worker"
                " LEFT JOIN sheet_op AS s ON s.line = p.line AND s.rev = p.rev AND s.op = p.op"
                " LEFT JOIN operation AS o ON o.code = s.code"
                " WHERE p.period = $3 AND p.place > $1 ORDER BY p.place LIMIT $2"),
     .cursor = {"place"},
     .cursor_kind = {DB_INT},
     .params = {OF_PERIOD, {"lang", LIST_LANG, NULL}},
     .columns = {{"place", "office.col.number", .type = LIST_INT},
                 {"what", "office.col.what", LIST_WORD, .words = "office.left."},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"pieces", "office.col.pieces", LIST_INT, .is_sum = true},
                 MONEY(fen)}},

    {.name = "balance",
     .roles = SEES_RATES,
     .what = "The balance of pieces by line and operation, of lines worked on in a span of days: released, good, bad, held,"
             " paid by checked and closed periods (rework, which is paid beside them, left out), and missing: a later step"
             " proves that it was done [R41]. all 0: those with a difference alone.",
     .sql = SQL("SELECT m.line AS line, m.place AS place, m.rev AS rev, m.op AS op,"
                " COALESCE(CASE $6 WHEN 0 THEN n.name_zh ELSE n.name_en END, m.code) AS op_name,"
                " m.planned AS planned, m.good AS good, m.bad AS bad, m.held AS held, m.paid AS paid,"
                " CASE WHEN m.proven > m.good + m.bad + m.held THEN m.proven - m.good - m.bad - m.held ELSE 0 END"
                "  AS missing FROM"
                " (SELECT o.line AS line, o.rev * 1000 + o.op AS place, o.rev AS rev, o.op AS op, o.code AS code,"
                "   o.planned AS planned, COALESCE(s.good, 0) AS good,"
                "   COALESCE(s.bad, 0) AS bad, COALESCE(s.held, 0) AS held,"
                "   CAST(COALESCE((SELECT SUM(p.paid) FROM pay_line AS p WHERE p.line = o.line AND p.line > 0"
                "     AND p.rev = o.rev AND p.op = o.op), 0) AS BIGINT) AS paid,"
                "   COALESCE((SELECT MAX((l.good + l.bad) / lo.per_door) FROM sheet_op AS lo JOIN op_sum AS l"
                "     ON l.line = lo.line AND l.rev = lo.rev AND l.op = lo.op WHERE lo.line = o.line"
                "     AND lo.rev = o.rev AND lo.op > o.op AND (lo.part = o.part OR lo.part = 'door'"
                "     OR o.part = 'door')), 0) * o.per_door AS proven"
                "  FROM (SELECT DISTINCT f.line AS line FROM (SELECT DISTINCT worker, day FROM day_sum"
                "     WHERE day BETWEEN $4 AND $5) AS d JOIN fact_worker AS p ON p.worker = d.worker AND p.day = d.day"
                "    JOIN fact AS f ON f.number = p.number WHERE f.line > 0) AS t"
                "  JOIN sheet_op AS o ON o.line = t.line"
                "  LEFT JOIN op_sum AS s ON s.line = o.line AND s.rev = o.rev AND s.op = o.op) AS m"
                " LEFT JOIN operation AS n ON n.code = m.code"
                " WHERE (m.line, m.place) > ($1, $2) AND ($7 = 1 OR m.held > 0 OR m.proven > m.good + m.bad + m.held)"
                " ORDER BY m.line, m.place LIMIT $3"),
     .cursor = {"line", "place"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"from", LIST_DAY, "period"}, OF_PERIOD, {"lang", LIST_LANG, NULL}, {"all", LIST_INT, "0"}},
     .columns = {{"line", "office.col.line", LIST_LINE, .link = "line-facts?line={line}"},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"planned", "office.col.planned", LIST_INT, .is_sum = true},
                 {"good", "office.col.good", LIST_INT, .is_sum = true},
                 {"bad", "office.col.bad", LIST_INT, .is_sum = true},
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 {"paid", "office.col.paid", LIST_INT, .is_sum = true},
                 {"missing", "office.col.missing", LIST_INT, .is_sum = true}}},

    {.name = "adjustments",
     .roles = SEES_RATES,
     .what = "Bonuses, fines, losses and advances, newest first: who entered and approved them, what was taken so far.",
     .sql = SQL("SELECT a.id AS id, a.day AS day, a.worker AS worker, COALESCE(w.name, '') AS name, a.kind AS kind,"
                " a.fen AS fen, CAST(COALESCE((SELECT SUM(i.fen) FROM pay_item AS i WHERE i.adjustment = a.id), 0)"
                "  AS BIGINT) AS settled_fen, a.why AS why, a.rule AS rule, a.state AS state, a.by_user AS who,"
                " a.at_ms AS at, a.approver AS approver, a.version AS version FROM adjustment AS a"
                " LEFT JOIN worker AS w ON w.number = a.worker"
                " WHERE a.id < $1 AND ($3 = 0 OR a.worker = $3) AND ($4 < 0 OR a.state = $4) ORDER BY a.id DESC LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"worker", LIST_INT, "0"}, {"state", LIST_INT, "-1"}},
     .columns = {{"id", "office.col.number", .type = LIST_INT},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.adjust."},
                 {"fen", "office.col.fen", .type = LIST_FEN},
                 {"settled_fen", "office.col.settled_fen", .type = LIST_FEN},
                 {"why", "office.col.why", .type = LIST_TEXT},
                 {"rule", "office.col.rule", .type = LIST_TEXT},
                 {"state", "office.col.state", LIST_WORD, .words = "office.adjust_state."},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"approver", "office.col.approver", .type = LIST_WHO},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "payees",
     .roles = SEES_PAPERS,
     .what = "Identity number, phone and bank of workers.",
     .sql = SQL("SELECT w.number AS worker, w.name AS name, COALESCE(p.id_number, '') AS id_number,"
                " COALESCE(p.phone, '') AS phone, COALESCE(p.bank, '') AS bank, COALESCE(p.account, '') AS account,"
                " COALESCE(p.version, 0) AS version FROM worker AS w LEFT JOIN payee AS p ON p.worker = w.number"
                " WHERE w.number > $1 AND ($3 = 0 OR w.number = $3) ORDER BY w.number LIMIT $2"),
     .cursor = {"worker"},
     .cursor_kind = {DB_INT},
     .params = {{"worker", LIST_INT, "0"}},
     .columns = {{"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"id_number", "office.col.id_number", .type = LIST_TEXT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"bank", "office.col.bank", .type = LIST_TEXT},
                 {"account", "office.col.account", .type = LIST_TEXT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "time-rates",
     .roles = SEES_RATES,
     .what = "What an hour of day work is worth, by worker and date; worker 0: everybody without a rate of his own.",
     .sql = SQL("SELECT r.worker AS worker, COALESCE(w.name, '') AS name, r.from_day AS from_day, r.hour_cfen AS rate,"
                " r.version AS version FROM time_rate AS r LEFT JOIN worker AS w ON w.number = r.worker"
                " WHERE (r.worker, r.from_day) > ($1, $2) ORDER BY r.worker, r.from_day LIMIT $3"),
     .cursor = {"worker", "from_day"},
     .cursor_kind = {DB_INT, DB_INT},
     .columns = {{"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"from_day", "office.span.from", .type = LIST_DAY},
                 {"rate", "office.col.hour_rate", .type = LIST_RATE},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "rate-changes",
     .roles = SEES_RATES,
     .what = "Rates that were changed after sheets were signed, newest first.",
     .sql = SQL("SELECT r.id AS id, r.code AS code, COALESCE(CASE $3 WHEN 0 THEN o.name_zh ELSE o.name_en END, r.code)"
                " AS op_name, r.family AS family, r.from_day AS from_day, r.to_day AS to_day, r.rate_cfen AS rate,"
                " r.rework_rate_cfen AS rework_rate, r.at_ms AS at, r.by_users AS who FROM rate_change AS r"
                " LEFT JOIN operation AS o ON o.code = r.code WHERE r.id < $1 ORDER BY r.id DESC LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"lang", LIST_LANG, NULL}},
     .columns = {{"id", "office.col.number", .type = LIST_INT},
                 {"code", "office.col.code", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"family", "office.col.family", .type = LIST_TEXT},
                 {"from_day", "office.span.from", .type = LIST_DAY},
                 {"to_day", "office.span.to", .type = LIST_DAY},
                 {"rate", "office.col.rate", .type = LIST_RATE},
                 {"rework_rate", "office.col.rework_rate", .type = LIST_RATE},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"who", "office.col.who", .type = LIST_WHO}}},

    {.name = NULL},
};
/* clang-format on */
