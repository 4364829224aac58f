/* super.c - a supervisor's menu, the spare badge that is to be scanned, and the list from which a worker is chosen. */
#include <stdio.h>
#include <string.h>

#include "core/initial.h"
#include "kiosk/screen/view.h"

/* ---- What these screens share: a title, what it is about, a line of advice */

/* What it is about stands right of the title; where there is no room for it in one line, in two, or in portrait below. */
void super_head(struct view *view, const char *title, const char *about)
{
    const struct layout *layout = &view->layout;
    float                y = layout->head + 1.6f, w = layout->w - 2 * MARGIN_U;
    struct line          words = {TYPE_M, TYPE_S_LEAST, false, ALIGN_RIGHT, view->ink};
    float                width = view_line(view, RECT(MARGIN_U, y, about[0] == '\0' ? w : w * 0.58f, 7), title,
                                           &(struct line){TYPE_L, TYPE_M, true, ALIGN_LEFT, view->ink});
    struct rect          rest = RECT(MARGIN_U + width + 2, y + 0.5f, w - width - 2, 6.5f);
    if (about[0] == '\0') return;
    if (view_width(view, about, TYPE_S_LEAST, false) <= rest.w) {
        view_line(view, rest, about, &words);
        return;
    }
    words.align = ALIGN_LEFT;
    view_wrap(view, layout->is_portrait ? RECT(MARGIN_U, y + 8, w, 10) : RECT(rest.x, y, rest.w, 7), about, &words);
}

