/* rebate.c - what a customer gets back of what he paid: server/books/rebate.h. */
#include "server/books/rebate.h"

#include <inttypes.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/master.h"
#include "server/books/money.h"
#include "server/books/user.h"

enum { WHY_MOST = 240, RATE_MOST = 10000 /* 100 % */, AGREED = 0, CONFIRMED = 1, STRUCK = 2 };

struct rebate {
    int64_t id, customer, from_day, to_day, rate, fen, state, at_ms;
    char    why[CELL_TEXT_MAX], by_user[132], done_by[132], done_why[CELL_TEXT_MAX];
};

static bool rebate_put(struct books *books, const struct rebate *row, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(row->id),       value_int(row->customer),
        value_int(row->from_day), value_int(row->to_day),
        value_int(row->rate),     value_int(row->fen),
        value_text(row->why),     value_int(row->state),
        value_text(row->by_user), value_int(row->at_ms),
        value_text(row->done_by), row->state == AGREED ? value_null() : value_int(books->record.now_ms),
        value_text(row->done_why)};
    return record_put(&books->record, NOUN_REBATE, base, values, &did, err);
}

/* The one that the body names; struck out it is over. */
static bool rebate_body(struct books *books, const struct act_call *call, struct rebate *row, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    int64_t         id;
    if (!body_int(call, "rebate", 1, INT64_MAX, &id, err)) return false;
    if (!db_prepare(books->db, SQL("SELECT customer, from_day, to_day, rate, fen, why, state, by_user, at_ms, done_by"
                                   " FROM rebate WHERE id = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &is, err)) return false;
    if (!is) return err_set(err, ERR_ABSENT, say_int(SAY("rebate.absent"), id));
    *row = (struct rebate){.id = id,
                           .customer = db_int(stmt, 0),
                           .from_day = db_int(stmt, 1),
                           .to_day = db_int(stmt, 2),
                           .rate = db_int(stmt, 3),
                           .fen = db_int(stmt, 4),
                           .state = db_int(stmt, 6),
                           .at_ms = db_int(stmt, 8)};
    utf8_copy(row->why, sizeof row->why, db_text(stmt, 5));
    utf8_copy(row->by_user, sizeof row->by_user, db_text(stmt, 7));
    utf8_copy(row->done_by, sizeof row->done_by, db_text(stmt, 9));
    db_reset(stmt);
    return row->state != STRUCK || err_set(err, ERR_CONFLICT, say_user(books->db, SAY("rebate.over"), row->done_by));
}

/* ---- Agreeing */

enum { CUSTOMER, FROM, TO, PERCENT, SUM, WHY, FIELDS };
static const struct import_column AGREE[] = {
    [CUSTOMER] = {"customer", "客户", {CELL_INT, true, 1, INT32_MAX}},
    [FROM] = {"from", "起", {CELL_DAY, true, 0, 0}},
    [TO] = {"to", "止", {CELL_DAY, true, 0, 0}},
    [PERCENT] = {"percent", "比例", {CELL_FEN, false, 1, RATE_MOST}},
    [SUM] = {"sum", "金额", {CELL_FEN, false, 1, MONEY_MOST_FEN}},
    [WHY] = {"why", "依据", {CELL_TEXT, true, 0, WHY_MOST}},
    [FIELDS] = {.name = NULL},
};

static bool fault(struct act_call *call, const char *field, struct say say, struct err *err)
{
    err_set(err, ERR_INPUT, say);
    return form_fault(call, field, err);
}

static bool customer_check(struct books *books, struct act_call *call, int64_t customer, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    if (!db_prepare(books->db, SQL("SELECT id FROM customer WHERE id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, customer);
    if (!db_step(stmt, &is, err)) return false;
    db_reset(stmt);
    return is || fault(call, "customer", say_int(SAY("customer.absent"), customer), err);
}

/* Money that came in within two rebates would be given back twice. */
static bool span_check(struct books *books, struct act_call *call, const struct cell *cells, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    if (cells[TO].number < cells[FROM].number) return fault(call, "to", SAY("rebate.span"), err);
    if (!db_prepare(books->db, SQL("SELECT id FROM rebate WHERE customer = $1 AND to_day >= $2 AND from_day <= $3"
                                   " AND state != 2 LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, cells[CUSTOMER].number);
    db_bind_int(stmt, 2, cells[FROM].number);
    db_bind_int(stmt, 3, cells[TO].number);
    if (!db_step(stmt, &is, err)) return false;
    int64_t other = is ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return !is || fault(call, "from", say_int(SAY("rebate.twice"), other), err);
}

bool rebate_agree_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell   cells[FIELDS];
    struct rebate row = {.state = AGREED, .at_ms = books->record.now_ms};
    if (!form_take(call, AGREE, cells, err) || !customer_check(books, call, cells[CUSTOMER].number, err) ||
        !span_check(books, call, cells, err))
        return false;
    if (cells[PERCENT].is_set == cells[SUM].is_set) return fault(call, "sum", SAY("rebate.one"), err);
    if (!record_next(&books->record, SQL("SELECT id FROM rebate ORDER BY id DESC LIMIT 1"), &row.id, err)) return false;
    row.customer = cells[CUSTOMER].number;
    row.from_day = cells[FROM].number;
    row.to_day = cells[TO].number;
    row.rate = cells[PERCENT].is_set ? cells[PERCENT].number : 0;
    row.fen = cells[SUM].is_set ? cells[SUM].number : 0;
    utf8_copy(row.why, sizeof row.why, cells[WHY].text);
    utf8_copy(row.by_user, sizeof row.by_user, books->record.user);
    buf_fmt(&call->answer, "{\"rebate\":%" PRId64 "}", row.id);
    return rebate_put(books, &row, RECORD_NEW, err);
}

/* ---- Confirming */

/* A fraction of a fen is nobody's. Products stay within 64 bits: sums are below MONEY_MOST_FEN a transfer. */
static int64_t part_fen(int64_t fen, int64_t rate)
{
    return fen / RATE_MOST * rate + fen % RATE_MOST * rate / RATE_MOST;
}

static bool came_read(struct books *books, const struct rebate *row, int64_t *fen, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    if (!db_prepare(books->db, SQL("SELECT CAST(COALESCE(SUM(in_fen), 0) AS BIGINT) FROM transfer WHERE customer = $1"
                                   " AND state = 1 AND in_day BETWEEN $2 AND $3"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->customer);
    db_bind_int(stmt, 2, row->from_day);
    db_bind_int(stmt, 3, row->to_day);
    if (!db_step(stmt, &is, err)) return false;
    *fen = is ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

bool rebate_confirm_act(struct books *books, struct act_call *call, struct err *err)
{
    struct rebate row = {0};
    int64_t       came = 0;
    if (!rebate_body(books, call, &row, err)) return false;
    if (row.state == CONFIRMED) return err_set(err, ERR_CONFLICT, say_user(books->db, SAY("rebate.done"), row.done_by));
    if (strcmp(row.by_user, books->record.user) == 0) return err_set(err, ERR_RIGHTS, SAY("rebate.own"));
    if (row.rate > 0) {
        if (books_today(books) <= row.to_day) return err_set(err, ERR_CONFLICT, SAY("rebate.early"));
        if (!came_read(books, &row, &came, err)) return false;
        row.fen = part_fen(came, row.rate);
    }
    row.state = CONFIRMED;
    utf8_copy(row.done_by, sizeof row.done_by, books->record.user);
    buf_fmt(&call->answer, "{\"fen\":%" PRId64 "}", row.fen);
    return rebate_put(books, &row, body_base(call), err);
}

bool rebate_drop_act(struct books *books, struct act_call *call, struct err *err)
{
    struct rebate row = {0};
    const char   *why;
    if (!rebate_body(books, call, &row, err) || !body_text(call, "why", false, WHY_MOST, &why, err)) return false;
    row.state = STRUCK;
    utf8_copy(row.done_by, sizeof row.done_by, books->record.user);
    utf8_copy(row.done_why, sizeof row.done_why, why);
    return rebate_put(books, &row, body_base(call), err);
}
