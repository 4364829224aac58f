/* loss.c - losses: server/books/loss.h. */
#include "server/books/loss.h"

#include <inttypes.h>
#include <string.h>

#include "core/code.h"
#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/master.h"
#include "server/books/order.h"

enum { SHARES_MOST = 12, SUM_MOST_FEN = 1000000000, CAUSE_BYTES = 480, WHO_BYTES = 60 };

enum loss_state { LOSS_ENTERED, LOSS_APPROVED, LOSS_STRUCK };

static const char *const KINDS[] = {"change", "scrap", "delay", "wrong", "complaint"};

struct loss_share {
    int64_t worker, percent, rule, fen;
    char    who[WHO_BYTES + 1];
};

/* ---------------------------------------------------------------------------------------------------- from scans */

/* Wages due already for pieces that are made again, of all lines of the change: of each operation its part of what is due there. */
static bool wages_reckon(struct books *books, int64_t change, int64_t *fen, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *fen = 0;
    if (!db_prepare(
            books->db,
            SQL("SELECT s.redo, CAST(COALESCE(SUM(v.due_fen), 0) AS BIGINT), CAST(COALESCE(SUM(v.good), 0) AS BIGINT)"
                        " FROM change AS c JOIN stays AS s ON s.line = c.line AND s.old_rev = c.old_rev AND s.redo > 0"
                        " JOIN fact AS f ON f.line = s.line AND f.line != 0 AND f.rev = s.old_rev AND f.op = s.old_op"
                        " JOIN verdict AS v ON v.number = f.number WHERE c.id = $1 OR (c.of_change = $1 AND c.of_change != 0)"
                        " GROUP BY s.line, s.old_op, s.redo"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, change);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        int64_t redo = db_int(stmt, 0), due = db_int(stmt, 1), good = db_int(stmt, 2);
        if (good > 0) *fen += (due * (redo < good ? redo : good) + good / 2) / good;
    }
}

/* ---------------------------------------------------------------------------------------------------- reading a body */

static bool rule_read(struct books *books, int64_t id, int64_t *fen, int64_t *percent, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT fen, percent FROM loss_rule WHERE id = $1 AND is_off = 0"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_INPUT, say_int(SAY("loss.rule"), id));
    *fen = db_int(stmt, 0);
    *percent = db_int(stmt, 1);
    db_reset(stmt);
    return true;
}

/* What the rule proposes for one who answers for so many percent of the whole. */
static bool share_price(struct books *books, struct loss_share *share, int64_t whole_fen, struct err *err)
{
    int64_t fen = 0, percent = 0;
    share->fen = 0;
    if (share->rule == 0) return true;
    if (!rule_read(books, share->rule, &fen, &percent, err)) return false;
    share->fen = fen > 0 ? fen : (whole_fen * share->percent / 100 * percent + 50) / 100;
    return true;
}

static bool share_read(struct books *books, const struct json *row, struct loss_share *share, struct err *err)
{
    const char *who = json_text(json_get(row, "who"), "");
    *share = (struct loss_share){.worker = json_int(json_get(row, "worker"), 0),
                                 .percent = json_int(json_get(row, "percent"), -1),
                                 .rule = json_int(json_get(row, "rule"), 0)};
    if (share->percent < 1 || share->percent > 100) return err_set(err, ERR_INPUT, SAY("loss.percent"));
    bool is_number = share->worker >= 0 && share->worker <= INT32_MAX;
    if (share->worker != 0 && (!is_number || people_person(&books->people, (int32_t)share->worker) == NULL))
        return err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), share->worker));
    if (share->worker == 0 && who[0] == 0) return err_set(err, ERR_INPUT, SAY("loss.who"));
    if (strlen(who) > WHO_BYTES) return err_set(err, ERR_INPUT, say_int(say_text(SAY("act.long"), "who"), WHO_BYTES));
    utf8_copy(share->who, sizeof share->who, who);
    return true;
}

/* All of it has somebody who answers for it, or nobody has been named yet. */
static bool shares_read(struct books *books, const struct act_call *call, struct loss_share shares[SHARES_MOST],
                        int *count, struct err *err)
{
    const struct json *rows = json_get(call->body, "shares");
    int64_t            sum = 0;
    *count = (int)json_count(rows);
    if (json_count(rows) > SHARES_MOST) return err_set(err, ERR_INPUT, say_int(SAY("loss.shares"), SHARES_MOST));
    for (int i = 0; i < *count; i++) {
        if (!share_read(books, json_at(rows, (size_t)i), &shares[i], err)) return false;
        sum += shares[i].percent;
    }
    return *count == 0 || sum == 100 || err_set(err, ERR_INPUT, say_int(SAY("loss.sum"), sum));
}

