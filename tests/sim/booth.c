/* booth.c - a simulated kiosk: booth.h. One step of its keeper is one task, so that everything else happens between. */
#include "tests/sim/booth.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain.h"
#include "core/db.h"
#include "kiosk/keep/look.h"
#include "tests/sim/revise.h"
#include "tests/sim/duty.h"
#include "tests/sim/fault.h"
#include "tests/sim/loading.h"
#include "tests/sim/house.h"
#include "tests/sim/model.h"
#include "tests/sim/net.h"

enum {
    STEP_MS = 1,   /* a step of the keeper; so no two events bear the same time */
    SLOW_MS = 300, /* then the screen turns grey */
    SLOW_DISK_MS = 700,
    SLOW_PER_MILLE = 10,
    SEEN_PER_MILLE = 60,
    MONO_START_MS = 5000, /* a machine has run for a while when its program starts */
    ANEW_MS = 2 * SECOND,
    RETRY_MS = 5 * SECOND,
    ENROL_RETRY_MS = 20 * SECOND
};

static void keeper_wake(struct booth *booth, int64_t at_ms);
static void input_give(struct booth *booth, struct input *input);

int64_t booth_wall(const struct booth *booth)
{
    return booth->world->now_ms + booth->clock_ms;
}

int64_t booth_mono(const struct booth *booth)
{
    return booth->world->now_ms - booth->boot_ms + MONO_START_MS;
}

static int64_t true_of_mono(const struct booth *booth, int64_t mono_ms)
{
    return mono_ms == INT64_MAX ? INT64_MAX : mono_ms - MONO_START_MS + booth->boot_ms;
}

/* ---- Power */

static void program_end(struct booth *booth)
{
    keeper_close(booth->keeper);
    db_close(booth->looks);
    booth->keeper = NULL;
    booth->looks = NULL;
    for (int i = 0; i < booth->answer_count; i++) buf_free(&booth->answers[i].body);
    booth->answer_count = booth->scan_count = 0;
    booth->is_on = booth->is_saving = false;
    booth->keeper_ms = booth->time_ms = INT64_MAX;
    booth->life++;
}

static void boot_task(struct world *world, int who, int64_t life);

static void boot_in(struct booth *booth, int64_t ms)
{
    world_in(booth->world, ms, boot_task, booth->index, (int64_t)booth->life);
}

/* The program begins anew, on a machine that goes on. */
static void begin_anew(struct booth *booth)
{
    program_end(booth);
    world_say(booth->world, booth->folder, "begins anew");
    boot_in(booth, ANEW_MS);
}

/* The power is gone: what its disk keeps of it is chosen now. */
static void die(struct booth *booth)
{
    struct world *world = booth->world;
    bool          was_cut = disk_is_off(world->disk, booth->folder);
    program_end(booth);
    disk_crash(world->disk, booth->folder, &world->dice[DICE_DISK]);
    world_say(world, booth->folder, "%s", was_cut ? "loses its power" : "is switched off");
    if (was_cut) world_hit(world, booth->is_recovering ? HIT_CRASH_AGAIN : HIT_KIOSK_CRASH);
    booth->is_recovering = true;
    if (booth->is_wanted) boot_in(booth, world_dice(world, DICE_FAULT, 2 * SECOND, 90 * SECOND));
}

/* True while its power is on; else what it has just done counts for nothing. */
static bool lives(struct booth *booth)
{
    if (!disk_is_off(booth->world->disk, booth->folder)) return true;
    die(booth);
    return false;
}

static bool program_start(struct booth *booth, struct err *err)
{
    struct keeper_options options = {
        .path = booth->path, .vfs = SIM_VFS, .program = "baogong 0.1 sim", .boot = booth->boot};
    if (!keeper_open(&options, booth_wall(booth), &booth->keeper, err)) return false;
    if (db_open(booth->path, DB_READ, SIM_VFS, &booth->looks, err)) return true;
    keeper_close(booth->keeper);
    booth->keeper = NULL;
    return false;
}

static void boot(struct booth *booth)
{
    struct world *world = booth->world;
    struct err    err = {0};
    booth->boot_ms = world->now_ms;
    chain_random(&booth->boot, sizeof booth->boot);
    if (booth->is_recovering) fault_recovery(world, booth->folder);
    if (!program_start(booth, &err)) {
        world_say(world, booth->folder, "doesn't start: %s", err.say.id);
        if (!lives(booth)) return;
        if (!err_is_passing(&err))
            world_wrong(world, "%s doesn't start, and never will: %s", booth->folder, err.say.id);
        booth->life++;
        boot_in(booth, RETRY_MS);
        return;
    }
    booth->is_on = true;
    booth->red = 0;
    memset(&booth->state, 0, sizeof booth->state);
    flow_start(&booth->flow, booth_mono(booth));
    world_say(world, booth->folder, "starts");
    keeper_wake(booth, world->now_ms + STEP_MS);
    if (booth->token[0] != 0) booth_enrol(booth, booth->token);
}

