/* dock.c - a delivery note in hand, and the doors that are loaded by it [R36], [R16b]: kiosk/flow/dock.h.
 *
 * Nothing is loaded that the note doesn't ask for, and nothing by a note that this kiosk doesn't know, or that isn't paid:
 * such a door is refused, red, and not recorded. What was loaded before the kiosk heard is a fact, and kept. */
#include "kiosk/flow/dock.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/flow/step.h"

/* ---- What stands */

static struct found_note_line *note_line(struct flow *flow, struct line_ref line)
{
    struct found_note *note = &flow->dock.note;
    for (int i = 0; i < note->line_count; i++)
        if (line_ref_key(note->lines[i].line) == line_ref_key(line)) return &note->lines[i];
    return NULL;
}

int64_t flow_note_left(const struct found_note_line *line)
{
    return line->asked > line->loaded ? line->asked - line->loaded : 0;
}

bool flow_is_dock_screen(const struct flow *flow)
{
    return flow->screen >= SCREEN_NOTE && flow->screen <= SCREEN_MOVED;
}

enum event_tone dock_tone(const struct flow *flow)
{
    if (flow->dock.note.state == NOTE_VOID || flow->dock.note.state == NOTE_SHUT) return TONE_RED;
    return flow->dock.is_news ? TONE_GREEN : TONE_NONE;
}

void dock_put_away(struct flow *flow)
{
    flow->dock.has_door = false;
}

/* Home: the note is out of the hand too, and doors mean again that they come in. */
void dock_leave(struct flow *flow)
{
    flow->dock.has_note = flow->dock.has_door = flow->dock.is_news = false;
    flow->dock.goods = GOODS_IN;
    flow->dock.place.digits[0] = '\0';
}

/* ---- A note comes into the hand */

static void note_refuse(struct flow *flow, struct say why, struct say next, struct effect *effect)
{
    refused_show(flow, why, next, flow->dock.has_note ? SCREEN_NOTE : SCREEN_IDLE, effect);
}

static bool note_is_refused(struct flow *flow, const struct found_note *note, const struct code *paper,
                            struct effect *effect)
{
    char number[NOTE_REF_TEXT];
    note_ref_write(note->key, number);
    if (note->state == NOTE_UNKNOWN) {
        note_refuse(flow, say_text(SAY("flow.note_unknown"), number),
                    flow->state.is_online ? SAY("flow.note_unknown_next") : SAY("flow.note_offline_next"), effect);
    } else if (note->state == NOTE_CLOSED) {
        note_refuse(flow, say_text(SAY("flow.note_closed"), number), SAY("flow.note_closed_next"), effect);
    } else if (strlen(paper->digits) == CODE_DIGITS && paper->note.copy < note->copy) {
        struct say why = say_int(say_int(say_text(SAY("flow.note_copy"), number), paper->note.copy), note->copy);
        note_refuse(flow, why, SAY("flow.note_copy_next"), effect);
    } else {
        return false;
    }
    return true;
}

static void note_take(struct flow *flow, const struct found *found, const struct code *paper, struct effect *effect)
{
    struct flow_dock *dock = &flow->dock;
    if (note_is_refused(flow, &found->note, paper, effect)) return;
    dock_leave(flow);
    dock->has_note = true;
    dock->note = found->note;
    dock->age = found->age;
    dock->paper = *paper;
    dock->page = 0;
    flow_go(flow, SCREEN_NOTE);
    if (flow->tone == TONE_RED) effect->sound = SOUND_REFUSED;
}

bool dock_note_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (!flow->state.is_dock) return false;
    flow_put_away(flow);
    flow->say = (struct say){0};
    if (input->how == HOW_TYPED) flow->is_typed = true;
    note_take(flow, &input->found, &input->code, effect);
    return true;
}

/* A row of the list was touched, or the note in hand was looked up again. */
void dock_note_take(struct flow *flow, const struct found *found, struct effect *effect)
{
    struct flow_dock        *dock = &flow->dock;
    static const struct code nothing;
    if (!dock->has_note) {
        if (flow->screen == SCREEN_IDLE && flow->state.is_dock) note_take(flow, found, &nothing, effect);
        return;
    }
    if (found->note.key != dock->note.key) return;
    enum note_state was = dock->note.state;
    dock->note = found->note;
    dock->age = found->age;
    if (dock->note.state == NOTE_UNKNOWN) dock->note.state = NOTE_CLOSED; /* gone: long over */
    if (dock->note.state == was) return;
    dock->is_news = dock->note.state == NOTE_OPEN;
    bool is_shown = flow->screen == SCREEN_NOTE || flow->screen == SCREEN_LEFT;
    effect->sound = dock->is_news ? SOUND_SAVED : SOUND_STOPPED;
    flow->is_resting = false;
    if (is_shown) flow_go(flow, SCREEN_NOTE);
}

