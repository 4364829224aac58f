/* worker.c - a worker's own page: today's pieces, his last entries, and his money once the PIN was right. */
#include <stdio.h>

#include "core/money.h"
#include "kiosk/screen/view.h"

#define WORKER_ROW_U 4.9f

/* ---- Left: today */

static int64_t pieces_held(const struct found_page *page)
{
    int64_t sum = 0;
    for (int i = 0; i < page->count; i++)
        if (page->entries[i].state == ENTRY_HELD) sum += page->entries[i].count;
    return sum;
}

static int64_t pieces_bad(const struct found_page *page)
{
    int64_t sum = 0;
    for (int i = 0; i < page->count; i++)
        if (page->entries[i].state != ENTRY_UNDONE) sum += page->entries[i].bad;
    return sum;
}

static void fact_row(struct view *view, struct rect rect, const char *label, const char *value, bool has_mark)
{
    float x = rect.x;
    view_box(view, RECT(rect.x, rect.y, rect.w, 0.12f), COLOUR_LINE);
    if (has_mark) {
        widget_mark(view, x, rect.y + 0.9f, 3.2f, SHAPE_MARK_HELD);
        x += 4.4f;
    }
    float width = view_width(view, value, TYPE_M, true);
    if (width > rect.w * 0.7f) width = rect.w * 0.7f;
    view_line(view, RECT(x, rect.y, rect.x + rect.w - x - width - 1, WORKER_ROW_U), label,
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
    view_line(view, RECT(rect.x + rect.w - width - 0.1f, rect.y, width + 0.1f, WORKER_ROW_U), value,
              &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_RIGHT, view->ink});
}

