/* audit.c - is the trail whole? The chain of hashes of all its rows, computed again for whoever asks [R1]. */
#include <string.h>

#include "core/json.h"
#include "server/books/record.h"
#include "server/show/doors.h"

static bool newest_hash(struct db *books, char text[HASH_TEXT], struct err *err)
{
    struct db_stmt *stmt;
    struct hash     hash = {{0}};
    size_t          len;
    bool            row;
    if (!db_prepare(books, SQL("SELECT hash FROM audit ORDER BY number DESC LIMIT 1"), &stmt, err) ||
                    !db_step(stmt, &row, err))
        return false;
    const void *bytes = row ? db_blob(stmt, 0, &len) : NULL;
    if (bytes != NULL && len == sizeof hash.bytes) memcpy(hash.bytes, bytes, sizeof hash.bytes);
    if (row) db_reset(stmt);
    hash_write(&hash, text);
    return true;
}

void audit_verify(struct visit *visit, struct db *books)
{
    struct buf out = {0};
    struct err err;
    int64_t    rows, bad;
    char       newest[HASH_TEXT];
    bool       is_read = db_begin(books, &err); /* one snapshot: both speak of the same rows */
    if (is_read) {
        is_read = record_audit_check(books, &rows, &bad, &err) && newest_hash(books, newest, &err);
        db_rollback(books);
    }
    if (!is_read) {
        visit_fail(visit, &err);
        return;
    }
    buf_char(&out, '{');
    json_key(&out, "rows");
    buf_int(&out, rows);
    json_key(&out, "bad");
    buf_int(&out, bad);
    json_key(&out, "hash");
    json_cstr(&out, newest);
    buf_char(&out, '}');
    visit_json(visit, 200, &out);
}
