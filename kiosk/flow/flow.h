/* flow.h - decides: an input in, the next screen and an effect out.
 *
 * Pure: struct flow is the whole state of what a worker sees, and nothing else knows it better; screen/ reads it. The
 * diagram stands in flow.c, each screen's own steps in the file of its name. */
#ifndef KIOSK_FLOW_FLOW_H
#define KIOSK_FLOW_FLOW_H

#include "kiosk/flow/dock.h"
#include "kiosk/flow/knob.h"
#include "kiosk/flow/super.h"
#include "kiosk/words.h"

enum screen {
    SCREEN_IDLE,
    SCREEN_WORKER,
    SCREEN_PIN,
    SCREEN_SHEET,
    SCREEN_OPERATION,
    SCREEN_COUNT,
    SCREEN_SAVING, /* the event is on its way to the disk; grey only after INPUT_SLOW */
    SCREEN_SAVED,
    SCREEN_QUESTION,
    SCREEN_REFUSED,
    SCREEN_SETUP, /* a supervisor's; shut until his badge: struct flow_setup */
    SCREEN_CLEAN, /* the screen is wiped: touches do nothing */
    SCREEN_CREW,
    SCREEN_CHECK,
    SCREEN_NUMBER,
    SCREEN_SUPER, /* a supervisor's: super.h */
    SCREEN_SPARE,
    SCREEN_PEOPLE,
    SCREEN_PAPER,
    SCREEN_PICK,
    SCREEN_QUANTITY,
    SCREEN_ENTRIES,
    SCREEN_MEND,
    SCREEN_STOPPED, /* an order is stopped that is, was, or comes next here: a badge answers */
    SCREEN_KEPT,    /* what was said of a stop is on the disk */
    SCREEN_ORDER,   /* how far an order is */
    SCREEN_BOARD,   /* a supervisor's glance at all of them */
    SCREEN_ASKED,   /* the office asks where an order is */
    SCREEN_NOTE,    /* a delivery note, being loaded: dock.h */
    SCREEN_LEFT,    /* what stays behind */
    SCREEN_GOODS,   /* doors that come in, are moved, counted, come back */
    SCREEN_DOORS,   /* how many of a line */
    SCREEN_MOVED,   /* what was said of a door is on the disk */
    SCREENS
};

enum question {
    QUESTION_NONE,
    QUESTION_AGAIN,   /* the same report again, or a mistake? */
    QUESTION_JOIN,    /* join or change? */
    QUESTION_REPLACED /* another paper was printed in place of this one: hand it in, or go on? */
};

/* What stands below the header of every screen, until the old sheets seen here last are handed in. */
enum ribbon {
    RIBBON_NONE,
    RIBBON_WAITS,    /* a stop that this station must answer, once the entry in the making is done */
    RIBBON_OUT,      /* sheets to hand in */
    RIBBON_ELSEWHERE /* a stop of this shift that doesn't concern this station */
};

/* How long a person stays signed in: a station setting (found_state.sign_out_s). A crew of two or more stays until it
 * signs out, sits idle for FLOW_CREW_MS, or the shift changes. */
enum sign_out { SIGN_OUT_ENTRY, SIGN_OUT_SECONDS, SIGN_OUT_SHIFT };

enum {
    FLOW_OPS_MAX = 4, /* operations of one entry: cut + bend */
    FLOW_DIGITS_MAX = 12,
    FLOW_COUNT_MOST = 1000000,
    FLOW_KEYS_MAX = 11,
    FLOW_SAVED_MS = 1200, /* green */
    FLOW_HELD_MS = 4000,  /* amber: there is a reason to read */
    FLOW_UNDO_MS = 120000,
    FLOW_AGAIN_MS = 30000,  /* the same report within this asks */
    FLOW_SCREEN_MS = 60000, /* nobody touches or scans anything: back to IDLE */
    FLOW_CREW_MS = 43200000,
    FLOW_PAY_MS = 15000, /* money stays in sight */
    FLOW_ADVICE_MS = 15000,
    FLOW_STOP_NEWS_MS = 43200000,
    FLOW_ASKED_QUIET_MS = 8000,   /* after an entry: its strip is seen first */
    FLOW_ASKED_LATER_MS = 300000, /* a question that was put away comes back */
    FLOW_WHEN_MAX = 16,
    FLOW_PIN_TRIES = 3, /* wrong ones in a row, then that badge's wages stay shut for: */
    FLOW_PIN_LOCK_MS = 900000,
    FLOW_PIN_BADGES = 8,
    FLOW_SETUP_MS = 180000, /* nobody does anything in setup */
    FLOW_CLEAN_MS = 15000,
    FLOW_SPOTS_MAX = 12,
    FLOW_TWICE_MS = 1500,  /* a badge read twice in one go isn't "leave" */
    FLOW_PRIOR_MS = 120000 /* a join or leave can be taken back by a touch */
};

