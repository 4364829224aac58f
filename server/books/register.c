/* register.c - the order register: server/books/register.h. */
#include "server/books/register.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/code.h"
#include "server/books/customer.h"
#include "server/books/file.h"
#include "server/books/find.h"
#include "server/books/foreign.h"
#include "server/books/master.h"
#include "server/books/question.h"
#include "server/books/receipt.h"

enum { LINES_MOST = 60, SERIAL_MOST = 9999, LINE_OF_REMAKES = 80 /* remakes count down from 99 */ };

/* clang-format off */
static const struct import_column HEAD_COLUMNS[] = {
    {"customer",    "客户",     {CELL_INT, true, 1, INT32_MAX}},
    {"salesperson", "业务员",   {CELL_TEXT, false, 0, 60}},
    {"desk",        "跟单",     {CELL_TEXT, false, 0, 60}},
    {"project",     "工程",     {CELL_BOOL, false, 0, 0}},
    {"rush",        "加急",     {CELL_BOOL, false, 0, 0}},
    {"rush_owner",  "加急负责人", {CELL_TEXT, false, 0, 60}},
    {"rush_reason", "加急原因", {CELL_TEXT, false, 0, 120}},
    {"doubt",       "拿不准",   {CELL_TEXT, false, 0, 200}},
    {"remarks",     "备注",     {CELL_TEXT, false, 0, 390}},
    {.name = NULL},
};
/* clang-format on */
enum { CUSTOMER, SALESPERSON, DESK, PROJECT, RUSH, RUSH_OWNER, RUSH_REASON, DOUBT, REMARKS, HEAD_COUNT };

struct line_form {
    struct cell spec[SPEC_COUNT], amount[AMOUNT_COUNT];
};

/* ---------------------------------------------------------------------------------------------------- reading forms */

/* [R22] A rush has an owner and a reason. */
static void rush_check(struct form *form, const struct cell *head)
{
    struct say owner = SAY("register.rush_owner"), reason = SAY("register.rush_reason");
    if (head[RUSH].number == 0) return;
    if (!head[RUSH_OWNER].is_set) form_bad(form, "", "rush_owner", &owner);
    if (!head[RUSH_REASON].is_set) form_bad(form, "", "rush_reason", &reason);
}

static bool desk_check(struct books *books, struct form *form, const struct cell *head, struct err *err)
{
    struct say say = say_text(SAY("register.desk"), head[DESK].text);
    bool       has;
    if (!head[DESK].is_set) return true;
    if (!act_user_has(books, head[DESK].text, "desk", &has, err)) return false;
    if (!has) form_bad(form, "", "desk", &say);
    return true;
}

/* Of which family it is, and how long that takes [R29]. */
struct lead {
    bool    has;
    int64_t least, most, rush;
};

