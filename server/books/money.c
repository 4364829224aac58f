/* money.c - what an order is worth and what of it is paid: server/books/money.h. */
#include "server/books/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/master.h"
#include "server/books/load.h"

enum { NAME_MOST = 60, WHY_MOST = 240, FILE_NAME_MOST = 120 };

/* ---------------------------------------------------------------------------------------------------- reading */

/* Lines from 80 on are remakes: they cost the customer nothing. */
static bool worth_read(struct books *books, int64_t order, struct gate_money *money, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            books->db,
            SQL("SELECT a.fen, CASE WHEN h.order_id IS NULL THEN 0 ELSE 1 END, COALESCE(q.total_fen, 0),"
                " COALESCE((SELECT CAST(SUM(s.amount_fen) AS BIGINT) FROM line AS l JOIN spec AS s ON s.line = l.line"
                "  WHERE l.order_id = o.id), 0),"
                " (SELECT COUNT(*) FROM line AS l LEFT JOIN spec AS s ON s.line = l.line WHERE l.order_id = o.id"
                "  AND l.line % 100 < 80 AND COALESCE(s.amount_fen, 0) <= 0),"
                " COALESCE((SELECT CAST(SUM(c.comp_fen) AS BIGINT) FROM change AS c WHERE c.line BETWEEN o.id AND o.id + 99"
                "  AND c.state != 2), 0) FROM orders AS o LEFT JOIN amount AS a ON a.order_id = o.id LEFT JOIN head AS h ON h.order_id = o.id"
                " LEFT JOIN quoted AS d ON d.order_id = o.id"
                " LEFT JOIN quote AS q ON q.order_id = d.order_id AND q.n = d.confirmed_n WHERE o.id = $1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    bool    is_recorded = !db_is_null(stmt, 0), is_ours = db_int(stmt, 1) != 0;
    int64_t quoted = db_int(stmt, 2), lines = db_int(stmt, 3), unpriced = db_int(stmt, 4);
    money->goods_fen = quoted > lines ? quoted : lines;
    money->is_priced = money->goods_fen > 0 && (is_ours || unpriced == 0);
    if (is_recorded) money->goods_fen = db_int(stmt, 0);
    money->comp_fen = db_int(stmt, 5);
    money->is_priced = money->is_priced || is_recorded;
    money->asks_unpriced = is_ours || money->asks_unpriced;
    db_reset(stmt);
    return true;
}

static bool arrived_read(struct books *books, int64_t order, struct gate_money *money, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            books->db,
            SQL("SELECT COALESCE((SELECT CAST(SUM(p.fen) AS BIGINT) FROM spread AS p WHERE p.order_id = o.id"
                "  AND p.state = 1), 0), COALESCE((SELECT CAST(SUM(p.fen) AS BIGINT) FROM spread AS p"
                "  WHERE p.order_id = o.id AND p.state = 0), 0), COALESCE((SELECT CAST(SUM(c.fen) AS BIGINT)"
                "  FROM cover AS c JOIN guarantor AS g ON g.id = c.guarantor WHERE c.order_id = o.id AND c.is_off = 0"
                "  AND g.is_off = 0 AND g.until_day >= $2), 0) FROM orders AS o WHERE o.id = $1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, books_today(books));
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    money->in_fen = db_int(stmt, 0);
    money->announced_fen = db_int(stmt, 1);
    money->guaranteed_fen = db_int(stmt, 2);
    db_reset(stmt);
    return true;
}

bool money_of(struct books *books, int64_t order, struct gate_money *out, struct err *err)
{
    struct gate_money money = {.goods_fen = 0};
    int64_t           percent, part, asks;
    if (!setting_limit(books, LIMIT_DEPOSIT_PERCENT, &percent, err) ||
        !setting_limit(books, LIMIT_PART_SHIPMENTS, &part, err) ||
        !setting_limit(books, LIMIT_DEPOSIT_UNPRICED, &asks, err))
        return false;
    money.deposit_percent = (int)percent;
    money.may_part = part != 0;
    money.asks_unpriced = asks != 0;
    if (!worth_read(books, order, &money, err) || !arrived_read(books, order, &money, err) ||
        !load_shipped_fen(books, order, money.goods_fen, &money.shipped_fen, err))
        return false;
    *out = money;
    return true;
}

bool money_override(struct books *books, int64_t order, int64_t load_fen, bool *is, struct err *err)
{
    struct gate_money money;
    struct db_stmt   *stmt;
    int64_t           is_on;
    if (!setting_limit(books, LIMIT_DISPATCH_OVERRIDE, &is_on, err) || !money_of(books, order, &money, err))
        return false;
    struct gate gate = gate_dispatch(&money, load_fen);
    *is = false;
    if (is_on == 0 || gate.is_open || !money.is_priced) return true;
    if (!db_prepare(books->db, SQL("SELECT id FROM unpaid WHERE order_id = $1 AND is_off = 0 AND fen >= $2 LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, gate.missing_fen);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

bool money_check_production(struct books *books, int64_t order, struct err *err)
{
    struct gate_money money;
    if (!money_of(books, order, &money, err)) return false;
    struct gate gate = gate_production(&money);
    return gate.is_open || err_set(err, ERR_CONFLICT, gate.why);
}

bool money_customer(struct books *books, int64_t order, int64_t *customer, char name[CELL_TEXT_MAX], struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT COALESCE(h.customer, 0), o.customer FROM orders AS o"
                        " LEFT JOIN head AS h ON h.order_id = o.id WHERE o.id = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    *customer = db_int(stmt, 0);
    utf8_copy(name, CELL_TEXT_MAX, db_text(stmt, 1));
    db_reset(stmt);
    return true;
}

bool money_day_check(struct books *books, int64_t day, struct err *err)
{
    return day <= books_newest_day(books) || err_set(err, ERR_INPUT, SAY("money.future"));
}

bool money_file(struct books *books, const struct act_call *call, struct money_file *file, struct err *err)
{
    static const struct cell_want NAME = {CELL_TEXT, true, 0, FILE_NAME_MOST};
    const struct json            *files = json_get(call->body, "files"), *one = json_at(files, 0);
    struct db_stmt               *stmt;
    struct cell                   name;
    bool                          is;
    *file = (struct money_file){.is_there = json_count(files) > 0};
    if (!file->is_there) return true;
    if (json_count(files) > 1) return err_set(err, ERR_INPUT, say_int(SAY("file.many"), 1));
    const char *text = json_text(json_get(one, "name"), "");
    if (!hash_read(json_text(json_get(one, "hash"), ""), &file->hash))
        return err_set(err, ERR_INPUT, SAY("file.absent"));
    if (!cell_read(&NAME, text, strlen(text), &name, err)) return false;
    utf8_copy(file->name, sizeof file->name, name.text);
    if (!db_prepare(books->db, SQL("SELECT kind FROM file WHERE hash = $1"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, file->hash.bytes, sizeof file->hash.bytes);
    if (!db_step(stmt, &is, err)) return false;
    db_reset(stmt);
    return is || err_set(err, ERR_INPUT, SAY("file.absent"));
}

/* ---------------------------------------------------------------------------------------------------- amounts */

static const struct import_column AMOUNT[] = {
    {"order", "订单", {CELL_ORDER, true, 0, 0}},
    {"sum", "金额", {CELL_FEN, true, 1, MONEY_MOST_FEN}},
    {"why", "依据", {CELL_TEXT, true, 0, WHY_MOST}},
    {.name = NULL},
};

bool amount_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell     cells[3];
    enum record_did did;
    int64_t         customer = 0, order;
    char            name[CELL_TEXT_MAX];
    if (!form_take(call, AMOUNT, cells, err)) return false;
    order = cells[0].number;
    if (!money_customer(books, order, &customer, name, err)) return form_fault(call, "order", err);
    if (customer != 0) {
        err_set(err, ERR_INPUT, SAY("money.quoted"));
        return form_fault(call, "order", err);
    }
    const struct value values[] = {value_int(order), value_int(cells[1].number), value_text(cells[2].text),
                                   value_text(books->record.user), value_int(books->record.now_ms)};
    return record_put(&books->record, NOUN_AMOUNT, body_base(call), values, &did, err);
}

/* ---------------------------------------------------------------------------------------------------- overrides */

static const struct import_column UNPAID[] = {
    {"order", "订单", {CELL_ORDER, true, 0, 0}},
    {"sum", "可欠金额", {CELL_FEN, true, 1, MONEY_MOST_FEN}},
    {"why", "原因", {CELL_TEXT, true, 0, WHY_MOST}},
    {"answers", "谁负责", {CELL_TEXT, true, 0, NAME_MOST}},
    {.name = NULL},
};

/* One of the two is a manager. */
static bool manager_check(struct books *books, const struct act_call *call, struct err *err)
{
    bool first, second;
    if (!act_user_has(books, call->act->user, "manager", &first, err) ||
        !act_user_has(books, call->act->second, "manager", &second, err))
        return false;
    return first || second || err_set(err, ERR_RIGHTS, SAY("money.manager"));
}

bool unpaid_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell     cells[4];
    enum record_did did;
    int64_t         is_on, id, customer;
    char            name[CELL_TEXT_MAX];
    if (!setting_limit(books, LIMIT_DISPATCH_OVERRIDE, &is_on, err)) return false;
    if (is_on == 0) return err_set(err, ERR_CONFLICT, SAY("money.override_off"));
    if (!form_take(call, UNPAID, cells, err) || !manager_check(books, call, err)) return false;
    if (!money_customer(books, cells[0].number, &customer, name, err)) return form_fault(call, "order", err);
    if (!record_next(&books->record, SQL("SELECT id FROM unpaid ORDER BY id DESC LIMIT 1"), &id, err)) return false;
    const struct value values[] = {value_int(id),
                                   value_int(cells[0].number),
                                   value_int(cells[1].number),
                                   value_text(cells[2].text),
                                   value_text(cells[3].text),
                                   value_text(books->record.user),
                                   value_int(books->record.now_ms),
                                   value_int(0),
                                   value_text(""),
                                   value_text(""),
                                   value_null()};
    buf_fmt(&call->answer, "{\"unpaid\":%" PRId64 "}", id);
    return record_put(&books->record, NOUN_UNPAID, RECORD_NEW, values, &did, err);
}

bool unpaid_end_act(struct books *books, struct act_call *call, struct err *err)
{
    struct db_stmt *stmt;
    enum record_did did;
    const char     *why;
    int64_t         id;
    bool            row;
    if (!body_int(call, "unpaid", 1, INT64_MAX, &id, err) || !body_text(call, "why", false, WHY_MOST, &why, err))
        return false;
    if (!db_prepare(books->db,
                    SQL("SELECT order_id, fen, why, answers, by_user, at_ms FROM unpaid WHERE id = $1 AND is_off = 0"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, say_int(SAY("money.ended"), id));
    const struct value values[] = {value_int(id),
                                   value_int(db_int(stmt, 0)),
                                   value_int(db_int(stmt, 1)),
                                   value_text(db_text(stmt, 2)),
                                   value_text(db_text(stmt, 3)),
                                   value_text(db_text(stmt, 4)),
                                   value_int(db_int(stmt, 5)),
                                   value_int(1),
                                   value_text(why),
                                   value_text(books->record.user),
                                   value_int(books->record.now_ms)};
    bool               is_done = record_put(&books->record, NOUN_UNPAID, body_base(call), values, &did, err);
    db_reset(stmt);
    return is_done;
}
