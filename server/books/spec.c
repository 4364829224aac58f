/* spec.c - the fields of an order line as a table: server/books/spec.h. */
#include "server/books/spec.h"

#include <string.h>

#include "core/clock.h"
#include "core/code.h"

enum { PRICE_MOST_FEN = 100000000, QUANTITY_MOST = 999 /* piece numbers have three digits */ };

/* clang-format off */
const struct import_column SPEC_COLUMNS[] = {
    [SPEC_PRODUCT]       = {"product",       "产品",     {CELL_TEXT, true, 0, 60}},
    [SPEC_CODE]          = {"code",          "产品编号", {CELL_ID, false, 0, 0}},
    [SPEC_FAMILY]        = {"family",        "系列",     {CELL_ID, true, 0, 0}},
    [SPEC_BRAND]         = {"brand",         "品牌",     {CELL_TEXT, false, 0, 60}},
    [SPEC_QUANTITY]      = {"quantity",      "数量",     {CELL_INT, true, 1, QUANTITY_MOST}},
    [SPEC_MATERIAL]      = {"material",      "材质",     {CELL_TEXT, false, 0, 90}},
    [SPEC_STYLE]         = {"style",         "款式",     {CELL_TEXT, false, 0, 60}},
    [SPEC_COLOUR]        = {"colour",        "颜色",     {CELL_TEXT, false, 0, 60}},
    [SPEC_PICTURE]       = {"picture",       "图样",     {CELL_TEXT, false, 0, 90}},
    [SPEC_MEASURED]      = {"measured",      "报的是",   {CELL_ID, true, 0, 0}},
    [SPEC_WIDTH]         = {"width",         "宽",       {CELL_INT, true, 100, 9999}},
    [SPEC_HEIGHT]        = {"height",        "高",       {CELL_INT, true, 100, 9999}},
    [SPEC_WALL]          = {"wall",          "墙厚",     {CELL_INT, false, 0, 2000}},
    [SPEC_FRAME]         = {"frame",         "框型",     {CELL_TEXT, false, 0, 60}},
    [SPEC_ARCHITRAVE]    = {"architrave",    "套线款式", {CELL_TEXT, false, 0, 60}},
    [SPEC_ARCHITRAVE_MM] = {"architrave_mm", "套线高",   {CELL_INT, false, 0, 9999}},
    [SPEC_OPENING]       = {"opening",       "开向",     {CELL_TEXT, true, 0, 40}},
    [SPEC_LOCK]          = {"lock",          "锁孔种类", {CELL_TEXT, false, 0, 60}},
    [SPEC_CLOSER]        = {"closer",        "闭门器",   {CELL_TEXT, false, 0, 60}},
    [SPEC_HARDWARE]      = {"hardware",      "五金",     {CELL_TEXT, false, 0, 120}},
    [SPEC_DECOR]         = {"decor",         "装饰件",   {CELL_TEXT, false, 0, 120}},
    [SPEC_PROCESS]       = {"process",       "工艺",     {CELL_TEXT, false, 0, 120}},
    [SPEC_TECHNICAL]     = {"technical",     "技术参数", {CELL_TEXT, false, 0, 240}},
    [SPEC_REQUIREMENTS]  = {"requirements",  "特殊要求", {CELL_TEXT, false, 0, 240}},
    [SPEC_DUE]           = {"due",           "交期",     {CELL_DAY, false, 0, 0}},
    [SPEC_INSTRUCTION]   = {"instruction",   "交货说明", {CELL_TEXT, false, 0, 240}},
    [SPEC_REMARKS]       = {"remarks",       "备注",     {CELL_TEXT, false, 0, 390}},
    [SPEC_SPECIAL]       = {"special",       "异型",     {CELL_BOOL, false, 0, 0}},
    [SPEC_COUNT]         = {.name = NULL},
};

const char *const SPEC_ITEMS[SPEC_COUNT] = {
    [SPEC_PRODUCT] = "style",         [SPEC_CODE] = "style",          [SPEC_FAMILY] = "process",
    [SPEC_BRAND] = "brand",           [SPEC_QUANTITY] = "quantity",   [SPEC_MATERIAL] = "material",
    [SPEC_STYLE] = "style",           [SPEC_COLOUR] = "colour",       [SPEC_PICTURE] = "picture",
    [SPEC_MEASURED] = "size",         [SPEC_WIDTH] = "size",          [SPEC_HEIGHT] = "size",
    [SPEC_WALL] = "size",             [SPEC_FRAME] = "size",          [SPEC_ARCHITRAVE] = "style",
    [SPEC_ARCHITRAVE_MM] = "size",    [SPEC_OPENING] = "size",        [SPEC_LOCK] = "process",
    [SPEC_CLOSER] = "process",        [SPEC_HARDWARE] = "process",    [SPEC_DECOR] = "decor",
    [SPEC_PROCESS] = "process",       [SPEC_TECHNICAL] = "process",   [SPEC_REQUIREMENTS] = "requirements",
    [SPEC_DUE] = "due",               [SPEC_INSTRUCTION] = "remarks", [SPEC_REMARKS] = "remarks",
    [SPEC_SPECIAL] = "requirements",
};

const struct import_column AMOUNT_COLUMNS[] = {
    [AMOUNT_PRICE] = {"price",     "单价",     {CELL_FEN, false, 0, PRICE_MOST_FEN}},
    [AMOUNT_EXTRA] = {"extra",     "加价",     {CELL_FEN, false, -PRICE_MOST_FEN, PRICE_MOST_FEN}},
    [AMOUNT_WHY]   = {"extra_why", "加价原因", {CELL_TEXT, false, 0, 90}},
    [AMOUNT_COUNT] = {.name = NULL},
};
/* clang-format on */

/* Numbers and days in one form each, so that equal contents are equal texts. */
static void cell_write(const struct cell_want *want, const struct cell *cell, struct buf *out)
{
    char day[DAY_TEXT];
    if (want->kind == CELL_DAY) {
        day_write((int32_t)cell->number, day);
        json_cstr(out, day);
    } else if (want->kind == CELL_INT || want->kind == CELL_BOOL) {
        buf_fmt(out, "\"%lld\"", (long long)cell->number);
    } else {
        json_cstr(out, cell->text);
    }
}

static bool is_empty(const struct cell_want *want, const struct cell *cell)
{
    return !cell->is_set || (want->kind == CELL_BOOL && cell->number == 0);
}

void spec_write(const struct cell *cells, struct buf *out)
{
    buf_char(out, '{');
    for (int i = 0; i < SPEC_COUNT; i++) {
        if (is_empty(&SPEC_COLUMNS[i].want, &cells[i])) continue;
        json_key(out, SPEC_COLUMNS[i].name);
        cell_write(&SPEC_COLUMNS[i].want, &cells[i], out);
    }
    buf_char(out, '}');
}

const char *spec_text(const struct json *fields, enum spec_field field)
{
    return json_text(json_get(fields, SPEC_COLUMNS[field].name), "");
}

bool spec_read(const char *fields, struct cell cells[SPEC_COUNT], struct err *err)
{
    struct json *json = json_read(fields, strlen(fields), err);
    bool         is_good = json != NULL;
    for (int i = 0; is_good && i < SPEC_COUNT; i++) {
        struct cell_want want = SPEC_COLUMNS[i].want;
        const char      *text = spec_text(json, (enum spec_field)i);
        want.is_needed = false;
        is_good = cell_read(&want, text, strlen(text), &cells[i], err);
    }
    json_free(json);
    return is_good;
}
