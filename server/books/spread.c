/* spread.c - what of a transfer is for which order: server/books/spread.h. */
#include "server/books/spread.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/form.h"

enum { MEANT, COUNTS, TAKEN_BACK, OVERTAKEN }; /* states */

/* ---------------------------------------------------------------------------------------------------- parts */

static const struct import_column PART[] = {
    {"order", "订单", {CELL_ORDER, true, 0, 0}},
    {"sum", "金额", {CELL_FEN, true, 1, MONEY_MOST_FEN}},
    {.name = NULL},
};

static bool has_order(const struct parts *parts, int64_t order)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->part[i].order == order) return true;
    return false;
}

bool parts_read(struct act_call *call, struct parts *parts, struct err *err)
{
    const struct json *list = json_get(call->body, "parts");
    struct form        form = {.call = call};
    size_t             n = json_count(list);
    parts->count = 0;
    if (n > PARTS_MOST) return err_set(err, ERR_INPUT, say_int(SAY("money.many"), PARTS_MOST));
    for (size_t i = 0; i < n; i++) {
        struct cell cells[2];
        char        at[24];
        snprintf(at, sizeof at, "parts.%zu.", i);
        if (!form_read(&form, json_at(list, i), at, PART, cells)) continue;
        struct say same = SAY("money.same");
        if (has_order(parts, cells[0].number)) form_bad(&form, at, "order", &same);
        parts->part[parts->count].order = cells[0].number;
        parts->part[parts->count++].fen = cells[1].number;
    }
    return form_end(&form, err);
}

int64_t parts_sum(const struct parts *parts)
{
    int64_t sum = 0;
    for (size_t i = 0; i < parts->count; i++) sum += parts->part[i].fen;
    return sum;
}

static struct say order_say(struct say say, int64_t order)
{
    char text[LINE_REF_TEXT];
    line_ref_write(line_ref_of_key(order), text);
    return say_text(say, text);
}

/* Another customer's order is a mistake of the hand. Imported orders know their customer by name alone. */
static bool part_fits(struct books *books, const struct purse *purse, int64_t order, int64_t fen, bool to_need,
                      struct err *err)
{
    char              name[CELL_TEXT_MAX];
    int64_t           customer;
    struct gate_money money;
    if (!money_customer(books, order, &customer, name, err)) return false;
    bool is_his = customer > 0 && purse->customer > 0 ? customer == purse->customer : strcmp(name, purse->who) == 0;
    if (!is_his)
        return err_set(err, ERR_INPUT, say_text(say_text(order_say(SAY("money.other"), order), name), purse->who));
    if (!to_need) return true;
    if (!money_of(books, order, &money, err)) return false;
    int64_t needs = gate_owed_fen(&money) - money.in_fen;
    if (!money.is_priced || fen <= needs) return true;
    return err_set(err, ERR_INPUT, say_fen(order_say(SAY("money.more"), order), needs > 0 ? needs : 0));
}

bool parts_fit(struct books *books, const struct purse *purse, const struct parts *parts, bool to_need, struct err *err)
{
    for (size_t i = 0; i < parts->count; i++)
        if (!part_fits(books, purse, parts->part[i].order, parts->part[i].fen, to_need, err)) return false;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- rows */

struct spread {
    int64_t id, transfer, order, fen, state, at_ms, off_ms, version;
    char    by_user[132], off_by[132], off_why[CELL_TEXT_MAX];
};

/* The one door by which what counts for an order changes. */
static bool spread_put(struct books *books, const struct spread *spread, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(spread->id),      value_int(spread->transfer),  value_int(spread->order), value_int(spread->fen),
        value_int(spread->state),   value_text(spread->by_user),  value_int(spread->at_ms), value_text(spread->off_why),
        value_text(spread->off_by), value_or_null(spread->off_ms)};
    return record_put(&books->record, NOUN_SPREAD, base, values, &did, err);
}

static bool spread_new(struct books *books, int64_t transfer, int64_t order, int64_t fen, int64_t state,
                       struct err *err)
{
    struct spread spread = {
        .transfer = transfer, .order = order, .fen = fen, .state = state, .at_ms = books->record.now_ms};
    utf8_copy(spread.by_user, sizeof spread.by_user, books->record.user);
    return record_next(&books->record, SQL("SELECT id FROM spread ORDER BY id DESC LIMIT 1"), &spread.id, err) &&
                       spread_put(books, &spread, RECORD_NEW, err);
}

/* The first of a transfer's spreads in that state from a number on. */
static bool spread_from(struct books *books, int64_t transfer, int64_t state, int64_t from, bool *is,
                        struct spread *spread, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT id, order_id, fen, by_user, at_ms, version FROM spread WHERE transfer = $1"
                        " AND state = $2 AND id >= $3 ORDER BY id LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, transfer);
    db_bind_int(stmt, 2, state);
    db_bind_int(stmt, 3, from);
    if (!db_step(stmt, is, err)) return false;
    if (!*is) return true;
    *spread = (struct spread){.id = db_int(stmt, 0),
                              .transfer = transfer,
                              .order = db_int(stmt, 1),
                              .fen = db_int(stmt, 2),
                              .state = state,
                              .at_ms = db_int(stmt, 4),
                              .version = db_int(stmt, 5)};
    utf8_copy(spread->by_user, sizeof spread->by_user, db_text(stmt, 3));
    db_reset(stmt);
    return true;
}

static bool spread_end(struct books *books, struct spread *spread, int64_t state, const char *why, struct err *err)
{
    spread->state = state;
    spread->off_ms = books->record.now_ms;
    utf8_copy(spread->off_by, sizeof spread->off_by, books->record.user);
    utf8_copy(spread->off_why, sizeof spread->off_why, why);
    return spread_put(books, spread, spread->version, err);
}

