/* import.c - tables of the office: server/books/import.h. */
#include "server/books/import.h"

#include <inttypes.h>
#include <string.h>

#include "core/text.h"
#include "core/utf8.h"

enum { BAD_TOLD = 100, SHOWN_BYTES = 60 /* of a bad value */, ROWS_MOST = 100000 };

struct import {
    struct books             *books;
    const struct import_kind *kind;
    const struct json        *columns, *rows;
    int                       count;                     /* of the kind's columns */
    int                       place[IMPORT_COLUMNS_MAX]; /* where each stands in a row, -1: nowhere */
    int64_t                   made, changed, unchanged, bad;
    struct buf                told; /* JSON list of the bad ones */
};

/* ---------------------------------------------------------------------------------------------------- bad fields */

static void bad_add(struct import *import, int64_t line, const char *column, const char *value, const struct say *say)
{
    if (++import->bad > BAD_TOLD) return;
    json_sep(&import->told);
    buf_fmt(&import->told, "{\"line\":%" PRId64 ",\"column\":", line);
    json_cstr(&import->told, column);
    json_key(&import->told, "value");
    json_str(&import->told, value, utf8_fit(value, strlen(value), SHOWN_BYTES));
    text_say_json(LANG_EN, say, &import->told);
    buf_char(&import->told, '}');
}

/* ---------------------------------------------------------------------------------------------------- the head */

static int column_of(const struct import *import, const char *head)
{
    for (int i = 0; i < import->count; i++)
        if (strcmp(import->kind->columns[i].name, head) == 0 || strcmp(import->kind->columns[i].zh, head) == 0)
            return i;
    return -1;
}

static void head_read(struct import *import)
{
    while (import->count < IMPORT_COLUMNS_MAX && import->kind->columns[import->count].name != NULL)
        import->place[import->count++] = -1;
    for (size_t i = 0; i < json_count(import->columns); i++) {
        const char *head = json_text(json_at(import->columns, i), "");
        int         column = column_of(import, head);
        struct say  say = say_text(SAY("import.column"), head);
        if (head[0] == 0) continue; /* spreadsheets write columns that nobody filled in: row_do() looks */
        if (column >= 0 && import->place[column] < 0)
            import->place[column] = (int)i;
        else if (column >= 0)
            say = SAY("import.column_twice");
        if (column < 0 || import->place[column] != (int)i) bad_add(import, 1, head, "", &say);
    }
    for (int i = 0; i < import->count; i++) {
        const struct import_column *column = &import->kind->columns[i];
        struct say                  say = say_text(say_text(SAY("import.column_missing"), column->name), column->zh);
        if (import->place[i] < 0 && column->want.is_needed) bad_add(import, 1, column->name, "", &say);
    }
}

/* ---------------------------------------------------------------------------------------------------- rows */

/* The text of a column in a row, "" where the file hasn't it. */
static const char *text_at(const struct import *import, const struct json *row, int column)
{
    return import->place[column] < 0 ? "" : json_text(json_at(row, (size_t)import->place[column] + 1), "");
}

static bool cells_read(struct import *import, const struct json *row, int64_t line, struct cell *cells)
{
    int64_t before = import->bad;
    for (int i = 0; i < import->count; i++) {
        const char *text = text_at(import, row, i);
        struct err  why;
        if (!cell_read(&import->kind->columns[i].want, text, strlen(text), &cells[i], &why))
            bad_add(import, line, import->kind->columns[i].name, text, &why.say);
    }
    return import->bad == before;
}

/* A row may be shorter than the head, not longer; nothing stands in a column without a name. */
static bool fields_fit(const struct import *import, const struct json *row)
{
    if (json_count(row) == 0 || json_count(row) > json_count(import->columns) + 1) return false;
    for (size_t i = 0; i < json_count(import->columns); i++)
        if (json_text(json_at(import->columns, i), "")[0] == 0 && json_text(json_at(row, i + 1), "")[0] != 0)
            return false;
    return true;
}

static bool row_do(struct import *import, const struct json *row, struct cell *cells, struct err *err)
{
    int64_t         line = json_int(json_at(row, 0), 0);
    enum record_did did;
    const char     *column = "";
    if (!fields_fit(import, row)) {
        struct say say =
            say_int(say_int(SAY("import.fields"), (int64_t)json_count(row) - 1), (int64_t)json_count(import->columns));
        bad_add(import, line, "", "", &say);
        return true;
    }
    if (!cells_read(import, row, line, cells)) return true;
    if (import->kind->row(import->books, cells, &did, &column, err)) {
        import->made += did == RECORD_MADE;
        import->changed += did == RECORD_CHANGED;
        import->unchanged += did == RECORD_SAME;
        return true;
    }
    if (err_is_passing(err) || err->kind == ERR_DAMAGED) return false;
    int place = column_of(import, column);
    bad_add(import, line, column, place < 0 ? "" : text_at(import, row, place), &err->say);
    return true;
}

/* Rows go on being written behind a bad one: it all goes back in the end, and every bad row is named. */
static bool rows_do(struct import *import, struct err *err)
{
    struct cell cells[IMPORT_COLUMNS_MAX];
    for (size_t i = 0; i < json_count(import->rows); i++)
        if (!row_do(import, json_at(import->rows, i), cells, err)) return false;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- the act */

static void answer_good(const struct import *import, bool is_dry, struct buf *out)
{
    buf_fmt(out,
            "{\"kind\":\"%s\",\"rows\":%" PRId64 ",\"made\":%" PRId64 ",\"changed\":%" PRId64 ",\"unchanged\":%" PRId64
            ",\"dry_run\":%s}",
            import->kind->name, (int64_t)json_count(import->rows), import->made, import->changed, import->unchanged,
            is_dry ? "true" : "false");
}

static void answer_bad(const struct import *import, const struct say *say, struct buf *out)
{
    buf_char(out, '{');
    text_say_json(LANG_EN, say, out);
    buf_fmt(out, ",\"bad\":%" PRId64 ",\"rows\":[%s]}", import->bad, buf_text(&import->told));
}

static bool import_run(struct import *import, struct act_call *call, struct err *err)
{
    head_read(import);
    if (import->bad == 0 && !rows_do(import, err)) return false;
    if (import->bad > 0) {
        struct say say = say_text(say_int(SAY("import.bad"), import->bad), import->kind->name);
        answer_bad(import, &say, &call->answer);
        return err_set(err, ERR_INPUT, say);
    }
    answer_good(import, call->is_dry, &call->answer);
    return true;
}

bool import_act(struct books *books, struct act_call *call, struct err *err)
{
    struct import import = {
        .books = books, .columns = json_get(call->body, "columns"), .rows = json_get(call->body, "rows")};
    const char *kind;
    if (!body_text(call, "kind", false, CELL_ID_BYTES, &kind, err)) return false;
    import.kind = import_kind_find(kind);
    if (import.kind == NULL) return err_set(err, ERR_INPUT, say_text(SAY("import.kind"), kind));
    if (json_count(import.rows) == 0) return err_set(err, ERR_INPUT, SAY("import.nothing"));
    if (json_count(import.rows) > ROWS_MOST) return err_set(err, ERR_INPUT, say_int(SAY("import.rows"), ROWS_MOST));
    call->is_dry = json_bool(json_get(call->body, "dry_run"), false);
    bool is_done = import_run(&import, call, err);
    buf_free(&import.told);
    return is_done;
}
