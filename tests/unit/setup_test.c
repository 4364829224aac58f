/* setup_test.c - who gets into setup, what it sets, and that every key of it has a command card; wiping, rest, the touch
 * test; and a cat on the keyboard.
 * links: kiosk_screen kiosk_flow core */
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "kiosk/flow/flow.h"
#include "kiosk/screen/glyphs.h"
#include "kiosk/screen/scene.h"
#include "tests/unit/rows.h"

enum { DAY = 20529, BOSS = 9, CAT_STEPS = 20000, CATS = 12, SECOND_MS = 1000, MINUTE_MS = 60000 };

static struct flow    flow;
static struct effect  effect;
static struct glyphs *glyphs;
static int64_t        now_ms;

/* ---- A kiosk */

static void feed(struct input *input)
{
    input->mono_ms = now_ms;
    flow_step(&flow, input, &effect);
    bool has_set = effect.set;
    for (int64_t seq = 1; effect.save; seq++) {
        struct input answer = {.kind = INPUT_SAVED, .mono_ms = now_ms, .seq = seq};
        flow_step(&flow, &answer, &effect);
    }
    effect.set |= has_set;
}

static void state_set(const char *station)
{
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_STATE;
    input.state.day = DAY;
    input.state.is_online = input.state.has_scanner = true;
    snprintf(input.state.station, sizeof input.state.station, "%s", station);
    feed(&input);
}

static int kiosk_new(void **state)
{
    (void)state;
    now_ms = 100000;
    flow_start(&flow, now_ms);
    state_set("bend");
    return 0;
}

static struct found_worker worker_of(int number)
{
    struct found_worker worker = {.badge = 500 + number, .number = number, .is_known = true};
    worker.is_supervisor = number == BOSS;
    snprintf(worker.name, sizeof worker.name, "%d", number);
    return worker;
}

static void badge_of(struct found_worker worker)
{
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_SCAN;
    input.code = (struct code){.kind = CODE_BADGE, .badge = worker.badge};
    input.found.has_worker = true;
    input.found.worker = worker;
    feed(&input);
}

static void badge(int number)
{
    badge_of(worker_of(number));
}

static void sheet(void)
{
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_SCAN;
    input.code = (struct code){
        .kind = CODE_SHEET, .sheet = {{2603, 1, 1}, 1, 1}
    };
    input.found.has_sheet = true;
    input.found.sheet = (struct found_sheet){.ref = input.code.sheet, .newest_rev = 1, .quantity = 9, .op_count = 1};
    input.found.sheet.ops[0] =
        (struct found_op){.number = 10, .planned = 9, .arrived = 9, .left = 9, .is_here = true, .code = "bend"};
    feed(&input);
}

static void tap(enum action action, int64_t argument)
{
    struct input input = {.kind = INPUT_TAP, .how = HOW_TOUCHED, .action = action, .argument = argument};
    feed(&input);
}

static void card(enum action action, int64_t argument)
{
    struct input input = {.kind = INPUT_SCAN, .how = HOW_SCANNED};
    input.code.kind = CODE_COMMAND;
    input.code.command.action = (int)action;
    input.code.command.argument = argument;
    feed(&input);
}

static void touch(int x, int y)
{
    feed(&(struct input){.kind = INPUT_TOUCH, .how = HOW_TOUCHED, .x = x, .y = y});
}

static void pass(int64_t ms)
{
    int64_t until_ms = now_ms + ms;
    while (flow_deadline(&flow) <= until_ms) {
        if (flow_deadline(&flow) > now_ms) now_ms = flow_deadline(&flow);
        feed(&(struct input){.kind = INPUT_TIME});
    }
    now_ms = until_ms;
    feed(&(struct input){.kind = INPUT_TIME});
}

static const struct scene *scene_now(void)
{
    static struct scene scene;
    struct scene_look look = {.width_px = 1024, .height_px = 600, .now_ms = now_ms, .measure = glyphs_measure(glyphs)};
    scene_build(&scene, &flow, &look);
    return &scene;
}

