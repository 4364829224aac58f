/* count.c - how many: keys 1 to n where that is enough, else a keypad; reasons for bad ones; the key that saves. */
#include <stdio.h>

#include "core/money.h"
#include "kiosk/screen/view.h"

enum { SLOTS = 4 };

static bool is_pad(const struct flow *flow)
{
    return flow->is_any_number || flow->keys == 0;
}

/* ---- Head: order, operation, what is left */

static void count_left(struct view *view, struct rect rect)
{
    const struct flow     *flow = view->flow;
    const struct found_op *op = flow_op(flow, 0);
    char                   text[WORDS_MAX];
    bool                   is_low = view->layout.is_portrait;
    if (op == NULL) {
        view_wrap(view, rect, view_text(view, is_low ? "screen.sheet_unknown" : "screen.sheet_unknown_line"),
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
        return;
    }
    words_id_int(view, "screen.left_still", flow_left(flow), text);
    float width = view_width(view, text, TYPE_M, true) + 0.2f;
    view_line(view, RECT(rect.x + rect.w - width, rect.y, width, 4.4f), text,
              &(struct line){TYPE_M, TYPE_M, true, ALIGN_RIGHT, view->ink});
    char       maker[WORDS_MAX], time[WORDS_MAX];
    struct say say = say_int(say_int(SAY("screen.arrived_done"), op->arrived), op->done);
    if (op->by[0] != '\0') { /* who did the rest, and when */
        words_time(op->by_ms, flow->state.offset_min, time);
        snprintf(maker, sizeof maker, "%s %.20s", op->by, time);
        say = say_int(say_text(SAY("screen.done_by"), maker), op->by_count);
    }
    size_t used = flow->is_rework ? (size_t)snprintf(text, sizeof text, "%s · ", view_text(view, "screen.rework")) : 0;
    view_say(view, &say, text + used, sizeof text - used);
    view_line(view, RECT(rect.x, rect.y, rect.w - width - 1, 4.4f), text,
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
    if (!is_low) widget_bar(view, RECT(rect.x, rect.y + 5, rect.w, 2.1f), op->done, op->planned);
}

static void count_title(struct view *view, struct rect rect)
{
    const struct flow        *flow = view->flow;
    const struct found_sheet *sheet = &flow->sheet;
    const struct found_op    *op = flow_op(flow, 0);
    char                      order[LINE_REF_TEXT], ops[WORDS_MAX];
    bool                      is_stop = flow->is_made_before && (sheet->is_stopped || sheet->revision == REVISION_OLD);
    float x = widget_marks(view, rect.x, rect.y + 0.8f, 5, is_stop, sheet->is_rush, sheet->is_special, false),
          end = rect.x + rect.w;
    words_order(&sheet->ref, order);
    float room = (end - x) * 0.55f;
    float width = view_line(view, RECT(x + 0.4f, rect.y, room, 7), order,
                            &(struct line){TYPE_XL, TYPE_M, true, ALIGN_LEFT, view->ink});
    x += width + 2;
    if (op != NULL && flow->op_count == 1) {
        view_shape(view, RECT(x, rect.y + 0.9f, 5.2f, 5.2f), shape_of_operation(op->code, op->name[0]), view->ink);
        x += 6;
    }
    words_ops(view, ops);

    view_line(view, RECT(x, rect.y, end - x, 7), ops,
              &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
}

/* A reason in hand: the head asks for its number. */
static void count_ask_bad(struct view *view, struct rect rect)
{
    char reason[WORDS_MAX], text[WORDS_MAX];
    words_reason(view, view->flow->bad_reason, reason);
    words_id(view, "screen.bad_how_many", reason, text);
    view_line(view, rect, text, &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
}

static void count_head(struct view *view)
{
    const struct layout *layout = &view->layout;
    float                y = layout->head + (layout->ribbon > 0 ? 0.5f : 1.6f), w = layout->w - 2 * MARGIN_U;
    struct rect title = RECT(MARGIN_U, y, w * 0.5f, 7), left = RECT(MARGIN_U + w * 0.525f, y + 0.3f, w * 0.475f, 7.4f);
    if (layout->is_portrait) {
        title = RECT(MARGIN_U, layout->head + 0.6f, w, 7);
        left = RECT(MARGIN_U, layout->head + 7.6f, w, 4);
    }
    if (view->flow->bad_reason != 0)
        count_ask_bad(view, title);
    else
        count_title(view, title);
    count_left(view, left);
}

/* ---- Numbers */

static int32_t count_shown(const struct flow *flow)
{
    return flow->bad_reason != 0 ? flow_bad_of(flow, flow->bad_reason) : flow->count;
}

static struct rect number_cell(const struct view *view, int i)
{
    return widget_pad_cell(view, view->layout.is_portrait ? -2 : 0, i);
}

static void count_keys(struct view *view)
{
    int  n = view->flow->keys;
    char id[BUTTON_ID_MAX], label[16];
    for (int i = 1; i <= n; i++) {
        KEY_ID(id, "count", i);
        snprintf(label, sizeof label, "%d", i);
        enum key_look look = count_shown(view->flow) == i ? KEY_PRIMARY : KEY_PLAIN;
        widget_digit(view, number_cell(view, i - 1),
                     &(struct key_words){id, ACTION_COUNT, i, look, SHAPE_NONE, label, NULL, 0});
    }
    widget_key(view, number_cell(view, n),
               &(struct key_words){"different", ACTION_DIFFERENT, 0, KEY_PLAIN, SHAPE_PAD,
                                   view_text(view, "screen.different"), NULL, 0});
}

static void count_pad(struct view *view)
{
    widget_pad(view, view->layout.is_portrait ? -2 : 0);
    widget_erase(view, number_cell(view, 10));
    widget_key(view, number_cell(view, 11),
               &(struct key_words){"clear", ACTION_ERASE, 1, KEY_PLAIN, SHAPE_CLOSE, view_text(view, "screen.clear"),
                                   NULL, 0});
}

/* ---- Reasons: four at once, rework among them, page by page */

static void count_slot(struct view *view, struct rect rect, int i)
{
    const struct found_idle *idle = &view->flow->idle;
    char                     id[BUTTON_ID_MAX];
    if (i == idle->reason_count) {
        widget_key(view, rect,
                   &(struct key_words){"rework", ACTION_REWORK, 0, view->flow->is_rework ? KEY_PRIMARY : KEY_PLAIN,
                                       SHAPE_AGAIN, view_text(view, "screen.rework"), NULL, 0});
        return;
    }
    int32_t       number = idle->reasons[i].number;
    enum key_look look = view->flow->bad_reason == number ? KEY_PRIMARY : KEY_PLAIN;
    KEY_ID(id, "bad", number);
    widget_key(view, rect,
               &(struct key_words){id, ACTION_BAD, number, look, shape_of_reason(idle->reasons[i].name[0]),
                                   words_name(view, idle->reasons[i].name), NULL, flow_bad_of(view->flow, number)});
}

static void more_slot(struct view *view, struct rect rect, int page, int pages)
{
    char label[WORDS_MAX];
    if (pages < 2) return;
    snprintf(label, sizeof label, "%s %d/%d", view_text(view, "screen.more_short"), page + 1, pages);
    widget_key(view, rect, &(struct key_words){"more", ACTION_MORE, 0, KEY_PLAIN, SHAPE_OTHER, label, NULL, 0});
}

/* ---- A reason in hand: whose fault it is, page by page, and that all is said */

static void fault_slot(struct view *view, struct rect rect, int32_t fault)
{
    const struct flow     *flow = view->flow;
    const struct found_op *op = sheet_op(&flow->sheet, fault);
    bool                   is_own = fault == flow->ops[0], is_chosen = flow_fault_of(flow, flow->bad_reason) == fault;
    char                   id[BUTTON_ID_MAX], label[WORDS_MAX];
    enum shape             icon = SHAPE_MATERIAL;
    KEY_ID(id, "fault", fault);
    snprintf(label, sizeof label, "%s", view_text(view, is_own ? "screen.fault_own" : "screen.fault_material"));
    if (op != NULL) icon = shape_of_operation(op->code, op->name[0]);
    if (op != NULL && !is_own) snprintf(label, sizeof label, "%s", words_op(view, op));
    widget_key(view, rect,
               &(struct key_words){id, ACTION_FAULT, fault, is_chosen ? KEY_PRIMARY : KEY_PLAIN,
                                   is_own ? SHAPE_PERSON : icon, label, NULL, 0});
}

static void count_faults(struct view *view)
{
    const struct layout *layout = &view->layout;
    int32_t              faults[FLOW_FAULTS_MAX];
    int                  all = flow_faults(view->flow, faults), slots = all < SLOTS ? SLOTS - 1 : SLOTS - 2;
    int pages = (all + slots - 1) / slots, page = view->flow->page_no % pages, row = layout->is_portrait ? 1 : 2;
    for (int i = 0; i < slots && page * slots + i < all; i++)
        fault_slot(view, layout_cell(layout, i, 1, row, 1), faults[page * slots + i]);
    more_slot(view, layout_cell(layout, slots, 1, row, 1), page, pages);
    widget_key(
        view, layout_cell(layout, SLOTS - 1, 1, row, 1),
        &(struct key_words){"yes", ACTION_YES, 0, KEY_PLAIN, SHAPE_CHECK, view_text(view, "screen.done"), NULL, 0});
}

static void count_reasons(struct view *view)
{
    if (view->flow->bad_reason != 0) {
        count_faults(view);
        return;
    }
    const struct layout *layout = &view->layout;
    int                  all = view->flow->idle.reason_count + 1, slots = all <= SLOTS ? SLOTS : SLOTS - 1;
    int pages = (all + slots - 1) / slots, page = view->flow->page_no % pages, row = layout->is_portrait ? 1 : 2;
    for (int i = 0; i < slots && page * slots + i < all; i++)
        count_slot(view, layout_cell(layout, i, 1, row, 1), page * slots + i);
    more_slot(view, layout_cell(layout, SLOTS - 1, 1, row, 1), page, pages);
}

/* ---- Save */

static void count_save(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    struct rect          rect = layout_cell(layout, layout->is_portrait ? 0 : 4, layout->is_portrait ? 4 : 2, 2, 1);
    char                 label[WORDS_MAX], line[WORDS_MAX], number[WORDS_MAX];
    int32_t              bad = flow_bad_total(flow);
    int32_t              count = flow->count > 0 ? flow->count : flow_proposed(flow);
    if (count == 0) return;
    words_pieces(view, count, number);
    if (flow->crew_count == 0) {
        words_id(view, "screen.badge_saves", number, line);
        widget_badge_here(view, rect, view_text(view, "screen.badge_here"), line);
        return;
    }
    bool is_all = flow->count == 0;
    words_id(view,
             is_all                ? "screen.all_pieces"
             : flow->is_correcting ? "screen.correct_pieces"
                                   : "screen.save_pieces",
             number, label);
    if (bad > 0) {
        struct say say = say_int(say_int(SAY("screen.good_bad"), count - bad), bad);
        view_say(view, &say, line, sizeof line);
    } else {
        snprintf(line, sizeof line, "%s", view_text(view, "screen.all_good"));
    }
    if (is_all)
        widget_wide(view, rect, &(struct key_words){"all", ACTION_ALL, count, KEY_PLAIN, SHAPE_NONE, label, line, 0});
    else
        widget_wide(view, rect, &(struct key_words){"save", ACTION_SAVE, 0, KEY_PRIMARY, SHAPE_NONE, label, line, 0});
}

/* What a caption has to say: advice first, else how bad ones are reported. */
static void count_caption(struct view *view)
{
    const struct flow *flow = view->flow;
    char               text[ITEM_TEXT_MAX];
    struct rect place = RECT(MARGIN_U, layout_cell(&view->layout, 0, 1, view->layout.is_portrait ? 1 : 2, 1).y - 3.4f,
                             view->layout.w - 2 * MARGIN_U, 3.2f);
    if (say_is_empty(&flow->say)) {
        bool                   is_reason = flow->bad_reason != 0;
        const struct found_op *op = flow_op(flow, 0);
        if (flow->is_rework && !is_reason && op != NULL && op->rework_rate_cfen > 0) {
            char rate[MONEY_TEXT], rework[WORDS_MAX];
            money_write_rate(op->rework_rate_cfen, rate);
            words_id(view, "screen.rework_rate", rate, rework);
            view_line(view, place, rework, &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, view->note});
            return;
        }
        view_line(view, place,
                  view_text(view, is_reason         ? "screen.fault_how"
                                  : flow->is_rework ? "screen.rework_how"
                                                    : "screen.bad_how"),
                  &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, view->note});
        return;
    }
    view_say(view, &flow->say, text, sizeof text);
    enum colour was = view->ground;
    float       width = view_width(view, text, TYPE_S_LEAST, true) + 2;
    view_plate(view, RECT(place.x, place.y - 0.1f, width < place.w ? width : place.w, 3.2f), COLOUR_AMBER, COLOUR_NONE,
               0);
    view->ground = COLOUR_AMBER;
    view_line(view, RECT(place.x + 0.8f, place.y, place.w - 1.6f, 3), text,
              &(struct line){TYPE_S_LEAST, TYPE_XS, true, ALIGN_LEFT, COLOUR_BLACK});
    view->ground = was;
}

void screen_count(struct view *view)
{
    count_head(view);
    if (is_pad(view->flow))
        count_pad(view);
    else
        count_keys(view);
    count_caption(view);
    count_reasons(view);
    count_save(view);
}
