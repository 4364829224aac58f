/* box.c - a paper as data: box.h. How text is set stands in fit.c. */
#include "labels/box.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "labels/fit.h"

void paper_begin(struct paper *paper, struct type *type, enum lang lang)
{
    memset(paper, 0, sizeof *paper);
    paper->type = type;
    paper->lang = lang;
}

void paper_free(struct paper *paper)
{
    free(paper->boxes);
    free(paper->pages);
    buf_free(&paper->texts);
    memset(paper, 0, sizeof *paper);
}

bool paper_end(const struct paper *paper, struct err *err)
{
    if (paper->is_refused) *err = paper->err;
    return !paper->is_refused;
}

void paper_refuse(struct paper *paper, struct say say)
{
    if (!paper->is_refused) err_set(&paper->err, ERR_INPUT, say);
    paper->is_refused = true;
}

void paper_counted(struct paper *paper, void (*put)(struct paper *paper, int pages, const void *what), const void *what)
{
    struct paper trial;
    paper_begin(&trial, paper->type, paper->lang);
    put(&trial, 1, what);
    int pages = (int)trial.page_count;
    paper_free(&trial);
    put(paper, pages, what);
}

void paper_page(struct paper *paper, float width_mm, float height_mm)
{
    paper->pages = array_more(paper->pages, paper->page_count, &paper->page_room, sizeof *paper->pages);
    paper->pages[paper->page_count++] = (struct page){.width = width_mm, .height = height_mm, .first = paper->count};
}

const struct box *paper_boxes(const struct paper *paper, size_t page, size_t *count)
{
    assert(page < paper->page_count);
    size_t end = page + 1 < paper->page_count ? paper->pages[page + 1].first : paper->count;
    *count = end - paper->pages[page].first;
    return paper->boxes == NULL ? NULL : paper->boxes + paper->pages[page].first;
}

const char *paper_box_text(const struct paper *paper, const struct box *box)
{
    return buf_text(&paper->texts) + box->text;
}

static struct box *box_add(struct paper *paper, enum box_kind kind, struct area area, uint32_t ink)
{
    assert(paper->page_count > 0);
    paper->boxes = array_more(paper->boxes, paper->count, &paper->room, sizeof *paper->boxes);
    struct box *box = &paper->boxes[paper->count++];
    memset(box, 0, sizeof *box);
    box->kind = kind;
    box->area = area;
    box->ink = ink;
    return box;
}

/* The text and its NUL behind those of the boxes before. */
static void box_words(struct paper *paper, struct box *box, const char *text, size_t len)
{
    box->text = paper->texts.len;
    box->len = len;
    buf_add(&paper->texts, text, len);
    buf_char(&paper->texts, '\0');
}

/* ---- Lines and areas */

struct area area_of(float x, float y, float w, float h)
{
    return (struct area){x, y, w, h};
}

struct area area_inset(struct area area, float x, float y)
{
    return (struct area){area.x + x, area.y + y, area.w - 2 * x, area.h - 2 * y};
}

void paper_line(struct paper *paper, float x, float y, float w, float h, float line)
{
    box_add(paper, BOX_LINE, area_of(x, y, w, h), INK_BLACK)->line = line;
}

void paper_dashed(struct paper *paper, float x, float y, float w, float h, float line, float dash)
{
    struct box *box = box_add(paper, BOX_LINE, area_of(x, y, w, h), INK_BLACK);
    box->line = line;
    box->dash = dash;
}

void paper_rect(struct paper *paper, struct area area, float line)
{
    box_add(paper, BOX_RECT, area, INK_BLACK)->line = line;
}

void paper_fill(struct paper *paper, struct area area, uint32_t ink)
{
    box_add(paper, BOX_RECT, area, ink);
}

/* ---- Text */

/* One line at area's place with its width and em; how it looks is style's. */
static void line_add(struct paper *paper, struct area area, const struct style *style, const char *text, size_t len)
{
    if (len == 0) return;
    struct box *box = box_add(paper, BOX_TEXT, area, style->ink);
    box->is_bold = style->is_bold;
    box_words(paper, box, text, len);
}

/* A character that no font has is named with its number. */
static bool text_is_known(struct paper *paper, const char *text, bool is_bold)
{
    size_t left = strlen(text);
    for (size_t step; left > 0; text += step, left -= step) {
        uint32_t character = type_character(text, left, &step);
        if (character == '\n' || type_glyph(paper->type, character, is_bold).index != 0) continue;
        struct buf name = {0}, code = {0};
        buf_add(&name, text, step);
        buf_fmt(&code, "U+%04X", character);
        paper_refuse(
            paper, say_text(say_text(SAY("labels.no_glyph"), character < ' ' ? "" : buf_text(&name)), buf_text(&code)));
        buf_free(&name);
        buf_free(&code);
        return false;
    }
    return true;
}

