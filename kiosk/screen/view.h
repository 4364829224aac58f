/* view.h - what the screens put a scene together with: text that fits, boxes, marks, keys, the header. Inside screen/
 * only. Every function adds to view->scene; places in units. */
#ifndef KIOSK_SCREEN_VIEW_H
#define KIOSK_SCREEN_VIEW_H

#include <stdio.h>

#include "core/text.h"
#include "kiosk/screen/scene.h"

struct view {
    struct scene            *scene;
    const struct flow       *flow;
    const struct scene_look *look;
    struct layout            layout;
    enum lang                lang;
    enum colour              ground, ink, note; /* what is drawn on now */
};

/* ---- view.c: the parts of a scene */

void view_on(struct view *view, enum colour ground, enum colour ink, enum colour note);
void view_box(struct view *view, struct rect rect, enum colour colour);
void view_plate(struct view *view, struct rect rect, enum colour fill, enum colour border, float border_u);
void view_shape(struct view *view, struct rect rect, enum shape shape, enum colour colour);

/* One line; too long for rect, it takes the next smaller type down to least, then it is cut and marked. Returns the
 * width. */
struct line {
    enum type   type, least;
    bool        is_bold;
    enum align  align;
    enum colour colour;
};
float view_line(struct view *view, struct rect rect, const char *text, const struct line *line);

/* Several lines from the top of rect; smaller type where they would not fit. Returns the height used. */
float view_wrap(struct view *view, struct rect rect, const char *text, const struct line *line);
bool  view_fits(struct view *view, struct rect rect, const char *text, const struct line *line); /* all of it would */

float view_width(const struct view *view, const char *text, enum type type, bool is_bold);

/* The words of an id; those of a sentence with its arguments. */
const char *view_text(const struct view *view, const char *id);
void        view_say(const struct view *view, const struct say *say, char *out, size_t size);

void view_button(struct view *view, struct rect rect, const char *id, enum action action, int64_t argument);
bool view_is_pressed(const struct view *view, const char *id); /* a finger lies on it */

/* ---- widgets.c: keys, marks, signs, bars */

#define KEY_ID(out, word, number) snprintf((out), BUTTON_ID_MAX, "%s-%lld", (word), (long long)(number))

enum key_look { KEY_PLAIN, KEY_PRIMARY, KEY_SIGNAL /* on green, amber, red */ };

struct key_words {
    const char   *id;
    enum action   action;
    int64_t       argument;
    enum key_look look;
    enum shape    shape;
    const char   *label;
    const char   *line;  /* below the label, or NULL */
    int           badge; /* number in the corner, 0 = none */
};
void widget_key(struct view *view, struct rect rect, const struct key_words *words);   /* icon over label */
void widget_wide(struct view *view, struct rect rect, const struct key_words *words);  /* icon left of label */
void widget_digit(struct view *view, struct rect rect, const struct key_words *words); /* large label alone */

/* A plain key of the row below. text: id of its label. */
void widget_below(struct view *view, int column, const char *id, enum action action, enum shape shape,
                  const char *text);
void widget_more(struct view *view, struct rect rect,
                 int pages); /* which page of how many; nothing where there is one */

/* A keypad whose first row is this one: digits in its cells 0 to 9, then what else is on it. */
struct rect widget_pad_cell(const struct view *view, int row, int i);
void        widget_pad(struct view *view, int row);
void        widget_erase(struct view *view, struct rect rect);

/* "badge here": outlined, nothing to touch. */
void widget_badge_here(struct view *view, struct rect rect, const char *label, const char *line);

/* An order to be touched: marks, number, what is left, product, due. */
void widget_row(struct view *view, struct rect rect, const char *id, const struct found_row *row);

void widget_mark(struct view *view, float x, float y, float size, enum shape mark);
void widget_stop(struct view *view, float x, float y, float size); /* that of stops, large, white on red */
void widget_sign(struct view *view, float x, float y, float size, const struct found_worker *worker);
/* Signs of one or several people, as large as they fit. */
void widget_people(struct view *view, struct rect rect, const struct found_worker *people, int count);
void widget_bar(struct view *view, struct rect rect, int64_t done, int64_t all);

/* A number with its unit on the same baseline; returns the width. align of the whole. */
float widget_number(struct view *view, struct rect rect, const char *number, const char *unit, enum type type,
                    enum align align);

/* Marks of an order, from x on; returns where the next may stand. */
float widget_marks(struct view *view, float x, float y, float size, bool is_stopped, bool is_rush, bool is_special,
                   bool is_late);

/* ---- header.c */

void header_add(struct view *view);
void ribbon_add(struct view *view); /* stopped.c */

/* ---- words.c: numbers, days and names as people read them */

enum { WORDS_MAX = 160 };

