/* place.c - which places a fact's pieces have, and what is left there. In: what each chain says now. Out: for each fact
 * the pieces that count and those that are held.
 *
 * Pieces ask for what is left at their operation in the order of their places, which are inbox numbers. A correction
 * keeps its target's places up to the old count and takes its own for more, so that it makes nobody else's pieces held;
 * pieces that count by decision take theirs when the decision stands, for the same reason. Rework has what is left to
 * itself: its pieces were reported before. */
#include <stdlib.h>
#include <string.h>

#include "server/judge/work.h"

enum { PIECE_NUMBERS = 1000 }; /* labels bear 1 to 999 */

/* ---- Segments: the pieces of a chain while it is walked */

static void segment_add(struct judge_work *work, struct segment segment)
{
    work->segments = work_room(work->segments, &work->segment_cap, work->segment_count + 1, sizeof *work->segments);
    if (segment.count > 0) work->segments[work->segment_count++] = segment;
}

static int numbered(const struct event *event)
{
    return event->piece_count < event->count ? event->piece_count : event->count;
}

/* All pieces at one place. */
static void segments_stand(struct judge_work *work, int32_t fact, int64_t place)
{
    const struct event *event = work_event(work, fact);
    for (int i = 0; i < numbered(event); i++) segment_add(work, (struct segment){place, fact, event->pieces[i], 1});
    segment_add(work, (struct segment){place, fact, 0, event->count - numbered(event)});
}

/* Counted pieces: up to the old count the old places, the latest given up first. A place that a number had stays that
 * piece's: where it was held as reported twice, leaving the number out doesn't make it count. */
static void segments_recount(struct judge_work *work, int32_t before, int32_t now, int64_t place)
{
    int64_t have = work_event(work, before)->count, want = work_event(work, now)->count;
    while (have > want) {
        struct segment *last = &work->segments[work->segment_count - 1];
        int64_t         less = have - want < last->count ? have - want : last->count;
        last->count -= less;
        have -= less;
        if (last->count == 0) work->segment_count--;
    }
    segment_add(work, (struct segment){place, now, 0, want - have});
}

/* Numbered pieces: a number that stood before keeps its place; no number has one before it was said. */
static void segments_renumber(struct judge_work *work, int32_t now, int64_t place)
{
    size_t old = work->segment_count;
    segments_stand(work, now, place);
    for (size_t i = old; i < work->segment_count; i++) {
        struct segment *own = &work->segments[i];
        for (size_t j = 0; j < old && own->number != 0; j++) {
            if (work->segments[j].number != own->number) continue;
            *own = work->segments[j];
            break;
        }
    }
    work->segment_count -= old;
    memmove(work->segments, work->segments + old, work->segment_count * sizeof *work->segments);
}

/* Places belong to the work that was reported there: another operation or revision begins anew. So does what was held
 * whole, since it took nothing that others could miss. */
static bool keeps_places(const struct judge_work *work, int32_t before, int32_t now)
{
    const struct event *a = work_event(work, before), *b = work_event(work, now);
    return work->facts[before].hold == HOLD_NONE && work_has_pieces(a) && b->has_sheet &&
           a->sheet.rev == b->sheet.rev && a->op == b->op && a->rework == b->rework;
}

/* The chain in hand says `now` instead of `before`; either may be NONE. */
void place_change(struct judge_work *work, int32_t before, int32_t now, int64_t place)
{
    if (now == NONE || before == NONE || !keeps_places(work, before, now)) {
        work->segment_count = 0;
        if (now != NONE) segments_stand(work, now, place);
    } else if (work_event(work, now)->piece_count > 0) {
        segments_renumber(work, now, place);
    } else {
        segments_recount(work, before, now, place);
    }
}

/* ---- Claims */

static void claim_add(struct judge_work *work, struct claim claim)
{
    work->claims = work_room(work->claims, &work->claim_cap, work->claim_count + 1, sizeof *work->claims);
    claim.order = (int32_t)work->claim_count;
    work->claims[work->claim_count++] = claim;
}

/* The pieces of the chain in hand, as `fact` says them; and those that a decision lets count. */
void place_claim(struct judge_work *work, int32_t fact)
{
    struct work_fact *own = &work->facts[fact];
    struct claim claim = {.op = own->op, .is_rework = work_event(work, fact)->rework, .fact = fact, .origin = fact};
    int32_t      decision = own->decision[TRACK_PIECES];
    own->first_place = own->place;
    for (size_t i = 0; i < work->segment_count; i++) {
        const struct segment *segment = &work->segments[i];
        if (segment->place < own->first_place) own->first_place = segment->place;
        claim.place = segment->place;
        claim.origin = segment->origin;
        claim.number = segment->number;
        claim.count = segment->count;
        if (own->hold == HOLD_NONE) claim_add(work, claim);
    }
    if (decision == NONE || (own->hold != HOLD_NONE && own->hold < HOLD_DECIDABLE)) return;
    claim.is_forced = true;
    claim.count = work_event(work, decision)->count;
    claim.place = work_number(work, decision) > own->place ? work_number(work, decision) : own->place;
    claim_add(work, claim);
}

