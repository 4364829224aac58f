/* print.c - what a released sheet's papers say: server/ask/print.h (texts: office.part.*, office.role.*). */
#include "server/ask/print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain.h"
#include "core/clock.h"
#include "core/code.h"
#include "core/json.h"
#include "core/money.h"
#include "core/utf8.h"

enum { VOLUME_SHEETS = 100, CONTENT_DIGITS = 8, DRAWN_LEAST_MM = 100 };

/* What all copies of the sheet say. */
struct job {
    const struct print_want *want;
    struct db               *db;
    int64_t                  rev, copies;
    char                     factory[96];
    struct buf               head; /* members of a JSON object */
    struct buf               fields, before;
};

static void text_put(struct buf *out, const char *name, const char *text)
{
    if (text == NULL || text[0] == 0) return;
    json_key(out, name);
    json_cstr(out, text);
}

static void int_put(struct buf *out, const char *name, int64_t number)
{
    json_key(out, name);
    buf_int(out, number);
}

static void day_put(struct buf *out, const char *name, int32_t day)
{
    char text[DAY_TEXT];
    day_write(day, text);
    text_put(out, name, text);
}

/* ---------------------------------------------------------------------------------------------------- the order line */

/* Names of the order line's fields in the books and in the file of labels. */
static const char *const FIELDS[][2] = {
    {"product",      "product"  },
    {"brand",        "brand"    },
    {"material",     "material" },
    {"style",        "style"    },
    {"wall",         "wall"     },
    {"colour",       "colour"   },
    {"opening",      "opening"  },
    {"lock",         "lock"     },
    {"closer",       "closer"   },
    {"hardware",     "hardware" },
    {"decor",        "decor"    },
    {"frame",        "frame"    },
    {"process",      "process"  },
    {"picture",      "drawing"  },
    {"technical",    "technical"},
    {"requirements", "special"  },
    {"remarks",      "remarks"  },
    {"instruction",  "delivery" },
};

static const char *field_of(const struct json *fields, const char *name)
{
    return json_text(json_get(fields, name), "");
}

static int64_t mm_of(const struct json *fields, const char *name)
{
    return strtoll(field_of(fields, name), NULL, 10);
}

static bool is_leaf(const struct json *fields)
{
    return strcmp(field_of(fields, "measured"), "leaf") == 0;
}

static bool is_drawn(const struct json *fields)
{
    return !is_leaf(fields) && mm_of(fields, "width") >= DRAWN_LEAST_MM && mm_of(fields, "height") >= DRAWN_LEAST_MM;
}

/* 960×2050, under the name of what was measured [R21]. */
static void size_put(const struct json *fields, struct buf *out)
{
    struct buf  size = {0};
    const char *wide = field_of(fields, "width"), *high = field_of(fields, "height");
    if (wide[0] == 0 && high[0] == 0) return;
    buf_fmt(&size, "%s×%s", wide, high);
    text_put(out, is_leaf(fields) ? "leaf_size" : "opening_size", buf_text(&size));
    buf_free(&size);
    if (!is_drawn(fields)) return;
    int_put(out, "wide_mm", mm_of(fields, "width"));
    int_put(out, "high_mm", mm_of(fields, "height"));
}

static void architrave_put(const struct json *fields, struct buf *out)
{
    struct buf  text = {0};
    const char *high = field_of(fields, "architrave_mm");
    buf_fmt(&text, "%s%s%s", field_of(fields, "architrave"), high[0] != 0 ? " " : "", high);
    text_put(out, "architrave", buf_text(&text));
    buf_free(&text);
}

static bool differs(const struct json *before, const struct json *fields, const char *name)
{
    return strcmp(field_of(before, name), field_of(fields, name)) != 0;
}

static void name_put(const char *name, struct buf *names)
{
    buf_fmt(names, "%s%s", names->len > 0 ? " " : "", name);
}

