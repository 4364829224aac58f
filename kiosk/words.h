/* words.h - what the rooms of the kiosk say to each other: inputs, what was found, effects.
 *
 * Main turns a scan into a struct code (core/code.h), has keep/look.c find what flow may need of it, and hands both to
 * flow_step(); flow answers with its next state (which screen/ draws) and a struct effect, which main carries out.
 * Plain data, fixed sizes, no pointers: a recorded list of inputs replays a day. */
#ifndef KIOSK_WORDS_H
#define KIOSK_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/chain.h"
#include "core/clock.h"
#include "core/code.h"
#include "core/event.h"
#include "core/say.h"
#include "core/text.h"

enum {
    FOUND_OPS_MAX = 24,
    FOUND_ENTRIES_MAX = 12,
    FOUND_BLAMES_MAX = 3,
    FOUND_QUEUE_MAX = 8,
    FOUND_REASONS_MAX = 12,
    FOUND_PAY_LINES_MAX = 12,
    FOUND_LINES_MAX = 12,
    FOUND_PEOPLE_MAX = 12,
    FOUND_CREWS_MAX = 12,
    FOUND_STOPS_MAX = 8,
    FOUND_ORDER_LINES_MAX = 24,
    FOUND_BOARD_OPS_MAX = 16,
    FOUND_BOARD_ROWS_MAX = 40,
    FOUND_PAPERS_MAX = 9,
    FOUND_ASKED_MAX = 4,
    FOUND_NOTE_LINES_MAX = 99, /* as many as an order has */
    FOUND_NOTES_MAX = 12,
    NAME_MAX = 64,
    WORD_MAX = 24,
    REMARKS_MAX = 400,
    WHY_MAX = 204,
    CREW_MAX = 8,
    FOUND_KNOBS_MAX = 16,
    FOUND_SCANNERS_MAX = 8,
    FOUND_LOG_MAX = 6,
    FOUND_WAITING_MAX = 8,
    LOG_TEXT_MAX = 160
};

/* How old what the kiosk knows is. age_ms -1: it never heard of a server. */
struct found_age {
    int64_t age_ms;
    bool    is_whole; /* the first snapshot was learnt to its end */
};

struct found_worker {
    int64_t   badge;      /* as scanned */
    bool      is_known;   /* the badge belongs to a worker of the feed */
    bool      is_revoked; /* the badge, or the worker left: what he does is saved and held */
    bool      is_spare;   /* a spare badge, bound to him for this shift date; number 0: to somebody new */
    int32_t   number;     /* 0 = not known */
    char      name[NAME_MAX];
    int       sign;   /* zodiac animal 0..11 */
    int       colour; /* 0..7 */
    char      crew[WORD_MAX];
    bool      is_pooled; /* what his crew makes today is shared when the shift is over */
    bool      is_supervisor;
    enum lang lang;
    bool      has_pin;
    bool      shows_yuan;      /* he wants the green screen to say what he earned today */
    char      usual[WORD_MAX]; /* code of the operation that he reported last at this kiosk */
    uint8_t   salt[16];        /* of his pair of keys (core/seal.h), where has_pin */
};

struct found_op {
    int32_t number; /* on the sheet: 10, 20 ... */
    char    code[WORD_MAX];
    char    part[WORD_MAX];
    char    name[2][NAME_MAX]; /* by enum lang */
    int64_t rate_cfen;
    int64_t rework_rate_cfen;
    int64_t planned;      /* pieces of this operation's part */
    int64_t arrived;      /* as many as the operations before it have passed on; planned where none stands before */
    int64_t done;         /* counted, held and own unsent ones: what is no longer left */
    int64_t left;         /* planned - done - stopped, not below 0 */
    bool    is_here;      /* this station does it */
    char    by[NAME_MAX]; /* who reported pieces of it last at this kiosk; "": nobody */
    int64_t by_ms;
    int32_t by_count;
    bool    is_opening_asked; /* of changed and special sheets the opening direction is asked before it (a setting) */
    char    who[NAME_MAX];    /* reported last of it, as far as known; "" = nobody known */
    int64_t when_ms;          /* and when, wall; 0 = never */
};