void        words_order(const struct sheet_ref *sheet, char out[LINE_REF_TEXT]);
void        words_pieces(const struct view *view, int64_t count, char out[WORDS_MAX]); /* 12 樘 */
void        words_date(const struct view *view, int32_t day, char out[WORDS_MAX]);     /* 3月17日 */
void        words_due(const struct view *view, int32_t due_day, char out[WORDS_MAX]);  /* 剩 1 天 */
void        words_time(int64_t wall_ms, int32_t offset_min, char out[WORDS_MAX]);      /* 14:32 */
void        words_age(const struct view *view, int64_t heard_ms, char out[WORDS_MAX]); /* how old knowledge is */
void        words_fen(const struct view *view, int64_t fen, char out[WORDS_MAX]);      /* 12.50 元 */
void        words_id(const struct view *view, const char *id, const char *text, char out[WORDS_MAX]);
void        words_place(const struct view *view, int64_t place, char out[WORDS_MAX]);
void        words_unit(const struct view *view, int64_t count, char out[WORDS_MAX]); /* pc, pcs: beside the number */
void        words_id_int(const struct view *view, const char *id, int64_t number, char out[WORDS_MAX]);
const char *words_name(const struct view *view, const char (*name)[NAME_MAX]);
const char *words_op(const struct view *view, const struct found_op *op);
void        words_ops(const struct view *view, char out[WORDS_MAX]); /* those chosen: 冲孔 + 折弯 */
const char *words_worker(const struct view *view, const struct found_worker *worker);
void        words_crew(const struct view *view, const struct found_worker *crew, int count, char out[WORDS_MAX]);
void        words_reason(const struct view *view, int32_t number, char out[WORDS_MAX]);
bool        is_late(const struct view *view, int32_t due_day);

/* How old what the kiosk knows of stops and revisions is; false: it is of now. */
bool                   words_known(const struct view *view, const struct found_age *age, char out[WORDS_MAX]);
const struct found_op *sheet_op(const struct found_sheet *sheet, int32_t number); /* NULL: not on it */

/* ---- super.c: what the supervisor's screens share */

void        super_head(struct view *view, const char *title, const char *about);
void        super_say(struct view *view);
void        super_wide(struct view *view, struct rect rect, const struct key_words *words);
struct rect super_cell(const struct view *view, int at); /* of SUPER_PICKS */

/* ---- a file a screen */

void screen_idle(struct view *view);
void screen_worker(struct view *view);
void screen_pin(struct view *view);
void screen_sheet(struct view *view);
void screen_operation(struct view *view);
void screen_count(struct view *view);
void screen_saved(struct view *view);
void screen_question(struct view *view);
void screen_refused(struct view *view);
void screen_setup(struct view *view);
void screen_clean(struct view *view);
void screen_rest(struct view *view); /* idle, and nobody there */

/* setup_facts.c, setup_scanners.c, touch.c: pages of setup */
void page_station(struct view *view);
void page_scanners(struct view *view);
void page_queue(struct view *view);
void page_diagnosis(struct view *view);
void page_touch(struct view *view);

/* A row of what a page tells: label, then fact. */
struct fact {
    const char *label; /* id */
    char        text[WORDS_MAX];
    bool        is_bad; /* somebody should do something about it */
};
float setup_facts(struct view *view, struct rect rect, const struct fact *facts, int count, float label_u);
void  setup_notes(struct view *view, struct rect rect);
void  setup_title(struct view *view, const char *text);
void  setup_pane(struct view *view, enum shape icon, const char *title, const char *text, bool is_trouble);

/* How the page is divided: a pane for what it is about, and the rest with the touch rows. */
struct rect setup_left(const struct view *view);
struct rect setup_right(const struct view *view);
struct rect setup_cell(const struct view *view, int column, int columns, int row);
void        screen_crew(struct view *view);
void        screen_check(struct view *view);
void        screen_number(struct view *view);
void        screen_super(struct view *view);
void        screen_spare(struct view *view);
void        screen_people(struct view *view);
void        screen_paper(struct view *view);
void        screen_pick(struct view *view);
void        screen_quantity(struct view *view);
void        screen_entries(struct view *view);
void        screen_mend(struct view *view);
void        screen_stopped(struct view *view);
void        screen_kept(struct view *view);
void        screen_order(struct view *view);
void        screen_board(struct view *view);
void        screen_asked(struct view *view);
void        screen_note(struct view *view);
void        screen_left(struct view *view);
void        screen_goods(struct view *view);
void        screen_doors(struct view *view);
void        screen_moved(struct view *view);

/* dock.c: what was done with a door. */
const char *words_moved(const struct view *view, enum event_kind kind);

/* dock.c: the notes that wait, under their title in rect and as keys in some touch rows; returns how many pages. */
int dock_notes(struct view *view, struct rect rect, int first_row, int rows);

#endif
