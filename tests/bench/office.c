/* office.c - what the office waits for: search letter by letter, the page of an order, wages, today, proof; over HTTP, inside
 * the server's rooms, and the same statements on PostgreSQL.
 *
 * links: server_show server_books server_ask core
 * with: tests/bench/office/questions.c tests/bench/office/client.c tests/bench/office/postgres.c
 *
 * usage: office copy --data DIR --peer CONNINFO             the books of a folder made by fill, into PostgreSQL
 *        office ask  --data DIR [--peer CONNINFO] [--runs 200]
 *        office http --data DIR --port N --cookie TEXT [--runs 200]
 *
 * Prints one JSON line: {"question": [p50, p95, this process' own processor time] in microseconds}. ask: "own.X" is the answer made whole inside the server's
 * rooms, without HTTP; "peer.X" the same statements, prepared, with their rows read, without HTTP and JSON. */
#include <getopt.h>
#include <stdlib.h>

#include "server/ask/search.h"
#include "server/books/proof.h"
#include "server/show/lists.h"
#include "tests/bench/bench.h"
#include "tests/bench/office/client.h"
#include "tests/bench/office/postgres.h"
#include "tests/bench/office/questions.h"

enum { RUNS_MAX = 20000, IDS_MAX = 40 };

static struct options {
    const char *data, *peer, *cookie;
    int         port, runs;
} options = {.runs = 200};

static struct house {
    struct db *db;
    int64_t orders, now_ms, month_from, month_to, closed; /* days; closed: end of the newest closed month, 0 = none */
} house;

static void stop(const struct err *err)
{
    char words[400];
    fprintf(stderr, "office: %s\n", text_say(LANG_EN, &err->say, words, sizeof words));
    exit(1);
}

static int64_t number_of(const char *sql)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row = false;
    if (!db_prepare(house.db, sql, &stmt, &err) || !db_step(stmt, &row, &err)) stop(&err);
    int64_t number = row && !db_is_null(stmt, 0) ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return number;
}

static void house_open(void)
{
    char       path[512];
    struct err err;
    snprintf(path, sizeof path, "%s/books.db", options.data);
    if (!db_open(path, DB_READ, NULL, &house.db, &err)) stop(&err);
    house.orders = number_of(SQL("SELECT COUNT(*) FROM orders"));
    house.now_ms = number_of(SQL("SELECT MAX(day) FROM day_sum")) * 86400000 + 43200000;
    house.month_to = number_of(SQL("SELECT MAX(to_day) FROM month WHERE to_day < (SELECT MAX(day) FROM day_sum)"));
    if (house.month_to < BENCH_DAY) house.month_to = number_of(SQL("SELECT MAX(day) FROM day_sum"));
    house.month_from = number_of(SQL("SELECT MAX(from_day) FROM month WHERE from_day < (SELECT MAX(to_day) FROM month"
                                     " WHERE to_day < (SELECT MAX(day) FROM day_sum))"));
    if (house.month_from < BENCH_DAY) house.month_from = BENCH_DAY;
    house.closed = number_of(SQL("SELECT MAX(to_day) FROM period WHERE state = 2"));
}

/* ---- Figures */

static int64_t took[RUNS_MAX], cpu_began_us;
static int     took_count, figure_count;

static void took_add(int64_t us)
{
    if (took_count < RUNS_MAX) took[took_count++] = us;
}

/* What was taken since the last figure. */
static void figure(const char *side, const char *name)
{
    if (took_count == 0) return;
    int64_t cpu = (bench_cpu_us() - cpu_began_us) / took_count;
    printf("%s\"%s%s\":[%lld,%lld,%lld]", figure_count++ == 0 ? "{" : ",", side, name,
           (long long)bench_part(took, (size_t)took_count, 0.5), (long long)bench_part(took, (size_t)took_count, 0.95),
           (long long)cpu);
    took_count = 0;
    cpu_began_us = bench_cpu_us();
}

/* ---- Inside the server's rooms */

static void own_list(const struct list_ask *ask, int64_t most)
{
    struct err err;
    struct buf out = {0};
    if (!db_begin(house.db, &err) || !list_json(house.db, ask, most, &out, &err)) stop(&err);
    db_rollback(house.db);
    buf_free(&out);
}

static void own_search(const char *text)
{
    struct err            err;
    struct buf            out = {0};
    const struct day_rule rule = day_rule_default();
    if (!db_begin(house.db, &err) || !search_json(house.db, text, &rule, house.now_ms, true, &out, &err)) stop(&err);
    db_rollback(house.db);
    buf_free(&out);
}

