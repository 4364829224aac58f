/* line.h - what each fact of an order line is worth: verdicts and dues.
 *
 * Pure. In: the line's signed sheets, all facts about it in inbox order, its stops; decisions, undos and corrections
 * are facts too. Out: for each fact what counts and what is held, with the reason, and who is due what. Verdicts are
 * computed, never accumulated: no result depends on when it was computed, only on inbox order, feed numbers and
 * contents (EVENTS.md "What the kiosk says, what the server decides", "Money"). */
#ifndef SERVER_JUDGE_LINE_H
#define SERVER_JUDGE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/event.h"
#include "core/say.h"

/* A signed sheet's operation; rates are the sheet's own, frozen when it was signed. */
struct judge_op {
    int     rev;
    int32_t number; /* 10, 20 ... on the sheet */
    char    code[24];
    char    part[24];
    int64_t planned;  /* pieces: line quantity x per_door */
    int64_t per_door; /* pieces of the part a door takes */
    int64_t rate_cfen, rework_rate_cfen;
};

struct judge_rev {
    int     rev;
    bool    is_void;
    int64_t void_feed; /* feed number that said so; 0 = not void */
};

/* A stop, with the number under which the feed told it; lifted_feed 0 = still standing. doors: so many of the line, the rest
 * may go on; 0: all of it [R3]. */
struct judge_stop {
    int64_t feed, lifted_feed, doors;
};

struct judge_stays { /* "n stay good": carried from an old revision to the new one [R3] */
    int     old_rev, new_rev;
    int32_t old_op, new_op;
    int64_t count;
};

/* A dated change of rates after signing: read after the sheet's own rate. In the order in which they were made: of
 * those that fit the last one holds. */
struct judge_rate {
    char    code[24];   /* operation */
    char    family[24]; /* "" = every family */
    int32_t from_day, to_day;
    int64_t rate_cfen, rework_rate_cfen;
};

struct judge_hour { /* day work: worker 0: everybody without a rate of his own; in the order of the days */
    int32_t worker, from_day;
    int64_t hour_cfen;
};

/* A delivery note that asks for doors of the line [R16b]. What a kiosk knew of it is told by `seen`, by no clock. */
enum { JUDGE_PIECES = 1000 /* numbers on labels: 1..999 */ };
struct judge_note {
    int64_t id;                   /* yymm * 100000 + serial */
    int64_t doors;                /* asked of this line */
    int64_t open_feed, void_feed; /* 0: not open yet; not void */
    bool    is_named;             /* it names its doors one by one */
    uint8_t pieces[JUDGE_PIECES]; /* 1: it asks for this one */
};

struct judge_fact {
    int64_t             number; /* inbox number: the order */
    struct hash         name;
    const struct event *event;         /* its shift_day: the date in force, as the books bounded or moved it */
    int64_t             seen_feed;     /* event's seen in this server's numbering: -1 = of an unknown epoch or run */
    bool                badge_revoked; /* a badge of it is unknown or was revoked: whole fact held */
    bool                badge_taken;   /* bind: the badge is another worker's own */
    int32_t             worker_count;  /* as the books know them now (badge -> worker), in share order */
    int32_t             workers[EVENT_WORKERS_MAX];
    bool                has_unnamed; /* a share belongs to nobody known: its worker is 0 and its pay waits */
    bool                is_pooled;   /* a crew's pool splits it (pool.h): behind the event's workers others share it */
    int64_t             weights[EVENT_WORKERS_MAX]; /* of a pool, above 0 */
};

struct judge_line {
    struct line_ref           line;
    char                      family[24];
    size_t                    rev_count;
    const struct judge_rev   *revs;
    size_t                    op_count;
    const struct judge_op    *ops; /* of all revisions */
    size_t                    stop_count;
    const struct judge_stop  *stops;
    size_t                    stays_count;
    const struct judge_stays *stays;
    size_t                    rate_count;
    const struct judge_rate  *rates;
    size_t                    hour_count; /* of day work alone, whose facts of one date are a line without sheets */
    const struct judge_hour  *hours;
    int64_t                   doors; /* the line's quantity */
    size_t                    note_count;
    const struct judge_note  *notes;     /* by id */
    int64_t                   time_most; /* minutes of day work that one worker may have on a date */
    size_t                    fact_count;
    const struct judge_fact  *facts; /* in inbox order */
};