static void setup_open(void)
{
    card(ACTION_SETUP, 0);
    badge(BOSS);
    assert_int_equal(flow.screen, SCREEN_SETUP);
    assert_true(flow.setup.is_open);
}

/* ---- Who gets in */

static const struct who_row {
    const char         *name;
    const char         *station;
    struct found_worker worker; /* badge 0: nobody scans */
    bool                is_let_in;
} WHO_ROWS[] = {
    {"nobody",                   "bend", {0},                                                                       false},
    {"an unknown badge",         "bend", {.badge = 1},                                                              false},
    {"a worker",                 "bend", {.badge = 2, .is_known = true},                                            false},
    {"a supervisor",             "bend", {.badge = 3, .is_known = true, .is_supervisor = true},                     true },
    {"one who has left",         "bend", {.badge = 4, .is_known = true, .is_supervisor = true, .is_revoked = true}, false},
    {"unknown, but says he is",  "bend", {.badge = 5, .is_supervisor = true},                                       false},
    {"nobody, not enrolled yet", "",     {0},                                                                       true },
};

static void who_gets_in(void **state)
{
    const struct who_row *row = *state;
    kiosk_new(NULL);
    state_set(row->station);
    tap(ACTION_SETUP, SETUP_SOUND);
    if (row->worker.badge != 0) badge_of(row->worker);
    assert_int_equal(flow.screen == SCREEN_SETUP && flow.setup.is_open, row->is_let_in);
    assert_int_equal(flow_may_enrol(&flow), row->is_let_in);
    tap(ACTION_SETUP, SETUP_END);
    tap(ACTION_END, ENDING_END);
    assert_int_equal(effect.ending, row->is_let_in ? ENDING_END : ENDING_NONE);
    kiosk_new(NULL);
    state_set(row->station);
    if (row->worker.badge != 0) badge_of(row->worker); /* signed in, then the menu */
    tap(ACTION_SETUP, 0);
    assert_int_equal(flow.screen == SCREEN_SETUP && flow.setup.is_open, row->is_let_in);
}

/* A worker who looks at the shut door stays signed in; one whom a supervisor replaced there doesn't. */
static void worker_stays_signed_in(void **state)
{
    (void)state;
    badge(1);
    card(ACTION_SETUP, 0);
    card(ACTION_BACK, 0);
    assert_int_equal(flow.crew_count, 1);
    card(ACTION_SETUP, 0);
    badge(BOSS);
    assert_int_equal(flow.crew_count, 0);
    sheet(); /* nobody's: shown, not reported */
    assert_int_equal(flow.screen, SCREEN_SHEET);
}

static void work_goes_on_from_setup(void **state)
{
    (void)state;
    setup_open();
    badge(1);
    assert_int_equal(flow.screen, SCREEN_WORKER);
    setup_open();
    badge(BOSS); /* his own: still setup */
    assert_int_equal(flow.screen, SCREEN_SETUP);
    sheet();
    assert_int_equal(flow.screen, SCREEN_SHEET);
    tap(ACTION_SETUP, 0); /* with a sheet in hand nobody wants setup */
    assert_int_equal(flow.screen, SCREEN_SHEET);
}

static void setup_shuts_by_itself(void **state)
{
    (void)state;
    setup_open();
    pass(FLOW_SETUP_MS - 1);
    assert_int_equal(flow.screen, SCREEN_SETUP);
    pass(1);
    assert_int_equal(flow.screen, SCREEN_IDLE);
    card(ACTION_SETUP, 0);
    assert_false(flow.setup.is_open);
    card(ACTION_SET, KNOB_VOLUME * ACTION_SET_KNOB + 10);
    assert_false(effect.set);
    assert_int_equal(flow.screen, SCREEN_REFUSED);
}

/* ---- What it sets */