/* ---- PostgreSQL: the questions of server/ask/search.c, each as one statement of its own making, and of server/books/proof.c */

static void peer_orders(const int64_t *ids, int count)
{
    for (int i = 0; i < count; i++)
        postgres_ask(
            "SELECT o.customer, o.received_ms, COUNT(l.line), CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT),"
            " MIN(l.due_day), COALESCE(MAX(l.rush), 0), COALESCE(MAX(l.special), 0), COALESCE(MIN(l.product), ''),"
            " (SELECT COUNT(*) FROM stop AS p WHERE p.lifted_feed IS NULL AND p.line BETWEEN $1 AND $1 + 99)"
            " FROM orders AS o LEFT JOIN line AS l ON l.order_id = o.id WHERE o.id = $1"
            " GROUP BY o.customer, o.received_ms",
            &ids[i], 1, NULL, 0);
}

static void peer_texts(const char *sql, const char *text)
{
    int64_t ids[SEARCH_MOST];
    int     count = postgres_ask_text(sql, text, SEARCH_MOST, ids, SEARCH_MOST);
    peer_orders(ids, count < SEARCH_MOST ? count : SEARCH_MOST);
}

static void peer_search(const char *text)
{
    enum { YEARS = 13 };
    struct search_reading readings[SEARCH_READINGS_MAX];
    int                   count = search_readings(text, readings);
    for (int y = 27; y > 27 - YEARS; y--)
        for (int i = 0; i < count; i++) {
            if (readings[i].year >= 0 && readings[i].year != y) continue;
            struct line_ref ref = {.yymm = y * 100 + readings[i].month, .serial = readings[i].serial};
            int64_t         id = line_ref_key(ref);
            peer_orders(&id, 1);
        }
    peer_texts("SELECT DISTINCT o.id FROM (SELECT DISTINCT text FROM find WHERE kind = 1 AND suffix >= $1 AND suffix < "
               "$1 || '􏿿'"
               " LIMIT 20) AS f CROSS JOIN LATERAL (SELECT id FROM orders WHERE customer = f.text ORDER BY id DESC "
               "LIMIT 30) AS o"
               " ORDER BY o.id DESC LIMIT $2",
               text);
    peer_texts("SELECT DISTINCT o.id FROM (SELECT DISTINCT id FROM find WHERE kind = 2 AND suffix >= $1 AND suffix < "
               "$1 || '􏿿'"
               " LIMIT 20) AS f CROSS JOIN LATERAL (SELECT order_id AS id FROM head WHERE customer = f.id ORDER BY "
               "order_id DESC"
               " LIMIT 30) AS o ORDER BY o.id DESC LIMIT $2",
               text);
    peer_texts(
        "SELECT DISTINCT o.id FROM (SELECT DISTINCT text FROM find WHERE kind = 3 AND suffix >= $1 AND suffix < $1 || "
        "'􏿿'"
        " LIMIT 20) AS f CROSS JOIN LATERAL (SELECT order_id AS id FROM line WHERE product = f.text ORDER BY line DESC"
        " LIMIT 90) AS o ORDER BY o.id DESC LIMIT $2",
        text);
    postgres_ask_text("SELECT c.id, c.name, c.phone, c.address FROM (SELECT DISTINCT id FROM find WHERE kind IN (1, 2)"
                      " AND id > 0 AND suffix >= $1 AND suffix < $1 || '􏿿' LIMIT 10) AS f JOIN customer AS c"
                      " ON c.id = f.id ORDER BY c.id",
                      text, 0, NULL, 0);
}

static void peer_proof(void)
{
    static const char *const SQLS[] = {
        "SELECT COUNT(*), CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM pay_line WHERE period = $1",
        ("SELECT COUNT(*), CAST(COALESCE(SUM(piece_fen + time_fen + late_fen), 0) AS BIGINT),"
         " CAST(COALESCE(SUM(bonus_fen - fine_fen - loss_fen - advance_fen), 0) AS BIGINT),"
         " CAST(COALESCE(SUM(net_fen), 0) AS BIGINT), CAST(COALESCE(SUM(brought_fen), 0) AS BIGINT),"
         " CAST(COALESCE(SUM(owed_fen), 0) AS BIGINT) FROM slip WHERE period = $1"),
        "SELECT CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM pay_item WHERE period = $1",
        "SELECT CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM day_sum WHERE day <= $1",
        "SELECT CAST(COALESCE(SUM(piece_fen + time_fen + late_fen), 0) AS BIGINT) FROM slip WHERE period <= $1",
        ("SELECT CAST(COALESCE(SUM(l.fen), 0) AS BIGINT) FROM late AS l LEFT JOIN fact AS f ON f.name = l.name"
         " WHERE l.worker != 0 AND (f.day IS NULL OR f.day <= $1)"),
        "SELECT CAST(COALESCE(SUM(fen), 0) AS BIGINT) FROM pay_line WHERE period > $1 AND day <= $1"};
    for (size_t i = 0; i < sizeof SQLS / sizeof *SQLS; i++) postgres_ask(SQLS[i], &house.closed, 1, NULL, 0);
}

