/* view.c - the parts a scene is put together with: view.h. */
#include "kiosk/screen/view.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

#define CUT "…"

enum { LAST_LINE = 3 }; /* characters a paragraph's last line has at least */

static struct item *item_add(struct view *view, enum item_kind kind, struct rect rect, enum colour colour)
{
    struct scene *scene = view->scene;
    assert(scene->item_count < ITEMS_MAX);
    struct item *item = &scene->items[scene->item_count++];
    memset(item, 0, sizeof *item);
    item->kind = kind;
    item->rect = rect;
    item->colour = colour;
    item->border = COLOUR_NONE;
    item->ground = view->ground;
    return item;
}

void view_on(struct view *view, enum colour ground, enum colour ink, enum colour note)
{
    view->ground = ground;
    view->ink = ink;
    view->note = note;
}

void view_box(struct view *view, struct rect rect, enum colour colour)
{
    item_add(view, ITEM_BOX, rect, colour);
}

void view_plate(struct view *view, struct rect rect, enum colour fill, enum colour border, float border_u)
{
    struct item *item = item_add(view, ITEM_BOX, rect, fill);
    item->border = border;
    item->border_u = border_u;
    item->radius_u = 0.8f;
}

void view_shape(struct view *view, struct rect rect, enum shape shape, enum colour colour)
{
    if (shape == SHAPE_NONE) return;
    item_add(view, ITEM_SHAPE, rect, colour)->shape = shape;
}

void view_button(struct view *view, struct rect rect, const char *id, enum action action, int64_t argument)
{
    struct scene *scene = view->scene;
    assert(scene->button_count < BUTTONS_MAX);
    struct button *button = &scene->buttons[scene->button_count++];
    snprintf(button->id, sizeof button->id, "%s", id);
    button->rect = rect;
    button->action = action;
    button->argument = argument;
    button->is_enabled = true;
}

const char *view_text(const struct view *view, const char *id)
{
    return text_of(view->lang, id);
}

void view_say(const struct view *view, const struct say *say, char *out, size_t size)
{
    text_say(view->lang, say, out, size);
}

/* ---- Text that fits */

static float width_n(const struct view *view, const char *text, size_t len, enum type type, bool is_bold)
{
    const struct measure *measure = view->look->measure;
    return measure->width(measure->self, text, len, is_bold) * type_u(type);
}

float view_width(const struct view *view, const char *text, enum type type, bool is_bold)
{
    return width_n(view, text, strlen(text), type, is_bold);
}

static struct item *line_put(struct view *view, struct rect rect, const char *text, size_t len, enum type type,
                             const struct line *line)
{
    struct item *item = item_add(view, ITEM_TEXT, rect, line->colour);
    len = utf8_fit(text, len, ITEM_TEXT_MAX - 1);
    memcpy(item->text, text, len);
    item->text[len] = '\0';
    item->type = type;
    item->is_bold = line->is_bold;
    item->align = line->align;
    return item;
}

float view_line(struct view *view, struct rect rect, const char *text, const struct line *line)
{
    size_t    len = strlen(text);
    enum type type = line->type;
    float     width = width_n(view, text, len, type, line->is_bold);
    if (len == 0) return 0;
    while (width > rect.w && type > line->least) {
        type--;
        if (type == TYPE_S_LEAST && line->least < TYPE_S_LEAST) type--; /* notes have their own size */
        width = width_n(view, text, len, type, line->is_bold);
    }
    if (width <= rect.w) {
        line_put(view, rect, text, len, type, line);
        return width;
    }
    char   cut[ITEM_TEXT_MAX];
    size_t room = sizeof cut - sizeof CUT;
    do {
        if (len == 0) return 0;
        len = utf8_fit(text, len - 1, len - 1 < room ? len - 1 : room);
        snprintf(cut, sizeof cut, "%.*s" CUT, (int)len, text);
        width = width_n(view, cut, strlen(cut), type, line->is_bold);
    } while (width > rect.w);
    line_put(view, rect, cut, strlen(cut), type, line)->is_cut = true;
    return width;
}

/* A line may not begin with these, nor end with those. */
static bool stays_behind(const char *text)
{
    static const char *const MARKS[] = {"，", "。", "：", "；", "）", "！", "？", "、", "」",
                                        "”",  "…",  ",",  ".",  ":",  ";",  ")",  "!",  "?"};
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++)
        if (strncmp(text, MARKS[i], strlen(MARKS[i])) == 0) return true;
    return false;
}

/* Of a word that isn't cut: ASCII, letters with accents, Greek, Cyrillic (by their first bytes in UTF-8). */
static bool is_letter(const char *text)
{
    unsigned char lead = (unsigned char)text[0], next = lead == 0 ? 0 : (unsigned char)text[1];
    if (lead < 0x80) return lead != ' ' && lead != '\0';
    return (lead >= 0xC3 && lead <= 0xD3) || (lead == 0xE1 && next >= 0xB8 && next <= 0xBB);
}

