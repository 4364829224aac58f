/* duty.h - what a supervisor does at a kiosk: gives a spare badge, enters ticked paper with somebody who vouches for it,
 * undoes or corrects what was entered before. He sees nothing but the screen, as everybody (people.h). */
#ifndef TESTS_SIM_DUTY_H
#define TESTS_SIM_DUTY_H

#include "core/code.h"
#include "tests/sim/booth.h"

struct duty_plan {
    enum duty kind; /* DUTY_NONE: he came to work */
    bool      has_begun, is_undo;
    int       refused;
    int       pick, day, why;
    int32_t   count;
    char      boss[CODE_TEXT_MAX], worker[CODE_TEXT_MAX], second[CODE_TEXT_MAX], spare[CODE_TEXT_MAX];
    char      sheet[CODE_TEXT_MAX];
};

enum { DUTY_SPARES = 4 };

/* Badges that nobody has of his own. */
int64_t duty_spare(int which);

void duty_plan(struct world *world, const char *sheet, struct duty_plan *plan);

/* What he does next; true: it is over. */
bool duty_act(struct booth *booth, struct duty_plan *plan);

/* It is on the disk. */
void duty_saved(struct world *world, const struct event *event);

#endif