/* The advice stands where the lowest touch row would; in portrait the lowest two. */
void super_say(struct view *view)
{
    const struct layout *layout = &view->layout;
    struct rect          room =
        layout_cell(layout, 0, layout->columns, layout->is_portrait ? 1 : 2, layout->is_portrait ? 2 : 1);
    char text[ITEM_TEXT_MAX];
    if (say_is_empty(&view->flow->say)) return;
    view_say(view, &view->flow->say, text, sizeof text);
    view_wrap(view, room, text, &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
}

/* A wide key; where its words want more room the icon gives way, then the line below. */
void super_wide(struct view *view, struct rect rect, const struct key_words *words)
{
    struct key_words key = *words;
    float            label = view_width(view, key.label, TYPE_S_LEAST, true);
    float            line = key.line != NULL ? view_width(view, key.line, TYPE_S_LEAST, false) : 0;
    if (label > rect.w - 8 || line > rect.w - 8) key.shape = SHAPE_NONE;
    if (label > rect.w - 2) key.line = NULL;
    widget_wide(view, rect, &key);
}

/* The cells between head and the lowest touch row, in reading order: 2 x 6, in portrait 3 x 4. */
struct rect super_cell(const struct view *view, int at)
{
    int columns = view->layout.columns, rows = SUPER_PICKS / columns;
    return layout_cell(&view->layout, at % columns, 1, at / columns + 2 - rows, 1);
}

/* ---- The menu. To extend, add a row. */

static const struct menu_row {
    const char *id;
    enum action action;
    enum shape  shape;
    const char *label, *line;
} MENU[] = {
    {"spare", ACTION_SPARE, SHAPE_BADGE, "screen.super_spare", "screen.super_spare_line"},
    {"paper", ACTION_PAPER, SHAPE_SHEET, "screen.super_paper", "screen.super_paper_line"},
    {"mend",  ACTION_MEND,  SHAPE_UNDO,  "screen.super_mend",  "screen.super_mend_line" },
    {"carry", ACTION_CARRY, SHAPE_DISK,  "screen.super_carry", "screen.super_carry_line"},
};

void screen_super(struct view *view)
{
    const struct layout *layout = &view->layout;
    int                  across = layout->columns / 2, top = layout->is_portrait ? -2 : 0;
    for (size_t i = 0; i < sizeof MENU / sizeof MENU[0]; i++) {
        const struct menu_row *row = &MENU[i];
        struct rect            place = layout_cell(layout, (int)i % across * 2, 2, (int)i / across + top, 1);
        super_wide(view, place,
                   &(struct key_words){row->id, row->action, 0, KEY_PLAIN, row->shape, view_text(view, row->label),
                                       view_text(view, row->line), 0});
    }
    super_head(view, view_text(view, "screen.super"), "");
    super_say(view);
}

/* ---- The spare badge */

void screen_spare(struct view *view)
{
    const struct layout *layout = &view->layout;
    float                w = layout->w - 2 * MARGIN_U, top = layout->head;
    super_head(view, view_text(view, "screen.super_spare"), "");
    float       size = layout->is_portrait ? 26 : 20;
    struct rect picture = RECT(layout->is_portrait ? (layout->w - size) / 2 : MARGIN_U + 4, top + 13, size, size);
    struct rect words =
        layout->is_portrait ? RECT(MARGIN_U, top + 43, w, 30) : RECT(MARGIN_U + size + 12, top + 12, w - size - 12, 26);
    view_shape(view, picture, SHAPE_BADGE, view->ink);
    float high = view_wrap(view, RECT(words.x, words.y, words.w, 15), view_text(view, "screen.spare_scan"),
                           &(struct line){TYPE_X2, TYPE_L, true, ALIGN_LEFT, view->ink});
    view_wrap(view, RECT(words.x, words.y + high + 2, words.w, words.h - high - 2), view_text(view, "screen.spare_how"),
              &(struct line){TYPE_M, TYPE_S, false, ALIGN_LEFT, view->ink});
    super_say(view);
}

/* ---- The list */

/* Sign and name; a long name stands on two lines below a smaller sign, which tells more than its letters. */
static void person_cell(struct view *view, int at, const struct found_worker *worker)
{
    struct rect cell = super_cell(view, at);
    char        id[BUTTON_ID_MAX];
    KEY_ID(id, "worker", worker->number);
    widget_key(view, cell, &(struct key_words){id, ACTION_PICK, worker->number, KEY_PLAIN, SHAPE_NONE, "", NULL, 0});
    bool        is_pressed = view_is_pressed(view, id);
    enum colour ink = view->ink, ground = view->ground;
    view->ink = is_pressed ? COLOUR_GROUND : COLOUR_BLUE;
    view->ground = is_pressed ? COLOUR_INK : COLOUR_PLATE;
    bool        is_bold = view_width(view, worker->name, TYPE_S_LEAST, true) <= cell.w - 1.2f;
    bool        is_long = !is_bold && view_width(view, worker->name, TYPE_S_LEAST, false) > cell.w - 1.2f;
    float       size = is_long ? 2.8f : 5.2f;
    struct line line = {TYPE_S, is_long ? TYPE_XS : TYPE_S_LEAST, is_bold, ALIGN_CENTRE, view->ink};
    widget_sign(view, cell.x + (cell.w - size) / 2, cell.y + (is_long ? 0.3f : 0.5f), size, worker);
    if (is_long)
        view_wrap(view, RECT(cell.x + 0.25f, cell.y + 3, cell.w - 0.5f, 6.81f), worker->name, &line);
    else
        view_line(view, RECT(cell.x + 0.6f, cell.y + 5.8f, cell.w - 1.2f, 3.6f), worker->name, &line);
    view->ink = ink;
    view->ground = ground;
}

static void filter_key(struct view *view, int column, const char *id, int64_t filter, enum shape shape,
                       const char *label)
{
    widget_key(view, layout_cell(&view->layout, column, 1, 2, 1),
               &(struct key_words){id, ACTION_FILTER, filter, KEY_PLAIN, shape, label, NULL, 0});
}

/* In the place of the first row. */
static void people_nobody(struct view *view, const char *id)
{
    struct rect first = super_cell(view, 0);
    view_line(view, RECT(first.x, first.y, view->layout.w - 2 * MARGIN_U, first.h), view_text(view, id),
              &(struct line){TYPE_M, TYPE_S, false, ALIGN_LEFT, view->ink});
}

static void people_letters(struct view *view)
{
    char id[BUTTON_ID_MAX];
    for (int i = 1; i <= INITIAL_GROUPS; i++) {
        KEY_ID(id, "letters", i);
        widget_digit(
            view, super_cell(view, i - 1),
            &(struct key_words){id, ACTION_FILTER, PEOPLE_FIRST + i, KEY_PLAIN, SHAPE_NONE, initial_group(i), NULL, 0});
    }
}

static void people_crews(struct view *view)
{
    const struct found_people *people = &view->flow->super.people;
    char                       id[BUTTON_ID_MAX];
    for (int i = 0; i < people->crew_count; i++) {
        KEY_ID(id, "crew", i);
        widget_key(view, super_cell(view, i),
                   &(struct key_words){id, ACTION_FILTER, PEOPLE_FIRST + i, KEY_PLAIN, SHAPE_PEOPLE,
                                       people->crews[i].name, NULL, 0});
    }
    if (people->crew_count == 0) people_nobody(view, "screen.people_no_crews");
}

static void people_names(struct view *view)
{
    const struct found_people *people = &view->flow->super.people;
    for (int i = 0; i < people->count; i++) person_cell(view, i, &people->rows[i]);
    if (people->count == 0) people_nobody(view, "screen.people_none");
}

static void people_title(struct view *view)
{
    const struct flow         *flow = view->flow;
    const struct found_people *people = &flow->super.people;
    static const char *const   TITLES[] = {[DUTY_NONE] = "screen.people_paper",
                                           [DUTY_BIND] = "screen.people_bind",
                                           [DUTY_PAPER] = "screen.people_paper",
                                           [DUTY_MEND] = "screen.people_mend"};
    char                       about[WORDS_MAX] = "";
    view_say(view, &flow->say, about, sizeof about);
    if (about[0] == '\0' && people->ask.group != 0)
        snprintf(about, sizeof about, "%s", initial_group(people->ask.group));
    for (int i = 0; i < people->crew_count && about[0] == '\0'; i++)
        if (people->ask.crew[0] != '\0' && strcmp(people->crews[i].id, people->ask.crew) == 0)
            snprintf(about, sizeof about, "%s", people->crews[i].name);
    if (about[0] == '\0' && flow->super.duty == DUTY_BIND) {
        char tail[16];
        snprintf(tail, sizeof tail, "%04lld", (long long)(flow->super.spare % 10000));
        words_id(view, "screen.spare_tail", tail, about);
    }
    super_head(view, view_text(view, TITLES[flow->super.duty]), about);
}

void screen_people(struct view *view)
{
    const struct flow *flow = view->flow;
    enum people_by     by = flow->super.by;
    int                pages = (flow->super.people.total + FOUND_PEOPLE_MAX - 1) / FOUND_PEOPLE_MAX, at = 0;
    char               more[WORDS_MAX];
    people_title(view);
    if (by == PEOPLE_LETTERS)
        people_letters(view);
    else if (by == PEOPLE_CREWS)
        people_crews(view);
    else
        people_names(view);
    bool is_filtered = flow->super.people.ask.group != 0 || flow->super.people.ask.crew[0] != '\0';
    if (by != PEOPLE_LETTERS)
        filter_key(view, at++, "by-letter", PEOPLE_LETTERS, SHAPE_LANGUAGE, view_text(view, "screen.people_letters"));
    if (by != PEOPLE_CREWS)
        filter_key(view, at++, "by-crew", PEOPLE_CREWS, SHAPE_PEOPLE, view_text(view, "screen.people_crews"));
    if (by != PEOPLE_NAMES || (is_filtered && at < 2))
        filter_key(view, at++, "all", PEOPLE_ALL, SHAPE_PERSON, view_text(view, "screen.people_all"));
    if (flow->super.duty == DUTY_BIND && by == PEOPLE_NAMES)
        widget_key(view, layout_cell(&view->layout, at++, 1, 2, 1),
                   &(struct key_words){"newcomer", ACTION_NEWCOMER, 0, KEY_PLAIN, SHAPE_NOBODY,
                                       view_text(view, "screen.people_new"), NULL, 0});
    if (by != PEOPLE_NAMES || pages < 2) return;
    snprintf(more, sizeof more, "%s %d/%d", view_text(view, "screen.more"), flow->super.people.ask.page + 1, pages);
    widget_key(view, layout_cell(&view->layout, view->layout.columns - 1, 1, 2, 1),
               &(struct key_words){"more", ACTION_MORE, 0, KEY_PLAIN, SHAPE_DOWN, more, NULL, 0});
}
