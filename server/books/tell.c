/* tell.c - what kiosks learn of the office's records: server/books/tell.h. */
#include "server/books/tell.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/code.h"
#include "core/json.h"
#include "core/seal.h"
#include "server/books/spec.h"

/* Puts value under topic and key for all kiosks, and frees it. */
static bool tell(struct record *record, const char *topic, const char *key, struct buf *value, struct err *err)
{
    bool is_done = record_feed(
        record, &(struct feed_row){.topic = topic, .key = key, .value = buf_text(value), .audience = FEED_ALL}, err);
    buf_free(value);
    return is_done;
}

static void add_text(struct buf *out, const char *key, const struct value *value)
{
    json_key(out, key);
    json_str(out, value->bytes, value->len);
}

static void add_int(struct buf *out, const char *key, int64_t number)
{
    json_key(out, key);
    buf_int(out, number);
}

static void add_bool(struct buf *out, const char *key, bool is_true)
{
    json_key(out, key);
    buf_str(out, is_true ? "true" : "false");
}

static void add_names(struct buf *out, const struct value *zh, const struct value *en)
{
    json_key(out, "name");
    buf_char(out, '[');
    json_str(out, zh->bytes, zh->len);
    json_sep(out);
    json_str(out, en->bytes, en->len);
    buf_char(out, ']');
}

static void tell_words(const char *words, struct buf *out)
{
    buf_char(out, '[');
    while (*words != 0) {
        size_t len = strcspn(words, " ");
        if (len > 0) {
            json_sep(out);
            json_str(out, words, len);
        }
        words += len + strspn(words + len, " ");
    }
    buf_char(out, ']');
}

/* Columns: name, value. */
bool tell_setting(struct record *record, const struct value *values, struct err *err)
{
    struct buf value = {0};
    buf_str(&value, "{\"value\":");
    buf_add(&value, values[1].bytes, values[1].len);
    buf_char(&value, '}');
    return tell(record, "setting", values[0].bytes, &value, err);
}

/* Columns: id, name_zh, name_en, ops, is_off, kind. */
bool tell_station(struct record *record, const struct value *values, struct err *err)
{
    struct buf value = {0};
    buf_char(&value, '{');
    add_names(&value, &values[1], &values[2]);
    json_key(&value, "ops");
    tell_words(values[3].bytes, &value);
    if (values[5].len > 0) add_text(&value, "kind", &values[5]);
    buf_char(&value, '}');
    return tell(record, "station", values[0].bytes, &value, err);
}

/* Columns: code, name_zh, name_en, part. */
bool tell_operation(struct record *record, const struct value *values, struct err *err)
{
    struct buf value = {0};
    buf_char(&value, '{');
    add_names(&value, &values[1], &values[2]);
    add_text(&value, "part", &values[3]);
    buf_char(&value, '}');
    return tell(record, "operation", values[0].bytes, &value, err);
}

/* Columns: number, name_zh, name_en, is_off. */
bool tell_reason(struct record *record, const struct value *values, struct err *err)
{
    struct buf value = {0};
    char       key[24];
    snprintf(key, sizeof key, "%" PRId64, values[0].number);
    if (values[3].number != 0) return tell(record, "reason", key, &value, err); /* retired: nobody is offered it */
    buf_char(&value, '{');
    add_names(&value, &values[1], &values[2]);
    buf_char(&value, '}');
    return tell(record, "reason", key, &value, err);
}

/* Columns: id, name, is_off. */
bool tell_crew(struct record *record, const struct value *values, struct err *err)
{
    struct buf value = {0};
    if (values[2].number != 0) return tell(record, "crew", values[0].bytes, &value, err);
    buf_char(&value, '{');
    add_text(&value, "name", &values[1]);
    buf_char(&value, '}');
    return tell(record, "crew", values[0].bytes, &value, err);
}