bool dock_note_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (!flow->state.is_dock || input->argument <= 0) return false;
    flow_home(flow);
    effect->ask_note = input->argument;
    return true;
}

/* ---- A door is to be loaded */

/* The note itself forbids it. */
static bool note_forbids(const struct flow *flow, struct say *why, struct say *next)
{
    const struct found_note *note = &flow->dock.note;
    char                     number[NOTE_REF_TEXT];
    note_ref_write(note->key, number);
    switch (note->state) {
#ifdef PLANT_LOAD_VOID /* nobody minds that the note is void */
    case NOTE_VOID:
#endif
    case NOTE_OPEN: return false;
    case NOTE_SHUT:
        *why = say_text(SAY("flow.note_shut"), number);
        *next = SAY("flow.note_shut_next");
        return true;
#ifndef PLANT_LOAD_VOID
    case NOTE_VOID:
        *why = say_text(SAY("flow.note_void"), number);
        *next = SAY("flow.note_void_next");
        return true;
#endif
    case NOTE_UNKNOWN:
    case NOTE_CLOSED: break;
    }
    *why = say_text(SAY("flow.note_closed"), number);
    *next = SAY("flow.note_closed_next");
    return true;
}

static bool wrong_door(struct flow *flow, const struct found_note_line *line, struct say *why, struct say *next)
{
    const struct flow_dock *dock = &flow->dock;
    char                    order[LINE_REF_TEXT], asked[LINE_REF_TEXT];
    line_ref_short(dock->sheet.ref.line, order);
    line_ref_short(dock->note.order, asked);
    if (line == NULL) {
        bool is_order = dock->sheet.ref.line.yymm == dock->note.order.yymm &&
                        dock->sheet.ref.line.serial == dock->note.order.serial;
        *why = is_order ? say_text(SAY("flow.door_line"), order)
                        : say_text(say_text(SAY("flow.door_order"), order), asked);
    } else if (line->rev != dock->sheet.ref.rev) {
        *why = say_int(say_int(say_text(SAY("flow.door_rev"), order), dock->sheet.ref.rev), line->rev);
    } else if (!dock->door.is_named) {
        *why = say_int(say_text(SAY("flow.door_piece"), order), dock->code.piece);
    } else {
        return false;
    }
    *next = line != NULL && line->rev != dock->sheet.ref.rev ? SAY("flow.door_rev_next") : SAY("flow.door_next");
    return true;
}

/* Why this door isn't loaded; false: it is. */
static bool load_is_refused(struct flow *flow, struct say *why, struct say *next, enum sound *sound)
{
    struct flow_dock             *dock = &flow->dock;
    const struct found_note_line *line = note_line(flow, dock->sheet.ref.line);
    char                          order[LINE_REF_TEXT];
    line_ref_short(dock->sheet.ref.line, order);
    *sound = SOUND_REFUSED;
    if (note_forbids(flow, why, next) || wrong_door(flow, line, why, next)) return true;
    if (line->is_stopped || dock->sheet.is_stopped) {
        *why = dock->sheet.stop_why[0] != '\0'
                   ? say_text(say_text(SAY("flow.door_stopped"), order), dock->sheet.stop_why)
                   : say_text(SAY("flow.door_stopped_plain"), order);
        *next = SAY("flow.door_stopped_next");
        *sound = SOUND_STOPPED;
        return true;
    }
    if (dock->door.last == EVENT_LOAD) {
        char when[FLOW_WHEN_MAX], number[NOTE_REF_TEXT];
        flow_when(flow, dock->door.last_ms, when);
        note_ref_write(dock->door.last_note, number);
        *why = say_int(say_text(SAY("flow.door_elsewhere"), order), dock->code.piece);
        if (dock->door.last_ms != 0)
            *why = say_text(say_int(say_text(SAY("flow.door_twice"), order), dock->code.piece), when);
        *next = say_text(SAY("flow.door_twice_next"), number);
        return true;
    }
    if (flow_note_left(line) > 0) return false;
    *why = say_int(say_int(say_text(SAY("flow.door_over"), order), line->asked), line->loaded);
    *next = SAY("flow.door_over_next");
    return true;
}

static void load_go(struct flow *flow, struct effect *effect)
{
    struct say why, next;
    enum sound sound;
    if (load_is_refused(flow, &why, &next, &sound)) {
        flow->dock.has_door = false;
        refused_show(flow, why, next, SCREEN_NOTE, effect);
        effect->sound = sound;
        return;
    }
    int64_t left = flow_note_left(note_line(flow, flow->dock.sheet.ref.line));
    if (dock_waits_for_badge(flow, SCREEN_NOTE, effect)) return;
    if (flow->dock.code.kind == CODE_PIECE || left == 1)
        dock_send(flow, EVENT_LOAD, 1, effect);
    else
        dock_ask(flow);
}

