/* mend.c - an older entry of this kiosk is undone, or its number corrected, by a supervisor with a reason. */
#include <string.h>

#include "core/utf8.h"
#include "kiosk/flow/step.h"

/* ---- Which one */

void entries_show(struct flow *flow, int skip, struct effect *effect)
{
    flow->super.skip = skip;
    flow->super.has_target = false;
    flow->super.why = 0;
    flow->count = 0;
    flow->say = (struct say){0};
    if (flow->page.worker != flow->super.worker.number) memset(&flow->page, 0, sizeof flow->page);
    flow_go(flow, SCREEN_ENTRIES);
    effect->ask_page = true;
    effect->worker = flow->super.worker.number;
    effect->skip = skip;
}

int flow_entries_most(const struct flow *flow)
{
    return SUPER_ENTRIES - (flow->super.duty == DUTY_OBJECT ? flow->page.blame_count : 0);
}

/* An objection is to what others' entries say of him as well: those come first. */
static const struct found_entry *object_entry(const struct flow *flow, int64_t at)
{
    if (at < flow->page.blame_count) return &flow->page.blames[at];
    at -= flow->page.blame_count;
    bool can = at < flow->page.count && flow->page.entries[at].state != ENTRY_UNDONE;
    return can ? &flow->page.entries[at] : NULL;
}

static bool entry_choose(struct flow *flow, int64_t at, struct effect *effect)
{
    if (at < 0 || at >= SUPER_ENTRIES) return false;
    if (flow->super.duty == DUTY_OBJECT) {
        const struct found_entry *entry = object_entry(flow, at);
        if (entry != NULL) object_choose(flow, entry);
        return entry != NULL;
    }
    if (at >= flow->page.count || flow->page.entries[at].state == ENTRY_UNDONE) return false;
    flow->super.entry = flow->page.entries[at];
    flow->count = flow->super.entry.count;
    flow_go(flow, SCREEN_MEND);
    effect->ask_event = true;
    effect->name = flow->super.entry.name;
    return true;
}

bool entries_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK:
        if (flow->super.duty == DUTY_OBJECT)
            object_back(flow, effect);
        else
            super_people(flow, effect);
        return true;
    case ACTION_MORE:
        entries_show(flow, flow->page.count > flow_entries_most(flow) ? flow->super.skip + flow_entries_most(flow) : 0,
                     effect);
        return true;
    case ACTION_PICK: return entry_choose(flow, input->argument, effect);
    default: return false;
    }
}

/* ---- What becomes of it */

void mend_event(struct flow *flow, const struct input *input)
{
    bool is_it = flow->super.duty == DUTY_MEND && hash_equal(&input->name, &flow->super.entry.name);
    if (!is_it) return;
    flow->super.has_target = input->is_good;
    flow->super.target = input->event;
    if (!input->is_good) flow->say = input->say;
}

static void mend_why(struct flow *flow)
{
    flow->super.pick = PICK_WHY;
    flow_go(flow, SCREEN_PICK);
}

/* For the green screen: what the entry's sheet says of the operation. */
static void last_sheet_note(struct flow *flow)
{
    struct found_op op = {.number = flow->super.entry.op};
    memcpy(op.name, flow->super.entry.op_name, sizeof op.name);
    flow->last_sheet = (struct found_sheet){.ref = flow->super.entry.sheet, .op_count = 1};
    flow->last_sheet.ops[0] = op;
}

/* An undo names nobody: whoever made the entry, it is cancelled by the supervisor. A correction says all of it anew, on its
 * own day. */
static void mend_save(struct flow *flow, enum event_kind kind, struct effect *effect)
{
    const struct event *target = &flow->super.target;
    struct event        event;
    memset(&event, 0, sizeof event);
    if (kind == EVENT_CORRECT) {
        event.worker_count = target->worker_count;
        memcpy(event.workers, target->workers, sizeof event.workers);
        memcpy(event.crew, target->crew, sizeof event.crew);
        event.count = flow->count;
        event.bad_count = target->bad_count;
        memcpy(event.bad, target->bad, sizeof event.bad);
        event.rework = target->rework;
        event.before_stop = target->before_stop;
        event.shift_day = target->shift_day;
    }
    event.kind = kind;
    event.has_sheet = target->has_sheet;
    event.sheet = target->sheet;
    event.op = target->op;
    event.has_refers = true;
    event.refers = flow->super.entry.name;
    utf8_copy(event.why, sizeof event.why, text_of(flow->lang, flow_why(flow, flow->super.why)));
    last_sheet_note(flow);
    flow->say = (struct say){0};
    super_send(flow, &event, effect);
}

static bool mend_count(struct flow *flow, struct effect *effect)
{
    int32_t bad = event_bad_total(&flow->super.target);
    if (flow->super.target.piece_count > 0) return false; /* a label is one piece */
    if (flow->count == flow->super.entry.count) {
        flow->digits[0] = '\0';
        flow_go(flow, SCREEN_QUANTITY);
    } else if (flow->count < bad) {
        refused_show(flow, say_int(say_int(SAY("flow.bad_over"), bad), flow->count), SAY("flow.bad_over_next"),
                     SCREEN_QUANTITY, effect);
        flow->count = flow->super.entry.count;
    } else {
        mend_save(flow, EVENT_CORRECT, effect);
    }
    return true;
}

bool mend_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_ready = flow->super.has_target && flow->super.why != 0;
    switch ((int)input->action) {
    case ACTION_BACK: entries_show(flow, flow->super.skip, effect); return true;
    case ACTION_FIELD:
        if (input->argument != PAPER_COUNT || !flow->super.has_target || flow->super.target.piece_count > 0)
            return false;
        flow->digits[0] = '\0';
        flow_go(flow, SCREEN_QUANTITY);
        return true;
    case ACTION_PICK: mend_why(flow); return true;
    case ACTION_UNDO:
        if (is_ready)
            mend_save(flow, EVENT_UNDO, effect);
        else if (flow->super.has_target)
            mend_why(flow);
        return true;
    case ACTION_SAVE:
        if (is_ready) return mend_count(flow, effect);
        if (flow->super.has_target) mend_why(flow);
        return true;
    default: return false;
    }
}
