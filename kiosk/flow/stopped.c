/* stopped.c - an order is stopped where this station works on it: the whole screen says so until a badge answers, but
 * never in the middle of an entry; and the old sheets are handed in [R3]. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "kiosk/flow/step.h"

#define HOUR_MS INT64_C(3600000)
#define MINUTE_MS INT64_C(60000)
#define DAY_MS (24 * HOUR_MS)

/* ---- What stands on top */

static bool stop_waits(const struct flow *flow)
{
    return flow->stops.count > 0 && flow->stops.stops[0].is_here && !flow->stops.stops[0].is_answered;
}

/* A stop elsewhere is news for a shift. */
static const struct found_stop *stop_elsewhere(const struct flow *flow)
{
    for (int i = 0; i < flow->stops.count; i++) {
        const struct found_stop *stop = &flow->stops.stops[i];
        int64_t                  age_ms = flow->state.wall_ms - stop->at_ms;
        if (!stop->is_here && age_ms < FLOW_STOP_NEWS_MS) return stop;
    }
    return NULL;
}

enum ribbon flow_ribbon(const struct flow *flow, const struct found_stop **stop)
{
    *stop = NULL;
    if (flow->tone != TONE_NONE) return RIBBON_NONE; /* a field of one colour says one thing */
    if (flow->screen == SCREEN_SETUP || flow->screen == SCREEN_CLEAN || flow->is_resting) return RIBBON_NONE;
    if (stop_waits(flow)) {
        *stop = &flow->stops.stops[0];
        return RIBBON_WAITS;
    }
    if (flow->stops.out_count > 0) return RIBBON_OUT;
    *stop = stop_elsewhere(flow);
    return *stop != NULL ? RIBBON_ELSEWHERE : RIBBON_NONE;
}

void flow_when(const struct flow *flow, int64_t wall_ms, char out[FLOW_WHEN_MAX])
{
    int64_t local = wall_ms + flow->state.offset_min * MINUTE_MS;
    int64_t today = flow->state.wall_ms + flow->state.offset_min * MINUTE_MS;
    char    day[DAY_TEXT];
    if (local < 0) local = 0;
    int hour = (int)(local % DAY_MS / HOUR_MS), minute = (int)(local % HOUR_MS / MINUTE_MS);
    if (local / DAY_MS == today / DAY_MS) {
        snprintf(out, FLOW_WHEN_MAX, "%02d:%02d", hour, minute);
        return;
    }
    day_write((int32_t)(local / DAY_MS), day);
    snprintf(out, FLOW_WHEN_MAX, "%s %02d:%02d", day + 5, hour, minute); /* 03-17 10:42 */
}

/* ---- The interrupt */

/* Nothing is in anybody's hand. */
bool stopped_is_at_rest(const struct flow *flow)
{
    if (flow->screen == SCREEN_ORDER || flow->screen == SCREEN_BOARD || flow->screen == SCREEN_ASKED)
        return true; /* only read */
    return flow->screen == SCREEN_IDLE && !flow->has_sheet && !flow->is_count_final && flow->count == 0 &&
           !flow->is_looking && !flow->is_collecting && flow->asked == ACTION_NONE && flow->bad_count == 0 &&
           flow->digits[0] == '\0';
}

void stopped_rise(struct flow *flow, struct effect *effect)
{
    if (flow->screen == SCREEN_STOPPED && !stop_waits(flow)) flow_home(flow); /* lifted, or answered */
    if (!stopped_is_at_rest(flow) || !stop_waits(flow)) return;
    flow->is_resting = false;
    flow_go(flow, SCREEN_STOPPED);
    effect->sound = SOUND_STOPPED;
}

void stopped_take(struct flow *flow, const struct found_stops *stops, struct effect *effect)
{
    struct line_ref was = flow->stops.stops[0].what;
    int64_t         was_ms = flow->stops.stops[0].at_ms;
    flow->stops = *stops;
    if (flow->screen != SCREEN_STOPPED || !stop_waits(flow)) return;
    const struct found_stop *stop = &flow->stops.stops[0];
    if (line_ref_key(stop->what) == line_ref_key(was) && stop->at_ms == was_ms) return;
    flow_go(flow, SCREEN_STOPPED); /* another one came */
    effect->sound = SOUND_STOPPED;
}

/* An event about a line, a sheet or a stop that isn't a report; by: who is here for it. */
static struct event event_about(const struct flow *flow, enum event_kind kind, const struct code *code,
                                const struct found_worker *by, enum event_how how)
{
    struct event event;
    memset(&event, 0, sizeof event);
    event.v = EVENT_VERSION;
    event.kind = kind;
    event.how = how;
    event.tone = TONE_GREEN;
    utf8_copy(event.station, sizeof event.station, flow->state.station);
    if (strlen(code->digits) == CODE_DIGITS) {
        memcpy(event.codes[0], code->digits, CODE_DIGITS + 1);
        event.code_count = 1;
    }
    event.has_sheet = true;
    if (by == NULL) return event;
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.badge = by->badge, .number = by->number, .share = 1};
    return event;
}

