/* pay.c - lists of wages: who earned what in a span of days, down to each scan, and the pieces that wait for a
 * decision. Days are shift dates; every sum is made of the pay lines below it.
 * (texts: office.matter.*, office.kind.*, office.how.*, office.tone.*, office.verdict.*) */
#include <assert.h>
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

enum { SEES_HELD = SEES_RATES | ROLE_SUPERVISOR | ROLE_QC };

#define SPAN                     \
    {"from", LIST_DAY, "month"}, \
    {                            \
        "to", LIST_DAY, "today"  \
    }

/* clang-format off */
/* Rows of day_sum from one day to another, of workers above one: whole weeks that are over come from week_sum. The first whole
 * week begins FIRST_DAY, the last one that is over ends LAST_DAY. */
#define FIRST_DAY(FROM) "((" FROM " + 9) / 7 * 7 - 3)"
#define LAST_DAY(TO) \
    "(SELECT CASE WHEN (" TO " + 4) / 7 - 1 < week THEN (" TO " + 4) / 7 - 1 ELSE week END * 7 + 3 FROM week_place)"
#define DAYS_OF(ABOVE) \
    "SELECT worker, 1 AS days, facts, pieces, held, fen FROM day_sum WHERE worker > " ABOVE " AND day BETWEEN "
#define DAYS_AND_WEEKS(ABOVE, FROM, TO) \
    DAYS_OF(ABOVE) FROM " AND CASE WHEN " TO " < " FIRST_DAY(FROM) " THEN " TO " ELSE " FIRST_DAY(FROM) " - 1 END" \
    " UNION ALL SELECT worker, days, facts, pieces, held, fen FROM week_sum" \
    " WHERE week BETWEEN (" FROM " + 9) / 7 AND " LAST_DAY(TO) " / 7 AND worker > " ABOVE \
    " UNION ALL " DAYS_OF(ABOVE) "CASE WHEN " LAST_DAY(TO) " < " FIRST_DAY(FROM) " THEN " FIRST_DAY(FROM) \
    " ELSE " LAST_DAY(TO) " + 1 END AND " TO
/* clang-format on */

/* A fact, as every list of facts shows it. */
#define FACT_COLUMNS                                                                                       \
    {"number", "office.col.number", .type = LIST_INT},                                                     \
        {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},                            \
        {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},                                     \
        {"line", "office.col.line", LIST_LINE, .link = "progress?from={line}&to={line}"},                  \
        {"rev", "office.col.rev", .type = LIST_INT}, {"product", "office.col.product", .type = LIST_TEXT}, \
        {"op", "office.col.op", .type = LIST_INT}, {"op_name", "office.col.op_name", .type = LIST_TEXT},   \
    {                                                                                                      \
        "kind", "office.col.kind", LIST_WORD, .words = "office.kind.", .of_event = cell_kind               \
    }

/* The first two: entered by a supervisor, from paper or later. */
#define FACT_SOURCE                                                                                             \
    {"by", "office.col.by", LIST_INT, .of_event = cell_by},                                                     \
        {"second", "office.col.second", LIST_INT, .of_event = cell_second},                                     \
        {"kiosk", "office.col.kiosk", LIST_INT, .link = "kiosks"}, {"seq", "office.col.seq", .type = LIST_INT}, \
    {                                                                                                           \
        "reason", "office.col.reason", .type = LIST_SAY                                                         \
    }

