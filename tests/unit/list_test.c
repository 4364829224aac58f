/* list_test.c - lists on real books: what is asked, what comes, and both formats saying the same.
 * links: server_show server_books server_ask core */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/chain.h"
#include "core/json.h"
#include "server/ask/list.h"
#include "server/ask/role.h"
#include "server/show/lists.h"
#include "tests/unit/rows.h"

static char       folder[64];
static struct db *books;
static struct err err;

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
    (void)stat, (void)kind, (void)ftw;
    return remove(path);
}

static void good(bool is_good)
{
    if (!is_good) print_error("kind %d: %s\n", err.kind, err.say.id);
    assert_true(is_good);
}

static void script(const char *sql)
{
    good(db_script(books, sql, &err));
}

/* All steps, in their order. */
static void schema_read(void)
{
    static char text[1 << 16];
    char        path[256];
    const char *root = getenv("ROOT");
    for (int step = 1;; step++) {
        snprintf(path, sizeof path, "%s/server/books/schema/%d.sql", root != NULL ? root : ".", step);
        FILE *file = fopen(path, "r");
        assert_true(file != NULL || step > 1);
        if (file == NULL) return;
        size_t len = fread(text, 1, sizeof text - 1, file);
        fclose(file);
        assert_true(len > 0 && len < sizeof text - 1);
        text[len] = 0;
        script(text);
    }
}

/* Hostile names, one a worker: each must come back whole as JSON, and never as a formula as CSV. */
static const char *const NAMES[] = {
    "王建军", "=1+1",        "+86 10",      "-2",         "@SUM(A1)",    "\t=cmd|' /C calc'!A0",
    "＝1＋1", "'quoted'",    "a\"b,c;d",    "two\nlines", "<img src=x>", "𠮷野家 \xD8\xA7\xD9\x84",
    "㐂䶮",   "=\"=\"\"=\"", "' OR 1=1; --"};
enum { NAMES_N = sizeof NAMES / sizeof NAMES[0] };

static void worker_add(int number, const char *name)
{
    struct db_stmt *stmt;
    good(db_prepare(books, SQL("INSERT INTO worker (number, name, sign, colour, crew, role, lang, version)"
                        " VALUES ($1, $2, 1, 2, '', 'worker', 'zh', 1)"),
                               &stmt, &err));
    db_bind_int(stmt, 1, number);
    db_bind_text(stmt, 2, name);
    good(db_run(stmt, &err));
}

/* A report of 3 of worker 1 at operation 10 of 2603-0001-01; day 20500 is 2026-02-16. */
static struct event report_make(int64_t seq)
{
    struct event event = {
        .v = EVENT_VERSION, .kiosk = 7, .epoch = {1, 9},
                .seq = seq, .kind = EVENT_REPORT
    };
    event.how = HOW_SCANNED;
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.badge = 123456789012345, .number = 1, .share = 1};
    event.has_sheet = true;
    event.sheet = (struct sheet_ref){
        .line = {2603, 1, 1},
          .rev = 1, .copy = 1
    };
    event.op = 10;
    event.count = 3;
    event.tone = TONE_GREEN;
    event.shift_day = 20500;
    event.wall_ms = INT64_C(1771200000000) + seq;
    strcpy(event.station, "weld");
    return event;
}

static void fact_add(int64_t number, const char *reason, int64_t held, int64_t fen)
{
    struct event    event = report_make(number);
    struct buf      line = {0};
    struct db_stmt *stmt;
    good(event_write(&event, &line, &err));
    struct hash name = event_name(line.bytes, line.len);
    good(db_prepare(books,
                    SQL("INSERT INTO fact VALUES ($1, $2, 7, 1, 9, $1, 1771200000000, 1, 2603000101, 1, 10, 20500, 0,"
                        " 0, $3)"),
                        &stmt, &err));
    db_bind_int(stmt, 1, number);
    db_bind_blob(stmt, 2, name.bytes, sizeof name.bytes);
    db_bind_blob(stmt, 3, line.bytes, line.len);
    good(db_run(stmt, &err));
    good(db_prepare(books, SQL("INSERT INTO verdict VALUES ($1, $2, $3, $4, $3, 0, 41667, $5, $6, 0, 0, 0, 0, $3)"),
                               &stmt, &err));
    db_bind_int(stmt, 1, number);
    db_bind_int(stmt, 2, held > 0 ? 2 : 0);
    db_bind_int(stmt, 3, 3 - held);
    db_bind_int(stmt, 4, held);
    db_bind_int(stmt, 5, fen);
    db_bind_text(stmt, 6, reason);
    good(db_run(stmt, &err));
    good(db_prepare(books, SQL("INSERT INTO fact_worker VALUES ($1, 0, 1, 20500, 123456789012345)"), &stmt, &err));
    db_bind_int(stmt, 1, number);
    good(db_run(stmt, &err));
    good(db_prepare(books, SQL("INSERT INTO due VALUES (1, 20500, $1, 0, $2)"), &stmt, &err));
    db_bind_int(stmt, 1, number);
    db_bind_int(stmt, 2, fen);
    good(db_run(stmt, &err));
    buf_free(&line);
}

static int books_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/list_test.XXXXXX");
    if (mkdtemp(folder) == NULL) return 1;
    char path[80];
    snprintf(path, sizeof path, "%s/books.db", folder);
    good(chain_init(&err));
    good(db_open(path, DB_WRITE, NULL, &books, &err));
    schema_read();
    for (int i = 0; i < NAMES_N; i++) worker_add(i + 1, NAMES[i]);
    script(
        "INSERT INTO operation (code, name_zh, name_en, part, version) VALUES ('weld', '焊接', 'Welding', 'leaf', 1);"
        "INSERT INTO orders VALUES (2603000100, '张丽', 1771200000000, 1), (2603000200, '=1+1', 1771200000001, 1);"
        "INSERT INTO line VALUES (2603000101, 2603000100, '钢质门', 'steel', 12, '', '', '', 20510, 1, 0, '', 1, 1);"
        "INSERT INTO sheet VALUES (2603000101, 1, 12, 'steel', 1771200000000, '刘洋', 1);"
        "INSERT INTO sheet_op VALUES (2603000101, 1, 10, 'weld', 'leaf', 1, 12, 41667, 0);"
        "INSERT INTO op_sum VALUES (2603000101, 1, 10, 3, 0, 3);"
        "INSERT INTO kiosk VALUES (7, 5, x'00', 'weld', 0, 1771200000000, 1);"
        "INSERT INTO setting VALUES ('offset_min', '480', 1), ('factory', '\"好门\"', 1);");
    for (int i = 1; i <= NAMES_N; i++) {
        char sql[192];
        snprintf(sql, sizeof sql,
                 "INSERT INTO day_sum (worker, day, fen, facts, pieces, held) VALUES (%d, 20500, %d, 1, 3, 0), (%d, "
                 "20501, 1, 1, 3, 2);",
                 i, 1250 * i, i);
        script(sql);
    }
    fact_add(1, "", 0, 1250);
    fact_add(2, "[\"list.more\",12]", 3, 0);
    return 0;
}

