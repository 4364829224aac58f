/* office.c - what the office of such a factory has in its books: tests/bench/fill/office.h. */
#include "tests/bench/fill/office.h"

#include <stdlib.h>

#include "server/books/find.h"
#include "tests/bench/bench.h"
#include "tests/bench/fill/names.h"

/* ---- Names */

static const char *const COLOURS[] = {"红橡", "胡桃", "象牙白", "深咖", "仿铜", "灰"};
static const char *const PEOPLE[] = {"wufang", "limin", "zhouhua", "heqing", "tangyu"};

static bool row_add(struct db *db, const char *sql, int64_t id, const char *a, const char *b, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, sql, &stmt, err)) return false;
    db_bind_int(stmt, 1, id);
    db_bind_text(stmt, 2, a);
    if (b != NULL) db_bind_text(stmt, 3, b);
    return db_run(stmt, err);
}

static bool names_fill(struct books *books, struct err *err)
{
    char name[80], phone[16];
    for (int64_t n = 0; n < BENCH_CUSTOMERS; n++) {
        bench_customer_name(n, name);
        bench_customer_phone(n, phone);
        if (!row_add(books->db,
                     SQL("INSERT INTO customer (id, name, phone, address, region, class, is_dealer, is_new, is_sample,"
                         " price_list, price_list_day, remarks, is_off, version)"
                         " VALUES ($1, $2, $3, '四川省某市某街 1 号', '', 'B', 1, 0, 0, '', NULL, '', 0, 1)"),
                         n + 1, name, phone, err) ||
                     !find_customer(books, n + 1, name, phone, err) || !find_learn(books, FIND_CUSTOMER, name, 0, err))
            return false;
    }
    for (int64_t n = 0; n < BENCH_PRODUCTS; n++) {
        bench_product_name(n, name);
        snprintf(phone, sizeof phone, "P%02d", (int)n);
        if (!row_add(
                books->db,
                SQL("INSERT INTO product (code, name, family, brand, leaf, frame, architrave, architrave_mm, matching,"
                         " materials, styles, colours, is_off, version)"
                         " VALUES ('P' || $1, $2, 'steel', '', '', '', '', 0, '', '', '', '', 0, 1)"),
                    n, name, NULL, err) ||
                !find_learn(books, FIND_PRODUCT, name, 0, err))
            return false;
    }
    for (size_t n = 0; n < sizeof PEOPLE / sizeof *PEOPLE; n++)
        if (!row_add(books->db, SQL("INSERT INTO \"user\" (name, \"full\", roles, password, is_off, version)"
                         " VALUES ($2, $2, 'desk', NULL, $1, 1)"),
                                    0, PEOPLE[n], NULL, err))
            return false;
    return true;
}

bool office_names_fill(struct db *db, struct err *err)
{
    struct books books = {.db = db};
    if (!db_begin(db, err)) return false;
    return names_fill(&books, err) && db_commit(db, err);
}

/* ---- Orders */

enum { BEFORE = 14 /* days from order to floor */, LEAD = 7 /* from there to delivery */, PRICE = 128000, AFTER = 3 };

/* Where each table's rows go. */
struct office {
    struct file  *file;
    sqlite3_stmt *order, *head, *receipt, *quoted, *quote, *quote_line, *transfer, *spread, *line, *spec, *sheet,
        *sheet_op, *sheet_due, *said, *copy, *plan, *draft, *review, *note, *note_line, *shipment, *arrival, *note_done,
        *loaded, *stock, *stock_sum;
};

