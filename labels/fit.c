/* fit.c - a text made lines that fit an area: fit.h. */
#include "labels/fit.h"

#include <string.h>

enum { CJK_FROM = 0x2E80 };

#define SMALLER_FIRST 0.92f

static bool is_one_of(uint32_t character, const char *marks)
{
    size_t left = strlen(marks), step;
    for (; left > 0; marks += step, left -= step)
        if (type_character(marks, left, &step) == character) return true;
    return false;
}

/* May a line end between the two? */
static bool may_break(uint32_t before, uint32_t behind)
{
    if (before == ' ' || before == 0x3000) return behind != ' ';
    if (before < CJK_FROM && behind < CJK_FROM)
        return before == '/' || (before == '-' && (behind < '0' || behind > '9'));
    return !is_one_of(behind, "，。、；：？！）》」』】〉”’…·,.;:?!)]}%℃×-") &&
           !is_one_of(before, "（《「『【〈“‘([{￥-");
}

/* Spaces at a line's end take no room. */
static size_t trimmed(const char *text, size_t len)
{
    while (len > 0 && text[len - 1] == ' ') len--;
    return len;
}

/* The length of the line that begins at text: up to its end, or to where it must be broken. */
static size_t line_cut(struct type *type, const char *text, size_t len, bool is_bold, float width_em)
{
    float    at_em = 0;
    size_t   last = 0, at = 0, step;
    uint32_t before = 0;
    for (; at < len; at += step) {
        uint32_t character = type_character(text + at, len - at, &step);
        if (character == '\n') return at;
        if (at > 0 && may_break(before, character)) last = at;
        at_em += type_glyph(type, character, is_bold).advance;
        if (at_em > width_em + 1e-4f && character != ' ') return last > 0 ? last : at > 0 ? at : step;
        before = character;
    }
    return len;
}

/* Whether a line that ends at so many bytes ends inside a word. */
static bool is_torn_at(const char *text, size_t cut, size_t len)
{
    size_t   step, back = cut;
    uint32_t before, behind;
    if (cut == 0 || cut >= len || text[cut] == '\n') return false;
    do back--;
    while (back > 0 && ((unsigned char)text[back] & 0xC0) == 0x80);
    before = type_character(text + back, len - back, &step);
    behind = type_character(text + cut, len - cut, &step);
    return before < CJK_FROM && behind < CJK_FROM && behind != ' ' && !may_break(before, behind);
}

static bool lines_fill(struct type *type, const char *text, float width, bool is_bold, int lines, struct fit *fit)
{
    size_t len = strlen(text), at = 0;
    fit->count = 0;
    fit->is_torn = false;
    while (at < len && fit->count < lines) {
        size_t           cut = line_cut(type, text + at, len - at, is_bold, width / fit->em);
        struct fit_line *line = &fit->lines[fit->count++];
        line->from = at;
        line->len = trimmed(text + at, cut);
        line->width = fit->em * type_width(type, text + at, line->len, is_bold);
        fit->is_torn = fit->is_torn || is_torn_at(text + at, cut, len - at);
        at += cut;
        if (at < len && text[at] == '\n') at++;
        while (at < len && text[at] == ' ') at++;
    }
    fit->used = at;
    return at >= len;
}

static int lines_most(const struct style *style, float high, float em)
{
    int lines = (int)((high - em + 0.05f) / (FIT_LEADING * em)) + 1, most = style->lines > 0 ? style->lines : 1;
    if (lines > most) lines = most;
    return lines < 1 ? 1 : lines > FIT_LINES_MAX ? FIT_LINES_MAX : lines;
}

/* Most texts need no more than one line of the size asked for. */
static bool is_one_line(struct type *type, struct area area, const struct style *style, const char *text,
                        struct fit *fit)
{
    size_t len = strlen(text), shown = trimmed(text, len);
    float  width = strchr(text, '\n') != NULL ? area.w + 1 : style->em * type_width(type, text, shown, style->is_bold);
    if (width > area.w) return false;
    fit->em = style->em;
    fit->count = 1;
    fit->used = len;
    fit->is_torn = false;
    fit->lines[0] = (struct fit_line){.from = 0, .len = shown, .width = width};
    return true;
}

bool fit_text(struct type *type, struct area area, const struct style *style, const char *text, struct fit *fit)
{
    if (is_one_line(type, area, style, text, fit)) return true;
    float least = style->em_least > 0 ? style->em_least : style->em * 0.85f;
    bool  has_break = strchr(text, '\n') != NULL;
    float width = style->em * type_width(type, text, strlen(text), style->is_bold);
    fit->em = style->em;
    /* A little smaller is better than a second line, a second line better than much smaller. */
    float one = has_break || width <= area.w ? style->em : style->em * area.w / width;
    int   lines = lines_most(style, area.h, style->em);
    if (one < style->em * SMALLER_FIRST && lines > 1 && lines_fill(type, text, area.w, style->is_bold, lines, fit) &&
        !fit->is_torn)
        return true;
    if (one >= least) fit->em = one;
    if (lines_fill(type, text, area.w, style->is_bold, lines_most(style, area.h, fit->em), fit) && !fit->is_torn)
        return true;
    for (int step = 95; step > 0 && style->em * (float)step / 100 > least; step -= 5) {
        fit->em = style->em * (float)step / 100;
        if (lines_fill(type, text, area.w, style->is_bold, lines_most(style, area.h, fit->em), fit) && !fit->is_torn)
            return true;
    }
    fit->em = least;
    return lines_fill(type, text, area.w, style->is_bold, lines_most(style, area.h, fit->em), fit);
}
