/* trade.c - lists of whom the house sells to and what it sells. Columns have the names of the forms' fields. */
#include <stddef.h>

#include "server/ask/nouns.h"
#include "server/ask/role.h"

/* clang-format off */
const struct list TRADE_LISTS[] = {
    {.name = "customers",
     .roles = SEES_CUSTOMERS,
     .what = "Customers; find: any part of name or phone, or pinyin initials.",
     .sql = SQL("SELECT c.id AS customer, c.name AS name, c.phone AS phone, c.address AS address, c.region AS region,"
                " c.class AS class, c.is_dealer AS dealer, c.is_new AS new, c.is_sample AS sample,"
                " c.price_list AS price_list, c.price_list_day AS price_list_day, c.remarks AS remarks,"
                " c.is_off AS off, c.version AS version"
                " FROM customer AS c WHERE c.id > $1"
                " AND ($3 = '' OR c.id IN (SELECT f.id FROM find AS f WHERE f.suffix >= $3 AND f.suffix < $3 || '􏿿'))"
                " ORDER BY c.id LIMIT $2"),
     .cursor = {"customer"},
     .cursor_kind = {DB_INT},
     .params = {{"find", LIST_FIND, ""}},
     .columns = {{"customer", "office.col.number", .type = LIST_INT},
                 {"name", "office.col.customer", .type = LIST_TEXT},
                 {"phone", "office.col.phone", .type = LIST_TEXT},
                 {"address", "office.col.address", .type = LIST_TEXT},
                 {"region", "office.col.region", .type = LIST_TEXT},
                 {"class", "office.col.class", .type = LIST_TEXT},
                 {"dealer", "office.col.dealer", .type = LIST_BOOL},
                 {"new", "office.col.new", .type = LIST_BOOL},
                 {"sample", "office.col.sample", .type = LIST_BOOL},
                 {"price_list", "office.col.price_list", .type = LIST_TEXT},
                 {"price_list_day", "office.col.price_list_day", .type = LIST_DAY},
                 {"remarks", "office.col.remarks", .type = LIST_TEXT},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "products",
     .roles = ROLE_ANYBODY,
     .what = "The catalogue.",
     .sql = SQL("SELECT code, name, family, brand, leaf, frame, architrave, architrave_mm, matching, materials, styles,"
                " colours, is_off AS off, version FROM product WHERE code > $1 ORDER BY code LIMIT $2"),
     .cursor = {"code"},
     .cursor_kind = {DB_TEXT},
     .columns = {{"code", "office.col.product_code", .type = LIST_TEXT},
                 {"name", "office.col.title", .type = LIST_TEXT},
                 {"family", "office.col.family", .type = LIST_TEXT},
                 {"brand", "office.col.brand", .type = LIST_TEXT},
                 {"leaf", "office.col.leaf", .type = LIST_TEXT},
                 {"frame", "office.col.frame", .type = LIST_TEXT},
                 {"architrave", "office.col.architrave", .type = LIST_TEXT},
                 {"architrave_mm", "office.col.architrave_mm", .type = LIST_INT},
                 {"matching", "office.col.matching", .type = LIST_TEXT},
                 {"materials", "office.col.materials", .type = LIST_TEXT},
                 {"styles", "office.col.styles", .type = LIST_TEXT},
                 {"colours", "office.col.colours", .type = LIST_TEXT},
                 {"off", "office.col.is_off", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "prices",
     .roles = SEES_AMOUNTS,
     .what = "The price list, dated; without an item: the door itself.",
     .sql = SQL("SELECT p.product AS product, COALESCE(c.name, '') AS name, p.item AS item, p.from_day AS \"from\","
                " p.fen AS price, p.version AS version, p.item || '/' || p.from_day AS place"
                " FROM price AS p LEFT JOIN product AS c ON c.code = p.product"
                " WHERE (p.product, p.item || '/' || p.from_day) > ($1, $2)"
                " ORDER BY p.product, p.item || '/' || p.from_day LIMIT $3"),
     .cursor = {"product", "place"},
     .cursor_kind = {DB_TEXT, DB_TEXT},
     .columns = {{"product", "office.col.product_code", .type = LIST_TEXT},
                 {"name", "office.col.title", .type = LIST_TEXT},
                 {"item", "office.col.item", .type = LIST_TEXT},
                 {"from", "office.col.from", .type = LIST_DAY},
                 {"price", "office.col.price", .type = LIST_FEN},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "leads",
     .roles = ROLE_ANYBODY,
     .what = "Lead times of product families in working days.",
     .sql = SQL("SELECT family, least_days AS least, most_days AS most, rush_days AS rush, version FROM lead"
                " WHERE family > $1 ORDER BY family LIMIT $2"),
     .cursor = {"family"},
     .cursor_kind = {DB_TEXT},
     .columns = {{"family", "office.col.family", .type = LIST_TEXT},
                 {"least", "office.col.least", .type = LIST_INT},
                 {"most", "office.col.most", .type = LIST_INT},
                 {"rush", "office.col.rush_days", .type = LIST_INT},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = "holidays",
     .roles = ROLE_ANYBODY,
     .what = "Days of rest; with work: days that are worked after all.",
     .sql = SQL("SELECT day, name, is_work AS work, version FROM holiday WHERE day > $1 ORDER BY day LIMIT $2"),
     .cursor = {"day"},
     .cursor_kind = {DB_INT},
     .columns = {{"day", "office.col.date", .type = LIST_DAY},
                 {"name", "office.col.title", .type = LIST_TEXT},
                 {"work", "office.col.work", .type = LIST_BOOL},
                 {"version", "office.col.version", .type = LIST_INT}}},

    {.name = NULL},
};
/* clang-format on */