float paper_text(struct paper *paper, struct area area, const struct style *style, const char *text)
{
    struct fit fit;
    if (text == NULL || text[0] == '\0' || !text_is_known(paper, text, style->is_bold)) return area.y;
    if (!fit_text(paper->type, area, style, text, &fit)) {
        paper_refuse(paper, say_text(SAY("labels.too_long"), text));
        return area.y;
    }
    float high = fit.em + FIT_LEADING * fit.em * (float)(fit.count - 1), top = area.y;
    if (style->level == LEVEL_MIDDLE) top += (area.h - high) / 2;
    if (style->level == LEVEL_BOTTOM) top += area.h - high;
    for (int i = 0; i < fit.count; i++) {
        const struct fit_line *line = &fit.lines[i];
        float                  x = area.x;
        if (style->side == SIDE_MIDDLE) x += (area.w - line->width) / 2;
        if (style->side == SIDE_RIGHT) x += area.w - line->width;
        float baseline = top + FIT_ASCENT * fit.em + FIT_LEADING * fit.em * (float)i;
        line_add(paper, area_of(x, baseline, line->width, fit.em), style, text + line->from, line->len);
    }
    return top + high;
}

size_t paper_fits(struct paper *paper, struct area area, const struct style *style, const char *text)
{
    struct fit fit;
    if (text == NULL || text[0] == '\0' || fit_text(paper->type, area, style, text, &fit))
        return strlen(text ? text : "");
    return fit.used;
}

float paper_run(struct paper *paper, float x, float baseline, float em, bool is_bold, uint32_t ink, const char *text)
{
    float width = paper_width(paper, em, is_bold, text);
    if (text_is_known(paper, text, is_bold))
        line_add(paper, area_of(x, baseline, width, em), &(struct style){.is_bold = is_bold, .ink = ink}, text,
                 strlen(text));
    return width;
}

float paper_width(const struct paper *paper, float em, bool is_bold, const char *text)
{
    return em * type_width(paper->type, text, strlen(text), is_bold);
}

const char *paper_words(const struct paper *paper, const char *id)
{
    return text_of(paper->lang, id);
}

/* ---- Symbols, drawings, pictures */

void paper_symbol(struct paper *paper, struct area area, enum symbol_kind kind, float module_mm, const char *digits)
{
    int columns = kind == SYMBOL_QR ? SYMBOL_QR_COLUMNS : SYMBOL_CODE128_COLUMNS;
    assert(module_mm >= SYMBOL_MODULE_LEAST_MM - 1e-4f);
    assert(strlen(digits) != 18 || module_mm * (float)(columns + 2 * symbol_quiet(kind)) <= area.w + 0.02f);
    struct box *box = box_add(paper, BOX_SYMBOL, area, INK_BLACK);
    box->line = module_mm;
    box->symbol = kind;
    box_words(paper, box, digits, strlen(digits));
}

void paper_drawing(struct paper *paper, float x, float y, float unit_mm, uint32_t ink, const char *words)
{
    struct box *box = box_add(paper, BOX_DRAWING, area_of(x, y, 0, 0), ink);
    box->place = (struct path_place){.scale_x = unit_mm, .scale_y = unit_mm};
    box_words(paper, box, words, strlen(words));
}

/* A shape in the largest area of its form. */
static void shape_put(struct paper *paper, struct area area, const struct shape_words *words, uint32_t ink)
{
    float wide = words->width + 2 * words->margin, high = words->height + 2 * words->margin;
    float unit = area.w / wide < area.h / high ? area.w / wide : area.h / high;
    area = area_inset(area, (area.w - wide * unit) / 2, (area.h - high * unit) / 2);
    for (int i = 0; i < SHAPE_WORDS_MAX && words->drawings[i] != NULL; i++) {
        if (words->drawings[i][0] == '\0') continue;
        struct box *box = box_add(paper, BOX_DRAWING, area, ink);
        box->place = (struct path_place){.grid = words->width,
                                         .left = -words->margin,
                                         .top = -words->margin,
                                         .scale_x = unit,
                                         .scale_y = unit,
                                         .grow = words->grow};
        box_words(paper, box, words->drawings[i], strlen(words->drawings[i]));
    }
}

void paper_shape(struct paper *paper, struct area area, enum shape shape, uint32_t ink)
{
    struct shape_words words = shape_words(shape);
    shape_put(paper, area, &words, ink);
}

static uint32_t sign_ink(int colour)
{
    static const uint32_t INKS[SIGN_COLOURS] = {SIGN_RGB_BLACK, SIGN_RGB_WHITE,  SIGN_RGB_PURPLE, SIGN_RGB_PINK,
                                                SIGN_RGB_BROWN, SIGN_RGB_YELLOW, SIGN_RGB_OLIVE,  SIGN_RGB_CYAN};
    return INKS[colour >= 0 && colour < SIGN_COLOURS ? colour : 0];
}

void paper_sign(struct paper *paper, struct area area, int animal, int colour)
{
    uint32_t    body = sign_ink(colour), contour = colour % 2 == 0 ? INK_WHITE : INK_BLACK;
    float       unit = area.w / 112, em = 44 * unit; /* a sign has a box of 100 and a margin of 6 */
    const char *word = sign_word(animal);
    paper_shape(paper, area, sign_layer(animal, colour, 0), contour);
    paper_shape(paper, area, sign_layer(animal, colour, 1), body);
    paper_shape(paper, area, sign_layer(animal, colour, 2), contour);
    float y = area.y + (6 + sign_word_y(animal)) * unit + (FIT_ASCENT - 0.5f) * em;
    paper_run(paper, area.x + (area.w - em) / 2, y, em, true, contour, word);
}

void paper_picture(struct paper *paper, struct area area, const void *bytes, size_t size)
{
    struct box *box = box_add(paper, BOX_PICTURE, area, INK_BLACK);
    box->bytes = bytes;
    box->size = size;
}
