/* import_kinds.c - the tables that can be imported: their columns, and how a row of each is written. To add one: a row
 * of KINDS with its function, its paragraph in docs/import.md. */
#include <string.h>

#include "core/code.h"
#include "core/money.h"
#include "core/text.h"
#include "server/books/crew_split.h"
#include "server/books/customer.h"
#include "server/books/import.h"
#include "server/books/line_form.h"
#include "server/books/listed.h"
#include "server/books/master.h"
#include "server/books/order.h"
#include "server/books/payee.h"
#include "server/books/product.h"
#include "server/books/rate.h"
#include "server/books/time.h"
#include "server/books/worker.h"
#include "server/judge/pool.h"

enum { NEEDED = true, FREE = false };

/* A name that stands in one language stands for both. */
static const char *english(const struct cell *zh, const struct cell *en)
{
    return en->is_set ? en->text : zh->text;
}

/* A file without the column leaves what is retired as it is. */
static enum off off_of(const struct cell *cell)
{
    return !cell->is_set ? OFF_KEEP : cell->number != 0 ? OFF_YES : OFF_NO;
}

/* Refused because of other records: it is still needed. */
static bool off_fault(const char **column, const struct err *err)
{
    if (err->kind == ERR_CONFLICT) *column = "off";
    return false;
}

static bool setting_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                        struct err *err)
{
    struct buf json = {0};
    bool       is_text = setting_is_text(cells[0].text);
    *column = "value";
    if (is_text)
        json_cstr(&json, cells[1].text);
    else
        buf_str(&json, cells[1].text);
    struct json *value = json_read(json.bytes, json.len, err);
    bool         is_done = value != NULL && setting_put(books, cells[0].text, buf_text(&json), RECORD_ANY, did, err);
    json_free(value);
    buf_free(&json);
    return is_done;
}

static bool crew_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                     struct err *err)
{
    enum record_did split = RECORD_SAME;
    *column = "id";
    if (!crew_put(books, cells[0].text, cells[1].text, off_of(&cells[4]), did, err)) return off_fault(column, err);
    *column = cells[3].is_set ? "split" : "from";
    if (cells[2].is_set && !crew_split_put(books, cells[0].text, cells[2].text,
                                           cells[3].is_set ? (int32_t)cells[3].number : INT32_MIN, &split, err))
        return false;
    if (*did == RECORD_SAME && split != RECORD_SAME) *did = RECORD_CHANGED;
    return true;
}

static bool coefficient_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                            struct err *err)
{
    *column = "worker";
    return crew_coefficient_put(books, cells[0].text, (int32_t)cells[1].number, (int32_t)cells[2].number,
                                cells[3].number, did, err);
}

static bool operation_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                          struct err *err)
{
    *column = "part";
    if (operation_put(books, cells[0].text, cells[1].text, english(&cells[1], &cells[2]), cells[3].text,
                      off_of(&cells[4]), did, err))
        return true;
    return off_fault(column, err);
}

static bool station_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                        struct err *err)
{
    *column = "operations";
    const struct station station = {.id = cells[0].text,
                                    .zh = cells[1].text,
                                    .en = english(&cells[1], &cells[2]),
                                    .ops = cells[3].text,
                                    .off = off_of(&cells[4]),
                                    .kind = cells[5].is_set ? cells[5].text : NULL};
    if (station_put(books, &station, did, err)) return true;
    return off_fault(column, err);
}

static bool reason_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                       struct err *err)
{
    *column = "number";
    return reason_put(books, cells[0].number, cells[1].text, english(&cells[1], &cells[2]), off_of(&cells[3]), did,
                      err);
}

static bool is_one_of(const char *text, const char *a, const char *b)
{
    return strcmp(text, a) == 0 || strcmp(text, b) == 0;
}

/* Signs and colours that nobody chose go round, so that neighbours differ. */
static bool worker_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                       struct err *err)
{
    enum { SIGNS = 12, COLOURS = 8 };
    const struct worker worker = {.number = (int32_t)cells[0].number,
                                  .name = cells[1].text,
                                  .crew = cells[2].text,
                                  .role = cells[3].is_set ? cells[3].text : "worker",
                                  .lang = cells[4].is_set ? cells[4].text : "zh",
                                  .sign = cells[5].is_set ? cells[5].number : cells[0].number % SIGNS,
                                  .colour = cells[6].is_set ? cells[6].number : cells[0].number / SIGNS % COLOURS};
    enum record_did     badge = RECORD_SAME;
    enum lang           lang;
    *column = "role";
    if (!is_one_of(worker.role, "worker", "supervisor"))
        return err_set(err, ERR_INPUT, say_text(SAY("worker.role"), worker.role));
    *column = "lang";
    if (!lang_read(worker.lang, &lang)) return err_set(err, ERR_INPUT, say_text(SAY("worker.lang"), worker.lang));
    *column = "crew";
    if (!worker_put(books, &worker, did, err)) return false;
    *column = "badge";
    if (cells[7].is_set && !badge_put(books, cells[7].number, worker.number, &badge, err)) return false;
    if (*did == RECORD_SAME && badge != RECORD_SAME) *did = RECORD_CHANGED;
    return true;
}

