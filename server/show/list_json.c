/* list_json.c - any list as JSON: server/show/lists.h. */
#include <string.h>

#include "core/chain.h"
#include "core/code.h"
#include "core/json.h"
#include "server/ask/who.h"
#include "server/show/lists.h"

static const char *const TYPE_WORDS[] = {
    [LIST_TEXT] = "text", [LIST_INT] = "int",           [LIST_FEN] = "fen",   [LIST_RATE] = "rate",
    [LIST_DAY] = "day",   [LIST_TIME] = "time",         [LIST_BOOL] = "bool", [LIST_ID] = "id",
    [LIST_HASH] = "hash", [LIST_LINE] = "line",         [LIST_WORD] = "word", [LIST_SAY] = "say",
    [LIST_LANG] = "text", [LIST_PERMILLE] = "permille", [LIST_WHO] = "who",   [LIST_FIND] = "text",
    [LIST_ZONE] = "int"};

const char *list_type_word(enum list_type type)
{
    return TYPE_WORDS[type];
}

static void line_json(int64_t key, struct buf *out)
{
    char text[LINE_REF_TEXT];
    if (key <= 0) {
        buf_str(out, "null");
        return;
    }
    line_ref_write(line_ref_of_key(key), text);
    json_cstr(out, text);
}

static void say_json(const struct list_cell *cell, enum lang lang, struct buf *out)
{
    struct say say;
    if (cell->len == 0 || !say_read(cell->text, cell->len, &say)) {
        buf_str(out, "null");
        return;
    }
    buf_char(out, '{');
    text_say_json(lang, &say, out);
    buf_char(out, '}');
}

static void int_json(enum list_type type, int64_t number, struct buf *out)
{
    char text[ID_TEXT]; /* the longest of them */
    if (type == LIST_DAY) {
        day_write((int32_t)number, text);
        json_cstr(out, text);
    } else if (type == LIST_ID) {
        id_write((uint64_t)number, text);
        json_cstr(out, text);
    } else if (type == LIST_LINE) {
        line_json(number, out);
    } else if (type == LIST_BOOL) {
        buf_str(out, number != 0 ? "true" : "false");
    } else {
        buf_int(out, number);
    }
}

static void cell_json(const struct list_ask *ask, const struct list_column *column, const struct list_cell *cell,
                      struct buf *out)
{
    if (cell->kind == DB_NULL) {
        buf_str(out, "null");
    } else if (cell->kind == DB_INT) {
        int_json(column->type, cell->number, out);
    } else if (column->type == LIST_HASH) {
        buf_char(out, '"');
        buf_hex(out, cell->text, cell->len);
        buf_char(out, '"');
    } else if (column->type == LIST_SAY) {
        say_json(cell, ask->lang, out);
    } else {
        json_str(out, cell->text, cell->len);
        if (cell->people != NULL) list_who_note(cell->people, cell->text, cell->len);
    }
}

