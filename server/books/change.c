/* change.c - change orders: server/books/change.h. */
#include "server/books/change.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/copy.h"
#include "server/books/file.h"
#include "server/books/form.h"
#include "server/books/lead.h"
#include "server/books/master.h"
#include "server/books/order.h"
#include "server/books/stays.h"
#include "server/books/stop.h"

enum { WHY_BYTES = 200, WANTS_BYTES = 480, NAME_MOST = 120, LINES_MOST = 40 };

struct change {
    int64_t     id, line, old_rev, opened_ms, version;
    int64_t     of_change; /* the first of those that were opened together, 0: alone */
    char        wants[CELL_TEXT_MAX], opened_by[132], source_name[NAME_MOST + 1];
    bool        has_source, is_confirmed, has_due, is_agreed;
    struct hash source;
    int32_t     confirmed_day, due_day, comp_day;
    char        confirmed_by[CELL_TEXT_MAX], comp_who[CELL_TEXT_MAX], comp_by[132];
    int64_t     comp_fen;
    int         state;
    char        closed_by[132];
    int64_t     closed_ms, new_rev;
};

static void change_of_row(struct db_stmt *stmt, struct change *change)
{
    size_t len;
    change->line = db_int(stmt, 0);
    change->old_rev = db_int(stmt, 1);
    utf8_copy(change->wants, sizeof change->wants, db_text(stmt, 2));
    change->has_source = !db_is_null(stmt, 3);
    if (change->has_source) {
        const void *bytes = db_blob(stmt, 3, &len);
        memcpy(change->source.bytes, bytes, sizeof change->source.bytes);
    }
    utf8_copy(change->source_name, sizeof change->source_name, db_text(stmt, 4));
    utf8_copy(change->opened_by, sizeof change->opened_by, db_text(stmt, 5));
    change->opened_ms = db_int(stmt, 6);
    change->is_confirmed = !db_is_null(stmt, 7);
    if (change->is_confirmed) change->confirmed_day = (int32_t)db_int(stmt, 7);
    utf8_copy(change->confirmed_by, sizeof change->confirmed_by, db_text(stmt, 8));
    change->has_due = !db_is_null(stmt, 9);
    if (change->has_due) change->due_day = (int32_t)db_int(stmt, 9);
    change->is_agreed = !db_is_null(stmt, 10);
    if (change->is_agreed) change->comp_fen = db_int(stmt, 10);
    utf8_copy(change->comp_who, sizeof change->comp_who, db_text(stmt, 11));
    if (change->is_agreed) change->comp_day = (int32_t)db_int(stmt, 12);
    utf8_copy(change->comp_by, sizeof change->comp_by, db_text(stmt, 13));
    change->state = (int)db_int(stmt, 14);
    change->version = db_int(stmt, 15);
    change->of_change = db_int(stmt, 16);
    utf8_copy(change->closed_by, sizeof change->closed_by, db_text(stmt, 17));
    change->closed_ms = db_is_null(stmt, 18) ? 0 : db_int(stmt, 18);
    change->new_rev = db_is_null(stmt, 19) ? 0 : db_int(stmt, 19);
}

