/* world.h - what the simulated factory stands in: virtual time, dice, tasks in their order, the log, and who is there.
 *
 * Nothing here waits and nothing asks the system: the world takes the next task, sets the clock to its time and calls
 * it. All dice come from one seed, so the same seed gives the same log byte for byte.
 *
 * The rooms of the simulator, each with the part of the product that it carries along:
 *   booth.h   a kiosk: a machine with a disk and a clock, in it keeper, look and flow, as kiosk/main.c joins them
 *   house.h   the server: taker, feed and writer, as server/main.c joins them
 *   net.h     requests and answers between them, and all that can happen to them
 *   people.h  who stands at the kiosks     duty.h    what a supervisor does there
 *   office.h  who sits in the office
 *   month.h   who pays                     trade.h   who sells and ships
 *   loading.h who stands at the dock       revise.h  who changes what is signed
 *   yard.h    where finished doors stand
 *   fault.h   what goes wrong and when     model.h   what was made, and what workers saw as saved
 *   check.h   what must hold               wages.h   what is due, reckoned once more by other code */
#ifndef TESTS_SIM_WORLD_H
#define TESTS_SIM_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/dice.h"
#include "tests/sim/disk.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };
#define DAY INT64_C(86400000)

/* One stream for each, so that a change of one habit leaves the others' days alone. */
enum dice { DICE_PEOPLE, DICE_OFFICE, DICE_NET, DICE_FAULT, DICE_DISK, DICE_SYSTEM, DICE_REVISE, DICES };

/* What went wrong, counted where it took effect. To add one: a row here, its name in fault.c. */
enum hit {
    HIT_REQUEST_LOST,
    HIT_ANSWER_LOST,
    HIT_ANSWER_CUT,
    HIT_ANSWER_LATE,
    HIT_SENT_TWICE,
    HIT_REORDERED,
    HIT_401,
    HIT_500,
    HIT_HTML,
    HIT_CERTIFICATE,
    HIT_PARTITION,
    HIT_KIOSK_CRASH,
    HIT_SERVER_CRASH,
    HIT_CRASH_AGAIN, /* a crash while starting again after one */
    HIT_KIOSK_CLONED,
    HIT_KIOSK_BACK,
    HIT_SERVER_BACK,
    HIT_SERVER_EMPTY,
    HIT_CLOCK_1970,
    HIT_CLOCK_BACK, /* ten years */
    HIT_CLOCK_JUMP,
    HIT_DISK_FULL,
    HIT_DISK_EIO,
    HIT_DISK_SYNC,
    HITS
};

/* What people did beside reporting, counted where it was done. To add one: a row here, its name in office.c. */
enum deed {
    DEED_STOP,
    DEED_LIFT,
    DEED_DECISION,
    DEED_CHECK,
    DEED_REOPENING,
    DEED_CLOSING,
    DEED_CLOSING_REFUSED, /* of a month that somebody else had closed at that moment */
    DEED_LATE_LINE,       /* paid by a month that came after its own */
    DEED_LATE_FEN,
    DEED_BIND,
    DEED_BACK_ENTRY, /* ticked paper, by a supervisor */
    DEED_MEND,       /* an undo or a correction by him */
    DEED_OFFICE_BIND,
    DEED_CORRECTION, /* by the office */
    DEED_ORDER,
    DEED_QUOTE, /* confirmed by the customer */
    DEED_TRANSFER,
    DEED_CONFIRMED,
    DEED_REFUSAL,
    DEED_SPREAD,
    DEED_REVERSAL,
    DEED_UNPAID,
    DEED_UNPAID_END,
    DEED_RELEASE,
    DEED_VOID,
    DEED_PACKED, /* doors */
    DEED_LOADED, /* doors */
    DEED_LOADING_OVER,
    DEED_PART_STOP, /* of some doors of a line */
    DEED_CHANGE,    /* released as a new sheet */
    DEED_CHANGE_DROPPED,
    DEED_AGREED, /* what a change costs */
    DEED_COPY_IN,
    DEED_COPY_LOST,
    DEED_STAYS,     /* said of an operation */
    DEED_OLD_PAPER, /* reports of a sheet that isn't the newest */
    DEED_REMAKE,
    DEED_REMADE,    /* pieces reported of them */
    DEED_MOVED,     /* doors to another place */
    DEED_COUNTED,   /* times */
    DEED_RETURNED,  /* doors */
    DEED_HANDED_IN, /* old papers, at kiosks */
    DEED_OBJECTION,
    DEED_ANSWER,
    DEED_CORRECTION_PAID, /* of what a closed month paid */
    DEEDS
};

struct world;
typedef void task_fn(struct world *world, int who, int64_t what);

struct task {
    int64_t  at_ms;
    uint64_t order; /* of tasks at the same time */
    task_fn *call;
    int      who;
    int64_t  what;
};

enum { TRACE_LINES = 50, TRACE_TEXT = 200, WRONG_TEXT = 400 };

struct trace {
    FILE    *file; /* NULL: the last lines only */
    uint64_t count;
    char     lines[TRACE_LINES][TRACE_TEXT];
};

struct world_options {
    uint64_t seed;
    int      days, kiosks;
    bool     has_faults, is_offline;
    FILE    *log; /* NULL: none */
};

struct world {
    struct world_options options;
    int64_t              start_ms, now_ms;
    int64_t              end_ms;  /* work and faults end here */
    bool                 is_calm; /* they have ended */
    uint64_t             dice[DICES];
    struct disk         *disk;
    size_t               task_count, task_cap;
    struct task         *tasks; /* a heap, the next one first */
    uint64_t             order, steps;
    struct trace         trace;
    int64_t              hits[HITS], deeds[DEEDS];
    int64_t              figures;           /* of workers at kiosks that are those of the office */
    char                 wrong[WRONG_TEXT]; /* what must not be; "" = all is well */

    struct booths  *booths;
    struct house   *house;
    struct net     *net;
    struct people  *people;
    struct office  *office;
    struct fault   *fault;
    struct model   *model;
    struct check   *check;
    struct month   *month;
    struct trade   *trade;
    struct changes *changes;
};

#define SIM_VFS "sim"

void world_open(struct world *world, const struct world_options *options);
void world_close(struct world *world);

/* Calls call(world, who, what) at that time, after those that were asked for the same time before. */
void world_at(struct world *world, int64_t at_ms, task_fn *call, int who, int64_t what);
void world_in(struct world *world, int64_t ms, task_fn *call, int who, int64_t what);

/* Takes the next task; false when there is none, or something is wrong. */
bool world_step(struct world *world);

/* One line of the log: time, who, what. */
void world_say(struct world *world, const char *who, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Something must not be: the first such sentence is kept and ends the run. */
void world_wrong(struct world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Something was done, so many times. */
void world_deed(struct world *world, enum deed deed, int64_t count);

/* A fault took effect. */
void world_hit(struct world *world, enum hit hit);

int64_t world_dice(struct world *world, enum dice dice, int64_t least, int64_t most); /* both included */
bool    world_chance(struct world *world, enum dice dice, int per_mille);

#endif
