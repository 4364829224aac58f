/* list_xlsx.c - any list as a workbook: server/show/lists.h. Figures are numbers with their formats, days are dates, all
 * else is text that no spreadsheet takes for a formula; a last row has the sums, as values.
 *
 * The library writes to a file by name: an anonymous one of this process, read back when it is whole. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "server/show/lists.h"

enum { XLSX_ROWS_MAX = 100000, WIDTH_LEAST = 8, WIDTH_MOST = 40, DAYS_1900 = 25569 /* 1970-01-01 in a workbook */ };

enum face {
    FACE_TEXT,
    FACE_INT,
    FACE_FEN,
    FACE_RATE,
    FACE_DAY,
    FACE_SHARE,
    FACE_HEAD,
    FACE_SUM,
    FACE_SUM_FEN,
    FACE_SUM_SHARE,
    FACES
};

struct book {
    const struct list_ask *ask;
    lxw_workbook          *workbook;
    lxw_worksheet         *sheet;
    lxw_format            *faces[FACES];
    lxw_row_t              row;
    struct list_totals     totals;
    size_t                 widths[LIST_COLUMNS_MAX];
    struct buf             words;
};

static void faces_make(struct book *book)
{
    static const char *const FORMATS[FACES] = {
        [FACE_INT] = "#,##0", [FACE_FEN] = "#,##0.00",     [FACE_RATE] = "#,##0.00##", [FACE_DAY] = "yyyy\\-mm\\-dd",
        [FACE_SUM] = "#,##0", [FACE_SUM_FEN] = "#,##0.00", [FACE_SHARE] = "0.0%",      [FACE_SUM_SHARE] = "0.0%"};
    for (int i = 0; i < FACES; i++) {
        book->faces[i] = workbook_add_format(book->workbook);
        if (FORMATS[i] != NULL) format_set_num_format(book->faces[i], FORMATS[i]);
        if (i >= FACE_HEAD) format_set_bold(book->faces[i]);
        if (i == FACE_HEAD) format_set_bottom(book->faces[i], LXW_BORDER_THIN);
        if (i > FACE_HEAD) format_set_top(book->faces[i], LXW_BORDER_THIN);
    }
}

/* Signs that no workbook may hold become blanks. */
static void text_cell(struct book *book, size_t column, const char *text, size_t len, enum face face)
{
    buf_clear(&book->words);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        buf_char(&book->words, c < 0x20 && c != '\n' && c != '\t' ? ' ' : text[i]);
    }
    worksheet_write_string(book->sheet, book->row, (lxw_col_t)column, buf_text(&book->words), book->faces[face]);
    if (len > book->widths[column]) book->widths[column] = len;
}

static void number_cell(struct book *book, size_t column, double number, enum face face)
{
    worksheet_write_number(book->sheet, book->row, (lxw_col_t)column, number, book->faces[face]);
}

static void words_cell(struct book *book, size_t column, const struct list_cell *cell)
{
    struct buf text = {0};
    list_words(book->ask, &book->ask->list->columns[column], cell, &text);
    text_cell(book, column, buf_text(&text), text.len, FACE_TEXT);
    buf_free(&text);
}

static void cell_write(struct book *book, size_t column, const struct list_cell *cell)
{
    enum list_type type = book->ask->list->columns[column].type;
    if (cell->kind == DB_NULL) return;
    if (cell->kind == DB_INT && type == LIST_INT)
        number_cell(book, column, (double)cell->number, FACE_INT);
    else if (cell->kind == DB_INT && type == LIST_FEN)
        number_cell(book, column, (double)cell->number / 100, FACE_FEN);
    else if (cell->kind == DB_INT && type == LIST_RATE)
        number_cell(book, column, (double)cell->number / 10000, FACE_RATE);
    else if (cell->kind == DB_INT && type == LIST_DAY)
        number_cell(book, column, (double)(cell->number + DAYS_1900), FACE_DAY);
    else if (cell->kind == DB_INT && type == LIST_PERMILLE)
        number_cell(book, column, (double)cell->number / 1000, FACE_SHARE);
    else
        words_cell(book, column, cell);
}

static void headings_write(struct book *book)
{
    for (size_t i = 0; i < list_column_count(book->ask->list); i++) {
        const char *heading = text_of(book->ask->lang, book->ask->list->columns[i].heading);
        text_cell(book, i, heading, strlen(heading), FACE_HEAD);
    }
    worksheet_freeze_panes(book->sheet, 1, 0);
    book->row++;
}

