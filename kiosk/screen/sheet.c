/* sheet.c - everything of a sheet: the door, its marks and number, its fields, the route, the remarks. */
#include <stdio.h>

#include "kiosk/screen/view.h"

/* ---- The door, where the opening says which */

static void sheet_door(struct view *view, struct rect plate, int door)
{
    enum colour was = view->ground;
    float       foot = 11.4f, high = plate.h - foot - 3, wide = high / 2;
    view_plate(view, plate, COLOUR_PLATE, COLOUR_NONE, 0);
    view->ground = COLOUR_PLATE;
    if (wide > plate.w - 8) {
        wide = plate.w - 8;
        high = wide * 2;
    }
    view_shape(view, RECT(plate.x + (plate.w - wide) / 2, plate.y + 1.6f, wide, high),
               (enum shape)(SHAPE_DOOR_LEFT_OUT + door), COLOUR_INK);
    view_box(view, RECT(plate.x + (plate.w - wide) / 2 - 2, plate.y + 1.6f + high, wide + 4, 0.25f), COLOUR_INK);
    float y = plate.y + plate.h - foot + 0.6f;
    view_wrap(view, RECT(plate.x + 1.6f, y, plate.w - 12, 7.4f), view->flow->sheet.opening,
              &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, COLOUR_INK});
    view_line(view, RECT(plate.x + 1.6f, y + 7.2f, plate.w - 12, 3), view_text(view, "screen.seen_outside"),
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_INK2});
    view_shape(view, RECT(plate.x + plate.w - 9.6f, y, 8, 8), (enum shape)(SHAPE_PLAN_LEFT_OUT + door), COLOUR_INK);
    view->ground = was;
}

/* The same for a screen that is high: side by side. */
static void sheet_door_low(struct view *view, struct rect plate, int door)
{
    enum colour was = view->ground;
    float       x = plate.x + 14, w = plate.w - 25;
    view_plate(view, plate, COLOUR_PLATE, COLOUR_NONE, 0);
    view->ground = COLOUR_PLATE;
    view_shape(view, RECT(plate.x + 3, plate.y + 1.2f, 7.5f, 15), (enum shape)(SHAPE_DOOR_LEFT_OUT + door), COLOUR_INK);
    view_box(view, RECT(plate.x + 1.5f, plate.y + 16.2f, 10.5f, 0.25f), COLOUR_INK);
    view_wrap(view, RECT(x, plate.y + 2, w, 9), view->flow->sheet.opening,
              &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, COLOUR_INK});
    view_line(view, RECT(x, plate.y + 12.4f, w, 3), view_text(view, "screen.seen_outside"),
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_INK2});
    view_shape(view, RECT(plate.x + plate.w - 10.6f, plate.y + 4, 9, 9), (enum shape)(SHAPE_PLAN_LEFT_OUT + door),
               COLOUR_INK);
    view->ground = was;
}

/* ---- Number, quantity, product, due */