static bool routing_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                        struct err *err)
{
    enum record_did due = RECORD_SAME;
    *column = "operation";
    if (!routing_put(books, cells[0].text, cells[1].number, cells[2].text, cells[3].is_set ? cells[3].number : 1,
                     off_of(&cells[5]), did, err))
        return false;
    *column = "days";
    if (cells[4].is_set && !routing_due_put(books, cells[0].text, cells[1].number, cells[4].number, &due, err))
        return false;
    if (*did == RECORD_SAME && due != RECORD_SAME) *did = RECORD_CHANGED;
    return true;
}

/* Rework that has no rate of its own is paid nothing. */
static bool rate_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                     struct err *err)
{
    *column = "operation";
    return rate_put(books, cells[0].text, cells[1].text, (int32_t)cells[2].number,
                    (struct rate){cells[3].number, cells[4].number}, did, err);
}

static bool payee_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                      struct err *err)
{
    const struct payee payee = {(int32_t)cells[0].number, cells[1].text, cells[2].text, cells[3].text, cells[4].text};
    *column = "id_number";
    return payee_put(books, &payee, RECORD_ANY, did, err);
}

static bool time_rate_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                          struct err *err)
{
    *column = "worker";
    return time_rate_put(books, (int32_t)cells[0].number, (int32_t)cells[1].number, cells[2].number, did, err);
}

static bool order_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                      struct err *err)
{
    struct order_line line = {.ref = line_ref_of_key(cells[0].number),
                              .customer = cells[2].text,
                              .product = cells[3].text,
                              .family = cells[4].text,
                              .quantity = cells[5].number,
                              .size = cells[6].text,
                              .colour = cells[7].text,
                              .opening = cells[8].text,
                              .due_day = (int32_t)cells[9].number,
                              .is_rush = cells[10].number != 0,
                              .is_special = cells[11].number != 0,
                              .remarks = cells[12].text};
    line.ref.line = (int)cells[1].number;
    if (!order_put(books, &line, did, column, err)) return false;
    if (!cells[13].is_set) return true;
    enum record_did priced;
    *column = "price";
    if (!line_form_price(books, line_ref_key(line.ref), line.quantity, cells[13].number, &priced, err)) return false;
    if (*did == RECORD_SAME && priced != RECORD_SAME) *did = RECORD_CHANGED;
    return true;
}

#define TABLE(...)                 \
    (const struct import_column[]) \
    {                              \
        __VA_ARGS__,               \
        {                          \
            .name = NULL           \
        }                          \
    }

