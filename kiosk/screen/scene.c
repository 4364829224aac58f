/* scene.c - a screen as data: scene.h. Colours and sizes stand here; each screen in the file of its name. */
#include "kiosk/screen/scene.h"

#include <string.h>

#include "kiosk/screen/view.h"

enum { SECOND_MS = 1000 };

/* ---- Colours and sizes: the two tables to change for another look */

static const uint32_t COLOUR_TABLE[COLOURS][2] = {
  /* light, dark */
    [COLOUR_GROUND] = {0xEDEEEA,        0x101417       },
    [COLOUR_PLATE] = {0xFFFFFF,        0x1D2328       },
    [COLOUR_INK] = {0x12171B,        0xF3F5F4       },
    [COLOUR_INK2] = {0x434A50,        0xB4BCC2       },
    [COLOUR_LINE] = {0xBEC3C1,        0x3B444B       },
    [COLOUR_TRACK] = {0xD3D7D4,        0x38414A       },
    [COLOUR_BLUE] = {0x0A43B0,        0x8DB9FF       },
    [COLOUR_ON_BLUE] = {0xFFFFFF,        0x12171B       },
    [COLOUR_HEADER] = {0x12171B,        0x262E34       },
    [COLOUR_HEADER_NOTE] = {0xB4BCC2,        0xB4BCC2       },
    [COLOUR_WHITE] = {0xFFFFFF,        0xFFFFFF       },
    [COLOUR_BLACK] = {0x12171B,        0x12171B       },
    [COLOUR_KEY_BLUE] = {0x0A43B0,        0x0A43B0       },
    [COLOUR_GREEN] = {0x34C26A,        0x34C26A       },
    [COLOUR_AMBER] = {0xFFB61F,        0xFFB61F       },
    [COLOUR_RED] = {0xA90D1F,        0xA90D1F       },
    [COLOUR_GREY] = {0xAEB4B8,        0xAEB4B8       },
    [COLOUR_SIGN + 0] = {SIGN_RGB_BLACK,  SIGN_RGB_BLACK },
    [COLOUR_SIGN + 1] = {SIGN_RGB_WHITE,  SIGN_RGB_WHITE },
    [COLOUR_SIGN + 2] = {SIGN_RGB_PURPLE, SIGN_RGB_PURPLE},
    [COLOUR_SIGN + 3] = {SIGN_RGB_PINK,   SIGN_RGB_PINK  },
    [COLOUR_SIGN + 4] = {SIGN_RGB_BROWN,  SIGN_RGB_BROWN },
    [COLOUR_SIGN + 5] = {SIGN_RGB_YELLOW, SIGN_RGB_YELLOW},
    [COLOUR_SIGN + 6] = {SIGN_RGB_OLIVE,  SIGN_RGB_OLIVE },
    [COLOUR_SIGN + 7] = {SIGN_RGB_CYAN,   SIGN_RGB_CYAN  },
};

uint32_t colour_rgb(enum theme theme, enum colour colour)
{
    return colour < COLOURS ? COLOUR_TABLE[colour][theme == THEME_DARK ? 1 : 0] : 0;
}

float type_u(enum type type)
{
    static const float SIZES[] = {2.1f, 2.5f, 2.7f, 3.4f, 4.4f, 6.4f, 9, 16, 24};
    return SIZES[type];
}

/* ---- Screens */

static void screen_saving(struct view *view)
{
    struct rect middle = RECT(MARGIN_U, view->layout.h / 2 - 3, view->layout.w - 2 * MARGIN_U, 10);
    view_line(view, middle, view_text(view, "screen.saving"),
              &(struct line){TYPE_XL, TYPE_M, true, ALIGN_CENTRE, view->ink});
}

struct screen_draw {
    void (*draw)(struct view *view);
};

