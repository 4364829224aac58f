/* report.c - how long the lists of a month take inside the server: the papers of the house, wages, one day.
 *
 * links: server_show server_books server_ask core
 *
 * usage: report --data DIR [--runs 20] [--list NAME]     a directory made by fill
 *
 * Each list is asked as the office asks it, written as JSON, on a reading connection of its own; the month is the last whole one
 * that there is. Prints one line a list: processor time, median and worst of the runs, and rows. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain.h"
#include "server/show/lists.h"
#include "tests/bench/bench.h"

enum { RUNS_MAX = 1000 };

static void stop(const struct err *err)
{
    char words[400];
    fprintf(stderr, "report: %s\n", text_say(LANG_EN, &err->say, words, sizeof words));
    exit(1);
}

static int64_t last_day(struct db *db)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row = false;
    if (!db_prepare(db, SQL("SELECT MAX(day) FROM day_sum"), &stmt, &err) || !db_step(stmt, &row, &err)) stop(&err);
    int64_t day = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return day;
}

static size_t list_run(struct db *db, const struct list_ask *ask)
{
    struct err err;
    struct buf out = {0};
    if (!db_begin(db, &err) || !list_json(db, ask, LIST_ROWS_MAX, &out, &err)) stop(&err);
    db_rollback(db);
    size_t rows = 0;
    for (const char *at = out.bytes; (at = strstr(at, "},{")) != NULL; at++) rows++;
    buf_free(&out);
    return rows;
}

int main(int argc, char **argv)
{
    static const struct option known[] = {
        {"data", 1, 0, 'd'},
        {"runs", 1, 0, 'r'},
        {"list", 1, 0, 'l'},
        {0,      0, 0, 0  }
    };
    static const char *const NAMES[] = {
        "wages",          "report-wages", "report-hands",    "report-ops",    "report-month",
        "report-bad",     "report-day",   "report-due",      "report-orders", "report-products",
        "report-dealers", "report-end",   "report-op-facts", "todo"};
    const char *data = NULL, *only = NULL;
    int         runs = 20, c;
    char        path[512], from[DAY_TEXT], to[DAY_TEXT];
    struct db  *db;
    struct err  err;
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (c == 'd') data = optarg;
        if (c == 'r') runs = atoi(optarg);
        if (c == 'l') only = optarg;
        if (c == '?') return 2;
    }
    if (data == NULL || runs < 1 || runs > RUNS_MAX || !chain_init(&err)) return 2;
    snprintf(path, sizeof path, "%s/books.db", data);
    if (!db_open(path, DB_READ, NULL, &db, &err)) stop(&err);
    int64_t end = last_day(db);
    day_write((int32_t)(end - 30), from);
    day_write((int32_t)end, to);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (only != NULL && strcmp(only, NAMES[i]) != 0) continue;
        struct list_ask ask = {.list = list_find(NAMES[i]), .rule = day_rule_default(), .now_ms = end * 86400000};
        int64_t         took[RUNS_MAX];
        size_t          rows = 0;
        for (int p = 0; p < LIST_PARAMS_MAX && ask.list->params[p].name != NULL; p++) {
            if (strcmp(ask.list->params[p].name, "from") == 0) ask.values[p] = from;
            if (strcmp(ask.list->params[p].name, "to") == 0) ask.values[p] = to;
        }
        if (strcmp(NAMES[i], "report-op-facts") == 0) ask.values[0] = to;
        for (int run = 0; run < runs; run++) {
            int64_t began = bench_cpu_us();
            rows = list_run(db, &ask);
            took[run] = bench_cpu_us() - began;
        }
        printf("%-18s %8.2f ms  worst %8.2f ms  %zu rows\n", NAMES[i],
               (double)bench_part(took, (size_t)runs, 0.5) / 1000, (double)bench_part(took, (size_t)runs, 1) / 1000,
               rows + 1);
    }
    db_close(db);
    return 0;
}
