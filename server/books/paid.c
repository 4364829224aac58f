/* paid.c - due now less paid: server/books/paid.h. */
#include "server/books/paid.h"

#include "server/judge/period.h"

static bool run_days(struct db *db, const char *sql, int32_t from_day, int32_t to_day, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, sql, &stmt, err)) return false;
    db_bind_int(stmt, 1, from_day);
    db_bind_int(stmt, 2, to_day);
    return db_run(stmt, err);
}

static bool run_plain(struct db *db, const char *sql, struct err *err)
{
    struct db_stmt *stmt;
    return db_prepare(db, sql, &stmt, err) && db_run(stmt, err);
}

bool paid_read(struct paid *paid, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    struct paid     found = {.is_read = true, .to_day = PERIOD_NONE};
    bool            row;
    if (paid->is_read) return true;
    if (!db_prepare(db, SQL("SELECT to_day FROM period WHERE state > 0 ORDER BY to_day DESC LIMIT 1"), &stmt, err))
        return false;
    if (!db_step(stmt, &row, err)) return false;
    if (row) found.to_day = (int32_t)db_int(stmt, 0);
    db_reset(stmt);
    if (!db_prepare(db, SQL("SELECT is_whole FROM late_place WHERE only_row = 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    found.is_whole = row && db_int(stmt, 0) != 0;
    db_reset(stmt);
    *paid = found;
    return true;
}

static bool late_drop_even(struct db *db, int32_t worker, const struct hash *name, int64_t share, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM late WHERE worker = $1 AND name = $2 AND share = $3 AND fen = 0"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_blob(stmt, 2, name->bytes, sizeof name->bytes);
    db_bind_int(stmt, 3, share);
    return db_run(stmt, err);
}

bool paid_late_add(struct db *db, int32_t worker, const struct hash *name, int64_t share, int64_t fen, struct err *err)
{
    struct db_stmt *stmt;
    if (fen == 0) return true;
    if (!db_prepare(db, SQL("INSERT INTO late (worker, name, share, fen) VALUES ($1, $2, $3, $4)"
                        " ON CONFLICT (worker, name, share) DO UPDATE SET fen = late.fen + excluded.fen"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_blob(stmt, 2, name->bytes, sizeof name->bytes);
    db_bind_int(stmt, 3, share);
    db_bind_int(stmt, 4, fen);
    return db_run(stmt, err) && late_drop_even(db, worker, name, share, err);
}

bool paid_make(struct paid *paid, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!run_plain(db, SQL("DELETE FROM late"), err)) return false;
    if (!db_prepare(db, SQL("INSERT INTO late (worker, name, share, fen)"
                        " SELECT worker, name, share, CAST(SUM(fen) AS BIGINT) FROM"
                        " (SELECT d.worker AS worker, f.name AS name, d.share AS share, d.fen AS fen"
                        "   FROM due AS d JOIN fact AS f ON f.number = d.number WHERE d.day <= $1"
                        "  UNION ALL SELECT worker, name, share, -fen FROM pay_line) AS both_sides"
                        " GROUP BY worker, name, share HAVING SUM(fen) != 0"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, paid->to_day);
    if (!db_run(stmt, err) || !run_plain(db, SQL("UPDATE late_place SET is_whole = 1 WHERE only_row = 1"), err))
        return false;
    paid->is_whole = true;
    return true;
}

bool paid_settle(struct db *db, int32_t from_day, int32_t to_day, struct err *err)
{
#ifdef PLANT_LATE_TWICE /* what a month paid of earlier ones stays open for the next */
    return
#else
    return run_plain(
        db, SQL("DELETE FROM late WHERE worker != 0"), err) &&
#endif
        run_days(db, SQL("INSERT INTO late (worker, name, share, fen)"
                                " SELECT d.worker, f.name, d.share, d.fen FROM due AS d JOIN fact AS f ON f.number = d.number"
                                " WHERE d.worker = 0 AND d.day BETWEEN $1 AND $2 AND d.fen != 0"),
                         from_day, to_day, err);
}

/* What it paid of earlier dates is late again; its own dates wait for it again, whatever came meanwhile. */
bool paid_unsettle(struct db *db, int32_t from_day, int32_t to_day, struct err *err)
{
    return run_days(db,
                    SQL("DELETE FROM late WHERE name IN (SELECT f.name FROM late AS l JOIN fact AS f ON f.name = l.name"
                        " WHERE f.day BETWEEN $1 AND $2)"),
                        from_day, to_day, err) &&
                    run_days(db, SQL("INSERT INTO late (worker, name, share, fen)"
                                " SELECT worker, name, share, fen FROM pay_line WHERE period = $2 AND day < $1"
                                " ON CONFLICT (worker, name, share) DO UPDATE SET fen = late.fen + excluded.fen"),
                                     from_day, to_day, err) &&
                             run_plain(db, SQL("DELETE FROM late WHERE fen = 0"), err);
}
