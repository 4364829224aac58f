/* widgets.c - keys, marks, signs, bars: view.h. */
#include <stdio.h>
#include <string.h>

#include "kiosk/screen/view.h"

/* ---- Keys */

/* The plate of a key, and the colour of what stands on it. */
static enum colour key_plate(struct view *view, struct rect rect, const struct key_words *words, enum colour *ground)
{
    enum colour fill = COLOUR_PLATE, ink = COLOUR_BLUE, border = COLOUR_BLUE;
    if (words->look == KEY_SIGNAL) {
        fill = border = COLOUR_WHITE;
        ink = COLOUR_KEY_BLUE;
    } else if (words->look == KEY_PRIMARY) {
        fill = border = COLOUR_BLUE;
        ink = COLOUR_ON_BLUE;
    }
    if (view_is_pressed(view, words->id)) {
        fill = border = words->look == KEY_SIGNAL ? COLOUR_BLACK : COLOUR_INK;
        ink = words->look == KEY_SIGNAL ? COLOUR_WHITE : COLOUR_GROUND;
    }
    view_plate(view, rect, fill, border, 0.4f);
    view_button(view, rect, words->id, words->action, words->argument);
    *ground = fill;
    return ink;
}

static void key_badge(struct view *view, struct rect rect, int number)
{
    char        text[16];
    struct rect disc = RECT(rect.x + rect.w - 4.8f, rect.y + 0.8f, 4, 4);
    if (number == 0) return;
    snprintf(text, sizeof text, "%d", number);
    view_shape(view, disc, SHAPE_MARK_QUESTION, COLOUR_INK);
    enum colour was = view->ground;
    view->ground = COLOUR_INK;
    view_line(view, disc, text, &(struct line){TYPE_S, TYPE_XS, true, ALIGN_CENTRE, COLOUR_GROUND});
    view->ground = was;
}

void widget_key(struct view *view, struct rect rect, const struct key_words *words)
{
    enum colour was = view->ground, ink = key_plate(view, rect, words, &view->ground);
    struct line line = {TYPE_S, TYPE_S_LEAST, true, ALIGN_CENTRE, ink};
    float       middle = rect.x + rect.w / 2, top = rect.y + (rect.h - 8.7f) / 2 + 0.2f, room = rect.w - 1.2f;
    bool        is_word =
        (unsigned char)words->label[0] < 0x80 && strpbrk(words->label, " -") == NULL; /* it can't be broken */
    if (is_word && view_width(view, words->label, TYPE_XS, true) <= room) line.least = TYPE_XS;
    if (view_width(view, words->label, line.least, true) > room) { /* two lines below a smaller icon */
        view_shape(view, RECT(middle - 1.4f, rect.y + 0.5f, 2.8f, 2.8f), words->shape, ink);
        view_wrap(view, RECT(rect.x + 0.6f, rect.y + 3.1f, room, 6.81f), words->label, &line);
    } else {
        view_shape(view, RECT(middle - 2.2f, top, 4.4f, 4.4f), words->shape, ink);
        view_line(view, RECT(rect.x + 0.6f, top + 4.9f, room, 3.6f), words->label, &line);
    }
    key_badge(view, rect, words->badge);
    view->ground = was;
}

void widget_digit(struct view *view, struct rect rect, const struct key_words *words)
{
    enum colour was = view->ground, ink = key_plate(view, rect, words, &view->ground);
    view_line(view, rect_inset(rect, 1, 1), words->label, &(struct line){TYPE_XL, TYPE_S, true, ALIGN_CENTRE, ink});
    view->ground = was;
}

void widget_wide(struct view *view, struct rect rect, const struct key_words *words)
{
    enum colour was = view->ground, ink = key_plate(view, rect, words, &view->ground);
    bool        has_line = words->line != NULL && words->line[0] != '\0', has_icon = words->shape != SHAPE_NONE;
    enum type   type = words->look == KEY_PRIMARY && rect.w > 30 ? TYPE_L : TYPE_M;
    float icon = has_icon ? (rect.h > 15 ? 9.0f : 4.4f) : 0, gap = has_icon ? 1.6f : 0, room = rect.w - 2 - icon - gap;
    float width = view_width(view, words->label, type, true);
    if (has_line && view_width(view, words->line, TYPE_S, false) > width)
        width = view_width(view, words->line, TYPE_S, false);
    if (width > room) width = room;
    float x = rect.x + (rect.w - icon - gap - width) / 2, middle = rect.y + rect.h / 2;
    view_shape(view, RECT(x, middle - icon / 2, icon, icon), words->shape, ink);
    x += icon + gap;
    struct line label = {type, TYPE_S_LEAST, true, has_icon ? ALIGN_LEFT : ALIGN_CENTRE, ink}, line = label;
    line.type = TYPE_S;
    line.is_bold = false;
    struct rect place = RECT(x, has_line ? middle - 4.1f : middle - 2.6f, width + 0.1f, has_line ? 4.4f : 5.2f);
    if (!has_line && view_width(view, words->label, TYPE_S_LEAST, true) > width)
        view_wrap(view, RECT(x, middle - 3.4f, width, 6.81f), words->label, &label);
    else
        view_line(view, place, words->label, &label);
    if (has_line) view_line(view, RECT(x, middle + 0.6f, width + 0.1f, 3.6f), words->line, &line);
    key_badge(view, rect, words->badge);
    view->ground = was;
}

