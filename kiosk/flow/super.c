/* super.c - a supervisor's menu, spare badges, and the list from which a worker is chosen: kiosk/flow/super.h.
 *
 * Everything kept here carries `by`, the supervisor's number, and the code of his badge in front of the others. */
#include "kiosk/flow/super.h"

#include <assert.h>
#include <string.h>

#include "core/initial.h"
#include "core/utf8.h"
#include "kiosk/flow/step.h"

bool super_is_on(const struct flow *flow)
{
    return flow->screen >= SCREEN_SUPER && flow->screen <= SCREEN_MEND;
}

void super_begin(struct flow *flow, enum duty duty)
{
    bool is_carrying = flow->super.is_carrying;
    memset(&flow->super, 0, sizeof flow->super);
    flow->super.is_carrying = is_carrying;
    flow->super.duty = duty;
}

void super_show(struct flow *flow)
{
    flow_put_away(flow);
    flow->say = (struct say){0};
    super_begin(flow, DUTY_NONE);
    flow_go(flow, SCREEN_SUPER);
}

static void spare_show(struct flow *flow)
{
    flow_put_away(flow);
    flow->super.duty = DUTY_BIND;
    flow->super.spare = 0;
    flow->say = (struct say){0};
    flow_go(flow, SCREEN_SPARE);
}

/* ---- The menu */

bool super_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: worker_show(flow, 0, effect); return true;
    case ACTION_SPARE: spare_show(flow); return true;
    case ACTION_PAPER:
        super_begin(flow, DUTY_PAPER);
        flow_put_away(flow);
        paper_show(flow);
        return true;
    case ACTION_MEND:
        flow->super.duty = DUTY_MEND;
        super_people(flow, effect);
        return true;
    case ACTION_CARRY: super_carry(flow, effect); return true;
    default: return false;
    }
}

void super_carry(struct flow *flow, struct effect *effect)
{
    if (flow->super.is_carrying) return;
    flow->super.is_carrying = true;
    flow->say = SAY("flow.carrying");
    effect->carry = true;
}

void super_carried(struct flow *flow, const struct input *input)
{
    flow->super.is_carrying = false;
    bool is_shown = flow->screen == SCREEN_SUPER || flow->screen == SCREEN_IDLE || flow->screen == SCREEN_SETUP;
    if (is_shown) flow->say = input->say;
}

/* ---- Saving */

static void badge_digits(int64_t badge, char digits[CODE_DIGITS + 1])
{
    char text[CODE_TEXT_MAX];
    code_write_badge(badge, text);
    memcpy(digits, text, CODE_DIGITS + 1);
}

void super_send(struct flow *flow, struct event *event, struct effect *effect)
{
    event->v = EVENT_VERSION;
    event->by = flow->crew[0].number;
    utf8_copy(event->station, sizeof event->station, flow->state.station);
    if (event->code_count == EVENT_CODES_MAX) event->code_count--;
    memmove(event->codes[1], event->codes[0], (size_t)event->code_count * sizeof event->codes[0]);
    badge_digits(flow->crew[0].badge, event->codes[0]);
    event->code_count++;
    event->how = flow->is_typed ? HOW_TYPED : flow->is_touched ? HOW_TOUCHED : HOW_SCANNED;
    if (event->tone == TONE_NONE) event->tone = TONE_GREEN;
    flow->last_count = 0; /* nobody undoes in passing what a supervisor entered */
    flow->last_crew[0] = flow->super.worker;
    flow->last_crew_count = 1;
    entry_send(flow, event, effect);
}

/* Ticked paper goes on with the next row; after the others he has done what he came for, and nobody may report in his
 * name by oversight. */
bool super_saved(struct flow *flow, struct effect *effect)
{
    struct say why = flow->say;
    if (flow->super.duty == DUTY_NONE) return false;
    if (flow->super.duty == DUTY_OBJECT) {
        object_saved(flow, effect);
        return true;
    }
    if (flow->super.duty == DUTY_PAPER)
        paper_saved(flow);
    else
        worker_out(flow);
    flow_put_away(flow);
    flow->say = why;
    flow_go(flow, SCREEN_SAVED);
    effect->sound = SOUND_SAVED;
    effect->ask_idle = true;
    effect->ask_page = flow->last_crew[0].number != 0;
    effect->worker = flow->last_crew[0].number;
    return true;
}

