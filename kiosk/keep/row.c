/* row.c - columns into structs, statements with one value: kiosk/keep/row.h. */
#include "kiosk/keep/row.h"

#include <string.h>

#include "core/utf8.h"

void row_text(struct db_stmt *stmt, int column, char *text, size_t cap)
{
    utf8_copy(text, cap, db_text(stmt, column));
}

bool row_hash(struct db_stmt *stmt, int column, struct hash *hash, struct err *err)
{
    size_t      len;
    const void *bytes = db_blob(stmt, column, &len);
    if (len != sizeof hash->bytes) return err_set(err, ERR_DAMAGED, SAY("outbox.damaged"));
    memcpy(hash->bytes, bytes, sizeof hash->bytes);
    return true;
}

bool row_run_int(struct db *db, const char *sql, int64_t value, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, sql, &stmt, err)) return false;
    db_bind_int(stmt, 1, value);
    return db_run(stmt, err);
}

bool row_run_text(struct db *db, const char *sql, const char *value, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, sql, &stmt, err)) return false;
    db_bind_text(stmt, 1, value);
    return db_run(stmt, err);
}
