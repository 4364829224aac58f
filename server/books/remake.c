/* remake.c - what was scrapped is made anew: server/books/remake.h. */
#include "server/books/remake.h"

#include <string.h>

#include "core/text.h"
#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/order.h"
#include "server/books/stop.h"
#include "server/books/twin.h"

enum { LINE_MOST = 99, CAUSE_MOST = 240, PIECES_MOST = 10000, REASON_MOST = 999 };

struct remake {
    int64_t     line, of_line, pieces, start_op, reason;
    const char *cause, *event; /* event: NULL where none is named */
    struct hash name;
};

/* [R14] Numbers count down from 99, so that lines and batches of the order keep counting up. */
static bool number_next(struct books *books, int64_t of_line, int64_t *line, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    int64_t         order = of_line - of_line % 100, next = order + LINE_MOST;
    if (!db_prepare(books->db, SQL("SELECT line FROM remake WHERE line BETWEEN $1 AND $2 ORDER BY line LIMIT 1"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, order + LINE_MOST);
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        next = db_int(stmt, 0) - 1;
        db_reset(stmt);
    }
    if (!order_is(books, line_ref_of_key(next), &row, err)) return false;
    if (row || next <= order) return err_set(err, ERR_CONFLICT, SAY("remake.numbers"));
    *line = next;
    return true;
}

/* Where a report is named it speaks of that line, has so many bad pieces, and is made anew once. */
static bool event_check(struct books *books, const struct remake *remake, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (remake->event == NULL) return true;
    if (!db_prepare(books->db,
                    SQL("SELECT f.line, v.bad, COALESCE((SELECT COUNT(*) FROM remake AS r WHERE r.event = f.name),"
                        " 0) FROM fact AS f JOIN verdict AS v ON v.number = f.number WHERE f.name = $1"),
                        &stmt, err))
        return false;
    db_bind_blob(stmt, 1, remake->name.bytes, sizeof remake->name.bytes);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("decide.target"));
    int64_t line = db_int(stmt, 0), bad = db_int(stmt, 1), times = db_int(stmt, 2);
    db_reset(stmt);
    if (line != remake->of_line || bad == 0) return err_set(err, ERR_INPUT, SAY("remake.event"));
    return times == 0 || err_set(err, ERR_CONFLICT, SAY("remake.twice"));
}

static bool line_check(struct books *books, const struct remake *remake, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_stopped;
    if (!db_prepare(books->db, SQL("SELECT rev, quantity FROM line WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, remake->of_line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    int64_t rev = db_int(stmt, 0), quantity = db_int(stmt, 1);
    db_reset(stmt);
    if (rev == 0) return err_set(err, ERR_CONFLICT, SAY("remake.unsigned"));
    if (remake->pieces > quantity) return err_set(err, ERR_INPUT, say_int(SAY("remake.pieces"), quantity));
    if (!stop_stands(books, remake->of_line, &is_stopped, err)) return false;
    return !is_stopped || err_set(err, ERR_CONFLICT, SAY("release.stopped"));
}

static bool body_read(const struct act_call *call, struct remake *remake, struct err *err)
{
    struct line_ref ref;
    if (!body_ref(call, "line", true, &ref, err) || !body_int(call, "pieces", 1, PIECES_MOST, &remake->pieces, err) ||
        !body_int(call, "op", 1, INT32_MAX, &remake->start_op, err) ||
        !body_text(call, "cause", false, CAUSE_MOST, &remake->cause, err))
        return false;
    remake->of_line = line_ref_key(ref);
    if (json_get(call->body, "reason") != NULL && !body_int(call, "reason", 0, REASON_MOST, &remake->reason, err))
        return false;
    remake->event = json_text(json_get(call->body, "event"), NULL);
    return remake->event == NULL || body_hash(call, "event", &remake->name, err);
}

static bool remake_put(struct books *books, const struct remake *remake, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(remake->line),
        value_int(remake->of_line),
        remake->event == NULL ? value_null() : value_blob(remake->name.bytes, sizeof remake->name.bytes),
        value_int(remake->pieces),
        value_int(remake->start_op),
        value_int(remake->reason),
        value_text(remake->cause),
        value_text(books->record.user),
        value_int(books->record.now_ms),
        value_text(""),
        value_null(),
    };
    return record_put(&books->record, NOUN_REMAKE, RECORD_NEW, values, &did, err);
}

bool remake_open_act(struct books *books, struct act_call *call, struct err *err)
{
    struct remake   remake = {.event = NULL};
    struct sheet_op ops[SHEET_OPS_MOST];
    struct twin     twin = {.is_rush = true, .ops = ops};
    char            mark[TWIN_MARK], number[LINE_REF_TEXT];
    if (!body_read(call, &remake, err) || !line_check(books, &remake, err) || !event_check(books, &remake, err) ||
        !number_next(books, remake.of_line, &remake.line, err) ||
        !twin_ops(books, remake.of_line, remake.start_op, ops, &twin.count, err))
        return false;
    if (twin.count == 0 || ops[0].op != remake.start_op)
        return err_set(err, ERR_INPUT, say_int(SAY("verdict.unknown_op"), remake.start_op));
    twin_mark(remake.of_line, mark);
    twin.mark = mark;
    twin.line = remake.line;
    twin.of_line = remake.of_line;
    twin.quantity = remake.pieces;
    if (!twin_issue(books, &twin, err) || !twin_plan_first(books, twin.line, books_today(books), err) ||
        !remake_put(books, &remake, err))
        return false;
    line_ref_write(line_ref_of_key(remake.line), number);
    buf_fmt(&call->answer, "{\"line\":\"%s\"}", number);
    return true;
}

bool remake_seen_act(struct books *books, struct act_call *call, struct err *err)
{
    struct db_stmt *stmt;
    struct line_ref ref;
    struct remake   remake = {.event = NULL};
    char            cause[CAUSE_MOST + 1], approver[132];
    enum record_did did;
    size_t          len;
    bool            row;
    if (!body_ref(call, "line", true, &ref, err)) return false;
    if (!db_prepare(books->db, SQL("SELECT of_line, event, pieces, start_op, reason, cause, approver, at_ms FROM remake"
                        " WHERE line = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(ref));
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("remake.absent"));
    if (!db_is_null(stmt, 1)) {
        memcpy(remake.name.bytes, db_blob(stmt, 1, &len), sizeof remake.name.bytes);
        remake.event = "";
    }
    utf8_copy(cause, sizeof cause, db_text(stmt, 5));
    utf8_copy(approver, sizeof approver, db_text(stmt, 6));
    const struct value values[] = {
        value_int(line_ref_key(ref)),
        value_int(db_int(stmt, 0)),
        remake.event == NULL ? value_null() : value_blob(remake.name.bytes, sizeof remake.name.bytes),
        value_int(db_int(stmt, 2)),
        value_int(db_int(stmt, 3)),
        value_int(db_int(stmt, 4)),
        value_text(cause),
        value_text(approver),
        value_int(db_int(stmt, 7)),
        value_text(books->record.user),
        value_int(books->record.now_ms),
    };
    db_reset(stmt);
    return record_put(&books->record, NOUN_REMAKE, body_base(call), values, &did, err);
}
