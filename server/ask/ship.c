/* ship.c - lists of finished goods and how they leave: what is ready, delivery notes and what goes with them, trucks, stock,
 * what left each day [R33] [R36] (texts: office.note_state.*, office.leftover.*). */
#include <assert.h>
#include <stddef.h>

#include "core/code.h"
#include "server/ask/nouns.h"
#include "server/ask/role.h"

void cell_note_ref(int64_t note, struct list_reading *reading, struct list_cell *cell)
{
    char text[NOTE_REF_TEXT];
    note_ref_write(note, text);
    buf_clear(&reading->room);
    buf_str(&reading->room, text);
    *cell = (struct list_cell){
        .kind = note == 0 ? DB_NULL : DB_TEXT, .text = buf_text(&reading->room), .len = reading->room.len};
}

static void cell_note_text(struct list_reading *reading, struct list_cell *cell)
{
    cell_note_ref(list_row_int(reading, "id", 0), reading, cell);
}

#define ASKED_REST                                                                                        \
    "(SELECT COALESCE(SUM(n.doors - COALESCE((SELECT SUM(d.doors) FROM loaded AS d WHERE d.note = n.note" \
    " AND d.line = n.line), 0)), 0) FROM note_line AS n JOIN note AS t ON t.id = n.note"                  \
    " LEFT JOIN note_done AS e ON e.note = n.note WHERE n.line = l.line AND t.void_feed = 0 AND e.note IS NULL)"

