/* crew.c - who shares the job: a card each with his sign, since when he is in, his share of the last sheet and what he
 * has today; keys to leave, to go home, to take back. */
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "kiosk/screen/view.h"

enum { CREW_ACROSS = 4, CREW_ACROSS_LOW = 2 };

/* ---- A card each */

/* The share of the newest entry, where it is of the same people. */
static bool crew_share(const struct flow *flow, int at, int64_t *fen)
{
    int64_t shares[CREW_MAX];
    if (flow_shares(flow, shares) < 0) return false;
    for (int i = 0; i < flow->last_crew_count; i++) {
        if (flow->last_crew[i].badge != flow->crew[at].badge) continue;
        *fen = shares[i];
        return true;
    }
    return false;
}

static void card_share(const struct view *view, int at, char out[WORDS_MAX])
{
    int64_t fen;
    char    yuan[MONEY_TEXT];
    out[0] = '\0';
    if (!crew_share(view->flow, at, &fen)) return;
    money_write_fen(fen, yuan);
    snprintf(out, WORDS_MAX, "+%s", yuan);
}

/* What he has today with others, at this kiosk. */
static void card_today(const struct view *view, int at, char out[WORDS_MAX])
{
    const struct found_crew *sums = &view->flow->sums;
    out[0] = '\0';
    for (int i = 0; i < sums->count; i++)
        if (sums->sums[i].number == view->flow->crew[at].number && sums->sums[i].number != 0 && sums->sums[i].fen > 0)
            money_write_fen(sums->sums[i].fen, out);
}

/* His row of the crew's last shift that is over, where its shares come so; -1: he wasn't in. */
static int pool_at(const struct view *view, int at)
{
    const struct found_crew *sums = &view->flow->sums;
    if (!sums->is_pool || view->flow->crew[at].number == 0) return -1;
    for (int i = 0; i < sums->count; i++)
        if (sums->sums[i].number == view->flow->crew[at].number) return sums->sums[i].parts > 0 ? i : -1;
    return -1;
}

/* 8:30 × 1.20 */
static bool card_hours(const struct view *view, int at, char out[WORDS_MAX])
{
    int  of = pool_at(view, at);
    char worth[MONEY_TEXT];
    out[0] = '\0';
    if (of < 0) return false;
    long long minutes = view->flow->sums.sums[of].minutes;
    money_write_fen(view->flow->sums.sums[of].hundredths, worth);
    snprintf(out, WORDS_MAX, "%lld:%02lld × %s", minutes / 60, minutes % 60, worth);
    return true;
}

/* 34.2 % */
static void card_part(const struct view *view, int at, char out[WORDS_MAX])
{
    int of = pool_at(view, at);
    out[0] = '\0';
    if (of < 0) return;
    long long tenths = (view->flow->sums.sums[of].parts + 5) / 10;
    snprintf(out, WORDS_MAX, "%lld.%lld %%", tenths / 10, tenths % 10);
}

static void card_row(struct view *view, struct rect rect, const char *id, const char *value, const struct line *line)
{
    if (value[0] == '\0') return;
    struct line label = {TYPE_S, TYPE_XS, false, ALIGN_LEFT, line->colour};
    float       width = view_width(view, view_text(view, id), TYPE_S, false);
    if (width > rect.w * 0.34f) width = rect.w * 0.34f;
    view_line(view, RECT(rect.x, rect.y, width + 0.1f, rect.h), view_text(view, id), &label);
    view_line(view, RECT(rect.x + width + 0.6f, rect.y, rect.w - width - 0.6f, rect.h), value, line);
}

/* Nothing to tell of money yet: sign, name, since when. */
static void card_plain(struct view *view, struct rect rect, int at, enum colour ink)
{
    const struct flow *flow = view->flow;
    char               text[WORDS_MAX], time[WORDS_MAX];
    float              size = rect.h > 20 ? 11.6f : 8.4f, y = rect.y + size + 1;
    struct rect        name = RECT(rect.x + 1, y, rect.w - 2, rect.h - size - 4.6f);
    widget_sign(view, rect.x + (rect.w - size) / 2, rect.y + 0.8f, size, &flow->crew[at]);
    view_wrap(view, name, words_worker(view, &flow->crew[at]),
              &(struct line){TYPE_L, TYPE_XS, true, ALIGN_CENTRE, ink});
    words_time(flow->crew_ms[at], flow->state.offset_min, time);
    words_id(view, "screen.crew_since", time, text);
    view_line(view, RECT(rect.x + 1, rect.y + rect.h - 3.6f, rect.w - 2, 2.9f), text,
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_CENTRE, ink});
}

