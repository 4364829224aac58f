/* spec.h - the fields of an order line as a table: form, import, quote, sheet, comparison and checklist walk it [R2].
 *
 * Kept as one JSON object of texts, in the table's order, without what is empty: what is signed is exactly what is read.
 * To add a field: a name in the enum, its row in SPEC_ROWS, its word office.spec.NAME in the catalogue. */
#ifndef SERVER_BOOKS_SPEC_H
#define SERVER_BOOKS_SPEC_H

#include "server/books/form.h"

enum spec_field {
    SPEC_PRODUCT,
    SPEC_CODE, /* of the catalogue, '' = none of it */
    SPEC_FAMILY,
    SPEC_BRAND,
    SPEC_QUANTITY,
    SPEC_MATERIAL,
    SPEC_STYLE,
    SPEC_COLOUR,
    SPEC_PICTURE,
    SPEC_MEASURED, /* opening or leaf [R21] */
    SPEC_WIDTH,
    SPEC_HEIGHT,
    SPEC_WALL,
    SPEC_FRAME,
    SPEC_ARCHITRAVE,
    SPEC_ARCHITRAVE_MM,
    SPEC_OPENING,
    SPEC_LOCK,
    SPEC_CLOSER,
    SPEC_HARDWARE,
    SPEC_DECOR,
    SPEC_PROCESS,
    SPEC_TECHNICAL,
    SPEC_REQUIREMENTS,
    SPEC_DUE,
    SPEC_INSTRUCTION,
    SPEC_REMARKS,
    SPEC_SPECIAL, /* a special shape */
    SPEC_COUNT
};

enum { PRICE_MOST_FEN = 100000000, QUANTITY_MOST = 999 /* piece numbers have three digits */ };

/* Their columns, in the order of the enums: for the tables of spec.c, and for order lists, which have them among others. */
/* clang-format off */
#define SPEC_ROWS \
    {"product",       "产品",     {CELL_TEXT, true, 0, 60}}, \
    {"code",          "产品编号", {CELL_ID, false, 0, 0}}, \
    {"family",        "系列",     {CELL_ID, true, 0, 0}}, \
    {"brand",         "品牌",     {CELL_TEXT, false, 0, 60}}, \
    {"quantity",      "数量",     {CELL_INT, true, 1, QUANTITY_MOST}}, \
    {"material",      "材质",     {CELL_TEXT, false, 0, 90}}, \
    {"style",         "款式",     {CELL_TEXT, false, 0, 60}}, \
    {"colour",        "颜色",     {CELL_TEXT, false, 0, 60}}, \
    {"picture",       "图样",     {CELL_TEXT, false, 0, 90}}, \
    {"measured",      "报的是",   {CELL_ID, true, 0, 0}}, \
    {"width",         "宽",       {CELL_INT, true, 100, 9999}}, \
    {"height",        "高",       {CELL_INT, true, 100, 9999}}, \
    {"wall",          "墙厚",     {CELL_INT, false, 0, 2000}}, \
    {"frame",         "框型",     {CELL_TEXT, false, 0, 60}}, \
    {"architrave",    "套线款式", {CELL_TEXT, false, 0, 60}}, \
    {"architrave_mm", "套线高",   {CELL_INT, false, 0, 9999}}, \
    {"opening",       "开向",     {CELL_TEXT, true, 0, 40}}, \
    {"lock",          "锁孔种类", {CELL_TEXT, false, 0, 60}}, \
    {"closer",        "闭门器",   {CELL_TEXT, false, 0, 60}}, \
    {"hardware",      "五金",     {CELL_TEXT, false, 0, 120}}, \
    {"decor",         "装饰件",   {CELL_TEXT, false, 0, 120}}, \
    {"process",       "工艺",     {CELL_TEXT, false, 0, 120}}, \
    {"technical",     "技术参数", {CELL_TEXT, false, 0, 240}}, \
    {"requirements",  "特殊要求", {CELL_TEXT, false, 0, 240}}, \
    {"due",           "交期",     {CELL_DAY, false, 0, 0}}, \
    {"instruction",   "交货说明", {CELL_TEXT, false, 0, 240}}, \
    {"remarks",       "备注",     {CELL_TEXT, false, 0, 390}}, \
    {"special",       "异型",     {CELL_BOOL, false, 0, 0}}
#define AMOUNT_ROWS \
    {"price",     "单价",     {CELL_FEN, false, 0, PRICE_MOST_FEN}}, \
    {"extra",     "加价",     {CELL_FEN, false, -PRICE_MOST_FEN, PRICE_MOST_FEN}}, \
    {"extra_why", "加价原因", {CELL_TEXT, false, 0, 90}}
/* clang-format on */

extern const struct import_column SPEC_COLUMNS[]; /* SPEC_COUNT of them, and the end */

/* Which item of the reviewers' checklist [R17] a field belongs to: see CHECKLIST of judge/checklist.h. */
extern const char *const SPEC_ITEMS[SPEC_COUNT];

/* What a line costs, beside its fields in the form. */
enum { AMOUNT_PRICE, AMOUNT_EXTRA, AMOUNT_WHY, AMOUNT_COUNT };
extern const struct import_column AMOUNT_COLUMNS[];

/* Writes the cells as they are kept. */
void spec_write(const struct cell *cells, struct buf *out);

/* Reads what was written; a field that isn't there is an empty cell. */
bool spec_read(const char *fields, struct cell cells[SPEC_COUNT], struct err *err) MUST_CHECK;

/* The text of a field in a kept object, '' where it is empty. */
const char *spec_text(const struct json *fields, enum spec_field field);

#endif
