/* search.c - one box for everything: server/ask/search.h. */
#include "server/ask/search.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/code.h"
#include "core/json.h"
#include "core/utf8.h"
#include "server/ask/nouns.h"

enum { YEARS_BACK = 12 };

/* ---- Numbers */

static int digits_of(const char *text, int from, int len)
{
    int number = 0;
    for (int i = from; i < from + len; i++) number = number * 10 + (text[i] - '0');
    return number;
}

static int reading_add(struct search_reading *readings, int count, int year, int month, int serial)
{
    if (count == SEARCH_READINGS_MAX || month < 1 || month > 12 || serial < 1 || serial > 9999) return count;
    readings[count] = (struct search_reading){year, month, serial};
    return count + 1;
}

/* 301: March's first; 1101: January's 101st or November's first. */
static int plain_readings(const char *text, int len, struct search_reading *readings)
{
    int count = 0;
    for (int month = 1; month <= 2; month++) {
        int rest = len - month;
        if (rest < 2 || rest > 4 || text[0] == '0' || (rest > 2 && text[month] == '0')) continue;
        count = reading_add(readings, count, -1, digits_of(text, 0, month), digits_of(text, month, rest));
    }
    return count;
}

int search_readings(const char *text, struct search_reading readings[SEARCH_READINGS_MAX])
{
    struct line_ref ref;
    int             first = (int)strspn(text, "0123456789"), second;
    if (line_ref_read(text, &ref)) return reading_add(readings, 0, ref.yymm / 100, ref.yymm % 100, ref.serial);
    if (first == 0 || first > 6) return 0;
    if (text[first] == 0) return plain_readings(text, first, readings);
    if (text[first] != '-') return 0;
    second = (int)strspn(text + first + 1, "0123456789");
    if (second == 0 || second > 4) return 0;
    /* 3-101 is a month and a serial; 301-2 a line of 301. */
    if (first <= 2)
        return reading_add(readings, 0, -1, digits_of(text, 0, first), digits_of(text + first + 1, 0, second));
    return plain_readings(text, first, readings);
}

/* ---- What is found */

struct found {
    struct db  *db;
    struct buf *out;
    int64_t     ids[SEARCH_MOST];
    int         count;
};

void search_fold(const char *text, char folded[SEARCH_TEXT_MAX + 1])
{
    size_t len = 0, left = strlen(text);
    while (*text == ' ') text++, left--;
    for (size_t step; left > 0; text += step, left -= step) {
        step = utf8_len(text, left);
        if (step == 0) break;
        int digit = utf8_digit(text, step);
        if (len + step > SEARCH_TEXT_MAX) break;
        if (digit >= 0) {
            folded[len++] = (char)('0' + digit);
        } else if (step == 1) {
            folded[len++] = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
        } else {
            memcpy(folded + len, text, step);
            len += step;
        }
    }
    while (len > 0 && folded[len - 1] == ' ') len--;
    folded[len] = 0;
}

static void order_text(int64_t id, char text[LINE_REF_TEXT])
{
    line_ref_write(line_ref_of_key(id), text);
}

static void add_int(struct buf *out, const char *key, int64_t number)
{
    json_key(out, key);
    buf_int(out, number);
}

static void add_bool(struct buf *out, const char *key, int64_t is)
{
    json_key(out, key);
    buf_str(out, is != 0 ? "true" : "false");
}

/* Columns of order_add(). */
static void order_write(struct db_stmt *stmt, int64_t id, const char *why, struct buf *out)
{
    char text[LINE_REF_TEXT], day[DAY_TEXT];
    order_text(id, text);
    json_sep(out);
    buf_str(out, "{\"id\":");
    json_cstr(out, text);
    json_key(out, "customer");
    json_cstr(out, db_text(stmt, 0));
    json_key(out, "product");
    json_cstr(out, db_text(stmt, 7));
    add_int(out, "received", db_int(stmt, 1));
    add_int(out, "lines", db_int(stmt, 2));
    add_int(out, "quantity", db_int(stmt, 3));
    json_key(out, "due");
    if (db_is_null(stmt, 4)) {
        buf_str(out, "null");
    } else {
        day_write((int32_t)db_int(stmt, 4), day);
        json_cstr(out, day);
    }
    add_bool(out, "rush", db_int(stmt, 5));
    add_bool(out, "special", db_int(stmt, 6));
    add_int(out, "stops", db_int(stmt, 8));
    json_key(out, "why");
    json_cstr(out, why);
    buf_char(out, '}');
}

