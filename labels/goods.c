/* goods.c - papers that go with goods: goods.h. */
#include "labels/goods.h"

#include <inttypes.h>
#include <stdio.h>

#include "labels/words.h"

#define WIDE 210.0f
#define HIGH 297.0f
#define LEFT 12.0f
#define RIGHT 198.0f
#define FOOT 250.0f
#define ROW 9.0f

enum { COLUMNS = 7 };
static const struct {
    float       wide;
    const char *heading;
    enum side   side;
} COLUMN[COLUMNS] = {
    {22, "labels.goods.line",    SIDE_LEFT },
    {46, "labels.goods.product", SIDE_LEFT },
    {34, "labels.goods.size",    SIDE_LEFT },
    {26, "labels.goods.colour",  SIDE_LEFT },
    {24, "labels.goods.opening", SIDE_LEFT },
    {16, "labels.goods.doors",   SIDE_RIGHT},
    {18, "labels.goods.ticked",  SIDE_LEFT },
};

struct work {
    struct paper       *paper;
    const struct goods *goods;
    float               y;
    int                 page, pages;
};

static const char *title_id(enum goods_kind kind)
{
    switch (kind) {
    case GOODS_PICKUP: return "labels.goods.pickup";
    case GOODS_DELIVERY: return "labels.goods.delivery";
    case GOODS_LIST: break;
    }
    return "labels.goods.list";
}

static void cell_put(struct work *work, int column, float high, bool is_bold, const char *text)
{
    float x = LEFT;
    for (int i = 0; i < column; i++) x += COLUMN[i].wide;
    paper_text(work->paper, area_of(x + 0.8f, work->y, COLUMN[column].wide - 2.4f, high),
               &(struct style){.em = 4, .em_least = 2.4f, .lines = 2, .is_bold = is_bold, .side = COLUMN[column].side},
               text);
}

static void label_put(struct work *work, float x, const char *id)
{
    paper_text(work->paper, area_of(x, work->y, 22, 6), &(struct style){.em = 3.2f, .em_least = 2.2f},
               paper_words(work->paper, id));
}

/* A label and what stands behind it; nothing where nothing is said. */
static void pair_put(struct work *work, float x, float wide, const char *id, const char *text)
{
    if (text == NULL || text[0] == 0) return;
    label_put(work, x, id);
    paper_text(work->paper, area_of(x + 23, work->y, wide - 23, 6),
               &(struct style){.em = 4.2f, .em_least = 2.6f, .is_bold = true, .lines = 2}, text);
}

/* The same, with a line to write on where nothing is said yet. */
static void blank_put(struct work *work, float x, float wide, const char *id, const char *text)
{
    pair_put(work, x, wide, id, text);
    if (text[0] != 0) return;
    label_put(work, x, id);
    paper_line(work->paper, x + 23, work->y + 5.6f, wide - 30, 0, 0.15f);
}

/* The code that docks scan, as bars and as a square; the number between them. */
static void code_put(struct work *work)
{
    struct code code = {.kind = CODE_NOTE, .note = work->goods->code};
    char        digits[CODE_TEXT_MAX], groups[WORDS_DIGITS];
    code_write(&code, digits);
    words_digits(digits, groups);
    paper_symbol(work->paper, area_of(RIGHT - 84, 8, 61.6f, 15), SYMBOL_CODE128, 0.40f, digits);
    paper_text(work->paper, area_of(RIGHT - 84, 23.4f, 61.6f, 4),
               &(struct style){.em = 3.2f, .em_least = 2.4f, .side = SIDE_MIDDLE}, groups);
    paper_symbol(work->paper, area_of(RIGHT - 21, 7, 20.4f, 20.4f), SYMBOL_QR, 0.70f, digits);
}

