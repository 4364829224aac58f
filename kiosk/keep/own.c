/* own.c - this kiosk's own entries, as look-ups read them: kiosk/keep/own.h. */
#include "kiosk/keep/own.h"

#include <assert.h>
#include <string.h>

#include "core/event.h"
#include "core/money.h"
#include "kiosk/keep/pool.h"
#include "kiosk/keep/row.h"

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

static bool reach_covers(struct reach reach, struct reach place)
{
    return place.counter < reach.counter || (place.counter == reach.counter && place.seq <= reach.seq);
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

void own_read(struct db_stmt *stmt, struct own_entry *entry)
{
    size_t      len;
    const void *name = db_blob(stmt, 1, &len);
    *entry = (struct own_entry){
        .n = db_int(stmt, 0),
        .place = {db_int(stmt, 2), db_int(stmt, 3)},
        .line = db_int(stmt, 4),
        .op = (int32_t)db_int(stmt, 5),
        .count = (int32_t)db_int(stmt, 6),
        .bad = (int32_t)db_int(stmt, 7),
        .day = (int32_t)db_int(stmt, 8),
        .is_rework = db_int(stmt, 9) != 0,
        .wall_ms = db_int(stmt, 10),
        .has_rate = !db_is_null(stmt, 11),
        .held = db_int(stmt, 12),
        .is_spoken_of = db_int(stmt, 13) != 0,
        .counted = db_int(stmt, 14)
    };
    assert(len == sizeof entry->name.bytes); /* outbox.c wrote it */
    memcpy(entry->name.bytes, name, sizeof entry->name.bytes);
    if (entry->has_rate) entry->rate_cfen = db_int(stmt, 11);
}

bool own_of_day(struct db *db, int32_t worker, int32_t day, struct db_stmt **stmt, struct err *err)
{
    if (!db_prepare(db,
                    SQL("SELECT " OWN_COLUMNS ", (SELECT count(*) FROM entry_worker c WHERE c.n = e.n)"
                        " FROM entry_worker w JOIN " OWN_TABLES " WHERE w.n = e.n"
                        " AND w.worker = $1 AND e.day = $2 AND e.kind IN ($3, $4)"
                        " AND w.place = (SELECT min(z.place) FROM entry_worker z WHERE z.n = e.n AND z.worker = $1)"),
                        stmt, err))
        return false;
    db_bind_int(*stmt, 1, worker);
    db_bind_int(*stmt, 2, day);
    db_bind_int(*stmt, 3, EVENT_REPORT);
    db_bind_int(*stmt, 4, EVENT_CORRECT);
    return true;
}

/* The first own event that names that one; false in *is_there: none. *name becomes its name. */
static bool next_in_chain(struct db *db, struct hash *name, enum event_kind *kind, struct reach *place, bool *is_there,
                          struct err *err)
{
    struct db_stmt *stmt;
    size_t          len;
    if (!db_prepare(db, SQL("SELECT x.kind, v.counter, v.seq, v.name FROM entry x JOIN event v ON v.n = x.n"
                        " WHERE x.refers = $1 ORDER BY x.n LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_blob(stmt, 1, name->bytes, sizeof name->bytes);
    if (!db_step(stmt, is_there, err)) return false;
    if (!*is_there) return true;
    *kind = (enum event_kind)db_int(stmt, 0);
    *place = (struct reach){db_int(stmt, 1), db_int(stmt, 2)};
    const void *bytes = db_blob(stmt, 3, &len);
    assert(len == sizeof name->bytes);
    memcpy(name->bytes, bytes, sizeof name->bytes);
    db_reset(stmt);
    return true;
}

bool own_settle(struct db *db, struct own_entry *entry, struct reach reach, struct err *err)
{
    bool         was_alive = reach_covers(reach, entry->place), is_alive = true, is_there = entry->is_spoken_of;
    struct hash  name = entry->name;
    struct reach place = {0};
    for (enum event_kind kind = EVENT_UNDO; is_there && kind == EVENT_UNDO;) {
        if (!next_in_chain(db, &name, &kind, &place, &is_there, err)) return false;
        if (!is_there) break;
        is_alive = kind == EVENT_UNDO && !is_alive;
        if (reach_covers(reach, place)) was_alive = is_alive;
    }
    entry->is_cancelled = !is_alive;
    entry->sign = is_alive - was_alive;
    return true;
}

/* As the server counts: good ones first. */
int64_t own_good(const struct own_entry *entry)
{
    int64_t good = (int64_t)entry->count - entry->bad;
    if (entry->counted < good) good = entry->counted;
    return good > 0 ? good : 0;
}

bool own_share(struct db *db, const struct own_entry *entry, int32_t worker, int64_t *fen, struct err *err)
{
    struct db_stmt *stmt;
    int32_t         who[MONEY_SHARES_MAX];
    int64_t         weights[MONEY_SHARES_MAX], shares[MONEY_SHARES_MAX], sum = 0;
    size_t          count = 0;
    char            crew[WORD_MAX] = "";
    int32_t         day = 0;
    bool            is_one = true, is_pooled = false;
    if (!db_prepare(db, SQL("SELECT w.worker, w.share, coalesce(k.crew, ''), e.day FROM entry_worker w"
                        " JOIN entry e ON e.n = w.n LEFT JOIN worker k ON k.number = w.worker WHERE w.n = $1"
                        " ORDER BY w.place"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, entry->n);
    for (;;) {
        bool row;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        assert(count < MONEY_SHARES_MAX); /* as many as an event has */
        who[count] = (int32_t)db_int(stmt, 0);
        weights[count] = db_int(stmt, 1) > 0 ? db_int(stmt, 1) : 1;
        if (count == 0) row_text(stmt, 2, crew, sizeof crew);
        is_one = is_one && strcmp(crew, db_text(stmt, 2)) == 0;
        day = (int32_t)db_int(stmt, 3);
        count++;
    }
    if (count > 1 && is_one && !pool_is(db, crew, day, &is_pooled, err)) return false;
    if (count > 0 && entry->has_rate && !is_pooled) {
        money_split(money_due_fen(entry->rate_cfen, own_good(entry)), weights, count, shares);
        for (size_t i = 0; i < count; i++)
            if (who[i] == worker) sum += shares[i];
    }
    *fen = sum;
    return true;
}
