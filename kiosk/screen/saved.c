/* saved.c - the whole screen green, or amber where it is held: what, how many, who. */
#include <stdio.h>

#include "core/money.h"
#include "kiosk/screen/view.h"

static void saved_keys(struct view *view)
{
    const struct layout *layout = &view->layout;
    int                  first = layout->columns - 3;
    if (flow_may_undo(view->flow)) {
        widget_key(view, layout_cell(layout, first, 1, 2, 1),
                   &(struct key_words){"undo", ACTION_UNDO, 0, KEY_SIGNAL, SHAPE_UNDO, view_text(view, "screen.undo"),
                                       NULL, 0});
        widget_key(view, layout_cell(layout, first + 1, 1, 2, 1),
                   &(struct key_words){"bad", ACTION_BAD, 0, KEY_SIGNAL, SHAPE_BAD, view_text(view, "screen.was_bad"),
                                       NULL, 0});
    }
    widget_key(
        view, layout_cell(layout, first + 2, 1, 2, 1),
        &(struct key_words){"fold", ACTION_BACK, 0, KEY_SIGNAL, SHAPE_DOWN, view_text(view, "screen.fold"), NULL, 0});
}

static void saved_signs(struct view *view, struct rect rect)
{
    widget_people(view, rect, view->flow->last_crew, view->flow->last_crew_count);
}

/* How many; an undo says so in place of a number. */
static void saved_number(struct view *view, struct rect rect, enum type type)
{
    const struct event *event = &view->flow->saving;
    char                number[WORDS_MAX], unit[WORDS_MAX];
    if (event->kind == EVENT_BIND) {
        char tail[16], text[WORDS_MAX];
        snprintf(tail, sizeof tail, "%04lld", (long long)(event->workers[0].badge % 10000));
        words_id(view, "screen.spare_is", tail, text);
        view_wrap(view, RECT(rect.x, rect.y + rect.h * 0.15f, rect.w, rect.h * 0.85f), text,
                  &(struct line){TYPE_X2, TYPE_L, true, ALIGN_LEFT, view->ink});
        return;
    }
    if (event->kind == EVENT_UNDO) {
        view_wrap(view, RECT(rect.x, rect.y + rect.h * 0.3f, rect.w, rect.h * 0.7f), view_text(view, "screen.undone"),
                  &(struct line){TYPE_X2, TYPE_L, true, ALIGN_LEFT, view->ink});
        return;
    }
    int good = event->count - event_bad_total(event);
    snprintf(number, sizeof number, "%d", good);
    words_unit(view, good, unit);
    widget_number(view, rect, number, unit, type, ALIGN_LEFT);
}

static void saved_what(struct view *view, struct rect rect, enum align align)
{
    const struct event *event = &view->flow->saving;
    char                order[LINE_REF_TEXT], text[ITEM_TEXT_MAX];
    size_t              len;
    if (event->kind == EVENT_BIND) {
        char date[WORDS_MAX];
        words_date(view, event->shift_day, date);
        words_id(view, "screen.spare_day", date, text);
        view_line(view, rect, text, &(struct line){TYPE_L, TYPE_S_LEAST, true, align, view->ink});
        return;
    }
    words_order(&event->sheet, order);
    len = (size_t)snprintf(text, sizeof text, "%s", order);
    for (int i = 0; i < view->flow->last_count && event->kind == EVENT_REPORT; i++) /* none of a supervisor's */ {
        const char *op = words_op(view, sheet_op(&view->flow->last_sheet, view->flow->lasts[i].event.op));
        if (len < sizeof text) len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", i > 0 ? " + " : " ", op);
    }
    if ((event->kind != EVENT_REPORT || event->by != 0) && len < sizeof text)
        snprintf(text + len, sizeof text - len, " %s", words_op(view, sheet_op(&view->flow->last_sheet, event->op)));
    view_line(view, rect, text, &(struct line){TYPE_L, TYPE_S_LEAST, true, align, view->ink});
}

