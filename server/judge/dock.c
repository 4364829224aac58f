/* dock.c - what of packing, loading, moving, counting and returning counts: in: a line's facts in inbox order and its
 * delivery notes; out: how many doors of each count, why others are held, and what each note has on the truck.
 *
 * A door is loaded only against a note that the kiosk knew to be open [R16b]. A load whose `seen` lies below the number
 * under which the feed told the note's end counts, since nobody at the dock could know; it opens an exception, one for each.
 * At or above it nothing counts by itself. */
#include <stdlib.h>
#include <string.h>

#include "server/judge/work.h"

enum { NOTE_DIGITS = 10 /* 2603-00001 */ };

bool dock_note_read(const char *text, int64_t *id)
{
    char number[NOTE_DIGITS + 1] = "";
    if (strlen(text) < NOTE_DIGITS) return false;
    memcpy(number, text, NOTE_DIGITS);
    return note_ref_read(number, id);
}

/* ---- Of one load */

static bool is_stopped(const struct judge_line *line, int64_t seen)
{
    for (size_t i = 0; i < line->stop_count; i++) {
        const struct judge_stop *stop = &line->stops[i];
        if (stop->doors > 0) continue; /* the rest may go */
        if (seen >= stop->feed && (stop->lifted_feed == 0 || seen < stop->lifted_feed)) return true;
    }
    return false;
}

static int32_t note_find(const struct judge_line *line, int64_t id)
{
    for (size_t i = 0; i < line->note_count; i++)
        if (line->notes[i].id == id) return (int32_t)i;
    return NONE;
}

/* A note that there is, but of other lines, can't be told here from one that there isn't: both hold. */
static enum hold load_hold(struct judge_work *work, int32_t fact)
{
    const struct event *event = work_event(work, fact);
    int64_t             seen = work->line->facts[fact].seen_feed, id;
    if (!dock_note_read(event->note, &id)) return HOLD_LOAD_NOTE;
    int32_t at = work->facts[fact].note = note_find(work->line, id);
    if (at == NONE) return HOLD_LOAD_LINE;
    const struct judge_note *note = &work->line->notes[at];
    if (note->open_feed == 0 || seen < note->open_feed) return HOLD_LOAD_SHUT;
#ifndef PLANT_LOAD_VOID
    if (note->void_feed != 0 && seen >= note->void_feed) return HOLD_LOAD_VOID;
#endif
    return is_stopped(work->line, seen) ? HOLD_LOAD_STOP : HOLD_NONE;
}

/* ---- While the facts are walked */

enum { AWAY, PACKED, LOADED };

struct dock {
    struct judge_work *work;
    struct judgement  *out;
    int64_t            room;                /* doors that may still come in */
    int64_t           *left;                /* of each note: doors that may still be loaded */
    uint8_t            where[JUDGE_PIECES]; /* of numbered doors */
};

static struct dock_load *load_row(struct judgement *out, int64_t note, int32_t day)
{
    for (size_t i = 0; i < out->load_count; i++)
        if (out->loads[i].note == note && out->loads[i].day == day) return &out->loads[i];
    out->loads = work_room(out->loads, &out->load_cap, out->load_count + 1, sizeof *out->loads);
    struct dock_load *row = &out->loads[out->load_count++];
    *row = (struct dock_load){.note = note, .day = day};
    return row;
}