/* clang-format off */
const struct list PAY_LISTS[] = {
    {.name = "wages",
     .roles = SEES_PAY,
     .what = "Who earned what in a span of days: one row a worker.",
     .sql = SQL("SELECT s.worker AS worker, COALESCE(w.name, '') AS name, COALESCE(w.crew, '') AS crew,"
                " COALESCE(w.sign, 0) AS sign, COALESCE(w.colour, 0) AS colour, s.days AS days, s.facts AS facts,"
                " s.pieces AS pieces, s.held AS held, s.fen AS fen"
                " FROM (SELECT t.worker AS worker, CAST(SUM(t.days) AS BIGINT) AS days,"
                "  CAST(SUM(t.facts) AS BIGINT) AS facts, CAST(SUM(t.pieces) AS BIGINT) AS pieces,"
                "  CAST(SUM(t.held) AS BIGINT) AS held, CAST(SUM(t.fen) AS BIGINT) AS fen"
                "  FROM (" DAYS_AND_WEEKS("$1", "$3", "$4") ") AS t GROUP BY t.worker) AS s"
                " LEFT JOIN worker AS w ON w.number = s.worker"
                " ORDER BY s.worker LIMIT $2"),
     .cursor = {"worker"},
     .cursor_kind = {DB_INT},
     .params = {SPAN},
     .columns = {{"worker", "office.col.worker", LIST_INT, .link = "worker-days?worker={worker}&from={from}&to={to}"},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"crew", "office.col.crew", .type = LIST_TEXT},
                 {"sign", "office.col.sign", .type = LIST_INT},
                 {"colour", "office.col.colour", .type = LIST_INT},
                 {"days", "office.col.days", .type = LIST_INT},
                 {"facts", "office.col.facts", LIST_INT, .is_sum = true},
                 {"pieces", "office.col.pieces", LIST_INT, .is_sum = true},
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 {"fen", "office.col.fen", LIST_FEN, .is_sum = true}}},

    {.name = "worker-days",
     .roles = SEES_PAY,
     .what = "The same by day, of one worker or of all (worker 0).",
     .sql = SQL("SELECT day, worker, facts, pieces, held, fen FROM day_sum"
                " WHERE (day, worker) > ($1, $2) AND ($4 = 0 OR worker = $4) AND day BETWEEN $5 AND $6"
                " ORDER BY day, worker LIMIT $3"),
     .cursor = {"day", "worker"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"worker", LIST_INT, "0"}, SPAN},
     .columns = {{"day", "office.col.day", LIST_DAY, .link = "worker-facts?worker={worker}&from={day}&to={day}"},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"facts", "office.col.facts", LIST_INT, .is_sum = true},
                 {"pieces", "office.col.pieces", LIST_INT, .is_sum = true},
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 {"fen", "office.col.fen", LIST_FEN, .is_sum = true}}},

    {.name = "worker-facts",
     .roles = SEES_PAY,
     .what = "Pay lines of one worker: each scan with its pieces, rate and money.",
     .sql = SQL("SELECT p.number AS number, p.share AS share, f.name AS event, f.line AS line, f.rev AS rev,"
                " COALESCE(l.product, '') AS product, f.op AS op,"
                " COALESCE(CASE $7 WHEN 0 THEN o.name_zh ELSE o.name_en END, '') AS op_name, p.day AS day,"
                " v.good AS good, v.bad AS bad, v.held AS held, v.rate_cfen AS rate, v.due_fen AS whole_fen,"
                " COALESCE(d.fen, 0) AS fen, v.kind AS verdict, v.reason AS reason, k.number AS kiosk, f.seq AS seq,"
                " f.bytes AS bytes"
                " FROM fact_worker AS p JOIN fact AS f ON f.number = p.number"
                " JOIN verdict AS v ON v.number = p.number"
                " LEFT JOIN due AS d"
                "  ON d.worker = p.worker AND d.day = p.day AND d.number = p.number AND d.share = p.share"
                " LEFT JOIN line AS l ON l.line = f.line"
                " LEFT JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op"
                " LEFT JOIN operation AS o ON o.code = s.code LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " WHERE p.worker = $4 AND p.day BETWEEN $5 AND $6 AND (p.number, p.share) > ($1, $2)"
                " ORDER BY p.number, p.share LIMIT $3"),
     .cursor = {"number", "share"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"worker", LIST_INT, NULL}, SPAN, {"lang", LIST_LANG, NULL}},
     .columns = {FACT_COLUMNS,
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"count", "office.col.count", LIST_INT, .of_event = cell_count},
                 {"good", "office.col.good", LIST_INT, .is_sum = true},
                 {"bad", "office.col.bad", LIST_INT, .is_sum = true},
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 {"rate", "office.col.rate", .type = LIST_RATE},
                 {"whole_fen", "office.col.whole_fen", .type = LIST_FEN},
                 {"fen", "office.col.fen", LIST_FEN, .is_sum = true},
                 {"verdict", "office.col.verdict", LIST_WORD, .words = "office.verdict."},
                 {"workers", "office.col.workers", LIST_TEXT, .of_event = cell_workers},
                 FACT_SOURCE}},

    {.name = "held",
     .roles = SEES_HELD,
     .what = "What waits for a decision, oldest first: pieces held (0), bad pieces whose fault is open (1), objections to pay"
             " (2), day work (3). most: how many a decision may count, of day work minutes.",
     .sql = SQL("SELECT h.number AS number, h.matter AS matter, f.name AS event, f.line AS line, f.rev AS rev,"
                " COALESCE(l.product, '') AS product, f.op AS op,"
                " COALESCE(CASE $4 WHEN 0 THEN o.name_zh ELSE o.name_en END, '') AS op_name, f.day AS day,"
                " f.taken_ms AS taken, v.counted AS counted,"
                " CASE h.matter WHEN 0 THEN v.held WHEN 1 THEN v.bad_open ELSE 0 END AS held,"
                " CASE h.matter WHEN 1 THEN v.bad_open WHEN 2 THEN 1 ELSE v.held END AS most,"
                " COALESCE(s.rate_cfen, 0) AS rate, (COALESCE(s.rate_cfen, 0) *"
                "  CASE h.matter WHEN 0 THEN v.held WHEN 1 THEN v.bad_open ELSE 0 END + 50) / 100 AS waits_fen,"
                " v.kind AS verdict, v.reason AS reason, x.name AS decision, p.worker AS worker,"
                " COALESCE(w.name, '') AS name, k.number AS kiosk, f.seq AS seq, f.bytes AS bytes"
                " FROM (SELECT v.number AS number, CASE f.kind WHEN 22 THEN 3 ELSE 0 END AS matter FROM verdict AS v"
                "   JOIN fact AS f ON f.number = v.number WHERE v.held > 0 OR v.kind = 2"
                "  UNION ALL SELECT number, 1 FROM verdict WHERE bad_open > 0"
                "  UNION ALL SELECT f.number, 2 FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                "   WHERE f.kind = 16 AND v.kind = 0 AND v.decided_by = 0 AND v.cancelled_by = 0) AS h"
                " JOIN verdict AS v ON v.number = h.number JOIN fact AS f ON f.number = h.number"
                " LEFT JOIN fact AS x ON x.number = CASE h.matter WHEN 1 THEN v.bad_decided_by ELSE v.decided_by END"
                "  AND x.number != 0"
                " LEFT JOIN fact_worker AS p ON p.number = h.number AND p.share = 0"
                " LEFT JOIN worker AS w ON w.number = p.worker"
                " LEFT JOIN line AS l ON l.line = f.line"
                " LEFT JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op"
                " LEFT JOIN operation AS o ON o.code = s.code LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " WHERE (h.number, h.matter) > ($1, $2) ORDER BY h.number, h.matter LIMIT $3"),
     .cursor = {"number", "matter"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"lang", LIST_LANG, NULL}},
     .columns = {FACT_COLUMNS,
                 {"matter", "office.col.matter", LIST_WORD, .words = "office.matter."},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"taken", "office.col.taken", .type = LIST_TIME},
                 {"count", "office.col.count", LIST_INT, .of_event = cell_count},
                 {"counted", "office.col.counted", .type = LIST_INT},
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 {"most", "office.col.most", .type = LIST_INT},
                 {"rate", "office.col.rate", .type = LIST_RATE},
                 {"waits_fen", "office.col.waits_fen", LIST_FEN, .is_sum = true},
                 {"verdict", "office.col.verdict", LIST_WORD, .words = "office.verdict."},
                 {"decision", "office.col.decision", .type = LIST_HASH},
                 {"bad_rows", "office.col.bad_rows", LIST_TEXT, .of_event = cell_bad_rows},
                 {"refers", "office.col.refers", LIST_HASH, .link = "fact?event={refers}", .of_event = cell_refers},
                 {"note", "office.col.note", LIST_TEXT, .of_event = cell_note},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"badges", "office.col.badges", LIST_TEXT, .of_event = cell_badges},
                 {"workers", "office.col.workers", LIST_TEXT, .of_event = cell_workers},
                 FACT_SOURCE}},

    {.name = "fact",
     .roles = SEES_HELD | ROLE_DESK,
     .what = "One event: what the kiosk wrote and what became of it. Undone, corrected and held ones too.",
     .sql = SQL("SELECT f.number AS number, f.name AS event, f.taken_ms AS taken, f.line AS line, f.rev AS rev,"
                " COALESCE(l.product, '') AS product, f.op AS op,"
                " COALESCE(CASE $4 WHEN 0 THEN o.name_zh ELSE o.name_en END, '') AS op_name, f.day AS day,"
                " f.day_moved AS day_moved, v.counted AS counted, v.good AS good, v.bad AS bad, v.held AS held,"
                " v.kind AS verdict, v.reason AS reason, c.name AS cancelled, x.name AS decision, k.number AS kiosk,"
                " f.seq AS seq, h.signed_by AS signed_by, h.signed_ms AS signed, f.bytes AS bytes"
                " FROM fact AS f LEFT JOIN verdict AS v ON v.number = f.number"
                " LEFT JOIN fact AS c ON c.number = v.cancelled_by AND v.cancelled_by != 0"
                " LEFT JOIN fact AS x ON x.number = v.decided_by AND v.decided_by != 0"
                " LEFT JOIN line AS l ON l.line = f.line"
                " LEFT JOIN sheet AS h ON h.line = f.line AND h.rev = f.rev"
                " LEFT JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op"
                " LEFT JOIN operation AS o ON o.code = s.code LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " WHERE f.name = $3 AND f.number > $1 ORDER BY f.number LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .params = {{"event", LIST_HASH, NULL}, {"lang", LIST_LANG, NULL}},
     .columns = {FACT_COLUMNS,
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"day_moved", "office.col.day_moved", .type = LIST_BOOL},
                 {"taken", "office.col.taken", .type = LIST_TIME},
                 {"count", "office.col.count", LIST_INT, .of_event = cell_count},
                 {"counted", "office.col.counted", .type = LIST_INT},
                 {"good", "office.col.good", .type = LIST_INT},
                 {"bad", "office.col.bad", .type = LIST_INT},
                 {"held", "office.col.held", .type = LIST_INT},
                 {"verdict", "office.col.verdict", LIST_WORD, .words = "office.verdict."},
                 {"cancelled", "office.col.cancelled", LIST_HASH, .link = "fact?event={cancelled}"},
                 {"decision", "office.col.decision", LIST_HASH, .link = "fact?event={decision}"},
                 {"codes", "office.col.codes", LIST_TEXT, .of_event = cell_codes},
                 {"badges", "office.col.badges", LIST_TEXT, .of_event = cell_badges},
                 {"workers", "office.col.workers", LIST_TEXT, .of_event = cell_workers},
                 {"how", "office.col.how", LIST_WORD, .words = "office.how.", .of_event = cell_how},
                 {"tone", "office.col.tone", LIST_WORD, .words = "office.tone.", .of_event = cell_tone},
                 {"station", "office.col.station", LIST_TEXT, .of_event = cell_station},
                 {"doubt", "office.col.doubt", LIST_BOOL, .of_event = cell_doubt},
                 {"offset", "office.col.offset", LIST_INT, .of_event = cell_offset},
                 {"seen", "office.col.seen", LIST_INT, .of_event = cell_seen},
                 {"prev", "office.col.prev", LIST_HASH, .of_event = cell_prev},
                 {"refers", "office.col.refers", LIST_HASH, .link = "fact?event={refers}", .of_event = cell_refers},
                 {"note", "office.col.note", LIST_TEXT, .of_event = cell_note},
                 FACT_SOURCE}},

    {.name = "fact-shares",
     .roles = SEES_PAY,
     .what = "Who is due what for one event: its pay lines, in share order.",
     .sql = SQL("SELECT p.number AS number, p.share AS share, p.worker AS worker, COALESCE(w.name, '') AS name,"
                " COALESCE(w.sign, 0) AS sign, COALESCE(w.colour, 0) AS colour, p.day AS day,"
                " COALESCE(d.fen, 0) AS fen"
                " FROM fact AS f JOIN fact_worker AS p ON p.number = f.number"
                " LEFT JOIN due AS d"
                "  ON d.worker = p.worker AND d.day = p.day AND d.number = p.number AND d.share = p.share"
                " LEFT JOIN worker AS w ON w.number = p.worker"
                " WHERE f.name = $4 AND (p.number, p.share) > ($1, $2) ORDER BY p.number, p.share LIMIT $3"),
     .cursor = {"number", "share"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"event", LIST_HASH, NULL}},
     .columns = {{"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"sign", "office.col.sign", .type = LIST_INT},
                 {"colour", "office.col.colour", .type = LIST_INT},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"share", "office.col.share", .type = LIST_INT},
                 {"fen", "office.col.fen", LIST_FEN, .is_sum = true}}},

    {.name = NULL},
};
static_assert(EVENT_OBJECT == 16 && EVENT_DAYWORK == 22, "as the lists above have them");
/* clang-format on */