enum found_revision {
    REVISION_NEWEST,
    REVISION_OLD,     /* void: a newer one is known */
    REVISION_NEWER,   /* newer than this kiosk knows: saved and held until the feed brings it */
    REVISION_UNKNOWN, /* the sheet isn't known at all: saved and held */
};

/* The same worker(s) reported the same sheet and operation moments ago at this kiosk. */
struct found_again {
    bool        is_set;
    int32_t     op;
    int32_t     count;
    int64_t     ago_ms;
    struct hash name; /* of that event */
};

struct found_sheet {
    struct sheet_ref    ref;
    enum found_revision revision;
    int                 newest_rev; /* 0 = none known */
    bool                is_stopped;
    char                stop_why[WHY_MAX];
    char                stop_by[NAME_MAX];
    int64_t             stop_ms;     /* wall */
    int64_t             stop_doors;  /* so many doors of it are stopped, the rest may go on; 0: none, or all */
    int                 replaced_by; /* the copy that was printed in place of this one; 0: none known */
    char                product[NAME_MAX], size[NAME_MAX], colour[NAME_MAX], opening[NAME_MAX];
    char                lock_hole[NAME_MAX], closer[NAME_MAX]; /* [R2] */
    char                remarks[REMARKS_MAX];
    int64_t             quantity;
    int32_t             due_day; /* 0 = none */
    bool                is_rush, is_special;
    int                 op_count;
    struct found_op     ops[FOUND_OPS_MAX]; /* in the order of their numbers */
    struct found_again  again;
};

/* Where a paper was scanned last, as far as this kiosk knows. */
struct found_paper {
    struct sheet_ref sheet;
    char             station[2][NAME_MAX]; /* by enum lang */
    char             worker[NAME_MAX];     /* "" = nobody known */
    int64_t          wall_ms;
    bool             is_here; /* at this station */
    bool             is_in;   /* handed in */
};

/* A stop that stands. */
struct found_stop {
    struct line_ref what; /* line 0: the whole order */
    struct line_ref at;   /* the line that concerns this station, or what */
    int64_t         at_ms;
    int64_t         doors; /* so many of the line; 0: all of it */
    char            why[WHY_MAX], who[NAME_MAX];
    bool            is_here;     /* it is, was, or comes next at this station */
    bool            is_answered; /* acknowledged here by badge */
};

struct found_stops {
    int64_t            heard_ms; /* wall: when all of this was current; -1: never */
    int                all;      /* stops that stand, shown or not */
    int                count;
    struct found_stop  stops[FOUND_STOPS_MAX]; /* those that wait for a badge here first, then the newest */
    int                paper_count;
    struct found_paper papers[FOUND_PAPERS_MAX]; /* of stops[0] */
    int                out_count;
    struct found_paper outs[FOUND_PAPERS_MAX]; /* stopped or void, seen here last, and not handed in */
    char               supervisor[NAME_MAX];   /* the only one; "" = several, or none known */
};

/* What the office asks at this station [R9]; oldest first. */
struct found_question {
    int64_t         id;
    struct line_ref line;
    int64_t         at_ms; /* wall */
    char            who[NAME_MAX], text[REMARKS_MAX], product[NAME_MAX];
};

struct found_asked {
    int                   all, count;
    struct found_question rows[FOUND_ASKED_MAX];
};

/* What is answered by one touch; numbers stand on cards. */
enum asked_answer { ANSWER_NONE, ANSWER_WORKING, ANSWER_TODAY, ANSWER_MATERIAL, ANSWER_ABSENT, ANSWER_WORDS };

