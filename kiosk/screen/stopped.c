/* stopped.c - the whole screen red: an order is stopped, where its papers are, and whose badge is wanted; what was said of
 * it, kept; and the ribbon that stays until the old sheets are handed in. */
#include <stdio.h>
#include <string.h>

#include "kiosk/screen/view.h"

#define PAPER_ROW_U 4.3f

static const struct line BOLD = {TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_WHITE};
static const struct line PLAIN = {TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, COLOUR_WHITE};
static const struct line SMALL = {TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_WHITE};

/* ---- Words */

static void say_two(const struct view *view, struct say say, const char *a, const char *b, char out[WORDS_MAX])
{
    if (a != NULL) say = say_text(say, a);
    if (b != NULL) say = say_text(say, b);
    text_say(view->lang, &say, out, WORDS_MAX);
}

/* 299-1, and which of its papers. */
static void words_paper(const struct view *view, const struct sheet_ref *sheet, char out[WORDS_MAX])
{
    char       order[LINE_REF_TEXT];
    struct say say;
    line_ref_short(sheet->line, order);
    say = say_int(say_text(SAY("screen.paper_copy"), order), sheet->copy);
    text_say(view->lang, &say, out, WORDS_MAX);
}

/* ---- The interrupt */

/* What to do, then why, who and when; returns the height used. */
static float stopped_words(struct view *view, struct rect rect, const struct found_stop *stop)
{
    const struct found_stops *stops = &view->flow->stops;
    char                      order[LINE_REF_TEXT], text[WHY_MAX + WORDS_MAX + 8], when[FLOW_WHEN_MAX], by[WORDS_MAX];
    line_ref_short(stop->what, order);
    if (stop->doors > 0) {
        struct say say = say_int(say_text(SAY("screen.stop_do_doors"), order), stop->doors);
        text_say(view->lang, &say, by, WORDS_MAX);
    } else if (stops->supervisor[0] != '\0')
        say_two(view, SAY("screen.stop_do_name"), order, stops->supervisor, by);
    else
        say_two(view, SAY("screen.stop_do"), order, NULL, by);
    float used = view_wrap(view, RECT(rect.x, rect.y, rect.w, 6.81f), by, &BOLD);
    flow_when(view->flow, stop->at_ms, when);
    say_two(view, SAY("screen.stop_by"), stop->who, when, by);
    snprintf(text, sizeof text, "%s%s%s", stop->why, stop->why[0] != '\0' ? " · " : "", by);
    return used + view_wrap(view, RECT(rect.x, rect.y + used, rect.w, rect.h - used), text,
                            &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, COLOUR_WHITE});
}

/* first: width of the first column. */
static void paper_row(struct view *view, struct rect row, float first, const struct found_paper *paper)
{
    char        text[WORDS_MAX], when[FLOW_WHEN_MAX];
    struct line line = {TYPE_S, TYPE_XS, paper->is_here && !paper->is_in, ALIGN_LEFT, COLOUR_WHITE};
    float       half = (row.w - first) * 0.58f;
    words_paper(view, &paper->sheet, text);
    view_line(view, RECT(row.x, row.y, first, row.h), text,
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_LEFT, COLOUR_WHITE});
    if (paper->is_in)
        snprintf(text, sizeof text, "%s", view_text(view, "screen.paper_in"));
    else if (paper->is_here)
        say_two(view, SAY("screen.paper_here"), words_name(view, paper->station), NULL, text);
    else
        snprintf(text, sizeof text, "%s", words_name(view, paper->station));
    struct rect where = RECT(row.x + first + 1, row.y, half - 1.6f, row.h);
    if (paper->is_here && view_width(view, text, TYPE_XS, line.is_bold) > where.w)
        snprintf(text, sizeof text, "%s", view_text(view, "screen.here"));
    view_line(view, where, text, &line);
    struct rect last = RECT(row.x + first + half, row.y, row.w - first - half, row.h);
    flow_when(view->flow, paper->wall_ms, when);
    snprintf(text, sizeof text, "%s %s", when, paper->worker);
    if (view_width(view, text, TYPE_XS, line.is_bold) > last.w) /* the family name says enough */
        snprintf(text, sizeof text, "%s %.*s", when, (int)strcspn(paper->worker, " "), paper->worker);
    view_line(view, last, view_width(view, text, TYPE_XS, line.is_bold) > last.w ? when : text, &line);
}

static float papers_first(const struct view *view, float most)
{
    float widest = 0;
    for (int i = 0; i < view->flow->stops.paper_count; i++) {
        char text[WORDS_MAX];
        words_paper(view, &view->flow->stops.papers[i].sheet, text);
        float width = view_width(view, text, TYPE_S, true) + 0.1f;
        if (width > widest) widest = width;
    }
    return widest < most ? widest : most;
}

