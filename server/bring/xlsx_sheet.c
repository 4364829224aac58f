/* xlsx_sheet.c - the sheet of a workbook: its cells, each at its place, into the grid. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/bring/xlsx_inside.h"

enum { COLUMNS_MOST = 16384, ROWS_MOST = 1048576, NAME_MAX_ = 24 };

/* ---- Places */

/* C7 -> 3 and 7; *end stands behind it. False: it is no place. */
static bool place_read(const char *text, int64_t *column, int64_t *row, const char **end)
{
    int64_t c = 0;
    char   *stop;
    for (; *text >= 'A' && *text <= 'Z' && c <= COLUMNS_MOST; text++) c = c * 26 + (*text - 'A' + 1);
    if (c < 1 || c > COLUMNS_MOST || *text < '1' || *text > '9') return false;
    long long r = strtoll(text, &stop, 10);
    if (r > ROWS_MOST) return false;
    *column = c;
    *row = r;
    *end = stop;
    return true;
}

static const char *place_write(const struct xlsx *book, char out[NAME_MAX_])
{
    char    letters[8];
    size_t  at = sizeof letters - 1;
    int64_t column = book->column;
    letters[at] = 0;
    for (; column > 0 && at > 0; column = (column - 1) / 26) letters[--at] = (char)('A' + (column - 1) % 26);
    snprintf(out, NAME_MAX_, "%s%" PRId64, letters + at, book->row);
    return out;
}

static void refuse(struct xlsx *book, struct say say)
{
    char name[NAME_MAX_];
    grid_refuse(&book->grid, say_text(say, place_write(book, name)));
}

/* ---- Cells */

/* Rows and cells may say where they are, or follow each other; they never go back. */
static void row_start(struct xlsx *book, const char *const *attributes)
{
    int64_t row = xlsx_attribute_int(attributes, "r", book->row + 1);
    if (row <= book->row || row > ROWS_MOST) refuse(book, SAY("xlsx.place"));
    book->row = row;
    book->column = 0;
    book->filled = 0;
}

static char kind_read(const char *type)
{
    static const struct {
        const char *word;
        char        kind;
    } KINDS[] = {
        {"n",         'n'},
        {"s",         's'},
        {"str",       't'},
        {"inlineStr", 'i'},
        {"b",         'b'},
        {"e",         'e'},
        {"d",         'd'}
    };
    for (size_t i = 0; type != NULL && i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(KINDS[i].word, type) == 0) return KINDS[i].kind;
    return 'n';
}

static void cell_start(struct xlsx *book, const char *const *attributes)
{
    const char *place = xlsx_attribute(attributes, "r"), *end = "";
    int64_t     column = book->column + 1, row = book->row;
    bool        is_good = place == NULL || (place_read(place, &column, &row, &end) && *end == 0);
    if (!is_good || row != book->row || column <= book->column || column > COLUMNS_MOST) {
        book->column = column;
        refuse(book, SAY("xlsx.place"));
        return;
    }
    book->column = column;
    book->kind = kind_read(xlsx_attribute(attributes, "t"));
    book->style = xlsx_attribute_int(attributes, "s", 0);
    book->has_value = book->is_formula = false;
    buf_clear(&book->text);
}

static void shared_write(struct xlsx *book, struct buf *out)
{
    const char *text = buf_text(&book->text);
    char       *end;
    uint64_t    i = strtoull(text, &end, 10);
    size_t      from = 0, to;
    if (end == text || *end != 0 || i >= book->string_count) {
        refuse(book, SAY("xlsx.string"));
        return;
    }
    if (i > 0) memcpy(&from, book->ends.bytes + (i - 1) * sizeof from, sizeof from);
    memcpy(&to, book->ends.bytes + i * sizeof to, sizeof to);
    buf_add(out, buf_text(&book->strings) + from, to - from);
}

