/* scene.h - a screen as data: boxes, texts, shapes and buttons, made from the flow and then walked by whoever draws,
 * drives or tests it.
 *
 * Pure but for the width of letters, which the caller hands in. Places in units (layout.h). A button carries what it
 * does, the same as a command card of that number. */
#ifndef KIOSK_SCREEN_SCENE_H
#define KIOSK_SCREEN_SCENE_H

#include "core/shape.h"
#include "kiosk/flow/flow.h"
#include "kiosk/screen/layout.h"

enum theme { THEME_LIGHT, THEME_DARK };

/* A colour means one thing. Signals, and what stands on them, are the same in both themes. */
enum colour {
    COLOUR_GROUND, /* page */
    COLOUR_PLATE,  /* card, key */
    COLOUR_INK,
    COLOUR_INK2, /* notes */
    COLOUR_LINE,
    COLOUR_TRACK, /* empty part of a bar */
    COLOUR_BLUE,  /* touchable */
    COLOUR_ON_BLUE,
    COLOUR_HEADER,
    COLOUR_HEADER_NOTE,
    COLOUR_WHITE,
    COLOUR_BLACK,    /* ink on a signal */
    COLOUR_KEY_BLUE, /* keys on a signal */
    COLOUR_GREEN,
    COLOUR_AMBER,
    COLOUR_RED,
    COLOUR_GREY,
    COLOUR_SIGN, /* eight personal ones from here */
    COLOURS = COLOUR_SIGN + SIGN_COLOURS,
    COLOUR_NONE = COLOURS
};

uint32_t colour_rgb(enum theme theme, enum colour colour); /* 0xRRGGBB */

/* Sizes of type; TYPE_S_LEAST is the least for what is needed to act, TYPE_XS is never needed to act. */
enum type { TYPE_XS, TYPE_S_LEAST, TYPE_S, TYPE_M, TYPE_L, TYPE_XL, TYPE_X2, TYPE_X3, TYPE_X4 };
float type_u(enum type type);

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

enum item_kind { ITEM_BOX, ITEM_TEXT, ITEM_SHAPE };

enum { ITEM_TEXT_MAX = 200, ITEMS_MAX = 400, BUTTONS_MAX = 40, BUTTON_ID_MAX = 24 };

struct item {
    enum item_kind kind;
    struct rect    rect;
    enum colour    colour; /* of the box, the text, the shape; COLOUR_NONE: a box that is only a border */
    enum colour    border;
    float          border_u, radius_u;
    enum shape     shape;
    /* ITEM_TEXT: one line, centred upwards and downwards in rect */
    enum type      type;
    float          size_u; /* 0: the type's; the character in a mark or sign has its own */
    bool           is_bold;
    bool           is_cut;  /* ends in ... because it is longer than its place */
    bool           is_torn; /* ends within a word, which is wider than its place */
    enum align     align;
    enum colour    ground; /* on which it stands */
    char           text[ITEM_TEXT_MAX];
};

struct button {
    char        id[BUTTON_ID_MAX];
    struct rect rect;
    enum action action;
    int64_t     argument;
    bool        is_enabled;
};

struct scene {
    struct layout layout;
    enum theme    theme;
    enum colour   ground;
    int           item_count, button_count;
    struct item   items[ITEMS_MAX];
    struct button buttons[BUTTONS_MAX];
};

/* Width of len bytes of text in em. */
struct measure {
    float (*width)(void *self, const char *text, size_t len, bool is_bold);
    void *self;
};

struct scene_look {
    int                   width_px, height_px;
    enum theme            theme;
    int64_t               now_ms;  /* mono: seconds until sign-out */
    const char           *pressed; /* id of the button under a finger; NULL: none */
    const struct measure *measure;
};

void scene_build(struct scene *scene, const struct flow *flow, const struct scene_look *look);

const struct button *scene_button(const struct scene *scene, const char *id);            /* NULL: not there */
const struct button *scene_button_at(const struct scene *scene, float x_px, float y_px); /* likewise */

/* When the scene would look different without any input (the seconds bar), in mono ms; INT64_MAX: never. */
int64_t scene_deadline(const struct flow *flow, int64_t now_ms);

#endif
