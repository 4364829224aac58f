/* count.c - how many, and how many of them are bad and why. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/flow/step.h"

/* ---- What is left */

/* Least of the chosen operations, by what each has. */
static int64_t least_of(const struct flow *flow, int64_t (*of)(const struct found_op *))
{
    int64_t least = INT64_MAX;
    for (int i = 0; i < flow->op_count; i++) {
        const struct found_op *op = flow_op(flow, i);
        if (op != NULL && of(op) < least) least = of(op);
    }
    return least;
}

static int64_t op_left(const struct found_op *op)
{
    return op->left;
}

static int64_t op_arrived(const struct found_op *op)
{
    int64_t here = op->arrived - op->done;
    return here < 0 ? 0 : here;
}

int64_t flow_left(const struct flow *flow)
{
    return least_of(flow, op_left);
}

int64_t flow_arrived(const struct flow *flow)
{
    return least_of(flow, op_arrived);
}

/* As many as have arrived here, at most what is left. */
static int64_t most_expected(const struct flow *flow)
{
    int64_t arrived = flow_arrived(flow), left = flow_left(flow);
    return arrived > 0 && arrived < left ? arrived : left;
}

/* Keys 1..n are enough where no more than n are to be expected. Asked once, when the screen comes: what others report meanwhile moves no key under a finger. */
int count_keys(const struct flow *flow)
{
    int64_t most = most_expected(flow);
    return flow->is_correcting || most < 1 || most > FLOW_KEYS_MAX ? 0 : (int)most;
}

/* ---- Bad ones */

int32_t flow_bad_total(const struct flow *flow)
{
    int32_t sum = 0;
    for (int i = 0; i < flow->bad_count; i++) sum += flow->bad[i].count;
    return sum;
}

int32_t flow_bad_of(const struct flow *flow, int32_t reason)
{
    for (int i = 0; i < flow->bad_count; i++)
        if (flow->bad[i].reason == reason) return flow->bad[i].count;
    return 0;
}

int32_t flow_fault_of(const struct flow *flow, int32_t reason)
{
    for (int i = 0; i < flow->bad_count; i++)
        if (flow->bad[i].reason == reason) return flow->bad[i].op;
    return 0;
}

/* A sheet that isn't known tells no operations: the material alone is left. */
int flow_faults(const struct flow *flow, int32_t faults[FLOW_FAULTS_MAX])
{
    int     count = 0;
    int32_t own = flow->op_count > 0 ? flow->ops[0] : 0;
    if (own > 0) faults[count++] = own;
    faults[count++] = EVENT_FAULT_MATERIAL;
    for (int i = flow->sheet.op_count - 1; i >= 0; i--)
        if (flow->sheet.ops[i].number < own) faults[count++] = flow->sheet.ops[i].number;
    return count;
}

/* 0 takes the reason out. False where there is no room for another one. */
static bool bad_set(struct flow *flow, int32_t reason, int32_t count)
{
    int i = 0;
    while (i < flow->bad_count && flow->bad[i].reason != reason) i++;
    if (count == 0) {
        if (i == flow->bad_count) return true;
        memmove(&flow->bad[i], &flow->bad[i + 1], (size_t)(flow->bad_count - i - 1) * sizeof flow->bad[0]);
        flow->bad_count--;
        return true;
    }
    if (i == EVENT_BAD_MAX) return false;
    if (i == flow->bad_count) flow->bad[flow->bad_count++] = (struct event_bad){.reason = reason};
    flow->bad[i].count = count;
    return true;
}

/* ---- Numbers */

/* More than is left is a fact all the same; it is said before it is saved. */
static void count_advise(struct flow *flow)
{
    struct say say = {0};
    int64_t    left = flow_left(flow);
    if (!flow->is_rework && left != INT64_MAX && flow->count > left)
        say = flow->sheet.stop_doors > 0 ? say_int(say_int(SAY("flow.over_stopped"), left), flow->count - left)
                                         : say_int(say_int(SAY("flow.over"), left), flow->count - left);
    flow->say = say;
}

/* A number was said: of the pieces, or of those that are bad for the reason in hand. */
static bool count_set(struct flow *flow, int64_t number, struct effect *effect)
{
    enum screen from = flow->screen;
    if (number > FLOW_COUNT_MOST) {
        flow->digits[0] = '\0';
        refused_show(flow, say_int(SAY("flow.many"), FLOW_COUNT_MOST), SAY("flow.many_next"), from, effect);
        return false;
    }
    if (flow->bad_reason == 0) {
        flow->count = (int32_t)number;
        if (flow->screen == SCREEN_COUNT) count_advise(flow);
        return true;
    }
    if (bad_set(flow, flow->bad_reason, (int32_t)number)) return true;
    refused_show(flow, say_int(SAY("flow.reasons"), EVENT_BAD_MAX), SAY("flow.reasons_next"), from, effect);
    return false;
}

/* ACTION_COUNT: a key of 1..n chooses; a card says it outright, and once worker and sheet are there it is saved. */
void count_add(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_bad = flow->bad_reason != 0;
    if (input->argument == 0 && !is_bad) {
        refused_show(flow, SAY("flow.zero"), SAY("flow.zero_next"), flow->screen, effect);
        return;
    }
    if (!count_set(flow, input->argument, effect)) return;
    if (is_bad) flow->since_ms = flow->now_ms; /* the keys mean something else now */
    flow->bad_reason = 0;
    flow->digits[0] = '\0';
    if (!is_bad && input->how != HOW_TOUCHED) {
        flow->is_count_final = true;
        entry_code(flow, &input->code);
    }
    if (!flow->has_sheet)
        flow->say = say_int(SAY("flow.count_kept"), flow->count);
    else if (flow->is_count_final && flow->crew_count > 0 && !flow->is_looking && flow->screen != SCREEN_OPERATION)
        sheet_report(flow, effect);
}

