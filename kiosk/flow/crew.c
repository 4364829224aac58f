/* crew.c - people who share one job: who is in and since when, and the events that say so.
 *
 * A crew is two or more. Whatever changes it (a badge, a touch, a sign-out, the end of a shift), crew_settle() compares
 * who is in with who is in by what was recorded, and records the difference: a join, a leave. So no way in or out is
 * forgotten, and what was taken back is a leave of him who had joined. */
#include <string.h>

#include "core/money.h"
#include "kiosk/flow/step.h"

/* ---- Who */

const struct found_worker *flow_person(const struct flow *flow)
{
    return &flow->crew[flow->member < flow->crew_count ? flow->member : 0];
}

static bool is_among(const struct found_worker *people, int count, int64_t badge)
{
    for (int i = 0; i < count; i++)
        if (people[i].badge == badge) return true;
    return false;
}

/* Those of people who aren't among the others. */
static int people_less(const struct found_worker *people, int count, const struct found_worker *others, int other_count,
                       struct found_worker out[CREW_MAX])
{
    int left = 0;
    for (int i = 0; i < count; i++)
        if (!is_among(others, other_count, people[i].badge)) out[left++] = people[i];
    return left;
}

bool crew_is_last(const struct flow *flow)
{
    if (flow->crew_count != flow->last_crew_count) return false;
    for (int i = 0; i < flow->crew_count; i++)
        if (flow->crew[i].badge != flow->last_crew[i].badge) return false;
    return true;
}

void crew_add(struct flow *flow, const struct found_worker *worker)
{
    flow->crew[flow->crew_count] = *worker;
    flow->crew_ms[flow->crew_count++] = flow->state.wall_ms;
}

static void crew_drop(struct flow *flow, int at)
{
    size_t rest = (size_t)(flow->crew_count - at - 1);
    memmove(&flow->crew[at], &flow->crew[at + 1], rest * sizeof flow->crew[0]);
    memmove(&flow->crew_ms[at], &flow->crew_ms[at + 1], rest * sizeof flow->crew_ms[0]);
    flow->crew_count--;
    flow->member = 0;
    flow->has_member = false;
}

/* ---- What is recorded */

/* Alone, he is no crew; those of the last entry who come back for its undo neither join nor leave. */
static int crew_due(const struct flow *flow)
{
    return flow->crew_count > 1 ? flow->crew_count : 0;
}

void crew_settle(struct flow *flow, struct effect *effect)
{
    struct found_worker who[CREW_MAX];
    if (flow->screen == SCREEN_SAVING || effect->save || flow->is_lent) return;
    int             due = crew_due(flow);
    int             count = people_less(flow->roll, flow->roll_count, flow->crew, due, who);
    enum event_kind kind = count > 0 ? EVENT_LEAVE : EVENT_JOIN;
    if (count == 0) count = people_less(flow->crew, due, flow->roll, flow->roll_count, who);
    if (count == 0) return;
    if (flow->roll_count == 0) {
        flow->roll_day = flow->state.day;
        memcpy(flow->roll_shift, flow->state.shift, sizeof flow->roll_shift);
    }
    flow->rolling = entry_begin(flow, kind, who, count);
    flow->rolling.code_count = 0; /* those scanned belong to the entry in the making */
    flow->rolling.how = HOW_SCANNED;
    if (kind == EVENT_JOIN) /* as their reports name it: no house crew's where one of them is another's */
        entry_crew(&flow->rolling, flow->crew, due);
    else
        entry_crew(&flow->rolling, flow->roll, flow->roll_count);
    flow->rolling.shift_day = flow->roll_day;
    memcpy(flow->rolling.shift, flow->roll_shift, sizeof flow->rolling.shift);
    flow_hold(flow);
    effect->save = true;
    effect->event = flow->rolling;
}

/* Takes what is on its way as recorded. */
static void roll_take(struct flow *flow)
{
    const struct event *event = &flow->rolling;
    struct found_worker rest[CREW_MAX];
    int                 count = 0;
    for (int i = 0; i < flow->roll_count; i++) {
        bool has_left = false;
        for (int k = 0; k < event->worker_count; k++) has_left |= event->workers[k].badge == flow->roll[i].badge;
        if (!has_left) rest[count++] = flow->roll[i];
    }
    for (int i = 0; i < flow->crew_count && event->kind == EVENT_JOIN; i++)
        if (!is_among(rest, count, flow->crew[i].badge)) rest[count++] = flow->crew[i];
    memcpy(flow->roll, rest, (size_t)count * sizeof rest[0]);
    flow->roll_count = count;
}

void crew_saved(struct flow *flow)
{
    flow_resume(flow);
    roll_take(flow);
}

/* Who couldn't be recorded hasn't joined; who left has gone all the same, and the server ends his time with the shift.
 * Over green nothing is said: the entry is on the disk and names everybody. */
void crew_not_saved(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_join = flow->rolling.kind == EVENT_JOIN, is_quiet = flow->roll_screen == SCREEN_SAVED;
    flow_resume(flow);
    if (!is_join || is_quiet) {
        roll_take(flow);
    } else {
        for (int i = flow->crew_count - 1; i > 0; i--)
            if (!is_among(flow->roll, flow->roll_count, flow->crew[i].badge)) crew_drop(flow, i);
        flow->has_prior = false;
    }
    if (is_quiet || flow->screen == SCREEN_REFUSED) return;
    refused_show(flow, input->say, SAY("flow.crew_not_saved_next"), flow->screen, effect);
}

