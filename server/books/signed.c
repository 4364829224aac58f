/* signed.c - at which kiosks a worker was: server/books/signed.h. */
#include "server/books/signed.h"

#include "core/event.h"

#define DAY_MS INT64_C(86400000)
#define NEVER INT32_MIN /* a day before all others */

static bool day_write_of(struct db *db, int32_t worker, uint64_t kiosk, int32_t day, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO worker_kiosk (worker, kiosk, day) VALUES ($1, $2, $3)"
                        " ON CONFLICT (worker, kiosk) DO UPDATE SET day = excluded.day"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, (int64_t)kiosk);
    db_bind_int(stmt, 3, day);
    return db_run(stmt, err);
}

/* What comes late from a kiosk that was away finds it left out of what was told meanwhile: the day of taking counts. */
bool signed_in(const struct worth_out *out, const struct worth_fact *fact, int32_t worker, struct err *err)
{
    bool     is_new;
    int64_t  taken_day = fact->taken_ms / DAY_MS, today = taken_day > fact->day ? taken_day : fact->day;
    uint64_t kiosk = fact->event->kiosk;
    if (worker == 0 || kiosk == 0) return true;
    int64_t *day = map_put(out->signed_in, (uint64_t)worker, kiosk, &is_new);
    if (!is_new && *day >= fact->day) return true;
    bool                 is_strange = is_new || *day < today - TOLD_DAYS;
    const struct person *person = people_person(out->people, worker);
    *day = fact->day;
    if (!day_write_of(out->db, worker, kiosk, fact->day, err)) return false;
    return !is_strange || person == NULL || !person->has_key ||
           telling_worker(out->telling, out->db, worker, fact->day - TOLD_DAYS, err);
}

/* Who shares by a pool alone wasn't there: named are those whom the event says. */
static bool is_named_in(struct db_stmt *stmt, bool *is, struct err *err)
{
    struct event event;
    size_t       len;
    const char  *bytes = db_blob(stmt, 2, &len);
    if (!event_read(bytes, len, &event, err)) return false;
    *is = db_int(stmt, 0) < event.worker_count;
    return true;
}

/* The newest day of his facts there that name him; *has false: none does. */
static bool last_there(struct db *db, int32_t worker, uint64_t kiosk, bool *has, int32_t *day, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *has = false;
    if (!db_prepare(db, SQL("SELECT w.share, w.day, f.bytes FROM fact_worker AS w JOIN fact AS f ON f.number = w.number"
                        " WHERE w.worker = $1 AND f.kiosk = $2 ORDER BY w.day DESC"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, (int64_t)kiosk);
    while (!*has) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (!is_named_in(stmt, has, err)) break;
        *day = (int32_t)db_int(stmt, 1);
    }
    db_reset(stmt);
    return *has;
}

static bool day_drop(struct db *db, int32_t worker, uint64_t kiosk, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM worker_kiosk WHERE worker = $1 AND kiosk = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, (int64_t)kiosk);
    return db_run(stmt, err);
}

bool signed_off(const struct worth_out *out, const struct worth_fact *fact, int32_t worker, struct err *err)
{
    uint64_t kiosk = fact->event->kiosk;
    int32_t  day = 0;
    bool     has, is_new;
    if (worker <= 0 || kiosk == 0) return true;
    int64_t *last = map_put(out->signed_in, (uint64_t)worker, kiosk, &is_new);
    if (is_new) *last = NEVER;
    if (*last > fact->day) return true;
    if (!last_there(out->db, worker, kiosk, &has, &day, err)) return false;
    *last = has ? day : NEVER;
    return has ? day_write_of(out->db, worker, kiosk, day, err) : day_drop(out->db, worker, kiosk, err);
}