static void stopped_papers(struct view *view, struct rect rect)
{
    const struct found_stops *stops = &view->flow->stops;
    char                      text[WORDS_MAX];
    int                       room = (int)((rect.h - 3.2f + 0.01f) / PAPER_ROW_U);
    float                     first = papers_first(view, rect.w * 0.4f);
    struct say                say = SAY("screen.papers_last");
    if (stops->paper_count > room) say = say_int(SAY("screen.papers_all"), stops->paper_count);
    view_line(view, RECT(rect.x, rect.y, rect.w, 3), text_say(view->lang, &say, text, sizeof text), &SMALL);
    if (stops->paper_count == 0)
        view_line(view, RECT(rect.x, rect.y + 3.2f, rect.w, PAPER_ROW_U), view_text(view, "screen.papers_none"),
                  &PLAIN);
    for (int i = 0; i < stops->paper_count && i < room; i++)
        paper_row(view, RECT(rect.x, rect.y + 3.2f + (float)i * PAPER_ROW_U, rect.w, PAPER_ROW_U), first,
                  &stops->papers[i]);
}

static void stopped_badge_here(struct view *view, struct rect rect)
{
    float icon = rect.h - 4 < 8 ? rect.h - 4 : 8;
    view_plate(view, rect, COLOUR_RED, COLOUR_WHITE, 0.4f);
    view_shape(view, RECT(rect.x + 2, rect.y + (rect.h - icon) / 2, icon, icon), SHAPE_BADGE, COLOUR_WHITE);
    float x = rect.x + icon + 4, w = rect.w - icon - 5, middle = rect.y + rect.h / 2;
    view_wrap(view, RECT(x, middle - 5.2f, w, 5.2f), view_text(view, "screen.badge_here"),
              &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_WHITE});
    view_wrap(view, RECT(x, middle + 0.8f, w, 7), view_text(view, "screen.stop_read"), &PLAIN);
}

/* How many more wait for a badge. */
static int stops_more(const struct flow *flow)
{
    int more = -1;
    for (int i = 0; i < flow->stops.count; i++)
        more += flow->stops.stops[i].is_here && !flow->stops.stops[i].is_answered;
    return more;
}

/* How old the list of stops is; returns its height. */
static float stopped_foot(struct view *view, float x, float bottom, float w)
{
    char  text[WORDS_MAX], age[WORDS_MAX];
    int   more = stops_more(view->flow);
    float high = more > 0 ? 6.2f : 3;
    words_age(view, view->flow->stops.heard_ms, age);
    say_two(view, SAY("screen.stops_age"), age, NULL, text);
    view_line(view, RECT(x, bottom - 3, w, 3), text, &SMALL);
    if (more <= 0) return high;
    struct say say = say_int(SAY("screen.stops_more"), more);
    view_line(view, RECT(x, bottom - 6.2f, w, 3), text_say(view->lang, &say, text, sizeof text),
              &(struct line){TYPE_XS, TYPE_XS, true, ALIGN_LEFT, COLOUR_WHITE});
    return high;
}

/* The number is as large as it can be beside the word. */
static void stopped_title(struct view *view, struct rect rect, const struct found_stop *stop)
{
    char      order[LINE_REF_TEXT], word[WORDS_MAX];
    enum type type = TYPE_X2;
    if (stop->doors > 0)
        words_id_int(view, "screen.stopped_doors", stop->doors, word);
    else
        snprintf(word, sizeof word, "%s", view_text(view, "screen.stopped"));
    line_ref_short(stop->what, order);
    if (view->layout.is_portrait) {
        widget_number(view, RECT(rect.x, rect.y, rect.w, 13), order, "", TYPE_X3, ALIGN_LEFT);
        view_line(view, RECT(rect.x, rect.y + 12.4f, rect.w, 8), word,
                  &(struct line){TYPE_XL, TYPE_M, true, ALIGN_LEFT, COLOUR_WHITE});
        return;
    }
    while (type > TYPE_L && view_width(view, order, type + 1, true) + view_width(view, word, type, true) + 2 > rect.w)
        type--;
    float room = rect.w - view_width(view, word, type, true) - 2;
    float number = widget_number(view, RECT(rect.x, rect.y, room, rect.h), order, "", TYPE_X3, ALIGN_LEFT);
    view_line(view, RECT(rect.x + number + 1.6f, rect.y + 2.6f, rect.w - number - 1.6f, rect.h - 2.6f), word,
              &(struct line){type, TYPE_M, true, ALIGN_LEFT, COLOUR_WHITE});
}

void screen_stopped(struct view *view)
{
    const struct layout     *layout = &view->layout;
    const struct found_stop *stop = &view->flow->stops.stops[0];
    bool                     is_high = layout->is_portrait;
    float                    size = is_high ? 18 : 22, x = is_high ? MARGIN_U : layout_x(layout, 2);
    float                    w = layout->w - 2 * MARGIN_U, right = layout->w - MARGIN_U, y = layout->head + 1.4f;
    widget_stop(view, MARGIN_U + 0.4f, y + 1.4f, size);
    float left = is_high ? MARGIN_U + size + 3 : x, top = is_high ? y + size + 4 : y + 15.4f;
    stopped_title(view, RECT(left, y, right - left, 15.4f), stop);
    top += stopped_words(view, RECT(x, top, right - x, is_high ? 20 : 15), stop) + 0.8f;
    if (!is_high && top < 37.4f) top = 37.4f;
    view_box(view, RECT(MARGIN_U, top, w, 0.3f), COLOUR_WHITE);
    struct rect badge = is_high ? RECT(MARGIN_U, layout->h - 19, w, 16)
                                : RECT(layout_x(layout, 4), top + 2, layout_w(layout, 2), layout->h - top - 5);
    float       below = is_high ? w : badge.x - MARGIN_U - 2, bottom = is_high ? badge.y - 1.6f : layout->h - 2;
    float       foot = stopped_foot(view, MARGIN_U, bottom, below);
    stopped_papers(view, RECT(MARGIN_U, top + 0.8f, below, bottom - foot - top - 1.2f));
    stopped_badge_here(view, badge);
}