/* The screen went dark, the crew didn't: it is in until its shift ends, as it was recorded. */
void crew_again(struct flow *flow, const struct found_roll *roll)
{
    if (flow->crew_count > 0 || flow->roll_count > 0 || roll->count < 2) return;
    flow->crew_count = flow->roll_count = roll->count;
    memcpy(flow->crew, roll->people, sizeof flow->crew);
    memcpy(flow->roll, roll->people, sizeof flow->roll);
    memcpy(flow->crew_ms, roll->since_ms, sizeof flow->crew_ms);
    flow->roll_day = flow->state.day;
    memcpy(flow->roll_shift, flow->state.shift, sizeof flow->roll_shift);
    flow->active_ms = flow->now_ms;
}

/* ---- Joining and leaving by hand */

void crew_prior(struct flow *flow)
{
    flow->has_prior = true;
    flow->prior_at_ms = flow->now_ms;
    flow->prior_count = flow->crew_count;
    memcpy(flow->prior, flow->crew, sizeof flow->prior);
    memcpy(flow->prior_ms, flow->crew_ms, sizeof flow->prior_ms);
}

bool flow_may_revert(const struct flow *flow)
{
    return flow->screen == SCREEN_CREW && flow->has_prior && flow->now_ms < flow->prior_at_ms + FLOW_PRIOR_MS;
}

static void crew_revert(struct flow *flow, struct effect *effect)
{
    flow->has_prior = false;
    flow->crew_count = flow->prior_count;
    memcpy(flow->crew, flow->prior, sizeof flow->crew);
    memcpy(flow->crew_ms, flow->prior_ms, sizeof flow->crew_ms);
    crew_show(flow, effect);
    flow->say = SAY("flow.crew_reverted");
}

void crew_show(struct flow *flow, struct effect *effect)
{
    flow_put_away(flow);
    flow->say = (struct say){0};
    flow->has_pay = flow->is_opening = false;
    flow->member = 0;
    flow->has_member = false;
    flow_go(flow, SCREEN_CREW);
    effect->ask_crew = true;
}

static void crew_leave(struct flow *flow, int at, struct effect *effect)
{
    struct say left = say_text(SAY("flow.left_crew"), flow->crew[at].name);
    crew_prior(flow);
    crew_drop(flow, at);
    crew_show(flow, effect);
    flow->say = left;
}

/* His own badge: the first time it chooses him, the second time he leaves. */
void crew_own(struct flow *flow, int at, struct effect *effect)
{
    bool is_chosen = flow->screen == SCREEN_CREW && flow->has_member && flow->member == at;
    if (is_chosen && flow->crew_count > 1) {
        if (flow->now_ms >= flow->since_ms + FLOW_TWICE_MS) crew_leave(flow, at, effect);
        return;
    }
    if (flow->screen != SCREEN_CREW) crew_show(flow, effect);
    flow->since_ms = flow->now_ms;
    flow->say = (struct say){0};
    flow->member = at;
    flow->has_member = true;
}

static bool leave_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    int64_t at = input->argument - 1;
    if (input->argument == 0) {
        if (!flow->has_member || flow->crew_count < 2) return false;
        crew_leave(flow, flow->member, effect);
        return true;
    }
    if (at < 0 || at >= flow->crew_count) return false;
    if (input->how != HOW_TOUCHED && flow->crew_count > 1) { /* a card says it outright */
        crew_leave(flow, (int)at, effect);
        return true;
    }
    flow->has_member = !flow->has_member || flow->member != at;
    flow->member = flow->has_member ? (int)at : 0;
    flow->say = (struct say){0};
    return true;
}

bool crew_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: flow_home(flow); return true;
    case ACTION_LEAVE: return leave_tap(flow, input, effect);
    case ACTION_UNDO:
        if (!flow_may_revert(flow)) return false;
        crew_revert(flow, effect);
        return true;
    case ACTION_COUNT:
    case ACTION_BAD:
    case ACTION_NUMBER:
    case ACTION_LOOK: flow_home(flow); return idle_tap(flow, input, effect);
    default: return false;
    }
}

/* ---- Shares */

static int64_t share_add(const struct flow *flow, const struct event *event, int64_t shares[CREW_MAX])
{
    int64_t weights[CREW_MAX], parts[CREW_MAX];
    size_t  count = (size_t)flow->last_crew_count;
    for (int i = 0; i < flow->last_sheet.op_count; i++) {
        const struct found_op *op = &flow->last_sheet.ops[i];
        if (op->number != event->op || op->rate_cfen == 0) continue;
        int64_t fen = money_due_fen(op->rate_cfen, event->count - event_bad_total(event));
        for (size_t k = 0; k < count; k++) weights[k] = 1;
        money_split(fen, weights, count, parts);
        for (size_t k = 0; k < count; k++) shares[k] += parts[k];
        return fen;
    }
    return -1;
}

bool flow_is_pool(const struct found_worker *crew, int count)
{
    bool is_pool = count > 1 && crew[0].is_pooled;
    for (int i = 1; i < count; i++) is_pool = is_pool && strcmp(crew[i].crew, crew[0].crew) == 0;
    return is_pool;
}

int64_t flow_shares(const struct flow *flow, int64_t shares[CREW_MAX])
{
    int64_t sum = 0;
    memset(shares, 0, CREW_MAX * sizeof shares[0]);
    if (flow_is_pool(flow->last_crew, flow->last_crew_count)) return -1;
    for (int i = 0; i < flow->last_count; i++) {
        const struct event *event = &flow->lasts[i].event;
        if (event->tone == TONE_AMBER || event->rework || flow->last_crew_count == 0) return -1;
        int64_t fen = share_add(flow, event, shares);
        if (fen < 0) return -1;
        sum += fen;
    }
    return flow->last_count > 0 ? sum : -1;
}
