/* guarantor.c - who stands in for deposits: server/books/guarantor.h. */
#include "server/books/guarantor.h"

#include <inttypes.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/master.h"

enum { TEXT_MOST = 60, WHY_MOST = 240 };

struct guarantor {
    int64_t           id, limit_fen, signed_day, until_day, is_off, version;
    char              name[CELL_TEXT_MAX], phone[CELL_TEXT_MAX], note[CELL_TEXT_MAX];
    struct money_file file;
};

static bool guarantor_find(struct books *books, int64_t id, struct guarantor *found, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          len;
    if (!db_prepare(books->db,
                    SQL("SELECT name, phone, limit_fen, signed_day, until_day, hash, file_name, note, is_off,"
                                   " version FROM guarantor WHERE id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, say_int(SAY("guarantor.absent"), id));
    *found = (struct guarantor){.id = id,
                                .limit_fen = db_int(stmt, 2),
                                .signed_day = db_int(stmt, 3),
                                .until_day = db_int(stmt, 4),
                                .is_off = db_int(stmt, 8),
                                .version = db_int(stmt, 9)};
    utf8_copy(found->name, sizeof found->name, db_text(stmt, 0));
    utf8_copy(found->phone, sizeof found->phone, db_text(stmt, 1));
    const void *hash = db_blob(stmt, 5, &len);
    if (len == sizeof found->file.hash.bytes) memcpy(found->file.hash.bytes, hash, len);
    found->file.is_there = true;
    utf8_copy(found->file.name, sizeof found->file.name, db_text(stmt, 6));
    utf8_copy(found->note, sizeof found->note, db_text(stmt, 7));
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- saving */

enum { NAME, PHONE, LIMIT, SIGNED, UNTIL, NOTE, OFF, FIELDS };
static const struct import_column SAVE[FIELDS + 1] = {
    [NAME] = {"name", "担保人", {CELL_TEXT, true, 0, TEXT_MOST}},
    [PHONE] = {"phone", "电话", {CELL_PHONE, true, 0, 0}},
    [LIMIT] = {"limit", "额度", {CELL_FEN, true, 1, MONEY_MOST_FEN}},
    [SIGNED] = {"signed", "签字日", {CELL_DAY, true, 0, 0}},
    [UNTIL] = {"until", "到期", {CELL_DAY, true, 0, 0}},
    [NOTE] = {"note", "备注", {CELL_TEXT, false, 0, WHY_MOST}},
    [OFF] = {"off", "停用", {CELL_BOOL, false, 0, 0}},
    [FIELDS] = {.name = NULL},
};

static bool fault(struct act_call *call, const char *field, struct say say, struct err *err)
{
    err_set(err, ERR_INPUT, say);
    return form_fault(call, field, err);
}

static bool guarantor_put(struct books *books, const struct guarantor *row, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {value_int(row->id),
                                   value_text(row->name),
                                   value_text(row->phone),
                                   value_int(row->limit_fen),
                                   value_int(row->signed_day),
                                   value_int(row->until_day),
                                   value_blob(row->file.hash.bytes, sizeof row->file.hash.bytes),
                                   value_text(row->file.name),
                                   value_text(row->note),
                                   value_int(row->is_off),
                                   value_text(books->record.user)};
    return record_put(&books->record, NOUN_GUARANTOR, base, values, &did, err);
}

/* What he signs names limit and last day: another of them is another signature. */
static bool signature_take(struct books *books, struct act_call *call, const struct guarantor *before,
                           struct guarantor *row, struct err *err)
{
    bool is_same = before->id > 0 && before->limit_fen == row->limit_fen && before->until_day == row->until_day;
    if (!money_file(books, call, &row->file, err)) return form_fault(call, "files", err);
    if (row->file.is_there) return true;
    if (!is_same) return fault(call, "files", SAY("guarantor.signature"), err);
    row->file = before->file;
    return true;
}

bool guarantor_save_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell      cells[FIELDS];
    struct guarantor before = {.id = 0}, row = {.id = 0};
    if (!body_int(call, "guarantor", 0, INT64_MAX, &row.id, err) || !form_take(call, SAVE, cells, err)) return false;
    if (row.id > 0 && !guarantor_find(books, row.id, &before, err)) return false;
    utf8_copy(row.name, sizeof row.name, cells[NAME].text);
    utf8_copy(row.phone, sizeof row.phone, cells[PHONE].text);
    utf8_copy(row.note, sizeof row.note, cells[NOTE].text);
    row.limit_fen = cells[LIMIT].number;
    row.signed_day = cells[SIGNED].number;
    row.until_day = cells[UNTIL].number;
    row.is_off = cells[OFF].number;
    if (!money_day_check(books, row.signed_day, err)) return form_fault(call, "signed", err);
    if (row.until_day < row.signed_day) return fault(call, "until", SAY("guarantor.until"), err);
    if (!signature_take(books, call, &before, &row, err)) return false;
    int64_t base = row.id == 0 ? RECORD_NEW : body_base(call);
    if (row.id == 0 &&
        !record_next(&books->record, SQL("SELECT id FROM guarantor ORDER BY id DESC LIMIT 1"), &row.id, err))
        return false;
    buf_fmt(&call->answer, "{\"guarantor\":%" PRId64 "}", row.id);
    return guarantor_put(books, &row, base, err);
}

/* ---------------------------------------------------------------------------------------------------- covering */

static const struct import_column COVER[] = {
    {"order", "订单", {CELL_ORDER, true, 0, 0}},
    {"sum", "担保金额", {CELL_FEN, true, 1, MONEY_MOST_FEN}},
    {.name = NULL},
};

static bool used_read(struct books *books, int64_t guarantor, int64_t *used_fen, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT COALESCE(CAST(SUM(fen) AS BIGINT), 0) FROM cover WHERE guarantor = $1 AND is_off = 0"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, guarantor);
    if (!db_step(stmt, &row, err)) return false;
    *used_fen = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

static bool room_check(struct books *books, struct act_call *call, const struct guarantor *guarantor, int64_t fen,
                       struct err *err)
{
    int64_t used;
    if (guarantor->is_off != 0) return fault(call, "guarantor", say_text(SAY("guarantor.off"), guarantor->name), err);
    if (guarantor->until_day < books_today(books))
        return fault(call, "guarantor", say_text(SAY("guarantor.expired"), guarantor->name), err);
    if (!used_read(books, guarantor->id, &used, err)) return false;
    int64_t room = guarantor->limit_fen > used ? guarantor->limit_fen - used : 0;
    return fen <= room ||
           fault(call, "sum",
                 say_fen(say_fen(say_text(SAY("guarantor.room"), guarantor->name), guarantor->limit_fen), room), err);
}

bool guarantor_cover_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell      cells[2];
    struct guarantor guarantor = {.id = 0};
    enum record_did  did;
    int64_t          id, customer;
    char             name[CELL_TEXT_MAX];
    if (!body_int(call, "guarantor", 1, INT64_MAX, &id, err) || !form_take(call, COVER, cells, err) ||
        !guarantor_find(books, id, &guarantor, err))
        return false;
    if (!money_customer(books, cells[0].number, &customer, name, err)) return form_fault(call, "order", err);
    if (!room_check(books, call, &guarantor, cells[1].number, err) ||
        !record_next(&books->record, SQL("SELECT id FROM cover ORDER BY id DESC LIMIT 1"), &id, err))
        return false;
    const struct value values[] = {value_int(id),
                                   value_int(guarantor.id),
                                   value_int(cells[0].number),
                                   value_int(cells[1].number),
                                   value_text(books->record.user),
                                   value_int(books->record.now_ms),
                                   value_int(0),
                                   value_text(""),
                                   value_text(""),
                                   value_null()};
    buf_fmt(&call->answer, "{\"cover\":%" PRId64 "}", id);
    return record_put(&books->record, NOUN_COVER, RECORD_NEW, values, &did, err);
}

bool guarantor_free_act(struct books *books, struct act_call *call, struct err *err)
{
    struct db_stmt *stmt;
    enum record_did did;
    const char     *why;
    int64_t         id;
    bool            row;
    if (!body_int(call, "cover", 1, INT64_MAX, &id, err) || !body_text(call, "why", false, WHY_MOST, &why, err))
        return false;
    if (!db_prepare(books->db,
                    SQL("SELECT guarantor, order_id, fen, by_user, at_ms FROM cover WHERE id = $1 AND is_off = 0"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, say_int(SAY("guarantor.free"), id));
    const struct value values[] = {value_int(id),
                                   value_int(db_int(stmt, 0)),
                                   value_int(db_int(stmt, 1)),
                                   value_int(db_int(stmt, 2)),
                                   value_text(db_text(stmt, 3)),
                                   value_int(db_int(stmt, 4)),
                                   value_int(1),
                                   value_text(why),
                                   value_text(books->record.user),
                                   value_int(books->record.now_ms)};
    bool               is_done = record_put(&books->record, NOUN_COVER, body_base(call), values, &did, err);
    db_reset(stmt);
    return is_done;
}
