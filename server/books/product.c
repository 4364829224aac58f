/* product.c - the catalogue and price list of the house, lead times and holidays: server/books/product.h. */
#include "server/books/product.h"

#include "server/books/find.h"
#include "server/books/form.h"

enum { PRICE_MOST_FEN = 100000000 /* a million yuan a door: beyond it, a typing error */, COLUMNS_MOST = 16 };

/* clang-format off */
const struct import_column PRODUCT_COLUMNS[] = {
    {"code",          "产品",     {CELL_ID, true, 0, 0}},
    {"name",          "名称",     {CELL_TEXT, true, 0, 60}},
    {"family",        "系列",     {CELL_ID, true, 0, 0}},
    {"brand",         "品牌",     {CELL_TEXT, false, 0, 40}},
    {"leaf",          "门扇",     {CELL_TEXT, false, 0, 60}},
    {"frame",         "框型",     {CELL_TEXT, false, 0, 60}},
    {"architrave",    "套线",     {CELL_TEXT, false, 0, 60}},
    {"architrave_mm", "套线高",   {CELL_INT, false, 0, 9999}},
    {"matching",      "配套线条", {CELL_TEXT, false, 0, 60}},
    {"materials",     "材质",     {CELL_TEXT, false, 0, 200}},
    {"styles",        "款式",     {CELL_TEXT, false, 0, 200}},
    {"colours",       "颜色",     {CELL_TEXT, false, 0, 200}},
    {"off",           "停用",     {CELL_BOOL, false, 0, 0}},
    {.name = NULL},
};
const struct import_column PRICE_COLUMNS[] = {
    {"product", "产品",     {CELL_ID, true, 0, 0}},
    {"item",    "项目",     {CELL_TEXT, false, 0, 60}},
    {"from",    "生效日期", {CELL_DAY, true, 0, 0}},
    {"price",   "单价",     {CELL_FEN, true, 0, PRICE_MOST_FEN}},
    {.name = NULL},
};
const struct import_column LEAD_COLUMNS[] = {
    {"family", "系列",     {CELL_ID, true, 0, 0}},
    {"least",  "最短天数", {CELL_INT, true, 1, 365}},
    {"most",   "最长天数", {CELL_INT, true, 1, 365}},
    {"rush",   "加急天数", {CELL_INT, true, 1, 365}},
    {.name = NULL},
};
const struct import_column HOLIDAY_COLUMNS[] = {
    {"day",  "日期", {CELL_DAY, true, 0, 0}},
    {"name", "名称", {CELL_TEXT, false, 0, 60}},
    {"work", "上班", {CELL_BOOL, false, 0, 0}},
    {.name = NULL},
};
/* clang-format on */

/* ---------------------------------------------------------------------------------------------------- rows */

static bool product_put(struct books *books, int64_t base, const struct cell *cells, enum record_did *did,
                        const char **column, struct err *err)
{
    const struct value values[] = {value_text(cells[0].text),  value_text(cells[1].text),  value_text(cells[2].text),
                                   value_text(cells[3].text),  value_text(cells[4].text),  value_text(cells[5].text),
                                   value_text(cells[6].text),  value_int(cells[7].number), value_text(cells[8].text),
                                   value_text(cells[9].text),  value_text(cells[10].text), value_text(cells[11].text),
                                   value_int(cells[12].number)};
    *column = "code";
    if (!record_put(&books->record, NOUN_PRODUCT, base, values, did, err)) return false;
    return *did == RECORD_SAME || find_learn(books, FIND_PRODUCT, cells[1].text, 0, err);
}

static bool product_is(struct books *books, const char *code, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT version FROM product WHERE code = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, code);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

static bool price_put(struct books *books, int64_t base, const struct cell *cells, enum record_did *did,
                      const char **column, struct err *err)
{
    const struct value values[] = {value_text(cells[0].text), value_text(cells[1].text), value_int(cells[2].number),
                                   value_int(cells[3].number)};
    bool               is;
    *column = "product";
    if (!product_is(books, cells[0].text, &is, err)) return false;
    if (!is) return err_set(err, ERR_INPUT, say_text(SAY("product.absent"), cells[0].text));
    return record_put(&books->record, NOUN_PRICE, base, values, did, err);
}

static bool lead_put(struct books *books, int64_t base, const struct cell *cells, enum record_did *did,
                     const char **column, struct err *err)
{
    const struct value values[] = {value_text(cells[0].text), value_int(cells[1].number), value_int(cells[2].number),
                                   value_int(cells[3].number)};
    *column = "most";
    if (cells[2].number < cells[1].number) return err_set(err, ERR_INPUT, SAY("lead.most"));
    return record_put(&books->record, NOUN_LEAD, base, values, did, err);
}

static bool holiday_put(struct books *books, int64_t base, const struct cell *cells, enum record_did *did,
                        const char **column, struct err *err)
{
    const struct value values[] = {value_int(cells[0].number), value_text(cells[1].text), value_int(cells[2].number)};
    *column = "day";
    return record_put(&books->record, NOUN_HOLIDAY, base, values, did, err);
}

bool routing_due_put(struct books *books, const char *family, int64_t op, int64_t days, enum record_did *did,
                     struct err *err)
{
    const struct value values[] = {value_text(family), value_int(op), value_int(days)};
    return record_put(&books->record, NOUN_ROUTING_DUE, RECORD_ANY, values, did, err);
}

bool product_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                 struct err *err)
{
    return product_put(books, RECORD_ANY, cells, did, column, err);
}

bool price_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
               struct err *err)
{
    return price_put(books, RECORD_ANY, cells, did, column, err);
}

bool lead_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column, struct err *err)
{
    return lead_put(books, RECORD_ANY, cells, did, column, err);
}

bool holiday_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                 struct err *err)
{
    return holiday_put(books, RECORD_ANY, cells, did, column, err);
}

/* ---------------------------------------------------------------------------------------------------- forms */

typedef bool put_fn(struct books *books, int64_t base, const struct cell *cells, enum record_did *did,
                    const char **column, struct err *err);

static bool save(struct books *books, struct act_call *call, const struct import_column *columns, put_fn *put,
                 struct err *err)
{
    struct cell     cells[COLUMNS_MOST];
    enum record_did did;
    const char     *column = "";
    if (!form_take(call, columns, cells, err)) return false;
    return put(books, body_base(call), cells, &did, &column, err) || form_fault(call, column, err);
}

bool product_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, PRODUCT_COLUMNS, product_put, err);
}

bool price_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, PRICE_COLUMNS, price_put, err);
}

bool lead_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, LEAD_COLUMNS, lead_put, err);
}

bool holiday_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, HOLIDAY_COLUMNS, holiday_put, err);
}
