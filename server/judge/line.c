/* line.c - what each fact of an order line is worth: server/judge/line.h.
 *
 * The order of the rules. A fact that isn't understood, or whose badge isn't valid, is held whole; decisions are put
 * in force; undos and corrections find their targets, and each chain says one thing; that has its operation on a signed
 * sheet, and its pieces ask for what is left there, in the order of their places; what counts becomes money. */
#include "server/judge/line.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "server/judge/work.h"

void *work_room(void *old, size_t *cap, size_t want, size_t size)
{
    size_t room = *cap < 16 ? 16 : *cap;
    if (want <= *cap && old != NULL) return old;
    while (room < want) room *= 2;
    void *bytes = realloc(old, room * size);
    if (bytes == NULL) abort();
    *cap = room;
    return bytes;
}

/* ---- Operations */

static int op_order(const void *left, const void *right)
{
    const struct judge_op *a = ((const struct work_op *)left)->op, *b = ((const struct work_op *)right)->op;
    if (a->rev != b->rev) return a->rev < b->rev ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static void ops_sort(struct judge_work *work)
{
    size_t count = work->line->op_count;
    work->ops = work_room(work->ops, &work->op_cap, count, sizeof *work->ops);
    for (size_t i = 0; i < count; i++) work->ops[i] = (struct work_op){.op = &work->line->ops[i]};
    if (count > 0) qsort(work->ops, count, sizeof *work->ops, op_order);
}

static int32_t op_find(const struct judge_work *work, int rev, int32_t number)
{
    const struct judge_op want = {.rev = rev, .number = number};
    const struct work_op  key = {.op = &want};
    const struct work_op *found = NULL;
    if (work->line->op_count > 0) found = bsearch(&key, work->ops, work->line->op_count, sizeof key, op_order);
    return found == NULL ? NONE : (int32_t)(found - work->ops);
}

static bool is_signed(const struct judge_line *line, int rev)
{
    for (size_t i = 0; i < line->rev_count; i++)
        if (line->revs[i].rev == rev) return true;
    return false;
}

/* ---- Holds */

static bool is_other_line(const struct judge_line *line, const struct event *event)
{
    return event->has_sheet && event->kind != EVENT_DAYWORK &&
           line_ref_key(event->sheet.line) != line_ref_key(line->line);
}

/* What can be said of each fact by itself. */
static void facts_start(struct judge_work *work)
{
    size_t count = work->line->fact_count;
    work->facts = work_room(work->facts, &work->fact_cap, count, sizeof *work->facts);
    for (size_t i = 0; i < count; i++) {
        const struct judge_fact *fact = &work->line->facts[i];
        work->facts[i] = (struct work_fact){
            .hold = hold_own(fact),
            .target = NONE,
            .next = NONE,
            .before = NONE,
            .decision = {NONE, NONE},
            .place = fact->number,
            .op = NONE,
            .note = NONE
        };
#ifdef PLANT_CLOCK_ORDER /* who came first is asked of the kiosks' clocks */
        work->facts[i].place = fact->event->wall_ms;
#endif
        if (work->facts[i].hold != HOLD_WORDS && is_other_line(work->line, fact->event))
            work->facts[i].hold = HOLD_OTHER_LINE;
    }
}

/* An objection to something that isn't here waits for it. */
static void objections_hold(struct judge_work *work)
{
    for (int32_t i = 0; i < (int32_t)work->line->fact_count; i++)
        if (work_event(work, i)->kind == EVENT_OBJECT && work->facts[i].hold == HOLD_NONE) (void)refer_target(work, i);
}

static enum hold hold_sheet(const struct judge_work *work, const struct event *event, int32_t op)
{
    if (!event->has_sheet) return HOLD_NO_SHEET;
    if (!is_signed(work->line, event->sheet.rev)) return HOLD_SHEET;
    if (op != NONE) return HOLD_NONE;
    return event->op == 0 ? HOLD_NO_OP : HOLD_OP;
}

/* Ticked paper is entered by a supervisor for a reason, and a second person, who isn't paid for it, vouches for it. */
static bool is_vouched(const struct judge_fact *fact)
{
    const struct event *event = fact->event;
    if (event->by == 0 || event->kind != EVENT_REPORT) return true;
    if (event->why[0] == 0 || event->second == 0 || event->second == event->by) return false;
    for (int i = 0; i < event->worker_count; i++)
        if (fact->workers[i] == event->second) return false;
    return true;
}

void hold_pieces(struct judge_work *work, int32_t fact)
{
    struct work_fact   *own = &work->facts[fact];
    const struct event *event = work_event(work, fact);
    if (!work_has_pieces(event) || (own->hold != HOLD_NONE && own->hold < HOLD_DECIDABLE)) return;
    if (event->has_sheet) own->op = op_find(work, event->sheet.rev, event->op);
    enum hold sheet = hold_sheet(work, event, own->op);
    if (sheet != HOLD_NONE)
        own->hold = sheet;
    else if (work->line->facts[fact].worker_count == 0)
        own->hold = HOLD_NOBODY;
    else if (own->hold == HOLD_NONE && !is_vouched(&work->line->facts[fact]))
        own->hold = HOLD_BACK;
    else if (own->hold == HOLD_NONE && event->before_stop)
        own->hold = HOLD_BEFORE_STOP;
}

/* ---- Reasons: each says why, and what happens next. */

static struct say waits_say(const struct event *event)
{
    char name[HASH_TEXT];
    hash_write(&event->refers, name);
    name[8] = 0; /* as much as people compare */
    return say_text(SAY("verdict.waits"), name);
}

/* To add a reason: a row of enum hold, a case here, its words in both catalogues. */
struct say hold_say(enum hold hold, const struct event *event)
{
    switch (hold) {
    case HOLD_NONE: break;
    case HOLD_WORDS: return SAY("verdict.words");
    case HOLD_REPEATED: return SAY("verdict.repeated");
    case HOLD_OTHER_LINE: return SAY("verdict.other_line");
    case HOLD_REFERS_NONE: return SAY("verdict.refers_none");
    case HOLD_WAITS: return waits_say(event);
    case HOLD_TARGET_KIND: return SAY("verdict.target_kind");
    case HOLD_TARGET_HELD: return SAY("verdict.target_held");
    case HOLD_NOT_NEWEST: return SAY("verdict.not_newest");
    case HOLD_OFFICE: return SAY("verdict.office");
    case HOLD_TOO_MANY: return SAY("verdict.too_many");
    case HOLD_OVERTAKEN: return SAY("verdict.overtaken");
    case HOLD_SHEET: return say_int(SAY("verdict.unknown_sheet"), event->sheet.rev);
    case HOLD_NO_OP: return SAY("verdict.no_op");
    case HOLD_OP: return say_int(SAY("verdict.unknown_op"), event->op);
    case HOLD_NOBODY: return SAY("verdict.nobody");
    case HOLD_GAP: return say_int(say_int(SAY("verdict.gap"), event->seq), event->gap_to);
    case HOLD_TIME_RATE: return SAY("verdict.time_rate");
    case HOLD_TIME_OWN: return say_int(SAY("verdict.time_own"), event->count);
    case HOLD_TIME_MOST: return say_int(SAY("verdict.time_most"), event->count);
    case HOLD_BIND_TAKEN: return SAY("verdict.bind_taken");
    case HOLD_BIND_BY: return SAY("verdict.bind_by");
    case HOLD_NO_SHEET: return SAY("verdict.no_sheet");
    case HOLD_NOT_YOURS: return SAY("verdict.not_yours");
    case HOLD_BADGE: return SAY("verdict.badge");
    case HOLD_BACK: return SAY("verdict.back");
    case HOLD_BEFORE_STOP: return say_int(SAY("verdict.before_stop"), event->count);
    case HOLD_LOAD_NOTE:
    case HOLD_LOAD_LINE:
    case HOLD_LOAD_SHUT:
    case HOLD_LOAD_VOID:
    case HOLD_LOAD_STOP:
    case HOLD_RETURNED: return dock_say(hold, event);
    }
    return SAY("");
}

/* Of pieces held one by one: the reason that people can do most about comes first. */
static struct say part_say(const struct judge_work *work, const struct work_fact *own)
{
    if (own->stopped > 0) return say_int(SAY("verdict.stopped"), own->stopped);
    if (own->old > 0) return say_int(say_int(SAY("verdict.old_rev"), own->old), work->ops[own->op].op->rev);
    if (own->twice > 0) return say_int(SAY("verdict.piece_twice"), own->twice);
    if (own->over > 0) return say_int(say_int(SAY("verdict.over"), own->over), work->ops[own->op].op->planned);
    return SAY("");
}

/* ---- Verdicts */

static int64_t number_or_0(const struct judge_work *work, int32_t fact)
{
    return fact == NONE ? 0 : work_number(work, fact);
}

/* A hold of the whole fact, unless a decision settled it. */
static void verdict_hold(const struct judge_work *work, int32_t fact, struct verdict *verdict)
{
    const struct work_fact *own = &work->facts[fact];
    const struct event     *event = work_event(work, fact);
    bool                    is_decided = own->hold >= HOLD_DECIDABLE && own->decision[TRACK_PIECES] != NONE;
    verdict->kind = is_decided ? VERDICT_COUNTED : VERDICT_HELD;
    verdict->held = is_decided || !work_has_pieces(event) ? 0 : event->count;
    verdict->reason = is_decided ? say_int(SAY("verdict.rejected"), event->count) : hold_say(own->hold, event);
}

/* What a chain says now, where it reports pieces. */
static void verdict_pieces(struct judge_work *work, int32_t fact, struct verdict *verdict, struct judgement *out)
{
    const struct work_fact *own = &work->facts[fact];
    const struct event     *event = work_event(work, fact);
    bool                    is_decidable = own->hold == HOLD_NONE || own->hold >= HOLD_DECIDABLE;
    bool                    is_decided = is_decidable && own->decision[TRACK_PIECES] != NONE;
    int64_t                 rest = event->count - own->taken - own->forced;
    int64_t                 good = event->count - event_bad_total(event);
    verdict->counted = own->taken + own->forced;
    verdict->good = verdict->counted < good ? verdict->counted : good;
    verdict->bad = verdict->counted - verdict->good;
    verdict->held = is_decided ? 0 : rest;
    if (is_decided && rest > 0)
        verdict->reason = say_int(SAY("verdict.rejected"), rest);
    else if (!is_decided)
        verdict->reason = own->hold == HOLD_NONE ? part_say(work, own) : hold_say(own->hold, event);
    if (verdict->held > 0)
        verdict->kind = verdict->counted > 0 ? VERDICT_PART : VERDICT_HELD;
    else if (!is_decided && own->hold != HOLD_NONE)
        verdict->kind = VERDICT_HELD;
    if (own->op != NONE) work->ops[own->op].held += verdict->held;
    if (verdict->counted > 0) due_fact(work, fact, verdict, out);
}

/* [R14] Who objected reads what became of it. */
static struct say answer_say(const struct event *decision)
{
    return say_text(decision->count > 0 ? SAY("verdict.object_yes") : SAY("verdict.object_no"), decision->why);
}

static void verdict_make(struct judge_work *work, int32_t fact, struct judgement *out)
{
    const struct work_fact *own = &work->facts[fact];
    const struct event     *event = work_event(work, fact);
    struct verdict         *verdict = &out->verdicts[fact];
    verdict->kind = VERDICT_COUNTED;
    verdict->cancelled_by = own->cancelled_by;
    if (own->hold == HOLD_NONE || own->hold >= HOLD_DECIDABLE)
        verdict->decided_by = number_or_0(work, own->decision[TRACK_PIECES]);
    verdict->bad_decided_by = number_or_0(work, own->decision[TRACK_BAD]);
    if (own->cancelled_by != 0 || own->hold == HOLD_OVERTAKEN) {
        verdict->kind = VERDICT_UNDONE;
        if (own->hold == HOLD_OVERTAKEN) verdict->reason = hold_say(own->hold, event);
    } else if (event->kind == EVENT_DAYWORK && own->is_current) {
        time_fact(work, fact, verdict, out);
    } else if (work_is_dock(event) && own->is_current && (own->hold == HOLD_NONE || own->hold >= HOLD_DECIDABLE)) {
        dock_fact(work, fact, verdict, out);
    } else if (work_has_pieces(event) && own->is_current) {
        verdict_pieces(work, fact, verdict, out);
    } else if (own->hold != HOLD_NONE) {
        verdict_hold(work, fact, verdict);
    } else if (event->kind == EVENT_OBJECT && own->decision[TRACK_PIECES] != NONE) {
        verdict->reason = answer_say(work_event(work, own->decision[TRACK_PIECES]));
    }
}

void judge_line(const struct judge_line *line, struct judgement *out)
{
    if (out->work == NULL && (out->work = calloc(1, sizeof *out->work)) == NULL) abort();
    struct judge_work *work = out->work;
    assert(line->fact_count < INT32_MAX / 4);
    work->line = line;
    work->claim_count = 0;
    ops_sort(work);
    facts_start(work);
    refer_names(work);
    objections_hold(work);
    refer_decisions(work);
    refer_links(work);
    refer_chains(work);
    place_run(work);
    due_makers(work);
    time_run(work);
    dock_run(work, out);
    out->verdicts = work_room(out->verdicts, &out->verdict_cap, line->fact_count, sizeof *out->verdicts);
    memset(out->verdicts, 0, line->fact_count * sizeof *out->verdicts);
    out->due_count = 0;
    for (int32_t i = 0; i < (int32_t)line->fact_count; i++) verdict_make(work, i, out);
    due_sums(work, out);
}

void judgement_free(struct judgement *judgement)
{
    if (judgement->work != NULL) {
        free(judgement->work->facts);
        free(judgement->work->ops);
        free(judgement->work->names);
        free(judgement->work->segments);
        free(judgement->work->claims);
        free(judgement->work->makers);
    }
    free(judgement->work);
    free(judgement->verdicts);
    free(judgement->dues);
    free(judgement->sums);
    free(judgement->loads);
    free(judgement->places);
    free(judgement->counts);
    memset(judgement, 0, sizeof *judgement);
}
