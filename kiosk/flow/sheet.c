/* sheet.c - a sheet in hand: shown to whoever looks, and for who is signed in carried as far as it gets by itself. */
#include <string.h>

#include "kiosk/flow/step.h"

bool sheet_is_refused(const struct flow *flow)
{
    return !flow->is_made_before && (flow->sheet.is_stopped || flow->sheet.revision == REVISION_OLD);
}

static bool sheet_is_same(const struct sheet_ref *a, const struct sheet_ref *b)
{
    return line_ref_key(a->line) == line_ref_key(b->line) && a->rev == b->rev && a->copy == b->copy;
}

static void sheet_look(struct flow *flow, struct effect *effect)
{
    flow_go(flow, SCREEN_SHEET);
    if (flow->sheet.is_rush) effect->sound = SOUND_RUSH;
}

/* A label names one piece; where one is left there is nothing to ask. */
static void sheet_count(struct flow *flow)
{
    if (flow->sheet_code.kind == CODE_PIECE) {
        flow->count = 1;
        flow->is_count_final = true;
    } else if (flow->count == 0 && flow->bad_count == 0 && !flow->is_rework && !flow->is_made_before &&
               !flow->is_correcting && flow_left(flow) == 1) {
        flow->count = 1;
        flow->is_count_final = true;
    }
}

void sheet_report(struct flow *flow, struct effect *effect)
{
    if (sheet_is_refused(flow) && !flow->is_looking) {
        refused_sheet(flow, effect);
    } else if ((flow->crew_count == 0 && !flow->is_made_before) || flow->is_looking) {
        sheet_look(flow, effect);
    } else if (flow->op_count == 0 && !operation_choose(flow)) {
        flow_go(flow, SCREEN_OPERATION);
        if (flow->sheet.is_rush) effect->sound = SOUND_RUSH;
    } else if (question_is_replaced(flow)) {
        question_show(flow, QUESTION_REPLACED, effect);
    } else if (question_is_again(flow)) {
        question_show(flow, QUESTION_AGAIN, effect);
    } else if (check_is_due(flow)) {
        flow_go(flow, SCREEN_CHECK);
        effect->sound = SOUND_QUESTION;
    } else {
        sheet_count(flow);
        if (flow->is_count_final && flow->count > 0 && flow->crew_count > 0 && flow->bad_reason == 0) {
            entry_save(flow, effect);
            return;
        }
        flow_go(flow, SCREEN_COUNT);
        if (flow->sheet.is_rush) effect->sound = SOUND_RUSH;
    }
}

/* Another sheet takes the place of the one in hand; what a card said before any sheet was there stays. */
static void sheet_take(struct flow *flow, const struct input *input)
{
    bool is_new = flow->has_sheet || flow->is_correcting;
    flow->say = (struct say){0};
    if (is_new && !flow->is_correcting && flow->count > 0) {
        char order[LINE_REF_TEXT];
        line_ref_short(flow->sheet.ref.line, order);
        flow->say = say_text(SAY("flow.unsaved"), order);
    }
    bool is_looking = flow->is_looking && !is_new;
    if (is_new) flow_put_away(flow);
    flow->is_looking = is_looking;
    flow->is_replaced_seen = false;
    flow->has_sheet = true;
    flow->sheet = input->found.sheet;
    flow->age = input->found.age;
    flow->sheet_code = input->code;
    flow->is_typed = flow->is_typed || input->how == HOW_TYPED;
    flow->is_touched = flow->is_touched || input->how == HOW_TOUCHED;
    flow->begun_day = flow->state.day;
    memcpy(flow->begun_shift, flow->state.shift, sizeof flow->begun_shift);
    entry_code(flow, &input->code);
}

void sheet_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_same = flow->has_sheet && !flow->is_correcting && flow->sheet_code.kind == input->code.kind &&
                   flow->sheet_code.piece == input->code.piece &&
                   sheet_is_same(&flow->sheet.ref, &input->found.sheet.ref);
    if (is_same) { /* a nervous trigger: nothing changes but what is known of it */
        flow->sheet = input->found.sheet;
        flow->age = input->found.age;
        if (flow->screen != SCREEN_SHEET) return;
    } else if (flow->screen == SCREEN_QUESTION && flow->question == QUESTION_JOIN) {
        sheet_take(flow, input);
        flow->join_from = SCREEN_SHEET; /* who made it is asked first */
        return;
    } else {
        sheet_take(flow, input);
    }
    sheet_report(flow, effect);
}

void sheet_again(struct flow *flow, const struct found_sheet *sheet)
{
    if (flow->has_sheet && !flow->is_correcting && sheet_is_same(&flow->sheet.ref, &sheet->ref)) flow->sheet = *sheet;
}

bool sheet_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: flow_home(flow); return true;
    case ACTION_SAVE:
        if (flow->crew_count == 0) return false;
        flow->is_looking = false;
        sheet_report(flow, effect);
        return true;
    case ACTION_OP:
    case ACTION_OTHER: return operation_tap(flow, input, effect);
    case ACTION_COUNT: count_add(flow, input, effect); return true;
    case ACTION_BAD: return count_tap(flow, input, effect);
    case ACTION_LOOK: flow->is_looking = true; return true;
    case ACTION_MORE: flow->page_no++; return true;
    default: return false;
    }
}