/* An exception stands open while a fact is HELD or PART, or has bad pieces that nobody decided. */
enum verdict_kind {
    VERDICT_COUNTED, /* nothing waits: took effect whole (notes included), or a decision said what of it counts */
    VERDICT_PART,    /* some pieces held */
    VERDICT_HELD,    /* nothing counted yet */
    VERDICT_UNDONE   /* no longer in force: cancelled by an undo or a correction, or an overtaken decision */
};

struct verdict {
    enum verdict_kind kind;
    int64_t           counted;        /* good + bad pieces that count */
    int64_t           held;           /* wait for a decision, or for what the reason says */
    int64_t           good, bad;      /* of the counted ones; good ones come first where only some count */
    int64_t           bad_undecided;  /* bad pieces whose fault nobody decided: not due yet */
    struct say        reason;         /* why held, what was decided against, who overtook; empty where all counts */
    int64_t           cancelled_by;   /* inbox number of the undo, correction or decision; 0 = none */
    int64_t           decided_by;     /* of the decision in force about its held pieces; 0 = none */
    int64_t           bad_decided_by; /* likewise about whose fault its bad pieces are */
    int64_t           due_fen;        /* whole fact, before the split */
    int64_t           due_pieces; /* that it pays: good, and bad not his fault; 0 of rework, paid beside them [R41] */
    int64_t           rate_cfen;
};

/* A pay line. Every fact that counts has one for each of its workers, in share order, zero fen too. */
struct due {
    size_t  fact;   /* index into facts */
    int32_t worker; /* 0: of nobody known yet */
    int64_t fen;
};

/* What is done at an operation, for boards and kiosks. Reworked pieces are good ones, no longer bad; so are those that stay
 * good from the revision before [R3]. */
struct op_sum {
    int     rev;
    int32_t op;
    int64_t good, bad, held;
};

/* What a delivery note has on the truck, by the shift date of the loading [R33]. Doors taken off again are not in it. */
struct dock_load {
    int64_t note; /* 0: none that can be read */
    int32_t day;
    int64_t doors;
    uint8_t pieces[JUDGE_PIECES]; /* 1: loaded by its label */
};

/* Finished doors of the line at a place; 0: nobody said where. */
struct stock_place {
    int64_t place, doors;
};

/* A stock count: what the books had there just before, and what was found. */
struct stock_count {
    size_t  fact;
    int64_t place, expected, counted;
};

/* came - went are in the house; shorted: went although the books had none of them in. */
struct stock_sum {
    int64_t packed, returned, found, went, shorted; /* found: by counts, below 0 where doors were missing */
};

struct judge_work; /* work.h: what judging needs in between */

struct judgement {
    size_t          verdict_cap;
    struct verdict *verdicts; /* fact_count */
    size_t          due_count, due_cap;
    struct due     *dues; /* in fact order, share order */
    size_t          sum_count, sum_cap;
    struct op_sum  *sums; /* by rev, op; zero rows left out */

    size_t              load_count, load_cap;
    struct dock_load   *loads; /* by note, day; zero rows left out */
    size_t              place_count, place_cap;
    struct stock_place *places; /* by place; zero rows left out */
    size_t              count_count, count_cap;
    struct stock_count *counts; /* in fact order */
    struct stock_sum    stock;
    bool                has_dock; /* the line has events of the dock: without, all of these are empty and always were */

    struct judge_work *work;
};

/* Never fails: what no rule can place is held with a reason. *out starts zero-initialised; its memory is reused;
 * judgement_free() ends it and takes it back there. O(n log n) of facts and their pieces. */
void judge_line(const struct judge_line *line, struct judgement *out);
void judgement_free(struct judgement *judgement);

/* The delivery note that a dock's event names: its text begins with 2603-00001. */
bool dock_note_read(const char *text, int64_t *id) MUST_CHECK;

/* Facts without an order line (notes, gaps, joins, binds ...): one by one. */
struct verdict judge_loose(const struct judge_fact *fact);

#endif