static void each_setting_is_set(void **state)
{
    (void)state;
    for (int i = 0; i < KNOBS; i++) {
        const struct knob_row *row = knob_row((enum knob)i);
        for (int32_t value = row->least; value <= row->most; value += row->step) {
            kiosk_new(NULL);
            setup_open();
            card(ACTION_SET, (int64_t)i * ACTION_SET_KNOB + value);
            assert_true(effect.set);
            assert_int_equal(effect.knob.worker, 0);
            assert_string_equal(effect.knob.name, row->name);
            assert_int_equal(effect.knob.value, value);
            assert_int_equal(flow.knobs[i], value);
        }
        if (row->most + 1 < ACTION_SET_KNOB) card(ACTION_SET, (int64_t)i * ACTION_SET_KNOB + row->most + 1);
        assert_false(effect.set);
        assert_int_equal(flow.screen, SCREEN_REFUSED); /* a card of nothing is said */
    }
    kiosk_new(NULL);
    setup_open();
    card(ACTION_SET, (int64_t)KNOBS * ACTION_SET_KNOB);
    assert_false(effect.set);
}

static void kept_ones_hold_from_the_start(void **state)
{
    (void)state;
    static struct input input;
    memset(&input, 0, sizeof input);
    input.kind = INPUT_KNOBS;
    input.knobs.count = 6;
    const struct found_knob rows[] = {
        {0, "volume",           30},
        {0, "lang",             1 },
        {0, "sign_out_seconds", 90},
        {0, "of_a_newer_one",   5 },
        {0, "theme",            77},
        {0, "sign_out",         1 },
    };
    memcpy(input.knobs.rows, rows, sizeof rows);
    feed(&input);
    assert_int_equal(flow.knobs[KNOB_VOLUME], 30);
    assert_int_equal(flow.lang, LANG_EN);
    assert_int_equal(flow.sign_out_ms, 90 * SECOND_MS);
    assert_int_equal(flow.sign_out, SIGN_OUT_SECONDS);
    assert_int_equal(flow.knobs[KNOB_THEME], knob_row(KNOB_THEME)->otherwise); /* what can't be is as if not kept */
}

static void language_is_the_workers(void **state)
{
    (void)state;
    badge(3);
    tap(ACTION_LANGUAGE, 0);
    assert_true(effect.set);
    assert_int_equal(effect.knob.worker, 3);
    assert_string_equal(effect.knob.name, "lang");
    assert_int_equal(effect.knob.value, LANG_EN);
    tap(ACTION_OUT, 0);
    assert_int_equal(flow.lang, LANG_ZH); /* the kiosk's own is as it was */
    tap(ACTION_LANGUAGE, 0);
    assert_false(effect.set); /* nobody's: on the spot alone */
    assert_int_equal(flow.lang, LANG_EN);
}

/* ---- Cards do what keys do: for a dead touch screen */

static void same_by_card(const struct flow *before, const struct button *button)
{
    flow = *before;
    tap(button->action, button->argument);
    struct flow   touched = flow;
    struct effect of_touch = effect;
    flow = *before;
    card(button->action, button->argument);
    bool is_same = flow.screen == touched.screen && flow.setup.page == touched.setup.page &&
                   flow.lang == touched.lang && memcmp(flow.knobs, touched.knobs, sizeof flow.knobs) == 0 &&
                   effect.ending == of_touch.ending && effect.set == of_touch.set && effect.carry == of_touch.carry &&
                   effect.knob.value == of_touch.knob.value && effect.sound == of_touch.sound;
    if (!is_same) fail_msg("page %d: the key %s does something else by card", before->setup.page, button->id);
}

static void every_key_has_its_card(void **state)
{
    (void)state;
    int keys = 0;
    for (int page = 0; page < SETUP_PAGES; page++) {
        kiosk_new(NULL);
        flow.state.waiting = 3;
        setup_open();
        card(ACTION_SETUP, page);
        assert_int_equal(flow.setup.page, page);
        static struct flow before;
        before = flow;
        const struct scene *scene = scene_now();
        static struct scene stands;
        stands = *scene;
        for (int i = 0; i < stands.button_count; i++, keys++) same_by_card(&before, &stands.buttons[i]);
    }
    assert_true(keys > 40);
}

/* ---- Wiping */

