/* time.c - day work: hours that no sheet knows, judged by worker and shift date. In: the facts of one date, dated rates by
 * the hour. Out: the minutes that count, and what they are worth to each worker.
 *
 * Who enters his own hours waits for a yes; what a supervisor or the office enters counts at once. Nobody is paid for more
 * minutes of a date than there can be: what goes beyond is held whole, until somebody decides how much of it counts. */
#include "core/money.h"
#include "server/judge/work.h"

/* The worker's own rate on that date, else everybody's; -1: there is none. Rates stand in the order of their days. */
static int64_t hour_of(const struct judge_line *line, int32_t worker, int32_t day)
{
    int64_t own = -1, all = -1;
    for (size_t i = 0; i < line->hour_count; i++) {
        const struct judge_hour *hour = &line->hours[i];
        if (hour->from_day > day) continue;
        if (hour->worker == 0) all = hour->hour_cfen;
        if (hour->worker == worker) own = hour->hour_cfen;
    }
    return own >= 0 ? own : all;
}

static bool has_rates(const struct judge_work *work, int32_t fact)
{
    const struct judge_fact *who = &work->line->facts[fact];
    for (int i = 0; i < who->worker_count; i++)
        if (hour_of(work->line, who->workers[i], who->event->shift_day) < 0) return false;
    return true;
}

/* Minutes of a worker that count already, of facts before this one; of nobody known, none. */
static int64_t minutes_before(const struct judge_work *work, int32_t fact, int32_t worker)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < fact && worker != 0; i++) {
        const struct judge_fact *who = &work->line->facts[i];
        for (int j = 0; j < who->worker_count && who->event->kind == EVENT_DAYWORK; j++)
            if (who->workers[j] == worker) sum += work->facts[i].taken;
    }
    return sum;
}

static bool is_too_long(const struct judge_work *work, int32_t fact)
{
    const struct judge_fact *who = &work->line->facts[fact];
    for (int i = 0; i < who->worker_count; i++)
        if (minutes_before(work, fact, who->workers[i]) + who->event->count > work->line->time_most) return true;
    return false;
}

static enum hold time_hold(const struct judge_work *work, int32_t fact)
{
    const struct judge_fact *who = &work->line->facts[fact];
    enum hold                own = work->facts[fact].hold;
    if (own != HOLD_NONE && own < HOLD_DECIDABLE) return own;
    if (who->worker_count == 0 || who->event->count <= 0) return HOLD_NOBODY;
    if (!has_rates(work, fact)) return HOLD_TIME_RATE;
    if (own != HOLD_NONE) return own;
    if (who->event->kiosk != 0 && who->event->by == 0) return HOLD_TIME_OWN;
    return is_too_long(work, fact) ? HOLD_TIME_MOST : HOLD_NONE;
}

void time_run(struct judge_work *work)
{
    for (int32_t i = 0; i < (int32_t)work->line->fact_count; i++) {
        struct work_fact *own = &work->facts[i];
        if (work_event(work, i)->kind != EVENT_DAYWORK || !own->is_current) continue;
        own->hold = time_hold(work, i);
        int32_t decision = own->decision[TRACK_PIECES];
        if (own->hold == HOLD_NONE && decision == NONE)
            own->taken = work_event(work, i)->count;
        else if (own->hold == HOLD_NONE || own->hold >= HOLD_DECIDABLE)
            own->taken = decision == NONE ? 0 : work_event(work, decision)->count;
    }
}

/* Each worker's minutes at his own rate: there is nothing to split. */
void time_fact(struct judge_work *work, int32_t fact, struct verdict *verdict, struct judgement *out)
{
    const struct judge_fact *who = &work->line->facts[fact];
    const struct work_fact  *own = &work->facts[fact];
    bool is_decided = own->decision[TRACK_PIECES] != NONE && (own->hold == HOLD_NONE || own->hold >= HOLD_DECIDABLE);
    verdict->counted = verdict->good = own->taken;
    verdict->held = is_decided ? 0 : who->event->count - own->taken;
    if (verdict->held > 0) {
        verdict->kind = VERDICT_HELD;
        verdict->reason = hold_say(own->hold, who->event);
    } else if (own->taken < who->event->count) {
        verdict->reason = say_int(SAY("verdict.rejected"), who->event->count - own->taken);
    }
    for (int i = 0; i < who->worker_count && own->taken > 0; i++) {
        int64_t rate = hour_of(work->line, who->workers[i], who->event->shift_day);
        int64_t fen = money_time_fen(rate, own->taken);
        verdict->rate_cfen = rate;
        verdict->due_fen += fen;
        due_add(out, (size_t)fact, who->workers[i], fen);
    }
}
