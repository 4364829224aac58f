/* worker.c - badges, who is signed in, and a worker's own page. */
#include <string.h>

#include "kiosk/flow/step.h"

void worker_out(struct flow *flow)
{
    flow->crew_count = flow->member = 0;
    flow->is_lent = flow->has_member = flow->is_shift_over = flow->has_prior = false;
    flow->has_pay = flow->is_opening = false;
}

/* Two badges of one person are one person. */
int worker_at(const struct flow *flow, const struct found_worker *worker)
{
    for (int i = 0; i < flow->crew_count; i++)
        if (flow->crew[i].badge == worker->badge || (worker->number != 0 && flow->crew[i].number == worker->number))
            return i;
    return -1;
}

static void people_again(struct found_worker *people, int count, const struct found_worker *worker)
{
    for (int i = 0; i < count; i++)
        if (people[i].badge == worker->badge) people[i] = *worker;
}

/* A name, a crew, a language changed; he left, or his badge was revoked. */
void worker_again(struct flow *flow, const struct found_worker *worker)
{
    people_again(flow->crew, flow->crew_count, worker);
    people_again(flow->roll, flow->roll_count, worker);
    people_again(flow->prior, flow->prior_count, worker);
    people_again(flow->last_crew, flow->last_crew_count, worker);
    people_again(&flow->second, 1, worker);
    if (flow->crew_count > 0 && worker->is_revoked && flow_person(flow)->badge == worker->badge)
        flow->has_pay = flow->is_opening = false;
}

void worker_show(struct flow *flow, int member, struct effect *effect)
{
    flow_put_away(flow);
    flow->say = (struct say){0};
    if (flow->member != member) flow->has_pay = flow->is_opening = false;
    flow->member = member;
    int32_t number = flow_person(flow)->number;
    if (flow->page.worker != number) memset(&flow->page, 0, sizeof flow->page);
    flow_go(flow, SCREEN_WORKER);
    effect->ask_page = number != 0;
    effect->worker = number;
}

bool worker_asked(struct flow *flow, int64_t place, struct effect *effect)
{
    if (flow->crew_count == 0 || flow->is_lent || place > flow->crew_count) return false;
    if (place == 0 && flow->crew_count > 1)
        crew_show(flow, effect);
    else
        worker_show(flow, place > 0 ? (int)place - 1 : 0, effect);
    return true;
}

static void worker_in(struct flow *flow, const struct input *input, struct effect *effect)
{
    worker_out(flow);
    crew_add(flow, &input->found.worker);
    if (flow->crew[0].is_known) flow->lang = flow->crew[0].lang;
    if (flow->screen == SCREEN_NUMBER) return; /* what was typed waits for its last digit */
    if (flow->has_sheet) {
        flow->is_looking = false;
        sheet_report(flow, effect);
    } else if (flow->is_count_final || flow->is_looking || flow->is_collecting) {
        flow_go(flow, SCREEN_IDLE); /* what a card said waits for its sheet */
    } else {
        worker_show(flow, 0, effect);
        entry_code(flow, &input->code);
    }
}

/* His own badge again: the next step without a touch; where there is none, his page or the crew. */
static void worker_own(struct flow *flow, int at, struct effect *effect)
{
    switch ((int)flow->screen) {
    case SCREEN_SHEET:
        flow->is_looking = false;
        sheet_report(flow, effect);
        return;
    case SCREEN_OPERATION:
        if (flow->op_count > 0) sheet_report(flow, effect);
        return;
    case SCREEN_COUNT: entry_save(flow, effect); return;
    case SCREEN_NUMBER:
    case SCREEN_CHECK:
    case SCREEN_QUESTION: return; /* it asks something that a badge doesn't answer */
    default: break;
    }
    if (flow->crew_count > 1 || flow->screen == SCREEN_CREW)
        crew_own(flow, at, effect);
    else
        worker_show(flow, 0, effect);
}