/* An order by its lines, and one of these by its operations. */
struct found_order {
    int64_t heard_ms; /* as in found_stops */
    int     line_count;
    struct {
        struct line_ref line;
        int64_t         left; /* pieces of all operations together */
    } lines[FOUND_ORDER_LINES_MAX];
    int                at; /* whose sheet this is */
    struct found_sheet sheet;
};

/* What a board tells. Numbers stand on cards (ACTION_BOARD). */
enum board_view {
    BOARD_OPS,
    BOARD_ORDERS,
    BOARD_WORKERS,
    BOARD_LATE,
    BOARD_RUSH,
    BOARD_STOPPED,
    BOARD_MISSING, /* an operation after it has done more: its scans are missing */
    BOARD_HELD,
    BOARD_VIEWS
};
enum { BOARD_COUNTS = BOARD_VIEWS - BOARD_LATE };

struct board_op {
    char    code[WORD_MAX];
    char    name[2][NAME_MAX];
    int64_t done, planned;        /* pieces of that day; planned: done, and what was due up to it. 0: not known */
    int     counts[BOARD_COUNTS]; /* lines whose work lies before this operation */
};

/* A line, or a worker. */
struct board_row {
    struct line_ref     line;
    char                product[NAME_MAX];
    char                op[2][NAME_MAX]; /* where its work lies: the first operation that has pieces left */
    int64_t             left;            /* there */
    int                 ops_done, ops;
    int32_t             due_day;
    bool                is_rush, is_stopped, is_late;
    struct found_worker worker; /* BOARD_WORKERS: at this kiosk that day */
    int64_t             good, bad, held;
    int64_t             when_ms; /* his last entry */
};

struct found_board {
    enum board_view  view;
    int32_t          day;
    int64_t          heard_ms;
    int              now_permille; /* of the shift that is over; -1: no shift table, or another day */
    int64_t          done, planned;
    int              counts[BOARD_COUNTS]; /* lines */
    int              op_count;
    struct board_op  ops[FOUND_BOARD_OPS_MAX];
    int              all; /* rows that fit the view */
    int              row_count;
    struct board_row rows[FOUND_BOARD_ROWS_MAX];
};

/* How a delivery note stands, as far as this kiosk knows [R16b]. */
enum note_state {
    NOTE_UNKNOWN,
    NOTE_OPEN,
    NOTE_SHUT, /* a pick-up order: the money isn't there */
    NOTE_VOID,
    NOTE_CLOSED /* loading is over */
};

struct found_note_line {
    struct line_ref line;
    int             rev;
    char            product[NAME_MAX], size[NAME_MAX], colour[NAME_MAX];
    int64_t         asked, loaded; /* doors; loaded: own ones too that the server hasn't booked */
    bool            is_stopped;
};

struct found_note {
    int64_t                key; /* note_ref_key(); 0: none */
    enum note_state        state;
    int                    copy; /* the newest paper */
    struct line_ref        order;
    char                   customer[NAME_MAX];
    char                   truck[WORD_MAX];
    struct say             why; /* shut, void */
    int                    line_count;
    struct found_note_line lines[FOUND_NOTE_LINES_MAX];
};

/* The notes that wait for their doors, those that may be loaded first. */
struct found_notes {
    int count;
    struct {
        int64_t         key;
        enum note_state state;
        struct line_ref order;
        char            customer[NAME_MAX];
        char            truck[WORD_MAX];
        int64_t         asked, loaded;
    } rows[FOUND_NOTES_MAX];
};

/* What is known at a dock of a door, or of its line, beside its sheet. */
struct found_door {
    int64_t         in, out;   /* doors of the line that came into the house, and left it */
    bool            is_named;  /* the note in hand names it: that piece, or any of the line */
    enum event_kind last;      /* what was recorded of that piece last, as far as known; EVENT_UNKNOWN: nothing */
    int64_t         last_ms;   /* 0: at another dock */
    int64_t         last_note; /* EVENT_LOAD: onto which */
};

