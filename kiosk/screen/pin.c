/* pin.c - the keypad for the PIN that opens a worker's pay. */
#include <string.h>

#include "kiosk/screen/view.h"

static void pin_dots(struct view *view, struct rect rect)
{
    size_t len = strlen(view->flow->digits);
    float  size = 3;
    for (size_t i = 0; i < len; i++)
        view_shape(view, RECT(rect.x + (float)i * (size + 1), rect.y + (rect.h - size) / 2, size, size),
                   SHAPE_MARK_QUESTION, view->ink);
    for (size_t i = len; i < 4; i++)
        view_box(view, RECT(rect.x + (float)i * (size + 1), rect.y + rect.h - 2.4f, size, 0.4f), view->note);
}

void screen_pin(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    char                 text[ITEM_TEXT_MAX];
    float                head = layout->head + 1.6f;
    view_line(view, RECT(MARGIN_U, head, layout_w(layout, 2), 7), view_text(view, "screen.pin"),
              &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
    pin_dots(view, RECT(layout_x(layout, 2), head, layout_w(layout, 3), 7));
    widget_pad(view, layout->is_portrait ? -1 : 0);
    widget_erase(view, layout_cell(layout, layout->is_portrait ? 2 : 4, 1, 1, 1));
    if (!say_is_empty(&flow->say) || flow->is_opening) {
        view_say(view, &flow->say, text, sizeof text);
        struct rect place = layout->is_portrait
                                ? RECT(MARGIN_U, head + 8, layout->w - 6, 12)
                                : RECT(MARGIN_U, layout_cell(layout, 0, 1, 2, 1).y - 2.8f, layout_w(layout, 4), 12.8f);
        view_wrap(view, place, flow->is_opening ? view_text(view, "screen.opening") : text,
                  &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    }
    if (strlen(flow->digits) < 4 || flow->is_opening) return;
    widget_wide(
        view, layout_cell(layout, layout->is_portrait ? 0 : 4, layout->is_portrait ? 4 : 2, 2, 1),
        &(struct key_words){"yes", ACTION_YES, 0, KEY_PRIMARY, SHAPE_CHECK, view_text(view, "screen.ok"), NULL, 0});
}
