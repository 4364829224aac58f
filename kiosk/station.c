/* station.c - the rooms of a kiosk joined: kiosk/station.h. */
#include "kiosk/station.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/chain.h"
#include "core/code.h"
#include "core/lock.h"
#include "kiosk/station_inside.h"
#include "kiosk/screen/sound.h"

enum {
    SLOW_MS = 300,
    TWICE_MS = 350,     /* a finger that comes down twice, or was on its way to what stood there before */
    DAMAGED_MS = 10000, /* whoever has something in hand may read what is said */
    WAIT_MOST_MS = 60000,
    SECOND_MS = 1000,
    THOUSAND = 1000
};

/* ---- Time */

/* The screen's: frozen where it is driven, so that a slow machine changes nothing. */
int64_t station_screen_ms(const struct station *station)
{
    if (station->options.is_driven) return station->start_ms + station->passed_ms;
    return clock_mono_ms(&station->clock);
}

int64_t station_wall_ms(const struct station *station)
{
    return clock_now_ms(&station->clock) + station->wall_offset_ms + station->passed_ms;
}

int64_t station_world_ms(const struct station *station)
{
    return clock_mono_ms(&station->world);
}

void station_damaged(struct station *station)
{
    if (station->is_damaged) return;
    station->is_damaged = true;
    station->damaged_ms = station_world_ms(station);
}

/* ---- Steps of the flow */

static void pay_tell(struct station *station, struct say say)
{
    struct input input = {.kind = INPUT_PAY, .pay = {.say = say}};
    station_feed(station, &input);
}

/* What waits goes onto a stick; the screen doesn't wait for it. */
static void carry_begin(struct station *station)
{
    struct carrier_ask ask = {.database = station->path,
                              .folder = station->options.stick,
                              .wall_ms = station_wall_ms(station),
                              .offset_min = station->flow.state.offset_min};
    struct input       busy = {.kind = INPUT_CARRIED, .say = SAY("kiosk.busy")};
    if (!carrier_start(station->carrier, &ask)) station_feed(station, &busy);
}

static void carry_end(struct station *station)
{
    struct input   input = {.kind = INPUT_CARRIED};
    struct carried carried;
    struct err     err;
    if (!carrier_take(station->carrier, &input.is_good, &carried, &err)) return;
    input.say = input.is_good ? carry_say(&carried) : err.say;
    station_feed(station, &input);
}

static void save_begin(struct station *station, const struct event *event)
{
    station->is_saving = true;
    station->is_prepared = false;
    station->slow_ms = station_world_ms(station) + SLOW_MS;
    station->last.kind = event->kind;
    keeper_post_save(station->thread, event);
}

static void pay_begin(struct station *station, struct effect *effect)
{
    bool is_started = opener_start(station->opener, &effect->payee, effect->pin);
    explicit_bzero(effect->pin, sizeof effect->pin);
    if (!is_started) pay_tell(station, SAY("kiosk.busy"));
}

/* What is done without an answer, or gets it from another thread. */
static void effect_begin(struct station *station, struct effect *effect)
{
    if (effect->set) {
        station->knobs_under_way++;
        keeper_post_knob(station->thread, &effect->knob);
        sound_volume(station->flow.knobs[KNOB_VOLUME]);
    }
    if (effect->wish != WISH_NONE) station_usb_wish(station, effect);
    if (effect->ending != ENDING_NONE) station->ending = effect->ending;
    if (effect->sound != SOUND_NONE) {
        station->sound = effect->sound;
        sound_play(effect->sound);
    }
    if (effect->save) save_begin(station, &effect->event);
    if (effect->open_pay) pay_begin(station, effect);
    if (effect->open_line != 0) {
        station->open_line = effect->open_line;
        station->open_how = effect->open_how;
    }
    station->wants_board |= effect->ask_board;
    station->wants_idle |= effect->ask_idle;
    if (effect->carry) carry_begin(station);
}

/* What is looked up at once, and fed. */
static void effect_look(struct station *station, const struct effect *effect)
{
    if (effect->ask_diagnosis) station_look_diagnosis(station);
    if (effect->ask_lines) station_look_lines(station, effect->number);
    if (effect->ask_crew) station_look_crew(station);
    if (effect->ask_order != 0) station_look_order(station, effect->ask_order);
    if (effect->ask_note != 0) station_look_note(station, effect->ask_note);
    if (effect->ask_page && station->flow.screen == SCREEN_SAVED)
        station->wants_page = effect->worker;
    else if (effect->ask_page)
        station_look_page(station, effect->worker, effect->skip);
    if (effect->ask_people) station_look_people(station, &effect->people);
    if (effect->ask_event) station_look_event(station, &effect->name);
}