/* Somebody else's: whether he joins or takes over can't be known. His badge once more means that he joins. */
static void worker_other(struct flow *flow, const struct input *input, struct effect *effect)
{
    bool is_answer = flow->screen == SCREEN_QUESTION && flow->question == QUESTION_JOIN;
    if (is_answer && input->found.worker.badge == flow->second.badge) {
        struct input join = {.kind = INPUT_TAP, .action = ACTION_JOIN, .how = input->how};
        question_tap(flow, &join, effect);
        return;
    }
    if (flow->screen == SCREEN_QUESTION && !is_answer)
        flow->join_from = SCREEN_SHEET; /* "again?" is asked anew */
    else if (!is_answer)
        flow->join_from = flow->screen;
    flow->second = input->found.worker;
    question_show(flow, QUESTION_JOIN, effect);
}

void worker_badge(struct flow *flow, const struct input *input, struct effect *effect)
{
    if (flow->has_sheet && !flow->is_correcting && input->found.has_sheet) flow->sheet = input->found.sheet;
    if (flow->is_correcting && worker_at(flow, &input->found.worker) < 0) flow_home(flow);
    if (input->how == HOW_TYPED) flow->is_typed = true;
    int at = worker_at(flow, &input->found.worker);
    if (flow->crew_count == 0 || at < 0) entry_code(flow, &input->code);
    if (flow->crew_count == 0 && flow->screen == SCREEN_COUNT) {
        crew_add(flow, &input->found.worker); /* made before the stop, counted by nobody yet */
        if (flow->crew[0].is_known) flow->lang = flow->crew[0].lang;
        if (flow->count > 0) entry_save(flow, effect);
    } else if (flow->crew_count == 0) {
        worker_in(flow, input, effect);
    } else if (at >= 0) {
        worker_own(flow, at, effect);
    } else {
        worker_other(flow, input, effect);
    }
}

void worker_page(struct flow *flow, const struct found_page *page)
{
    bool is_own = flow->crew_count > 0 && flow_person(flow)->number == page->worker;
    bool is_last = flow->last_crew_count > 0 && flow->last_crew[0].number == page->worker;
    bool is_asked =
        (flow->super.duty == DUTY_MEND || flow->super.duty == DUTY_OBJECT) && flow->super.worker.number == page->worker;
    if (is_own || is_last || is_asked) flow->page = *page;
}

static void worker_yuan(struct flow *flow, struct effect *effect)
{
    struct found_worker *worker = &flow->crew[flow->member < flow->crew_count ? flow->member : 0];
    worker->shows_yuan = !worker->shows_yuan;
    effect->set = true;
    effect->knob = (struct found_knob){.worker = worker->number, .name = "yuan", .value = worker->shows_yuan};
}

bool worker_tap(struct flow *flow, const struct input *input, struct effect *effect)
{
    switch ((int)input->action) {
    case ACTION_BACK: flow_home(flow); return true;
    case ACTION_MONEY:
        flow->digits[0] = '\0';
        if (flow->has_pay) {
            flow->has_pay = false; /* the same key hides it */
        } else if (!flow_person(flow)->has_pin) {
            flow->say = SAY("flow.no_pin");
        } else if (pin_locked_min(flow, flow_person(flow)->badge) > 0) {
            flow->say = say_int(SAY("flow.pin_tries"), pin_locked_min(flow, flow_person(flow)->badge));
        } else {
            flow->say = (struct say){0};
            flow_go(flow, SCREEN_PIN);
        }
        return true;
    case ACTION_YUAN: /* behind the PIN: nobody else switches it on for him */
        if (!flow->has_pay || flow_person(flow)->number == 0) return false;
        worker_yuan(flow, effect);
        return true;
    case ACTION_WRONG:
        if (flow_person(flow)->number == 0) return false;
        object_begin(flow, effect);
        return true;
    case ACTION_MORE: flow->page_no++; return true;
    case ACTION_COUNT:
    case ACTION_BAD:
    case ACTION_NUMBER:
    case ACTION_LOOK:
        flow->say = (struct say){0};
        flow_go(flow, SCREEN_IDLE);
        return idle_tap(flow, input, effect);
    default: return false;
    }
}
