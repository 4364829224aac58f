/* draft.c - a sheet before its release: server/books/draft.h. */
#include "server/books/draft.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/money.h"
#include "core/utf8.h"
#include "server/books/change.h"
#include "server/books/order.h"
#include "server/books/review.h"
#include "server/books/spec.h"
#include "server/books/twin.h"

enum { WHY_MOST = 240 };
#define DIGITS "0123456789"

/* ---------------------------------------------------------------------------------------------------- rows */

void draft_free(struct draft *draft)
{
    buf_free(&draft->fields);
    buf_free(&draft->ops);
    buf_free(&draft->quoted);
}

bool draft_open(struct books *books, int64_t line, struct draft *draft, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *draft = (struct draft){.line = line};
    if (!db_prepare(books->db,
                    SQL("SELECT rev, quote_n, maker, editor, made_ms, fields, ops, returned_by, returned_why,"
                        " quoted, version FROM draft WHERE line = $1 AND released_ms IS NULL"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("draft.absent"));
    draft->rev = db_int(stmt, 0);
    draft->quote_n = db_int(stmt, 1);
    utf8_copy(draft->maker, sizeof draft->maker, db_text(stmt, 2));
    utf8_copy(draft->editor, sizeof draft->editor, db_text(stmt, 3));
    draft->made_ms = db_int(stmt, 4);
    buf_str(&draft->fields, db_text(stmt, 5));
    buf_str(&draft->ops, db_text(stmt, 6));
    utf8_copy(draft->returned_by, sizeof draft->returned_by, db_text(stmt, 7));
    utf8_copy(draft->returned_why, sizeof draft->returned_why, db_text(stmt, 8));
    buf_str(&draft->quoted, db_text(stmt, 9));
    draft->version = db_int(stmt, 10);
    db_reset(stmt);
    return true;
}

bool draft_put(struct books *books, const struct draft *draft, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(draft->line),
        value_int(draft->rev),
        value_int(draft->quote_n),
        value_text(draft->maker),
        value_text(draft->editor),
        value_int(draft->made_ms),
        value_text(buf_text(&draft->fields)),
        value_text(buf_text(&draft->ops)),
        value_text(draft->returned_by),
        value_text(draft->returned_why),
        value_or_null(draft->released_ms),
        value_text(buf_text(&draft->quoted)),
    };
    return record_put(&books->record, NOUN_DRAFT, base, values, &did, err);
}

struct hash draft_hash(const struct draft *draft)
{
    struct buf whole = {0};
    buf_add(&whole, draft->fields.bytes, draft->fields.len);
    buf_char(&whole, '\n');
    buf_add(&whole, draft->ops.bytes, draft->ops.len);
    struct hash hash = hash_of(whole.bytes, whole.len);
    buf_free(&whole);
    return hash;
}

/* ---------------------------------------------------------------------------------------------------- operations */

void draft_ops_write(const struct sheet_op *ops, int count, struct buf *out)
{
    buf_clear(out);
    buf_char(out, '[');
    for (int i = 0; i < count; i++) {
        json_sep(out);
        buf_fmt(out, "[%" PRId64 ",", ops[i].op);
        json_cstr(out, ops[i].code);
        buf_char(out, ',');
        json_cstr(out, ops[i].part);
        buf_fmt(out, ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 "]", ops[i].per_door, ops[i].rate.rate_cfen,
                ops[i].rate.rework_rate_cfen, ops[i].days);
    }
    buf_char(out, ']');
}

bool draft_ops_read(const struct draft *draft, struct sheet_op ops[SHEET_OPS_MOST], int *count, struct err *err)
{
    struct json *json = json_read(buf_text(&draft->ops), draft->ops.len, err);
    *count = 0;
    if (json == NULL) return false;
    for (size_t i = 0; i < json_count(json) && i < SHEET_OPS_MOST; i++) {
        const struct json *row = json_at(json, i);
        struct sheet_op   *op = &ops[i];
        *op = (struct sheet_op){
            .op = json_int(json_at(row, 0), 0),
            .per_door = json_int(json_at(row, 3), 1),
            .days = json_int(json_at(row, 6), -1),
            .rate = {json_int(json_at(row, 4), 0), json_int(json_at(row, 5), 0)}
        };
        utf8_copy(op->code, sizeof op->code, json_text(json_at(row, 1), ""));
        utf8_copy(op->part, sizeof op->part, json_text(json_at(row, 2), ""));
        (*count)++;
    }
    json_free(json);
    return true;
}

/* A remake begins where its first sheet did; in a way through the shop that has nothing from there on, at its beginning. */
static bool ops_from_start(struct books *books, int64_t line, struct sheet_op *ops, int *count, struct err *err)
{
    struct twin_source source;
    int                kept = 0;
    if (!twin_source(books, line, &source, err)) return false;
    for (int i = 0; i < *count; i++)
        if (ops[i].op >= source.start_op) ops[kept++] = ops[i];
    if (kept > 0) *count = kept;
    return true;
}

static bool ops_propose(struct books *books, struct draft *draft, struct err *err)
{
    struct sheet_op ops[SHEET_OPS_MOST];
    int             count;
    struct json    *fields = json_read(buf_text(&draft->fields), draft->fields.len, err);
    if (fields == NULL) return false;
    bool is_done = sheet_propose(books, spec_text(fields, SPEC_FAMILY), ops, &count, err) &&
                   ops_from_start(books, draft->line, ops, &count, err);
    if (is_done) draft_ops_write(ops, count, &draft->ops);
    json_free(fields);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- making */

static bool rev_read(struct books *books, int64_t line, int64_t *rev, struct err *err)
{
    bool is;
    if (!order_line_rev(books, line, &is, rev, err)) return false;
    return is || err_set(err, ERR_ABSENT, SAY("register.absent"));
}

/* The row's version whether released or not, 0 where there is none. */
static bool version_read(struct books *books, int64_t line, int64_t *version, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT version FROM draft WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    *version = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

/* A second revision is a change order [R3]. */
static bool rev_check(struct books *books, int64_t line, int64_t rev, struct err *err)
{
    int64_t change;
    if (rev == 0) return true;
    if (!change_of_line(books, line, &change, err)) return false;
    return change != 0 || err_set(err, ERR_CONFLICT, say_int(SAY("draft.signed"), rev));
}

/* 门洞 960×2050: its measures; what is said otherwise isn't lost. */
static void size_cells(const char *size, struct cell cells[SPEC_COUNT])
{
    const char *digits = strpbrk(size, DIGITS), *more = NULL;
    char       *then = NULL;
    int64_t     wide = digits == NULL ? 0 : strtoll(digits, &then, 10);
    if (then != NULL) more = strpbrk(then, DIGITS);
    int64_t high = more == NULL ? 0 : strtoll(more, NULL, 10);
    if (wide > 0 && high > 0) {
        cells[SPEC_WIDTH] = (struct cell){.is_set = true, .number = wide};
        cells[SPEC_HEIGHT] = (struct cell){.is_set = true, .number = high};
        cells[SPEC_MEASURED] = (struct cell){.is_set = true, .text = "opening"};
    } else if (size[0] != 0) {
        cells[SPEC_TECHNICAL].is_set = true;
        utf8_copy(cells[SPEC_TECHNICAL].text, sizeof cells[SPEC_TECHNICAL].text, size);
    }
}

/* Columns: product, family, quantity, size, colour, opening, due_day, remarks, special. */
static void line_cells(struct db_stmt *stmt, struct cell cells[SPEC_COUNT])
{
    static const struct {
        enum spec_field field;
        int             column;
    } TEXTS[] = {
        {SPEC_PRODUCT, 0},
        {SPEC_FAMILY,  1},
        {SPEC_COLOUR,  4},
        {SPEC_OPENING, 5},
        {SPEC_REMARKS, 7}
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct cell *cell = &cells[TEXTS[i].field];
        utf8_copy(cell->text, sizeof cell->text, db_text(stmt, TEXTS[i].column));
        cell->is_set = cell->text[0] != 0;
    }
    cells[SPEC_QUANTITY] = (struct cell){.is_set = true, .number = db_int(stmt, 2)};
    cells[SPEC_DUE] = (struct cell){.is_set = true, .number = db_int(stmt, 6)};
    cells[SPEC_SPECIAL] = (struct cell){.is_set = true, .number = db_int(stmt, 8)};
    size_cells(db_text(stmt, 3), cells);
}

/* A line of an import has no quote: its next sheet begins with what the one before says, the first of all with its row.
 * ordered: the line that a quote would speak of. */
static bool line_fields(struct books *books, int64_t line, int64_t ordered, int64_t rev, bool *has, struct buf *fields,
                        struct err *err)
{
    static struct cell cells[SPEC_COUNT]; /* the writer's thread alone; large */
    struct db_stmt    *stmt;
    bool               row;
    if (!db_prepare(books->db,
                    SQL("SELECT l.product, l.family, l.quantity, l.size, l.colour, l.opening, l.due_day, l.remarks,"
                        " l.special, COALESCE(t.fields, '') FROM line AS l LEFT JOIN spec AS s ON s.line = $3"
                        " LEFT JOIN sheet_said AS t ON t.line = l.line AND t.rev = $2"
                        " WHERE l.line = $1 AND COALESCE(s.fields, '') = ''"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, rev);
    db_bind_int(stmt, 3, ordered);
    if (!db_step(stmt, &row, err)) return false;
    *has = row;
    if (!row) return true;
    if (db_text(stmt, 9)[0] != 0) {
        buf_str(fields, db_text(stmt, 9));
        db_reset(stmt);
        return true;
    }
    memset(cells, 0, sizeof cells);
    line_cells(stmt, cells);
    db_reset(stmt);
    spec_write(cells, fields);
    return true;
}

bool draft_of_line(struct books *books, int64_t line, struct buf *fields, struct err *err)
{
    bool has;
    return line_fields(books, line, line, 0, &has, fields, err);
}

static bool difference_put(struct books *books, const struct draft *draft, const char *field, const char *quoted,
                           const char *sheet, const char *why, struct err *err);

/* The day that the change proposes goes into the new sheet, with the customer's words as its reason [R3]. */
static bool due_move(struct books *books, struct draft *draft, struct err *err)
{
    static struct cell cells[SPEC_COUNT];
    struct db_stmt    *stmt;
    bool               row;
    char               wants[CELL_TEXT_MAX], was[DAY_TEXT] = "", is[DAY_TEXT];
    if (draft->rev == 1) return true;
    if (!db_prepare(books->db,
                    SQL("SELECT due_day, wants FROM change WHERE line = $1 AND state = 0 AND due_day IS NOT NULL"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, draft->line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    int32_t due = (int32_t)db_int(stmt, 0);
    utf8_copy(wants, sizeof wants, db_text(stmt, 1));
    db_reset(stmt);
    if (!spec_read(buf_text(&draft->fields), cells, err)) return false;
    if (cells[SPEC_DUE].is_set && cells[SPEC_DUE].number == due) return true;
    if (cells[SPEC_DUE].is_set) day_write((int32_t)cells[SPEC_DUE].number, was);
    day_write(due, is);
    cells[SPEC_DUE].is_set = true;
    cells[SPEC_DUE].number = due;
    buf_clear(&draft->fields);
    spec_write(cells, &draft->fields);
    return draft->quote_n == 0 || difference_put(books, draft, SPEC_COLUMNS[SPEC_DUE].name, was, is, wants, err);
}

/* What the confirmed quote says; of an import what the line says. A batch or a remake has its own doors and mark, and what
 * the quote says of it is kept beside its sheet: the quote itself speaks of the line that was ordered. */
static bool fields_find(struct books *books, struct draft *draft, struct err *err)
{
    struct twin_source source;
    bool               has = false;
    if (!twin_source(books, draft->line, &source, err)) return false;
    if (draft->rev > 1 && !line_fields(books, draft->line, source.line, draft->rev - 1, &has, &draft->fields, err))
        return false;
    if (has) return twin_fields(&source, &draft->fields, err);
    if (!twin_quoted(books, draft->line, &draft->quote_n, &draft->fields, err)) return false;
    if (source.quantity > 0) buf_str(&draft->quoted, buf_text(&draft->fields));
    return true;
}

bool draft_make_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref = {0};
    struct draft    draft = {0};
    int64_t         rev = 0, version = 0;
    bool            is_done = false;
    if (!body_ref(call, "line", true, &ref, err)) return false;
    draft.line = line_ref_key(ref);
    if (!rev_read(books, draft.line, &rev, err) || !rev_check(books, draft.line, rev, err) ||
        !version_read(books, draft.line, &version, err))
        return false;
    draft.rev = rev + 1;
    draft.made_ms = books->record.now_ms;
    utf8_copy(draft.maker, sizeof draft.maker, books->record.user);
    utf8_copy(draft.editor, sizeof draft.editor, books->record.user);
    is_done = fields_find(books, &draft, err) && due_move(books, &draft, err) && ops_propose(books, &draft, err) &&
              draft_put(books, &draft, version, err) && review_clear(books, draft.line, draft.rev, err);
    draft_free(&draft);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- changing */

/* Any change of content removes all signatures, and answers a reviewer who sent it back. */
static bool changed(struct books *books, struct draft *draft, int64_t base, struct err *err)
{
    utf8_copy(draft->editor, sizeof draft->editor, books->record.user);
    draft->returned_by[0] = draft->returned_why[0] = 0;
    return draft_put(books, draft, base, err) && review_clear(books, draft->line, draft->rev, err);
}

static bool draft_body(struct books *books, const struct act_call *call, struct draft *draft, struct err *err)
{
    struct line_ref ref;
    *draft = (struct draft){0};
    return body_ref(call, "line", true, &ref, err) && draft_open(books, line_ref_key(ref), draft, err);
}

static bool edit(struct books *books, struct act_call *call, struct draft *draft, const struct cell *cells,
                 struct err *err)
{
    struct json *before = json_read(buf_text(&draft->fields), draft->fields.len, err);
    if (before == NULL) return false;
    bool is_same_family = strcmp(spec_text(before, SPEC_FAMILY), cells[SPEC_FAMILY].text) == 0;
    json_free(before);
    buf_clear(&draft->fields);
    spec_write(cells, &draft->fields);
    return (is_same_family || ops_propose(books, draft, err)) && changed(books, draft, body_base(call), err);
}

bool draft_edit_act(struct books *books, struct act_call *call, struct err *err)
{
    struct draft draft;
    struct cell  cells[SPEC_COUNT];
    bool         is_done = draft_body(books, call, &draft, err) && form_take(call, SPEC_COLUMNS, cells, err);
    struct err   due;
    if (is_done && !cells[SPEC_DUE].is_set) {
        err_set(&due, ERR_INPUT, SAY("import.empty"));
        *err = due;
        is_done = form_fault(call, "due", err);
    }
    is_done = is_done && edit(books, call, &draft, cells, err);
    draft_free(&draft);
    return is_done;
}

static bool rate_take(const struct json *row, struct sheet_op *ops, int count, struct err *err)
{
    int64_t number = json_int(json_at(row, 0), 0);
    for (int i = 0; i < count; i++) {
        if (ops[i].op != number) continue;
        return money_read_rate(json_text(json_at(row, 1), ""), &ops[i].rate.rate_cfen, err) &&
               money_read_rate(json_text(json_at(row, 2), "0"), &ops[i].rate.rework_rate_cfen, err);
    }
    return err_set(err, ERR_INPUT, say_int(SAY("draft.op"), number));
}

bool draft_rates_act(struct books *books, struct act_call *call, struct err *err)
{
    struct draft       draft;
    struct sheet_op    ops[SHEET_OPS_MOST];
    const struct json *rows = json_get(call->body, "ops");
    int                count = 0;
    bool               is_done = draft_body(books, call, &draft, err) && draft_ops_read(&draft, ops, &count, err);
    if (is_done && json_count(rows) == 0) is_done = err_set(err, ERR_INPUT, say_text(SAY("act.missing"), "ops"));
    for (size_t i = 0; is_done && i < json_count(rows); i++) is_done = rate_take(json_at(rows, i), ops, count, err);
    if (is_done) {
        draft_ops_write(ops, count, &draft.ops);
        is_done = changed(books, &draft, body_base(call), err);
    }
    draft_free(&draft);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- differences */

/* Both texts of a field. Pointers into the two objects. */
struct pair {
    const char *quoted, *sheet;
};

static bool explained_is(struct books *books, const struct draft *draft, enum spec_field field, struct pair pair,
                         bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db,
                    SQL("SELECT why FROM difference WHERE line = $1 AND rev = $2 AND field = $3 AND quoted = $4"
                        " AND sheet = $5"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, draft->line);
    db_bind_int(stmt, 2, draft->rev);
    db_bind_text(stmt, 3, SPEC_COLUMNS[field].name);
    db_bind_text(stmt, 4, pair.quoted);
    db_bind_text(stmt, 5, pair.sheet);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

static bool all_explained(struct books *books, const struct draft *draft, const struct json *quoted,
                          const struct json *sheet, struct err *err)
{
    for (int i = 0; i < SPEC_COUNT; i++) {
        struct pair pair = {spec_text(quoted, (enum spec_field)i), spec_text(sheet, (enum spec_field)i)};
        bool        is;
        if (strcmp(pair.quoted, pair.sheet) == 0) continue;
        if (!explained_is(books, draft, (enum spec_field)i, pair, &is, err)) return false;
        if (!is) {
            struct say say = say_text(SAY("draft.unexplained"), SPEC_COLUMNS[i].zh);
            return err_set(err, ERR_INPUT, say_text(say_text(say, pair.quoted), pair.sheet));
        }
    }
    return true;
}

bool draft_explained(struct books *books, const struct draft *draft, struct err *err)
{
    struct buf   fields = {0};
    struct json *quoted = NULL, *sheet = NULL;
    int64_t      n;
    if (draft->quote_n == 0) return true; /* of an import: there is no quote to differ from */
    bool is_done = twin_quoted(books, draft->line, &n, &fields, err);
    if (is_done && n != draft->quote_n) is_done = err_set(err, ERR_INPUT, say_int(SAY("draft.newer_quote"), n));
    if (is_done) quoted = json_read(buf_text(&fields), fields.len, err);
    if (quoted != NULL) sheet = json_read(buf_text(&draft->fields), draft->fields.len, err);
    is_done = is_done && quoted != NULL && sheet != NULL && all_explained(books, draft, quoted, sheet, err);
    json_free(quoted);
    json_free(sheet);
    buf_free(&fields);
    return is_done;
}

static bool difference_put(struct books *books, const struct draft *draft, const char *field, const char *quoted,
                           const char *sheet, const char *why, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(draft->line),
        value_int(draft->rev),
        value_text(field),
        value_text(quoted),
        value_text(sheet),
        value_text(why),
        value_text(books->record.user),
        value_int(books->record.now_ms),
    };
    return record_put(&books->record, NOUN_DIFFERENCE, RECORD_ANY, values, &did, err);
}

static bool explain(struct books *books, const struct draft *draft, const char *field, const char *why, struct err *err)
{
    struct buf   fields = {0};
    struct json *quoted = NULL, *sheet = NULL;
    int64_t      n;
    bool         is_done = twin_quoted(books, draft->line, &n, &fields, err);
    if (is_done) quoted = json_read(buf_text(&fields), fields.len, err);
    if (quoted != NULL) sheet = json_read(buf_text(&draft->fields), draft->fields.len, err);
    is_done = is_done && quoted != NULL && sheet != NULL;
    if (is_done) {
        struct pair pair = {json_text(json_get(quoted, field), ""), json_text(json_get(sheet, field), "")};
        is_done = strcmp(pair.quoted, pair.sheet) != 0 || err_set(err, ERR_INPUT, say_text(SAY("draft.same"), field));
        is_done = is_done && difference_put(books, draft, field, pair.quoted, pair.sheet, why, err);
    }
    json_free(quoted);
    json_free(sheet);
    buf_free(&fields);
    return is_done;
}

bool draft_explain_act(struct books *books, struct act_call *call, struct err *err)
{
    struct draft draft;
    const char  *field, *why;
    bool         is_done = draft_body(books, call, &draft, err) && body_text(call, "field", false, 23, &field, err) &&
                   body_text(call, "why", false, WHY_MOST, &why, err) && explain(books, &draft, field, why, err);
    draft_free(&draft);
    return is_done;
}
