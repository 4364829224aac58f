/* gates.c - orders whose money gate an act may have moved: server/books/gates.h. */
#include "server/books/gates.h"

#include <string.h>

#include "server/books/tell.h"
#include "server/judge/limits.h"

static bool gate_note(struct record *record, int64_t order)
{
    for (int i = 0; i < record->gate_count && i < GATES_MOST; i++)
        if (record->gates[i] == order) return true;
    if (record->gate_count < GATES_MOST) record->gates[record->gate_count] = order;
    if (record->gate_count <= GATES_MOST) record->gate_count++;
    return true;
}

bool gate_of_spread(struct record *record, const struct value *values, struct err *err)
{
    (void)err;
    return gate_note(record, values[2].number);
}

bool gate_of_unpaid(struct record *record, const struct value *values, struct err *err)
{
    (void)err;
    return gate_note(record, values[1].number);
}

bool gate_of_order(struct record *record, const struct value *values, struct err *err)
{
    (void)err;
    return gate_note(record, values[0].number);
}

bool gate_of_spec(struct record *record, const struct value *values, struct err *err)
{
    (void)err;
    return gate_note(record, values[0].number - values[0].number % 100);
}

/* What he agreed to pay is part of what must be in [R3]. */
bool gate_of_change(struct record *record, const struct value *values, struct err *err)
{
    (void)err;
    return gate_note(record, values[1].number - values[1].number % 100);
}

/* Whether parts may leave, or unpaid goods: any order's gate may have moved. */
bool gate_of_setting(struct record *record, const struct value *values, struct err *err)
{
    bool is_gate = strcmp(values[0].bytes, LIMIT_ROWS[LIMIT_PART_SHIPMENTS].name) == 0 ||
                   strcmp(values[0].bytes, LIMIT_ROWS[LIMIT_DISPATCH_OVERRIDE].name) == 0;
    if (is_gate) record->gate_count = GATES_MOST + 1;
    return tell_setting(record, values, err);
}
