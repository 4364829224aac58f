/* entry.c - the entry as an event, and its way to the disk.
 *
 * What the worker saw is what the event says: the tone is decided here, once, from what this kiosk knows. An entry of
 * several operations is several events, each on the disk before the next is made; green comes after the last. */
#include <assert.h>
#include <string.h>

#include "core/utf8.h"
#include "kiosk/flow/step.h"

void entry_code(struct flow *flow, const struct code *code)
{
    size_t len = strlen(code->digits);
    if (len != CODE_DIGITS) return; /* an answer by touch has none */
    int last = flow->code_count - 1;
    if (last >= 0 && strcmp(flow->codes[last], code->digits) == 0) return;
    if (flow->code_count == EVENT_CODES_MAX) { /* the newest say most */
        memmove(flow->codes[0], flow->codes[1], sizeof flow->codes - sizeof flow->codes[0]);
        flow->code_count--;
    }
    memcpy(flow->codes[flow->code_count++], code->digits, len + 1);
}

/* ---- Held? */

static struct say held_worker(const struct flow *flow)
{
    for (int i = 0; i < flow->crew_count; i++) {
        const struct found_worker *worker = &flow->crew[i];
        if (worker->is_revoked) return say_text(SAY("flow.held_revoked"), worker->name);
        if (!worker->is_known) return SAY("flow.held_badge");
    }
    return (struct say){0};
}

struct say flow_held(const struct flow *flow, const struct found_op *op)
{
    if (flow->is_made_before) return SAY("flow.held_before");
    if (flow->sheet.revision == REVISION_UNKNOWN) return SAY("flow.held_sheet");
    if (flow->sheet.revision == REVISION_NEWER) return say_int(SAY("flow.held_newer"), flow->sheet.ref.rev);
    struct say worker = held_worker(flow);
    if (!say_is_empty(&worker)) return worker;
    if (op == NULL) return SAY("flow.held_op");
    if (!flow->is_rework && flow->count > op->left)
        return say_int(say_int(SAY("flow.held_over"), op->left), flow->count);
    return (struct say){0};
}

/* ---- The event */

void entry_crew(struct event *event, const struct found_worker *crew, int count)
{
    bool is_one = count > 1;
    for (int i = 0; i < count; i++) is_one = is_one && strcmp(crew[i].crew, crew[0].crew) == 0;
    event->crew[0] = '\0';
    if (is_one) utf8_copy(event->crew, sizeof event->crew, crew[0].crew);
}

static void event_workers(struct event *event, const struct found_worker *crew, int count)
{
    for (int i = 0; i < count; i++)
        event->workers[i] = (struct event_worker){.badge = crew[i].badge, .number = crew[i].number, .share = 1};
    event->worker_count = count;
    entry_crew(event, crew, count);
}

struct event entry_begin(const struct flow *flow, enum event_kind kind, const struct found_worker *crew, int count)
{
    struct event event;
    memset(&event, 0, sizeof event);
    event.v = EVENT_VERSION;
    event.kind = kind;
    utf8_copy(event.station, sizeof event.station, flow->state.station);
    event.code_count = flow->code_count;
    memcpy(event.codes, flow->codes, sizeof event.codes);
    event.how = flow->is_typed ? HOW_TYPED : flow->is_touched ? HOW_TOUCHED : HOW_SCANNED;
    event.shift_day = flow->state.day;
    memcpy(event.shift, flow->state.shift, sizeof event.shift);
    event_workers(&event, crew, count);
    return event;
}

static struct event event_fact(const struct flow *flow, int op_at)
{
    enum event_kind kind = flow->is_correcting ? EVENT_CORRECT : EVENT_REPORT;
    struct event    event = entry_begin(flow, kind, flow->crew, flow->crew_count);
    struct say      held = flow_held(flow, flow_op(flow, op_at));
    event.shift_day = flow->begun_day;
    memcpy(event.shift, flow->begun_shift, sizeof event.shift);
    event.has_sheet = true;
    event.sheet = flow->sheet.ref;
    event.op = flow->ops[op_at];
    event.count = flow->count;
    if (flow->sheet_code.kind == CODE_PIECE) {
        event.piece_count = 1;
        event.pieces[0] = flow->sheet_code.piece;
    }
    event.bad_count = flow->bad_count;
    memcpy(event.bad, flow->bad, sizeof event.bad);
    event.rework = flow->is_rework;
    event.before_stop = flow->is_made_before;
    event.tone = say_is_empty(&held) ? TONE_GREEN : TONE_AMBER;
    if (flow->is_correcting) {
        const struct flow_last *last = &flow->lasts[flow->last_count - 1];
        event.has_refers = true;
        event.refers = last->name;
        event.piece_count = last->event.piece_count;
        memcpy(event.pieces, last->event.pieces, sizeof event.pieces);
    }
    return event;
}

void entry_send(struct flow *flow, const struct event *event, struct effect *effect)
{
    flow->saving = *event;
    flow_go(flow, SCREEN_SAVING);
    effect->save = true;
    effect->event = *event;
}

/* ---- Saving */

