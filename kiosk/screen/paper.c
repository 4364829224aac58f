/* paper.c - the form for ticked paper, and the choices of its fields: one of several, a number. */
#include <stdio.h>

#include "kiosk/screen/view.h"

/* ---- The form */

static struct rect field_place(const struct layout *layout, int at)
{
    int across = layout->columns / 2;
    return layout_cell(layout, at % across * 2, 2, at / across + (layout->is_portrait ? -1 : 0), 1);
}

struct field_words {
    enum shape  shape;
    const char *label; /* what it asks for */
    char        value[WORDS_MAX];
};

static void field_fill(const struct view *view, enum paper_field field, struct field_words *words)
{
    const struct flow       *flow = view->flow;
    const struct flow_super *super = &flow->super;
    static const struct {
        enum shape  shape;
        const char *id;
    } FIELDS[PAPER_FIELDS] = {
        [PAPER_WORKER] = {SHAPE_PERSON,  "screen.paper_worker"},
          [PAPER_SHEET] = {SHAPE_SHEET,   "screen.paper_sheet" },
        [PAPER_OP] = {SHAPE_TOOL,    "screen.paper_op"    },
          [PAPER_COUNT] = {SHAPE_PAD,     "screen.paper_count" },
        [PAPER_DAY] = {SHAPE_PENDING, "screen.paper_day"   },
          [PAPER_WHY] = {SHAPE_NOTE,    "screen.paper_why"   },
        [PAPER_SECOND] = {SHAPE_BADGE,   "screen.paper_second"},
    };
    words->shape = FIELDS[field].shape;
    words->label = view_text(view, FIELDS[field].id);
    words->value[0] = '\0';
    switch (field) {
    case PAPER_WORKER:
        if (super->has_worker) snprintf(words->value, WORDS_MAX, "%s", words_worker(view, &super->worker));
        break;
    case PAPER_SHEET:
        if (flow->has_sheet) line_ref_short(flow->sheet.ref.line, words->value);
        break;
    case PAPER_OP:
        if (flow->op_count > 0) snprintf(words->value, WORDS_MAX, "%s", words_op(view, flow_op(flow, 0)));
        break;
    case PAPER_COUNT:
        if (flow->count > 0) words_pieces(view, flow->count, words->value);
        break;
    case PAPER_DAY:
        if (super->day != 0) words_date(view, super->day, words->value);
        break;
    case PAPER_WHY: snprintf(words->value, WORDS_MAX, "%s", view_text(view, flow_why(flow, super->why))); break;
    case PAPER_SECOND:
        if (super->has_second) snprintf(words->value, WORDS_MAX, "%s", words_worker(view, &super->second));
        break;
    case PAPER_FIELDS: break;
    }
}

/* A field that is filled in: its value large, what it is small. One that lacks says what is wanted; the next one is the
 * screen's primary key. */
static void field_key(struct view *view, enum paper_field field)
{
    struct field_words words;
    char               id[BUTTON_ID_MAX];
    field_fill(view, field, &words);
    KEY_ID(id, "field", field);
    bool        is_next = flow_paper_lacks(view->flow) == field;
    const char *label = words.value[0] != '\0' ? words.value : words.label;
    const char *line = words.value[0] != '\0'  ? words.label
                       : field == PAPER_SHEET  ? view_text(view, "screen.paper_scan")
                       : field == PAPER_SECOND ? view_text(view, "screen.paper_badge")
                       : field == PAPER_WORKER ? view_text(view, "screen.paper_badge_or")
                                               : view_text(view, "screen.paper_touch");
    super_wide(
        view, field_place(&view->layout, (int)field),
        &(struct key_words){id, ACTION_FIELD, field, is_next ? KEY_PRIMARY : KEY_PLAIN, words.shape, label, line, 0});
}

void screen_paper(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    char                 about[ITEM_TEXT_MAX];
    view_say(view, &flow->say, about, sizeof about);
    super_head(view, view_text(view, "screen.super_paper"), about);
    for (int i = 0; i < PAPER_FIELDS; i++) field_key(view, (enum paper_field)i);
    struct rect save = field_place(layout, PAPER_FIELDS);
    if (!layout->is_portrait) save.w = layout->w - MARGIN_U - save.x;
    if (flow_paper_lacks(flow) == PAPER_FIELDS)
        widget_wide(view, save,
                    &(struct key_words){"save", ACTION_SAVE, 0, KEY_PRIMARY, SHAPE_CHECK,
                                        view_text(view, "screen.super_save"), NULL, 0});
}

/* ---- One of several */

