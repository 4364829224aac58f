/* setup.c - what a supervisor sets, tries and looks at; wiping the screen; the dark screen of a kiosk that rests.
 *
 *   IDLE, WORKER -- menu --> SETUP, shut: a badge, wiping, language
 *                              | a supervisor's badge; none is asked for while the kiosk isn't enrolled
 *                              v
 *                            SETUP, open: its pages; back, a sheet, another badge or time lead home
 *   anywhere ------ wipe --> CLEAN for 15 s, then back where it was; a scan is taken at once
 *   IDLE, nobody signed in, nothing for minutes --> it rests; a touch wakes it and touches nothing, a scan is taken
 *
 * Every key has its command card, so a kiosk whose touch screen is dead can be set up as well. */
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "kiosk/flow/step.h"

enum {
    THOUSAND = 1000,
    TOUCH_TWICE_MS = 350, /* a finger that comes down twice in nearly the same place */
    TOUCH_NEAR = 40,      /* thousandths of the screen */
    TOUCH_DRAGGED = 60,
    MINUTE_MS = 60000
};

/* ---- Settings */

static void knob_put(struct flow *flow, enum knob knob, int32_t value)
{
    enum sign_out sign_out = flow->sign_out;
    int64_t       sign_out_ms = flow->sign_out_ms;
    flow->knobs[knob] = value;
    flow->sign_out = (enum sign_out)flow->knobs[KNOB_SIGN_OUT];
    flow->sign_out_ms = (int64_t)flow->knobs[KNOB_SIGN_OUT_SECONDS] * THOUSAND;
    if (flow->sign_out != sign_out || flow->sign_out_ms != sign_out_ms)
        flow->active_ms = flow->now_ms; /* nobody is out before he could know it */
    if (knob == KNOB_LANG) {
        flow->home_lang = value < LANG_COUNT ? (enum lang)value : LANG_ZH;
        if (flow->crew_count == 0) flow->lang = flow->home_lang;
    }
}

void setup_start(struct flow *flow)
{
    for (int i = 0; i < KNOBS; i++) knob_put(flow, (enum knob)i, knob_row((enum knob)i)->otherwise);
}

/* The office's word for this station, unless somebody set it here. */
void setup_sign_out(struct flow *flow, int32_t seconds)
{
    if (flow->has_own_sign_out) return;
    if (seconds > 0) knob_put(flow, KNOB_SIGN_OUT_SECONDS, seconds);
    knob_put(flow, KNOB_SIGN_OUT, seconds > 0 ? SIGN_OUT_SECONDS : seconds < 0 ? SIGN_OUT_SHIFT : SIGN_OUT_ENTRY);
}

static bool is_sign_out(enum knob knob)
{
    return knob == KNOB_SIGN_OUT || knob == KNOB_SIGN_OUT_SECONDS;
}

void setup_knobs(struct flow *flow, const struct found_knobs *knobs)
{
    for (int i = 0; i < knobs->count; i++) {
        int knob = knob_of(knobs->rows[i].name);
        if (knob < 0 || !knob_allows((enum knob)knob, knobs->rows[i].value)) continue; /* another program's */
        flow->has_own_sign_out = flow->has_own_sign_out || is_sign_out((enum knob)knob);
        knob_put(flow, (enum knob)knob, (int32_t)knobs->rows[i].value);
    }
}

static bool setup_set(struct flow *flow, int64_t argument, struct effect *effect)
{
    int64_t knob = argument / ACTION_SET_KNOB, value = argument % ACTION_SET_KNOB;
    if (knob >= KNOBS || !knob_allows((enum knob)knob, value)) return false;
    flow->has_own_sign_out = flow->has_own_sign_out || is_sign_out((enum knob)knob);
    knob_put(flow, (enum knob)knob, (int32_t)value);
    effect->set = true;
    effect->knob = (struct found_knob){.value = value};
    utf8_copy(effect->knob.name, sizeof effect->knob.name, knob_row((enum knob)knob)->name);
    if (knob == KNOB_VOLUME) effect->sound = SOUND_QUESTION; /* to hear what was set */
    flow->say = (struct say){0};
    return true;
}

/* What a worker chose stays his on this kiosk. */
void setup_speak(const struct flow *flow, struct effect *effect)
{
    if (flow->crew_count == 0 || flow_person(flow)->number == 0) return;
    effect->set = true;
    effect->knob = (struct found_knob){.worker = flow_person(flow)->number, .name = "lang", .value = flow->lang};
}

/* ---- In and out */

static bool is_boss(const struct found_worker *worker)
{
    return worker->is_known && worker->is_supervisor && !worker->is_revoked;
}