/* False: it was refused in words. */
static bool entry_is_whole(struct flow *flow, struct effect *effect)
{
    int32_t bad = flow_bad_total(flow);
    if (sheet_is_refused(flow) && !flow->is_correcting) {
        refused_sheet(flow, effect);
    } else if (flow->count < 1) {
        refused_show(flow, SAY("flow.zero"), SAY("flow.zero_next"), SCREEN_COUNT, effect);
    } else if (bad > flow->count) {
        refused_show(flow, say_int(say_int(SAY("flow.bad_over"), bad), flow->count), SAY("flow.bad_over_next"),
                     SCREEN_COUNT, effect);
    } else if (flow->crew_count == 0) {
        refused_show(flow, SAY("flow.nobody"), SAY("flow.nobody_next"), SCREEN_COUNT, effect);
    } else {
        return true;
    }
    return false;
}

void entry_save(struct flow *flow, struct effect *effect)
{
    assert(flow->has_sheet && flow->op_count > 0);
    flow->bad_reason = 0;
    if (!entry_is_whole(flow, effect)) return;
    flow->op_at = 0;
    if (!flow->is_correcting) {
        flow->last_count = 0;
        flow->last_sheet = flow->sheet;
        flow->last_crew_count = flow->crew_count;
        memcpy(flow->last_crew, flow->crew, sizeof flow->last_crew);
    }
    struct event event = event_fact(flow, 0);
    entry_send(flow, &event, effect);
}

/* The same people as those of the entry, whoever is signed in now: undo and correction are theirs. */
static void entry_as_last(struct flow *flow)
{
    flow->is_lent = flow->is_lent || flow->crew_count == 0;
    flow->crew_count = flow->last_crew_count;
    memcpy(flow->crew, flow->last_crew, sizeof flow->crew);
}

void entry_undo(struct flow *flow, struct effect *effect)
{
    const struct flow_last *last = &flow->lasts[flow->last_count - 1];
    entry_as_last(flow);
    struct event event = entry_begin(flow, EVENT_UNDO, flow->crew, flow->crew_count);
    event.has_sheet = true;
    event.sheet = last->event.sheet;
    event.op = last->event.op;
    event.tone = TONE_GREEN;
    event.has_refers = true;
    event.refers = last->name;
    entry_send(flow, &event, effect);
}

void entry_correct(struct flow *flow)
{
    const struct event *last = &flow->lasts[flow->last_count - 1].event;
    flow_put_away(flow);
    entry_as_last(flow);
    flow->say = (struct say){0};
    flow->is_correcting = flow->has_sheet = true;
    flow->sheet = flow->last_sheet;
    flow->sheet_code = (struct code){.kind = CODE_SHEET, .sheet = last->sheet};
    flow->begun_day = last->shift_day;
    memcpy(flow->begun_shift, last->shift, sizeof flow->begun_shift);
    flow->ops[0] = last->op;
    flow->op_count = 1;
    flow->count = last->count;
    flow->bad_count = last->bad_count;
    memcpy(flow->bad, last->bad, sizeof flow->bad);
    flow->is_rework = last->rework;
    flow->is_made_before = last->before_stop;
    flow_go(flow, SCREEN_COUNT);
}

/* One more operation of the entry, or one more of its events to undo; false: that was all. */
static bool entry_goes_on(struct flow *flow, struct effect *effect)
{
    if (flow->saving.kind == EVENT_UNDO && flow->last_count > 0) {
        entry_undo(flow, effect);
        return true;
    }
    if (flow->saving.kind != EVENT_REPORT || flow->op_at + 1 >= flow->op_count) return false;
    enum event_tone tone = flow->saving.tone;
    struct event    event = event_fact(flow, ++flow->op_at);
    entry_send(flow, &event, effect);
    if (tone == TONE_AMBER) flow->saving.tone = TONE_AMBER; /* the screen shows the gravest of all */
    return true;
}

void entry_saved(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (flow->screen != SCREEN_SAVING) return;
    if (stopped_is_about(&flow->saving)) {
        stopped_saved(flow, effect);
        return;
    }
    if (dock_is_about(flow)) {
        dock_saved(flow, input, effect);
        return;
    }
    struct flow_last last = {.event = flow->saving, .name = input->name, .seq = input->seq};
    flow->saved_seq = input->seq;
    flow->saved_name = input->name;
    if (super_saved(flow, effect)) return;
    if (flow->saving.kind == EVENT_UNDO) {
        flow->last_count--;
    } else if (flow->saving.kind == EVENT_CORRECT) {
        flow->lasts[flow->last_count - 1] = last; /* now the newest of its chain */
    } else {
        flow->lasts[flow->last_count++] = last;
    }
    flow->last_ms = flow->now_ms;
    flow->is_folded = false;
    if (!entry_goes_on(flow, effect)) saved_show(flow, effect);
}

void entry_not_saved(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (flow->screen != SCREEN_SAVING) return;
    if (super_not_saved(flow, effect, input->say)) return;
    if (dock_is_about(flow)) {
        dock_not_saved(flow, input, effect);
        return;
    }
    enum screen from = flow->has_sheet ? SCREEN_COUNT : SCREEN_IDLE; /* nothing that was keyed in is lost */
    if (flow->saving.kind == EVENT_REPORT && flow->op_at > 0) {      /* those before it are kept, and stay so */
        flow->op_count -= flow->op_at;
        memmove(flow->ops, &flow->ops[flow->op_at], (size_t)flow->op_count * sizeof flow->ops[0]);
    }
    flow->is_count_final = false;
    if (!flow->has_sheet) flow_put_away(flow);
    refused_show(flow, input->say, SAY("flow.not_saved_next"), from, effect);
}
