/* setup.c - what a supervisor sets and tries: the menu, and the pages of settings. The pages that tell stand in
 * setup_facts.c and setup_scanners.c, the touch test in touch.c.
 *
 * (texts: knob.*) */
#include <stdio.h>

#include "kiosk/screen/view.h"

/* ---- Parts of a page */

struct rect setup_left(const struct view *view)
{
    const struct layout *layout = &view->layout;
    if (layout->is_portrait) return RECT(MARGIN_U, layout->head + 10, layout_w(layout, 4), layout->h - 40 - 31);
    return RECT(MARGIN_U, layout->head + 2.5f, layout_w(layout, 2), layout->h - layout->head - 5.5f);
}

struct rect setup_right(const struct view *view)
{
    const struct layout *layout = &view->layout;
    if (layout->is_portrait) return RECT(MARGIN_U, layout->h - 40, layout_w(layout, 4), 37);
    return RECT(layout_x(layout, 2), 20, layout_w(layout, 4), 37);
}

/* Cell of the right part: four columns wide in both directions. */
struct rect setup_cell(const struct view *view, int column, int columns, int row)
{
    return layout_cell(&view->layout, column + (view->layout.is_portrait ? 0 : 2), columns, row, 1);
}

void setup_title(struct view *view, const char *text)
{
    const struct layout *layout = &view->layout;
    struct rect          rect = layout->is_portrait ? RECT(MARGIN_U, layout->head + 1.6f, layout_w(layout, 4), 7)
                                                    : RECT(layout_x(layout, 2), 10.9f, layout_w(layout, 4), 5.4f);
    view_line(view, rect, text, &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
}

static void pane_add(struct view *view, struct rect rect, enum shape icon, const char *title, const char *text,
                     bool is_trouble)
{
    enum colour was = view->ground, fill = is_trouble ? COLOUR_AMBER : COLOUR_PLATE;
    enum colour ink = is_trouble ? COLOUR_BLACK : COLOUR_INK;
    view_plate(view, rect, fill, COLOUR_NONE, 0);
    view->ground = fill;
    view_shape(view, RECT(rect.x + 1.8f, rect.y + 1.8f, 6, 6), icon, ink);
    struct rect head = RECT(rect.x + 9, rect.y + 1.3f, rect.w - 10.4f, 7);
    struct line line = {TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, ink};
    if (view_width(view, title, TYPE_S_LEAST, true) > head.w)
        view_wrap(view, head, title, &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, ink});
    else
        view_line(view, head, title, &line);
    view_wrap(view, RECT(rect.x + 1.8f, rect.y + 9.4f, rect.w - 3.4f, rect.h - 10.4f), text,
              &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, ink});
    view->ground = was;
}

void setup_pane(struct view *view, enum shape icon, const char *title, const char *text, bool is_trouble)
{
    pane_add(view, setup_left(view), icon, title, text, is_trouble);
}

/* ---- The menu: to add a page, add a row */

static const struct menu_key {
    const char *id, *label;
    enum shape  shape;
    enum action action;
    int64_t     argument;
} MENU[] = {
    {"station",   "setup.station",   SHAPE_STATION,   ACTION_SETUP,    SETUP_STATION  },
    {"scanners",  "setup.scanners",  SHAPE_SCANNER,   ACTION_SETUP,    SETUP_SCANNERS },
    {"queue",     "setup.queue",     SHAPE_QUEUE,     ACTION_SETUP,    SETUP_QUEUE    },
    {"diagnosis", "setup.diagnosis", SHAPE_DIAGNOSIS, ACTION_SETUP,    SETUP_DIAGNOSIS},
    {"sound",     "setup.sound",     SHAPE_SOUND,     ACTION_SETUP,    SETUP_SOUND    },
    {"screen",    "setup.screen",    SHAPE_SUN,       ACTION_SETUP,    SETUP_SCREEN   },
    {"sign_out",  "setup.sign_out",  SHAPE_OUT,       ACTION_SETUP,    SETUP_SIGN_OUT },
    {"language",  "screen.language", SHAPE_LANGUAGE,  ACTION_LANGUAGE, 0              },
    {"touch",     "setup.touch",     SHAPE_TOUCH,     ACTION_SETUP,    SETUP_TOUCH    },
    {"clean",     "setup.clean",     SHAPE_CLEAN,     ACTION_CLEAN,    0              },
    {"end",       "setup.end",       SHAPE_END,       ACTION_SETUP,    SETUP_END      },
};