static bool lead_read(struct books *books, const char *family, struct lead *lead, struct err *err)
{
    struct db_stmt *stmt;
    *lead = (struct lead){.has = false};
    if (!db_prepare(books->db, SQL("SELECT least_days, most_days, rush_days FROM lead WHERE family = $1"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, family);
    if (!db_step(stmt, &lead->has, err)) return false;
    if (lead->has) {
        lead->least = db_int(stmt, 0);
        lead->most = db_int(stmt, 1);
        lead->rush = db_int(stmt, 2);
    }
    db_reset(stmt);
    return true;
}

/* The day that the lead time gives, holidays counted out. */
static bool due_fill(struct books *books, struct form *form, const char *at, struct cell *spec, bool is_rush,
                     struct err *err)
{
    static struct calendar calendar; /* the writer's thread alone: too large for its stack's comfort */
    struct lead            lead;
    struct say             none = SAY("register.due");
    if (spec[SPEC_DUE].is_set) return true;
    if (!lead_read(books, spec[SPEC_FAMILY].text, &lead, err) || !books_calendar(books, &calendar, err)) return false;
    if (!lead.has) {
        form_bad(form, at, "due", &none);
        return true;
    }
    spec[SPEC_DUE].is_set = true;
    spec[SPEC_DUE].number = calendar_add(&calendar, books_today(books), (int32_t)(is_rush ? lead.rush : lead.most));
    return true;
}

bool register_due(struct books *books, const char *family, bool is_rush, int32_t from_day, bool *has, int32_t *due_day,
                  struct err *err)
{
    static struct calendar calendar;
    struct lead            lead;
    if (!lead_read(books, family, &lead, err) || !books_calendar(books, &calendar, err)) return false;
    *has = lead.has;
    if (lead.has) *due_day = calendar_add(&calendar, from_day, (int32_t)(is_rush ? lead.rush : lead.most));
    return true;
}

static bool line_read(struct books *books, struct form *form, const struct json *body, const char *at, bool is_rush,
                      struct line_form *line, struct err *err)
{
    struct say measured = SAY("register.measured"), past = SAY("register.past"), why = SAY("register.extra");
    bool       is_good = form_read(form, body, at, SPEC_COLUMNS, line->spec);
    is_good = form_read(form, body, at, AMOUNT_COLUMNS, line->amount) && is_good;
    if (!is_good) return true;
    const char *of = line->spec[SPEC_MEASURED].text;
    if (strcmp(of, "opening") != 0 && strcmp(of, "leaf") != 0) form_bad(form, at, "measured", &measured);
    if (line->spec[SPEC_DUE].is_set && line->spec[SPEC_DUE].number < books_today(books))
        form_bad(form, at, "due", &past);
    if (line->amount[AMOUNT_EXTRA].number != 0 && !line->amount[AMOUNT_WHY].is_set)
        form_bad(form, at, "extra_why", &why);
    return due_fill(books, form, at, line->spec, is_rush, err);
}

/* ---------------------------------------------------------------------------------------------------- writing lines */

/* As sheet and kiosk show it [R21]: 门洞 960×2050 墙厚180. */
static bool size_write(struct books *books, const struct cell *spec, char size[CELL_TEXT_MAX], struct err *err)
{
    bool is_opening = strcmp(spec[SPEC_MEASURED].text, "opening") == 0;
    if (spec[SPEC_WIDTH].number == 0 && spec[SPEC_HEIGHT].number == 0) { /* of an import that says it otherwise */
        snprintf(size, CELL_TEXT_MAX, "%s", spec[SPEC_TECHNICAL].text);
        return true;
    }
    char word[NAME_BYTES + 1];
    if (!setting_text(books, is_opening ? "opening_word" : "leaf_word", is_opening ? "门洞" : "门扇", word, err))
        return false;
    int len = snprintf(size, CELL_TEXT_MAX, "%s %" PRId64 "×%" PRId64, word, spec[SPEC_WIDTH].number,
                       spec[SPEC_HEIGHT].number);
    if (spec[SPEC_WALL].number > 0)
        snprintf(size + len, (size_t)(CELL_TEXT_MAX - len), " 墙厚%" PRId64, spec[SPEC_WALL].number);
    return true;
}

static bool rush_is(struct books *books, int64_t order, bool *is_rush, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT rush_owner FROM head WHERE order_id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    *is_rush = row && db_text(stmt, 0)[0] != 0;
    db_reset(stmt);
    return true;
}

bool register_is_stopped(struct books *books, int64_t line, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT id FROM stop WHERE line IN ($1, $2) AND lifted_feed IS NULL AND pieces = 0"
                        " LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, line - line % 100);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

static bool spec_put(struct books *books, int64_t line, int64_t base, const struct line_form *form, struct err *err)
{
    enum record_did did;
    struct buf      fields = {0};
    int64_t         price = form->amount[AMOUNT_PRICE].number, extra = form->amount[AMOUNT_EXTRA].number;
    spec_write(form->spec, &fields);
    const struct value values[] = {
        value_int(line),
        value_text(buf_text(&fields)),
        value_int(price),
        value_int(extra),
        value_text(form->amount[AMOUNT_WHY].text),
        value_int(form->spec[SPEC_QUANTITY].number * price + extra),
    };
    bool is_done = record_put(&books->record, NOUN_SPEC, base, values, &did, err);
    buf_free(&fields);
    return is_done;
}

bool register_price(struct books *books, int64_t line, int64_t quantity, int64_t price_fen, enum record_did *did,
                    struct err *err)
{
    const struct value values[] = {value_int(line), value_text(""), value_int(price_fen),
                                   value_int(0),    value_text(""), value_int(quantity * price_fen)};
    return record_put(&books->record, NOUN_SPEC, RECORD_ANY, values, did, err);
}

/* The line's row in the words of a sheet: from its fields. */
bool register_line_row(struct books *books, int64_t line, const struct cell *spec, int64_t rev, struct err *err)
{
    enum record_did did;
    char            size[CELL_TEXT_MAX];
    bool            is_rush;
    int64_t         order = line - line % 100;
    if (!rush_is(books, order, &is_rush, err) || !size_write(books, spec, size, err) ||
        !find_learn(books, FIND_PRODUCT, spec[SPEC_PRODUCT].text, 0, err))
        return false;
    const struct value values[] = {
        value_int(line),
        value_int(order),
        value_text(spec[SPEC_PRODUCT].text),
        value_text(spec[SPEC_FAMILY].text),
        value_int(spec[SPEC_QUANTITY].number),
        value_text(size),
        value_text(spec[SPEC_COLOUR].text),
        value_text(spec[SPEC_OPENING].text),
        value_int(spec[SPEC_DUE].number),
        value_int(is_rush),
        value_int(spec[SPEC_SPECIAL].number),
        value_text(spec[SPEC_REMARKS].text),
        value_int(rev),
    };
    return record_put(&books->record, NOUN_LINE, RECORD_ANY, values, &did, err);
}

/* What the floor works by stays as it was signed until the next revision is: then only the order's own fields change. */
static bool line_put(struct books *books, int64_t line, int64_t rev, int64_t base, const struct line_form *form,
                     struct err *err)
{
    return (rev > 0 || register_line_row(books, line, form->spec, 0, err)) && spec_put(books, line, base, form, err);
}

/* ---------------------------------------------------------------------------------------------------- questions */

/* [R22] A day before the lead time allows it is the follow-up clerk's to accept. */
static bool date_ask(struct books *books, int64_t order, int64_t line, const struct line_form *form, bool is_rush,
                     struct err *err)
{
    static struct calendar calendar;
    struct lead            lead;
    char                   text[CELL_TEXT_MAX] = "", due[DAY_TEXT];
    if (!lead_read(books, form->spec[SPEC_FAMILY].text, &lead, err) || !books_calendar(books, &calendar, err))
        return false;
    int32_t days = calendar_between(&calendar, books_today(books), (int32_t)form->spec[SPEC_DUE].number);
    int64_t least = is_rush ? lead.rush : lead.least;
    day_write((int32_t)form->spec[SPEC_DUE].number, due);
    if (lead.has && days < least) snprintf(text, sizeof text, "%s：%" PRId32 " < %" PRId64 " 天", due, days, least);
    return question_want(books, order, line, "date", text, err);
}

static bool line_ask(struct books *books, int64_t order, int64_t line, const struct line_form *form, bool is_rush,
                     struct err *err)
{
    struct buf foreign = {0};
    bool       is_done = foreign_find(books, form->spec, &foreign, err) &&
                   question_want(books, order, line, "foreign", buf_text(&foreign), err) &&
                   question_want(books, order, line, "special",
                                 form->spec[SPEC_SPECIAL].number != 0 ? form->spec[SPEC_PRODUCT].text : "", err) &&
                   date_ask(books, order, line, form, is_rush, err);
    buf_free(&foreign);
    return is_done;
}

static bool head_ask(struct books *books, int64_t order, const struct cell *head, struct err *err)
{
    struct buf rush = {0};
    if (head[RUSH].number != 0) {
        buf_str(&rush, head[RUSH_OWNER].text);
        buf_str(&rush, "：");
        buf_str(&rush, head[RUSH_REASON].text);
    }
    bool is_done = question_want(books, order, 0, "rush", buf_text(&rush), err) &&
                   question_want(books, order, 0, "date", head[DOUBT].text, err);
    buf_free(&rush);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- receiving, placing */

bool register_receive_act(struct books *books, struct act_call *call, struct err *err)
{
    struct form    form = {.call = call};
    struct receipt receipt = {0};
    bool           is_done = receipt_take(books, &form, call->body, &receipt, err);
    if (!is_done) {
        buf_free(&form.told);
        return false;
    }
    if (!form_end(&form, err)) return false;
    buf_fmt(&call->answer, "{\"receipt\":%" PRId64 "}", receipt.id);
    return true;
}

/* [R25] Month and serial; the month is that of the day of placing. */
static bool number_next(struct books *books, struct line_ref *ref, struct err *err)
{
    char            day[DAY_TEXT];
    struct db_stmt *stmt;
    bool            row;
    char           *end;
    day_write(books_today(books), day);
    int year = (int)strtol(day, &end, 10), month = (int)strtol(end + 1, NULL, 10); /* 2026-03-04 */
    *ref = (struct line_ref){.yymm = year % 100 * 100 + month, .serial = 1};
    struct line_ref last = {.yymm = ref->yymm, .serial = SERIAL_MOST, .line = 99};
    if (!db_prepare(books->db, SQL("SELECT id FROM orders WHERE id BETWEEN $1 AND $2 ORDER BY id DESC LIMIT 1"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(*ref));
    db_bind_int(stmt, 2, line_ref_key(last));
    if (!db_step(stmt, &row, err)) return false;
    if (row) ref->serial = line_ref_of_key(db_int(stmt, 0)).serial + 1;
    db_reset(stmt);
    return ref->serial <= SERIAL_MOST || err_set(err, ERR_CONFLICT, SAY("register.full"));
}

/* [R22] Rush orders that aren't due yet. */
static bool rush_room(struct books *books, int64_t except, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    int64_t         cap, open;
    if (!setting_limit(books, LIMIT_RUSH_CAP, &cap, err)) return false;
    if (!db_prepare(books->db, SQL("SELECT COUNT(DISTINCT h.order_id) FROM head AS h JOIN line AS l ON l.order_id ="
                        " h.order_id WHERE h.rush_owner != '' AND l.due_day >= $1 AND h.order_id != $2"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, books_today(books));
    db_bind_int(stmt, 2, except);
    if (!db_step(stmt, &row, err)) return false;
    open = db_int(stmt, 0);
    db_reset(stmt);
    return open < cap || err_set(err, ERR_INPUT, say_int(say_int(SAY("register.rush_cap"), open), cap));
}

static bool head_put(struct books *books, int64_t order, int64_t base, const struct cell *head, int64_t receipt,
                     int64_t placed_ms, const char *placed_by, struct err *err)
{
    enum record_did    did;
    bool               is_rush = head[RUSH].number != 0;
    const struct value values[] = {
        value_int(order),
        value_int(head[CUSTOMER].number),
        value_int(receipt),
        value_text(head[SALESPERSON].text),
        value_text(head[DESK].text),
        value_int(placed_ms),
        value_text(placed_by),
        value_int(head[PROJECT].number),
        value_text(is_rush ? head[RUSH_OWNER].text : ""),
        value_text(is_rush ? head[RUSH_REASON].text : ""),
        value_text(head[DOUBT].text),
        value_text(head[REMARKS].text),
    };
    return record_put(&books->record, NOUN_HEAD, base, values, &did, err);
}

static bool order_row_put(struct books *books, int64_t order, int64_t customer, int64_t received_ms, struct err *err)
{
    enum record_did did;
    char            name[CELL_TEXT_MAX];
    if (!customer_name(books, customer, name, err)) return false;
    const struct value values[] = {value_int(order), value_text(name), value_int(received_ms)};
    return record_put(&books->record, NOUN_ORDER, RECORD_ANY, values, &did, err);
}

/* What placing has in hand; too large for a stack: the writer's thread alone uses it. */
static struct placing {
    struct cell      head[HEAD_COUNT];
    struct line_form lines[LINES_MOST];
    size_t           count;
    struct receipt   receipt;
} placing;

static bool lines_read(struct books *books, struct form *form, const struct json *lines, struct err *err)
{
    struct say none = SAY("register.lines"), many = say_int(SAY("register.many"), LINES_MOST);
    bool       is_rush = placing.head[RUSH].number != 0;
    placing.count = json_count(lines);
    if (placing.count == 0) form_bad(form, "", "lines", &none);
    if (placing.count > LINES_MOST) form_bad(form, "", "lines", &many);
    for (size_t i = 0; i < placing.count && placing.count <= LINES_MOST; i++) {
        char at[40];
        snprintf(at, sizeof at, "lines.%zu.", i);
        if (!line_read(books, form, json_at(lines, i), at, is_rush, &placing.lines[i], err)) return false;
    }
    return true;
}

static bool place_read(struct books *books, struct form *form, const struct json *body, struct err *err)
{
    int64_t id = json_int(json_get(body, "receipt"), 0);
    (void)form_read(form, body, "", HEAD_COLUMNS, placing.head);
    rush_check(form, placing.head);
    if (!desk_check(books, form, placing.head, err) || !lines_read(books, form, json_get(body, "lines"), err))
        return false;
    placing.receipt = (struct receipt){0};
    if (id == 0) return receipt_take(books, form, body, &placing.receipt, err);
    if (!receipt_read(books, id, &placing.receipt, err)) return false;
    return placing.receipt.order == 0 || err_set(err, ERR_CONFLICT, say_int(SAY("receipt.placed"), id));
}

static bool place_write(struct books *books, struct line_ref ref, struct err *err)
{
    int64_t order = line_ref_key(ref), customer = placing.head[CUSTOMER].number;
    bool    is_rush = placing.head[RUSH].number != 0;
    if (!order_row_put(books, order, customer, placing.receipt.received_ms, err) ||
        !receipt_place(books, &placing.receipt, order, customer, err) ||
        !head_put(books, order, RECORD_NEW, placing.head, placing.receipt.id, books->record.now_ms, books->record.user,
                  err) ||
        !head_ask(books, order, placing.head, err))
        return false;
    for (size_t i = 0; i < placing.count; i++) {
        int64_t line = order + (int64_t)i + 1;
        if (!line_put(books, line, 0, RECORD_NEW, &placing.lines[i], err) ||
            !line_ask(books, order, line, &placing.lines[i], is_rush, err))
            return false;
    }
    return true;
}

bool register_place_act(struct books *books, struct act_call *call, struct err *err)
{
    struct form     form = {.call = call};
    struct line_ref ref = {0};
    char            text[LINE_REF_TEXT];
    if (!place_read(books, &form, call->body, err)) {
        buf_free(&form.told);
        return false;
    }
    if (!form_end(&form, err)) return false;
    if (placing.head[RUSH].number != 0 && !rush_room(books, 0, err)) return form_fault(call, "rush", err);
    if (!number_next(books, &ref, err) || !place_write(books, ref, err)) return false;
    line_ref_write(ref, text);
    buf_fmt(&call->answer, "{\"order\":\"%s\",\"late\":%s}", text,
            books->record.now_ms > placing.receipt.until_ms ? "true" : "false");
    return true;
}

/* ---------------------------------------------------------------------------------------------------- changing */

struct head_kept {
    int64_t receipt, placed_ms, version;
    char    placed_by[132];
    bool    is_rush;
};

static bool head_read(struct books *books, int64_t order, struct head_kept *kept, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT receipt, placed_ms, placed_by, rush_owner, version FROM head WHERE order_id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    *kept = (struct head_kept){.receipt = db_int(stmt, 0), .placed_ms = db_int(stmt, 1), .version = db_int(stmt, 4)};
    snprintf(kept->placed_by, sizeof kept->placed_by, "%s", db_text(stmt, 2));
    kept->is_rush = db_text(stmt, 3)[0] != 0;
    db_reset(stmt);
    return true;
}

/* A signed sheet is changed by a change order alone. */
static bool lines_are_open(struct books *books, int64_t from, int64_t to, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT line FROM line WHERE line BETWEEN $1 AND $2 AND rev > 0 LIMIT 1"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, from);
    db_bind_int(stmt, 2, to);
    if (!db_step(stmt, &row, err)) return false;
    db_reset(stmt);
    return !row || err_set(err, ERR_CONFLICT, SAY("register.released"));
}

static bool rush_follow(struct books *books, int64_t order, bool is_rush, struct err *err);

bool register_change_act(struct books *books, struct act_call *call, struct err *err)
{
    struct form      form = {.call = call};
    struct cell      head[HEAD_COUNT] = {{.is_set = false}};
    struct head_kept kept = {0};
    struct line_ref  ref = {0};
    if (!body_ref(call, "order", false, &ref, err) || !head_read(books, line_ref_key(ref), &kept, err)) return false;
    int64_t order = line_ref_key(ref);
    (void)form_read(&form, call->body, "", HEAD_COLUMNS, head);
    rush_check(&form, head);
    if (!desk_check(books, &form, head, err)) {
        buf_free(&form.told);
        return false;
    }
    if (!form_end(&form, err)) return false;
    bool is_rush = head[RUSH].number != 0;
    if (is_rush && !kept.is_rush && !rush_room(books, order, err)) return form_fault(call, "rush", err);
    if (is_rush != kept.is_rush && !lines_are_open(books, order, order + 99, err)) return form_fault(call, "rush", err);
    struct receipt receipt;
    return receipt_read(books, kept.receipt, &receipt, err) &&
           head_put(books, order, body_base(call), head, kept.receipt, kept.placed_ms, kept.placed_by, err) &&
           order_row_put(books, order, head[CUSTOMER].number, receipt.received_ms, err) &&
           head_ask(books, order, head, err) && rush_follow(books, order, is_rush, err);
}

/* ... which begins with a stop. */
static bool line_is_open(struct books *books, int64_t line, int64_t *rev, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_stopped;
    if (!db_prepare(books->db, SQL("SELECT rev FROM line WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    *rev = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    if (*rev == 0) return true;
    if (!register_is_stopped(books, line, &is_stopped, err)) return false;
    return is_stopped || err_set(err, ERR_CONFLICT, SAY("register.released"));
}

static bool line_change(struct books *books, struct act_call *call, int64_t order, int64_t line, int64_t base,
                        struct err *err)
{
    struct form      form = {.call = call};
    struct head_kept kept = {0};
    int64_t          rev = 0;
    if (!head_read(books, order, &kept, err) || !line_is_open(books, line, &rev, err)) return false;
    if (!line_read(books, &form, call->body, "", kept.is_rush, &placing.lines[0], err)) {
        buf_free(&form.told);
        return false;
    }
    if (!form_end(&form, err)) return false;
    return line_put(books, line, rev, base, &placing.lines[0], err) &&
           line_ask(books, order, line, &placing.lines[0], kept.is_rush, err);
}

bool register_line_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref = {0};
    struct db_stmt *stmt;
    bool            is;
    if (!body_ref(call, "line", true, &ref, err)) return false;
    int64_t line = line_ref_key(ref);
    if (!db_prepare(books->db, SQL("SELECT line FROM spec WHERE line = $1 AND fields != ''"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &is, err)) return false;
    db_reset(stmt);
    if (!is) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    return line_change(books, call, line - ref.line, line, body_base(call), err);
}

bool register_add_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref = {0};
    struct db_stmt *stmt;
    bool            row;
    char            text[LINE_REF_TEXT];
    if (!body_ref(call, "order", false, &ref, err)) return false;
    int64_t order = line_ref_key(ref);
    if (!db_prepare(books->db, SQL("SELECT line FROM line WHERE line BETWEEN $1 AND $2 ORDER BY line DESC LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order + 1);
    db_bind_int(stmt, 2, order + LINE_OF_REMAKES - 1);
    if (!db_step(stmt, &row, err)) return false;
    ref.line = row ? (int)(db_int(stmt, 0) % 100) + 1 : 1;
    db_reset(stmt);
    if (ref.line >= LINE_OF_REMAKES) return err_set(err, ERR_INPUT, say_int(SAY("register.many"), LINE_OF_REMAKES - 1));
    line_ref_write(ref, text);
    buf_fmt(&call->answer, "{\"line\":\"%s\"}", text);
    if (line_change(books, call, order, line_ref_key(ref), RECORD_NEW, err)) return true;
    if (strstr(buf_text(&call->answer), "\"fields\"") == NULL) buf_clear(&call->answer);
    return false;
}

/* Rush is the whole order's: its lines bear the mark. */
static bool rush_follow(struct books *books, int64_t order, bool is_rush, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    int64_t         line = order;
    for (;;) {
        if (!db_prepare(books->db,
                        SQL("SELECT line, order_id, product, family, quantity, size, colour, opening, due_day,"
                            " special, remarks, rev FROM line WHERE order_id = $1 AND line > $2 AND rush != $3"
                            " ORDER BY line LIMIT 1"),
                            &stmt, err))
            return false;
        db_bind_int(stmt, 1, order);
        db_bind_int(stmt, 2, line);
        db_bind_int(stmt, 3, is_rush);
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        line = db_int(stmt, 0);
        const struct value values[] = {
            value_int(line),
            value_int(db_int(stmt, 1)),
            value_text(db_text(stmt, 2)),
            value_text(db_text(stmt, 3)),
            value_int(db_int(stmt, 4)),
            value_text(db_text(stmt, 5)),
            value_text(db_text(stmt, 6)),
            value_text(db_text(stmt, 7)),
            value_int(db_int(stmt, 8)),
            value_int(is_rush),
            value_int(db_int(stmt, 9)),
            value_text(db_text(stmt, 10)),
            value_int(db_int(stmt, 11)),
        };
        enum record_did did;
        bool            is_done = record_put(&books->record, NOUN_LINE, RECORD_ANY, values, &did, err);
        db_reset(stmt);
        if (!is_done) return false;
    }
}

/* ---------------------------------------------------------------------------------------------------- order lists */

/* clang-format off */
const struct import_column REGISTER_LIST_COLUMNS[] = {
    {"order",       "订单号",     {CELL_ORDER, true, 0, 0}},
    {"line",        "行号",       {CELL_INT, true, 1, LINE_OF_REMAKES - 1}},
    {"customer",    "客户",       {CELL_TEXT, true, 0, 60}},
    {"phone",       "电话",       {CELL_PHONE, false, 0, 0}},
    {"received",    "接单日期",   {CELL_DAY, false, 0, 0}},
    {"salesperson", "业务员",     {CELL_TEXT, false, 0, 60}},
    {"desk",        "跟单",       {CELL_TEXT, false, 0, 60}},
    {"project",     "工程",       {CELL_BOOL, false, 0, 0}},
    {"rush",        "加急",       {CELL_BOOL, false, 0, 0}},
    {"rush_owner",  "加急负责人", {CELL_TEXT, false, 0, 60}},
    {"rush_reason", "加急原因",   {CELL_TEXT, false, 0, 120}},
    SPEC_ROWS,
    AMOUNT_ROWS,
    {.name = NULL},
};
/* clang-format on */

/* People write 门洞 and 门扇, or the shop's own words [R21]. */
static bool measured_read(struct books *books, struct cell *cell, struct err *err)
{
    static const struct {
        const char *setting, *usual, *is;
    } WORDS[] = {
        {"opening_word", "门洞", "opening"},
        {"leaf_word",    "门扇", "leaf"   },
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        char word[NAME_BYTES + 1];
        if (!setting_text(books, WORDS[i].setting, WORDS[i].usual, word, err)) return false;
        if (strcmp(cell->text, word) != 0 && strcmp(cell->text, WORDS[i].usual) != 0 &&
            strcmp(cell->text, WORDS[i].is) != 0)
            continue;
        snprintf(cell->text, sizeof cell->text, "%s", WORDS[i].is);
        return true;
    }
    return err_set(err, ERR_INPUT, SAY("register.measured"));
}

/* Where a line of the list stands already: its newest signed revision, its delivery day. */
struct listed {
    bool    has_order, has_head, has_line;
    int64_t rev, due_day;
    char    customer[CELL_TEXT_MAX];
};

static bool listed_read(struct books *books, int64_t order, int64_t line, struct listed *listed, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *listed = (struct listed){.rev = 0};
    if (!db_prepare(books->db,
                    SQL("SELECT o.customer, h.order_id, l.rev, l.due_day FROM orders AS o"
                        " LEFT JOIN head AS h ON h.order_id = o.id LEFT JOIN line AS l ON l.line = $2 WHERE o.id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    listed->has_order = true;
    snprintf(listed->customer, sizeof listed->customer, "%s", db_text(stmt, 0));
    listed->has_head = !db_is_null(stmt, 1);
    listed->has_line = !db_is_null(stmt, 2);
    listed->rev = listed->has_line ? db_int(stmt, 2) : 0;
    listed->due_day = listed->has_line ? db_int(stmt, 3) : 0;
    db_reset(stmt);
    return true;
}

/* The head of a new order, from the row that comes first. */
static bool listed_head(struct books *books, const struct cell *cells, const char **column, struct err *err)
{
    bool has;
    memset(placing.head, 0, sizeof placing.head);
    placing.head[SALESPERSON] = cells[REGISTER_LIST_SALESPERSON];
    placing.head[DESK] = cells[REGISTER_LIST_DESK];
    placing.head[PROJECT] = cells[REGISTER_LIST_PROJECT];
    placing.head[RUSH] = cells[REGISTER_LIST_RUSH];
    placing.head[RUSH_OWNER] = cells[REGISTER_LIST_RUSH_OWNER];
    placing.head[RUSH_REASON] = cells[REGISTER_LIST_RUSH_REASON];
    *column = "customer";
    if (!customer_named(books, cells[REGISTER_LIST_CUSTOMER].text, cells[REGISTER_LIST_PHONE].text,
                        &placing.head[CUSTOMER].number, err))
        return false;
    *column = "desk";
    if (!act_user_has(books, placing.head[DESK].text, "desk", &has, err)) return false;
    if (placing.head[DESK].is_set && !has)
        return err_set(err, ERR_INPUT, say_text(SAY("register.desk"), placing.head[DESK].text));
    if (placing.head[RUSH].number == 0) return true;
    *column = "rush_owner";
    if (!placing.head[RUSH_OWNER].is_set) return err_set(err, ERR_INPUT, SAY("register.rush_owner"));
    *column = "rush_reason";
    if (!placing.head[RUSH_REASON].is_set) return err_set(err, ERR_INPUT, SAY("register.rush_reason"));
    *column = "rush";
    return rush_room(books, 0, err);
}

static bool listed_place(struct books *books, int64_t order, const struct cell *cells, struct err *err)
{
    const struct day_rule *rule = chains_rule(&books->chains, books->applied_to + 1);
    const struct cell     *day = &cells[REGISTER_LIST_RECEIVED];
    int64_t                received_ms =
        day->is_set ? day->number * INT64_C(86400000) - rule->offset_min * INT64_C(60000) : books->record.now_ms;
    int64_t customer = placing.head[CUSTOMER].number;
    placing.receipt = (struct receipt){0};
    return receipt_list(books, cells[REGISTER_LIST_CUSTOMER].text, customer, received_ms, &placing.receipt, err) &&
           order_row_put(books, order, customer, received_ms, err) &&
           receipt_place(books, &placing.receipt, order, customer, err) &&
           head_put(books, order, RECORD_NEW, placing.head, placing.receipt.id, books->record.now_ms,
                    books->record.user, err) &&
           head_ask(books, order, placing.head, err);
}

static bool listed_spec(struct books *books, const struct cell *cells, const struct listed *listed, bool is_rush,
                        struct line_form *line, const char **column, struct err *err)
{
    struct form form = {.bad = 0};
    memcpy(line->spec, cells + REGISTER_LIST_HEAD, sizeof line->spec);
    memcpy(line->amount, cells + REGISTER_LIST_HEAD + SPEC_COUNT, sizeof line->amount);
    *column = "measured";
    if (!measured_read(books, &line->spec[SPEC_MEASURED], err)) return false;
    *column = "extra_why";
    if (line->amount[AMOUNT_EXTRA].number != 0 && !line->amount[AMOUNT_WHY].is_set)
        return err_set(err, ERR_INPUT, SAY("register.extra"));
    *column = "due";
    if (!line->spec[SPEC_DUE].is_set && listed->has_line) /* the day that it got when the list came first */
        line->spec[SPEC_DUE] = (struct cell){.is_set = true, .number = listed->due_day};
    bool is_done = due_fill(books, &form, "", line->spec, is_rush, err);
    buf_free(&form.told);
    return is_done && (form.bad == 0 || err_set(err, ERR_INPUT, SAY("register.due")));
}

static bool listed_is_same(struct books *books, int64_t line, const struct line_form *form, bool *is_same,
                           struct err *err)
{
    struct buf fields = {0};
    int64_t    price = form->amount[AMOUNT_PRICE].number, extra = form->amount[AMOUNT_EXTRA].number;
    spec_write(form->spec, &fields);
    const struct value values[] = {
        value_int(line),
        value_text(buf_text(&fields)),
        value_int(price),
        value_int(extra),
        value_text(form->amount[AMOUNT_WHY].text),
        value_int(form->spec[SPEC_QUANTITY].number * price + extra),
    };
    bool is_done = record_is_same(&books->record, NOUN_SPEC, values, is_same, err);
    buf_free(&fields);
    return is_done;
}

bool register_list_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                       struct err *err)
{
    struct line_form *form = &placing.lines[0];
    struct listed     listed = {.rev = 0};
    int64_t           order = cells[REGISTER_LIST_ORDER].number, line = order + cells[REGISTER_LIST_LINE].number;
    bool              is_rush = cells[REGISTER_LIST_RUSH].number != 0, is_same = false;
    if (!listed_read(books, order, line, &listed, err)) return false;
    *column = "order";
    if (listed.has_order && !listed.has_head) return err_set(err, ERR_CONFLICT, SAY("register.absent"));
    *column = "customer";
    if (listed.has_order && strcmp(listed.customer, cells[REGISTER_LIST_CUSTOMER].text) != 0)
        return err_set(err, ERR_INPUT, say_text(SAY("order.customer"), listed.customer));
    if (listed.has_order && !rush_is(books, order, &is_rush, err)) return false;
    if (!listed.has_order && !listed_head(books, cells, column, err)) return false;
    if (!listed_spec(books, cells, &listed, is_rush, form, column, err) ||
        !listed_is_same(books, line, form, &is_same, err))
        return false;
    *did = is_same ? RECORD_SAME : listed.has_line ? RECORD_CHANGED : RECORD_MADE;
    if (is_same) return true;
    *column = "line";
    if (listed.rev > 0) return err_set(err, ERR_CONFLICT, SAY("register.released"));
    return (listed.has_order || listed_place(books, order, cells, err)) &&
           line_put(books, line, 0, RECORD_ANY, form, err) && line_ask(books, order, line, form, is_rush, err);
}
