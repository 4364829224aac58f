/* dock.c - a delivery note with what is asked and loaded, what stays behind, and what was just kept of a door; the notes
 * that wait, for the idle screen of a dock. */
#include <stdio.h>

#include "kiosk/screen/view.h"

#define ROW_HIGH_U 5.5f

/* ---- Words */

static void words_of_three(const char *a, const char *b, const char *c, char out[ITEM_TEXT_MAX])
{
    const char *parts[3] = {a, b, c};
    size_t      len = 0;
    out[0] = '\0';
    for (int i = 0; i < 3 && len < ITEM_TEXT_MAX; i++)
        if (parts[i][0] != '\0')
            len += (size_t)snprintf(out + len, ITEM_TEXT_MAX - len, "%s%s", len > 0 ? " · " : "", parts[i]);
}

static void words_note(const struct view *view, int64_t key, char out[WORDS_MAX])
{
    char number[NOTE_REF_TEXT];
    note_ref_write(key, number);
    words_id(view, "screen.note_number", number, out);
}

static void note_sums(const struct found_note *note, int64_t *asked, int64_t *loaded, int64_t *left)
{
    *asked = *loaded = *left = 0;
    for (int i = 0; i < note->line_count; i++) {
        *asked += note->lines[i].asked;
        *loaded += note->lines[i].loaded;
        *left += flow_note_left(&note->lines[i]);
    }
}

/* ---- A truck's plate, as it is read on the truck */

static float plate_add(struct view *view, float right, float y, float most, const char *truck)
{
    struct line line = {TYPE_L, TYPE_S_LEAST, true, ALIGN_CENTRE, view->ink};
    float       width = view_width(view, truck, TYPE_L, true) + 3;
    if (truck[0] == '\0') return right;
    if (width > most - 7.6f) width = most - 7.6f;
    float x = right - width;
    view_plate(view, RECT(x, y + 0.4f, width, 6.2f), view->ground, view->ink, 0.4f);
    view_line(view, RECT(x + 1, y + 0.6f, width - 2, 5.8f), truck, &line);
    view_shape(view, RECT(x - 7.4f, y + 0.3f, 6.4f, 6.4f), SHAPE_TRUCK, view->ink);
    return x - 9;
}

/* ---- Lines */

/* Columns of the rows of one note are set alike. */
static float order_width(const struct view *view, float most)
{
    const struct found_note *note = &view->flow->dock.note;
    float                    widest = 0;
    for (int i = 0; i < note->line_count; i++) {
        char order[LINE_REF_TEXT];
        line_ref_short(note->lines[i].line, order);
        float width = view_width(view, order, TYPE_L, true);
        if (width > widest) widest = width;
    }
    return widest < most ? widest : most;
}

static void line_figures(const struct view *view, const struct found_note_line *line, bool is_left, char out[WORDS_MAX])
{
    if (is_left)
        words_pieces(view, flow_note_left(line), out);
    else
        snprintf(out, WORDS_MAX, "%lld / %lld", (long long)line->loaded, (long long)line->asked);
}

