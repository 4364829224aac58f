/* flow.c - where a kiosk stands, and what leads from there where: flow.h.
 *
 * Line 5/11: struct input -> next screen + struct effect
 *
 *                  badge                        sheet, nobody signed in
 *        IDLE ----------------> WORKER   IDLE ------------------------> SHEET
 *         ^ ^                    | ^                                     |
 *         | |     money, PIN     v |                              badge, "report"
 *         | |                    PIN                                     |
 *         | +---- back, time out, from every screen                      v
 *         |                              sheet, somebody signed in -> (how far?)
 *         |                                                              |
 *         |     several operations here: OPERATION <---------------------+
 *         |     reported moments ago:    QUESTION  <---------------------+
 *         |     more than one left:      COUNT     <---------------------+
 *         |     stopped, void:           REFUSED   <---------------------+
 *         |     one left, or a label, or the number came by card:        |
 *         |                                  v                           v
 *         +--- 1.2 s ---- SAVED <- on disk - SAVING <----- own badge, save
 *                                              |
 *                                              +- not on disk -> REFUSED
 *
 * An order is stopped that concerns this station: IDLE -> STOPPED (red, until a badge answers) -> SAVING -> KEPT (1.2 s)
 * -> IDLE. An entry in the making isn't interrupted, and a sheet that is scanned there is taken; STOPPED comes back.
 * The office asks where an order is: IDLE -> ASKED (until a touch or a card answers, or a scan is taken) -> SAVING -> KEPT.
 * At a dock (found_state.is_dock) sheets and labels mean finished doors, and delivery notes are loaded: dock.h.
 * From IDLE an order number can be typed (NUMBER), or a row touched: then as if its sheet were scanned. Before an
 * operation that the opening direction matters to, CHECK asks for it. People who share a job stand on CREW.
 *
 * Badge, sheet and card may come in any order: an entry is complete once all are there. A second badge asks (QUESTION:
 * join or change) and leads back. Everything red is REFUSED; a touch leads back, a scan is taken as if it were back.
 *
 * What each guarantees. SAVED: the event is on the disk. REFUSED: nothing was kept. SAVING: nothing else is decided
 * until the disk has answered. Every other screen has a way out by touch, by card and by time (but red waits). */
#include "kiosk/flow/flow.h"

#include <assert.h>
#include <string.h>

#include "kiosk/flow/step.h"

/* ---- Going */

static enum event_tone tone_of(const struct flow *flow, enum screen screen)
{
    if (screen == SCREEN_SAVED) return flow->saving.tone;
    if (screen == SCREEN_KEPT) return TONE_GREEN;
    if (screen == SCREEN_MOVED) return flow->saving.tone;
    if (screen == SCREEN_NOTE) return dock_tone(flow);
    return screen == SCREEN_REFUSED || screen == SCREEN_STOPPED ? TONE_RED : TONE_NONE;
}

void flow_go(struct flow *flow, enum screen screen)
{
    if (flow->screen == SCREEN_PIN && screen != SCREEN_PIN) explicit_bzero(flow->digits, sizeof flow->digits);
    flow->screen = screen;
    flow->since_ms = flow->now_ms;
    flow->page_no = screen == SCREEN_NOTE ? flow->dock.page : 0;
    flow->is_slow = flow->is_resting = false;
    flow->tone = tone_of(flow, screen);
    bool is_passing = screen == SCREEN_SAVING || screen == SCREEN_SAVED || screen == SCREEN_REFUSED ||
                      screen == SCREEN_NUMBER; /* a sheet's, for ticked paper */
    if (!is_passing && !super_is_on(flow)) flow->super.duty = DUTY_NONE;
    if (screen == SCREEN_COUNT) flow->keys = count_keys(flow);
    if (flow->screen == SCREEN_NUMBER) flow->lines.count = 0;
    if (screen == SCREEN_IDLE && flow->crew_count == 0) flow->lang = flow->home_lang;
    if (screen != SCREEN_QUESTION && screen != SCREEN_REFUSED) flow->question = QUESTION_NONE;
}

