/* table.c - any table as a paper: labels/table.h. */
#include "labels/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "labels/fit.h"
#include "labels/words.h"

#define EM 3.2f
#define EM_SMALL 2.6f /* a wide table has smaller letters before its words are broken into lines */
#define EM_LEAST 1.8f
#define PAD 1.0f
#define EDGE 10.0f
#define HEAD 24.0f /* from the page's top to the first heading */
#define FOOT 9.0f  /* below the last row */
#define WIDE_MOST 62.0f
#define WORDS_LEAST 14.0f
#define LINE_THIN 0.12f

enum { LINES_MOST = 5 };

struct work {
    struct paper       *paper;
    const struct table *table;
    struct buf          texts;         /* of all cells, each ended by NUL */
    size_t             *cells;         /* where each begins: headings, rows, sums */
    int64_t             missing;       /* characters that no font has */
    float               width, height; /* of the page */
    float               em;
    float               wide[TABLE_COLUMNS_MAX], least[TABLE_COLUMNS_MAX];
    float               heading_high;
};

static size_t cell_count(const struct table *table)
{
    return table->column_count * (table->row_count + 2);
}

/* Row 0 is the headings, the last one the sums. */
static const char *cell_text(const struct work *work, size_t row, size_t column)
{
    return buf_text(&work->texts) + work->cells[row * work->table->column_count + column];
}

static bool is_bold_row(const struct work *work, size_t row)
{
    return row == 0 || row == work->table->row_count + 1;
}

/* As it can be printed: line ends and the like are blanks, what no font has is an empty square. */
static void cell_keep(struct work *work, size_t at, const char *text, bool is_bold)
{
    size_t len = strlen(text), step;
    work->cells[at] = work->texts.len;
    for (size_t i = 0; i < len; i += step) {
        uint32_t character = type_character(text + i, len - i, &step);
        if (character < 0x20 || character == 0x7F)
            buf_char(&work->texts, ' ');
        else if (type_glyph(work->paper->type, character, is_bold).index != 0)
            buf_add(&work->texts, text + i, step);
        else
            buf_str(&work->texts, "□"), work->missing++;
    }
    buf_char(&work->texts, 0);
}

static void cells_keep(struct work *work)
{
    const struct table *table = work->table;
    size_t              count = table->column_count, at = 0;
    work->cells = calloc(cell_count(table), sizeof *work->cells);
    if (work->cells == NULL) abort();
    for (size_t i = 0; i < count; i++) cell_keep(work, at++, table->columns[i].heading, true);
    for (size_t i = 0; i < count * table->row_count; i++) cell_keep(work, at++, table->cells[i], false);
    for (size_t i = 0; i < count; i++) cell_keep(work, at++, table->sums == NULL ? "" : table->sums[i], true);
}

/* ---- Widths */

static bool is_whole(const struct work *work, size_t column)
{
    return work->table->columns[column].is_whole;
}

/* The longest word of a text, which no line ends within. */
static float word_wide(const struct work *work, const char *text)
{
    char  word[64];
    float most = 0;
    while (*text != 0) {
        size_t len = 0;
        while ((unsigned char)text[len] > ' ' && (unsigned char)text[len] < 0x80 && len < sizeof word - 1) len++;
        memcpy(word, text, len);
        word[len] = 0;
        float wide = paper_width(work->paper, EM, true, word);
        if (wide > most) most = wide;
        text += len > 0 ? len : 1;
    }
    return most;
}

/* Of letters of EM; a heading alone makes no column wide: it takes two lines, but breaks no word. */
static float natural_wide(const struct work *work, size_t column)
{
    float most = 0;
    for (size_t row = 0; row < work->table->row_count + 2; row++) {
        float wide = paper_width(work->paper, EM, is_bold_row(work, row), cell_text(work, row, column));
        if (row == 0 && wide > 14) wide = wide / 2 + 4;
        if (row == 0 && wide < work->least[column] - 2 * PAD) wide = work->least[column] - 2 * PAD;
        if (wide > most) most = wide;
    }
    most += 2 * PAD + 0.2f;
    if (most < 8) most = 8;
    return most > WIDE_MOST && !is_whole(work, column) ? WIDE_MOST : most;
}

static float wide_sum(const struct work *work)
{
    float sum = 0;
    for (size_t i = 0; i < work->table->column_count; i++) sum += work->wide[i];
    return sum;
}

/* Takes `over` from the columns of words, each down to its least, in the measure of what it has above that. */
static void words_narrow(struct work *work, float over)
{
    float room = 0;
    for (size_t i = 0; i < work->table->column_count; i++)
        if (!is_whole(work, i) && work->wide[i] > work->least[i]) room += work->wide[i] - work->least[i];
    if (room <= 0) return;
    float part = over < room ? over / room : 1;
    for (size_t i = 0; i < work->table->column_count; i++)
        if (!is_whole(work, i) && work->wide[i] > work->least[i])
            work->wide[i] -= part * (work->wide[i] - work->least[i]);
}

