/* register.c - the order register: server/books/register.h. */
#include "server/books/register.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/code.h"
#include "server/books/head.h"
#include "server/books/line_form.h"
#include "server/books/master.h"
#include "server/books/order.h"
#include "server/books/remake.h"
#include "server/books/stop.h"

enum { LINES_MOST = 60, SERIAL_MOST = 9999 };

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
    bool       is_rush = placing.head[HEAD_RUSH].number != 0;
    placing.count = json_count(lines);
    if (placing.count == 0) form_bad(form, "", "lines", &none);
    if (placing.count > LINES_MOST) form_bad(form, "", "lines", &many);
    for (size_t i = 0; i < placing.count && placing.count <= LINES_MOST; i++) {
        char at[40];
        snprintf(at, sizeof at, "lines.%zu.", i);
        if (!line_form_read(books, form, json_at(lines, i), at, is_rush, &placing.lines[i], err)) return false;
    }
    return true;
}

static bool place_read(struct books *books, struct form *form, const struct json *body, struct err *err)
{
    int64_t id = json_int(json_get(body, "receipt"), 0);
    if (!head_form_read(books, form, body, placing.head, err) || !lines_read(books, form, json_get(body, "lines"), err))
        return false;
    placing.receipt = (struct receipt){0};
    if (id == 0) return receipt_take(books, form, body, &placing.receipt, err);
    if (!receipt_read(books, id, &placing.receipt, err)) return false;
    return placing.receipt.order == 0 || err_set(err, ERR_CONFLICT, say_int(SAY("receipt.placed"), id));
}

static bool place_write(struct books *books, struct line_ref ref, struct err *err)
{
    int64_t order = line_ref_key(ref);
    bool    is_rush = placing.head[HEAD_RUSH].number != 0;
    if (!head_place(books, order, placing.head, &placing.receipt, err)) return false;
    for (size_t i = 0; i < placing.count; i++) {
        int64_t line = order + (int64_t)i + 1;
        if (!line_form_put(books, line, 0, RECORD_NEW, is_rush, &placing.lines[i], err)) return false;
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
    if (placing.head[HEAD_RUSH].number != 0 && !head_rush_room(books, 0, err)) return form_fault(call, "rush", err);
    if (!number_next(books, &ref, err) || !place_write(books, ref, err)) return false;
    line_ref_write(ref, text);
    buf_fmt(&call->answer, "{\"order\":\"%s\",\"late\":%s}", text,
            books->record.now_ms > placing.receipt.until_ms ? "true" : "false");
    return true;
}

/* ---------------------------------------------------------------------------------------------------- changing */

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

bool register_change_act(struct books *books, struct act_call *call, struct err *err)
{
    struct form     form = {.call = call};
    struct cell     cells[HEAD_COUNT] = {{.is_set = false}};
    struct head     kept = {0};
    struct line_ref ref = {0};
    if (!body_ref(call, "order", false, &ref, err) || !head_read(books, line_ref_key(ref), &kept, err)) return false;
    int64_t order = line_ref_key(ref);
    if (!head_form_read(books, &form, call->body, cells, err)) {
        buf_free(&form.told);
        return false;
    }
    if (!form_end(&form, err)) return false;
    bool is_rush = cells[HEAD_RUSH].number != 0;
    if (is_rush && !kept.is_rush && !head_rush_room(books, order, err)) return form_fault(call, "rush", err);
    if (is_rush != kept.is_rush && !lines_are_open(books, order, order + 99, err)) return form_fault(call, "rush", err);
    return head_change(books, order, body_base(call), cells, &kept, err) && line_form_rush(books, order, is_rush, err);
}

/* A line whose sheet is signed changes while it is stopped. */
static bool line_is_open(struct books *books, int64_t line, int64_t *rev, struct err *err)
{
    bool is, is_stopped;
    if (!order_line_rev(books, line, &is, rev, err)) return false;
    if (*rev == 0) return true;
    if (!stop_stands(books, line, &is_stopped, err)) return false;
    return is_stopped || err_set(err, ERR_CONFLICT, SAY("register.released"));
}

static bool line_change(struct books *books, struct act_call *call, int64_t order, int64_t line, int64_t base,
                        struct err *err)
{
    struct form form = {.call = call};
    struct head kept = {0};
    int64_t     rev = 0;
    if (!head_read(books, order, &kept, err) || !line_is_open(books, line, &rev, err)) return false;
    if (!line_form_read(books, &form, call->body, "", kept.is_rush, &placing.lines[0], err)) {
        buf_free(&form.told);
        return false;
    }
    if (!form_end(&form, err)) return false;
    return line_form_put(books, line, rev, base, kept.is_rush, &placing.lines[0], err);
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