/* Wrong PINs of a badge, whoever signed in and out between them. */
struct flow_miss {
    int64_t badge;
    int     count;
    int64_t ms; /* of the newest */
};

/* An event of the newest entry; an entry of several operations has several. */
struct flow_last {
    struct event event;
    struct hash  name;
    int64_t      seq;
};

/* The touch test: where fingers landed, and what is wrong with how they do. */
enum { SETUP_TARGETS = 8 };
struct flow_spot {
    int16_t x, y; /* thousandths of the screen */
};
struct flow_touch {
    int              hit; /* a bit for each target */
    int              count, doubled, dragged;
    int              x, y; /* of the newest */
    int64_t          ms;
    int              spot_at; /* the newest are kept, round and round */
    struct flow_spot spots[FLOW_SPOTS_MAX];
};

struct flow_setup {
    bool                is_open; /* a supervisor's badge was here, or the kiosk isn't enrolled yet */
    bool                has_boss;
    struct found_worker boss;
    enum setup_page     page, wanted; /* wanted: once it is open */
    enum screen         clean_from;
    enum code_kind      tested_kind; /* SCANNERS: what was read; tested "": nothing, or nothing of ours */
    char                tested[CODE_ENROL_DIGITS + 1];
    struct flow_touch   touch;
};

struct flow {
    enum screen   screen;
    enum screen   from;      /* REFUSED: where a touch leads back to */
    enum screen   join_from; /* QUESTION_JOIN: likewise */
    enum question question;
    enum lang     lang;      /* of who is signed in */
    enum lang     home_lang; /* where nobody is */
    enum sign_out sign_out;
    int64_t       sign_out_ms; /* after the last touch or scan; default 60 s */
    int64_t       now_ms;      /* of the last input */
    int64_t       since_ms;    /* the screen stands since, its keys in their places and with their meanings */
    int64_t       active_ms;   /* last scan or touch */
    int           page_no;     /* of what is shown in pages; ACTION_MORE */

    struct found_state state;
    struct found_idle  idle;
    struct found_page  page;
    struct found_stops stops;
    struct found_asked asks;          /* what the office asks here */
    int64_t            asks_later_ms; /* put away until then */
    struct found_order order;
    struct found_board board;
    struct found_notes notes;
    int                board_back;    /* 0: of today, 1: of yesterday */
    bool               is_board_open; /* a supervisor has badged: workers are shown */
    bool               has_pay;       /* the PIN fitted: shown until FLOW_PAY_MS after pay_ms */
    int64_t            pay_ms;
    struct found_pay   pay;
    bool               is_opening; /* PIN: the boxes are being opened */
    struct flow_miss   misses[FLOW_PIN_BADGES];

    int                 crew_count; /* who carries the next entry; 0 = nobody */
    struct found_worker crew[CREW_MAX];
    int64_t             crew_ms[CREW_MAX]; /* wall: since when each is in */
    bool                is_lent; /* those of the last entry, for its undo or correction alone: nobody is signed in */
    struct found_worker second;  /* QUESTION_JOIN: who else badged */

    /* crew.c: a crew of two or more is recorded, by join and leave events that follow whatever changes it. */
    int                 roll_count; /* who is in by what was recorded */
    struct found_worker roll[CREW_MAX];
    int32_t             roll_day; /* the shift that began it: leaving belongs to it, however late */
    char                roll_shift[16];
    bool                is_rolling; /* SAVING: a join or leave is on its way; then back to: */
    enum screen         roll_screen;
    struct event        rolling;
    bool                is_shift_over; /* as soon as nothing is in hand, everybody is signed out */
    int                 member;        /* CREW: the chosen one, WORKER, PIN: whose page; 0: the first */
    bool                has_member;    /* CREW: one is chosen */
    int                 prior_count;   /* the crew before somebody joined or left by hand, to be taken back */
    struct found_worker prior[CREW_MAX];
    int64_t             prior_ms[CREW_MAX];
    bool                has_prior;
    int64_t             prior_at_ms;
    struct found_crew   sums;

