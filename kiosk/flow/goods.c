/* goods.c - finished doors come in, are moved to another place, counted, or come back [R33], [R34]; and how many of a line:
 * kiosk/flow/dock.h. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/flow/step.h"

static enum event_kind goods_kind(enum goods goods)
{
    static const enum event_kind KINDS[GOODS] = {[GOODS_IN] = EVENT_PACK,
                                                 [GOODS_TRANSFER] = EVENT_TRANSFER,
                                                 [GOODS_COUNT] = EVENT_COUNT,
                                                 [GOODS_RETURN] = EVENT_RETURN};
    assert(goods < GOODS);
    return KINDS[goods];
}

/* ---- Held, and sent */

static struct say door_held(const struct flow *flow, enum event_kind kind, int32_t count)
{
    const struct flow_dock *dock = &flow->dock;
    for (int i = 0; i < flow->crew_count; i++) {
        if (flow->crew[i].is_revoked) return say_text(SAY("flow.held_revoked"), flow->crew[i].name);
        if (!flow->crew[i].is_known) return SAY("flow.held_badge");
    }
    if (kind == EVENT_LOAD) return (struct say){0}; /* the note knows the door */
    if (dock->sheet.revision == REVISION_UNKNOWN) return SAY("flow.held_sheet");
    if (dock->sheet.revision == REVISION_NEWER) return say_int(SAY("flow.held_newer"), dock->sheet.ref.rev);
    if (kind == EVENT_PACK && dock->door.in - dock->door.out + count > dock->sheet.quantity) {
        int64_t room = dock->sheet.quantity - (dock->door.in - dock->door.out);
        return say_int(say_int(SAY("flow.held_in_over"), room > 0 ? room : 0), count);
    }
    return (struct say){0};
}

static void code_put(struct event *event, const struct code *code)
{
    if (strlen(code->digits) == CODE_DIGITS) memcpy(event->codes[event->code_count++], code->digits, CODE_DIGITS + 1);
}

void dock_send(struct flow *flow, enum event_kind kind, int32_t count, struct effect *effect)
{
    const struct flow_dock *dock = &flow->dock;
    struct event            event = entry_begin(flow, kind, flow->crew, flow->crew_count);
    flow->say = door_held(flow, kind, count);
    event.tone = say_is_empty(&flow->say) ? TONE_GREEN : TONE_AMBER;
    event.has_sheet = true;
    event.sheet = dock->sheet.ref;
    event.count = count;
    event.code_count = 0;
    if (dock->code.kind == CODE_PIECE && kind != EVENT_COUNT) {
        event.piece_count = 1;
        event.pieces[0] = dock->code.piece;
    }
    if (kind == EVENT_LOAD) {
        note_ref_write(dock->note.key, event.note);
        code_put(&event, &dock->paper);
    } else if (dock->place.digits[0] != '\0') {
        event.place = dock->place.place;
        code_put(&event, &dock->place);
    }
    code_put(&event, &dock->code);
    entry_send(flow, &event, effect);
}

/* ---- A door, without a note */

/* Who does it isn't known yet: the door waits for a badge. */
bool dock_waits_for_badge(struct flow *flow, enum screen screen, struct effect *effect)
{
    char order[LINE_REF_TEXT];
    if (flow->crew_count > 0) return false;
    line_ref_short(flow->dock.sheet.ref.line, order);
    flow_go(flow, screen);
    flow->say = say_text(SAY("flow.door_badge"), order);
    effect->sound = SOUND_QUESTION;
    return true;
}

