/* board.c - what supervisors ask at one glance: bars against where the shift should be, and what needs somebody. */
#include <stdio.h>

#include "kiosk/screen/view.h"

#define OP_ROW_U 3.3f
#define LIST_ROW_U 4.4f

static const struct count_row {
    enum board_view view;
    enum shape      mark;
    const char     *id, *label;
} COUNTS[BOARD_COUNTS] = {
    {BOARD_LATE,    SHAPE_MARK_LATE,    "board-late",    "screen.board_late"   },
    {BOARD_RUSH,    SHAPE_MARK_RUSH,    "board-rush",    "screen.board_rush"   },
    {BOARD_STOPPED, SHAPE_MARK_STOP,    "board-stopped", "screen.board_stopped"},
    {BOARD_MISSING, SHAPE_MARK_MISSING, "board-missing", "screen.board_missing"},
    {BOARD_HELD,    SHAPE_MARK_HELD,    "board-held",    "screen.board_held"   },
};

/* Stop, rush, late, held, missing: the order in which marks stand in a row. */
static const int MARKS_ORDER[BOARD_COUNTS] = {BOARD_STOPPED, BOARD_RUSH, BOARD_LATE, BOARD_HELD, BOARD_MISSING};

/* ---- By operation */

static void op_marks(struct view *view, struct rect rect, const struct board_op *op)
{
    float x = rect.x;
    for (int i = 0; i < BOARD_COUNTS; i++) {
        int                     kind = MARKS_ORDER[i] - BOARD_LATE, count = op->counts[kind];
        const struct count_row *row = &COUNTS[kind];
        char                    text[16];
        if (count == 0) continue;
        snprintf(text, sizeof text, "%d", count);
        float width = view_width(view, text, TYPE_S, true);
        if (x + 3.5f + width > rect.x + rect.w) return; /* the gravest are said */
        widget_mark(view, x, rect.y + rect.h / 2 - 1.45f, 2.9f, row->mark);
        view_line(view, RECT(x + 3.5f, rect.y, width + 0.1f, rect.h), text,
                  &(struct line){TYPE_S, TYPE_S, true, ALIGN_LEFT, view->ink});
        x += 4.6f + width;
    }
}

static int64_t done_most(const struct found_board *board)
{
    int64_t most = 1;
    for (int i = 0; i < board->op_count; i++)
        if (board->ops[i].done > most) most = board->ops[i].done;
    return most;
}

static void op_row(struct view *view, struct rect row, const struct board_op *op, struct rect bar, float marks)
{
    const struct found_board *board = &view->flow->board;
    char                      text[WORDS_MAX];
    int64_t                   all = op->planned > 0 ? op->planned : board->planned > 0 ? 0 : done_most(board);
    float                     figures = bar.x + bar.w + 1;
    view_shape(view, RECT(row.x, row.y + row.h / 2 - 1.35f, 2.7f, 2.7f), shape_of_operation(op->code, op->name[0]),
               view->ink);
    view_line(view, RECT(row.x + 3.8f, row.y, bar.x - row.x - 4.6f, row.h), words_name(view, op->name),
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_LEFT, view->ink});
    bar.y = row.y + row.h / 2 - 0.75f;
    bar.h = 1.5f;
    view_box(view, bar, COLOUR_TRACK);
    if (all > 0 && op->done > 0) {
        bar.w *= op->done >= all ? 1 : (float)op->done / (float)all;
        view_box(view, bar, view->ink);
    }
    snprintf(text, sizeof text, "%lld", (long long)op->done);
    float width = view_width(view, text, TYPE_S, true);
    view_line(view, RECT(figures, row.y, width + 0.1f, row.h), text,
              &(struct line){TYPE_S, TYPE_S, true, ALIGN_LEFT, view->ink});
    if (op->planned > 0) {
        snprintf(text, sizeof text, "/ %lld", (long long)op->planned);
        view_line(view, RECT(figures + width + 0.6f, row.y, marks - figures - width - 0.6f, row.h), text,
                  &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
    }
    op_marks(view, RECT(marks, row.y, row.x + row.w - marks, row.h), op);
}

