/* due.c - what the pieces that count are worth, and to whom; what is done at each operation. In: a fact's counted
 * pieces. Out: its rate, its due, how many pieces that pays, a pay line for each worker, sums.
 *
 * Due = (good + bad decided as not his fault) x rate, rounded once, then split in share order. The rate is the signed
 * sheet's, unless a dated change says otherwise for that operation, family and shift date [R11]. Rework has its own
 * rate; nobody is paid for reworking pieces of an operation at which he counts pieces himself on this sheet before. */
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "server/judge/work.h"

/* ---- Rates */

static bool rate_fits(const struct judge_rate *rate, const struct judge_op *op, const char *family, int32_t day)
{
    return rate->from_day <= day && day <= rate->to_day && strcmp(rate->code, op->code) == 0 &&
           (rate->family[0] == 0 || strcmp(rate->family, family) == 0);
}

static int64_t rate_of(const struct judge_line *line, const struct judge_op *op, bool is_rework, int32_t day)
{
    int64_t rate = is_rework ? op->rework_rate_cfen : op->rate_cfen;
    for (size_t i = 0; i < line->rate_count; i++)
        if (rate_fits(&line->rates[i], op, line->family, day))
            rate = is_rework ? line->rates[i].rework_rate_cfen : line->rates[i].rate_cfen;
    return rate;
}

/* ---- Own rework */

static int maker_order(const void *left, const void *right)
{
    const struct maker *a = left, *b = right;
    if (a->op != b->op) return a->op < b->op ? -1 : 1;
    if (a->worker != b->worker) return a->worker < b->worker ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static int64_t counted(const struct work_fact *own)
{
    return own->taken + own->forced;
}

static bool has_rework(const struct judge_work *work)
{
    for (size_t i = 0; i < work->claim_count; i++)
        if (work->claims[i].is_rework) return true;
    return false;
}

void due_makers(struct judge_work *work)
{
    work->maker_count = 0;
    if (!has_rework(work)) return;
    for (int32_t i = 0; i < (int32_t)work->line->fact_count; i++) {
        const struct judge_fact *fact = &work->line->facts[i];
        const struct work_fact  *own = &work->facts[i];
        if (counted(own) == 0 || fact->event->rework) continue;
        for (int j = 0; j < fact->event->worker_count; j++) {
            work->makers = work_room(work->makers, &work->maker_cap, work->maker_count + 1, sizeof *work->makers);
            work->makers[work->maker_count++] = (struct maker){own->op, fact->workers[j], own->first_place};
        }
    }
    if (work->maker_count > 0) qsort(work->makers, work->maker_count, sizeof *work->makers, maker_order);
}

/* The first at or behind (op, worker, 0) is his earliest there. */
static bool has_made(const struct judge_work *work, int32_t op, int32_t worker, int64_t before)
{
    const struct maker want = {op, worker, 0};
    size_t             low = 0, high = work->maker_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (maker_order(&work->makers[middle], &want) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < work->maker_count && work->makers[low].op == op && work->makers[low].worker == worker &&
           work->makers[low].place < before;
}

static bool is_own_rework(const struct judge_work *work, int32_t fact)
{
    const struct judge_fact *who = &work->line->facts[fact];
    const struct work_fact  *own = &work->facts[fact];
    if (!who->event->rework) return false;
    for (int i = 0; i < who->event->worker_count; i++)
        if (who->workers[i] != 0 && has_made(work, own->op, who->workers[i], own->first_place)) return true;
    return false;
}

/* ---- Dues */

/* Splits bad pieces by the decision in force: a row whose operation is the fact's own is his fault, any other
 * (0: the material's) isn't. */
static int64_t bad_paid(const struct judge_work *work, int32_t fact, struct verdict *verdict)
{
    int32_t decision = work->facts[fact].decision[TRACK_BAD];
    int64_t his = 0, others = 0;
    if (decision != NONE) {
        const struct event *event = work_event(work, decision);
        for (int i = 0; i < event->bad_count; i++)
            *(event->bad[i].op == work_event(work, fact)->op ? &his : &others) += event->bad[i].count;
    }
    if (others > verdict->bad) others = verdict->bad;
    if (his > verdict->bad - others) his = verdict->bad - others;
    verdict->bad_undecided = verdict->bad - others - his;
    return others;
}

void due_add(struct judgement *out, size_t fact, int32_t worker, int64_t fen)
{
    out->dues = work_room(out->dues, &out->due_cap, out->due_count + 1, sizeof *out->dues);
    out->dues[out->due_count++] = (struct due){fact, worker, fen};
}

/* By the pool of the crew's shift, else by the shares that the event says. */
static int64_t weight_of(const struct judge_fact *fact, int share)
{
    if (fact->is_pooled) return fact->weights[share];
    return share < fact->event->worker_count && fact->event->workers[share].share > 0
               ? fact->event->workers[share].share
               : 1;
}

static void due_split(const struct judge_fact *fact, size_t index, int64_t fen, struct judgement *out)
{
    int64_t weights[MONEY_SHARES_MAX], shares[MONEY_SHARES_MAX];
    for (int i = 0; i < fact->worker_count; i++) weights[i] = weight_of(fact, i);
    money_split(fen, weights, (size_t)fact->worker_count, shares);
    for (int i = 0; i < fact->worker_count; i++) due_add(out, index, fact->workers[i], shares[i]);
}

/* Of a fact with counted pieces: money, and its part of the sums. */
void due_fact(struct judge_work *work, int32_t fact, struct verdict *verdict, struct judgement *out)
{
    const struct judge_fact *who = &work->line->facts[fact];
    struct work_op          *op = &work->ops[work->facts[fact].op];
    int64_t                  pieces = verdict->good + bad_paid(work, fact, verdict);
    if (!is_own_rework(work, fact))
        verdict->rate_cfen = rate_of(work->line, op->op, who->event->rework, who->event->shift_day);
    verdict->due_fen = money_due_fen(verdict->rate_cfen, pieces);
    if (verdict->due_fen != 0 && !who->event->rework) verdict->due_pieces = pieces;
    due_split(who, (size_t)fact, verdict->due_fen, out);
    if (who->event->rework) {
        op->reworked += verdict->good;
    } else {
        op->good += verdict->good;
        op->bad += verdict->bad;
    }
}

/* ---- Sums */

void due_sums(struct judge_work *work, struct judgement *out)
{
    out->sums = work_room(out->sums, &out->sum_cap, work->line->op_count, sizeof *out->sums);
    out->sum_count = 0;
    for (size_t i = 0; i < work->line->op_count; i++) {
        const struct work_op *op = &work->ops[i];
        int64_t               mended = op->reworked < op->bad ? op->reworked : op->bad;
        int64_t               good = op->good + mended + place_stays(work, op->op);
        if (good + op->bad + op->held == 0) continue;
        out->sums[out->sum_count++] = (struct op_sum){op->op->rev, op->op->number, good, op->bad - mended, op->held};
    }
}
