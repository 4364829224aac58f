/* record.c - the one door by which facts of the office change: server/books/record.h. */
#include "server/books/record.h"

#include <assert.h>
#include <string.h>

#include "core/buf.h"
#include "core/json.h"
#include "server/books/nouns.h"

static const char *const TOPICS[] = {"order", "floor", "pay",   "exception", "stop", "master",
                                     "kiosk", "user",  "money", "ship",      NULL};

const char *topic_word(int i)
{
    return TOPICS[i];
}

static const struct noun_row *noun_row(enum noun noun)
{
    return noun < NOUN_CUSTOMER ? &FLOOR_NOUNS[noun] : &ORDER_NOUNS[noun - NOUN_CUSTOMER];
}

/* ---------------------------------------------------------------------------------------------------- values */

struct value value_int(int64_t number)
{
    return (struct value){.type = DB_INT, .number = number};
}

struct value value_text(const char *text)
{
    return (struct value){.type = DB_TEXT, .bytes = text, .len = strlen(text)};
}

struct value value_blob(const void *bytes, size_t len)
{
    return (struct value){.type = DB_BLOB, .bytes = bytes, .len = len};
}

struct value value_null(void)
{
    return (struct value){.type = DB_NULL};
}

struct value value_or_null(int64_t number)
{
    return number == 0 ? value_null() : value_int(number);
}

static struct value value_of_column(struct db_stmt *stmt, int column)
{
    struct value value = {.type = db_type_of(stmt, column)};
    switch (value.type) {
    case DB_NULL: break;
    case DB_INT: value.number = db_int(stmt, column); break;
    case DB_TEXT:
        value.bytes = db_text(stmt, column);
        value.len = strlen(value.bytes);
        break;
    case DB_BLOB: value.bytes = db_blob(stmt, column, &value.len); break;
    }
    return value;
}

static bool value_equal(const struct value *a, const struct value *b)
{
    if (a->type != b->type || a->number != b->number || a->len != b->len) return false;
    return a->len == 0 || memcmp(a->bytes, b->bytes, a->len) == 0;
}

static void value_bind(struct db_stmt *stmt, int n, const struct value *value)
{
    switch (value->type) {
    case DB_NULL: db_bind_null(stmt, n); break;
    case DB_INT: db_bind_int(stmt, n, value->number); break;
    case DB_TEXT: db_bind_textn(stmt, n, value->bytes, value->len); break;
    case DB_BLOB: db_bind_blob(stmt, n, value->bytes, value->len); break;
    }
}

/* As the audit and its keys show it. Secrets and raw bytes stand there as their hash, so that a change of them is on
 * the trail and they are not. */
static void value_write(const struct value *value, bool is_secret, struct buf *out)
{
    char        text[HASH_TEXT];
    struct hash hash;
    if (value->type == DB_NULL) {
        buf_str(out, "null");
    } else if (value->type == DB_INT) {
        buf_int(out, value->number);
    } else if (value->type == DB_BLOB || is_secret) {
        hash = hash_of(value->bytes, value->len);
        hash_write(&hash, text);
        json_cstr(out, text);
    } else {
        json_str(out, value->bytes, value->len);
    }
}

/* ---------------------------------------------------------------------------------------------------- audit */

/* What a row's hash is of: JSON, so that anybody can compute it again. */
static struct hash audit_hash(const struct hash *before, int64_t number, int64_t at_ms, const char *const words[6])
{
    struct buf text = {0};
    char       hex[HASH_TEXT];
    hash_write(before, hex);
    buf_fmt(&text, "[\"%s\",%lld,%lld", hex, (long long)number, (long long)at_ms);
    for (int i = 0; i < 6; i++) {
        json_sep(&text);
        json_cstr(&text, words[i]);
    }
    buf_char(&text, ']');
    struct hash hash = hash_of(text.bytes, text.len);
    buf_free(&text);
    return hash;
}