/* clang-format off */
const struct list SHIP_LISTS[] = {
    {.name = "ship-orders",
     .roles = SEES_CUSTOMERS,
     .what = "Orders that may leave next: finished doors in the house, or due in two days, and not all gone yet.",
     .sql = SQL("WITH c AS (SELECT DISTINCT s.line - s.line % 100 AS id FROM stock AS s"
                " UNION SELECT DISTINCT l.order_id FROM line AS l WHERE l.due_day BETWEEN $3 - 7 AND $3 + 2),"
                " g AS (SELECT c.id AS id, SUM(" ORDERED("l") ") AS doors, MIN(l.due_day) AS due, MAX(l.rush) AS rush,"
                "  MAX(l.special) AS special, MIN(l.product) AS product, COUNT(*) AS lines,"
                "  SUM(COALESCE((SELECT SUM(s.doors) FROM stock AS s WHERE s.line = l.line), 0)) AS there,"
                "  SUM(COALESCE((SELECT SUM(d.doors) FROM loaded AS d WHERE d.line = l.line), 0)) AS went,"
                "  SUM(" ASKED_REST ") AS asked,"
                "  SUM((SELECT COUNT(*) FROM stop AS p WHERE p.line IN (l.line, l.order_id) AND p.lifted_feed IS NULL)) AS stops"
                "  FROM c JOIN line AS l ON l.order_id = c.id WHERE l.line % 100 < 80 OR l.rev > 0 GROUP BY c.id)"
                " SELECT g.id AS id, o.customer AS customer, g.product AS product, g.lines AS lines, g.doors AS doors, g.due AS due,"
                " g.rush AS rush, g.special AS special, g.there AS there, g.went AS went, g.asked AS asked, g.stops AS stops,"
                " COALESCE((SELECT COALESCE(t.name, CASE s.place WHEN 0 THEN '' ELSE CAST(s.place AS TEXT) END) FROM stock AS s"
                "  LEFT JOIN spot AS t ON t.number = s.place WHERE s.line BETWEEN g.id + 1 AND g.id + 99"
                "  ORDER BY s.doors DESC, s.place LIMIT 1), '') AS where_at,"
                " (SELECT MIN(k.arrived_ms) FROM truck AS k WHERE k.order_id = g.id AND k.gone_ms IS NULL) AS truck_since"
                " FROM g JOIN orders AS o ON o.id = g.id WHERE g.id > $1 AND (g.went < g.doors OR g.there > 0)"
                " ORDER BY g.id LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .params = {{"today", LIST_DAY, "today"}},
     .columns = {{"id", "office.col.order", LIST_LINE, .link = "lines?order={id}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"lines", "office.col.lines", .type = LIST_INT},
                 {"doors", "office.col.quantity", LIST_INT, .is_sum = true},
                 {"there", "office.col.there", LIST_INT, .is_sum = true},
                 {"asked", "office.col.on_notes", LIST_INT, .is_sum = true},
                 {"went", "office.col.went", LIST_INT, .is_sum = true},
                 {"where_at", "office.col.place", .type = LIST_TEXT},
                 {"due", "office.col.due", .type = LIST_DAY},
                 {"rush", "office.col.rush", .type = LIST_BOOL},
                 {"special", "office.col.special", .type = LIST_BOOL},
                 {"stops", "office.col.stops", .type = LIST_INT},
                 {"truck_since", "office.col.truck_since", .type = LIST_TIME}}},

    {.name = "ship-lines",
     .roles = SEES_CUSTOMERS,
     .what = "An order's lines as shipping sees them: ordered, in the house, on notes, gone.",
     .sql = SQL("SELECT l.line AS line, l.product AS product, l.size AS size, l.colour AS paint, l.opening AS opening, l.rev AS rev,"
                " l.quantity AS quantity, COALESCE((SELECT SUM(s.doors) FROM stock AS s WHERE s.line = l.line), 0) AS there,"
                " COALESCE((SELECT SUM(d.doors) FROM loaded AS d WHERE d.line = l.line), 0) AS went, " ASKED_REST " AS asked,"
                " (SELECT COUNT(*) FROM stop AS p WHERE p.line IN (l.line, l.order_id) AND p.lifted_feed IS NULL) AS stops"
                " FROM line AS l WHERE l.order_id = $3 AND l.line > $1 ORDER BY l.line LIMIT $2"),
     .cursor = {"line"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"size", "office.col.size", .type = LIST_TEXT},
                 {"paint", "office.col.paint", .type = LIST_TEXT},
                 {"opening", "office.col.opening", .type = LIST_TEXT},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"quantity", "office.col.quantity", LIST_INT, .is_sum = true},
                 {"there", "office.col.there", LIST_INT, .is_sum = true},
                 {"asked", "office.col.on_notes", LIST_INT, .is_sum = true},
                 {"went", "office.col.went", LIST_INT, .is_sum = true},
                 {"stops", "office.col.stops", .type = LIST_INT}}},

    {.name = "notes",
     .roles = SEES_CUSTOMERS,
     .what = "Delivery notes, newest first, with shipping list, receipt and what was left behind; order 0: all of so many days.",
     .sql = SQL("SELECT n.id AS id, n.order_id AS \"order\", o.customer AS customer, n.copy AS copy, n.remarks AS remarks,"
                " CASE WHEN n.void_feed != 0 THEN 'void' WHEN d.note IS NOT NULL THEN 'loaded' WHEN n.open_feed = 0 THEN 'shut'"
                "  ELSE 'open' END AS state, n.made_by AS made_by, n.made_ms AS made, n.open_by AS open_by, n.open_ms AS opened,"
                " n.void_by AS void_by, n.void_ms AS ended, n.void_why AS why, d.day AS day, d.at_ms AS done,"
                " COALESCE((SELECT SUM(l.doors) FROM note_line AS l WHERE l.note = n.id), 0) AS doors,"
                " COALESCE((SELECT SUM(l.doors) FROM loaded AS l WHERE l.note = n.id), 0) AS loaded,"
                " COALESCE(s.carrier, '') AS carrier, COALESCE(s.waybill, '') AS waybill, COALESCE(s.driver, '') AS driver,"
                " COALESCE(s.phone, '') AS phone, COALESCE(s.plate, '') AS plate, s.packages AS packages,"
                " COALESCE(s.sizes, '') AS sizes, s.volume_l AS volume, s.freight_fen AS freight, COALESCE(s.freight_by, '') AS"
                " freight_by, COALESCE(s.approved_by, '') AS approved_by, s.approved_ms AS approved,"
                " COALESCE(s.checked_by, '') AS checked_by, s.checked_ms AS checked, COALESCE(s.told, '') AS told,"
                " COALESCE(s.told_by, '') AS told_by, s.told_ms AS told_at, s.arrive_day AS arrives,"
                " COALESCE(s.unloading, '') AS unloading, COALESCE(s.version, 0) AS list_version, n.version AS version,"
                " h.desk AS desk, (SELECT MAX(a.at_ms) FROM audit AS a WHERE a.noun = 'customer' AND a.key = CAST(h.customer AS TEXT)"
                "  AND a.at_ms > n.copy_ms) AS readdressed"
                " FROM note AS n JOIN orders AS o ON o.id = n.order_id LEFT JOIN note_done AS d ON d.note = n.id"
                " LEFT JOIN shipment AS s ON s.note = n.id LEFT JOIN head AS h ON h.order_id = n.order_id"
                " WHERE n.id IN (SELECT x.id FROM note AS x WHERE x.order_id = $3 UNION SELECT w.note FROM note_way AS w WHERE $3 = 0"
                "  UNION SELECT x.note FROM note_done AS x WHERE $3 = 0 AND x.day >= $4 UNION SELECT x.id FROM note AS x"
                "  WHERE $3 = 0 AND x.void_feed != 0 AND x.void_ms >= $4 * 86400000 - $5) AND n.id < $1"
                " AND ($3 != 0 OR ((d.note IS NULL OR d.day >= $4) AND (n.void_feed = 0 OR n.void_ms >= $4 * 86400000 - $5)))"
                " ORDER BY n.id DESC LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .is_descending = true,
     .params = {{"order", LIST_LINE, "0"}, {"from", LIST_DAY, "-60"}, {"zone", LIST_ZONE, NULL}},
     .columns = {{"note", "office.col.delivery_note", LIST_TEXT, .of_row = cell_note_text},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"state", "office.col.state", LIST_WORD, .words = "office.note_state."},
                 {"doors", "office.col.asked", LIST_INT, .is_sum = true},
                 {"loaded", "office.col.loaded", LIST_INT, .is_sum = true},
                 {"copy", "office.col.copy", .type = LIST_INT},
                 {"made_by", "office.col.made_by", .type = LIST_WHO},
                 {"made", "office.col.made", .type = LIST_TIME},
                 {"open_by", "office.col.open_by", .type = LIST_WHO},
                 {"opened", "office.col.opened", .type = LIST_TIME},
                 {"void_by", "office.col.void_by", .type = LIST_WHO},
                 {"ended", "office.col.voided", .type = LIST_TIME},
                 {"why", "office.col.why", .type = LIST_SAY},
                 {"day", "office.col.shipped_day", .type = LIST_DAY},
                 {"done", "office.col.shipped", .type = LIST_TIME},
                 {"carrier", "office.col.carrier", .type = LIST_TEXT},
                 {"waybill", "office.col.waybill", .type = LIST_TEXT},
                 {"driver", "office.col.driver", .type = LIST_TEXT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"plate", "office.col.plate", .type = LIST_TEXT},
                 {"packages", "office.col.packages", .type = LIST_INT},
                 {"sizes", "office.col.sizes", .type = LIST_TEXT},
                 {"volume", "office.col.volume", .type = LIST_INT},
                 {"freight", "office.col.freight", LIST_FEN, .is_sum = true},
                 {"freight_by", "office.col.freight_by", .type = LIST_WHO},
                 {"approved_by", "office.col.approver", .type = LIST_WHO},
                 {"approved", "office.col.approved", .type = LIST_TIME},
                 {"checked_by", "office.col.checked_by", .type = LIST_WHO},
                 {"told", "office.col.consignee", .type = LIST_TEXT},
                 {"told_by", "office.col.told_by", .type = LIST_WHO},
                 {"told_at", "office.col.told_at", .type = LIST_TIME},
                 {"arrives", "office.col.arrives", .type = LIST_DAY},
                 {"unloading", "office.col.unloading", .type = LIST_TEXT},
                 {"remarks", "office.col.remarks", .type = LIST_TEXT},
                 {"desk", "office.col.desk", .type = LIST_WHO},
                 {"readdressed", "office.col.readdressed", .type = LIST_TIME},
                 {"list_version", "office.col.version", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "note-lines",
     .roles = SEES_CUSTOMERS,
     .what = "What delivery notes ask for and have on the truck; changed: the line says something else than the paper.",
     .sql = SQL("SELECT n.note AS id, n.line AS line, n.rev AS rev, n.product AS product, n.size AS size, n.colour AS paint,"
                " n.opening AS opening, n.doors AS doors, n.pieces AS pieces,"
                " COALESCE((SELECT SUM(d.doors) FROM loaded AS d WHERE d.note = n.note AND d.line = n.line), 0) AS loaded,"
                " COALESCE((SELECT SUM(s.doors) FROM stock AS s WHERE s.line = n.line), 0) AS there,"
                " CASE WHEN l.product != n.product OR l.size != n.size OR l.colour != n.colour OR l.opening != n.opening"
                "  OR l.rev != n.rev THEN 1 ELSE 0 END AS changed, l.product || ' ' || l.size || ' ' || l.colour AS now"
                " FROM note_line AS n JOIN line AS l ON l.line = n.line WHERE n.note BETWEEN $4 AND $5"
                " AND (n.note, n.line) > ($1, $2) ORDER BY n.note, n.line LIMIT $3"),
     .cursor = {"id", "line"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"from", LIST_INT, NULL}, {"to", LIST_INT, NULL}},
     .columns = {{"note", "office.col.delivery_note", LIST_TEXT, .of_row = cell_note_text},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"rev", "office.col.rev", .type = LIST_INT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"size", "office.col.size", .type = LIST_TEXT},
                 {"paint", "office.col.paint", .type = LIST_TEXT},
                 {"opening", "office.col.opening", .type = LIST_TEXT},
                 {"doors", "office.col.asked", LIST_INT, .is_sum = true},
                 {"loaded", "office.col.loaded", LIST_INT, .is_sum = true},
                 {"pieces", "office.col.piece_numbers", .type = LIST_TEXT},
                 {"there", "office.col.there", .type = LIST_INT},
                 {"changed", "office.col.changed", .type = LIST_BOOL},
                 {"now", "office.col.says_now", .type = LIST_TEXT}}},

    {.name = "note-paper",
     .roles = SEES_CUSTOMERS,
     .what = "What the papers of a delivery note say at their head.",
     .sql = SQL("SELECT n.id AS id, n.order_id AS \"order\", n.copy AS copy, n.copy_ms AS made, COALESCE(u.\"full\", n.made_by) AS"
                " made_by, n.remarks AS remarks, CASE WHEN n.open_feed = 0 THEN 0 ELSE 1 END AS open, o.customer AS customer,"
                " COALESCE(c.phone, '') AS phone, COALESCE(c.address, '') AS address, COALESCE(s.carrier, '') AS carrier,"
                " COALESCE(s.waybill, '') AS waybill, COALESCE(s.driver, '') AS driver, COALESCE(s.phone, '') AS driver_phone,"
                " COALESCE(s.plate, '') AS plate, COALESCE(s.packages, 0) AS packages, COALESCE(s.sizes, '') AS sizes,"
                " COALESCE(s.volume_l, 0) AS volume, COALESCE(s.unloading, '') AS unloading,"
                " CASE WHEN n.void_feed = 0 THEN 0 ELSE 1 END AS ended"
                " FROM note AS n JOIN orders AS o ON o.id = n.order_id LEFT JOIN head AS h ON h.order_id = n.order_id"
                " LEFT JOIN customer AS c ON c.id = h.customer LEFT JOIN shipment AS s ON s.note = n.id"
                " LEFT JOIN \"user\" AS u ON u.name = n.made_by AND u.\"full\" != '' WHERE n.id = $3 AND n.id > $1"
                " ORDER BY n.id LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .params = {{"id", LIST_INT, NULL}},
     .columns = {{"note", "office.col.delivery_note", LIST_TEXT, .of_row = cell_note_text},
                 {"order", "office.col.order", .type = LIST_LINE},
                 {"copy", "office.col.copy", .type = LIST_INT},
                 {"made", "office.col.made", .type = LIST_TIME},
                 {"made_by", "office.col.made_by", .type = LIST_TEXT},
                 {"remarks", "office.col.remarks", .type = LIST_TEXT},
                 {"open", "office.col.open", .type = LIST_BOOL},
                 {"ended", "office.col.voided", .type = LIST_BOOL},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"address", "office.col.address", .type = LIST_TEXT},
                 {"carrier", "office.col.carrier", .type = LIST_TEXT},
                 {"waybill", "office.col.waybill", .type = LIST_TEXT},
                 {"driver", "office.col.driver", .type = LIST_TEXT},
                 {"driver_phone", "office.col.phone", .type = LIST_TEXT},
                 {"plate", "office.col.plate", .type = LIST_TEXT},
                 {"packages", "office.col.packages", .type = LIST_INT},
                 {"sizes", "office.col.sizes", .type = LIST_TEXT},
                 {"volume", "office.col.volume", .type = LIST_INT},
                 {"unloading", "office.col.unloading", .type = LIST_TEXT}}},

    {.name = "loaded",
     .roles = SEES_CUSTOMERS,
     .what = "What is on the trucks of a span of notes, by line and shift date; pieces: doors loaded by their labels.",
     .sql = SQL("SELECT d.note AS id, d.line * 100000 + d.day AS place, d.line AS line, d.day AS day, d.doors AS doors,"
                " d.pieces AS pieces FROM loaded AS d WHERE d.note BETWEEN $4 AND $5"
                " AND (d.note, d.line * 100000 + d.day) > ($1, $2) ORDER BY d.note, d.line * 100000 + d.day LIMIT $3"),
     .cursor = {"id", "place"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"from", LIST_INT, NULL}, {"to", LIST_INT, NULL}},
     .columns = {{"note", "office.col.delivery_note", LIST_TEXT, .of_row = cell_note_text},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"day", "office.col.date", .type = LIST_DAY},
                 {"doors", "office.col.loaded", LIST_INT, .is_sum = true},
                 {"pieces", "office.col.piece_numbers", .type = LIST_TEXT}}},

    {.name = "loads",
     .roles = SEES_CUSTOMERS,
     .what = "Events of the dock about an order: packed, loaded, moved, counted, returned; by whom, where and when.",
     .sql = SQL("SELECT f.number AS number, f.name AS event, f.line AS line, f.day AS day, v.counted AS counted, v.held AS held,"
                " v.kind AS verdict, v.reason AS reason, COALESCE(n.name, '') AS name, k.number AS kiosk, f.bytes AS bytes"
                " FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                " LEFT JOIN fact_worker AS w ON w.number = f.number AND w.share = 0 LEFT JOIN worker AS n ON n.number = w.worker"
                " LEFT JOIN kiosk AS k ON k.kiosk = f.kiosk"
                " WHERE f.line BETWEEN $3 AND $3 + 99 AND f.line != 0 AND f.kind IN (10, 12, 13, 14, 15) AND f.op = 0"
                " AND f.number > $1 ORDER BY f.number LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .params = {{"order", LIST_LINE, NULL}},
     .columns = {{"number", "office.col.number", .type = LIST_INT},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"kind", "office.col.kind", LIST_WORD, .words = "office.kind.", .of_event = cell_kind},
                 {"counted", "office.col.counted", LIST_INT, .is_sum = true},
                 {"held", "office.col.held", LIST_INT, .is_sum = true},
                 {"verdict", "office.col.verdict", LIST_WORD, .words = "office.verdict."},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"station", "office.col.station", LIST_TEXT, .of_event = cell_station},
                 {"note", "office.col.delivery_note", LIST_TEXT, .of_event = cell_note},
                 {"kiosk", "office.col.kiosk", .type = LIST_INT},
                 {"reason", "office.col.reason", .type = LIST_SAY}}},

    {.name = "arrived",
     .roles = SEES_CUSTOMERS,
     .what = "Notes that left: their arrival receipts, open ones first, and what was left behind with what becomes of it.",
     .sql = SQL("SELECT d.note AS id, n.order_id AS \"order\", o.customer AS customer, d.day AS left_day, d.at_ms AS left_at,"
                " COALESCE((SELECT SUM(l.doors) FROM note_line AS l WHERE l.note = d.note), 0) - COALESCE((SELECT SUM(l.doors)"
                "  FROM loaded AS l WHERE l.note = d.note), 0) AS behind, COALESCE(f.what, '') AS what, COALESCE(f.text, '') AS text,"
                " COALESCE(f.by_user, '') AS left_by, a.day AS day, COALESCE(a.person, '') AS person, a.is_model AS model,"
                " a.is_quantity AS quantity_ok, a.is_intact AS intact, COALESCE(a.remarks, '') AS remarks,"
                " COALESCE(a.settled_by, '') AS settled_by, COALESCE(a.settled, '') AS settled, COALESCE(s.carrier, '') AS carrier,"
                " COALESCE(s.waybill, '') AS waybill, COALESCE(s.plate, '') AS plate, COALESCE(s.phone, '') AS phone,"
                " s.arrive_day AS arrives, COALESCE(h.desk, '') AS desk, COALESCE(a.version, 0) AS version"
                " FROM note_done AS d JOIN note AS n ON n.id = d.note JOIN orders AS o ON o.id = n.order_id"
                " LEFT JOIN arrival AS a ON a.note = d.note LEFT JOIN leftover AS f ON f.note = d.note"
                " LEFT JOIN shipment AS s ON s.note = d.note LEFT JOIN head AS h ON h.order_id = n.order_id"
                " WHERE d.note IN (SELECT x.note FROM note_done AS x WHERE x.day >= $3 UNION SELECT w.note FROM note_way AS w) AND d.note > $1"
                " AND n.void_feed = 0 ORDER BY d.note LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .params = {{"from", LIST_DAY, "-60"}},
     .columns = {{"note", "office.col.delivery_note", LIST_TEXT, .of_row = cell_note_text},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"left_day", "office.col.shipped_day", .type = LIST_DAY},
                 {"left_at", "office.col.shipped", .type = LIST_TIME},
                 {"arrives", "office.col.arrives", .type = LIST_DAY},
                 {"day", "office.col.arrived", .type = LIST_DAY},
                 {"person", "office.col.signed_by", .type = LIST_TEXT},
                 {"model", "office.col.model_ok", .type = LIST_BOOL},
                 {"quantity_ok", "office.col.quantity_ok", .type = LIST_BOOL},
                 {"intact", "office.col.intact", .type = LIST_BOOL},
                 {"remarks", "office.col.remarks", .type = LIST_TEXT},
                 {"settled_by", "office.col.settled_by", .type = LIST_WHO},
                 {"settled", "office.col.settled", .type = LIST_TEXT},
                 {"behind", "office.col.behind", LIST_INT, .is_sum = true},
                 {"what", "office.col.becomes", LIST_WORD, .words = "office.leftover."},
                 {"text", "office.col.text", .type = LIST_TEXT},
                 {"left_by", "office.col.who", .type = LIST_WHO},
                 {"carrier", "office.col.carrier", .type = LIST_TEXT},
                 {"waybill", "office.col.waybill", .type = LIST_TEXT},
                 {"plate", "office.col.plate", .type = LIST_TEXT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"desk", "office.col.desk", .type = LIST_WHO},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "trucks",
     .roles = SEES_CUSTOMERS,
     .what = "Trucks at the gate: since when, what for.",
     .sql = SQL("SELECT k.id AS id, k.plate AS plate, k.driver AS driver, k.phone AS phone, k.order_id AS \"order\","
                " o.customer AS customer, k.arrived_ms AS since, k.remarks AS remarks, k.by_user AS who, k.version AS version"
                " FROM truck AS k JOIN orders AS o ON o.id = k.order_id WHERE k.gone_ms IS NULL AND k.id > $1"
                " ORDER BY k.id LIMIT $2"),
     .cursor = {"id"},
     .cursor_kind = {DB_INT},
     .columns = {{"id", "office.col.number", .type = LIST_INT},
                 {"plate", "office.col.plate", .type = LIST_TEXT},
                 {"driver", "office.col.driver", .type = LIST_TEXT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"order", "office.col.order", LIST_LINE, .link = "lines?order={order}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"since", "office.col.truck_since", .type = LIST_TIME},
                 {"remarks", "office.col.remarks", .type = LIST_TEXT},
                 {"who", "office.col.who", .type = LIST_WHO},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "stock",
     .roles = ROLE_ANYBODY,
     .what = "Finished doors in the house by line and place.",
     .sql = SQL("SELECT s.line AS line, s.place AS number, COALESCE(t.name, '') AS where_at, s.doors AS there, l.product AS product,"
                " l.size AS size, l.colour AS paint, l.quantity AS quantity, o.customer AS customer, l.due_day AS due,"
                " u.packed AS packed, u.returned AS returned, u.found AS found, u.went AS went, u.shorted AS shorted"
                " FROM stock AS s JOIN line AS l ON l.line = s.line JOIN orders AS o ON o.id = l.order_id"
                " LEFT JOIN spot AS t ON t.number = s.place LEFT JOIN stock_sum AS u ON u.line = s.line"
                " WHERE (s.line, s.place) > ($1, $2) ORDER BY s.line, s.place LIMIT $3"),
     .cursor = {"line", "number"},
     .cursor_kind = {DB_INT, DB_INT},
     .columns = {{"line", "office.col.line", LIST_LINE, .link = "progress?from={line}&to={line}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"size", "office.col.size", .type = LIST_TEXT},
                 {"paint", "office.col.paint", .type = LIST_TEXT},
                 {"where_at", "office.col.place", .type = LIST_TEXT},
                 {"number", "office.col.place_number", .type = LIST_INT},
                 {"there", "office.col.there", LIST_INT, .is_sum = true},
                 {"quantity", "office.col.quantity", .type = LIST_INT},
                 {"packed", "office.col.packed", .type = LIST_INT},
                 {"returned", "office.col.returned", .type = LIST_INT},
                 {"found", "office.col.found", .type = LIST_INT},
                 {"went", "office.col.went", .type = LIST_INT},
                 {"shorted", "office.col.shorted", .type = LIST_INT},
                 {"due", "office.col.due", .type = LIST_DAY}}},

    {.name = "stock-value",
     .roles = SEES_GOODS,
     .what = "Finished doors in the house by line, with what they are worth.",
     .sql = SQL("SELECT l.line AS line, o.customer AS customer, l.product AS product, SUM(s.doors) AS there,"
                " " WORTH_FEN("l.line", "SUM(s.doors)") " AS fen FROM stock AS s JOIN line AS l ON l.line = s.line"
                " JOIN orders AS o ON o.id = l.order_id WHERE s.line > $1 GROUP BY l.line, o.customer, l.product"
                " ORDER BY l.line LIMIT $2"),
     .cursor = {"line"},
     .cursor_kind = {DB_INT},
     .columns = {{"line", "office.col.line", .type = LIST_LINE},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"there", "office.col.there", LIST_INT, .is_sum = true},
                 {"fen", "office.col.amount", LIST_FEN, .is_sum = true}}},

    {.name = "stock-counts",
     .roles = ROLE_ANYBODY,
     .what = "Stock counts that found something else than the books had.",
     .sql = SQL("SELECT c.number AS number, c.line AS line, l.product AS product, o.customer AS customer, COALESCE(t.name, '') AS"
                " where_at, c.place AS place, c.expected AS expected, c.counted AS counted, c.counted - c.expected AS differs,"
                " f.day AS day, f.name AS event, COALESCE(n.name, '') AS name, CASE WHEN e.reason IS NULL THEN 0 ELSE 1 END AS open,"
                " f.bytes AS bytes FROM stock_count AS c JOIN fact AS f ON f.number = c.number JOIN line AS l ON l.line = c.line"
                " JOIN orders AS o ON o.id = l.order_id LEFT JOIN spot AS t ON t.number = c.place"
                " LEFT JOIN fact_worker AS w ON w.number = c.number AND w.share = 0 LEFT JOIN worker AS n ON n.number = w.worker"
                " LEFT JOIN exception AS e ON e.reason = 'ship.count' AND e.name = f.name"
                " WHERE c.expected != c.counted AND c.number > $1 ORDER BY c.number LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .columns = {{"number", "office.col.number", .type = LIST_INT},
                 {"event", "office.col.event", LIST_HASH, .link = "fact?event={event}"},
                 {"day", "office.col.day", .type = LIST_DAY},
                 {"line", "office.col.line", .type = LIST_LINE},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"where_at", "office.col.place", .type = LIST_TEXT},
                 {"place", "office.col.place_number", .type = LIST_INT},
                 {"expected", "office.col.expected", LIST_INT, .is_sum = true},
                 {"counted", "office.col.counted", LIST_INT, .is_sum = true},
                 {"differs", "office.col.differs", LIST_INT, .is_sum = true},
                 {"name", "office.col.name", .type = LIST_TEXT},
                 {"wall", "office.col.wall", LIST_TIME, .of_event = cell_wall},
                 {"open", "office.col.open", .type = LIST_BOOL}}},

    {.name = "dispatch",
     .roles = SEES_GOODS,
     .what = "The daily dispatch report: what left on which day by which note, quantity and amount.",
     .sql = SQL("SELECT d.day AS day, d.note * 100 + d.line % 100 AS place, d.note AS id, d.line AS line, o.customer AS customer,"
                " l.product AS product, l.size AS size, d.doors AS doors, " WORTH_FEN("d.line", "d.doors") " AS fen,"
                " COALESCE(s.plate, '') AS plate, COALESCE(s.carrier, '') AS carrier, COALESCE(s.waybill, '') AS waybill"
                " FROM loaded AS d JOIN line AS l ON l.line = d.line JOIN orders AS o ON o.id = l.order_id"
                " LEFT JOIN shipment AS s ON s.note = d.note WHERE d.day BETWEEN $4 AND $5"
                " AND (d.day, d.note * 100 + d.line % 100) > ($1, $2) ORDER BY d.day, d.note * 100 + d.line % 100 LIMIT $3"),
     .cursor = {"day", "place"},
     .cursor_kind = {DB_INT, DB_INT},
     .params = {{"from", LIST_DAY, "today"}, {"to", LIST_DAY, "today"}},
     .columns = {{"day", "office.col.date", .type = LIST_DAY},
                 {"note", "office.col.delivery_note", LIST_TEXT, .of_row = cell_note_text},
                 {"line", "office.col.line", LIST_LINE, .link = "progress?from={line}&to={line}"},
                 {"customer", "office.col.customer", .type = LIST_TEXT},
                 {"product", "office.col.product", .type = LIST_TEXT},
                 {"size", "office.col.size", .type = LIST_TEXT},
                 {"doors", "office.col.doors", LIST_INT, .is_sum = true},
                 {"fen", "office.col.amount", LIST_FEN, .is_sum = true},
                 {"plate", "office.col.plate", .type = LIST_TEXT},
                 {"carrier", "office.col.carrier", .type = LIST_TEXT},
                 {"waybill", "office.col.waybill", .type = LIST_TEXT}}},

    {.name = "places",
     .roles = ROLE_ANYBODY,
     .what = "Names of places whose codes stand on racks, pallets and docks.",
     .sql = SQL("SELECT number, name, version FROM spot WHERE number > $1 ORDER BY number LIMIT $2"),
     .cursor = {"number"},
     .cursor_kind = {DB_INT},
     .columns = {{"number", "office.col.place_number", .type = LIST_INT},
                 {"name", "office.col.place", .type = LIST_TEXT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = NULL},
};
static_assert(EVENT_RETURN == 10 && EVENT_PACK == 12 && EVENT_LOAD == 13 && EVENT_COUNT == 15, "as the lists above have them");
/* clang-format on */