static void worker_today(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    char               number[WORDS_MAX], value[WORDS_MAX], unit[WORDS_MAX];
    float              rows = rect.y + rect.h - 2 * WORKER_ROW_U;
    if (flow->has_pay) {
        view_line(view, RECT(rect.x, rect.y, rect.w, 4), view_text(view, "screen.pay_today"),
                  &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
        money_write_fen(flow->pay.today_fen, value);
        widget_number(view, RECT(rect.x, rect.y + 4.5f, rect.w, 11), value, view_text(view, "screen.yuan_unit"),
                      TYPE_X2, ALIGN_LEFT);
        words_fen(view, flow->pay.total_fen, value);
        fact_row(view, RECT(rect.x, rows, rect.w, WORKER_ROW_U), view_text(view, "screen.pay_total"), value, false);
        words_pieces(view, flow->pay.held, value);
        fact_row(view, RECT(rect.x, rows + WORKER_ROW_U, rect.w, WORKER_ROW_U), view_text(view, "screen.held"), value,
                 flow->pay.held > 0);
        return;
    }
    view_line(view, RECT(rect.x, rect.y, rect.w, 4), view_text(view, "screen.today_good"),
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
    snprintf(number, sizeof number, "%lld", (long long)flow->page.own_pieces);
    struct rect big =
        view->layout.ribbon > 0 ? RECT(rect.x, rect.y + 3.2f, rect.w, 14.4f) : RECT(rect.x, rect.y + 4, rect.w, 16.5f);
    words_unit(view, flow->page.own_pieces, unit);
    widget_number(view, big, number, unit, TYPE_X3, ALIGN_LEFT);
    snprintf(value, sizeof value, "%lld", (long long)pieces_bad(&flow->page));
    fact_row(view, RECT(rect.x, rows, rect.w, WORKER_ROW_U), view_text(view, "screen.bad"), value, false);
    int64_t held = pieces_held(&flow->page);
    snprintf(value, sizeof value, "%lld", (long long)held);
    fact_row(view, RECT(rect.x, rows + WORKER_ROW_U, rect.w, WORKER_ROW_U), view_text(view, "screen.held"), value,
             held > 0);
}

/* ---- Right: the last entries, or pay by day */

/* Left edges of the columns, as parts of the width. */
enum { COLUMN_TIME, COLUMN_ORDER, COLUMN_OP, COLUMN_GOOD, COLUMN_BAD, COLUMN_STATE, ENTRY_COLUMNS };
static const float ENTRY_X[2][ENTRY_COLUMNS + 1] = {
    {0, 0.13f, 0.35f,  0.53f,  0.645f, 0.775f, 1},
    {0, 0.11f, 0.345f, 0.525f, 0.63f,  0.757f, 1}
};
static const char *const ENTRY_HEADS[ENTRY_COLUMNS] = {"screen.col_time", "screen.col_order", "screen.col_op",
                                                       "screen.col_good", "screen.col_bad",   "screen.col_state"};

static struct rect entry_cell(struct rect row, int column)
{
    const float *x = ENTRY_X[row.w < 60 ? 1 : 0];
    float        gap = column == COLUMN_STATE ? 0 : row.w < 60 ? 0.3f : 0.8f;
    return RECT(row.x + x[column] * row.w, row.y, (x[column + 1] - x[column]) * row.w - gap, row.h);
}

static enum align entry_align(int column)
{
    return column == COLUMN_GOOD || column == COLUMN_BAD ? ALIGN_RIGHT : ALIGN_LEFT;
}

static void entry_state(struct view *view, struct rect cell, enum entry_state state)
{
    static const struct {
        enum shape  icon;
        const char *id;
    } STATES[] = {
        [ENTRY_SAVED] = {SHAPE_KEPT, "screen.state_saved" },
        [ENTRY_SENT] = {SHAPE_SENT, "screen.state_sent"  },
        [ENTRY_HELD] = {SHAPE_NONE, "screen.held"        },
        [ENTRY_UNDONE] = {SHAPE_UNDO, "screen.state_undone"},
    };
    cell.x += 1;
    cell.w -= 1;
    if (state == ENTRY_HELD) widget_mark(view, cell.x, cell.y + 0.85f, 3.2f, SHAPE_MARK_HELD);
    view_shape(view, RECT(cell.x, cell.y + 1, 3, 3), STATES[state].icon, view->ink);
    view_line(view, RECT(cell.x + 4, cell.y, cell.w - 4.2f, cell.h), view_text(view, STATES[state].id),
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
}

static void entry_row(struct view *view, struct rect row, const struct found_entry *entry)
{
    struct line plain = {TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink},
                bold = {TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink};
    char text[WORDS_MAX], order[LINE_REF_TEXT];
    words_time(entry->wall_ms, view->flow->state.offset_min, text);
    view_line(view, entry_cell(row, COLUMN_TIME), text, &plain);
    words_order(&entry->sheet, order);
    view_line(view, entry_cell(row, COLUMN_ORDER), order, &bold);
    view_line(view, entry_cell(row, COLUMN_OP), words_name(view, entry->op_name), &plain);
    bold.align = ALIGN_RIGHT;
    snprintf(text, sizeof text, "%d", entry->count - entry->bad);
    view_line(view, entry_cell(row, COLUMN_GOOD), text, &bold);
    snprintf(text, sizeof text, "%d", entry->bad);
    if (entry->bad > 0) view_line(view, entry_cell(row, COLUMN_BAD), text, &bold);
    entry_state(view, entry_cell(row, COLUMN_STATE), entry->state);
}

static int worker_entries(struct view *view, struct rect rect)
{
    const struct found_page *page = &view->flow->page;
    int room = (int)((rect.h - 3.6f + 0.01f) / WORKER_ROW_U), pages = (page->count + room - 1) / room;
    for (int i = 0; i < ENTRY_COLUMNS; i++) {
        struct rect cell = entry_cell(RECT(rect.x, rect.y, rect.w, 3.2f), i);
        if (i == COLUMN_STATE) cell = RECT(cell.x + 1, cell.y, cell.w - 1, cell.h);
        view_line(view, cell, view_text(view, ENTRY_HEADS[i]),
                  &(struct line){TYPE_XS, TYPE_XS, false, entry_align(i), view->note});
    }
    view_box(view, RECT(rect.x, rect.y + 3.4f, rect.w, 0.3f), view->ink);
    if (page->count == 0)
        view_line(view, RECT(rect.x, rect.y + 4.6f, rect.w, WORKER_ROW_U), view_text(view, "screen.no_entries"),
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    int first = pages > 0 ? view->flow->page_no % pages * room : 0;
    for (int i = first; i < page->count && i < first + room; i++) {
        struct rect row = RECT(rect.x, rect.y + 3.7f + (float)(i - first) * WORKER_ROW_U, rect.w, WORKER_ROW_U);
        if (i > first) view_box(view, RECT(row.x, row.y, row.w, 0.12f), COLOUR_LINE);
        entry_row(view, row, &page->entries[i]);
    }
    return pages;
}

static int worker_days(struct view *view, struct rect rect)
{
    const struct found_pay *pay = &view->flow->pay;
    int room = (int)((rect.h - 3.6f + 0.01f) / WORKER_ROW_U), pages = (pay->count + room - 1) / room;
    int first = pages > 0 ? view->flow->page_no % pages * room : 0;
    view_line(view, RECT(rect.x, rect.y, rect.w, 3.2f), view_text(view, "screen.pay_days"),
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, view->note});
    view_box(view, RECT(rect.x, rect.y + 3.4f, rect.w, 0.3f), view->ink);
    for (int i = first; i < pay->count && i < first + room; i++) {
        struct rect row = RECT(rect.x, rect.y + 3.7f + (float)(i - first) * WORKER_ROW_U, rect.w, WORKER_ROW_U);
        char        text[WORDS_MAX];
        if (i > first) view_box(view, RECT(row.x, row.y, row.w, 0.12f), COLOUR_LINE);
        words_date(view, pay->days[i].day, text);
        view_line(view, RECT(row.x, row.y, row.w / 2, row.h), text,
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
        words_fen(view, pay->days[i].fen, text);
        view_line(view, RECT(row.x + row.w / 2, row.y, row.w / 2, row.h), text,
                  &(struct line){TYPE_M, TYPE_S, true, ALIGN_RIGHT, view->ink});
    }
    return pages;
}

/* ---- Keys */

static void worker_undo(struct view *view, struct rect rect)
{
    const struct event *last = &view->flow->lasts[view->flow->last_count - 1].event;
    char                order[LINE_REF_TEXT], label[WORDS_MAX], line[WORDS_MAX];
    words_order(&last->sheet, order);
    snprintf(label, sizeof label, "%s %s", view_text(view, "screen.undo"), order);
    snprintf(line, sizeof line, "%.120s %d", words_op(view, sheet_op(&view->flow->last_sheet, last->op)), last->count);
    widget_wide(view, rect, &(struct key_words){"undo", ACTION_UNDO, 0, KEY_PLAIN, SHAPE_UNDO, label, line, 0});
}

/* A high screen has a row of its own for it, beside the undo where there is one. */
static void worker_wrong(struct view *view)
{
    const struct key_words words = {
        "wrong", ACTION_WRONG, 0, KEY_PLAIN, SHAPE_NOTE, view_text(view, "screen.wrong"), NULL, 0};
    if (flow_may_undo(view->flow))
        widget_key(view, layout_cell(&view->layout, 3, 1, 1, 1), &words);
    else
        widget_wide(view, layout_cell(&view->layout, 0, 4, 1, 1), &words);
}

/* What may be undone, and where the first key after it stands. */
static int undo_keys(struct view *view, bool has_number)
{
    bool is_portrait = view->layout.is_portrait;
    if (!flow_may_undo(view->flow)) return 0;
    worker_undo(view, is_portrait ? layout_cell(&view->layout, 0, has_number ? 3 : 4, 1, 1)
                                  : layout_cell(&view->layout, 0, 2, 2, 1));
    return is_portrait ? 0 : 2;
}

static void worker_keys(struct view *view, int pages)
{
    const struct flow *flow = view->flow;
    bool               has_number = flow_person(flow)->number != 0, is_portrait = view->layout.is_portrait;
    int                at = undo_keys(view, has_number), last = view->layout.columns - 1;
    if (has_number && is_portrait) worker_wrong(view);
    widget_below(view, at++, "money", ACTION_MONEY, SHAPE_MONEY, flow->has_pay ? "screen.pay_hide" : "screen.pay_show");
    widget_below(view, at++, "out", ACTION_OUT, SHAPE_OUT, "screen.out");
    if (flow->crew_count == 1 && flow->crew[0].is_supervisor && at < last - (pages > 1 && at + 1 < last))
        widget_below(view, at++, "super", ACTION_SUPER, SHAPE_PEOPLE, "screen.super_key");
    if (flow->has_pay)
        widget_key(view, layout_cell(&view->layout, at++, 1, 2, 1),
                   &(struct key_words){"yuan", ACTION_YUAN, 0, flow_person(flow)->shows_yuan ? KEY_PRIMARY : KEY_PLAIN,
                                       SHAPE_CHECK, view_text(view, "screen.yuan_green"), NULL, 0});
    if (has_number && !is_portrait && at < last - (pages > 1 || !flow->has_pay))
        widget_below(view, at++, "wrong", ACTION_WRONG, SHAPE_NOTE, "screen.wrong");
    if (!flow->has_pay && at < last - (pages > 1))
        widget_below(view, at++, "look", ACTION_LOOK, SHAPE_EYE, "screen.look");
    if (at < last || pages < 2)
        widget_below(view, pages > 1 ? last - 1 : last, "language", ACTION_LANGUAGE, SHAPE_LANGUAGE, "screen.language");
    widget_more(view, layout_cell(&view->layout, last, 1, 2, 1), pages);
}

/* [R14] He sees it before it costs him anything. */
static struct say blame_say(const struct found_entry *blame)
{
    char order[LINE_REF_TEXT];
    words_order(&blame->sheet, order);
    return say_int(say_text(SAY("screen.blame"), order), blame->count);
}

void screen_worker(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    char                 text[ITEM_TEXT_MAX];
    struct rect          left = RECT(MARGIN_U, layout->head + 1.6f, 27, 31.4f - layout->ribbon);
    struct rect          right = RECT(33, layout->head + 1.6f, layout->w - 36, 33.6f - layout->ribbon);
    if (layout->is_portrait) {
        float foot = flow_may_undo(flow) || flow_person(flow)->number != 0 ? 30.5f : 17;
        left = RECT(MARGIN_U, layout->head + 1.6f, layout->w - 6, 30);
        right = RECT(MARGIN_U, layout->head + 33, left.w, layout->h - layout->head - 33 - foot);
    }
    struct say blamed = {0};
    if (flow->page.blame_count > 0) blamed = blame_say(&flow->page.blames[0]);
    const struct say *say = !say_is_empty(&flow->say)           ? &flow->say
                            : !say_is_empty(&flow->page.answer) ? &flow->page.answer
                                                                : &blamed;
    if (!say_is_empty(say) && !layout->is_portrait) right.h -= 2; /* it has the place of the last row */
    worker_today(view, left);
    int pages = flow->has_pay ? worker_days(view, right) : worker_entries(view, right);
    int row = layout->is_portrait && flow_person(flow)->number != 0 ? 1 : 2; /* above the keys */
    if (!say_is_empty(say)) {
        view_say(view, say, text, sizeof text);
        view_line(view, RECT(MARGIN_U, layout_cell(layout, 0, 1, row, 1).y - 3.4f, layout->w - 6, 3.2f), text,
                  &(struct line){TYPE_S_LEAST, TYPE_XS, true, ALIGN_LEFT, view->ink});
    }
    worker_keys(view, pages);
}