void station_feed(struct station *station, struct input *input)
{
    input->mono_ms = station_screen_ms(station);
    struct effect effect; /* its own: what is looked up for it is fed through here as well */
    flow_step(&station->flow, input, &effect);
    station_redraw(station);
    effect_begin(station, &effect);
    effect_look(station, &effect);
}

/* ---- Scans */

/* Whoever holds up a code of his own would have this kiosk's entries: that is a supervisor's to allow. */
static bool may_enrol(struct station *station)
{
    bool may = station->options.may_enrol || flow_may_enrol(&station->flow);
    station->options.may_enrol = false;
    return may;
}

static void enrol_begin(struct station *station, const struct code_enrol *enrol)
{
    struct input input = {.kind = INPUT_TELL, .say = SAY("kiosk.enrolling")};
    if (!station->is_enrolling) keeper_post_enrol(station->thread, enrol);
    station->is_enrolling = true;
    station_feed(station, &input);
}

static void scan_take(struct station *station, const struct scan *scan)
{
    static struct input input;
    struct err          err;
    memset(&input, 0, sizeof input);
    input.how = scan->is_typed ? HOW_TYPED : HOW_SCANNED;
    if (scan->device == DEVICE_WINDOW && !scan->is_typed) station->has_key_scans = true;
    if (scan->wrong != NULL) {
        input.kind = INPUT_BAD_CODE;
        input.say = say_make(scan->wrong);
    } else if (!code_read(scan->text, scan->len, &input.code, &err)) {
        input.kind = INPUT_BAD_CODE;
        input.say = err.say;
    } else if (input.code.kind == CODE_ENROL && !may_enrol(station)) {
        input.kind = INPUT_BAD_CODE;
        input.say = SAY("kiosk.enrol_boss");
    } else if (input.code.kind == CODE_ENROL) {
        enrol_begin(station, &input.code.enrol);
        return;
    } else {
        input.kind = INPUT_SCAN;
        station_found(station, &input.code, &input.found);
    }
    station_feed(station, &input);
}

/* A line that was typed or touched has its turn before what is scanned after it. */
static void line_step(struct station *station)
{
    int64_t line = station->open_line;
    if (line == 0 || !flow_takes(&station->flow)) return;
    station->open_line = 0;
    station_open_line(station, line, station->open_how);
}

/* now_ms: of a moment at which no key waited. */
static void scans_step(struct station *station, int64_t now_ms)
{
    const struct scan *scan;
    reader_time(&station->keys, now_ms, &station->lines);
    if (!station->has_state) return; /* where this is isn't known yet: what is scanned waits a moment */
    line_step(station);
    while (flow_takes(&station->flow) && (scan = lines_take(&station->lines)) != NULL) scan_take(station, scan);
    if (!flow_takes(&station->flow)) return;
    int lost = lines_lost(&station->lines);
    if (lost == 0) return;
    struct input input = {.kind = INPUT_BAD_CODE, .say = say_int(SAY("kiosk.too_fast"), lost)};
    station_feed(station, &input);
}

void station_scan(struct station *station, const char *text, size_t len)
{
    lines_put(&station->lines, DEVICE_DRIVE, text, len, false);
    scans_step(station, station_world_ms(station));
}

void station_report(struct station *station, const uint8_t *report, size_t len)
{
    reader_report(&station->keys, report, len, station_world_ms(station), &station->lines);
    scans_step(station, station_world_ms(station));
}

void station_key(struct station *station, uint8_t usage, uint8_t modifiers)
{
    reader_key(&station->keys, usage, modifiers, station_world_ms(station), &station->lines);
    scans_step(station, station_world_ms(station));
}

/* ---- Touches */

static void button_do(struct station *station, const struct button *button)
{
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_TAP;
    input.how = HOW_TOUCHED;
    input.action = button->action;
    input.argument = button->argument;
    memcpy(station->pressed, button->id, sizeof station->pressed);
    station_feed(station, &input);
    line_step(station);
}

