/* pin.c - asks for the PIN that opens a worker's pay boxes. */
#include <string.h>

#include "kiosk/flow/step.h"

enum { PIN_LEAST = 4, MINUTE_MS = 60000 };

/* ---- Guessing */

static bool miss_counts(const struct flow *flow, const struct flow_miss *miss, int64_t badge)
{
    return miss->badge == badge && miss->count > 0 && flow->now_ms < miss->ms + FLOW_PIN_LOCK_MS;
}

int pin_locked_min(const struct flow *flow, int64_t badge)
{
    for (int i = 0; i < FLOW_PIN_BADGES; i++) {
        const struct flow_miss *miss = &flow->misses[i];
        if (!miss_counts(flow, miss, badge) || miss->count < FLOW_PIN_TRIES) continue;
        return (int)((miss->ms + FLOW_PIN_LOCK_MS - flow->now_ms + MINUTE_MS - 1) / MINUTE_MS);
    }
    return 0;
}

/* In the place of that badge; else in that of the oldest. */
static void pin_missed(struct flow *flow, int64_t badge)
{
    struct flow_miss *place = &flow->misses[0];
    for (int i = 0; i < FLOW_PIN_BADGES && place->badge != badge; i++)
        if (flow->misses[i].badge == badge || flow->misses[i].ms < place->ms) place = &flow->misses[i];
    if (!miss_counts(flow, place, badge)) *place = (struct flow_miss){.badge = badge};
    place->count++;
    place->ms = flow->now_ms;
}

static void pin_fitted(struct flow *flow, int64_t badge)
{
    for (int i = 0; i < FLOW_PIN_BADGES; i++)
        if (flow->misses[i].badge == badge) flow->misses[i] = (struct flow_miss){0};
}

/* ---- Opening */

static bool pin_open(struct flow *flow, struct effect *effect)
{
    size_t len = strlen(flow->digits);
    if (flow->is_opening) return true;
    if (len < PIN_LEAST) {
        flow->say = say_int(SAY("flow.pin_short"), PIN_LEAST);
        return true;
    }
    flow->is_opening = true;
    flow->say = (struct say){0};
    effect->open_pay = true;
    effect->payee = *flow_person(flow);
    memcpy(effect->pin, flow->digits, len + 1);
    return true;
}

void pin_pay(struct flow *flow, const struct found_pay *pay)
{
    if (!flow->is_opening) return; /* he has gone meanwhile */
    int64_t badge = flow_person(flow)->badge;
    flow->is_opening = false;
    explicit_bzero(flow->digits, sizeof flow->digits);
    flow->say = pay->say;
    if (pay->is_open) {
        pin_fitted(flow, badge);
        flow->pay = *pay;
        flow->has_pay = true;
        flow->pay_ms = flow->now_ms;
        flow->say = (struct say){0};
        if (flow->screen == SCREEN_PIN) flow_go(flow, SCREEN_WORKER);
    } else if (pay->is_wrong) {
        pin_missed(flow, badge);
        int locked_min = pin_locked_min(flow, badge);
        if (locked_min == 0 || flow->screen != SCREEN_PIN) return;
        flow->say = say_int(SAY("flow.pin_tries"), locked_min);
        flow_go(flow, SCREEN_WORKER);
    }
}

bool pin_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_DIGIT:
        if (input->argument > 9 || flow->is_opening) return false;
        digits_put(flow, (char)('0' + input->argument));
        return true;
    case ACTION_ERASE:
        if (!flow->is_opening) digits_erase(flow, input->argument != 0);
        return true;
    case ACTION_SAVE:
    case ACTION_YES: return pin_open(flow, effect);
    case ACTION_BACK:
        flow->is_opening = false;
        flow->say = (struct say){0};
        flow_go(flow, SCREEN_WORKER);
        return true;
    default: return false;
    }
}