/* Smaller letters, down to EM_SMALL, where the columns have more than room. */
static void letters_smaller(struct work *work, float room)
{
    float pads = 2 * PAD * (float)work->table->column_count, part = (room - pads) / (wide_sum(work) - pads);
    work->em = EM;
    if (part >= 1) return;
    if (part < EM_SMALL / EM) part = EM_SMALL / EM;
    work->em = EM * part;
    for (size_t i = 0; i < work->table->column_count; i++) {
        work->wide[i] = (work->wide[i] - 2 * PAD) * part + 2 * PAD;
        work->least[i] = (work->least[i] - 2 * PAD) * part + 2 * PAD;
    }
}

static void page_choose(struct work *work)
{
    static const float SIZES[][2] = {
        {210, 297},
        {297, 210},
        {420, 297}
    };
    float sum = wide_sum(work);
    int   size = sum <= (SIZES[0][0] - 2 * EDGE) * 1.1f ? 0 : sum <= SIZES[1][0] - 2 * EDGE + 60 ? 1 : 2;
    work->width = SIZES[size][0];
    work->height = SIZES[size][1];
    float room = work->width - 2 * EDGE;
    letters_smaller(work, room);
    sum = wide_sum(work);
    if (sum > room) words_narrow(work, sum - room);
    sum = wide_sum(work);
    if (sum > room) work->em *= room / sum;
    if (work->em < EM_LEAST) work->em = EM_LEAST;
    /* A narrow table stays narrow: figures far apart are read in the wrong row. */
    float most = sum > room || sum > room * 0.6f ? room : sum * 1.15f;
    for (size_t i = 0; i < work->table->column_count; i++) work->wide[i] *= most / sum;
}

static void widths_find(struct work *work)
{
    for (size_t i = 0; i < work->table->column_count; i++) {
        float word = word_wide(work, cell_text(work, 0, i)) + 2 * PAD + 0.1f;
        work->least[i] = word > WORDS_LEAST ? word : WORDS_LEAST;
        if (is_whole(work, i)) work->least[i] = word;
        work->wide[i] = natural_wide(work, i);
    }
    page_choose(work);
}

/* ---- Rows */

static struct style cell_style(const struct work *work, size_t row, size_t column, int lines)
{
    bool is_figure = is_whole(work, column) && row > 0;
    return (struct style){.em = work->em,
                          .em_least = is_figure ? 0.5f : work->em,
                          .lines = lines,
                          .is_bold = is_bold_row(work, row),
                          .side = work->table->columns[column].side,
                          .level = row == 0 ? LEVEL_BOTTOM : LEVEL_TOP};
}

static float lines_high(const struct work *work, int lines)
{
    return work->em * FIT_LEADING * (float)lines + work->em * 0.2f;
}

/* Lines that a cell takes; a text too long for them is cut, and ends in "…". */
static int cell_lines(struct work *work, size_t row, size_t column)
{
    char *text = work->texts.bytes + work->cells[row * work->table->column_count + column];
    float wide = work->wide[column] - 2 * PAD;
    if (is_whole(work, column) && row > 0) return 1;
    if (paper_width(work->paper, work->em, is_bold_row(work, row), text) <= wide) return 1;
    for (int lines = 2; lines <= LINES_MOST; lines++) {
        struct style style = cell_style(work, row, column, lines);
        size_t       fits = paper_fits(work->paper, area_of(0, 0, wide, lines_high(work, lines)), &style, text);
        if (text[fits] == 0) return lines;
        if (lines < LINES_MOST) continue;
        /* The sign takes three bytes of those that go. */
        size_t at = fits > 6 ? fits - 6 : 0;
        while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80) at--;
        memcpy(text + at, "…", sizeof "…");
    }
    return LINES_MOST;
}

static float row_high(struct work *work, size_t row)
{
    int most = 1;
    for (size_t i = 0; i < work->table->column_count; i++) {
        int lines = cell_lines(work, row, i);
        if (lines > most) most = lines;
    }
    return lines_high(work, most) + 2 * PAD * 0.7f;
}

static void row_put(struct work *work, size_t row, float y, float high)
{
    float x = EDGE;
    for (size_t i = 0; i < work->table->column_count; i++) {
        struct style style = cell_style(work, row, i, LINES_MOST);
        paper_text(work->paper, area_of(x + PAD, y + PAD * 0.9f, work->wide[i] - 2 * PAD, high - PAD * 1.4f), &style,
                   cell_text(work, row, i));
        x += work->wide[i];
    }
}

/* ---- Pages */

