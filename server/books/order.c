/* order.c - orders, their lines, and the sheets signed for them: server/books/order.h. */
#include "server/books/order.h"

#include <inttypes.h>
#include <string.h>

#include "server/books/find.h"
#include "server/books/master.h"
#include "server/books/rate.h"
#include "server/books/tell.h"

enum { OPS_MOST = 24 /* on a sheet: what a kiosk can show */ };

struct sheet_op {
    int64_t     op, per_door;
    char        code[WORD_BYTES + 1], part[WORD_BYTES + 1];
    struct rate rate;
};

/* ---------------------------------------------------------------------------------------------------- orders */

static bool order_read(struct books *books, int64_t id, bool *is, int64_t *received_ms, char customer[SAY_TEXT_MAX],
                       struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT received_ms, customer FROM orders WHERE id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, is, err)) return false;
    if (*is) {
        *received_ms = db_int(stmt, 0);
        memset(customer, 0, SAY_TEXT_MAX);
        memcpy(customer, db_text(stmt, 1), strnlen(db_text(stmt, 1), SAY_TEXT_MAX - 1));
    }
    db_reset(stmt);
    return true;
}

static bool line_rev(struct books *books, int64_t line, bool *is, int64_t *rev, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT rev FROM line WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, is, err)) return false;
    *rev = *is ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

bool order_is(struct books *books, struct line_ref ref, bool *is, struct err *err)
{
    int64_t ignored;
    char    customer[SAY_TEXT_MAX];
    return ref.line == 0 ? order_read(books, line_ref_key(ref), is, &ignored, customer, err)
                         : line_rev(books, line_ref_key(ref), is, &ignored, err);
}

/* An order has one customer: two names under one number are a typing error. */
static bool order_write(struct books *books, const struct order_line *line, int64_t id, enum record_did *did,
                        const char **field, struct err *err)
{
    char    customer[SAY_TEXT_MAX];
    bool    is;
    int64_t received_ms = books->record.now_ms;
    if (!order_read(books, id, &is, &received_ms, customer, err)) return false;
    if (is && strncmp(customer, line->customer, sizeof customer - 1) != 0) {
        *field = "customer";
        return err_set(err, ERR_INPUT, say_text(SAY("order.customer"), customer));
    }
    const struct value values[] = {value_int(id), value_text(line->customer), value_int(received_ms)};
    return record_put(&books->record, NOUN_ORDER, RECORD_ANY, values, did, err);
}

/* ---------------------------------------------------------------------------------------------------- signing */

/* The family's way through the shop, with the part of each operation. */
static bool routing_read(struct books *books, const char *family, struct sheet_op ops[OPS_MOST], int *count,
                         struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT r.op, r.per_door, r.code, o.part FROM routing AS r JOIN operation AS o"
                        " ON o.code = r.code WHERE r.family = $1 ORDER BY r.op"),
                                   &stmt, err))
        return false;
    db_bind_text(stmt, 1, family);
    for (*count = 0;; (*count)++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return *count > 0 || err_set(err, ERR_INPUT, say_text(SAY("order.routing"), family));
        if (*count == OPS_MOST) {
            db_reset(stmt);
            return err_set(err, ERR_INPUT, say_int(say_text(SAY("order.operations"), family), OPS_MOST));
        }
        struct sheet_op *op = &ops[*count];
        *op = (struct sheet_op){.op = db_int(stmt, 0), .per_door = db_int(stmt, 1)};
        memcpy(op->code, db_text(stmt, 2), strnlen(db_text(stmt, 2), WORD_BYTES));
        memcpy(op->part, db_text(stmt, 3), strnlen(db_text(stmt, 3), WORD_BYTES));
    }
}

static bool rates_find(struct books *books, const char *family, struct sheet_op *ops, int count, struct err *err)
{
    int32_t today = books_today(books);
    bool    has;
    for (int i = 0; i < count; i++) {
        if (!rate_on(books, ops[i].code, family, today, &has, &ops[i].rate, err)) return false;
        if (!has) return err_set(err, ERR_INPUT, say_text(say_text(SAY("order.rate"), ops[i].code), family));
    }
    return true;
}

static bool sheet_write(struct books *books, const struct order_line *line, int64_t rev, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO sheet (line, rev, quantity, family, signed_ms, signed_by, feed)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(line->ref));
    db_bind_int(stmt, 2, rev);
    db_bind_int(stmt, 3, line->quantity);
    db_bind_text(stmt, 4, line->family);
    db_bind_int(stmt, 5, books->record.now_ms);
    db_bind_text(stmt, 6, books->record.user);
    db_bind_int(stmt, 7, books->record.feed + 1); /* told below, in this transaction */
    return db_run(stmt, err);
}