/* ---- Questions */

static void ask_searches(bool is_peer)
{
    char text[80], typed[80];
    for (int64_t n = 0; n < SEARCH_TEXTS; n++) {
        question_text(n, house.orders, text);
        for (size_t len = 0; (len = question_typed(text, len)) > 0;) {
            snprintf(typed, sizeof typed, "%.*s", (int)len, text);
            int64_t began = bench_now_us();
            if (is_peer)
                peer_search(typed);
            else
                own_search(typed);
            took_add(bench_now_us() - began);
        }
    }
    figure(is_peer ? "peer." : "own.", "search");
}

static void ask_pages(bool is_peer)
{
    char id[LINE_REF_TEXT], room[2][LINE_REF_TEXT + 4];
    for (int run = 0; run < options.runs; run++) {
        question_order(run, house.orders, id);
        int64_t began = bench_now_us();
        for (const struct page_list *page = PAGE_LISTS; page->name != NULL; page++) {
            struct list_ask ask = question_ask(page, id, house.now_ms, room);
            if (!is_peer)
                own_list(&ask, page->most);
            else
                postgres_list(&ask, page->most);
        }
        took_add(bench_now_us() - began);
    }
    figure(is_peer ? "peer." : "own.", "page");
}

/* Each of the page's lists alone: where its time goes. */
static void ask_parts(void)
{
    char id[LINE_REF_TEXT], room[2][LINE_REF_TEXT + 4];
    for (const struct page_list *page = PAGE_LISTS; page->name != NULL; page++) {
        for (int run = 0; run < 20; run++) {
            question_order(run, house.orders, id);
            struct list_ask ask = question_ask(page, id, house.now_ms, room);
            int64_t         began = bench_now_us();
            own_list(&ask, page->most);
            took_add(bench_now_us() - began);
        }
        figure("part.", page->name);
    }
}

/* A list whose days are `from` and `to`, or `day`; of order lists the order's lines. */
static void ask_list(bool is_peer, const char *name, const char *figure_name, int64_t from, int64_t to, int runs)
{
    char                   id[LINE_REF_TEXT], room[2][LINE_REF_TEXT + 4], days[2][DAY_TEXT];
    const struct page_list page = {name, from == 0 ? OF_SPAN : OF_NOTHING, LIST_ROWS_MAX};
    for (int run = 0; run < runs; run++) {
        question_order(run * 13, house.orders, id);
        struct list_ask ask = question_ask(&page, id, house.now_ms, room);
        day_write((int32_t)from, days[0]);
        day_write((int32_t)to, days[1]);
        for (int p = 0; from != 0 && p < LIST_PARAMS_MAX && ask.list->params[p].name != NULL; p++) {
            if (ask.list->params[p].type != LIST_DAY && ask.list->params[p].type != LIST_TIME) continue;
            ask.values[p] = days[ask.list->params[p].name[0] == 't' && strcmp(ask.list->params[p].name, "today") != 0];
        }
        int64_t began = bench_now_us();
        if (!is_peer)
            own_list(&ask, LIST_ROWS_MAX);
        else if (!postgres_list(&ask, LIST_ROWS_MAX))
            return;
        took_add(bench_now_us() - began);
    }
    figure(is_peer ? "peer." : "own.", figure_name);
}

static void ask_proof(bool is_peer)
{
    struct proof proof;
    struct err   err;
    for (int run = 0; run < 20 && house.closed != 0; run++) {
        int64_t began = bench_now_us();
        if (is_peer)
            peer_proof();
        else if (!proof_of(house.db, (int32_t)house.closed, &proof, &err))
            stop(&err);
        took_add(bench_now_us() - began);
        if (!is_peer && !proof_holds(&proof)) fprintf(stderr, "office: the proof doesn't hold\n");
    }
    figure(is_peer ? "peer." : "own.", "proof");
}

