/* check.c - which way does this door open? Four pictures of equal weight; the sheet's own isn't shown. */
#include "kiosk/screen/view.h"

struct opening_row {
    enum opening opening;
    enum shape   door, plan;
    const char  *id;
};

static const struct opening_row OPENINGS_SHOWN[] = {
    {OPENING_LEFT_OUT,  SHAPE_DOOR_LEFT_OUT,  SHAPE_PLAN_LEFT_OUT,  "flow.left_out" },
    {OPENING_RIGHT_OUT, SHAPE_DOOR_RIGHT_OUT, SHAPE_PLAN_RIGHT_OUT, "flow.right_out"},
    {OPENING_LEFT_IN,   SHAPE_DOOR_LEFT_IN,   SHAPE_PLAN_LEFT_IN,   "flow.left_in"  },
    {OPENING_RIGHT_IN,  SHAPE_DOOR_RIGHT_IN,  SHAPE_PLAN_RIGHT_IN,  "flow.right_in" },
};

/* Alike for all four: none is suggested. */
static enum type word_type(const struct view *view, float room)
{
    enum type type = TYPE_L;
    for (int i = 0; i < 4; i++)
        while (type > TYPE_XS && view_width(view, view_text(view, OPENINGS_SHOWN[i].id), type, true) > room) type--;
    return type;
}

static void opening_tile(struct view *view, struct rect rect, const struct opening_row *row)
{
    enum colour was = view->ground, ink = COLOUR_BLUE, fill = COLOUR_PLATE;
    char        id[BUTTON_ID_MAX];
    KEY_ID(id, "opening", row->opening);
    if (view_is_pressed(view, id)) {
        fill = COLOUR_INK;
        ink = COLOUR_GROUND;
    }
    view_plate(view, rect, fill, fill == COLOUR_INK ? COLOUR_INK : COLOUR_BLUE, 0.4f);
    view_button(view, rect, id, ACTION_OPENING, row->opening);
    view->ground = fill;
    enum colour drawn = fill == COLOUR_INK ? COLOUR_GROUND : COLOUR_INK;
    float       word = 6.2f, high = rect.h - word - 2.6f, wide = high / 2, plan = high * 0.46f;
    if (wide + plan + 3 > rect.w - 2) { /* narrow: the plan under the door */
        plan = high * 0.3f;
        high -= plan + 1;
        wide = high / 2;
        view_shape(view, RECT(rect.x + (rect.w - wide) / 2, rect.y + 1.4f, wide, high), row->door, drawn);
        view_shape(view, RECT(rect.x + (rect.w - plan) / 2, rect.y + 2.2f + high, plan, plan), row->plan, drawn);
    } else {
        float x = rect.x + (rect.w - wide - plan - 3) / 2;
        view_shape(view, RECT(x, rect.y + 1.6f, wide, high), row->door, drawn);
        view_shape(view, RECT(x + wide + 3, rect.y + 1.6f + high - plan, plan, plan), row->plan, drawn);
    }
    view_line(view, RECT(rect.x + 0.6f, rect.y + rect.h - word - 0.4f, rect.w - 1.2f, word), view_text(view, row->id),
              &(struct line){word_type(view, rect.w - 1.2f), TYPE_XS, true, ALIGN_CENTRE, ink});
    view->ground = was;
}

static void check_head(struct view *view)
{
    const struct layout      *layout = &view->layout;
    const struct found_sheet *sheet = &view->flow->sheet;
    float                     y = layout->head + 1.2f, w = layout->w - 2 * MARGIN_U;
    char                      order[LINE_REF_TEXT];
    words_order(&sheet->ref, order);
    float x = widget_marks(view, MARGIN_U, y + 0.6f, 5, false, sheet->is_rush, sheet->is_special, false);
    float used = view_line(view, RECT(x + 0.4f, y, w * 0.3f, 6.4f), order,
                           &(struct line){TYPE_XL, TYPE_M, true, ALIGN_LEFT, view->ink});
    x += used + 2.4f;
    if (layout->is_portrait) {
        x = MARGIN_U;
        y += 6.8f;
    }
    float end = MARGIN_U + w;
    view_line(view, RECT(x, y - 0.3f, end - x, 5), view_text(view, "screen.check_title"),
              &(struct line){TYPE_L, TYPE_S, true, layout->is_portrait ? ALIGN_LEFT : ALIGN_RIGHT, view->ink});
    view_line(view, RECT(x, y + 4.5f, end - x, 3), view_text(view, "screen.check_line"),
              &(struct line){TYPE_S, TYPE_XS, false, layout->is_portrait ? ALIGN_LEFT : ALIGN_RIGHT, view->ink});
}

void screen_check(struct view *view)
{
    const struct layout *layout = &view->layout;
    int                  across = layout->is_portrait ? 2 : 4, rows = 4 / across;
    float                top = layout->head + (layout->is_portrait ? 17 : 10), bottom = layout->h - MARGIN_U;
    float                w = (layout->w - 2 * MARGIN_U - (float)(across - 1) * GUTTER_U) / (float)across;
    float                high = (bottom - top - (float)(rows - 1) * GUTTER_U) / (float)rows;
    check_head(view);
    for (int i = 0; i < 4; i++) {
        int row = i / across, column = i % across;
        opening_tile(view,
                     RECT(MARGIN_U + (float)column * (w + GUTTER_U), top + (float)row * (high + GUTTER_U), w, high),
                     &OPENINGS_SHOWN[i]);
    }
}
