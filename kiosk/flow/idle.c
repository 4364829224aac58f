/* idle.c - nobody has anything in hand: the queue, and the strip of the last entry. */
#include "kiosk/flow/step.h"

bool idle_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: /* the strip is put away; it isn't undone by that */
        if (flow->last_count == 0 || flow->is_folded) return input->how == HOW_TOUCHED;
        flow->is_folded = true;
        return true;
    case ACTION_BAD: /* 0: the key of the strip; else a reason's card, for the last entry all the same */
        if (!flow_may_undo(flow) || flow_is_dock_last(flow)) return false;
        if (saved_asks_badge(flow, ACTION_BAD, (int32_t)input->argument)) return true;
        entry_correct(flow);
        count_in_hand(flow, (int32_t)input->argument);
        return true;
    case ACTION_COUNT: count_add(flow, input, effect); return true;
    case ACTION_NUMBER: number_begin(flow); return true;
    case ACTION_OPEN:
        if (!flow->state.can_touch_rows || input->argument <= 0) return false;
        effect->open_line = input->argument;
        effect->open_how = HOW_TOUCHED;
        return true;
    case ACTION_LOOK:
        flow->is_looking = true;
        flow->say = SAY("flow.look");
        return true;
    case ACTION_MORE:
        flow->page_no++;
        effect->ask_idle = true;
        return true;
    default: return false;
    }
}
