/* list_pdf.c - any list as a paper: server/show/lists.h. The rows, sums and words are those of CSV and workbook; how they
 * stand on the paper is labels/table.h. What only a program asks for (versions, hashes, places of drawings) stays out. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "core/array.h"
#include "labels/pdf.h"
#include "labels/table.h"
#include "server/show/lists.h"

enum { PDF_ROWS_MAX = 5000 };

struct print {
    const struct list_ask *ask;
    size_t                 column_count;
    size_t                 columns[LIST_COLUMNS_MAX]; /* of the list, those that are printed */
    struct table_column    heads[LIST_COLUMNS_MAX];
    struct list_totals     totals;
    struct buf             texts;
    size_t                 count, cap; /* of cells */
    size_t                *cells;      /* where each begins in texts */
    bool                   is_cut;
};

static bool is_printed(const struct list_column *column)
{
    static const char *const HIDDEN[] = {"version", "sign", "colour", "place"};
    if (column->type == LIST_HASH || column->type == LIST_ID) return false;
    for (size_t i = 0; i < sizeof HIDDEN / sizeof *HIDDEN; i++)
        if (strcmp(column->key, HIDDEN[i]) == 0) return false;
    return true;
}

/* What is read as one thing: no line ends within. */
static bool is_whole(const struct list_column *column)
{
    static const char *const WHOLE[] = {"size", "phone", "plate", "code"};
    for (size_t i = 0; i < sizeof WHOLE / sizeof *WHOLE; i++)
        if (strcmp(column->key, WHOLE[i]) == 0) return true;
    return column->type != LIST_TEXT && column->type != LIST_WORD && column->type != LIST_SAY;
}

static bool is_figure(const struct list_column *column)
{
    return column->type == LIST_INT || column->type == LIST_FEN || column->type == LIST_RATE ||
           column->type == LIST_PERMILLE;
}

static void columns_choose(struct print *print)
{
    const struct list *list = print->ask->list;
    for (size_t i = 0; i < list_column_count(list); i++) {
        if (!is_printed(&list->columns[i])) continue;
        print->heads[print->column_count] =
            (struct table_column){text_of(print->ask->lang, list->columns[i].heading),
                                  is_figure(&list->columns[i]) ? SIDE_RIGHT : SIDE_LEFT, is_whole(&list->columns[i])};
        print->columns[print->column_count++] = i;
    }
}

/* Commas at thousands: of money, and of what is added up; a number of a worker has none. */
static void grouped(const char *digits, struct buf *out)
{
    size_t len = strlen(digits), whole = strcspn(digits, "."), sign = digits[0] == '-';
    for (size_t i = 0; i < len; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0) buf_char(out, ',');
        buf_char(out, digits[i]);
    }
}

/* words: the cell as CSV has it. */
static void cell_add(struct print *print, size_t column, const struct buf *words)
{
    const struct list_column *shape = &print->ask->list->columns[column];
    print->cells = array_more(print->cells, print->count, &print->cap, sizeof *print->cells);
    enum { SECONDS = sizeof ":00" - 1 };
    print->cells[print->count++] = print->texts.len;
    bool is_sum = shape->type == LIST_FEN || (shape->type == LIST_INT && shape->is_sum);
    if (is_sum && strspn(buf_text(words), "-0123456789.") == words->len)
        grouped(buf_text(words), &print->texts);
    else if (shape->type == LIST_TIME && words->len > SECONDS)
        buf_add(&print->texts, buf_text(words), words->len - SECONDS); /* nobody reads seconds on paper */
    else
        buf_str(&print->texts, buf_text(words));
    buf_char(&print->texts, 0);
}

static bool rows_read(struct print *print, struct list_reading *reading, struct err *err)
{
    struct list_cell cell;
    struct buf       words = {0};
    bool             row = true, is_good = true;
    for (int64_t rows = 0; is_good && row; rows++) {
        is_good = list_next(reading, &row, err);
        if (!is_good || !row) break;
        print->is_cut = rows == PDF_ROWS_MAX;
        if (print->is_cut) break;
        for (size_t i = 0; i < print->column_count; i++) {
            list_cell(reading, print->columns[i], &cell);
            buf_clear(&words);
            list_words(print->ask, &print->ask->list->columns[print->columns[i]], &cell, &words);
            cell_add(print, print->columns[i], &words);
        }
        list_totals_add(&print->totals, reading);
    }
    bool has_word = false; /* in the first printed column without a sum */
    for (size_t i = 0; is_good && i < print->column_count; i++) {
        list_totals_cell(print->ask->list, &print->totals, print->columns[i], &cell);
        buf_clear(&words);
        if (cell.kind != DB_NULL)
            list_words(print->ask, &print->ask->list->columns[print->columns[i]], &cell, &words);
        else if (!has_word)
            buf_str(&words, text_of(print->ask->lang, "list.sum")), has_word = true;
        cell_add(print, print->columns[i], &words);
    }
    buf_free(&words);
    return is_good;
}