/* What is wrong, the gravest first; NULL: nothing. */
static const struct trouble {
    const char *title, *steps;
    enum shape  icon;
} TROUBLES[] = {
    {"screen.not_set_up",    "screen.set_up_how",        SHAPE_STATION   },
    {"screen.no_scanner",    "screen.scanner_how",       SHAPE_NO_SCANNER},
    {"setup.disk_full",      "setup.disk_full_how",      SHAPE_DISK      },
    {"setup.disk_low",       "setup.disk_low_how",       SHAPE_DISK      },
    {"setup.offline",        "setup.offline_how",        SHAPE_NO_NET    },
    {"setup.clock_doubt",    "setup.clock_doubt_how",    SHAPE_PENDING   },
    {"setup.no_loudspeaker", "setup.no_loudspeaker_how", SHAPE_SOUND     },
};

static const struct trouble *trouble_of(const struct flow *flow)
{
    const struct found_state *state = &flow->state;
    const bool                is_so[] = {state->station[0] == '\0',
                                         !state->has_scanner,
                                         state->is_disk_full,
                                         state->is_disk_low,
                                         !state->is_online,
                                         state->is_doubtful,
                                         flow->diagnosis.hearing == HEARING_NONE};
    _Static_assert(sizeof is_so / sizeof is_so[0] == sizeof TROUBLES / sizeof TROUBLES[0], "of each trouble, in order");
    for (size_t i = 0; i < sizeof is_so / sizeof is_so[0]; i++)
        if (is_so[i]) return &TROUBLES[i];
    return NULL;
}

static void page_menu(struct view *view)
{
    const struct trouble *trouble = trouble_of(view->flow);
    char                  label[WORDS_MAX];
    setup_title(view, view_text(view, "setup.title"));
    struct rect pane = setup_left(view);
    if (!view->layout.is_portrait) {
        pane.h -= 14.5f;
        setup_notes(view, RECT(pane.x, pane.y + pane.h + 1.2f, pane.w, 13));
    }
    if (trouble != NULL)
        pane_add(view, pane, trouble->icon, view_text(view, trouble->title), view_text(view, trouble->steps), true);
    else
        pane_add(view, pane, SHAPE_DIAGNOSIS, view_text(view, "setup.well"), view_text(view, "setup.well_how"), false);
    for (size_t i = 0; i < sizeof MENU / sizeof MENU[0]; i++) {
        const struct menu_key *key = &MENU[i];
        snprintf(label, sizeof label, "%s", view_text(view, key->label));
        if (key->argument == SETUP_QUEUE && key->action == ACTION_SETUP)
            words_id_int(view, key->label, view->flow->state.waiting, label);
        widget_key(view, setup_cell(view, (int)i % 4, 1, (int)i / 4),
                   &(struct key_words){key->id, key->action, key->argument, KEY_PLAIN, key->shape, label, NULL, 0});
    }
}

/* ---- Before a supervisor's badge was here */

static void page_shut(struct view *view)
{
    setup_title(view, view_text(view, "setup.title"));
    setup_pane(view, SHAPE_LOCK, view_text(view, "setup.shut"), view_text(view, "setup.shut_how"), false);
    struct rect here = setup_cell(view, 0, 4, 0);
    widget_badge_here(view, here, view_text(view, "setup.badge"), view_text(view, "setup.badge_line"));
    widget_wide(view, setup_cell(view, 0, 4, 1),
                &(struct key_words){"clean", ACTION_CLEAN, 0, KEY_PLAIN, SHAPE_CLEAN, view_text(view, "setup.clean"),
                                    view_text(view, "setup.clean_line"), 0});
    widget_wide(view, setup_cell(view, 0, 4, 2),
                &(struct key_words){"language", ACTION_LANGUAGE, 0, KEY_PLAIN, SHAPE_LANGUAGE,
                                    view_text(view, "screen.language"), NULL, 0});
}

