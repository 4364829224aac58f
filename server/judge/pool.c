/* pool.c - how a crew shares what it made in a shift: server/judge/pool.h. In: joins and leaves, the shift's bounds, dated
 * coefficients. Out: minutes of each, weights of each fact. */
#include "server/judge/pool.h"

#include <stdlib.h>
#include <string.h>

#include "core/money.h"

enum { MINUTE_MS = 60000, DAY_MINUTES = 1440 };

static const char *const WORDS[POOL_SPLITS] = {"equal", "coefficient", "hours", "both"};

const char *pool_split_word(enum pool_split split)
{
    return WORDS[split];
}

enum pool_split pool_split_of(const char *word)
{
    int split = POOL_EQUAL;
    while (split < POOL_SPLITS && strcmp(WORDS[split], word) != 0) split++;
    return (enum pool_split)split;
}

void pool_bounds(const struct day_rule *rule, int32_t day, const char *shift, int64_t *from_ms, int64_t *to_ms)
{
    int64_t from = rule->day_start_min, to = from + DAY_MINUTES;
    for (int i = 0; i < rule->count; i++) {
        if (strcmp(rule->shifts[i].name, shift) != 0) continue;
        from = rule->shifts[i].start_min;
        to = rule->shifts[i].end_min;
        break;
    }
    int64_t midnight = (int64_t)day * DAY_MINUTES - rule->offset_min;
    *from_ms = (midnight + from) * MINUTE_MS;
    *to_ms = (midnight + to) * MINUTE_MS;
}

/* ---- Minutes */

#define BY(A, B) \
    if ((A) != (B)) return (A) < (B) ? -1 : 1

/* By person, kiosk, and the kiosk's own order. */
static int mark_order(const void *left, const void *right)
{
    const struct pool_mark *a = left, *b = right;
    BY(a->worker, b->worker);
    BY(a->badge, b->badge);
    BY(a->kiosk, b->kiosk);
    BY(a->epoch.counter, b->epoch.counter);
    BY(a->epoch.random, b->epoch.random);
    BY(a->seq, b->seq);
    BY(a->at_ms, b->at_ms);
    return (int)a->is_join - (int)b->is_join;
}

struct span {
    int64_t from_ms, to_ms;
};

static int span_order(const void *left, const void *right)
{
    const struct span *a = left, *b = right;
    BY(a->from_ms, b->from_ms);
    BY(a->to_ms, b->to_ms);
    return 0;
}

static bool is_person(const struct pool_mark *a, const struct pool_mark *b)
{
    return a->worker == b->worker && a->badge == b->badge;
}

static int64_t bounded(const struct pool *pool, int64_t at_ms)
{
    return at_ms < pool->from_ms ? pool->from_ms : at_ms > pool->to_ms ? pool->to_ms : at_ms;
}

/* What one kiosk says of a person: in from a join to the next leave, or to the shift's end. A kiosk's time never runs
 * back: a clock that was set back meanwhile makes no time. */
static size_t kiosk_spans(const struct pool *pool, const struct pool_mark *marks, size_t count, struct span *spans)
{
    int64_t now = pool->from_ms, since = -1;
    size_t  made = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t at = bounded(pool, marks[i].at_ms);
        if (at > now) now = at;
        if (marks[i].is_join && since < 0) {
            since = now;
        } else if (!marks[i].is_join && since >= 0) {
            spans[made++] = (struct span){since, now};
            since = -1;
        }
    }
    if (since >= 0) spans[made++] = (struct span){since, pool->to_ms};
    return made;
}

/* Together, so that time at two kiosks counts once. */
static int64_t spans_minutes(struct span *spans, size_t count)
{
    int64_t sum = 0, until = INT64_MIN;
    if (count > 0) qsort(spans, count, sizeof *spans, span_order);
    for (size_t i = 0; i < count; i++) {
        int64_t from = spans[i].from_ms > until ? spans[i].from_ms : until;
        if (spans[i].to_ms <= from) continue;
        sum += spans[i].to_ms - from;
        until = spans[i].to_ms;
    }
    return sum / MINUTE_MS;
}

