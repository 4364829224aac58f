/* paylist.c - the list of a period that everybody signs: slip.h. */
#include <stdio.h>

#include "labels/slip.h"
#include "labels/words.h"

#define WIDE 297.0f
#define HIGH 210.0f
#define LEFT 10.0f
#define RIGHT 287.0f
#define TOP 30.0f
#define ROW 7.55f

enum { ROWS_A_PAGE = 18, COLUMNS = 15, PIECES = 5 }; /* below them: the page's sums */

/* Where each column ends, and its heading. */
static const struct {
    float       wide;
    const char *heading;
    enum side   side;
} COLUMN[COLUMNS] = {
    {11, "labels.paylist.worker", SIDE_MIDDLE},
    {25, "labels.paylist.name",   SIDE_LEFT  },
    {34, "labels.paylist.id",     SIDE_LEFT  },
    {23, "labels.paylist.phone",  SIDE_LEFT  },
    {9,  "labels.paylist.days",   SIDE_RIGHT },
    {14, "labels.paylist.pieces", SIDE_RIGHT },
    {20, "labels.paylist.piece",  SIDE_RIGHT },
    {16, "labels.paylist.time",   SIDE_RIGHT },
    {16, "labels.paylist.late",   SIDE_RIGHT },
    {15, "labels.paylist.bonus",  SIDE_RIGHT },
    {16, "labels.paylist.taken",  SIDE_RIGHT },
    {23, "labels.paylist.net",    SIDE_RIGHT },
    {12, "labels.paylist.held",   SIDE_RIGHT },
    {32, "labels.paylist.sign",   SIDE_MIDDLE},
    {11, "labels.paylist.date",   SIDE_MIDDLE},
};

static void cell_put(struct paper *paper, int column, float y, bool is_bold, const char *text)
{
    float x = LEFT;
    for (int i = 0; i < column; i++) x += COLUMN[i].wide;
    paper_text(paper, area_of(x + 1, y + 1.4f, COLUMN[column].wide - 2, ROW - 2),
               &(struct style){.em = 3.6f, .em_least = 2, .is_bold = is_bold, .side = COLUMN[column].side}, text);
}

/* A sum, a dash for nothing. */
static void sum_put(struct paper *paper, int column, float y, bool is_bold, int64_t fen)
{
    char text[WORDS_MONEY] = "—";
    if (fen != 0) words_money(fen, text);
    cell_put(paper, column, y, is_bold, text);
}

static void count_put(struct paper *paper, int column, float y, bool is_bold, int64_t count)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)count);
    cell_put(paper, column, y, is_bold, text);
}

static void head_put(struct paper *paper, const struct paylist *list, int page, int pages)
{
    struct buf right = {0}, span = {0};
    char       from[WORDS_DAY], to[WORDS_DAY], pay[WORDS_DAY], of[64];
    paper_page(paper, WIDE, HIGH);
    words_day(paper, list->from_day, false, from);
    words_day(paper, list->to_day, false, to);
    words_day(paper, list->pay_day, false, pay);
    buf_fmt(&span, "%s%s   %s – %s", paper_words(paper, "labels.paylist.title"),
            list->is_draft ? paper_words(paper, "labels.slip.draft") : "", from, to);
    paper_text(paper, area_of(LEFT, 9, 170, 10), &(struct style){.em = 7.6f, .em_least = 4, .is_bold = true},
               buf_text(&span));
    words_fill(paper, say_int(say_int(SAY("labels.page"), page), pages), of, sizeof of);
    buf_fmt(&right, "%s   %s %s   %s", list->employer, paper_words(paper, "labels.slip.pay_day"), pay, of);
    paper_text(paper, area_of(RIGHT - 110, 12, 110, 6),
               &(struct style){.em = 3.8f, .em_least = 2.4f, .side = SIDE_RIGHT}, buf_text(&right));
    for (int i = 0; i < COLUMNS; i++) cell_put(paper, i, TOP - ROW, true, paper_words(paper, COLUMN[i].heading));
    buf_free(&right);
    buf_free(&span);
}

