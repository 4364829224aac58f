/* copy.c - the papers of a sheet: server/books/copy.h. */
#include "server/books/copy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "core/utf8.h"
#include "server/books/exception.h"
#include "server/books/form.h"

enum { COPY_MOST = 999, REV_MOST = 99, BYTES_MOST = 64 * 1024 * 1024, WHO_BYTES = 60, WHY_BYTES = 200 };

struct copy_key {
    struct line_ref ref;
    int64_t         line, rev, copy;
};

/* ---------------------------------------------------------------------------------------------------- issuing */

static bool copy_write(struct books *books, const struct copy_key *key, const char *part, int64_t replaces,
                       const char *why, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO copy (line, rev, copy, part, replaces, why, by_user, at_ms)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, key->line);
    db_bind_int(stmt, 2, key->rev);
    db_bind_int(stmt, 3, key->copy);
    db_bind_text(stmt, 4, part);
    db_bind_int(stmt, 5, replaces);
    db_bind_text(stmt, 6, why);
    db_bind_text(stmt, 7, books->record.user);
    db_bind_int(stmt, 8, books->record.now_ms);
    return db_run(stmt, err);
}

static bool said_write(struct books *books, const struct sheet_issue *sheet, const char *fields, const char *maker,
                       struct err *err)
{
    struct db_stmt *stmt;
    int64_t         serial;
    if (!record_next(&books->record, SQL("SELECT serial FROM sheet_said ORDER BY serial DESC LIMIT 1"), &serial, err))
        return false;
    if (!db_prepare(books->db,
                    SQL("INSERT INTO sheet_said (line, rev, serial, fields, maker) VALUES ($1, $2, $3, $4, $5)"), &stmt,
                        err))
        return false;
    db_bind_int(stmt, 1, sheet->line);
    db_bind_int(stmt, 2, sheet->rev);
    db_bind_int(stmt, 3, serial);
    db_bind_text(stmt, 4, fields);
    db_bind_text(stmt, 5, maker);
    return db_run(stmt, err);
}

static bool is_first_of_part(const struct sheet_issue *sheet, int at)
{
    for (int i = 0; i < at; i++)
        if (strcmp(sheet->ops[i].part, sheet->ops[at].part) == 0) return false;
    return true;
}

bool copy_issue(struct books *books, const struct sheet_issue *sheet, const char *fields, const char *maker,
                struct err *err)
{
    struct copy_key key = {.line = sheet->line, .rev = sheet->rev};
    for (int i = 0; i < sheet->count; i++) {
        if (!is_first_of_part(sheet, i)) continue;
        key.copy++;
        if (!copy_write(books, &key, sheet->ops[i].part, 0, "", err)) return false;
    }
    return said_write(books, sheet, fields, maker, err);
}