enum { ADD_WAGES, ADD_MATERIAL, ADD_CAUSE, ADDS };
static const struct import_column ADD_COLUMNS[] = {
    [ADD_WAGES] = {"wages", "工费", {CELL_FEN, false, 0, SUM_MOST_FEN}},
    [ADD_MATERIAL] = {"material", "料费", {CELL_FEN, false, 0, SUM_MOST_FEN}},
    [ADD_CAUSE] = {"cause", "原因", {CELL_TEXT, true, 0, CAUSE_BYTES}},
    [ADDS] = {.name = NULL},
};

static bool what_read(struct books *books, const struct act_call *call, struct line_ref *ref, struct err *err)
{
    const char *text = "";
    bool        is;
    if (!body_text(call, "what", false, LINE_REF_TEXT - 1, &text, err)) return false;
    if (!line_ref_read(text, ref)) return err_set(err, ERR_INPUT, say_text(SAY("stop.what"), text));
    if (!order_is(books, *ref, &is, err)) return false;
    return is || err_set(err, ERR_ABSENT, say_text(SAY("stop.unknown"), text));
}

static bool kind_read(const struct act_call *call, const char **kind, struct err *err)
{
    if (!body_text(call, "kind", false, 15, kind, err)) return false;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(KINDS[i], *kind) == 0) return true;
    return err_set(err, ERR_INPUT, say_text(SAY("loss.kind"), *kind));
}

