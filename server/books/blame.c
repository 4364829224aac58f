/* blame.c - whom a decision about bad pieces blames: server/books/blame.h. Takes decisions of the books, gives topic blame of
 * the feed, and the sentence that keeps a charge back. */
#include "server/books/blame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/json.h"
#include "server/books/master.h"
#include "server/judge/limits.h"

enum { HOUR_MS = 3600000 };

/* A decision as the books have it. */
struct ruling {
    struct event event;
    struct hash  name;
    int64_t      line;
    bool         stands;
};

static bool ruling_read(struct db *db, int64_t number, struct ruling *ruling, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    size_t          len;
    if (!db_prepare(db, SQL("SELECT f.bytes, f.name, f.line, v.kind, v.cancelled_by FROM fact AS f"
                        " JOIN verdict AS v ON v.number = f.number WHERE f.number = $1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, is, err)) return false;
    if (!*is) return true;
    const char *bytes = db_blob(stmt, 0, &len);
    bool        is_read = event_read(bytes, len, &ruling->event, err);
    if (is_read) {
        memcpy(ruling->name.bytes, db_blob(stmt, 1, &len), sizeof ruling->name.bytes);
        ruling->line = db_int(stmt, 2);
        ruling->stands = db_int(stmt, 3) == VERDICT_COUNTED && db_int(stmt, 4) == 0;
    }
    db_reset(stmt);
    return is_read;
}

/* ---------------------------------------------------------------------------------------------------- telling */

static void row_write(const struct ruling *ruling, const struct event_bad *bad, struct buf *out)
{
    char name[HASH_TEXT], line[LINE_REF_TEXT];
    hash_write(&ruling->event.refers, name);
    line_ref_write(line_ref_of_key(ruling->line), line);
    buf_fmt(out,
            "{\"event\":\"%s\",\"sheet\":\"%s\",\"op\":%" PRId32 ",\"count\":%" PRId32 ",\"reason\":%" PRId32
            ",\"at\":%" PRId64 "}",
            name, line, bad->op, bad->count, bad->reason, ruling->event.wall_ms);
}

static bool worker_tell(struct record *record, const struct ruling *ruling, const struct event_bad *bad, int64_t worker,
                        struct err *err)
{
    struct buf value = {0};
    char       name[HASH_TEXT], key[HASH_TEXT + 24];
    hash_write(&ruling->name, name);
    snprintf(key, sizeof key, "%" PRId64 "/%s", worker, name);
    if (ruling->stands) row_write(ruling, bad, &value);
    bool is_done = record_feed(
        record,
        &(struct feed_row){
            .topic = "blame", .key = key, .value = buf_text(&value), .audience = FEED_WORKER, .only_for = worker},
        err);
    buf_free(&value);
    return is_done;
}

/* Who worked at that operation of the line, as far as it counts. */
static bool workers_tell(struct record *record, const struct ruling *ruling, const struct event_bad *bad,
                         struct err *err)
{
    enum { BLAMED_MOST = 32 };
    struct db_stmt *stmt;
    int64_t         workers[BLAMED_MOST];
    int             count = 0;
    bool            row;
    if (!db_prepare(record->db,
                    SQL("SELECT DISTINCT w.worker FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                        " JOIN fact_worker AS w ON w.number = f.number WHERE f.line = $1 AND f.line != 0 AND f.op = $2"
                        " AND v.counted > 0 AND w.worker > 0 ORDER BY w.worker LIMIT $3"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, ruling->line);
    db_bind_int(stmt, 2, bad->op);
    db_bind_int(stmt, 3, BLAMED_MOST);
    for (;; count++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        workers[count] = db_int(stmt, 0);
    }
    for (int i = 0; i < count; i++)
        if (!worker_tell(record, ruling, bad, workers[i], err)) return false;
    return true;
}

bool blame_tell(struct record *record, int64_t decision, struct err *err)
{
    struct ruling ruling = {.line = 0};
    bool          is;
    if (!ruling_read(record->db, decision, &ruling, &is, err)) return false;
    for (int i = 0; is && i < ruling.event.bad_count; i++) {
        const struct event_bad *bad = &ruling.event.bad[i];
        if (bad->op == 0 || bad->op == EVENT_FAULT_MATERIAL || bad->op == ruling.event.op) continue; /* nobody else's */
        if (!workers_tell(record, &ruling, bad, err)) return false;
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------------- charging */

static bool is_his(const struct event *event, const struct hash *report, int32_t worker)
{
    if (!event->has_refers || !hash_equal(&event->refers, report)) return false;
    for (int i = 0; i < event->worker_count; i++)
        if (event->workers[i].number == worker) return true;
    return false;
}

static bool objected(struct books *books, int64_t line, const struct hash *report, int32_t worker, bool *is,
                     struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *is = false;
    if (!db_prepare(
            books->db,
            SQL("SELECT f.bytes FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                        " WHERE f.line = $1 AND f.line != 0 AND f.kind = 16 AND v.decided_by = 0 AND v.cancelled_by = 0"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    for (;;) {
        struct event event;
        struct err   unread;
        size_t       len;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        const char *bytes = db_blob(stmt, 0, &len);
        if (event_read(bytes, len, &event, &unread) && is_his(&event, report, worker)) *is = true;
    }
}

bool blame_check(struct books *books, const struct hash *report, int32_t worker, struct err *err)
{
    struct db_stmt *stmt;
    struct ruling   ruling = {.line = 0};
    int64_t         hours;
    bool            row, is = false;
    if (!db_prepare(books->db, SQL("SELECT v.bad_decided_by FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                        " WHERE f.name = $1 AND v.bad_decided_by != 0"),
                                   &stmt, err))
        return false;
    db_bind_blob(stmt, 1, report->bytes, sizeof report->bytes);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_CONFLICT, SAY("blame.undecided"));
    int64_t decision = db_int(stmt, 0);
    db_reset(stmt);
    if (!ruling_read(books->db, decision, &ruling, &row, err) || !setting_limit(books, LIMIT_OBJECT_HOURS, &hours, err))
        return false;
    if (!objected(books, ruling.line, report, worker, &is, err)) return false;
    if (is) return err_set(err, ERR_CONFLICT, SAY("blame.objected"));
    if (books->record.now_ms >= ruling.event.wall_ms + hours * HOUR_MS) return true;
    return err_set(err, ERR_CONFLICT, say_int(SAY("blame.early"), hours));
}
