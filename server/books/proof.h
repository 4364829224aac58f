/* proof.h - do the sums of a period agree, counted on ways of their own? By totals, in milliseconds: a walk through all
 * events is `rebuild --compare`, and tests/tour/wages.py shares no code with either. */
#ifndef SERVER_BOOKS_PROOF_H
#define SERVER_BOOKS_PROOF_H

#include "core/buf.h"
#include "core/chain.h"
#include "core/db.h"

struct proof {
    int32_t to_day;
    int64_t lines, slips;                   /* of the period */
    int64_t lines_fen;                      /* sum of its lines */
    int64_t slips_fen;                      /* of what its slips say of lines */
    int64_t items_fen, slips_items_fen;     /* adjustments taken and paid; what its slips say of them */
    int64_t net_fen, brought_fen, owed_fen; /* paid out; debts it began with and leaves */
    int64_t due_fen;                        /* due now for all dates up to its last, by workers' days */
    int64_t paid_fen, late_fen; /* what periods have paid of that, later ones too; what the next has yet to */
};

bool proof_of(struct db *db, int32_t to_day, struct proof *proof, struct err *err) MUST_CHECK;

/* Lines = slips, items = slips' items, all together = paid out, due = paid + late. */
bool proof_holds(const struct proof *proof);
void proof_write(const struct proof *proof, struct buf *json);

/* The audit chain's head as of the check or the closing of that period: the newest row about it, and its hash, which covers
 * every row before. Of a closed one it never changes again. row 0: there is none. */
struct proof_head {
    int64_t     row;
    struct hash hash;
};
bool proof_head_of(struct db *db, int32_t to_day, struct proof_head *head, struct err *err) MUST_CHECK;

#endif
