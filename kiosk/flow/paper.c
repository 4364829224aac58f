/* paper.c - work that was ticked on paper while no kiosk could be used, entered by a supervisor (补录): who, which sheet and
 * operation, how many, on which day, why, and a second person who vouches for it. */
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "kiosk/flow/step.h"

enum { PAPER_COUNT_DIGITS = 6 };

/* ---- What it still lacks */

enum paper_field flow_paper_lacks(const struct flow *flow)
{
    const struct flow_super *super = &flow->super;
    if (!super->has_worker) return PAPER_WORKER;
    if (!flow->has_sheet) return PAPER_SHEET;
    if (flow->op_count == 0) return PAPER_OP;
    if (flow->count < 1) return PAPER_COUNT;
    if (super->day == 0) return PAPER_DAY;
    if (super->why == 0) return PAPER_WHY;
    return super->has_second ? PAPER_FIELDS : PAPER_SECOND;
}

/* (texts: flow.why_paper_*, flow.why_mend_*) */
const char *flow_why(const struct flow *flow, int why)
{
    static const char *const WHYS[3][SUPER_WHYS] = {
        {"flow.why_paper_kiosk", "flow.why_paper_power",  "flow.why_paper_badge", "flow.why_paper_forgot",
         "flow.why_paper_lost",                                                                                                   "flow.why_paper_other" },
        {"flow.why_mend_count",  "flow.why_mend_sheet",   "flow.why_mend_op",     "flow.why_mend_who",     "flow.why_mend_twice",
         "flow.why_mend_other"                                                                                                                           },
        {"flow.why_object_less", "flow.why_object_count", "flow.why_object_op",   "flow.why_object_rate",
         "flow.why_object_bad",                                                                                                   "flow.why_object_share"}
    };
    int of = flow->super.duty == DUTY_OBJECT ? 2 : flow->super.duty == DUTY_MEND;
    return why < 1 || why > SUPER_WHYS ? "" : WHYS[of][why - 1];
}

void paper_show(struct flow *flow)
{
    flow->digits[0] = '\0';
    if (flow->super.day == 0) flow->super.day = flow->state.day;
    flow_go(flow, SCREEN_PAPER);
}

/* ---- Filling it in */

void paper_worker(struct flow *flow, const struct found_worker *worker)
{
    flow->super.worker = *worker;
    flow->super.has_worker = true;
    flow->say = (struct say){0};
    if (flow->super.has_second && flow->super.second.number == worker->number) flow->super.has_second = false;
}

/* Who enters it, and who is paid for it, can't vouch for it as well. */
static void paper_second(struct flow *flow, const struct found_worker *worker)
{
    if (worker->number == flow->crew[0].number || worker->number == flow->super.worker.number) {
        flow->say = SAY("flow.second_other");
        return;
    }
    flow->super.second = *worker;
    flow->super.has_second = true;
    flow->say = (struct say){0};
}

static void paper_sheet(struct flow *flow, const struct input *input)
{
    flow->op_count = 0;
    flow->count = 0;
    flow->is_made_before = false;
    flow->say = (struct say){0};
    flow->has_sheet = true;
    flow->sheet = input->found.sheet;
    flow->sheet_code = input->code;
    flow->is_typed = input->how == HOW_TYPED;
    entry_code(flow, &input->code);
    flow->is_made_before = sheet_is_refused(flow); /* it was made all the same: recorded, held */
    if (!operation_choose(flow)) flow->op_count = 0;
    if (input->code.kind == CODE_PIECE || flow_left(flow) == 1) flow->count = 1;
    flow->say = flow->is_made_before ? SAY("flow.held_before") : (struct say){0};
}

bool paper_scan(struct flow *flow, const struct input *input)
{
    const struct found_worker *worker = &input->found.worker;
    if (input->code.kind != CODE_BADGE) {
        paper_sheet(flow, input);
    } else if (worker->number == 0 || worker->is_revoked) {
        flow->say = SAY("flow.badge_nobody");
    } else if (!flow->super.has_worker) {
        paper_worker(flow, worker);
        entry_code(flow, &input->code);
    } else {
        paper_second(flow, worker);
        if (flow->super.has_second) entry_code(flow, &input->code);
    }
    paper_show(flow);
    return true;
}

/* The next row of the same paper: most of it stays. */
void paper_saved(struct flow *flow)
{
    flow->super.has_worker = false;
    flow->say = (struct say){0};
}

static struct say paper_held(const struct flow *flow)
{
    if (flow->super.worker.is_revoked) return say_text(SAY("flow.held_revoked"), flow->super.worker.name);
    return flow_held(flow, flow_op(flow, 0));
}

