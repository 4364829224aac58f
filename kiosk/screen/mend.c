/* mend.c - a worker's entries of this kiosk, and what a supervisor does with one of them. */
#include <stdio.h>

#include "kiosk/screen/view.h"

/* An entry's state, as on the worker's own page. */
static enum shape state_shape(enum entry_state state)
{
    static const enum shape SHAPES[] = {[ENTRY_SAVED] = SHAPE_KEPT,
                                        [ENTRY_SENT] = SHAPE_SENT,
                                        [ENTRY_HELD] = SHAPE_PENDING,
                                        [ENTRY_UNDONE] = SHAPE_UNDO};
    return SHAPES[state];
}

static struct rect entry_place(const struct layout *layout, int at)
{
    int across = layout->columns / 2;
    return layout_cell(layout, at % across * 2, 2, at / across + (layout->is_portrait ? -1 : 0), 1);
}

/* "302-1  11 樘" and below it when, what and in which state; one that is undone can't be touched. */
static void entry_key(struct view *view, int at, const struct found_entry *entry)
{
    struct rect place = entry_place(&view->layout, at);
    char        order[LINE_REF_TEXT], pieces[WORDS_MAX], when[WORDS_MAX], label[WORDS_MAX], line[WORDS_MAX];
    char        id[BUTTON_ID_MAX];
    KEY_ID(id, "entry", at);
    words_order(&entry->sheet, order);
    words_pieces(view, entry->count, pieces);
    words_time(entry->wall_ms, view->flow->state.offset_min, when);
    snprintf(label, sizeof label, "%s  %.100s", order, pieces);
    snprintf(line, sizeof line, "%.8s %.80s", when, words_name(view, entry->op_name));
    if (entry->state != ENTRY_UNDONE) {
        super_wide(view, place,
                   &(struct key_words){id, ACTION_PICK, at, KEY_PLAIN, state_shape(entry->state), label, line, 0});
        return;
    }
    snprintf(line, sizeof line, "%.8s %.80s", when, view_text(view, "screen.state_undone"));
    view_plate(view, place, COLOUR_NONE, COLOUR_LINE, 0.15f);
    view_line(view, RECT(place.x + 2, place.y + 1, place.w - 4, 4.4f), label,
              &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_CENTRE, view->note});
    view_line(view, RECT(place.x + 2, place.y + 5.4f, place.w - 4, 3.6f), line,
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_CENTRE, view->note});
}

/* Bad pieces that he is blamed for: what he made of that door. */
static void blame_key(struct view *view, int at, const struct found_entry *entry)
{
    char order[LINE_REF_TEXT], pieces[WORDS_MAX], label[WORDS_MAX], line[WORDS_MAX], id[BUTTON_ID_MAX];
    KEY_ID(id, "entry", at);
    words_order(&entry->sheet, order);
    words_pieces(view, entry->count, pieces);
    snprintf(label, sizeof label, "%s  %.100s", order, pieces);
    words_id(view, "screen.blamed", words_name(view, entry->op_name), line);
    super_wide(view, entry_place(&view->layout, at),
               &(struct key_words){id, ACTION_PICK, at, KEY_PLAIN, SHAPE_BAD, label, line, 0});
}

void screen_entries(struct view *view)
{
    const struct found_page *page = &view->flow->page;
    int                      most = flow_entries_most(view->flow), count = page->count < most ? page->count : most;
    bool                     is_object = view->flow->super.duty == DUTY_OBJECT;
    super_head(view, view_text(view, is_object ? "screen.object_which" : "screen.entries"),
               words_worker(view, &view->flow->super.worker));
    int blames = is_object ? page->blame_count : 0;
    for (int i = 0; i < blames; i++) blame_key(view, i, &page->blames[i]);
    for (int i = 0; i < count; i++) entry_key(view, blames + i, &page->entries[i]);
    struct rect below = layout_cell(&view->layout, 0, view->layout.columns / 2, 2, 1);
    if (page->count + blames == 0)
        view_line(view, RECT(MARGIN_U, below.y - 20, view->layout.w - 2 * MARGIN_U, 6),
                  view_text(view, "screen.no_entries"), &(struct line){TYPE_M, TYPE_S, false, ALIGN_LEFT, view->ink});
    if (page->count <= most && page->skip == 0) return;
    widget_wide(view, layout_cell(&view->layout, view->layout.columns - 2, 2, 2, 1),
                &(struct key_words){"more", ACTION_MORE, 0, KEY_PLAIN, page->count > most ? SHAPE_DOWN : SHAPE_BACK,
                                    view_text(view, page->count > most ? "screen.older" : "screen.newest"), NULL, 0});
}