bool spread_mean(struct books *books, int64_t transfer, const struct parts *parts, struct err *err)
{
    for (size_t i = 0; i < parts->count; i++)
        if (!spread_new(books, transfer, parts->part[i].order, parts->part[i].fen, MEANT, err)) return false;
    return true;
}

bool spread_meant(struct books *books, int64_t transfer, struct parts *parts, struct err *err)
{
    struct spread spread = {.id = 0};
    bool          is;
    parts->count = 0;
    for (;;) {
        if (!spread_from(books, transfer, MEANT, spread.id + 1, &is, &spread, err)) return false;
        if (!is || parts->count == PARTS_MOST) return true;
        parts->part[parts->count].order = spread.order;
        parts->part[parts->count++].fen = spread.fen;
    }
}

bool spread_overtake(struct books *books, int64_t transfer, struct err *err)
{
    struct spread spread = {.id = 0};
    bool          is;
    for (;;) {
        if (!spread_from(books, transfer, MEANT, spread.id + 1, &is, &spread, err)) return false;
        if (!is) return true;
        if (!spread_end(books, &spread, OVERTAKEN, "", err)) return false;
    }
}

/* ---------------------------------------------------------------------------------------------------- purses */

bool purse_rest(struct books *books, struct purse *purse, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT fen FROM prepaid WHERE transfer = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, purse->transfer);
    if (!db_step(stmt, &row, err)) return false;
    purse->rest_fen = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

static bool purse_put(struct books *books, const struct purse *purse, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("DELETE FROM prepaid WHERE transfer = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, purse->transfer);
    if (!db_run(stmt, err)) return false;
    if (purse->rest_fen == 0) return true;
    if (!db_prepare(books->db, SQL("INSERT INTO prepaid (transfer, customer, who, fen) VALUES ($1, $2, $3, $4)"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, purse->transfer);
    db_bind_int(stmt, 2, purse->customer);
    db_bind_text(stmt, 3, purse->who);
    db_bind_int(stmt, 4, purse->rest_fen);
    return db_run(stmt, err);
}

bool purse_empty(struct books *books, struct purse *purse, struct err *err)
{
    purse->rest_fen = 0;
    return purse_put(books, purse, err);
}

bool spread_count(struct books *books, struct purse *purse, const struct parts *parts, struct err *err)
{
    int64_t sum = parts_sum(parts);
    if (sum > purse->rest_fen)
        return err_set(err, ERR_INPUT, say_fen(say_fen(SAY("money.parts"), sum), purse->rest_fen));
    for (size_t i = 0; i < parts->count; i++)
        if (!spread_new(books, purse->transfer, parts->part[i].order, parts->part[i].fen, COUNTS, err)) return false;
    purse->rest_fen -= sum;
    return purse_put(books, purse, err);
}

/* His oldest transfer that has something left. */
static bool purse_oldest(struct books *books, const struct purse *owner, bool *is, struct purse *purse, struct err *err)
{
    struct db_stmt *stmt;
    *purse = *owner;
    if (!db_prepare(books->db,
                    SQL("SELECT transfer, fen FROM prepaid WHERE customer = $1 AND who = $2 ORDER BY transfer LIMIT 1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, owner->customer);
    db_bind_text(stmt, 2, owner->who);
    if (!db_step(stmt, is, err)) return false;
    if (!*is) return true;
    purse->transfer = db_int(stmt, 0);
    purse->rest_fen = db_int(stmt, 1);
    db_reset(stmt);
    return true;
}

static bool prepaid_sum(struct books *books, struct purse *owner, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT COALESCE(CAST(SUM(fen) AS BIGINT), 0) FROM prepaid WHERE customer = $1 AND who = $2"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, owner->customer);
    db_bind_text(stmt, 2, owner->who);
    if (!db_step(stmt, &row, err)) return false;
    owner->rest_fen = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

bool spread_prepaid(struct books *books, struct purse *owner, const struct parts *parts, struct err *err)
{
    if (!prepaid_sum(books, owner, err)) return false;
    if (parts_sum(parts) > owner->rest_fen)
        return err_set(err, ERR_INPUT, say_fen(say_fen(SAY("money.parts"), parts_sum(parts)), owner->rest_fen));
    owner->rest_fen -= parts_sum(parts);
    for (size_t i = 0; i < parts->count; i++) {
        for (int64_t left = parts->part[i].fen; left > 0;) {
            struct purse purse;
            bool         is;
            if (!purse_oldest(books, owner, &is, &purse, err)) return false;
            if (!is) return err_set(err, ERR_DAMAGED, SAY("money.purse"));
            struct parts one = {.count = 1,
                                .part = {{parts->part[i].order, left < purse.rest_fen ? left : purse.rest_fen}}};
            left -= one.part[0].fen;
            if (!spread_count(books, &purse, &one, err)) return false;
        }
    }
    return true;
}

bool spread_take_back(struct books *books, struct purse *purse, int64_t spread_id, const char *why, struct err *err)
{
    struct spread spread = {.id = spread_id > 0 ? spread_id - 1 : 0};
    bool          is;
    for (int n = 0;; n++) {
        if (!spread_from(books, purse->transfer, COUNTS, spread.id + 1, &is, &spread, err)) return false;
        bool is_meant = is && (spread_id == 0 || spread.id == spread_id);
        if (!is_meant && spread_id > 0 && n == 0)
            return err_set(err, ERR_ABSENT, say_int(SAY("money.nopart"), spread_id));
        if (!is_meant) return purse_put(books, purse, err);
        purse->rest_fen += spread.fen;
        if (!spread_end(books, &spread, TAKEN_BACK, why, err)) return false;
    }
}