static void line_row(struct view *view, struct rect row, const struct found_note_line *line, float order, bool is_left)
{
    char  text[ITEM_TEXT_MAX], figures[WORDS_MAX];
    float x = row.x + 5.4f, middle = row.y + row.h / 2;
    bool  is_whole = flow_note_left(line) == 0;
    line_figures(view, line, is_left, figures);
    if (line->is_stopped)
        widget_mark(view, row.x, middle - 2.1f, 4.2f, SHAPE_MARK_STOP);
    else
        view_shape(view, RECT(row.x + 0.3f, middle - 1.8f, 3.6f, 3.6f), is_whole ? SHAPE_KEPT : SHAPE_DOOR, view->ink);
    line_ref_short(line->line, text);
    view_line(view, RECT(x, row.y, order + 0.2f, row.h), text,
              &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    float width = view_width(view, figures, TYPE_L, true) + 0.2f;
    view_line(view, RECT(row.x + row.w - width, row.y, width, row.h), figures,
              &(struct line){TYPE_L, TYPE_M, !is_whole || is_left, ALIGN_RIGHT, view->ink});
    words_of_three(line->product, line->size, line->colour, text);
    struct rect what = RECT(x + order + 1.6f, row.y, row.w - 5.4f - order - width - 3.2f, row.h);
    if (view_width(view, text, TYPE_S_LEAST, false) > what.w) words_of_three(line->product, line->size, "", text);
    view_line(view, what, text, &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
}

/* Those of the page; is_left: of which something stays behind. Returns how many pages there are. */
static int lines_add(struct view *view, struct rect rect, bool is_left)
{
    const struct found_note *note = &view->flow->dock.note;
    int                      shown[FOUND_NOTE_LINES_MAX], count = 0, room = (int)((rect.h + 0.01f) / ROW_HIGH_U);
    for (int i = 0; i < note->line_count; i++)
        if (!is_left || flow_note_left(&note->lines[i]) > 0) shown[count++] = i;
    int pages = room > 0 ? (count + room - 1) / room : 0;
    if (pages == 0) return 0;
    int   first = view->flow->page_no % pages * room;
    float order = order_width(view, rect.w * 0.4f);
    view_box(view, RECT(rect.x, rect.y - 0.3f, rect.w, 0.3f), view->ink);
    for (int i = first; i < count && i < first + room; i++) {
        struct rect row = RECT(rect.x, rect.y + (float)(i - first) * ROW_HIGH_U, rect.w, ROW_HIGH_U);
        if (i > first) view_box(view, RECT(row.x, row.y, row.w, 0.12f), COLOUR_LINE);
        line_row(view, row, &note->lines[shown[i]], order, is_left);
    }
    return pages;
}

static enum key_look key_look(const struct view *view)
{
    return view->flow->tone == TONE_NONE ? KEY_PLAIN : KEY_SIGNAL;
}

static void undo_key(struct view *view, int column)
{
    if (!flow_may_undo(view->flow)) return;
    widget_key(view, layout_cell(&view->layout, column, 1, 2, 1),
               &(struct key_words){"undo", ACTION_UNDO, 0, key_look(view), SHAPE_UNDO, view_text(view, "screen.undo"),
                                   NULL, 0});
}

/* What somebody must do now, in place of the customer. */
static void say_plate(struct view *view, struct rect rect, const char *text)
{
    enum colour was = view->ground;
    view_plate(view, rect, COLOUR_AMBER, COLOUR_NONE, 0);
    view->ground = COLOUR_AMBER;
    view_wrap(view, rect_inset(rect, 1, 0.1f), text,
              &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_BLACK});
    view->ground = was;
}

/* ---- The note */

/* Number and truck; in a high screen one above the other. Returns its height. */
static float note_head(struct view *view, float y)
{
    const struct found_note *note = &view->flow->dock.note;
    float                    w = view->layout.w - 2 * MARGIN_U, right = view->layout.w - MARGIN_U;
    bool                     is_low = view->layout.is_portrait;
    char                     text[WORDS_MAX];
    words_note(view, note->key, text);
    float end = plate_add(view, right, is_low ? y + 7.4f : y, is_low ? w : w * 0.44f, note->truck);
    if (is_low) end = right;
    view_line(view, RECT(MARGIN_U, y, end - MARGIN_U, 7), text,
              &(struct line){TYPE_XL, TYPE_M, true, ALIGN_LEFT, view->ink});
    if (is_low && note->truck[0] == '\0')
        view_line(view, RECT(MARGIN_U, y + 7.4f, w, 6), view_text(view, "screen.no_truck"),
                  &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    return is_low ? 14.6f : 7.2f;
}

/* Whose goods, and how old this knowledge is: a note of before contact was lost may be void by now. Returns its height. */
static float note_whose(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    char               order[LINE_REF_TEXT], known[WORDS_MAX], text[ITEM_TEXT_MAX];
    int64_t            age_ms = flow->dock.age.age_ms;
    line_ref_short(flow->dock.note.order, order);
    words_of_three(order, flow->dock.note.customer, "", text);
    view_line(view, rect, text, &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    if (!words_known(view, &flow->dock.age, known)) return rect.h;
    words_age(view, age_ms < 0 ? -1 : flow->state.wall_ms - age_ms, known);
    view_line(view, RECT(rect.x, rect.y + rect.h, rect.w, 3.4f), known,
              &(struct line){TYPE_S_LEAST, TYPE_XS, true, ALIGN_LEFT, view->ink});
    return rect.h + 3.4f;
}

static void note_keys(struct view *view, int pages, bool is_whole, int64_t loaded)
{
    const struct layout *layout = &view->layout;
    enum note_state      state = view->flow->dock.note.state;
    undo_key(view, 0);
    widget_more(view, layout_cell(&view->layout, 1, 1, 2, 1), pages);
    if (state != NOTE_OPEN && loaded == 0) return;
    enum key_look look = view->flow->tone != TONE_NONE ? KEY_SIGNAL : is_whole ? KEY_PRIMARY : KEY_PLAIN;
    widget_wide(view, layout_cell(layout, layout->columns - 2, 2, 2, 1),
                &(struct key_words){"close", ACTION_CLOSE, 0, look, SHAPE_TRUCK, view_text(view, "screen.loading_over"),
                                    NULL, 0});
}

/* Red or green, the whole screen: one thing to know, one to do. */
static void note_field(struct view *view, float y, int64_t asked, int64_t loaded)
{
    const struct flow *flow = view->flow;
    enum note_state    state = flow->dock.note.state;
    float              w = view->layout.w - 2 * MARGIN_U, end = layout_cell(&view->layout, 0, 1, 2, 1).y - 1;
    char               why[ITEM_TEXT_MAX], text[WORDS_MAX];
    float              size = view->layout.is_portrait ? 12 : 16, x = MARGIN_U + size + 3;
    const char        *title = state == NOTE_SHUT   ? "screen.note_shut"
                               : state == NOTE_VOID ? "screen.note_void"
                                                    : "screen.note_paid";
    view_shape(view, RECT(MARGIN_U, y + 1, size, size), state == NOTE_OPEN ? SHAPE_CHECK : SHAPE_MARK_STOP_LINE,
               view->ink);
    if (state != NOTE_OPEN)
        view_shape(view, rect_inset(RECT(MARGIN_U, y + 1, size, size), size * 0.2f, size * 0.2f), SHAPE_CLOSE,
                   view->ink);
    float used = view_wrap(view, RECT(x, y, w - size - 3, view->layout.is_portrait ? 18.5f : 12.5f),
                           view_text(view, title), &(struct line){TYPE_X2, TYPE_L, true, ALIGN_LEFT, view->ink});
    float low = view->layout.is_portrait ? MARGIN_U : x, wide = view->layout.is_portrait ? w : w - size - 3;
    y += view->layout.is_portrait && used < size + 2 ? size + 2 : used + 0.6f;
    if (!say_is_empty(&flow->dock.note.why) && state != NOTE_OPEN) {
        view_say(view, &flow->dock.note.why, why, sizeof why);
        y += view_wrap(view, RECT(low, y, wide, 8), why,
                       &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink}) +
             0.6f;
    }
    const char *next = state == NOTE_SHUT   ? "screen.note_shut_do"
                       : state == NOTE_VOID ? "screen.note_void_do"
                                            : "screen.note_paid_do";
    y += view_wrap(view, RECT(low, y, wide, 9), view_text(view, next),
                   &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink}) +
         0.6f;
    struct say say = say_int(say_int(SAY("screen.loaded_of"), loaded), asked);
    if (y + 4 <= end)
        view_line(view, RECT(low, y, wide, 4), text_say(view->lang, &say, text, sizeof text),
                  &(struct line){TYPE_M, TYPE_S, false, ALIGN_LEFT, view->ink});
}

void screen_note(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    float                y = layout->head + 1, w = layout->w - 2 * MARGIN_U;
    int64_t              asked, loaded, left;
    char                 text[ITEM_TEXT_MAX];
    note_sums(&flow->dock.note, &asked, &loaded, &left);
    y += note_head(view, y);
    struct rect whose = RECT(MARGIN_U, y, w, 4.7f);
    if (!say_is_empty(&flow->say)) {
        view_say(view, &flow->say, text, sizeof text);
        if (layout->is_portrait) whose.h = 7.2f;
        say_plate(view, whose, text);
        y += whose.h + 1;
    } else {
        y += note_whose(view, whose) + 1;
    }
    int pages = 0;
    if (flow->tone != TONE_NONE)
        note_field(view, y, asked, loaded);
    else
        pages = lines_add(view, RECT(MARGIN_U, y, w, layout_cell(layout, 0, 1, 2, 1).y - 0.8f - y), false);
    note_keys(view, pages, left == 0, loaded);
}

/* ---- What stays behind */

void screen_left(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    float                y = layout->head + 1, w = layout->w - 2 * MARGIN_U;
    int64_t              asked, loaded, left;
    char                 text[ITEM_TEXT_MAX], pieces[WORDS_MAX];
    note_sums(&flow->dock.note, &asked, &loaded, &left);
    words_pieces(view, left > 0 ? left : loaded, pieces);
    words_id(view, left > 0 ? "screen.left_behind" : "screen.all_loaded", pieces, text);
    view_line(view, RECT(MARGIN_U, y, w, 8.4f), text, &(struct line){TYPE_X2, TYPE_L, true, ALIGN_LEFT, view->ink});
    y += 9;
    float high = layout->is_portrait ? 7.2f : 4.7f;
    if (!say_is_empty(&flow->say)) {
        view_say(view, &flow->say, text, sizeof text);
        say_plate(view, RECT(MARGIN_U, y, w, high), text);
    } else {
        view_wrap(view, RECT(MARGIN_U, y, w, high), view_text(view, left > 0 ? "screen.left_told" : "screen.left_none"),
                  &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    }
    y += high + 1;
    int pages = lines_add(view, RECT(MARGIN_U, y, w, layout_cell(layout, 0, 1, 2, 1).y - 0.8f - y), true);
    widget_more(view, layout_cell(&view->layout, 1, 1, 2, 1), pages);
    if (flow->crew_count == 0 && !layout->is_portrait)
        widget_badge_here(view, layout_cell(layout, 2, 2, 2, 1), view_text(view, "screen.badge_here"),
                          view_text(view, "screen.left_badge"));
    widget_wide(view, layout_cell(layout, layout->columns - 2, 2, 2, 1),
                &(struct key_words){"yes", ACTION_YES, 0, KEY_PRIMARY, SHAPE_CHECK,
                                    view_text(view, left > 0 ? "screen.leave_behind" : "screen.truck_go"), NULL, 0});
}

/* ---- Kept */

const char *words_moved(const struct view *view, enum event_kind kind)
{
    switch ((int)kind) {
    case EVENT_LOAD: return view_text(view, "screen.moved_load");
    case EVENT_TRANSFER: return view_text(view, "screen.moved_transfer");
    case EVENT_COUNT: return view_text(view, "screen.moved_count");
    case EVENT_RETURN: return view_text(view, "screen.moved_return");
    case EVENT_NOTE: return view_text(view, "screen.moved_end");
    case EVENT_UNDO: return view_text(view, "screen.undone");
    default: return view_text(view, "screen.moved_in");
    }
}

/* How many are on the truck very large, of how many beside it on the same line. */
static void moved_part(struct view *view, struct rect rect)
{
    const struct flow_dock *dock = &view->flow->dock;
    char                    number[WORDS_MAX], all[WORDS_MAX];
    enum type               type = rect.h < 16 ? TYPE_X2 : TYPE_X4, small = TYPE_X2;
    snprintf(number, sizeof number, "%lld", (long long)dock->loaded);
    snprintf(all, sizeof all, "/ %lld", (long long)dock->asked);
    float rest = view_width(view, all, small, true) + 2.2f;
    while (type > TYPE_X2 && view_width(view, number, type, true) + rest > rect.w) type--;
    if (type == TYPE_X2) small = TYPE_XL;
    float width = view_width(view, number, type, true), base = rect.y + rect.h / 2 + 0.38f * type_u(type);
    float high = type_u(small);
    view_line(view, RECT(rect.x, rect.y, width + 0.2f, rect.h), number,
              &(struct line){type, type, true, ALIGN_LEFT, view->ink});
    view_line(view, RECT(rect.x + width + 2, base - 0.38f * high - high / 2, rest, high), all,
              &(struct line){small, small, true, ALIGN_LEFT, view->ink});
}

/* Large: how many of how many; else how many doors. */
static void moved_number(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    char               number[WORDS_MAX], unit[WORDS_MAX];
    if (flow->saving.kind == EVENT_NOTE) {
        note_ref_write(flow->dock.note.key, number);
        widget_number(view, rect, number, "", TYPE_X2, ALIGN_LEFT);
    } else if (flow->dock.asked > 0) {
        moved_part(view, rect);
    } else {
        bool is_undo = flow->saving.kind == EVENT_UNDO;
        int  count = is_undo ? flow->lasts[0].event.count : flow->saving.count;
        snprintf(number, sizeof number, "%s%d", is_undo ? "– " : "", count);
        words_unit(view, count, unit);
        widget_number(view, rect, number, unit, rect.h < 16 ? TYPE_X2 : TYPE_X4, ALIGN_LEFT);
    }
}

static void moved_what(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    char               order[LINE_REF_TEXT] = "", text[ITEM_TEXT_MAX], place[WORDS_MAX] = "";
    if (flow->saving.has_sheet) line_ref_short(flow->saving.sheet.line, order);
    words_of_three(order, words_moved(view, flow->saving.kind), "", text);
    view_line(view, RECT(rect.x, rect.y, rect.w, 7), text,
              &(struct line){TYPE_XL, TYPE_M, true, ALIGN_LEFT, view->ink});
    if (flow->saving.place != 0) words_place(view, flow->saving.place, place);
    if (flow->saving.kind == EVENT_COUNT && flow->dock.books >= 0) {
        struct say say =
            say_int(say_int(SAY("screen.counted"), flow->dock.books), flow->saving.count - flow->dock.books);
        text_say(view->lang, &say, place, sizeof place);
    }
    words_of_three(flow->saving.has_sheet ? flow->dock.sheet.product : "", place, "", text);
    view_wrap(view, RECT(rect.x, rect.y + 7.2f, rect.w, rect.h - 7.2f), text,
              &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
}

/* Saved comes first, so that nobody scans again. */
static void moved_band(struct view *view, struct rect rect)
{
    char why[ITEM_TEXT_MAX], text[ITEM_TEXT_MAX + 40];
    view_say(view, &view->flow->say, why, sizeof why);
    snprintf(text, sizeof text, "%s%s", view_text(view, "screen.held_why"), why);
    view_box(view, rect, COLOUR_BLACK);
    enum colour was = view->ground;
    view->ground = COLOUR_BLACK;
    view_wrap(view, RECT(MARGIN_U, rect.y + 0.7f, rect.w - 2 * MARGIN_U, rect.h - 1.2f), text,
              &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_AMBER});
    view->ground = was;
}

void screen_moved(struct view *view)
{
    const struct layout *layout = &view->layout;
    bool                 is_low = layout->is_portrait, is_held = view->flow->tone == TONE_AMBER;
    float top = layout->head + 1.4f, w = layout->w - 2 * MARGIN_U, size = is_low ? 16 : is_held ? 12 : 22;
    float x = is_low ? MARGIN_U : MARGIN_U + size + 4, end = layout_cell(layout, 0, 1, 2, 1).y;
    view_shape(view, RECT(MARGIN_U, top, size, size), SHAPE_CHECK, view->ink);
    float       high = is_low ? 18 : size, y = is_low ? top + size + 2 : top;
    struct rect number = RECT(x, y, layout->w - MARGIN_U - x, high);
    moved_number(view, number);
    y += high + 1;
    float what = is_low ? 17 : 12.4f;
    moved_what(view, RECT(MARGIN_U, y, w, what));
    y += what + 0.2f;
    if (is_held && !say_is_empty(&view->flow->say)) moved_band(view, RECT(0, y, layout->w, end - y - 0.8f));
    undo_key(view, layout->columns - 2);
    widget_key(
        view, layout_cell(layout, layout->columns - 1, 1, 2, 1),
        &(struct key_words){"fold", ACTION_BACK, 0, KEY_SIGNAL, SHAPE_NEXT, view_text(view, "screen.go_on"), NULL, 0});
}

/* ---- The notes that wait */

static void note_card(struct view *view, struct rect rect, int at)
{
    const struct found_notes *notes = &view->flow->notes;
    char                      id[BUTTON_ID_MAX], order[LINE_REF_TEXT], figures[WORDS_MAX], text[ITEM_TEXT_MAX];
    int64_t                   key = notes->rows[at].key;
    KEY_ID(id, "note", key);
    widget_wide(view, rect, &(struct key_words){id, ACTION_NOTE, key, KEY_PLAIN, SHAPE_NONE, "", NULL, 0});
    bool        is_pressed = view_is_pressed(view, id);
    enum colour was = view->ground, blue = is_pressed ? COLOUR_GROUND : COLOUR_BLUE;
    enum colour ink = is_pressed ? COLOUR_GROUND : COLOUR_INK;
    view->ground = is_pressed ? COLOUR_INK : COLOUR_PLATE;
    float x = rect.x + 1.2f, end = rect.x + rect.w - 1.2f;
    line_ref_short(notes->rows[at].order, order);
    snprintf(figures, sizeof figures, "%lld/%lld", (long long)notes->rows[at].loaded, (long long)notes->rows[at].asked);
    enum type type = view_width(view, figures, TYPE_M, true) > (end - x) * 0.45f ? TYPE_S : TYPE_M;
    float     width = view_width(view, figures, type, true) + 0.1f;
    view_line(view, RECT(end - width, rect.y + 0.5f, width, 5), figures,
              &(struct line){type, type, true, ALIGN_RIGHT, blue});
    view_line(view, RECT(x, rect.y + 0.5f, end - x - width - 0.8f, 5), order,
              &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, blue});
    const char *state = notes->rows[at].state == NOTE_SHUT   ? view_text(view, "screen.note_unpaid")
                        : notes->rows[at].state == NOTE_VOID ? view_text(view, "screen.note_void_word")
                                                             : notes->rows[at].truck;
    width = view_width(view, state, TYPE_S, true) + 0.1f;
    if (width > (end - x) * 0.6f) width = (end - x) * 0.6f;
    view_line(view, RECT(end - width, rect.y + 5.6f, width, 3.6f), state,
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_RIGHT, ink});
    snprintf(text, sizeof text, "%s", notes->rows[at].customer);
    view_line(view, RECT(x, rect.y + 5.6f, end - x - width - 0.8f, 3.6f), text,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, ink});
    view->ground = was;
}

