/* sums.c - what a slice changes of workers' days: server/books/sums.h. Every sum is a sum of rows of `due` and
 * `verdict`: what is added here is the difference between the rows that went and those that came, in one transaction
 * with them. */
#include "server/books/sums.h"

#include <stdlib.h>

#include "core/array.h"

struct day_delta *sums_day(struct sums *sums, int32_t worker, int32_t day)
{
    bool     is_new;
    int64_t *place = map_put(&sums->by_day, (uint64_t)worker, (uint64_t)day, &is_new);
    if (is_new) {
        sums->rows = array_more(sums->rows, sums->count, &sums->cap, sizeof *sums->rows);
        sums->rows[sums->count] = (struct day_delta){.worker = worker, .day = day};
        *place = (int64_t)sums->count++;
    }
    return &sums->rows[*place];
}

/* Columns fen, facts, pieces, held, time_fen are $3 to $7. */
static void delta_bind(struct db_stmt *stmt, int64_t when, const struct day_delta *row)
{
    db_bind_int(stmt, 1, when);
    db_bind_int(stmt, 2, row->worker);
    db_bind_int(stmt, 3, row->fen);
    db_bind_int(stmt, 4, row->facts);
    db_bind_int(stmt, 5, row->pieces);
    db_bind_int(stmt, 6, row->held);
    db_bind_int(stmt, 7, row->time_fen);
}

/* *days: 1 where the worker had none on this day before. */
static bool row_add(const struct day_delta *row, int *days, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("UPDATE day_sum SET fen = fen + $3, facts = facts + $4, pieces = pieces + $5,"
                            " held = held + $6, time_fen = time_fen + $7 WHERE day = $1 AND worker = $2"),
                            &stmt, err))
        return false;
    delta_bind(stmt, row->day, row);
    if (!db_run(stmt, err)) return false;
    *days = db_changes(db) == 0;
    if (*days == 0) return true;
    if (!db_prepare(db, SQL("INSERT INTO day_sum (day, worker, fen, facts, pieces, held, time_fen)"
                            " VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                            &stmt, err))
        return false;
    delta_bind(stmt, row->day, row);
    return db_run(stmt, err);
}

/* *days: 1 less where nothing is left of the day. */
static bool row_drop_empty(const struct day_delta *row, int *days, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db,
                    SQL("DELETE FROM day_sum WHERE day = $1 AND worker = $2 AND fen = 0 AND facts = 0 AND pieces = 0"
                        " AND held = 0 AND time_fen = 0"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->day);
    db_bind_int(stmt, 2, row->worker);
    if (!db_run(stmt, err)) return false;
    if (db_changes(db) > 0) --*days;
    return true;
}

static bool is_empty(const struct day_delta *row)
{
    return row->fen == 0 && row->time_fen == 0 && row->facts == 0 && row->pieces == 0 && row->held == 0;
}

/* ---------------------------------------------------------------------------------------------------- weeks */

static int64_t week_of(int32_t day)
{
    return (day + 3) / 7; /* Monday to Sunday */
}

/* A week that is over changed after all. */
static bool week_add(const struct day_delta *row, int days, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO week_sum (week, worker, fen, facts, pieces, held, time_fen, days)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                        " ON CONFLICT (week, worker) DO UPDATE SET days = week_sum.days + excluded.days,"
                        " fen = week_sum.fen + excluded.fen, facts = week_sum.facts + excluded.facts,"
                        " pieces = week_sum.pieces + excluded.pieces, held = week_sum.held + excluded.held,"
                        " time_fen = week_sum.time_fen + excluded.time_fen"),
                            &stmt, err))
        return false;
    delta_bind(stmt, week_of(row->day), row);
    db_bind_int(stmt, 8, days);
    if (!db_run(stmt, err)) return false;
    if (days >= 0) return true;
    if (!db_prepare(db, SQL("DELETE FROM week_sum WHERE week = $1 AND worker = $2 AND days = 0"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, week_of(row->day));
    db_bind_int(stmt, 2, row->worker);
    return db_run(stmt, err);
}

/* Up to which week week_sum goes. */
static bool week_place(struct db *db, int64_t *week, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT week FROM week_place WHERE only_row = 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_DAMAGED, SAY("books.place"));
    *week = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

/* The weeks between are over: their days are summed up once. */
static bool weeks_end(int64_t place, int64_t week, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO week_sum (week, worker, days, fen, facts, pieces, held, time_fen)"
                            " SELECT (day + 3) / 7, worker, COUNT(*), CAST(SUM(fen) AS BIGINT),"
                            " CAST(SUM(facts) AS BIGINT), CAST(SUM(pieces) AS BIGINT), CAST(SUM(held) AS BIGINT),"
                            " CAST(SUM(time_fen) AS BIGINT) FROM day_sum WHERE day >= $1 * 7 + 4 AND day <= $2 * 7 + 3"
                            " GROUP BY (day + 3) / 7, worker"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, place);
    db_bind_int(stmt, 2, week);
    if (!db_run(stmt, err)) return false;
    if (!db_prepare(db, SQL("UPDATE week_place SET week = $1 WHERE only_row = 1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, week);
    return db_run(stmt, err);
}

bool sums_write(const struct sums *sums, int32_t newest_day, struct db *db, struct err *err)
{
    int64_t place = 0, over = week_of(newest_day) - 1;
    if (!week_place(db, &place, err)) return false;
    for (size_t i = 0; i < sums->count; i++) {
        const struct day_delta *row = &sums->rows[i];
        int                     days;
        if (row->worker == 0 || is_empty(row)) continue;
        if (!row_add(row, &days, db, err)) return false;
        bool is_less = row->fen < 0 || row->time_fen < 0 || row->facts < 0 || row->pieces < 0 || row->held < 0;
        if (is_less && !row_drop_empty(row, &days, db, err)) return false;
        if (week_of(row->day) <= place && !week_add(row, days, db, err)) return false;
    }
    return over <= place || weeks_end(place, over, db, err);
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