struct found {
    struct found_age    age;
    bool                has_worker;
    struct found_worker worker; /* CODE_BADGE */
    bool                has_sheet;
    struct found_sheet  sheet; /* CODE_SHEET, CODE_PIECE */
    bool                has_note;
    struct found_note   note;                 /* CODE_NOTE; INPUT_NOTE */
    struct found_door   door;                 /* CODE_SHEET, CODE_PIECE, at a dock */
    char                place_name[NAME_MAX]; /* CODE_PLACE; "" = nobody named it */
};

/* Workers to choose from: of one crew, or of a group of letters (core/initial.h), those who worked here first. */
struct people_ask {
    char crew[WORD_MAX]; /* "" = all */
    int  group;          /* 0 = all */
    int  page;
};

struct found_people {
    struct people_ask   ask;
    int                 total;
    int                 count;
    struct found_worker rows[FOUND_PEOPLE_MAX];
    int                 crew_count;
    struct {
        char id[WORD_MAX], name[NAME_MAX];
    } crews[FOUND_CREWS_MAX];
};

enum entry_state { ENTRY_SAVED, ENTRY_SENT, ENTRY_HELD, ENTRY_UNDONE };

/* One of a worker's last entries at this kiosk. */
struct found_entry {
    struct hash      name;
    struct sheet_ref sheet;
    int32_t          op;
    char             op_name[2][NAME_MAX];
    int32_t          count, bad;
    int64_t          wall_ms;
    int64_t          fen; /* his share as the kiosk reckons it */
    enum entry_state state;
    struct say       held_say; /* why, where held */
};

/* A worker's own page. Money of other kiosks comes only out of sealed boxes, after his PIN (PAY input). */
struct found_page {
    int32_t            worker;
    int                skip;        /* newer entries passed over */
    int32_t            day;         /* shift date of "today" */
    int64_t            own_fen;     /* today, this kiosk's own entries */
    int64_t            own_pieces;  /* good ones */
    int                blame_count; /* bad pieces of others' entries that are said to be his fault, newest first */
    struct found_entry blames[FOUND_BLAMES_MAX]; /* name, count, wall_ms of the decision, sheet and operation of his */
    struct say         answer; /* what the office said to his newest objection here; empty: nothing yet */
    int                count;
    struct found_entry entries[FOUND_ENTRIES_MAX]; /* newest first */
};

/* One order of the idle screen's queue. */
struct found_row {
    struct line_ref line;
    char            product[NAME_MAX];
    int64_t         left;
    int32_t         due_day;
    bool            is_rush, is_stopped, is_late;
};

struct found_idle {
    int              queue_count;
    struct found_row queue[FOUND_QUEUE_MAX];
    int64_t          today_done, today_due; /* pieces at this station */
    int              reason_count;
    struct {
        int32_t number;
        char    name[2][NAME_MAX];
    } reasons[FOUND_REASONS_MAX];
};

enum { SIGN_OUT_ENTRY_S = 0, SIGN_OUT_SHIFT_S = -1, SIGN_OUT_MOST_S = 86400 };

/* What the header of every screen shows; main hands it in whenever it changes. */
struct found_state {
    char    station[WORD_MAX]; /* id; "" = not enrolled */
    char    station_name[2][NAME_MAX];
    int32_t day; /* shift date */
    char    shift[16];
    int64_t wall_ms;
    int32_t offset_min; /* of factory time */
    bool    is_doubtful;
    bool    is_online;
    bool    is_current;    /* all that the server had when last asked is learnt */
    int64_t waiting;       /* events not acknowledged */
    int64_t waiting_since; /* wall ms of the oldest, 0 = none waits */
    bool    has_scanner;
    bool    is_disk_low, is_disk_full;
    int32_t sign_out_s;     /* SIGN_OUT_ENTRY_S, SIGN_OUT_SHIFT_S, or after how many seconds without touch or scan */
    int32_t disk_days;      /* within how many the disk is full at the pace of the last week; 0: in more than a week */
    bool    can_touch_rows; /* a row of the queue opens its sheet here: paper can't be scanned everywhere */
    bool    is_dock;        /* finished doors come in here and leave by delivery notes */
    int against_server; /* this program's version: below 0 older than the server's, above 0 newer; 0: the same, or it
                             * wasn't heard */
};

