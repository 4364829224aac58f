/* on_floor.c - the lines on the floor: server/books/on_floor.h. */
#include "server/books/on_floor.h"

bool on_floor_read(struct db *db, int64_t line, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT line FROM on_floor WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

bool on_floor_write(struct db *db, int64_t line, bool was, bool is, struct err *err)
{
    struct db_stmt *stmt;
    if (was == is) return true;
    if (!db_prepare(db, is ? SQL("INSERT INTO on_floor (line) VALUES ($1) ON CONFLICT (line) DO NOTHING")
                           : SQL("DELETE FROM on_floor WHERE line = $1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    return db_run(stmt, err);
}

bool on_floor_make(struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    return db_prepare(db, SQL("INSERT INTO on_floor (line) SELECT DISTINCT s.line FROM line AS l"
                          " JOIN sheet_op AS s ON s.line = l.line AND s.rev = l.rev LEFT JOIN op_sum AS d"
                          " ON d.line = s.line AND d.rev = s.rev AND d.op = s.op"
                          " WHERE COALESCE(d.good + d.bad, 0) < s.planned"),
                              &stmt, err) &&
                      db_run(stmt, err);
}
