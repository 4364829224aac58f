/* setup_scanners.c - the page of setup with the scanners: which are there, how each is, what to do; teaching one.
 *
 * (texts: setup.layout.*) */
#include <stdio.h>
#include <string.h>

#include "kiosk/screen/view.h"

enum { CODE_SHOWN = 18, ROWS_SHOWN = 3 };

#define LIST_ROW_U 3.6f

/* The place where a scan shows what it says. */
static void scanner_field(struct view *view, struct rect rect)
{
    const struct flow *flow = view->flow;
    char               text[ITEM_TEXT_MAX], digits[CODE_SHOWN + 8];
    enum colour        was = view->ground;
    bool               has_digits = flow->setup.tested[0] != '\0';
    view_plate(view, rect, COLOUR_PLATE, view->ink, 0.3f);
    view->ground = COLOUR_PLATE;
    if (say_is_empty(&flow->say))
        snprintf(text, sizeof text, "%s", view_text(view, "setup.scan_waits"));
    else
        view_say(view, &flow->say, text, sizeof text);
    view_wrap(view, RECT(rect.x + 1.4f, rect.y + 0.9f, rect.w - 2.8f, rect.h - (has_digits ? 5.2f : 1.6f)), text,
              &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_INK});
    if (has_digits) {
        snprintf(digits, sizeof digits, "%.*s%s", CODE_SHOWN, flow->setup.tested,
                 strlen(flow->setup.tested) > CODE_SHOWN ? " …" : "");
        view_line(view, RECT(rect.x + 1.4f, rect.y + rect.h - 4.2f, rect.w - 2.8f, 3.6f), digits,
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, COLOUR_INK2});
    }
    view->ground = was;
}

/* One that should work and doesn't. */
static bool is_troubled(const struct found_scanner *scanner)
{
    return (scanner->is_chosen && scanner->advice[0] != '\0') || strcmp(scanner->state, "scan.state.wrong_mode") == 0 ||
           strcmp(scanner->state, "scan.state.denied") == 0;
}

static void scanner_row(struct view *view, struct rect rect, const struct found_scanner *scanner)
{
    char        text[WORDS_MAX], name[WORDS_MAX];
    enum colour was = view->ground, ink = view->ink;
    float       middle = rect.x + rect.w * 0.44f;
    snprintf(name, sizeof name, "%.40s", scanner->name);
    snprintf(text, sizeof text, "%s · %s", view_text(view, scanner->mode), view_text(view, scanner->state));
    if (is_troubled(scanner)) {
        view_plate(view, RECT(rect.x - 0.6f, rect.y + 0.15f, rect.w + 0.6f, rect.h - 0.3f), COLOUR_AMBER, COLOUR_NONE,
                   0);
        view->ground = COLOUR_AMBER;
        ink = COLOUR_BLACK;
    }
    view_line(view, RECT(rect.x, rect.y, middle - rect.x - 1, rect.h), name,
              &(struct line){TYPE_S_LEAST, TYPE_XS, scanner->is_chosen, ALIGN_LEFT, ink});
    view_line(view, RECT(middle, rect.y, rect.x + rect.w - middle - 0.4f, rect.h), text,
              &(struct line){TYPE_S_LEAST, TYPE_XS, true, ALIGN_LEFT, ink});
    view->ground = was;
}

/* What is wrong with the first one that has something; without any, how to try it. */
static void scanners_pane(struct view *view)
{
    const struct found_scanners *scanners = &view->flow->scanners;
    bool                         has = view->flow->state.has_scanner;
    char                         text[ITEM_TEXT_MAX];
    for (int i = 0; i < scanners->count; i++) {
        const struct found_scanner *scanner = &scanners->rows[i];
        if (!is_troubled(scanner) || scanner->advice[0] == '\0') continue;
        snprintf(text, sizeof text, "%.40s: %s", scanner->name, view_text(view, scanner->advice));
        setup_pane(view, has ? SHAPE_SCANNER : SHAPE_NO_SCANNER, view_text(view, scanner->state), text, true);
        return;
    }
    setup_pane(view, has ? SHAPE_SCANNER : SHAPE_NO_SCANNER,
               view_text(view, has ? "setup.scanner_there" : "screen.no_scanner"),
               view_text(view, has ? "setup.scanner_how" : "screen.scanner_how"), !has);
}

/* The row that the keys are about. */
static int chosen_row(const struct view *view)
{
    const struct found_scanners *scanners = &view->flow->scanners;
    return scanners->count > 0 ? view->flow->page_no % scanners->count : 0;
}

