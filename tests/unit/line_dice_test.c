/* line_dice_test.c - what holds of every history of an order line, tried on many made by dice.
 * links: server_judge core
 *
 * A history that breaks a promise is printed in the words of line_words.h, so that it can become a row of line_test. */
#include "core/money.h"
#include "tests/unit/line_history.h"

enum { HISTORIES = 4000 };

struct result {
    struct world    *world;
    struct judgement judged;
};

static void result_make(const struct history *history, struct result *result)
{
    *result = (struct result){.world = world_make(history->world, "")};
    for (int i = 0; i < history->count; i++) world_fact(result->world, history->facts[i]);
    judge_line(&result->world->line, &result->judged);
}

static void result_free(struct result *result)
{
    judgement_free(&result->judged);
    free(result->world);
}

/* Something in it waits for a fact to come. */
static bool speaks_of_later(const struct history *history)
{
    for (int i = 0; i < history->count; i++) {
        const char *refers = strchr(history->facts[i], '>');
        if (refers != NULL && atoi(refers + 1) > history->count) return true;
    }
    return false;
}

/* ---- Failing with the history in words */

static const struct history *in_hand;

#define HOLDS(what, fact)                                  \
    do {                                                   \
        if (!(what)) broken(#what, __LINE__, (int)(fact)); \
    } while (0)

static void broken(const char *what, int line, int fact)
{
    struct result result;
    struct buf    words = {0};
    print_error("line %d: %s, of fact %d\nworld: %s\n", line, what, fact + 1, in_hand->world);
    for (int i = 0; i < in_hand->count; i++) print_error("%s; ", in_hand->facts[i]);
    result_make(in_hand, &result);
    words_judgement(&result.world->line, &result.judged, &words);
    print_error("\n%s\n", buf_text(&words));
    buf_free(&words);
    result_free(&result);
    fail();
}

static bool verdict_equal(const struct verdict *a, const struct verdict *b)
{
    return a->kind == b->kind && a->counted == b->counted && a->held == b->held && a->good == b->good &&
           a->bad == b->bad && a->bad_undecided == b->bad_undecided && say_equal(&a->reason, &b->reason) &&
           a->cancelled_by == b->cancelled_by && a->decided_by == b->decided_by && a->due_fen == b->due_fen &&
           a->bad_decided_by == b->bad_decided_by && a->rate_cfen == b->rate_cfen && a->due_pieces == b->due_pieces;
}

static bool same_dues(const struct judgement *a, const struct judgement *b, size_t facts)
{
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a->due_count && a->dues[i].fact >= facts) i++;
        while (j < b->due_count && b->dues[j].fact >= facts) j++;
        if (i == a->due_count || j == b->due_count) return i == a->due_count && j == b->due_count;
        if (a->dues[i].fact != b->dues[j].fact || a->dues[i].worker != b->dues[j].worker ||
            a->dues[i].fen != b->dues[j].fen)
            return false;
    }
}

static void same_verdicts(const struct judgement *a, const struct judgement *b, int facts)
{
    for (int i = 0; i < facts; i++) HOLDS(verdict_equal(&a->verdicts[i], &b->verdicts[i]), i);
    HOLDS(same_dues(a, b, (size_t)facts), facts - 1);
}

static void same_sums(const struct judgement *a, const struct judgement *b)
{
    HOLDS(a->sum_count == b->sum_count, 0);
    for (size_t i = 0; i < a->sum_count; i++) {
        const struct op_sum *x = &a->sums[i], *y = &b->sums[i];
        HOLDS(x->rev == y->rev && x->op == y->op && x->good == y->good && x->bad == y->bad && x->held == y->held, i);
    }
}

/* Runs a promise over many histories; `left` facts at most are free to be added by it. */
static void try_histories(uint64_t seed, void (*promise)(const struct history *, uint64_t *))
{
    uint64_t dice = seed;
    for (int i = 0; i < HISTORIES; i++) {
        struct history history = history_make(&dice);
        in_hand = &history;
        promise(&history, &dice);
    }
}

/* ---- Promises */