/* 2026-12-01T08:00:00 */
static void iso_write(const char *text, struct buf *out)
{
    size_t len = strlen(text);
    if (len < 11 || text[10] != 'T') {
        buf_str(out, text);
        return;
    }
    buf_add(out, text, 10);
    if (strncmp(text + 11, "00:00:00", 8) == 0 || len < 16) return;
    buf_char(out, ' ');
    buf_add(out, text + 11, 5);
}

static void cell_write(struct xlsx *book, struct buf *out)
{
    bool has_style = book->style >= 0 && book->style < book->format_count;
    switch (book->kind) {
    case 's': shared_write(book, out); break;
    case 'd': iso_write(buf_text(&book->text), out); break;
    case 'n':
        xlsx_number_write(buf_text(&book->text), has_style ? book->formats[book->style] : XLSX_PLAIN, book->is_1904,
                          out);
        break;
    default: xlsx_unescape(&book->text); buf_add(out, buf_text(&book->text), book->text.len);
    }
}

static void trim(const struct buf *text, const char **from, size_t *len)
{
    *from = buf_text(text);
    *len = text->len;
    while (*len > 0 && strchr(" \t\r\n", **from) != NULL) (*from)++, (*len)--;
    while (*len > 0 && strchr(" \t\r\n", (*from)[*len - 1]) != NULL) (*len)--;
}

/* Empty cells before it are filled up; those at the end of a row never come. */
static void cell_end(struct xlsx *book)
{
    struct buf  out = {0};
    const char *text;
    size_t      len;
    if (book->is_formula && !book->has_value) refuse(book, SAY("xlsx.formula"));
    if (book->text.len > 0) cell_write(book, &out);
    trim(&out, &text, &len);
    if (len > 0 && book->column > GRID_COLUMNS_MAX)
        grid_refuse(&book->grid, say_int(say_int(SAY("csv.columns"), book->row), GRID_COLUMNS_MAX));
    if (len > 0 && !book->grid.is_refused) {
        for (; book->filled < book->column - 1; book->filled++) grid_cell(&book->grid, book->row, "", 0);
        grid_cell(&book->grid, book->row, text, len);
        book->filled++;
    }
    buf_free(&out);
}

/* ---- Merged cells */

/* Those of the table are refused: which of the rows the value belongs to, only a person knows. */
static void merged_check(struct xlsx *book, const char *range)
{
    int64_t     column, row, to_column, to_row;
    const char *end;
    if (range == NULL) return;
    if (!place_read(range, &column, &row, &end) || *end != ':' || !place_read(end + 1, &to_column, &to_row, &end))
        return;
    if (row <= book->grid.last_line && column <= book->grid.columns)
        grid_refuse(&book->grid, say_text(SAY("xlsx.merged"), range));
}

/* ---- Handlers */

static void sheet_start(struct xlsx *book, const char *name, const char *const *attributes)
{
    if (strcmp(name, "row") == 0) row_start(book, attributes);
    if (strcmp(name, "c") == 0) cell_start(book, attributes);
    if (strcmp(name, "f") == 0) book->is_formula = true;
    if (strcmp(name, "v") == 0) book->in_value = book->has_value = book->kind != 'i';
    if (strcmp(name, "rPh") == 0) book->in_phonetic++;
    if (strcmp(name, "t") == 0) book->in_value = book->kind == 'i' && book->in_phonetic == 0;
    if (strcmp(name, "mergeCell") == 0) merged_check(book, xlsx_attribute(attributes, "ref"));
}

static void sheet_end(struct xlsx *book, const char *name)
{
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) book->in_value = false;
    if (strcmp(name, "rPh") == 0) book->in_phonetic--;
    if (strcmp(name, "c") == 0) cell_end(book);
    if (strcmp(name, "row") == 0) grid_row(&book->grid, book->row);
}

static void sheet_text(struct xlsx *book, const char *text, size_t len)
{
    if (book->in_value) buf_add(&book->text, text, len);
}

const struct xlsx_part XLSX_SHEET = {sheet_start, sheet_end, sheet_text};
