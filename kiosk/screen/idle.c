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
    float              room = is_beside ? rect.w - 27 : rect.w;
    char               text[ITEM_TEXT_MAX];
    view_line(view, RECT(rect.x, rect.y, rect.w, 10), view_text(view, "screen.scan"),
              &(struct line){TYPE_X2, TYPE_XL, true, ALIGN_LEFT, view->ink});
    if (say_is_empty(&flow->say)) {
        const char *id = flow->state.is_dock    ? "screen.scan_dock"
                         : flow->crew_count > 0 ? "screen.scan_sheet"
                                                : "screen.scan_what";
        view_wrap(view, RECT(rect.x, rect.y + 10.4f, room, 7.4f), view_text(view, id),
                  &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    } else {
        view_say(view, &flow->say, text, sizeof text);
        view_wrap(view, RECT(rect.x, rect.y + 10.4f, room, 7.6f), text,
                  &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    }
    float       from = view->layout.ribbon > 0 && !view->layout.is_portrait ? 15 : 18;
    struct rect below = RECT(rect.x, rect.y + from, rect.w, rect.h - from + (from < 18 ? 2.2f : 0));
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

/* What stands in a row's columns, and the widest of each: rows of one list are set alike. */
struct row_words {
    char order[LINE_REF_TEXT], left[WORDS_MAX], due[WORDS_MAX];
};

struct row_columns {
    float     order_u, left_u, due_u;
    enum type figures; /* of what is left and when it is due */
};

static void row_words(const struct view *view, const struct found_row *row, struct row_words *words)
{
    line_ref_short(row->line, words->order);
    words_pieces(view, row->left, words->left);
    words_due(view, row->due_day, words->due);
    if (row->is_stopped) snprintf(words->due, sizeof words->due, "%s", view_text(view, "screen.stopped"));
}

static float wider(const struct view *view, float width, const char *text, enum type type)
{
    float own = view_width(view, text, type, true);
    return own > width ? own : width;
}

static struct row_columns row_columns(const struct view *view, float width)
{
    struct row_columns columns;
    for (enum type type = TYPE_S;; type--) {
        columns = (struct row_columns){.figures = type};
        for (int i = 0; i < view->flow->idle.queue_count; i++) {
            struct row_words words;
            row_words(view, &view->flow->idle.queue[i], &words);
            columns.order_u = wider(view, columns.order_u, words.order, TYPE_M);
            columns.left_u = wider(view, columns.left_u, words.left, type);
            columns.due_u = wider(view, columns.due_u, words.due, type);
        }
        if (columns.order_u + columns.left_u + columns.due_u < width * 0.62f || type == TYPE_XS) return columns;
    }
}

static void idle_row(struct view *view, struct rect rect, const struct found_row *row,
                     const struct row_columns *columns)
{
    struct row_words words;
    float            end = rect.x + rect.w, mark = 3.8f, y = rect.y + (IDLE_ROW_U - mark) / 2;
    row_words(view, row, &words);
    if (row->is_stopped)
        widget_mark(view, rect.x, y, mark, SHAPE_MARK_STOP);
    else if (row->is_rush)
        widget_mark(view, rect.x, y, mark, SHAPE_MARK_RUSH);
    else if (row->is_late)
        widget_mark(view, rect.x, y, mark, SHAPE_MARK_LATE);
    float x = rect.x + 5.2f, due = end - columns->due_u - 0.2f, left = due - columns->left_u - 2.2f;
    view_line(view, RECT(x, rect.y, columns->order_u + 0.2f, IDLE_ROW_U), words.order,
              &(struct line){TYPE_M, TYPE_S, true, ALIGN_LEFT, view->ink});
    x += columns->order_u + 1.6f;
    view_line(view, RECT(x, rect.y, left - x - 1, IDLE_ROW_U), row->product,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    view_line(view, RECT(left, rect.y, columns->left_u + 0.2f, IDLE_ROW_U), words.left,
              &(struct line){columns->figures, TYPE_XS, true, ALIGN_RIGHT, view->ink});
    bool is_bold = row->is_stopped || row->is_rush || row->is_late;
    view_line(view, RECT(due, rect.y, columns->due_u + 0.2f, IDLE_ROW_U), words.due,
              &(struct line){columns->figures, TYPE_XS, is_bold, ALIGN_RIGHT, view->ink});
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
    int                first = view->flow->page_no % pages * room;
    struct row_columns columns = row_columns(view, rect.w);
    for (int i = first; i < idle->queue_count && i < first + room; i++) {
        struct rect row = RECT(rect.x, rect.y + (float)(i - first) * IDLE_ROW_U, rect.w, IDLE_ROW_U);
        if (i > first) view_box(view, RECT(row.x, row.y, row.w, 0.12f), COLOUR_LINE);
        idle_row(view, row, &idle->queue[i], &columns);
    }
    return pages;
}

/* ---- Below: keys, or the strip of the last entry */

static int crew_keys(struct view *view)
{
    bool is_crew = view->flow->crew_count > 1;
    if (view->flow->crew_count == 0) return 0;
    widget_below(view, 0, "worker", ACTION_WORKER, is_crew ? SHAPE_PEOPLE : SHAPE_PERSON,
                 is_crew ? "screen.crew" : "screen.my_page");
    widget_below(view, 1, "out", ACTION_OUT, SHAPE_OUT, "screen.out");
    return 2;
}

static void idle_keys(struct view *view, int pages)
{
    const struct flow *flow = view->flow;
    int                at = crew_keys(view), last = view->layout.columns - 1, end = pages > 1 ? last - 1 : last;
    bool               is_portrait = view->layout.is_portrait, is_dock = flow->state.is_dock;
    bool               is_crowded = is_dock && flow->crew_count > 0 && is_portrait;
    if (!is_crowded || pages < 2) widget_below(view, at++, "number", ACTION_NUMBER, SHAPE_PAD, "screen.number");
    if (flow->crew_count == 0 && !is_portrait)
        widget_below(view, at++, "order", ACTION_ORDER, SHAPE_FIND, "screen.find_order");
    if (flow->crew_count == 0 && at < end && !is_dock)
        widget_below(view, at++, "board", ACTION_BOARD, SHAPE_BOARD, "screen.board");
    else if (flow->crew_count > 0 && at < end && !is_dock)
        widget_below(view, at++, "look", ACTION_LOOK, SHAPE_EYE, "screen.look");
    if (is_dock && at < end + is_crowded) widget_below(view, at++, "goods", ACTION_GOODS, SHAPE_RACK, "screen.goods");
    if (is_crowded && at > last) return;
    bool is_full = pages > 1 && at == last; /* the language is on his page as well */
    widget_more(view, layout_cell(&view->layout, is_full ? last : last - 1, 1, 2, 1), pages);
    if (!is_full) widget_below(view, last, "language", ACTION_LANGUAGE, SHAPE_LANGUAGE, "screen.language");
}

/* ---- The strip of the last entry */

#define STRIP_U 14.6f
#define STRIP_LOW_U 21.4f /* where the screen is high: the words above their keys */

static float strip_high(const struct view *view)
{
    return view->layout.is_portrait ? STRIP_LOW_U : STRIP_U;
}

static void strip_words(struct view *view, struct rect rect)
{
    const struct event *last = &view->flow->lasts[view->flow->last_count - 1].event;
    char                order[LINE_REF_TEXT], title[ITEM_TEXT_MAX], line[ITEM_TEXT_MAX], number[WORDS_MAX];
    int32_t             bad = event_bad_total(last);
    bool                is_dock = flow_is_dock_last(view->flow);
    words_order(&last->sheet, order);
    snprintf(title, sizeof title, "%s %.100s · %.60s", order,
             is_dock ? words_moved(view, last->kind) : words_op(view, sheet_op(&view->flow->last_sheet, last->op)),
             view_text(view, last->tone == TONE_AMBER ? "screen.saved_held" : "screen.saved"));
    words_pieces(view, last->count - bad, number);
    size_t used =
        (size_t)snprintf(line, sizeof line, "%s%s", is_dock ? "" : view_text(view, "screen.good_space"), number);
    if (bad > 0 && used < sizeof line)
        snprintf(line + used, sizeof line - used, " · %s %d", view_text(view, "screen.bad"), bad);
    if (view->layout.is_portrait) {
        view_line(view, RECT(rect.x, rect.y, rect.w, 4), title,
                  &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    } else {
        view_wrap(view, RECT(rect.x, rect.y, rect.w, rect.h - 4), title,
                  &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    }
    view_line(view, RECT(rect.x, rect.y + rect.h - 4, rect.w, 4), line,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
}

static void idle_strip(struct view *view)
{
    const struct flow *flow = view->flow;
    bool               is_low = view->layout.is_portrait;
    float              high = strip_high(view), top = view->layout.h - high, sign = is_low ? 7 : 10;
    int                first = view->layout.columns - 3;
    bool               is_held = flow->lasts[flow->last_count - 1].event.tone == TONE_AMBER;
    view_box(view, RECT(0, top, view->layout.w, high), COLOUR_PLATE);
    view_box(view, RECT(0, top, view->layout.w, 0.7f), is_held ? COLOUR_AMBER : COLOUR_GREEN);
    enum colour was = view->ground;
    view->ground = COLOUR_PLATE;
    float x = MARGIN_U + sign + 1.2f;
    float end = is_low ? view->layout.w - MARGIN_U : layout_x(&view->layout, first) - 1.5f;
    widget_people(view, RECT(MARGIN_U, top + (is_low ? 1.1f : 2.4f), sign, sign), flow->last_crew,
                  flow->last_crew_count);
    strip_words(view, RECT(x, top + (is_low ? 1 : 1.9f), end - x, is_low ? 7.6f : 10.8f));
    widget_key(
        view, layout_cell(&view->layout, first, 1, 2, 1),
        &(struct key_words){"undo", ACTION_UNDO, 0, KEY_PLAIN, SHAPE_UNDO, view_text(view, "screen.undo"), NULL, 0});
    if (!flow_is_dock_last(flow))
        widget_key(view, layout_cell(&view->layout, first + 1, 1, 2, 1),
                   &(struct key_words){"bad", ACTION_BAD, 0, KEY_PLAIN, SHAPE_BAD, view_text(view, "screen.was_bad"),
                                       NULL, 0});
    widget_key(
        view, layout_cell(&view->layout, first + 2, 1, 2, 1),
        &(struct key_words){"fold", ACTION_BACK, 0, KEY_PLAIN, SHAPE_DOWN, view_text(view, "screen.fold"), NULL, 0});
    view->ground = was;
}

/* In a high screen what is wrong takes the uppermost row, and the strip the lowest. */
static int idle_notes(struct view *view, struct rect rect, bool has_strip)
{
    bool is_low = view->layout.is_portrait;
    int  first = is_low && !is_troubled(view->flow) ? -1 : 0, end = is_low && has_strip ? 1 : 2;
    return dock_notes(view, rect, first, end - first);
}

void screen_idle(struct view *view)
{
    const struct layout *layout = &view->layout;
    bool                 has_strip = flow_may_undo(view->flow) && !view->flow->is_folded;
    struct rect          left = RECT(MARGIN_U, layout->head + 1.4f, layout_w(layout, 2), 34 - layout->ribbon);
    struct rect right = RECT(layout_x(layout, 2), layout->head + 1.8f, layout_w(layout, 4), 33.6f - layout->ribbon);
    if (layout->is_portrait) {
        float high = is_troubled(view->flow) ? 34 : 17;
        left = RECT(MARGIN_U, layout->head + 1.4f, layout_w(layout, 4), high);
        float foot = has_strip ? STRIP_LOW_U - STRIP_U : 0;
        bool  is_cards = (view->flow->state.can_touch_rows && !has_strip) ||
                        view->flow->state.is_dock; /* their keys begin where touch rows do */
        right = RECT(MARGIN_U, layout->head + high + (is_cards ? 0.3f : 3), left.w,
                     layout->h - layout->head - high - 19 - foot);
    }
    idle_left(view, left);
    if (!view->flow->state.is_dock) idle_today(view, right);
    int pages = view->flow->state.is_dock ? idle_notes(view, right, has_strip)
                : view->flow->state.can_touch_rows && !(has_strip && layout->is_portrait)
                    ? idle_cards(view)
                    : idle_queue(view, RECT(right.x, right.y + 8, right.w, right.h - 8));
    if (has_strip)
        idle_strip(view);
    else
        idle_keys(view, pages);
}