bool record_audit(struct record *record, const char *noun, const char *key, const char *old, const char *new,
                  struct err *err)
{
    const char *const words[6] = {record->act, record->user, noun, key, old, new};
    struct hash       hash = audit_hash(&record->audit_hash, record->audit + 1, record->now_ms, words);
    struct db_stmt   *stmt;
    if (!db_prepare(record->db, SQL("INSERT INTO audit (number, at_ms, act, \"user\", noun, key, old, new, hash)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, record->audit + 1);
    db_bind_int(stmt, 2, record->now_ms);
    for (int i = 0; i < 6; i++) db_bind_text(stmt, 3 + i, words[i]);
    db_bind_blob(stmt, 9, hash.bytes, sizeof hash.bytes);
    if (!db_run(stmt, err)) return false;
    record->audit++;
    record->audit_hash = hash;
    return true;
}

static bool audit_row_fits(struct db_stmt *stmt, int64_t number, struct hash *hash)
{
    size_t            len;
    const char *const words[6] = {db_text(stmt, 2), db_text(stmt, 3), db_text(stmt, 4),
                                  db_text(stmt, 5), db_text(stmt, 6), db_text(stmt, 7)};
    const void       *kept = db_blob(stmt, 8, &len);
    *hash = audit_hash(hash, number, db_int(stmt, 1), words);
    return db_int(stmt, 0) == number && len == sizeof hash->bytes && memcmp(kept, hash->bytes, len) == 0;
}

bool record_audit_check(struct db *db, int64_t *rows, int64_t *bad, struct err *err)
{
    struct db_stmt *stmt;
    struct hash     hash = {0};
    int64_t         number = 0;
    bool            row;
    if (!db_prepare(db,
                    SQL("SELECT number, at_ms, act, \"user\", noun, key, old, new, hash FROM audit ORDER BY number"),
                        &stmt, err))
        return false;
    *bad = 0;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        number++;
        if (audit_row_fits(stmt, number, &hash)) continue;
        *bad = number;
        db_reset(stmt);
        break;
    }
    *rows = number;
    return true;
}

bool record_next(struct record *record, const char *newest_sql, int64_t *number, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(record->db, newest_sql, &stmt, err) || !db_step(stmt, &row, err)) return false;
    *number = row ? db_int(stmt, 0) + 1 : 1;
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- opening */

static bool feed_newest(struct record *record, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(record->db, SQL("SELECT number FROM feed ORDER BY number DESC LIMIT 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (row) record->feed = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

static bool audit_newest(struct record *record, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          len;
    if (!db_prepare(record->db, SQL("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"), &stmt, err))
        return false;
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        record->audit = db_int(stmt, 0);
        const void *hash = db_blob(stmt, 1, &len);
        if (len == sizeof record->audit_hash.bytes) memcpy(record->audit_hash.bytes, hash, len);
    }
    db_reset(stmt);
    return true;
}

bool record_open(struct db *db, struct record *record, struct err *err)
{
    struct record new = {.db = db};
    if (!feed_newest(&new, err) || !audit_newest(&new, err)) return false;
    *record = new;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- changing */

/* A noun's row as the books have it. */
struct found {
    bool       is_there, is_same;
    int        columns; /* without the version */
    int64_t    version;
    struct buf old, new, key;
};

static void found_free(struct found *found)
{
    buf_free(&found->old);
    buf_free(&found->new);
    buf_free(&found->key);
}

static void row_write(struct db_stmt *stmt, const struct noun_row *noun, int columns, const struct value *values,
                      struct buf *out)
{
    buf_char(out, '{');
    for (int c = 0; c < columns; c++) {
        struct value value = values == NULL ? value_of_column(stmt, c) : values[c];
        json_key(out, db_column_name(stmt, c));
        value_write(&value, (noun->secrets >> c & 1) != 0, out);
    }
    buf_char(out, '}');
}

static void key_write(const struct noun_row *noun, const struct value *values, struct buf *out)
{
    for (int c = 0; c < noun->keys; c++) {
        if (c > 0) buf_char(out, '/');
        if (values[c].type == DB_TEXT && (noun->secrets >> c & 1) == 0)
            buf_add(out, values[c].bytes, values[c].len);
        else
            value_write(&values[c], (noun->secrets >> c & 1) != 0, out);
    }
}

static bool find(struct record *record, const struct noun_row *noun, const struct value *values, struct found *found,
                 struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(record->db, noun->select, &stmt, err)) return false;
    for (int c = 0; c < noun->keys; c++) value_bind(stmt, c + 1, &values[c]);
    if (!db_step(stmt, &row, err)) return false;
    found->columns = db_columns(stmt) - 1;
    found->is_there = found->is_same = row;
    for (int c = 0; row && c < found->columns; c++) {
        struct value value = value_of_column(stmt, c);
        found->is_same = found->is_same && value_equal(&value, &values[c]);
    }
    if (row) {
        found->version = db_int(stmt, found->columns);
        if (!found->is_same) row_write(stmt, noun, found->columns, NULL, &found->old);
    }
    if (!found->is_same) row_write(stmt, noun, found->columns, values, &found->new);
    key_write(noun, values, &found->key);
    db_reset(stmt);
    return true;
}

static bool row_put(struct record *record, const struct noun_row *noun, const struct found *found,
                    const struct value *values, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(record->db, found->is_there ? noun->update : noun->insert, &stmt, err)) return false;
    for (int c = 0; c < found->columns; c++) value_bind(stmt, c + 1, &values[c]);
    db_bind_int(stmt, found->columns + 1, found->version + 1);
    return db_run(stmt, err);
}

static bool change(struct record *record, const struct noun_row *noun, const struct found *found,
                   const struct value *values, struct err *err)
{
    if (!row_put(record, noun, found, values, err)) return false;
    if (!record_audit(record, noun->name, buf_text(&found->key), buf_text(&found->old), buf_text(&found->new), err))
        return false;
    record->topics |= noun->topics;
    return noun->tell == NULL || noun->tell(record, values, err);
}

bool record_look(struct record *record, enum noun noun, const struct value *keys, int column, int64_t *version,
                 int64_t *number, struct err *err)
{
    const struct noun_row *row = noun_row(noun);
    struct db_stmt        *stmt;
    bool                   is_there;
    if (!db_prepare(record->db, row->select, &stmt, err)) return false;
    for (int c = 0; c < row->keys; c++) value_bind(stmt, c + 1, &keys[c]);
    if (!db_step(stmt, &is_there, err)) return false;
    *version = is_there ? db_int(stmt, db_columns(stmt) - 1) : RECORD_NEW;
    *number = is_there && db_type_of(stmt, column) == DB_INT ? db_int(stmt, column) : 0;
    if (is_there) db_reset(stmt);
    return true;
}

static bool conflict(const struct noun_row *row, const char *key, struct err *err)
{
    return err_set(err, ERR_CONFLICT, say_text(say_text(SAY("books.conflict"), row->name), key));
}

bool record_base(struct record *record, enum noun noun, int64_t base, const struct value *keys, struct err *err)
{
    const struct noun_row *row = noun_row(noun);
    struct buf             key = {0};
    int64_t                version, ignored;
    if (base == RECORD_ANY) return true;
    if (!record_look(record, noun, keys, 0, &version, &ignored, err)) return false;
    if (version == base) return true;
    key_write(row, keys, &key);
    (void)conflict(row, buf_text(&key), err);
    buf_free(&key);
    return false;
}

bool record_put(struct record *record, enum noun noun, int64_t base, const struct value *values, enum record_did *did,
                struct err *err)
{
    const struct noun_row *row = noun_row(noun);
    struct found           found = {0};
    bool                   is_done = false;
    if (!find(record, row, values, &found, err)) goto end;
    if (base != RECORD_ANY && base != found.version) {
        (void)conflict(row, buf_text(&found.key), err);
        goto end;
    }
    if (!found.is_same && !change(record, row, &found, values, err)) goto end;
    *did = found.is_same ? RECORD_SAME : found.is_there ? RECORD_CHANGED : RECORD_MADE;
    is_done = true;
end:
    found_free(&found);
    return is_done;
}

bool record_is_same(struct record *record, enum noun noun, const struct value *values, bool *is_same, struct err *err)
{
    struct found found = {0};
    bool         is_done = find(record, noun_row(noun), values, &found, err);
    if (is_done) *is_same = found.is_same;
    found_free(&found);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- feed */

static bool feed_is_told(struct record *record, const struct feed_row *row, bool *is_told, struct err *err)
{
    struct db_stmt *stmt;
    bool            has;
    size_t          len;
    if (!db_prepare(record->db, SQL("SELECT value, sealed FROM feed WHERE topic = $1 AND key = $2"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, row->topic);
    db_bind_text(stmt, 2, row->key);
    if (!db_step(stmt, &has, err)) return false;
    *is_told = !has && row->value[0] == 0;
    if (has && !row->is_anew) {
        const void *sealed = db_is_null(stmt, 1) ? NULL : db_blob(stmt, 1, &len);
        if (row->sealed != NULL)
            *is_told = sealed != NULL && memcmp(sealed, row->sealed->bytes, HASH_BYTES) == 0;
        else
            *is_told = strcmp(db_text(stmt, 0), row->value) == 0;
    }
    db_reset(stmt);
    return true;
}

bool record_feed(struct record *record, const struct feed_row *row, struct err *err)
{
    struct db_stmt *stmt;
    bool            is_told;
    if (!feed_is_told(record, row, &is_told, err)) return false;
    if (is_told) return true;
    if (!db_prepare(record->db, SQL("INSERT INTO feed (number, topic, key, value, audience, only_for, sealed)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (topic, key) DO UPDATE SET"
                        " number = excluded.number, value = excluded.value, audience = excluded.audience,"
                        " only_for = excluded.only_for, sealed = excluded.sealed"),
                                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, record->feed + 1);
    db_bind_text(stmt, 2, row->topic);
    db_bind_text(stmt, 3, row->key);
    db_bind_text(stmt, 4, row->value);
    db_bind_int(stmt, 5, (int64_t)row->audience);
    db_bind_int(stmt, 6, row->only_for);
    if (row->sealed == NULL)
        db_bind_null(stmt, 7);
    else
        db_bind_blob(stmt, 7, row->sealed->bytes, HASH_BYTES);
    if (!db_run(stmt, err)) return false;
    record->feed++;
    return true;
}
