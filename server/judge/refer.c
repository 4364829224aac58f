/* refer.c - who refers to whom: decisions, undos, corrections. In: the facts of a line with their own holds. Out: the
 * decisions in force, and for each chain of corrections the fact that it says now.
 *
 * A chain is a fact and the undos and corrections that name each other's newest: report <- correct <- correct <- undo.
 * Each cancels its whole target; undoing an undo brings back what stood before it. Whatever refers to a fact takes
 * effect where it stands in the inbox, but not before its target is there, nor before the decision that let it pass. */
#include <assert.h>
#include <string.h>

#include "server/judge/work.h"

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* ---- Names */

static size_t name_slot(const struct judge_work *work, const struct hash *name)
{
    uint64_t word;
    memcpy(&word, name->bytes, sizeof word);
    size_t slot = (size_t)(word * UINT64_C(0x9E3779B97F4A7C15) >> 20) & work->name_mask;
    while (work->names[slot] != NONE && !hash_equal(&work->line->facts[work->names[slot]].name, name))
        slot = (slot + 1) & work->name_mask;
    return slot;
}

/* The taker keeps equal bytes once; should they come twice all the same, they count once. */
void refer_names(struct judge_work *work)
{
    size_t want = 8;
    while (want < 2 * work->line->fact_count) want *= 2;
    work->names = work_room(work->names, &work->name_cap, want, sizeof *work->names);
    work->name_mask = want - 1;
    for (size_t i = 0; i < want; i++) work->names[i] = NONE;
    for (size_t i = 0; i < work->line->fact_count; i++) {
        size_t slot = name_slot(work, &work->line->facts[i].name);
        if (work->names[slot] == NONE)
            work->names[slot] = (int32_t)i;
        else
            work->facts[i].hold = HOLD_REPEATED;
    }
}

static int32_t target_of(const struct judge_work *work, const struct event *event)
{
    return work->names[name_slot(work, &event->refers)];
}

/* Finds a fact's target, or says why there is none. */
bool refer_target(struct judge_work *work, int32_t fact)
{
    const struct event *event = work_event(work, fact);
    struct work_fact   *own = &work->facts[fact];
    if (!event->has_refers) {
        own->hold = HOLD_REFERS_NONE;
        return false;
    }
    own->target = target_of(work, event);
    if (own->target == NONE) own->hold = HOLD_WAITS;
    return own->target != NONE;
}

/* ---- Decisions */

/* A decision with bad rows says whose fault they are; one without, how many of the held pieces count. An undo that is
 * held has no pieces: 1 lets it pass. */
static enum hold decision_hold(const struct judge_work *work, int32_t fact)
{
    const struct event *event = work_event(work, fact), *target = work_event(work, work->facts[fact].target);
    if (event->kiosk != 0) return HOLD_OFFICE;
    if (target->kind == EVENT_DECIDE) return HOLD_TARGET_KIND;
    if (event->bad_count > 0) return event_bad_total(event) > event_bad_total(target) ? HOLD_TOO_MANY : HOLD_NONE;
    return event->count > (target->count > 0 ? target->count : 1) ? HOLD_TOO_MANY : HOLD_NONE;
}

/* In inbox order: each must name the decision in force, or none where none is, so that of two people who decide at the
 * same time the second sees what the first did. */
static void decision_take(struct judge_work *work, int32_t fact)
{
    const struct event *event = work_event(work, fact);
    struct work_fact   *own = &work->facts[fact];
    int32_t            *in_force = &work->facts[own->target].decision[event->bad_count > 0 ? TRACK_BAD : TRACK_PIECES];
    bool                is_named = *in_force == NONE
                                       ? !event->has_replaces
                                       : event->has_replaces && hash_equal(&event->replaces, &work->line->facts[*in_force].name);
    if (!is_named) {
        own->hold = HOLD_OVERTAKEN;
        own->cancelled_by = *in_force == NONE ? 0 : work_number(work, *in_force);
        return;
    }
    if (*in_force != NONE) work->facts[*in_force].cancelled_by = work_number(work, fact);
    *in_force = fact;
}

void refer_decisions(struct judge_work *work)
{
    for (int32_t i = 0; i < (int32_t)work->line->fact_count; i++) {
        struct work_fact *own = &work->facts[i];
        if (work_event(work, i)->kind != EVENT_DECIDE || own->hold != HOLD_NONE || !refer_target(work, i)) continue;
        own->hold = decision_hold(work, i);
        if (own->hold == HOLD_NONE) decision_take(work, i);
    }
}

/* ---- Undos and corrections */

static bool is_link(const struct event *event)
{
    return event->kind == EVENT_UNDO || event->kind == EVENT_CORRECT;
}