static int books_end(void **state)
{
    (void)state;
    db_close(books);
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static struct list_ask ask_of(const char *name)
{
    struct list_ask ask = {.list = list_find(name), .rule = day_rule_default(), .now_ms = INT64_C(1771286400000)};
    assert_non_null(ask.list);
    return ask;
}

static struct json *json_of(const struct list_ask *ask, int64_t most)
{
    struct buf out = {0};
    good(list_json(books, ask, most, &out, &err));
    struct json *json = json_read(out.bytes, out.len, &err);
    if (json == NULL) print_error("%s\n", buf_text(&out));
    assert_non_null(json);
    buf_free(&out);
    return json;
}

static const struct json *row_of(const struct json *json, size_t i)
{
    return json_at(json_get(json, "rows"), i);
}

static int64_t total_of(const struct json *json, const char *key)
{
    return json_int(json_get(json_get(json, "total"), key), -1);
}

/* ---- */

static void totals_are_sums_of_lines(void **state)
{
    struct list_ask ask = ask_of("wages");
    (void)state;
    ask.values[0] = "2026-02-16";
    ask.values[1] = "2026-02-17";
    struct json *json = json_of(&ask, LIST_ROWS_MAX);
    int64_t      fen = 0, held = 0;
    assert_int_equal(json_count(json_get(json, "rows")), NAMES_N);
    for (size_t i = 0; i < NAMES_N; i++) {
        assert_string_equal(json_text(json_get(row_of(json, i), "name"), ""), NAMES[i]);
        fen += json_int(json_get(row_of(json, i), "fen"), -1);
        held += json_int(json_get(row_of(json, i), "held"), -1);
    }
    assert_int_equal(json_int(json_get(row_of(json, 0), "fen"), 0), 1251);
    assert_int_equal(total_of(json, "fen"), fen);
    assert_int_equal(total_of(json, "held"), held);
    assert_int_equal(total_of(json, "rows"), NAMES_N);
    assert_string_equal(json_text(json_get(json_get(json, "params"), "from"), ""), "2026-02-16");
    json_free(json);
}

/* server/ask/pay.c: from whichever day to whichever, weeks and days beside them add up to the same as the days alone. */
static void weeks_and_days_are_days(void **state)
{
    enum { FIRST = 20400, DAYS = 33, PLACE = 2918 /* its Sunday is FIRST + 29 */ };
    struct list_ask ask = ask_of("wages");
    char            from[DAY_TEXT], to[DAY_TEXT], sql[512];
    (void)state;
    for (int i = 0; i < DAYS; i++) {
        snprintf(sql, sizeof sql,
                 "INSERT INTO day_sum (worker, day, fen, facts, pieces, held) VALUES (%d, %d, %d, 2, %d, %d)",
                 1 + i % 2, FIRST + i, 100 + i * i, 3 + i, i % 3);
        if (i % 5 != 4) script(sql); /* a day of rest */
    }
    snprintf(sql, sizeof sql,
             "UPDATE week_place SET week = %d; INSERT INTO week_sum SELECT (day + 3) / 7, worker, COUNT(*), SUM(fen),"
             " SUM(facts), SUM(pieces), SUM(held), 0 FROM day_sum WHERE day <= %d * 7 + 3 GROUP BY 1, 2",
             PLACE, PLACE);
    script(sql);
    for (int32_t a = FIRST; a < FIRST + DAYS; a++)
        for (int32_t b = a; b < FIRST + DAYS; b++) {
            int64_t sums[5] = {0};
            day_write(a, from);
            day_write(b, to);
            ask.values[0] = from;
            ask.values[1] = to;
            for (int i = a - FIRST; i <= b - FIRST; i++) {
                if (i % 5 == 4) continue;
                sums[0]++, sums[1] += 2, sums[2] += 3 + i, sums[3] += i % 3, sums[4] += 100 + i * i;
            }
            struct json *json = json_of(&ask, 1);
            int64_t      days = json_int(json_get(row_of(json, 0), "days"), 0);
            ask.after = json_text(json_get(json, "next"), "");
            if (ask.after[0] != 0) {
                struct json *other = json_of(&ask, 1);
                days += json_int(json_get(row_of(other, 0), "days"), 0);
                json_free(other);
            }
            ask.after = NULL;
            assert_int_equal(days, sums[0]);
            if (days > 0) {
                assert_int_equal(total_of(json, "facts"), sums[1]);
                assert_int_equal(total_of(json, "pieces"), sums[2]);
                assert_int_equal(total_of(json, "held"), sums[3]);
                assert_int_equal(total_of(json, "fen"), sums[4]);
            }
            json_free(json);
        }
    snprintf(sql, sizeof sql,
             "DELETE FROM day_sum WHERE day < %d; DELETE FROM week_sum; UPDATE week_place SET week = 0", FIRST + DAYS);
    script(sql);
}

/* Page after page gives the rows of one long page, each once; the first page's total is of all. */
static void pages_lose_and_double_nothing(void **state)
{
    static const char *const LISTS_TRIED[] = {"wages", "worker-days", "orders", "workers"};
    (void)state;
    for (size_t which = 0; which < sizeof LISTS_TRIED / sizeof LISTS_TRIED[0]; which++) {
        struct list_ask ask = ask_of(LISTS_TRIED[which]);
        const char     *key = ask.list->columns[0].key;
        if (strncmp(ask.list->name, "w", 1) == 0 && ask.list->params[0].name != NULL)
            for (int i = 0; ask.list->params[i].name != NULL; i++)
                ask.values[i] = ask.list->params[i].type == LIST_DAY ? (i % 2 == 0 ? "2026-02-16" : "2026-02-17") : "0";
        if (strcmp(ask.list->name, "worker-days") == 0) ask.values[1] = "2026-02-16", ask.values[2] = "2026-02-17";
        struct json *whole = json_of(&ask, LIST_ROWS_MAX);
        size_t       at = 0, count = json_count(json_get(whole, "rows"));
        char         after[64] = "";
        assert_true(count > 1);
        for (;;) {
            ask.after = after;
            struct json *page = json_of(&ask, 4);
            for (size_t i = 0; i < json_count(json_get(page, "rows")); i++, at++) {
                struct buf one = {0}, other = {0};
                json_write(row_of(page, i), &one);
                json_write(row_of(whole, at), &other);
                assert_string_equal(buf_text(&one), buf_text(&other));
                buf_free(&one);
                buf_free(&other);
            }
            assert_non_null(key);
            snprintf(after, sizeof after, "%s", json_text(json_get(page, "next"), ""));
            json_free(page);
            if (after[0] == 0) break;
        }
        assert_int_equal(at, count);
        json_free(whole);
    }
}

static void facts_show_what_the_kiosk_wrote(void **state)
{
    struct list_ask ask = ask_of("worker-facts");
    (void)state;
    ask.lang = LANG_EN;
    ask.values[0] = "1";
    ask.values[1] = ask.values[2] = "2026-02-16";
    struct json       *json = json_of(&ask, LIST_ROWS_MAX);
    const struct json *row = row_of(json, 0);
    assert_int_equal(json_count(json_get(json, "rows")), 2);
    assert_string_equal(json_text(json_get(row, "line"), ""), "2603-0001-01");
    assert_string_equal(json_text(json_get(row, "op_name"), ""), "Welding");
    assert_string_equal(json_text(json_get(row, "kind"), ""), "report");
    assert_int_equal(json_int(json_get(row, "wall"), 0), INT64_C(1771200000001));
    assert_int_equal(json_int(json_get(row, "count"), 0), 3);
    assert_int_equal(json_int(json_get(row, "rate"), 0), 41667);
    assert_int_equal(json_int(json_get(row, "kiosk"), 0), 5);
    assert_string_equal(json_text(json_get(json_get(row_of(json, 1), "reason"), "text"), ""),
                        "There are more rows; only the first 12 are here. Export a shorter span of days.");
    assert_int_equal(total_of(json, "fen"), 1250);
    struct list_ask one = ask_of("fact");
    one.values[0] = json_text(json_get(row, "event"), "");
    struct json *fact = json_of(&one, 10);
    assert_string_equal(json_text(json_get(row_of(fact, 0), "badges"), ""), "123456789012345");
    assert_string_equal(json_text(json_get(row_of(fact, 0), "signed_by"), "none"), "none");
    json_free(fact);
    json_free(json);
}

static void held_pieces_wait_with_their_money(void **state)
{
    struct list_ask ask = ask_of("held");
    (void)state;
    struct json *json = json_of(&ask, 10);
    assert_int_equal(total_of(json, "rows"), 1);
    assert_int_equal(total_of(json, "held"), 3);
    assert_int_equal(json_int(json_get(row_of(json, 0), "waits_fen"), 0), 1250); /* 3 x 416.67 fen, half up */
    json_free(json);
}

/* Every list of the tables answers, in both formats and languages, with its parameters at their word. */
static void every_list_answers(void **state)
{
    (void)state;
    for (const struct list *const *table = LISTS; *table != NULL; table++)
        for (const struct list *list = *table; list->name != NULL; list++)
            for (int lang = 0; lang < LANG_COUNT; lang++) {
                struct list_ask ask = ask_of(list->name);
                struct buf      csv = {0};
                char            zeros[65];
                memset(zeros, '0', 64);
                zeros[64] = 0;
                ask.lang = (enum lang)lang;
                assert_ptr_equal(ask.list, list);
                assert_true((list->roles & ROLE_ANYBODY) != 0);
                for (int i = 0; i < LIST_PARAMS_MAX && list->params[i].name != NULL; i++)
                    if (list->params[i].otherwise == NULL)
                        ask.values[i] = list->params[i].type == LIST_HASH ? zeros : "1";
                json_free(json_of(&ask, 10));
                good(list_csv(books, &ask, &csv, &err));
                assert_memory_equal(csv.bytes, "\xEF\xBB\xBF", 3);
                assert_null(strstr(csv.bytes, "office.")); /* every heading has words */
                buf_clear(&csv);
                good(list_pdf(books, &ask, &(struct list_paper){"厂", "刘洋", true}, &csv, &err));
                assert_memory_equal(csv.bytes, "%PDF-", 5);
                buf_free(&csv);
            }
}

struct share_row {
    const char *name;
    int64_t     due[2], on_time[2]; /* lines of two due days, and how many of them were finished in time */
    int64_t     shares[2], total;   /* -1: none */
};
static const struct share_row SHARES[] = {
    {"all",                   {2, 3}, {2, 3}, {1000, 1000}, 1000},
    {"none",                  {2, 3}, {0, 0}, {0, 0},       0   },
    {"two thirds",            {3, 3}, {2, 2}, {667, 667},   667 },
    {"of sums, not the mean", {1, 9}, {1, 0}, {1000, 0},    100 },
    {"half up",               {8, 8}, {1, 3}, {125, 375},   250 },
    {"one in a row of seven", {7, 7}, {1, 6}, {143, 857},   500 },
};

/* [R28] server/ask/list.c: a share is of its row, in the foot of the sums; all formats that have words say it alike. */
static void shares_are_of_sums(void **state)
{
    const struct share_row *row = *state;
    struct list_ask         ask = ask_of("report-due");
    struct buf              csv = {0};
    char                    foot[32];
    script("DELETE FROM line WHERE line > 2605000000; DELETE FROM finished;");
    for (int day = 0; day < 2; day++)
        for (int i = 0; i < row->due[day]; i++) {
            char sql[400];
            snprintf(
                sql, sizeof sql,
                "INSERT INTO line VALUES (26050%02d0%02d, 2603000100, 'x', 'steel', 1, '', '', '', %d, 0, 0, '', 1, 1);"
                "INSERT INTO finished VALUES (26050%02d0%02d, 1, 1, %d);",
                day + 1, i + 1, 20400 + day, day + 1, i + 1, 20400 + day + (i < row->on_time[day] ? 0 : 1));
            script(sql);
        }
    ask.values[0] = "2025-11-08"; /* 20400 */
    ask.values[1] = "2025-11-09";
    struct json *json = json_of(&ask, 10);
    assert_int_equal(json_count(json_get(json, "rows")), 2);
    for (size_t i = 0; i < 2; i++) assert_int_equal(json_int(json_get(row_of(json, i), "rate"), -1), row->shares[i]);
    assert_int_equal(total_of(json, "rate"), row->total);
    json_free(json);
    good(list_csv(books, &ask, &csv, &err));
    snprintf(foot, sizeof foot, "%lld.%lld%%\r\n", (long long)(row->total / 10), (long long)(row->total % 10));
    assert_string_equal(csv.bytes + csv.len - strlen(foot), foot);
    buf_free(&csv);
    script("DELETE FROM line WHERE line > 2605000000; DELETE FROM finished;");
}

/* Orders belong to the factory's calendar day: 00:00 there is 16:00 of the day before at Greenwich. */
static void a_day_of_orders_is_the_factory_s(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        int         count;
    } ROWS[] = {
        {"2026-04-10", "2026-04-10", 2},
        {"2026-04-09", "2026-04-09", 1},
        {"2026-04-09", "2026-04-10", 3},
        {"2026-04-11", "2026-04-11", 1},
        {"2026-04-12", "2026-04-30", 0},
        {"2026-04-10", "2026-04-09", 0}
    };
    script("INSERT INTO orders VALUES (2604000100, 'a', 1775750399999, 1), (2604000200, 'b', 1775750400000, 1),"
           " (2604000300, 'c', 1775836799999, 1), (2604000400, 'd', 1775836800000, 1);"
           "INSERT INTO line SELECT id + 1, id, 'x', 'steel', 1, '', '', '', 20600, 0, 0, '', 0, 1 FROM orders"
           " WHERE id > 2604000000;");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct list_ask ask = ask_of("report-orders");
        ask.rule.offset_min = 480;
        for (int p = 0; p < 4; p++) ask.values[p] = p % 2 == 0 ? ROWS[i].from : ROWS[i].to;
        struct json *json = json_of(&ask, 10);
        assert_int_equal(total_of(json, "rows"), ROWS[i].count);
        json_free(json);
    }
    script("DELETE FROM line WHERE order_id > 2604000000; DELETE FROM orders WHERE id > 2604000000;");
}