static float sheet_title(struct view *view, struct rect rect)
{
    const struct found_sheet *sheet = &view->flow->sheet;
    bool                      is_old = sheet->is_stopped || sheet->revision == REVISION_OLD;
    float size = 6.6f, x = widget_marks(view, rect.x, rect.y, size, is_old, sheet->is_rush, sheet->is_special,
                                        is_late(view, sheet->due_day));
    char  order[LINE_REF_TEXT], number[WORDS_MAX], due[WORDS_MAX], date[WORDS_MAX], unit[WORDS_MAX];
    words_order(&sheet->ref, order);
    float quantity = rect.w * 0.34f;
    if (sheet->quantity > 0) {
        snprintf(number, sizeof number, "%lld", (long long)sheet->quantity);
        words_unit(view, sheet->quantity, unit);
        widget_number(view, RECT(rect.x + rect.w - quantity, rect.y, quantity, 7), number, unit, TYPE_XL, ALIGN_RIGHT);
    }
    view_line(view, RECT(x + 0.5f, rect.y, rect.x + rect.w - quantity - x - 1, 7), order,
              &(struct line){TYPE_XL, TYPE_L, true, ALIGN_LEFT, view->ink});
    bool  is_low = view->layout.is_portrait; /* due in a line of its own there */
    float right = 0, y = rect.y + 7.2f;
    if (sheet->due_day != 0) {
        char text[WORDS_MAX * 2];
        words_due(view, sheet->due_day, due);
        words_date(view, sheet->due_day, date);
        snprintf(text, sizeof text, "%.100s · %.100s", due, date);
        right = view_width(view, text, TYPE_S, true) + 0.1f;
        view_line(view, RECT(is_low ? rect.x : rect.x + rect.w - right, is_low ? y + 3.8f : y, right, 4), text,
                  &(struct line){TYPE_S, TYPE_S, true, ALIGN_RIGHT, view->ink});
    }
    const char *product = sheet->product[0] != '\0' ? sheet->product : view_text(view, "screen.sheet_unknown");
    char        some[WORDS_MAX];
    if (sheet->stop_doors > 0) { /* the rest may go on */
        words_id_int(view, "screen.sheet_stopped_doors", sheet->stop_doors, some);
        product = some;
    }
    view_line(view, RECT(rect.x, y, is_low ? rect.w : rect.w - right - 1, 4), product,
              &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    if (is_low && sheet->due_day != 0) rect.y += 3.8f;
    view_box(view, RECT(rect.x, rect.y + 11.6f, rect.w, 0.3f), view->ink);
    return rect.y + 12.2f;
}

/* ---- Fields: label and fact, in two columns */

static void sheet_field(struct view *view, struct rect rect, const char *id, const char *value)
{
    float label = !view->layout.is_portrait ? 8 : view->lang == LANG_EN ? 7.2f : 5;
    view_line(view, RECT(rect.x, rect.y, label - 0.5f, rect.h), view_text(view, id),
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, view->note});
    view_line(view, RECT(rect.x + label, rect.y, rect.w - label - 0.6f, rect.h), value,
              &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
}

static float sheet_fields(struct view *view, struct rect rect)
{
    const struct found_sheet *sheet = &view->flow->sheet;
    char                      full[LINE_REF_TEXT], rev[WORDS_MAX], copy[WORDS_MAX];
    line_ref_write(sheet->ref.line, full);
    words_id_int(view, "screen.rev", sheet->ref.rev, rev);
    words_id_int(view, "screen.copy", sheet->ref.copy, copy);
    if (sheet->ref.copy == 0) copy[0] = '\0';
    const char *const FIELDS[6][2] = {
        {"screen.size",         sheet->size   },
        {"screen.colour",       sheet->colour },
        {"screen.opening_side", sheet->opening},
        {"screen.order",        full          },
        {"screen.revision",     rev           },
        {"screen.paper",        copy          },
    };
    float first = view->layout.is_portrait ? rect.w * 0.54f : rect.w / 2, step = 3.75f;
    for (int i = 0, at = 0; i < 6; i++) {
        int  row = at / 2;
        bool is_first = at % 2 == 0;
        if (FIELDS[i][1][0] == '\0') continue;
        sheet_field(view,
                    RECT(is_first ? rect.x : rect.x + first, rect.y + (float)row * step,
                         is_first ? first : rect.w - first, step),
                    FIELDS[i][0], FIELDS[i][1]);
        at++;
    }
    return rect.y + 3 * step + 0.4f;
}

/* ---- Route: done, here, open */

static void route_cell(struct view *view, struct rect rect, const struct found_op *op)
{
    struct rect cell = RECT(rect.x, rect.y, rect.w, 5);
    bool        is_done = op->left == 0, is_here = op->is_here && !is_done;
    char        text[32];
    enum shape  icon = shape_of_operation(op->code, op->name[0]);
    enum colour was = view->ground;
    view_box(view, cell, view->ink);
    float edge = is_here ? 0.5f : 0.15f;
    if (!is_done) view_box(view, rect_inset(cell, edge, edge), is_here ? COLOUR_PLATE : COLOUR_GROUND);
    if (is_here) {
        view->ground = COLOUR_PLATE;
        snprintf(text, sizeof text, "%lld/%lld", (long long)op->done, (long long)op->planned);
        if (view_width(view, text, TYPE_XS, true) > cell.w - 1.2f) /* what is left is asked for most */
            snprintf(text, sizeof text, "%lld", (long long)op->left);
        view_line(view, rect_inset(cell, 0.6f, 0.5f), text,
                  &(struct line){TYPE_S, TYPE_XS, true, ALIGN_CENTRE, COLOUR_INK});
        view->ground = was;
    } else {
        view_shape(view, RECT(cell.x + cell.w / 2 - 1.8f, cell.y + 0.7f, 3.6f, 3.6f), is_done ? SHAPE_CHECK : icon,
                   is_done ? COLOUR_GROUND : COLOUR_INK2);
    }
    view_line(view, RECT(rect.x - 0.2f, rect.y + 5.1f, rect.w + 0.4f, 2.8f), words_op(view, op),
              &(struct line){TYPE_XS, TYPE_XS, is_here, ALIGN_CENTRE, view->ink});
}

static float sheet_route(struct view *view, struct rect rect)
{
    enum { CELLS = 8 };
    const struct found_sheet *sheet = &view->flow->sheet;
    int                       first = 0, shown = sheet->op_count < CELLS ? sheet->op_count : CELLS;
    if (shown == 0) return rect.y;
    while (first < sheet->op_count && !sheet->ops[first].is_here) first++;
    if (first == sheet->op_count) first = 0;
    first = first - 3 < 0 ? 0 : first - 3;
    if (first > sheet->op_count - shown) first = sheet->op_count - shown;
    float gap = 0.5f, w = (rect.w - (float)(shown - 1) * gap) / (float)shown;
    if (w > 12) w = 12;
    for (int i = 0; i < shown; i++)
        route_cell(view, RECT(rect.x + (float)i * (w + gap), rect.y, w, 8), &sheet->ops[first + i]);
    return rect.y + 8.6f;
}

/* ---- Remarks, advice, and the way on */

enum { REST_MAX = REMARKS_MAX + 2 * NAME_MAX + 80 };

/* Lock hole and closer [R2], then the remarks: all of it can be read in full. */
static void sheet_words(const struct view *view, char out[REST_MAX])
{
    const struct found_sheet *sheet = &view->flow->sheet;
    const char *const         MORE[2][2] = {
        {"screen.lock_hole", sheet->lock_hole},
        {"screen.closer",    sheet->closer   },
    };
    size_t len = 0;
    out[0] = '\0';
    for (int i = 0; i < 2; i++) {
        char part[WORDS_MAX];
        if (MORE[i][1][0] == '\0') continue;
        words_id(view, MORE[i][0], MORE[i][1], part);
        len += (size_t)snprintf(out + len, REST_MAX - len, "%s ", part);
    }
    snprintf(out + len, REST_MAX - len, "%s", sheet->remarks);
}

static bool remarks_fit(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    char               words[REST_MAX];
    sheet_words(view, words);
    float advice = say_is_empty(&flow->say) ? 0 : 5;
    return view_fits(view, RECT(rect.x + 4, rect.y, rect.w - 4, rect.h - advice), words,
                     &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->ink});
}