/* ---- Settings */

static void knob_words(const struct view *view, enum knob knob, const char *tail, char out[WORDS_MAX])
{
    char id[SAY_ID_MAX];
    snprintf(id, sizeof id, "knob.%s%s", knob_row(knob)->name, tail);
    words_id_int(view, id, view->flow->knobs[knob], out);
}

static void knob_caption(struct view *view, enum knob knob, int row)
{
    struct rect cell = setup_cell(view, 0, 4, row);
    char        text[WORDS_MAX];
    knob_words(view, knob, "", text);
    view_line(view, RECT(cell.x, cell.y - 3.2f, cell.w, 2.9f), text,
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, view->note});
}

/* Its values side by side, the one that holds filled. */
static void knob_choice(struct view *view, enum knob knob, int row)
{
    const struct knob_row *what = knob_row(knob);
    int                    count = what->most - what->least + 1;
    for (int32_t value = what->least; value <= what->most; value++) {
        char        tail[8], label[WORDS_MAX], id[BUTTON_ID_MAX];
        struct rect first = setup_cell(view, 0, 4, row), cell = first;
        snprintf(tail, sizeof tail, ".%d", (int)value);
        knob_words(view, knob, tail, label);
        snprintf(id, sizeof id, "%.16s-%d", what->name, (int)value);
        cell.w = (first.w - (float)(count - 1) * GUTTER_U) / (float)count;
        cell.x += (float)(value - what->least) * (cell.w + GUTTER_U);
        bool is_set = view->flow->knobs[knob] == value;
        widget_wide(view, cell,
                    &(struct key_words){id, ACTION_SET, (int64_t)knob * ACTION_SET_KNOB + value,
                                        is_set ? KEY_PRIMARY : KEY_PLAIN, is_set ? SHAPE_CHECK : SHAPE_NONE, label,
                                        NULL, 0});
    }
}

static void knob_step(struct view *view, enum knob knob, int32_t value, struct rect cell, enum shape shape)
{
    char        id[BUTTON_ID_MAX];
    const char *word = shape == SHAPE_PLUS ? "more" : "less";
    if (!knob_allows(knob, value)) return; /* there is no further */
    snprintf(id, sizeof id, "%.16s-%s", knob_row(knob)->name, word);
    widget_key(view, cell,
               &(struct key_words){id, ACTION_SET, (int64_t)knob * ACTION_SET_KNOB + value, KEY_PLAIN, shape,
                                   view_text(view, shape == SHAPE_PLUS ? "setup.more" : "setup.less"), NULL, 0});
}

static void knob_steps(struct view *view, enum knob knob, int row)
{
    const struct knob_row *what = knob_row(knob);
    int32_t                value = view->flow->knobs[knob];
    char                   text[WORDS_MAX];
    struct rect            middle = setup_cell(view, 1, 2, row);
    knob_step(view, knob, value - what->step, setup_cell(view, 0, 1, row), SHAPE_LESS);
    knob_step(view, knob, value + what->step, setup_cell(view, 3, 1, row), SHAPE_PLUS);
    knob_words(view, knob, value == what->least ? ".least" : ".value", text);
    view_line(view, RECT(middle.x, middle.y + 1, middle.w, 6.4f), text,
              &(struct line){TYPE_XL, TYPE_S, true, ALIGN_CENTRE, view->ink});
    struct rect bar = RECT(middle.x, middle.y + 8.4f, middle.w, 1.2f);
    view_box(view, bar, COLOUR_TRACK);
    bar.w *= (float)(value - what->least) / (float)(what->most - what->least);
    view_box(view, bar, view->ink);
}

/* All settings of this page, one a row; returns the next free one. */
static int page_knobs(struct view *view)
{
    int row = 0;
    for (int i = 0; i < KNOBS; i++) {
        enum knob knob = (enum knob)i;
        if (knob_row(knob)->page != view->flow->setup.page) continue;
        knob_caption(view, knob, row);
        if (knob_row(knob)->kind == KNOB_CHOICE)
            knob_choice(view, knob, row++);
        else
            knob_steps(view, knob, row++);
    }
    return row;
}