/* ---- Kept: an acknowledgement, a sheet handed in */

static const char *kept_words(const struct view *view, const struct event *event)
{
    if (event->kind == EVENT_NOTE) return view_text(view, "screen.kept_answer");
    return view_text(view, event->kind == EVENT_ACK ? "screen.kept_ack" : "screen.kept_collect");
}

void screen_kept(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct event  *event = &view->flow->saving;
    bool                 is_high = layout->is_portrait;
    char                 text[WORDS_MAX], order[LINE_REF_TEXT];
    float                top = layout->head + (is_high ? 8 : 4), x = is_high ? MARGIN_U : layout_x(layout, 2);
    float                w = layout->w - x - MARGIN_U;
    view_shape(view, RECT(MARGIN_U - (is_high ? 0 : 1), top, is_high ? 18 : 24, is_high ? 18 : 24), SHAPE_CHECK,
               view->ink);
    if (is_high) top += 22;
    line_ref_short(event->sheet.line, order);
    widget_number(view, RECT(x, top, w, 16), order, "", TYPE_X3, ALIGN_LEFT);
    view_wrap(view, RECT(x, top + 17, w, 17.5f), kept_words(view, event),
              &(struct line){TYPE_XL, TYPE_M, true, ALIGN_LEFT, view->ink});
    if (view->flow->kept_by.badge == 0) return;
    struct rect who = is_high ? RECT(MARGIN_U, layout->h - 16, w, 10) : RECT(x, layout->h - 15, w, 10);
    widget_sign(view, who.x, who.y, 10, &view->flow->kept_by);
    snprintf(text, sizeof text, "%s", words_worker(view, &view->flow->kept_by));
    view_line(view, RECT(who.x + 12, who.y, who.w - 12, 10), text,
              &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
}

/* ---- The ribbon */

static void ribbon_words(const struct view *view, enum ribbon ribbon, const struct found_stop *stop,
                         char out[WORDS_MAX])
{
    const struct found_stops *stops = &view->flow->stops;
    char                      text[WORDS_MAX];
    if (ribbon == RIBBON_OUT) {
        line_ref_short(stops->outs[0].sheet.line, text);
        struct say say = say_text(SAY("screen.ribbon_out"), text);
        if (stops->out_count > 1) say = say_int(say_text(SAY("screen.ribbon_outs"), text), stops->out_count - 1);
        text_say(view->lang, &say, out, WORDS_MAX);
        return;
    }
    line_ref_short(stop->what, text);
    if (stop->doors > 0) {
        struct say say = say_int(say_text(SAY("screen.ribbon_doors"), text), stop->doors);
        text_say(view->lang, &say, out, WORDS_MAX);
        return;
    }
    say_two(view, ribbon == RIBBON_WAITS ? SAY("screen.ribbon_waits") : SAY("screen.ribbon_elsewhere"), text,
            ribbon == RIBBON_WAITS ? NULL : stop->why, out);
}

void ribbon_add(struct view *view)
{
    const struct found_stop *stop;
    enum ribbon              ribbon = flow_ribbon(view->flow, &stop);
    float                    y = view->layout.head - RIBBON_U, w = view->layout.w - 2 * MARGIN_U;
    char                     text[WORDS_MAX], age[WORDS_MAX];
    if (ribbon == RIBBON_NONE) return;
    view_on(view, COLOUR_RED, COLOUR_WHITE, COLOUR_WHITE);
    view_box(view, RECT(0, y, view->layout.w, RIBBON_U), COLOUR_RED);
    view_shape(view, RECT(MARGIN_U, y + 0.3f, 3.4f, 3.4f), SHAPE_MARK_STOP_LINE, COLOUR_WHITE);
    view_shape(view, RECT(MARGIN_U, y + 0.3f, 3.4f, 3.4f), SHAPE_MARK_STOP_EN, COLOUR_WHITE);
    words_age(view, view->flow->stops.heard_ms, age);
    float aged = view->layout.is_portrait ? 0 : view_width(view, age, TYPE_XS, false) + 1;
    if (aged > w * 0.4f) aged = 0;
    ribbon_words(view, ribbon, stop, text);
    view_line(view, RECT(MARGIN_U + 4.6f, y, w - 4.6f - aged, RIBBON_U), text,
              &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_WHITE});
    if (aged > 0)
        view_line(view, RECT(MARGIN_U + w - aged, y, aged, RIBBON_U), age,
                  &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_RIGHT, COLOUR_WHITE});
}
