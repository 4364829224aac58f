/* watch.c - lists for those who watch over it: kiosks and their health, exceptions, the audit trail.
 * (texts: office.kiosk_state.*, office.exception.*, office.act.*, office.noun.*) */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
#define HISTORY_COLUMNS                                                              \
    .cursor = {"number"}, .cursor_kind = {DB_INT}, .is_descending = true,            \
    .params = {{"noun", LIST_TEXT, NULL}, {"key", LIST_TEXT, NULL}},                 \
    .columns = {{"number", "office.col.number", .type = LIST_INT},                   \
                {"at", "office.col.at", .type = LIST_TIME},                          \
                {"who", "office.col.who", .type = LIST_TEXT},                        \
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
     .what = "What needs a person, newest first.",
     .sql = SQL("SELECT e.number AS number, e.reason AS what, e.at_ms AS at, e.say AS reason, e.name AS event,"
                " k.number AS kiosk, f.seq AS seq, f.line AS line FROM exception AS e"
                " LEFT JOIN fact AS f ON f.number = e.number LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " WHERE (e.number, e.reason) < ($1, $2) ORDER BY e.number DESC, e.reason DESC LIMIT $3"),
     .cursor = {"number", "what"},
     .cursor_kind = {DB_INT, DB_TEXT},
     .is_descending = true,
     .columns = {{"number", "office.col.number", .type = LIST_INT},
                 {"what", "office.col.what", LIST_WORD, .words = "office.exception."},
                 {"at", "office.col.at", .type = LIST_TIME},
                 {"reason", "office.col.reason", .type = LIST_SAY},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"kiosk", "office.col.kiosk", .type = LIST_INT},
                 {"seq", "office.col.seq", .type = LIST_INT}}},

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
                 {"who", "office.col.who", .type = LIST_TEXT},
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
     .roles = ROLE_ADMIN | ROLE_DESK | ROLE_FINANCE | ROLE_MANAGER | ROLE_OWNER | ROLE_TAKER | ROLE_QUOTER,
     .what = "The same of a price.",
     .sql = SQL("SELECT a.number AS number, a.at_ms AS at, a.\"user\" AS who, COALESCE(t.name, '') AS did,"
                " a.old AS old_value, a.new AS new_value FROM audit AS a LEFT JOIN act AS t ON t.id = a.act"
                " WHERE a.noun = $3 AND a.key = $4 AND a.number < $1 AND a.noun IN ('price')"
                " ORDER BY a.number DESC LIMIT $2"),
     HISTORY_COLUMNS},

    {.name = "history-pay",
     .roles = ROLE_ADMIN | ROLE_PAYROLL | ROLE_FINANCE | ROLE_MANAGER | ROLE_OWNER,
     .what = "The same of rates and settings.",
     .sql = SQL("SELECT a.number AS number, a.at_ms AS at, a.\"user\" AS who, COALESCE(t.name, '') AS did,"
                " a.old AS old_value, a.new AS new_value FROM audit AS a LEFT JOIN act AS t ON t.id = a.act"
                " WHERE a.noun = $3 AND a.key = $4 AND a.number < $1 AND a.noun IN ('rate', 'time_rate', 'setting')"
                " ORDER BY a.number DESC LIMIT $2"),
     HISTORY_COLUMNS},

    {.name = NULL},
};
/* clang-format on */