static bool goods_is_refused(struct flow *flow, struct effect *effect)
{
    const struct flow_dock *dock = &flow->dock;
    char                    order[LINE_REF_TEXT];
    enum screen from = dock->goods == GOODS_IN && dock->place.digits[0] == '\0' ? SCREEN_IDLE : SCREEN_GOODS;
    line_ref_short(dock->sheet.ref.line, order);
    if (dock->goods != GOODS_IN) return false; /* what stands here can be moved and counted, stopped or not */
    if (dock->sheet.is_stopped) {
        struct say why = dock->sheet.stop_why[0] != '\0'
                             ? say_text(say_text(SAY("flow.in_stopped"), order), dock->sheet.stop_why)
                             : say_text(SAY("flow.in_stopped_plain"), order);
        refused_show(flow, why, SAY("flow.in_stopped_next"), from, effect);
        effect->sound = SOUND_STOPPED;
    } else if (dock->sheet.revision == REVISION_OLD) {
        struct say why =
            say_int(say_int(say_text(SAY("flow.in_void"), order), dock->sheet.ref.rev), dock->sheet.newest_rev);
        refused_show(flow, why, SAY("flow.in_void_next"), from, effect);
    } else if (dock->door.last == EVENT_PACK || dock->door.last == EVENT_RETURN) {
        char when[FLOW_WHEN_MAX];
        flow_when(flow, dock->door.last_ms, when);
        refused_show(flow, say_text(say_int(say_text(SAY("flow.in_twice"), order), dock->code.piece), when),
                     SAY("flow.in_twice_next"), from, effect);
    } else {
        return false;
    }
    return true;
}

/* Moving and counting say where. */
static bool waits_for_place(struct flow *flow, struct effect *effect)
{
    const struct flow_dock *dock = &flow->dock;
    bool                    needs = dock->goods == GOODS_TRANSFER || dock->goods == GOODS_COUNT;
    if (!needs || dock->place.digits[0] != '\0') return false;
    flow_go(flow, SCREEN_GOODS);
    flow->say = dock->goods == GOODS_COUNT ? SAY("flow.place_counted") : SAY("flow.place_new");
    effect->sound = SOUND_QUESTION;
    return true;
}

void goods_go(struct flow *flow, struct effect *effect)
{
    struct flow_dock *dock = &flow->dock;
    if (goods_is_refused(flow, effect)) {
        dock->has_door = false;
        return;
    }
    if (waits_for_place(flow, effect) || dock_waits_for_badge(flow, SCREEN_GOODS, effect)) return;
    if (dock->goods != GOODS_COUNT && (dock->code.kind == CODE_PIECE || flow_doors_proposed(flow) == 1))
        dock_send(flow, goods_kind(dock->goods), 1, effect);
    else
        dock_ask(flow);
}

/* ---- Places, and what is done */

bool dock_place_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    struct flow_dock *dock = &flow->dock;
    if (!flow->state.is_dock || dock->has_note) return false;
    bool has_door = dock->has_door && flow->screen != SCREEN_DOORS;
    flow_put_away(flow);
    flow->say = (struct say){0};
    dock->place = input->code;
    memcpy(dock->place_name, input->found.place_name, sizeof dock->place_name);
    dock->has_door = has_door;
    if (has_door)
        goods_go(flow, effect);
    else
        flow_go(flow, SCREEN_GOODS);
    return true;
}

bool goods_begin(struct flow *flow, int64_t goods)
{
    if (!flow->state.is_dock || goods < 0 || goods >= GOODS) return false;
    flow_put_away(flow);
    dock_leave(flow);
    flow->say = (struct say){0};
    flow->dock.goods = (enum goods)goods;
    flow_go(flow, SCREEN_GOODS);
    return true;
}

bool goods_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    (void)effect;
    if (input->action != ACTION_BACK) return false;
    flow_home(flow);
    return true;
}

/* ---- How many doors of a line */

void dock_ask(struct flow *flow)
{
    flow->digits[0] = '\0';
    flow->count = 0;
    flow->say = (struct say){0};
    flow_go(flow, SCREEN_DOORS);
}

