/* pin.c - asks for the PIN that opens a worker's pay boxes. */
#include <string.h>

#include "kiosk/flow/step.h"

enum { PIN_LEAST = 4 };

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
    effect->payee = flow->crew[0];
    memcpy(effect->pin, flow->digits, len + 1);
    return true;
}

bool pin_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    size_t len = strlen(flow->digits);
    switch ((int)input->action) {
    case ACTION_DIGIT:
        if (input->argument > 9 || flow->is_opening) return false;
        if (len < FLOW_DIGITS_MAX) {
            flow->digits[len] = (char)('0' + input->argument);
            flow->digits[len + 1] = '\0';
        }
        return true;
    case ACTION_ERASE:
        if (len > 0 && !flow->is_opening) flow->digits[len - 1] = '\0';
        return true;
    case ACTION_SAVE:
    case ACTION_YES: return pin_open(flow, effect);
    case ACTION_BACK:
        flow->digits[0] = '\0';
        flow->is_opening = false;
        flow->say = (struct say){0};
        flow_go(flow, SCREEN_WORKER);
        return true;
    default: return false;
    }
}
