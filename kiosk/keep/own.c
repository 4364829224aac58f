/* own.c - this kiosk's own entries, as look-ups read them: kiosk/keep/own.h. */
#include "kiosk/keep/own.h"

#include <assert.h>
#include <string.h>

#include "core/money.h"

static bool epoch_is_own(struct db *db, struct epoch epoch, bool *is_own, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT 1 FROM epoch WHERE counter = $1 AND random = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, epoch.counter);
    db_bind_int(stmt, 2, (int64_t)epoch.random);
    if (!db_step(stmt, is_own, err)) return false;
    if (*is_own) db_reset(stmt);
    return true;
}

bool own_reach(struct db *db, uint64_t kiosk, const struct json *marks, struct reach *reach, struct err *err)
{
    *reach = (struct reach){0, 0};
    for (size_t i = 0; i < json_count(marks); i++) {
        const struct json *mark = json_at(marks, i);
        struct epoch       epoch;
        uint64_t           whose;
        bool               is_own;
        if (!id_read(json_text(json_at(mark, 0), ""), &whose) || whose != kiosk ||
            !epoch_read(json_text(json_at(mark, 1), ""), &epoch))
            continue;
        if (!epoch_is_own(db, epoch, &is_own, err)) return false;
        struct reach told = {epoch.counter, json_int(json_at(mark, 2), 0)};
        if (is_own && !reach_covers(*reach, told)) *reach = told;
    }
    return true;
}

bool reach_covers(struct reach reach, struct reach place)
{
    return place.counter < reach.counter || (place.counter == reach.counter && place.seq <= reach.seq);
}

void own_read(struct db_stmt *stmt, struct own_entry *entry)
{
    size_t      len;
    const void *name = db_blob(stmt, 1, &len);
    *entry = (struct own_entry){
        .n = db_int(stmt, 0),
        .place = {db_int(stmt, 2),  db_int(stmt, 3) },
        .line = db_int(stmt, 4),
        .op = (int32_t)db_int(stmt, 5),
        .count = (int32_t)db_int(stmt, 6),
        .bad = (int32_t)db_int(stmt, 7),
        .day = (int32_t)db_int(stmt, 8),
        .is_rework = db_int(stmt, 9) != 0,
        .wall_ms = db_int(stmt, 10),
        .has_rate = !db_is_null(stmt, 11),
        .held = db_int(stmt, 12),
        .cancelled_by = {db_int(stmt, 13), db_int(stmt, 14)}
    };
    assert(len == sizeof entry->name.bytes); /* outbox.c wrote it */
    memcpy(entry->name.bytes, name, sizeof entry->name.bytes);
    if (entry->has_rate) entry->rate_cfen = db_int(stmt, 11);
    entry->is_cancelled = entry->cancelled_by.counter > 0;
}

int own_sign(const struct own_entry *entry, struct reach reach)
{
    if (!reach_covers(reach, entry->place)) return entry->is_cancelled ? 0 : 1;
    return entry->is_cancelled && !reach_covers(reach, entry->cancelled_by) ? -1 : 0;
}

int64_t own_good(const struct own_entry *entry)
{
    int64_t good = (int64_t)entry->count - entry->bad - entry->held;
    return good > 0 ? good : 0;
}

bool own_share(struct db *db, const struct own_entry *entry, int32_t worker, int64_t *fen, struct err *err)
{
    struct db_stmt *stmt;
    int32_t         who[MONEY_SHARES_MAX];
    int64_t         weights[MONEY_SHARES_MAX], shares[MONEY_SHARES_MAX], sum = 0;
    size_t          count = 0;
    if (!db_prepare(db, SQL("SELECT worker, share FROM entry_worker WHERE n = $1 ORDER BY place"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, entry->n);
    for (;;) {
        bool row;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        assert(count < MONEY_SHARES_MAX); /* as many as an event has */
        who[count] = (int32_t)db_int(stmt, 0);
        weights[count] = db_int(stmt, 1) > 0 ? db_int(stmt, 1) : 1;
        count++;
    }
    if (count > 0 && entry->has_rate) {
        money_split(money_due_fen(entry->rate_cfen, own_good(entry)), weights, count, shares);
        for (size_t i = 0; i < count; i++)
            if (who[i] == worker) sum += shares[i];
    }
    *fen = sum;
    return true;
}