    /* The entry in the making. */
    bool               has_sheet;
    struct found_sheet sheet; /* REFUSED: the one that was refused, has_sheet false */
    struct code        sheet_code;
    struct found_age   age;             /* of what this kiosk knew of it: stops, revisions */
    bool               can_made_before; /* REFUSED: the sheet may have been made before the stop */
    int                code_count;      /* scanned for this entry, in that order */
    char               codes[EVENT_CODES_MAX][CODE_DIGITS + 1];
    bool               is_typed, is_touched;
    int32_t            begun_day; /* shift in which the sheet came into the hand: it is the entry's */
    char               begun_shift[16];
    int                op_count; /* chosen operations; number 0: not known which, the sheet isn't known */
    int32_t            ops[FLOW_OPS_MAX];
    int                op_at; /* SAVING: which of them */
    int32_t            count;
    int                keys;           /* COUNT: keys 1..keys stand there; 0: the keypad */
    bool               is_count_final; /* said by a card, or a matter of course: worker, sheet and it make an entry */
    int32_t            bad_reason;     /* 0, or whose number the keys mean now */
    int                bad_count;
    struct event_bad   bad[EVENT_BAD_MAX];
    bool               is_rework, is_made_before, is_any_number, is_other_station;
    bool               is_again;                    /* the question was answered: yes, once more */
    bool               is_replaced_seen;            /* he goes on with a paper that was replaced */
    bool               is_correcting;               /* "it was bad": the count screen speaks of the last entry */
    bool               is_ordering;                 /* the next sheet, scanned or typed, shows its order */
    bool               is_collecting;               /* the next sheet is an old one, handed in */
    bool               is_looking;                  /* a sheet shown, or to be shown, not to be reported */
    bool               is_checked;                  /* CHECK was answered right */
    int64_t            checked_line, checked_badge; /* whom it was asked last, and of what */
    int                checked_rev;

    int32_t                knobs[KNOBS];
    bool                   has_own_sign_out; /* set here: the office's word doesn't count */
    struct flow_setup      setup;
    struct found_scanners  scanners;
    struct found_diagnosis diagnosis;
    bool                   is_resting; /* IDLE: dark, until somebody touches or scans */

    char               digits[FLOW_DIGITS_MAX + 1]; /* keypad: number or PIN */
    struct found_lines lines;                       /* NUMBER: what fits the digits; more than one */
    struct say         say;                         /* REFUSED: why; SAVED: why held; others: a line of advice */
    struct say         next;                        /* REFUSED: what to do */
    bool               is_slow;

    /* The last entry: the green screen, then the strip until the next entry or 2 minutes. */
    int                 last_count; /* 0 = none, or undone */
    struct flow_last    lasts[FLOW_OPS_MAX];
    int64_t             last_ms;
    struct found_sheet  last_sheet; /* as it was before that entry */
    int                 last_crew_count;
    struct found_worker last_crew[CREW_MAX];
    bool                is_folded; /* the strip was put away */
    enum action       asked; /* IDLE, nobody signed in: undo or "it was bad", as soon as his badge says that it's he */
    int32_t           asked_reason;
    enum event_tone   tone;   /* of the screen that stands now */
    struct event      saving; /* SAVING: what is on its way; SAVED: what was kept */
    struct flow_super super;
    struct flow_dock  dock;
    struct found_worker kept_by; /* KEPT: whose word it was; badge 0 = nobody's */
    int64_t             saved_seq;
    struct hash         saved_name;
};

void flow_start(struct flow *flow, int64_t mono_ms);
void flow_speak(struct flow *flow, enum lang lang); /* where nobody is signed in; Chinese without it */

/* One step. *effect is overwritten. While flow_takes() is false the caller keeps scans in their order and looks each up
 * when its turn comes: what was found before a save is old after it. */
void flow_step(struct flow *flow, const struct input *input, struct effect *effect);
bool flow_takes(const struct flow *flow);