static bool sheet_op_write(struct books *books, const struct order_line *line, int64_t rev, const struct sheet_op *op,
                           struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO sheet_op (line, rev, op, code, part, per_door, planned, rate_cfen,"
                        " rework_rate_cfen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(line->ref));
    db_bind_int(stmt, 2, rev);
    db_bind_int(stmt, 3, op->op);
    db_bind_text(stmt, 4, op->code);
    db_bind_text(stmt, 5, op->part);
    db_bind_int(stmt, 6, op->per_door);
    db_bind_int(stmt, 7, line->quantity * op->per_door);
    db_bind_int(stmt, 8, op->rate.rate_cfen);
    db_bind_int(stmt, 9, op->rate.rework_rate_cfen);
    return db_run(stmt, err);
}

static bool sheet_audit(struct books *books, const struct order_line *line, int64_t rev, const struct sheet_op *ops,
                        int count, struct err *err)
{
    struct buf new = {0};
    char key[LINE_REF_TEXT];
    line_ref_write(line->ref, key);
    buf_fmt(&new, "{\"rev\":%" PRId64 ",\"quantity\":%" PRId64 ",\"ops\":[", rev, line->quantity);
    for (int i = 0; i < count; i++) {
        json_sep(&new);
        buf_fmt(&new, "[%" PRId64 ",", ops[i].op);
        json_cstr(&new, ops[i].code);
        buf_fmt(&new, ",%" PRId64 ",%" PRId64 ",%" PRId64 "]", ops[i].per_door, ops[i].rate.rate_cfen,
                ops[i].rate.rework_rate_cfen);
    }
    buf_str(&new, "]}");
    bool is_done = record_audit(&books->record, "sheet", key, "", buf_text(&new), err);
    buf_free(&new);
    return is_done;
}

static bool sheet_sign(struct books *books, const struct order_line *line, int64_t rev, struct err *err)
{
    struct sheet_op ops[OPS_MOST];
    int             count;
    if (!routing_read(books, line->family, ops, &count, err) || !rates_find(books, line->family, ops, count, err))
        return false;
    if (!sheet_write(books, line, rev, err)) return false;
    for (int i = 0; i < count; i++)
        if (!sheet_op_write(books, line, rev, &ops[i], err)) return false;
    return sheet_audit(books, line, rev, ops, count, err) && tell_sheet(&books->record, line_ref_key(line->ref), err) &&
           books_renew_order(books, line_ref_key(line->ref), err);
}

/* Orders of the register go their own way: quote, sheet, signatures. */
static bool register_is_free(struct books *books, int64_t order, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT version FROM head WHERE order_id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    db_reset(stmt);
    return !row || err_set(err, ERR_INPUT, SAY("order.registered"));
}

bool order_put(struct books *books, const struct order_line *line, enum record_did *did, const char **field,
               struct err *err)
{
    struct line_ref order = line->ref;
    bool            is, is_same = false;
    int64_t         rev;
    enum record_did order_did;
    *field = "order";
    order.line = 0;
    if (!register_is_free(books, line_ref_key(order), err) ||
        !order_write(books, line, line_ref_key(order), &order_did, field, err))
        return false;
    if (!line_rev(books, line_ref_key(line->ref), &is, &rev, err)) return false;
    const struct value values[] = {
        value_int(line_ref_key(line->ref)), value_int(line_ref_key(order)), value_text(line->product),
        value_text(line->family),           value_int(line->quantity),      value_text(line->size),
        value_text(line->colour),           value_text(line->opening),      value_int(line->due_day),
        value_int(line->is_rush),           value_int(line->is_special),    value_text(line->remarks),
        value_int(rev == 0 ? 1 : rev)};
    if (rev > 0) {
        if (!record_is_same(&books->record, NOUN_LINE, values, &is_same, err)) return false;
        *did = RECORD_SAME;
        return is_same || err_set(err, ERR_CONFLICT, say_int(SAY("order.signed"), rev));
    }
    *field = "family";
    if (!find_learn(books, FIND_CUSTOMER, line->customer, 0, err) ||
        !find_learn(books, FIND_PRODUCT, line->product, 0, err))
        return false;
    return record_put(&books->record, NOUN_LINE, RECORD_ANY, values, did, err) && sheet_sign(books, line, 1, err);
}
