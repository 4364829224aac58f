/* box.h - a paper as data: pages of boxes in millimetres from the top left corner.
 *
 * A paper (sheet.h, card.h, piece.h, note.h) is pure code that puts boxes from a plain struct; a format (pdf.h,
 * raster.h, zpl.h, tspl.h) walks the boxes and lays nothing out. To add a paper: a file that puts boxes, a row in
 * main.c. To add a format: a file that walks them.
 *
 * Whatever can't be printed as it is written (a character that no font has, a text for which there is no place) is
 * refused: the first reason stays in the paper, putting goes on, and paper_end() tells. Nothing is cut in silence. */
#ifndef LABELS_BOX_H
#define LABELS_BOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/outline.h"
#include "core/shape.h"
#include "core/text.h"
#include "labels/symbol.h"
#include "labels/type.h"

struct area {
    float x, y, w, h;
};

enum { INK_BLACK = 0x000000, INK_WHITE = 0xFFFFFF };

enum box_kind {
    BOX_TEXT,    /* one line: area.x, area.y begin its baseline, area.w is its width, area.h its em */
    BOX_LINE,    /* from area.x, area.y by area.w, area.h */
    BOX_RECT,    /* line 0: filled; else its outline, in the middle of which area lies */
    BOX_SYMBOL,  /* area holds the quiet zone too */
    BOX_PICTURE, /* as large as fits in the middle of area */
    BOX_DRAWING  /* words of core/outline.h */
};

struct box {
    enum box_kind     kind;
    struct area       area;
    uint32_t          ink;       /* red, green, blue */
    float             line;      /* width of a line; module of a symbol */
    float             dash;      /* of a LINE: 0, or the length of strokes and gaps */
    bool              is_bold;   /* TEXT */
    enum symbol_kind  symbol;    /* SYMBOL */
    struct path_place place;     /* DRAWING: units to millimetres from area.x, area.y */
    size_t            text, len; /* TEXT, SYMBOL, DRAWING: where in the paper's texts; paper_box_text() */
    const void       *bytes;     /* PICTURE: a PNG of size bytes, the caller's, which outlives the paper */
    size_t            size;
};

struct page {
    float  width, height;
    size_t first; /* of its boxes; they end where the next page's begin */
};

struct paper {
    struct type *type; /* the caller's */
    enum lang    lang;
    struct box  *boxes;
    size_t       count, room;
    struct page *pages;
    size_t       page_count, page_room;
    struct buf   texts;
    bool         is_refused;
    struct err   err; /* why, where it is */
};

enum side { SIDE_LEFT, SIDE_MIDDLE, SIDE_RIGHT };
enum level { LEVEL_MIDDLE, LEVEL_TOP, LEVEL_BOTTOM };

/* How a text stands in its area. Too wide, it gets smaller down to em_least (0: 85 % of em), then takes up to lines
 * lines (0: one) at that size, as far as the area is high enough. */
struct style {
    float      em, em_least;
    int        lines;
    bool       is_bold;
    enum side  side;
    enum level level;
    uint32_t   ink;
};

void paper_begin(struct paper *paper, struct type *type, enum lang lang);
void paper_free(struct paper *paper);

/* False and *err where something was refused. */
bool paper_end(const struct paper *paper, struct err *err) MUST_CHECK;

/* Keeps the first reason. */
void paper_refuse(struct paper *paper, struct say say);

/* Puts a paper twice, on trial first, to know how many pages it has: each page says that. */
void paper_counted(struct paper *paper, void (*put)(struct paper *paper, int pages, const void *what),
                   const void   *what);

/* Boxes go onto the newest page. */
void paper_page(struct paper *paper, float width_mm, float height_mm);

/* The boxes of a page, and the text of one. */
const struct box *paper_boxes(const struct paper *paper, size_t page, size_t *count);
const char       *paper_box_text(const struct paper *paper, const struct box *box);

void paper_line(struct paper *paper, float x, float y, float w, float h, float line);
void paper_dashed(struct paper *paper, float x, float y, float w, float h, float line, float dash);
void paper_rect(struct paper *paper, struct area area, float line);
void paper_fill(struct paper *paper, struct area area, uint32_t ink);

/* Any text into its area; returns the bottom of its last line, the area's top where it is empty. */
float paper_text(struct paper *paper, struct area area, const struct style *style, const char *text);

/* How many bytes of text would fit, all or up to a place where a line may end. */
size_t paper_fits(struct paper *paper, struct area area, const struct style *style, const char *text);

/* One line that begins at x on a baseline, whatever its width, which is returned. */
float paper_run(struct paper *paper, float x, float baseline, float em, bool is_bold, uint32_t ink, const char *text);
float paper_width(const struct paper *paper, float em, bool is_bold, const char *text);

/* A symbol with its quiet zone in the middle of area; one that is wider than the area, or finer than a scanner reads, is
 * a mistake of ours and ends the program. */
void paper_symbol(struct paper *paper, struct area area, enum symbol_kind kind, float module_mm, const char *digits);

/* Words of core/outline.h, of which a unit is unit_mm, from x, y on. */
void paper_drawing(struct paper *paper, float x, float y, float unit_mm, uint32_t ink, const char *words);

/* A shared drawing, as large as fits in the middle of area; a personal sign with its character. */
void paper_shape(struct paper *paper, struct area area, enum shape shape, uint32_t ink);
void paper_sign(struct paper *paper, struct area area, int animal, int colour);

void paper_picture(struct paper *paper, struct area area, const void *bytes, size_t size);

/* Words of the paper's language. */
const char *paper_words(const struct paper *paper, const char *id);

/* An area cut at the left or right, top or bottom, of its edges. */
struct area area_of(float x, float y, float w, float h);
struct area area_inset(struct area area, float x, float y);

#endif