/* When INPUT_TIME is wanted next, in mono ms; INT64_MAX: never. */
int64_t flow_deadline(const struct flow *flow);

/* Touches are wanted as they are (INPUT_TOUCH), not as the button that lies there. */
bool flow_wants_touches(const struct flow *flow);

/* An enrolment's code is taken: the kiosk isn't enrolled, or a supervisor has opened setup. */
bool flow_may_enrol(const struct flow *flow);

/* ---- For those who show it */

/* The last entry can be undone or corrected here and now: nobody else signed in, and it isn't 2 minutes old. While it
 * stands on the screen a touch is enough; later, whoever isn't signed in is asked for his badge. */
bool flow_may_undo(const struct flow *flow);

/* Seconds until sign-out; -1 where none is counted. */
int flow_seconds_left(const struct flow *flow, int64_t now_ms);

/* The chosen operation of the sheet in hand; NULL where none is chosen, or the sheet doesn't tell. */
const struct found_op *flow_op(const struct flow *flow, int i);

/* Pieces that are proposed and left for the chosen operations (the least of them); INT64_MAX: not known. */
int64_t flow_arrived(const struct flow *flow);
int64_t flow_left(const struct flow *flow);

/* What the save key proposes while no number was said: all that is here; 0: nothing. */
int32_t flow_proposed(const struct flow *flow);

/* Operations that may be to blame for bad pieces: the entry's own, the material, those before it, nearest first. */
enum { FLOW_FAULTS_MAX = FOUND_OPS_MAX + 1 };
int     flow_faults(const struct flow *flow, int32_t faults[FLOW_FAULTS_MAX]);
int32_t flow_fault_of(const struct flow *flow, int32_t reason);

/* The sheet's opening direction, and what a person calls it. */
enum opening flow_opening(const struct found_sheet *sheet);

/* Who stands on his own page, or asks for his pay. */
const struct found_worker *flow_person(const struct flow *flow);

/* Of his own entries, as many as stand on a page beside what he is blamed for. */
int flow_entries_most(const struct flow *flow);

/* Two or more of one crew whose shares come when the shift is over. */
bool flow_is_pool(const struct found_worker *crew, int count);

/* Each one's share of the last entry, in its order, and their sum; -1: the rate isn't known, it is held, or a pool's. */
int64_t flow_shares(const struct flow *flow, int64_t shares[CREW_MAX]);

/* A join or leave by hand can be taken back. */
bool flow_may_revert(const struct flow *flow);

int32_t flow_bad_total(const struct flow *flow);
int32_t flow_bad_of(const struct flow *flow, int32_t reason);

/* The operations that the operation screen offers, his usual one first, then in the sheet's order; returns how many. */
int flow_offers(const struct flow *flow, const struct found_op *offers[FOUND_OPS_MAX]);

/* ---- For the supervisor's screens */

/* What ticked paper still lacks: the first field that does; PAPER_FIELDS: nothing. */
enum paper_field flow_paper_lacks(const struct flow *flow);

/* A reason of the list that fits the duty in hand, 1..SUPER_WHYS: its text's id. */
const char *flow_why(const struct flow *flow, int why);

/* What the ribbon says, and of which stop; NULL for sheets to hand in: stops.outs. */
enum ribbon flow_ribbon(const struct flow *flow, const struct found_stop **stop);

/* The sheet that was refused is a paper that can be handed in here and now. */
bool flow_may_collect(const struct flow *flow);

/* 10:42 of today, 03-17 10:42 of another day. */
void flow_when(const struct flow *flow, int64_t wall_ms, char out[FLOW_WHEN_MAX]);

/* The protocol's word of an answer (enum asked_answer); NULL: none. */
const char *flow_answer_word(int64_t answer);
/* ---- For the screens of the dock */

bool    flow_is_dock_screen(const struct flow *flow);
bool    flow_is_dock_last(const struct flow *flow); /* the last entry is of the dock */
int64_t flow_note_left(const struct found_note_line *line);
int64_t flow_doors_proposed(const struct flow *flow); /* what the save key proposes; 0: nothing */

/* Why the entry in the making would be held, "" where it wouldn't. op NULL: unknown. */
struct say flow_held(const struct flow *flow, const struct found_op *op);

#endif