static void card_high(struct view *view, struct rect rect, int at, enum colour ink)
{
    const struct flow *flow = view->flow;
    char               text[WORDS_MAX], time[WORDS_MAX];
    float              x = rect.x + 1.2f, w = rect.w - 2.4f, top = rect.h > 20 ? 12 : 9.4f;
    float              since = rect.h > 20 ? 6.5f : 6.1f; /* clear of the line below it */
    struct rect        name = RECT(x + 9, rect.y + 0.3f, w - 9, since - 0.3f);
    widget_sign(view, x, rect.y + 0.8f, 8.4f, &flow->crew[at]);
    view_wrap(view, name, words_worker(view, &flow->crew[at]), &(struct line){TYPE_L, TYPE_XS, true, ALIGN_RIGHT, ink});
    words_time(flow->crew_ms[at], flow->state.offset_min, time);
    words_id(view, "screen.crew_since", time, text);
    view_line(view, RECT(x + 9, rect.y + since, w - 9, 2.9f), text,
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_RIGHT, ink});
    view_box(view, RECT(x, rect.y + top - 0.2f, w, 0.12f), ink);
    float step = (rect.h - top - 0.6f) / 2;
    if (card_hours(view, at, text)) {
        view_line(view, RECT(x, rect.y + top, w, step), text, &(struct line){TYPE_M, TYPE_S, false, ALIGN_RIGHT, ink});
        card_part(view, at, text);
        card_row(view, RECT(x, rect.y + top + step, w, step), "screen.crew_part", text,
                 &(struct line){TYPE_L, TYPE_S, true, ALIGN_RIGHT, ink});
        return;
    }
    card_share(view, at, text);
    card_row(view, RECT(x, rect.y + top, w, step), "screen.this_sheet", text,
             &(struct line){TYPE_L, TYPE_S, true, ALIGN_RIGHT, ink});
    card_today(view, at, text);
    card_row(view, RECT(x, rect.y + top + step, w, step), "screen.crew_today", text,
             &(struct line){TYPE_M, TYPE_S, false, ALIGN_RIGHT, ink});
}

static void card_low(struct view *view, struct rect rect, int at, enum colour ink)
{
    const struct flow *flow = view->flow;
    char               text[WORDS_MAX], time[WORDS_MAX];
    float              x = rect.x + 8.6f, w = rect.w - 9.4f;
    widget_sign(view, rect.x + 0.7f, rect.y + 1.3f, 7.4f, &flow->crew[at]);
    struct rect name = RECT(x, rect.y + 0.7f, w, 5.8f);
    view_wrap(view, name, words_worker(view, &flow->crew[at]), &(struct line){TYPE_M, TYPE_XS, true, ALIGN_LEFT, ink});
    card_share(view, at, text);
    if (text[0] == '\0') card_part(view, at, text);
    if (text[0] == '\0') {
        words_time(flow->crew_ms[at], flow->state.offset_min, time);
        words_id(view, "screen.crew_since", time, text);
    }
    view_line(view, RECT(x, rect.y + 6.4f, w, 3), text, &(struct line){TYPE_S, TYPE_XS, true, ALIGN_LEFT, ink});
}

static bool has_money(const struct view *view)
{
    char    today[WORDS_MAX];
    int64_t fen;
    for (int i = 0; i < view->flow->crew_count; i++) {
        card_today(view, i, today);
        if (today[0] != '\0' || crew_share(view->flow, i, &fen)) return true;
    }
    return false;
}