int dock_notes(struct view *view, struct rect rect, int first_row, int rows)
{
    const struct found_notes *notes = &view->flow->notes;
    const struct layout      *layout = &view->layout;
    bool                      is_low = layout->is_portrait;
    int                       room = rows * 2, pages = (notes->count + room - 1) / room;
    int                       first = pages > 0 ? view->flow->page_no % pages * room : 0;
    if (rect.y + 6.3f < layout_cell(layout, 0, 1, first_row, 1).y) { /* where what is wrong leaves room */
        view_line(view, RECT(rect.x, rect.y, rect.w, 5), view_text(view, "screen.notes_wait"),
                  &(struct line){TYPE_M, TYPE_S, true, ALIGN_LEFT, view->ink});
        view_box(view, RECT(rect.x, rect.y + 6, rect.w, 0.3f), view->ink);
    }
    if (notes->count == 0)
        view_wrap(view, RECT(rect.x, rect.y + 8, rect.w, 10), view_text(view, "screen.notes_none"),
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->note});
    for (int i = first; i < notes->count && i < first + room; i++) {
        int at = i - first, row = first_row + at / 2, column = is_low ? at % 2 * 2 : 2 + at % 2 * 2;
        note_card(view, layout_cell(layout, column, 2, row, 1), i);
    }
    return pages;
}