static bool shares_worker(const struct judge_fact *a, const struct judge_fact *b)
{
    for (int i = 0; i < a->event->worker_count; i++)
        for (int j = 0; j < b->event->worker_count; j++)
            if (a->event->workers[i].badge != 0 && a->event->workers[i].badge == b->event->workers[j].badge)
                return true;
    for (int i = 0; i < a->event->worker_count; i++)
        for (int j = 0; j < b->event->worker_count; j++)
            if (a->workers[i] != 0 && a->workers[i] == b->workers[j]) return true;
    return a->event->worker_count == 0 || b->event->worker_count == 0;
}

/* Same worker, same kiosk; else the office, or a supervisor with the reason. */
static bool is_allowed(const struct judge_fact *link, const struct judge_fact *target)
{
    if (link->event->kiosk == 0) return true;
    if (link->event->by != 0) return link->event->why[0] != 0;
    return link->event->kiosk == target->event->kiosk && shares_worker(link, target);
}

static enum hold link_hold(const struct judge_work *work, int32_t fact)
{
    const struct work_fact *own = &work->facts[fact];
    const struct event     *target = work_event(work, own->target);
    if (own->target == fact || target->kind == EVENT_DECIDE || target->kind == EVENT_GAP) return HOLD_TARGET_KIND;
    if (work_event(work, fact)->kind == EVENT_CORRECT && !work_has_pieces(target) && target->kind != EVENT_UNDO)
        return HOLD_TARGET_KIND;
    if (own->hold == HOLD_NONE && !is_allowed(&work->line->facts[fact], &work->line->facts[own->target]))
        return HOLD_NOT_YOURS;
    return own->hold;
}

/* A held one passes by a decision, from there on. */
static bool link_passes(const struct judge_work *work, struct work_fact *own)
{
    if (own->hold == HOLD_NONE) return true;
    int32_t decision = own->decision[TRACK_PIECES];
    if (own->hold < HOLD_DECIDABLE || decision == NONE || work_event(work, decision)->count == 0) return false;
    own->place = later(own->place, work_number(work, decision));
    return true;
}

/* Of several that would cancel one fact the first to take effect does. */
void refer_links(struct judge_work *work)
{
    for (int32_t i = 0; i < (int32_t)work->line->fact_count; i++) {
        struct work_fact *own = &work->facts[i];
        if (!is_link(work_event(work, i)) || (own->hold != HOLD_NONE && own->hold < HOLD_DECIDABLE)) continue;
        if (!refer_target(work, i)) continue;
        own->hold = link_hold(work, i);
        if (!link_passes(work, own)) continue;
        int32_t *next = &work->facts[own->target].next;
        if (*next == NONE || own->place < work->facts[*next].place) *next = i;
    }
}

/* ---- Chains */

/* One step: `link` cancels `at`. Returns what the chain says now. */
static int32_t chain_step(struct judge_work *work, int32_t at, int32_t link, int32_t content)
{
    struct work_fact *own = &work->facts[link];
    int64_t           number = work_number(work, link);
    int32_t           now = NONE;
    own->is_effective = true;
    if (own->hold == HOLD_NOT_YOURS || work_event(work, link)->kind == EVENT_UNDO) own->hold = HOLD_NONE;
    own->before = content;
    own->place = later(own->place, work->facts[at].place);
    work->facts[at].cancelled_by = number;
    if (content != NONE) work->facts[content].cancelled_by = number;
    if (work_event(work, link)->kind == EVENT_CORRECT)
        now = link;
    else if (work_event(work, at)->kind == EVENT_UNDO)
        now = work->facts[at].before;
    if (now != NONE) {
        work->facts[now].cancelled_by = 0;
        work->facts[now].place = own->place;
    }
    if (now != NONE) hold_pieces(work, now);
    place_change(work, content, now, own->place);
    return now;
}

static void chain_walk(struct judge_work *work, int32_t root)
{
    int32_t content = root, at = root;
    hold_pieces(work, root);
    place_change(work, NONE, root, work->facts[root].place);
    for (int32_t link; (link = work->facts[at].next) != NONE; at = link) content = chain_step(work, at, link, content);
    if (content == NONE) return;
    work->facts[content].is_current = true;
    if (work_has_pieces(work_event(work, content))) place_claim(work, content);
}

/* A link that no walk reached has no effect. */
static void link_unreached(struct judge_work *work, int32_t fact)
{
    struct work_fact *own = &work->facts[fact];
    if (!link_passes(work, own)) return;
    own->hold = work->facts[own->target].next == fact ? HOLD_TARGET_HELD : HOLD_NOT_NEWEST;
}

void refer_chains(struct judge_work *work)
{
    for (int32_t i = 0; i < (int32_t)work->line->fact_count; i++)
        if (!is_link(work_event(work, i))) chain_walk(work, i);
    for (int32_t i = 0; i < (int32_t)work->line->fact_count; i++)
        if (is_link(work_event(work, i)) && !work->facts[i].is_effective) link_unreached(work, i);
}