static void head_put(struct work *work, int page, int pages)
{
    struct paper       *paper = work->paper;
    const struct table *table = work->table;
    float               room = work->width - 2 * EDGE, right = work->width * 0.42f;
    char                of[64];
    paper_page(paper, work->width, work->height);
    paper_text(paper, area_of(EDGE, 8, room - right, 8), &(struct style){.em = 6, .em_least = 3, .is_bold = true},
               table->title);
    paper_text(paper, area_of(work->width - EDGE - right, 9, right, 6),
               &(struct style){.em = 4, .em_least = 2.4f, .side = SIDE_RIGHT}, table->factory);
    paper_text(paper, area_of(EDGE, 16.5f, room - right, 5.5f),
               &(struct style){.em = 3.4f, .em_least = 1.6f, .lines = 2}, table->about);
    words_fill(paper, say_int(say_int(SAY("labels.page"), page), pages), of, sizeof of);
    paper_text(paper, area_of(work->width - EDGE - right, 16.5f, right - 22, 5),
               &(struct style){.em = 3, .em_least = 1.6f, .side = SIDE_RIGHT}, table->made);
    paper_text(paper, area_of(work->width - EDGE - 21, 16.5f, 21, 5),
               &(struct style){.em = 3, .em_least = 2, .side = SIDE_RIGHT}, of);
    row_put(work, 0, HEAD, work->heading_high);
    paper_line(paper, EDGE, HEAD + work->heading_high, wide_sum(work), 0, 0.35f);
}

static void signs_put(struct work *work, float y)
{
    static const char *const WORDS[] = {"labels.table.made", "labels.table.checked", "labels.table.approved",
                                        "labels.table.date"};
    float                    step = (work->width - 2 * EDGE) / 4;
    for (int i = 0; i < 4; i++) {
        float x = EDGE + step * (float)i;
        paper_text(work->paper, area_of(x, y, step * 0.35f, 6), &(struct style){.em = 3.6f, .em_least = 2},
                   paper_words(work->paper, WORDS[i]));
        paper_line(work->paper, x + step * 0.36f, y + 5, step * 0.55f, 0, 0.2f);
    }
}

static void note_put(struct work *work, float y, const char *text)
{
    paper_text(work->paper, area_of(EDGE, y, work->width - 2 * EDGE, 5), &(struct style){.em = 3.2f, .em_least = 1.6f},
               text);
}

/* What stands below the last row. */
static void end_put(struct work *work, float y)
{
    if (work->table->row_count == 0) note_put(work, y += 1.5f, paper_words(work->paper, "labels.table.none")), y += 5;
    if (work->table->note != NULL) note_put(work, y += 1.5f, work->table->note), y += 5;
    if (work->missing > 0) {
        char words[200];
        words_fill(work->paper, say_int(SAY("labels.table.missing"), work->missing), words, sizeof words);
        note_put(work, y += 1.5f, words);
        y += 5;
    }
    if (work->table->has_signs) signs_put(work, y + 6);
}

/* Which page each row begins; the sums and what stands below them stay with the last row. */
static int pages_lay(struct work *work, const float *high, int *page_of)
{
    size_t rows = work->table->row_count, last = work->table->sums != NULL ? rows + 1 : rows;
    float  end = 0, bottom = work->height - FOOT, y = HEAD + work->heading_high;
    int    page = 1;
    if (work->table->note != NULL) end += 6.5f;
    if (work->missing > 0) end += 6.5f;
    if (work->table->has_signs) end += 14;
    for (size_t row = 1; row <= last; row++) {
        float need = high[row] + (row == last ? end : row + 1 == last && last == rows + 1 ? high[last] + end : 0);
        if (y + need > bottom && y > HEAD + work->heading_high) {
            page++;
            y = HEAD + work->heading_high;
        }
        page_of[row] = page;
        y += high[row];
    }
    return page;
}

static void rows_put(struct work *work, const float *high, const int *page_of, int pages)
{
    size_t rows = work->table->row_count, last = work->table->sums != NULL ? rows + 1 : rows;
    float  y = HEAD + work->heading_high, sum = wide_sum(work);
    int    page = 1;
    head_put(work, page, pages);
    for (size_t row = 1; row <= last; row++) {
        if (page_of[row] != page) {
            head_put(work, ++page, pages);
            y = HEAD + work->heading_high;
        }
        bool is_sums = row == rows + 1;
        if (is_sums) paper_line(work->paper, EDGE, y, sum, 0, 0.35f);
        row_put(work, row, y, high[row]);
        y += high[row];
        paper_line(work->paper, EDGE, y, sum, 0, is_sums ? 0.35f : LINE_THIN);
    }
    end_put(work, y);
}

void table_put(struct paper *paper, const struct table *table)
{
    struct work work = {.paper = paper, .table = table};
    size_t      count = table->row_count + 2;
    float      *high = calloc(count, sizeof *high);
    int        *page_of = calloc(count, sizeof *page_of);
    if (high == NULL || page_of == NULL) abort();
    assert(table->column_count > 0 && table->column_count <= TABLE_COLUMNS_MAX);
    cells_keep(&work);
    widths_find(&work);
    for (size_t row = 0; row < count; row++) high[row] = row_high(&work, row);
    work.heading_high = high[0];
    rows_put(&work, high, page_of, pages_lay(&work, high, page_of));
    free(high);
    free(page_of);
    free(work.cells);
    buf_free(&work.texts);
}