void widget_below(struct view *view, int column, const char *id, enum action action, enum shape shape, const char *text)
{
    widget_key(view, layout_cell(&view->layout, column, 1, 2, 1),
               &(struct key_words){id, action, 0, KEY_PLAIN, shape, view_text(view, text), NULL, 0});
}

void widget_more(struct view *view, struct rect rect, int pages)
{
    char label[WORDS_MAX];
    if (pages < 2) return;
    snprintf(label, sizeof label, "%s %d/%d", view_text(view, "screen.more"), view->flow->page_no % pages + 1, pages);
    widget_key(view, rect, &(struct key_words){"more", ACTION_MORE, 0, KEY_PLAIN, SHAPE_DOWN, label, NULL, 0});
}

struct rect widget_pad_cell(const struct view *view, int row, int i)
{
    int columns = view->layout.columns;
    return layout_cell(&view->layout, i % columns, 1, row + i / columns, 1);
}

void widget_pad(struct view *view, int row)
{
    char id[BUTTON_ID_MAX], label[4];
    for (int i = 0; i < 10; i++) {
        int digit = (i + 1) % 10;
        KEY_ID(id, "digit", digit);
        snprintf(label, sizeof label, "%d", digit);
        widget_digit(view, widget_pad_cell(view, row, i),
                     &(struct key_words){id, ACTION_DIGIT, digit, KEY_PLAIN, SHAPE_NONE, label, NULL, 0});
    }
}

void widget_erase(struct view *view, struct rect rect)
{
    widget_key(view, rect,
               &(struct key_words){"erase", ACTION_ERASE, 0, KEY_PLAIN, SHAPE_ERASE, view_text(view, "screen.erase"),
                                   NULL, 0});
}

static enum shape row_mark(const struct found_row *row)
{
    if (row->is_stopped) return SHAPE_MARK_STOP;
    if (row->is_rush) return SHAPE_MARK_RUSH;
    return row->is_late ? SHAPE_MARK_LATE : SHAPE_NONE;
}

void widget_row(struct view *view, struct rect rect, const char *id, const struct found_row *row)
{
    const struct key_words key = {id, ACTION_OPEN, line_ref_key(row->line), KEY_PLAIN, SHAPE_NONE, NULL, NULL, 0};
    enum colour            was = view->ground, blue = key_plate(view, rect, &key, &view->ground);
    enum colour            ink = view->ground == COLOUR_PLATE ? COLOUR_INK : blue;
    char                   order[LINE_REF_TEXT], left[WORDS_MAX], due[WORDS_MAX];
    float                  x = rect.x + 1.2f, end = rect.x + rect.w - 1.2f;
    line_ref_short(row->line, order);
    words_pieces(view, row->left, left);
    if (rect.w < 30) snprintf(left, sizeof left, "%lld", (long long)row->left);
    words_due(view, row->due_day, due);
    if (row->is_stopped) snprintf(due, sizeof due, "%s", view_text(view, "screen.stopped"));
    if (row_mark(row) != SHAPE_NONE) {
        widget_mark(view, x, rect.y + 1, 4, row_mark(row));
        x += 5;
    }
    float width = view_width(view, left, TYPE_M, true);
    if (width > (end - x) * 0.45f) width = (end - x) * 0.45f;
    view_line(view, RECT(x, rect.y + 0.5f, end - x - width - 0.8f, 5), order,
              &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, blue});
    view_line(view, RECT(end - width - 0.1f, rect.y + 0.5f, width + 0.1f, 5), left,
              &(struct line){TYPE_M, TYPE_XS, true, ALIGN_RIGHT, blue});
    float due_width = view_width(view, due, TYPE_S, true);
    view_line(view, RECT(end - due_width - 0.1f, rect.y + 5.6f, due_width + 0.1f, 3.6f), due,
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_RIGHT, ink});
    view_line(view, RECT(rect.x + 1.2f, rect.y + 5.6f, end - due_width - rect.x - 2.4f, 3.6f), row->product,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, ink});
    view->ground = was;
}