static void touch_feed(struct station *station, float x_px, float y_px, const struct button *button, bool is_up)
{
    static struct input  input;
    const struct layout *layout = &station_scene(station)->layout;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_TOUCH;
    input.how = HOW_TOUCHED;
    input.is_up = is_up;
    input.x = (int)(x_px * THOUSAND / (layout->w * layout->u));
    input.y = (int)(y_px * THOUSAND / (layout->h * layout->u));
    if (button != NULL) {
        input.action = button->action;
        input.argument = button->argument;
    }
    station_feed(station, &input);
}

/* A button acts when the finger comes down; one that lies there already when the screen changes touches nothing, nor
 * does the second of two quick ones: "save" twice isn't "save, undo". */
void station_touch(struct station *station, float x_px, float y_px)
{
    const struct button *button = scene_button_at(station_scene(station), x_px, y_px);
    if (flow_wants_touches(&station->flow)) {
        touch_feed(station, x_px, y_px, button, false);
        return;
    }
    if (station_screen_ms(station) - station->flow.since_ms < TWICE_MS) return;
    if (button != NULL && button->is_enabled) button_do(station, button);
}

void station_release(struct station *station, float x_px, float y_px)
{
    if (flow_wants_touches(&station->flow)) touch_feed(station, x_px, y_px, NULL, true);
    if (station->pressed[0] == '\0') return;
    station->pressed[0] = '\0';
    station_redraw(station);
}

bool station_tap(struct station *station, const char *id)
{
    const struct button *button = scene_button(station_scene(station), id);
    if (button == NULL || !button->is_enabled) return false;
    button_do(station, button);
    station->pressed[0] = '\0';
    station_redraw(station);
    return true;
}

void station_redraw(struct station *station)
{
    station->is_dirty = true;
    station->is_built = false;
}

/* ---- News of the other threads */

static void saved_take(struct station *station, const struct keeper_news *news)
{
    struct input input = {.kind = news->is_saved ? INPUT_SAVED : INPUT_NOT_SAVED};
    station->is_saving = false;
    input.say = news->err.say;
    input.name = news->name;
    input.seq = news->seq;
    if (news->is_saved) {
        station->made++;
        station->last.has_event = true;
        station->last.epoch = news->epoch;
        station->last.seq = news->seq;
        station->last.name = news->name;
    }
    station_feed(station, &input);
}

static void enrolled_take(struct station *station, const struct keeper_news *news)
{
    struct input input = {.kind = news->is_enrolled ? INPUT_TELL : INPUT_BAD_CODE, .say = news->err.say};
    station->is_enrolling = false;
    if (news->is_enrolled) input.say = SAY("kiosk.enrolled");
    if (news->is_enrolled || flow_takes(&station->flow)) station_feed(station, &input);
}

static void state_take(struct station *station, const struct found_state *state)
{
    struct input input = {.kind = INPUT_STATE, .state = *state};
    bool         is_other =
        strcmp(state->station, station->flow.state.station) != 0 || state->is_dock != station->flow.state.is_dock;
    bool is_first = !station->has_state;
    station->has_state = true;
    input.state.has_scanner = station_has_scanner(station);
    keeper_post_scanner(station->thread, input.state.has_scanner);
    if (station->waiting_at_start < 0) station->waiting_at_start = state->waiting;
    station->wall_offset_ms = state->wall_ms - clock_now_ms(&station->clock);
    station_feed(station, &input);
    if (is_other) station_look_idle(station);
    if (is_first) station_look_roll(station);
}

static void set_take(struct station *station, const struct keeper_news *news)
{
    struct input input = {.kind = INPUT_NOT_SET, .say = news->set_err.say};
    station->knobs_under_way -= news->set_count;
    if (news->is_not_set) station_feed(station, &input);
}

static void news_step(struct station *station)
{
    static struct keeper_news news;
    while (keeper_take(station->thread, &news)) {
        if (news.has_state) state_take(station, &news.state);
        if (news.has_saved) saved_take(station, &news);
        if (news.set_count > 0) set_take(station, &news);
        if (news.has_enrolled) enrolled_take(station, &news);
        if (news.is_damaged) station_damaged(station);
        station->must_reopen |= news.must_reopen;
        if (!news.has_learnt) continue;
        station->is_stale = true;
        station->heard_ms = station_world_ms(station);
    }
    if (station->is_stale && station_world_ms(station) >= station->learnt_ms) station_look_again(station);
}

