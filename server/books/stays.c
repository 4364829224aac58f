/* stays.c - what stays good of a stopped sheet's work: server/books/stays.h. */
#include "server/books/stays.h"

#include <inttypes.h>

#include "core/code.h"
#include "server/books/change.h"
#include "server/books/draft.h"
#include "server/books/form.h"
#include "server/books/order.h"

enum { OP_MOST = 9999, PIECES_MOST = 1000000 };

/* Which revisions are spoken of: old to new. */
static bool revs_find(struct books *books, int64_t line, int64_t *old_rev, int64_t *new_rev, struct err *err)
{
    int64_t change;
    bool    is;
    if (!order_line_rev(books, line, &is, old_rev, err)) return false;
    if (!is) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    if (!change_of_line(books, line, &change, err)) return false;
    if (change == 0) *old_rev -= 1; /* late work of the revision before */
    *new_rev = *old_rev + 1;
    return *old_rev >= 1 || err_set(err, ERR_CONFLICT, SAY("change.needed"));
}

/* Good pieces of an operation, those that stayed good from before among them; *is_there: the sheet has it. */
static bool good_read(struct books *books, int64_t line, int64_t rev, int64_t op, bool *is_there, int64_t *good,
                      struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db,
                    SQL("SELECT COALESCE(s.good, 0) FROM sheet_op AS o LEFT JOIN op_sum AS s ON s.line = o.line"
                        " AND s.rev = o.rev AND s.op = o.op WHERE o.line = $1 AND o.rev = $2 AND o.op = $3"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, rev);
    db_bind_int(stmt, 3, op);
    if (!db_step(stmt, is_there, err)) return false;
    *good = *is_there ? db_int(stmt, 0) : 0;
    if (*is_there) db_reset(stmt);
    return true;
}

/* Has the new sheet, signed or drafted, such an operation? One that isn't made yet is asked at its release. */
static bool new_op_is(struct books *books, int64_t line, int64_t rev, int64_t op, bool *is, struct err *err)
{
    struct draft    draft;
    struct sheet_op ops[SHEET_OPS_MOST];
    int             count = 0;
    int64_t         good;
    if (!good_read(books, line, rev, op, is, &good, err)) return false;
    if (*is) return true;
    bool is_done = draft_open(books, line, &draft, err);
    if (!is_done && err->kind == ERR_ABSENT) {
        draft_free(&draft);
        *is = true;
        return true;
    }
    is_done = is_done && draft_ops_read(&draft, ops, &count, err);
    for (int i = 0; i < count; i++) *is = *is || ops[i].op == op;
    draft_free(&draft);
    return is_done;
}

bool stays_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref = {0};
    enum record_did did;
    int64_t         old_rev = 0, new_rev = 0, op = 0, new_op = 0, good = 0, redo = 0, made = 0;
    bool            is = false;
    if (!body_ref(call, "line", true, &ref, err) || !body_int(call, "op", 1, OP_MOST, &op, err) ||
        !body_int(call, "good", 0, PIECES_MOST, &good, err) || !body_int(call, "redo", 0, PIECES_MOST, &redo, err))
        return false;
    if (json_get(call->body, "new_op") != NULL && !body_int(call, "new_op", 0, OP_MOST, &new_op, err)) return false;
    int64_t line = line_ref_key(ref);
    if (new_op == 0) new_op = op;
    if (!revs_find(books, line, &old_rev, &new_rev, err) || !good_read(books, line, old_rev, op, &is, &made, err))
        return false;
    if (!is) return err_set(err, ERR_INPUT, say_int(SAY("draft.op"), op));
    if (good + redo != made)
        return err_set(err, ERR_CONFLICT, say_int(say_int(say_int(SAY("stays.sum"), op), made), good + redo));
    if (good > 0 && !new_op_is(books, line, new_rev, new_op, &is, err)) return false;
    if (!is) return err_set(err, ERR_INPUT, say_int(SAY("stays.new_op"), new_op));
    const struct value values[] = {
        value_int(line),
        value_int(new_rev),
        value_int(op),
        value_int(old_rev),
        value_int(good > 0 ? new_op : 0),
        value_int(good),
        value_int(redo),
        value_text(books->record.user),
        value_int(books->record.now_ms),
    };
    return record_put(&books->record, NOUN_STAYS, body_base(call), values, &did, err) &&
           books_renew_order(books, line, err);
}

bool stays_check(struct books *books, int64_t line, int64_t old_rev, int64_t new_rev, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT o.op, o.good, COALESCE(s.good + s.redo, 0) FROM op_sum AS o LEFT JOIN stays AS s"
                        " ON s.line = o.line AND s.new_rev = $3 AND s.old_op = o.op WHERE o.line = $1 AND o.rev = $2"
                        " AND o.good != COALESCE(s.good + s.redo, 0) ORDER BY o.op LIMIT 1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, old_rev);
    db_bind_int(stmt, 3, new_rev);
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        struct say say =
            say_int(say_int(say_int(SAY("stays.open"), db_int(stmt, 0)), db_int(stmt, 1)), db_int(stmt, 2));
        db_reset(stmt);
        return err_set(err, ERR_CONFLICT, say);
    }
    if (!db_prepare(books->db,
                    SQL("SELECT new_op FROM stays WHERE line = $1 AND new_rev = $2 AND good > 0 ORDER BY new_op"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, new_rev);
    for (;;) {
        bool is = false;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        int64_t op = db_int(stmt, 0);
        bool    is_done = new_op_is(books, line, new_rev, op, &is, err);
        if (is_done && is) continue;
        db_reset(stmt);
        return is_done && err_set(err, ERR_CONFLICT, say_int(SAY("stays.new_op"), op));
    }
}
