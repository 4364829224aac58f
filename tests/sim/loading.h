/* loading.h - who stands at the dock: doors come in, notes are loaded by scan; and what must hold of what was loaded. */
#ifndef TESTS_SIM_LOADING_H
#define TESTS_SIM_LOADING_H

#include "core/code.h"
#include "tests/sim/booth.h"

struct wages;

#define LOADING_STATION "s4"

struct loading_plan {
    bool    is_on, has_badge, has_note, has_goods, has_place, is_note, is_closing, is_undoing;
    int     goods;          /* enum goods, where no note is loaded */
    int     doors, refused; /* doors: that are still to be scanned */
    int32_t count;          /* where a sheet is scanned */
    char    badge[CODE_TEXT_MAX], note[CODE_TEXT_MAX], place[CODE_TEXT_MAX];
};

void loading_plan(struct world *world, const char *badge, struct loading_plan *plan);

/* What he does next; true: it is over. */
bool loading_act(struct booth *booth, struct loading_plan *plan);

/* It is on the disk. */
void loading_saved(struct world *world, const struct event *event);

/* At the end. */
void loading_check(struct world *world, struct db *books, const struct wages *wages);

#endif
