/* idle.c - scan a badge or a sheet; what waits at this station; the strip of the last entry. */
#include <stdio.h>

#include "kiosk/screen/view.h"

#define IDLE_ROW_U 5.0f

/* ---- Left: the one instruction, and what is meant */

/* A badge on its band: a rectangle, a hole, a person, bars. */
static void idle_badge(struct view *view, float x, float y, float high)
{
    float wide = high * 0.52f, top = y + high * 0.28f;
    view_box(view, RECT(x + wide * 0.5f - 0.3f, y, 0.6f, high * 0.3f), view->ink);
    view_plate(view, RECT(x, top, wide, high * 0.72f), COLOUR_PLATE, view->ink, 0.5f);
    view_shape(view, RECT(x + wide * 0.08f, top + high * 0.05f, wide * 0.84f, wide * 0.84f), SHAPE_PERSON, view->ink);
    for (int i = 0; i < 7; i++)
        view_box(view,
                 RECT(x + wide * (0.16f + 0.1f * (float)i), top + high * 0.52f, i % 3 == 0 ? 0.6f : 0.3f, high * 0.14f),
                 view->ink);
}

static void idle_picture(struct view *view, struct rect rect)
{
    idle_badge(view, rect.x, rect.y, rect.h);
    view_shape(view, RECT(rect.x + rect.h * 0.52f + 2, rect.y, rect.h, rect.h), SHAPE_SHEET, view->ink);
}

/* In place of the picture: what is wrong, and the way on. */
static void idle_trouble(struct view *view, struct rect rect, enum shape icon, const char *what, const char *steps)
{
    enum colour was = view->ground;
    view_plate(view, rect, COLOUR_AMBER, COLOUR_NONE, 0);
    view->ground = COLOUR_AMBER;
    view_shape(view, RECT(rect.x + 1.2f, rect.y + 0.7f, 4.4f, 4.4f), icon, COLOUR_BLACK);
    view_line(view, RECT(rect.x + 6.4f, rect.y + 0.7f, rect.w - 7.4f, 4.4f), what,
              &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_BLACK});
    view_wrap(view, RECT(rect.x + 1.4f, rect.y + 5.3f, rect.w - 2.8f, rect.h - 5.7f), steps,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, COLOUR_BLACK});
    view->ground = was;
}

static bool is_troubled(const struct flow *flow)
{
    return flow->state.station[0] == '\0' || !flow->state.has_scanner;
}

