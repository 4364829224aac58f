/* watch.c - lists for those who watch over it: kiosks and their health, exceptions, the audit trail.
 * (texts: office.kiosk_state.*, office.exception.*, office.act.*, office.noun.*) */
#include <assert.h>
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
#define HISTORY_COLUMNS                                                              \
    .cursor = {"number"}, .cursor_kind = {DB_INT}, .is_descending = true,            \
    .params = {{"noun", LIST_TEXT, NULL}, {"key", LIST_TEXT, NULL}},                 \
    .columns = {{"number", "office.col.number", .type = LIST_INT},                   \
                {"at", "office.col.at", .type = LIST_TIME},                          \
                {"who", "office.col.who", .type = LIST_WHO},                        \
                {"did", "office.col.did", LIST_WORD, .words = "office.act."},        \
                {"old_value", "office.col.old_value", .type = LIST_TEXT},            \
                {"new_value", "office.col.new_value", .type = LIST_TEXT}}

const struct list WATCH_LISTS[] = {
    {.name = "kiosks",
     .roles = ROLE_ANYBODY,
     .what = "Kiosks: where they stand, their state, the newest event that came from each.",
     .sql = SQL("SELECT k.number AS number, k.kiosk AS kiosk, k.station AS station,"
                " COALESCE(CASE $3 WHEN 0 THEN s.name_zh ELSE s.name_en END, k.station) AS name, k.state AS state,"
                " k.enrolled_ms AS enrolled, m.taken_ms AS taken, m.seq AS seq, m.day AS day, k.version AS version"
                " FROM kiosk AS k LEFT JOIN station AS s ON s.id = k.station"
                " LEFT JOIN kiosk_mark AS m ON m.kiosk = k.kiosk AND NOT EXISTS (SELECT 1 FROM kiosk_mark AS n"
                "  WHERE n.kiosk = m.kiosk AND (n.taken_ms, n.epoch_counter, n.epoch_random)"
                "   > (m.taken_ms, m.epoch_counter, m.epoch_random))"
                " WHERE k.number > $1 ORDER BY k.number LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .params = {{"lang", LIST_LANG, NULL}},
     .columns = {{"number", "office.col.kiosk", .type = LIST_INT},
                 {"kiosk", "office.col.kiosk_id", .type = LIST_ID},
                 {"station", "office.col.station", .type = LIST_TEXT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"state", "office.col.state", LIST_WORD, .words = "office.kiosk_state."},
                 {"enrolled", "office.col.enrolled", .type = LIST_TIME},
                 {"taken", "office.col.last_event", .type = LIST_TIME},
                 {"seq", "office.col.seq", .type = LIST_INT},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "exceptions",
     .roles = ROLE_ANYBODY,
     .what = "What needs a person, oldest first: held pieces, undecided bad ones, objections (to be decided), and all that wants a"
             " word: forks, gaps, clocks, days, missing steps, impossible speed. state 0 open, 1 settled and decided, newest"
             " decisions only, 2 all.",
     .sql = SQL("SELECT x.at AS at, x.place AS place, x.what AS what, x.name AS event, x.say AS reason, x.number AS number,"
                " CASE x.line WHEN 0 THEN COALESCE(f.line, 0) ELSE x.line END AS line,"
                " CASE x.op WHEN 0 THEN COALESCE(f.op, 0) ELSE x.op END AS op,"
                " COALESCE(CASE $5 WHEN 0 THEN o.name_zh ELSE o.name_en END, '') AS op_name,"
                " COALESCE(w.name, '') AS worker, k.number AS kiosk, f.seq AS seq,"
                " CASE WHEN x.what LIKE 'books.%' OR x.what LIKE 'speed.%' THEN 0 WHEN x.what IN ('verdict.object', 'decided')"
                "  THEN 1 WHEN f.line != 0 AND f.kind > 0 AND (v.held > 0 OR v.kind = 2 OR v.bad_open > 0) THEN 1 ELSE 0 END AS decide,"
                " CASE x.owner WHEN '' THEN COALESCE(s.owner, '') ELSE x.owner END AS owner,"
                " CASE WHEN x.what IN ('books.fork', 'books.clock', 'books.day_moved', 'verdict.gap', 'books.aside',"
                "   'books.rule_failed', 'books.other_place', 'verdict.repeated', 'verdict.words') THEN 'administrator'"
                "  WHEN x.what = 'verdict.bad_open' THEN 'qc' WHEN x.what = 'ship.arrival' THEN 'desk' WHEN x.what IN ('books.missing', 'speed.fast', 'speed.twice', 'verdict.badge')"
                "  THEN 'supervisor' ELSE 'payroll' END AS role,"
                " COALESCE(s.to_user, x.to_user) AS to_user, COALESCE(s.to_note, x.to_note) AS to_note, x.text AS text, x.n AS \"case\", COALESCE(s.carried, 0) AS carried,"
                " COALESCE(s.why, '') AS why, COALESCE(s.settled_by, '') AS settled_by, s.settled_ms AS settled_at"
                " FROM (SELECT e.at_ms AS at, e.reason || ' ' || e.number AS place, e.reason AS what, e.name AS name, e.say AS say,"
                "   e.number AS number, 0 AS line, 0 AS op, '' AS owner, '' AS to_user, '' AS to_note, '' AS text, 0 AS n FROM exception AS e"
                "  UNION ALL SELECT m.at_ms, 'books.missing ' || m.line || ' ' || m.op, 'books.missing',"
                "   CAST('missing ' || m.line || ' ' || m.rev || ' ' || m.op AS BLOB), m.say, m.number, m.line, m.op, '', '', '', '', 0"
                "   FROM op_missing AS m"
                "  UNION ALL SELECT g.at_ms, g.what || ' ' || g.number, g.what, g.name, g.say, g.number, 0, 0, '', '', '', '', 0 FROM speed_flag AS g"
                "   JOIN verdict AS v ON v.number = g.number WHERE v.kind != 3"
                "  UNION ALL SELECT f.taken_ms, 'object ' || f.number, 'verdict.object', f.name, '', f.number, 0, 0, '', '', '', '', 0 FROM fact AS f"
                "   JOIN verdict AS v ON v.number = f.number WHERE f.kind = 16 AND v.kind = 0 AND v.decided_by = 0"
                "   AND v.cancelled_by = 0"
                "  UNION ALL SELECT d.taken_ms, 'decided ' || d.number, 'decided', d.name, '', d.number, 0, 0, '', '', '', '', 0 FROM fact AS d"
                "   WHERE $4 > 0 AND d.kind = 24 AND d.number > (SELECT MAX(z.number) - 20000 FROM fact AS z)"
                "  UNION ALL SELECT c.opened_ms, 'case ' || c.id, CASE WHEN c.due_ms < $6 THEN 'case.late' ELSE 'case.open' END,"
                "   CAST('case ' || c.id AS BLOB), '', 0, CASE c.line WHEN 0 THEN c.order_id ELSE c.line END, 0, c.owner, c.to_user,"
                "   c.to_note, c.what, c.id FROM cases AS c WHERE c.closed_by = '') AS x"
                " LEFT JOIN settled AS s ON s.reason = x.what AND s.name = x.name LEFT JOIN fact AS f ON f.number = x.number"
                " LEFT JOIN verdict AS v ON v.number = x.number LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " LEFT JOIN sheet_op AS q ON q.line = CASE x.line WHEN 0 THEN f.line ELSE x.line END AND q.rev = f.rev"
                "  AND q.op = CASE x.op WHEN 0 THEN f.op ELSE x.op END LEFT JOIN operation AS o ON o.code = q.code"
                " LEFT JOIN fact_worker AS p ON p.number = x.number AND p.share = 0 LEFT JOIN worker AS w ON w.number = p.worker"
                " WHERE (x.at, x.place) > ($1, $2) AND ($4 = 2 OR ($4 = 1) = (x.what = 'decided' OR (s.settled_by IS NOT NULL"
                "  AND s.settled_by != '' AND s.told = x.say))) ORDER BY x.at, x.place LIMIT $3"),
     .cursor = {"at", "place"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {{"state", LIST_INT, "0"}, {"lang", LIST_LANG, NULL}, {"now", LIST_TIME, "now"}},
     .columns = {{"at", "office.col.at", .type = LIST_TIME},
                 {"what", "office.col.what", LIST_WORD, .words = "office.exception."},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"worker", "office.col.name", .type = LIST_TEXT},
                 {"reason", "office.col.reason", .type = LIST_SAY},
                 {"text", "office.col.text", .type = LIST_TEXT},
                 {"case", "office.col.case", .type = LIST_INT},
                 {"decide", "office.col.decide", .type = LIST_BOOL},
                 {"owner", "office.col.owner", .type = LIST_WHO},
                 {"role", "office.col.role", LIST_WORD, .words = "office.role."},
                 {"to_user", "office.col.to_user", .type = LIST_WHO},
                 {"to_note", "office.col.note", .type = LIST_TEXT},
                 {"carried", "office.col.carried", .type = LIST_INT},
                 {"why", "office.col.why", .type = LIST_TEXT},
                 {"settled_by", "office.col.settled_by", .type = LIST_WHO},
                 {"settled_at", "office.col.settled_at", .type = LIST_TIME},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"number", "office.col.number", .type = LIST_INT},
                 {"kiosk", "office.col.kiosk", .type = LIST_INT},
                 {"seq", "office.col.seq", .type = LIST_INT}}},

    {.name = "kiosk-cares",
     .roles = ROLE_ANYBODY,
     .what = "What people said of silent kiosks, by silence: which they are, the page knows (/api/kiosks/heard).",
     .sql = SQL("SELECT reason AS what, CAST(name AS TEXT) AS silence, name AS event, owner, to_user, to_note, carried, why,"
                " settled_by, settled_ms AS settled_at FROM settled WHERE reason = 'kiosk.silent'"
                " AND CAST(name AS TEXT) > $1 ORDER BY CAST(name AS TEXT) LIMIT $2"),
     .cursor = {"silence"},
     .cursor_kind = {DB_TEXT},
     .columns = {{"what", "office.col.what", LIST_WORD, .words = "office.exception."},
                 {"event", "office.col.event", .type = LIST_HASH},
                 {"owner", "office.col.owner", .type = LIST_WHO},
                 {"to_user", "office.col.to_user", .type = LIST_WHO},
                 {"to_note", "office.col.note", .type = LIST_TEXT},
                 {"carried", "office.col.carried", .type = LIST_INT},
                 {"why", "office.col.why", .type = LIST_TEXT},
                 {"settled_by", "office.col.settled_by", .type = LIST_WHO},
                 {"settled_at", "office.col.settled_at", .type = LIST_TIME}}},

    {.name = "day-closes",
     .roles = ROLE_ANYBODY,
     .what = "Days that clerks closed since a day: what was open and carried over, to whom.",
     .sql = SQL("SELECT c.day AS day, c.\"user\" AS who, COALESCE(u.\"full\", '') AS full_name, c.closed_ms AS closed_at,"
                " c.open_n AS open_n, c.to_user AS to_user, c.note AS note FROM day_close AS c"
                " LEFT JOIN \"user\" AS u ON u.name = c.\"user\" WHERE (c.day, c.\"user\") > ($1, $2) AND c.day >= $4"
                " ORDER BY c.day, c.\"user\" LIMIT $3"),
     .cursor = {"day", "who"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .params = {{"from", LIST_DAY, "-7"}},
     .columns = {{"day", "office.col.day", .type = LIST_DAY},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"full_name", "office.col.full_name", .type = LIST_TEXT},
                 {"closed_at", "office.col.closed_at", .type = LIST_TIME},
                 {"open_n", "office.col.carried", .type = LIST_INT},
                 {"to_user", "office.col.to_user", .type = LIST_WHO},
                 {"note", "office.col.note", .type = LIST_TEXT}}},

    {.name = "audit",
     .roles = ROLE_ADMIN | ROLE_OWNER,
     .what = "Who changed what when, newest first; each row's hash covers the row before it.",
     .sql = SQL("SELECT a.number AS number, a.at_ms AS at, a.\"user\" AS who, COALESCE(t.name, '') AS did, a.act AS act,"
                " a.noun AS noun, a.key AS which, a.old AS old_value, a.new AS new_value, a.hash AS hash"
                " FROM audit AS a LEFT JOIN act AS t ON t.id = a.act WHERE a.number < $1 AND a.at_ms >= $6 AND a.at_ms < $7 + 86400000"
                " AND ($3 = '' OR a.\"user\" = $3 OR a.\"user\" LIKE $3 || ',%' OR a.\"user\" LIKE '%,' || $3)"
                " AND ($4 = '' OR a.noun = $4) AND ($5 = '' OR a.key = $5) ORDER BY a.number DESC LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"who", LIST_TEXT, ""},
                {"noun", LIST_TEXT, ""},
                {"key", LIST_TEXT, ""},
                {"from", LIST_TIME, "2000-01-01"},
                {"to", LIST_TIME, "2099-12-31"}},
     .columns = {{"number", "office.col.number", .type = LIST_INT},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"did", "office.col.did", LIST_WORD, .words = "office.act."},
                 {"act", "office.col.act", .type = LIST_TEXT},
                 {"noun", "office.col.noun", LIST_WORD, .words = "office.noun."},
                 {"which", "office.col.which", .type = LIST_TEXT},
                 {"old_value", "office.col.old_value", .type = LIST_TEXT},
                 {"new_value", "office.col.new_value", .type = LIST_TEXT},
                 {"hash", "office.col.hash", .type = LIST_HASH}}},

    {.name = "history",
     .roles = ROLE_ADMIN | ROLE_PAYROLL | ROLE_DESK | ROLE_FINANCE | ROLE_MANAGER | ROLE_OWNER | ROLE_TAKER | ROLE_QUOTER |
              ROLE_TECHNICAL,
     .what = "What one record of sales, orders or the shop said before, newest first: who, when, old and new value.",
     .sql = SQL("SELECT a.number AS number, a.at_ms AS at, a.\"user\" AS who, COALESCE(t.name, '') AS did,"
                " a.old AS old_value, a.new AS new_value FROM audit AS a LEFT JOIN act AS t ON t.id = a.act"
                " WHERE a.noun = $3 AND a.key = $4 AND a.number < $1 AND a.noun IN ("
                "'customer', 'product', 'lead', 'holiday', 'order', 'head', 'line', 'spec', 'draft', 'operation', 'station',"
                " 'reason', 'crew', 'routing', 'routing_due', 'worker', 'badge')"
                " ORDER BY a.number DESC LIMIT $2"),
     HISTORY_COLUMNS},

    {.name = "history-price",
     .roles = SEES_AMOUNTS,
     .what = "The same of a price.",
     .sql = SQL("SELECT a.number AS number, a.at_ms AS at, a.\"user\" AS who, COALESCE(t.name, '') AS did,"
                " a.old AS old_value, a.new AS new_value FROM audit AS a LEFT JOIN act AS t ON t.id = a.act"
                " WHERE a.noun = $3 AND a.key = $4 AND a.number < $1 AND a.noun IN ('price')"
                " ORDER BY a.number DESC LIMIT $2"),
     HISTORY_COLUMNS},

    {.name = "history-pay",
     .roles = SEES_RATES,
     .what = "The same of rates and settings.",
     .sql = SQL("SELECT a.number AS number, a.at_ms AS at, a.\"user\" AS who, COALESCE(t.name, '') AS did,"
                " a.old AS old_value, a.new AS new_value FROM audit AS a LEFT JOIN act AS t ON t.id = a.act"
                " WHERE a.noun = $3 AND a.key = $4 AND a.number < $1 AND a.noun IN ('rate', 'time_rate', 'setting', 'crew_split', 'crew_coefficient')"
                " ORDER BY a.number DESC LIMIT $2"),
     HISTORY_COLUMNS},

    {.name = NULL},
};
static_assert(EVENT_OBJECT == 16 && EVENT_DECIDE == 24, "as the lists above have them");
/* clang-format on */