/* Width of the longest "64 / 72". */
static float figures_most(const struct view *view)
{
    const struct found_board *board = &view->flow->board;
    float                     most = 0;
    for (int i = 0; i < board->op_count; i++) {
        char  done[24], planned[24];
        float width;
        snprintf(done, sizeof done, "%lld", (long long)board->ops[i].done);
        snprintf(planned, sizeof planned, "/ %lld", (long long)board->ops[i].planned);
        width = view_width(view, done, TYPE_S, true);
        if (board->ops[i].planned > 0) width += 0.7f + view_width(view, planned, TYPE_S, false);
        if (width > most) most = width;
    }
    return most;
}

static int board_ops(struct view *view, struct rect rect)
{
    const struct found_board *board = &view->flow->board;
    float                     now = board->planned > 0 ? (float)board->now_permille / 1000 : -1;
    float                     label = now >= 0 ? 2.6f : 0, left = view->layout.is_portrait ? 13 : 15;
    struct rect               bar = RECT(rect.x + left, 0, rect.w * 0.38f - (view->layout.is_portrait ? 2 : 0), 0);
    float                     marks = bar.x + bar.w + 2.6f + figures_most(view);
    int                       room = (int)((rect.h - label + 0.01f) / OP_ROW_U), count = board->op_count,
        pages = room > 0 ? (count + room - 1) / room : 0;
    if (pages == 0) {
        view_line(view, RECT(rect.x, rect.y + 2, rect.w, 4.4f), view_text(view, "screen.board_nothing"),
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->note});
        return 0;
    }
    int first = view->flow->page_no % pages * room, shown = count - first < room ? count - first : room;
    for (int i = 0; i < shown; i++)
        op_row(view, RECT(rect.x, rect.y + label + (float)i * OP_ROW_U, rect.w, OP_ROW_U), &board->ops[first + i], bar,
               marks);
    if (now < 0) return pages;
    float x = bar.x + bar.w * now, w = 16;
    float from = x - w / 2 < bar.x ? bar.x : x + w / 2 > bar.x + bar.w + 4 ? bar.x + bar.w + 4 - w : x - w / 2;
    view_line(view, RECT(from, rect.y, w, 2.4f), view_text(view, "screen.board_now"),
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_CENTRE, view->note});
    view_box(view, RECT(x - 0.2f, rect.y + 2.4f, 0.4f, (float)shown * OP_ROW_U + 0.4f), view->note);
    return pages;
}

/* ---- By order, and what needs somebody */

static void list_row(struct view *view, struct rect row, const struct board_row *line)
{
    char  text[WORDS_MAX];
    bool  is_high = view->layout.is_portrait;
    float end = row.x + row.w, x = row.x + 4.4f, number = 12.6f, days = 10.4f, left = 6.2f;
    float op = is_high ? 10 : 11;
    if (line->is_stopped || line->is_rush || line->is_late)
        widget_mark(view, row.x, row.y + row.h / 2 - 1.7f, 3.4f,
                    line->is_stopped ? SHAPE_MARK_STOP
                    : line->is_rush  ? SHAPE_MARK_RUSH
                                     : SHAPE_MARK_LATE);
    line_ref_short(line->line, text);
    view_line(view, RECT(x, row.y, number, row.h), text, &(struct line){TYPE_M, TYPE_XS, true, ALIGN_LEFT, view->ink});
    x += number + 0.8f;
    float rest = end - days - left - op - x - 1;
    if (rest >= 8)
        view_line(view, RECT(x, row.y, rest, row.h), line->product,
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    view_line(view, RECT(end - days - left - op, row.y, op - 0.8f, row.h), words_name(view, line->op),
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_LEFT, view->ink});
    if (line->left > 0) {
        snprintf(text, sizeof text, "%lld", (long long)line->left);
        view_line(view, RECT(end - days - left, row.y, left - 0.8f, row.h), text,
                  &(struct line){TYPE_S, TYPE_XS, true, ALIGN_RIGHT, view->ink});
    }
    words_due(view, line->due_day, text);
    if (view->flow->board.view == BOARD_HELD) words_id_int(view, "screen.board_held_n", line->held, text);
    view_line(view, RECT(end - days, row.y, days, row.h), text,
              &(struct line){TYPE_S, TYPE_XS, line->is_late, ALIGN_RIGHT, view->ink});
}