/* A change that the loss is of is one of the same order: whose scans else would be reckoned? */
static bool change_find(struct books *books, int64_t change, int64_t line, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    if (!db_prepare(books->db, SQL("SELECT id FROM change WHERE id = $1 AND line BETWEEN $2 AND $2 + 99"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, change);
    db_bind_int(stmt, 2, line - line % 100);
    if (!db_step(stmt, &is, err)) return false;
    db_reset(stmt);
    return is || err_set(err, ERR_ABSENT, SAY("change.absent"));
}

/* ---------------------------------------------------------------------------------------------------- rows */

struct loss {
    int64_t id, line, change, wages_fen, material_fen, at_ms, version;
    char    kind[16], cause[CELL_TEXT_MAX], by[132];
    int     state;
};

static bool loss_put(struct books *books, const struct loss *loss, int64_t base, struct err *err)
{
    enum record_did    did;
    bool               is_done = loss->state != LOSS_ENTERED;
    const struct value values[] = {
        value_int(loss->id),
        value_int(loss->line - loss->line % 100),
        value_int(loss->line % 100 == 0 ? 0 : loss->line),
        value_int(loss->change),
        value_text(loss->kind),
        value_int(loss->wages_fen),
        value_int(loss->material_fen),
        value_text(loss->cause),
        value_int(loss->state),
        value_text(loss->by),
        value_int(loss->at_ms),
        value_text(is_done ? books->record.user : ""),
        is_done ? value_int(books->record.now_ms) : value_null(),
    };
    return record_put(&books->record, NOUN_LOSS, base, values, &did, err);
}

static bool shares_put(struct books *books, int64_t loss, const struct loss_share *shares, int count, struct err *err)
{
    for (int i = 0; i < count; i++) {
        enum record_did    did;
        const struct value values[] = {
            value_int(loss),
            value_int(i + 1),
            value_int(shares[i].worker),
            value_text(shares[i].who),
            value_int(shares[i].percent),
            value_int(shares[i].rule),
            value_int(shares[i].fen),
        };
        if (!record_put(&books->record, NOUN_LOSS_SHARE, RECORD_NEW, values, &did, err)) return false;
    }
    return true;
}

bool loss_add_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref   ref = {0};
    struct loss       loss = {.change = json_int(json_get(call->body, "change"), 0), .at_ms = books->record.now_ms};
    struct loss_share shares[SHARES_MOST] = {{.worker = 0}};
    struct cell       cells[ADDS];
    const char       *kind = "";
    int               count = 0;
    if (!what_read(books, call, &ref, err) || !kind_read(call, &kind, err) ||
        !form_take(call, ADD_COLUMNS, cells, err) || !shares_read(books, call, shares, &count, err) ||
        !record_next(&books->record, SQL("SELECT id FROM loss ORDER BY id DESC LIMIT 1"), &loss.id, err))
        return false;
    loss.line = line_ref_key(ref);
    loss.wages_fen = cells[ADD_WAGES].number;
    loss.material_fen = cells[ADD_MATERIAL].number;
    if (loss.change != 0 &&
        (!change_find(books, loss.change, loss.line, err) || !wages_reckon(books, loss.change, &loss.wages_fen, err)))
        return false;
    utf8_copy(loss.kind, sizeof loss.kind, kind);
    utf8_copy(loss.cause, sizeof loss.cause, cells[ADD_CAUSE].text);
    utf8_copy(loss.by, sizeof loss.by, books->record.user);
    for (int i = 0; i < count; i++)
        if (!share_price(books, &shares[i], loss.wages_fen + loss.material_fen, err)) return false;
    if (!loss_put(books, &loss, RECORD_NEW, err) || !shares_put(books, loss.id, shares, count, err)) return false;
    buf_fmt(&call->answer, "{\"loss\":%" PRId64 ",\"wages_fen\":%" PRId64 "}", loss.id, loss.wages_fen);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- deciding */

static bool loss_read(struct books *books, const struct act_call *call, struct loss *loss, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *loss = (struct loss){.id = 0};
    if (!body_int(call, "loss", 1, INT64_MAX, &loss->id, err)) return false;
    if (!db_prepare(books->db,
                    SQL("SELECT order_id, line, change, kind, wages_fen, material_fen, cause, state, by_user, at_ms"
                        " FROM loss WHERE id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, loss->id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("loss.absent"));
    loss->line = db_int(stmt, 1) == 0 ? db_int(stmt, 0) : db_int(stmt, 1);
    loss->change = db_int(stmt, 2);
    utf8_copy(loss->kind, sizeof loss->kind, db_text(stmt, 3));
    loss->wages_fen = db_int(stmt, 4);
    loss->material_fen = db_int(stmt, 5);
    utf8_copy(loss->cause, sizeof loss->cause, db_text(stmt, 6));
    loss->state = (int)db_int(stmt, 7);
    utf8_copy(loss->by, sizeof loss->by, db_text(stmt, 8));
    loss->at_ms = db_int(stmt, 9);
    db_reset(stmt);
    return loss->state != LOSS_STRUCK || err_set(err, ERR_CONFLICT, SAY("loss.struck"));
}

static bool shares_are(struct books *books, int64_t loss, bool *are, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT n FROM loss_share WHERE loss = $1 LIMIT 1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, loss);
    if (!db_step(stmt, are, err)) return false;
    if (*are) db_reset(stmt);
    return true;
}

bool loss_approve_act(struct books *books, struct act_call *call, struct err *err)
{
    struct loss loss;
    bool        are = false;
    if (!loss_read(books, call, &loss, err) || !shares_are(books, loss.id, &are, err)) return false;
    if (loss.state == LOSS_APPROVED) return err_set(err, ERR_CONFLICT, SAY("loss.approved"));
    if (!are) return err_set(err, ERR_INPUT, SAY("loss.nobody"));
    if (strcmp(loss.by, books->record.user) == 0) return err_set(err, ERR_RIGHTS, SAY("loss.own"));
    loss.state = LOSS_APPROVED;
    return loss_put(books, &loss, body_base(call), err);
}

bool loss_strike_act(struct books *books, struct act_call *call, struct err *err)
{
    struct loss loss;
    if (!loss_read(books, call, &loss, err)) return false;
    loss.state = LOSS_STRUCK;
    return loss_put(books, &loss, body_base(call), err);
}

/* ---------------------------------------------------------------------------------------------------- rules */

enum { RULE_NAME, RULE_SUM, RULE_PERCENT, RULE_OFF, RULES };
static const struct import_column RULE_COLUMNS[] = {
    [RULE_NAME] = {"name", "规则", {CELL_TEXT, true, 0, 60}},
    [RULE_SUM] = {"sum", "金额", {CELL_FEN, false, 0, SUM_MOST_FEN}},
    [RULE_PERCENT] = {"percent", "百分比", {CELL_INT, false, 0, 100}},
    [RULE_OFF] = {"off", "停用", {CELL_BOOL, false, 0, 0}},
    [RULES] = {.name = NULL},
};

bool loss_rule_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell     cells[RULES];
    enum record_did did;
    int64_t         id = 0;
    if (json_get(call->body, "rule") != NULL && !body_int(call, "rule", 0, INT32_MAX, &id, err)) return false;
    bool is_new = id == 0;
    if (!form_take(call, RULE_COLUMNS, cells, err) ||
        (is_new && !record_next(&books->record, SQL("SELECT id FROM loss_rule ORDER BY id DESC LIMIT 1"), &id, err)))
        return false;
    if ((cells[RULE_SUM].number > 0) == (cells[RULE_PERCENT].number > 0)) {
        err_set(err, ERR_INPUT, SAY("loss.either"));
        return form_fault(call, "sum", err);
    }
    const struct value values[] = {value_int(id), value_text(cells[RULE_NAME].text), value_int(cells[RULE_SUM].number),
                                   value_int(cells[RULE_PERCENT].number), value_int(cells[RULE_OFF].number != 0)};
    return record_put(&books->record, NOUN_LOSS_RULE, is_new ? RECORD_NEW : body_base(call), values, &did, err);
}