/* Columns: number, name, sign, colour, crew, role, lang, left_day, salt, open_key. */
bool tell_worker(struct record *record, const struct value *values, struct err *err)
{
    struct buf value = {0};
    char       key[24];
    snprintf(key, sizeof key, "%" PRId64, values[0].number);
    buf_char(&value, '{');
    add_text(&value, "name", &values[1]);
    add_int(&value, "sign", values[2].number);
    add_int(&value, "colour", values[3].number);
    add_text(&value, "crew", &values[4]);
    add_text(&value, "role", &values[5]);
    add_text(&value, "lang", &values[6]);
    if (values[8].type == DB_BLOB && values[9].type == DB_BLOB) {
        json_key(&value, "salt");
        buf_char(&value, '"');
        seal_base64(values[8].bytes, values[8].len, &value);
        buf_char(&value, '"');
    }
    if (values[7].type != DB_NULL) add_bool(&value, "gone", true);
    buf_char(&value, '}');
    return tell(record, "worker", key, &value, err);
}

/* Columns: badge, worker, revoked_feed. */
bool tell_badge(struct record *record, const struct value *values, struct err *err)
{
    struct buf value = {0};
    char       key[24];
    snprintf(key, sizeof key, "%015" PRId64, values[0].number);
    buf_char(&value, '{');
    add_int(&value, "worker", values[1].number);
    if (values[2].type != DB_NULL) add_bool(&value, "revoked", true);
    buf_char(&value, '}');
    return tell(record, "badge", key, &value, err);
}