static int claim_order(const void *left, const void *right)
{
    const struct claim *a = left, *b = right;
    if (a->op != b->op) return a->op < b->op ? -1 : 1;
    if (a->is_rework != b->is_rework) return a->is_rework ? 1 : -1;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

/* ---- What is left */

/* Of one operation, good and bad pieces and all workers together. */
struct left {
    int64_t count;
    uint8_t taken[PIECE_NUMBERS]; /* by number; 0, which is none, never is */
};

int64_t place_stays(const struct judge_work *work, const struct judge_op *op)
{
    int64_t count = 0;
    for (size_t i = 0; i < work->line->stays_count; i++) {
        const struct judge_stays *stays = &work->line->stays[i];
        if (stays->new_rev == op->rev && stays->new_op == op->number) count += stays->count;
    }
    return count;
}

static void left_start(const struct judge_work *work, const struct claim *claim, struct left *left)
{
    const struct judge_op *op = work->ops[claim->op].op;
    memset(left, 0, sizeof *left);
#ifdef PLANT_STAYS_TWICE /* what stayed good may be made once more */
    left->count = op->planned;
#else
    left->count = op->planned - (claim->is_rework ? 0 : place_stays(work, op));
#endif
    if (left->count < 0) left->count = 0;
}

/* How many pieces of an operation were stopped, as far as the kiosk knew: "known before the stop?" is what it had seen, by no
 * clock. One whose knowledge can't be numbered (-1) didn't know. */
static int64_t stopped_pieces(const struct judge_line *line, const struct judge_op *op, int64_t seen)
{
    int64_t pieces = 0;
    for (size_t i = 0; i < line->stop_count; i++) {
        const struct judge_stop *stop = &line->stops[i];
        if (seen < stop->feed || (stop->lifted_feed != 0 && seen >= stop->lifted_feed)) continue;
        if (stop->doors == 0) return INT64_MAX;
        pieces += stop->doors * op->per_door;
    }
    return pieces;
}

static bool is_old(const struct judge_line *line, int rev, int64_t seen)
{
#ifdef PLANT_OLD_PAPER /* nobody minds that another sheet has come */
    seen = -1;
#endif
    for (size_t i = 0; i < line->rev_count; i++)
        if (line->revs[i].rev == rev) return line->revs[i].is_void && seen >= line->revs[i].void_feed;
    return false;
}

static void claim_settle(struct judge_work *work, const struct claim *claim, struct left *left)
{
    struct work_fact      *own = &work->facts[claim->fact];
    const struct judge_op *op = work->ops[claim->op].op;
    int64_t                seen = work->line->facts[claim->origin].seen_feed;
    int64_t                stopped = stopped_pieces(work->line, op, seen);
    if (stopped == INT64_MAX) {
        own->stopped += claim->count;
    } else if (is_old(work->line, op->rev, seen)) {
        own->old += claim->count;
    } else if (left->taken[claim->number]) {
        own->twice += claim->count;
    } else {
        int64_t most = claim->count < left->count ? claim->count : left->count;
        int64_t may = left->count > stopped ? left->count - stopped : 0;
        int64_t take = most < may ? most : may;
        own->taken += take;
        own->stopped += most - take;
        own->over += claim->count - most;
        left->count -= take;
        if (take > 0) left->taken[claim->number] = claim->number != 0;
    }
}

/* The office lets some of the held pieces count, over what is left too; nobody else loses his for it. */
static void claim_force(struct judge_work *work, const struct claim *claim, struct left *left)
{
    struct work_fact   *own = &work->facts[claim->fact];
    const struct event *event = work_event(work, claim->fact);
    int64_t             held = event->count - own->taken;
    own->forced = claim->count < held ? claim->count : held;
    left->count = left->count > own->forced ? left->count - own->forced : 0;
    for (int i = 0, some = 0; i < numbered(event) && some < own->forced; i++) {
        some += !left->taken[event->pieces[i]];
        left->taken[event->pieces[i]] = 1;
    }
}

void place_run(struct judge_work *work)
{
    struct left left = {0};
    if (work->claim_count > 0) qsort(work->claims, work->claim_count, sizeof *work->claims, claim_order);
    for (size_t i = 0; i < work->claim_count; i++) {
        const struct claim *claim = &work->claims[i];
        if (i == 0 || claim->op != claim[-1].op || claim->is_rework != claim[-1].is_rework)
            left_start(work, claim, &left);
        if (claim->is_forced)
            claim_force(work, claim, &left);
        else
            claim_settle(work, claim, &left);
    }
}
