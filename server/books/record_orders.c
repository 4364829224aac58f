/* record_orders.c - the nouns of orders, from customers to released sheets: rows for record.c, the one door by which they
 * change. */
#include "server/books/nouns.h"

/* To add a noun: a row here, its name in record.h. */
const struct noun_row ORDER_NOUNS[NOUNS - NOUN_CUSTOMER] = {
    [NOUN_CUSTOMER - NOUN_CUSTOMER] = NOUN(
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
};