static void wiped_for_15_seconds(void **state)
{
    (void)state;
    tap(ACTION_CLEAN, 0);
    assert_int_equal(flow.screen, SCREEN_CLEAN);
    assert_int_equal(scene_now()->button_count, 0);
    assert_true(flow_wants_touches(&flow)); /* and does nothing with them: */
    for (int i = 0; i < 20; i++) touch(50 * i, 30 * i);
    assert_int_equal(flow.screen, SCREEN_CLEAN);
    pass(FLOW_CLEAN_MS - 1);
    assert_int_equal(flow.screen, SCREEN_CLEAN);
    pass(1);
    assert_int_equal(flow.screen, SCREEN_IDLE);
    card(ACTION_CLEAN, 0); /* by card, and a scan is work */
    badge(1);
    assert_int_equal(flow.screen, SCREEN_WORKER);
}

static void wiped_in_mid_entry(void **state)
{
    (void)state;
    badge(1);
    sheet();
    assert_int_equal(flow.screen, SCREEN_COUNT);
    card(ACTION_CLEAN, 0);
    pass(FLOW_CLEAN_MS);
    assert_int_equal(flow.screen, SCREEN_COUNT); /* all as it was */
    card(ACTION_CLEAN, 0);
    card(ACTION_COUNT, 4);
    assert_int_equal(flow.screen, SCREEN_SAVED);
    pass((int64_t)2 * SECOND_MS);
    setup_open();
    card(ACTION_CLEAN, 0);
    pass(FLOW_CLEAN_MS);
    assert_true(flow.screen == SCREEN_SETUP && flow.setup.is_open);
}

/* ---- Rest */

static void rests_and_wakes(void **state)
{
    (void)state;
    int64_t dim_ms = (int64_t)flow.knobs[KNOB_DIM_MIN] * MINUTE_MS;
    pass(dim_ms - 1);
    assert_false(flow.is_resting);
    pass(1);
    assert_true(flow.is_resting);
    assert_int_equal(scene_now()->button_count, 0);
    assert_true(flow_wants_touches(&flow));
    touch(20, 20); /* on the menu's key */
    assert_false(flow.is_resting);
    assert_int_equal(flow.screen, SCREEN_IDLE);
    pass(dim_ms);
    assert_true(flow.is_resting);
    badge(1);
    assert_int_equal(flow.screen, SCREEN_WORKER);
    assert_false(flow.is_resting);
}

static void signed_in_it_does_not_rest(void **state)
{
    (void)state;
    flow.sign_out = SIGN_OUT_SHIFT;
    badge(1);
    tap(ACTION_BACK, 0);
    pass((int64_t)knob_row(KNOB_DIM_MIN)->most * MINUTE_MS);
    assert_false(flow.is_resting);
}

static void never_means_never(void **state)
{
    (void)state;
    setup_open();
    card(ACTION_SET, KNOB_DIM_MIN * ACTION_SET_KNOB);
    card(ACTION_BACK, 0);
    pass((int64_t)100 * 60 * MINUTE_MS);
    assert_false(flow.is_resting);
    assert_int_equal(flow_deadline(&flow), INT64_MAX);
}

/* ---- The touch test */

static void touches_are_told(void **state)
{
    (void)state;
    setup_open();
    card(ACTION_SETUP, SETUP_TOUCH);
    const struct flow_touch *seen = &flow.setup.touch;
    touch(100, 100);
    now_ms += 100;
    touch(110, 95); /* the finger bounced */
    now_ms += 2000;
    touch(500, 500);
    feed(&(struct input){.kind = INPUT_TOUCH, .x = 700, .y = 500, .is_up = true}); /* and went on while it lay there */
    feed(&(struct input){.kind = INPUT_TOUCH, .x = 10, .y = 10, .action = ACTION_TARGET, .argument = 3});
    assert_int_equal(seen->count, 4);
    assert_int_equal(seen->doubled, 1);
    assert_int_equal(seen->dragged, 1);
    assert_int_equal(seen->hit, 1 << 3);
    for (int i = 0; i < 100; i++) touch(i * 10, i);
    assert_int_equal(seen->count, 104);
    scene_now();
    feed(&(struct input){.kind = INPUT_TOUCH, .x = 500, .y = 600, .action = ACTION_BACK});
    assert_int_equal(flow.setup.page, SETUP_MENU);
}