void widget_badge_here(struct view *view, struct rect rect, const char *label, const char *line)
{
    view_plate(view, rect, COLOUR_PLATE, view->ink, 0.3f);
    enum colour was = view->ground;
    view->ground = COLOUR_PLATE;
    view_shape(view, RECT(rect.x + 1, rect.y + rect.h / 2 - 3, 6, 6), SHAPE_BADGE, COLOUR_INK);
    struct rect place = RECT(rect.x + 7.6f, rect.y + rect.h / 2 - 4.2f, rect.w - 8.4f, 4.2f);
    view_line(view, place, label, &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_INK});
    place.y += 4.2f;
    view_line(view, place, line, &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, COLOUR_INK});
    view->ground = was;
}

/* ---- Marks and signs */

/* One character in a shape; sizes of 100. */
static void shape_word(struct view *view, struct rect box, const char *word, float size, float middle_y,
                       const enum colour ink_ground[2])
{
    enum colour was = view->ground;
    float       u = box.h / 100, high = size * u;
    view->ground = ink_ground[1];
    view_line(view, RECT(box.x, box.y + middle_y * u - high / 2, box.w, high), word,
              &(struct line){TYPE_XS, TYPE_XS, true, ALIGN_CENTRE, ink_ground[0]});
    struct item *item = &view->scene->items[view->scene->item_count - 1];
    item->size_u = high;
    view->ground = was;
}

static const struct mark_row {
    enum shape  shape, in_english;
    const char *id;
    enum colour fill, ink;
    float       size;
} MARKS[] = {
    {SHAPE_MARK_STOP,     SHAPE_MARK_STOP_EN,    "screen.mark_stop",    COLOUR_RED,   COLOUR_WHITE,  52},
    {SHAPE_MARK_RUSH,     SHAPE_MARK_RUSH_EN,    "screen.mark_rush",    COLOUR_AMBER, COLOUR_BLACK,  56},
    {SHAPE_MARK_LATE,     SHAPE_MARK_LATE_EN,    "screen.mark_late",    COLOUR_AMBER, COLOUR_BLACK,  52},
    {SHAPE_MARK_HELD,     SHAPE_MARK_HELD_EN,    "screen.mark_held",    COLOUR_AMBER, COLOUR_BLACK,  54},
    {SHAPE_MARK_SPECIAL,  SHAPE_MARK_SPECIAL_EN, "screen.mark_special", COLOUR_INK,   COLOUR_GROUND, 46},
    {SHAPE_MARK_MISSING,  SHAPE_NONE,            "screen.mark_missing", COLOUR_INK,   COLOUR_INK,    50},
    {SHAPE_MARK_QUESTION, SHAPE_NONE,            "screen.mark_ask",     COLOUR_AMBER, COLOUR_BLACK,  80},
};

void widget_mark(struct view *view, float x, float y, float size, enum shape mark)
{
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++) {
        if (MARKS[i].shape != mark) continue;
        struct rect box = RECT(x, y, size, size);
        float       shift = mark == SHAPE_MARK_RUSH ? -8 * size / 100 : 0; /* the pentagon's point carries nothing */
        view_shape(view, box, mark, MARKS[i].fill);
        if (mark == SHAPE_MARK_STOP && view->look->theme == THEME_DARK)
            view_shape(view, box, SHAPE_MARK_STOP_LINE, COLOUR_WHITE);
        if (view->lang == LANG_EN && MARKS[i].in_english != SHAPE_NONE) {
            view_shape(view, box, MARKS[i].in_english, MARKS[i].ink);
            return;
        }
        shape_word(view, RECT(x + shift, y, size, size), view_text(view, MARKS[i].id), MARKS[i].size, 50,
                   (const enum colour[2]){MARKS[i].ink, MARKS[i].fill});
    }
}

void widget_stop(struct view *view, float x, float y, float size)
{
    struct rect box = RECT(x, y, size, size);
    view_shape(view, box, SHAPE_MARK_STOP_LINE, COLOUR_WHITE);
    if (view->lang == LANG_EN)
        view_shape(view, box, SHAPE_MARK_STOP_EN, COLOUR_WHITE);
    else
        shape_word(view, box, view_text(view, "screen.mark_stop"), 52, 50,
                   (const enum colour[2]){COLOUR_WHITE, view->ground});
}

