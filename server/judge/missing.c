/* missing.c - work that nobody reported: server/judge/missing.h. */
#include "server/judge/missing.h"

#include <string.h>

static const struct op_sum *sum_of(const struct judgement *judged, int rev, int32_t op)
{
    static const struct op_sum NONE = {.rev = 0};
    for (size_t i = 0; i < judged->sum_count; i++)
        if (judged->sums[i].rev == rev && judged->sums[i].op == op) return &judged->sums[i];
    return &NONE;
}

/* Pieces go the same way where both are of one part, or one of them is of the whole door. */
static bool is_on_the_way(const struct judge_op *op, const struct judge_op *later)
{
    if (later->rev != op->rev || later->number <= op->number || later->per_door < 1) return false;
    return strcmp(op->part, later->part) == 0 || strcmp(op->part, "door") == 0 || strcmp(later->part, "door") == 0;
}

static int64_t doors_of(const struct judgement *judged, const struct judge_op *op)
{
    const struct op_sum *sum = sum_of(judged, op->rev, op->number);
    return (sum->good + sum->bad) / op->per_door;
}

/* The later operation that proves most; NULL: none stands behind it. */
static const struct judge_op *proof_of(const struct judge_line *line, const struct judgement *judged,
                                       const struct judge_op *op)
{
    const struct judge_op *proof = NULL;
    for (size_t i = 0; i < line->op_count; i++) {
        const struct judge_op *later = &line->ops[i];
        if (is_on_the_way(op, later) && (proof == NULL || doors_of(judged, later) > doors_of(judged, proof)))
            proof = later;
    }
    return proof;
}

/* The fact with which the later operation had more than `doors`. */
static size_t fact_of(const struct judge_line *line, const struct judgement *judged, const struct judge_op *proof,
                      int64_t doors)
{
    int64_t pieces = 0;
    size_t  last = 0;
    for (size_t i = 0; i < line->fact_count; i++) {
        const struct event *event = line->facts[i].event;
        if (event->op != proof->number || event->sheet.rev != proof->rev || judged->verdicts[i].counted == 0) continue;
        pieces += judged->verdicts[i].counted;
        last = i;
        if (pieces / proof->per_door > doors) return i;
    }
    return last;
}

/* Doors that were packed, or loaded: whole ones, so everything before was done. *fact: the one with which they were more than
 * `doors`. */
static int64_t gone_doors(const struct judge_line *line, const struct judgement *judged, enum event_kind kind,
                          int64_t doors, size_t *fact)
{
    int64_t gone = 0;
    for (size_t i = 0; i < line->fact_count; i++) {
        if (line->facts[i].event->kind != kind) continue;
        bool was_less = gone <= doors;
        gone += judged->verdicts[i].counted;
        if (was_less && gone > doors) *fact = i;
    }
    return gone;
}

size_t judge_missing(const struct judge_line *line, const struct judgement *judged, struct missing out[MISSING_MOST])
{
    static const enum event_kind GONE[] = {EVENT_PACK, EVENT_LOAD};
    size_t                       count = 0;
    if (line->fact_count == 0) return 0;
    int rev = line->rev_count == 0 ? 0 : line->revs[line->rev_count - 1].rev;
    for (size_t i = 0; i < line->op_count && count < MISSING_MOST; i++) {
        const struct judge_op *op = &line->ops[i];
        if (op->rev != rev || op->per_door < 1) continue;
        const struct judge_op *proof = proof_of(line, judged, op);
        const struct op_sum   *sum = sum_of(judged, rev, op->number);
        int64_t                done = sum->good + sum->bad + sum->held, doors = done / op->per_door;
        int64_t                proven = proof == NULL ? 0 : doors_of(judged, proof);
        size_t                 fact = proven > doors ? fact_of(line, judged, proof, doors) : 0;
        for (size_t k = 0; k < sizeof GONE / sizeof *GONE; k++) {
            size_t  first = 0;
            int64_t gone = gone_doors(line, judged, GONE[k], doors, &first);
            if (gone <= proven) continue;
            proven = gone;
            fact = first;
        }
        if (proven * op->per_door > done)
            out[count++] = (struct missing){op->number, proven * op->per_door - done, fact};
    }
    return count;
}