/* ---- One entry */

static void mend_facts(struct view *view, struct rect rect)
{
    const struct flow        *flow = view->flow;
    const struct found_entry *entry = &flow->super.entry;
    char                      order[LINE_REF_TEXT], text[WORDS_MAX], when[WORDS_MAX], date[WORDS_MAX], unit[WORDS_MAX];
    words_order(&entry->sheet, order);
    view_line(view, RECT(rect.x, rect.y, rect.w, 8), order,
              &(struct line){TYPE_XL, TYPE_L, true, ALIGN_LEFT, view->ink});
    words_time(entry->wall_ms, flow->state.offset_min, when);
    words_date(view, flow->super.has_target ? flow->super.target.shift_day : flow->state.day, date);
    snprintf(text, sizeof text, "%.60s %.8s · %.80s", date, when, words_name(view, entry->op_name));
    view_line(view, RECT(rect.x, rect.y + 8, rect.w, 4.5f), text,
              &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    snprintf(text, sizeof text, "%d", flow->count);
    if (flow->count != entry->count) snprintf(text, sizeof text, "%d → %d", entry->count, flow->count);
    words_unit(view, flow->count, unit);
    widget_number(view, RECT(rect.x, rect.y + 13.5f, rect.w, 9), text, unit, TYPE_X2, ALIGN_LEFT);
}

void screen_mend(struct view *view)
{
    const struct layout *layout = &view->layout;
    const struct flow   *flow = view->flow;
    const char          *why = view_text(view, flow_why(flow, flow->super.why));
    bool                 is_other = flow->count != flow->super.entry.count, is_whole = flow->super.has_target;
    char                 about[ITEM_TEXT_MAX];
    view_say(view, &flow->say, about, sizeof about);
    super_head(view, about[0] != '\0' ? about : view_text(view, "screen.mend"),
               words_worker(view, &flow->super.worker));
    float top = layout->head + (layout->is_portrait ? 14 : 11);
    mend_facts(view, RECT(MARGIN_U, top, layout_w(layout, layout->is_portrait ? 4 : 3), 24));
    if (!is_whole) return;
    int left = layout->is_portrait ? 0 : 3, wide = layout->is_portrait ? 4 : 3;
    widget_wide(view, layout_cell(layout, left, wide, 0, 1),
                &(struct key_words){"why", ACTION_PICK, 0, flow->super.why == 0 ? KEY_PRIMARY : KEY_PLAIN, SHAPE_NOTE,
                                    why[0] != '\0' ? why : view_text(view, "screen.pick_why"),
                                    why[0] != '\0' ? view_text(view, "screen.paper_why") : NULL, 0});
    if (flow->super.target.piece_count == 0)
        widget_wide(view, layout_cell(layout, left, wide, 1, 1),
                    &(struct key_words){"field-count", ACTION_FIELD, PAPER_COUNT, KEY_PLAIN, SHAPE_PAD,
                                        view_text(view, "screen.mend_count"), NULL, 0});
    if (flow->super.why == 0) return;
    if (is_other)
        widget_wide(view, layout_cell(layout, left, wide, 2, 1),
                    &(struct key_words){"save", ACTION_SAVE, 0, KEY_PRIMARY, SHAPE_CHECK,
                                        view_text(view, "screen.super_save"), NULL, 0});
    else
        widget_wide(view, layout_cell(layout, left, wide, 2, 1),
                    &(struct key_words){"undo", ACTION_UNDO, 0, KEY_PRIMARY, SHAPE_UNDO,
                                        view_text(view, "screen.mend_undo"), NULL, 0});
}