static void fact_adds_up(const struct verdict *verdict, const struct event *event, int fact)
{
    bool    has_pieces = event->kind == EVENT_REPORT || event->kind == EVENT_CORRECT;
    int64_t count = has_pieces ? event->count : 0;
    HOLDS(verdict->good >= 0 && verdict->bad >= 0 && verdict->held >= 0 && verdict->due_fen >= 0, fact);
    HOLDS(verdict->good + verdict->bad == verdict->counted, fact);
    HOLDS(verdict->bad_undecided >= 0 && verdict->bad_undecided <= verdict->bad, fact);
    HOLDS(verdict->good <= count - event_bad_total(event) || !has_pieces, fact);
    HOLDS(verdict->counted + verdict->held <= count, fact);
    if (verdict->kind == VERDICT_UNDONE) {
        HOLDS(verdict->counted + verdict->held == 0, fact);
    } else if (verdict->decided_by == 0) {
        HOLDS(verdict->counted + verdict->held == count, fact);
        HOLDS((verdict->kind == VERDICT_COUNTED) == say_is_empty(&verdict->reason), fact);
    } else {
        HOLDS(verdict->held == 0 && verdict->kind == VERDICT_COUNTED, fact);
        HOLDS((verdict->counted == count) == say_is_empty(&verdict->reason) || count == 0, fact);
    }
    HOLDS((verdict->kind == VERDICT_PART) == (verdict->counted > 0 && verdict->held > 0), fact);
}

/* [R11] Each piece of each report is counted, held, decided against or undone, and nothing else. */
static void adds_up(const struct history *history, uint64_t *dice)
{
    struct result result;
    (void)dice;
    result_make(history, &result);
    for (int i = 0; i < history->count; i++) fact_adds_up(&result.judged.verdicts[i], result.world->facts[i].event, i);
    result_free(&result);
}

/* Money: shares add up to the due, which is pieces times rate. */
static void shares_add_up(const struct history *history, uint64_t *dice)
{
    struct result result;
    int64_t       fen[FACTS_MOST] = {0};
    (void)dice;
    result_make(history, &result);
    for (size_t i = 0; i < result.judged.due_count; i++) fen[result.judged.dues[i].fact] += result.judged.dues[i].fen;
    for (int i = 0; i < history->count; i++) {
        const struct verdict *verdict = &result.judged.verdicts[i];
        HOLDS(fen[i] == verdict->due_fen, i);
        HOLDS(verdict->due_fen >= money_due_fen(verdict->rate_cfen, verdict->good), i);
        HOLDS(verdict->due_fen <= money_due_fen(verdict->rate_cfen, verdict->counted - verdict->bad_undecided), i);
        HOLDS(verdict->rate_cfen == 0 || verdict->counted > 0, i);
    }
    result_free(&result);
}

/* [R41] server/judge/due.c: the pieces that are paid are the due's, but rework's, and no more than an operation's sums. */
static void pieces_add_up(const struct history *history, uint64_t *dice)
{
    struct result result;
    (void)dice;
    result_make(history, &result);
    for (int i = 0; i < history->count; i++) {
        const struct verdict *verdict = &result.judged.verdicts[i];
        bool                  is_none = verdict->due_fen == 0 || result.world->facts[i].event->rework;
        HOLDS(verdict->due_pieces <= verdict->counted - verdict->bad_undecided, i);
        HOLDS(is_none ? verdict->due_pieces == 0 : verdict->due_pieces >= verdict->good, i);
        HOLDS(is_none || verdict->due_fen == money_due_fen(verdict->rate_cfen, verdict->due_pieces), i);
    }
    for (size_t i = 0; i < result.judged.sum_count; i++) {
        const struct op_sum *sum = &result.judged.sums[i];
        int64_t              paid = 0;
        for (int j = 0; j < history->count; j++) {
            const struct event *event = result.world->facts[j].event;
            if (event->sheet.rev == sum->rev && event->op == sum->op) paid += result.judged.verdicts[j].due_pieces;
        }
        HOLDS(paid <= sum->good + sum->bad, i);
    }
    result_free(&result);
}