static void sheet_remarks(struct view *view, struct rect rect, enum type type)
{
    const struct flow *flow = view->flow;
    char               text[ITEM_TEXT_MAX], words[REST_MAX];
    if (!say_is_empty(&flow->say)) {
        struct rect plate = RECT(rect.x, rect.y, rect.w, 4.4f);
        enum colour was = view->ground;
        view_say(view, &flow->say, text, sizeof text);
        view_plate(view, plate, COLOUR_AMBER, COLOUR_NONE, 0);
        view->ground = COLOUR_AMBER;
        view_line(view, rect_inset(plate, 1, 0.2f), text,
                  &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_BLACK});
        view->ground = was;
        rect.y += 5;
        rect.h -= 5;
    }
    sheet_words(view, words);
    if (words[0] == '\0') return;
    view_shape(view, RECT(rect.x, rect.y + 0.6f, 2.8f, 2.8f), SHAPE_NOTE, view->ink);
    view_wrap(view, RECT(rect.x + 4, rect.y, rect.w - 4, rect.h), words,
              &(struct line){type, TYPE_XS, false, ALIGN_LEFT, view->ink});
}

/* Remarks too long for their corner have a page of their own: they are to be read in full. */
static void sheet_rest(struct view *view, float x, float w, float y, struct rect key)
{
    const struct layout *layout = &view->layout;
    bool                 is_low = layout->is_portrait;
    struct rect          place = RECT(x, y + 1, is_low ? w : w - key.w - 2, (is_low ? key.y : layout->h) - y - 2);
    if (!remarks_fit(view, place)) {
        struct rect more = layout_cell(layout, is_low ? 1 : 3, 1, 2, 1);
        if (!is_low) place.w = more.x - x - 1.5f;
        widget_key(view, more,
                   &(struct key_words){"more", ACTION_MORE, 0, KEY_PLAIN, SHAPE_NOTE, view_text(view, "screen.remarks"),
                                       NULL, 0});
    }
    sheet_remarks(view, place, TYPE_S);
}