static void head_put(struct work *work)
{
    const struct goods *goods = work->goods;
    const char         *title = paper_words(work->paper, title_id(goods->kind));
    float               behind = paper_width(work->paper, 9.4f, true, title);
    char                page[64];
    paper_page(work->paper, WIDE, HIGH);
    work->page++;
    code_put(work);
    if (behind > 60) behind = 60;
    paper_text(work->paper, area_of(LEFT, 7, 59, 6), &(struct style){.em = 4.2f, .em_least = 2.6f}, goods->factory);
    paper_text(work->paper, area_of(LEFT, 13, behind + 0.1f, 12),
               &(struct style){.em = 9.4f, .em_least = 5, .is_bold = true}, title);
    paper_text(work->paper, area_of(LEFT + behind + 5, 15.4f, 92 - behind, 9),
               &(struct style){.em = 6, .em_least = 4, .is_bold = true}, goods->number);
    words_fill(work->paper, say_int(SAY("labels.goods.copy"), goods->code.copy), page, sizeof page);
    paper_text(work->paper, area_of(LEFT + 60, 7, 36, 6),
               &(struct style){.em = 3.6f, .em_least = 2.6f, .side = SIDE_RIGHT}, page);
    words_fill(work->paper, say_int(say_int(SAY("labels.page"), work->page), work->pages), page, sizeof page);
    paper_text(work->paper, area_of(RIGHT - 60, HIGH - 11, 60, 4.4f),
               &(struct style){.em = 3.2f, .em_least = 2.2f, .side = SIDE_RIGHT}, page);
    paper_text(work->paper, area_of(LEFT, HIGH - 11, 120, 4.4f), &(struct style){.em = 3.2f, .em_least = 2.2f},
               paper_words(work->paper, "labels.goods.foot"));
    paper_line(work->paper, LEFT, 29, RIGHT - LEFT, 0, 0.4f);
    work->y = 31;
}

/* A row of its own, where something is said. */
static void row_of_pair(struct work *work, const char *id, const char *text)
{
    pair_put(work, LEFT, RIGHT - LEFT, id, text);
    work->y += text == NULL || text[0] == 0 ? 0 : 7;
}

/* Who drives it away, and how much of it there is: what the office doesn't know is written by hand. */
static void carriage_put(struct work *work)
{
    const struct goods *goods = work->goods;
    char                number[32] = "", volume[48] = "";
    float               half = (RIGHT - LEFT) / 2;
    if (goods->packages > 0) snprintf(number, sizeof number, "%" PRId64, goods->packages);
    if (goods->volume_l > 0)
        snprintf(volume, sizeof volume, "%" PRId64 ".%02" PRId64 " m³", goods->volume_l / 1000,
                 goods->volume_l % 1000 / 10);
    blank_put(work, LEFT, half, "labels.goods.carrier", goods->carrier);
    blank_put(work, LEFT + half, half, "labels.goods.waybill", goods->waybill);
    work->y += 7;
    blank_put(work, LEFT, half, "labels.goods.driver", goods->driver);
    blank_put(work, LEFT + half, half, "labels.goods.driver_phone", goods->driver_phone);
    work->y += 7;
    blank_put(work, LEFT, half, "labels.goods.packages", number);
    blank_put(work, LEFT + half, half, "labels.goods.volume", volume);
    work->y += 7;
    row_of_pair(work, "labels.goods.sizes", goods->sizes);
    row_of_pair(work, "labels.goods.unloading", goods->unloading);
}

static void pairs_put(struct work *work)
{
    const struct goods *goods = work->goods;
    char                order[LINE_REF_TEXT], whole[LINE_REF_TEXT], number[2 * LINE_REF_TEXT + 8];
    float               half = (RIGHT - LEFT) / 2;
    line_ref_short(goods->order, order);
    line_ref_write(goods->order, whole);
    snprintf(number, sizeof number, "%s · %s", order, whole);
    pair_put(work, LEFT, half, "labels.goods.customer", goods->customer);
    pair_put(work, LEFT + half, half, "labels.goods.order", number);
    work->y += 7;
    pair_put(work, LEFT, half, "labels.goods.phone", goods->phone);
    pair_put(work, LEFT + half, half, "labels.goods.made", goods->made);
    work->y += 7;
    row_of_pair(work, "labels.goods.address", goods->address);
    if (goods->kind == GOODS_LIST) carriage_put(work);
    row_of_pair(work, "labels.goods.plate", goods->plate);
    row_of_pair(work, "labels.goods.remarks", goods->remarks);
    work->y += 2;
}

static void table_head(struct work *work)
{
    paper_line(work->paper, LEFT, work->y, RIGHT - LEFT, 0, 0.4f);
    for (int i = 0; i < COLUMNS; i++) cell_put(work, i, 6, false, paper_words(work->paper, COLUMN[i].heading));
    work->y += 6.4f;
    paper_line(work->paper, LEFT, work->y, RIGHT - LEFT, 0, 0.23f);
}

