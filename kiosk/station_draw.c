/* station_draw.c - the flow as a scene, the scene as pixels: kiosk/station.h. */
#include "kiosk/station_inside.h"

static void scene_make(struct station *station, struct scene *scene, const struct flow *flow)
{
    struct scene_look look = {.theme = (enum theme)station->flow.knobs[KNOB_THEME],
                              .now_ms = station_screen_ms(station)};
    window_size(station->window, &look.width_px, &look.height_px);
    if (station->pressed[0] != '\0') look.pressed = station->pressed;
    look.measure = window_measure(station->window);
    scene_build(scene, flow, &look);
    station->scene_ms = look.now_ms;
}

const struct scene *station_scene(struct station *station)
{
    if (!station->is_built) scene_make(station, &station->scene, &station->flow);
    station->is_built = true;
    return &station->scene;
}

/* While the disk writes, what comes if it succeeds is painted unseen: then little is left to do. Nothing of it counts
 * before the answer. */
static void saved_prepare(struct station *station)
{
    static struct flow   flow;
    static struct effect effect;
    static struct input  input;
    static struct scene  scene;
    station->is_prepared = true;
    input = (struct input){.kind = INPUT_SAVED, .mono_ms = station_screen_ms(station)};
    flow = station->flow;
    flow_step(&flow, &input, &effect);
    if (flow.screen != SCREEN_SAVED) return; /* the next save comes first */
    int64_t scene_ms = station->scene_ms;
    scene_make(station, &scene, &flow);
    station->scene_ms = scene_ms;
    window_prepare(station->window, &scene);
}

/* While the disk is as fast as ever, what was touched stays in sight until the answer: no screen in between. */
void station_draw(struct station *station)
{
    bool is_between = station->flow.screen == SCREEN_SAVING && !station->flow.is_slow;
    if (is_between && station->is_saving && !station->is_prepared) saved_prepare(station);
    if (!station->is_dirty || is_between || !station->has_state) return; /* nor one that knows nothing yet */
    station->is_dirty = false;
    window_draw(station->window, station_scene(station));
    station->is_drawn = true;
}

void station_catch_up(struct station *station)
{
    bool    wants_idle = station->wants_idle, wants_board = station->wants_board;
    int32_t worker = station->wants_page;
    if (station->is_dirty || (!wants_idle && !wants_board && worker == 0)) return;
    station->wants_idle = station->wants_board = false;
    station->wants_page = 0;
    if (worker != 0) station_look_page(station, worker, 0);
    if (wants_idle) station_look_idle(station);
    if (wants_board) station_look_board(station);
    station_draw(station);
}

bool station_shot(struct station *station, const char *path, struct err *err)
{
    return window_shot(station->window, station_scene(station), path, err);
}
