/* record_floor.c - nouns of the floor as record.c changes them: settings, stations, operations, people, orders and their lines,
 * stops, users, kiosks, pay. record_orders.c has those of the order desk, money and goods. */
#include "server/books/gates.h"
#include "server/books/nouns.h"
#include "server/books/ship_tell.h"
#include "server/books/tell.h"

const struct noun_row FLOOR_NOUNS[NOUN_CUSTOMER] = {
    [NOUN_SETTING] =
        NOUN("setting", 1, TOPIC_MASTER, 0, gate_of_setting, "SELECT name, value, version FROM setting WHERE name = $1",
             "INSERT INTO setting (name, value, version) VALUES ($1, $2, $3)",
             "UPDATE setting SET value = $2, version = $3 WHERE name = $1"),
    [NOUN_STATION] =
        NOUN("station", 1, TOPIC_MASTER, 0, tell_station,
             "SELECT id, name_zh, name_en, ops, is_off, kind, version FROM station WHERE id = $1",
             "INSERT INTO station (id, name_zh, name_en, ops, is_off, kind, version) VALUES ($1, $2, $3, $4, $5,"
             " $6, $7)",
             "UPDATE station SET name_zh = $2, name_en = $3, ops = $4, is_off = $5, kind = $6, version = $7 WHERE id ="
             " $1"),
    [NOUN_OPERATION] =
        NOUN("operation", 1, TOPIC_MASTER, 0, tell_operation,
             "SELECT code, name_zh, name_en, part, is_off, version FROM operation WHERE code = $1",
             "INSERT INTO operation (code, name_zh, name_en, part, is_off, version) VALUES ($1, $2, $3,"
             " $4, $5, $6)",
             "UPDATE operation SET name_zh = $2, name_en = $3, part = $4, is_off = $5, version = $6 WHERE"
             " code = $1"),
    [NOUN_REASON] = NOUN("reason", 1, TOPIC_MASTER, 0, tell_reason,
                         "SELECT number, name_zh, name_en, is_off, version FROM reason WHERE number = $1",
                         "INSERT INTO reason (number, name_zh, name_en, is_off, version) VALUES ($1, $2, $3, $4, $5)",
                         "UPDATE reason SET name_zh = $2, name_en = $3, is_off = $4, version = $5 WHERE number = $1"),
    [NOUN_CREW] =
        NOUN("crew", 1, TOPIC_MASTER, 0, tell_crew, "SELECT id, name, is_off, version FROM crew WHERE id = $1",
             "INSERT INTO crew (id, name, is_off, version) VALUES ($1, $2, $3, $4)",
             "UPDATE crew SET name = $2, is_off = $3, version = $4 WHERE id = $1"),
    [NOUN_WORKER] = NOUN("worker", 1, TOPIC_MASTER, COLUMN(8) | COLUMN(9), tell_worker,
                         "SELECT number, name, sign, colour, crew, role, lang, left_day, salt, open_key, version"
                         " FROM worker WHERE number = $1",
                         "INSERT INTO worker (number, name, sign, colour, crew, role, lang, left_day, salt,"
                         " open_key, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                         "UPDATE worker SET name = $2, sign = $3, colour = $4, crew = $5, role = $6, lang = $7,"
                         " left_day = $8, salt = $9, open_key = $10, version = $11 WHERE number = $1"),
    [NOUN_BADGE] = NOUN("badge", 1, TOPIC_MASTER, 0, tell_badge,
                        "SELECT badge, worker, revoked_feed, version FROM badge WHERE badge = $1",
                        "INSERT INTO badge (badge, worker, revoked_feed, version) VALUES ($1, $2, $3, $4)",
                        "UPDATE badge SET worker = $2, revoked_feed = $3, version = $4 WHERE badge = $1"),
    [NOUN_ROUTING] =
        NOUN("routing", 2, TOPIC_MASTER, 0, NULL,
             "SELECT family, op, code, per_door, is_off, version FROM routing WHERE family = $1 AND op ="
             " $2",
             "INSERT INTO routing (family, op, code, per_door, is_off, version) VALUES ($1, $2, $3, $4, $5,"
             " $6)",
             "UPDATE routing SET code = $3, per_door = $4, is_off = $5, version = $6 WHERE family = $1 AND"
             " op = $2"),
    [NOUN_RATE] = NOUN("rate", 3, TOPIC_MASTER, 0, NULL,
                       "SELECT code, family, from_day, rate_cfen, rework_rate_cfen, version FROM rate WHERE code"
                       " = $1 AND family = $2 AND from_day = $3",
                       "INSERT INTO rate (code, family, from_day, rate_cfen, rework_rate_cfen, version) VALUES"
                       " ($1, $2, $3, $4, $5, $6)",
                       "UPDATE rate SET rate_cfen = $4, rework_rate_cfen = $5, version = $6 WHERE code = $1 AND"
                       " family = $2 AND from_day = $3"),
    [NOUN_ORDER] =
        NOUN("order", 1, TOPIC_ORDER, 0, NULL, "SELECT id, customer, received_ms, version FROM orders WHERE id = $1",
             "INSERT INTO orders (id, customer, received_ms, version) VALUES ($1, $2, $3, $4)",
             "UPDATE orders SET customer = $2, received_ms = $3, version = $4 WHERE id = $1"),
    [NOUN_LINE] = NOUN("line", 1, TOPIC_ORDER, 0, tell_line_notes,
                       "SELECT line, order_id, product, family, quantity, size, colour, opening, due_day, rush,"
                       " special, remarks, rev, version FROM line WHERE line = $1",
                       "INSERT INTO line (line, order_id, product, family, quantity, size, colour, opening,"
                       " due_day, rush, special, remarks, rev, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
                       " $9, $10, $11, $12, $13, $14)",
                       "UPDATE line SET order_id = $2, product = $3, family = $4, quantity = $5, size = $6,"
                       " colour = $7, opening = $8, due_day = $9, rush = $10, special = $11, remarks = $12, rev"
                       " = $13, version = $14 WHERE line = $1"),
    [NOUN_STOP] =
        NOUN("stop", 1, TOPIC_STOP | TOPIC_ORDER, 0, tell_stop,
             "SELECT id, line, why, by_user, at_ms, feed, lifted_feed, pieces, version FROM stop WHERE id = $1",
             "INSERT INTO stop (id, line, why, by_user, at_ms, feed, lifted_feed, pieces, version) VALUES ($1,"
             " $2, $3, $4, $5, $6, $7, $8, $9)",
             "UPDATE stop SET line = $2, why = $3, by_user = $4, at_ms = $5, feed = $6, lifted_feed ="
             " $7, pieces = $8, version = $9 WHERE id = $1"),
    [NOUN_USER] = NOUN("user", 1, TOPIC_USER, COLUMN(3), NULL,
                       "SELECT name, \"full\", roles, password, is_off, version FROM \"user\" WHERE name = $1",
                       "INSERT INTO \"user\" (name, \"full\", roles, password, is_off, version) VALUES ($1, $2,"
                       " $3, $4, $5, $6)",
                       "UPDATE \"user\" SET \"full\" = $2, roles = $3, password = $4, is_off = $5, version = $6"
                       " WHERE name = $1"),
    [NOUN_LINK] = NOUN("link", 1, TOPIC_USER, COLUMN(0), NULL,
                       "SELECT token, \"user\", until_ms, used_ms, version FROM login_link WHERE token = $1",
                       "INSERT INTO login_link (token, \"user\", until_ms, used_ms, version) VALUES ($1, $2, $3,"
                       " $4, $5)",
                       "UPDATE login_link SET \"user\" = $2, until_ms = $3, used_ms = $4, version = $5 WHERE"
                       " token = $1"),
    [NOUN_SESSION] =
        NOUN("session", 1, TOPIC_USER, COLUMN(0) | COLUMN(2), NULL,
             "SELECT token, \"user\", csrf, made_ms, until_ms, peer, version FROM session WHERE token = $1",
             "INSERT INTO session (token, \"user\", csrf, made_ms, until_ms, peer, version) VALUES ($1, $2,"
             " $3, $4, $5, $6, $7)",
             "UPDATE session SET \"user\" = $2, csrf = $3, made_ms = $4, until_ms = $5, peer = $6, version ="
             " $7 WHERE token = $1"),
    [NOUN_KIOSK] = NOUN("kiosk", 1, TOPIC_KIOSK, COLUMN(2), NULL,
                        "SELECT kiosk, number, key, station, state, enrolled_ms, version FROM kiosk WHERE kiosk ="
                        " $1",
                        "INSERT INTO kiosk (kiosk, number, key, station, state, enrolled_ms, version) VALUES ($1,"
                        " $2, $3, $4, $5, $6, $7)",
                        "UPDATE kiosk SET number = $2, key = $3, station = $4, state = $5, enrolled_ms = $6,"
                        " version = $7 WHERE kiosk = $1"),
    [NOUN_TOKEN] = NOUN("token", 1, TOPIC_KIOSK, COLUMN(0), NULL,
                        "SELECT token, station, until_ms, kiosk, version FROM kiosk_token WHERE token = $1",
                        "INSERT INTO kiosk_token (token, station, until_ms, kiosk, version) VALUES ($1, $2, $3,"
                        " $4, $5)",
                        "UPDATE kiosk_token SET station = $2, until_ms = $3, kiosk = $4, version = $5 WHERE token"
                        " = $1"),
    [NOUN_PERIOD] = NOUN("period", 1, TOPIC_PAY, 0, NULL,
                         "SELECT to_day, from_day, state, upto, pay_day, employer, checked_by, checked_ms, closed_by,"
                         " closed_ms, version FROM period WHERE to_day = $1",
                         "INSERT INTO period (to_day, from_day, state, upto, pay_day, employer, checked_by,"
                         " checked_ms, closed_by, closed_ms, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
                         " $10, $11)",
                         "UPDATE period SET from_day = $2, state = $3, upto = $4, pay_day = $5, employer = $6,"
                         " checked_by = $7, checked_ms = $8, closed_by = $9, closed_ms = $10, version = $11 WHERE"
                         " to_day = $1"),
    [NOUN_PAYEE] = NOUN("payee", 1, TOPIC_MASTER | TOPIC_PAY, COLUMN(1) | COLUMN(2) | COLUMN(4), NULL,
                        "SELECT worker, id_number, phone, bank, account, version FROM payee WHERE worker = $1",
                        "INSERT INTO payee (worker, id_number, phone, bank, account, version) VALUES ($1, $2, $3, $4,"
                        " $5, $6)",
                        "UPDATE payee SET id_number = $2, phone = $3, bank = $4, account = $5, version = $6 WHERE"
                        " worker = $1"),
    [NOUN_TIME_RATE] =
        NOUN("time_rate", 2, TOPIC_PAY, 0, NULL,
             "SELECT worker, from_day, hour_cfen, version FROM time_rate WHERE worker = $1 AND from_day = $2",
             "INSERT INTO time_rate (worker, from_day, hour_cfen, version) VALUES ($1, $2, $3, $4)",
             "UPDATE time_rate SET hour_cfen = $3, version = $4 WHERE worker = $1 AND from_day = $2"),
    [NOUN_ADJUSTMENT] = NOUN("adjustment", 1, TOPIC_PAY, 0, NULL,
                             "SELECT id, worker, day, kind, fen, why, rule, state, by_user, at_ms, approver, version"
                             " FROM adjustment WHERE id = $1",
                             "INSERT INTO adjustment (id, worker, day, kind, fen, why, rule, state, by_user, at_ms,"
                             " approver, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                             "UPDATE adjustment SET worker = $2, day = $3, kind = $4, fen = $5, why = $6, rule = $7,"
                             " state = $8, by_user = $9, at_ms = $10, approver = $11, version = $12 WHERE id = $1"),
};