static void boot_task(struct world *world, int who, int64_t life)
{
    struct booth *booth = &world->booths->rows[who];
    if ((int64_t)booth->life == life && !booth->is_on && booth->is_wanted) boot(booth);
}

void booth_on(struct booth *booth)
{
    booth->is_wanted = true;
    if (!booth->is_on) boot_in(booth, 1);
}

void booth_off(struct booth *booth)
{
    booth->is_wanted = false;
    if (booth->is_on) die(booth);
    booth->life++;
}

/* ---- Looking */

static struct look look_of(const struct booth *booth, int32_t workers[CREW_MAX])
{
    for (int i = 0; i < booth->flow.crew_count; i++) workers[i] = booth->flow.crew[i].number;
    return (struct look){.station = booth->state.station,
                         .now_ms = booth->state.wall_ms,
                         .mono_ms = booth_mono(booth),
                         .day = booth->state.day,
                         .worker_count = booth->flow.crew_count,
                         .workers = workers,
                         .shift = booth->state.shift,
                         .is_dock = booth->flow.state.is_dock,
                         .note = booth->flow.dock.has_note ? booth->flow.dock.note.key : 0};
}

/* False: the disk doesn't answer, the scan is as if it had not been. */
static bool find(struct booth *booth, const struct code *code, struct found *found)
{
    int32_t     workers[CREW_MAX];
    struct look look = look_of(booth, workers);
    struct err  err;
    if (look_code(booth->looks, &look, code, found, &err)) return true;
    world_say(booth->world, booth->folder, "can't look: %s", err.say.id);
    return false;
}

static void idle_give(struct booth *booth)
{
    int32_t      workers[CREW_MAX];
    struct look  look = look_of(booth, workers);
    struct input input = {.kind = INPUT_IDLE};
    struct err   err;
    if (look_idle(booth->looks, &look, &input.idle, &err)) input_give(booth, &input);
}

static void page_give(struct booth *booth, int32_t worker)
{
    int32_t      workers[CREW_MAX];
    struct look  look = look_of(booth, workers);
    struct input input = {.kind = INPUT_PAGE};
    struct err   err;
    if (look_page(booth->looks, &look, worker, &input.page, &err)) input_give(booth, &input);
}

/* The sheet in hand, found again after something was learnt. */
static void sheet_give(struct booth *booth)
{
    struct input input = {.kind = INPUT_SHEET, .code = booth->flow.sheet_code};
    if (booth->flow.has_sheet && find(booth, &input.code, &input.found)) input_give(booth, &input);
}

/* The note in hand, looked up once more. */
static void note_give(struct booth *booth, int64_t note)
{
    int32_t      workers[CREW_MAX];
    struct look  look = look_of(booth, workers);
    struct input input = {.kind = INPUT_NOTE};
    struct err   err;
    if (look_note(booth->looks, &look, note, &input.found, &err)) input_give(booth, &input);
}

/* The entry that a supervisor has chosen. */
static void event_give(struct booth *booth, const struct hash *name)
{
    struct input input = {.kind = INPUT_EVENT, .name = *name};
    struct err   err;
    input.is_good = look_event(booth->looks, name, &input.event, &err);
    if (!input.is_good) input.say = err.say;
    input_give(booth, &input);
}

/* ---- Flow */

static void time_task(struct world *world, int who, int64_t at_ms)
{
    struct booth *booth = &world->booths->rows[who];
    struct input  input = {.kind = INPUT_TIME};
    if (!booth->is_on || booth->time_ms != at_ms) return;
    booth->time_ms = INT64_MAX;
    input_give(booth, &input);
}

static void time_wake(struct booth *booth)
{
    int64_t at_ms = true_of_mono(booth, flow_deadline(&booth->flow));
    if (at_ms == booth->time_ms || at_ms == INT64_MAX) return;
    if (at_ms <= booth->world->now_ms) at_ms = booth->world->now_ms + 1;
    booth->time_ms = at_ms;
    world_at(booth->world, at_ms, time_task, booth->index, at_ms);
}

static void slow_task(struct world *world, int who, int64_t life)
{
    struct booth *booth = &world->booths->rows[who];
    struct input  input = {.kind = INPUT_SLOW};
    if ((int64_t)booth->life == life && booth->is_saving) input_give(booth, &input);
}