static int64_t rows_with(const char *list, int at, const char *day, int offset_min)
{
    struct list_ask ask = ask_of(list);
    ask.rule.offset_min = offset_min;
    ask.values[at] = day;
    struct json *json = json_of(&ask, 10);
    int64_t      count = (int64_t)json_count(json_get(json, "rows"));
    json_free(json);
    return count;
}

/* 07:30 of 2026-02-17 in China is 23:30 of the day before at Greenwich: closed, void, opened and sent on the factory's date. */
static void times_are_of_the_factory_s_dates(void **state)
{
    (void)state;
    script("INSERT INTO customer VALUES (1, '丽居', '1', 'x', '', '', 0, 0, 0, '', NULL, '', 0, 1);"
           "INSERT INTO enquiry VALUES (1, 2603000100, 0, 'a', '', 'b', 'b', '', '', 0, 0, '', 0, NULL, 0, 'x', 'b',"
           " 1771284600000, 1);"
           "INSERT INTO note (id, order_id, copy, copy_ms, made_by, made_ms, open_by, open_feed, void_by, void_ms, "
           "void_feed,"
           " void_why, remarks, version) VALUES (260200001, 2603000100, 1, 0, '', 0, '', 0, 'b', 1771284600000, 7, '', "
           "'', 1),"
           " (260200002, 2603000100, 1, 0, '', 0, '', 1, '', NULL, 0, '', '', 1);"
           "INSERT INTO note_done VALUES (260200002, 1, 20135, 0, x'');"
           "INSERT INTO cases SELECT 1, 2603000100, 0, '', 0, NULL, 'other', '', '', '', 'b', 1771284600000, 'b', '', "
           "'', 0, '', '', '',"
           " 0, '', 0, 0, '', NULL, '', 'b', 1771284600000, 1;"
           "INSERT INTO audit (number, at_ms, \"user\", act, noun, key, old, new, hash) VALUES (1, 1771284600000, 'b', "
           "'', 'x', '', '',"
           " '', x'');"
           "INSERT INTO quote VALUES (2603000100, 1, 1771284600000, 'b', 1);"
           "INSERT INTO quoted VALUES (2603000100, 1, 1771284600000, 0, NULL, '', '', '', '', NULL, '', NULL, 1);");
    for (int offset_min = 0; offset_min <= 480; offset_min += 480) {
        int is_home = offset_min == 480;
        assert_int_equal(rows_with("enquiries", 3, "2026-02-17", offset_min), is_home);
        assert_int_equal(rows_with("enquiries", 3, "2026-02-16", offset_min), 1);
        assert_int_equal(rows_with("cases", 2, "2026-02-17", offset_min), is_home);
        assert_int_equal(rows_with("cases", 2, "2026-02-16", offset_min), 1);
        assert_int_equal(rows_with("notes", 1, "2026-02-17", offset_min), is_home);
        assert_int_equal(rows_with("notes", 1, "2026-02-16", offset_min), 1);
        assert_int_equal(rows_with("todo", 0, "2026-02-20", offset_min), !is_home); /* three days without an answer */
        assert_int_equal(rows_with("todo", 0, "2026-02-21", offset_min), 1);
        assert_int_equal(rows_with("audit", 3, "2026-02-17", offset_min), is_home);
        struct list_ask ask = ask_of("cases"); /* [R36] left on 2025-02-16: 365 days of warranty end with 2026-02-16 */
        ask.rule.offset_min = offset_min;
        ask.values[1] = "1";
        struct json *json = json_of(&ask, 10);
        assert_int_equal(json_bool(json_get(row_of(json, 0), "warranty"), is_home), !is_home);
        json_free(json);
    }
    script("DELETE FROM quoted; DELETE FROM quote; DELETE FROM audit; DELETE FROM cases; DELETE FROM note_done; DELETE "
           "FROM note;"
           "DELETE FROM enquiry; DELETE FROM customer;");
}