static void worker_row(struct view *view, struct rect row, const struct board_row *worker)
{
    char        text[WORDS_MAX], when[FLOW_WHEN_MAX];
    float       part = (row.w - 22) / 4;
    const char *name =
        worker->worker.number == 0 ? view_text(view, "screen.badge_unknown") : words_worker(view, &worker->worker);
    int64_t figures[3] = {worker->good, worker->bad, worker->held};
    widget_sign(view, row.x, row.y + 0.1f, 4.2f, &worker->worker);
    view_line(view, RECT(row.x + 5.4f, row.y, 16, row.h), name,
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_LEFT, view->ink});
    for (int i = 0; i < 3; i++) {
        if (figures[i] == 0 && i > 0) continue;
        snprintf(text, sizeof text, "%lld", (long long)figures[i]);
        view_line(view, RECT(row.x + 22 + (float)i * part, row.y, part - 1, row.h), text,
                  &(struct line){TYPE_S, TYPE_S_LEAST, i == 0, ALIGN_RIGHT, view->ink});
    }
    flow_when(view->flow, worker->when_ms, when);
    view_line(view, RECT(row.x + 22 + 3 * part, row.y, part, row.h), when,
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_RIGHT, view->ink});
}

static void worker_heads(struct view *view, struct rect rect)
{
    static const char *const HEADS[4] = {"screen.col_good", "screen.col_bad", "screen.board_held", "screen.board_last"};
    float                    part = (rect.w - 22) / 4;
    view_line(view, RECT(rect.x, rect.y, 22, 2.8f), view_text(view, "screen.board_here"),
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, view->note});
    for (int i = 0; i < 4; i++)
        view_line(view, RECT(rect.x + 22 + (float)i * part, rect.y, part - (i < 3 ? 1 : 0), 2.8f),
                  view_text(view, HEADS[i]), &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_RIGHT, view->note});
}

static int board_list(struct view *view, struct rect rect)
{
    const struct found_board *board = &view->flow->board;
    bool                      is_workers = board->view == BOARD_WORKERS;
    if (is_workers) worker_heads(view, rect);
    float top = rect.y + (is_workers ? 3 : 0.4f);
    int   room = (int)((rect.y + rect.h - top + 0.01f) / LIST_ROW_U), count = board->row_count;
    int   pages = room > 0 ? (count + room - 1) / room : 0;
    view_box(view, RECT(rect.x, top - 0.2f, rect.w, 0.3f), view->ink);
    if (pages == 0) {
        view_line(view, RECT(rect.x, top + 1, rect.w, 4.4f), view_text(view, "screen.board_none"),
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->note});
        return 0;
    }
    int first = view->flow->page_no % pages * room;
    for (int i = first; i < count && i < first + room; i++) {
        struct rect row = RECT(rect.x, top + (float)(i - first) * LIST_ROW_U, rect.w, LIST_ROW_U);
        if (i > first) view_box(view, RECT(row.x, row.y, row.w, 0.12f), COLOUR_LINE);
        if (is_workers)
            worker_row(view, row, &board->rows[i]);
        else
            list_row(view, row, &board->rows[i]);
    }
    return pages;
}