static void office_open(struct office *o, struct file *file)
{
    const struct {
        sqlite3_stmt **stmt;
        const char    *table;
    } tables[] = {
        {&o->order,      "orders"    },
        {&o->head,       "head"      },
        {&o->receipt,    "receipt"   },
        {&o->quoted,     "quoted"    },
        {&o->quote,      "quote"     },
        {&o->quote_line, "quote_line"},
        {&o->transfer,   "transfer"  },
        {&o->spread,     "spread"    },
        {&o->line,       "line"      },
        {&o->spec,       "spec"      },
        {&o->sheet,      "sheet"     },
        {&o->sheet_op,   "sheet_op"  },
        {&o->sheet_due,  "sheet_due" },
        {&o->said,       "sheet_said"},
        {&o->copy,       "copy"      },
        {&o->plan,       "plan"      },
        {&o->draft,      "draft"     },
        {&o->review,     "review"    },
        {&o->note,       "note"      },
        {&o->note_line,  "note_line" },
        {&o->shipment,   "shipment"  },
        {&o->arrival,    "arrival"   },
        {&o->note_done,  "note_done" },
        {&o->loaded,     "loaded"    },
        {&o->stock,      "stock"     },
        {&o->stock_sum,  "stock_sum" }
    };
    o->file = file;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) *tables[i].stmt = table_insert(file, tables[i].table);
}

static void office_close(struct office *o)
{
    sqlite3_stmt *stmt;
    while ((stmt = sqlite3_next_stmt(o->file->db, NULL)) != NULL) sqlite3_finalize(stmt);
}

/* Numbers are int64_t, all of them: they go through an ellipsis. */
#define ROW(NAME, ...)                    \
    do {                                  \
        table_bind(o->NAME, __VA_ARGS__); \
        table_step(o->file, o->NAME);     \
    } while (0)
#define N(NUMBER) ((int64_t)(NUMBER))
#define MS(DAY) (N(DAY) * 86400000)

static const char FIELDS[] =
    "{\"product\":\"钢质防盗门\",\"family\":\"steel\",\"quantity\":\"2\",\"material\":\"冷轧钢板\","
    "\"style\":\"欧式\",\"colour\":\"红橡\",\"measured\":\"leaf\",\"width\":\"900\",\"height\":\"2050\","
    "\"opening\":\"左内开\",\"lock\":\"指纹锁\",\"hardware\":\"三合页\"}";

/* What becomes of an order of the bench, by its place in time. */
struct made {
    int64_t id, number, day, due, customer, note;
    bool    is_made, is_gone;
};

static void sheet_fill(struct office *o, const struct made *made, int64_t i, int64_t key)
{
    static const char *const REVIEWS[] = {"taker", "quoter", "manager", "technical", "supervisor"};
    static const char        hash[32];
    char                     code[8];
    const char              *who = BENCH_OF(PEOPLE, i);
    ROW(sheet, "iiititi", key, N(1), N(BENCH_QUANTITY), "steel", MS(made->day - AFTER), who, N(0));
    ROW(said, "iiitt", key, N(1), i + 1, FIELDS, who);
    ROW(copy, "iiititti", key, N(1), N(1), "door", N(0), "", who, MS(made->day - AFTER));
    ROW(plan, "iiiii", key, N(1), made->day, i % 900, N(1));
    ROW(draft, "iiittittttii", key, N(1), N(1), who, who, MS(made->day - AFTER - 2), FIELDS, "[]", "", "",
        MS(made->day - AFTER), N(3));
    for (size_t r = 0; r < sizeof REVIEWS / sizeof *REVIEWS; r++)
        ROW(review, "iittittibi", key, N(1), REVIEWS[r], who, MS(made->day - AFTER - 1), BENCH_OF(PEOPLE, i + 1), "",
            MS(made->day - AFTER - 1), hash, N(2));
    for (int32_t n = 1; n <= BENCH_OPS; n++) {
        snprintf(code, sizeof code, "op%d", n);
        ROW(sheet_op, "iiittiiii", key, N(1), N(n * 10), code, "door", N(1), N(BENCH_QUANTITY), bench_rate_cfen(n * 10),
            bench_rate_cfen(n * 10) / 2);
        ROW(sheet_due, "iiii", key, N(1), N(n * 10), made->due - (BENCH_OPS - n) / 2);
    }
}