static int64_t coefficient_of(const struct pool *pool, int32_t worker)
{
    const struct pool_coefficient *found = NULL;
    for (size_t i = 0; i < pool->coefficient_count; i++) {
        const struct pool_coefficient *one = &pool->coefficients[i];
        if (one->worker == worker && one->from_day <= pool->day && (found == NULL || one->from_day >= found->from_day))
            found = one;
    }
    return found == NULL ? POOL_COEFFICIENT_ONE : found->hundredths;
}

static int64_t person_minutes(const struct pool *pool, size_t at, size_t end, struct span *spans)
{
    size_t made = 0;
    for (size_t next; at < end; at = next) {
        for (next = at; next < end && pool->marks[next].kiosk == pool->marks[at].kiosk;) next++;
        made += kiosk_spans(pool, &pool->marks[at], next - at, spans + made);
    }
    return spans_minutes(spans, made);
}

/* Only who joined is of the crew: somebody's leave alone says nothing of when he came. */
static bool has_joined(const struct pool *pool, size_t at, size_t end)
{
    for (; at < end; at++)
        if (pool->marks[at].is_join) return true;
    return false;
}

size_t pool_shares(struct pool *pool, struct pool_share *shares)
{
    size_t count = 0;
    if (pool->mark_count == 0) return 0;
    struct span *spans = calloc(pool->mark_count, sizeof *spans);
    if (spans == NULL) abort();
    qsort(pool->marks, pool->mark_count, sizeof *pool->marks, mark_order);
    for (size_t at = 0, end; at < pool->mark_count; at = end) {
        const struct pool_mark *person = &pool->marks[at];
        for (end = at; end < pool->mark_count && is_person(person, &pool->marks[end]);) end++;
        if (!has_joined(pool, at, end)) continue;
        shares[count++] = (struct pool_share){person->worker, person->badge, person_minutes(pool, at, end, spans),
                                              coefficient_of(pool, person->worker)};
    }
    free(spans);
    return count;
}

/* ---- Facts */

static int64_t weight_of(enum pool_split split, const struct pool_share *share)
{
    int64_t minutes = share->minutes > 0 ? share->minutes : 1;
    switch (split) {
    case POOL_COEFFICIENT: return share->coefficient;
    case POOL_HOURS: return minutes;
    case POOL_BOTH: return minutes * share->coefficient;
    case POOL_EQUAL:
    case POOL_SPLITS: break;
    }
    return 1;
}

static const struct pool_share *share_of(const struct pool_share *shares, size_t count, int32_t worker, int64_t badge)
{
    for (size_t i = 0; i < count; i++)
        if (shares[i].worker == worker && (worker != 0 || shares[i].badge == badge)) return &shares[i];
    return NULL;
}

static bool is_named(const struct judge_fact *fact, int32_t worker)
{
    for (int i = 0; i < fact->event->worker_count; i++)
        if (fact->workers[i] == worker) return true;
    return false;
}

void pool_fact(enum pool_split split, const struct pool_share *shares, size_t count, struct judge_fact *fact)
{
    int32_t named = fact->event->worker_count, all = named;
    int64_t weights[MONEY_SHARES_MAX];
    int32_t workers[MONEY_SHARES_MAX];
    if (split == POOL_EQUAL || named < 2) return;
    if (fact->event->kind != EVENT_REPORT && fact->event->kind != EVENT_CORRECT) return;
    for (int32_t i = 0; i < named; i++) {
        const struct pool_share *own = share_of(shares, count, fact->workers[i], fact->event->workers[i].badge);
        if (own == NULL) return;
        workers[i] = fact->workers[i];
        weights[i] = weight_of(split, own);
    }
    for (size_t i = 0; i < count; i++) {
        if (shares[i].worker == 0 || shares[i].minutes == 0 || is_named(fact, shares[i].worker)) continue;
        if (all == MONEY_SHARES_MAX) return;
        workers[all] = shares[i].worker;
        weights[all++] = weight_of(split, &shares[i]);
    }
    memcpy(fact->workers, workers, (size_t)all * sizeof *workers);
    memcpy(fact->weights, weights, (size_t)all * sizeof *weights);
    fact->worker_count = all;
    fact->is_pooled = true;
}
