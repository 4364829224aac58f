/* sheet.c - signed sheets: server/books/sheet.h. */
#include "server/books/sheet.h"

#include <inttypes.h>
#include <string.h>

#include "core/code.h"
#include "server/books/copy.h"
#include "server/books/on_floor.h"
#include "server/books/tell.h"

/* The family's way through the shop, with the part of each operation. */
static bool routing_read(struct books *books, const char *family, struct sheet_op ops[SHEET_OPS_MOST], int *count,
                         struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT r.op, r.per_door, r.code, o.part, d.days FROM routing AS r JOIN operation AS o"
                        " ON o.code = r.code LEFT JOIN routing_due AS d ON d.family = r.family AND d.op = r.op"
                        " WHERE r.family = $1 AND r.is_off = 0 ORDER BY r.op"),
                        &stmt, err))
        return false;
    db_bind_text(stmt, 1, family);
    for (*count = 0;; (*count)++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return *count > 0 || err_set(err, ERR_INPUT, say_text(SAY("order.routing"), family));
        if (*count == SHEET_OPS_MOST) {
            db_reset(stmt);
            return err_set(err, ERR_INPUT, say_int(say_text(SAY("order.operations"), family), SHEET_OPS_MOST));
        }
        struct sheet_op *op = &ops[*count];
        *op = (struct sheet_op){
            .op = db_int(stmt, 0), .per_door = db_int(stmt, 1), .days = db_is_null(stmt, 4) ? -1 : db_int(stmt, 4)};
        memcpy(op->code, db_text(stmt, 2), strnlen(db_text(stmt, 2), WORD_BYTES));
        memcpy(op->part, db_text(stmt, 3), strnlen(db_text(stmt, 3), WORD_BYTES));
    }
}

static bool rates_find(struct books *books, const char *family, struct sheet_op *ops, int count, struct err *err)
{
    int32_t today = books_today(books);
    bool    has;
    for (int i = 0; i < count; i++) {
        if (!rate_on(books, ops[i].code, family, today, &has, &ops[i].rate, err)) return false;
        if (!has) return err_set(err, ERR_INPUT, say_text(say_text(SAY("order.rate"), ops[i].code), family));
    }
    return true;
}

static bool sheet_write(struct books *books, const struct sheet_issue *sheet, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO sheet (line, rev, quantity, family, signed_ms, signed_by, feed)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, sheet->line);
    db_bind_int(stmt, 2, sheet->rev);
    db_bind_int(stmt, 3, sheet->quantity);
    db_bind_text(stmt, 4, sheet->family);
    db_bind_int(stmt, 5, books->record.now_ms);
    db_bind_text(stmt, 6, books->record.user);
    db_bind_int(stmt, 7, books->record.feed + 1); /* told below, in this transaction */
    return db_run(stmt, err);
}

static bool sheet_op_write(struct books *books, const struct sheet_issue *sheet, const struct sheet_op *op,
                           struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO sheet_op (line, rev, op, code, part, per_door, planned, rate_cfen,"
                        " rework_rate_cfen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, sheet->line);
    db_bind_int(stmt, 2, sheet->rev);
    db_bind_int(stmt, 3, op->op);
    db_bind_text(stmt, 4, op->code);
    db_bind_text(stmt, 5, op->part);
    db_bind_int(stmt, 6, op->per_door);
    db_bind_int(stmt, 7, sheet->quantity * op->per_door);
    db_bind_int(stmt, 8, op->rate.rate_cfen);
    db_bind_int(stmt, 9, op->rate.rework_rate_cfen);
    return db_run(stmt, err);
}

static bool sheet_audit(struct books *books, const struct sheet_issue *sheet, struct err *err)
{
    struct buf new = {0};
    char key[LINE_REF_TEXT];
    line_ref_write(line_ref_of_key(sheet->line), key);
    buf_fmt(&new, "{\"rev\":%" PRId64 ",\"quantity\":%" PRId64 ",\"ops\":[", sheet->rev, sheet->quantity);
    for (int i = 0; i < sheet->count; i++) {
        const struct sheet_op *op = &sheet->ops[i];
        json_sep(&new);
        buf_fmt(&new, "[%" PRId64 ",", op->op);
        json_cstr(&new, op->code);
        buf_fmt(&new, ",%" PRId64 ",%" PRId64 ",%" PRId64 "]", op->per_door, op->rate.rate_cfen,
                op->rate.rework_rate_cfen);
    }
    buf_str(&new, "]}");
    bool is_done = record_audit(&books->record, "sheet", key, "", buf_text(&new), err);
    buf_free(&new);
    return is_done;
}

bool sheet_propose(struct books *books, const char *family, struct sheet_op ops[SHEET_OPS_MOST], int *count,
                   struct err *err)
{
    return routing_read(books, family, ops, count, err) && rates_find(books, family, ops, *count, err);
}

bool sheet_issue(struct books *books, const struct sheet_issue *sheet, struct err *err)
{
    if (!sheet_write(books, sheet, err)) return false;
    for (int i = 0; i < sheet->count; i++)
        if (!sheet_op_write(books, sheet, &sheet->ops[i], err)) return false;
    if (!on_floor_write(books->db, sheet->line, false, true, err)) return false;
    return copy_issue(books, sheet, sheet->fields == NULL ? "" : sheet->fields,
                      sheet->maker == NULL ? books->record.user : sheet->maker, err) &&
           sheet_audit(books, sheet, err) && tell_sheet(&books->record, sheet->line, err) &&
           books_renew_order(books, sheet->line, err);
}

static bool due_write(struct books *books, const struct sheet_issue *sheet, int64_t op, int32_t day, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO sheet_due (line, rev, op, due_day) VALUES ($1, $2, $3, $4)"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, sheet->line);
    db_bind_int(stmt, 2, sheet->rev);
    db_bind_int(stmt, 3, op);
    db_bind_int(stmt, 4, day);
    return db_run(stmt, err);
}

bool sheet_due(struct books *books, const struct sheet_issue *sheet, int32_t due_day, struct err *err)
{
    static struct calendar calendar; /* of the writer's thread */
    if (!books_calendar(books, &calendar, err)) return false;
    for (int i = 0; i < sheet->count; i++) {
        int64_t days = sheet->ops[i].days >= 0 ? sheet->ops[i].days : sheet->count - 1 - i;
        int32_t day = calendar_add(&calendar, due_day, -(int32_t)days);
        if (!due_write(books, sheet, sheet->ops[i].op, days == 0 ? due_day : day, err)) return false;
    }
    return true;
}