static void ask_raw(bool is_peer)
{
    /* The key of pay lines begins with the worker: worker by worker, in this order. */
    static const char SUM[] = "SELECT CAST(SUM(d.fen) AS BIGINT) FROM worker AS w CROSS JOIN due AS d"
                              " WHERE d.worker = w.number AND d.day BETWEEN $1 AND $2";
    const int64_t     days[2] = {house.month_from, house.month_to};
    struct db_stmt   *stmt;
    struct err        err;
    bool              row;
    for (int run = 0; run < 10; run++) {
        int64_t began = bench_now_us();
        if (is_peer) {
            postgres_ask(SUM, days, 2, NULL, 0);
        } else {
            if (!db_prepare(house.db, SUM, &stmt, &err)) stop(&err);
            db_bind_int(stmt, 1, days[0]);
            db_bind_int(stmt, 2, days[1]);
            if (!db_step(stmt, &row, &err)) stop(&err);
            db_reset(stmt);
        }
        took_add(bench_now_us() - began);
    }
    figure(is_peer ? "peer." : "own.", "raw");
}

static void ask_side(bool is_peer)
{
    int64_t today = house.now_ms / 86400000;
    ask_list(is_peer, "progress", "status", 0, 0, options.runs * 5);
    ask_list(is_peer, "report-shifts", "today", today, today, options.runs * 5);
    ask_list(is_peer, "report-day", "day", today, today, 10);
    ask_list(is_peer, "wages", "wages", house.month_from, house.month_to, options.runs / 2);
    if (!is_peer) ask_list(false, "todo", "todo", today, today, 10); /* its view is in the server's own words */
    ask_searches(is_peer);
    ask_pages(is_peer);
    ask_proof(is_peer);
    ask_raw(is_peer);
}

/* ---- Over HTTP */

/* As a browser writes it into an address. */
static void path_text(const char *text, size_t len, char path[QUESTION_ROOM])
{
    int at = snprintf(path, QUESTION_ROOM, "/api/search?q=");
    for (size_t i = 0; i < len; i++)
        at += snprintf(path + at, QUESTION_ROOM - (size_t)at, "%%%02X", (unsigned char)text[i]);
}

static void http_run(void)
{
    static char paths[64][QUESTION_ROOM];
    char        text[80], id[LINE_REF_TEXT];
    client_open(options.port, options.cookie);
    for (int64_t n = 0; n < SEARCH_TEXTS; n++) {
        question_text(n, house.orders, text);
        for (size_t len = 0; (len = question_typed(text, len)) > 0;) {
            path_text(text, len, paths[0]);
            took_add(client_ask(paths, 1));
        }
    }
    figure("http.", "search");
    for (int run = 0; run < options.runs; run++) {
        int count = 0;
        question_order(run, house.orders, id);
        for (const struct page_list *page = PAGE_LISTS; page->name != NULL; page++)
            question_path(page, id, paths[count++]);
        took_add(client_ask(paths, count));
    }
    figure("http.", "page");
    snprintf(paths[0], QUESTION_ROOM, "/api/alive");
    for (int run = 0; run < options.runs * 5; run++) took_add(client_ask(paths, 1));
    figure("http.", "alive");
    client_close();
}

int main(int argc, char **argv)
{
    static const struct option known[] = {
        {"data",   1, 0, 'd'},
        {"peer",   1, 0, 'p'},
        {"port",   1, 0, 'n'},
        {"cookie", 1, 0, 'c'},
        {"runs",   1, 0, 'r'},
        {0,        0, 0, 0  }
    };
    int         c;
    struct err  err;
    const char *what = argc > 1 ? argv[1] : "";
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (c == 'd') options.data = optarg;
        if (c == 'p') options.peer = optarg;
        if (c == 'n') options.port = atoi(optarg);
        if (c == 'c') options.cookie = optarg;
        if (c == 'r') options.runs = atoi(optarg);
        if (c == '?') return 2;
    }
    if (options.data == NULL || options.runs < 1 || options.runs > RUNS_MAX / 5 || !chain_init(&err)) return 2;
    house_open();
    cpu_began_us = bench_cpu_us();
    if (strcmp(what, "copy") == 0 && options.peer != NULL) {
        char path[512];
        snprintf(path, sizeof path, "%s/books.db", options.data);
        postgres_copy(path, options.peer);
        printf("{");
    } else if (strcmp(what, "ask") == 0) {
        ask_side(false);
        ask_parts();
        if (options.peer != NULL) {
            postgres_open(options.peer);
            ask_side(true);
            postgres_close();
        }
    } else if (strcmp(what, "http") == 0 && options.cookie != NULL) {
        http_run();
    } else {
        return 2;
    }
    printf("}\n");
    db_close(house.db);
    return 0;
}