static bool is_at(const struct event *event, const struct judge_op *op, bool is_rework)
{
    return event->sheet.rev == op->rev && event->op == op->number && event->rework == is_rework;
}

/* [R11] Never more than is planned, but by decision. */
static void never_over(const struct history *history, uint64_t *dice)
{
    struct result result;
    (void)dice;
    result_make(history, &result);
    for (size_t op = 0; op < result.world->line.op_count; op++) {
        const struct judge_op *at = &result.world->ops[op];
        int64_t                counted[2] = {0};
        int64_t                stay =
            at->rev == 2 && at->number == 10 && result.world->line.stays_count > 0 ? result.world->stays[0].count : 0;
        for (int i = 0; i < history->count; i++)
            if (result.judged.verdicts[i].decided_by == 0)
                for (int rework = 0; rework < 2; rework++)
                    if (is_at(result.world->facts[i].event, at, rework))
                        counted[rework] += result.judged.verdicts[i].counted;
        HOLDS(counted[0] <= at->planned - stay && counted[1] <= at->planned, at->number);
    }
    result_free(&result);
}

/* A piece number counts once at an operation, but by decision. */
static void numbers_once(const struct history *history, uint64_t *dice)
{
    struct result result;
    int           last = -1;
    int64_t       distinct = 0, counted = 0;
    (void)dice;
    result_make(history, &result);
    for (size_t op = 0; op < result.world->line.op_count; op++) {
        bool seen[1000] = {false};
        distinct = counted = 0;
        for (int i = 0; i < history->count; i++) {
            const struct event *event = result.world->facts[i].event;
            if (!is_at(event, &result.world->ops[op], false) || event->piece_count == 0) continue;
            if (result.judged.verdicts[i].decided_by != 0 || result.judged.verdicts[i].counted == 0) continue;
            for (int j = 0; j < event->piece_count; j++) {
                distinct += !seen[event->pieces[j]];
                seen[event->pieces[j]] = true;
            }
            counted += result.judged.verdicts[i].counted;
            last = i;
        }
        HOLDS(counted <= distinct, last);
    }
    result_free(&result);
}

/* The sums are those of the verdicts. */
static void sums_of_verdicts(const struct history *history, uint64_t *dice)
{
    struct result result;
    size_t        row = 0;
    (void)dice;
    result_make(history, &result);
    for (int rev = 1; rev <= 2; rev++) {
        for (int number = 10; number <= 20; number += 10) {
            struct op_sum   want = {.rev = rev, .op = number};
            struct judge_op at = {.rev = rev, .number = number};
            int64_t         reworked = 0;
            bool            is_signed = rev == 1 || result.world->line.rev_count == 2;
            for (int i = 0; i < history->count; i++) {
                const struct event   *event = result.world->facts[i].event;
                const struct verdict *verdict = &result.judged.verdicts[i];
                if (!is_at(event, &at, event->rework)) continue;
                if (event->rework)
                    reworked += verdict->good;
                else
                    want.good += verdict->good, want.bad += verdict->bad;
                /* what isn't understood has no place on the sheet yet */
                if (strcmp(verdict->reason.id, "verdict.words") != 0 && verdict->kind != VERDICT_UNDONE &&
                    (event->kind == EVENT_REPORT || verdict->counted > 0 ||
                     strncmp(verdict->reason.id, "verdict.", 8) == 0))
                    want.held += verdict->held;
            }
            if (reworked > want.bad) reworked = want.bad;
            want.good += reworked;
            want.bad -= reworked;
            want.good +=
                rev == 2 && number == 10 && result.world->line.stays_count > 0 ? result.world->stays[0].count : 0;
            if (!is_signed || want.good + want.bad == 0) continue;
            while (row < result.judged.sum_count &&
                   (result.judged.sums[row].rev != rev || result.judged.sums[row].op != number))
                row++;
            HOLDS(row < result.judged.sum_count, number);
            HOLDS(result.judged.sums[row].good == want.good && result.judged.sums[row].bad == want.bad, number);
        }
    }
    result_free(&result);
}