static void paper_save(struct flow *flow, struct effect *effect)
{
    const struct flow_super *super = &flow->super;
    struct event             event;
    memset(&event, 0, sizeof event);
    flow->say = paper_held(flow);
    event.kind = EVENT_REPORT;
    event.code_count = flow->code_count;
    memcpy(event.codes, flow->codes, sizeof event.codes);
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.badge = super->worker.badge, .number = super->worker.number, .share = 1};
    event.has_sheet = true;
    event.sheet = flow->sheet.ref;
    event.op = flow->ops[0];
    event.count = flow->count;
    if (flow->sheet_code.kind == CODE_PIECE && flow->count == 1) {
        event.piece_count = 1;
        event.pieces[0] = flow->sheet_code.piece;
    }
    event.before_stop = flow->is_made_before;
    event.tone = say_is_empty(&flow->say) ? TONE_GREEN : TONE_AMBER;
    event.shift_day = super->day; /* of an earlier day's shifts nobody knows which */
    if (super->day == flow->state.day) utf8_copy(event.shift, sizeof event.shift, flow->state.shift);
    event.second = super->second.number;
    utf8_copy(event.why, sizeof event.why, text_of(flow->lang, flow_why(flow, super->why)));
    flow->last_sheet = flow->sheet;
    super_send(flow, &event, effect);
}

static void pick_show(struct flow *flow, enum pick pick)
{
    flow->super.pick = pick;
    flow_go(flow, SCREEN_PICK);
}

static bool field_touch(struct flow *flow, int64_t field, struct effect *effect)
{
    flow->say = (struct say){0};
    switch (field) {
    case PAPER_WORKER: super_people(flow, effect); return true;
    case PAPER_SHEET: /* lost: its number is typed */
        flow->digits[0] = '\0';
        flow->lines.count = 0;
        flow_go(flow, SCREEN_NUMBER);
        return true;
    case PAPER_OP:
        if (flow->has_sheet && flow->sheet.op_count > 0) pick_show(flow, PICK_OP);
        return true;
    case PAPER_COUNT:
        flow->digits[0] = '\0';
        flow_go(flow, SCREEN_QUANTITY);
        return true;
    case PAPER_DAY: pick_show(flow, PICK_DAY); return true;
    case PAPER_WHY: pick_show(flow, PICK_WHY); return true;
    case PAPER_SECOND: flow->say = SAY("flow.paper_second"); return true;
    default: return false;
    }
}

bool paper_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: super_show(flow); return true;
    case ACTION_FIELD: return field_touch(flow, input->argument, effect);
    case ACTION_COUNT:
        if (input->argument < 1 || input->argument > FLOW_COUNT_MOST) return false;
        flow->count = (int32_t)input->argument;
        return true;
    case ACTION_SAVE:
    case ACTION_YES:
        if (flow_paper_lacks(flow) != PAPER_FIELDS) return field_touch(flow, flow_paper_lacks(flow), effect);
        paper_save(flow, effect);
        return true;
    default: return false;
    }
}

/* ---- One of several */

static void pick_done(struct flow *flow)
{
    if (flow->super.duty == DUTY_MEND)
        flow_go(flow, SCREEN_MEND);
    else
        paper_show(flow);
}

static bool pick_choose(struct flow *flow, int64_t what)
{
    switch (flow->super.pick) {
    case PICK_OP:
        for (int i = 0; i < flow->sheet.op_count; i++) {
            if (flow->sheet.ops[i].number != what) continue;
            flow->ops[0] = (int32_t)what;
            flow->op_count = 1;
            return true;
        }
        return false;
    case PICK_DAY:
        if (what < 0 || what >= PAPER_DAYS) return false;
        flow->super.day = flow->state.day - (int32_t)what;
        return true;
    case PICK_WHY:
        if (what < 1 || what > SUPER_WHYS) return false;
        flow->super.why = (int)what;
        return true;
    }
    return false;
}

bool pick_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_object = flow->super.duty == DUTY_OBJECT;
    switch ((int)input->action) {
    case ACTION_BACK:
        if (is_object)
            entries_show(flow, flow->super.skip, effect);
        else
            pick_done(flow);
        return true;
    case ACTION_MORE: flow->page_no++; return true;
    case ACTION_PICK:
        if (!pick_choose(flow, input->argument)) return false;
        if (is_object) {
            object_save(flow, effect);
            return true;
        }
        pick_done(flow);
        return true;
    default: return false;
    }
}

/* ---- How many */

bool quantity_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    size_t len = strlen(flow->digits);
    (void)effect;
    switch ((int)input->action) {
    case ACTION_BACK: pick_done(flow); return true;
    case ACTION_DIGIT:
        if (input->argument > 9 || len >= PAPER_COUNT_DIGITS || (len == 0 && input->argument == 0)) return true;
        digits_put(flow, (char)('0' + input->argument));
        return true;
    case ACTION_ERASE: digits_erase(flow, input->argument != 0); return true;
    case ACTION_COUNT:
        if (input->argument < 1 || input->argument > FLOW_COUNT_MOST) return false;
        flow->count = (int32_t)input->argument;
        pick_done(flow);
        return true;
    case ACTION_SAVE:
    case ACTION_YES:
        if (len == 0) return false;
        flow->count = (int32_t)strtol(flow->digits, NULL, 10);
        pick_done(flow);
        return true;
    default: return false;
    }
}