/* The columns whose values differ from the revision before, so that a triangle marks them [R3]. */
static void changed_put(const struct json *before, const struct json *fields, struct buf *out)
{
    struct buf names = {0};
    bool       is_wide = differs(before, fields, "width"), is_high = differs(before, fields, "height");
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        const char *name = FIELDS[i][1];
        if (strcmp(name, "special") == 0 || strcmp(name, "remarks") == 0 || strcmp(name, "delivery") == 0) continue;
        if (differs(before, fields, FIELDS[i][0])) name_put(name, &names);
    }
    if (differs(before, fields, "architrave") || differs(before, fields, "architrave_mm"))
        name_put("architrave", &names);
    if (is_wide || is_high || is_leaf(before) != is_leaf(fields))
        name_put(is_leaf(fields) ? "leaf_size" : "opening_size", &names);
    if (is_wide && is_drawn(fields)) name_put("wide_mm", &names);
    if (is_high && is_drawn(fields)) name_put("high_mm", &names);
    text_put(out, "changed", buf_text(&names));
    buf_free(&names);
}

static bool fields_put(struct job *job, struct err *err)
{
    struct json *fields = job->fields.len > 0 ? json_read(buf_text(&job->fields), job->fields.len, err) : NULL;
    struct json *before = NULL;
    if (fields == NULL) return job->fields.len == 0;
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        text_put(&job->head, FIELDS[i][1], field_of(fields, FIELDS[i][0]));
    size_put(fields, &job->head);
    architrave_put(fields, &job->head);
    if (job->before.len > 0) before = json_read(buf_text(&job->before), job->before.len, err);
    if (before != NULL) changed_put(before, fields, &job->head);
    json_free(before);
    json_free(fields);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- the head */

/* What an import's line says, in place of fields. */
static void line_put(struct db_stmt *stmt, struct buf *out)
{
    text_put(out, "product", db_text(stmt, 0));
    text_put(out, "opening_size", db_text(stmt, 1));
    text_put(out, "colour", db_text(stmt, 2));
    text_put(out, "opening", db_text(stmt, 3));
    text_put(out, "remarks", db_text(stmt, 4));
}

static void row_put(struct job *job, struct db_stmt *stmt)
{
    char       volume[64], when[TIME_TEXT];
    struct say say =
        say_int(say_int(SAY("print.volume"), (db_int(stmt, 10) + VOLUME_SHEETS - 1) / VOLUME_SHEETS), db_int(stmt, 10));
    text_say(job->want->lang, &say, volume, sizeof volume);
    text_put(&job->head, "customer", db_text(stmt, 5));
    int_put(&job->head, "quantity", db_int(stmt, 6));
    day_put(&job->head, "due", (int32_t)db_int(stmt, 7));
    if (db_int(stmt, 8) != 0) text_put(&job->head, "rush", "yes");
    if (db_int(stmt, 9) != 0) text_put(&job->head, "special_shape", "yes");
    if (db_int(stmt, 15) != 0) text_put(&job->head, "project", "yes");
    if (db_int(stmt, 16) != 0) text_put(&job->head, "remake", "yes");
    text_put(&job->head, "volume", volume);
    text_put(&job->head, "maker", db_text(stmt, 11));
    time_write(job->want->now_ms, job->want->offset_min, when);
    when[10] = ' '; /* 2026-03-10T16:45:00+08:00 -> 2026-03-10 16:45 */
    when[16] = 0;
    text_put(&job->head, "printed", when);
    text_put(&job->head, "unit", text_of(job->want->lang, "print.unit"));
    text_put(&job->head, "factory", job->factory);
    text_put(&job->head, "change", db_is_null(stmt, 14) ? "" : db_text(stmt, 14));
}

static bool head_read(struct job *job, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            job->db,
            SQL("SELECT l.product, l.size, l.colour, l.opening, l.remarks, o.customer, s.quantity, l.due_day, l.rush,"
                        " l.special, t.serial, COALESCE(u.\"full\", t.maker), t.fields, COALESCE(b.fields, ''),"
                        " (SELECT MAX(c.wants) FROM change AS c WHERE c.line = l.line AND c.new_rev = l.rev),"
                        " COALESCE(h.is_project, 0), CASE WHEN EXISTS (SELECT 1 FROM remake AS m WHERE m.line = l.line)"
                        " THEN 1 ELSE 0 END, l.rev FROM line AS l JOIN orders AS o ON o.id = l.order_id"
                        " JOIN sheet AS s ON s.line = l.line AND s.rev = l.rev"
                        " JOIN sheet_said AS t ON t.line = l.line AND t.rev = l.rev"
                        " LEFT JOIN sheet_said AS b ON b.line = l.line AND b.rev = l.rev - 1"
                        " LEFT JOIN head AS h ON h.order_id = o.id LEFT JOIN \"user\" AS u ON u.name = t.maker"
                        " WHERE l.line = $1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, job->want->line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("print.absent"));
    job->rev = db_int(stmt, 17);
    row_put(job, stmt);
    buf_str(&job->fields, db_text(stmt, 12));
    buf_str(&job->before, db_text(stmt, 13));
    if (job->fields.len == 0) line_put(stmt, &job->head);
    db_reset(stmt);
    return fields_put(job, err);
}

static bool factory_read(struct job *job, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(job->db, SQL("SELECT value FROM setting WHERE name = 'factory'"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    struct err   unread;
    struct json *value = json_read(db_text(stmt, 0), strlen(db_text(stmt, 0)), &unread);
    utf8_copy(job->factory, sizeof job->factory, json_text(value, ""));
    json_free(value);
    db_reset(stmt);
    return true;
}

/* Printed into a stop a sheet would be work that mustn't begin. */
static bool stop_check(struct job *job, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            job->db,
            SQL("SELECT id FROM stop WHERE line IN ($1, $2) AND lifted_feed IS NULL AND pieces = 0"
                        " AND NOT EXISTS (SELECT 1 FROM change AS c WHERE c.line = $1 AND c.state = 1 AND c.new_rev = $3)"
                        " LIMIT 1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, job->want->line);
    db_bind_int(stmt, 2, job->want->line - job->want->line % 100);
    db_bind_int(stmt, 3, job->rev);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    db_reset(stmt);
    return err_set(err, ERR_CONFLICT, SAY("print.stopped"));
}

/* ---------------------------------------------------------------------------------------------------- lists */

static void op_put(const struct job *job, struct db_stmt *stmt, struct buf *out)
{
    char       rate[MONEY_TEXT], carried[96];
    struct say say = say_int(say_int(SAY("print.carried"), db_int(stmt, 6)), job->rev - 1);
    json_sep(out);
    buf_char(out, '{');
    int_put(out, "number", db_int(stmt, 0));
    text_put(out, "name", db_text(stmt, 1));
    text_put(out, "part", text_of(job->want->lang, db_text(stmt, 2)));
    int_put(out, "quantity", db_int(stmt, 3));
    money_write_rate(db_int(stmt, 4), rate);
    text_put(out, "rate", rate);
    if (!db_is_null(stmt, 5)) day_put(out, "due", (int32_t)db_int(stmt, 5));
    if (db_int(stmt, 6) > 0) {
        text_say(job->want->lang, &say, carried, sizeof carried);
        text_put(out, "carried", carried);
    }
    buf_char(out, '}');
}

/* A part's own operations; the whole door's paper has those of the whole door. */
static bool ops_put(struct job *job, const char *part, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            job->db,
            SQL("SELECT o.op, COALESCE(CASE $4 WHEN 0 THEN n.name_zh ELSE n.name_en END, o.code), 'office.part.' ||"
                        " o.part, o.planned, o.rate_cfen, d.due_day, CAST(COALESCE((SELECT SUM(y.good) FROM stays AS y"
                        " WHERE y.line = o.line AND y.new_rev = o.rev AND y.new_op = o.op), 0) AS BIGINT) FROM sheet_op AS o"
                        " LEFT JOIN operation AS n ON n.code = o.code LEFT JOIN sheet_due AS d ON d.line = o.line AND"
                        " d.rev = o.rev AND d.op = o.op WHERE o.line = $1 AND o.rev = $2 AND o.part = $3 ORDER BY o.op"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, job->want->line);
    db_bind_int(stmt, 2, job->rev);
    db_bind_text(stmt, 3, part);
    db_bind_int(stmt, 4, job->want->lang == LANG_ZH ? 0 : 1);
    json_key(out, "operations");
    buf_char(out, '[');
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        op_put(job, stmt, out);
    }
    buf_char(out, ']');
    return true;
}

/* Who reviewed it, and when [R17]. */
static bool signs_put(struct job *job, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    char            when[TIME_TEXT];
    if (!db_prepare(
            job->db,
            SQL("SELECT 'office.role.' || r.kind, COALESCE(u.\"full\", r.signed_by), r.signed_ms"
                        " FROM review AS r LEFT JOIN \"user\" AS u ON u.name = r.signed_by WHERE r.line = $1 AND r.rev = $2"
                        " AND r.signed_by != '' ORDER BY r.signed_ms, r.kind"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, job->want->line);
    db_bind_int(stmt, 2, job->rev);
    json_key(out, "signs");
    buf_char(out, '[');
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        json_sep(out);
        buf_char(out, '{');
        text_put(out, "office", text_of(job->want->lang, db_text(stmt, 0)));
        text_put(out, "name", db_text(stmt, 1));
        time_write(db_int(stmt, 2), job->want->offset_min, when);
        when[10] = 0;
        text_put(out, "when", when + 5);
        buf_char(out, '}');
    }
    buf_char(out, ']');
    return true;
}

/* ---------------------------------------------------------------------------------------------------- copies */

struct copy {
    int64_t copy, replaces;
    char    part[32];
};

static bool copies_read(struct job *job, struct copy copies[PRINT_COPIES_MOST], int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_printed = false;
    *count = 0;
    if (!db_prepare(
            job->db,
            SQL("SELECT c.copy, c.replaces, c.part, CASE WHEN p.copy IS NULL THEN 0 ELSE 1 END, (SELECT COUNT(*)"
                        " FROM copy AS a WHERE a.line = c.line AND a.rev = c.rev) FROM copy AS c LEFT JOIN printed AS p"
                        " ON p.line = c.line AND p.rev = c.rev AND p.copy = c.copy WHERE c.line = $1 AND c.rev = $2"
                        " AND ($3 = 0 OR c.copy = $3) AND ($3 != 0 OR NOT EXISTS (SELECT 1 FROM copy AS r WHERE r.line ="
                        " c.line AND r.rev = c.rev AND r.replaces = c.copy)) ORDER BY c.copy"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, job->want->line);
    db_bind_int(stmt, 2, job->rev);
    db_bind_int(stmt, 3, job->want->copy);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        job->copies = db_int(stmt, 4);
        is_printed = db_int(stmt, 3) != 0;
        if (is_printed || *count == PRINT_COPIES_MOST) continue;
        copies[*count] = (struct copy){.copy = db_int(stmt, 0), .replaces = db_int(stmt, 1)};
        utf8_copy(copies[(*count)++].part, sizeof copies[0].part, db_text(stmt, 2));
    }
    if (*count > 0) return true;
    if (job->want->copy == 0) return err_set(err, ERR_CONFLICT, SAY("print.nothing"));
    return is_printed ? err_set(err, ERR_CONFLICT, say_int(SAY("copy.printed"), job->want->copy))
                      : err_set(err, ERR_ABSENT, say_int(say_int(SAY("copy.absent"), job->rev), job->want->copy));
}

static bool copy_put(struct job *job, const struct copy *copy, struct buf *out, struct err *err)
{
    char        line[LINE_REF_TEXT], word[48], content[HASH_TEXT];
    struct hash hash = hash_of(job->fields.bytes, job->fields.len);
    line_ref_write(line_ref_of_key(job->want->line), line);
    snprintf(word, sizeof word, "office.part.%s", copy->part);
    json_sep(out);
    buf_char(out, '{');
    text_put(out, "line", line);
    int_put(out, "rev", job->rev);
    int_put(out, "copy", copy->copy);
    int_put(out, "copies", job->copies);
    if (copy->replaces > 0) int_put(out, "replaces", copy->replaces);
    text_put(out, "part", text_of(job->want->lang, word));
    hash_write(&hash, content);
    content[CONTENT_DIGITS] = 0;
    if (job->fields.len > 0) text_put(out, "content", content);
    buf_char(out, ',');
    buf_add(out, job->head.bytes, job->head.len);
    bool is_good = ops_put(job, copy->part, out, err) && signs_put(job, out, err);
    buf_char(out, '}');
    return is_good;
}

bool print_read(struct db *db, const struct print_want *want, struct print_made *made, struct err *err)
{
    struct job  job = {.want = want, .db = db};
    struct copy copies[PRINT_COPIES_MOST];
    int         count = 0;
    *made = (struct print_made){.rev = 0};
    bool is_good = factory_read(&job, err) && head_read(&job, err) && stop_check(&job, err) &&
                   copies_read(&job, copies, &count, err);
    for (int i = 0; i < count && is_good; i++) {
        is_good = copy_put(&job, &copies[i], &made->sheets, err);
        made->copies[made->count++] = copies[i].copy;
    }
    made->rev = job.rev;
    buf_free(&job.head);
    buf_free(&job.fields);
    buf_free(&job.before);
    return is_good;
}

/* ---------------------------------------------------------------------------------------------------- kept */

bool print_kept(struct db *db, int64_t line, int64_t rev, int64_t copy, bool is_archive, struct print_kept *kept,
                struct err *err)
{
    struct db_stmt *stmt;
    struct hash     hash;
    bool            row;
    size_t          len;
    if (!db_prepare(db,
                    SQL("SELECT hash, bytes, archive, archive_bytes, at_ms FROM printed WHERE line = $1 AND rev = $2"
                        " AND copy = $3"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, rev);
    db_bind_int(stmt, 3, copy);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, say_int(say_int(SAY("print.unprinted"), copy), rev));
    memcpy(hash.bytes, db_blob(stmt, is_archive ? 2 : 0, &len), sizeof hash.bytes);
    hash_write(&hash, kept->hash);
    kept->bytes = db_int(stmt, is_archive ? 3 : 1);
    kept->at_ms = db_int(stmt, 4);
    db_reset(stmt);
    return true;
}

bool print_volume(struct db *db, int64_t number, struct print_volume *volume, struct err *err)
{
    struct db_stmt *stmt;
    struct job      job = {.db = db};
    bool            row;
    *volume = (struct print_volume){.number = number};
    if (!factory_read(&job, err)) return false;
    utf8_copy(volume->factory, sizeof volume->factory, job.factory);
    if (!db_prepare(db, SQL("SELECT t.line, t.rev, s.signed_ms FROM sheet_said AS t JOIN sheet AS s ON s.line = t.line"
                        " AND s.rev = t.rev WHERE t.serial BETWEEN $1 AND $2 ORDER BY t.serial"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, (number - 1) * VOLUME_SHEETS + 1);
    db_bind_int(stmt, 2, number * VOLUME_SHEETS);
    for (;; volume->sheets++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        volume->last_line = db_int(stmt, 0);
        volume->last_rev = db_int(stmt, 1);
        volume->last_ms = db_int(stmt, 2);
        if (volume->sheets > 0) continue;
        volume->first_line = volume->last_line;
        volume->first_rev = volume->last_rev;
        volume->first_ms = volume->last_ms;
    }
    return volume->sheets > 0 || err_set(err, ERR_ABSENT, say_int(SAY("print.no_volume"), number));
}