static bool change_find(struct books *books, int64_t id, struct change *change, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *change = (struct change){.id = id};
    if (!db_prepare(books->db,
                    SQL("SELECT line, old_rev, wants, source, source_name, opened_by, opened_ms, confirmed_day,"
                        " confirmed_by, due_day, comp_fen, comp_who, comp_day, comp_by, state, version, of_change,"
                        " closed_by, closed_ms, new_rev FROM change"
                        " WHERE id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("change.absent"));
    change_of_row(stmt, change);
    db_reset(stmt);
    return true;
}

/* One that is open; a closed one stays as it is. */
static bool change_read(struct books *books, int64_t id, struct change *change, struct err *err)
{
    return change_find(books, id, change, err) &&
           (change->state == CHANGE_OPEN || err_set(err, ERR_CONFLICT, SAY("change.closed")));
}

static bool change_put(struct books *books, const struct change *change, int64_t base, struct err *err)
{
    enum record_did    did;
    bool               is_closed = change->state != CHANGE_OPEN;
    const struct value values[] = {
        value_int(change->id),
        value_int(change->line),
        value_int(change->old_rev),
        value_text(change->wants),
        change->has_source ? value_blob(change->source.bytes, sizeof change->source.bytes) : value_null(),
        value_text(change->source_name),
        value_text(change->opened_by),
        value_int(change->opened_ms),
        change->is_confirmed ? value_int(change->confirmed_day) : value_null(),
        value_text(change->confirmed_by),
        change->has_due ? value_int(change->due_day) : value_null(),
        change->is_agreed ? value_int(change->comp_fen) : value_null(),
        value_text(change->comp_who),
        change->is_agreed ? value_int(change->comp_day) : value_null(),
        value_text(change->comp_by),
        value_int(change->state),
        value_text(change->closed_by),
        is_closed ? value_int(change->closed_ms) : value_null(),
        change->state == CHANGE_RELEASED ? value_int(change->new_rev) : value_null(),
        value_int(change->of_change),
    };
    return record_put(&books->record, NOUN_CHANGE, base, values, &did, err);
}

bool change_of_line(struct books *books, int64_t line, int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT id FROM change WHERE line = $1 AND state = $2 LIMIT 1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, CHANGE_OPEN);
    if (!db_step(stmt, &row, err)) return false;
    *id = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

/* ---- Opening and saving */

/* The customer's own words, hung on the order too. */
static bool source_take(struct books *books, const struct act_call *call, struct change *change, struct err *err)
{
    const struct json *files = json_get(call->body, "files");
    int                count;
    if (json_count(files) == 0) return true;
    if (!file_attach(books, files, 0, change->line - change->line % 100, "source", &count, err)) return false;
    const struct json *first = json_at(files, 0);
    change->has_source = hash_read(json_text(json_get(first, "hash"), ""), &change->source);
    utf8_copy(change->source_name, sizeof change->source_name, json_text(json_get(first, "name"), ""));
    return true;
}

/* Signed, and standing still: the line's revision. */
static bool line_check(struct books *books, int64_t line, int64_t *rev, struct err *err)
{
    bool is, is_stopped;
    if (!order_line_rev(books, line, &is, rev, err)) return false;
    if (!is) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    if (*rev == 0) return err_set(err, ERR_CONFLICT, SAY("change.unreleased"));
    if (!stop_stands(books, line, &is_stopped, err)) return false;
    return is_stopped || err_set(err, ERR_CONFLICT, SAY("change.unstopped"));
}

/* The lines that the body names: one, or several of one order, each once. */
struct opening {
    int     count;
    int64_t lines[LINES_MOST];
};

static bool opening_add(struct opening *opening, int64_t line, struct err *err)
{
    for (int i = 0; i < opening->count; i++) {
        if (opening->lines[i] == line) return err_set(err, ERR_INPUT, SAY("change.twice"));
        if (opening->lines[i] / 100 != line / 100) return err_set(err, ERR_INPUT, SAY("change.orders"));
    }
    opening->lines[opening->count++] = line;
    return true;
}

static bool opening_read(const struct act_call *call, struct opening *opening, struct err *err)
{
    const struct json *lines = json_get(call->body, "lines");
    struct line_ref    ref;
    *opening = (struct opening){.count = 0};
    if (lines == NULL) return body_ref(call, "line", true, &ref, err) && opening_add(opening, line_ref_key(ref), err);
    if (json_count(lines) < 1 || json_count(lines) > LINES_MOST)
        return err_set(err, ERR_INPUT, say_int(SAY("change.lines"), LINES_MOST));
    for (size_t i = 0; i < json_count(lines); i++) {
        const char *text = json_text(json_at(lines, i), "");
        if (!line_ref_read(text, &ref) || ref.line == 0)
            return err_set(err, ERR_INPUT, say_text(SAY("stop.what"), text));
        if (!opening_add(opening, line_ref_key(ref), err)) return false;
    }
    return true;
}

/* One line's part; of_change 0: it stands alone, or is the first of several. */
static bool line_open(struct books *books, struct change *change, struct err *err)
{
    int64_t other;
    if (!line_check(books, change->line, &change->old_rev, err) || !change_of_line(books, change->line, &other, err))
        return false;
    return other == 0 ? change_put(books, change, RECORD_NEW, err) : err_set(err, ERR_CONFLICT, SAY("change.open"));
}

bool change_open_act(struct books *books, struct act_call *call, struct err *err)
{
    struct opening opening;
    struct change  change = {.version = RECORD_NEW};
    const char    *wants = "";
    if (!opening_read(call, &opening, err) || !body_text(call, "wants", false, WANTS_BYTES, &wants, err) ||
        !record_next(&books->record, SQL("SELECT id FROM change ORDER BY id DESC LIMIT 1"), &change.id, err))
        return false;
    int64_t first = change.id;
    utf8_copy(change.wants, sizeof change.wants, wants);
    utf8_copy(change.opened_by, sizeof change.opened_by, books->record.user);
    change.opened_ms = books->record.now_ms;
    change.of_change = opening.count > 1 ? first : 0;
    change.line = opening.lines[0];
    if (!source_take(books, call, &change, err)) return false;
    for (int i = 0; i < opening.count; i++) {
        change.id = first + i;
        change.line = opening.lines[i];
        if (!line_open(books, &change, err)) return false;
    }
    buf_fmt(&call->answer, "{\"change\":%" PRId64 "}", first);
    return true;
}

/* ---- Several lines, one change */

/* The next open one of those that were opened together with it; *id 0: none. */
static bool set_after(struct books *books, const struct change *change, int64_t after, int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *id = 0;
    if (change->of_change == 0) return true;
    if (!db_prepare(books->db, SQL("SELECT id FROM change WHERE of_change = $1 AND of_change != 0 AND state = $2"
                                   " AND id > $3 AND id != $4 ORDER BY id LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, change->of_change);
    db_bind_int(stmt, 2, CHANGE_OPEN);
    db_bind_int(stmt, 3, after);
    db_bind_int(stmt, 4, change->id);
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        *id = db_int(stmt, 0);
        db_reset(stmt);
    }
    return true;
}

/* Does the same to the others; like holds what was said of the first. */
static bool set_do(struct books *books, const struct change *like,
                   bool (*one)(struct books *books, const struct change *like, struct change *change, struct err *err),
                   struct err *err)
{
    struct change change;
    int64_t       id = 0;
    for (;;) {
        if (!set_after(books, like, id, &id, err)) return false;
        if (id == 0) return true;
        if (!change_read(books, id, &change, err) || !one(books, like, &change, err)) return false;
    }
}

/* From the day on which the customer confirmed it the lead time counts anew. */
static bool due_propose(struct books *books, struct change *change, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    char            family[CELL_TEXT_MAX] = "";
    if (!change->is_confirmed) return true;
    if (!db_prepare(books->db, SQL("SELECT family, rush FROM line WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, change->line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    utf8_copy(family, sizeof family, db_text(stmt, 0));
    bool is_rush = db_int(stmt, 1) != 0;
    db_reset(stmt);
    return lead_due(books, family, is_rush, change->confirmed_day, &change->has_due, &change->due_day, err);
}

enum { SAVE_WANTS, SAVE_DAY, SAVE_BY, SAVES };
static const struct import_column SAVE_COLUMNS[] = {
    [SAVE_WANTS] = {"wants", "要改成", {CELL_TEXT, true, 0, WANTS_BYTES}},
    [SAVE_DAY] = {"confirmed_day", "客户确认日", {CELL_DAY, false, 0, 0}},
    [SAVE_BY] = {"confirmed_by", "谁确认", {CELL_TEXT, false, 0, 60}},
    [SAVES] = {.name = NULL},
};

static bool change_body(struct books *books, const struct act_call *call, struct change *change, struct err *err)
{
    int64_t id;
    return body_int(call, "change", 1, INT64_MAX, &id, err) && change_read(books, id, change, err);
}

/* A field's refusal, beside it. */
static bool field_refuse(struct act_call *call, const char *field, struct say say, struct err *err)
{
    err_set(err, ERR_INPUT, say);
    return form_fault(call, field, err);
}

/* One word of the customer for all lines; each has its own lead time. */
static bool saved_like(struct books *books, const struct change *like, struct change *change, struct err *err)
{
    memcpy(change->wants, like->wants, sizeof change->wants);
    memcpy(change->confirmed_by, like->confirmed_by, sizeof change->confirmed_by);
    memcpy(change->source_name, like->source_name, sizeof change->source_name);
    change->source = like->source;
    change->has_source = like->has_source;
    change->is_confirmed = like->is_confirmed;
    change->confirmed_day = like->confirmed_day;
    change->has_due = false;
    return due_propose(books, change, err) && change_put(books, change, RECORD_ANY, err);
}

bool change_save_act(struct books *books, struct act_call *call, struct err *err)
{
    struct change change;
    struct cell   cells[SAVES];
    if (!change_body(books, call, &change, err) || !form_take(call, SAVE_COLUMNS, cells, err)) return false;
    if (cells[SAVE_DAY].is_set != cells[SAVE_BY].is_set)
        return field_refuse(call, cells[SAVE_DAY].is_set ? "confirmed_by" : "confirmed_day", SAY("change.both"), err);
    if (cells[SAVE_DAY].is_set && cells[SAVE_DAY].number > books_newest_day(books))
        return field_refuse(call, "confirmed_day", SAY("change.future"), err);
    utf8_copy(change.wants, sizeof change.wants, cells[SAVE_WANTS].text);
    change.is_confirmed = cells[SAVE_DAY].is_set;
    change.confirmed_day = (int32_t)cells[SAVE_DAY].number;
    utf8_copy(change.confirmed_by, sizeof change.confirmed_by, cells[SAVE_BY].text);
    change.has_due = false;
    return source_take(books, call, &change, err) && due_propose(books, &change, err) &&
           change_put(books, &change, body_base(call), err) && set_do(books, &change, saved_like, err);
}

enum { AGREE_SUM, AGREE_WHO, AGREE_DAY, AGREES, SUM_MOST_FEN = 1000000000 };
static const struct import_column AGREE_COLUMNS[] = {
    [AGREE_SUM] = {"sum", "补偿", {CELL_FEN, true, 0, SUM_MOST_FEN}},
    [AGREE_WHO] = {"who", "谁确认", {CELL_TEXT, true, 0, 60}},
    [AGREE_DAY] = {"day", "日期", {CELL_DAY, true, 0, 0}},
    [AGREES] = {.name = NULL},
};

/* One sum for all lines: it stands with the first of them, whatever became of that line meanwhile. */
static bool first_read(struct books *books, struct change *change, int64_t *base, struct err *err)
{
    int64_t            first = change->of_change;
    const struct value key = value_int(change->id);
    if (first == 0 || first == change->id) return true;
    if (!record_base(&books->record, NOUN_CHANGE, *base, &key, err)) return false;
    *base = RECORD_ANY;
    return change_find(books, first, change, err);
}

bool change_agree_act(struct books *books, struct act_call *call, struct err *err)
{
    struct change change;
    struct cell   cells[AGREES];
    if (!change_body(books, call, &change, err) || !form_take(call, AGREE_COLUMNS, cells, err)) return false;
    if (cells[AGREE_DAY].number > books_newest_day(books)) return field_refuse(call, "day", SAY("change.future"), err);
    int64_t base = body_base(call);
    if (!first_read(books, &change, &base, err)) return false;
    change.is_agreed = true;
    change.comp_fen = cells[AGREE_SUM].number;
    change.comp_day = (int32_t)cells[AGREE_DAY].number;
    utf8_copy(change.comp_who, sizeof change.comp_who, cells[AGREE_WHO].text);
    utf8_copy(change.comp_by, sizeof change.comp_by, books->record.user);
    return change_put(books, &change, base, err);
}

/* ---- Ending a change */

static bool change_close(struct books *books, struct change *change, enum change_state state, int64_t base,
                         struct err *err)
{
    change->state = (int)state;
    change->closed_ms = books->record.now_ms;
    utf8_copy(change->closed_by, sizeof change->closed_by, books->record.user);
    return change_put(books, change, base, err);
}

static bool dropped_like(struct books *books, const struct change *like, struct change *change, struct err *err)
{
    memcpy(change->wants, like->wants, sizeof change->wants);
    return change_close(books, change, CHANGE_DROPPED, RECORD_ANY, err);
}

/* Given up: the reason joins his words, the old sheets stand. */
bool change_drop_act(struct books *books, struct act_call *call, struct err *err)
{
    struct change change;
    const char   *why = "";
    if (!change_body(books, call, &change, err)) return false;
    size_t len = strlen(change.wants), room = sizeof change.wants - sizeof " " - len;
    if (!body_text(call, "why", false, room < WHY_BYTES ? room : WHY_BYTES, &why, err)) return false;
    snprintf(change.wants + len, sizeof change.wants - len, " %s", why);
    return change_close(books, &change, CHANGE_DROPPED, body_base(call), err) &&
           set_do(books, &change, dropped_like, err);
}

bool change_check(struct books *books, int64_t line, int64_t rev, struct err *err)
{
    struct change change;
    int64_t       id, out;
    if (rev <= 1) return true;
    if (!change_of_line(books, line, &id, err)) return false;
    if (id == 0) return err_set(err, ERR_CONFLICT, SAY("change.needed"));
    if (!change_read(books, id, &change, err)) return false;
    if (!change.is_confirmed) return err_set(err, ERR_CONFLICT, SAY("change.unconfirmed"));
    if (!copy_out(books, line, change.old_rev, &out, err)) return false;
    if (out > 0) return err_set(err, ERR_CONFLICT, say_int(SAY("change.copies"), out));
    return stays_check(books, line, change.old_rev, rev, err);
}

bool change_done(struct books *books, int64_t line, int64_t rev, struct err *err)
{
    struct change change;
    int64_t       id;
    if (!change_of_line(books, line, &id, err)) return false;
    if (id == 0) return true;
    if (!change_read(books, id, &change, err)) return false;
    change.new_rev = rev;
    return change_close(books, &change, CHANGE_RELEASED, change.version, err);
}
