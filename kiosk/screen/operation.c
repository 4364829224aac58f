/* operation.c - which operations were done: tiles to choose, the first one proposed. */
#include <stdio.h>

#include "kiosk/screen/view.h"

static bool is_chosen(const struct flow *flow, int32_t number)
{
    for (int i = 0; i < flow->op_count; i++)
        if (flow->ops[i] == number) return true;
    return false;
}

static void tile_box(struct view *view, struct rect rect, bool chosen, enum colour ink)
{
    struct rect box = RECT(rect.x + rect.w - 7, rect.y + 2.2f, 4.8f, 4.8f);
    view_plate(view, box, chosen ? ink : COLOUR_PLATE, ink, 0.4f);
    if (chosen) view_shape(view, rect_inset(box, 0.4f, 0.4f), SHAPE_CHECK, COLOUR_BLUE);
}

static void operation_tile(struct view *view, struct rect rect, const struct found_op *op, enum type type)
{
    bool        chosen = is_chosen(view->flow, op->number);
    enum colour ink = chosen ? COLOUR_ON_BLUE : COLOUR_BLUE, was = view->ground;
    char        id[BUTTON_ID_MAX], left[WORDS_MAX];
    KEY_ID(id, "op", op->number);
    view_plate(view, rect, chosen ? COLOUR_BLUE : COLOUR_PLATE, view_is_pressed(view, id) ? COLOUR_INK : COLOUR_BLUE,
               0.4f);
    view_button(view, rect, id, ACTION_OP, op->number);
    view->ground = chosen ? COLOUR_BLUE : COLOUR_PLATE;
    view_shape(view, RECT(rect.x + 2, rect.y + 2.2f, 11, 11), shape_of_operation(op->code, op->name[0]), ink);
    tile_box(view, rect, chosen, ink);
    words_id_int(view, "screen.left", op->left, left);
    float width = view_width(view, left, TYPE_S, false) + 0.2f;
    view_line(view, RECT(rect.x + 2, rect.y + rect.h - 8.6f, rect.w - width - 5, 7.4f), words_op(view, op),
              &(struct line){type, TYPE_S, true, ALIGN_LEFT, ink});
    view_line(view, RECT(rect.x + rect.w - width - 2, rect.y + rect.h - 6, width, 4), left,
              &(struct line){TYPE_S, TYPE_S, false, ALIGN_RIGHT, ink});
    view->ground = was;
}

/* The largest type in which all names fit beside what is left. */
static enum type tiles_type(const struct view *view, const struct found_op *const *offers, int count, float width)
{
    enum type type = TYPE_XL;
    for (int i = 0; i < count; i++) {
        char left[WORDS_MAX];
        words_id_int(view, "screen.left", offers[i]->left, left);
        float room = width - view_width(view, left, TYPE_S, false) - 5.2f;
        while (type > TYPE_S && view_width(view, words_op(view, offers[i]), type, true) > room) type--;
    }
    return type;
}

static void operation_head(struct view *view, struct rect rect)
{
    const struct found_sheet *sheet = &view->flow->sheet;
    char                      order[LINE_REF_TEXT], text[ITEM_TEXT_MAX], pieces[WORDS_MAX];
    words_order(&sheet->ref, order);
    float width = view_width(view, order, TYPE_L, true) + 0.2f;
    view_line(view, RECT(rect.x + rect.w - width, rect.y, width, 6), order,
              &(struct line){TYPE_L, TYPE_M, true, ALIGN_RIGHT, view->ink});
    if (!say_is_empty(&view->flow->say)) {
        view_say(view, &view->flow->say, text, sizeof text);
        view_wrap(view, RECT(rect.x, rect.y - 0.4f, rect.w - width - 2, view->layout.is_portrait ? 10.6f : 7.6f), text,
                  &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
        return;
    }
    float title = view_width(view, view_text(view, "screen.which_op"), TYPE_L, true);
    view_line(view, RECT(rect.x, rect.y, rect.w - width - 1, 6), view_text(view, "screen.which_op"),
              &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
    words_pieces(view, sheet->quantity, pieces);
    snprintf(text, sizeof text, "%.60s %.100s", sheet->product, pieces);
    float room = rect.w - width - title - 4;
    if (room > 12)
        view_line(view, RECT(rect.x + title + 2.5f, rect.y + 0.4f, room, 6), text,
                  &(struct line){TYPE_S, TYPE_XS, false, ALIGN_RIGHT, view->ink});
}

/* Some of the sheet's operations are this station's and some aren't: there is something to switch between. */
static bool any_elsewhere(const struct flow *flow)
{
    int here = 0;
    for (int i = 0; i < flow->sheet.op_count; i++) here += flow->sheet.ops[i].is_here ? 1 : 0;
    return here > 0 && here < flow->sheet.op_count;
}

static void operation_keys(struct view *view, int pages)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    char                 label[ITEM_TEXT_MAX], ops[WORDS_MAX];
    int                  at = 0;
    if (any_elsewhere(flow))
        widget_below(view, at++, "other", ACTION_OTHER, SHAPE_STATION,
                     flow->is_other_station ? "screen.this_station" : "screen.other_station");
    if (pages > 1)
        widget_more(view, layout_cell(layout, at++, 1, 2, 1), pages);
    else
        widget_below(view, at++, "look", ACTION_LOOK, SHAPE_EYE, "screen.look");
    if (flow->op_count == 0) return;
    words_ops(view, ops);
    words_id(view, "screen.report_op", ops, label);
    widget_wide(view, layout_cell(layout, at, layout->columns - at, 2, 1),
                &(struct key_words){"save", ACTION_SAVE, 0, KEY_PRIMARY, SHAPE_NEXT, label, NULL, 0});
}

void screen_operation(struct view *view)
{
    const struct layout   *layout = &view->layout;
    const struct found_op *offers[FOUND_OPS_MAX];
    int                    count = flow_offers(view->flow, offers), across = layout->columns / 2;
    int                    rows = layout->is_portrait ? 2 : 1, room = across * rows, pages = (count + room - 1) / room;
    int                    first = pages > 0 ? view->flow->page_no % pages * room : 0;
    enum type              type = tiles_type(view, offers, count, layout_w(layout, 2));
    operation_head(view, RECT(MARGIN_U, layout->head + 1.8f, layout->w - 2 * MARGIN_U, 7));
    for (int i = first; i < count && i < first + room; i++) {
        int         row = (i - first) / across, column = (i - first) % across * 2;
        struct rect tile = layout_cell(layout, column, 2, 0, 2);
        tile.y -= (float)(rows - 1 - row) * 26.5f;
        operation_tile(view, tile, offers[i], type);
    }
    operation_keys(view, pages);
}