/* [R9] One that nobody answered is late once its time is over, in files too, not only when it is closed. */
static void an_open_enquiry_may_be_late(void **state)
{
    static const int64_t UNTIL[] = {1771286399999, 1771286400000};
    (void)state;
    for (int i = 0; i < 2; i++) {
        char            sql[300];
        struct list_ask ask = ask_of("enquiries");
        snprintf(sql, sizeof sql,
                 "INSERT INTO enquiry VALUES (1, 2603000100, 0, 'a', '', 'b', 'b', '', '', 0, %lld, '', 0, NULL, 0, "
                 "'', '', NULL, 1)",
                 (long long)UNTIL[i]);
        script(sql);
        struct json *json = json_of(&ask, 10);
        assert_int_equal(json_bool(json_get(row_of(json, 0), "is_late"), i == 1), i == 0);
        json_free(json);
        script("DELETE FROM enquiry;");
    }
}

struct plan_row {
    const char *list, *has, *hasnt;
};
/* What grows for years is read by these indexes, and from its few open rows. */
static const struct plan_row PLANS[] = {
    {"todo",           "SCAN n",                                            "note_order"                           },
    {"todo",           "enquiry_open",                                      "line_order"                           },
    {"enquiries",      "enquiry_order",                                     "e USING INTEGER PRIMARY KEY (rowid>?)"},
    {"enquiries",      "enquiry_closed",                                    "AUTOMATIC"                            },
    {"cases",          "case_order",                                        "c USING INTEGER PRIMARY KEY (rowid>?)"},
    {"cases",          "case_closed",                                       "AUTOMATIC"                            },
    {"notes",          "note_done_day",                                     "n USING INTEGER PRIMARY KEY (rowid<?)"},
    {"notes",          "note_void",                                         "AUTOMATIC"                            },
    {"arrived",        "note_done_day",                                     "d USING INTEGER PRIMARY KEY (rowid>?)"},
    {"report-freight", "note_done_day",                                     "AUTOMATIC"                            },
    {"pay-lines",      "period=? AND worker>? AND worker<",                 "AUTOMATIC"                            },
    {"slip-items",     "period=? AND worker>? AND worker<",                 "AUTOMATIC"                            },
    {"held",           "verdict_held",                                      "SCAN"                                 },
    {"order-stages",   "fact_line (line=?)",                                "SCAN"                                 },
    {"progress",       "l USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", "SCAN"                                 },
};