/* EVENTS: no verdict depends on when something was judged: judging again and again, as facts come, ends where judging
 * all at once does. */
static void prefixes_end_there(const struct history *history, uint64_t *dice)
{
    struct result    once;
    struct judgement again = {0};
    (void)dice;
    result_make(history, &once);
    for (int i = 1; i <= history->count; i++) {
        once.world->line.fact_count = (size_t)i;
        judge_line(&once.world->line, &again);
    }
    same_verdicts(&once.judged, &again, history->count);
    same_sums(&once.judged, &again);
    judgement_free(&again);
    result_free(&once);
}

/* EVENTS "Clock: never used for order or decisions"; nor what the kiosk showed. */
static void clocks_decide_nothing(const struct history *history, uint64_t *dice)
{
    struct result    result;
    struct judgement again = {0};
    result_make(history, &result);
    for (int i = 0; i < history->count; i++) {
        struct event *event = &result.world->events[i];
        event->wall_ms = dice_between(dice, -1000000, INT64_C(4000000000000));
        event->offset_ms = dice_between(dice, -1000000000, 1000000000);
        event->mono_ms = dice_between(dice, 0, 1000000000);
        event->boot = dice_next(dice);
        event->doubtful = dice_chance(dice, 50);
        event->tone = (enum event_tone)dice_between(dice, 0, 4);
    }
    judge_line(&result.world->line, &again);
    same_verdicts(&result.judged, &again, history->count);
    same_sums(&result.judged, &again);
    judgement_free(&again);
    result_free(&result);
}

/* An inbox number is order only: gaps between them change no verdict. */
static void numbers_are_order(const struct history *history, uint64_t *dice)
{
    struct result    result;
    struct judgement again = {0};
    int64_t          number = 0;
    result_make(history, &result);
    for (int i = 0; i < history->count; i++) result.world->facts[i].number = number += dice_between(dice, 1, 1000);
    judge_line(&result.world->line, &again);
    for (int i = 0; i < history->count; i++) {
        HOLDS(again.verdicts[i].kind == result.judged.verdicts[i].kind, i);
        HOLDS(again.verdicts[i].counted == result.judged.verdicts[i].counted, i);
    }
    HOLDS(same_dues(&result.judged, &again, (size_t)history->count), 0);
    judgement_free(&again);
    result_free(&result);
}

/* EVENTS "undo cancels its whole target": undoing the newest report returns to the state without it, to the fen. */
static void undo_returns(const struct history *history, uint64_t *dice)
{
    struct history with = *history;
    struct result  before, after;
    int            n = with.count;
    if (n > FACTS_MOST - 1) return;
    snprintf(with.facts[n], FACT_TEXT, "report");
    fact_who(dice, with.facts[n]);
    fact_pieces(dice, with.facts[n]);
    snprintf(with.facts[n + 1], FACT_TEXT, "undo office >%d", n + 1);
    with.count = n + 2;
    if (speaks_of_later(history) || strstr(with.facts[n], "unknown") != NULL) return;
    result_make(history, &before);
    in_hand = &with;
    result_make(&with, &after);
    same_verdicts(&before.judged, &after.judged, n);
    same_sums(&before.judged, &after.judged);
    HOLDS(after.judged.verdicts[n].kind == VERDICT_UNDONE, n);
    HOLDS(before.judged.due_count == after.judged.due_count, n);
    result_free(&before);
    result_free(&after);
}

/* Undoing a correction of a report is worth the same as having undone what it corrected. */
static void undone_correction_is_an_undo(const struct history *history, uint64_t *dice)
{
    struct history first = *history, second;
    struct result  a, b;
    int            n = first.count, fact = (int)dice_between(dice, 1, n);
    if (n > FACTS_MOST - 1) return;
    snprintf(first.facts[n], FACT_TEXT, "correct office A %d >%d", (int)dice_between(dice, 0, 9), fact);
    first.count = n + 1;
    second = first;
    snprintf(second.facts[n], FACT_TEXT, "undo office >%d", fact);
    snprintf(first.facts[n + 1], FACT_TEXT, "undo office >%d", n + 1);
    first.count = n + 2;
    if (speaks_of_later(history) || strncmp(first.facts[fact - 1], "undo", 4) == 0) return;
    in_hand = &first;
    result_make(&first, &a);
    result_make(&second, &b);
    if (a.judged.verdicts[n].kind == VERDICT_UNDONE) {
        for (int i = 0; i < n; i++) HOLDS(a.judged.verdicts[i].counted == b.judged.verdicts[i].counted, i);
        HOLDS(same_dues(&a.judged, &b.judged, (size_t)n), n);
        same_sums(&a.judged, &b.judged);
    }
    result_free(&a);
    result_free(&b);
}