/* How many of the line are said. */
void dock_load(struct flow *flow, int32_t count, struct effect *effect)
{
    const struct found_note_line *line = note_line(flow, flow->dock.sheet.ref.line);
    struct say                    why, next;
    enum sound                    sound;
    char                          order[LINE_REF_TEXT];
    if (load_is_refused(flow, &why, &next, &sound)) {
        flow->dock.has_door = false;
        refused_show(flow, why, next, SCREEN_NOTE, effect);
        effect->sound = sound;
        return;
    }
    line_ref_short(line->line, order);
    if (count > flow_note_left(line)) {
        why = say_int(say_int(say_int(say_text(SAY("flow.door_many"), order), line->asked), line->loaded), count);
        refused_show(flow, why, SAY("flow.door_over_next"), SCREEN_DOORS, effect);
        return;
    }
    dock_send(flow, EVENT_LOAD, count, effect);
}

/* A sheet or a label, typed or scanned; false: it isn't the dock's. */
bool dock_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    struct flow_dock *dock = &flow->dock;
    if (!flow->state.is_dock || flow->is_looking) return false;
    flow_put_away(flow);
    flow->say = (struct say){0};
    flow->is_typed = input->how == HOW_TYPED;
    dock->is_news = false;
    dock->has_door = true;
    dock->code = input->code;
    dock->sheet = input->found.sheet;
    dock->door = input->found.door;
    dock_go_on(flow, effect);
    return true;
}

/* With the door in hand, as far as it gets by itself. */
void dock_go_on(struct flow *flow, struct effect *effect)
{
    if (flow->dock.has_note)
        load_go(flow, effect);
    else
        goods_go(flow, effect);
}

/* ---- Loading is over */

static void note_end(struct flow *flow, struct effect *effect)
{
    char number[NOTE_REF_TEXT];
    flow_put_away(flow);
    struct event event = entry_begin(flow, EVENT_NOTE, flow->crew, flow->crew_count);
    event.tone = TONE_GREEN;
    note_ref_write(flow->dock.note.key, number);
    snprintf(event.note, sizeof event.note, "%s done", number);
    event.code_count = 0;
    if (strlen(flow->dock.paper.digits) == CODE_DIGITS)
        memcpy(event.codes[event.code_count++], flow->dock.paper.digits, CODE_DIGITS + 1);
    entry_send(flow, &event, effect);
}

bool left_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK:
    case ACTION_NO:
        flow->say = (struct say){0};
        flow_go(flow, SCREEN_NOTE);
        return true;
    case ACTION_MORE: flow->page_no++; return true;
    case ACTION_CLOSE:
    case ACTION_SAVE:
    case ACTION_YES:
        if (flow->crew_count == 0) {
            flow->say = SAY("flow.left_badge");
            effect->sound = SOUND_QUESTION;
            return true;
        }
        note_end(flow, effect);
        return true;
    default: return false;
    }
}

/* By a card too: of a note that never was loaded nothing can be over, and the money may still come. */
static bool end_is_refused(struct flow *flow, struct effect *effect)
{
    struct say why, next;
    int64_t    loaded = 0;
    for (int i = 0; i < flow->dock.note.line_count; i++) loaded += flow->dock.note.lines[i].loaded;
    if (loaded > 0 || !note_forbids(flow, &why, &next)) return false;
    refused_show(flow, why, next, SCREEN_NOTE, effect);
    return true;
}

bool note_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    flow->dock.is_news = false;
    flow->tone = dock_tone(flow);
    switch ((int)input->action) {
    case ACTION_BACK: flow_home(flow); return true;
    case ACTION_MORE: flow->dock.page = ++flow->page_no; return true;
    case ACTION_CLOSE:
        flow_put_away(flow);
        flow->say = (struct say){0};
        if (end_is_refused(flow, effect)) return true;
        flow_go(flow, SCREEN_LEFT);
        return true;
    default: return false;
    }
}

/* ---- Badges */

bool dock_badge(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (!flow_is_dock_screen(flow)) return false;
    const struct found_worker *worker = &input->found.worker;
    bool                       is_his = worker_at(flow, worker) >= 0;
    if (!is_his) {
        worker_out(flow);
        crew_add(flow, worker);
        if (worker->is_known) flow->lang = worker->lang;
    }
    flow->say = (struct say){0};
    flow->dock.is_news = false;
    if (flow->screen == SCREEN_LEFT)
        note_end(flow, effect);
    else if (flow->screen == SCREEN_DOORS)
        doors_badge(flow, is_his, effect);
    else if (flow->dock.has_door)
        dock_go_on(flow, effect);
    else if (flow->screen == SCREEN_MOVED)
        dock_goes_on(flow);
    else
        flow->tone = flow->screen == SCREEN_NOTE ? dock_tone(flow) : TONE_NONE;
    return true;
}

