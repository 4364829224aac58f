/* mark.c - rush, special, project, remake: mark.h. */
#include "labels/mark.h"

#include <stdio.h>

/* Forms in units of a mark's height: the tip is half as deep as the mark is high, drawn for any width. */
static void pentagon(struct paper *paper, struct area a)
{
    char  words[128];
    float tip = a.h * 0.38f;
    snprintf(words, sizeof words, "f M0 0L%.2f 0 %.2f %.2f %.2f %.2f 0 %.2fZ", (double)(a.w - tip), (double)a.w,
             (double)(a.h / 2), (double)(a.w - tip), (double)a.h, (double)a.h);
    paper_drawing(paper, a.x, a.y, 1, INK_BLACK, words);
}

static void hexagon(struct paper *paper, struct area a)
{
    char  words[192];
    float line = a.h * 0.085f, in = line * 0.62f, tip = a.h * 0.38f;
    snprintf(words, sizeof words, "s%.2f M%.2f %.2fL%.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2f %.2fZ", (double)line,
             (double)(tip + in), (double)in, (double)(a.w - tip - in), (double)in, (double)(a.w - in * 1.4f),
             (double)(a.h / 2), (double)(a.w - tip - in), (double)(a.h - in), (double)(tip + in), (double)(a.h - in),
             (double)(in * 1.4f), (double)(a.h / 2));
    paper_drawing(paper, a.x, a.y, 1, INK_BLACK, words);
}

static void doubled(struct paper *paper, struct area a)
{
    float line = a.h * 0.034f, gap = a.h * 0.068f;
    paper_rect(paper, area_inset(a, line / 2, line / 2), line);
    paper_rect(paper, area_inset(a, line * 1.5f + gap, line * 1.5f + gap), line);
}

/* A frame of slanting strokes; each is cut to the frame, so the form holds at any width. */
static void hatched(struct paper *paper, struct area a)
{
    float frame = a.h * 0.148f, step = a.h * 0.11f, wide = step * 0.5f, inner_x = a.w - frame, inner_y = a.h - frame;
    char  words[128];
    for (int i = 0; step * (float)i < a.w - 0.01f; i++) {
        float x = step * (float)i;
        float to = x + wide < a.w ? x + wide : a.w, lean = frame * 0.8f;
        float left = x - lean > 0 ? x - lean : 0, right = to - lean > 0 ? to - lean : 0;
        snprintf(words, sizeof words, "f M%.2f 0L%.2f 0 %.2f %.2f %.2f %.2fZM%.2f %.2fL%.2f %.2f %.2f %.2f %.2f %.2fZ",
                 (double)x, (double)to, (double)right, (double)frame, (double)left, (double)frame, (double)x,
                 (double)inner_y, (double)to, (double)inner_y, (double)right, (double)a.h, (double)left, (double)a.h);
        paper_drawing(paper, a.x, a.y, 1, INK_BLACK, words);
    }
    for (int i = 0; frame + step * (float)i < inner_y - step; i++) {
        float y = frame + step * (float)i;
        float to = y + wide, lean = frame * 0.8f;
        snprintf(words, sizeof words, "f M0 %.2fL%.2f %.2f %.2f %.2f 0 %.2fZM%.2f %.2fL%.2f %.2f %.2f %.2f %.2f %.2fZ",
                 (double)(y + lean), (double)frame, (double)y, (double)frame, (double)to, (double)(to + lean),
                 (double)inner_x, (double)(y + lean), (double)a.w, (double)y, (double)a.w, (double)to, (double)inner_x,
                 (double)(to + lean));
        paper_drawing(paper, a.x, a.y, 1, INK_BLACK, words);
    }
    paper_rect(paper, area_inset(a, 0.15f, 0.15f), 0.3f);
    paper_rect(paper, area_inset(a, frame, frame), 0.3f);
}

static const struct form {
    void (*draw)(struct paper *paper, struct area area);
    const char *words, *short_words;
    float       em, left, right; /* of the height: text size, and what the form takes on either side */
} FORMS[MARK_COUNT] = {
    [MARK_RUSH] = {pentagon, "labels.mark.rush",    "labels.mark.rush.short",    0.80f, 0.12f, 0.33f},
    [MARK_SPECIAL] = {hexagon,  "labels.mark.special", "labels.mark.special.short", 0.70f, 0.26f, 0.26f},
    [MARK_PROJECT] = {doubled,  "labels.mark.project", "labels.mark.project.short", 0.70f, 0.20f, 0.20f},
    [MARK_REMAKE] = {hatched,  "labels.mark.remake",  "labels.mark.remake.short",  0.64f, 0.22f, 0.22f},
};

void mark_put(struct paper *paper, struct area area, enum paper_mark mark, bool is_short)
{
    const struct form *form = &FORMS[mark];
    struct area  inner = {area.x + form->left * area.h, area.y, area.w - (form->left + form->right) * area.h, area.h};
    struct style style = {.em = form->em * area.h, .em_least = 2, .is_bold = true, .side = SIDE_MIDDLE};
    style.ink = mark == MARK_RUSH ? INK_WHITE : INK_BLACK;
    form->draw(paper, area);
    paper_text(paper, inner, &style, paper_words(paper, is_short ? form->short_words : form->words));
}

void marks_put(struct paper *paper, struct area area, paper_marks set)
{
    enum paper_mark list[MARK_COUNT];
    int             count = 0;
    for (int mark = 0; mark < MARK_COUNT; mark++)
        if ((set >> mark & 1) != 0) list[count++] = (enum paper_mark)mark;
    float gap = area.h * 0.045f, high = (area.h - gap) / 2, half = (area.w - gap) / 2;
    for (int i = 0, cell = 0; i < count; i++) {
        int         row = cell / 2;
        bool        is_half = count == 4 || (count == 3 && i > 0);
        struct area at = {area.x, area.y + (float)row * (high + gap), is_half ? half : area.w, high};
        if (is_half && cell % 2 == 1) at.x += half + gap;
        mark_put(paper, at, list[i], is_half);
        cell += is_half ? 1 : 2;
    }
}
