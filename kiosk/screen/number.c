/* number.c - the keypad for an order number; where several lines have it, a key each. */
#include <stdio.h>

#include "kiosk/screen/view.h"

enum { DASH = 10, ERASE = 11 };

/* ---- The keypad */

static void number_pad(struct view *view)
{
    char id[BUTTON_ID_MAX];
    int  row = view->layout.is_portrait ? -2 : 0;
    KEY_ID(id, "digit", DASH);
    widget_pad(view, row);
    widget_digit(view, widget_pad_cell(view, row, DASH),
                 &(struct key_words){id, ACTION_DIGIT, DASH, KEY_PLAIN, SHAPE_NONE, "–", NULL, 0});
    widget_erase(view, widget_pad_cell(view, row, ERASE));
}

static void number_shown(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    view_plate(view, rect, COLOUR_PLATE, view->ink, 0.3f);
    enum colour was = view->ground;
    view->ground = COLOUR_PLATE;
    if (flow->digits[0] != '\0')
        view_line(view, rect_inset(rect, 1.2f, 0.3f), flow->digits,
                  &(struct line){TYPE_XL, TYPE_M, true, ALIGN_LEFT, COLOUR_INK});
    else
        view_line(view, rect_inset(rect, 1.2f, 0.3f), view_text(view, "screen.number_such"),
                  &(struct line){TYPE_M, TYPE_XS, false, ALIGN_LEFT, COLOUR_INK2});
    view->ground = was;
}

/* What stands below the pad: a sentence, and the key that looks it up. */
static void number_keys(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    char                 text[ITEM_TEXT_MAX];
    struct rect          place = layout_cell(layout, 0, layout->columns - 2, 2, 1);
    view_say(view, &flow->say, text, sizeof text);
    view_wrap(view, rect_inset(place, 0, 0.6f),
              say_is_empty(&flow->say) ? view_text(view, "screen.number_typed") : text,
              &(struct line){TYPE_M, TYPE_XS, !say_is_empty(&flow->say), ALIGN_LEFT, view->ink});
    if (flow->digits[0] == '\0') return;
    widget_wide(
        view, layout_cell(layout, layout->columns - 2, 2, 2, 1),
        &(struct key_words){"yes", ACTION_YES, 0, KEY_PRIMARY, SHAPE_NEXT, view_text(view, "screen.find"), NULL, 0});
}

/* ---- The list */

static void lines_key(struct view *view, struct rect rect, const struct found_row *row)
{
    char id[BUTTON_ID_MAX];
    KEY_ID(id, "open", line_ref_key(row->line));
    widget_row(view, rect, id, row);
}

static void number_lines(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    int                  across = layout->columns / 2, room = across * 2 + (layout->is_portrait ? across * 2 : 0);
    int                  pages = (flow->lines.count + room - 1) / room, first = flow->page_no % pages * room;
    for (int i = first; i < flow->lines.count && i < first + room; i++) {
        int row = (i - first) / across, column = (i - first) % across;
        lines_key(view, layout_cell(layout, column * 2, 2, layout->is_portrait ? row - 2 : row, 1),
                  &flow->lines.rows[i]);
    }
    if (flow->lines.has_more)
        view_wrap(view, rect_inset(layout_cell(layout, 0, layout->columns - 2, 2, 1), 0, 0.6f),
                  view_text(view, "screen.number_more"), &(struct line){TYPE_M, TYPE_XS, true, ALIGN_LEFT, view->ink});
    widget_more(view, layout_cell(layout, layout->columns - 1, 1, 2, 1), pages);
}

void screen_number(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    float                y = layout->head + 1.2f, w = layout->w - 2 * MARGIN_U;
    bool                 is_list = flow->lines.count > 0, is_low = layout->is_portrait;
    char                 text[WORDS_MAX];
    if (is_list)
        words_id(view, "screen.number_which", flow->digits, text);
    else
        snprintf(text, sizeof text, "%s", view_text(view, "screen.number_title"));
    if (is_list || !is_low)
        view_line(view, RECT(MARGIN_U, y, is_list ? w : layout_w(layout, 2), 7), text,
                  &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
    if (is_list) {
        number_lines(view);
        return;
    }
    if (is_low)
        view_line(view, RECT(MARGIN_U, y + 7.4f, w, 3), text,
                  &(struct line){TYPE_S_LEAST, TYPE_XS, true, ALIGN_LEFT, view->ink});
    number_shown(view,
                 is_low ? RECT(MARGIN_U, y - 0.4f, w, 7.4f) : RECT(layout_x(layout, 2), y, layout_w(layout, 4), 7.4f));
    number_pad(view);
    number_keys(view);
}