static int load_order(const void *left, const void *right)
{
    const struct dock_load *a = left, *b = right;
    if (a->note != b->note) return a->note < b->note ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

/* Loaded or packed already: what is on a truck isn't packed once more. */
static bool is_twice(const struct dock *dock, int32_t number, uint8_t stands)
{
    return dock->where[number] == stands || (stands == PACKED && dock->where[number] == LOADED);
}

static bool is_other(const struct judge_note *note, int32_t number)
{
    return note != NULL && note->is_named && !note->pieces[number];
}

/* Numbers of doors that can't be taken so: there already, or not those that the note asks for. */
static void pieces_hold(struct dock *dock, int32_t fact, const struct judge_note *note)
{
    const struct event *event = work_event(dock->work, fact);
    struct work_fact   *own = &dock->work->facts[fact];
    uint8_t             seen[JUDGE_PIECES] = {0};
    uint8_t             stands = event->kind == EVENT_PACK ? PACKED : LOADED;
    for (int i = 0; i < event->piece_count; i++) {
        int32_t number = event->pieces[i];
        if (is_twice(dock, number, stands) || seen[number])
            own->twice++;
        else if (is_other(note, number))
            own->other++;
        seen[number] = 1;
    }
    if (note != NULL && note->is_named && event->piece_count == 0) own->other = event->count;
}

/* What counts of `most` doors: the rest is held as too many. */
static int64_t take(struct work_fact *own, int64_t count, int64_t *most)
{
    int64_t free = count - own->twice - own->other;
    if (free < 0) free = 0;
    own->taken = free < *most ? free : *most;
    own->over = free - own->taken;
    *most -= own->taken;
    return own->taken;
}

/* The numbers of the doors that count are known from here on: of what is held only after a decision. */
static void pieces_mark(struct dock *dock, int32_t fact, uint8_t stands, struct dock_load *row)
{
    const struct event      *event = work_event(dock->work, fact);
    const struct work_fact  *own = &dock->work->facts[fact];
    const struct judge_note *note = row == NULL || own->note == NONE ? NULL : &dock->work->line->notes[own->note];
    int64_t                  doors = own->taken + own->forced;
    for (int i = 0; i < event->piece_count && doors > 0; i++) {
        int32_t number = event->pieces[i];
        bool    is_held = is_twice(dock, number, stands) || is_other(note, number);
        if (dock->where[number] == stands || (is_held && own->forced == 0)) continue;
        dock->where[number] = stands;
        if (row != NULL) row->pieces[number] = 1;
        doors--;
    }
}

/* Taken off the truck again: a return that names the note. */
static void load_back(struct dock *dock, int32_t fact, int64_t note, int64_t doors)
{
    const struct event *event = work_event(dock->work, fact);
    int64_t             off = 0;
    for (size_t i = dock->out->load_count; i-- > 0 && doors > 0;) {
        struct dock_load *row = &dock->out->loads[i];
        if (row->note != note) continue;
        int64_t less = doors < row->doors ? doors : row->doors;
        row->doors -= less;
        doors -= less;
        off += less;
        for (int k = 0; k < event->piece_count; k++) row->pieces[event->pieces[k]] = 0;
    }
    int32_t at = note_find(dock->work->line, note);
    if (at != NONE) dock->left[at] += off;
    for (int k = 0; k < event->piece_count; k++) dock->where[event->pieces[k]] = PACKED;
}

static int64_t on_truck(const struct dock *dock, int64_t note)
{
    int64_t doors = 0;
    for (size_t i = 0; i < dock->out->load_count; i++)
        if (dock->out->loads[i].note == note) doors += dock->out->loads[i].doors;
    return doors;
}

/* ---- Kinds */

static void load_take(struct dock *dock, int32_t fact)
{
    struct work_fact *own = &dock->work->facts[fact];
    enum hold         hold = load_hold(dock->work, fact);
    if (own->hold == HOLD_NONE) own->hold = hold;
    if (own->hold != HOLD_NONE) return;
    pieces_hold(dock, fact, &dock->work->line->notes[own->note]);
    take(own, work_event(dock->work, fact)->count, &dock->left[own->note]);
}

static void pack_take(struct dock *dock, int32_t fact)
{
    struct work_fact *own = &dock->work->facts[fact];
    if (own->hold != HOLD_NONE) return;
    pieces_hold(dock, fact, NULL);
    take(own, work_event(dock->work, fact)->count, &dock->room);
}

/* Only what the books have in the house can be moved in it; what is found beyond that is for a count to say. */
static void transfer_take(struct dock *dock, int32_t fact)
{
    struct work_fact *own = &dock->work->facts[fact];
    int64_t           count = work_event(dock->work, fact)->count;
    int64_t           there = stock_there(dock->out, work_event(dock->work, fact)->place);
    if (own->hold != HOLD_NONE) return;
    own->taken = count < there ? count : there;
    own->other = count - own->taken;
}

/* Off the truck: at once. From the customer: when somebody looked at them [R34]. */
static void return_take(struct dock *dock, int32_t fact)
{
    struct work_fact   *own = &dock->work->facts[fact];
    const struct event *event = work_event(dock->work, fact);
    int64_t             id, doors;
    if (own->hold != HOLD_NONE) return;
    if (!dock_note_read(event->note, &id)) {
        own->hold = HOLD_RETURNED;
        return;
    }
    doors = on_truck(dock, id);
    own->taken = event->count < doors ? event->count : doors;
    own->over = event->count - own->taken;
}

/* A decision lets some of what is held count. */
static void force(struct dock *dock, int32_t fact)
{
    struct work_fact *own = &dock->work->facts[fact];
    int32_t           decision = own->decision[TRACK_PIECES];
    if (decision == NONE) return;
    int64_t held = work_event(dock->work, fact)->count - own->taken, count = work_event(dock->work, decision)->count;
    own->forced = count < held ? count : held;
}

static void loaded(struct dock *dock, int32_t fact, int64_t doors)
{
    const struct event *event = work_event(dock->work, fact);
    struct work_fact   *own = &dock->work->facts[fact];
    int64_t             id = 0;
    if (!dock_note_read(event->note, &id)) id = 0;
    struct dock_load *row = load_row(dock->out, id, event->shift_day);
    row->doors += doors;
    if (own->note != NONE)
        dock->left[own->note] -= dock->left[own->note] < own->forced ? dock->left[own->note] : own->forced;
    pieces_mark(dock, fact, LOADED, row);
}

static void dock_one(struct dock *dock, int32_t fact)
{
    const struct event *event = work_event(dock->work, fact);
    struct work_fact   *own = &dock->work->facts[fact];
    int64_t             id = 0;
    if (event->kind == EVENT_LOAD) load_take(dock, fact);
    if (event->kind == EVENT_PACK) pack_take(dock, fact);
    if (event->kind == EVENT_TRANSFER) transfer_take(dock, fact);
    if (event->kind == EVENT_RETURN) return_take(dock, fact);
    if (event->kind == EVENT_COUNT && own->hold == HOLD_NONE) own->taken = event->count;
    force(dock, fact);
    int64_t doors = own->taken + own->forced;
    bool    is_count = event->kind == EVENT_COUNT && (own->hold == HOLD_NONE || own->forced > 0);
    if (doors == 0 && !is_count) return;
    if (event->kind == EVENT_RETURN && dock_note_read(event->note, &id))
        load_back(dock, fact, id, doors);
    else if (event->kind == EVENT_PACK || event->kind == EVENT_RETURN) /* from the customer: it may leave once more */
        pieces_mark(dock, fact, PACKED, NULL);
    if (event->kind == EVENT_LOAD) loaded(dock, fact, doors);
    stock_fact(dock->work, fact, doors, dock->out);
}

static bool has_dock(const struct judge_line *line)
{
    for (size_t i = 0; i < line->fact_count; i++)
        if (work_is_dock(line->facts[i].event)) return true;
    return false;
}

void dock_run(struct judge_work *work, struct judgement *out)
{
    struct dock dock = {.work = work, .out = out, .room = work->line->doors};
    out->load_count = 0;
    stock_begin(out);
    out->has_dock = has_dock(work->line);
    if (!out->has_dock) return;
    dock.left = calloc(work->line->note_count + 1, sizeof *dock.left);
    if (dock.left == NULL) abort();
    for (size_t i = 0; i < work->line->note_count; i++) dock.left[i] = work->line->notes[i].doors;
    for (int32_t i = 0; i < (int32_t)work->line->fact_count; i++) {
        const struct work_fact *own = &work->facts[i];
        bool                    is_open = own->hold == HOLD_NONE || own->hold >= HOLD_DECIDABLE;
        if (work_is_dock(work_event(work, i)) && own->is_current && own->cancelled_by == 0 && is_open)
            dock_one(&dock, i);
    }
    free(dock.left);
    stock_end(out);
    size_t kept = 0;
    for (size_t i = 0; i < out->load_count; i++)
        if (out->loads[i].doors > 0) out->loads[kept++] = out->loads[i];
    out->load_count = kept;
    if (kept > 0) qsort(out->loads, kept, sizeof *out->loads, load_order);
}

/* ---- What is said of it */

struct say dock_say(enum hold hold, const struct event *event)
{
    char note[NOTE_DIGITS + 1] = "";
    if (strlen(event->note) >= NOTE_DIGITS) memcpy(note, event->note, NOTE_DIGITS);
    switch ((int)hold) {
    case HOLD_LOAD_NOTE: return SAY("verdict.load_note");
    case HOLD_LOAD_LINE: return say_text(SAY("verdict.load_line"), note);
    case HOLD_LOAD_SHUT: return say_text(SAY("verdict.load_shut"), note);
    case HOLD_LOAD_VOID: return say_text(SAY("verdict.load_void"), note);
    case HOLD_LOAD_STOP: return say_int(SAY("verdict.load_stop"), event->count);
    case HOLD_RETURNED: return say_int(SAY("verdict.returned"), event->count);
    default: return SAY("");
    }
}

/* Of doors held one by one. */
static struct say part_say(const struct work_fact *own, const struct event *event)
{
    if (own->twice > 0) return say_int(SAY("verdict.door_twice"), own->twice);
    if (own->other > 0)
        return event->kind == EVENT_TRANSFER ? say_int(SAY("verdict.not_in_stock"), own->other)
                                             : say_int(SAY("verdict.door_other"), own->other);
    if (own->over > 0 && event->kind == EVENT_PACK) return say_int(SAY("verdict.pack_over"), own->over);
    if (own->over > 0 && event->kind == EVENT_RETURN) return say_int(SAY("verdict.not_on_truck"), own->over);
    if (own->over > 0) return say_int(SAY("verdict.load_over"), own->over);
    return SAY("");
}

static bool stop_stands(const struct judge_line *line)
{
    for (size_t i = 0; i < line->stop_count; i++)
        if (line->stops[i].lifted_feed == 0 && line->stops[i].doors == 0) return true;
    return false;
}

/* It counts, and somebody must act all the same: the doors are on a truck that may not leave, or a count differs. */
static struct say doubt_say(const struct judge_work *work, int32_t fact, const struct judgement *out)
{
    const struct work_fact *own = &work->facts[fact];
    const struct event     *event = work_event(work, fact);
    char                    note[NOTE_DIGITS + 1] = "";
    if (strlen(event->note) >= NOTE_DIGITS) memcpy(note, event->note, NOTE_DIGITS);
    if (event->kind == EVENT_LOAD && own->note != NONE && work->line->notes[own->note].void_feed != 0)
        return say_text(say_int(SAY("ship.loaded_void"), own->taken), note);
    if (event->kind == EVENT_LOAD && own->taken > 0 && stop_stands(work->line))
        return say_text(say_int(SAY("ship.loaded_stop"), own->taken), note);
    for (size_t i = 0; i < out->count_count; i++)
        if (out->counts[i].fact == (size_t)fact && out->counts[i].counted != out->counts[i].expected)
            return say_int(say_int(SAY("ship.count"), out->counts[i].counted), out->counts[i].expected);
    return SAY("");
}

void dock_fact(const struct judge_work *work, int32_t fact, struct verdict *verdict, const struct judgement *out)
{
    const struct work_fact *own = &work->facts[fact];
    const struct event     *event = work_event(work, fact);
    bool                    is_decided = own->decision[TRACK_PIECES] != NONE;
    int64_t                 rest = event->count - own->taken - own->forced;
    verdict->counted = own->taken + own->forced; /* good and bad are of operations */
    verdict->held = is_decided ? 0 : rest;
    if (is_decided && rest > 0)
        verdict->reason = say_int(SAY("verdict.rejected"), rest);
    else if (!is_decided && verdict->held > 0)
        verdict->reason = own->hold != HOLD_NONE ? hold_say(own->hold, event) : part_say(own, event);
    else if (!is_decided)
        verdict->reason = doubt_say(work, fact, out);
    if (verdict->held > 0)
        verdict->kind = verdict->counted > 0 ? VERDICT_PART : VERDICT_HELD;
    else if (!is_decided && own->hold != HOLD_NONE)
        verdict->kind = VERDICT_HELD;
}