/* Bytes of the longest start of text that fits and may end a line. A word wider than the line is cut, after a dash
 * where it has one: 12-1187-13 is still read as two numbers. */
static size_t line_break(const struct view *view, const char *text, float width, enum type type, bool is_bold)
{
    size_t at = 0, good = 0, dash = 0, len = strlen(text);
    while (at < len) {
        size_t step = utf8_len(text + at, len - at);
        if (step == 0) step = 1;
        if (width_n(view, text, at + step, type, is_bold) > width && at > 0) break;
        at += step;
        bool in_word = at < len && is_letter(text + at - step) && is_letter(text + at);
        bool opens = at >= 3 && (strncmp(text + at - 3, "（", 3) == 0 || strncmp(text + at - 3, "「", 3) == 0 ||
                                 strncmp(text + at - 3, "“", 3) == 0);
        bool unit = at < len && at > 1 && text[at - 1] == ' ' && text[at - 2] >= '0' && text[at - 2] <= '9' &&
                    (unsigned char)text[at] >= 0x80; /* 12 樘 stay together */
        if (at == len || text[at] == '\n' ||
            (!in_word && !opens && !unit && text[at] != ' ' && !stays_behind(text + at)))
            good = at;
        if (text[at - 1] == '-') dash = at;
        if (at < len && text[at] == '\n') break;
    }
    return good > 0 ? good : dash > 0 ? dash : at;
}

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether what is left of the paragraph is a line too short to stand alone. */
static bool is_crumb(const char *rest)
{
    int count = 0;
    while (*rest == ' ') rest++;
    for (size_t len = strcspn(rest, "\n"), at = 0, step = 0; at < len && count < LAST_LINE; at += step, count++) {
        step = utf8_len(rest + at, len - at);
        if (step == 0) step = 1;
    }
    return count > 0 && count < LAST_LINE;
}

/* As line_break(), but it keeps some characters back where the paragraph's last line would be a crumb. For sentences; in
 * a key's middle a short second line is as good, and its words stay whole. */
static size_t line_end(const struct view *view, const char *text, float width, enum type type, bool is_bold)
{
    size_t len = line_break(view, text, width, type, is_bold), less = len;
    while (is_crumb(text + less)) {
        float  now = width_n(view, text, less, type, is_bold) * 0.99f;
        size_t next = line_break(view, text, now, type, is_bold);
        if (next >= less || next < len / 2) return len;
        less = next;
    }
    return less;
}

static int wrap_lines(struct view *view, struct rect rect, const char *text, enum type type, const struct line *line,
                      bool is_put)
{
    int   count = 0, room = (int)((rect.h + 0.01f) / (type_u(type) * 1.36f));
    float step = type_u(type) * 1.36f;
    if (room < 1) room = 1;
    while (*text != '\0') {
        while (*text == ' ' || *text == '\n') text++;
        if (*text == '\0') break;
        size_t len = line->align == ALIGN_CENTRE ? line_break(view, text, rect.w, type, line->is_bold)
                                                 : line_end(view, text, rect.w, type, line->is_bold),
               shown = len;
        while (shown > 0 && text[shown - 1] == ' ') shown--;
        if (is_put && count == room - 1 && text[len] != '\0') {
            struct line rest = *line;
            rest.type = rest.least = type;
            view_line(view, RECT(rect.x, rect.y + (float)count * step, rect.w, step), text, &rest);
            return count + 1;
        }
        struct rect place = RECT(rect.x, rect.y + (float)count * step, rect.w, step);
        if (is_put)
            line_put(view, place, text, shown, type, line)->is_torn = is_latin(text[len - 1]) && is_latin(text[len]);
        count++;
        text += len;
    }
    return count;
}

bool view_fits(struct view *view, struct rect rect, const char *text, const struct line *line)
{
    return (float)wrap_lines(view, rect, text, line->least, line, false) * type_u(line->least) * 1.36f <=
           rect.h + 0.01f;
}

float view_wrap(struct view *view, struct rect rect, const char *text, const struct line *line)
{
    enum type type = line->type;
    int       count = wrap_lines(view, rect, text, type, line, false);
    while ((float)count * type_u(type) * 1.36f > rect.h + 0.01f && type > line->least) {
        type--;
        count = wrap_lines(view, rect, text, type, line, false);
    }
    return (float)wrap_lines(view, rect, text, type, line, true) * type_u(type) * 1.36f;
}

bool view_is_pressed(const struct view *view, const char *id)
{
    return view->look->pressed != NULL && strcmp(view->look->pressed, id) == 0;
}
