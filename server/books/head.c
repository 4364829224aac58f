/* head.c - what an order says as a whole: server/books/head.h. */
#include "server/books/head.h"

#include <string.h>

#include "core/utf8.h"
#include "server/books/customer.h"
#include "server/books/master.h"
#include "server/books/question.h"

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

/* ---------------------------------------------------------------------------------------------------- its form */

/* [R22] A rush has an owner and a reason. */
static void rush_check(struct form *form, const struct cell *head)
{
    struct say owner = SAY("register.rush_owner"), reason = SAY("register.rush_reason");
    if (head[HEAD_RUSH].number == 0) return;
    if (!head[HEAD_RUSH_OWNER].is_set) form_bad(form, "", "rush_owner", &owner);
    if (!head[HEAD_RUSH_REASON].is_set) form_bad(form, "", "rush_reason", &reason);
}

static bool desk_check(struct books *books, struct form *form, const struct cell *head, struct err *err)
{
    struct say say = say_text(SAY("register.desk"), head[HEAD_DESK].text);
    bool       has;
    if (!head[HEAD_DESK].is_set) return true;
    if (!act_user_has(books, head[HEAD_DESK].text, "desk", &has, err)) return false;
    if (!has) form_bad(form, "", "desk", &say);
    return true;
}

bool head_form_read(struct books *books, struct form *form, const struct json *body, struct cell cells[HEAD_COUNT],
                    struct err *err)
{
    (void)form_read(form, body, "", HEAD_COLUMNS, cells);
    rush_check(form, cells);
    return desk_check(books, form, cells, err);
}

/* ---------------------------------------------------------------------------------------------------- its rows */

bool head_is(struct books *books, int64_t order, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT version FROM head WHERE order_id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

bool head_is_rush(struct books *books, int64_t order, bool *is_rush, struct err *err)
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

bool head_read(struct books *books, int64_t order, struct head *head, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT receipt, placed_ms, placed_by, rush_owner FROM head WHERE order_id = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    *head = (struct head){.receipt = db_int(stmt, 0), .placed_ms = db_int(stmt, 1)};
    utf8_copy(head->placed_by, sizeof head->placed_by, db_text(stmt, 2));
    head->is_rush = db_text(stmt, 3)[0] != 0;
    db_reset(stmt);
    return true;
}

static bool head_put(struct books *books, int64_t order, int64_t base, const struct cell *cells,
                     const struct head *head, struct err *err)
{
    enum record_did    did;
    bool               is_rush = cells[HEAD_RUSH].number != 0;
    const struct value values[] = {
        value_int(order),
        value_int(cells[HEAD_CUSTOMER].number),
        value_int(head->receipt),
        value_text(cells[HEAD_SALESPERSON].text),
        value_text(cells[HEAD_DESK].text),
        value_int(head->placed_ms),
        value_text(head->placed_by),
        value_int(cells[HEAD_PROJECT].number),
        value_text(is_rush ? cells[HEAD_RUSH_OWNER].text : ""),
        value_text(is_rush ? cells[HEAD_RUSH_REASON].text : ""),
        value_text(cells[HEAD_DOUBT].text),
        value_text(cells[HEAD_REMARKS].text),
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

/* ---------------------------------------------------------------------------------------------------- what it asks */

/* [R22] Rush orders that aren't due yet. */
bool head_rush_room(struct books *books, int64_t except, struct err *err)
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

static bool head_ask(struct books *books, int64_t order, const struct cell *head, struct err *err)
{
    struct buf rush = {0};
    if (head[HEAD_RUSH].number != 0) {
        buf_str(&rush, head[HEAD_RUSH_OWNER].text);
        buf_str(&rush, "：");
        buf_str(&rush, head[HEAD_RUSH_REASON].text);
    }
    bool is_done = question_want(books, order, 0, "rush", buf_text(&rush), err) &&
                   question_want(books, order, 0, "date", head[HEAD_DOUBT].text, err);
    buf_free(&rush);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- placing, changing */

bool head_place(struct books *books, int64_t order, const struct cell cells[HEAD_COUNT], struct receipt *receipt,
                struct err *err)
{
    int64_t     customer = cells[HEAD_CUSTOMER].number;
    struct head head = {.receipt = receipt->id, .placed_ms = books->record.now_ms};
    memcpy(head.placed_by, books->record.user, sizeof head.placed_by);
    return order_row_put(books, order, customer, receipt->received_ms, err) &&
           receipt_place(books, receipt, order, customer, err) &&
           head_put(books, order, RECORD_NEW, cells, &head, err) && head_ask(books, order, cells, err);
}

bool head_change(struct books *books, int64_t order, int64_t base, const struct cell cells[HEAD_COUNT],
                 const struct head *head, struct err *err)
{
    struct receipt receipt;
    return receipt_read(books, head->receipt, &receipt, err) && head_put(books, order, base, cells, head, err) &&
           order_row_put(books, order, cells[HEAD_CUSTOMER].number, receipt.received_ms, err) &&
           head_ask(books, order, cells, err);
}