static void crew_card(struct view *view, struct rect rect, int at)
{
    const struct flow *flow = view->flow;
    char               id[BUTTON_ID_MAX];
    KEY_ID(id, "member", at + 1);
    bool        is_chosen = flow->has_member && flow->member == at;
    bool        is_pressed = view_is_pressed(view, id);
    enum colour fill = is_pressed ? COLOUR_INK : is_chosen ? COLOUR_BLUE : COLOUR_PLATE, was = view->ground;
    enum colour ink = is_pressed ? COLOUR_GROUND : is_chosen ? COLOUR_ON_BLUE : COLOUR_INK;
    view_plate(view, rect, fill, is_pressed ? COLOUR_INK : COLOUR_BLUE, 0.4f);
    view_button(view, rect, id, ACTION_LEAVE, at + 1);
    view->ground = fill;
    if (rect.h > 12 && !has_money(view) && pool_at(view, at) < 0)
        card_plain(view, rect, at, ink);
    else if (rect.h > 12)
        card_high(view, rect, at, ink);
    else
        card_low(view, rect, at, ink);
    view->ground = was;
}

static void crew_cards(struct view *view)
{
    const struct layout *layout = &view->layout;
    int                  count = view->flow->crew_count, across = layout->is_portrait ? CREW_ACROSS_LOW : CREW_ACROSS;
    bool                 is_many = count > 4;
    float                w = (layout->w - 2 * MARGIN_U - (float)(across - 1) * GUTTER_U) / (float)across;
    float                high = is_many ? ROW_U : layout_cell(layout, 0, 1, 0, 2).h;
    float                top = layout_cell(layout, 0, 1, 0, 1).y, step = layout_cell(layout, 0, 1, 1, 1).y - top;
    if (layout->is_portrait) {
        high = is_many ? 10 : 18.5f;
        step = is_many ? 13.1f : 22;
        top = layout->head + 11.6f;
    }
    for (int i = 0; i < count; i++) {
        int row = i / across, column = i % across;
        crew_card(view, RECT(MARGIN_U + (float)column * (w + GUTTER_U), top + (float)row * step, w, high), i);
    }
}

/* ---- Head: how many, and how the last entry is split */

/* Whose shares come when the shift is over: those of the shift before, and whether they stand. */
static void crew_pool(struct view *view, struct rect rect)
{
    const struct found_crew *sums = &view->flow->sums;
    char                     day[WORDS_MAX], text[WORDS_MAX], time[WORDS_MAX], until[WORDS_MAX], both[2 * WORDS_MAX];
    view_line(view, RECT(rect.x, rect.y, rect.w, 3.8f), view_text(view, "screen.crew_pool"),
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_RIGHT, view->ink});
    if (sums->pool_day == 0) return;
    words_date(view, sums->pool_day, day);
    words_id(view, "screen.crew_pool_day", day, text);
    snprintf(both, sizeof both, "%.200s", text);
    if (view->flow->state.wall_ms < sums->settles_ms) {
        words_time(sums->settles_ms, view->flow->state.offset_min, time);
        words_id(view, "screen.crew_settles", time, until);
        snprintf(both, sizeof both, "%.150s · %.150s", text, until);
    }
    view_line(view, RECT(rect.x, rect.y + 3.8f, rect.w, 3.8f), both,
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_RIGHT, view->ink});
}

static void crew_split(struct view *view, struct rect rect)
{
    if (flow_is_pool(view->flow->crew, view->flow->crew_count)) {
        crew_pool(view, rect);
        return;
    }
    const struct flow *flow = view->flow;
    int64_t            shares[CREW_MAX], sum = flow_shares(flow, shares);
    char               order[LINE_REF_TEXT], text[ITEM_TEXT_MAX], pieces[WORDS_MAX], yuan[WORDS_MAX];
    if (flow->last_count == 0 || flow->last_crew_count < 2) return;
    const struct event *last = &flow->lasts[flow->last_count - 1].event;
    words_order(&last->sheet, order);
    words_pieces(view, last->count - event_bad_total(last), pieces);
    snprintf(text, sizeof text, "%s %.80s %.60s", order, words_op(view, sheet_op(&flow->last_sheet, last->op)), pieces);
    view_line(view, RECT(rect.x, rect.y, rect.w, 3.8f), text,
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_RIGHT, view->ink});
    if (sum >= 0) {
        words_fen(view, sum, yuan);
        words_id(view, "screen.crew_sum", yuan, text);
    } else {
        snprintf(text, sizeof text, "%s", view_text(view, "screen.crew_later"));
    }
    view_line(view, RECT(rect.x, rect.y + 3.8f, rect.w, 3.8f), text,
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_RIGHT, view->ink});
}