bool flow_may_enrol(const struct flow *flow)
{
    return flow->state.station[0] == '\0' || (flow->screen == SCREEN_SETUP && flow->setup.is_open);
}

bool flow_wants_touches(const struct flow *flow)
{
    bool is_test = flow->screen == SCREEN_SETUP && flow->setup.page == SETUP_TOUCH;
    return flow->is_resting || flow->screen == SCREEN_CLEAN || is_test;
}

static void page_show(struct flow *flow, enum setup_page page, struct effect *effect)
{
    memset(&flow->setup.touch, 0, sizeof flow->setup.touch);
    flow->setup.page = page;
    flow->say = (struct say){0};
    flow_go(flow, SCREEN_SETUP);
    effect->ask_diagnosis = true;
}

static void setup_open(struct flow *flow, const struct found_worker *boss, struct effect *effect)
{
    if (flow->crew_count == 1) worker_out(flow); /* the next entry isn't his only because he was here last */
    flow->setup.is_open = true;
    flow->setup.has_boss = boss != NULL;
    if (boss != NULL) flow->setup.boss = *boss;
    if (boss != NULL) flow->lang = boss->lang;
    page_show(flow, flow->setup.wanted, effect);
}

bool setup_show(struct flow *flow, int64_t page, struct effect *effect)
{
    if (page >= SETUP_PAGES) return false;
    if (flow->screen == SCREEN_SETUP && flow->setup.is_open) {
        page_show(flow, (enum setup_page)page, effect);
        return true;
    }
    if (flow->screen != SCREEN_IDLE && flow->screen != SCREEN_WORKER && flow->screen != SCREEN_SETUP) return false;
    flow_put_away(flow);
    memset(&flow->setup, 0, sizeof flow->setup);
    flow->setup.wanted = (enum setup_page)page;
    struct found_worker signed_in = flow->crew[0];
    if (flow->crew_count > 0 && is_boss(&signed_in))
        setup_open(flow, &signed_in, effect);
    else if (flow->state.station[0] == '\0')
        setup_open(flow, NULL, effect);
    else
        page_show(flow, SETUP_MENU, effect);
    return true;
}

/* True: the scan is dealt with; else it is taken as if nobody were in setup. */
bool setup_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    const struct found_worker *worker = &input->found.worker;
    if (flow->setup.is_open && flow->setup.page == SETUP_SCANNERS) {
        flow->setup.tested_kind = input->code.kind;
        utf8_copy(flow->setup.tested, sizeof flow->setup.tested, input->code.digits);
        flow->say = SAY("setup.scan_good");
        effect->sound = SOUND_SAVED;
        return true;
    }
    if (input->code.kind == CODE_BADGE && !flow->setup.is_open) {
        if (is_boss(worker))
            setup_open(flow, worker, effect);
        else
            refused_show(flow, SAY("setup.not_boss"), SAY("setup.not_boss_next"), SCREEN_SETUP, effect);
        return true;
    }
    if (input->code.kind == CODE_BADGE && flow->setup.has_boss && worker->badge == flow->setup.boss.badge) {
        page_show(flow, SETUP_MENU, effect);
        return true;
    }
    flow_home(flow);
    return false;
}

bool setup_bad_code(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (flow->screen != SCREEN_SETUP || !flow->setup.is_open || flow->setup.page != SETUP_SCANNERS) return false;
    flow->setup.tested[0] = '\0';
    flow->say = input->say;
    effect->sound = SOUND_REFUSED;
    return true;
}

/* ---- Scanners */

void setup_scanners(struct flow *flow, const struct found_scanners *scanners, struct effect *effect)
{
    bool is_waiting = flow->scanners.teaching == FOUND_TEACHING && scanners->teaching != FOUND_TEACHING;
    flow->scanners = *scanners;
    if (!is_waiting || flow->screen != SCREEN_SETUP) return;
    bool is_taught = scanners->teaching == FOUND_TAUGHT;
    flow->setup.tested[0] = '\0';
    flow->say = is_taught ? SAY("setup.taught") : SAY("setup.not_taught");
    effect->sound = is_taught ? SOUND_SAVED : SOUND_REFUSED;
}

static bool scanner_tap(struct flow *flow, int64_t argument, struct effect *effect)
{
    int64_t wish = argument / ACTION_SCANNER_ROW, row = argument % ACTION_SCANNER_ROW;
    bool    is_teaching = wish == WISH_TEACH || wish == WISH_TEACH_END;
    if (wish <= WISH_NONE || wish > WISH_FORGET || (!is_teaching && row >= flow->scanners.count)) return false;
    const struct found_scanner *scanner = &flow->scanners.rows[is_teaching ? 0 : row];
    effect->wish = (enum scanner_wish)wish;
    effect->scanner = scanner->number;
    effect->layout = scanner->layout;
    flow->say = wish == WISH_TEACH ? SAY("setup.teach_now") : (struct say){0};
    flow->setup.tested[0] = '\0';
    return true;
}