static void about_send(struct flow *flow, const struct event *event, const struct found_worker *by,
                       struct effect *effect)
{
    flow->saving = *event;
    memset(&flow->kept_by, 0, sizeof flow->kept_by);
    if (by != NULL) flow->kept_by = *by;
    flow_go(flow, SCREEN_SAVING);
    effect->save = true;
    effect->event = *event;
}

bool stopped_badge(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (flow->screen != SCREEN_STOPPED) return false;
    if (!stop_waits(flow)) { /* lifted while something else was said */
        flow_home(flow);
        return false;
    }
    struct event event = event_about(flow, EVENT_ACK, &input->code, &input->found.worker, input->how);
    event.sheet.line = flow->stops.stops[0].at;
    assert(event.sheet.line.line != 0); /* what is here is a line */
    about_send(flow, &event, &input->found.worker, effect);
    return true;
}

/* The stops that this badge has answered: of the line, and of its whole order. */
static void stops_answer(struct flow *flow, struct line_ref line)
{
    struct found_stops *stops = &flow->stops;
    for (int i = 0; i < stops->count; i++) {
        struct found_stop *stop = &stops->stops[i];
        struct line_ref    order = line;
        order.line = 0;
        if (line_ref_key(stop->what) == line_ref_key(line) || line_ref_key(stop->what) == line_ref_key(order))
            stop->is_answered = true;
    }
    struct found_stops was = *stops;
    stops->count = 0;
    for (int is_last = 0; is_last <= 1; is_last++) /* those that wait stay in front */
        for (int i = 0; i < was.count; i++)
            if ((was.stops[i].is_here && !was.stops[i].is_answered) == (is_last == 0))
                stops->stops[stops->count++] = was.stops[i];
    stops->paper_count = 0; /* of another stop: looked up anew */
}

/* ---- Handing in */

bool flow_may_collect(const struct flow *flow)
{
    return flow->screen == SCREEN_REFUSED && flow->can_made_before && flow->sheet_code.kind == CODE_SHEET;
}

static void collect_send(struct flow *flow, const struct found_worker *by, enum event_how how, struct effect *effect)
{
    struct event event = event_about(flow, EVENT_COLLECT, &flow->sheet_code, by, how);
    event.sheet = flow->sheet.ref;
    about_send(flow, &event, by, effect);
}

/* The sheet stands in flow->sheet. Who hands it in is asked where nobody is signed in. */
static void collect_sheet(struct flow *flow, enum event_how how, struct effect *effect)
{
    char order[LINE_REF_TEXT];
    if (flow->crew_count > 0) {
        collect_send(flow, &flow->crew[0], how, effect);
        return;
    }
    line_ref_short(flow->sheet.ref.line, order);
    struct code code = flow->sheet_code;
    flow_home(flow);
    flow->sheet_code = code;
    flow->asked = ACTION_COLLECT;
    flow->say = say_text(SAY("flow.collect_badge"), order);
}

void stopped_hand_in(struct flow *flow, enum event_how how, struct effect *effect)
{
    collect_sheet(flow, how, effect);
}

bool stopped_collect(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (flow_may_collect(flow)) {
        flow->can_made_before = false;
        collect_sheet(flow, input->how, effect);
    } else {
        flow_home(flow);
        flow->is_collecting = true;
        flow->say = SAY("flow.collect_scan");
    }
    return true;
}

void stopped_collect_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    char order[LINE_REF_TEXT];
    flow_put_away(flow);
    flow->sheet = input->found.sheet;
    flow->sheet_code = input->code;
    bool is_label = input->code.kind != CODE_SHEET; /* stays on its piece */
    if (!is_label && (flow->sheet.is_stopped || flow->sheet.revision == REVISION_OLD || flow->sheet.replaced_by > 0)) {
        collect_sheet(flow, input->how, effect);
        return;
    }
    line_ref_short(flow->sheet.ref.line, order);
    refused_show(flow, say_text(SAY("flow.collect_valid"), order), SAY("flow.collect_valid_next"), SCREEN_IDLE, effect);
}

void stopped_collect_badge(struct flow *flow, const struct input *input, struct effect *effect)
{
    flow->asked = ACTION_NONE;
    flow->say = (struct say){0};
    collect_send(flow, &input->found.worker, HOW_SCANNED, effect);
}

/* ---- Kept */

bool stopped_is_about(const struct event *event)
{
    return event->kind == EVENT_ACK || event->kind == EVENT_COLLECT ||
           (event->kind == EVENT_NOTE && event->has_sheet); /* an answer; the end of a loading has none */
}

void stopped_saved(struct flow *flow, struct effect *effect)
{
    if (flow->saving.kind == EVENT_ACK) stops_answer(flow, flow->saving.sheet.line);
    if (flow->saving.kind == EVENT_NOTE) asked_saved(flow);
    flow_put_away(flow);
    flow->say = (struct say){0};
    flow_go(flow, SCREEN_KEPT);
    effect->sound = SOUND_SAVED;
    effect->ask_idle = true;
}