static void sheet_page(struct view *view, float x, float w, float y, struct rect key)
{
    const struct layout *layout = &view->layout;
    widget_key(
        view, layout_cell(layout, layout->is_portrait ? 1 : 3, 1, 2, 1),
        &(struct key_words){"more", ACTION_MORE, 0, KEY_PLAIN, SHAPE_SHEET, view_text(view, "screen.sheet"), NULL, 0});
    sheet_remarks(view, RECT(x, y + 0.4f, w, key.y - y - 1.4f), TYPE_M);
}

static void sheet_key(struct view *view, struct rect rect)
{
    const struct flow     *flow = view->flow;
    const struct found_op *offers[FOUND_OPS_MAX];
    char                   label[WORDS_MAX];
    int                    count = flow_offers(flow, offers);
    if (flow->sheet.is_stopped || flow->sheet.revision == REVISION_OLD) return;
    if (flow->crew_count == 0) {
        words_id(view, count == 1 ? "screen.badge_reports_op" : "screen.badge_reports",
                 count == 1 ? words_op(view, offers[0]) : "", label);
        widget_badge_here(view, rect, view_text(view, "screen.badge_here"), label);
        return;
    }
    words_id(view, count == 1 ? "screen.report_op" : "screen.report", count == 1 ? words_op(view, offers[0]) : "",
             label);
    enum shape icon = count == 1 ? shape_of_operation(offers[0]->code, offers[0]->name[0]) : SHAPE_CHECK;
    widget_wide(view, rect, &(struct key_words){"save", ACTION_SAVE, 0, KEY_PRIMARY, icon, label, NULL, 0});
}

void screen_sheet(struct view *view)
{
    const struct layout *layout = &view->layout;
    int                  door = (int)flow_opening(&view->flow->sheet) - OPENING_LEFT_OUT; /* -1: the words don't tell */
    float                top = layout->head + 1.6f, x = door >= 0 && !layout->is_portrait ? 32 : MARGIN_U;
    float                w = layout->w - x - MARGIN_U;
    struct rect          key = layout_cell(layout, layout->columns - 2, 2, 2, 1);
    if (door >= 0 && !layout->is_portrait)
        sheet_door(view, RECT(MARGIN_U, layout->head + 2.5f, 26, layout->h - layout->head - 5.5f), door);
    if (door >= 0 && layout->is_portrait) {
        sheet_door_low(view, RECT(MARGIN_U, top, w, 17.4f), door);
        top += 18.4f;
    }
    float y = sheet_title(view, RECT(x, top, w, 12));
    sheet_key(view, key);
    if (view->flow->page_no % 2 == 1) {
        sheet_page(view, x, w, y, key);
        return;
    }
    y = sheet_fields(view, RECT(x, y, w, 12));
    y = sheet_route(view, RECT(x, y, w, 8));
    view_box(view, RECT(x, y, w, 0.12f), COLOUR_LINE);
    sheet_rest(view, x, w, y, key);
}
