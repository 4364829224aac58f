/* finished.c - how far a line's doors are done: server/books/finished.h. */
#include "server/books/finished.h"

bool finished_read(struct db *db, int64_t line, struct finished *finished, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT doors, is_whole, day FROM finished WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    *finished = (struct finished){0};
    if (row) *finished = (struct finished){db_int(stmt, 0), db_int(stmt, 1) != 0, (int32_t)db_int(stmt, 2)};
    db_reset(stmt);
    return true;
}

static bool row_drop(struct db *db, int64_t line, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM finished WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    return db_run(stmt, err);
}

bool finished_write(struct db *db, int64_t line, const struct finished *was, const struct finished *now,
                    struct err *err)
{
    struct db_stmt *stmt;
    if (was->doors == now->doors && was->is_whole == now->is_whole && was->day == now->day) return true;
    if (now->doors == 0) return row_drop(db, line, err);
    if (!db_prepare(db, SQL("INSERT INTO finished (line, doors, is_whole, day) VALUES ($1, $2, $3, $4)"
                        " ON CONFLICT (line) DO UPDATE SET doors = excluded.doors, is_whole = excluded.is_whole,"
                        " day = excluded.day"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, now->doors);
    db_bind_int(stmt, 3, now->is_whole);
    db_bind_int(stmt, 4, now->day);
    return db_run(stmt, err);
}
