/* spec.c - the fields of an order line as a table: server/books/spec.h. */
#include "server/books/spec.h"

#include <string.h>

#include "core/clock.h"
#include "core/code.h"

const struct import_column SPEC_COLUMNS[] = {SPEC_ROWS, {.name = NULL}};

/* clang-format off */
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
/* clang-format on */

const struct import_column AMOUNT_COLUMNS[] = {AMOUNT_ROWS, {.name = NULL}};

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
