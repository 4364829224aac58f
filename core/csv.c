/* csv.c - a table of text from a CSV file: csv.h. The door to libcsv. */
#include "core/csv.h"

#include <csv.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/utf8.h"

struct table {
    struct buf *body;
    int64_t     line, row_line; /* of the file, from 1: where we are, where the row began */
    bool        in_row, has_columns;
    int         columns, cells;
    int64_t     rows;
    struct buf  row; /* cells of the row so far, as JSON */
    bool        has_text;
    struct err *err;
    bool        is_refused;
};

/* ---------------------------------------------------------------------------------------------------- writing systems */

static bool is_utf8(const char *bytes, size_t len)
{
    for (size_t at = 0, step; at < len; at += step) {
        step = utf8_len(bytes + at, len - at);
        if (step == 0) return false;
    }
    return true;
}

static bool convert(const char *from, const char *bytes, size_t len, struct buf *out)
{
    iconv_t turn = iconv_open("UTF-8", from);
    if (turn == (iconv_t)-1) return false;
    char  *in = (char *)(uintptr_t)bytes, *room = buf_room(out, len * 4 + 4), *at = room;
    size_t left = len, space = len * 4 + 4;
    bool   is_done = iconv(turn, &in, &left, &at, &space) != (size_t)-1 && left == 0;
    if (is_done) out->len = (size_t)(at - room);
    iconv_close(turn);
    return is_done;
}

/* The text as UTF-8 in *out, without a mark. */
static bool utf8_of(const char *bytes, size_t len, struct buf *out, struct err *err)
{
    bool is_wide = len >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
    bool has_mark = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    if (has_mark) {
        bytes += 3;
        len -= 3;
    }
    if (is_wide) return convert("UTF-16", bytes, len, out) || err_set(err, ERR_INPUT, SAY("csv.writing"));
    if (is_utf8(bytes, len)) {
        buf_add(out, bytes, len);
        return true;
    }
    return (!has_mark && convert("GB18030", bytes, len, out)) || err_set(err, ERR_INPUT, SAY("csv.writing"));
}

/* ---------------------------------------------------------------------------------------------------- rows */

static void refuse(struct table *table, struct say say)
{
    if (!table->is_refused) err_set(table->err, ERR_INPUT, say);
    table->is_refused = true;
}

static void cell_add(void *bytes, size_t len, void *self)
{
    struct table *table = self;
    int           most = table->has_columns ? table->columns : CSV_COLUMNS_MAX;
    if (table->is_refused) return;
    if (table->cells == most && len == 0) return; /* spreadsheets write empty cells at the end */
    if (table->cells >= most) {
        refuse(table, say_int(say_int(SAY("csv.columns"), table->row_line), most));
        return;
    }
    if (len > CSV_CELL_MAX) {
        refuse(table, say_int(say_int(SAY("csv.cell"), table->row_line), CSV_CELL_MAX));
        return;
    }
    table->cells++;
    table->has_text |= len > 0;
    buf_char(&table->row, ',');
    json_str(&table->row, len == 0 ? "" : bytes, len);
}

static void row_add(int end, void *self)
{
    struct table *table = self;
    (void)end;
    if (table->is_refused) return;
    if (table->has_text && !table->has_columns) {
        buf_str(table->body, ",\"columns\":[");
        buf_add(table->body, table->row.bytes + 1, table->row.len - 1);
        buf_str(table->body, "],\"rows\":[");
        table->has_columns = true;
        table->columns = table->cells;
    } else if (table->has_text) {
        json_sep(table->body);
        buf_char(table->body, '[');
        buf_int(table->body, table->row_line);
        buf_add(table->body, table->row.bytes, table->row.len);
        buf_char(table->body, ']');
        table->rows++;
        if (table->rows > CSV_ROWS_MAX) refuse(table, say_int(SAY("csv.rows"), CSV_ROWS_MAX));
    }
    buf_clear(&table->row);
    table->cells = 0;
    table->has_text = table->in_row = false;
}

/* ---------------------------------------------------------------------------------------------------- the file */

/* What stands between the columns: the mark that comes most often in the first line, outside of quotes. */
static unsigned char mark_find(const char *text, size_t len)
{
    static const char marks[] = ",;\t";
    int               counts[3] = {0, 0, 0}, best = 0;
    bool              is_quoted = false, has_text = false;
    for (size_t i = 0; i < len && (is_quoted || !has_text || (text[i] != '\n' && text[i] != '\r')); i++) {
        const char *mark = text[i] == 0 ? NULL : strchr(marks, text[i]);
        if (text[i] == '"') is_quoted = !is_quoted;
        if (mark != NULL && !is_quoted) counts[mark - marks]++;
        if (text[i] != '\n' && text[i] != '\r') has_text = true;
    }
    for (int i = 1; i < 3; i++)
        if (counts[i] > counts[best]) best = i;
    return (unsigned char)marks[best];
}

/* Up to and with the line's end: LF, CR LF or CR alone. */
static size_t line_len(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && text[at] != '\n' && text[at] != '\r') at++;
    if (at + 1 < len && text[at] == '\r' && text[at + 1] == '\n') at++;
    return at < len ? at + 1 : len;
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\n' && text[i] != '\r') return false;
    return true;
}

static void lines_read(struct csv_parser *parser, const struct buf *text, struct table *table)
{
    for (size_t at = 0, len; at < text->len && !table->is_refused; at += len, table->line++) {
        len = line_len(text->bytes + at, text->len - at);
        if (memchr(text->bytes + at, 0, len) != NULL) refuse(table, say_int(SAY("csv.nul"), table->line));
        if (!table->in_row) table->row_line = table->line;
        if (!is_blank(text->bytes + at, len)) table->in_row = true; /* until row_add() */
        if (csv_parse(parser, text->bytes + at, len, cell_add, row_add, table) != len)
            refuse(table, say_int(SAY("csv.quote"), table->row_line));
    }
    if (!table->is_refused && csv_fini(parser, cell_add, row_add, table) != 0)
        refuse(table, say_int(SAY("csv.quote"), table->row_line));
}

bool csv_import(const char *kind, const char *bytes, size_t len, bool is_dry, struct buf *body, struct err *err)
{
    struct buf        text = {0};
    struct csv_parser parser;
    struct table      table = {.body = body, .line = 1, .row_line = 1, .err = err};
    if (!utf8_of(bytes, len, &text, err)) {
        buf_free(&text);
        return false;
    }
    buf_str(body, "{\"kind\":");
    json_cstr(body, kind);
    buf_str(body, is_dry ? ",\"dry_run\":true" : ",\"dry_run\":false");
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) abort();
    csv_set_delim(&parser, mark_find(buf_text(&text), text.len));
    csv_set_blk_size(&parser, CSV_CELL_MAX); /* its 128 bytes at a time make a long cell quadratic */
    lines_read(&parser, &text, &table);
    if (!table.is_refused && !table.has_columns) refuse(&table, SAY("csv.empty"));
    buf_str(body, "]}");
    csv_free(&parser);
    buf_free(&table.row);
    buf_free(&text);
    return !table.is_refused;
}