static void saved_bad(struct view *view, struct rect rect)
{
    const struct event *event = &view->flow->saving;
    char                text[ITEM_TEXT_MAX], reason[WORDS_MAX];
    size_t len = (size_t)snprintf(text, sizeof text, "%s %d", view_text(view, "screen.bad"), event_bad_total(event));
    if (event->bad_count == 0) return;
    for (int i = 0; i < event->bad_count && len < sizeof text; i++) {
        words_reason(view, event->bad[i].reason, reason);
        len += (size_t)snprintf(text + len, sizeof text - len, " · %s", reason);
    }
    view_line(view, rect, text, &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
}

/* What each of a crew gets of it: the remainder goes to the first of them, fen by fen. */
static void saved_shares(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    int64_t            shares[CREW_MAX], sum = flow_shares(flow, shares), last = shares[flow->last_crew_count - 1];
    char               most[MONEY_TEXT], least[WORDS_MAX], text[WORDS_MAX], each[WORDS_MAX];
    if (flow->saving.kind == EVENT_UNDO) return;
    if (flow_is_pool(flow->last_crew, flow->last_crew_count)) {
        view_line(view, rect, view_text(view, "screen.crew_pool"),
                  &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
        return;
    }
    if (sum < 0) return;
    words_fen(view, last, least);
    money_write_fen(shares[0], most);
    if (shares[0] == last)
        snprintf(each, sizeof each, "%s", least);
    else
        snprintf(each, sizeof each, "%s / %.100s", most, least);
    words_id(view, "screen.each", each, text);
    view_line(view, rect, text, &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
}

static void saved_today(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    char               number[WORDS_MAX], text[WORDS_MAX];
    if (flow->saving.by != 0) return; /* entered for somebody */
    if (flow->last_crew_count > 1) {
        saved_shares(view, rect);
        return;
    }
    if (flow->page.worker == 0 || flow->page.worker != flow->last_crew[0].number) return;
    words_pieces(view, flow->page.own_pieces, number);
    words_id(view, "screen.today_number", number, text);
    if (flow->last_crew[0].shows_yuan) { /* he switched it on, behind his PIN */
        char yuan[WORDS_MAX], both[2 * WORDS_MAX];
        words_fen(view, flow->page.own_fen, yuan);
        snprintf(both, sizeof both, "%.150s · %.150s", text, yuan);
        view_line(view, rect, both, &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
        return;
    }
    view_line(view, rect, text, &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
}

/* The ink band: why it is held. Saved comes first, so that nobody scans again. */
static void saved_band(struct view *view, struct rect rect)
{
    char why[ITEM_TEXT_MAX], text[ITEM_TEXT_MAX + 40];
    view_say(view, &view->flow->say, why, sizeof why);
    snprintf(text, sizeof text, "%s%s", view_text(view, "screen.held_why"), why);
    view_box(view, rect, COLOUR_BLACK);
    enum colour was = view->ground;
    view->ground = COLOUR_BLACK;
    view_shape(view, RECT(MARGIN_U + 0.5f, rect.y + rect.h / 2 - 3.3f, 6.6f, 6.6f), SHAPE_PENDING, COLOUR_AMBER);
    float x = MARGIN_U + 9.2f;
    view_wrap(view, RECT(x, rect.y + 0.7f, rect.w - x - MARGIN_U, rect.h - 5.3f), text,
              &(struct line){view->layout.is_portrait ? TYPE_M : TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_AMBER});
    view_line(view, RECT(x, rect.y + rect.h - 4.6f, rect.w - x - MARGIN_U, 3.8f), view_text(view, "screen.held_line"),
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, COLOUR_WHITE});
    view->ground = was;
}

static void saved_portrait(struct view *view)
{
    const struct layout *layout = &view->layout;
    float                w = layout->w - 2 * MARGIN_U, top = layout->head + 4;
    bool                 is_held = view->flow->tone == TONE_AMBER;
    char                 names[WORDS_MAX];
    view_shape(view, RECT(MARGIN_U, top, 16, 16), SHAPE_CHECK, view->ink);
    view_line(view, RECT(MARGIN_U + 20, top + 3, w - 20, 10), view_text(view, "screen.saved"),
              &(struct line){TYPE_X2, TYPE_XL, true, ALIGN_LEFT, view->ink});
    saved_number(view, RECT(MARGIN_U, top + 17, w * 0.62f, 19), is_held ? TYPE_X3 : TYPE_X4);
    saved_signs(view, RECT(MARGIN_U + w * 0.66f, top + 18, w * 0.34f, 16));
    saved_what(view, RECT(MARGIN_U, top + 37, w * 0.6f, 6), ALIGN_LEFT);
    words_crew(view, view->flow->last_crew, view->flow->last_crew_count, names);
    view_line(view, RECT(MARGIN_U + w * 0.62f, top + 37, w * 0.38f, 6), names,
              &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_RIGHT, view->ink});
    if (is_held) {
        saved_band(view, RECT(0, top + 44, layout->w, 13.6f));
    } else {
        saved_today(view, RECT(MARGIN_U, top + 44, w, 6));
        saved_bad(view, RECT(MARGIN_U, top + 50, w, 4));
    }
    saved_keys(view);
}

void screen_saved(struct view *view)
{
    const struct layout *layout = &view->layout;
    bool                 is_held = view->flow->tone == TONE_AMBER;
    char                 names[WORDS_MAX];
    if (layout->is_portrait) {
        saved_portrait(view);
        return;
    }
    float size = is_held ? 16 : 24, top = is_held ? 10.8f : 11, line = is_held ? 26.6f : 37.4f;
    float x2 = layout_x(layout, 2), x4 = layout_x(layout, 4);
    view_shape(view, RECT(MARGIN_U - 1, top, size, size), SHAPE_CHECK, view->ink);
    saved_number(view, RECT(x2, top, x4 - x2 - 0.5f, size), is_held ? TYPE_X3 : TYPE_X4);
    saved_signs(view, RECT(x4, is_held ? top + 0.8f : top + 3, layout->w - x4 - MARGIN_U, is_held ? 14 : 19));
    view_line(view, RECT(MARGIN_U, line, x2 - MARGIN_U - 1, 7), view_text(view, "screen.saved"),
              &(struct line){TYPE_XL, TYPE_L, true, ALIGN_LEFT, view->ink});
    saved_what(view, RECT(x2, line, x4 - x2 - 1, 7), ALIGN_LEFT);
    words_crew(view, view->flow->last_crew, view->flow->last_crew_count, names);
    view_line(view, RECT(x4, line, layout->w - x4 - MARGIN_U, 7), names,
              &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    if (is_held) saved_band(view, RECT(0, 33.8f, layout->w, 11));
    struct rect below = RECT(MARGIN_U, 46.6f, layout_x(layout, 3) - MARGIN_U - 1.5f, 6);
    saved_today(view, below);
    below.y += 6.4f;
    below.h = 4;
    saved_bad(view, below);
    saved_keys(view);
}