void flow_put_away(struct flow *flow)
{
    flow->has_sheet = false;
    flow->can_made_before = false;
    flow->code_count = 0;
    flow->is_typed = flow->is_touched = false;
    flow->op_count = 0;
    flow->count = 0;
    flow->is_count_final = false;
    flow->bad_reason = 0;
    flow->bad_count = 0;
    flow->is_rework = flow->is_made_before = flow->is_any_number = flow->is_other_station = false;
    flow->is_again = flow->is_correcting = flow->is_looking = flow->is_collecting = flow->is_ordering =
        flow->is_checked = false;
    flow->asked = ACTION_NONE;
    flow->digits[0] = '\0';
    dock_put_away(flow);
    if (flow->is_lent) worker_out(flow);
}

void digits_put(struct flow *flow, char digit)
{
    size_t len = strlen(flow->digits);
    if (len == FLOW_DIGITS_MAX) return;
    flow->digits[len] = digit;
    flow->digits[len + 1] = '\0';
}

void digits_erase(struct flow *flow, bool all)
{
    size_t len = strlen(flow->digits);
    if (len > 0) flow->digits[all ? 0 : len - 1] = '\0';
}

void flow_hold(struct flow *flow)
{
    flow->roll_screen = flow->screen;
    flow->is_rolling = true;
    flow->screen = SCREEN_SAVING;
    flow->is_slow = false;
    flow->tone = TONE_NONE;
}

void flow_resume(struct flow *flow)
{
    flow->screen = flow->roll_screen;
    flow->is_rolling = flow->is_slow = false;
    flow->tone = tone_of(flow, flow->screen);
}

void flow_home(struct flow *flow)
{
    flow_put_away(flow);
    dock_leave(flow);
    flow->has_pay = flow->is_opening = false;
    flow->say = (struct say){0};
    flow_go(flow, SCREEN_IDLE);
}

void flow_start(struct flow *flow, int64_t mono_ms)
{
    memset(flow, 0, sizeof *flow);
    flow->now_ms = flow->active_ms = flow->since_ms = flow->last_ms = mono_ms;
    setup_start(flow);
    flow->idle.today_done = -1;
}

void flow_speak(struct flow *flow, enum lang lang)
{
    flow->lang = flow->home_lang = lang;
    flow->knobs[KNOB_LANG] = (int32_t)lang;
}

bool flow_takes(const struct flow *flow)
{
    return flow->screen != SCREEN_SAVING;
}

/* ---- Time */

/* Between two doors lies a walk: who is signed in at a dock stays. */
static bool is_walking(const struct flow *flow)
{
    return flow->state.is_dock && (flow->dock.has_note || flow->sign_out == SIGN_OUT_ENTRY) && flow->crew_count == 1;
}

static int64_t sign_out_at(const struct flow *flow)
{
    if (flow->crew_count == 0) return INT64_MAX;
    if (super_is_on(flow)) return flow->active_ms + SUPER_MS;
    if (is_walking(flow)) return flow->active_ms + DOCK_MS;
    bool is_long = flow->crew_count > 1 || flow->sign_out == SIGN_OUT_SHIFT;
    return flow->active_ms + (is_long ? (int64_t)FLOW_CREW_MS : flow->sign_out_ms);
}

int flow_seconds_left(const struct flow *flow, int64_t now_ms)
{
    int64_t at = sign_out_at(flow);
    if (at == INT64_MAX || flow->crew_count > 1 || flow->sign_out == SIGN_OUT_SHIFT || is_walking(flow)) return -1;
    return at <= now_ms ? 0 : (int)((at - now_ms + 999) / 1000);
}