/* Who made how many isn't everybody's business. */
static void board_badge_here(struct view *view, struct rect rect)
{
    char text[ITEM_TEXT_MAX];
    widget_badge_here(view, RECT(rect.x, rect.y + 2, rect.w < 44 ? rect.w : 44, 11),
                      view_text(view, "screen.badge_here"), view_text(view, "screen.board_supervisor"));
    if (say_is_empty(&view->flow->say)) return;
    view_say(view, &view->flow->say, text, sizeof text);
    view_wrap(view, RECT(rect.x, rect.y + 14.4f, rect.w, 8), text,
              &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
}

/* ---- The frame */

static void board_title(struct view *view, struct rect rect)
{
    const struct flow        *flow = view->flow;
    const struct found_board *board = &flow->board;
    static const char *const  TITLES[BOARD_VIEWS] = {
        [BOARD_ORDERS] = "screen.board_orders",   [BOARD_WORKERS] = "screen.board_workers",
        [BOARD_LATE] = "screen.board_late",       [BOARD_RUSH] = "screen.board_rush",
        [BOARD_STOPPED] = "screen.board_stopped", [BOARD_MISSING] = "screen.board_missing",
        [BOARD_HELD] = "screen.board_held"};
    char        text[WORDS_MAX];
    const char *title = view_text(view, flow->board_back == 1 ? "screen.yesterday" : "screen.board_today");
    bool        is_ops = board->view == BOARD_OPS;
    if (!is_ops) title = view_text(view, TITLES[board->view]);
    float width = view_width(view, title, TYPE_L, true);
    view_line(view, RECT(rect.x, rect.y, width + 0.2f, 5.6f), title,
              &(struct line){TYPE_L, TYPE_L, true, ALIGN_LEFT, view->ink});
    float right = 0;
    if (is_ops && board->op_count > 0) {
        char unit[WORDS_MAX];
        words_pieces(view, board->planned > 0 ? board->planned : board->done, unit);
        if (board->planned > 0)
            snprintf(text, sizeof text, "%lld / %.80s", (long long)board->done, unit);
        else
            snprintf(text, sizeof text, "%.80s", unit);
        right = view_width(view, text, TYPE_M, true) + 1;
        view_line(view, RECT(rect.x + rect.w - right, rect.y, right, 5.6f), text,
                  &(struct line){TYPE_M, TYPE_M, true, ALIGN_RIGHT, view->ink});
    } else if (!is_ops && board->all > 0) {
        snprintf(text, sizeof text, "%d", board->all);
        right = view_width(view, text, TYPE_L, true) + 1;
        view_line(view, RECT(rect.x + rect.w - right, rect.y, right, 5.6f), text,
                  &(struct line){TYPE_L, TYPE_L, true, ALIGN_RIGHT, view->ink});
    }
}

/* How old this is: everything on the board is what this kiosk knows. */
static void board_age(struct view *view, struct rect rect)
{
    char age[WORDS_MAX];
    if (view->flow->board.heard_ms == 0) return;
    words_age(view, view->flow->board.heard_ms, age);
    bool is_short = view_width(view, age, TYPE_XS, false) <= rect.w;
    if (!view->layout.is_portrait && is_short && rect.h >= 7.6f) {
        view_line(view, RECT(rect.x, rect.y, rect.w, 5.2f), view_text(view, "screen.board_act"),
                  &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
        rect.y += 5;
        rect.h -= 5;
    }
    view_wrap(view, rect, age,
              &(struct line){TYPE_XS, TYPE_XS, !is_short, ALIGN_LEFT, is_short ? view->note : view->ink});
}

static void count_key(struct view *view, struct rect rect, const struct count_row *row, int count)
{
    bool        is_on = view->flow->board.view == row->view;
    bool        is_pressed = view_is_pressed(view, row->id);
    enum colour fill = is_pressed ? COLOUR_INK : is_on ? COLOUR_BLUE : COLOUR_PLATE, was = view->ground;
    enum colour ink = is_pressed ? COLOUR_GROUND : is_on ? COLOUR_ON_BLUE : COLOUR_BLUE;
    char        text[16];
    view_plate(view, rect, fill, is_pressed ? COLOUR_INK : COLOUR_BLUE, 0.4f);
    view_button(view, rect, row->id, ACTION_BOARD, row->view);
    view->ground = fill;
    if (is_on || is_pressed)
        view_plate(view, RECT(rect.x + 0.9f, rect.y + 0.9f, 4.6f, 4.6f), COLOUR_PLATE, COLOUR_NONE, 0);
    widget_mark(view, rect.x + 1.3f, rect.y + 1.3f, 3.8f, row->mark);
    snprintf(text, sizeof text, "%d", count);
    view_line(view, RECT(rect.x + 5.6f, rect.y + 0.6f, rect.w - 6.6f, 5.2f), text,
              &(struct line){TYPE_L, TYPE_XS, true, ALIGN_RIGHT, ink});
    view_line(view, RECT(rect.x + 1, rect.y + 5.8f, rect.w - 2.2f, 3.6f), view_text(view, row->label),
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_RIGHT, ink});
    view->ground = was;
}

static void board_keys(struct view *view, int pages)
{
    const struct flow   *flow = view->flow;
    const struct layout *layout = &view->layout;
    const struct {
        const char     *id;
        enum board_view view;
        enum shape      shape;
        const char     *label;
    } VIEWS[3] = {
        {"board-ops",     BOARD_OPS,     SHAPE_BOARD,  "screen.board_ops"    },
        {"board-orders",  BOARD_ORDERS,  SHAPE_DOOR,   "screen.board_orders" },
        {"board-workers", BOARD_WORKERS, SHAPE_PEOPLE, "screen.board_workers"},
    };
    for (int i = 0; i < 3; i++)
        widget_key(view, layout_cell(layout, i, 1, 2, 1),
                   &(struct key_words){VIEWS[i].id, ACTION_BOARD, VIEWS[i].view,
                                       flow->board.view == VIEWS[i].view ? KEY_PRIMARY : KEY_PLAIN, VIEWS[i].shape,
                                       view_text(view, VIEWS[i].label), NULL, 0});
    bool is_back = flow->board_back == 1;
    if (flow->board.view == BOARD_OPS || flow->board.view == BOARD_WORKERS)
        widget_key(view, layout_cell(layout, 3, 1, 2, 1),
                   &(struct key_words){"day", ACTION_DAY, is_back ? 0 : 1, is_back ? KEY_PRIMARY : KEY_PLAIN,
                                       SHAPE_CALENDAR, view_text(view, "screen.board_before"), NULL, 0});
    for (int i = 0; i < BOARD_COUNTS; i++) {
        struct rect cell =
            layout->is_portrait ? layout_cell(layout, i % 4, 1, i / 4, 1) : layout_cell(layout, 4 + i % 2, 1, i / 2, 1);
        count_key(view, cell, &COUNTS[i], flow->board.counts[i]);
    }
    widget_more(view, layout->is_portrait ? layout_cell(layout, 3, 1, 1, 1) : layout_cell(layout, 5, 1, 2, 1), pages);
}

void screen_board(struct view *view)
{
    const struct layout      *layout = &view->layout;
    const struct found_board *board = &view->flow->board;
    struct rect               rect = RECT(MARGIN_U, layout->head + 1.4f, layout_w(layout, 4), 0);
    float                     end = layout_cell(layout, 0, 1, layout->is_portrait ? 0 : 2, 1).y - 1.4f;
    int                       pages = 0;
    board_title(view, RECT(rect.x, rect.y, rect.w, 5.2f));
    float below = layout->is_portrait ? 8.4f : 5.2f;
    if (layout->is_portrait)
        board_age(view, RECT(rect.x, rect.y + 5.2f, rect.w, 2.9f));
    else
        board_age(view, RECT(layout_x(layout, 4), rect.y, layout_w(layout, 2),
                             layout_cell(layout, 4, 1, 0, 1).y - rect.y - 0.6f));
    struct rect area = RECT(rect.x, rect.y + below, rect.w, end - rect.y - below);
    if (board->view == BOARD_WORKERS && !view->flow->is_board_open)
        board_badge_here(view, area);
    else if (board->view == BOARD_OPS)
        pages = board_ops(view, area);
    else
        pages = board_list(view, area);
    board_keys(view, pages);
}
