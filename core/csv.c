/* csv.c - a table of text from a CSV file: csv.h. The door to libcsv. */
#include "core/csv.h"

#include <csv.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "core/grid.h"
#include "core/utf8.h"

struct table {
    struct grid grid;
    int64_t     line, row_line; /* of the file, from 1: where we are, where the row began */
    bool        in_row;
};

/* ---------------------------------------------------------------------------------------------------- writing systems */

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
    if (utf8_is_valid(bytes, len)) {
        buf_add(out, bytes, len);
        return true;
    }
    return (!has_mark && convert("GB18030", bytes, len, out)) || err_set(err, ERR_INPUT, SAY("csv.writing"));
}

/* ---------------------------------------------------------------------------------------------------- rows */

static void cell_add(void *bytes, size_t len, void *self)
{
    struct table *table = self;
    grid_cell(&table->grid, table->row_line, bytes, len);
}

static void row_add(int end, void *self)
{
    struct table *table = self;
    (void)end;
    grid_row(&table->grid, table->row_line);
    table->in_row = false;
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
    for (size_t at = 0, len; at < text->len && !table->grid.is_refused; at += len, table->line++) {
        len = line_len(text->bytes + at, text->len - at);
        if (memchr(text->bytes + at, 0, len) != NULL) grid_refuse(&table->grid, say_int(SAY("csv.nul"), table->line));
        if (!table->in_row) table->row_line = table->line;
        if (!is_blank(text->bytes + at, len)) table->in_row = true; /* until row_add() */
        if (csv_parse(parser, text->bytes + at, len, cell_add, row_add, table) != len)
            grid_refuse(&table->grid, say_int(SAY("csv.quote"), table->row_line));
    }
    if (!table->grid.is_refused && csv_fini(parser, cell_add, row_add, table) != 0)
        grid_refuse(&table->grid, say_int(SAY("csv.quote"), table->row_line));
}

bool csv_import(const char *kind, const char *bytes, size_t len, bool is_dry, struct buf *body, struct err *err)
{
    struct buf        text = {0};
    struct csv_parser parser;
    struct table      table = {.line = 1, .row_line = 1};
    if (!utf8_of(bytes, len, &text, err)) {
        buf_free(&text);
        return false;
    }
    grid_begin(&table.grid, kind, is_dry, body, err);
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) abort();
    csv_set_delim(&parser, mark_find(buf_text(&text), text.len));
    csv_set_blk_size(&parser, GRID_CELL_MAX); /* its 128 bytes at a time make a long cell quadratic */
    lines_read(&parser, &text, &table);
    csv_free(&parser);
    buf_free(&text);
    return grid_end(&table.grid);
}