/* What is on the screen goes back to IDLE when nobody does anything. Red waits for a touch, a save for the disk. */
static int64_t screen_ends_at(const struct flow *flow)
{
    switch (flow->screen) {
    case SCREEN_IDLE:
        if (flow->is_count_final || flow->is_looking || flow->is_collecting) break;
        return say_is_empty(&flow->say) ? INT64_MAX : flow->active_ms + FLOW_ADVICE_MS;
    case SCREEN_SETUP: return flow->active_ms + FLOW_SETUP_MS;
    case SCREEN_CLEAN: return flow->since_ms + FLOW_CLEAN_MS;
    case SCREEN_SAVED: return flow->since_ms + (flow->tone == TONE_GREEN ? FLOW_SAVED_MS : FLOW_HELD_MS);
    case SCREEN_KEPT: return flow->since_ms + FLOW_SAVED_MS;
    case SCREEN_MOVED: return flow->since_ms + (flow->tone == TONE_GREEN ? FLOW_SAVED_MS : FLOW_HELD_MS);
    case SCREEN_NOTE: return flow->dock.is_news ? flow->since_ms + DOCK_NEWS_MS : flow->active_ms + DOCK_MS;
    case SCREEN_LEFT:
    case SCREEN_GOODS: return flow->active_ms + DOCK_MS;
    case SCREEN_SAVING:
    case SCREEN_STOPPED:
    case SCREEN_ASKED:
    case SCREEN_REFUSED: return INT64_MAX;
    case SCREEN_WORKER:
    case SCREEN_PIN:
    case SCREEN_SHEET:
    case SCREEN_OPERATION:
    case SCREEN_COUNT:
    case SCREEN_QUESTION:
    case SCREEN_CREW:
    case SCREEN_CHECK:
    case SCREEN_NUMBER:
    case SCREEN_ORDER:
    case SCREEN_BOARD:
    case SCREEN_DOORS:
    case SCREENS: break;
    case SCREEN_SUPER:
    case SCREEN_SPARE:
    case SCREEN_PEOPLE:
    case SCREEN_PAPER:
    case SCREEN_PICK:
    case SCREEN_QUANTITY:
    case SCREEN_ENTRIES:
    case SCREEN_MEND: return flow->active_ms + SUPER_MS;
    }
    return flow->active_ms + FLOW_SCREEN_MS;
}

int64_t flow_deadline(const struct flow *flow)
{
    int64_t at = screen_ends_at(flow);
    bool    waits = flow->screen == SCREEN_SAVING; /* for the disk: nothing else ends before it has answered */
    if (!waits && sign_out_at(flow) < at) at = sign_out_at(flow);
    if (!waits && flow->last_count > 0 && flow->last_ms + FLOW_UNDO_MS < at) at = flow->last_ms + FLOW_UNDO_MS;
    if (flow->has_pay && flow->pay_ms + FLOW_PAY_MS < at) at = flow->pay_ms + FLOW_PAY_MS;
    if (setup_rests_at(flow) < at) at = setup_rests_at(flow);
    if (asked_rises_at(flow) < at) at = asked_rises_at(flow);
    return at;
}

static void step_time(struct flow *flow)
{
    int64_t now = flow->now_ms;
    if (flow->last_count > 0 && flow->screen != SCREEN_SAVING && now >= flow->last_ms + FLOW_UNDO_MS) {
        flow->last_count = 0;
        if (flow->is_correcting) flow_home(flow);
    }
    if (flow->has_pay && now >= flow->pay_ms + FLOW_PAY_MS) flow->has_pay = false;
    if (now >= screen_ends_at(flow)) {
        if (flow->screen == SCREEN_CLEAN)
            setup_clean_end(flow);
        else if (!super_goes_on(flow) && !dock_rests(flow))
            flow_home(flow);
    }
    if (now >= setup_rests_at(flow)) flow->is_resting = true;
    if (flow->screen != SCREEN_SAVING && now >= sign_out_at(flow)) {
        worker_out(flow);
        if (flow->screen == SCREEN_CLEAN)
            flow->setup.clean_from = SCREEN_IDLE;
        else if (flow->screen != SCREEN_REFUSED && flow->screen != SCREEN_STOPPED)
            flow_home(flow);
        else if (!flow->can_made_before)
            flow_put_away(flow);
        flow->from = SCREEN_IDLE;
    }
}

/* ---- Touches and cards */

