/* touch.c - the touch test, the screen while it is wiped, and the dark one of a kiosk that rests. */
#include <stdio.h>

#include "kiosk/screen/view.h"

/* ---- The touch test: a target in each corner and at each edge, and where fingers landed */

static void touch_target(struct view *view, struct rect rect, int number)
{
    bool        is_hit = (view->flow->setup.touch.hit >> number & 1) != 0;
    char        id[BUTTON_ID_MAX], label[12];
    enum colour was = view->ground, fill = is_hit ? COLOUR_INK : COLOUR_PLATE;
    KEY_ID(id, "target", number);
    snprintf(label, sizeof label, "%d", number + 1);
    view_plate(view, rect, fill, is_hit ? COLOUR_INK : COLOUR_BLUE, 0.4f);
    view_button(view, rect, id, ACTION_TARGET, number);
    view->ground = fill;
    if (is_hit)
        view_shape(view, rect_inset(rect, 3, 3), SHAPE_CHECK, COLOUR_GROUND);
    else
        view_line(view, rect_inset(rect, 1, 1), label,
                  &(struct line){TYPE_XL, TYPE_S, true, ALIGN_CENTRE, COLOUR_BLUE});
    view->ground = was;
}

static void touch_spots(struct view *view)
{
    const struct flow_touch *touch = &view->flow->setup.touch;
    int                      first = touch->spot_at > FLOW_SPOTS_MAX ? touch->spot_at - FLOW_SPOTS_MAX : 0;
    for (int i = first; i < touch->spot_at; i++) {
        const struct flow_spot *spot = &touch->spots[i % FLOW_SPOTS_MAX];
        float                   x = (float)spot->x * view->layout.w / 1000, y = (float)spot->y * view->layout.h / 1000;
        float                   arm = i + 1 == touch->spot_at ? 2.4f : 1.2f, thick = arm / 6;
        view_box(view, RECT(x - arm, y - thick / 2, 2 * arm, thick), COLOUR_AMBER);
        view_box(view, RECT(x - thick / 2, y - arm, thick, 2 * arm), COLOUR_AMBER);
    }
}

static void touch_words(struct view *view, struct rect rect)
{
    const struct flow_touch *touch = &view->flow->setup.touch;
    char                     text[ITEM_TEXT_MAX];
    bool                     is_all = touch->hit == (1 << SETUP_TARGETS) - 1;
    view_line(view, RECT(rect.x, rect.y, rect.w, 6), view_text(view, is_all ? "setup.touch_good" : "setup.touch_all"),
              &(struct line){TYPE_L, TYPE_S, true, ALIGN_CENTRE, view->ink});
    struct say say = say_int(say_int(say_int(SAY("setup.touch_count"), touch->count), touch->doubled), touch->dragged);
    view_say(view, &say, text, sizeof text);
    view_wrap(view, RECT(rect.x, rect.y + 6.6f, rect.w, rect.h - 6.6f), text,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_CENTRE, view->ink});
}

void page_touch(struct view *view)
{
    float w = view->layout.w, h = view->layout.h, size = ROW_U;
    float xs[3] = {0, (w - size) / 2, w - size}, ys[3] = {0, (h - size) / 2, h - size};
    int   number = 0;
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 3; column++)
            if (row != 1 || column != 1) touch_target(view, RECT(xs[column], ys[row], size, size), number++);
    touch_words(view, RECT(size + 4, size + 4, w - 2 * size - 8, view->layout.is_portrait ? 24 : 13));
    float wide = w - 2 * size - 8 < 34 ? w - 2 * size - 8 : 34;
    widget_wide(view, RECT((w - wide) / 2, (h - size) / 2 + 3, wide, size),
                &(struct key_words){"back", ACTION_BACK, 0, KEY_PRIMARY, SHAPE_BACK, view_text(view, "setup.touch_end"),
                                    NULL, 0});
    touch_spots(view);
}

/* ---- Wiping */

void screen_clean(struct view *view)
{
    const struct layout *layout = &view->layout;
    int64_t              left_ms = view->flow->since_ms + FLOW_CLEAN_MS - view->look->now_ms;
    float                middle = layout->h / 2, wide = layout->w - 2 * MARGIN_U;
    char                 seconds[WORDS_MAX];
    if (left_ms < 0) left_ms = 0;
    if (left_ms > FLOW_CLEAN_MS) left_ms = FLOW_CLEAN_MS;
    snprintf(seconds, sizeof seconds, "%lld", (long long)((left_ms + 999) / 1000));
    view_shape(view, RECT(layout->w / 2 - 5, middle - 26, 10, 10), SHAPE_CLEAN, view->ink);
    view_line(view, RECT(MARGIN_U, middle - 13, wide, 24), seconds,
              &(struct line){TYPE_X4, TYPE_X2, true, ALIGN_CENTRE, view->ink});
    view_line(view, RECT(MARGIN_U, middle + 12, wide, 6), view_text(view, "setup.cleaning"),
              &(struct line){TYPE_L, TYPE_S, true, ALIGN_CENTRE, view->ink});
    view_line(view, RECT(MARGIN_U, middle + 18.5f, wide, 4), view_text(view, "setup.cleaning_line"),
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_CENTRE, view->note});
    struct rect bar = RECT(MARGIN_U, layout->h - 3, wide, 1);
    view_box(view, bar, COLOUR_INK2);
    bar.w *= (float)left_ms / FLOW_CLEAN_MS;
    view_box(view, bar, COLOUR_WHITE);
}

/* ---- Rest: what a passer-by may want to know, and few bright dots */

void screen_rest(struct view *view)
{
    const struct layout      *layout = &view->layout;
    const struct found_state *state = &view->flow->state;
    float                     middle = layout->h / 2, wide = layout->w - 2 * MARGIN_U;
    char                      text[WORDS_MAX], date[WORDS_MAX];
    const char               *name = words_name(view, state->station_name);
    words_time(state->wall_ms, state->offset_min, text);
    view_line(view, RECT(MARGIN_U, middle - 17, wide, 18), text,
              &(struct line){TYPE_X3, TYPE_X2, true, ALIGN_CENTRE, view->note});
    words_date(view, state->day, date);
    view_line(view, RECT(MARGIN_U, middle + 1.5f, wide, 4), date,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_CENTRE, view->note});
    view_line(view, RECT(MARGIN_U, middle + 6.5f, wide, 5),
              name[0] != '\0' ? name : view_text(view, "screen.not_set_up"),
              &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_CENTRE, view->note});
    view_line(view, RECT(MARGIN_U, middle + 13, wide, 4), view_text(view, "setup.rest"),
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_CENTRE, view->note});
    if (!state->is_online || state->waiting > 0) {
        words_id_int(view, state->is_online ? "setup.rest_waiting" : "setup.rest_offline", state->waiting, text);
        if (state->waiting == 0) snprintf(text, sizeof text, "%s", view_text(view, "setup.net_offline"));
        view_shape(view, RECT(MARGIN_U, layout->h - 6.2f, 3.2f, 3.2f), state->is_online ? SHAPE_NET : SHAPE_NO_NET,
                   view->note);
        view_line(view, RECT(MARGIN_U + 4.4f, layout->h - 6.6f, wide - 5, 4), text,
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->note});
    }
}