static void count_digit(struct flow *flow, int64_t digit, struct effect *effect)
{
    size_t len = strlen(flow->digits);
    if (len == 0 && digit == 0 && flow->bad_reason != 0) return;
    if (len >= FLOW_DIGITS_MAX - 2) return;
    digits_put(flow, (char)('0' + digit));
    count_set(flow, strtoll(flow->digits, NULL, 10), effect);
}

static void count_erase(struct flow *flow, bool all, struct effect *effect)
{
    digits_erase(flow, all);
    count_set(flow, strtoll(flow->digits, NULL, 10), effect);
}

/* A reason means one; in hand, it asks for another number and for whose fault it is. The same reason again: none. */
static void count_reason(struct flow *flow, int32_t reason, struct effect *effect)
{
    flow->digits[0] = '\0';
    flow->since_ms = flow->now_ms;
    flow->page_no = 0;
    if (flow->bad_reason == reason || flow_bad_of(flow, reason) > 0) {
        bad_set(flow, reason, 0);
        flow->bad_reason = 0;
    } else if (bad_set(flow, reason, 1)) {
        flow->bad_reason = reason;
    } else {
        flow->bad_reason = 0;
        refused_show(flow, say_int(SAY("flow.reasons"), EVENT_BAD_MAX), SAY("flow.reasons_next"), flow->screen, effect);
    }
}

void count_in_hand(struct flow *flow, int32_t reason)
{
    if (reason == 0) return;
    if (flow_bad_of(flow, reason) > 0 || bad_set(flow, reason, 1)) flow->bad_reason = reason;
}

/* Of the reason in hand; a card speaks of the newest one. The same fault again: nobody's yet. */
static bool count_fault(struct flow *flow, int64_t fault)
{
    int32_t faults[FLOW_FAULTS_MAX];
    bool    is_there = fault == 0;
    if (flow->bad_count == 0) return false;
    for (int i = flow_faults(flow, faults) - 1; i >= 0; i--) is_there |= faults[i] == fault;
    if (!is_there) return false;
    struct event_bad *bad = &flow->bad[flow->bad_count - 1];
    for (int i = 0; i < flow->bad_count; i++)
        if (flow->bad[i].reason == flow->bad_reason) bad = &flow->bad[i];
    bad->op = bad->op == fault ? 0 : (int32_t)fault;
    return true;
}

static void count_reason_done(struct flow *flow)
{
    flow->since_ms = flow->now_ms;
    flow->page_no = 0;
    flow->bad_reason = 0;
    flow->digits[0] = '\0';
}

int32_t flow_proposed(const struct flow *flow)
{
    int64_t most = most_expected(flow);
    bool    can = flow->has_sheet && flow->count == 0 && !flow->is_correcting && !flow->is_rework;
    return can && most > 1 && most <= FLOW_COUNT_MOST ? (int32_t)most : 0;
}

/* The number that the key names, whatever was reported meanwhile. */
static bool count_all(struct flow *flow, int64_t number, struct effect *effect)
{
    int32_t all = number > 0 && number <= FLOW_COUNT_MOST ? (int32_t)number : flow_proposed(flow);
    if (all == 0) return false;
    count_reason_done(flow);
    flow->count = all;
    entry_save(flow, effect);
    return true;
}

/* With a reason in hand its number is said by it, unless it saves all the same. */
static void count_save(struct flow *flow, bool is_yes, struct effect *effect)
{
    if (flow->bad_reason != 0 && (flow->count == 0 || is_yes))
        count_reason_done(flow);
    else
        entry_save(flow, effect);
}

static void count_back(struct flow *flow)
{
    if (flow->bad_reason == 0) {
        flow_home(flow);
        return;
    }
    bad_set(flow, flow->bad_reason, 0);
    count_reason_done(flow);
}

bool count_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: count_back(flow); return true;
    case ACTION_COUNT: count_add(flow, input, effect); return true;
    case ACTION_DIGIT:
        if (input->argument > 9) return false;
        count_digit(flow, input->argument, effect);
        return true;
    case ACTION_ERASE: count_erase(flow, input->argument != 0, effect); return true;
    case ACTION_BAD:
        if (input->argument < 1 || input->argument > INT16_MAX) return false;
        count_reason(flow, (int32_t)input->argument, effect);
        return true;
    case ACTION_FAULT: return count_fault(flow, input->argument);
    case ACTION_ALL: return count_all(flow, input->argument, effect);
    case ACTION_DIFFERENT:
        flow->is_any_number = true;
        flow->digits[0] = '\0';
        flow->since_ms = flow->now_ms;
        return true;
    case ACTION_REWORK:
        flow->is_rework = !flow->is_rework;
        count_advise(flow);
        return true;
    case ACTION_MORE: flow->page_no++; return true;
    case ACTION_LOOK:
        flow->is_looking = true;
        flow_go(flow, SCREEN_SHEET);
        return true;
    case ACTION_OP:
        if (flow->is_correcting || input->how == HOW_TOUCHED) return false;
        return operation_tap(flow, input, effect);
    case ACTION_YES:
    case ACTION_SAVE: count_save(flow, input->action == ACTION_YES, effect); return true;
    default: return false;
    }
}