static bool tap_screen(struct flow *flow, const struct input *input, struct effect *effect)
{
    static bool (*const TAPS[SCREENS])(struct flow *, const struct input *, struct effect *) = {
        [SCREEN_IDLE] = idle_tap,         [SCREEN_WORKER] = worker_tap,       [SCREEN_PIN] = pin_tap,
        [SCREEN_SHEET] = sheet_tap,       [SCREEN_OPERATION] = operation_tap, [SCREEN_COUNT] = count_tap,
        [SCREEN_SAVED] = saved_tap,       [SCREEN_QUESTION] = question_tap,   [SCREEN_REFUSED] = refused_tap,
        [SCREEN_SETUP] = setup_tap,       [SCREEN_CREW] = crew_tap,           [SCREEN_CHECK] = check_tap,
        [SCREEN_NUMBER] = number_tap,     [SCREEN_SUPER] = super_tap,         [SCREEN_SPARE] = spare_tap,
        [SCREEN_PEOPLE] = people_tap,     [SCREEN_PAPER] = paper_tap,         [SCREEN_PICK] = pick_tap,
        [SCREEN_QUANTITY] = quantity_tap, [SCREEN_ENTRIES] = entries_tap,     [SCREEN_MEND] = mend_tap,
        [SCREEN_ORDER] = order_tap,       [SCREEN_BOARD] = board_tap,         [SCREEN_ASKED] = asked_tap,
        [SCREEN_NOTE] = note_tap,         [SCREEN_LEFT] = left_tap,           [SCREEN_GOODS] = goods_tap,
        [SCREEN_DOORS] = doors_tap,       [SCREEN_MOVED] = moved_tap,
    };
    return TAPS[flow->screen] != NULL && TAPS[flow->screen](flow, input, effect);
}

/* What means the same on every screen. */
static bool tap_anywhere(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_LANGUAGE:
        flow->lang = (enum lang)((flow->lang + 1) % LANG_COUNT);
        if (flow->crew_count == 0) flow->home_lang = flow->lang;
        setup_speak(flow, effect);
        return true;
    case ACTION_SETUP: return setup_show(flow, input->argument, effect);
    case ACTION_CLEAN: setup_clean(flow); return true;
    case ACTION_OUT:
        if (flow->crew_count == 0) return false;
        worker_out(flow);
        flow_home(flow);
        return true;
    case ACTION_WORKER: return worker_asked(flow, input->argument, effect);
    case ACTION_SUPER:
        if (flow->crew_count != 1 || !flow->crew[0].is_supervisor || flow->is_lent) return false;
        super_show(flow);
        return true;
    case ACTION_UNDO:
        if (!flow_may_undo(flow)) {
            refused_show(flow, SAY("flow.undo_none"), SAY("flow.undo_next"), flow->screen, effect);
            return true;
        }
        if (!saved_asks_badge(flow, ACTION_UNDO, 0)) entry_undo(flow, effect);
        return true;
    case ACTION_ORDER:
        if (flow->has_sheet && flow->screen != SCREEN_SHEET) return false; /* an entry in the making stays */
        order_begin(flow, effect);
        return true;
    case ACTION_BOARD:
        if (flow->has_sheet && flow->screen != SCREEN_SHEET) return false;
        board_begin(flow, input->argument, effect);
        return true;
    case ACTION_COLLECT: return !flow->has_sheet && stopped_collect(flow, input, effect);
    case ACTION_ANSWER: return !flow->has_sheet && asked_tap(flow, input, effect);
    case ACTION_GOODS: return !flow->has_sheet && goods_begin(flow, input->argument);
    case ACTION_NOTE: return !flow->has_sheet && dock_note_tap(flow, input, effect);
    default: return false;
    }
}

static void step_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_touch = input->how == HOW_TOUCHED;
    if (flow->asked != ACTION_NONE && input->action != ACTION_LANGUAGE) {
        flow->asked = ACTION_NONE;
        flow->say = (struct say){0};
    }
    bool is_in_hand = flow->has_sheet || flow->dock.has_door;
    if (is_touch && (is_in_hand || input->action == ACTION_UNDO)) flow->is_touched = true;
    bool is_of_sheet = input->action == ACTION_MADE_BEFORE || input->action == ACTION_COLLECT;
    if (flow->screen == SCREEN_REFUSED && !is_touch && !is_of_sheet) {
        refused_leave(flow);
        if (input->action == ACTION_BACK) return;
    }
    if (flow->screen == SCREEN_CLEAN && input->action != ACTION_CLEAN) setup_clean_end(flow);
    if (tap_screen(flow, input, effect) || tap_anywhere(flow, input, effect)) return;
    if (is_touch) return;               /* a button that is gone by now */
    if (flow->screen == SCREEN_SAVED) { /* green holds nobody up: the card means what it means at the start */
        flow_home(flow);
        if (tap_screen(flow, input, effect) || tap_anywhere(flow, input, effect)) return;
    }
    if (flow->screen == SCREEN_MOVED) { /* likewise */
        dock_goes_on(flow);
        if (tap_screen(flow, input, effect) || tap_anywhere(flow, input, effect)) return;
    }
    refused_show(flow, SAY("flow.card_now"), SAY("flow.card_next"), flow->screen, effect);
}