static void row_put(struct work *work, const struct goods_line *line)
{
    char       short_number[LINE_REF_TEXT], doors[24];
    struct buf product = {0};
    bool       is_named = line->pieces[0] != 0;
    if (work->y + ROW * 2 > FOOT) {
        head_put(work);
        table_head(work);
    }
    line_ref_short(line->ref, short_number);
    snprintf(doors, sizeof doors, "%" PRId64, line->doors);
    cell_put(work, 0, ROW, true, short_number);
    cell_put(work, 1, ROW, false, line->product);
    cell_put(work, 2, ROW, false, line->size);
    cell_put(work, 3, ROW, false, line->colour);
    cell_put(work, 4, ROW, false, line->opening);
    cell_put(work, 5, ROW, true, doors);
    paper_rect(work->paper, area_of(RIGHT - 15, work->y + 2, 5, 5), 0.3f);
    work->y += ROW;
    if (is_named) {
        buf_fmt(&product, "%s %s", paper_words(work->paper, "labels.goods.pieces"), line->pieces);
        paper_text(work->paper, area_of(LEFT + 22.8f, work->y - 1, RIGHT - LEFT - 24, 6),
                   &(struct style){.em = 3.4f, .em_least = 1.6f, .lines = 3}, buf_text(&product));
        work->y += 6;
    }
    buf_free(&product);
    paper_line(work->paper, LEFT, work->y, RIGHT - LEFT, 0, 0.15f);
}

static void sum_put(struct work *work)
{
    int64_t doors = 0;
    char    text[120];
    for (size_t i = 0; i < work->goods->count; i++) doors += work->goods->lines[i].doors;
    words_fill(work->paper, say_int(say_int(SAY("labels.goods.sum"), (int64_t)work->goods->count), doors), text,
               sizeof text);
    work->y += 1.6f;
    paper_text(work->paper, area_of(LEFT, work->y, RIGHT - LEFT - 18, 7),
               &(struct style){.em = 4.8f, .em_least = 3, .is_bold = true, .side = SIDE_RIGHT}, text);
}

static void signs_put(struct work *work)
{
    static const char *const SIGNS[3][3] = {
        {"labels.goods.sign_made",  "labels.goods.sign_finance", "labels.goods.sign_fetches" },
        {"labels.goods.sign_made",  "labels.goods.sign_loads",   "labels.goods.sign_receives"},
        {"labels.goods.sign_loads", "labels.goods.sign_driver",  "labels.goods.sign_receives"},
    };
    float gap = 8, wide = (RIGHT - LEFT - 2 * gap) / 3; /* the last one ends where the rules do */
    for (int i = 0; i < 3; i++) {
        float x = LEFT + (wide + gap) * (float)i;
        paper_text(work->paper, area_of(x, 268, wide, 5), &(struct style){.em = 3.4f, .em_least = 2.2f},
                   paper_words(work->paper, SIGNS[work->goods->kind][i]));
        paper_line(work->paper, x, 283, wide, 0, 0.23f);
    }
    if (work->goods->kind == GOODS_PICKUP) {
        paper_rect(work->paper, area_of(LEFT, 254, RIGHT - LEFT, 10), 0.6f);
        paper_text(work->paper, area_of(LEFT + 3, 255.6f, RIGHT - LEFT - 6, 7),
                   &(struct style){.em = 4.6f, .em_least = 3, .is_bold = true, .side = SIDE_MIDDLE},
                   paper_words(work->paper, "labels.goods.unpaid"));
    }
}

static void pages_put(struct work *work)
{
    work->page = 0;
    head_put(work);
    pairs_put(work);
    table_head(work);
    for (size_t i = 0; i < work->goods->count; i++) row_put(work, &work->goods->lines[i]);
    sum_put(work);
    signs_put(work);
}

static void whole_put(struct paper *paper, int pages, const void *goods)
{
    struct work work = {.paper = paper, .goods = goods, .pages = pages};
    pages_put(&work);
}

void goods_put(struct paper *paper, const struct goods *goods)
{
    paper_counted(paper, whole_put, goods);
}