static void line_fill(struct office *o, const struct made *made, int64_t i)
{
    char    product[80];
    int64_t key = line_ref_key(bench_line(i)), amount = N(PRICE) * BENCH_QUANTITY;
    bench_product_name(i / 2 % BENCH_PRODUCTS, product);
    ROW(line, "iittitttiiitii", key, made->id, product, "steel", N(BENCH_QUANTITY), "900×2050", BENCH_OF(COLOURS, i),
        "左内开", made->due, N(made->number % 40 == 0), N(0), "", N(1), N(1));
    ROW(spec, "itiitii", key, FIELDS, N(PRICE), N(0), "", amount, N(1));
    ROW(quote_line, "iiitiiti", made->id, N(1), key, FIELDS, N(PRICE), N(0), "", amount);
    sheet_fill(o, made, i, key);
    if (!made->is_made) return;
    ROW(stock_sum, "iiiiii", key, N(BENCH_QUANTITY), N(0), N(0), made->is_gone ? N(BENCH_QUANTITY) : 0, N(0));
    if (!made->is_gone) {
        ROW(stock, "iii", key, N(0), N(BENCH_QUANTITY));
        return;
    }
    ROW(note_line, "iiititttti", made->note, key, N(BENCH_QUANTITY), "", N(1), product, "900×2050",
        BENCH_OF(COLOURS, i), "左内开", N(1));
    ROW(loaded, "iiiit", made->note, key, made->due, N(BENCH_QUANTITY), "");
}

static void order_fill(struct office *o, const struct made *made, int64_t lines)
{
    char        customer[80];
    int64_t     total = N(PRICE) * BENCH_QUANTITY * lines, paid = made->is_gone ? total : total / 2;
    int64_t     day = made->day - BEFORE;
    const char *desk = BENCH_OF(PEOPLE, made->number);
    bench_customer_name(made->customer, customer);
    ROW(order, "itii", made->id, customer, MS(day), N(1));
    ROW(receipt, "iitittttiii", made->number + 1, made->customer + 1, customer, MS(day), "sales", desk, "", desk,
        MS(day + 1), made->id, N(1));
    ROW(head, "iiittititttti", made->id, made->customer + 1, made->number + 1, "", desk, MS(day), desk, N(0), "", "",
        "", "", N(1));
    ROW(quote, "iiiti", made->id, N(1), MS(day + 1), desk, total);
    ROW(quoted, "iiiiittttitni", made->id, N(1), MS(day + 1), N(1), day + 2, "wechat", customer, "", desk, MS(day + 2),
        "", N(1));
    ROW(transfer, "iiitttittnttiiiittittni", made->number + 1, day + 3, paid, "bank", customer, "", made->customer + 1,
        customer, "", "", desk, MS(day + 3), N(1), day + 3, paid, "", desk, MS(day + 3), "", "", N(1));
    ROW(spread, "iiiiitittni", made->number + 1, made->number + 1, made->id, paid, N(1), desk, MS(day + 3), "", "",
        N(1));
}

static void goods_fill(struct office *o, const struct made *made)
{
    char        hash[32] = "note";
    const char *desk = BENCH_OF(PEOPLE, made->number);
    int64_t     ms = MS(made->due);
    memcpy(hash + 8, &made->note, sizeof made->note);
    ROW(note, "iiiititiitnitti", made->note, made->id, N(1), ms, desk, ms, desk, ms, N(1), "", N(0), "", "", N(1));
    ROW(shipment, "itttttitiittitittiiti", made->note, "德邦", "", "李师傅", "13800000000", "川A12345", N(6), "",
        N(900), N(20000), desk, desk, ms, desk, ms, "收货人", desk, ms, made->due + 1, "", N(1));
    ROW(note_done, "iiiib", made->note, N(0), made->due, ms, hash);
    if (made->number % 500 != 0) /* some receipts don't come */
        ROW(arrival, "iitiiittnttii", made->note, made->due + 1, "收货人", N(1), N(1), N(1), "", "", "", desk, ms,
            N(1));
}