/* ---- Scans */

static void step_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (input->code.kind == CODE_COMMAND) {
        struct input tap = *input;
        tap.kind = INPUT_TAP;
        tap.action = (enum action)input->code.command.action;
        tap.argument = input->code.command.argument;
        step_tap(flow, &tap, effect);
        return;
    }
    if (flow->screen == SCREEN_REFUSED) refused_leave(flow);
    if (flow->screen == SCREEN_CLEAN) setup_clean_end(flow);
    asked_leave(flow);
    if (flow->screen == SCREEN_SETUP && setup_scan(flow, input, effect)) return;
    if (super_scan(flow, input, effect)) return;
    switch (input->code.kind) {
    case CODE_BADGE:
        if (stopped_badge(flow, input, effect) || board_badge(flow, input, effect)) return;
        if (flow->asked == ACTION_COLLECT)
            stopped_collect_badge(flow, input, effect);
        else if (!dock_badge(flow, input, effect) && (flow->asked == ACTION_NONE || !saved_badge(flow, input, effect)))
            worker_badge(flow, input, effect);
        return;
    case CODE_SHEET:
    case CODE_PIECE:
        flow->asked = ACTION_NONE;
        if (order_scan(flow, input, effect)) return;
        if (flow->is_collecting)
            stopped_collect_scan(flow, input, effect);
        else if (!dock_scan(flow, input, effect))
            sheet_scan(flow, input, effect);
        return;
    case CODE_NOTE:
        if (dock_note_scan(flow, input, effect)) return;
        break;
    case CODE_PLACE:
        if (dock_place_scan(flow, input, effect)) return;
        break;
    case CODE_COMMAND:
    case CODE_ENROL: break;
    }
    refused_show(flow, say_text(SAY("flow.not_here"), input->code.digits), SAY("flow.scan_next"), flow->screen, effect);
}

/* ---- State, and the end of a shift */

static void shift_begin(struct flow *flow, int32_t *day, char shift[16])
{
    *day = flow->state.day;
    memcpy(shift, flow->state.shift, sizeof flow->state.shift);
}

/* Whose day is known only now was never in another shift. */
static void step_state(struct flow *flow, const struct found_state *state)
{
    bool is_new = state->day != flow->state.day || strcmp(state->shift, flow->state.shift) != 0;
    bool is_mended = flow->state.is_doubtful && !state->is_doubtful;
    bool is_staying = flow->crew_count > 1 || (flow->crew_count == 1 && flow->sign_out == SIGN_OUT_SHIFT);
    flow->state = *state;
    setup_sign_out(flow, state->sign_out_s);
    if (is_new && is_mended) {
        shift_begin(flow, &flow->begun_day, flow->begun_shift);
        shift_begin(flow, &flow->roll_day, flow->roll_shift);
    } else if (is_new && is_staying) {
        flow->is_shift_over = true;
    }
}

/* Where nobody makes or decides anything, or only reads what was made. */
static bool is_free(const struct flow *flow)
{
    bool is_idle = flow->screen == SCREEN_IDLE || flow->screen == SCREEN_WORKER || flow->screen == SCREEN_PIN ||
                   flow->screen == SCREEN_CREW || flow->screen == SCREEN_NUMBER;
    bool is_told = flow->screen == SCREEN_SAVED || flow->screen == SCREEN_REFUSED;
    return (is_idle || is_told) && !flow->has_sheet && !flow->is_count_final && !flow->is_lent;
}

/* Who stays for a shift goes home with it; an entry that is being made is finished first, and is that shift's. */
static void step_shift(struct flow *flow)
{
    if (!flow->is_shift_over || !is_free(flow)) return;
    worker_out(flow);
    if (flow->screen != SCREEN_SAVED && flow->screen != SCREEN_REFUSED) flow_home(flow);
    flow->from = SCREEN_IDLE;
}

/* ---- One step */

