/* sums.c - what a slice changes of workers' days: server/books/sums.h. Every sum is a sum of rows of `due` and
 * `verdict`: what is added here is the difference between the rows that went and those that came, in one transaction
 * with them. */
#include "server/books/sums.h"

#include <stdlib.h>

struct day_delta *sums_day(struct sums *sums, int32_t worker, int32_t day)
{
    bool     is_new;
    int64_t *place = map_put(&sums->by_day, (uint64_t)worker, (uint64_t)day, &is_new);
    if (is_new) {
        if (sums->count == sums->cap) {
            sums->cap = sums->cap == 0 ? 64 : sums->cap * 2;
            sums->rows = reallocarray(sums->rows, sums->cap, sizeof *sums->rows);
            if (sums->rows == NULL) abort();
        }
        sums->rows[sums->count] = (struct day_delta){.worker = worker, .day = day};
        *place = (int64_t)sums->count++;
    }
    return &sums->rows[*place];
}

static bool row_add(const struct day_delta *row, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO day_sum (worker, day, fen, facts, pieces, held, time_fen)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7)"
                        " ON CONFLICT (day, worker) DO UPDATE SET fen = day_sum.fen + excluded.fen,"
                        " facts = day_sum.facts + excluded.facts, pieces = day_sum.pieces + excluded.pieces,"
                        " held = day_sum.held + excluded.held, time_fen = day_sum.time_fen + excluded.time_fen"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->worker);
    db_bind_int(stmt, 2, row->day);
    db_bind_int(stmt, 3, row->fen);
    db_bind_int(stmt, 4, row->facts);
    db_bind_int(stmt, 5, row->pieces);
    db_bind_int(stmt, 6, row->held);
    db_bind_int(stmt, 7, row->time_fen);
    return db_run(stmt, err);
}

static bool row_drop_empty(const struct day_delta *row, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db,
                    SQL("DELETE FROM day_sum WHERE day = $1 AND worker = $2 AND fen = 0 AND facts = 0 AND pieces = 0"
                        " AND held = 0 AND time_fen = 0"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->day);
    db_bind_int(stmt, 2, row->worker);
    return db_run(stmt, err);
}

static bool is_empty(const struct day_delta *row)
{
    return row->fen == 0 && row->time_fen == 0 && row->facts == 0 && row->pieces == 0 && row->held == 0;
}

bool sums_write(const struct sums *sums, struct db *db, struct err *err)
{
    for (size_t i = 0; i < sums->count; i++) {
        const struct day_delta *row = &sums->rows[i];
        if (row->worker == 0 || is_empty(row)) continue;
        if (!row_add(row, db, err)) return false;
        bool is_less = row->fen < 0 || row->time_fen < 0 || row->facts < 0 || row->pieces < 0 || row->held < 0;
        if (is_less && !row_drop_empty(row, db, err)) return false;
    }
    return true;
}

void sums_clear(struct sums *sums)
{
    sums->count = 0;
    map_clear(&sums->by_day);
}

void sums_free(struct sums *sums)
{
    free(sums->rows);
    map_free(&sums->by_day);
    *sums = (struct sums){0};
}
