/* shop.c - lists of how the shop works: routings, rates, reasons, crews, settings. */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
const struct list SHOP_LISTS[] = {
    {.name = "routings",
     .roles = ROLE_ANYBODY,
     .what = "The ways of product families through the shop; days: how long before delivery.",
     .sql = SQL("SELECT r.family AS family, r.op AS op, r.code AS code,"
                " COALESCE(CASE $4 WHEN 0 THEN o.name_zh ELSE o.name_en END, r.code) AS op_name,"
                " COALESCE(o.part, '') AS part, r.per_door AS per_door, d.days AS days,"
                " r.is_off AS off, r.version AS version"
                " FROM routing AS r LEFT JOIN operation AS o ON o.code = r.code"
                " LEFT JOIN routing_due AS d ON d.family = r.family AND d.op = r.op"
                " WHERE (r.family, r.op) > ($1, $2) ORDER BY r.family, r.op LIMIT $3"),
     .cursor = {"family", "op"},
     .cursor_kind = {DB_TEXT, DB_INT},
     .params = {{"lang", LIST_LANG, NULL}},
     .columns = {{"family", "office.col.family", .type = LIST_TEXT},
                 {"op", "office.col.op", .type = LIST_INT},
                 {"code", "office.col.code", .type = LIST_TEXT},
                 {"op_name", "office.col.op_name", .type = LIST_TEXT},
                 {"part", "office.col.part", LIST_WORD, .words = "office.part."},
                 {"per_door", "office.col.per_door", .type = LIST_INT},
                 {"days", "office.col.days_before", .type = LIST_INT},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "rates",
     .roles = SEES_RATES,
     .what = "Dated piece rates that sheets are made with; without a family: every family.",
     .sql = SQL("SELECT code, family || '/' || from_day AS place, family, from_day AS \"from\", rate_cfen AS rate,"
                " rework_rate_cfen AS rework, version FROM rate"
                " WHERE (code, family || '/' || from_day) > ($1, $2) ORDER BY code, family || '/' || from_day LIMIT $3"),
     .cursor = {"code", "place"},
     .cursor_kind = {DB_TEXT, DB_TEXT},
     .columns = {{"code", "office.col.code", .type = LIST_TEXT},
                 {"family", "office.col.family", .type = LIST_TEXT},
                 {"from", "office.col.from", .type = LIST_DAY},
                 {"rate", "office.col.rate", .type = LIST_RATE},
                 {"rework", "office.col.rework", .type = LIST_RATE},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "reasons",
     .roles = ROLE_ANYBODY,
     .what = "Reasons of bad pieces.",
     .sql = SQL("SELECT number, name_zh, name_en, is_off AS off, version FROM reason WHERE number > $1 ORDER BY number LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .columns = {{"number", "office.col.number", .type = LIST_INT},
                 {"name_zh", "office.col.name_zh", .type = LIST_TEXT},
                 {"name_en", "office.col.name_en", .type = LIST_TEXT},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "crews",
     .roles = ROLE_ANYBODY,
     .what = "Crews, and how many workers are in each.",
     .sql = SQL("SELECT c.id AS crew, c.name AS name,"
                " (SELECT COUNT(*) FROM worker AS w WHERE w.crew = c.id AND w.left_day IS NULL) AS workers_n,"
                " c.is_off AS off, c.version AS version FROM crew AS c WHERE c.id > $1 ORDER BY c.id LIMIT $2"),
     .cursor = {"crew"},
     .cursor_kind = {DB_TEXT},
     .columns = {{"crew", "office.col.crew", .type = LIST_TEXT},
                 {"name", "office.col.title", .type = LIST_TEXT},
                 {"workers_n", "office.col.workers_n", .type = LIST_INT},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "settings",
     .roles = ROLE_ADMIN | ROLE_PAYROLL | ROLE_MANAGER | ROLE_OWNER,
     .what = "Settings of the factory, as JSON.",
     .sql = SQL("SELECT name, value, version FROM setting WHERE name > $1 ORDER BY name LIMIT $2"),
     .cursor = {"name"},
     .cursor_kind = {DB_TEXT},
     .columns = {{"name", "office.col.title", .type = LIST_TEXT},
                 {"value", "office.col.value", .type = LIST_TEXT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = NULL},
};
/* clang-format on */