/* Marks who is bound to fact n through references, either way. */
static void bound_to(const struct result *result, int count, int n, bool *bound)
{
    bool grew = true;
    memset(bound, 0, (size_t)count * sizeof *bound);
    bound[n] = true;
    while (grew) {
        grew = false;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                const struct event *event = &result->world->events[i];
                if (bound[i] == bound[j] || !event->has_refers) continue;
                if (!hash_equal(&event->refers, &result->world->facts[j].name)) continue;
                bound[i] = bound[j] = grew = true;
            }
        }
    }
}

/* EVENTS "so nobody else's pieces become held": whatever comes next, nobody else loses pieces or money by it. */
static void nobody_else_loses(const struct history *history, uint64_t *dice)
{
    struct history with = *history;
    struct result  before, after;
    bool           bound[FACTS_MOST + 2];
    if (with.count > FACTS_MOST - 1) return;
    fact_make(dice, with.facts[with.count], with.count);
    with.count++;
    result_make(history, &before);
    in_hand = &with;
    result_make(&with, &after);
    bound_to(&after, with.count, history->count, bound);
    for (int i = 0; i < history->count; i++) {
        if (bound[i]) continue;
        HOLDS(after.judged.verdicts[i].counted >= before.judged.verdicts[i].counted, i);
        /* whose rework it is may come to light later, and with it the rate */
        if (after.world->events[i].rework) continue;
        HOLDS(after.judged.verdicts[i].due_fen >= before.judged.verdicts[i].due_fen, i);
    }
    result_free(&before);
    result_free(&after);
}

/* The world's lists have no order of their own. */
static void lists_in_any_order(const struct history *history, uint64_t *dice)
{
    struct result    result;
    struct judgement again = {0};
    result_make(history, &result);
    for (size_t i = result.world->line.op_count; i > 1; i--) {
        size_t          j = (size_t)dice_between(dice, 0, (int64_t)i - 1);
        struct judge_op op = result.world->ops[i - 1];
        result.world->ops[i - 1] = result.world->ops[j];
        result.world->ops[j] = op;
    }
    judge_line(&result.world->line, &again);
    same_verdicts(&result.judged, &again, history->count);
    same_sums(&result.judged, &again);
    judgement_free(&again);
    result_free(&result);
}

static const struct promise {
    const char *name;
    void (*holds)(const struct history *, uint64_t *);
} PROMISES[] = {
    {"every piece is counted, held, decided against or undone", adds_up                     },
    {"shares add up to the due",                                shares_add_up               },
    {"[R41] pieces paid add up",                                pieces_add_up               },
    {"never over but by decision",                              never_over                  },
    {"a piece number counts once",                              numbers_once                },
    {"sums are those of the verdicts",                          sums_of_verdicts            },
    {"judging every prefix ends where judging all does",        prefixes_end_there          },
    {"clocks decide nothing",                                   clocks_decide_nothing       },
    {"numbers are order only",                                  numbers_are_order           },
    {"undoing the newest returns to the state without it",      undo_returns                },
    {"an undone correction is an undo",                         undone_correction_is_an_undo},
    {"nobody else loses by what comes next",                    nobody_else_loses           },
    {"lists in any order",                                      lists_in_any_order          },
};

static void kept(void **state)
{
    const struct promise *promise = *state;
    try_histories((uint64_t)(promise - PROMISES) + 1, promise->holds);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, kept, PROMISES);
    return rows_run(&rows, argc, argv);
}
