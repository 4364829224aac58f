/* pool_tell.c - what kiosks learn of a crew's shares: server/books/pool_tell.h. */
#include "server/books/pool_tell.h"

#include <inttypes.h>

#include "core/clock.h"
#include "core/json.h"
#include "core/money.h"
#include "server/books/pool_share.h"

static bool tell_splits(struct db *db, const char *crew, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    char            day[DAY_TEXT];
    if (!db_prepare(db, SQL("SELECT from_day, split FROM crew_split WHERE crew = $1 ORDER BY from_day"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, crew);
    buf_str(out, "{\"splits\":[");
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        day_write((int32_t)db_int(stmt, 0), day);
        json_sep(out);
        buf_fmt(out, "[\"%s\",\"%s\"]", day, db_text(stmt, 1));
    }
    buf_char(out, ']');
    return true;
}

/* Of 10,000, by the pool's own arithmetic: what a fact of 100 yuan that all had made would give each. */
static bool tell_shift(struct db *db, const struct pool_key *key, int64_t settles_ms, struct buf *out, struct err *err)
{
    enum { WHOLE = 10000 };
    struct pool_shares shares = {0};
    struct event       event = {.kind = EVENT_REPORT};
    struct judge_fact  fact = {.event = &event};
    int64_t            parts[MONEY_SHARES_MAX] = {0};
    char               day[DAY_TEXT];
    bool               is_done = pool_shares_read(db, key, &shares, err);
    size_t             count = shares.count < MONEY_SHARES_MAX ? shares.count : MONEY_SHARES_MAX;
    for (size_t i = 0; i < count; i++) {
        fact.workers[i] = shares.rows[i].worker;
        event.workers[i].badge = shares.rows[i].badge;
    }
    event.worker_count = (int)count;
    if (is_done) pool_fact(shares.split, shares.rows, shares.count, &fact);
    if (fact.is_pooled) money_split(WHOLE, fact.weights, count, parts);
    day_write(key->day, day);
    json_sep(out);
    buf_fmt(out, "{\"day\":\"%s\",\"shift\":", day);
    json_cstr(out, key->shift);
    buf_fmt(out, ",\"settles\":%" PRId64 ",\"who\":[", settles_ms);
    for (size_t i = 0; i < count; i++)
        buf_fmt(out, "%s[%" PRId32 ",%" PRId64 ",%" PRId64 ",%" PRId64 "]", i == 0 ? "" : ",", shares.rows[i].worker,
                shares.rows[i].minutes, shares.rows[i].coefficient, parts[i]);
    buf_str(out, "]}");
    pool_shares_free(&shares);
    return is_done;
}

enum { SHIFTS_TOLD = 2 }; /* the one that is on, and the one before, whose shares stand */

static bool tell_shifts(struct db *db, const char *crew, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    struct pool_key keys[SHIFTS_TOLD];
    int64_t         settles[SHIFTS_TOLD];
    int             count = 0;
    bool            row;
    if (!db_prepare(db, SQL("SELECT DISTINCT day, shift, settles_ms FROM pool_share WHERE crew = $1"
                        " ORDER BY day DESC, settles_ms DESC LIMIT $2"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, crew);
    db_bind_int(stmt, 2, SHIFTS_TOLD);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        keys[count] = pool_key_of(crew, (int32_t)db_int(stmt, 0), db_text(stmt, 1));
        settles[count++] = db_int(stmt, 2);
    }
    json_key(out, "shifts");
    buf_char(out, '[');
    for (int i = 0; i < count; i++)
        if (!tell_shift(db, &keys[i], settles[i], out, err)) return false;
    buf_str(out, "]}");
    return true;
}

static bool pool_tell(struct record *record, const char *crew, struct err *err)
{
    struct buf value = {0};
    bool       is_done =
        tell_splits(record->db, crew, &value, err) && tell_shifts(record->db, crew, &value, err) &&
        record_feed(record, &(struct feed_row){.topic = "pool", .key = crew, .value = buf_text(&value)}, err);
    buf_free(&value);
    return is_done;
}

bool pool_tell_number(struct record *record, int64_t number, struct err *err)
{
    struct db_stmt *stmt;
    struct pool_key key;
    bool            row;
    if (!db_prepare(record->db, SQL("SELECT crew FROM crew_fact WHERE number = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    key = pool_key_of(db_text(stmt, 0), 0, "");
    db_reset(stmt);
    return key.crew[0] == 0 || pool_tell(record, key.crew, err);
}

/* Columns: crew, from_day, split. */
bool tell_crew_split(struct record *record, const struct value *values, struct err *err)
{
    return pool_tell(record, values[0].bytes, err);
}