/* As people call him; by the name under which he logs in where he has no other. */
static bool add_user(struct record *record, struct buf *out, const char *field, const struct value *user,
                     struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(record->db, SQL("SELECT \"full\" FROM \"user\" WHERE name = $1 AND \"full\" != ''"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, user->bytes);
    if (!db_step(stmt, &row, err)) return false;
    json_key(out, field);
    if (row)
        json_cstr(out, db_text(stmt, 0));
    else
        json_str(out, user->bytes, user->len);
    if (row) db_reset(stmt);
    return true;
}

/* Columns: id, line, why, by_user, at_ms, feed, lifted_feed, pieces. */
bool tell_stop(struct record *record, const struct value *values, struct err *err)
{
    struct buf value = {0};
    char       key[LINE_REF_TEXT];
    line_ref_write(line_ref_of_key(values[1].number), key);
    if (values[6].type == DB_NULL) {
        buf_char(&value, '{');
        add_int(&value, "at", values[4].number);
        add_text(&value, "why", &values[2]);
        if (!add_user(record, &value, "by", &values[3], err)) {
            buf_free(&value);
            return false;
        }
        if (values[7].number > 0) add_int(&value, "pieces", values[7].number);
        buf_char(&value, '}');
    }
    return tell(record, "stop", key, &value, err);
}

/* Has the station answered what it was asked last? */
static bool asked_is_answered(struct record *record, int64_t id, int64_t feed, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(record->db, SQL("SELECT number FROM enquiry_answer WHERE enquiry = $1 AND seen_feed >= $2 LIMIT 1"),
                                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    db_bind_int(stmt, 2, feed);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

/* Columns: as those of enquiry. The customer's name stays in the office. */
bool tell_asked(struct record *record, const struct value *values, struct err *err)
{
    struct buf value = {0};
    char       key[24], line[LINE_REF_TEXT];
    bool       is_answered = false, is_done = true;
    snprintf(key, sizeof key, "%" PRId64, values[0].number);
    bool is_asked = values[11].len > 0 && values[16].len == 0; /* of a station, and not closed */
    if (is_asked && !asked_is_answered(record, values[0].number, values[14].number, &is_answered, err)) return false;
    if (is_asked && !is_answered) {
        line_ref_write(line_ref_of_key(values[12].number), line);
        buf_str(&value, "{\"line\":");
        json_cstr(&value, line);
        add_text(&value, "station", &values[11]);
        is_done = add_user(record, &value, "who", &values[6], err);
        add_int(&value, "at", values[13].number);
        add_text(&value, "text", &values[4]);
        buf_char(&value, '}');
    }
    if (is_done) return tell(record, "asked", key, &value, err);
    buf_free(&value);
    return false;
}

static bool sheet_ops(struct record *record, int64_t line, int64_t rev, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(record->db, SQL("SELECT op, code, part, planned, rate_cfen, rework_rate_cfen FROM sheet_op"
                        " WHERE line = $1 AND rev = $2 ORDER BY op"),
                                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, rev);
    buf_char(out, '[');
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        json_sep(out);
        buf_fmt(out, "[%" PRId64 ",", db_int(stmt, 0));
        json_cstr(out, db_text(stmt, 1));
        buf_char(out, ',');
        json_cstr(out, db_text(stmt, 2));
        for (int c = 3; c < 6; c++) buf_fmt(out, ",%" PRId64, db_int(stmt, c));
        buf_char(out, ']');
    }
    buf_char(out, ']');
    return true;
}

/* What of a line's fields [R2] the floor needs beside the sheet's columns; '' of an imported line. */
static void spec_add(const char *kept, struct buf *out)
{
    struct err   unread;
    struct json *fields = json_read(kept, strlen(kept), &unread);
    static const struct {
        enum spec_field field;
        const char     *key;
    } MORE[] = {
        {SPEC_LOCK,   "lock_hole"},
        {SPEC_CLOSER, "closer"   },
    };
    for (size_t i = 0; i < sizeof MORE / sizeof MORE[0]; i++) {
        const char *text = spec_text(fields, MORE[i].field);
        if (text[0] == 0) continue;
        json_key(out, MORE[i].key);
        json_cstr(out, text);
    }
    json_free(fields);
}

/* Columns as in tell_sheet(): product, size, colour, opening, quantity, due_day, rush, special, remarks, rev, fields. */
static void sheet_write(struct db_stmt *stmt, struct buf *out)
{
    static const char *const texts[] = {"product", "size", "colour", "opening"};
    char                     day[DAY_TEXT];
    buf_char(out, '{');
    add_int(out, "rev", db_int(stmt, 9));
    for (int c = 0; c < 4; c++) {
        json_key(out, texts[c]);
        json_cstr(out, db_text(stmt, c));
    }
    add_int(out, "quantity", db_int(stmt, 4));
    day_write((int32_t)db_int(stmt, 5), day);
    json_key(out, "due");
    json_cstr(out, day);
    add_bool(out, "rush", db_int(stmt, 6) != 0);
    add_bool(out, "special", db_int(stmt, 7) != 0);
    json_key(out, "remarks");
    json_cstr(out, db_text(stmt, 8));
    spec_add(db_text(stmt, 10), out);
}

bool tell_sheet(struct record *record, int64_t line, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      value = {0};
    char            key[LINE_REF_TEXT];
    bool            row;
    line_ref_write(line_ref_of_key(line), key);
    if (!db_prepare(record->db,
                    SQL("SELECT l.product, l.size, l.colour, l.opening, s.quantity, l.due_day, l.rush, l.special,"
                        " l.remarks, l.rev, coalesce(d.fields, p.fields, '') FROM line AS l"
                        " JOIN sheet AS s ON s.line = l.line AND s.rev = l.rev"
                        " LEFT JOIN draft AS d ON d.line = l.line AND d.rev = l.rev"
                        " LEFT JOIN spec AS p ON p.line = l.line WHERE l.line = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    int64_t rev = db_int(stmt, 9);
    sheet_write(stmt, &value);
    db_reset(stmt);
    json_key(&value, "ops");
    if (!sheet_ops(record, line, rev, &value, err)) {
        buf_free(&value);
        return false;
    }
    json_key(&value, "void");
    buf_char(&value, '[');
    for (int64_t old = 1; old < rev; old++) {
        json_sep(&value);
        buf_int(&value, old);
    }
    buf_str(&value, "]}");
    return tell(record, "sheet", key, &value, err);
}

bool tell_marks(struct db_stmt *stmt, struct buf *out, struct err *err)
{
    bool row;
    char id[ID_TEXT], epoch[EPOCH_TEXT];
    buf_char(out, '[');
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        id_write((uint64_t)db_int(stmt, 0), id);
        epoch_write((struct epoch){(uint32_t)db_int(stmt, 1), (uint64_t)db_int(stmt, 2)}, epoch);
        json_sep(out);
        buf_fmt(out, "[\"%s\",\"%s\",%" PRId64 "]", id, epoch, db_int(stmt, 3));
    }
    buf_char(out, ']');
    return true;
}