/* ---- Steps */

static void time_step(struct station *station)
{
    struct input input = {.kind = INPUT_TIME};
    if (station->is_saving && !station->flow.is_slow && station_world_ms(station) >= station->slow_ms) {
        input.kind = INPUT_SLOW;
        station_feed(station, &input);
    } else if (station_screen_ms(station) >= flow_deadline(&station->flow)) {
        station_feed(station, &input);
    }
    if (station_screen_ms(station) >= scene_deadline(&station->flow, station->scene_ms)) station_redraw(station);
}

void station_step(struct station *station)
{
    int64_t begun_ms = station_world_ms(station); /* keys that come while something is looked up wait */
    news_step(station);
    station_look_pay(station);
    station_usb_step(station);
    carry_end(station);
    scans_step(station, begun_ms);
    time_step(station);
}

/* The world's ms for a wait of the clock's. */
static int64_t world_wait(const struct station *station, int64_t until_ms)
{
    int64_t rate = station->clock.rate_milli;
    if (until_ms == INT64_MAX) return WAIT_MOST_MS;
    int64_t wait_ms = until_ms - station_screen_ms(station);
    if (!station->clock.is_real && rate > 0) wait_ms = wait_ms * SECOND_MS / rate + 1;
    return wait_ms > 0 ? wait_ms : 0;
}

bool station_is_over(const struct station *station)
{
    if (!station->is_damaged || station->is_saving) return false;
    return station->flow.screen == SCREEN_IDLE || station_world_ms(station) >= station->damaged_ms + DAMAGED_MS;
}

int station_wait_ms(const struct station *station)
{
    int64_t now_ms = station_world_ms(station), wait_ms = WAIT_MOST_MS, ends[5];
    int     count = 0;
    if (!station->options.is_driven) {
        ends[count++] = world_wait(station, flow_deadline(&station->flow));
        ends[count++] = world_wait(station, scene_deadline(&station->flow, station->scene_ms));
    }
    if (reader_deadline(&station->keys) != INT64_MAX) ends[count++] = reader_deadline(&station->keys) - now_ms;
    if (station->is_saving && !station->flow.is_slow) ends[count++] = station->slow_ms - now_ms;
    if (station->is_damaged) ends[count++] = station->damaged_ms + DAMAGED_MS - now_ms;
    for (int i = 0; i < count; i++)
        if (ends[i] < wait_ms) wait_ms = ends[i];
    if (station->is_stale && station->learnt_ms - now_ms < wait_ms) wait_ms = station->learnt_ms - now_ms;
    return wait_ms > 0 ? (int)wait_ms : 0;
}

void station_pass(struct station *station, int64_t ms)
{
    int64_t until_ms = station->passed_ms + ms;
    for (;;) {
        int64_t next_ms = flow_deadline(&station->flow);
        if (next_ms == INT64_MAX || next_ms - station->start_ms > until_ms) break;
        if (next_ms - station->start_ms > station->passed_ms) station->passed_ms = next_ms - station->start_ms;
        struct input input = {.kind = INPUT_TIME};
        station_feed(station, &input);
    }
    station->passed_ms = until_ms;
    station_redraw(station);
}

bool station_is_settled(const struct station *station)
{
    bool is_reading =
        station->lines.count > 0 || station->lines.lost > 0 || reader_deadline(&station->keys) != INT64_MAX;
    return station->has_state && station->open_line == 0 && !station->is_saving && !station->is_enrolling &&
           !station->is_stale && !is_reading && station->knobs_under_way == 0 && !opener_is_busy(station->opener) &&
           !carrier_is_busy(station->carrier);
}

/* ---- Opening and closing */

static bool folder_open(struct station *station, struct err *err)
{
    const char *folder = station->options.data;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) return err_set(err, ERR_IO, say_text(SAY("kiosk.folder"), folder));
    if (lock_take(folder, &station->lock, err)) return true;
    bool is_held = err->kind == ERR_BUSY;
    return err_set(err, err->kind, say_text(is_held ? SAY("kiosk.locked") : SAY("kiosk.folder"), folder));
}