static void setup_not_kept(struct view *view, const char *id, enum shape icon, const char *text)
{
    char say[ITEM_TEXT_MAX];
    if (say_is_empty(&view->flow->say)) {
        setup_pane(view, icon, view_text(view, id), text, false);
        return;
    }
    view_say(view, &view->flow->say, say, sizeof say);
    setup_pane(view, SHAPE_DISK, view_text(view, "setup.not_kept"), say, true);
}

static void page_sound(struct view *view)
{
    static const struct {
        const char *id, *label;
        enum sound  sound;
        enum shape  shape;
    } TESTS[] = {
        {"saved",    "setup.sound_saved",    SOUND_SAVED,    SHAPE_CHECK  },
        {"question", "setup.sound_question", SOUND_QUESTION, SHAPE_AGAIN  },
        {"rush",     "setup.sound_rush",     SOUND_RUSH,     SHAPE_PENDING},
        {"refused",  "setup.sound_refused",  SOUND_REFUSED,  SHAPE_CLOSE  },
        {"stopped",  "setup.sound_stopped",  SOUND_STOPPED,  SHAPE_LOCK   },
    };
    enum hearing hearing = view->flow->diagnosis.hearing;
    char         text[ITEM_TEXT_MAX];
    setup_title(view, view_text(view, "setup.sound"));
    snprintf(text, sizeof text, "%s",
             view_text(view, hearing == HEARING_NONE ? "setup.no_loudspeaker_how" : "setup.sound_how"));
    setup_not_kept(view, hearing == HEARING_NONE ? "setup.no_loudspeaker" : "setup.sound_five", SHAPE_SOUND, text);
    int row = page_knobs(view);
    for (int i = 0; i < 5; i++) {
        struct rect cell = i < 3 ? setup_cell(view, i, 1, row) : setup_cell(view, i - 3, 1, row + 1);
        widget_key(view, cell,
                   &(struct key_words){TESTS[i].id, ACTION_SOUND, TESTS[i].sound, KEY_PLAIN, TESTS[i].shape,
                                       view_text(view, TESTS[i].label), NULL, 0});
    }
}

static void page_screen(struct view *view)
{
    setup_title(view, view_text(view, "setup.screen"));
    setup_not_kept(view, "setup.screen", SHAPE_SUN, view_text(view, "setup.screen_how"));
    page_knobs(view);
}

static void page_sign_out(struct view *view)
{
    setup_title(view, view_text(view, "setup.sign_out"));
    setup_not_kept(view, "setup.sign_out", SHAPE_OUT, view_text(view, "setup.sign_out_how"));
    page_knobs(view);
}

static void page_end(struct view *view)
{
    setup_title(view, view_text(view, "setup.end"));
    setup_pane(view, SHAPE_END, view_text(view, "setup.end"), view_text(view, "setup.end_how"), false);
    widget_wide(view, setup_cell(view, 0, 4, 0),
                &(struct key_words){"restart", ACTION_END, ENDING_RESTART, KEY_PLAIN, SHAPE_AGAIN,
                                    view_text(view, "setup.restart"), view_text(view, "setup.restart_line"), 0});
    widget_wide(view, setup_cell(view, 0, 4, 1),
                &(struct key_words){"stop", ACTION_END, ENDING_END, KEY_PLAIN, SHAPE_END, view_text(view, "setup.stop"),
                                    view_text(view, "setup.stop_line"), 0});
}

void screen_setup(struct view *view)
{
    static void (*const PAGES[SETUP_PAGES])(struct view *view) = {
        [SETUP_MENU] = page_menu,     [SETUP_STATION] = page_station,     [SETUP_SCANNERS] = page_scanners,
        [SETUP_QUEUE] = page_queue,   [SETUP_DIAGNOSIS] = page_diagnosis, [SETUP_SOUND] = page_sound,
        [SETUP_SCREEN] = page_screen, [SETUP_SIGN_OUT] = page_sign_out,   [SETUP_TOUCH] = page_touch,
        [SETUP_END] = page_end,
    };
    if (!view->flow->setup.is_open)
        page_shut(view);
    else
        PAGES[view->flow->setup.page](view);
}