static void setup_back(struct flow *flow, struct effect *effect)
{
    if (flow->setup.is_open && flow->setup.page != SETUP_MENU)
        page_show(flow, SETUP_MENU, effect);
    else
        flow_home(flow);
}

/* What is open to everybody: the way back, wiping, the language. */
static bool shut_tap(struct flow *flow, const struct input *input)
{
    if (input->action != ACTION_BACK) return false;
    flow_home(flow);
    return true;
}

bool setup_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (!flow->setup.is_open) return shut_tap(flow, input);
    switch ((int)input->action) {
    case ACTION_BACK: setup_back(flow, effect); return true;
    case ACTION_SET: return setup_set(flow, input->argument, effect);
    case ACTION_SCANNER: return scanner_tap(flow, input->argument, effect);
    case ACTION_SOUND:
        if (input->argument <= SOUND_NONE || input->argument > SOUND_QUESTION) return false;
        effect->sound = (enum sound)input->argument;
        effect->ask_diagnosis = true; /* was it heard? */
        return true;
    case ACTION_MORE:
        flow->page_no++;
        effect->ask_diagnosis = true;
        return true;
    case ACTION_CARRY: super_carry(flow, effect); return true;
    case ACTION_TARGET:
        if (flow->setup.page != SETUP_TOUCH || input->argument >= SETUP_TARGETS) return false;
        flow->setup.touch.hit |= 1 << input->argument;
        return true;
    case ACTION_END:
        if (input->argument != ENDING_END && input->argument != ENDING_RESTART) return false;
        effect->ending = (enum ending)input->argument;
        return true;
    default: return false;
    }
}

/* ---- Touches that mean themselves */

static void touch_down(struct flow *flow, const struct input *input)
{
    struct flow_touch *touch = &flow->setup.touch;
    bool is_near = touch->count > 0 && abs(input->x - touch->x) < TOUCH_NEAR && abs(input->y - touch->y) < TOUCH_NEAR;
    if (is_near && flow->now_ms - touch->ms < TOUCH_TWICE_MS) touch->doubled++;
    touch->count++;
    touch->ms = flow->now_ms;
    touch->x = input->x;
    touch->y = input->y;
    struct flow_spot *spot = &touch->spots[touch->spot_at++ % FLOW_SPOTS_MAX];
    spot->x = (int16_t)input->x;
    spot->y = (int16_t)input->y;
}

static void touch_up(struct flow *flow, const struct input *input)
{
    struct flow_touch *touch = &flow->setup.touch;
    if (touch->count == 0) return;
    if (abs(input->x - touch->x) >= TOUCH_DRAGGED || abs(input->y - touch->y) >= TOUCH_DRAGGED) touch->dragged++;
}

void setup_touch(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (flow->is_resting) { /* it wakes, and touches nothing */
        flow->is_resting = false;
        flow->since_ms = flow->now_ms;
        effect->ask_idle = true;
        return;
    }
    if (flow->screen != SCREEN_SETUP || flow->setup.page != SETUP_TOUCH) return; /* wiped */
    if (input->is_up) {
        touch_up(flow, input);
        return;
    }
    touch_down(flow, input);
    if (input->action == ACTION_NONE) return;
    struct input tap = *input;
    setup_tap(flow, &tap, effect);
}

/* ---- Wiping */

void setup_clean(struct flow *flow)
{
    enum screen from = flow->screen;
    if (from == SCREEN_CLEAN) from = flow->setup.clean_from;
    if (from == SCREEN_SAVED || from == SCREEN_REFUSED) from = SCREEN_IDLE;
    flow->setup.clean_from = from;
    flow_go(flow, SCREEN_CLEAN);
}

void setup_clean_end(struct flow *flow)
{
    int page_no = flow->page_no;
    flow_go(flow, flow->setup.clean_from);
    flow->page_no = page_no;
}

/* ---- Rest */

int64_t setup_rests_at(const struct flow *flow)
{
    bool may = flow->screen == SCREEN_IDLE && flow->crew_count == 0 && !flow->is_resting && !flow->is_looking &&
               !flow->is_count_final && say_is_empty(&flow->say);
    if (!may || flow->knobs[KNOB_DIM_MIN] <= 0) return INT64_MAX;
    return flow->active_ms + (int64_t)flow->knobs[KNOB_DIM_MIN] * MINUTE_MS;
}
