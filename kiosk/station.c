/* station.c - the rooms of a kiosk joined: kiosk/station.h. */
#include "kiosk/station.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/chain.h"
#include "core/code.h"
#include "core/db.h"
#include "core/log.h"
#include "kiosk/keep/look.h"
#include "kiosk/keep/salvage.h"
#include "kiosk/keeper_thread.h"
#include "kiosk/opener.h"
#include "kiosk/scan/scanner.h"
#include "kiosk/screen/sound.h"

enum {
    SLOW_MS = 300,
    LEARNT_PAUSE_MS = 250,
    LEARNT_PARTS = 10,  /* a slow machine with many sheets spends a tenth of its time on that at most */
    TWICE_MS = 350,     /* a finger that comes down twice, or was on its way to what stood there before */
    DAMAGED_MS = 10000, /* whoever has something in hand may read what is said */
    WAIT_MOST_MS = 60000,
    PATH_BYTES = 1024,
    SECOND_MS = 1000
};

struct station {
    struct station_options options;
    char                   path[PATH_BYTES]; /* of the database */
    int                    lock;
    struct clock           clock; /* shown and kept */
    struct clock           world; /* how long things take, whatever the clock's rate */
    struct keeper         *keeper;
    struct keeper_thread  *thread;
    struct db             *look;
    struct opener         *opener;
    struct window         *window;
    struct scanner         scanner;
    struct flow            flow;
    struct effect          effect;
    struct scene           scene;

    int64_t start_ms, passed_ms; /* screen time where it is driven */
    int64_t wall_offset_ms;      /* the keeper's time minus the clock's */
    bool    is_saving, is_enrolling, is_stale;
    int64_t slow_ms;   /* world: when the save on its way is slow */
    int64_t learnt_ms; /* world: look again, not before */
    int64_t heard_ms;  /* world: of the newest learning */

    bool    is_damaged; /* the database is, since: */
    int64_t damaged_ms; /* world */

    bool                has_state; /* the keeper has spoken */
    bool                is_dirty, is_built;
    bool                wants_idle;  /* the queue is to be looked up, once what is new was drawn */
    int32_t             wants_page;  /* likewise the page of this worker; 0: of none */
    bool                is_prepared; /* what comes after the save was painted */
    int64_t             scene_ms;    /* screen time of the scene that stands */
    char                pressed[BUTTON_ID_MAX];
    enum sound          sound;
    struct station_last last;
    int64_t             made, waiting_at_start; /* -1: not known yet */
};

/* ---- Time */

/* The screen's: frozen where it is driven, so that a slow machine changes nothing. */
static int64_t screen_ms(const struct station *station)
{
    if (station->options.is_driven) return station->start_ms + station->passed_ms;
    return clock_mono_ms(&station->clock);
}

static int64_t wall_ms(const struct station *station)
{
    return clock_now_ms(&station->clock) + station->wall_offset_ms + station->passed_ms;
}

static int64_t world_ms(const struct station *station)
{
    return clock_mono_ms(&station->world);
}

/* ---- Looking */

static struct look look_of(const struct station *station, int32_t workers[CREW_MAX])
{
    const struct flow *flow = &station->flow;
    for (int i = 0; i < flow->crew_count; i++) workers[i] = flow->crew[i].number;
    return (struct look){.station = flow->state.station,
                         .now_ms = wall_ms(station),
                         .mono_ms = screen_ms(station),
                         .day = flow->state.day,
                         .worker_count = flow->crew_count,
                         .workers = workers};
}

/* A damaged database doesn't mend while it is in use: the next start sets it aside. */
static void damage_note(struct station *station)
{
    if (station->is_damaged) return;
    station->is_damaged = true;
    station->damaged_ms = world_ms(station);
}

static void look_failed(struct station *station, const char *what, const struct err *err)
{
    log_err(LOG_WARNING, what, err);
    if (err->kind != ERR_DAMAGED) return;
    salvage_mark(station->path);
    damage_note(station);
}

/* What the disk can't tell is unknown: saved and held. */
static void found_nothing(const struct code *code, struct found *found)
{
    memset(found, 0, sizeof *found);
    found->has_worker = code->kind == CODE_BADGE;
    found->has_sheet = code->kind == CODE_SHEET || code->kind == CODE_PIECE;
    if (found->has_worker) found->worker.badge = code->badge;
    if (found->has_sheet) found->sheet = (struct found_sheet){.ref = code->sheet, .revision = REVISION_UNKNOWN};
}