bool super_not_saved(struct flow *flow, struct effect *effect, struct say say)
{
    static const enum screen BACK[] = {[DUTY_NONE] = SCREEN_IDLE,
                                       [DUTY_BIND] = SCREEN_PEOPLE,
                                       [DUTY_PAPER] = SCREEN_PAPER,
                                       [DUTY_MEND] = SCREEN_MEND,
                                       [DUTY_OBJECT] = SCREEN_ENTRIES};
    if (flow->super.duty == DUTY_NONE) return false;
    refused_show(flow, say, SAY("flow.not_saved_next"), BACK[flow->super.duty], effect);
    return true;
}

bool super_goes_on(struct flow *flow)
{
    if (flow->screen != SCREEN_SAVED || flow->super.duty != DUTY_PAPER || flow->crew_count == 0) return false;
    paper_show(flow);
    return true;
}

/* ---- Spare badges */

static void bind_save(struct flow *flow, const struct found_worker *worker, struct effect *effect)
{
    struct event event;
    memset(&event, 0, sizeof event);
    event.kind = EVENT_BIND;
    event.code_count = 1;
    badge_digits(flow->super.spare, event.codes[0]);
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.badge = flow->super.spare, .number = worker->number, .share = 1};
    event.tone = worker->number != 0 ? TONE_GREEN : TONE_AMBER;
    event.shift_day = flow->state.day;
    utf8_copy(event.shift, sizeof event.shift, flow->state.shift);
    flow->super.worker = *worker;
    flow->say = (struct say){0};
    if (worker->number == 0) flow->say = SAY("flow.held_newcomer");
    super_send(flow, &event, effect);
}

/* Nobody's own badge: bound to somebody else today or not at all. */
static bool is_spare(const struct found_worker *worker)
{
    return !worker->is_revoked && (worker->is_spare || worker->number == 0);
}

static void spare_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    const struct found_worker *badge = &input->found.worker;
    if (!is_spare(badge)) {
        refused_show(flow, say_text(SAY("flow.spare_own"), badge->name), SAY("flow.spare_own_next"), SCREEN_SPARE,
                     effect);
        return;
    }
    flow->super.duty = DUTY_BIND;
    flow->super.spare = badge->badge;
    super_people(flow, effect);
}

bool spare_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    (void)effect;
    if (input->action != ACTION_BACK) return false;
    super_show(flow);
    return true;
}

/* ---- The list of workers */

static void people_ask(struct flow *flow, struct effect *effect)
{
    flow->super.by = PEOPLE_NAMES;
    flow->since_ms = flow->now_ms;
    effect->ask_people = true;
    effect->people = flow->super.people.ask;
}

void super_people(struct flow *flow, struct effect *effect)
{
    flow->super.people.ask = (struct people_ask){0};
    flow->say = (struct say){0};
    flow_go(flow, SCREEN_PEOPLE);
    people_ask(flow, effect);
}

static void people_chosen(struct flow *flow, const struct found_worker *worker, struct effect *effect)
{
    switch (flow->super.duty) {
    case DUTY_BIND: bind_save(flow, worker, effect); return;
    case DUTY_PAPER:
        paper_worker(flow, worker);
        paper_show(flow);
        return;
    case DUTY_MEND:
        flow->super.worker = *worker;
        flow->super.has_worker = true;
        entries_show(flow, 0, effect);
        return;
    case DUTY_OBJECT:
    case DUTY_NONE: break;
    }
    super_show(flow);
}