/* Lines whose short number is what was typed. */
struct found_lines {
    int              count;
    bool             has_more; /* than fit here */
    struct found_row rows[FOUND_LINES_MAX];
};

/* Who was in by the join and leave events of this station's shift: a kiosk that lost its power finds its crew again. */
struct found_roll {
    int                 count;
    struct found_worker people[CREW_MAX];
    int64_t             since_ms[CREW_MAX]; /* wall */
};

/* What each of the crew has today from entries of several people at this kiosk, in the crew's order. */
struct found_crew {
    int     count;
    bool    is_pool;    /* all of one crew that doesn't share equally */
    int32_t pool_day;   /* of its newest shift that is over; 0 = none told */
    int64_t settles_ms; /* until then its shares may change */
    struct {
        int32_t number;
        int64_t fen, pieces;
        int64_t minutes, hundredths, parts; /* in that shift: in, coefficient, of 10,000; 0 = wasn't in */
    } sums[CREW_MAX];
};

/* The pay boxes of a worker, opened with his PIN. */
struct found_pay {
    bool       is_open;  /* false: say tells why */
    bool       is_wrong; /* the PIN is; else there is nothing yet, or it can't be tried now */
    struct say say;
    int64_t    today_fen; /* all kiosks, plus this kiosk's entries that aren't booked yet */
    int64_t    total_fen; /* all boxes here (35 days), likewise */
    int64_t    held;      /* pieces */
    int        count;
    struct {
        int32_t day;
        int64_t fen;
    } days[FOUND_PAY_LINES_MAX]; /* newest first */
};

/* A setting that people made at this kiosk: its own (worker 0), or one of a worker here. flow/knob.h knows them all. */
struct found_knob {
    int32_t worker;
    char    name[WORD_MAX];
    int64_t value;
};

struct found_knobs {
    int               count;
    struct found_knob rows[FOUND_KNOBS_MAX];
};

/* A scanner, or what may be one, on USB. mode, state and advice are ids of texts; advice "": nothing is to be done. */
struct found_scanner {
    int     number; /* for the effect's wish; never used twice while the program runs */
    char    name[NAME_MAX];
    char    ids[12];  /* 0c2e:0b61 */
    char    port[24]; /* the socket: 1-5.2 */
    char    mode[SAY_ID_MAX];
    char    state[SAY_ID_MAX];
    char    advice[SAY_ID_MAX];
    bool    is_chosen, is_working;
    bool    has_layout; /* its country can be set: */
    int     layout;     /* 0 US, 1 German, 2 French, 3 UK: so many are FOUND_LAYOUTS */
    int64_t seen_ms;    /* kiosk time of its newest scan, when this was told; 0: none yet */
};

enum { FOUND_LAYOUTS = 4 };

enum found_teaching { FOUND_NOT_TEACHING, FOUND_TEACHING, FOUND_TAUGHT, FOUND_NOT_TAUGHT };

/* Chosen ones first, then what works. */
struct found_scanners {
    enum found_teaching
        teaching; /* FOUND_TEACHING: waits for a card to be scanned with the scanner that is to be chosen */
    int count;
    struct found_scanner rows[FOUND_SCANNERS_MAX];
};

/* What is wished of a scanner: found_scanner.number, and a layout for WISH_LAYOUT. */
enum scanner_wish { WISH_NONE, WISH_TEACH, WISH_TEACH_END, WISH_CHOOSE, WISH_LAYOUT, WISH_FORGET };

