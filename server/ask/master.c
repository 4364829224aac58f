/* master.c - lists of masters: workers, stations, operations, rates, and who may log in (texts: office.worker.*). */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
const struct list MASTER_LISTS[] = {
    {.name = "workers",
     .roles = ROLE_ANYBODY,
     .what = "Workers with sign, crew and role; those who left have a last day.",
     .sql = SQL("SELECT w.number AS worker, w.name AS name, w.crew AS crew, w.role AS role, w.sign AS sign,"
                " w.colour AS colour, w.lang AS lang, w.left_day AS left_day,"
                " (SELECT COUNT(*) FROM badge AS b WHERE b.worker = w.number AND b.revoked_feed IS NULL) AS badges,"
                " CASE WHEN w.open_key IS NULL THEN 0 ELSE 1 END AS has_pin, w.version AS version"
                " FROM worker AS w WHERE w.number > $1 ORDER BY w.number LIMIT $2"),
     .cursor = {"worker"},
     .cursor_kind = {DB_INT},
     .columns = {{"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"crew", "office.col.crew", .type = LIST_TEXT},
                 {"role", "office.col.role", LIST_WORD, .words = "office.worker."},
                 {"sign", "office.col.sign", .type = LIST_INT},
                 {"colour", "office.col.colour", .type = LIST_INT},
                 {"lang", "office.col.lang", .type = LIST_TEXT},
                 {"left_day", "office.col.left_day", .type = LIST_DAY},
                 {"badges", "office.col.badges_n", .type = LIST_INT},
                 {"has_pin", "office.col.has_pin", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "badges",
     .roles = ROLE_ADMIN | ROLE_PAYROLL | ROLE_MANAGER | ROLE_SUPERVISOR | ROLE_OWNER,
     .what = "Badges of a worker, also those that were revoked.",
     .sql = SQL("SELECT badge AS number, CASE WHEN revoked_feed IS NULL THEN 0 ELSE 1 END AS revoked FROM badge"
                " WHERE badge > $1 AND worker = $3 ORDER BY badge LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .params = {{"worker", LIST_INT, NULL}},
     .columns = {{"number", "office.col.badge", .type = LIST_INT},
                 {"revoked", "office.col.revoked", .type = LIST_BOOL}}},

    {.name = "stations",
     .roles = ROLE_ANYBODY,
     .what = "Where kiosks stand, and the operations done there.",
     .sql = SQL("SELECT id, CASE $3 WHEN 0 THEN name_zh ELSE name_en END AS name, ops, name_zh, name_en, kind, is_off AS off,"
                " version FROM station"
                " WHERE id > $1 ORDER BY id LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_TEXT},
     .params = {{"lang", LIST_LANG, NULL}},
     .columns = {{"id", "office.col.station", .type = LIST_TEXT},
                 {"name", "office.col.title", .type = LIST_TEXT},
                 {"ops", "office.col.ops", .type = LIST_TEXT},
                 {"name_zh", "office.col.name_zh", .type = LIST_TEXT},
                 {"name_en", "office.col.name_en", .type = LIST_TEXT},
                 {"kind", "office.col.station_kind", .type = LIST_TEXT},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "operations",
     .roles = ROLE_ANYBODY,
     .what = "Kinds of work, in both languages.",
     .sql = SQL("SELECT code, name_zh, name_en, part, is_off AS off, version FROM operation WHERE code > $1 ORDER BY code LIMIT $2"),
     .cursor = {"code"},
     .cursor_kind = {DB_TEXT},
     .columns = {{"code", "office.col.code", .type = LIST_TEXT},
                 {"name_zh", "office.col.name_zh", .type = LIST_TEXT},
                 {"name_en", "office.col.name_en", .type = LIST_TEXT},
                 {"part", "office.col.part", .type = LIST_TEXT},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "people",
     .roles = ROLE_ANYBODY,
     .what = "Who works in the office, by name and role: for choosing a clerk, showing who signed.",
     .sql = SQL("SELECT name, \"full\" AS full_name, roles FROM \"user\" WHERE is_off = 0 AND name > $1"
                " ORDER BY name LIMIT $2"),
     .cursor = {"name"},
     .cursor_kind = {DB_TEXT},
     .columns = {{"name", "office.col.user", .type = LIST_TEXT},
                 {"full_name", "office.col.full_name", .type = LIST_TEXT},
                 {"roles", "office.col.roles", .type = LIST_TEXT}}},

    {.name = "users",
     .roles = ROLE_ADMIN | ROLE_OWNER,
     .what = "Who may log in, with which roles.",
     .sql = SQL("SELECT name, \"full\" AS full_name, roles,"
                " CASE WHEN password IS NULL THEN 0 ELSE 1 END AS has_password,"
                " is_off, version FROM \"user\" WHERE name > $1 ORDER BY name LIMIT $2"),
     .cursor = {"name"},
     .cursor_kind = {DB_TEXT},
     .columns = {{"name", "office.col.user", .type = LIST_TEXT},
                 {"full_name", "office.col.full_name", .type = LIST_TEXT},
                 {"roles", "office.col.roles", .type = LIST_TEXT},
                 {"has_password", "office.col.has_password", .type = LIST_BOOL},
                 {"is_off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "sessions",
     .roles = ROLE_ADMIN,
     .what = "Who is logged in, since when and from where.",
     .sql = SQL("SELECT s.token AS session, s.\"user\" AS name, u.\"full\" AS full_name, s.made_ms AS made,"
                " s.until_ms AS until, s.peer AS peer FROM session AS s JOIN \"user\" AS u ON u.name = s.\"user\""
                " WHERE s.until_ms > $4 AND (s.\"user\", s.made_ms) > ($1, $2) ORDER BY s.\"user\", s.made_ms LIMIT $3"),
     .cursor = {"name", "made"},
     .cursor_kind = {DB_TEXT, DB_INT},
     .params = {{"at", LIST_TIME, "now"}},
     .columns = {{"session", "office.col.session", .type = LIST_HASH},
                 {"name", "office.col.user", .type = LIST_TEXT},
                 {"full_name", "office.col.full_name", .type = LIST_TEXT},
                 {"made", "office.col.since", .type = LIST_TIME},
                 {"until", "office.col.until", .type = LIST_TIME},
                 {"peer", "office.col.peer", .type = LIST_TEXT}}},

    {.name = NULL},
};
/* clang-format on */