/* ---- What it is about */

/* Lists that are the page of the same name. */
static const char *title_of(const struct list_ask *ask)
{
    struct buf id = {0};
    if (ask->list->title != NULL) return text_of(ask->lang, ask->list->title);
    buf_fmt(&id, "office.page.%s", ask->list->name);
    const char *words = text_of(ask->lang, buf_text(&id));
    bool        is_known = strcmp(words, buf_text(&id)) != 0;
    buf_free(&id);
    return is_known ? words : ask->list->name;
}

static void param_write(const struct list_ask *ask, const struct list_param *param, const struct list_cell *cell,
                        const char *given, struct buf *out)
{
    char       day[DAY_TEXT];
    struct buf id = {0};
    bool       is_end = strcmp(param->name, "to") == 0;
    if (param->type == LIST_DAY) {
        day_write((int32_t)cell->number, day);
        buf_fmt(out, "%s%s", out->len == 0 ? "" : is_end ? " – " : "   ", day);
        return;
    }
    if (given == NULL || given[0] == 0 || strcmp(given, "0") == 0) return;
    buf_fmt(&id, "office.col.%s", param->name);
    const char *words = text_of(ask->lang, buf_text(&id));
    buf_fmt(out, "%s%s %s", out->len == 0 ? "" : "   ", strcmp(words, buf_text(&id)) == 0 ? param->name : words, given);
    buf_free(&id);
}

static void about_write(const struct list_ask *ask, const struct list_reading *reading, struct buf *out)
{
    for (size_t i = 0; i < LIST_PARAMS_MAX && ask->list->params[i].name != NULL; i++)
        if (list_param_is_shown(ask->list, i) && strcmp(ask->list->params[i].name, "today") != 0)
            param_write(ask, &ask->list->params[i], &reading->params[i], ask->values[i], out);
}

static void made_write(const struct list_ask *ask, const struct list_paper *paper, struct buf *out)
{
    char time[TIME_TEXT];
    time_write(ask->now_ms, ask->rule.offset_min, time);
    time[10] = ' ';
    time[16] = 0;
    buf_fmt(out, "%s %s", paper->maker, time);
}

/* ---- The paper */

static bool table_print(struct print *print, const struct table *table, struct buf *out, struct err *err)
{
    struct type  *type = NULL;
    struct press *press = NULL;
    struct paper  paper = {0};
    char          made_at[TIME_TEXT];
    bool          is_good = type_open(&type, err);
    if (!is_good) return false;
    paper_begin(&paper, type, print->ask->lang);
    table_put(&paper, table);
    time_write(print->ask->now_ms, print->ask->rule.offset_min, made_at);
    is_good = paper_end(&paper, err) && press_open(&press, type, err);
    if (is_good) is_good = pdf_write(press, &paper, table->title, made_at, out, err);
    press_close(press);
    paper_free(&paper);
    type_close(type);
    return is_good;
}

static bool table_make(struct print *print, const struct list_reading *reading, const struct list_paper *paper,
                       struct buf *out, struct err *err)
{
    struct buf   about = {0}, made = {0}, more = {0};
    const char **cells = calloc(print->count + 1, sizeof *cells);
    struct say   cut = say_int(SAY("list.more"), PDF_ROWS_MAX);
    if (cells == NULL) abort();
    for (size_t i = 0; i < print->count; i++) cells[i] = buf_text(&print->texts) + print->cells[i];
    about_write(print->ask, reading, &about);
    made_write(print->ask, paper, &made);
    text_say_buf(print->ask->lang, &cut, &more);
    assert(print->column_count > 0 && print->count >= print->column_count); /* the foot is always there */
    size_t             rows = print->count / print->column_count - 1;
    const struct table table = {.title = title_of(print->ask),
                                .factory = paper->factory,
                                .about = buf_text(&about),
                                .made = buf_text(&made),
                                .column_count = print->column_count,
                                .row_count = rows,
                                .columns = print->heads,
                                .cells = cells,
                                .sums = list_has_sums(print->ask->list) && rows > 0 ? cells + rows * print->column_count
                                                                                    : NULL,
                                .note = print->is_cut ? buf_text(&more) : NULL,
                                .has_signs = paper->has_signs};
    bool               is_good = table_print(print, &table, out, err);
    free(cells);
    buf_free(&about);
    buf_free(&made);
    buf_free(&more);
    return is_good;
}

bool list_pdf(struct db *db, const struct list_ask *ask, const struct list_paper *paper, struct buf *out,
              struct err *err)
{
    struct list_reading reading = {0};
    struct print        print = {.ask = ask};
    columns_choose(&print);
    assert(print.column_count > 0);
    bool is_good = list_open(db, ask, PDF_ROWS_MAX + 1, &reading, err) && rows_read(&print, &reading, err);
    if (is_good) is_good = table_make(&print, &reading, paper, out, err);
    list_close(&reading);
    free(print.cells);
    buf_free(&print.texts);
    return is_good;
}
