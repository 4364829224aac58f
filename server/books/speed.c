/* speed.c - flags what is faster than hands: server/books/speed.h. */
#include "server/books/speed.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/say.h"
#include "server/books/chains.h"
#include "server/books/master.h"
#include "server/judge/limits.h"
#include "server/judge/line.h"
#include "server/judge/speed.h"

enum {
    REPORTS_MOST = 512,
    FLAGS_MOST = 8,
    DAYS_BACK = 3,
    SECOND_MS = 1000,
    MINUTE_MS = 60000,
    DAY_MIN = 1440,
    SHARE = 1000
};
#define DAY_MS INT64_C(86400000)

/* A report with what a flag of it needs. */
struct seen {
    struct speed_report report;
    int64_t             number, taken_ms;
    struct hash         name;
};

static bool rule_read(struct db *db, struct day_rule *rule, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_good = true;
    *rule = day_rule_default();
    if (!db_prepare(db, SQL("SELECT rule FROM day_rule ORDER BY from_number DESC LIMIT 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        const char *text = db_text(stmt, 0);
        is_good = chains_rule_read(text, strlen(text), rule, err);
        db_reset(stmt);
    }
    return is_good;
}

static int64_t begin_of(const struct day_rule *rule, int64_t day, const char *shift)
{
    int64_t start_min = rule->day_start_min;
    for (int i = 0; i < rule->count; i++)
        if (strcmp(rule->shifts[i].name, shift) == 0) start_min = rule->shifts[i].start_min;
    return day * DAY_MS + (start_min - rule->offset_min) * MINUTE_MS;
}

static int by_wall(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    if (x->report.wall_ms != y->report.wall_ms) return x->report.wall_ms < y->report.wall_ms ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static bool seen_of(struct db_stmt *stmt, const struct day_rule *rule, int64_t day, struct seen *seen)
{
    static struct event event; /* large; one thread writes the books */
    struct err          ignored;
    size_t              len;
    const char         *bytes = db_blob(stmt, 4, &len);
    if (!event_read(bytes, len, &event, &ignored) || event.doubtful || event.by != 0 || event.worker_count < 1)
        return false; /* entered from paper: its time isn't that of the work */
    memcpy(seen->name.bytes, db_blob(stmt, 1, &len), sizeof seen->name.bytes);
    seen->number = db_int(stmt, 0);
    seen->taken_ms = db_int(stmt, 2);
    seen->report = (struct speed_report){.wall_ms = event.wall_ms,
                                         .begin_ms = begin_of(rule, day, event.shift),
                                         .pieces = db_int(stmt, 3) * SHARE / event.worker_count,
                                         .kiosk = event.kiosk};
    return true;
}

static bool day_read_of(struct db *db, int64_t worker, int64_t day, struct seen *seen, size_t *count, struct err *err)
{
    struct db_stmt *stmt;
    struct day_rule rule;
    bool            row;
    if (!rule_read(db, &rule, err)) return false;
    if (!db_prepare(db,
                    SQL("SELECT f.number, f.name, f.taken_ms, v.counted, f.bytes FROM fact_worker AS p"
                            " JOIN fact AS f ON f.number = p.number JOIN verdict AS v ON v.number = p.number"
                            " WHERE p.worker = $1 AND p.day = $2 AND f.kind IN ($3, $4) AND v.kind != $5 AND v.counted > 0"
                            " ORDER BY f.number LIMIT $6"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, day);
    db_bind_int(stmt, 3, EVENT_REPORT);
    db_bind_int(stmt, 4, EVENT_CORRECT);
    db_bind_int(stmt, 5, VERDICT_UNDONE);
    db_bind_int(stmt, 6, REPORTS_MOST);
    for (*count = 0;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (*count < REPORTS_MOST && seen_of(stmt, &rule, day, &seen[*count])) ++*count;
    }
}

static bool flag_write(struct record *record, const struct seen *seen, const struct speed_flag *flag, int64_t worker,
                       int64_t day, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      words = {0};
    struct say say = flag->what == SPEED_FAST ? say_int(say_int(SAY("speed.fast"), flag->pieces), flag->ms / MINUTE_MS)
                                              : say_int(SAY("speed.twice"), flag->ms / SECOND_MS);
    if (!db_prepare(record->db, SQL("INSERT INTO speed_flag (what, name, number, worker, day, at_ms, say)"
                                    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (what, name) DO NOTHING"),
                                    &stmt, err))
        return false;
    say_write(&say, &words);
    db_bind_text(stmt, 1, say.id);
    db_bind_blob(stmt, 2, seen->name.bytes, sizeof seen->name.bytes);
    db_bind_int(stmt, 3, seen->number);
    db_bind_int(stmt, 4, worker);
    db_bind_int(stmt, 5, day);
    db_bind_int(stmt, 6, seen->taken_ms);
    db_bind_text(stmt, 7, buf_text(&words));
    buf_free(&words);
    if (!db_run(stmt, err)) return false;
    if (db_changes(record->db) > 0) record->topics |= TOPIC_EXCEPTION;
    return true;
}

bool speed_look(struct record *record, int64_t worker, int64_t day, struct err *err)
{
    struct seen         *seen = NULL;
    struct speed_report *reports = NULL;
    struct speed_flag    flags[FLAGS_MOST];
    struct speed_rule    rule;
    size_t               count = 0;
    bool                 is_done = false;
    if (worker == 0 || day < record->now_ms / DAY_MS - DAYS_BACK) return true;
    if (!setting_limit_of(record->db, LIMIT_PIECE_SECONDS, &rule.least_ms, err) ||
        !setting_limit_of(record->db, LIMIT_WALK_SECONDS, &rule.walk_ms, err))
        return false;
    rule.least_ms *= SECOND_MS;
    rule.walk_ms *= SECOND_MS;
    if (rule.least_ms == 0 && rule.walk_ms == 0) return true;
    seen = calloc(REPORTS_MOST, sizeof *seen);
    reports = calloc(REPORTS_MOST, sizeof *reports);
    if (seen == NULL || reports == NULL) abort();
    if (!day_read_of(record->db, worker, day, seen, &count, err)) goto end;
    qsort(seen, count, sizeof *seen, by_wall);
    for (size_t i = 0; i < count; i++) reports[i] = seen[i].report;
    size_t found = judge_speed(reports, count, &rule, flags, FLAGS_MOST);
    for (size_t i = 0; i < found; i++)
        if (!flag_write(record, &seen[flags[i].report], &flags[i], worker, day, err)) goto end;
    is_done = true;
end:
    free(seen);
    free(reports);
    return is_done;
}