/* What people do. */
static void step_hands(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->kind) {
    case INPUT_SCAN:
        assert(flow_takes(flow));
        flow->active_ms = flow->now_ms;
        flow->is_resting = false;
        step_scan(flow, input, effect);
        break;
    case INPUT_BAD_CODE:
        assert(flow_takes(flow));
        flow->active_ms = flow->now_ms;
        if (flow->screen == SCREEN_REFUSED) refused_leave(flow);
        if (flow->screen == SCREEN_CLEAN) setup_clean_end(flow);
        if (setup_bad_code(flow, input, effect)) break;
        refused_show(flow, input->say, SAY("flow.scan_next"), flow->screen, effect);
        break;
    case INPUT_TAP:
        if (!flow_takes(flow)) break; /* nothing there can be touched */
        flow->is_resting = false;
        flow->active_ms = flow->now_ms;
        step_tap(flow, input, effect);
        break;
    case INPUT_TOUCH:
        flow->active_ms = flow->now_ms;
        setup_touch(flow, input, effect);
        break;
    default: break;
    }
}

/* What the disk says of the event that is on its way. */
static void step_disk(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_saved = input->kind == INPUT_SAVED;
    if (flow->is_rolling && is_saved)
        crew_saved(flow);
    else if (flow->is_rolling)
        crew_not_saved(flow, input, effect);
    else if (is_saved)
        entry_saved(flow, input, effect);
    else
        entry_not_saved(flow, input, effect);
}

/* What the rooms around found or learnt. */
static void step_news(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch (input->kind) {
    case INPUT_SCAN:
    case INPUT_BAD_CODE:
    case INPUT_TAP:
    case INPUT_TOUCH:
    case INPUT_TIME: break;
    case INPUT_SAVED:
    case INPUT_NOT_SAVED: step_disk(flow, input, effect); break;
    case INPUT_SLOW:
        if (flow->screen != SCREEN_SAVING) break;
        flow->is_slow = true;
        flow->tone = TONE_GREY;
        break;
    case INPUT_STATE: step_state(flow, &input->state); break;
    case INPUT_IDLE: flow->idle = input->idle; break;
    case INPUT_PAGE: worker_page(flow, &input->page); break;
    case INPUT_PAY: pin_pay(flow, &input->pay); break;
    case INPUT_SHEET: sheet_again(flow, &input->found.sheet); break;
    case INPUT_KNOBS: setup_knobs(flow, &input->knobs); break;
    case INPUT_NOT_SET:
        if (flow->screen == SCREEN_SETUP) flow->say = input->say;
        break;
    case INPUT_SCANNERS: setup_scanners(flow, &input->scanners, effect); break;
    case INPUT_DIAGNOSIS: flow->diagnosis = input->diagnosis; break;
    case INPUT_WORKER: worker_again(flow, &input->found.worker); break;
    case INPUT_LINES: number_lines(flow, &input->lines, effect); break;
    case INPUT_CREW: flow->sums = input->crew; break;
    case INPUT_ROLL: crew_again(flow, &input->roll); break;
    case INPUT_PEOPLE: flow->super.people = input->people; break;
    case INPUT_EVENT: mend_event(flow, input); break;
    case INPUT_CARRIED: super_carried(flow, input); break;
    case INPUT_ORDER: order_take(flow, &input->order); break;
    case INPUT_BOARD: board_take(flow, &input->board); break;
    case INPUT_STOPS: stopped_take(flow, &input->stops, effect); break;
    case INPUT_ASKED: asked_take(flow, &input->asked, effect); break;
    case INPUT_NOTE: dock_note_take(flow, &input->found, effect); break;
    case INPUT_NOTES: flow->notes = input->notes; break;
    case INPUT_TELL:
        flow->is_resting = false;
        if (flow->screen != SCREEN_IDLE && flow->screen != SCREEN_SETUP) break;
        flow->say = input->say;
        flow->active_ms = flow->now_ms;
        break;
    }
}

void flow_step(struct flow *flow, const struct input *input, struct effect *effect)
{
    memset(effect, 0, sizeof *effect);
    if (input->mono_ms > flow->now_ms) flow->now_ms = input->mono_ms;
    step_time(flow);
    step_hands(flow, input, effect);
    step_news(flow, input, effect);
    step_shift(flow);
    crew_settle(flow, effect);
    stopped_rise(flow, effect);
    asked_rise(flow, effect);
}