static void save_begin(struct booth *booth, const struct event *event)
{
    struct world *world = booth->world;
    assert(!booth->is_saving);
    booth->is_saving = true;
    booth->saving = *event;
    if (world_chance(world, DICE_PEOPLE, SLOW_PER_MILLE)) { /* the disk is busy with something else */
        world_in(world, SLOW_MS, slow_task, booth->index, (int64_t)booth->life);
        booth->keeper_ms = INT64_MAX;
        keeper_wake(booth, world->now_ms + SLOW_DISK_MS);
        return;
    }
    keeper_wake(booth, world->now_ms + STEP_MS);
}

static void scan_give(struct booth *booth, const char *line, enum event_how how)
{
    struct input input = {.kind = INPUT_SCAN, .how = how};
    struct err   err;
    if (!code_read(line, strlen(line), &input.code, &err)) {
        input.kind = INPUT_BAD_CODE;
        input.say = err.say;
    } else if (!find(booth, &input.code, &input.found)) {
        return;
    }
    input_give(booth, &input);
}

/* What came while a save was on its way: one by one, each looked up now. */
static void scans_give(struct booth *booth)
{
    while (booth->scan_count > 0 && flow_takes(&booth->flow)) {
        char line[BOOTH_LINE];
        memcpy(line, booth->scans[0], sizeof line);
        memmove(booth->scans[0], booth->scans[1], sizeof booth->scans - sizeof booth->scans[0]);
        booth->scan_count--;
        scan_give(booth, line, HOW_SCANNED);
    }
}

static void input_give(struct booth *booth, struct input *input)
{
    struct effect effect;
    input->mono_ms = booth_mono(booth);
    flow_step(&booth->flow, input, &effect);
    if (effect.save) save_begin(booth, &effect.event);
    /* What is shown beside decides nothing: some of it is enough, and spares the seeds time. */
    bool is_seen = world_chance(booth->world, DICE_PEOPLE, SEEN_PER_MILLE);
    if (effect.ask_idle && is_seen) idle_give(booth);
    is_seen = is_seen || booth->flow.screen == SCREEN_ENTRIES;
    if (effect.ask_note != 0) note_give(booth, effect.ask_note);
    if (effect.ask_event) event_give(booth, &effect.name);
    if (effect.ask_page && is_seen) page_give(booth, effect.worker);
    time_wake(booth);
}

bool booth_scan(struct booth *booth, const char *line, enum event_how how)
{
    if (!booth->is_on) return false;
    if (flow_takes(&booth->flow)) {
        scan_give(booth, line, how);
    } else if (booth->scan_count < BOOTH_SCANS && strlen(line) < BOOTH_LINE) {
        memcpy(booth->scans[booth->scan_count++], line, strlen(line) + 1);
    }
    return true;
}

bool booth_tap(struct booth *booth, enum action action, int64_t argument)
{
    struct input input = {.kind = INPUT_TAP, .how = HOW_TOUCHED, .action = action, .argument = argument};
    if (!booth->is_on) return false;
    input_give(booth, &input);
    return true;
}

/* ---- Keeper */

static bool is_other_state(const struct found_state *a, const struct found_state *b)
{
    return a->day != b->day || strcmp(a->shift, b->shift) != 0 || strcmp(a->station, b->station) != 0 ||
           a->is_online != b->is_online || a->is_doubtful != b->is_doubtful || a->waiting != b->waiting ||
           a->is_disk_full != b->is_disk_full;
}

static void saved_give(struct booth *booth, const struct keeper_out *out)
{
    struct input input = {.kind = out->is_saved ? INPUT_SAVED : INPUT_NOT_SAVED, .say = out->err.say};
    input.name = out->name;
    input.seq = out->seq;
    booth->is_saving = false;
    if (out->is_saved) {
        model_seen(booth->world, booth->entry, &out->name, out->seq);
        duty_saved(booth->world, &booth->saving);
        loading_saved(booth->world, &booth->saving);
        revise_saved(booth->world, &booth->saving);
    } else {
        booth->red++;
        model_red(booth->world, booth->entry, out->err.say.id);
    }
    input_give(booth, &input);
    scans_give(booth);
}

static void out_take(struct booth *booth, struct keeper_out *out)
{
    bool is_other = is_other_state(&booth->state, &out->state);
    booth->state = out->state;
    if (is_other) {
        struct input input = {.kind = INPUT_STATE, .state = out->state};
        input_give(booth, &input);
    }
    if (out->has_saved) saved_give(booth, out);
    if (out->has_learnt) sheet_give(booth);
    if (out->events.is_set) net_post(booth, &out->events);
    if (out->feed.is_set) net_post(booth, &out->feed);
}

