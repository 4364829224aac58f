/* saved.c - it is on the disk: green, or amber where it is held; then the strip with undo. */
#include "kiosk/flow/step.h"

/* On a note only what was loaded: what came in before has its strip at the start. */
static bool is_undo_place(const struct flow *flow)
{
    if (!flow_is_dock_screen(flow))
        return flow->screen == SCREEN_IDLE || flow->screen == SCREEN_SAVED || flow->screen == SCREEN_WORKER ||
               flow->screen == SCREEN_CREW;
    if (flow->screen == SCREEN_DOORS || flow->last_count == 0) return false;
    return !flow->dock.has_note || flow->lasts[flow->last_count - 1].event.kind == EVENT_LOAD;
}

bool flow_may_undo(const struct flow *flow)
{
    return is_undo_place(flow) && flow->last_count > 0 && (flow->crew_count == 0 || crew_is_last(flow));
}

void saved_show(struct flow *flow, struct effect *effect)
{
    struct say held = {0};
    for (int i = 0; i < flow->op_count && flow->saving.tone == TONE_AMBER && say_is_empty(&held); i++)
        held = flow_held(flow, flow_op(flow, i));
    bool is_out = flow->sign_out == SIGN_OUT_ENTRY && flow->crew_count == 1;
    flow_put_away(flow);
    flow->say = held;
    if (is_out) worker_out(flow);
    flow_go(flow, SCREEN_SAVED);
    effect->sound = SOUND_SAVED;
    effect->ask_idle = true;
    effect->ask_page = flow->last_crew[0].number != 0;
    effect->worker = flow->last_crew[0].number;
}

/* Undo and correction are for those alone who made the entry: their green screen has gone, and whoever stands here now
 * may be anybody. */
bool saved_asks_badge(struct flow *flow, enum action action, int32_t reason)
{
    if (flow->screen != SCREEN_IDLE || flow->crew_count > 0) return false;
    flow->asked = action;
    flow->asked_reason = reason;
    flow->say = action == ACTION_UNDO ? SAY("flow.undo_badge") : SAY("flow.bad_badge");
    return true;
}

/* False: the badge is another's, who has his own business here. */
bool saved_badge(struct flow *flow, const struct input *input, struct effect *effect)
{
    enum action action = flow->asked;
    flow->asked = ACTION_NONE;
    flow->say = (struct say){0};
    for (int i = 0; i < flow->last_crew_count; i++) {
        if (flow->last_crew[i].badge != input->found.worker.badge || !flow_may_undo(flow)) continue;
        if (action == ACTION_UNDO) {
            entry_undo(flow, effect);
        } else {
            entry_correct(flow);
            count_in_hand(flow, flow->asked_reason);
        }
        return true;
    }
    return false;
}

bool saved_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK:
        if (!super_goes_on(flow)) flow_home(flow);
        return true;
    case ACTION_BAD:
        if (!flow_may_undo(flow)) return false;
        entry_correct(flow);
        count_in_hand(flow, (int32_t)input->argument);
        return true;
    case ACTION_COUNT:
    case ACTION_NUMBER:
    case ACTION_LOOK: flow_home(flow); return idle_tap(flow, input, effect);
    default: return false;
    }
}
