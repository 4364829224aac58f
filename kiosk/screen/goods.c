/* goods.c - doors that come in, are moved, counted, or come back; and the keypad for how many of a line. */
#include <stdio.h>

#include "kiosk/screen/view.h"

/* ---- What is done. To extend: enum goods, a row. */

static const struct goods_row {
    enum goods  goods;
    enum shape  shape;
    const char *id, *title, *how;
} ROWS[] = {
    {GOODS_IN,       SHAPE_PACK,  "goods-in",       "screen.goods_in",       "screen.goods_in_how"      },
    {GOODS_TRANSFER, SHAPE_RACK,  "goods-transfer", "screen.goods_transfer", "screen.goods_transfer_how"},
    {GOODS_COUNT,    SHAPE_PAD,   "goods-count",    "screen.goods_count",    "screen.goods_count_how"   },
    {GOODS_RETURN,   SHAPE_AGAIN, "goods-return",   "screen.goods_return",   "screen.goods_return_how"  },
};

static void goods_place(struct view *view, struct rect rect)
{
    const struct flow_dock *dock = &view->flow->dock;
    bool                    needs = dock->goods == GOODS_TRANSFER || dock->goods == GOODS_COUNT;
    char                    text[WORDS_MAX];
    if (dock->place.digits[0] != '\0')
        words_place(view, dock->place.place, text);
    else
        snprintf(text, sizeof text, "%s", view_text(view, needs ? "screen.place_wanted" : "screen.place_free"));
    view_shape(view, RECT(rect.x, rect.y + rect.h / 2 - 2.4f, 4.8f, 4.8f), SHAPE_RACK, view->ink);
    view_line(view, RECT(rect.x + 6.4f, rect.y, rect.w - 6.4f, rect.h), text,
              &(struct line){TYPE_L, TYPE_S_LEAST, dock->place.digits[0] != '\0', ALIGN_LEFT, view->ink});
}

void screen_goods(struct view *view)
{
    const struct layout    *layout = &view->layout;
    const struct flow      *flow = view->flow;
    const struct goods_row *now = &ROWS[flow->dock.goods];
    float                   y = layout->head + 1.6f, w = layout->w - 2 * MARGIN_U, size = 12;
    char                    text[ITEM_TEXT_MAX];
    view_shape(view, RECT(MARGIN_U, y + 0.6f, size, size), now->shape, view->ink);
    float x = MARGIN_U + size + 3, wide = w - size - 3;
    view_line(view, RECT(x, y, wide, 9), view_text(view, now->title),
              &(struct line){TYPE_X2, TYPE_L, true, ALIGN_LEFT, view->ink});
    y += 10;
    y += view_wrap(view, RECT(x, y, wide, layout->is_portrait ? 14 : 9.4f), view_text(view, now->how),
                   &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink}) +
         1;
    goods_place(view, RECT(x, y, wide, 6));
    if (!say_is_empty(&flow->say)) {
        struct rect plate = RECT(MARGIN_U, y + 7, w, 7.6f);
        enum colour was = view->ground;
        view_say(view, &flow->say, text, sizeof text);
        view_plate(view, plate, COLOUR_AMBER, COLOUR_NONE, 0);
        view->ground = COLOUR_AMBER;
        view_wrap(view, rect_inset(plate, 1, 0.3f), text,
                  &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_BLACK});
        view->ground = was;
    }
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        widget_key(view, layout_cell(layout, (int)i, 1, 2, 1),
                   &(struct key_words){ROWS[i].id, ACTION_GOODS, ROWS[i].goods,
                                       ROWS[i].goods == flow->dock.goods ? KEY_PRIMARY : KEY_PLAIN, ROWS[i].shape,
                                       view_text(view, ROWS[i].title), NULL, 0});
    if (flow_may_undo(flow) && !layout->is_portrait)
        widget_key(view, layout_cell(layout, layout->columns - 1, 1, 2, 1),
                   &(struct key_words){"undo", ACTION_UNDO, 0, KEY_PLAIN, SHAPE_UNDO, view_text(view, "screen.undo"),
                                       NULL, 0});
}

/* ---- How many */

static const struct found_note_line *line_in_hand(const struct flow *flow)
{
    const struct found_note *note = &flow->dock.note;
    for (int i = 0; i < note->line_count && flow->dock.has_note; i++)
        if (line_ref_key(note->lines[i].line) == line_ref_key(flow->dock.sheet.ref.line)) return &note->lines[i];
    return NULL;
}

/* Of which line, and what is known of it: a count is told nothing. */
static void doors_head(struct view *view)
{
    const struct flow            *flow = view->flow;
    const struct found_note_line *line = line_in_hand(flow);
    char                          order[LINE_REF_TEXT], title[WORDS_MAX], about[WORDS_MAX] = "";
    static const char *const      TITLES[GOODS] = {"screen.doors_in", "screen.doors_transfer", "screen.doors_count",
                                                   "screen.doors_return"};
    line_ref_short(flow->dock.sheet.ref.line, order);
    words_id(view, line != NULL ? "screen.doors_load" : TITLES[flow->dock.goods], order, title);
    struct say say = {0};
    if (line != NULL)
        say = say_int(say_int(SAY("screen.loaded_of"), line->loaded), line->asked);
    else if (flow->dock.goods == GOODS_IN && flow->dock.sheet.quantity > 0)
        say = say_int(say_int(SAY("screen.in_of"), flow->dock.door.in), flow->dock.sheet.quantity);
    if (!say_is_empty(&say)) text_say(view->lang, &say, about, sizeof about);
    super_head(view, title, about);
}

void screen_doors(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    char                 label[WORDS_MAX], pieces[WORDS_MAX];
    int                  half = layout->columns / 2;
    bool                 is_low = layout->is_portrait;
    int64_t              all = flow_doors_proposed(flow);
    doors_head(view);
    widget_pad(view, is_low ? -1 : 0);
    widget_erase(view, layout_cell(layout, is_low ? 2 : 4, 1, 1, 1));
    if (all > 0) {
        words_pieces(view, all, pieces);
        words_id(view, "screen.all_of", pieces, label);
        widget_wide(view, layout_cell(layout, 0, half, 2, 1),
                    &(struct key_words){"all", ACTION_ALL, all, flow->digits[0] == '\0' ? KEY_PRIMARY : KEY_PLAIN,
                                        SHAPE_CHECK, label, NULL, 0});
    }
    if (flow->digits[0] == '\0') return;
    words_id(view, "screen.pieces_text", flow->digits, pieces);
    widget_wide(view, layout_cell(layout, half, half, 2, 1),
                &(struct key_words){"yes", ACTION_YES, 0, KEY_PRIMARY, SHAPE_CHECK, pieces, NULL, 0});
}
