/* release.c - sheets go to the floor: server/books/release.h. */
#include "server/books/release.h"

#include <inttypes.h>
#include <string.h>

#include "core/clock.h"
#include "server/books/change.h"
#include "server/books/line_form.h"
#include "server/books/money.h"
#include "server/books/stop.h"

enum { SEQUENCE_MOST = 9999 };

bool release_body(struct books *books, const struct act_call *call, struct planned *planned, struct err *err)
{
    struct line_ref ref;
    const char     *text;
    if (!body_ref(call, "line", true, &ref, err) || !body_text(call, "day", false, DAY_TEXT - 1, &text, err) ||
        !body_int(call, "sequence", 0, SEQUENCE_MOST, &planned->sequence, err))
        return false;
    planned->line = line_ref_key(ref);
    if (!day_read(text, &planned->day)) return err_set(err, ERR_INPUT, say_text(SAY("import.day"), text));
    return planned->day >= books_today(books) || err_set(err, ERR_INPUT, SAY("plan.past"));
}

bool release_plan(struct books *books, struct planned *planned, int64_t base, struct err *err)
{
    struct db_stmt *stmt;
    enum record_did did;
    bool            row;
    if (planned->sequence == 0) {
        if (!db_prepare(books->db, SQL("SELECT sequence FROM plan WHERE day = $1 ORDER BY sequence DESC LIMIT 1"),
                                       &stmt, err))
            return false;
        db_bind_int(stmt, 1, planned->day);
        if (!db_step(stmt, &row, err)) return false;
        planned->sequence = row ? db_int(stmt, 0) + 1 : 1;
        db_reset(stmt);
    }
    const struct value values[] = {value_int(planned->line), value_int(planned->rev), value_int(planned->day),
                                   value_int(planned->sequence)};
    return record_put(&books->record, NOUN_PLAN, base, values, &did, err);
}

/* ---------------------------------------------------------------------------------------------------- release */

/* A first sheet isn't released into a stop; the next revision is what ends a change [R3]. */
static bool stop_check(struct books *books, const struct draft *draft, struct err *err)
{
    bool is_stopped;
    if (draft->rev > 1) return true;
    if (!stop_stands(books, draft->line, &is_stopped, err)) return false;
    return !is_stopped || err_set(err, ERR_CONFLICT, SAY("release.stopped"));
}

bool release_check(struct books *books, const struct draft *draft, struct err *err)
{
    return stop_check(books, draft, err) && change_check(books, draft->line, draft->rev, err) &&
           money_check_production(books, draft->line - draft->line % 100, err) && draft_explained(books, draft, err) &&
           review_complete(books, draft, err);
}

bool release_end(struct books *books, struct draft *draft, struct err *err)
{
    draft->released_ms = books->record.now_ms;
    return draft_put(books, draft, draft->version, err) && change_done(books, draft->line, draft->rev, err);
}

/* The line's row says from now on what the sheet says; then the sheet is issued. quantity 0: as it says. */
bool release_issue(struct books *books, const struct draft *draft, int64_t quantity, struct err *err)
{
    struct cell     cells[SPEC_COUNT];
    struct sheet_op ops[SHEET_OPS_MOST];
    int             count;
    if (!spec_read(buf_text(&draft->fields), cells, err) || !draft_ops_read(draft, ops, &count, err)) return false;
    if (quantity > 0) cells[SPEC_QUANTITY].number = quantity;
    const struct sheet_issue sheet = {.line = draft->line,
                                      .rev = draft->rev,
                                      .quantity = cells[SPEC_QUANTITY].number,
                                      .family = cells[SPEC_FAMILY].text,
                                      .ops = ops,
                                      .count = count,
                                      .fields = buf_text(&draft->fields),
                                      .maker = draft->maker};
    return line_form_row(books, draft->line, cells, draft->rev, err) && sheet_issue(books, &sheet, err) &&
           sheet_due(books, &sheet, (int32_t)cells[SPEC_DUE].number, err);
}

bool release_act(struct books *books, struct act_call *call, struct err *err)
{
    struct draft   draft = {0};
    struct planned planned = {0};
    bool           is_done = release_body(books, call, &planned, err) && draft_open(books, planned.line, &draft, err);
    planned.rev = draft.rev;
    is_done = is_done && release_check(books, &draft, err) && release_issue(books, &draft, 0, err) &&
              release_plan(books, &planned, RECORD_NEW, err) && release_end(books, &draft, err);
    if (is_done) buf_fmt(&call->answer, "{\"rev\":%" PRId64 ",\"sequence\":%" PRId64 "}", draft.rev, planned.sequence);
    draft_free(&draft);
    return is_done;
}

bool plan_move_act(struct books *books, struct act_call *call, struct err *err)
{
    struct planned  planned = {0};
    struct db_stmt *stmt;
    bool            row;
    if (!release_body(books, call, &planned, err)) return false;
    if (!db_prepare(books->db, SQL("SELECT p.rev FROM plan AS p JOIN line AS l ON l.line = p.line AND l.rev = p.rev"
                        " WHERE p.line = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, planned.line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("plan.absent"));
    planned.rev = db_int(stmt, 0);
    db_reset(stmt);
    return release_plan(books, &planned, body_base(call), err);
}