static void columns_json(const struct list_ask *ask, struct buf *out)
{
    json_key(out, "columns");
    buf_char(out, '[');
    for (size_t i = 0; i < list_column_count(ask->list); i++) {
        const struct list_column *column = &ask->list->columns[i];
        json_sep(out);
        buf_char(out, '{');
        json_key(out, "key");
        json_cstr(out, column->key);
        json_key(out, "heading");
        json_cstr(out, text_of(ask->lang, column->heading));
        json_key(out, "type");
        json_cstr(out, list_type_word(column->type));
        if (column->is_sum) {
            json_key(out, "sum");
            buf_str(out, "true");
        }
        if (column->link != NULL) {
            json_key(out, "link");
            json_cstr(out, column->link);
        }
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

/* As they were understood, so that "month" comes back as a day. */
static void params_json(const struct list_ask *ask, const struct list_reading *reading, struct buf *out)
{
    const struct list *list = ask->list;
    json_key(out, "params");
    buf_char(out, '{');
    for (size_t i = 0; i < LIST_PARAMS_MAX && list->params[i].name != NULL; i++) {
        if (!list_param_is_shown(list, i) || list->params[i].type == LIST_TIME) continue; /* understood as ms */
        json_key(out, list->params[i].name);
        if (reading->params[i].kind == DB_INT)
            int_json(list->params[i].type, reading->params[i].number, out);
        else
            json_cstr(out, ask->values[i] != NULL ? ask->values[i] : list->params[i].otherwise);
    }
    buf_char(out, '}');
}

/* What stands before each cell of a row: made once, for thousands of rows. */
struct row_keys {
    struct buf text;                       /* {"line": ,"op": ... */
    size_t     from[LIST_COLUMNS_MAX + 1]; /* where each begins; the last: where the text ends */
};

static void row_keys_make(const struct list_reading *reading, struct row_keys *keys)
{
    buf_char(&keys->text, '{');
    for (size_t i = 0; i < reading->columns; i++) {
        if (i > 0) keys->from[i] = keys->text.len;
        json_key(&keys->text, reading->list->columns[i].key);
    }
    keys->from[reading->columns] = keys->text.len;
}

static void row_json(const struct list_ask *ask, struct list_reading *reading, const struct row_keys *keys,
                     struct buf *out)
{
    struct list_cell cell;
    json_sep(out);
    for (size_t i = 0; i < reading->columns; i++) {
        list_cell(reading, i, &cell);
        buf_add(out, keys->text.bytes + keys->from[i], keys->from[i + 1] - keys->from[i]);
        cell_json(ask, &ask->list->columns[i], &cell, out);
    }
    buf_char(out, '}');
}

static void totals_json(const struct list *list, const struct list_totals *totals, struct buf *out)
{
    struct list_cell cell;
    json_key(out, "total");
    buf_char(out, '{');
    json_key(out, "rows");
    buf_int(out, totals->rows);
    for (size_t i = 0; i < list_column_count(list); i++) {
        list_totals_cell(list, totals, i, &cell);
        if (cell.kind == DB_NULL) continue;
        json_key(out, list->columns[i].key);
        buf_int(out, cell.number);
    }
    buf_char(out, '}');
}

/* Rows up to `most`; with sums the rest is walked too, unshown, so that the total is of all. */
static bool rows_json(const struct list_ask *ask, struct list_reading *reading, int64_t most, struct buf *out,
                      struct err *err)
{
    struct list_totals totals = {0};
    struct row_keys    keys = {0};
    struct buf         cursor = {0};
    bool               row = true, has_more = false, is_good = true;
    row_keys_make(reading, &keys);
    json_key(out, "rows");
    buf_char(out, '[');
    while (is_good && row) {
        is_good = list_next(reading, &row, err);
        if (!is_good || !row) break;
        has_more = totals.rows >= most;
        list_totals_add(&totals, reading);
        if (has_more) continue;
        row_json(ask, reading, &keys, out);
        if (totals.rows == most) list_cursor(reading, &cursor); /* of the last row shown */
    }
    buf_char(out, ']');
    if (list_has_sums(ask->list)) totals_json(ask->list, &totals, out);
    json_key(out, "next");
    if (has_more)
        json_str(out, buf_text(&cursor), cursor.len);
    else
        buf_str(out, "null");
    buf_free(&cursor);
    buf_free(&keys.text);
    return is_good;
}

bool list_json(struct db *db, const struct list_ask *ask, int64_t most, struct buf *out, struct err *err)
{
    struct list_reading reading;
    bool                is_good = list_open(db, ask, list_has_sums(ask->list) ? INT64_MAX : most + 1, &reading, err);
    if (is_good) {
        buf_char(out, '{');
        json_key(out, "list");
        json_cstr(out, ask->list->name);
        json_key(out, "lang");
        json_cstr(out, lang_code(ask->lang));
        if (ask->list->title != NULL) {
            json_key(out, "title");
            json_cstr(out, text_of(ask->lang, ask->list->title));
        }
        params_json(ask, &reading, out);
        columns_json(ask, out);
        is_good = rows_json(ask, &reading, most, out, err);
        if (reading.people != NULL) {
            json_key(out, "names");
            list_who_json(reading.people, out);
        }
        buf_char(out, '}');
    }
    list_close(&reading);
    return is_good;
}