static void key_add(struct view *view, int column, int columns, const char *id, enum scanner_wish wish,
                    enum shape shape, const char *label)
{
    bool is_of_row = wish == WISH_CHOOSE || wish == WISH_LAYOUT || wish == WISH_FORGET;
    widget_key(view, setup_cell(view, column, columns, 2),
               &(struct key_words){id, ACTION_SCANNER,
                                   (int64_t)wish * ACTION_SCANNER_ROW + (is_of_row ? chosen_row(view) : 0), KEY_PLAIN,
                                   shape, view_text(view, label), NULL, 0});
}

/* One that nobody types on may be taken without teaching. */
static bool may_be_chosen(const struct found_scanner *scanner)
{
    return !scanner->is_chosen && strcmp(scanner->state, "scan.state.found") == 0 &&
           strcmp(scanner->mode, "scan.mode.keys") != 0;
}

/* Layout, choosing and forgetting are of one row, which "next" moves; at first a chosen one, where there is any. */
static void scanners_keys(struct view *view)
{
    static const char *const LAYOUT_TEXTS[] = {"setup.layout.us", "setup.layout.german", "setup.layout.french",
                                               "setup.layout.uk"};
    _Static_assert(sizeof LAYOUT_TEXTS / sizeof *LAYOUT_TEXTS == FOUND_LAYOUTS, "each layout has a text");
    const struct found_scanners *scanners = &view->flow->scanners;
    const struct found_scanner  *row = &scanners->rows[chosen_row(view)];
    char                         next[WORDS_MAX];
    bool                         is_teaching = scanners->teaching == FOUND_TEACHING;
    if (is_teaching)
        key_add(view, 0, 2, "teach_end", WISH_TEACH_END, SHAPE_BACK, "setup.teach_end");
    else
        key_add(view, 0, scanners->count > 1 ? 1 : 2, "teach", WISH_TEACH, SHAPE_SCANNER, "setup.teach");
    if (is_teaching || scanners->count == 0) return;
    if (scanners->count > 1) {
        snprintf(next, sizeof next, "%s %d/%d", view_text(view, "setup.next"), chosen_row(view) + 1, scanners->count);
        widget_key(view, setup_cell(view, 1, 1, 2),
                   &(struct key_words){"more", ACTION_MORE, 0, KEY_PLAIN, SHAPE_DOWN, next, NULL, 0});
    }
    if (row->is_chosen && row->has_layout)
        key_add(view, 2, 1, "layout", WISH_LAYOUT, SHAPE_LANGUAGE,
                LAYOUT_TEXTS[row->layout < FOUND_LAYOUTS ? row->layout : 0]);
    if (row->is_chosen)
        key_add(view, 3, 1, "forget", WISH_FORGET, SHAPE_OUT, "setup.forget");
    else if (may_be_chosen(row))
        key_add(view, 3, 1, "choose", WISH_CHOOSE, SHAPE_CHECK, "setup.choose");
}

void page_scanners(struct view *view)
{
    const struct found_scanners *scanners = &view->flow->scanners;
    struct rect                  field = setup_cell(view, 0, 4, 0), list = setup_cell(view, 0, 4, 1);
    bool                         has_sentence = !say_is_empty(&view->flow->say) && view->flow->setup.tested[0] == '\0';
    int                          rows = has_sentence ? ROWS_SHOWN - 1 : ROWS_SHOWN; /* what was read has more to say */
    float                        bottom = list.y + list.h;
    list.y = bottom - LIST_ROW_U * (float)rows;
    list.h = bottom - list.y;
    field.h = list.y - field.y - 1;
    setup_title(view, view_text(view, "setup.scanners"));
    scanners_pane(view);
    scanner_field(view, field);
    if (scanners->count == 0)
        view_wrap(view, list, view_text(view, "scan.none"),
                  &(struct line){TYPE_S_LEAST, TYPE_XS, false, ALIGN_LEFT, view->ink});
    int first = chosen_row(view) < rows ? 0 : chosen_row(view) - rows + 1;
    for (int i = first; i < scanners->count && i < first + rows; i++) {
        struct rect place = RECT(list.x + 1.4f, list.y + LIST_ROW_U * (float)(i - first), list.w - 1.4f, LIST_ROW_U);
        if (scanners->count > 1 && i == chosen_row(view))
            view_box(view, RECT(list.x, place.y + 0.2f, 0.6f, place.h - 0.4f), view->ink);
        scanner_row(view, place, &scanners->rows[i]);
    }
    scanners_keys(view);
}
