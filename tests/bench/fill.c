/* fill.c - a server's data directory in which years of events stand already, written straight into its files.
 *
 * links: server_take server_books core
 * with: tests/bench/fill/table.c tests/bench/fill/office.c
 *
 * usage: fill --data DIR [--events 10000000] [--kiosks 200] [--ahead 200000] [--plain]
 *
 * Masters, orders with signed sheets for all these events and for `ahead` more, the kiosks' keys, the inbox in batches of
 * 100, and the books as the writer would have left them. No syncs while it writes, indexes afterwards, the inbox and the
 * books side by side: it is the bench's only program that knows the tables. --plain: nothing that no event of the inbox
 * says, so that a rebuild comes to the same. */
#include <getopt.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/db.h"
#include "core/embed.h"
#include "core/money.h"
#include "tests/bench/bench.h"
#include "tests/bench/fill/office.h"

enum { BATCH = 100 };

static struct {
    const char *data;
    int64_t     events, ahead;
    int         kiosks;
    bool        is_plain;
} options = {.events = 10000000, .ahead = 200000, .kiosks = 200};

/* The file with its schema, then open without care for power cuts. */
static struct file file_open(const char *name, const struct embed *schema)
{
    char        path[512];
    struct db  *db;
    struct err  err;
    struct file file = {0};
    snprintf(path, sizeof path, "%s/%s", options.data, name);
    if (!db_open(path, DB_WRITE, NULL, &db, &err) || !db_migrate(db, schema, &err) ||
        (schema == embed_books_schema && !office_names_fill(db, &err))) {
        fprintf(stderr, "fill: %s: %s\n", path, err.say.id);
        exit(1);
    }
    db_close(db);
    if (sqlite3_open(path, &file.db) != SQLITE_OK) exit(1);
    table_run(&file, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN");
    return file;
}

static void file_close(struct file *file)
{
    table_run(file, "COMMIT");
    table_run(file, "PRAGMA journal_mode = WAL");
    if (sqlite3_close(file->db) != SQLITE_OK) exit(1);
}

/* ---- The inbox */

/* Event i of the past: batch i / BATCH went to kiosk after kiosk. */
struct past {
    int     kiosk;
    int64_t seq;
};

static struct past past_of(int64_t i)
{
    int64_t batch = i / BATCH;
    return (struct past){(int)(batch % options.kiosks), batch / options.kiosks * BATCH + i % BATCH + 1};
}

/* A batch is taken when its last event was made. */
static int64_t taken_ms(int64_t i)
{
    return bench_wall_ms(i / BATCH * BATCH + BATCH - 1);
}

static struct hash *prevs_new(void)
{
    struct hash *prevs = calloc((size_t)options.kiosks, sizeof *prevs);
    for (int n = 0; n < options.kiosks; n++) prevs[n] = chain_first(bench_kiosk(n), bench_epoch(n, 1));
    return prevs;
}

/* Appends event i's line; *name becomes what the kiosk's next one follows. */
static void past_line(int64_t i, struct hash *prevs, struct event *event, struct buf *line, struct hash *name)
{
    struct past past = past_of(i);
    struct err  err;
    size_t      at = line->len;
    bench_event(past.kiosk, 1, past.seq, i, event);
    event->prev = prevs[past.kiosk];
    if (!event_write(event, line, &err)) exit(1);
    *name = prevs[past.kiosk] = event_name(line->bytes + at, line->len - at);
}

static void *inbox_fill(void *nothing)
{
    struct file   file = file_open("inbox.db", embed_inbox_schema);
    sqlite3_stmt *row = table_prepare(&file, "INSERT INTO inbox VALUES ($1,$2,1,$3,$4,$5,$6,$7,$8)");
    sqlite3_stmt *place = table_prepare(&file, "INSERT INTO place VALUES ($1,1,$2,$3,$4,$5)");
    struct hash  *prevs = prevs_new(), name;
    struct buf    lines = {0};
    struct event  event;
    for (int64_t i = 0; i < options.events; i += BATCH) {
        struct past past = past_of(i);
        int64_t     kiosk = (int64_t)bench_kiosk(past.kiosk), random = kiosk;
        buf_clear(&lines);
        for (int64_t k = 0; k < BATCH; k++) {
            past_line(i + k, prevs, &event, &lines, &name);
            buf_char(&lines, '\n');
        }
        table_bind(row, "iiiiiii", i + 1, kiosk, random, past.seq, (int64_t)BATCH, past.seq + BATCH - 1, taken_ms(i));
        sqlite3_bind_blob(row, 8, lines.bytes, (int)lines.len, SQLITE_STATIC);
        table_step(&file, row);
        table_bind(place, "iiiii", kiosk, random, past.seq, i + 1, past.seq + BATCH - 1);
        table_step(&file, place);
    }
    sqlite3_finalize(row);
    sqlite3_finalize(place);
    char sql[80];
    snprintf(sql, sizeof sql, "UPDATE placed SET up_to = %lld", (long long)(options.events));
    table_run(&file, sql);
    file_close(&file);
    return nothing;
}

/* ---- The books */

static void masters_fill(struct file *file)
{
    char          name[40];
    sqlite3_stmt *worker =
        table_prepare(file, "INSERT INTO worker VALUES ($1,$2,0,0,'','worker','zh',NULL,NULL,NULL,1)");
    sqlite3_stmt *badge = table_prepare(file, "INSERT INTO badge VALUES ($1,$2,NULL,1)");
    sqlite3_stmt *kiosk = table_prepare(file, "INSERT INTO kiosk VALUES ($1,$2,$3,$4,0,0,1)");
    sqlite3_stmt *operation =
        table_prepare(file, "INSERT INTO operation (code, name_zh, name_en, part, version) VALUES ($1,$2,$2,'door',1)");
    sqlite3_stmt *station = table_prepare(file, "INSERT INTO station (id, name_zh, name_en, ops, version) VALUES "
                                                "($1,$1,$1,'op1 op2 op3 op4 op5 op6 op7 op8',1)");
    for (int64_t n = 1; n <= BENCH_WORKERS; n++) {
        snprintf(name, sizeof name, "Worker %d", (int)n);
        table_bind(worker, "it", n, name);
        table_step(file, worker);
        table_bind(badge, "ii", bench_badge((int)n), n);
        table_step(file, badge);
    }
    for (int n = 0; n < options.kiosks; n++) {
        struct key key = bench_key(n);
        snprintf(name, sizeof name, "s%d", n % 9);
        table_bind(kiosk, "iibt", (int64_t)bench_kiosk(n), (int64_t)n + 1, key.bytes, name);
        table_step(file, kiosk);
    }
    for (int n = 1; n <= BENCH_OPS; n++) {
        snprintf(name, sizeof name, "op%d", n);
        table_bind(operation, "tt", name, name);
        table_step(file, operation);
    }
    for (int n = 0; n < 9; n++) {
        snprintf(name, sizeof name, "s%d", n);
        table_bind(station, "t", name);
        table_step(file, station);
    }
    sqlite3_finalize(worker);
    sqlite3_finalize(badge);
    sqlite3_finalize(kiosk);
    sqlite3_finalize(operation);
    sqlite3_finalize(station);
}

static void facts_fill(struct file *file)
{
    sqlite3_stmt *fact = table_prepare(file, "INSERT INTO fact VALUES ($1,$2,$3,1,$4,$5,$6,1,$7,1,$8,$9,0,0,$10)");
    sqlite3_stmt *who = table_prepare(file, "INSERT INTO fact_worker VALUES ($1,0,$2,$3,$4)");
    sqlite3_stmt *verdict =
        table_prepare(file, "INSERT INTO verdict (number,kind,counted,held,good,bad,rate_cfen,due_fen,reason,"
                            "cancelled_by,decided_by,bad_open,bad_decided_by,due_pieces)"
                            " VALUES ($1,0,1,0,1,0,$2,$3,'',0,0,0,0,1)");
    sqlite3_stmt *due = table_prepare(file, "INSERT INTO due VALUES ($1,$2,$3,0,$4)");
    struct hash  *prevs = prevs_new(), name;
    struct buf    line = {0};
    struct event  event;
    for (int64_t i = 0; i < options.events; i++) {
        buf_clear(&line);
        past_line(i, prevs, &event, &line, &name);
        int64_t kiosk = (int64_t)event.kiosk, worker = event.workers[0].number, day = event.shift_day;
        int64_t rate = bench_rate_cfen(event.op), fen = money_due_fen(rate, 1);
        table_bind(fact, "ibiiiiiii", i + 1, name.bytes, kiosk, kiosk, event.seq, taken_ms(i),
                   line_ref_key(event.sheet.line), (int64_t)event.op, day);
        sqlite3_bind_blob(fact, 10, line.bytes, (int)line.len, SQLITE_STATIC);
        table_step(file, fact);
        table_bind(who, "iiii", i + 1, worker, day, event.workers[0].badge);
        table_step(file, who);
        table_bind(verdict, "iii", i + 1, rate, fen);
        table_step(file, verdict);
        table_bind(due, "iiii", worker, day, i + 1, fen);
        table_step(file, due);
    }
    sqlite3_finalize(fact);
    sqlite3_finalize(who);
    sqlite3_finalize(verdict);
    sqlite3_finalize(due);
}

static void sums_fill(struct file *file)
{
    char sql[3000];
    snprintf(
        sql, sizeof sql,
        "INSERT INTO op_sum SELECT line, rev, op, count(*), 0, 0 FROM fact GROUP BY line, rev, op;"
        "INSERT INTO paper SELECT line, rev, 1, max(number) FROM fact GROUP BY line, rev;"
        "INSERT INTO day_sum SELECT worker, day, sum(fen), count(*), count(*), 0, 0 FROM due GROUP BY day, worker;"
        "INSERT INTO op_day SELECT f.day, s.code, '', count(*), count(*), 0, 0, sum(f.op = %d) FROM fact AS f"
        " JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op GROUP BY f.day, s.code;"
        "INSERT INTO hand_day SELECT d.day, d.worker, s.code, count(*), count(*), 0, 0, sum(d.fen) FROM due AS d"
        " JOIN fact AS f ON f.number = d.number JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op"
        " GROUP BY d.day, d.worker, s.code;"
        "INSERT INTO finished SELECT line, count(*), count(*) >= 2, max(day) FROM fact WHERE op = %d GROUP BY line;"
        "INSERT INTO kiosk_mark SELECT kiosk, epoch_counter, epoch_random, max(seq), max(day), max(taken_ms) FROM fact"
        " GROUP BY kiosk, epoch_counter, epoch_random;"
        "INSERT INTO worker_kiosk SELECT w.worker, f.kiosk, max(f.day) FROM fact_worker AS w JOIN fact AS f"
        " ON f.number = w.number GROUP BY w.worker, f.kiosk;"
        "UPDATE place SET applied_to = %lld;",
        BENCH_OPS * 10, BENCH_OPS * 10, (long long)options.events);
    table_run(file, sql);
}

/* Indexes cost least when they are made of what is there. */
static void *books_fill(void *nothing)
{
    struct file   file = file_open("books.db", embed_books_schema);
    struct buf    drop = {0}, again = {0};
    sqlite3_stmt *index =
        table_prepare(&file, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
    while (sqlite3_step(index) == SQLITE_ROW) {
        buf_fmt(&drop, "DROP INDEX %s;", (const char *)sqlite3_column_text(index, 0));
        buf_fmt(&again, "%s;", (const char *)sqlite3_column_text(index, 1));
    }
    sqlite3_finalize(index);
    table_run(&file, buf_text(&drop));
    masters_fill(&file);
    office_orders_fill(&file, (options.events + options.ahead) / BENCH_EVENTS_A_LINE + 1, options.events,
                       !options.is_plain);
    facts_fill(&file);
    sums_fill(&file);
    office_sums_fill(&file, options.events);
    table_run(&file, buf_text(&again));
    file_close(&file);
    return nothing;
}

int main(int argc, char **argv)
{
    static const struct option known[] = {
        {"data",   1, 0, 'd'},
        {"events", 1, 0, 'e'},
        {"kiosks", 1, 0, 'k'},
        {"ahead",  1, 0, 'a'},
        {"plain",  0, 0, 'p'},
        {0,        0, 0, 0  }
    };
    int        c;
    struct err err;
    pthread_t  other;
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (c == 'd') options.data = optarg;
        if (c == 'e') options.events = atoll(optarg) / BATCH * BATCH;
        if (c == 'k') options.kiosks = atoi(optarg);
        if (c == 'p') options.is_plain = true;
        if (c == 'a') options.ahead = atoll(optarg);
        if (c == '?') return 2;
    }
    if (options.data == NULL || !chain_init(&err)) return 2;
    mkdir(options.data, 0700);
    int64_t began = bench_now_us();
    if (pthread_create(&other, NULL, inbox_fill, NULL) != 0) return 1;
    books_fill(NULL);
    pthread_join(other, NULL);
    printf("filled %lld events in %.1f s\n", (long long)options.events, (double)(bench_now_us() - began) / 1e6);
    return 0;
}