static void knob_add(struct found_knobs *knobs, const char *name, int64_t value)
{
    if (knobs->count == FOUND_KNOBS_MAX) return; /* a newer program kept more than this one has */
    struct found_knob *knob = &knobs->rows[knobs->count++];
    *knob = (struct found_knob){.value = value};
    snprintf(knob->name, sizeof knob->name, "%s", name);
}

/* What was set here holds from the first picture on; what was asked for on the command line goes before. */
static bool knobs_begin(struct station *station, struct err *err)
{
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_KNOBS;
    if (!keeper_knobs(station->keeper, &input.knobs, err)) return false;
    if (station->options.has_theme) knob_add(&input.knobs, "theme", station->options.theme);
    if (station->options.has_lang) knob_add(&input.knobs, "lang", station->options.lang);
    station_feed(station, &input);
    sound_volume(station->flow.knobs[KNOB_VOLUME]);
    return true;
}

static bool keeper_begin(struct station *station, struct err *err)
{
    char                 *path = station->path; /* lives as long as the keeper */
    struct keeper_options options = {.path = path, .program = "baogong-kiosk " BAOGONG_VERSION};
    snprintf(path, sizeof station->path, "%s/kiosk.db", station->options.data);
    chain_random(&options.boot, sizeof options.boot);
    if (!keeper_open(&options, clock_now_ms(&station->clock), &station->keeper, err) || !knobs_begin(station, err) ||
        !db_open(path, DB_READ, NULL, &station->look, err))
        return false;
    db_cache(station->look, KEEPER_CACHE_KB);
    return station_usb_open(station, err) && keeper_start(station->keeper, &station->clock, station->options.wake,
                                                          station->options.self, &station->thread, err);
}

static bool clocks_start(struct station *station, struct err *err)
{
    clock_start_real(&station->world);
    if (station->options.clock == NULL)
        clock_start_real(&station->clock);
    else if (!clock_start_at(&station->clock, station->options.clock, err))
        return false;
    station->start_ms = clock_mono_ms(&station->clock);
    return true;
}

bool station_open(const struct station_options *options, struct station **station, struct err *err)
{
    struct window_options window = {options->width_px, options->height_px, options->is_offscreen};
    struct station       *made = calloc(1, sizeof *made);
    if (made == NULL) abort();
    made->options = *options;
    made->lock = -1;
    made->waiting_at_start = -1;
    made->is_dirty = true;
    if (!chain_init(err) || !clocks_start(made, err) || !window_open(&window, &made->window, err) ||
        !folder_open(made, err))
        goto fail;
    if (!options->is_offscreen) sound_open();
    made->opener = opener_new(options->wake, options->self);
    made->carrier = carrier_new(options->wake, options->self);
    flow_start(&made->flow, station_screen_ms(made));
    flow_speak(&made->flow, options->lang);
    if (!keeper_begin(made, err)) goto fail;
    station_look_idle(made);
    *station = made;
    return true;
fail:
    station_close(made);
    return false;
}

void station_close(struct station *station)
{
    if (station == NULL) return;
    scanner_stop(station->usb);
    opener_free(station->opener);
    carrier_free(station->carrier);
    keeper_stop(station->thread);
    db_close(station->look);
    keeper_close(station->keeper);
    sound_close();
    window_close(station->window);
    lock_free(station->lock);
    free(station);
}

/* ---- For who drives it */

const struct flow *station_flow(const struct station *station)
{
    return &station->flow;
}

const struct station_last *station_last(const struct station *station)
{
    return &station->last;
}

struct window *station_window(const struct station *station)
{
    return station->window;
}

enum sound station_sound(struct station *station)
{
    enum sound sound = station->sound;
    station->sound = SOUND_NONE;
    return sound;
}

enum ending station_ending(const struct station *station)
{
    if (station->is_saving || station->knobs_under_way > 0) return ENDING_NONE;
    bool begins_anew = station->must_reopen && station->ending == ENDING_NONE && station->flow.screen == SCREEN_IDLE;
    return begins_anew ? ENDING_RESTART : station->ending;
}

bool station_is_alive(struct station *station)
{
    return keeper_is_alive(station->thread);
}

bool station_is_ready(const struct station *station)
{
    return station->is_drawn;
}

int64_t station_sent(const struct station *station)
{
    if (station->waiting_at_start < 0) return 0;
    return station->made + station->waiting_at_start - station->flow.state.waiting;
}

int64_t station_learnt_ms(const struct station *station)
{
    return station->heard_ms;
}