/* A count is proposed by nobody: whoever counts shall count. */
int64_t flow_doors_proposed(const struct flow *flow)
{
    const struct flow_dock *dock = &flow->dock;
    int64_t                 here = dock->door.in - dock->door.out;
    if (dock->has_note) {
        for (int i = 0; i < dock->note.line_count; i++)
            if (line_ref_key(dock->note.lines[i].line) == line_ref_key(dock->sheet.ref.line))
                return flow_note_left(&dock->note.lines[i]);
        return 0;
    }
    switch (dock->goods) {
    case GOODS_IN: return dock->sheet.quantity > dock->door.in ? dock->sheet.quantity - dock->door.in : 0;
    case GOODS_TRANSFER: return here > 0 ? here : 0;
    case GOODS_COUNT:
    case GOODS_RETURN:
    case GOODS: break;
    }
    return 0;
}

/* Nothing there is a count too, once somebody has said so. */
static bool may_be_none(const struct flow *flow)
{
    return flow->dock.goods == GOODS_COUNT && !flow->dock.has_note;
}

static bool is_none_said(const struct flow *flow)
{
    return may_be_none(flow) && strcmp(flow->digits, "0") == 0;
}

static bool doors_set(struct flow *flow, int64_t count, struct effect *effect)
{
    if (count < 1 && !(count == 0 && is_none_said(flow))) {
        refused_show(flow, SAY("flow.zero"), SAY("flow.zero_next"), SCREEN_DOORS, effect);
        return false;
    }
    if (count > FLOW_COUNT_MOST) {
        flow->digits[0] = '\0';
        refused_show(flow, say_int(SAY("flow.many"), FLOW_COUNT_MOST), SAY("flow.many_next"), SCREEN_DOORS, effect);
        return false;
    }
    flow->count = (int32_t)count;
    return true;
}

static void doors_save(struct flow *flow, struct effect *effect)
{
    struct flow_dock *dock = &flow->dock;
    if (!doors_set(flow, flow->count, effect)) return;
    if (dock->has_note) {
        dock_load(flow, flow->count, effect);
        return;
    }
    dock->books =
        dock->goods == GOODS_COUNT && dock->sheet.revision != REVISION_UNKNOWN ? dock->door.in - dock->door.out : -1;
    dock_send(flow, goods_kind(dock->goods), flow->count, effect);
}

/* His own badge once more saves what was keyed in. */
void doors_badge(struct flow *flow, bool is_his, struct effect *effect)
{
    if (is_his && (flow->count > 0 || is_none_said(flow))) doors_save(flow, effect);
}

bool doors_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    size_t  len = strlen(flow->digits);
    int64_t all = input->argument > 0 ? input->argument : flow_doors_proposed(flow);
    switch ((int)input->action) {
    case ACTION_BACK:
        flow_put_away(flow);
        dock_goes_on(flow);
        return true;
    case ACTION_DIGIT:
        if (is_none_said(flow)) len = 0; /* 0 and 5 are 5 */
        if (input->argument > 9 || len >= DOCK_DIGITS_MAX) return true;
        if (len == 0 && input->argument == 0 && !may_be_none(flow)) return true;
        flow->digits[len] = '\0';
        digits_put(flow, (char)('0' + input->argument));
        flow->count = (int32_t)strtol(flow->digits, NULL, 10);
        return true;
    case ACTION_ERASE:
        digits_erase(flow, input->argument != 0);
        flow->count = (int32_t)strtol(flow->digits, NULL, 10);
        return true;
    case ACTION_COUNT:
        if (input->argument == 0 && may_be_none(flow)) memcpy(flow->digits, "0", 2);
        if (doors_set(flow, input->argument, effect)) doors_save(flow, effect);
        return true;
    case ACTION_ALL:
        if (all < 1) return false;
        if (doors_set(flow, all, effect)) doors_save(flow, effect);
        return true;
    case ACTION_SAVE:
    case ACTION_YES: doors_save(flow, effect); return true;
    default: return false;
    }
}