static const struct screen_draw SCREEN_DRAWS[SCREENS] = {
    [SCREEN_IDLE] = {screen_idle},       [SCREEN_WORKER] = {screen_worker},       [SCREEN_PIN] = {screen_pin},
    [SCREEN_SHEET] = {screen_sheet},     [SCREEN_OPERATION] = {screen_operation}, [SCREEN_COUNT] = {screen_count},
    [SCREEN_SAVING] = {screen_saving},   [SCREEN_SAVED] = {screen_saved},         [SCREEN_QUESTION] = {screen_question},
    [SCREEN_REFUSED] = {screen_refused}, [SCREEN_SETUP] = {screen_setup},         [SCREEN_CLEAN] = {screen_clean},
    [SCREEN_CREW] = {screen_crew},       [SCREEN_CHECK] = {screen_check},         [SCREEN_NUMBER] = {screen_number},
    [SCREEN_SUPER] = {screen_super},     [SCREEN_SPARE] = {screen_spare},         [SCREEN_PEOPLE] = {screen_people},
    [SCREEN_PAPER] = {screen_paper},     [SCREEN_PICK] = {screen_pick},           [SCREEN_QUANTITY] = {screen_quantity},
    [SCREEN_ENTRIES] = {screen_entries}, [SCREEN_MEND] = {screen_mend},           [SCREEN_STOPPED] = {screen_stopped},
    [SCREEN_KEPT] = {screen_kept},       [SCREEN_ORDER] = {screen_order},         [SCREEN_BOARD] = {screen_board},
    [SCREEN_ASKED] = {screen_asked},     [SCREEN_NOTE] = {screen_note},           [SCREEN_LEFT] = {screen_left},
    [SCREEN_GOODS] = {screen_goods},     [SCREEN_DOORS] = {screen_doors},         [SCREEN_MOVED] = {screen_moved},
};

/* Without a header, nearly dark: nothing is to be read or touched there. */
static bool is_bare(const struct flow *flow)
{
    return flow->screen == SCREEN_CLEAN || (flow->screen == SCREEN_IDLE && flow->is_resting);
}

static bool is_touch_test(const struct flow *flow)
{
    return flow->screen == SCREEN_SETUP && flow->setup.is_open && flow->setup.page == SETUP_TOUCH;
}

/* Bright field: saved; dark field: not saved. */
static void view_field(struct view *view)
{
    if (is_bare(view->flow)) {
        view_on(view, COLOUR_BLACK, COLOUR_WHITE, COLOUR_HEADER_NOTE);
        view->scene->ground = view->ground;
        return;
    }
    switch (view->flow->tone) {
    case TONE_GREEN: view_on(view, COLOUR_GREEN, COLOUR_BLACK, COLOUR_BLACK); break;
    case TONE_AMBER: view_on(view, COLOUR_AMBER, COLOUR_BLACK, COLOUR_BLACK); break;
    case TONE_RED: view_on(view, COLOUR_RED, COLOUR_WHITE, COLOUR_WHITE); break;
    case TONE_GREY: view_on(view, COLOUR_GREY, COLOUR_BLACK, COLOUR_BLACK); break;
    case TONE_NONE: view_on(view, COLOUR_GROUND, COLOUR_INK, COLOUR_INK2); break;
    }
    view->scene->ground = view->ground;
}

void scene_build(struct scene *scene, const struct flow *flow, const struct scene_look *look)
{
    struct view view = {.scene = scene, .flow = flow, .look = look, .lang = flow->lang};
    scene->item_count = scene->button_count = 0;
    const struct found_stop *stop;
    view.layout = layout_of(look->width_px, look->height_px);
    if (flow_ribbon(flow, &stop) != RIBBON_NONE) layout_ribbon(&view.layout);
    scene->layout = view.layout;
    scene->theme = look->theme;
    view_field(&view);
    if (flow->screen == SCREEN_IDLE && flow->is_resting)
        screen_rest(&view);
    else
        SCREEN_DRAWS[flow->screen].draw(&view);
    if (!is_bare(flow) && !is_touch_test(flow)) header_add(&view);
    ribbon_add(&view);
}

/* ---- Questions */

const struct button *scene_button(const struct scene *scene, const char *id)
{
    for (int i = 0; i < scene->button_count; i++)
        if (strcmp(scene->buttons[i].id, id) == 0) return &scene->buttons[i];
    return NULL;
}

const struct button *scene_button_at(const struct scene *scene, float x_px, float y_px)
{
    for (int i = 0; i < scene->button_count; i++)
        if (rect_holds(scene->buttons[i].rect, x_px / scene->layout.u, y_px / scene->layout.u))
            return &scene->buttons[i];
    return NULL;
}

int64_t scene_deadline(const struct flow *flow, int64_t now_ms)
{
    if (flow->screen == SCREEN_CLEAN) { /* each second is shown */
        int64_t gone_ms = now_ms - flow->since_ms;
        return flow->since_ms + (gone_ms / SECOND_MS + 1) * SECOND_MS;
    }
    int seconds = flow_seconds_left(flow, now_ms);
    if (seconds <= 0 || flow->sign_out_ms <= 0) return INT64_MAX;
    int64_t end_ms = flow->active_ms + flow->sign_out_ms;
    return end_ms - (int64_t)(seconds - 1) * 1000;
}
