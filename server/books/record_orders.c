/* record_orders.c - nouns of the order desk as record.c changes them: customers, products, the order register, sheets, money,
 * delivery notes, changes, losses. */
#include "server/books/gates.h"
#include "server/books/nouns.h"
#include "server/books/pool_tell.h"
#include "server/books/ship_tell.h"
#include "server/books/tell.h"

/* To add a noun: a row here, its name in record.h. */
const struct noun_row ORDER_NOUNS[NOUNS - NOUN_CUSTOMER] = {
    [0] = NOUN(
        "customer", 1, TOPIC_MASTER, 0, NULL,
        "SELECT id, name, phone, address, region, class, is_dealer, is_new, is_sample, price_list, price_list_day, "
        "remarks, is_off, version FROM customer WHERE id = $1",
        "INSERT INTO customer (id, name, phone, address, region, class, is_dealer, is_new, is_sample, price_list, "
        "price_list_day, remarks, is_off, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
        "$14)",
        "UPDATE customer SET name = $2, phone = $3, address = $4, region = $5, class = $6, is_dealer = $7, is_new ="
        " $8, is_sample = $9, price_list = $10, price_list_day = $11, remarks = $12, is_off = $13, version = $14 "
        "WHERE id = $1"),
    [NOUN_PRODUCT - NOUN_CUSTOMER] =
        NOUN("product", 1, TOPIC_MASTER, 0, NULL,
             "SELECT code, name, family, brand, leaf, frame, architrave, architrave_mm, matching, materials, styles, "
             "colours, is_off, version FROM product WHERE code = $1",
             "INSERT INTO product (code, name, family, brand, leaf, frame, architrave, architrave_mm, matching, "
             "materials, styles, colours, is_off, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
             "$13, $14)",
             "UPDATE product SET name = $2, family = $3, brand = $4, leaf = $5, frame = $6, architrave = $7, "
             "architrave_mm = $8, matching = $9, materials = $10, styles = $11, colours = $12, is_off = $13, version = "
             "$14 WHERE code = $1"),
    [NOUN_PRICE - NOUN_CUSTOMER] = NOUN(
        "price", 3, TOPIC_MASTER, 0, NULL,
        "SELECT product, item, from_day, fen, version FROM price WHERE product = $1 AND item = $2 AND from_day = $3",
        "INSERT INTO price (product, item, from_day, fen, version) VALUES ($1, $2, $3, $4, $5)",
        "UPDATE price SET fen = $4, version = $5 WHERE product = $1 AND item = $2 AND from_day = $3"),
    [NOUN_LEAD - NOUN_CUSTOMER] =
        NOUN("lead", 1, TOPIC_MASTER, 0, NULL,
             "SELECT family, least_days, most_days, rush_days, version FROM lead WHERE family = $1",
             "INSERT INTO lead (family, least_days, most_days, rush_days, version) VALUES ($1, $2, $3, $4, $5)",
             "UPDATE lead SET least_days = $2, most_days = $3, rush_days = $4, version = $5 WHERE family = $1"),
    [NOUN_HOLIDAY - NOUN_CUSTOMER] =
        NOUN("holiday", 1, TOPIC_MASTER, 0, NULL, "SELECT day, name, is_work, version FROM holiday WHERE day = $1",
             "INSERT INTO holiday (day, name, is_work, version) VALUES ($1, $2, $3, $4)",
             "UPDATE holiday SET name = $2, is_work = $3, version = $4 WHERE day = $1"),
    [NOUN_ROUTING_DUE - NOUN_CUSTOMER] =
        NOUN("routing_due", 2, TOPIC_MASTER, 0, NULL,
             "SELECT family, op, days, version FROM routing_due WHERE family = $1 AND op = $2",
             "INSERT INTO routing_due (family, op, days, version) VALUES ($1, $2, $3, $4)",
             "UPDATE routing_due SET days = $3, version = $4 WHERE family = $1 AND op = $2"),
    [NOUN_RECEIPT - NOUN_CUSTOMER] =
        NOUN("receipt", 1, TOPIC_ORDER, 0, NULL,
             "SELECT id, customer, who, received_ms, source, signed, note, taken_by, until_ms, order_id, version FROM "
             "receipt WHERE id = $1",
             "INSERT INTO receipt (id, customer, who, received_ms, source, signed, note, taken_by, until_ms, order_id, "
             "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
             "UPDATE receipt SET customer = $2, who = $3, received_ms = $4, source = $5, signed = $6, note = $7, "
             "taken_by = $8, until_ms = $9, order_id = $10, version = $11 WHERE id = $1"),
    [NOUN_HEAD - NOUN_CUSTOMER] = NOUN(
        "head", 1, TOPIC_ORDER, 0, NULL,
        "SELECT order_id, customer, receipt, salesperson, desk, placed_ms, placed_by, is_project, rush_owner, "
        "rush_reason, doubt, remarks, version FROM head WHERE order_id = $1",
        "INSERT INTO head (order_id, customer, receipt, salesperson, desk, placed_ms, placed_by, is_project, "
        "rush_owner, rush_reason, doubt, remarks, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
        "$12, $13)",
        "UPDATE head SET customer = $2, receipt = $3, salesperson = $4, desk = $5, placed_ms = $6, placed_by = $7, "
        "is_project = $8, rush_owner = $9, rush_reason = $10, doubt = $11, remarks = $12, version = $13 WHERE "
        "order_id = $1"),
    [NOUN_SPEC - NOUN_CUSTOMER] = NOUN(
        "spec", 1, TOPIC_ORDER, 0, gate_of_spec,
        "SELECT line, fields, price_fen, extra_fen, extra_why, amount_fen, version FROM spec WHERE line = $1",
        "INSERT INTO spec (line, fields, price_fen, extra_fen, extra_why, amount_fen, version) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7)",
        "UPDATE spec SET fields = $2, price_fen = $3, extra_fen = $4, extra_why = $5, amount_fen = $6, version = $7"
        " WHERE line = $1"),
    [NOUN_ATTACHED - NOUN_CUSTOMER] = NOUN(
        "attached", 1, TOPIC_ORDER, 0, NULL,
        "SELECT id, receipt, order_id, kind, hash, name, at_ms, by_user, is_off, of_case, version FROM attached WHERE "
        "id = $1",
        "INSERT INTO attached (id, receipt, order_id, kind, hash, name, at_ms, by_user, is_off, of_case, version) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        "UPDATE attached SET receipt = $2, order_id = $3, kind = $4, hash = $5, name = $6, at_ms = $7, by_user = "
        "$8, is_off = $9, of_case = $10, version = $11 WHERE id = $1"),
    [NOUN_QUESTION - NOUN_CUSTOMER] = NOUN(
        "question", 1, TOPIC_ORDER, 0, NULL,
        "SELECT id, order_id, line, kind, text, asked, asked_by, asked_ms, answer, note, answered_by, answered_ms, "
        "told_by, told_ms, version FROM question WHERE id = $1",
        "INSERT INTO question (id, order_id, line, kind, text, asked, asked_by, asked_ms, answer, note, "
        "answered_by, answered_ms, told_by, told_ms, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
        " $12, $13, $14, $15)",
        "UPDATE question SET order_id = $2, line = $3, kind = $4, text = $5, asked = $6, asked_by = $7, asked_ms = "
        "$8, answer = $9, note = $10, answered_by = $11, answered_ms = $12, told_by = $13, told_ms = $14, version ="
        " $15 WHERE id = $1"),
    [NOUN_QUOTED - NOUN_CUSTOMER] = NOUN(
        "quoted", 1, TOPIC_ORDER, 0, gate_of_order,
        "SELECT order_id, n, sent_ms, confirmed_n, confirmed_day, how, person, note, by_user, confirmed_ms, "
        "chased_by, chased_ms, version FROM quoted WHERE order_id = $1",
        "INSERT INTO quoted (order_id, n, sent_ms, confirmed_n, confirmed_day, how, person, note, by_user, "
        "confirmed_ms, chased_by, chased_ms, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
        "$13)",
        "UPDATE quoted SET n = $2, sent_ms = $3, confirmed_n = $4, confirmed_day = $5, how = $6, person = $7, note "
        "= $8, by_user = $9, confirmed_ms = $10, chased_by = $11, chased_ms = $12, version = $13 WHERE order_id = "
        "$1"),
    [NOUN_DRAFT - NOUN_CUSTOMER] =
        NOUN("draft", 1, TOPIC_ORDER, 0, NULL,
             "SELECT line, rev, quote_n, maker, editor, made_ms, fields, ops, returned_by, returned_why, released_ms, "
             "quoted, version FROM draft WHERE line = $1",
             "INSERT INTO draft (line, rev, quote_n, maker, editor, made_ms, fields, ops, returned_by, returned_why, "
             "released_ms, quoted, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
             "UPDATE draft SET rev = $2, quote_n = $3, maker = $4, editor = $5, made_ms = $6, fields = $7, ops = $8, "
             "returned_by = $9, returned_why = $10, released_ms = $11, quoted = $12, version = $13 WHERE line = $1"),
    [NOUN_DIFFERENCE - NOUN_CUSTOMER] = NOUN(
        "difference", 3, TOPIC_ORDER, 0, NULL,
        "SELECT line, rev, field, quoted, sheet, why, by_user, at_ms, version FROM difference WHERE line = $1 AND "
        "rev = $2 AND field = $3",
        "INSERT INTO difference (line, rev, field, quoted, sheet, why, by_user, at_ms, version) VALUES ($1, $2, $3,"
        " $4, $5, $6, $7, $8, $9)",
        "UPDATE difference SET quoted = $4, sheet = $5, why = $6, by_user = $7, at_ms = $8, version = $9 WHERE line"
        " = $1 AND rev = $2 AND field = $3"),
    [NOUN_REVIEW - NOUN_CUSTOMER] = NOUN(
        "review", 3, TOPIC_ORDER, 0, NULL,
        "SELECT line, rev, kind, claimed_by, claimed_ms, signed_by, signed_for, signed_ms, hash, version FROM "
        "review WHERE line = $1 AND rev = $2 AND kind = $3",
        "INSERT INTO review (line, rev, kind, claimed_by, claimed_ms, signed_by, signed_for, signed_ms, hash, "
        "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        "UPDATE review SET claimed_by = $4, claimed_ms = $5, signed_by = $6, signed_for = $7, signed_ms = $8, hash "
        "= $9, version = $10 WHERE line = $1 AND rev = $2 AND kind = $3"),
    [NOUN_DEPUTY - NOUN_CUSTOMER] =
        NOUN("deputy", 3, TOPIC_USER, 0, NULL,
             "SELECT \"user\", deputy, from_day, to_day, version FROM deputy WHERE \"user\" = $1 AND deputy = $2 AND "
             "from_day = "
             "$3",
             "INSERT INTO deputy (\"user\", deputy, from_day, to_day, version) VALUES ($1, $2, $3, $4, $5)",
             "UPDATE deputy SET to_day = $4, version = $5 WHERE \"user\" = $1 AND deputy = $2 AND from_day = $3"),
    [NOUN_PLAN - NOUN_CUSTOMER] =
        NOUN("plan", 2, TOPIC_ORDER, 0, NULL,
             "SELECT line, rev, day, sequence, version FROM plan WHERE line = $1 AND rev = $2",
             "INSERT INTO plan (line, rev, day, sequence, version) VALUES ($1, $2, $3, $4, $5)",
             "UPDATE plan SET day = $3, sequence = $4, version = $5 WHERE line = $1 AND rev = $2"),
    [NOUN_FOLLOW - NOUN_CUSTOMER] =
        NOUN("follow", 1, TOPIC_ORDER, 0, NULL,
             "SELECT id, order_id, kind, day, told, responsible, cause, by_user, at_ms, version FROM follow WHERE id = "
             "$1",
             "INSERT INTO follow (id, order_id, kind, day, told, responsible, cause, by_user, at_ms, version) VALUES "
             "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
             "UPDATE follow SET order_id = $2, kind = $3, day = $4, told = $5, responsible = $6, cause = $7, by_user = "
             "$8, at_ms = $9, version = $10 WHERE id = $1"),
    [NOUN_CREW_SPLIT - NOUN_CUSTOMER] =
        NOUN("crew_split", 2, TOPIC_MASTER, 0, tell_crew_split,
             "SELECT crew, from_day, split, version FROM crew_split WHERE crew = $1 AND from_day = $2",
             "INSERT INTO crew_split (crew, from_day, split, version) VALUES ($1, $2, $3, $4)",
             "UPDATE crew_split SET split = $3, version = $4 WHERE crew = $1 AND from_day = $2"),
    [NOUN_CREW_COEFFICIENT - NOUN_CUSTOMER] = NOUN(
        "crew_coefficient", 3, TOPIC_MASTER, 0, NULL,
        "SELECT crew, worker, from_day, hundredths, version FROM crew_coefficient WHERE crew = $1 AND worker = $2 AND "
        "from_day = $3",
        "INSERT INTO crew_coefficient (crew, worker, from_day, hundredths, version) VALUES ($1, $2, $3, $4, $5)",
        "UPDATE crew_coefficient SET hundredths = $4, version = $5 WHERE crew = $1 AND worker = $2 AND from_day = $3"),
    [NOUN_REMAKE - NOUN_CUSTOMER] = NOUN(
        "remake", 1, TOPIC_ORDER, 0, NULL,
        "SELECT line, of_line, event, pieces, start_op, reason, cause, approver, at_ms, seen_by, seen_ms, version "
        "FROM remake WHERE line = $1",
        "INSERT INTO remake (line, of_line, event, pieces, start_op, reason, cause, approver, at_ms, seen_by, "
        "seen_ms, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        "UPDATE remake SET of_line = $2, event = $3, pieces = $4, start_op = $5, reason = $6, cause = $7, approver "
        "= $8, at_ms = $9, seen_by = $10, seen_ms = $11, version = $12 WHERE line = $1"),
    [NOUN_BATCH - NOUN_CUSTOMER] = NOUN(
        "batch", 1, TOPIC_ORDER, 0, NULL,
        "SELECT line, of_line, place, of_all, at_ms, by_user, version FROM batch WHERE line = $1",
        "INSERT INTO batch (line, of_line, place, of_all, at_ms, by_user, version) VALUES ($1, $2, $3, $4, $5, $6, "
        "$7)",
        "UPDATE batch SET of_line = $2, place = $3, of_all = $4, at_ms = $5, by_user = $6, version = $7 WHERE line "
        "= $1"),
    [NOUN_ENQUIRY - NOUN_CUSTOMER] = NOUN(
        "enquiry", 1, TOPIC_ORDER, 0, tell_asked,
        "SELECT id, order_id, line, who, text, first_owner, owner, to_user, to_note, asked_ms, until_ms, station, "
        "station_line, station_ms, station_feed, told, closed_by, closed_ms, version FROM enquiry WHERE id = $1",
        "INSERT INTO enquiry (id, order_id, line, who, text, first_owner, owner, to_user, to_note, asked_ms, until_ms, "
        "station, station_line, station_ms, station_feed, told, closed_by, closed_ms, version) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        "UPDATE enquiry SET order_id = $2, line = $3, who = $4, text = $5, first_owner = $6, owner = $7, to_user = $8, "
        "to_note = $9, asked_ms = $10, until_ms = $11, station = $12, station_line = $13, station_ms = $14, "
        "station_feed = $15, told = $16, closed_by = $17, closed_ms = $18, version = $19 WHERE id = $1"),
    [NOUN_NOTE - NOUN_CUSTOMER] =
        NOUN("note", 1, TOPIC_SHIP, 0, NULL,
             "SELECT id, order_id, copy, copy_ms, made_by, made_ms, open_by, open_ms, open_feed, void_by, "
             "void_ms, void_feed, void_why, remarks, version FROM note WHERE id = $1",
             "INSERT INTO note (id, order_id, copy, copy_ms, made_by, made_ms, open_by, open_ms, open_feed, "
             "void_by, void_ms, void_feed, void_why, remarks, version) VALUES ($1, $2, $3, $4, $5, $6, $7, "
             "$8, $9, $10, $11, $12, $13, $14, $15)",
             "UPDATE note SET order_id = $2, copy = $3, copy_ms = $4, made_by = $5, made_ms = $6, open_by = "
             "$7, open_ms = $8, open_feed = $9, void_by = $10, void_ms = $11, void_feed = $12, void_why = "
             "$13, remarks = $14, version = $15 WHERE id = $1"),
    [NOUN_NOTE_LINE - NOUN_CUSTOMER] =
        NOUN("note_line", 2, TOPIC_SHIP, 0, NULL,
             "SELECT note, line, doors, pieces, rev, product, size, colour, opening, version FROM note_line "
             "WHERE note = $1 AND line = $2",
             "INSERT INTO note_line (note, line, doors, pieces, rev, product, size, colour, opening, "
             "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
             "UPDATE note_line SET doors = $3, pieces = $4, rev = $5, product = $6, size = $7, colour = $8, "
             "opening = $9, version = $10 WHERE note = $1 AND line = $2"),
    [NOUN_SHIPMENT - NOUN_CUSTOMER] =
        NOUN("shipment", 1, TOPIC_SHIP, 0, NULL,
             "SELECT note, carrier, waybill, driver, phone, plate, packages, sizes, volume_l, freight_fen, "
             "freight_by, approved_by, approved_ms, checked_by, checked_ms, told, told_by, told_ms, "
             "arrive_day, unloading, version FROM shipment WHERE note = $1",
             "INSERT INTO shipment (note, carrier, waybill, driver, phone, plate, packages, sizes, volume_l, "
             "freight_fen, freight_by, approved_by, approved_ms, checked_by, checked_ms, told, told_by, "
             "told_ms, arrive_day, unloading, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
             "$12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
             "UPDATE shipment SET carrier = $2, waybill = $3, driver = $4, phone = $5, plate = $6, packages "
             "= $7, sizes = $8, volume_l = $9, freight_fen = $10, freight_by = $11, approved_by = $12, "
             "approved_ms = $13, checked_by = $14, checked_ms = $15, told = $16, told_by = $17, told_ms = "
             "$18, arrive_day = $19, unloading = $20, version = $21 WHERE note = $1"),
    [NOUN_ARRIVAL - NOUN_CUSTOMER] =
        NOUN("arrival", 1, TOPIC_SHIP, 0, NULL,
             "SELECT note, day, person, is_model, is_quantity, is_intact, remarks, settled_by, settled_ms, "
             "settled, by_user, at_ms, version FROM arrival WHERE note = $1",
             "INSERT INTO arrival (note, day, person, is_model, is_quantity, is_intact, remarks, settled_by, "
             "settled_ms, settled, by_user, at_ms, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
             "$11, $12, $13)",
             "UPDATE arrival SET day = $2, person = $3, is_model = $4, is_quantity = $5, is_intact = $6, "
             "remarks = $7, settled_by = $8, settled_ms = $9, settled = $10, by_user = $11, at_ms = $12, "
             "version = $13 WHERE note = $1"),
    [NOUN_LEFTOVER - NOUN_CUSTOMER] =
        NOUN("leftover", 1, TOPIC_SHIP, 0, NULL,
             "SELECT note, what, text, by_user, at_ms, version FROM leftover WHERE note = $1",
             "INSERT INTO leftover (note, what, text, by_user, at_ms, version) VALUES ($1, $2, $3, $4, $5, "
             "$6)",
             "UPDATE leftover SET what = $2, text = $3, by_user = $4, at_ms = $5, version = $6 WHERE note = "
             "$1"),
    [NOUN_TRUCK - NOUN_CUSTOMER] =
        NOUN("truck", 1, TOPIC_SHIP, 0, NULL,
             "SELECT id, plate, driver, phone, order_id, note, arrived_ms, gone_ms, remarks, by_user, "
             "version FROM truck WHERE id = $1",
             "INSERT INTO truck (id, plate, driver, phone, order_id, note, arrived_ms, gone_ms, remarks, "
             "by_user, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
             "UPDATE truck SET plate = $2, driver = $3, phone = $4, order_id = $5, note = $6, arrived_ms = "
             "$7, gone_ms = $8, remarks = $9, by_user = $10, version = $11 WHERE id = $1"),
    [NOUN_SPOT - NOUN_CUSTOMER] =
        NOUN("spot", 1, TOPIC_SHIP, 0, NULL, "SELECT number, name, version FROM spot WHERE number = $1",
             "INSERT INTO spot (number, name, version) VALUES ($1, $2, $3)",
             "UPDATE spot SET name = $2, version = $3 WHERE number = $1"),
    [NOUN_TRANSFER - NOUN_CUSTOMER] =
        NOUN("transfer", 1, TOPIC_MONEY, 0, NULL,
             "SELECT id, day, fen, method, payer, slip, customer, who, note, hash, file_name, by_user, at_ms, state, "
             "in_day, in_fen, differs, confirmed_by, confirmed_ms, ended_why, ended_by, ended_ms, version FROM "
             "transfer WHERE id = $1",
             "INSERT INTO transfer (id, day, fen, method, payer, slip, customer, who, note, hash, file_name, by_user, "
             "at_ms, state, in_day, in_fen, differs, confirmed_by, confirmed_ms, ended_why, ended_by, ended_ms, "
             "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, "
             "$20, $21, $22, $23)",
             "UPDATE transfer SET day = $2, fen = $3, method = $4, payer = $5, slip = $6, customer = $7, who = $8, "
             "note = $9, hash = $10, file_name = $11, by_user = $12, at_ms = $13, state = $14, in_day = $15, in_fen = "
             "$16, differs = $17, confirmed_by = $18, confirmed_ms = $19, ended_why = $20, ended_by = $21, ended_ms = "
             "$22, version = $23 WHERE id = $1"),
    [NOUN_SPREAD - NOUN_CUSTOMER] =
        NOUN("spread", 1, TOPIC_MONEY, 0, gate_of_spread,
             "SELECT id, transfer, order_id, fen, state, by_user, at_ms, off_why, off_by, off_ms, version FROM spread "
             "WHERE id = $1",
             "INSERT INTO spread (id, transfer, order_id, fen, state, by_user, at_ms, off_why, off_by, off_ms, "
             "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
             "UPDATE spread SET transfer = $2, order_id = $3, fen = $4, state = $5, by_user = $6, at_ms = $7, off_why "
             "= $8, off_by = $9, off_ms = $10, version = $11 WHERE id = $1"),
    [NOUN_AMOUNT - NOUN_CUSTOMER] =
        NOUN("amount", 1, TOPIC_MONEY, 0, gate_of_order,
             "SELECT order_id, fen, why, by_user, at_ms, version FROM amount WHERE order_id = $1",
             "INSERT INTO amount (order_id, fen, why, by_user, at_ms, version) VALUES ($1, $2, $3, $4, $5, $6)",
             "UPDATE amount SET fen = $2, why = $3, by_user = $4, at_ms = $5, version = $6 WHERE order_id = $1"),
    [NOUN_GUARANTOR - NOUN_CUSTOMER] =
        NOUN("guarantor", 1, TOPIC_MONEY, 0, NULL,
             "SELECT id, name, phone, limit_fen, signed_day, until_day, hash, file_name, note, is_off, by_user, "
             "version FROM guarantor WHERE id = $1",
             "INSERT INTO guarantor (id, name, phone, limit_fen, signed_day, until_day, hash, file_name, note, "
             "is_off, by_user, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
             "UPDATE guarantor SET name = $2, phone = $3, limit_fen = $4, signed_day = $5, until_day = $6, hash = $7, "
             "file_name = $8, note = $9, is_off = $10, by_user = $11, version = $12 WHERE id = $1"),
    [NOUN_COVER - NOUN_CUSTOMER] =
        NOUN("cover", 1, TOPIC_MONEY, 0, NULL,
             "SELECT id, guarantor, order_id, fen, by_user, at_ms, is_off, off_why, off_by, off_ms, version FROM "
             "cover WHERE id = $1",
             "INSERT INTO cover (id, guarantor, order_id, fen, by_user, at_ms, is_off, off_why, off_by, off_ms, "
             "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
             "UPDATE cover SET guarantor = $2, order_id = $3, fen = $4, by_user = $5, at_ms = $6, is_off = $7, "
             "off_why = $8, off_by = $9, off_ms = $10, version = $11 WHERE id = $1"),
    [NOUN_UNPAID - NOUN_CUSTOMER] =
        NOUN("unpaid", 1, TOPIC_MONEY, 0, gate_of_unpaid,
             "SELECT id, order_id, fen, why, answers, by_user, at_ms, is_off, off_why, off_by, off_ms, version FROM "
             "unpaid WHERE id = $1",
             "INSERT INTO unpaid (id, order_id, fen, why, answers, by_user, at_ms, is_off, off_why, off_by, off_ms, "
             "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
             "UPDATE unpaid SET order_id = $2, fen = $3, why = $4, answers = $5, by_user = $6, at_ms = $7, is_off = "
             "$8, off_why = $9, off_by = $10, off_ms = $11, version = $12 WHERE id = $1"),
    [NOUN_SETTLED - NOUN_CUSTOMER] =
        NOUN("settled", 2, TOPIC_EXCEPTION, 0, NULL,
             "SELECT reason, name, owner, to_user, to_note, carried, why, settled_by, settled_ms, told, version FROM "
             "settled WHERE reason = $1 AND name = $2",
             "INSERT INTO settled (reason, name, owner, to_user, to_note, carried, why, settled_by, settled_ms, told, "
             "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
             "UPDATE settled SET owner = $3, to_user = $4, to_note = $5, carried = $6, why = $7, settled_by = $8, "
             "settled_ms = $9, told = $10, version = $11 WHERE reason = $1 AND name = $2"),
    [NOUN_DAY_CLOSE - NOUN_CUSTOMER] = NOUN(
        "day_close", 2, TOPIC_EXCEPTION, 0,
        NULL,
        "SELECT \"user\", day, closed_ms, open_n, to_user, note, version FROM day_close WHERE \"user\" = $1 AND day = "
        "$2",
        "INSERT INTO day_close (\"user\", day, closed_ms, open_n, to_user, note, version) VALUES ($1, $2, $3, $4, $5, "
        "$6, $7)",
        "UPDATE day_close SET closed_ms = $3, open_n = $4, to_user = $5, note = $6, version = $7 WHERE \"user\" = $1 "
        "AND day = $2"),
    [NOUN_CHANGE - NOUN_CUSTOMER] = NOUN(
        "change", 1, TOPIC_ORDER | TOPIC_STOP | TOPIC_MONEY, 0, gate_of_change,
        "SELECT id, line, old_rev, wants, source, source_name, opened_by, opened_ms, confirmed_day, "
        "confirmed_by, due_day, comp_fen, comp_who, comp_day, comp_by, state, closed_by, closed_ms, new_rev, "
        "of_change, version FROM change WHERE id = $1",
        "INSERT INTO change (id, line, old_rev, wants, source, source_name, opened_by, opened_ms, "
        "confirmed_day, confirmed_by, due_day, comp_fen, comp_who, comp_day, comp_by, state, closed_by, "
        "closed_ms, new_rev, of_change, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
        "$15, $16, $17, $18, $19, $20, $21)",
        "UPDATE change SET line = $2, old_rev = $3, wants = $4, source = $5, source_name = $6, opened_by = "
        "$7, opened_ms = $8, confirmed_day = $9, confirmed_by = $10, due_day = $11, comp_fen = $12, comp_who "
        "= $13, comp_day = $14, comp_by = $15, state = $16, closed_by = $17, closed_ms = $18, new_rev = $19, "
        "of_change = $20, version = $21 WHERE id = $1"),
    [NOUN_STAYS - NOUN_CUSTOMER] =
        NOUN("stays", 3, TOPIC_ORDER | TOPIC_FLOOR, 0, NULL,
             "SELECT line, new_rev, old_op, old_rev, new_op, good, redo, by_user, at_ms, version FROM stays WHERE "
             "line = $1 AND new_rev = $2 AND old_op = $3",
             "INSERT INTO stays (line, new_rev, old_op, old_rev, new_op, good, redo, by_user, at_ms, version) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
             "UPDATE stays SET old_rev = $4, new_op = $5, good = $6, redo = $7, by_user = $8, at_ms = $9, version "
             "= $10 WHERE line = $1 AND new_rev = $2 AND old_op = $3"),
    [NOUN_COPY_LOST - NOUN_CUSTOMER] =
        NOUN("copy_lost", 3, TOPIC_ORDER | TOPIC_FLOOR, 0, NULL,
             "SELECT line, rev, copy, who, why, by_user, at_ms, version FROM copy_lost WHERE line = $1 AND rev = "
             "$2 AND copy = $3",
             "INSERT INTO copy_lost (line, rev, copy, who, why, by_user, at_ms, version) VALUES ($1, $2, $3, $4, "
             "$5, $6, $7, $8)",
             "UPDATE copy_lost SET who = $4, why = $5, by_user = $6, at_ms = $7, version = $8 WHERE line = $1 AND "
             "rev = $2 AND copy = $3"),
    [NOUN_LOSS - NOUN_CUSTOMER] =
        NOUN("loss", 1, TOPIC_ORDER, 0, NULL,
             "SELECT id, order_id, line, change, kind, wages_fen, material_fen, cause, state, by_user, at_ms, "
             "approver, approved_ms, version FROM loss WHERE id = $1",
             "INSERT INTO loss (id, order_id, line, change, kind, wages_fen, material_fen, cause, state, by_user, "
             "at_ms, approver, approved_ms, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
             "$13, $14)",
             "UPDATE loss SET order_id = $2, line = $3, change = $4, kind = $5, wages_fen = $6, material_fen = $7, "
             "cause = $8, state = $9, by_user = $10, at_ms = $11, approver = $12, approved_ms = $13, version = $14 "
             "WHERE id = $1"),
    [NOUN_LOSS_SHARE - NOUN_CUSTOMER] =
        NOUN("loss_share", 2, TOPIC_ORDER, 0, NULL,
             "SELECT loss, n, worker, who, percent, rule, fen, version FROM loss_share WHERE loss = $1 AND n = $2",
             "INSERT INTO loss_share (loss, n, worker, who, percent, rule, fen, version) VALUES ($1, $2, $3, $4, "
             "$5, $6, $7, $8)",
             "UPDATE loss_share SET worker = $3, who = $4, percent = $5, rule = $6, fen = $7, version = $8 WHERE "
             "loss = $1 AND n = $2"),
    [NOUN_LOSS_RULE - NOUN_CUSTOMER] =
        NOUN("loss_rule", 1, TOPIC_MASTER, 0, NULL,
             "SELECT id, name, fen, percent, is_off, version FROM loss_rule WHERE id = $1",
             "INSERT INTO loss_rule (id, name, fen, percent, is_off, version) VALUES ($1, $2, $3, $4, $5, $6)",
             "UPDATE loss_rule SET name = $2, fen = $3, percent = $4, is_off = $5, version = $6 WHERE id = $1"),
    [NOUN_CASE - NOUN_CUSTOMER] =
        NOUN("case", 1, TOPIC_ORDER | TOPIC_EXCEPTION, 0, NULL,
             "SELECT id, order_id, line, pieces, note, event, kind, what, who, fault, opened_by, opened_ms, "
             "owner, to_user, to_note, due_ms, cause, decision, remedy, cost_fen, bearer, worker, remake, "
             "decided_by, decided_ms, verified, closed_by, closed_ms, version FROM cases WHERE id = $1",
             "INSERT INTO cases (id, order_id, line, pieces, note, event, kind, what, who, fault, "
             "opened_by, opened_ms, owner, to_user, to_note, due_ms, cause, decision, remedy, cost_fen, "
             "bearer, worker, remake, decided_by, decided_ms, verified, closed_by, closed_ms, version) VALUES "
             "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
             "$21, $22, $23, $24, $25, $26, $27, $28, $29)",
             "UPDATE cases SET order_id = $2, line = $3, pieces = $4, note = $5, event = $6, kind = $7, "
             "what = $8, who = $9, fault = $10, opened_by = $11, opened_ms = $12, owner = $13, to_user = $14, "
             "to_note = $15, due_ms = $16, cause = $17, decision = $18, remedy = $19, cost_fen = $20, bearer "
             "= $21, worker = $22, remake = $23, decided_by = $24, decided_ms = $25, verified = $26, "
             "closed_by = $27, closed_ms = $28, version = $29 WHERE id = $1"),
    [NOUN_REBATE - NOUN_CUSTOMER] = NOUN(
        "rebate", 1, TOPIC_MONEY, 0, NULL,
        "SELECT id, customer, from_day, to_day, rate, fen, why, state, by_user, at_ms, done_by, done_ms, done_why, "
        "version "
        "FROM rebate WHERE id = $1",
        "INSERT INTO rebate (id, customer, from_day, to_day, rate, fen, why, state, by_user, at_ms, done_by, done_ms, "
        "done_why, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        "UPDATE rebate SET customer = $2, from_day = $3, to_day = $4, rate = $5, fen = $6, why = $7, state = $8, "
        "by_user = "
        "$9, at_ms = $10, done_by = $11, done_ms = $12, done_why = $13, version = $14 WHERE id = $1"),
    [NOUN_AGAIN - NOUN_CUSTOMER] =
        NOUN("again", 1, TOPIC_EXCEPTION, 0, NULL,
             "SELECT number, times, by_user, at_ms, version FROM again WHERE number = $1",
             "INSERT INTO again (number, times, by_user, at_ms, version) VALUES ($1, $2, $3, $4, $5)",
             "UPDATE again SET times = $2, by_user = $3, at_ms = $4, version = $5 WHERE number = $1"),
};