static void plans_begin_with_little(void **state)
{
    const struct plan_row *row = *state;
    struct buf             sql = {0}, plan = {0};
    struct db_stmt        *stmt;
    bool                   has = true;
    buf_fmt(&sql, "EXPLAIN QUERY PLAN %s", list_find(row->list)->sql);
    good(db_prepare(books, buf_text(&sql), &stmt, &err));
    for (int n = 1; n < 10; n++) {
        char place[16];
        snprintf(place, sizeof place, "$%d", n);
        if (strstr(buf_text(&sql), place) != NULL) db_bind_int(stmt, n, 0);
    }
    while (has) {
        good(db_step(stmt, &has, &err));
        if (has) buf_fmt(&plan, "%s\n", db_text(stmt, 3));
    }
    if (strstr(buf_text(&plan), row->has) == NULL || strstr(buf_text(&plan), row->hasnt) != NULL)
        fail_msg("%s", buf_text(&plan));
    buf_free(&sql);
    buf_free(&plan);
}

struct figure_row {
    const char *name, *list, *key;
    size_t      row;
    int64_t     is, total; /* -1: none */
};
/* Order 1 of a dealer: 4 doors for 40.00, 25.00 of it paid, 3 doors left; order 2 of a name alone: 2 doors, recorded as 50.00,
 * nothing paid, 1 door left. 30.00 came in, 5.00 of it for no order yet; 9.00 were reversed, 7.00 are announced. */
static const struct figure_row FIGURES[] = {
    {"R19 amount of imported orders",     "report-dealers",  "amount_fen",   0, 5000, 9000},
    {"R19 amount of quoted ones",         "report-dealers",  "amount_fen",   1, 4000, 9000},
    {"R19 paid for the orders",           "report-dealers",  "paid_fen",     1, 2500, 2500},
    {"R3 compensation agreed in changes", "report-dealers",  "comp_fen",     1, 400,  400 },
    {"R19 due",                           "report-dealers",  "due_fen",      1, 1900, 6900},
    {"R19 due, nothing paid",             "report-dealers",  "due_fen",      0, 5000, 6900},
    {"R19 prepayment now",                "report-dealers",  "pre_fen",      1, 500,  500 },
    {"R19 money in, as it arrived",       "report-dealers",  "in_fen",       1, 3000, 3000},
    {"R19 cases: two, beside a loss",     "report-dealers",  "cases",        1, 3,    3   },
    {"R19 rebates that were confirmed",   "report-dealers",  "rebate_fen",   1, 120,  120 },
    {"R36 freight of a carrier",          "report-freight",  "freight",      0, 3500, 3500},
    {"R36 freight that was approved",     "report-freight",  "approved_fen", 0, 3000, 3000},
    {"R36 notes of a carrier",            "report-freight",  "notes",        0, 2,    2   },
    {"R28 delivered doors",               "report-dealers",  "gone",         1, 3,    4   },
    {"R28 delivered of ordered",          "report-dealers",  "gone_share",   1, 750,  667 },
    {"R28 worth of what left",            "report-dealers",  "gone_fen",     1, 3000, 5500},
    {"R19 worth by recorded amount",      "report-dealers",  "gone_fen",     0, 2500, 5500},
    {"R19 product: ordered doors",        "report-products", "quantity",     0, 6,    6   },
    {"R19 product: orders, each once",    "report-products", "orders",       0, 2,    -1  },
    {"R19 product: worth that left",      "report-products", "gone_fen",     0, 5500, 5500},
    {"R14 a remake is no more doors",     "report-dealers",  "quantity",     1, 4,    6   },
    {"R14 nor in the month's end",        "report-end",      "quantity",     1, 6,    6   },
    {"R14 nor in the order table",        "report-orders",   "quantity",     0, 4,    6   },
    {"R14 nor by day",                    "report-month",    "ordered",      7, 6,    6   },
    {"R13 shipping by day: doors",        "report-ship",     "gone",         0, 3,    4   },
    {"R13 shipping by day: notes",        "report-ship",     "notes",        1, 1,    2   },
    {"R13 shipping by day: worth",        "report-ship",     "gone_fen",     1, 2500, 5500},
    {"R28 month: orders",                 "report-end",      "orders",       1, 2,    2   },
    {"R28 month: amount",                 "report-end",      "amount_fen",   1, 9000, 9000},
    {"R28 month: money in",               "report-end",      "in_fen",       1, 3000, 3000},
    {"R28 month: collection rate",        "report-end",      "collected",    1, 545,  545 },
    {"R28 month: shipped share",          "report-end",      "gone_share",   1, 667,  667 },
    {"R28 month: none of the others",     "report-end",      "in_fen",       0, 0,    3000},
    {"R27 order table: shipped",          "report-orders",   "gone",         0, 3,    4   },
};

