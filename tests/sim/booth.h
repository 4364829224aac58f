/* booth.h - a kiosk in the simulated factory: a machine with a disk, a clock and power; in it keeper, look and flow,
 * joined as kiosk/main.c joins them. */
#ifndef TESTS_SIM_BOOTH_H
#define TESTS_SIM_BOOTH_H

#include "kiosk/flow/flow.h"
#include "kiosk/keeper.h"
#include "tests/sim/world.h"

struct db;

enum { BOOTHS_MAX = 24, BOOTH_ANSWERS = 8, BOOTH_SCANS = 4, BOOTH_LINE = 64 };

struct booth {
    struct world *world;
    int           index;
    char          folder[20]; /* of its disk, and its name in the log */
    char          path[32];   /* of its database */
    char          station[WORD_MAX];
    bool          is_on;         /* its program runs */
    bool          is_wanted;     /* somebody wants it on: after a crash it starts again */
    bool          is_recovering; /* after a crash, until the first step went well */
    uint64_t      life;          /* of its program: what belongs to an older one is dropped */
    int64_t       clock_ms;      /* its machine's clock is ahead of the true time by this */
    int64_t       boot_ms;       /* true time */
    uint64_t      boot;

    struct keeper     *keeper;
    struct db         *looks;
    struct flow        flow;
    struct found_state state;

    bool                 is_saving;
    struct event         saving;
    int                  entry; /* of the model */
    int                  answer_count;
    struct keeper_answer answers[BOOTH_ANSWERS];
    int                  scan_count; /* came while a save was on its way */
    char                 scans[BOOTH_SCANS][BOOTH_LINE];
    int64_t              keeper_ms, time_ms; /* when the next step of each is asked for; INT64_MAX: not */
    int64_t              red;                /* saves that were refused in this life */

    char    token[24];  /* of the enrolment to be made; "" = none */
    int64_t refused_ms; /* the server says since then that it doesn't know it; 0: it does */
};

struct booths {
    int          count;
    struct booth rows[BOOTHS_MAX];
};

void booths_open(struct world *world);
void booths_close(struct world *world);

/* Another machine, off; its disk is empty. */
struct booth *booth_add(struct world *world, const char *station);

/* On: starts its program, now or a little later. Off: its power goes, with what wasn't on the disk. */
void booth_on(struct booth *booth);
void booth_off(struct booth *booth);

/* What a person does: true where the kiosk is there to take it. */
bool booth_scan(struct booth *booth, const char *line, enum event_how how);
bool booth_tap(struct booth *booth, enum action action, int64_t argument);

/* From the network; the answer's body moves. */
void booth_answer(struct booth *booth, uint64_t life, struct keeper_answer *answer);

/* Enrols it with the token that the office gave; tries until it has worked. */
void booth_enrol(struct booth *booth, const char *token);

int64_t booth_wall(const struct booth *booth); /* its machine's clock */
int64_t booth_mono(const struct booth *booth);

#endif