static void people_filter(struct flow *flow, int64_t filter, struct effect *effect)
{
    struct people_ask *ask = &flow->super.people.ask;
    enum people_by     by = flow->super.by;
    if (filter == PEOPLE_LETTERS || filter == PEOPLE_CREWS) {
        flow->super.by = (enum people_by)filter;
        flow->since_ms = flow->now_ms;
        return;
    }
    int64_t at = filter - PEOPLE_FIRST;
    *ask = (struct people_ask){0};
    if (by == PEOPLE_LETTERS && at >= 1 && at <= INITIAL_GROUPS)
        ask->group = (int)at;
    else if (by == PEOPLE_CREWS && at >= 0 && at < flow->super.people.crew_count)
        memcpy(ask->crew, flow->super.people.crews[at].id, sizeof ask->crew);
    people_ask(flow, effect);
}

static void people_back(struct flow *flow, struct effect *effect)
{
    if (flow->super.by != PEOPLE_NAMES)
        people_ask(flow, effect);
    else if (flow->super.duty == DUTY_PAPER)
        paper_show(flow);
    else if (flow->super.duty == DUTY_BIND)
        spare_show(flow);
    else
        super_show(flow);
}

bool people_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    struct found_people *people = &flow->super.people;
    switch ((int)input->action) {
    case ACTION_BACK: people_back(flow, effect); return true;
    case ACTION_FILTER: people_filter(flow, input->argument, effect); return true;
    case ACTION_MORE:
        people->ask.page = (people->ask.page + 1) * FOUND_PEOPLE_MAX < people->total ? people->ask.page + 1 : 0;
        people_ask(flow, effect);
        return true;
    case ACTION_NEWCOMER: {
        struct found_worker nobody = {.badge = flow->super.spare, .is_spare = true};
        if (flow->super.duty != DUTY_BIND) return false;
        people_chosen(flow, &nobody, effect);
        return true;
    }
    case ACTION_PICK:
        for (int i = 0; i < people->count; i++) {
            if (people->rows[i].number != input->argument) continue;
            struct found_worker chosen = people->rows[i];
            people_chosen(flow, &chosen, effect);
            return true;
        }
        return false;
    default: return false;
    }
}

/* ---- Scans */

/* He holds a badge in his hand that nobody has: that is how a spare one is given, without a touch. */
static bool is_giving(const struct flow *flow, const struct input *input)
{
    bool is_place = flow->screen == SCREEN_WORKER || flow->screen == SCREEN_SUPER || flow->screen == SCREEN_SPARE ||
                    (flow->screen == SCREEN_PEOPLE && flow->super.duty == DUTY_BIND);
    bool is_his = flow->crew_count == 1 && flow->crew[0].is_supervisor && !flow->is_lent;
    return is_place && is_his && is_spare(&input->found.worker);
}

static bool badge_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    const struct found_worker *worker = &input->found.worker;
    if (flow->super.duty == DUTY_OBJECT && super_is_on(flow)) { /* somebody goes on, with whatever he has in hand */
        object_back(flow, effect);
        return false;
    }
    if (is_giving(flow, input) || flow->screen == SCREEN_SPARE) {
        spare_scan(flow, input, effect);
        return true;
    }
    if (!super_is_on(flow) || flow->screen == SCREEN_SUPER) return false;
    if (flow->super.duty == DUTY_PAPER) return paper_scan(flow, input);
    if (worker->number == 0) {
        flow->say = SAY("flow.badge_nobody");
    } else if (flow->super.duty == DUTY_BIND && worker->badge == flow->crew[0].badge) {
        flow->say = SAY("flow.spare_choose");
    } else {
        people_chosen(flow, worker, effect);
    }
    return true;
}

bool super_scan(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_sheet = input->code.kind == CODE_SHEET || input->code.kind == CODE_PIECE;
    if (flow->screen == SCREEN_NUMBER && flow->super.duty == DUTY_PAPER && (is_sheet || input->code.kind == CODE_BADGE))
        return paper_scan(flow, input);
    if (input->code.kind == CODE_BADGE) return badge_scan(flow, input, effect);
    if (!is_sheet || !super_is_on(flow)) return false;
    if (flow->super.duty == DUTY_PAPER) return paper_scan(flow, input);
    flow_home(flow); /* somebody goes on working */
    return false;
}