static void found_of(struct station *station, const struct code *code, struct found *found)
{
    int32_t     workers[CREW_MAX];
    struct look look = look_of(station, workers);
    struct err  err;
    if (!look_code(station->look, &look, code, found, &err)) {
        look_failed(station, "look", &err);
        found_nothing(code, found);
    }
    bool has_sheet = station->flow.has_sheet && !station->flow.is_correcting;
    if (!found->has_worker || !has_sheet || station->flow.crew_count > 0) return;
    /* A badge after the sheet: what he reported of it moments ago is asked for as well. */
    struct found again;
    look.worker_count = 1;
    workers[0] = found->worker.number;
    if (!look_code(station->look, &look, &station->flow.sheet_code, &again, &err)) {
        look_failed(station, "look", &err);
        return;
    }
    found->has_sheet = true;
    found->sheet = again.sheet;
}

/* ---- Steps of the flow */

static void flow_feed(struct station *station, struct input *input);

static void idle_look(struct station *station)
{
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_IDLE;
    if (look_idle(station->look, &look, &input.idle, &err))
        flow_feed(station, &input);
    else
        look_failed(station, "queue", &err);
}

static void page_look(struct station *station, int32_t worker)
{
    int32_t             workers[CREW_MAX];
    struct look         look = look_of(station, workers);
    struct err          err;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_PAGE;
    if (look_page(station->look, &look, worker, &input.page, &err))
        flow_feed(station, &input);
    else
        look_failed(station, "page", &err);
}

static void pay_tell(struct station *station, struct say say)
{
    struct input input = {.kind = INPUT_PAY, .pay = {.say = say}};
    flow_feed(station, &input);
}

static void effect_do(struct station *station)
{
    struct effect *effect = &station->effect;
    bool           asks_idle = effect->ask_idle, asks_page = effect->ask_page;
    int32_t        worker = effect->worker;
    if (effect->sound != SOUND_NONE) {
        station->sound = effect->sound;
        sound_play(effect->sound);
    }
    if (effect->save) {
        station->is_saving = true;
        station->is_prepared = false;
        station->slow_ms = world_ms(station) + SLOW_MS;
        station->last.kind = effect->event.kind;
        keeper_post_save(station->thread, &effect->event);
    }
    if (effect->open_pay) {
        bool is_started = opener_start(station->opener, &effect->payee, effect->pin);
        explicit_bzero(effect->pin, sizeof effect->pin);
        if (!is_started) pay_tell(station, SAY("kiosk.busy"));
    }
    if (asks_idle) station->wants_idle = true;
    if (asks_page && station->flow.screen == SCREEN_SAVED)
        station->wants_page = worker;
    else if (asks_page)
        page_look(station, worker);
}

static void flow_feed(struct station *station, struct input *input)
{
    input->mono_ms = screen_ms(station);
    flow_step(&station->flow, input, &station->effect);
    station->is_dirty = true;
    station->is_built = false;
    effect_do(station);
}

/* ---- Scans */

static void enrol_begin(struct station *station, const struct code_enrol *enrol)
{
    struct input input = {.kind = INPUT_TELL, .say = SAY("kiosk.enrolling")};
    if (!station->is_enrolling) keeper_post_enrol(station->thread, enrol);
    station->is_enrolling = true;
    flow_feed(station, &input);
}

static void scan_take(struct station *station, const struct scan *scan)
{
    static struct input input;
    struct err          err;
    memset(&input, 0, sizeof input);
    input.how = scan->is_typed ? HOW_TYPED : HOW_SCANNED;
    if (!code_read(scan->text, scan->len, &input.code, &err)) {
        input.kind = INPUT_BAD_CODE;
        input.say = err.say;
    } else if (input.code.kind == CODE_ENROL) {
        enrol_begin(station, &input.code.enrol);
        return;
    } else {
        input.kind = INPUT_SCAN;
        found_of(station, &input.code, &input.found);
    }
    flow_feed(station, &input);
}

/* now_ms: of a moment at which no key waited. */
static void scans_step(struct station *station, int64_t now_ms)
{
    const struct scan *scan;
    scanner_time(&station->scanner, now_ms);
    if (!station->has_state) return; /* where this is isn't known yet: what is scanned waits a moment */
    while (flow_takes(&station->flow) && (scan = scanner_take(&station->scanner)) != NULL) scan_take(station, scan);
    if (!flow_takes(&station->flow)) return;
    int lost = scanner_lost(&station->scanner);
    if (lost == 0) return;
    struct input input = {.kind = INPUT_BAD_CODE, .say = say_int(SAY("kiosk.too_fast"), lost)};
    flow_feed(station, &input);
}

void station_scan(struct station *station, const char *text, size_t len)
{
    scanner_text(&station->scanner, text, len);
    scans_step(station, world_ms(station));
}

void station_report(struct station *station, const uint8_t *report, size_t len)
{
    scanner_report(&station->scanner, report, len, world_ms(station));
    scans_step(station, world_ms(station));
}