static void trade_make(void)
{
    script("INSERT INTO customer VALUES (1, '丽居', '1', 'x', '华东', 'A', 1, 0, 0, '2026', 20400, '', 0, 1);"
           "INSERT INTO orders VALUES (2604000100, '丽居', 1775600000000, 1), (2604000200, '散客', 1775600000000, 1);"
           "INSERT INTO receipt VALUES (1, 1, '', 0, 'file', '', '', '', 0, 2604000100, 1);"
           "INSERT INTO head VALUES (2604000100, 1, 1, '', '', 0, '', 0, '', '', '', '', 1);"
           "INSERT INTO line VALUES (2604000101, 2604000100, '门', 'steel', 4, '', '', '', 20570, 0, 0, '', 1, 1),"
           " (2604000201, 2604000200, '门', 'steel', 2, '', '', '', 20570, 0, 0, '', 1, 1);"
           "INSERT INTO line VALUES (2604000199, 2604000100, '门', 'steel', 1, '', '', '', 20570, 0, 0, '', 1, 1);"
           "INSERT INTO remake VALUES (2604000199, 2604000101, NULL, 1, 10, 0, '', '', 0, '', NULL, 1);"
           "INSERT INTO spec VALUES (2604000101, '', 1000, 0, '', 4000, 1);"
           "INSERT INTO loaded VALUES (260400001, 2604000101, 20560, 3, ''), (260400002, 2604000201, 20561, 1, '');"
           "INSERT INTO amount VALUES (2604000200, 5000, '', '', 0, 1);"
           "INSERT INTO transfer VALUES (1, 20550, 3000, 'bank', '', '', 1, '丽居', '', NULL, '', '', 0, 1, 20555, "
           "3000, '', '', 0,"
           " '', '', NULL, 1), (2, 20550, 900, 'bank', '', '', 1, '丽居', '', NULL, '', '', 0, 3, 20555, 900, '', '', "
           "0, '', '',"
           " NULL, 1), (3, 20550, 700, 'bank', '', '', 1, '丽居', '', NULL, '', '', 0, 0, NULL, NULL, '', '', NULL, "
           "'', '', NULL, 1);"
           "INSERT INTO spread VALUES (1, 1, 2604000100, 2500, 1, '', 0, '', '', NULL, 1),"
           " (2, 3, 2604000100, 700, 0, '', 0, '', '', NULL, 1);"
           "INSERT INTO change (id, line, old_rev, wants, source, source_name, opened_by, opened_ms, confirmed_day, "
           "confirmed_by, due_day,"
           " comp_fen, comp_who, comp_day, comp_by, state, closed_by, closed_ms, new_rev, version) VALUES (1, "
           "2604000101, 1, '', NULL, '', '', 0, NULL, '', NULL, 300, '', 20550, '', 0, "
           "'', NULL,"
           " NULL, 1), (2, 2604000101, 1, '', NULL, '', '', 0, NULL, '', NULL, 100, '', 20550, '', 1, '', 0, 2, 1),"
           " (3, 2604000101, 1, '', NULL, '', '', 0, NULL, '', NULL, 900, '', 20550, '', 2, '', 0, NULL, 1),"
           " (4, 2604000201, 1, '', NULL, '', '', 0, NULL, '', NULL, NULL, '', NULL, '', 0, '', NULL, NULL, 1);"
           "INSERT INTO rebate VALUES (1, 1, 20545, 20560, 250, 120, '', 1, '', 0, '', 0, '', 1),"
           " (2, 1, 20561, 20562, 0, 77, '', 0, '', 0, '', NULL, '', 1), (3, 1, 20400, 20401, 0, 99, '', 1, '', 0, '', "
           "0, '', 1);"
           "INSERT INTO prepaid VALUES (1, 1, '丽居', 500);"
           "INSERT INTO loss VALUES (1, 2604000100, 0, 0, 'complaint', 0, 100, '', 0, '', 0, '', NULL, 1), (2, "
           "2604000100, 0, 0,"
           " 'delay', 0, 100, '', 2, '', 0, '', NULL, 1);"
           "INSERT INTO note (id, order_id, copy, copy_ms, made_by, made_ms, open_by, open_feed, void_by, void_feed, "
           "void_why,"
           " remarks, version) VALUES (260400001, 2604000100, 1, 0, '', 0, '', 0, '', 0, '', '', 1),"
           " (260400003, 2604000100, 1, 0, '', 0, '', 0, '', 0, '', '', 1);"
           "INSERT INTO note_done VALUES (260400001, 1, 20560, 0, x''), (260400003, 2, 20561, 0, x'');"
           "INSERT INTO shipment (note, carrier, waybill, driver, phone, plate, packages, sizes, volume_l, freight_fen,"
           " freight_by, approved_by, checked_by, told, told_by, unloading, version) VALUES"
           " (260400001, '德邦', '', '', '', '', 1, '', 900, 3000, 'ma', 'he', '', '', '', '', 1),"
           " (260400003, '德邦', '', '', '', '', 1, '', 100, 500, 'ma', '', '', '', '', '', 1);"
           "INSERT INTO arrival VALUES (260400001, 20561, '', 1, 0, 1, '', '', NULL, '', '', 0, 1),"
           " (260400003, 20561, '', 1, 1, 1, '', '', NULL, '', '', 0, 1);"
           "INSERT INTO cases SELECT id, 2604000100, 0, '', note, NULL, 'short', '', '', '', '', 0, '', '', '', 0, '', "
           "'', '', 0, '',"
           " 0, 0, '', NULL, '', '', NULL, 1 FROM (SELECT 1 AS id, 260400001 AS note UNION ALL SELECT 2, 0);");
}