/* An order as a row of the list orders, once. */
static bool order_add(struct found *found, int64_t id, const char *why, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    *is = false;
    for (int i = 0; i < found->count; i++)
        if (found->ids[i] == id) return true;
    if (found->count == SEARCH_MOST) return true;
    if (!db_prepare(
            found->db,
            SQL("SELECT o.customer, o.received_ms, COUNT(l.line), CAST(COALESCE(SUM(" ORDERED("l") "), 0) AS"
                        " BIGINT), MIN(l.due_day), COALESCE(MAX(l.rush), 0), COALESCE(MAX(l.special), 0),"
                        " COALESCE(MIN(l.product), ''), (SELECT COUNT(*) FROM stop AS p WHERE p.lifted_feed IS NULL"
                        " AND p.line BETWEEN $1 AND $1 + 99) FROM orders AS o LEFT JOIN line AS l ON l.order_id = o.id"
                        " WHERE o.id = $1 GROUP BY o.customer, o.received_ms"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, is, err)) return false;
    if (!*is) return true;
    found->ids[found->count++] = id;
    order_write(stmt, id, why, found->out);
    db_reset(stmt);
    return true;
}

/* Nearest in time first: this year back. */
static bool numbers_find(struct found *found, const struct search_reading *readings, int count, int year,
                         struct err *err)
{
    for (int y = year + 1; y > year - YEARS_BACK; y--) {
        for (int i = 0; i < count; i++) {
            const struct search_reading *one = &readings[i];
            bool                         is;
            if (one->year >= 0 && one->year != (y % 100 + 100) % 100) continue;
            struct line_ref ref = {.yymm = (y % 100 + 100) % 100 * 100 + one->month, .serial = one->serial};
            if (!order_add(found, line_ref_key(ref), "number", &is, err)) return false;
        }
    }
    return true;
}

/* The newest orders of several names, each once. */
struct newest {
    int64_t ids[SEARCH_MOST];
    int     count;
};

/* False: there are as many newer ones. */
static bool newest_put(struct newest *newest, int64_t id)
{
    int at = newest->count;
    while (at > 0 && newest->ids[at - 1] < id) at--;
    if (at > 0 && newest->ids[at - 1] == id) return true;
    if (at == SEARCH_MOST) return false;
    if (newest->count < SEARCH_MOST) newest->count++;
    memmove(&newest->ids[at + 1], &newest->ids[at], (size_t)(newest->count - 1 - at) * sizeof newest->ids[0]);
    newest->ids[at] = id;
    return true;
}

/* A way to orders: names that a text leads to, $1 the text; orders of a name or number, newest first, $1 it, $2 the most: read
 * by an index from its end, and only as far as they are newer than what was found. */
struct way {
    const char *why, *names, *orders;
    bool        is_number;
};

static bool orders_read(struct db *db, const struct way *way, const char *name, int64_t number, struct newest *newest,
                        struct err *err)
{
    enum { MOST = SEARCH_MOST * 99 /* lines of one order */ };
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, way->orders, &stmt, err)) return false;
    if (way->is_number)
        db_bind_int(stmt, 1, number);
    else
        db_bind_text(stmt, 1, name);
    db_bind_int(stmt, 2, MOST);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (newest_put(newest, db_int(stmt, 0))) continue;
        db_reset(stmt);
        return true;
    }
}

/* All names first, each ended by a NUL, then their orders. */
static bool way_find(struct found *found, const struct way *way, const char *text, struct err *err)
{
    struct db_stmt *stmt;
    struct newest   newest = {.count = 0};
    struct buf      names = {0};
    int64_t         numbers[20];
    int             count = 0;
    bool            row, is, is_good = db_prepare(found->db, way->names, &stmt, err);
    if (is_good) db_bind_text(stmt, 1, text);
    while (is_good) {
        is_good = db_step(stmt, &row, err);
        if (!is_good || !row) break;
        if (!way->is_number)
            buf_add(&names, db_text(stmt, 0), strlen(db_text(stmt, 0)) + 1);
        else if (count < (int)(sizeof numbers / sizeof *numbers))
            numbers[count++] = db_int(stmt, 0);
    }
    for (int i = 0; is_good && i < count; i++) is_good = orders_read(found->db, way, NULL, numbers[i], &newest, err);
    for (size_t at = 0; is_good && at < names.len; at += strlen(names.bytes + at) + 1)
        is_good = orders_read(found->db, way, names.bytes + at, 0, &newest, err);
    for (int i = 0; is_good && i < newest.count; i++) is_good = order_add(found, newest.ids[i], way->why, &is, err);
    buf_free(&names);
    return is_good;
}