void station_key(struct station *station, uint8_t usage, uint8_t modifiers)
{
    scanner_key(&station->scanner, usage, modifiers, world_ms(station));
    scans_step(station, world_ms(station));
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
    flow_feed(station, &input);
}

/* A button acts when the finger comes down; one that lies there already when the screen changes touches nothing, nor
 * does the second of two quick ones: "save" twice isn't "save, undo". */
void station_touch(struct station *station, float x_px, float y_px)
{
    const struct button *button = scene_button_at(station_scene(station), x_px, y_px);
    if (screen_ms(station) - station->flow.since_ms < TWICE_MS) return;
    if (button != NULL && button->is_enabled) button_do(station, button);
}

void station_release(struct station *station)
{
    if (station->pressed[0] == '\0') return;
    station->pressed[0] = '\0';
    station_redraw(station);
}

bool station_tap(struct station *station, const char *id)
{
    const struct button *button = scene_button(station_scene(station), id);
    if (button == NULL || !button->is_enabled) return false;
    button_do(station, button);
    station_release(station);
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
    flow_feed(station, &input);
}

static void enrolled_take(struct station *station, const struct keeper_news *news)
{
    struct input input = {.kind = news->is_enrolled ? INPUT_TELL : INPUT_BAD_CODE, .say = news->err.say};
    station->is_enrolling = false;
    if (news->is_enrolled) input.say = SAY("kiosk.enrolled");
    if (news->is_enrolled || flow_takes(&station->flow)) flow_feed(station, &input);
}

static void state_take(struct station *station, const struct found_state *state)
{
    struct input input = {.kind = INPUT_STATE, .state = *state};
    bool         is_other = strcmp(state->station, station->flow.state.station) != 0;
    station->has_state = true;
    input.state.has_scanner = true; /* the keyboard of the window */
    if (station->waiting_at_start < 0) station->waiting_at_start = state->waiting;
    station->wall_offset_ms = state->wall_ms - clock_now_ms(&station->clock);
    flow_feed(station, &input);
    if (is_other) idle_look(station);
}

/* What is on the screen is looked up again; not for each piece of a long feed. */
static void learnt_look(struct station *station)
{
    const struct flow  *flow = &station->flow;
    static struct input input;
    int64_t             begun_ms = world_ms(station);
    station->is_stale = false;
    idle_look(station);
    int64_t pause_ms = (world_ms(station) - begun_ms) * LEARNT_PARTS;
    station->learnt_ms = begun_ms + (pause_ms > LEARNT_PAUSE_MS ? pause_ms : LEARNT_PAUSE_MS);
    if (flow->screen == SCREEN_WORKER) page_look(station, flow->crew[0].number);
    if (!flow->has_sheet || flow->is_correcting) return;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_SHEET;
    found_of(station, &flow->sheet_code, &input.found);
    if (input.found.has_sheet) flow_feed(station, &input);
}

static void news_step(struct station *station)
{
    static struct keeper_news news;
    while (keeper_take(station->thread, &news)) {
        if (news.has_state) state_take(station, &news.state);
        if (news.has_saved) saved_take(station, &news);
        if (news.has_enrolled) enrolled_take(station, &news);
        if (news.is_damaged) damage_note(station);
        if (!news.has_learnt) continue;
        station->is_stale = true;
        station->heard_ms = world_ms(station);
    }
    if (station->is_stale && world_ms(station) >= station->learnt_ms) learnt_look(station);
}

static void opener_step(struct station *station)
{
    static struct input input;
    struct seal_pair    pair;
    struct err          err;
    bool                is_made;
    int32_t             worker, workers[CREW_MAX];
    if (!opener_take(station->opener, &worker, &is_made, &pair)) return;
    struct look look = look_of(station, workers);
    memset(&input, 0, sizeof input);
    input.kind = INPUT_PAY;
    if (!is_made)
        input.pay.say = SAY("kiosk.busy");
    else if (!look_pay(station->look, &look, worker, &pair, &input.pay, &err)) {
        look_failed(station, "pay", &err);
        input.pay.say = err.say;
    }
    explicit_bzero(&pair, sizeof pair);
    flow_feed(station, &input);
}

/* ---- Steps */

static void time_step(struct station *station)
{
    struct input input = {.kind = INPUT_TIME};
    if (station->is_saving && !station->flow.is_slow && world_ms(station) >= station->slow_ms) {
        input.kind = INPUT_SLOW;
        flow_feed(station, &input);
    } else if (screen_ms(station) >= flow_deadline(&station->flow)) {
        flow_feed(station, &input);
    }
    if (screen_ms(station) >= scene_deadline(&station->flow, station->scene_ms)) station_redraw(station);
}

void station_step(struct station *station)
{
    int64_t begun_ms = world_ms(station); /* keys that come while something is looked up wait */
    news_step(station);
    opener_step(station);
    scans_step(station, begun_ms);
    time_step(station);
}