static void pick_key(struct view *view, struct rect place, int64_t what, enum shape shape, const char *label,
                     bool is_chosen)
{
    char id[BUTTON_ID_MAX];
    KEY_ID(id, "pick", what);
    super_wide(view, place,
               &(struct key_words){id, ACTION_PICK, what, is_chosen ? KEY_PRIMARY : KEY_PLAIN, shape, label, NULL, 0});
}

/* Cells of two columns: 3 x 3, in portrait 4 x 2. */
static struct rect pick_place(const struct layout *layout, int at)
{
    int across = layout->columns / 2, rows = layout->is_portrait ? 4 : 3;
    return layout_cell(layout, at % across * 2, 2, at / across + 3 - rows, 1);
}

static void pick_more(struct view *view, int pages)
{
    char more[WORDS_MAX];
    if (pages < 2) return;
    snprintf(more, sizeof more, "%s %d/%d", view_text(view, "screen.more"), view->flow->page_no % pages + 1, pages);
    widget_wide(view, pick_place(&view->layout, view->layout.is_portrait ? 7 : 8),
                &(struct key_words){"more", ACTION_MORE, 0, KEY_PLAIN, SHAPE_DOWN, more, NULL, 0});
}

static void pick_ops(struct view *view)
{
    const struct found_sheet *sheet = &view->flow->sheet;
    int cells = view->layout.is_portrait ? 8 : 9, room = sheet->op_count > cells ? cells - 1 : cells;
    int pages = (sheet->op_count + room - 1) / room;
    int first = pages > 0 ? view->flow->page_no % pages * room : 0;
    for (int i = first; i < sheet->op_count && i < first + room; i++) {
        const struct found_op *op = &sheet->ops[i];
        char                   label[WORDS_MAX];
        snprintf(label, sizeof label, "%d %.120s", op->number, words_op(view, op));
        pick_key(view, pick_place(&view->layout, i - first), op->number, shape_of_operation(op->code, op->name[0]),
                 label, view->flow->op_count > 0 && view->flow->ops[0] == op->number);
    }
    pick_more(view, pages);
}

static void pick_days(struct view *view)
{
    const struct flow *flow = view->flow;
    for (int i = 0; i < PAPER_DAYS; i++) {
        char date[WORDS_MAX], label[WORDS_MAX];
        words_date(view, flow->state.day - i, date);
        snprintf(label, sizeof label, "%s%s%.100s",
                 i == 0   ? view_text(view, "screen.today")
                 : i == 1 ? view_text(view, "screen.yesterday")
                          : "",
                 i < 2 ? " " : "", date);
        pick_key(view, pick_place(&view->layout, i), i, SHAPE_NONE, label, flow->super.day == flow->state.day - i);
    }
}

static void pick_whys(struct view *view)
{
    for (int i = 1; i <= SUPER_WHYS; i++)
        pick_key(view, pick_place(&view->layout, i - 1), i, SHAPE_NONE, view_text(view, flow_why(view->flow, i)),
                 view->flow->super.why == i);
}

void screen_pick(struct view *view)
{
    static const char *const TITLES[] = {
        [PICK_OP] = "screen.pick_op", [PICK_DAY] = "screen.pick_day", [PICK_WHY] = "screen.pick_why"};
    enum pick pick = view->flow->super.pick;
    char      order[LINE_REF_TEXT] = "";
    if (pick == PICK_OP) words_order(&view->flow->sheet.ref, order);
    if (view->flow->super.duty == DUTY_OBJECT) words_order(&view->flow->super.entry.sheet, order);
    super_head(view, view_text(view, view->flow->super.duty == DUTY_OBJECT ? "screen.object_why" : TITLES[pick]),
               order);
    if (pick == PICK_OP)
        pick_ops(view);
    else if (pick == PICK_DAY)
        pick_days(view);
    else
        pick_whys(view);
}

/* ---- How many */

void screen_quantity(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    char                 pieces[WORDS_MAX];
    super_head(view, view_text(view, "screen.quantity_title"), "");
    widget_pad(view, layout->is_portrait ? -1 : 0);
    widget_erase(view, layout_cell(layout, layout->is_portrait ? 2 : 4, 1, 1, 1));
    if (flow->digits[0] == '\0') return;
    words_id(view, "screen.pieces_text", flow->digits, pieces);
    widget_wide(view, layout_cell(layout, layout->is_portrait ? 0 : 3, layout->is_portrait ? 4 : 3, 2, 1),
                &(struct key_words){"yes", ACTION_YES, 0, KEY_PRIMARY, SHAPE_CHECK, pieces, NULL, 0});
}
