/* order.c - how far an order is: each operation of a line with who and when, and its other lines as keys. */
#include <stdio.h>
#include <string.h>

#include "kiosk/screen/view.h"

#define ROW_MOST_U 4.9f
#define ROW_LEAST_U 3.1f

/* Columns of a row, from its left edge. */
struct columns {
    float name, bar, figures, who, end;
};

static struct columns columns_of(const struct view *view, struct rect rect)
{
    bool is_high = view->layout.is_portrait;
    return is_high ? (struct columns){4, 15.4f, 26.5f, 41.5f, rect.w}
                   : (struct columns){4.4f, 20, rect.w * 0.45f, rect.w * 0.62f, rect.w};
}

static void order_row(struct view *view, struct rect row, const struct found_op *op)
{
    struct columns at = columns_of(view, row);
    char           text[WORDS_MAX], when[FLOW_WHEN_MAX];
    float          middle = row.y + row.h / 2, high = 1.4f;
    bool           is_done = op->left == 0;
    view_shape(view, RECT(row.x, middle - 1.5f, 3, 3), shape_of_operation(op->code, op->name[0]), view->ink);
    view_line(view, RECT(row.x + at.name, row.y, at.bar - at.name - 0.8f, row.h), words_op(view, op),
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_LEFT, view->ink});
    struct rect bar = RECT(row.x + at.bar, middle - high / 2, at.figures - at.bar - 1, high);
    view_box(view, bar, COLOUR_TRACK);
    if (op->planned > 0 && op->done > 0) {
        bar.w *= op->done >= op->planned ? 1 : (float)op->done / (float)op->planned;
        view_box(view, bar, view->ink);
    }
    if (is_done) {
        view_shape(view, RECT(row.x + at.figures, middle - 1.3f, 2.6f, 2.6f), SHAPE_KEPT, view->ink);
        snprintf(text, sizeof text, "%lld", (long long)op->done);
    } else {
        snprintf(text, sizeof text, "%lld / %lld", (long long)op->done, (long long)op->planned);
    }
    view_line(view,
              RECT(row.x + at.figures + (is_done ? 3.2f : 0), row.y, at.who - at.figures - (is_done ? 4 : 0.8f), row.h),
              text, &(struct line){TYPE_S, TYPE_XS, !is_done, ALIGN_LEFT, view->ink});
    if (op->when_ms == 0) return;
    flow_when(view->flow, op->when_ms, when);
    snprintf(text, sizeof text, "%s %s", when, op->who);
    struct rect who = RECT(row.x + at.who, row.y, at.end - at.who, row.h);
    if (view_width(view, text, TYPE_XS, false) > who.w) /* the family name says enough */
        snprintf(text, sizeof text, "%s %.*s", when, (int)strcspn(op->who, " "), op->who);
    if (view_width(view, text, TYPE_XS, false) > who.w) snprintf(text, sizeof text, "%s", when);
    view_line(view, who, text, &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
}