static void trade_end(void)
{
    script("DELETE FROM cases; DELETE FROM rebate; DELETE FROM shipment; DELETE FROM note_done; DELETE FROM arrival; "
           "DELETE FROM note; "
           "DELETE FROM loss; DELETE FROM prepaid; DELETE FROM change; DELETE "
           "FROM spread; DELETE "
           "FROM transfer; DELETE FROM amount; DELETE FROM loaded;"
           "DELETE FROM remake; DELETE FROM spec; DELETE FROM head; DELETE FROM receipt; DELETE FROM line WHERE line > "
           "2604000000;"
           "DELETE FROM orders WHERE id > 2604000000; DELETE FROM customer;");
}

/* [R19] [R28] server/ask/report_trade.c: the ledger, products, shipping and the month's end. */
static void money_and_goods_meet(void **state)
{
    const struct figure_row *row = *state;
    trade_make();
    struct list_ask ask = ask_of(row->list);
    ask.rule.offset_min = 480;
    for (int p = 0; p < LIST_PARAMS_MAX && ask.list->params[p].name != NULL; p++) {
        if (strcmp(ask.list->params[p].name, "from") == 0)
            ask.values[p] = strcmp(row->list, "report-end") == 0 ? "2026-03-01" : "2026-04-01";
        if (strcmp(ask.list->params[p].name, "to") == 0) ask.values[p] = "2026-04-30";
    }
    struct json *json = json_of(&ask, 10);
    assert_int_equal(json_int(json_get(row_of(json, row->row), row->key), -1), row->is);
    assert_int_equal(total_of(json, row->key), row->total);
    json_free(json);
    trade_end();
}

/* A CSV reader of one page: fields of a row, quotes taken off. Returns what follows the row. */
static const char *csv_row(const char *at, char fields[][128], int *count)
{
    for (*count = 0;; at++) {
        char *out = fields[(*count)++];
        if (*at == '"') {
            for (at++; *at != '"' || at[1] == '"'; at++) {
                if (*at == '"') at++;
                *out++ = *at;
            }
            at++;
        } else {
            while (*at != ',' && *at != '\r') *out++ = *at++;
        }
        *out = 0;
        if (*at == '\r') return at + 2;
        assert_int_equal(*at, ',');
    }
}

static void csv_holds_no_formula(void **state)
{
    static char     fields[LIST_COLUMNS_MAX][128];
    struct list_ask ask = ask_of("wages");
    struct buf      csv = {0};
    int             count;
    (void)state;
    ask.values[0] = "2026-02-16";
    ask.values[1] = "2026-02-17";
    good(list_csv(books, &ask, &csv, &err));
    const char *at = csv_row(csv.bytes + 3, fields, &count);
    assert_int_equal(count, list_column_count(ask.list));
    assert_string_equal(fields[9], "金额（元）");
    for (int i = 0; i < NAMES_N; i++) {
        char money[32];
        at = csv_row(at, fields, &count);
        const char *name = fields[1];
        assert_null(strchr("=+-@\t\r", name[0]));
        assert_memory_not_equal(name, "＝", 3);
        bool is_guarded = strcmp(name, NAMES[i]) != 0; /* by one apostrophe, and only where it must be */
        assert_string_equal(name + is_guarded, NAMES[i]);
        assert_true(!is_guarded ||
                    (name[0] == '\'' && (strchr("=+-@\t", NAMES[i][0]) != NULL || NAMES[i][0] == '\xEF')));
        snprintf(money, sizeof money, "%d.%02d", (1250 * (i + 1) + 1) / 100, (1250 * (i + 1) + 1) % 100);
        assert_string_equal(fields[9], money);
    }
    assert_string_equal(at, "");
    buf_free(&csv);
}

struct refusal_row {
    const char *name, *list, *values[4], *after, *say;
};
static const struct refusal_row REFUSALS[] = {
    {"day that is none",            "wages",        {"2026-02-30", NULL},                                                 NULL,  "list.param" },
    {"day in words",                "wages",        {"yesterday", NULL},                                                  NULL,  "list.param" },
    {"day before all days",         "wages",        {"-9223372036854775808"},                                             NULL,  "list.param" },
    {"its first ms",                "audit",        {NULL, NULL, NULL, "-99999999999"},                                   NULL,  "list.param" },
    {"full-width day",              "wages",        {"２０２６-02-16", NULL},                                         NULL,  "list.param" },
    {"worker is missing",           "worker-facts", {NULL},                                                               NULL,  "list.needed"},
    {"worker is no number",         "worker-facts", {"1 OR 1=1"},                                                         NULL,  "list.param" },
    {"worker is too large",         "worker-facts", {"99999999999999999999"},                                             NULL,  "list.param" },
    {"hash is cut",                 "fact",         {"abcd"},                                                             NULL,  "list.param" },
    {"hash is not hex",
     "fact",                                        {"zz00000000000000000000000000000000000000000000000000000000000000"},
     NULL,                                                                                                                       "list.param" },
    {"line that is none",           "lines",        {"2613-0001"},                                                        NULL,  "list.param" },
    {"cursor of words",             "wages",        {NULL},                                                               "abc", "list.cursor"},
    {"cursor of one where two are", "worker-days",  {NULL},                                                               "12",  "list.cursor"},
};

