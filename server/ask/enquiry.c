/* enquiry.c - lists of enquiries: who asks where an order is, who answers for it, what the station and the customer were told
 * [R9]. (texts: office.asked.*) */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
const struct list ENQUIRY_LISTS[] = {
    {.name = "enquiries",
     .roles = ROLE_ANYBODY,
     .what = "Enquiries that are open, and those closed since a day; of one order or one enquiry where it is named. The answer is"
             " the station's newest one to what it was asked last.",
     .sql = SQL("SELECT e.id AS id, e.order_id AS \"order\", e.line AS line, o.customer AS customer, e.who AS who, e.text AS text,"
                " e.first_owner AS first_owner, e.owner AS owner, e.to_user AS to_user, e.to_note AS to_note,"
                " e.asked_ms AS asked_at, e.until_ms AS until_at, e.station AS station,"
                " COALESCE(CASE $4 WHEN 0 THEN s.name_zh ELSE s.name_en END, e.station) AS station_name,"
                " e.station_line AS station_line, e.station_ms AS station_at, COALESCE(a.word, '') AS answer,"
                " f.taken_ms AS answered_at, COALESCE(w.name, '') AS answered_by, f.name AS event, e.told AS told,"
                " e.closed_by AS closed_by, e.closed_ms AS closed_at,"
                " CASE WHEN COALESCE(e.closed_ms, $8) > e.until_ms THEN 1 ELSE 0 END AS is_late, e.version AS version"
                " FROM enquiry AS e JOIN orders AS o ON o.id = e.order_id LEFT JOIN station AS s ON s.id = e.station"
                " LEFT JOIN enquiry_answer AS a ON e.station != '' AND a.number = (SELECT MAX(b.number) FROM enquiry_answer AS b"
                "  WHERE b.enquiry = e.id AND b.seen_feed >= e.station_feed)"
                " LEFT JOIN fact AS f ON f.number = a.number"
                " LEFT JOIN fact_worker AS p ON p.number = a.number AND p.share = 0 LEFT JOIN worker AS w ON w.number = p.worker"
                " WHERE e.id IN (SELECT x.id FROM enquiry AS x WHERE x.order_id = $3 AND $5 IN (0, x.id) UNION SELECT x.id FROM enquiry"
                "  AS x WHERE x.id = $5 AND $3 IN (0, x.order_id) UNION SELECT x.id FROM enquiry AS x WHERE $3 = 0 AND $5 = 0"
                "  AND x.closed_by = '' UNION SELECT x.id FROM enquiry AS x WHERE $3 = 0 AND $5 = 0"
                "  AND x.closed_by != '' AND x.closed_ms >= $6 * 86400000 - $7) AND e.id > $1 ORDER BY e.id LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, "0"}, {"lang", LIST_LANG, NULL}, {"enquiry", LIST_INT, "0"}, {"from", LIST_DAY, "-1"},
                {"zone", LIST_ZONE, NULL}, {"now", LIST_TIME, "now"}},
     .columns = {{"id", "office.col.number", .type = LIST_INT},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"who", "office.col.who_asks", .type = LIST_TEXT},
                 {"text", "office.col.text", .type = LIST_TEXT},
                 {"first_owner", "office.col.first_owner", .type = LIST_WHO},
                 {"owner", "office.col.owner", .type = LIST_WHO},
                 {"to_user", "office.col.to_user", .type = LIST_WHO},
                 {"to_note", "office.col.note", .type = LIST_TEXT},
                 {"asked_at", "office.col.asked_at", .type = LIST_TIME},
                 {"until_at", "office.col.until", .type = LIST_TIME},
                 {"station", "office.col.station", .type = LIST_TEXT},
                 {"station_name", "office.col.name", .type = LIST_TEXT},
                 {"station_line", "office.col.line", .type = LIST_LINE},
                 {"station_at", "office.col.station_at", .type = LIST_TIME},
                 {"answer", "office.col.answer", LIST_WORD, .words = "office.asked."},
                 {"answered_at", "office.col.answered_at", .type = LIST_TIME},
                 {"answered_by", "office.col.answered_by", .type = LIST_TEXT},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"told", "office.col.told", .type = LIST_TEXT},
                 {"closed_by", "office.col.closed_by", .type = LIST_WHO},
                 {"closed_at", "office.col.closed_at", .type = LIST_TIME},
                 {"is_late", "office.col.late", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = NULL},
};
/* clang-format on */