/* In the order in which they build upon each other. */
static const struct import_kind KINDS[] = {
    {.name = "settings",
     .row = setting_row,
     .columns = TABLE({"name", "名称", {CELL_ID, NEEDED, 0, 0}}, {"value", "值", {CELL_TEXT, NEEDED, 0, 400}})},
    {.name = "crews",
     .row = crew_row,
     .columns = TABLE({"id", "班组", {CELL_ID, NEEDED, 0, 0}}, {"name", "名称", {CELL_TEXT, NEEDED, 0, 60}},
     {"split", "分配方式", {CELL_ID, FREE, 0, 0}}, {"from", "生效日期", {CELL_DAY, FREE, 0, 0}},
     {"off", "停用", {CELL_BOOL, FREE, 0, 0}})},
    {.name = "operations",
     .row = operation_row,
     .columns = TABLE({"code", "工序", {CELL_ID, NEEDED, 0, 0}}, {"name_zh", "名称", {CELL_TEXT, NEEDED, 0, 60}},
     {"name_en", "英文名", {CELL_TEXT, FREE, 0, 60}}, {"part", "部件", {CELL_ID, NEEDED, 0, 0}},
     {"off", "停用", {CELL_BOOL, FREE, 0, 0}})},
    {.name = "stations",
     .row = station_row,
     .columns = TABLE({"id", "工位", {CELL_ID, NEEDED, 0, 0}}, {"name_zh", "名称", {CELL_TEXT, NEEDED, 0, 60}},
     {"name_en", "英文名", {CELL_TEXT, FREE, 0, 60}}, {"operations", "工序", {CELL_IDS, FREE, 0, 400}},
     {"off", "停用", {CELL_BOOL, FREE, 0, 0}}, {"kind", "类别", {CELL_ID, FREE, 0, 0}})},
    {.name = "reasons",
     .row = reason_row,
     .columns = TABLE({"number", "编号", {CELL_INT, NEEDED, 1, 999}}, {"name_zh", "名称", {CELL_TEXT, NEEDED, 0, 60}},
     {"name_en", "英文名", {CELL_TEXT, FREE, 0, 60}}, {"off", "停用", {CELL_BOOL, FREE, 0, 0}})},
    {.name = "workers",
     .row = worker_row,
     .columns = TABLE({"number", "工号", {CELL_INT, NEEDED, 1, 999999}}, {"name", "姓名", {CELL_TEXT, NEEDED, 0, 60}},
     {"crew", "班组", {CELL_ID, FREE, 0, 0}}, {"role", "角色", {CELL_ID, FREE, 0, 0}},
     {"lang", "语言", {CELL_ID, FREE, 0, 0}}, {"sign", "生肖", {CELL_INT, FREE, 0, 11}},
     {"colour", "颜色", {CELL_INT, FREE, 0, 7}}, {"badge", "工牌", {CELL_BADGE, FREE, 0, 0}})},
    {.name = "coefficients",
     .row = coefficient_row,
     .columns = TABLE({"crew", "班组", {CELL_ID, NEEDED, 0, 0}}, {"worker", "工号", {CELL_INT, NEEDED, 1, 999999}},
     {"from", "生效日期", {CELL_DAY, NEEDED, 0, 0}},
     {"coefficient", "系数", {CELL_FEN, NEEDED, 1, POOL_COEFFICIENT_MOST}})},
    {.name = "routings",
     .row = routing_row,
     .columns =
         TABLE({"family", "系列", {CELL_ID, NEEDED, 0, 0}}, {"op", "序号", {CELL_INT, NEEDED, 1, 999}},
     {"operation", "工序", {CELL_ID, NEEDED, 0, 0}}, {"per_door", "每樘件数", {CELL_INT, FREE, 1, 100}},
     {"days", "提前天数", {CELL_INT, FREE, 0, 365}}, {"off", "停用", {CELL_BOOL, FREE, 0, 0}})},
    {.name = "rates",
     .row = rate_row,
     .columns = TABLE({"operation", "工序", {CELL_ID, NEEDED, 0, 0}}, {"family", "系列", {CELL_ID, FREE, 0, 0}},
     {"from", "生效日期", {CELL_DAY, NEEDED, 0, 0}}, {"rate", "单价", {CELL_RATE, NEEDED, 0, 0}},
     {"rework", "返工单价", {CELL_RATE, FREE, 0, 0}})},
    {.name = "customers", .row = customer_row, .columns = CUSTOMER_COLUMNS},
    {.name = "products", .row = product_row, .columns = PRODUCT_COLUMNS},
    {.name = "prices", .row = price_row, .columns = PRICE_COLUMNS},
    {.name = "leads", .row = lead_row, .columns = LEAD_COLUMNS},
    {.name = "holidays", .row = holiday_row, .columns = HOLIDAY_COLUMNS},
    {.name = "payees",
     .row = payee_row,
     .columns = TABLE({"worker", "工号", {CELL_INT, NEEDED, 1, 999999}},
     {"id_number", "身份证号", {CELL_TEXT, FREE, 0, 40}}, {"phone", "电话", {CELL_TEXT, FREE, 0, 40}},
     {"bank", "开户行", {CELL_TEXT, FREE, 0, 60}}, {"account", "账号", {CELL_TEXT, FREE, 0, 40}})},
    {.name = "time-rates",
     .row = time_rate_row,
     .columns = TABLE({"worker", "工号", {CELL_INT, NEEDED, 0, 999999}}, {"from", "生效日期", {CELL_DAY, NEEDED, 0, 0}},
     {"rate", "每小时", {CELL_RATE, NEEDED, 0, 0}})},
    {.name = "order-lists", .row = listed_row, .columns = LISTED_COLUMNS},
    {.name = "orders",
     .row = order_row,
     .columns =
         TABLE({"order", "订单号", {CELL_ORDER, NEEDED, 0, 0}}, {"line", "行号", {CELL_INT, NEEDED, 1, 99}},
     {"customer", "客户", {CELL_TEXT, NEEDED, 0, 60}}, {"product", "产品", {CELL_TEXT, NEEDED, 0, 60}},
     {"family", "系列", {CELL_ID, NEEDED, 0, 0}}, {"quantity", "数量", {CELL_INT, NEEDED, 1, 10000}},
     {"size", "尺寸", {CELL_TEXT, FREE, 0, 60}}, {"colour", "颜色", {CELL_TEXT, FREE, 0, 60}},
     {"opening", "开向", {CELL_TEXT, FREE, 0, 60}}, {"due", "交货日期", {CELL_DAY, NEEDED, 0, 0}},
     {"rush", "加急", {CELL_BOOL, FREE, 0, 0}}, {"special", "异型", {CELL_BOOL, FREE, 0, 0}},
     {"remarks", "备注", {CELL_TEXT, FREE, 0, 390}}, {"price", "单价", {CELL_FEN, FREE, 0, 100000000}})},
};

const struct import_kind *import_kind_at(size_t i)
{
    return i < sizeof KINDS / sizeof *KINDS ? &KINDS[i] : NULL;
}

const struct import_kind *import_kind_find(const char *name)
{
    for (size_t i = 0; import_kind_at(i) != NULL; i++)
        if (strcmp(import_kind_at(i)->name, name) == 0) return import_kind_at(i);
    return NULL;
}
