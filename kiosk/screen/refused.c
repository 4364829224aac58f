/* refused.c - the whole screen red: not saved, why, what to do. */
#include "kiosk/screen/view.h"

/* A row of label and sentence; returns where the next may start. */
static float refused_row(struct view *view, struct rect rect, const char *id, const struct say *say)
{
    char text[ITEM_TEXT_MAX];
    if (say_is_empty(say)) return rect.y;
    view_say(view, say, text, sizeof text);
    float label = 10;
    view_line(view, RECT(rect.x, rect.y + 0.4f, label - 0.6f, 4.2f), view_text(view, id),
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, COLOUR_WHITE});
    float used = view_wrap(view, RECT(rect.x + label, rect.y, rect.w - label, rect.h), text,
                           &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_WHITE});
    return rect.y + used + 0.8f;
}

static void refused_mark(struct view *view, float x, float y, float size)
{
    if (view->flow->can_made_before) {
        widget_stop(view, x, y, size);
        return;
    }
    view_shape(view, RECT(x, y, size, size), SHAPE_MARK_STOP_LINE, COLOUR_WHITE);
    view_shape(view, rect_inset(RECT(x, y, size, size), size * 0.2f, size * 0.2f), SHAPE_CLOSE, COLOUR_WHITE);
}

/* Of a stopped or old sheet: two answers about it side by side, and the way back. */
static void refused_keys(struct view *view)
{
    const struct layout *layout = &view->layout;
    int                  half = layout->columns / 2;
    bool                 can = view->flow->can_made_before;
    bool                 both = flow_may_collect(view->flow);
    if (can) {
        struct rect rect = layout_cell(layout, 0, both ? 2 : half, 2, 1);
        if (layout->is_portrait) rect = layout_cell(layout, 0, 4, 1, 1);
        widget_wide(view, rect,
                    &(struct key_words){"made-before", ACTION_MADE_BEFORE, 0, KEY_SIGNAL, SHAPE_PAD,
                                        view_text(view, "screen.made_before"),
                                        view_text(view, "screen.made_before_line"), 0});
    }
    if (both)
        widget_wide(view, layout->is_portrait ? layout_cell(layout, 0, 2, 2, 1) : layout_cell(layout, 2, 2, 2, 1),
                    &(struct key_words){"collect", ACTION_COLLECT, 0, KEY_SIGNAL, SHAPE_SHEET,
                                        view_text(view, "screen.collect"), view_text(view, "screen.collect_line"), 0});
    struct rect rect = layout->is_portrait ? layout_cell(layout, both ? 2 : 0, both ? 2 : 4, 2, 1)
                       : both              ? layout_cell(layout, 4, 2, 2, 1)
                                           : layout_cell(layout, half, half, 2, 1);
    widget_wide(view, rect,
                &(struct key_words){"back", ACTION_BACK, 0, KEY_SIGNAL, SHAPE_BACK,
                                    view_text(view, "screen.understood"), NULL, 0});
}

static const char *refused_title(const struct flow *flow)
{
    if (flow->can_made_before) return "screen.do_not_make";
    if (flow->from == SCREEN_SETUP) return "screen.not_opened"; /* nobody wanted to save anything */
    return flow->from == SCREEN_CHECK ? "screen.no_match" : "screen.not_saved";
}

/* Stopped, or void: as far as this kiosk knows, which may be a while ago. */
static void refused_age(struct view *view, struct rect rect)
{
    char text[WORDS_MAX];
    if (!words_known(view, &view->flow->age, text)) return;
    view_line(view, rect, text, &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_WHITE});
}

void screen_refused(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    bool                 is_stop = flow->can_made_before;
    float                size = layout->is_portrait ? 18 : 25.4f, x = layout_x(layout, 2), y = layout->head + 1.2f;
    float                w = layout->w - x - MARGIN_U;
    if (layout->is_portrait) {
        refused_mark(view, MARGIN_U, y + 1, size);
        view_wrap(view, RECT(MARGIN_U + size + 3, y + 2, layout->w - size - 9, 16),
                  view_text(view, refused_title(flow)),
                  &(struct line){TYPE_X2, TYPE_L, true, ALIGN_LEFT, COLOUR_WHITE});
        x = MARGIN_U;
        w = layout->w - 2 * MARGIN_U;
        y += 10;
    } else {
        refused_mark(view, MARGIN_U + 0.8f, y + 3, size);
        view_line(view, RECT(x, y, w, 10), view_text(view, refused_title(flow)),
                  &(struct line){TYPE_X2, TYPE_XL, true, ALIGN_LEFT, COLOUR_WHITE});
    }
    view_box(view, RECT(x, y + 11.2f, w, 0.3f), COLOUR_WHITE);
    float end = layout_cell(layout, 0, 1, layout->is_portrait && is_stop ? 1 : 2, 1).y - 1;
    float next = refused_row(view, RECT(x, y + 12.6f, w, 14), "screen.why", &flow->say);
    refused_row(view, RECT(x, next, w, end - next), "screen.what_to_do", &flow->next);
    if (is_stop) refused_age(view, RECT(MARGIN_U, layout->h - 2.8f, layout->w - 2 * MARGIN_U, 2.5f));
    refused_keys(view);
}