/* Lines around and between: rows rows from the headings on. */
static void grid_put(struct paper *paper, size_t rows)
{
    float x = LEFT, high = ROW * (float)(rows + 1);
    paper_rect(paper, area_of(LEFT, TOP - ROW, RIGHT - LEFT, high), 0.4f);
    for (size_t i = 1; i <= rows; i++) paper_line(paper, LEFT, TOP - ROW + ROW * (float)i, RIGHT - LEFT, 0, 0.15f);
    for (int i = 0; i < COLUMNS - 1; i++) {
        x += COLUMN[i].wide;
        paper_line(paper, x, TOP - ROW, 0, high, 0.15f);
    }
}

static void sums_put(struct paper *paper, float y, const struct paylist_row *row, bool is_total)
{
    const int64_t fen[] = {row->piece_fen, row->time_fen, row->late_fen, row->bonus_fen, row->taken_fen};
    int           column = PIECES;
    count_put(paper, column++, y, is_total, row->pieces);
    for (size_t i = 0; i < sizeof fen / sizeof *fen; i++) sum_put(paper, column++, y, is_total, fen[i]);
    sum_put(paper, column++, y, true, row->net_fen);
    if (row->held > 0)
        count_put(paper, column, y, is_total, row->held);
    else
        cell_put(paper, column, y, false, "—");
}

static void sums_add(struct paylist_row *sums, const struct paylist_row *row)
{
    sums->pieces += row->pieces;
    sums->held += row->held;
    sums->piece_fen += row->piece_fen;
    sums->time_fen += row->time_fen;
    sums->late_fen += row->late_fen;
    sums->bonus_fen += row->bonus_fen;
    sums->taken_fen += row->taken_fen;
    sums->net_fen += row->net_fen;
}

static void row_put(struct paper *paper, float y, const struct paylist_row *row)
{
    char number[16];
    snprintf(number, sizeof number, "%03d", row->worker);
    cell_put(paper, 0, y, false, number);
    cell_put(paper, 1, y, true, row->name);
    cell_put(paper, 2, y, false, row->id_number);
    cell_put(paper, 3, y, false, row->phone);
    count_put(paper, 4, y, false, row->days);
    sums_put(paper, y, row, false);
}

static void foot_put(struct paper *paper, const struct paylist *list, const struct paylist_row *total, float y)
{
    char       yuan[YUAN_TEXT], fen[WORDS_MONEY];
    struct buf line = {0};
    words_yuan(total->net_fen, yuan);
    words_money(total->net_fen, fen);
    buf_fmt(&line, "%s  %s", paper_words(paper, "labels.paylist.sum"), paper->lang == LANG_ZH ? yuan : fen);
    paper_text(paper, area_of(LEFT, y + 3, 180, 6), &(struct style){.em = 4.4f, .em_least = 3, .is_bold = true},
               buf_text(&line));
    paper_text(paper, area_of(LEFT, y + 11, RIGHT - LEFT, 6), &(struct style){.em = 4, .em_least = 2.6f},
               paper_words(paper, "labels.paylist.signs"));
    slip_chain(paper, area_of(LEFT, y + 19, RIGHT - LEFT, 5), 3.2f, list->audit_row, list->audit_hash);
    buf_free(&line);
}

/* Rows from `first` on, and below them what this page, or with the last one everything, sums up to. */
static void page_put(struct paper *paper, const struct paylist *list, size_t first, struct paylist_row *total)
{
    struct paylist_row here = {0};
    size_t             left = list->count - first, rows = left < ROWS_A_PAGE ? left : ROWS_A_PAGE;
    bool               is_last = rows == left;
    float              y = TOP;
    grid_put(paper, rows + 1);
    for (size_t i = first; i < first + rows; i++) {
        row_put(paper, y, &list->rows[i]);
        sums_add(&here, &list->rows[i]);
        y += ROW;
    }
    sums_add(total, &here);
    cell_put(paper, 1, y, true, paper_words(paper, is_last ? "labels.paylist.total" : "labels.paylist.subtotal"));
    sums_put(paper, y, is_last ? total : &here, true);
    if (is_last) foot_put(paper, list, total, y + ROW);
}

void paylist_put(struct paper *paper, const struct paylist *list)
{
    struct paylist_row total = {0};
    size_t             pages = list->count == 0 ? 1 : (list->count + ROWS_A_PAGE - 1) / ROWS_A_PAGE;
    for (size_t page = 0; page < pages; page++) {
        head_put(paper, list, (int)page + 1, (int)pages);
        page_put(paper, list, page * ROWS_A_PAGE, &total);
    }
}