static void refuses_in_words(void **state)
{
    const struct refusal_row *row = *state;
    struct list_ask           ask = ask_of(row->list);
    struct buf                out = {0};
    memcpy(ask.values, row->values, sizeof row->values);
    ask.after = row->after;
    assert_false(list_json(books, &ask, 10, &out, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(err.say.id, row->say);
    buf_clear(&out);
    assert_false(list_csv(books, &ask, &out, &err));
    ask = ask_of(row->list); /* and the next good question works */
    ask.values[0] = ask.list->params[0].type == LIST_HASH
                        ? "0000000000000000000000000000000000000000000000000000000000000000"
                    : ask.list->params[0].type == LIST_DAY ? "month"
                                                           : "1";
    buf_clear(&out);
    good(list_json(books, &ask, 10, &out, &err));
    buf_free(&out);
}

/* Who did it is read by his full name, in files; JSON keeps the name under which he logs in and brings the others. */
static void people_have_their_full_names(void **state)
{
    struct list_ask ask = ask_of("stops");
    struct buf      csv = {0};
    (void)state;
    script("INSERT INTO \"user\" (name, \"full\", roles, is_off, version) VALUES ('sun', '孙丽', 'finance', 0, 1),"
           " ('su', '苏', 'desk', 1, 1), ('sunny', '', 'desk', 0, 1);"
           "INSERT INTO stop (id, line, pieces, why, by_user, at_ms, feed, version) VALUES"
           " (1, 2603000101, 0, 'a', 'sun,su', 1, 1, 1), (2, 2603000101, 0, 'b', 'sunny', 1, 1, 1),"
           " (3, 2603000101, 0, 'c', 'console', 1, 1, 1);");
    good(list_csv(books, &ask, &csv, &err));
    assert_non_null(strstr(buf_text(&csv), ",孙丽、苏,"));
    assert_non_null(strstr(buf_text(&csv), ",sunny,"));
    assert_non_null(strstr(buf_text(&csv), ",控制台,"));
    buf_clear(&csv);
    ask.lang = LANG_EN;
    good(list_csv(books, &ask, &csv, &err));
    assert_non_null(strstr(buf_text(&csv), "\"孙丽, 苏\""));
    buf_free(&csv);
    struct json *answer = json_of(&ask, 10);
    assert_string_equal(json_text(json_get(json_at(json_get(answer, "rows"), 0), "who"), ""), "sun,su");
    assert_string_equal(json_text(json_get(json_get(answer, "names"), "su"), ""), "苏");
    assert_null(json_get(json_get(answer, "names"), "sunny"));
    json_free(answer);
    script("DELETE FROM stop; DELETE FROM \"user\";");
}

/* No list shows a name under which somebody logs in where people expect his own: columns of these are LIST_WHO. */
static void no_list_shows_a_login(void **state)
{
    static const char *const LOGINS[] = {"by_user AS ",  "by_users AS ", "\"user\" AS who", "off_by AS ",
                                         "ended_by AS ", "lost_by AS ",  "settled_by AS ",  "taken_by AS ",
                                         "approver AS ", "maker AS "};
    int                      seen = 0;
    (void)state;
    for (const struct list *const *table = LISTS; *table != NULL; table++)
        for (const struct list *list = *table; list->name != NULL; list++)
            for (size_t i = 0; i < sizeof LOGINS / sizeof LOGINS[0]; i++)
                for (const char *at = strstr(list->sql, LOGINS[i]); at != NULL; at = strstr(at, LOGINS[i])) {
                    at = strstr(at, " AS ") + strlen(" AS ");
                    for (size_t c = 0; c < list_column_count(list); c++) {
                        size_t len = strlen(list->columns[c].key);
                        if (strncmp(at + (*at == '"'), list->columns[c].key, len) != 0 ||
                            strchr(",\" ", at[len]) == NULL || list->columns[c].type == LIST_WHO)
                            continue;
                        fail_msg("%s.%s is no LIST_WHO", list->name, list->columns[c].key);
                    }
                    seen++;
                }
    assert_true(seen > 30);
}

static void the_place_is_read(void **state)
{
    struct ask_place place;
    (void)state;
    good(ask_place(books, 0, &place, &err));
    assert_int_equal(place.rule.offset_min, 480);
    assert_string_equal(place.factory, "好门");
    assert_int_equal(place.applied_to, 0);
}

static void roles_are_words(void **state)
{
    struct buf out = {0};
    (void)state;
    assert_int_equal(roles_read("payroll  owner nobody"), ROLE_PAYROLL | ROLE_OWNER);
    assert_int_equal(roles_read(""), 0);
    assert_int_equal(roles_read("administratorx"), 0);
    roles_json(ROLE_ADMIN | ROLE_OWNER, &out);
    assert_string_equal(buf_text(&out), "[\"administrator\",\"owner\"]");
    buf_free(&out);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "totals are sums of lines", totals_are_sums_of_lines, NULL);
    rows_add(&rows, "weeks and days are days", weeks_and_days_are_days, NULL);
    rows_add(&rows, "pages lose and double nothing", pages_lose_and_double_nothing, NULL);
    rows_add(&rows, "facts show what the kiosk wrote", facts_show_what_the_kiosk_wrote, NULL);
    rows_add(&rows, "held pieces wait with their money", held_pieces_wait_with_their_money, NULL);
    rows_add(&rows, "every list answers", every_list_answers, NULL);
    rows_add(&rows, "csv holds no formula", csv_holds_no_formula, NULL);
    ROWS_ADD(&rows, shares_are_of_sums, SHARES);
    ROWS_ADD(&rows, money_and_goods_meet, FIGURES);
    rows_add(&rows, "a day of orders is the factory's", a_day_of_orders_is_the_factory_s, NULL);
    rows_add(&rows, "times are of the factory's dates", times_are_of_the_factory_s_dates, NULL);
    rows_add(&rows, "an open enquiry may be late", an_open_enquiry_may_be_late, NULL);
    for (size_t i = 0; i < sizeof PLANS / sizeof *PLANS; i++)
        rows_add(&rows, PLANS[i].has, plans_begin_with_little, &PLANS[i]);
    rows_add(&rows, "people have their full names", people_have_their_full_names, NULL);
    rows_add(&rows, "no list shows a login", no_list_shows_a_login, NULL);
    rows_add(&rows, "the place is read", the_place_is_read, NULL);
    rows_add(&rows, "roles are words", roles_are_words, NULL);
    ROWS_ADD(&rows, refuses_in_words, REFUSALS);
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests(argv[0], rows.tests, rows.count, books_make, books_end);
}