/* Returns how many pages there are. */
static int order_rows(struct view *view, struct rect rect)
{
    const struct found_sheet *sheet = &view->flow->order.sheet;
    int                       most = (int)((rect.h + 0.01f) / ROW_LEAST_U), count = sheet->op_count;
    int                       room = count < most ? count : most;
    view_box(view, RECT(rect.x, rect.y, rect.w, 0.3f), view->ink);
    if (count == 0) {
        view_wrap(view, RECT(rect.x, rect.y + 1, rect.w, 8), view_text(view, "screen.order_unknown"),
                  &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
        return 0;
    }
    float high = rect.h / (float)room < ROW_MOST_U ? rect.h / (float)room : ROW_MOST_U;
    int   pages = (count + room - 1) / room, first = view->flow->page_no % pages * room;
    for (int i = first; i < count && i < first + room; i++) {
        float y = rect.y + 0.3f + (float)(i - first) * high;
        if (i > first) view_box(view, RECT(rect.x, y, rect.w, 0.12f), COLOUR_LINE);
    }
    for (int i = first; i < count && i < first + room; i++) /* after the rules: letters may reach below theirs */
        order_row(view, RECT(rect.x, rect.y + 0.3f + (float)(i - first) * high, rect.w, high), &sheet->ops[i]);
    return pages;
}

static void order_head(struct view *view, struct rect rect)
{
    const struct found_order *order = &view->flow->order;
    const struct found_sheet *sheet = &order->sheet;
    char                      text[ITEM_TEXT_MAX], due[WORDS_MAX], pieces[WORDS_MAX], age[WORDS_MAX];
    bool                      late = is_late(view, sheet->due_day);
    line_ref_short(sheet->ref.line, text);
    float x =
        widget_marks(view, rect.x, rect.y + 0.7f, 5.6f, sheet->is_stopped, sheet->is_rush, sheet->is_special, late);
    view_line(view, RECT(x, rect.y, rect.x + rect.w * 0.6f - x, 7), text,
              &(struct line){TYPE_XL, TYPE_M, true, ALIGN_LEFT, view->ink});
    if (sheet->quantity > 0) {
        words_pieces(view, sheet->quantity, pieces);
        view_line(view, RECT(rect.x + rect.w * 0.6f, rect.y, rect.w * 0.4f, 7), pieces,
                  &(struct line){TYPE_L, TYPE_M, true, ALIGN_RIGHT, view->ink});
    }
    words_due(view, sheet->due_day, due);
    words_age(view, order->heard_ms, age);
    float split = view->layout.is_portrait ? 0.72f : 0.4f, low = rect.y + 6.4f;
    view_line(view, RECT(rect.x, low, rect.w * split - 1, 3.8f), sheet->product,
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
    snprintf(text, sizeof text, "%.60s%s%.100s", due, due[0] != '\0' ? " · " : "", age);
    if (view->layout.is_portrait) {
        view_line(view, RECT(rect.x, low + 3.6f, rect.w, 3), age,
                  &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, view->note});
        snprintf(text, sizeof text, "%.60s", due);
    }
    view_line(view, RECT(rect.x + rect.w * split, low, rect.w * (1 - split), 3.8f), text,
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_RIGHT, view->note});
}

/* The order's lines: a key each where they fit, else forth and back. */
static void order_keys(struct view *view, int pages)
{
    const struct found_order *order = &view->flow->order;
    int                       columns = view->layout.columns, room = columns - (pages > 1), count = order->line_count;
    char                      id[BUTTON_ID_MAX], label[WORDS_MAX], line[LINE_REF_TEXT];
    int                       first = count <= room ? 0 : order->at - room / 2;
    if (first < 0) first = 0;
    if (first > count - room && count > room) first = count - room;
    for (int i = first; i < count && i < first + room && count > 1; i++) {
        struct line_ref ref = order->lines[i].line;
        line_ref_short(ref, line);
        KEY_ID(id, "line", line_ref_key(ref));
        snprintf(label, sizeof label, "%s", line);
        enum shape shape = order->lines[i].left == 0 ? SHAPE_CHECK : SHAPE_DOOR;
        widget_key(view, layout_cell(&view->layout, i - first, 1, 2, 1),
                   &(struct key_words){id, ACTION_LINE, line_ref_key(ref), i == order->at ? KEY_PRIMARY : KEY_PLAIN,
                                       shape, label, NULL, 0});
    }
    widget_more(view, layout_cell(&view->layout, columns - 1, 1, 2, 1), pages);
}

void screen_order(struct view *view)
{
    const struct layout *layout = &view->layout;
    struct rect rect = RECT(MARGIN_U, layout->head + 0.6f, layout->w - 2 * MARGIN_U, layout->is_portrait ? 14 : 10);
    if (view->flow->order.line_count == 0) return; /* it is being looked up */
    order_head(view, rect);
    float top = rect.y + rect.h, end = layout_cell(layout, 0, 1, 2, 1).y - 1.2f;
    int   pages = order_rows(view, RECT(rect.x, top, rect.w, end - top));
    order_keys(view, pages);
}
