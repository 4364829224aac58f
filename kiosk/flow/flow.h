/* flow.h - decides: an input in, the next screen and an effect out.
 *
 * Line 5/11: struct input -> next screen + struct effect
 *
 * Pure: struct flow is the whole state of what a worker sees, and nothing else knows it better; screen/ reads it. The
 * diagram stands in flow.c, each screen's own steps in the file of its name. */
#ifndef KIOSK_FLOW_FLOW_H
#define KIOSK_FLOW_FLOW_H

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
    SCREEN_REFUSED
};

enum question {
    QUESTION_NONE,
    QUESTION_AGAIN /* the same report again, or a mistake? */,
    QUESTION_JOIN /* join or change? */
};

/* How long a person stays signed in: a station setting. */
enum sign_out { SIGN_OUT_ENTRY, SIGN_OUT_SECONDS, SIGN_OUT_NEVER };

struct flow {
    enum screen   screen;
    enum question question;
    enum lang     lang;
    enum sign_out sign_out;
    int64_t       sign_out_ms; /* after the last touch or scan; default 60 s */
    int64_t       now_ms;      /* of the last input */
    int64_t       since_ms;    /* the screen stands since */
    int64_t       active_ms;   /* last scan or touch */

    struct found_state state;
    struct found_idle  idle;
    struct found_page  page;
    struct found_pay   pay;

    int                 crew_count; /* who carries the next entry; 0 = nobody */
    struct found_worker crew[CREW_MAX];
    struct found_worker second; /* QUESTION_JOIN: who else badged */

    bool               has_sheet;
    struct found_sheet sheet;
    struct code        sheet_code;
    enum event_how     sheet_how;
    int32_t            op; /* chosen operation, 0 = none yet */
    int32_t            count, bad_reason;
    int                bad_count;
    struct event_bad   bad[EVENT_BAD_MAX];
    bool               is_rework, is_made_before, is_any_number, is_other_station;
    bool               is_looking; /* a sheet shown, not to be reported */

    char       digits[13]; /* keypad: number or PIN */
    struct say say;        /* REFUSED: why; others: a line of advice */
    struct say next;       /* REFUSED: what to do */
    bool       is_slow;

    /* The last entry: the green screen, then the strip until the next entry or 2 minutes. */
    bool            has_last;
    struct event    last;
    struct hash     last_name;
    int64_t         last_seq;
    int64_t         last_ms;
    int64_t         last_total_fen; /* today's own entries of who made it */
    enum event_tone tone;           /* of the screen that stands now */
    struct event    saving;         /* SCREEN_SAVING: what is on its way */
};

void flow_start(struct flow *flow, int64_t mono_ms);

/* One step. *effect is overwritten. A scan never gets lost: where it can't be taken now (SAVING), it is kept as the next
 * input to come and taken at once after INPUT_SAVED. */
void flow_step(struct flow *flow, const struct input *input, struct effect *effect);

/* When INPUT_TIME is wanted next, in mono ms; INT64_MAX: never. */
int64_t flow_deadline(const struct flow *flow);

#endif