static void idle_left(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    bool               is_beside = view->layout.is_portrait && !is_troubled(flow); /* the picture */
    char               text[ITEM_TEXT_MAX];
    view_line(view, RECT(rect.x, rect.y, rect.w, 10), view_text(view, "screen.scan"),
              &(struct line){TYPE_X2, TYPE_XL, true, ALIGN_LEFT, view->ink});
    if (say_is_empty(&flow->say)) {
        const char *id = flow->crew_count > 0 ? "screen.scan_sheet" : "screen.scan_what";
        view_line(view, RECT(rect.x, rect.y + 10.6f, rect.w, 4.4f), view_text(view, id),
                  &(struct line){TYPE_M, TYPE_S, false, ALIGN_LEFT, view->ink});
    } else {
        view_say(view, &flow->say, text, sizeof text);
        view_wrap(view, RECT(rect.x, rect.y + 10.4f, is_beside ? rect.w - 26 : rect.w, 7.6f), text,
                  &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    }
    struct rect below = RECT(rect.x, rect.y + 18, rect.w, rect.h - 18);
    if (flow->state.station[0] == '\0')
        idle_trouble(view, below, SHAPE_STATION, view_text(view, "screen.not_set_up"),
                     view_text(view, "screen.set_up_how"));
    else if (!flow->state.has_scanner)
        idle_trouble(view, below, SHAPE_NO_SCANNER, view_text(view, "screen.no_scanner"),
                     view_text(view, "screen.scanner_how"));
    else if (view->layout.is_portrait)
        idle_picture(view, RECT(rect.x + rect.w - 25, rect.y + 0.6f, 25, 15.4f));
    else
        idle_picture(view, RECT(below.x, below.y, below.w, below.h < 16 ? below.h : 16));
}

/* ---- Right: today, then the queue */

static void idle_today(struct view *view, struct rect rect)
{
    const struct found_idle *idle = &view->flow->idle;
    char                     done[WORDS_MAX], due[WORDS_MAX];
    view_line(view, RECT(rect.x, rect.y, rect.w * 0.5f, 5), view_text(view, "screen.today"),
              &(struct line){TYPE_M, TYPE_S, true, ALIGN_LEFT, view->ink});
    if (idle->today_done < 0) return; /* nothing has been heard yet */
    snprintf(done, sizeof done, "%lld", (long long)idle->today_done);
    words_pieces(view, idle->today_due, due);
    if (idle->today_due > 0) {
        char text[WORDS_MAX + 4];
        snprintf(text, sizeof text, "/ %s", due);
        float width = view_width(view, text, TYPE_S, false);
        view_line(view, RECT(rect.x + rect.w - width - 0.1f, rect.y + 0.7f, width + 0.1f, 4), text,
                  &(struct line){TYPE_S, TYPE_S, false, ALIGN_RIGHT, view->ink});
        view_line(view, RECT(rect.x + rect.w * 0.5f, rect.y, rect.w * 0.5f - width - 1, 5), done,
                  &(struct line){TYPE_L, TYPE_M, true, ALIGN_RIGHT, view->ink});
        struct rect bar = RECT(rect.x, rect.y + 5.5f, rect.w, 1.3f);
        view_box(view, bar, COLOUR_TRACK);
        bar.w *= idle->today_done >= idle->today_due ? 1 : (float)idle->today_done / (float)idle->today_due;
        view_box(view, bar, view->ink);
    } else {
        words_pieces(view, idle->today_done, due);
        view_line(view, RECT(rect.x + rect.w * 0.5f, rect.y, rect.w * 0.5f, 5), due,
                  &(struct line){TYPE_L, TYPE_M, true, ALIGN_RIGHT, view->ink});
        view_box(view, RECT(rect.x, rect.y + 6, rect.w, 0.3f), view->ink);
    }
}

static void idle_row(struct view *view, struct rect rect, const struct found_row *row)
{
    char  order[LINE_REF_TEXT], left[WORDS_MAX], due[WORDS_MAX];
    float end = rect.x + rect.w, mark = 3.8f, y = rect.y + (IDLE_ROW_U - mark) / 2;
    bool  is_narrow = rect.w < 56;
    line_ref_short(row->line, order);
    words_pieces(view, row->left, left);
    words_due(view, row->due_day, due);
    if (row->is_stopped) snprintf(due, sizeof due, "%s", view_text(view, "screen.stopped"));
    if (row->is_stopped)
        widget_mark(view, rect.x, y, mark, SHAPE_MARK_STOP);
    else if (row->is_rush)
        widget_mark(view, rect.x, y, mark, SHAPE_MARK_RUSH);
    else if (row->is_late)
        widget_mark(view, rect.x, y, mark, SHAPE_MARK_LATE);
    float number = 14, figures = 9.6f, days = is_narrow ? 10 : 13.4f, x = rect.x + 5.2f;
    view_line(view, RECT(x, rect.y, number, IDLE_ROW_U), order,
              &(struct line){TYPE_M, TYPE_S, true, ALIGN_LEFT, view->ink});
    view_line(view, RECT(x + number + 0.8f, rect.y, end - days - figures - x - number - 2, IDLE_ROW_U), row->product,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    view_line(view, RECT(end - days - figures - 0.6f, rect.y, figures, IDLE_ROW_U), left,
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_RIGHT, view->ink});
    bool is_bold = row->is_stopped || row->is_rush || row->is_late;
    view_line(view, RECT(end - days, rect.y, days, IDLE_ROW_U), due,
              &(struct line){TYPE_S, TYPE_XS, is_bold, ALIGN_RIGHT, view->ink});
}

/* Where rows may be touched: keys in the two upper touch rows. */
static int idle_cards(struct view *view)
{
    const struct found_idle *idle = &view->flow->idle;
    const struct layout     *layout = &view->layout;
    bool                     is_low = layout->is_portrait;
    int                      room = is_low ? 6 : 4, pages = (idle->queue_count + room - 1) / room;
    int                      first = pages > 0 ? view->flow->page_no % pages * room : 0;
    char                     id[BUTTON_ID_MAX];
    for (int i = first; i < idle->queue_count && i < first + room; i++) {
        int at = i - first, row = is_low ? at / 2 - 1 : at / 2, column = is_low ? at % 2 * 2 : 2 + at % 2 * 2;
        KEY_ID(id, "open", line_ref_key(idle->queue[i].line));
        widget_row(view, layout_cell(layout, column, 2, row, 1), id, &idle->queue[i]);
    }
    return pages;
}

/* Rows of a page; returns how many pages there are. */
static int idle_queue(struct view *view, struct rect rect)
{
    const struct found_idle *idle = &view->flow->idle;
    int                      room = (int)((rect.h + 0.01f) / IDLE_ROW_U);
    int                      pages = room > 0 ? (idle->queue_count + room - 1) / room : 0;
    if (pages == 0) {
        view_line(view, RECT(rect.x, rect.y + 1, rect.w, 4), view_text(view, "screen.queue_empty"),
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->note});
        return 0;
    }
    int first = view->flow->page_no % pages * room;
    for (int i = first; i < idle->queue_count && i < first + room; i++) {
        struct rect row = RECT(rect.x, rect.y + (float)(i - first) * IDLE_ROW_U, rect.w, IDLE_ROW_U);
        if (i > first) view_box(view, RECT(row.x, row.y, row.w, 0.12f), COLOUR_LINE);
        idle_row(view, row, &idle->queue[i]);
    }
    return pages;
}

