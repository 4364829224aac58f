/* transfer.c - money from announcement to the orders it is for: server/books/transfer.h. */
#include "server/books/transfer.h"

#include <inttypes.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/customer.h"
#include "server/books/form.h"
#include "server/books/spread.h"
#include "server/books/user.h"
#include "server/judge/checklist.h"

enum { ANNOUNCED, ARRIVED, REFUSED, REVERSED };
enum { TEXT_MOST = 60, WHY_MOST = 240, USER_ROOM = 132 };

struct transfer {
    int64_t id, day, fen, customer, at_ms, state, in_day, in_fen, confirmed_ms, ended_ms, version; /* 0: not yet */
    char    method[CELL_TEXT_MAX], payer[CELL_TEXT_MAX], slip[CELL_TEXT_MAX], who[CELL_TEXT_MAX], note[CELL_TEXT_MAX];
    char    differs[CELL_TEXT_MAX], ended_why[CELL_TEXT_MAX];
    char    by_user[USER_ROOM], confirmed_by[USER_ROOM], ended_by[USER_ROOM];
    struct money_file file;
};

static bool transfer_put(struct books *books, const struct transfer *transfer, int64_t base, struct err *err)
{
    const bool         is_in = transfer->confirmed_ms != 0;
    enum record_did    did;
    const struct value values[] = {
        value_int(transfer->id),
        value_int(transfer->day),
        value_int(transfer->fen),
        value_text(transfer->method),
        value_text(transfer->payer),
        value_text(transfer->slip),
        value_int(transfer->customer),
        value_text(transfer->who),
        value_text(transfer->note),
        transfer->file.is_there ? value_blob(transfer->file.hash.bytes, sizeof transfer->file.hash.bytes)
                                : value_null(),
        value_text(transfer->file.name),
        value_text(transfer->by_user),
        value_int(transfer->at_ms),
        value_int(transfer->state),
        is_in ? value_int(transfer->in_day) : value_null(),
        is_in ? value_int(transfer->in_fen) : value_null(),
        value_text(transfer->differs),
        value_text(transfer->confirmed_by),
        value_or_null(transfer->confirmed_ms),
        value_text(transfer->ended_why),
        value_text(transfer->ended_by),
        value_or_null(transfer->ended_ms),
    };
    return record_put(&books->record, NOUN_TRANSFER, base, values, &did, err);
}

static void transfer_of_row(struct db_stmt *stmt, struct transfer *transfer)
{
    size_t len;
    transfer->day = db_int(stmt, 0);
    transfer->fen = db_int(stmt, 1);
    utf8_copy(transfer->method, sizeof transfer->method, db_text(stmt, 2));
    utf8_copy(transfer->payer, sizeof transfer->payer, db_text(stmt, 3));
    utf8_copy(transfer->slip, sizeof transfer->slip, db_text(stmt, 4));
    transfer->customer = db_int(stmt, 5);
    utf8_copy(transfer->who, sizeof transfer->who, db_text(stmt, 6));
    utf8_copy(transfer->note, sizeof transfer->note, db_text(stmt, 7));
    transfer->file.is_there = !db_is_null(stmt, 8);
    if (transfer->file.is_there) {
        const void *hash = db_blob(stmt, 8, &len);
        if (len == sizeof transfer->file.hash.bytes) memcpy(transfer->file.hash.bytes, hash, len);
    }
    utf8_copy(transfer->file.name, sizeof transfer->file.name, db_text(stmt, 9));
    utf8_copy(transfer->by_user, sizeof transfer->by_user, db_text(stmt, 10));
    transfer->at_ms = db_int(stmt, 11);
    transfer->state = db_int(stmt, 12);
    transfer->in_day = db_is_null(stmt, 13) ? 0 : db_int(stmt, 13);
    transfer->in_fen = db_is_null(stmt, 14) ? 0 : db_int(stmt, 14);
    utf8_copy(transfer->differs, sizeof transfer->differs, db_text(stmt, 15));
    utf8_copy(transfer->confirmed_by, sizeof transfer->confirmed_by, db_text(stmt, 16));
    transfer->confirmed_ms = db_is_null(stmt, 17) ? 0 : db_int(stmt, 17);
    utf8_copy(transfer->ended_why, sizeof transfer->ended_why, db_text(stmt, 18));
    utf8_copy(transfer->ended_by, sizeof transfer->ended_by, db_text(stmt, 19));
    transfer->ended_ms = db_is_null(stmt, 20) ? 0 : db_int(stmt, 20);
    transfer->version = db_int(stmt, 21);
}

