/* missing.c - rows of `op_missing`: server/books/missing.h. */
#include "server/books/missing.h"

#include <string.h>

#include "core/buf.h"
#include "core/say.h"

bool missing_read(struct db *db, int64_t line, struct missing_rows *rows, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    rows->count = 0;
    if (!db_prepare(db, SQL("SELECT rev, op, pieces, number, at_ms FROM op_missing WHERE line = $1 ORDER BY op"), &stmt,
                            err))
        return false;
    db_bind_int(stmt, 1, line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (rows->count == MISSING_MOST) continue;
        rows->rows[rows->count++] = (struct missing_row){(int)db_int(stmt, 0), (int32_t)db_int(stmt, 1),
                                                         db_int(stmt, 2), db_int(stmt, 3), db_int(stmt, 4)};
    }
}

static bool row_drop(struct db *db, int64_t line, int32_t op, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM op_missing WHERE line = $1 AND op = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, op);
    return db_run(stmt, err);
}

static bool row_put(struct db *db, int64_t line, const struct missing_row *row, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      words = {0};
    struct say      say = say_int(say_int(SAY("books.missing"), row->pieces), row->op);
    if (!db_prepare(db, SQL("INSERT INTO op_missing (line, rev, op, pieces, number, at_ms, say)"
                            " VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                            &stmt, err))
        return false;
    say_write(&say, &words);
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, row->rev);
    db_bind_int(stmt, 3, row->op);
    db_bind_int(stmt, 4, row->pieces);
    db_bind_int(stmt, 5, row->number);
    db_bind_int(stmt, 6, row->at_ms);
    db_bind_text(stmt, 7, buf_text(&words));
    buf_free(&words);
    return db_run(stmt, err);
}

static bool is_equal(const struct missing_row *a, const struct missing_row *b)
{
    return a->rev == b->rev && a->op == b->op && a->pieces == b->pieces && a->number == b->number &&
           a->at_ms == b->at_ms;
}

static const struct missing_row *row_in(const struct missing_rows *rows, const struct missing_row *row)
{
    for (size_t i = 0; i < rows->count; i++)
        if (is_equal(&rows->rows[i], row)) return &rows->rows[i];
    return NULL;
}

bool missing_write(struct db *db, int64_t line, struct missing_rows *rows, const struct missing_rows *now,
                   bool *is_changed, struct err *err)
{
    *is_changed = false;
    for (size_t i = 0; i < rows->count; i++) {
        if (row_in(now, &rows->rows[i]) != NULL) continue;
        *is_changed = true;
        if (!row_drop(db, line, rows->rows[i].op, err)) return false;
    }
    for (size_t i = 0; i < now->count; i++) {
        if (row_in(rows, &now->rows[i]) != NULL) continue;
        *is_changed = true;
        if (!row_put(db, line, &now->rows[i], err)) return false;
    }
    *rows = *now;
    return true;
}
