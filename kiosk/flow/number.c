/* number.c - an order number typed because the paper isn't here: found, it counts as a scanned sheet, marked as typed. */
#include <string.h>

#include "kiosk/flow/step.h"

enum { DASH = 10 /* among the digits */ };

void number_begin(struct flow *flow)
{
    bool is_looking = flow->is_looking;
    flow_put_away(flow);
    flow->super.duty = DUTY_NONE;
    flow->is_looking = is_looking;
    flow->say = (struct say){0};
    flow->lines.count = 0;
    flow_go(flow, SCREEN_NUMBER);
}

static void number_digit(struct flow *flow, int64_t digit)
{
    size_t len = strlen(flow->digits);
    bool   is_dash = digit == DASH;
    flow->say = (struct say){0};
    flow->lines.count = 0;
    if (is_dash && (len == 0 || flow->digits[len - 1] == '-')) return;
    digits_put(flow, (char)(is_dash ? '-' : '0' + digit));
}

static void number_erase(struct flow *flow, bool all)
{
    flow->say = (struct say){0};
    flow->lines.count = 0;
    digits_erase(flow, all);
}

static void number_open(struct flow *flow, int64_t line, struct effect *effect)
{
    flow->say = (struct say){0};
    effect->open_line = line;
    effect->open_how = HOW_TYPED;
}

/* One is opened; several are listed; none is said. */
void number_lines(struct flow *flow, const struct found_lines *lines, struct effect *effect)
{
    if (flow->screen != SCREEN_NUMBER) return;
    if (lines->count == 1) {
        number_open(flow, line_ref_key(lines->rows[0].line), effect);
        return;
    }
    flow->lines = *lines;
    flow->page_no = 0;
    flow->since_ms = flow->now_ms;
    if (lines->count == 0) flow->say = say_text(SAY("flow.number_none"), flow->digits);
}

bool number_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK:
        if (flow->lines.count == 0) {
            if (flow->super.duty == DUTY_PAPER)
                paper_show(flow);
            else
                flow_home(flow);
            return true;
        }
        flow->lines.count = 0;
        flow->since_ms = flow->now_ms;
        return true;
    case ACTION_DIGIT:
        if (input->argument > DASH) return false;
        number_digit(flow, input->argument);
        return true;
    case ACTION_ERASE: number_erase(flow, input->argument != 0); return true;
    case ACTION_SAVE:
    case ACTION_YES:
        if (flow->digits[0] == '\0') {
            flow->say = SAY("flow.number_empty");
            return true;
        }
        effect->ask_lines = true;
        memcpy(effect->number, flow->digits, sizeof flow->digits);
        return true;
    case ACTION_OPEN:
        if (input->argument <= 0) return false;
        number_open(flow, input->argument, effect);
        return true;
    case ACTION_MORE: flow->page_no++; return true;
    default: return false;
    }
}
