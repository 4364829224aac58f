/* order.c - orders, their lines, and the sheets signed for them: server/books/order.h. */
#include "server/books/order.h"

#include <inttypes.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/draft.h"
#include "server/books/find.h"
#include "server/books/head.h"
#include "server/books/sheet.h"

/* ---------------------------------------------------------------------------------------------------- orders */

static bool order_read(struct books *books, int64_t id, bool *is, int64_t *received_ms, char customer[CELL_TEXT_MAX],
                       struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT received_ms, customer FROM orders WHERE id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, is, err)) return false;
    if (*is) {
        *received_ms = db_int(stmt, 0);
        utf8_copy(customer, CELL_TEXT_MAX, db_text(stmt, 1));
    }
    db_reset(stmt);
    return true;
}

bool order_line_rev(struct books *books, int64_t line, bool *is, int64_t *rev, struct err *err)
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
    char    customer[CELL_TEXT_MAX];
    return ref.line == 0 ? order_read(books, line_ref_key(ref), is, &ignored, customer, err)
                         : order_line_rev(books, line_ref_key(ref), is, &ignored, err);
}

bool order_must(struct books *books, int64_t order, int64_t line, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    if (!db_prepare(books->db, SQL("SELECT o.id FROM orders AS o WHERE o.id = $1 AND ($2 = 0 OR EXISTS (SELECT l.line"
                                   " FROM line AS l WHERE l.line = $2 AND l.order_id = o.id))"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, line);
    if (!db_step(stmt, &is, err)) return false;
    db_reset(stmt);
    return is || err_set(err, ERR_ABSENT, SAY("register.absent"));
}

/* An order has one customer: two names under one number are a typing error. */
static bool order_write(struct books *books, const struct order_line *line, int64_t id, enum record_did *did,
                        const char **field, struct err *err)
{
    char    customer[CELL_TEXT_MAX];
    bool    is;
    int64_t received_ms = books->record.now_ms;
    if (!order_read(books, id, &is, &received_ms, customer, err)) return false;
    if (is && strcmp(customer, line->customer) != 0) {
        *field = "customer";
        return err_set(err, ERR_INPUT, say_text(SAY("order.customer"), customer));
    }
    const struct value values[] = {value_int(id), value_text(line->customer), value_int(received_ms)};
    return record_put(&books->record, NOUN_ORDER, RECORD_ANY, values, did, err);
}

/* An import signs what it brings: revision 1 by the family's routing and today's rates. */
static bool first_sheet(struct books *books, const struct order_line *line, struct err *err)
{
    struct sheet_op    ops[SHEET_OPS_MOST];
    struct buf         fields = {0};
    struct sheet_issue sheet = {.line = line_ref_key(line->ref),
                                .rev = 1,
                                .quantity = line->quantity,
                                .family = line->family,
                                .ops = ops,
                                .maker = books->record.user};
    bool               is_done =
        sheet_propose(books, line->family, ops, &sheet.count, err) && draft_of_line(books, sheet.line, &fields, err);
    sheet.fields = buf_text(&fields);
    is_done = is_done && sheet_issue(books, &sheet, err) && sheet_due(books, &sheet, line->due_day, err);
    buf_free(&fields);
    return is_done;
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
    if (!head_is(books, line_ref_key(order), &is, err)) return false;
    if (is) return err_set(err, ERR_INPUT, SAY("order.registered")); /* it goes its own way: quote, sheet, signatures */
    if (!order_write(books, line, line_ref_key(order), &order_did, field, err)) return false;
    if (!order_line_rev(books, line_ref_key(line->ref), &is, &rev, err)) return false;
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
    return record_put(&books->record, NOUN_LINE, RECORD_ANY, values, did, err) && first_sheet(books, line, err);
}
