/* work.h - what the files of this room hand each other while a line is judged.
 *
 * The stages stand in judge_line(): holds (line.c), who refers to whom (refer.c), which places its pieces have and
 * what is left there (place.c), money and sums (due.c). Facts are named by their index in line->facts; NONE = none. */
#ifndef SERVER_JUDGE_WORK_H
#define SERVER_JUDGE_WORK_H

#include "server/judge/line.h"

enum { NONE = -1 };

/* Why a whole fact doesn't count by itself. The first lot no decision can change: the fact isn't understood, isn't
 * placed, or speaks of something else. */
enum hold {
    HOLD_NONE,
    HOLD_WORDS,       /* an unknown version, kind or field */
    HOLD_REPEATED,    /* the same bytes came before */
    HOLD_OTHER_LINE,  /* its sheet is of another line */
    HOLD_REFERS_NONE, /* says nothing about which fact */
    HOLD_WAITS,       /* its target isn't here */
    HOLD_TARGET_KIND, /* its target can't be changed so */
    HOLD_TARGET_HELD, /* its target is an undo or a correction without effect */
    HOLD_NOT_NEWEST,  /* another one changed its target before it */
    HOLD_OFFICE,      /* the office alone decides */
    HOLD_TOO_MANY,    /* decides about more pieces than there are */
    HOLD_OVERTAKEN,   /* a decision that doesn't name the one in force */
    HOLD_SHEET,       /* no such revision is signed */
    HOLD_NO_OP,       /* names no operation */
    HOLD_OP,          /* the sheet has no such operation */
    HOLD_NOBODY,      /* names no worker */
    HOLD_GAP,
    HOLD_TIME_RATE,  /* day work, and no rate for it */
    HOLD_BIND_TAKEN, /* binds a badge that has a worker of its own */
    HOLD_BIND_BY,    /* binds without a supervisor, or no badge */
    HOLD_NO_SHEET,
    HOLD_DECIDABLE, /* from here on a decision helps */
    HOLD_NOT_YOURS = HOLD_DECIDABLE,
    HOLD_BADGE,
    HOLD_BACK, /* entered by a supervisor without a reason or a second person */
    HOLD_BEFORE_STOP,
    HOLD_TIME_OWN,  /* day work that the worker entered himself */
    HOLD_TIME_MOST, /* more of it than a day has */
    HOLD_LOAD_NOTE, /* loaded by no delivery note that there is */
    HOLD_LOAD_LINE, /* ... by one that doesn't ask for this line */
    HOLD_LOAD_SHUT, /* ... before the kiosk knew that it is open: the goods aren't paid */
    HOLD_LOAD_VOID, /* ... although the kiosk knew that it is void */
    HOLD_LOAD_STOP, /* ... although it knew of a stop */
    HOLD_RETURNED   /* goods came back: an inspection says how many go into stock [R34] */
};

enum track { TRACK_PIECES, TRACK_BAD, TRACKS }; /* a decision is about held pieces, or about bad ones */

struct work_fact {
    enum hold hold;
    int32_t   target;                    /* whom it refers to */
    int32_t   next;                      /* the undo or correction that cancels it */
    int32_t   before;                    /* undo, correct: the fact that stood in its chain before it */
    int32_t   decision[TRACKS];          /* in force */
    bool      is_effective;              /* undo, correct: took effect */
    bool      is_current;                /* what its chain says now */
    int64_t   place;                     /* inbox number at which it takes effect: not before its target is there */
    int64_t   cancelled_by;              /* inbox number */
    int32_t   op;                        /* index into ops */
    int64_t   first_place;               /* of its pieces */
    int64_t   taken;                     /* pieces that count by themselves */
    int64_t   forced;                    /* pieces that count by decision */
    int64_t   stopped, old, twice, over; /* pieces held, and why */
    int64_t   other;                     /* doors held: not those that the note names, or not in stock */
    int32_t   note;                      /* load: index into notes */
};

struct work_op {
    const struct judge_op *op;
    int64_t                good, bad, held, reworked;
};

/* A run of pieces of the fact in hand, with the place that they keep through corrections. */
struct segment {
    int64_t place;
    int32_t origin; /* the fact that said them first: its `seen` tells what was known */
    int32_t number; /* on the piece's label; 0 = counted only */
    int64_t count;
};

/* A segment asking for what is left at its operation, in the order of places. */
struct claim {
    int32_t op;
    bool    is_rework; /* has what is left to itself */
    bool    is_forced; /* pieces of a decision: beyond what is left too */
    int32_t number;
    int64_t place;
    int32_t order; /* of claims at one place */
    int32_t fact, origin;
    int64_t count;
};