static bool transfer_find(struct books *books, int64_t id, struct transfer *transfer, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *transfer = (struct transfer){.id = id};
    if (!db_prepare(
            books->db,
            SQL("SELECT day, fen, method, payer, slip, customer, who, note, hash, file_name, by_user, at_ms, state,"
                " in_day, in_fen, differs, confirmed_by, confirmed_ms, ended_why, ended_by, ended_ms, version"
                " FROM transfer WHERE id = $1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, say_int(SAY("money.absent"), id));
    transfer_of_row(stmt, transfer);
    db_reset(stmt);
    return true;
}

/* The transfer that the body names, in this state. */
static bool transfer_in(struct books *books, const struct act_call *call, int64_t state, struct transfer *transfer,
                        struct err *err)
{
    int64_t id;
    if (!body_int(call, "transfer", 1, INT64_MAX, &id, err) || !transfer_find(books, id, transfer, err)) return false;
    if (transfer->state == state) return true;
    if (transfer->state == ARRIVED)
        return err_set(err, ERR_CONFLICT,
                       say_user(books->db, say_int(SAY("money.arrived"), id), transfer->confirmed_by));
    if (transfer->state == ANNOUNCED) return err_set(err, ERR_CONFLICT, say_int(SAY("money.announced"), id));
    return err_set(
        err, ERR_CONFLICT,
        say_text(say_user(books->db, say_int(SAY("money.over"), id), transfer->ended_by), transfer->ended_why));
}

/* ---------------------------------------------------------------------------------------------------- announcing */

static const char *const METHODS[] = {"bank", "wechat", "alipay", "cash", "bill", "other", NULL};

enum { DAY, SUM, METHOD, PAYER, SLIP, NOTE, CUSTOMER, WHO, FIELDS };
static const struct import_column ANNOUNCE[FIELDS + 1] = {
    [DAY] = {"day", "日期", {CELL_DAY, true, 0, 0}},
    [SUM] = {"sum", "金额", {CELL_FEN, true, 1, MONEY_MOST_FEN}},
    [METHOD] = {"method", "方式", {CELL_ID, true, 0, 0}},
    [PAYER] = {"payer", "付款人", {CELL_TEXT, true, 0, TEXT_MOST}},
    [SLIP] = {"slip", "流水号", {CELL_TEXT, false, 0, TEXT_MOST}},
    [NOTE] = {"note", "备注", {CELL_TEXT, false, 0, WHY_MOST}},
    [CUSTOMER] = {"customer", "客户", {CELL_INT, false, 0, INT32_MAX}},
    [WHO] = {"who", "客户名", {CELL_TEXT, false, 0, TEXT_MOST}},
    [FIELDS] = {.name = NULL},
};

/* The same slip twice is the same money twice. */
static bool slip_check(struct books *books, const char *slip, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (slip[0] == 0) return true;
    if (!db_prepare(books->db,
                    SQL("SELECT id, by_user FROM transfer WHERE slip = $1 AND state IN (0, 1) ORDER BY id LIMIT 1"),
                        &stmt, err))
        return false;
    db_bind_text(stmt, 1, slip);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    err_set(err, ERR_CONFLICT, say_text(say_int(SAY("money.twice"), db_int(stmt, 0)), db_text(stmt, 1)));
    db_reset(stmt);
    return false;
}

/* Whose money it is: his number or his name, else the customer of the first order. */
static bool owner_find(struct books *books, const struct cell *cells, const struct parts *parts,
                       struct transfer *transfer, struct err *err)
{
    transfer->customer = cells[CUSTOMER].number;
    if (transfer->customer > 0) return customer_name(books, transfer->customer, transfer->who, err);
    utf8_copy(transfer->who, sizeof transfer->who, cells[WHO].text);
    if (transfer->who[0] != 0) return true;
    if (parts->count == 0) return err_set(err, ERR_INPUT, SAY("money.whose"));
    return money_customer(books, parts->part[0].order, &transfer->customer, transfer->who, err);
}

static bool announce_read(struct books *books, struct act_call *call, struct transfer *transfer, struct parts *parts,
                          struct err *err)
{
    struct cell cells[FIELDS];
    if (!form_take(call, ANNOUNCE, cells, err) || !parts_read(call, parts, err)) return false;
    transfer->day = cells[DAY].number;
    transfer->fen = cells[SUM].number;
    utf8_copy(transfer->payer, sizeof transfer->payer, cells[PAYER].text);
    utf8_copy(transfer->slip, sizeof transfer->slip, cells[SLIP].text);
    utf8_copy(transfer->note, sizeof transfer->note, cells[NOTE].text);
    utf8_copy(transfer->by_user, sizeof transfer->by_user, books->record.user);
    transfer->at_ms = books->record.now_ms;
    if (!money_day_check(books, transfer->day, err)) return form_fault(call, "day", err);
    if (!word_is_one(METHODS, cells[METHOD].text)) {
        err_set(err, ERR_INPUT, say_text(SAY("money.method"), cells[METHOD].text));
        return form_fault(call, "method", err);
    }
    utf8_copy(transfer->method, sizeof transfer->method, cells[METHOD].text);
    if (!slip_check(books, transfer->slip, err)) return form_fault(call, "slip", err);
    if (!money_file(books, call, &transfer->file, err)) return form_fault(call, "files", err);
    if (!owner_find(books, cells, parts, transfer, err)) return form_fault(call, "customer", err);
    return true;
}

static struct purse purse_of(const struct transfer *transfer)
{
    struct purse purse = {.transfer = transfer->id, .customer = transfer->customer};
    utf8_copy(purse.who, sizeof purse.who, transfer->who);
    return purse;
}

bool transfer_announce_act(struct books *books, struct act_call *call, struct err *err)
{
    struct transfer transfer = {.id = 0};
    struct parts    parts = {.count = 0};
    if (!announce_read(books, call, &transfer, &parts, err) ||
        !record_next(&books->record, SQL("SELECT id FROM transfer ORDER BY id DESC LIMIT 1"), &transfer.id, err))
        return false;
    if (parts_sum(&parts) > transfer.fen) {
        err_set(err, ERR_INPUT, say_fen(say_fen(SAY("money.parts"), parts_sum(&parts)), transfer.fen));
        return form_fault(call, "parts", err);
    }
    struct purse purse = purse_of(&transfer);
    if (!parts_fit(books, &purse, &parts, false, err)) return form_fault(call, "parts", err);
    if (!transfer_put(books, &transfer, RECORD_NEW, err) || !spread_mean(books, transfer.id, &parts, err)) return false;
    buf_fmt(&call->answer, "{\"transfer\":%" PRId64 "}", transfer.id);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- confirming */

enum { IN_DAY, IN_SUM, IN_WHY, IN_FIELDS };
static const struct import_column CONFIRM[IN_FIELDS + 1] = {
    [IN_DAY] = {"day", "到账日", {CELL_DAY, true, 0, 0}},
    [IN_SUM] = {"sum", "到账金额", {CELL_FEN, true, 1, MONEY_MOST_FEN}},
    [IN_WHY] = {"why", "差额原因", {CELL_TEXT, false, 0, WHY_MOST}},
    [IN_FIELDS] = {.name = NULL},
};

static bool confirm_read(struct books *books, struct act_call *call, struct transfer *transfer, struct parts *parts,
                         struct err *err)
{
    struct cell cells[IN_FIELDS];
    if (!form_take(call, CONFIRM, cells, err)) return false;
    transfer->in_day = cells[IN_DAY].number;
    transfer->in_fen = cells[IN_SUM].number;
    utf8_copy(transfer->differs, sizeof transfer->differs, cells[IN_WHY].text);
    if (!money_day_check(books, transfer->in_day, err)) return form_fault(call, "day", err);
    if (transfer->in_fen != transfer->fen && transfer->differs[0] == 0) {
        err_set(err, ERR_INPUT, say_fen(say_fen(SAY("money.differs"), transfer->fen), transfer->in_fen));
        return form_fault(call, "why", err);
    }
    if (json_get(call->body, "parts") == NULL) return spread_meant(books, transfer->id, parts, err);
    return parts_read(call, parts, err);
}

bool transfer_confirm_act(struct books *books, struct act_call *call, struct err *err)
{
    struct transfer transfer;
    struct parts    parts = {.count = 0};
    if (!transfer_in(books, call, ANNOUNCED, &transfer, err)) return false;
    if (strcmp(transfer.by_user, call->act->user) == 0) return err_set(err, ERR_RIGHTS, SAY("money.own"));
    if (!confirm_read(books, call, &transfer, &parts, err)) return false;
    struct purse purse = purse_of(&transfer);
    purse.rest_fen = transfer.in_fen;
    transfer.state = ARRIVED;
    transfer.confirmed_ms = books->record.now_ms;
    utf8_copy(transfer.confirmed_by, sizeof transfer.confirmed_by, books->record.user);
    if (!transfer_put(books, &transfer, body_base(call), err) || !spread_overtake(books, transfer.id, err))
        return false;
    if (!parts_fit(books, &purse, &parts, true, err)) return form_fault(call, "parts", err);
    if (!spread_count(books, &purse, &parts, err)) return form_fault(call, "parts", err);
    buf_fmt(&call->answer, "{\"rest_fen\":%" PRId64 "}", purse.rest_fen);
    return true;
}

static bool transfer_end(struct books *books, struct transfer *transfer, int64_t state, const char *why, int64_t base,
                         struct err *err)
{
    transfer->state = state;
    transfer->ended_ms = books->record.now_ms;
    utf8_copy(transfer->ended_why, sizeof transfer->ended_why, why);
    utf8_copy(transfer->ended_by, sizeof transfer->ended_by, books->record.user);
    return transfer_put(books, transfer, base, err);
}

bool transfer_refuse_act(struct books *books, struct act_call *call, struct err *err)
{
    struct transfer transfer;
    const char     *why;
    return body_text(call, "why", false, WHY_MOST, &why, err) && transfer_in(books, call, ANNOUNCED, &transfer, err) &&
           transfer_end(books, &transfer, REFUSED, why, body_base(call), err) &&
           spread_overtake(books, transfer.id, err);
}

/* ---------------------------------------------------------------------------------------------------- spreading */

static bool spread_from(struct books *books, struct act_call *call, const struct parts *parts, struct err *err)
{
    struct transfer transfer;
    if (!transfer_in(books, call, ARRIVED, &transfer, err)) return false;
    struct purse purse = purse_of(&transfer);
    if (!purse_rest(books, &purse, err)) return false;
    if (!parts_fit(books, &purse, parts, true, err) || !spread_count(books, &purse, parts, err))
        return form_fault(call, "parts", err);
    buf_fmt(&call->answer, "{\"rest_fen\":%" PRId64 "}", purse.rest_fen);
    return true;
}

bool transfer_spread_act(struct books *books, struct act_call *call, struct err *err)
{
    struct parts parts = {.count = 0};
    struct purse owner = {.transfer = 0};
    const char  *who = "";
    int64_t      id;
    if (!body_int(call, "transfer", 0, INT64_MAX, &id, err) || !parts_read(call, &parts, err)) return false;
    if (parts.count == 0) return err_set(err, ERR_INPUT, say_text(SAY("act.missing"), "parts"));
    if (id > 0) return spread_from(books, call, &parts, err);
    if (!body_int(call, "customer", 0, INT32_MAX, &owner.customer, err) ||
        !body_text(call, "who", false, TEXT_MOST, &who, err))
        return false;
    utf8_copy(owner.who, sizeof owner.who, who);
    if (!parts_fit(books, &owner, &parts, true, err) || !spread_prepaid(books, &owner, &parts, err))
        return form_fault(call, "parts", err);
    buf_fmt(&call->answer, "{\"rest_fen\":%" PRId64 "}", owner.rest_fen);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- reversing */

bool transfer_reverse_act(struct books *books, struct act_call *call, struct err *err)
{
    struct transfer transfer;
    const char     *why;
    int64_t         spread;
    bool            first, second;
    if (!body_int(call, "spread", 0, INT64_MAX, &spread, err) || !body_text(call, "why", false, WHY_MOST, &why, err) ||
        !act_user_has(books, call->act->user, "finance", &first, err) ||
        !act_user_has(books, call->act->second, "finance", &second, err) ||
        !transfer_in(books, call, ARRIVED, &transfer, err))
        return false;
    if (!first && !second) return err_set(err, ERR_RIGHTS, SAY("money.finance"));
    struct purse purse = purse_of(&transfer);
    if (!purse_rest(books, &purse, err) || !spread_take_back(books, &purse, spread, why, err)) return false;
    return spread > 0 ||
           (transfer_end(books, &transfer, REVERSED, why, body_base(call), err) && purse_empty(books, &purse, err));
}