/* ---- Kept */

/* An event of the dock, or the undo of one. */
bool dock_is_about(const struct flow *flow)
{
    const struct event *event = &flow->saving;
    if (event->kind == EVENT_UNDO) return flow_is_dock_last(flow);
    return event->kind == EVENT_PACK || event->kind == EVENT_LOAD || event->kind == EVENT_TRANSFER ||
           event->kind == EVENT_COUNT || event->kind == EVENT_RETURN ||
           (event->kind == EVENT_NOTE && !event->has_sheet);
}

bool flow_is_dock_last(const struct flow *flow)
{
    if (flow->last_count == 0) return false;
    enum event_kind kind = flow->lasts[flow->last_count - 1].event.kind;
    return kind != EVENT_REPORT && kind != EVENT_CORRECT;
}

static void moved_count(struct flow *flow, int sign)
{
    struct found_note_line *line = note_line(flow, flow->saving.sheet.line);
    flow->dock.loaded = flow->dock.asked = 0;
    bool is_load =
        flow->saving.kind == EVENT_LOAD || (flow->saving.kind == EVENT_UNDO && flow->lasts[0].event.kind == EVENT_LOAD);
    if (!flow->dock.has_note || line == NULL || !is_load) return;
    line->loaded += (int64_t)sign * flow->lasts[0].event.count;
    flow->dock.loaded = line->loaded;
    flow->dock.asked = line->asked;
}

void dock_saved(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_end = flow->saving.kind == EVENT_NOTE, is_undo = flow->saving.kind == EVENT_UNDO;
    flow->saved_seq = input->seq;
    flow->saved_name = input->name;
    if (is_undo) {
        moved_count(flow, -1);
        flow->last_count = 0;
    } else if (is_end) {
        flow->last_count = 0;
    } else {
        flow->lasts[0] = (struct flow_last){.event = flow->saving, .name = input->name, .seq = input->seq};
        flow->last_count = 1;
        flow->last_ms = flow->now_ms;
        flow->last_sheet = flow->dock.sheet;
        flow->last_crew_count = flow->crew_count;
        memcpy(flow->last_crew, flow->crew, sizeof flow->last_crew);
        moved_count(flow, 1);
    }
    flow->is_folded = false;
    struct say held = flow->saving.tone == TONE_AMBER ? flow->say : (struct say){0};
    flow_put_away(flow);
    flow->say = held;
    if (is_end) flow->dock.has_note = false;
    flow_go(flow, SCREEN_MOVED);
    effect->sound = SOUND_SAVED;
    effect->ask_idle = true;
    if (flow->dock.has_note) effect->ask_note = flow->dock.note.key;
}

void dock_not_saved(struct flow *flow, const struct input *input, struct effect *effect)
{
    enum screen from = flow->saving.kind == EVENT_NOTE ? SCREEN_LEFT
                       : flow->dock.has_note           ? SCREEN_NOTE
                       : flow->dock.goods != GOODS_IN  ? SCREEN_GOODS
                                                       : SCREEN_IDLE;
    flow->dock.has_door = false;
    refused_show(flow, input->say, SAY("flow.not_saved_next"), from, effect);
}

/* The green screen is over. */
void dock_goes_on(struct flow *flow)
{
    struct flow_dock *dock = &flow->dock;
    flow->say = (struct say){0};
    if (dock->has_note) {
        flow_go(flow, SCREEN_NOTE);
    } else if (dock->goods != GOODS_IN || dock->place.digits[0] != '\0') {
        flow_go(flow, SCREEN_GOODS);
    } else {
        flow_home(flow);
    }
}

bool moved_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    (void)effect;
    if (input->action != ACTION_BACK) return false;
    dock_goes_on(flow);
    return true;
}

/* The screen's time is over; false: home. */
bool dock_rests(struct flow *flow)
{
    if (flow->screen == SCREEN_MOVED) {
        dock_goes_on(flow);
        return true;
    }
    if (flow->screen == SCREEN_DOORS) {
        flow_put_away(flow);
        dock_goes_on(flow);
        return true;
    }
    if (flow->screen != SCREEN_NOTE || !flow->dock.is_news) return false;
    flow->dock.is_news = false;
    flow_go(flow, SCREEN_NOTE);
    return true;
}
