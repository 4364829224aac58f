/* period.c - pay periods: server/books/period.h. */
#include "server/books/period.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/master.h"
#include "server/books/proof.h"
#include "server/books/slip.h"
#include "server/books/unsettled.h"

enum { OPEN, CHECKED, CLOSED };

/* ---------------------------------------------------------------------------------------------------- which one */

/* The day of the first start, and the first with work: today where there is none. */
static bool first_days(struct books *books, int32_t *begun, int32_t *earliest, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *begun = *earliest = books_today(books);
    if (!db_prepare(books->db, SQL("SELECT started_ms FROM run ORDER BY number LIMIT 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (row) *begun = day_of(chains_rule(&books->chains, books->applied_to + 1), db_int(stmt, 0), NULL);
    db_reset(stmt);
    if (!db_prepare(books->db, SQL("SELECT day FROM day_sum ORDER BY day LIMIT 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (row) *earliest = (int32_t)db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

static bool factory_name(struct books *books, char name[96], struct err *err)
{
    struct db_stmt *stmt;
    struct err      ignored;
    bool            row;
    name[0] = 0;
    if (!db_prepare(books->db, SQL("SELECT value FROM setting WHERE name = 'factory'"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    const char  *text = db_text(stmt, 0);
    struct json *value = json_read(text, strlen(text), &ignored);
    utf8_copy(name, 96, json_text(value, ""));
    json_free(value);
    db_reset(stmt);
    return true;
}

static bool open_find(struct books *books, struct period *period, struct err *err)
{
    int64_t start_day, pay_days;
    int32_t begun, earliest;
    if (!paid_read(&books->paid, books->db, err) || !first_days(books, &begun, &earliest, err) ||
        !setting_limit(books, LIMIT_PAY_START_DAY, &start_day, err) ||
        !setting_limit(books, LIMIT_PAY_DAYS, &pay_days, err))
        return false;
    int32_t paid_to = books->paid.to_day;
    *period = (struct period){.span = period_open((int)start_day, paid_to, begun, earliest),
                              .lower = paid_to == PERIOD_NONE ? INT32_MIN : paid_to + 1,
                              .upto = books->applied_to};
    period->pay_day = period->span.to_day + (int32_t)pay_days;
    return factory_name(books, period->employer, err);
}

/* One that has a row, as it is now. */
static bool period_find(struct books *books, int32_t to_day, bool *has, struct period *period, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT from_day, state, upto, pay_day, employer FROM period WHERE to_day = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, to_day);
    if (!db_step(stmt, has, err)) return false;
    if (!*has) return true;
    *period = (struct period){
        .span = {(int32_t)db_int(stmt, 0), to_day},
        .state = (int)db_int(stmt, 1),
        .upto = db_int(stmt, 2),
        .pay_day = (int32_t)db_int(stmt, 3)
    };
    utf8_copy(period->employer, sizeof period->employer, db_text(stmt, 4));
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- writing */

/* Who checked and who closed stay as they are in the books, but for the step that is done now. */
static bool period_write(struct books *books, const struct period *period, int64_t base, struct err *err)
{
    struct db_stmt *stmt;
    enum record_did did;
    char            checked_by[132] = "";
    int64_t         checked_ms = 0;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT checked_by, checked_ms FROM period WHERE to_day = $1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, period->span.to_day);
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        utf8_copy(checked_by, sizeof checked_by, db_text(stmt, 0));
        checked_ms = db_int(stmt, 1);
        db_reset(stmt);
    }
    if (period->state == CHECKED) {
        memcpy(checked_by, books->record.user, sizeof checked_by);
        checked_ms = books->record.now_ms;
    }
    const struct value values[] = {value_int(period->span.to_day),
                                   value_int(period->span.from_day),
                                   value_int(period->state),
                                   value_int(period->upto),
                                   value_int(period->pay_day),
                                   value_text(period->employer),
                                   value_text(checked_by),
                                   value_int(checked_ms),
                                   value_text(period->state == CLOSED ? books->record.user : ""),
                                   value_int(period->state == CLOSED ? books->record.now_ms : 0)};
    return record_put(&books->record, NOUN_PERIOD, base, values, &did, err);
}

/* ---------------------------------------------------------------------------------------------------- acts */

static bool check_may(struct books *books, const struct act_call *call, struct period *period, struct err *err)
{
    int32_t to_day, pay_day;
    char    text[DAY_TEXT];
    if (!body_day(call, "to", &to_day, err) || !open_find(books, period, err)) return false;
    day_write(period->span.to_day, text);
    if (to_day != period->span.to_day) return err_set(err, ERR_CONFLICT, say_text(SAY("period.other"), text));
    if (books_today(books) <= to_day) return err_set(err, ERR_CONFLICT, say_text(SAY("period.early"), text));
    if (json_get(call->body, "pay") == NULL) return true;
    if (!body_day(call, "pay", &pay_day, err)) return false;
    if (pay_day < to_day) return err_set(err, ERR_INPUT, say_text(SAY("period.pay_day"), text));
    period->pay_day = pay_day;
    return true;
}

bool period_check_act(struct books *books, struct act_call *call, struct err *err)
{
    struct period    period = {0};
    struct slips_sum sum = {0};
    if (!check_may(books, call, &period, err)) return false;
    period.state = CHECKED;
    if (!period_write(books, &period, body_base(call), err) || !slips_make(books, &period, &sum, err) ||
        !paid_settle(books->db, period.lower, period.span.to_day, err) || !unsettled_list(books, &period, err))
        return false;
    books->paid.to_day = period.span.to_day;
    buf_fmt(&call->answer, "{\"workers\":%" PRId64 ",\"lines\":%" PRId64 ",\"sum_fen\":%" PRId64 "}", sum.slips,
            sum.lines, sum.fen);
    return true;
}

/* The one that body.to names, which must be in that state. */
static bool period_in(struct books *books, const struct act_call *call, int state, struct period *period,
                      struct err *err)
{
    int32_t to_day;
    bool    has = false;
    char    text[DAY_TEXT];
    if (!body_day(call, "to", &to_day, err) || !period_find(books, to_day, &has, period, err)) return false;
    day_write(to_day, text);
    if (has && period->state == state) return true;
    if (has && period->state == CLOSED) return err_set(err, ERR_CONFLICT, say_text(SAY("period.closed"), text));
    return err_set(err, ERR_CONFLICT, say_text(SAY("period.not_checked"), text));
}

bool period_reopen_act(struct books *books, struct act_call *call, struct err *err)
{
    struct period period = {0};
    const char   *why;
    if (!period_in(books, call, CHECKED, &period, err) || !body_text(call, "why", false, 200, &why, err)) return false;
    int32_t to_day = period.span.to_day;
    period.state = OPEN;
    if (!period_write(books, &period, body_base(call), err)) return false;
    books->paid.is_read = false;
    if (!paid_read(&books->paid, books->db, err)) return false;
    int32_t lower = books->paid.to_day == PERIOD_NONE ? INT32_MIN : books->paid.to_day + 1;
    return paid_unsettle(books->db, lower, to_day, err) && slips_drop(books, to_day, err);
}

bool period_close_act(struct books *books, struct act_call *call, struct err *err)
{
    struct period period = {0};
    struct proof  proof = {0};
    if (!period_in(books, call, CHECKED, &period, err)) return false;
    if (!proof_of(books->db, period.span.to_day, &proof, err)) return false;
    if (!proof_holds(&proof))
        return err_set(err, ERR_CONFLICT, say_fen(say_fen(SAY("period.proof"), proof.lines_fen), proof.slips_fen));
    period.state = CLOSED;
    if (!period_write(books, &period, body_base(call), err)) return false;
    proof_write(&proof, &call->answer);
    return true;
}