void office_orders_fill(struct file *file, int64_t lines, int64_t events, bool has_goods)
{
    struct office o;
    int64_t       end = BENCH_DAY + events / BENCH_EVENTS_A_DAY;
    office_open(&o, file);
    for (int64_t i = 0; i < lines; i += BENCH_LINES_AN_ORDER) {
        struct line_ref ref = bench_line(i);
        int64_t         count = lines - i < BENCH_LINES_AN_ORDER ? lines - i : BENCH_LINES_AN_ORDER;
        struct made     made = {.number = i / BENCH_LINES_AN_ORDER,
                                .day = BENCH_DAY + i * BENCH_EVENTS_A_LINE / BENCH_EVENTS_A_DAY,
                                .note = N(ref.yymm) * 100000 + ref.serial,
                                .is_made = has_goods && (i + count) * BENCH_EVENTS_A_LINE <= events};
        ref.line = 0;
        made.id = line_ref_key(ref);
        made.due = made.day + LEAD;
        made.customer = made.number * 7919 % BENCH_CUSTOMERS;
        made.is_gone = made.is_made && made.due < end;
        order_fill(&o, &made, count);
        for (int64_t n = i; n < i + count; n++) line_fill(&o, &made, n);
        if (made.is_gone) goods_fill(&o, &made);
    }
    office_close(&o);
}

/* ---- Sums */

/* $1: the last day of which there are events; a month is over where it ended before. */
#define LAST_OVER "(SELECT MAX(to_day) FROM month WHERE to_day < $1)"

static void day_run(struct file *file, const char *sql, int64_t day)
{
    sqlite3_stmt *stmt = table_prepare(file, sql);
    table_bind(stmt, "i", day);
    table_step(file, stmt);
    sqlite3_finalize(stmt);
}

void office_sums_fill(struct file *file, int64_t events)
{
    static const char *const SQLS[] = {
        "INSERT INTO period SELECT to_day, from_day, 2, 0, to_day + 10, '好门', 'wufang', to_day * 86400000, 'limin',"
        " to_day * 86400000, 2 FROM month WHERE to_day >= 20454 AND to_day < " LAST_OVER,
        "INSERT INTO slip SELECT p.to_day, d.worker, w.name, '', '', '', '', '', COUNT(*), 0, SUM(d.pieces), "
        "SUM(d.facts),"
        " SUM(d.fen), 0, 0, 0, 0, 0, 0, 0, SUM(d.fen), 0, 0, 0 FROM period AS p JOIN day_sum AS d ON d.day BETWEEN "
        "p.from_day"
        " AND p.to_day JOIN worker AS w ON w.number = d.worker WHERE p.to_day < $1 GROUP BY p.to_day, d.worker",
        "INSERT INTO pay_line SELECT p.to_day, d.worker, d.number, d.share, f.name, d.day, 0, f.line, f.rev, f.op, "
        "v.counted,"
        " v.rate_cfen, d.fen, v.due_pieces FROM period AS p JOIN worker AS w JOIN due AS d ON d.worker = w.number AND "
        "d.day BETWEEN"
        " p.from_day AND p.to_day JOIN fact AS f ON f.number = d.number JOIN verdict AS v ON v.number = d.number"
        " WHERE p.to_day = (SELECT MAX(to_day) FROM period) AND p.to_day < $1 ORDER BY d.worker, d.number",
        "UPDATE week_place SET week = ($1 + 3) / 7 - 1",
        "INSERT INTO week_sum SELECT (day + 3) / 7, worker, COUNT(*), SUM(fen), SUM(facts), SUM(pieces), SUM(held),"
        " SUM(time_fen) FROM day_sum WHERE day < ($1 + 3) / 7 * 7 - 3 GROUP BY (day + 3) / 7, worker",
        "INSERT INTO on_floor SELECT DISTINCT s.line FROM line AS l JOIN sheet_op AS s ON s.line = l.line AND s.rev = "
        "l.rev"
        " LEFT JOIN op_sum AS d ON d.line = s.line AND d.rev = s.rev AND d.op = s.op WHERE $1 > 0"
        " AND COALESCE(d.good + d.bad, 0) < s.planned"};
    table_run(
        file,
        "INSERT INTO note_way SELECT n.id FROM note AS n LEFT JOIN arrival AS a ON a.note = n.id WHERE a.note IS NULL");
    for (size_t i = 0; i < sizeof SQLS / sizeof *SQLS; i++)
        day_run(file, SQLS[i], BENCH_DAY + (events > 0 ? (events - 1) / BENCH_EVENTS_A_DAY : 0));
}
