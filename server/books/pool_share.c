/* pool_share.c - how the books split the pay of a crew-shift: server/books/pool_share.h. */
#include "server/books/pool_share.h"

#include <stdlib.h>

#include "core/array.h"
#include "core/utf8.h"

struct pool_key pool_key_of(const char *crew, int32_t day, const char *shift)
{
    struct pool_key key = {.day = day};
    utf8_copy(key.crew, sizeof key.crew, crew);
    utf8_copy(key.shift, sizeof key.shift, shift);
    return key;
}

void pool_shares_free(struct pool_shares *shares)
{
    free(shares->rows);
}

bool pool_shares_read(struct db *db, const struct pool_key *key, struct pool_shares *shares, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT worker, badge, minutes, coefficient, split FROM pool_share WHERE crew = $1"
                        " AND day = $2 AND shift = $3 ORDER BY worker, badge"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, key->crew);
    db_bind_int(stmt, 2, key->day);
    db_bind_text(stmt, 3, key->shift);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        shares->rows = array_more(shares->rows, shares->count, &shares->room, sizeof *shares->rows);
        shares->rows[shares->count++] =
            (struct pool_share){(int32_t)db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2), db_int(stmt, 3)};
        shares->split = pool_split_of(db_text(stmt, 4));
    }
}

static bool share_write(struct db *db, const struct pool_key *key, enum pool_split split, int64_t settles_ms,
                        const struct pool_share *share, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO pool_share (crew, day, shift, worker, badge, split, minutes, coefficient,"
                        " settles_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                            &stmt, err))
        return false;
    db_bind_text(stmt, 1, key->crew);
    db_bind_int(stmt, 2, key->day);
    db_bind_text(stmt, 3, key->shift);
    db_bind_int(stmt, 4, share->worker);
    db_bind_int(stmt, 5, share->badge);
    db_bind_text(stmt, 6, pool_split_word(split));
    db_bind_int(stmt, 7, share->minutes);
    db_bind_int(stmt, 8, share->coefficient);
    db_bind_int(stmt, 9, settles_ms);
    return db_run(stmt, err);
}

bool pool_shares_write(struct db *db, const struct pool_key *key, const struct pool_shares *shares, int64_t settles_ms,
                       struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM pool_share WHERE crew = $1 AND day = $2 AND shift = $3"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, key->crew);
    db_bind_int(stmt, 2, key->day);
    db_bind_text(stmt, 3, key->shift);
    if (!db_run(stmt, err)) return false;
    for (size_t i = 0; i < shares->count; i++)
        if (!share_write(db, key, shares->split, settles_ms, &shares->rows[i], err)) return false;
    return true;
}

bool pool_is_shared(const struct event *event)
{
    bool is_work = event->kind == EVENT_REPORT || event->kind == EVENT_CORRECT;
    return is_work && event->crew[0] != 0 && event->worker_count > 1;
}

bool pool_has(struct db *db, const struct event *event, int32_t day, bool *has, struct err *err)
{
    struct db_stmt *stmt;
    *has = false;
    if (!pool_is_shared(event)) return true;
    if (!db_prepare(db, SQL("SELECT worker FROM pool_share WHERE crew = $1 AND day = $2 AND shift = $3 LIMIT 1"), &stmt,
                            err))
        return false;
    db_bind_text(stmt, 1, event->crew);
    db_bind_int(stmt, 2, day);
    db_bind_text(stmt, 3, event->shift);
    if (!db_step(stmt, has, err)) return false;
    db_reset(stmt);
    return true;
}

bool pool_split_fact(struct db *db, struct judge_fact *fact, int32_t day, struct err *err)
{
    struct pool_shares shares = {0};
    if (!pool_is_shared(fact->event)) return true;
    struct pool_key key = pool_key_of(fact->event->crew, day, fact->event->shift);
    bool            is_done = pool_shares_read(db, &key, &shares, err);
    if (is_done && shares.count > 0) pool_fact(shares.split, shares.rows, shares.count, fact);
    pool_shares_free(&shares);
    return is_done;
}