/* ---- Below: keys, or the strip of the last entry */

static void idle_keys(struct view *view, int pages)
{
    const struct flow *flow = view->flow;
    char               more[WORDS_MAX];
    int                at = 0, last = view->layout.columns - 1;
    bool               is_crew = flow->crew_count > 1;
    if (flow->crew_count > 0) {
        widget_key(view, layout_cell(&view->layout, at++, 1, 2, 1),
                   &(struct key_words){"worker", ACTION_WORKER, 0, KEY_PLAIN, is_crew ? SHAPE_PEOPLE : SHAPE_PERSON,
                                       view_text(view, is_crew ? "screen.crew" : "screen.my_page"), NULL, 0});
        widget_key(
            view, layout_cell(&view->layout, at++, 1, 2, 1),
            &(struct key_words){"out", ACTION_OUT, 0, KEY_PLAIN, SHAPE_OUT, view_text(view, "screen.out"), NULL, 0});
    }
    widget_key(view, layout_cell(&view->layout, at++, 1, 2, 1),
               &(struct key_words){"number", ACTION_NUMBER, 0, KEY_PLAIN, SHAPE_PAD, view_text(view, "screen.number"),
                                   NULL, 0});
    if (at < last - (pages > 1))
        widget_key(
            view, layout_cell(&view->layout, at++, 1, 2, 1),
            &(struct key_words){"look", ACTION_LOOK, 0, KEY_PLAIN, SHAPE_EYE, view_text(view, "screen.look"), NULL, 0});
    if (pages > 1) {
        bool is_full = at == last; /* the language is on his page as well */
        snprintf(more, sizeof more, "%s %d/%d", view_text(view, "screen.more"), flow->page_no % pages + 1, pages);
        widget_key(view, layout_cell(&view->layout, is_full ? last : last - 1, 1, 2, 1),
                   &(struct key_words){"more", ACTION_MORE, 0, KEY_PLAIN, SHAPE_DOWN, more, NULL, 0});
        if (is_full) return;
    }
    widget_key(view, layout_cell(&view->layout, last, 1, 2, 1),
               &(struct key_words){"language", ACTION_LANGUAGE, 0, KEY_PLAIN, SHAPE_LANGUAGE,
                                   view_text(view, "screen.language"), NULL, 0});
}

