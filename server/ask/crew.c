/* crew.c - lists of crews that don't share equally: how, what each one's time is worth, and who was in how long.
 * (texts: office.split.*) */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

enum { SEES_CREWS = SEES_RATES | ROLE_SUPERVISOR };

/* clang-format off */
const struct list CREW_LISTS[] = {
    {.name = "crew-splits",
     .roles = SEES_CREWS,
     .what = "How each crew shares what it makes, from which shift date on; without a row: equally.",
     .sql = SQL("SELECT s.crew AS crew, c.name AS name, s.from_day AS from_day, s.split AS split, s.version AS version"
                " FROM crew_split AS s JOIN crew AS c ON c.id = s.crew WHERE (s.crew, s.from_day) > ($1, $2)"
                " ORDER BY s.crew, s.from_day LIMIT $3"),
     .cursor = {"crew", "from_day"},
     .cursor_kind = {DB_TEXT, DB_INT},
     .columns = {{"crew", "office.col.crew", .type = LIST_TEXT},
                 {"name", "office.col.title", .type = LIST_TEXT},
                 {"from_day", "office.span.from", .type = LIST_DAY},
                 {"split", "office.col.split", LIST_WORD, .words = "office.split."},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "coefficients",
     .roles = SEES_CREWS,
     .what = "What a worker's time is worth in a crew, in hundredths, from which shift date on; without a row: 100.",
     .sql = SQL("SELECT k.crew AS crew, k.worker * 100000 + k.from_day AS place, k.worker AS worker, w.name AS name,"
                " k.from_day AS from_day, k.hundredths AS coefficient, k.version AS version"
                " FROM crew_coefficient AS k JOIN worker AS w ON w.number = k.worker"
                " WHERE k.crew >= $1 AND (k.crew, k.worker * 100000 + k.from_day) > ($1, $2)"
                " ORDER BY k.crew, k.worker * 100000 + k.from_day LIMIT $3"),
     .cursor = {"crew", "place"},
     .cursor_kind = {DB_TEXT, DB_INT},
     .columns = {{"crew", "office.col.crew", .type = LIST_TEXT},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"from_day", "office.span.from", .type = LIST_DAY},
                 {"coefficient", "office.col.hundredths", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "pools",
     .roles = SEES_CREWS,
     .what = "Who was in a crew's shift how long, where it isn't split equally; until it is settled it may still change.",
     .sql = SQL("SELECT p.crew || '/' || p.day || '/' || p.shift AS place,"
                " CASE p.worker WHEN 0 THEN -p.badge ELSE p.worker END AS who, p.crew AS crew, c.name AS crew_name, p.day AS day, p.shift AS shift, p.worker AS worker,"
                " CASE WHEN p.worker = 0 THEN '' ELSE COALESCE(w.name, '') END AS name, p.split AS split,"
                " p.minutes AS minutes, p.coefficient AS coefficient, p.settles_ms AS settles"
                " FROM pool_share AS p LEFT JOIN crew AS c ON c.id = p.crew LEFT JOIN worker AS w ON w.number = p.worker"
                " WHERE p.day BETWEEN $4 AND $5 AND (p.crew || '/' || p.day || '/' || p.shift,"
                "  CASE p.worker WHEN 0 THEN -p.badge ELSE p.worker END) > ($1, $2)"
                " ORDER BY p.crew || '/' || p.day || '/' || p.shift,"
                "  CASE p.worker WHEN 0 THEN -p.badge ELSE p.worker END LIMIT $3"),
     .cursor = {"place", "who"},
     .cursor_kind = {DB_TEXT, DB_INT},
     .params = {{"from", LIST_DAY, "period"}, {"to", LIST_DAY, "period-end"}},
     .columns = {{"crew", "office.col.crew", .type = LIST_TEXT},
                 {"crew_name", "office.col.title", .type = LIST_TEXT},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"shift", "office.col.shift", .type = LIST_TEXT},
                 {"worker", "office.col.worker", .type = LIST_INT},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"split", "office.col.split", LIST_WORD, .words = "office.split."},
                 {"minutes", "office.col.minutes", .type = LIST_INT},
                 {"coefficient", "office.col.hundredths", .type = LIST_INT},
                 {"settles", "office.col.settles", .type = LIST_TIME}}},

    {.name = NULL},
};