/* ---- Scanners are tried in setup: nothing there is work */

static void tried_scans_are_no_work(void **state)
{
    (void)state;
    setup_open();
    card(ACTION_SETUP, SETUP_SCANNERS);
    sheet();
    assert_int_equal(flow.screen, SCREEN_SETUP);
    assert_string_equal(flow.say.id, "setup.scan_good");
    feed(&(struct input){.kind = INPUT_BAD_CODE, .say = SAY("code.check")});
    assert_int_equal(flow.screen, SCREEN_SETUP);
    assert_string_equal(flow.say.id, "code.check");
    card(ACTION_BACK, 0); /* cards go on working */
    assert_int_equal(flow.setup.page, SETUP_MENU);
}

/* ---- A cat: any inputs in any order; afterwards a badge works as ever */

static int64_t below(uint64_t *dice, int64_t end)
{
    return dice_between(dice, 0, end - 1);
}

static void cat_steps(uint64_t *dice)
{
    static struct input input;
    memset(&input, 0, sizeof input);
    now_ms += below(dice, 3000);
    int what = (int)below(dice, 8);
    if (what < 3) {
        tap((enum action)below(dice, 60), below(dice, 12));
    } else if (what < 5) {
        if (flow_takes(&flow)) card((enum action)below(dice, 60), below(dice, 70000));
    } else if (what == 5) {
        if (flow_takes(&flow)) feed(&(struct input){.kind = INPUT_BAD_CODE, .say = SAY("code.digit")});
    } else if (what == 6) {
        touch((int)below(dice, 1001), (int)below(dice, 1001));
    } else if (flow_takes(&flow)) {
        if (below(dice, 2) == 0)
            badge((int)below(dice, 12));
        else
            sheet();
    }
}

static void cat_spoils_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CATS; seed++) {
        uint64_t dice = seed;
        kiosk_new(NULL);
        for (int i = 0; i < CAT_STEPS / CATS; i++) {
            cat_steps(&dice);
            if (i % 16 == 0) scene_now();
        }
        if (flow.screen == SCREEN_REFUSED) tap(ACTION_BACK, 0); /* red waits for somebody */
        pass((int64_t)13 * 60 * MINUTE_MS);                     /* a crew goes home */
        badge(1);
        if (flow.screen == SCREEN_QUESTION) tap(ACTION_CHANGE, 0); /* the cat set that people stay signed in */
        assert_int_equal(flow.screen, SCREEN_WORKER);
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    static const struct {
        const char        *name;
        CMUnitTestFunction function;
    } TESTS[] = {
        {"a worker stays signed in",      worker_stays_signed_in       },
        {"work goes on from setup",       work_goes_on_from_setup      },
        {"setup shuts by itself",         setup_shuts_by_itself        },
        {"each setting is set",           each_setting_is_set          },
        {"kept ones hold from the start", kept_ones_hold_from_the_start},
        {"the language is the worker's",  language_is_the_workers      },
        {"every key has its card",        every_key_has_its_card       },
        {"wiped for 15 seconds",          wiped_for_15_seconds         },
        {"wiped in mid-entry",            wiped_in_mid_entry           },
        {"rests and wakes",               rests_and_wakes              },
        {"signed in it doesn't rest",     signed_in_it_does_not_rest   },
        {"never means never",             never_means_never            },
        {"touches are told",              touches_are_told             },
        {"tried scans are no work",       tried_scans_are_no_work      },
        {"a cat spoils nothing",          cat_spoils_nothing           },
    };
    struct err err;
    if (!glyphs_open(&glyphs, &err)) return 1;
    ROWS_ADD(&rows, who_gets_in, WHO_ROWS);
    for (size_t i = 0; i < sizeof TESTS / sizeof TESTS[0]; i++) {
        rows_add(&rows, TESTS[i].name, TESTS[i].function, NULL);
        rows.tests[rows.count - 1].setup_func = kiosk_new;
    }
    int result = rows_run(&rows, argc, argv);
    glyphs_close(glyphs);
    return result;
}
