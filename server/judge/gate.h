/* gate.h - may it be made, may it leave? The money gates of an order. Pure.
 *
 * No production order before the deposit has arrived or a guarantor stands in [R16a]; no dispatch order before the goods'
 * money has arrived: the whole order's, or, where the owner allows part shipments, that of all shipped so far and this
 * load [R16b]. A fen short is short. Sums in fen, none below 0. What the customer agreed to pay for changes [R3] is owed
 * beside the goods: it counts to the order's amount at both gates, and is asked for with the first load. */
#ifndef SERVER_JUDGE_GATE_H
#define SERVER_JUDGE_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/say.h"

struct gate_money {
    int64_t goods_fen;      /* what its doors are worth */
    int64_t comp_fen;       /* compensation agreed in its change orders [R3], those given up left out */
    int64_t in_fen;         /* confirmed by finance and spread on this order, reversals out */
    int64_t announced_fen;  /* said to come for this order, not confirmed yet: opens nothing */
    int64_t shipped_fen;    /* worth of what left already */
    int64_t guaranteed_fen; /* by guarantors who count today */
    int     deposit_percent;
    bool    is_priced;     /* false: nobody said what the order is worth */
    bool    asks_unpriced; /* false: an order without a price is made without a deposit */
    bool    may_part;      /* part shipments are allowed */
};

struct gate {
    bool       is_open;
    bool       is_guaranteed; /* production: open by a guarantor, not by money */
    int64_t    missing_fen;   /* 0 where it is open, or nobody knows how much */
    struct say why;           /* shut: what is missing and who can do what about it; empty where it is open */
};

/* What the order costs him: its goods and what he agreed to pay for changes. */
int64_t gate_owed_fen(const struct gate_money *money);

/* The deposit: a fraction of a fen counts as one. */
int64_t gate_deposit_fen(const struct gate_money *money);

struct gate gate_production(const struct gate_money *money);

/* load_fen: worth of what is to leave now; 0 asks for the whole order. */
struct gate gate_dispatch(const struct gate_money *money, int64_t load_fen);

/* What a part of a line is worth: fractions of a fen count as one, so that parts are never worth less than the whole.
 * doors 0..quantity, quantity > 0. */
int64_t gate_worth_fen(int64_t amount_fen, int64_t doors, int64_t quantity);

/* The light that people see (texts: office.light.*). */
enum gate_light {
    LIGHT_NONE, /* not asked */
    LIGHT_OPEN,
    LIGHT_WAIT, /* a guarantor stands in, or what is missing is announced */
    LIGHT_SHUT
};
enum gate_light gate_production_light(const struct gate_money *money);
enum gate_light gate_dispatch_light(const struct gate_money *money);

#endif
