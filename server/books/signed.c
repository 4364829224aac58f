/* signed.c - at which kiosks a worker was: server/books/signed.h. */
#include "server/books/signed.h"

#define DAY_MS INT64_C(86400000)

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
