/* list_csv.c - any list as CSV for spreadsheets: server/show/lists.h. */
#include <string.h>

#include "core/chain.h"
#include "core/code.h"
#include "core/money.h"
#include "server/ask/who.h"
#include "server/show/lists.h"

#define BOM "\xEF\xBB\xBF"

/* What spreadsheets take for the begin of a formula, also as a Chinese input method types it. */
static const char *const FORMULA_STARTS[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", NULL};

static bool is_formula(const char *text, size_t len)
{
    for (const char *const *start = FORMULA_STARTS; *start != NULL; start++)
        if (len >= strlen(*start) && memcmp(text, *start, strlen(*start)) == 0) return true;
    return false;
}

/* One field: quoted where it must be, never a formula. */
static void field_csv(const char *text, size_t len, bool is_number, struct buf *out)
{
    bool is_guarded = !is_number && is_formula(text, len);
    bool is_quoted = is_guarded;
    for (size_t i = 0; i < len && !is_quoted; i++) is_quoted = strchr(",\"\r\n;\t", text[i]) != NULL;
    if (is_quoted) buf_char(out, '"');
    if (is_guarded) buf_char(out, '\'');
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"') buf_char(out, '"');
        buf_char(out, text[i]);
    }
    if (is_quoted) buf_char(out, '"');
}

static void time_words(int64_t ms, const struct day_rule *rule, struct buf *out)
{
    char text[TIME_TEXT];
    time_write(ms, rule->offset_min, text);
    text[10] = ' '; /* 2026-11-24 08:10:05: the form that spreadsheets know */
    text[19] = 0;
    buf_str(out, text);
}

/* 94.2% */
static void permille_words(int64_t permille, struct buf *out)
{
    int64_t size = permille < 0 ? -permille : permille;
    buf_fmt(out, "%s%lld.%lld%%", permille < 0 ? "-" : "", (long long)(size / 10), (long long)(size % 10));
}

static void word_words(const struct list_ask *ask, const char *words, const char *word, size_t len, struct buf *out)
{
    struct buf  id = {0};
    const char *text;
    buf_str(&id, words);
    buf_add(&id, word, len);
    text = text_of(ask->lang, buf_text(&id));
    if (text == buf_text(&id)) text += strlen(words); /* one that has no words stands for itself */
    buf_str(out, text);
    buf_free(&id);
}

static void int_words(const struct list_ask *ask, const struct list_column *column, int64_t number, struct buf *out)
{
    char text[MONEY_TEXT] = "";
    switch (column->type) {
    case LIST_FEN: money_write_fen(number, text); break;
    case LIST_RATE: money_write_rate(number, text); break;
    case LIST_DAY: day_write((int32_t)number, text); break;
    case LIST_ID: id_write((uint64_t)number, text); break;
    case LIST_LINE:
        if (number > 0) line_ref_write(line_ref_of_key(number), text);
        break;
    case LIST_TIME: time_words(number, &ask->rule, out); break;
    case LIST_PERMILLE: permille_words(number, out); break;
    case LIST_BOOL: buf_str(out, text_of(ask->lang, number != 0 ? "office.yes" : "office.no")); break;
    case LIST_WORD: {
        struct buf digits = {0};
        buf_int(&digits, number);
        word_words(ask, column->words, digits.bytes, digits.len, out);
        buf_free(&digits);
        break;
    }
    case LIST_TEXT:
    case LIST_INT:
    case LIST_HASH:
    case LIST_SAY:
    case LIST_WHO:
    case LIST_FIND:
    case LIST_LANG:
    case LIST_ZONE: buf_int(out, number); break;
    }
    buf_str(out, text);
}