static void keeper_task(struct world *world, int who, int64_t at_ms)
{
    struct booth        *booth = &world->booths->rows[who];
    struct keeper_answer answer;
    struct event         event;
    struct keeper_out    out;
    if (!booth->is_on || booth->keeper_ms != at_ms) return;
    booth->keeper_ms = INT64_MAX;
    struct keeper_in in = {.wall_ms = booth_wall(booth), .mono_ms = booth_mono(booth)};
    if (booth->is_saving) {
        event = booth->saving;
        in.save = &event;
        booth->entry = model_made(booth, &booth->saving, in.mono_ms);
    }
    if (booth->answer_count > 0) {
        answer = booth->answers[0];
        memmove(&booth->answers[0], &booth->answers[1], (size_t)--booth->answer_count * sizeof answer);
        in.answer = &answer;
    }
    keeper_step(booth->keeper, &in, &out);
    if (!lives(booth)) {
        buf_free(&out.events.body);
        buf_free(&out.feed.body);
        return;
    }
    booth->is_recovering = false;
    out_take(booth, &out);
    if (out.must_reopen && booth->flow.screen == SCREEN_IDLE && !booth->is_saving) {
        begin_anew(booth);
        return;
    }
    bool is_more = out.is_busy || booth->answer_count > 0 || booth->is_saving;
    keeper_wake(booth, is_more ? world->now_ms + STEP_MS : true_of_mono(booth, out.next_mono_ms));
}

static void keeper_wake(struct booth *booth, int64_t at_ms)
{
    if (at_ms <= booth->world->now_ms) at_ms = booth->world->now_ms + STEP_MS;
    if (at_ms >= booth->keeper_ms) return;
    booth->keeper_ms = at_ms;
    world_at(booth->world, at_ms, keeper_task, booth->index, at_ms);
}

void booth_answer(struct booth *booth, uint64_t life, struct keeper_answer *answer)
{
    if (booth->life != life || !booth->is_on || booth->answer_count == BOOTH_ANSWERS) {
        buf_free(&answer->body);
        return;
    }
    booth->answers[booth->answer_count++] = *answer;
    keeper_wake(booth, booth->world->now_ms + STEP_MS);
}

/* ---- Enrolment */

static void enrol_task(struct world *world, int who, int64_t life)
{
    struct booth        *booth = &world->booths->rows[who];
    struct keeper_server server = {.address = "192.168.1.10", .port = 8443, .is_tls = true};
    struct err           err = {0};
    struct epoch         dealt;
    if (!booth->is_on || (int64_t)booth->life != life || booth->token[0] == 0) return;
    struct mark acked = keeper_acked(booth->keeper, &dealt);
    bool        is_enrolled = keeper_enrol_key(booth->keeper, booth->token, &server.key, &err) &&
                       house_enrol(booth, dealt, acked.seq, &server) && keeper_enrol(booth->keeper, &server, &err);
    if (!lives(booth)) return;
    if (!is_enrolled) {
        world_in(world, ENROL_RETRY_MS, enrol_task, who, life);
        return;
    }
    world_say(world, booth->folder, "is enrolled at station %s", server.station);
    booth->token[0] = 0;
    booth->refused_ms = 0;
    keeper_wake(booth, world->now_ms + STEP_MS);
}

void booth_enrol(struct booth *booth, const char *token)
{
    if (token != booth->token) snprintf(booth->token, sizeof booth->token, "%s", token);
    world_in(booth->world, SECOND, enrol_task, booth->index, (int64_t)booth->life);
}

/* ---- All of them */

struct booth *booth_add(struct world *world, const char *station)
{
    struct booths *booths = world->booths;
    assert(booths->count < BOOTHS_MAX);
    struct booth *booth = &booths->rows[booths->count];
    *booth = (struct booth){.world = world, .index = booths->count++};
    booth->keeper_ms = booth->time_ms = INT64_MAX;
    snprintf(booth->folder, sizeof booth->folder, "kiosk%d", booth->index + 1);
    snprintf(booth->path, sizeof booth->path, "kiosk%d/kiosk.db", booth->index + 1);
    snprintf(booth->station, sizeof booth->station, "%s", station);
    return booth;
}

void booths_open(struct world *world)
{
    world->booths = calloc(1, sizeof *world->booths);
    if (world->booths == NULL) abort();
}

void booths_close(struct world *world)
{
    for (int i = 0; i < world->booths->count; i++) program_end(&world->booths->rows[i]);
    free(world->booths);
}
