/* file.c - files that people sent: server/books/file.h. */
#include "server/books/file.h"

#include <inttypes.h>
#include <string.h>

#include "core/code.h"
#include "server/books/form.h"
#include "server/books/order.h"

enum { FILES_MOST = 20, NAME_MOST = 120, KIND_MOST = 16, BYTES_MOST = 64 * 1024 * 1024 };

static bool file_is(struct books *books, const struct hash *hash, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT kind FROM file WHERE hash = $1"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, hash->bytes, sizeof hash->bytes);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

bool file_keep_act(struct books *books, struct act_call *call, struct err *err)
{
    struct db_stmt *stmt;
    struct hash     hash;
    const char     *kind;
    int64_t         bytes;
    if (!body_hash(call, "hash", &hash, err) || !body_text(call, "kind", false, KIND_MOST, &kind, err) ||
        !body_int(call, "bytes", 1, BYTES_MOST, &bytes, err))
        return false;
    if (!db_prepare(books->db, SQL("INSERT INTO file (hash, kind, bytes, at_ms, by_user) VALUES ($1, $2, $3, $4, $5)"
                        " ON CONFLICT (hash) DO NOTHING"),
                                   &stmt, err))
        return false;
    db_bind_blob(stmt, 1, hash.bytes, sizeof hash.bytes);
    db_bind_text(stmt, 2, kind);
    db_bind_int(stmt, 3, bytes);
    db_bind_int(stmt, 4, books->record.now_ms);
    db_bind_text(stmt, 5, books->record.user);
    if (!db_run(stmt, err)) return false;
    char text[HASH_TEXT];
    hash_write(&hash, text);
    buf_fmt(&call->answer, "{\"hash\":\"%s\",\"kind\":\"%s\"}", text, kind);
    return true;
}

/* Where a file is hung on; of_case 0: no case. */
struct hook {
    int64_t     receipt, order, of_case;
    const char *kind;
};

static bool attach_one(struct books *books, const struct json *one, const struct hook *hook, struct err *err)
{
    static const struct cell_want NAME = {CELL_TEXT, true, 0, NAME_MOST};
    struct cell                   name;
    struct hash                   hash;
    enum record_did               did;
    const char                   *text = json_text(json_get(one, "name"), "");
    bool                          is;
    int64_t                       id;
    if (!hash_read(json_text(json_get(one, "hash"), ""), &hash)) return err_set(err, ERR_INPUT, SAY("file.absent"));
    if (!cell_read(&NAME, text, strlen(text), &name, err) || !file_is(books, &hash, &is, err)) return false;
    if (!is) return err_set(err, ERR_INPUT, SAY("file.absent"));
    if (!record_next(&books->record, SQL("SELECT id FROM attached ORDER BY id DESC LIMIT 1"), &id, err)) return false;
    const struct value values[] = {
        value_int(id),
        value_int(hook->receipt),
        value_int(hook->order),
        value_text(hook->kind),
        value_blob(hash.bytes, sizeof hash.bytes),
        value_text(name.text),
        value_int(books->record.now_ms),
        value_text(books->record.user),
        value_int(0),
        value_int(hook->of_case),
    };
    return record_put(&books->record, NOUN_ATTACHED, RECORD_NEW, values, &did, err);
}

static bool attach_all(struct books *books, const struct json *files, const struct hook *hook, int *count,
                       struct err *err)
{
    size_t n = json_count(files);
    if (n > FILES_MOST) return err_set(err, ERR_INPUT, say_int(SAY("file.many"), FILES_MOST));
    for (size_t i = 0; i < n; i++)
        if (!attach_one(books, json_at(files, i), hook, err)) return false;
    *count = (int)n;
    return true;
}

bool file_attach(struct books *books, const struct json *files, int64_t receipt, int64_t order, const char *kind,
                 int *count, struct err *err)
{
    return attach_all(books, files, &(struct hook){receipt, order, 0, kind}, count, err);
}

bool file_attach_case(struct books *books, const struct json *files, int64_t order, int64_t of_case, int *count,
                      struct err *err)
{
    return attach_all(books, files, &(struct hook){0, order, of_case, "case"}, count, err);
}

bool file_attach_act(struct books *books, struct act_call *call, struct err *err)
{
    static const char *const KINDS[] = {"source", "confirmation", "drawing", "other"};
    const char              *kind;
    struct line_ref          ref;
    bool                     is_kind = false;
    int                      count;
    if (!body_ref(call, "order", false, &ref, err) || !body_text(call, "kind", false, KIND_MOST, &kind, err))
        return false;
    int64_t order = line_ref_key(ref);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) is_kind = is_kind || strcmp(KINDS[i], kind) == 0;
    if (!is_kind) return err_set(err, ERR_INPUT, say_text(SAY("file.kind"), kind));
    if (!order_must(books, order, 0, err)) return false;
    return file_attach(books, json_get(call->body, "files"), 0, order, kind, &count, err) &&
           (count > 0 || err_set(err, ERR_INPUT, say_text(SAY("act.missing"), "files")));
}

bool file_strike_act(struct books *books, struct act_call *call, struct err *err)
{
    struct db_stmt *stmt;
    enum record_did did;
    int64_t         id;
    bool            is;
    if (!body_int(call, "attached", 1, INT64_MAX, &id, err)) return false;
    if (!db_prepare(books->db, SQL("SELECT receipt, order_id, kind, hash, name, at_ms, by_user, of_case FROM attached"
                        " WHERE id = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &is, err)) return false;
    if (!is) return err_set(err, ERR_ABSENT, SAY("file.absent"));
    size_t             len;
    const void        *hash = db_blob(stmt, 3, &len);
    const struct value values[] = {
        value_int(id),         value_int(db_int(stmt, 0)),   value_int(db_int(stmt, 1)), value_text(db_text(stmt, 2)),
        value_blob(hash, len), value_text(db_text(stmt, 4)), value_int(db_int(stmt, 5)), value_text(db_text(stmt, 6)),
        value_int(1),          value_int(db_int(stmt, 7)),
    };
    bool is_done = record_put(&books->record, NOUN_ATTACHED, body_base(call), values, &did, err);
    db_reset(stmt);
    return is_done;
}
