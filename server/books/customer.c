/* customer.c - whom the house sells to: server/books/customer.h. */
#include "server/books/customer.h"

#include <inttypes.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/find.h"
#include "server/books/form.h"

/* clang-format off */
const struct import_column CUSTOMER_COLUMNS[] = {
    {"name",           "客户",       {CELL_TEXT, true, 0, 60}},
    {"phone",          "电话",       {CELL_PHONE, true, 0, 0}},
    {"address",        "地址",       {CELL_TEXT, true, 0, 200}},
    {"region",         "地区",       {CELL_TEXT, false, 0, 40}},
    {"class",          "等级",       {CELL_TEXT, false, 0, 20}},
    {"dealer",         "经销商",     {CELL_BOOL, false, 0, 0}},
    {"new",            "新客户",     {CELL_BOOL, false, 0, 0}},
    {"sample",         "首样",       {CELL_BOOL, false, 0, 0}},
    {"price_list",     "价目表",     {CELL_TEXT, false, 0, 40}},
    {"price_list_day", "价目表日期", {CELL_DAY, false, 0, 0}},
    {"remarks",        "备注",       {CELL_TEXT, false, 0, 390}},
    {"off",            "停用",       {CELL_BOOL, false, 0, 0}},
    {.name = NULL},
};
/* clang-format on */
enum { NAME, PHONE, ADDRESS, REGION, CLASS, DEALER, NEW, SAMPLE, LIST, LIST_DAY, REMARKS, OFF, COLUMNS };

/* The customer of that name and phone, 0 where there is none. */
static bool customer_find(struct books *books, const char *name, const char *phone, int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT id FROM customer WHERE name = $1 AND phone = $2 LIMIT 1"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, name);
    db_bind_text(stmt, 2, phone);
    if (!db_step(stmt, &row, err)) return false;
    *id = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

static bool customer_next(struct books *books, int64_t *id, struct err *err)
{
    return record_next(&books->record, SQL("SELECT id FROM customer ORDER BY id DESC LIMIT 1"), id, err);
}

bool customer_named(struct books *books, const char *name, const char *phone, int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, more = false;
    if (!db_prepare(books->db, SQL("SELECT id FROM customer WHERE name = $1 AND ($2 = '' OR phone = $2) LIMIT 2"),
                                   &stmt, err))
        return false;
    db_bind_text(stmt, 1, name);
    db_bind_text(stmt, 2, phone);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_INPUT, say_text(SAY("customer.unlisted"), name));
    *id = db_int(stmt, 0);
    if (!db_step(stmt, &more, err)) return false;
    if (more) db_reset(stmt);
    return !more || err_set(err, ERR_INPUT, say_text(SAY("customer.several"), name));
}

bool customer_name(struct books *books, int64_t id, char name[CELL_TEXT_MAX], struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT name FROM customer WHERE id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_INPUT, say_int(SAY("customer.absent"), id));
    utf8_copy(name, CELL_TEXT_MAX, db_text(stmt, 0));
    db_reset(stmt);
    return true;
}

static bool customer_put(struct books *books, int64_t id, int64_t base, const struct cell *cells, enum record_did *did,
                         struct err *err)
{
    const struct value values[] = {
        value_int(id),
        value_text(cells[NAME].text),
        value_text(cells[PHONE].text),
        value_text(cells[ADDRESS].text),
        value_text(cells[REGION].text),
        value_text(cells[CLASS].text),
        value_int(cells[DEALER].number),
        value_int(cells[NEW].number),
        value_int(cells[SAMPLE].number),
        value_text(cells[LIST].text),
        cells[LIST_DAY].is_set ? value_int(cells[LIST_DAY].number) : value_null(),
        value_text(cells[REMARKS].text),
        value_int(cells[OFF].number),
    };
    if (!record_put(&books->record, NOUN_CUSTOMER, base, values, did, err)) return false;
    return *did == RECORD_SAME || find_customer(books, id, cells[NAME].text, cells[PHONE].text, err);
}

bool customer_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                  struct err *err)
{
    int64_t id;
    *column = "name";
    if (!customer_find(books, cells[NAME].text, cells[PHONE].text, &id, err)) return false;
    if (id == 0 && !customer_next(books, &id, err)) return false;
    return customer_put(books, id, RECORD_ANY, cells, did, err);
}

/* Orders bear his name: it is written there once and for all, so a name that orders have stays. */
static bool name_is_free(struct books *books, int64_t id, const char *name, struct err *err)
{
    char            before[CELL_TEXT_MAX];
    struct db_stmt *stmt;
    bool            row;
    if (!customer_name(books, id, before, err)) return false;
    if (strcmp(before, name) == 0) return true;
    if (!db_prepare(books->db, SQL("SELECT id FROM orders WHERE customer = $1 LIMIT 1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, before);
    if (!db_step(stmt, &row, err)) return false;
    db_reset(stmt);
    return !row || err_set(err, ERR_INPUT, say_text(SAY("customer.renamed"), before));
}

bool customer_save_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell     cells[COLUMNS];
    enum record_did did;
    int64_t         id, other, base = body_base(call);
    if (!body_int(call, "customer", 0, INT32_MAX, &id, err)) return false;
    if (!form_take(call, CUSTOMER_COLUMNS, cells, err)) return false;
    if (!customer_find(books, cells[NAME].text, cells[PHONE].text, &other, err)) return false;
    if (other != 0 && other != id) {
        err_set(err, ERR_CONFLICT, say_text(say_int(SAY("customer.twice"), other), cells[NAME].text));
        return form_fault(call, "phone", err);
    }
    if (id > 0 && !name_is_free(books, id, cells[NAME].text, err)) return form_fault(call, "name", err);
    if (id == 0) {
        if (!customer_next(books, &id, err)) return false;
        base = RECORD_NEW;
    }
    if (!customer_put(books, id, base, cells, &did, err)) return false;
    buf_fmt(&call->answer, "{\"customer\":%" PRId64 "}", id);
    return true;
}