float widget_marks(struct view *view, float x, float y, float size, bool is_stopped, bool is_rush, bool is_special,
                   bool late)
{
    const struct {
        bool       is_set;
        enum shape mark;
    } ORDER[] = {
        {is_stopped, SHAPE_MARK_STOP   },
        {is_rush,    SHAPE_MARK_RUSH   },
        {is_special, SHAPE_MARK_SPECIAL},
        {late,       SHAPE_MARK_LATE   }
    };
    for (size_t i = 0; i < sizeof ORDER / sizeof ORDER[0]; i++) {
        if (!ORDER[i].is_set) continue;
        widget_mark(view, x, y, size, ORDER[i].mark);
        x += size + 1;
    }
    return x;
}

void widget_sign(struct view *view, float x, float y, float size, const struct found_worker *worker)
{
    struct rect box = RECT(x, y, size, size);
    if (!worker->is_known) {
        view_shape(view, rect_inset(box, size * 0.15f, size * 0.15f), SHAPE_NOBODY, view->ink);
        return;
    }
    int         colour = worker->colour >= 0 && worker->colour < SIGN_COLOURS ? worker->colour : 0;
    enum colour body = (enum colour)(COLOUR_SIGN + colour), contour = colour % 2 == 0 ? COLOUR_WHITE : COLOUR_BLACK;
    float       margin = size * 6 / 112; /* the drawing reaches beyond its box of 100 */
    struct rect inner = rect_inset(box, margin, margin);
    view_shape(view, box, sign_layer(worker->sign, colour, 0), contour);
    view_shape(view, box, sign_layer(worker->sign, colour, 1), body);
    view_shape(view, box, sign_layer(worker->sign, colour, 2), contour);
    shape_word(view, inner, sign_word(worker->sign), 44, sign_word_y(worker->sign),
               (const enum colour[2]){contour, body});
}

void widget_people(struct view *view, struct rect rect, const struct found_worker *people, int count)
{
    float best = 0;
    int   across = 1;
    for (int i = 1; i <= count; i++) {
        int   rows = (count + i - 1) / i;
        float size = rect.w / (float)i, high = rect.h / (float)rows;
        if (high < size) size = high;
        if (size <= best) continue;
        best = size;
        across = i;
    }
    for (int i = 0; i < count; i++) {
        int row = i / across, column = i % across;
        widget_sign(view, rect.x + (float)column * best, rect.y + (float)row * best, best, &people[i]);
    }
}

/* ---- Bars and numbers */

void widget_bar(struct view *view, struct rect rect, int64_t done, int64_t all)
{
    enum { CELLS_MAX = 24 };
    if (all <= 0) return;
    if (done > all) done = all;
    if (all <= CELLS_MAX) {
        float gap = 0.35f, w = (rect.w - (float)(all - 1) * gap) / (float)all;
        for (int i = 0; i < all; i++) {
            struct rect cell = RECT(rect.x + (float)i * (w + gap), rect.y, w, rect.h);
            view_box(view, cell, COLOUR_INK);
            if (i >= done) view_box(view, rect_inset(cell, 0.2f, 0.2f), COLOUR_PLATE);
        }
        return;
    }
    view_box(view, rect, COLOUR_TRACK);
    rect.w = rect.w * (float)done / (float)all;
    view_box(view, rect, COLOUR_INK);
}

float widget_number(struct view *view, struct rect rect, const char *number, const char *unit, enum type type,
                    enum align align)
{
    float room = rect.w;
    for (;; type--) {
        enum type small = type >= TYPE_X4 ? TYPE_L : type >= TYPE_XL ? TYPE_M : TYPE_S;
        float     gap = unit[0] != '\0' ? 0.08f * type_u(type) : 0, w = view_width(view, number, type, true);
        float     whole = w + gap + view_width(view, unit, small, true);
        if (whole > room && type > TYPE_M) continue; /* a number drops a whole token */
        float x = align == ALIGN_RIGHT ? rect.x + rect.w - whole : rect.x;
        float base = rect.y + rect.h / 2 + 0.38f * type_u(type);
        view_line(view, RECT(x, rect.y, w + 0.2f, rect.h), number,
                  &(struct line){type, type, true, ALIGN_LEFT, view->ink});
        float high = type_u(small);
        view_line(view, RECT(x + w + gap, base - 0.38f * high - high / 2, whole - w - gap + 0.2f, high), unit,
                  &(struct line){small, small, true, ALIGN_LEFT, view->ink});
        return whole;
    }
}