/* Values, not formulas: the same figures as page and CSV have. */
static void sums_write(struct book *book)
{
    for (size_t i = 0; i < list_column_count(book->ask->list); i++) {
        enum list_type   type = book->ask->list->columns[i].type;
        struct list_cell cell;
        list_totals_cell(book->ask->list, &book->totals, i, &cell);
        if (cell.kind == DB_NULL) {
            struct buf word = {0};
            list_foot_words(book->ask, &book->totals, i, &word);
            if (word.len > 0 && book->ask->list->has_foot) text_cell(book, i, buf_text(&word), word.len, FACE_SUM);
            buf_free(&word);
        } else if (type == LIST_FEN)
            number_cell(book, i, (double)cell.number / 100, FACE_SUM_FEN);
        else if (type == LIST_PERMILLE)
            number_cell(book, i, (double)cell.number / 1000, FACE_SUM_SHARE);
        else
            number_cell(book, i, (double)cell.number, FACE_SUM);
    }
}

static void widths_set(struct book *book)
{
    for (size_t i = 0; i < list_column_count(book->ask->list); i++) {
        size_t width = book->widths[i] + 2;
        if (book->ask->list->columns[i].type == LIST_FEN && width < 12) width = 12;
        if (book->ask->list->columns[i].type == LIST_DAY && width < 12) width = 12;
        if (width < WIDTH_LEAST) width = WIDTH_LEAST;
        if (width > WIDTH_MOST) width = WIDTH_MOST;
        worksheet_set_column(book->sheet, (lxw_col_t)i, (lxw_col_t)i, (double)width, NULL);
    }
}

static bool rows_write(struct book *book, struct list_reading *reading, struct err *err)
{
    struct list_cell cell;
    bool             row = true;
    for (int64_t rows = 0; rows <= XLSX_ROWS_MAX; rows++) {
        if (!list_next(reading, &row, err)) return false;
        if (!row) return true;
        if (rows == XLSX_ROWS_MAX) break;
        for (size_t i = 0; i < list_column_count(book->ask->list); i++) {
            list_cell(reading, i, &cell);
            cell_write(book, i, &cell);
        }
        list_totals_add(&book->totals, reading);
        book->row++;
    }
    struct say more = say_int(SAY("list.more"), XLSX_ROWS_MAX);
    struct buf words = {0};
    text_say_buf(book->ask->lang, &more, &words);
    text_cell(book, 0, buf_text(&words), words.len, FACE_TEXT);
    buf_free(&words);
    book->row++;
    return true;
}

static bool file_read(int file, struct buf *out, struct err *err)
{
    struct stat stat;
    if (fstat(file, &stat) != 0 || stat.st_size <= 0) return err_set(err, ERR_IO, SAY("list.workbook"));
    char   *room = buf_room(out, (size_t)stat.st_size);
    ssize_t got = pread(file, room, (size_t)stat.st_size, 0);
    if (got != stat.st_size) return err_set(err, ERR_IO, SAY("list.workbook"));
    out->len += (size_t)got;
    return true;
}

bool list_xlsx(struct db *db, const struct list_ask *ask, struct buf *out, struct err *err)
{
    struct list_reading  reading = {0};
    lxw_workbook_options options = {.constant_memory = LXW_FALSE};
    struct book          book = {.ask = ask};
    char                 path[64];
    int                  file = memfd_create("workbook", MFD_CLOEXEC);
    bool                 is_good = file >= 0 || err_set(err, ERR_IO, SAY("list.workbook"));
    if (!is_good) return false;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    book.workbook = workbook_new_opt(path, &options);
    is_good = book.workbook != NULL || err_set(err, ERR_IO, SAY("list.workbook"));
    if (is_good) {
        faces_make(&book);
        book.sheet = workbook_add_worksheet(book.workbook, ask->list->name);
        headings_write(&book);
        is_good = list_open(db, ask, XLSX_ROWS_MAX + 1, &reading, err) && rows_write(&book, &reading, err);
        if (reading.list != NULL) list_close(&reading);
        sums_write(&book);
        widths_set(&book);
        if (workbook_close(book.workbook) != LXW_NO_ERROR && is_good)
            is_good = err_set(err, ERR_IO, SAY("list.workbook"));
    }
    is_good = is_good && file_read(file, out, err);
    buf_free(&book.words);
    close(file);
    return is_good;
}