bool copy_said(struct books *books, int64_t line, struct buf *fields, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT fields FROM sheet_said WHERE line = $1 ORDER BY rev DESC LIMIT 1"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    buf_str(fields, db_text(stmt, 0));
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- where they are */

bool copy_out(struct books *books, int64_t line, int64_t rev, int64_t *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            books->db,
            SQL("SELECT COUNT(*) FROM copy AS c LEFT JOIN paper AS p ON p.line = c.line AND p.rev = c.rev"
                        " AND p.copy = c.copy LEFT JOIN fact AS f ON f.number = p.number LEFT JOIN copy_lost AS l"
                        " ON l.line = c.line AND l.rev = c.rev AND l.copy = c.copy AND l.at_ms >= COALESCE(f.taken_ms, 0)"
                        " WHERE c.line = $1 AND c.rev = $2 AND l.copy IS NULL AND COALESCE(f.kind, 0) != $3"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, rev);
    db_bind_int(stmt, 3, EVENT_COLLECT);
    if (!db_step(stmt, &row, err)) return false;
    *out = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- bodies */

static bool part_read(struct books *books, const struct copy_key *key, char part[WORD_BYTES + 1], struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT part FROM copy WHERE line = $1 AND rev = $2 AND copy = $3"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, key->line);
    db_bind_int(stmt, 2, key->rev);
    db_bind_int(stmt, 3, key->copy);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, say_int(say_int(SAY("copy.absent"), key->rev), key->copy));
    utf8_copy(part, WORD_BYTES + 1, db_text(stmt, 0));
    db_reset(stmt);
    return true;
}

static bool key_body(struct books *books, const struct act_call *call, struct copy_key *key, char part[WORD_BYTES + 1],
                     struct err *err)
{
    *key = (struct copy_key){.line = 0};
    if (!body_ref(call, "line", true, &key->ref, err) || !body_int(call, "rev", 1, REV_MOST, &key->rev, err) ||
        !body_int(call, "copy", 1, COPY_MOST, &key->copy, err))
        return false;
    key->line = line_ref_key(key->ref);
    return part_read(books, key, part, err);
}

/* ---------------------------------------------------------------------------------------------------- handed in */

bool copy_collect_line(struct books *books, struct act_call *call, struct event *line, struct err *err)
{
    struct event new = {.kind = EVENT_COLLECT, .has_sheet = true};
    struct copy_key key;
    char            part[WORD_BYTES + 1];
    if (!key_body(books, call, &key, part, err)) return false;
    new.sheet = (struct sheet_ref){.line = key.ref, .rev = (int)key.rev, .copy = (int)key.copy};
    exception_sign(books, call, &new);
    *line = new;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- lost, replaced */

static bool lost_put(struct books *books, const struct copy_key *key, const char *who, const char *why, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(key->line),
        value_int(key->rev),
        value_int(key->copy),
        value_text(who),
        value_text(why),
        value_text(books->record.user),
        value_int(books->record.now_ms),
    };
    if (!record_put(&books->record, NOUN_COPY_LOST, RECORD_ANY, values, &did, err)) return false;
    telling_note(&books->telling, TELL_TOTALS, key->line, 0, false); /* kiosks stop looking for it */
    return true;
}

bool copy_lost_act(struct books *books, struct act_call *call, struct err *err)
{
    struct copy_key key;
    char            part[WORD_BYTES + 1];
    const char     *who = "", *why = "";
    return key_body(books, call, &key, part, err) && body_text(call, "who", false, WHO_BYTES, &who, err) &&
           body_text(call, "why", true, WHY_BYTES, &why, err) && lost_put(books, &key, who, why, err);
}

/* Kiosks ask when the replaced one is scanned [R26]. */
static bool replaced_tell(struct books *books, const struct copy_key *key, int64_t new_copy, const char *part,
                          struct err *err)
{
    struct buf value = {0};
    char       name[LINE_REF_TEXT + 16], line[LINE_REF_TEXT];
    line_ref_write(key->ref, line);
    snprintf(name, sizeof name, "%s/%" PRId64 "/%" PRId64, line, key->rev, key->copy);
    buf_fmt(&value, "{\"replaced\":%" PRId64 ",\"part\":", new_copy);
    json_cstr(&value, part);
    buf_char(&value, '}');
    bool is_done =
        record_feed(&books->record, &(struct feed_row){.topic = "copy", .key = name, .value = buf_text(&value)}, err);
    buf_free(&value);
    return is_done;
}

static bool replace_check(struct books *books, const struct copy_key *key, int64_t *newest, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    int64_t         by = 0, rev = 0;
    if (!db_prepare(books->db,
                    SQL("SELECT MAX(c.copy), MAX(CASE WHEN c.replaces = $3 THEN c.copy ELSE 0 END), MAX(l.rev)"
                        " FROM copy AS c JOIN line AS l ON l.line = c.line WHERE c.line = $1 AND c.rev = $2"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, key->line);
    db_bind_int(stmt, 2, key->rev);
    db_bind_int(stmt, 3, key->copy);
    if (!db_step(stmt, &row, err)) return false;
    *newest = db_int(stmt, 0);
    by = db_int(stmt, 1);
    rev = db_int(stmt, 2);
    db_reset(stmt);
    if (rev != key->rev) return err_set(err, ERR_CONFLICT, say_int(SAY("copy.old"), rev));
    if (by != 0) return err_set(err, ERR_CONFLICT, say_int(say_int(SAY("copy.replaced"), key->copy), by));
    return *newest < COPY_MOST || err_set(err, ERR_CONFLICT, say_int(SAY("copy.most"), COPY_MOST));
}

bool copy_replace_act(struct books *books, struct act_call *call, struct err *err)
{
    struct copy_key key = {.line = 0}, new;
    char            part[WORD_BYTES + 1];
    const char     *why = "", *who = "";
    int64_t         newest = 0;
    struct buf      audit = {0};
    char            line[LINE_REF_TEXT];
    if (!key_body(books, call, &key, part, err) || !body_text(call, "why", false, WHY_BYTES, &why, err) ||
        !replace_check(books, &key, &newest, err))
        return false;
    if (json_get(call->body, "who") != NULL && !body_text(call, "who", true, WHO_BYTES, &who, err)) return false;
    new = key;
    new.copy = newest + 1;
    if (!copy_write(books, &new, part, key.copy, why, err) || !replaced_tell(books, &key, new.copy, part, err))
        return false;
    if (who[0] != 0 && !lost_put(books, &key, who, why, err)) return false;
    books->record.topics |= TOPIC_ORDER;
    line_ref_write(key.ref, line);
    buf_fmt(&audit, "{\"rev\":%" PRId64 ",\"copy\":%" PRId64 ",\"replaces\":%" PRId64 ",\"why\":", key.rev, new.copy,
            key.copy);
    json_cstr(&audit, why);
    buf_char(&audit, '}');
    bool is_done = record_audit(&books->record, "copy", line, "", buf_text(&audit), err);
    buf_free(&audit);
    buf_fmt(&call->answer, "{\"copy\":%" PRId64 "}", new.copy);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- printed */

static bool printed_write(struct books *books, const struct copy_key *key, const struct json *row, struct err *err)
{
    struct db_stmt *stmt;
    struct hash     hash, archive;
    bool            is;
    if (!hash_read(json_text(json_at(row, 1), ""), &hash) || !hash_read(json_text(json_at(row, 3), ""), &archive))
        return err_set(err, ERR_INPUT, say_text(SAY("act.hash"), "papers"));
    if (!db_prepare(books->db, SQL("SELECT copy FROM printed WHERE line = $1 AND rev = $2 AND copy = $3"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, key->line);
    db_bind_int(stmt, 2, key->rev);
    db_bind_int(stmt, 3, key->copy);
    if (!db_step(stmt, &is, err)) return false;
    if (is) db_reset(stmt);
    if (is) return err_set(err, ERR_CONFLICT, say_int(SAY("copy.printed"), key->copy));
    if (!db_prepare(books->db,
                    SQL("INSERT INTO printed (line, rev, copy, hash, bytes, archive, archive_bytes, by_user, at_ms)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, key->line);
    db_bind_int(stmt, 2, key->rev);
    db_bind_int(stmt, 3, key->copy);
    db_bind_blob(stmt, 4, hash.bytes, sizeof hash.bytes);
    db_bind_int(stmt, 5, json_int(json_at(row, 2), 0));
    db_bind_blob(stmt, 6, archive.bytes, sizeof archive.bytes);
    db_bind_int(stmt, 7, json_int(json_at(row, 4), 0));
    db_bind_text(stmt, 8, books->record.user);
    db_bind_int(stmt, 9, books->record.now_ms);
    return db_run(stmt, err);
}

bool copy_print_act(struct books *books, struct act_call *call, struct err *err)
{
    struct copy_key    key = {.line = 0};
    char               part[WORD_BYTES + 1];
    const struct json *papers = json_get(call->body, "papers");
    if (!body_ref(call, "line", true, &key.ref, err) || !body_int(call, "rev", 1, REV_MOST, &key.rev, err))
        return false;
    key.line = line_ref_key(key.ref);
    if (json_count(papers) == 0) return err_set(err, ERR_INPUT, say_text(SAY("act.missing"), "papers"));
    for (size_t i = 0; i < json_count(papers); i++) {
        key.copy = json_int(json_at(json_at(papers, i), 0), 0);
        if (!part_read(books, &key, part, err) || !printed_write(books, &key, json_at(papers, i), err)) return false;
    }
    books->record.topics |= TOPIC_ORDER;
    buf_add(&call->answer, call->act->body, call->act->len);
    return true;
}
