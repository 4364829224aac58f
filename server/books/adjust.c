/* adjust.c - fines, bonuses, losses, advances: server/books/adjust.h. */
#include "server/books/adjust.h"

#include <inttypes.h>
#include <string.h>

#include "core/clock.h"
#include "core/money.h"
#include "core/utf8.h"
#include "server/books/blame.h"

enum { ENTERED, APPROVED, STRUCK, WHY_BYTES = 200 };
#define SUM_MOST_FEN INT64_C(100000000) /* a million yuan: beyond it, a typing error */

struct adjustment {
    int64_t id, worker, day, fen, state, at_ms, version;
    char    kind[12], why[WHY_BYTES + 1], rule[WHY_BYTES + 1], by_user[132], approver[132];
};

static bool adjustment_put(struct books *books, const struct adjustment *row, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {value_int(row->id),    value_int(row->worker),   value_int(row->day),
                                   value_text(row->kind), value_int(row->fen),      value_text(row->why),
                                   value_text(row->rule), value_int(row->state),    value_text(row->by_user),
                                   value_int(row->at_ms), value_text(row->approver)};
    return record_put(&books->record, NOUN_ADJUSTMENT, base, values, &did, err);
}

static bool adjustment_find(struct books *books, int64_t id, struct adjustment *row, struct err *err)
{
    struct db_stmt *stmt;
    bool            has;
    if (!db_prepare(books->db, SQL("SELECT worker, day, kind, fen, why, rule, state, by_user, at_ms, approver, version"
                        " FROM adjustment WHERE id = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &has, err)) return false;
    if (!has) return err_set(err, ERR_ABSENT, say_int(SAY("adjust.unknown"), id));
    *row = (struct adjustment){.id = id,
                               .worker = db_int(stmt, 0),
                               .day = db_int(stmt, 1),
                               .fen = db_int(stmt, 3),
                               .state = db_int(stmt, 6),
                               .at_ms = db_int(stmt, 8),
                               .version = db_int(stmt, 10)};
    utf8_copy(row->kind, sizeof row->kind, db_text(stmt, 2));
    utf8_copy(row->why, sizeof row->why, db_text(stmt, 4));
    utf8_copy(row->rule, sizeof row->rule, db_text(stmt, 5));
    utf8_copy(row->by_user, sizeof row->by_user, db_text(stmt, 7));
    utf8_copy(row->approver, sizeof row->approver, db_text(stmt, 9));
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- bodies */

static bool is_kind(const char *kind)
{
    static const char *const KINDS[] = {"bonus", "fine", "loss", "advance"};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(KINDS[i], kind) == 0) return true;
    return false;
}

static bool body_sum(const struct act_call *call, int64_t *fen, struct err *err)
{
    const char *text = "";
    if (!body_text(call, "sum", false, MONEY_TEXT, &text, err) || !money_read_fen(text, fen, err)) return false;
    return (*fen > 0 && *fen <= SUM_MOST_FEN) ||
           err_set(err, ERR_INPUT, say_fen(say_text(SAY("adjust.sum"), text), SUM_MOST_FEN));
}

static bool row_read(const struct act_call *call, struct adjustment *row, struct err *err)
{
    const char *kind, *why, *rule, *day_text;
    int32_t     day;
    if (!body_int(call, "worker", 1, INT32_MAX, &row->worker, err) ||
        !body_text(call, "kind", false, sizeof row->kind - 1, &kind, err) || !body_sum(call, &row->fen, err) ||
        !body_text(call, "day", false, DAY_TEXT - 1, &day_text, err) ||
        !body_text(call, "why", false, WHY_BYTES, &why, err) || !body_text(call, "rule", false, WHY_BYTES, &rule, err))
        return false;
    if (!is_kind(kind)) return err_set(err, ERR_INPUT, say_text(SAY("adjust.kind"), kind));
    if (!day_read(day_text, &day)) return err_set(err, ERR_INPUT, say_text(SAY("import.day"), day_text));
    row->day = day;
    utf8_copy(row->kind, sizeof row->kind, kind);
    utf8_copy(row->why, sizeof row->why, why);
    utf8_copy(row->rule, sizeof row->rule, rule);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- acts */

/* [R14] Charged for bad pieces of others' report: not before he could object, nor while nobody answered him. */
static bool blame_ask(struct books *books, const struct act_call *call, const struct adjustment *row, struct err *err)
{
    struct hash report;
    if (json_get(call->body, "event") == NULL) return true;
    return body_hash(call, "event", &report, err) && blame_check(books, &report, (int32_t)row->worker, err);
}

bool adjust_add_act(struct books *books, struct act_call *call, struct err *err)
{
    struct adjustment row = {.state = ENTERED, .at_ms = books->record.now_ms};
    if (!row_read(call, &row, err) ||
        !record_next(&books->record, SQL("SELECT id FROM adjustment ORDER BY id DESC LIMIT 1"), &row.id, err))
        return false;
    if (people_person(&books->people, (int32_t)row.worker) == NULL)
        return err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), row.worker));
    if (!blame_ask(books, call, &row, err)) return false;
    memcpy(row.by_user, books->record.user, sizeof row.by_user);
    buf_fmt(&call->answer, "{\"adjustment\":%" PRId64 "}", row.id);
    return adjustment_put(books, &row, RECORD_NEW, err);
}

bool adjust_approve_act(struct books *books, struct act_call *call, struct err *err)
{
    struct adjustment row = {0};
    int64_t           id;
    if (!body_int(call, "id_of", 1, INT64_MAX, &id, err) || !adjustment_find(books, id, &row, err)) return false;
    if (row.state != ENTERED) return err_set(err, ERR_CONFLICT, say_text(SAY("adjust.done"), row.approver));
    if (strcmp(row.by_user, books->record.user) == 0) return err_set(err, ERR_RIGHTS, SAY("adjust.own"));
    row.state = APPROVED;
    memcpy(row.approver, books->record.user, sizeof row.approver);
    return adjustment_put(books, &row, body_base(call), err);
}

bool adjust_strike_act(struct books *books, struct act_call *call, struct err *err)
{
    struct adjustment row = {0};
    const char       *why;
    int64_t           id;
    if (!body_int(call, "id_of", 1, INT64_MAX, &id, err) || !body_text(call, "why", false, WHY_BYTES, &why, err) ||
        !adjustment_find(books, id, &row, err))
        return false;
    if (row.state == STRUCK) return err_set(err, ERR_CONFLICT, say_text(SAY("adjust.struck"), row.approver));
    row.state = STRUCK;
    memcpy(row.approver, books->record.user, sizeof row.approver);
    return adjustment_put(books, &row, body_base(call), err);
}
