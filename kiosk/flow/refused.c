/* refused.c - red: nothing was saved; why, and what to do. It waits until touched, a card, or the next scan. */
#include "kiosk/flow/step.h"

void refused_show(struct flow *flow, struct say why, struct say next, enum screen from, struct effect *effect)
{
    flow->say = why;
    flow->next = next;
    flow->asked = ACTION_NONE;
    if (from != SCREEN_REFUSED) flow->from = from == SCREEN_SAVED ? SCREEN_IDLE : from;
    flow_go(flow, SCREEN_REFUSED);
    effect->sound = SOUND_REFUSED;
}

/* Stopped or void: not to be made. The sheet is put out of the hand, but what was made before is still a fact. */
void refused_sheet(struct flow *flow, struct effect *effect)
{
    const struct found_sheet *sheet = &flow->sheet;
    char                      order[LINE_REF_TEXT];
    struct say                why, next = SAY("flow.stopped_next");
    line_ref_short(sheet->ref.line, order);
    if (sheet->is_stopped) {
        char when[FLOW_WHEN_MAX];
        flow_when(flow, sheet->stop_ms, when);
        why = sheet->stop_why[0] != '\0' ? say_text(say_text(SAY("flow.stopped"), order), sheet->stop_why)
                                         : say_text(SAY("flow.stopped_plain"), order);
        if (sheet->stop_by[0] != '\0') next = say_text(say_text(SAY("flow.stopped_ask"), sheet->stop_by), when);
    } else {
        why = say_int(say_int(say_text(SAY("flow.void"), order), sheet->ref.rev), sheet->newest_rev);
        next = SAY("flow.void_next");
    }
    struct code code = flow->sheet_code;
    flow_put_away(flow);
    flow->sheet_code = code;
    entry_code(flow, &code);
    refused_show(flow, why, next, SCREEN_IDLE, effect);
    flow->can_made_before = true;
    if (sheet->is_stopped) effect->sound = SOUND_STOPPED;
}

void refused_leave(struct flow *flow)
{
    if (flow->can_made_before) {
        flow_home(flow);
        return;
    }
    flow->say = (struct say){0};
    flow_go(flow, flow->from);
}

bool refused_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (input->action == ACTION_MADE_BEFORE && flow->can_made_before) {
        flow->can_made_before = false;
        flow->has_sheet = flow->is_made_before = true;
        flow->say = (struct say){0};
        sheet_report(flow, effect);
        return true;
    }
    if (input->action != ACTION_BACK && input->action != ACTION_YES && input->action != ACTION_NO) return false;
    refused_leave(flow);
    return true;
}
