/* gate.c - may it be made, may it leave? server/judge/gate.h. */
#include "server/judge/gate.h"

#include <assert.h>

/* part of whole x fen, rounded up; no product above the sum's own size. */
static int64_t part_up(int64_t fen, int64_t part, int64_t whole)
{
    assert(fen >= 0 && part >= 0 && part <= whole && whole > 0);
    return fen / whole * part + (fen % whole * part + whole - 1) / whole;
}

int64_t gate_owed_fen(const struct gate_money *money)
{
    return money->goods_fen + money->comp_fen;
}

int64_t gate_deposit_fen(const struct gate_money *money)
{
    return part_up(gate_owed_fen(money), money->deposit_percent, 100);
}

int64_t gate_worth_fen(int64_t amount_fen, int64_t doors, int64_t quantity)
{
    return part_up(amount_fen, doors, quantity);
}

static struct gate unpriced(void)
{
    return (struct gate){.why = SAY("gate.unpriced")};
}

struct gate gate_production(const struct gate_money *money)
{
    if (!money->is_priced && !money->asks_unpriced) return (struct gate){.is_open = true};
    if (!money->is_priced) return unpriced();
    int64_t deposit = gate_deposit_fen(money), missing = deposit - money->in_fen;
    if (missing <= 0) return (struct gate){.is_open = true};
    missing -= money->guaranteed_fen;
    if (missing <= 0) return (struct gate){.is_open = true, .is_guaranteed = true};
    return (struct gate){.missing_fen = missing, .why = say_fen(say_fen(SAY("gate.deposit"), missing), deposit)};
}

/* What must be in before this load leaves. The last load of parts asks for the whole amount and no more. */
static int64_t dispatch_needs_fen(const struct gate_money *money, int64_t load_fen)
{
    int64_t needs = money->shipped_fen + load_fen + money->comp_fen, owed = gate_owed_fen(money);
    return !money->may_part || load_fen == 0 || needs > owed ? owed : needs;
}

struct gate gate_dispatch(const struct gate_money *money, int64_t load_fen)
{
    assert(load_fen >= 0);
    if (!money->is_priced) return unpriced();
    int64_t needs = dispatch_needs_fen(money, load_fen), missing = needs - money->in_fen;
    if (missing <= 0) return (struct gate){.is_open = true};
    struct say why = needs == gate_owed_fen(money) ? SAY("gate.goods") : SAY("gate.part");
    return (struct gate){.missing_fen = missing, .why = say_fen(say_fen(why, missing), needs)};
}

static enum gate_light light_of(const struct gate *gate, const struct gate_money *money)
{
    if (gate->is_open) return gate->is_guaranteed ? LIGHT_WAIT : LIGHT_OPEN;
    return gate->missing_fen > 0 && money->announced_fen >= gate->missing_fen ? LIGHT_WAIT : LIGHT_SHUT;
}

enum gate_light gate_production_light(const struct gate_money *money)
{
    struct gate gate = gate_production(money);
    return money->is_priced || money->asks_unpriced ? light_of(&gate, money) : LIGHT_NONE;
}

enum gate_light gate_dispatch_light(const struct gate_money *money)
{
    struct gate gate = gate_dispatch(money, 0);
    return light_of(&gate, money);
}