/* An event that the server hasn't acknowledged yet. */
struct found_waiting {
    int64_t          seq;
    enum event_kind  kind;
    struct sheet_ref sheet;
    int32_t          count;
    int64_t          wall_ms;
};

enum hearing { HEARING_UNTRIED, HEARING_GOOD, HEARING_NONE };

/* How the kiosk is: for setup. -1: nobody knows, or never. */
struct found_diagnosis {
    uint64_t     kiosk;
    char         version[WORD_MAX];
    char         server[NAME_MAX]; /* address and port; "" = not enrolled */
    bool         is_tls;
    int64_t      heard_ms;  /* kiosk time at which all was known */
    int64_t      offset_ms; /* kiosk time minus the machine's clock */
    int64_t      free_bytes, database_bytes;
    int32_t      days_left; /* until the disk is full, as it grew in the last 7 days */
    enum hearing hearing;   /* of the loudspeaker */
    int          log_count; /* warnings and errors, newest first */
    struct {
        int64_t wall_ms;
        char    text[LOG_TEXT_MAX];
    } log[FOUND_LOG_MAX];
    int                  waiting_count; /* oldest first */
    struct found_waiting waiting[FOUND_WAITING_MAX];
};

enum input_kind {
    INPUT_SCAN,      /* code (read well) with what was found of it */
    INPUT_BAD_CODE,  /* a scan that is no code of ours: say tells why */
    INPUT_TAP,       /* a touched button, or a command card: action and argument */
    INPUT_TIME,      /* time went on; sent when flow_deadline() has come */
    INPUT_SAVED,     /* the event of the last effect is on the disk */
    INPUT_NOT_SAVED, /* it isn't: say tells why */
    INPUT_SLOW,      /* saving takes longer than 300 ms */
    INPUT_STATE,     /* state changed */
    INPUT_IDLE,      /* queue and reasons */
    INPUT_PAGE,      /* the page that was asked for */
    INPUT_PAY,       /* answer to EFFECT_OPEN_PAY */
    INPUT_SHEET,     /* the sheet in hand, found again after the kiosk learnt something about it */
    INPUT_KNOBS,     /* what people set at this kiosk, read at the start */
    INPUT_NOT_SET,   /* a setting couldn't be kept: say tells why */
    INPUT_DIAGNOSIS, /* the answer to ask_diagnosis */
    INPUT_TOUCH,     /* where flow_wants_touches(): a finger at x, y; action and argument of what lies there */
    INPUT_TELL,      /* something that went well without anybody's hand: say tells */
    INPUT_WORKER,    /* somebody who is signed in, found again after the kiosk learnt something */
    INPUT_LINES,     /* answer to ask_lines */
    INPUT_ORDER,     /* answer to ask_order */
    INPUT_BOARD,     /* answer to ask_board */
    INPUT_STOPS,     /* the stops that stand, looked up with INPUT_IDLE */
    INPUT_ASKED,     /* what the office asks here, likewise */
    INPUT_NOTE,      /* answer to ask_note, and the note in hand found again: found.note */
    INPUT_NOTES,     /* at a dock, looked up with INPUT_IDLE */
    INPUT_CREW,      /* answer to ask_crew */
    INPUT_ROLL,      /* at the start */
    INPUT_PEOPLE,    /* answer to EFFECT ask_people */
    INPUT_EVENT,     /* answer to EFFECT ask_event: event, or say where it isn't kept any more */
    INPUT_CARRIED,   /* answer to EFFECT carry: is_good, say tells */
    INPUT_SCANNERS   /* what is known of scanners changed */
};

/* Opening directions as doors are drawn, seen from the house's viewing side; numbers stand on cards. */
enum opening { OPENING_UNKNOWN, OPENING_LEFT_OUT, OPENING_LEFT_IN, OPENING_RIGHT_OUT, OPENING_RIGHT_IN, OPENINGS };

/* What a button or a command card does; numbers stand in barcodes (kind 4, action), so they never change.
 * To add one: a row here, its case in flow/, its button in screen/. */