/* The first names that the index has, then their orders by an index of their own: a common name costs no more. The plus signs
 * keep the engine from walking all names of a kind instead of those that begin so. */
static const struct way
    CUSTOMERS = {
        "customer",
        SQL("SELECT DISTINCT text FROM find WHERE +kind = 1 AND suffix >= $1 AND suffix < $1 || '􏿿' LIMIT 20"),
            SQL("SELECT id FROM orders WHERE customer = $1 ORDER BY id DESC LIMIT $2"), false,
},
        PHONES = {
            "phone",
            SQL("SELECT DISTINCT id FROM find WHERE +kind = 2 AND suffix >= $1 AND suffix < $1 || '􏿿' LIMIT 20"),
                SQL("SELECT order_id FROM head WHERE customer = $1 ORDER BY order_id DESC LIMIT $2"), true,
},
            PRODUCTS = {
                "product",
                SQL("SELECT DISTINCT text FROM find WHERE +kind = 3 AND suffix >= $1 AND suffix < $1 || '􏿿' LIMIT 20"),
                    SQL("SELECT order_id FROM line WHERE product = $1 ORDER BY line DESC LIMIT $2"), false,
};

static bool orders_find(struct found *found, const char *text, bool has_customers, struct err *err)
{
    return way_find(found, &CUSTOMERS, text, err) && (!has_customers || way_find(found, &PHONES, text, err)) &&
           way_find(found, &PRODUCTS, text, err);
}

static bool customers_find(struct db *db, const char *text, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            db, SQL("SELECT c.id, c.name, c.phone, c.address FROM (SELECT DISTINCT id FROM find WHERE +kind IN (1, 2)"
                        " AND id > 0 AND suffix >= $1 AND suffix < $1 || '􏿿' LIMIT 10) AS f JOIN customer AS c"
                        " ON c.id = f.id ORDER BY c.id"),
                    &stmt, err))
        return false;
    db_bind_text(stmt, 1, text);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        json_sep(out);
        buf_fmt(out, "{\"customer\":%" PRId64, db_int(stmt, 0));
        json_key(out, "name");
        json_cstr(out, db_text(stmt, 1));
        json_key(out, "phone");
        json_cstr(out, db_text(stmt, 2));
        json_key(out, "address");
        json_cstr(out, db_text(stmt, 3));
        buf_char(out, '}');
    }
}

/* A scanned sheet or piece names its order. */
static int code_readings(const char *text, struct search_reading *readings)
{
    struct code code;
    struct err  ignored;
    if (!code_read(text, strlen(text), &code, &ignored) || (code.kind != CODE_SHEET && code.kind != CODE_PIECE))
        return 0;
    return reading_add(readings, 0, code.sheet.line.yymm / 100, code.sheet.line.yymm % 100, code.sheet.line.serial);
}

bool search_json(struct db *db, const char *text, const struct day_rule *rule, int64_t now_ms, bool has_customers,
                 struct buf *out, struct err *err)
{
    struct search_reading readings[SEARCH_READINGS_MAX];
    struct found          found = {.db = db, .out = out};
    char                  folded[SEARCH_TEXT_MAX + 1] = "", day[DAY_TEXT];
    search_fold(text, folded);
    day_write(day_of(rule, now_ms, NULL), day);
    int count = search_readings(folded, readings);
    if (count == 0) count = code_readings(folded, readings);
    buf_str(out, "{\"orders\":[");
    if (folded[0] != 0 && (!numbers_find(&found, readings, count, (int)strtol(day, NULL, 10), err) ||
                           !orders_find(&found, folded, has_customers, err)))
        return false;
    buf_str(out, "],\"customers\":[");
    if (folded[0] != 0 && has_customers && !customers_find(db, folded, out, err)) return false;
    buf_fmt(out, "],\"readings\":%d}", count);
    return true;
}