static void crew_head(struct view *view)
{
    const struct layout *layout = &view->layout;
    float                y = layout->head + 1.2f, w = layout->w - 2 * MARGIN_U, title = w * 0.36f;
    char                 text[WORDS_MAX];
    words_id_int(view, "screen.crew_title", view->flow->crew_count, text);
    view_line(view, RECT(MARGIN_U, y, title, 7.6f), text, &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
    crew_split(view, RECT(MARGIN_U + title + 1, y, w - title - 1, 7.6f));
}

/* ---- Keys, and what a badge does here */

static void crew_hint(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    char               text[ITEM_TEXT_MAX];
    bool               is_chosen = flow->has_member && flow->crew_count > 1;
    view_shape(view, RECT(rect.x, rect.y + 1.6f, 6.4f, 6.4f), SHAPE_BADGE, view->ink);
    view_say(view, &flow->say, text, sizeof text);
    if (say_is_empty(&flow->say))
        snprintf(text, sizeof text, "%s", view_text(view, is_chosen ? "screen.crew_again" : "screen.crew_badge"));
    view_wrap(view, RECT(rect.x + 7.4f, rect.y, rect.w - 7.4f, 6.9f), text,
              &(struct line){TYPE_M, TYPE_XS, true, ALIGN_LEFT, view->ink});
    view_line(view, RECT(rect.x + 7.4f, rect.y + 6.8f, rect.w - 7.4f, 3.4f), view_text(view, "screen.crew_sheet"),
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
}

static void crew_keys(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    bool                 can_revert = flow_may_revert(flow), is_chosen = flow->has_member;
    int                  at = 1;
    if (can_revert || flow_may_undo(flow)) {
        char order[LINE_REF_TEXT] = "", label[WORDS_MAX];
        if (!can_revert) words_order(&flow->lasts[flow->last_count - 1].event.sheet, order);
        snprintf(label, sizeof label, "%s %s", view_text(view, "screen.undo"), order);
        if (can_revert) label[strlen(label) - 1] = '\0';
        widget_key(view, layout_cell(layout, 0, 1, 2, 1),
                   &(struct key_words){"undo", ACTION_UNDO, 0, KEY_PLAIN, SHAPE_UNDO, label, NULL, 0});
    }
    widget_key(
        view, layout_cell(layout, at++, 1, 2, 1),
        &(struct key_words){"out", ACTION_OUT, 0, KEY_PLAIN, SHAPE_OUT, view_text(view, "screen.crew_out"), NULL, 0});
    if (is_chosen && flow->crew_count > 1)
        widget_key(view, layout_cell(layout, at++, 1, 2, 1),
                   &(struct key_words){"leave", ACTION_LEAVE, 0, KEY_PLAIN, SHAPE_NOBODY,
                                       view_text(view, "screen.crew_leave"), NULL, 0});
    if (is_chosen)
        widget_key(view, layout_cell(layout, at++, 1, 2, 1),
                   &(struct key_words){"worker", ACTION_WORKER, flow->member + 1, KEY_PLAIN, SHAPE_PERSON,
                                       view_text(view, "screen.crew_page"), NULL, 0});
    if (!layout->is_portrait)
        crew_hint(view, rect_inset(layout_cell(layout, at, layout->columns - at, 2, 1), 0, -0.1f));
    else if (flow->crew_count <= 4)
        crew_hint(view, RECT(MARGIN_U, layout_cell(layout, 0, 1, 2, 1).y - 11.6f, layout->w - 2 * MARGIN_U, 10));
}

void screen_crew(struct view *view)
{
    crew_head(view);
    crew_cards(view);
    crew_keys(view);
}