enum action {
    ACTION_NONE = 0,
    ACTION_SAVE = 1,
    ACTION_UNDO = 2,
    ACTION_LOOK = 3,
    ACTION_BACK = 4,
    ACTION_COUNT = 5, /* argument: quantity */
    ACTION_DIGIT = 6, /* argument: 0..9; keypad, PIN */
    ACTION_ERASE = 7,
    ACTION_OP = 8,      /* argument: operation number */
    ACTION_BAD = 9,     /* argument: reason number; then counts are bad ones */
    ACTION_WORKER = 10, /* my page */
    ACTION_OUT = 11,    /* sign out */
    ACTION_JOIN = 12,   /* the second badge joins the crew */
    ACTION_CHANGE = 13, /* the second badge takes over */
    ACTION_YES = 14,
    ACTION_NO = 15,
    ACTION_MADE_BEFORE = 16, /* already made before the stop */
    ACTION_LANGUAGE = 17,
    ACTION_MONEY = 18, /* asks for the PIN */
    ACTION_OTHER = 19, /* other station's operations */
    ACTION_REWORK = 20,
    ACTION_MORE = 21,      /* next page of what is shown */
    ACTION_DIFFERENT = 22, /* any other number */
    ACTION_LEAVE = 23,     /* argument: place in the crew from 1 on, 0 the chosen one: he leaves it */
    ACTION_FAULT = 24,     /* argument: operation to blame for the reason in hand, 0 none, EVENT_FAULT_MATERIAL */
    ACTION_OPENING = 25,   /* argument: enum opening, what the door in hand shows */
    ACTION_NUMBER = 26,    /* an order number is typed */
    ACTION_OPEN = 27,      /* argument: line_ref_key(): a row is opened as if its sheet were scanned */
    ACTION_ALL = 28,       /* all that is here, as the save key proposes */
    ACTION_YUAN = 29,      /* the green screen tells his wages, or not */
    ACTION_COLLECT = 30,   /* the old sheet is handed in */
    ACTION_ORDER = 31,     /* how far an order is: of the sheet in hand, or of the next one scanned or typed */
    ACTION_BOARD = 32,     /* argument: enum board_view */
    ACTION_LINE = 33,      /* argument: line_ref_key(): that line of the order that stands there */
    ACTION_DAY = 34,       /* argument: of how many days ago the board is */
    ACTION_SETUP = 40,     /* opens setup; argument: its page (enum setup_page), 0 = the menu */
    ACTION_SET = 41,       /* argument: knob * ACTION_SET_KNOB + value (flow/knob.h) */
    ACTION_SOUND = 42,     /* argument: enum sound; to listen to it */
    ACTION_CLEAN = 43,     /* touches do nothing while the screen is wiped */
    ACTION_TARGET = 44,    /* argument: which one of the touch test */
    ACTION_END = 45,       /* argument: enum ending */
    ACTION_SCANNER = 46, /* argument: enum scanner_wish * ACTION_SCANNER_ROW + row of the list (layout: the next one) */
    ACTION_ANSWER = 47,  /* argument: enum asked_answer, to what the office asks */
    ACTION_SUPER = 60,   /* the supervisor's menu */
    ACTION_SPARE = 61,   /* gives somebody a spare badge */
    ACTION_PAPER = 62,   /* enters ticked paper */
    ACTION_MEND = 63,    /* undoes or corrects an older entry */
    ACTION_CARRY = 64,   /* writes what waits on a stick */
    ACTION_FIELD = 65,   /* argument: enum paper_field, a field of the form */
    ACTION_PICK = 66,    /* argument: what is chosen: worker, operation, day, reason, entry */
    ACTION_FILTER = 67,  /* argument: enum people_by, or a group of letters or a crew from PEOPLE_FIRST on */
    ACTION_NEWCOMER = 68, /* a worker who has no number yet */
    ACTION_NOTE = 70,     /* argument: note_ref_key(); a note of the list is opened as if it were scanned */
    ACTION_CLOSE = 71,    /* loading is over; what is left behind is shown first */
    ACTION_GOODS = 72,    /* argument: enum goods, what is done with the doors that are scanned */
    ACTION_WRONG = 80     /* "this is wrong": he objects to an entry of his */
};

