/* operation.c - which operation of the sheet was done here. */
#include <string.h>

#include "kiosk/flow/step.h"

const struct found_op *flow_op(const struct flow *flow, int i)
{
    if (i >= flow->op_count) return NULL;
    for (int k = 0; k < flow->sheet.op_count; k++)
        if (flow->sheet.ops[k].number == flow->ops[i]) return &flow->sheet.ops[k];
    return NULL;
}

static bool any_here(const struct flow *flow)
{
    for (int i = 0; i < flow->sheet.op_count; i++)
        if (flow->sheet.ops[i].is_here) return true;
    return false;
}

static bool any_open_here(const struct flow *flow)
{
    for (int i = 0; i < flow->sheet.op_count; i++)
        if (flow->sheet.ops[i].is_here && flow->sheet.ops[i].left > 0) return true;
    return false;
}

/* What he does usually comes first, the others stay in the sheet's order. */
static void usual_first(const struct flow *flow, const struct found_op *offers[FOUND_OPS_MAX], int count)
{
    int at = 0;
    if (flow->crew_count == 0 || flow->crew[0].usual[0] == '\0') return;
    while (at < count && strcmp(offers[at]->code, flow->crew[0].usual) != 0) at++;
    if (at == count) return;
    const struct found_op *usual = offers[at];
    for (int i = at; i > 0; i--) offers[i] = offers[i - 1];
    offers[0] = usual;
}

/* Open ones of this station; all of it where none is open; all of the sheet where the worker asks for it, or where
 * this station has none. */
int flow_offers(const struct flow *flow, const struct found_op *offers[FOUND_OPS_MAX])
{
    bool all = flow->is_other_station || !any_here(flow), open = any_open_here(flow);
    int  count = 0;
    for (int i = 0; i < flow->sheet.op_count; i++) {
        const struct found_op *op = &flow->sheet.ops[i];
        if (all || (op->is_here && (op->left > 0 || !open || flow->is_rework))) offers[count++] = op;
    }
    usual_first(flow, offers, count);
    return count;
}

bool operation_choose(struct flow *flow)
{
    const struct found_op *offers[FOUND_OPS_MAX];
    if (flow->sheet.op_count == 0) { /* nothing is known of the sheet: the server will find out which */
        flow->ops[0] = 0;
        flow->op_count = 1;
        return true;
    }
    int count = flow_offers(flow, offers);
    if (!any_here(flow) && say_is_empty(&flow->say)) flow->say = SAY("flow.none_here");
    if (count == 0 || flow->is_other_station || !any_here(flow)) return false;
    flow->ops[0] = offers[0]->number; /* proposed, where there are several */
    flow->op_count = 1;
    return count == 1;
}

static void op_toggle(struct flow *flow, int32_t number)
{
    for (int i = 0; i < flow->op_count; i++) {
        if (flow->ops[i] != number) continue;
        memmove(&flow->ops[i], &flow->ops[i + 1], (size_t)(flow->op_count - i - 1) * sizeof flow->ops[0]);
        flow->op_count--;
        return;
    }
    if (flow->op_count < FLOW_OPS_MAX) flow->ops[flow->op_count++] = number;
}

static bool op_is_on_sheet(const struct flow *flow, int64_t number)
{
    for (int i = 0; i < flow->sheet.op_count; i++)
        if (flow->sheet.ops[i].number == number) return true;
    return false;
}

bool operation_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: flow_home(flow); return true;
    case ACTION_OP:
        if (!op_is_on_sheet(flow, input->argument)) return false;
        if (input->how == HOW_TOUCHED) {
            op_toggle(flow, (int32_t)input->argument);
            return true;
        }
        flow->ops[0] = (int32_t)input->argument; /* a card says it outright */
        flow->op_count = 1;
        sheet_report(flow, effect);
        return true;
    case ACTION_SAVE:
        if (flow->op_count == 0) return false;
        sheet_report(flow, effect);
        return true;
    case ACTION_OTHER:
        flow->is_other_station = !flow->is_other_station;
        flow->op_count = 0;
        flow_go(flow, SCREEN_OPERATION);
        return true;
    case ACTION_LOOK:
        flow->is_looking = true;
        flow_go(flow, SCREEN_SHEET);
        return true;
    case ACTION_COUNT: count_add(flow, input, effect); return true;
    case ACTION_BAD: return count_tap(flow, input, effect);
    case ACTION_MORE: flow->page_no++; return true;
    default: return false;
    }
}