/* The world's ms for a wait of the clock's. */
static int64_t world_wait(const struct station *station, int64_t until_ms)
{
    int64_t rate = station->clock.rate_milli;
    if (until_ms == INT64_MAX) return WAIT_MOST_MS;
    int64_t wait_ms = until_ms - screen_ms(station);
    if (!station->clock.is_real && rate > 0) wait_ms = wait_ms * SECOND_MS / rate + 1;
    return wait_ms > 0 ? wait_ms : 0;
}

bool station_is_over(const struct station *station)
{
    if (!station->is_damaged || station->is_saving) return false;
    return station->flow.screen == SCREEN_IDLE || world_ms(station) >= station->damaged_ms + DAMAGED_MS;
}

int station_wait_ms(const struct station *station)
{
    int64_t now_ms = world_ms(station), wait_ms = WAIT_MOST_MS, ends[5];
    int     count = 0;
    if (!station->options.is_driven) {
        ends[count++] = world_wait(station, flow_deadline(&station->flow));
        ends[count++] = world_wait(station, scene_deadline(&station->flow, station->scene_ms));
    }
    if (scanner_deadline(&station->scanner) != INT64_MAX) ends[count++] = scanner_deadline(&station->scanner) - now_ms;
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
        flow_feed(station, &input);
    }
    station->passed_ms = until_ms;
    station_redraw(station);
}

bool station_is_settled(const struct station *station)
{
    bool is_reading =
        station->scanner.count > 0 || station->scanner.lost > 0 || scanner_deadline(&station->scanner) != INT64_MAX;
    return station->has_state && !station->is_saving && !station->is_enrolling && !station->is_stale && !is_reading &&
           !opener_is_busy(station->opener);
}

/* ---- Drawing */

static void scene_make(struct station *station, struct scene *scene, const struct flow *flow)
{
    struct scene_look look = {.theme = station->options.theme, .now_ms = screen_ms(station)};
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
    input = (struct input){.kind = INPUT_SAVED, .mono_ms = screen_ms(station)};
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
}

void station_catch_up(struct station *station)
{
    bool    wants_idle = station->wants_idle;
    int32_t worker = station->wants_page;
    if (station->is_dirty || (!wants_idle && worker == 0)) return;
    station->wants_idle = false;
    station->wants_page = 0;
    if (worker != 0) page_look(station, worker);
    if (wants_idle) idle_look(station);
    station_draw(station);
}

bool station_shot(struct station *station, const char *path, struct err *err)
{
    return window_shot(station->window, station_scene(station), path, err);
}

/* ---- Opening and closing */

static bool folder_open(struct station *station, struct err *err)
{
    char path[PATH_BYTES];
    if (mkdir(station->options.data, 0700) != 0 && errno != EEXIST)
        return err_set(err, ERR_IO, say_text(SAY("kiosk.folder"), station->options.data));
    snprintf(path, sizeof path, "%s/lock", station->options.data);
    station->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (station->lock < 0) return err_set(err, ERR_IO, say_text(SAY("kiosk.folder"), station->options.data));
    if (flock(station->lock, LOCK_EX | LOCK_NB) != 0)
        return err_set(err, ERR_BUSY, say_text(SAY("kiosk.locked"), station->options.data));
    return true;
}

static bool keeper_begin(struct station *station, struct err *err)
{
    char                 *path = station->path; /* lives as long as the keeper */
    struct keeper_options options = {.path = path, .program = "baogong-kiosk " BAOGONG_VERSION};
    snprintf(path, sizeof station->path, "%s/kiosk.db", station->options.data);
    chain_random(&options.boot, sizeof options.boot);
    return keeper_open(&options, clock_now_ms(&station->clock), &station->keeper, err) &&
           db_open(path, DB_READ, NULL, &station->look, err) &&
           keeper_start(station->keeper, &station->clock, station->options.wake, station->options.self,
                        &station->thread, err);
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
    flow_start(&made->flow, screen_ms(made));
    flow_speak(&made->flow, options->lang);
    if (!keeper_begin(made, err)) goto fail;
    idle_look(made);
    *station = made;
    return true;
fail:
    station_close(made);
    return false;
}

void station_close(struct station *station)
{
    if (station == NULL) return;
    opener_free(station->opener);
    keeper_stop(station->thread);
    db_close(station->look);
    keeper_close(station->keeper);
    sound_close();
    window_close(station->window);
    if (station->lock >= 0) close(station->lock);
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

int64_t station_sent(const struct station *station)
{
    if (station->waiting_at_start < 0) return 0;
    return station->made + station->waiting_at_start - station->flow.state.waiting;
}

int64_t station_learnt_ms(const struct station *station)
{
    return station->heard_ms;
}
