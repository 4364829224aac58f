/* question.c - questions that only a person can answer: again, or a mistake? join, or change? the old paper, or the new? */
#include "kiosk/flow/step.h"

void question_show(struct flow *flow, enum question question, struct effect *effect)
{
    flow_go(flow, SCREEN_QUESTION);
    flow->question = question;
    effect->sound = SOUND_QUESTION;
}

/* This kiosk's own last entry: also where the sheet came before the badge. */
static bool is_like_last(const struct flow *flow)
{
    if (flow->last_count == 0 || flow->now_ms - flow->last_ms >= FLOW_AGAIN_MS || !crew_is_last(flow)) return false;
    for (int i = 0; i < flow->last_count; i++) {
        const struct event *last = &flow->lasts[i].event;
        bool                is_piece = flow->sheet_code.kind == CODE_PIECE;
        if (line_ref_key(last->sheet.line) != line_ref_key(flow->sheet.ref.line)) continue;
        if (is_piece != (last->piece_count > 0) || (is_piece && last->pieces[0] != flow->sheet_code.piece)) continue;
        for (int k = 0; k < flow->op_count; k++)
            if (flow->ops[k] == last->op) return true;
    }
    return false;
}

/* Labels name their piece, so only the same label again is a question. */
bool question_is_again(const struct flow *flow)
{
    const struct found_again *again = &flow->sheet.again;
    if (flow->is_again || flow->is_correcting || flow->crew_count == 0) return false;
    if (is_like_last(flow)) return true;
    if (flow->sheet_code.kind == CODE_PIECE || !again->is_set || again->ago_ms >= FLOW_AGAIN_MS) return false;
    for (int k = 0; k < flow->op_count; k++)
        if (flow->ops[k] == again->op) return true;
    return false;
}

static bool again_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_YES:
        flow->is_again = true;
        sheet_report(flow, effect);
        return true;
    case ACTION_NO:
    case ACTION_BACK:
        flow_home(flow);
        flow->say = SAY("flow.again_no");
        return true;
    default: return false;
    }
}

/* Back to where it was asked, now that it is known who does it. */
static void join_done(struct flow *flow, struct effect *effect)
{
    if (flow->has_sheet && flow->join_from != SCREEN_COUNT) {
        flow_go(flow, SCREEN_SHEET);
        sheet_report(flow, effect);
    } else if (flow->has_sheet) {
        flow_go(flow, SCREEN_COUNT);
    } else if (flow->crew_count == 1) {
        worker_show(flow, 0, effect);
    } else {
        struct say joined = say_text(SAY("flow.joined"), flow->second.name);
        crew_show(flow, effect);
        flow->say = joined;
    }
}

static bool join_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_JOIN:
    case ACTION_YES:
        if (flow->crew_count == CREW_MAX) {
            refused_show(flow, say_int(SAY("flow.crew_full"), CREW_MAX), SAY("flow.crew_next"), flow->join_from,
                         effect);
            return true;
        }
        flow->has_pay = flow->is_opening = false;
        crew_prior(flow);
        crew_add(flow, &flow->second);
        join_done(flow, effect);
        return true;
    case ACTION_CHANGE:
    case ACTION_NO:
        worker_out(flow);
        crew_add(flow, &flow->second);
        if (flow->second.is_known) flow->lang = flow->second.lang;
        join_done(flow, effect);
        return true;
    case ACTION_BACK: {
        enum screen from = flow->join_from == SCREEN_SAVED ? SCREEN_IDLE : flow->join_from;
        flow_go(flow, from);
        return true;
    }
    default: return false;
    }
}

/* [R26] A paper in place of which another was printed. */
bool question_is_replaced(const struct flow *flow)
{
    return flow->sheet.replaced_by > 0 && !flow->is_replaced_seen && !flow->is_correcting && !flow->is_made_before &&
           flow->crew_count > 0 && flow->sheet_code.kind == CODE_SHEET;
}

static bool replaced_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_YES:
    case ACTION_COLLECT: stopped_hand_in(flow, input->how, effect); return true;
    case ACTION_NO:
        flow->is_replaced_seen = true;
        sheet_report(flow, effect);
        return true;
    case ACTION_BACK: flow_home(flow); return true;
    default: return false;
    }
}

bool question_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (flow->question == QUESTION_REPLACED) return replaced_tap(flow, input, effect);
    return flow->question == QUESTION_JOIN ? join_tap(flow, input, effect) : again_tap(flow, input, effect);
}