static void strip_words(struct view *view, struct rect rect)
{
    const struct event *last = &view->flow->lasts[view->flow->last_count - 1].event;
    char                order[LINE_REF_TEXT], title[ITEM_TEXT_MAX], line[ITEM_TEXT_MAX], number[WORDS_MAX];
    int32_t             bad = event_bad_total(last);
    words_order(&last->sheet, order);
    const char *op = view->layout.is_portrait ? "" : words_op(view, sheet_op(&view->flow->last_sheet, last->op));
    snprintf(title, sizeof title, "%s %s%s%s", order, op, op[0] != '\0' ? " " : "",
             view_text(view, last->tone == TONE_AMBER ? "screen.saved_held" : "screen.saved"));
    words_pieces(view, last->count - bad, number);
    size_t used = (size_t)snprintf(line, sizeof line, "%s%s",
                                   view->layout.is_portrait ? "" : view_text(view, "screen.good_space"), number);
    if (bad > 0 && used < sizeof line)
        snprintf(line + used, sizeof line - used, " · %s %d", view_text(view, "screen.bad"), bad);
    view_wrap(view, RECT(rect.x, rect.y, rect.w, rect.h - 4), title,
              &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    view_line(view, RECT(rect.x, rect.y + rect.h - 4, rect.w, 4), line,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
}

static void idle_strip(struct view *view)
{
    const struct flow *flow = view->flow;
    float              top = view->layout.h - 14.6f;
    int                first = view->layout.columns - 3;
    view_box(view, RECT(0, top, view->layout.w, 14.6f), COLOUR_PLATE);
    view_box(view, RECT(0, top, view->layout.w, 0.7f), flow->tone == TONE_AMBER ? COLOUR_AMBER : COLOUR_GREEN);
    enum colour was = view->ground;
    view->ground = COLOUR_PLATE;
    float x = MARGIN_U, end = layout_x(&view->layout, first) - 1.5f;
    if (!view->layout.is_portrait) {
        widget_sign(view, x, top + 2.4f, 10, &flow->last_crew[0]);
        x += 11.2f;
    }
    strip_words(view, RECT(x, top + 1.9f, end - x, 10.8f));
    widget_key(
        view, layout_cell(&view->layout, first, 1, 2, 1),
        &(struct key_words){"undo", ACTION_UNDO, 0, KEY_PLAIN, SHAPE_UNDO, view_text(view, "screen.undo"), NULL, 0});
    widget_key(
        view, layout_cell(&view->layout, first + 1, 1, 2, 1),
        &(struct key_words){"bad", ACTION_BAD, 0, KEY_PLAIN, SHAPE_BAD, view_text(view, "screen.was_bad"), NULL, 0});
    widget_key(
        view, layout_cell(&view->layout, first + 2, 1, 2, 1),
        &(struct key_words){"fold", ACTION_BACK, 0, KEY_PLAIN, SHAPE_DOWN, view_text(view, "screen.fold"), NULL, 0});
    view->ground = was;
}

void screen_idle(struct view *view)
{
    const struct layout *layout = &view->layout;
    bool                 has_strip = flow_may_undo(view->flow) && !view->flow->is_folded;
    struct rect          left = RECT(MARGIN_U, layout->head + 1.4f, layout_w(layout, 2), 34);
    struct rect          right = RECT(layout_x(layout, 2), layout->head + 1.8f, layout_w(layout, 4), 33.6f);
    if (layout->is_portrait) {
        float high = is_troubled(view->flow) ? 34 : 17;
        left = RECT(MARGIN_U, layout->head + 1.4f, layout_w(layout, 4), high);
        right = RECT(MARGIN_U, layout->head + high + 3, left.w, layout->h - layout->head - high - 19);
    }
    idle_left(view, left);
    idle_today(view, right);
    int pages = view->flow->state.can_touch_rows && !(has_strip && layout->is_portrait)
                    ? idle_cards(view)
                    : idle_queue(view, RECT(right.x, right.y + 8, right.w, right.h - 8));
    if (has_strip)
        idle_strip(view);
    else
        idle_keys(view, pages);
}