void list_words(const struct list_ask *ask, const struct list_column *column, const struct list_cell *cell,
                struct buf *out)
{
    struct say say;
    if (cell->kind == DB_INT) {
        int_words(ask, column, cell->number, out);
    } else if (cell->kind == DB_NULL) {
        return;
    } else if (cell->people != NULL) {
        list_who_words(cell->people, ask->lang, cell->text, cell->len, out);
    } else if (column->type == LIST_HASH) {
        buf_hex(out, cell->text, cell->len);
    } else if (column->type == LIST_WORD) {
        word_words(ask, column->words, cell->text, cell->len, out);
    } else if (column->type == LIST_SAY) {
        if (cell->len > 0 && say_read(cell->text, cell->len, &say)) text_say_buf(ask->lang, &say, out);
    } else {
        buf_add(out, cell->text, cell->len);
    }
}

static bool is_number(const struct list_column *column, const struct list_cell *cell)
{
    return cell->kind == DB_INT && column->type != LIST_WORD && column->type != LIST_BOOL;
}

static void row_csv(const struct list_ask *ask, struct list_reading *reading, struct buf *words, struct buf *out)
{
    struct list_cell cell;
    for (size_t i = 0; i < list_column_count(ask->list); i++) {
        const struct list_column *column = &ask->list->columns[i];
        list_cell(reading, i, &cell);
        buf_clear(words);
        list_words(ask, column, &cell, words);
        if (i > 0) buf_char(out, ',');
        field_csv(buf_text(words), words->len, is_number(column, &cell), out);
    }
    buf_str(out, "\r\n");
}

static void headings_csv(const struct list_ask *ask, struct buf *out)
{
    buf_str(out, BOM);
    for (size_t i = 0; i < list_column_count(ask->list); i++) {
        const char *heading = text_of(ask->lang, ask->list->columns[i].heading);
        if (i > 0) buf_char(out, ',');
        field_csv(heading, strlen(heading), false, out);
    }
    buf_str(out, "\r\n");
}

/* The word stands in the first column, or in the first that has no sum. */
static size_t foot_word_column(const struct list *list)
{
    for (size_t i = 0; i < list_column_count(list); i++)
        if (!list->columns[i].is_sum && list->columns[i].type != LIST_PERMILLE) return i;
    return SIZE_MAX;
}

void list_foot_words(const struct list_ask *ask, const struct list_totals *totals, size_t column, struct buf *out)
{
    struct list_cell cell;
    list_totals_cell(ask->list, totals, column, &cell);
    if (cell.kind != DB_NULL)
        list_words(ask, &ask->list->columns[column], &cell, out);
    else if (column == foot_word_column(ask->list))
        buf_str(out, text_of(ask->lang, "list.sum"));
}

static void foot_csv(const struct list_ask *ask, const struct list_totals *totals, struct buf *words, struct buf *out)
{
    for (size_t i = 0; i < list_column_count(ask->list); i++) {
        buf_clear(words);
        list_foot_words(ask, totals, i, words);
        if (i > 0) buf_char(out, ',');
        field_csv(buf_text(words), words->len, true, out);
    }
    buf_str(out, "\r\n");
}

bool list_csv(struct db *db, const struct list_ask *ask, struct buf *out, struct err *err)
{
    struct list_reading reading;
    struct list_totals  totals = {0};
    struct buf          words = {0};
    bool                row = true, is_good = list_open(db, ask, EXPORT_ROWS_MAX + 1, &reading, err);
    if (is_good) headings_csv(ask, out);
    for (int64_t rows = 0; is_good && row && rows <= EXPORT_ROWS_MAX; rows++) {
        is_good = list_next(&reading, &row, err);
        if (!is_good || !row) break;
        if (rows < EXPORT_ROWS_MAX) {
            row_csv(ask, &reading, &words, out);
            list_totals_add(&totals, &reading);
            continue;
        }
        struct say more = say_int(SAY("list.more"), EXPORT_ROWS_MAX);
        buf_clear(&words);
        text_say_buf(ask->lang, &more, &words);
        field_csv(buf_text(&words), words.len, false, out);
        buf_str(out, "\r\n");
    }
    if (is_good && ask->list->has_foot) foot_csv(ask, &totals, &words, out);
    buf_free(&words);
    list_close(&reading);
    return is_good;
}