enum { ACTION_SET_KNOB = 10000, ACTION_SCANNER_ROW = 100 };

struct input {
    enum input_kind        kind;
    int64_t                mono_ms; /* of every input: flow's only time */
    enum event_how         how;     /* SCAN, TAP: scanned (cards too), typed, touched */
    struct code            code;
    struct found           found;
    enum action            action;
    int64_t                argument;
    struct say             say;
    struct hash            name; /* SAVED: of the event */
    int64_t                seq;  /* SAVED */
    struct found_state     state;
    struct found_idle      idle;
    struct found_page      page;
    struct found_pay       pay;
    struct found_knobs     knobs;
    struct found_diagnosis diagnosis;
    struct found_lines     lines;
    struct found_crew      crew;
    struct found_roll      roll;
    struct found_scanners  scanners;
    struct found_stops     stops;
    struct found_asked     asked;
    struct found_order     order;
    struct found_board     board;
    struct found_notes     notes;
    int                    x, y;  /* TOUCH: thousandths of the screen's width and height */
    bool                   is_up; /* TOUCH: the finger leaves */
    struct found_people    people;
    struct event           event;   /* EVENT */
    bool                   is_good; /* EVENT, CARRIED */
};

enum { NUMBER_TEXT = 16 }; /* of a typed order number, with the NUL */

enum sound { SOUND_NONE, SOUND_SAVED, SOUND_REFUSED, SOUND_RUSH, SOUND_STOPPED, SOUND_QUESTION };

/* How the program ends when a supervisor says so. */
enum ending { ENDING_NONE, ENDING_END, ENDING_RESTART };

struct effect {
    bool              save;  /* keep this event; then INPUT_SAVED or INPUT_NOT_SAVED */
    struct event      event; /* filled by flow: kind, station, codes, how, workers, crew, sheet, op, count, pieces, bad,
                         * rework, before_stop, tone, refers, note; the keeper adds who, when and the chain */
    enum sound        sound;
    bool              ask_idle; /* then INPUT_IDLE */
    bool              ask_page; /* of worker; then INPUT_PAGE */
    int32_t           worker;
    int               skip;       /* of his entries */
    bool              ask_people; /* then INPUT_PEOPLE */
    struct people_ask people;
    bool              ask_event; /* of that name, kept here; then INPUT_EVENT */
    struct hash       name;
    bool              carry;    /* what waits, onto a stick; then INPUT_CARRIED */
    bool              open_pay; /* with pin and the worker's badge and salt; then INPUT_PAY, some 100 ms later */
    struct found_worker payee;
    char                pin[13];
    bool                set; /* keep this setting; INPUT_NOT_SET where that fails */
    struct found_knob   knob;
    bool                ask_diagnosis; /* then INPUT_DIAGNOSIS */
    enum ending         ending;
    bool                ask_lines; /* of number; then INPUT_LINES */
    char                number[NUMBER_TEXT];
    int64_t             open_line; /* line_ref_key(), 0 = none: its newest sheet; then INPUT_SCAN */
    enum event_how      open_how;
    bool                ask_crew;  /* then INPUT_CREW */
    int64_t             ask_order; /* line_ref_key() of one of its lines, 0 = none; then INPUT_ORDER */
    bool                ask_board; /* of the view and day that stand; then INPUT_BOARD */
    int64_t             ask_note;  /* note_ref_key(), 0 = none; then INPUT_NOTE */
    enum scanner_wish   wish;      /* then INPUT_SCANNERS, once it is so; kept by itself */
    int                 scanner, layout;
};

#endif
