/* order.c - how far an order is: of the sheet in hand, or of the next one that is scanned or typed; behind no badge. */
#include "kiosk/flow/step.h"

static void order_show(struct flow *flow, struct line_ref line, struct effect *effect)
{
    flow_put_away(flow);
    flow->say = (struct say){0};
    if (flow->screen != SCREEN_ORDER) flow->order = (struct found_order){0};
    flow_go(flow, SCREEN_ORDER);
    effect->ask_order = line_ref_key(line);
}

void order_begin(struct flow *flow, struct effect *effect)
{
    if (flow->screen == SCREEN_SHEET && flow->has_sheet) {
        order_show(flow, flow->sheet.ref.line, effect);
        return;
    }
    number_begin(flow);
    flow->is_ordering = true;
    flow->say = SAY("flow.order_ask");
}

/* Anything of it: a sheet of any revision, a label. */
bool order_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (!flow->is_ordering && flow->screen != SCREEN_ORDER) return false;
    order_show(flow, input->found.sheet.ref.line, effect);
    return true;
}

void order_take(struct flow *flow, const struct found_order *order)
{
    if (flow->screen == SCREEN_ORDER) flow->order = *order;
}

bool order_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: flow_home(flow); return true;
    case ACTION_MORE: flow->page_no++; return true;
    case ACTION_LINE:
        for (int i = 0; i < flow->order.line_count; i++)
            if (line_ref_key(flow->order.lines[i].line) == input->argument) {
                order_show(flow, flow->order.lines[i].line, effect);
                return true;
            }
        return false;
    default: return false;
    }
}