/* Who made pieces at an operation, since when: nobody is paid for reworking his own. */
struct maker {
    int32_t op, worker;
    int64_t place;
};

struct judge_work {
    const struct judge_line *line;

    size_t            fact_cap, op_cap, name_cap, segment_cap, claim_cap, maker_cap;
    struct work_fact *facts;
    struct work_op   *ops; /* sorted by revision and number */
    size_t            name_mask;
    int32_t          *names; /* open addressing */
    size_t            segment_count;
    struct segment   *segments; /* of the chain in hand */
    size_t            claim_count;
    struct claim     *claims;
    size_t            maker_count;
    struct maker     *makers;
};

/* Room for `want` elements of `size` bytes; what was there stays. Ends the program without memory. */
void *work_room(void *old, size_t *cap, size_t want, size_t size);

static inline const struct event *work_event(const struct judge_work *work, int32_t fact)
{
    return work->line->facts[fact].event;
}

static inline int64_t work_number(const struct judge_work *work, int32_t fact)
{
    return work->line->facts[fact].number;
}

/* Kinds that report pieces. */
static inline bool work_has_pieces(const struct event *event)
{
    return event->kind == EVENT_REPORT || event->kind == EVENT_CORRECT;
}

/* ---- refer.c */
void refer_names(struct judge_work *work);                /* before all others */
bool refer_target(struct judge_work *work, int32_t fact); /* finds a fact's target, or holds it */
void refer_decisions(struct judge_work *work);            /* which decisions are in force */
void refer_links(struct judge_work *work);                /* which undo or correction cancels what */
void refer_chains(struct judge_work *work);               /* what each chain says now; its pieces claim their places */

/* ---- loose.c */
enum hold hold_own(const struct judge_fact *fact); /* what can be said without a line */

/* ---- line.c */
struct say hold_say(enum hold hold, const struct event *event);
void       hold_pieces(struct judge_work *work, int32_t fact); /* holds of a fact that reports pieces; its operation */

/* ---- place.c */
void    place_change(struct judge_work *work, int32_t before, int32_t now, int64_t place);
void    place_claim(struct judge_work *work, int32_t fact);
void    place_run(struct judge_work *work);
int64_t place_stays(const struct judge_work *work, const struct judge_op *op); /* pieces that stay good for it */

/* ---- due.c */
void due_makers(struct judge_work *work);
void due_add(struct judgement *out, size_t fact, int32_t worker, int64_t fen); /* in fact order, share order */
void due_fact(struct judge_work *work, int32_t fact, struct verdict *verdict, struct judgement *out);
void due_sums(struct judge_work *work, struct judgement *out);

/* Doors in and out of stock: kinds whose pieces count by themselves, for no operation and no pay. */
static inline bool work_is_dock(const struct event *event)
{
    switch (event->kind) {
    case EVENT_PACK:
    case EVENT_LOAD:
    case EVENT_TRANSFER:
    case EVENT_COUNT: return true;
    case EVENT_RETURN: return event->op == 0; /* with an operation: back to the one before it */
    case EVENT_UNKNOWN:
    case EVENT_REPORT:
    case EVENT_UNDO:
    case EVENT_CORRECT:
    case EVENT_START:
    case EVENT_FINISH:
    case EVENT_JOIN:
    case EVENT_LEAVE:
    case EVENT_RECEIVE:
    case EVENT_REFUSE:
    case EVENT_COLLECT:
    case EVENT_OBJECT:
    case EVENT_CALL:
    case EVENT_ACK:
    case EVENT_ASSIGN:
    case EVENT_MOVE:
    case EVENT_BIND:
    case EVENT_DAYWORK:
    case EVENT_NOTE:
    case EVENT_DECIDE:
    case EVENT_GAP:
    case EVENT_KINDS: break;
    }
    return false;
}

/* ---- dock.c, stock.c */
void       dock_run(struct judge_work *work, struct judgement *out); /* what holds them, what counts, what is loaded */
void       dock_fact(const struct judge_work *work, int32_t fact, struct verdict *verdict, const struct judgement *out);
struct say dock_say(enum hold hold, const struct event *event);

void    stock_begin(struct judgement *out);
int64_t stock_there(const struct judgement *out, int64_t but); /* doors in the house, but for one place */
void    stock_fact(struct judge_work *work, int32_t fact, int64_t doors, struct judgement *out);
void    stock_end(struct judgement *out);

/* ---- time.c */
void time_run(struct judge_work *work); /* day work: what holds it, and the minutes that count */
void time_fact(struct judge_work *work, int32_t fact, struct verdict *verdict, struct judgement *out);

#endif
