/* limits.h - numbers of the house that are settings: each with its default and what it may be. Books check them, lists
 * read them. */
#ifndef SERVER_JUDGE_LIMITS_H
#define SERVER_JUDGE_LIMITS_H

#include <stdint.h>

/* To add one: a row here and in limits.c, its line in docs/import.md. */
enum limit {
    LIMIT_PAY_START_DAY,     /* day of the month on which a pay period begins */
    LIMIT_PAY_DAYS,          /* days from a period's end to pay day */
    LIMIT_DEDUCT_PERCENT,    /* fines and losses take at most this part of a month's wage [R40] */
    LIMIT_MINIMUM_WAGE_FEN,  /* and leave at least so much */
    LIMIT_TIME_MOST_MINUTES, /* day work of one person and shift date; more is held */
    LIMIT_PLACE_CUT_MIN,     /* an order received before this minute of the day is placed the same day [R24] */
    LIMIT_PLACE_NEXT_MIN,    /* a later one by this minute of the next */
    LIMIT_REST_WEEKDAYS,     /* weekdays of rest, a sum: Sunday 1, Monday 2, Tuesday 4 ... */
    LIMIT_RUSH_CAP,          /* rush orders that may be open at once [R22] */
    LIMIT_RUSH_ALERT_DAYS,   /* a rush order alerts its follow-up clerk so many days ahead [R30] */
    LIMIT_LATE_CAUSE_DAYS,   /* more days late asks for a responsible person and cause [R31] */
    LIMIT_QUOTE_CHASE_DAYS,  /* a quote unconfirmed for so long is chased [R4] */
    LIMIT_CLAIM_MINUTES,     /* a reviewer's claim is freed after so long [R35] */
    LIMIT_PIECE_SECONDS,     /* a piece takes at least so long, 0: not asked; see judge/speed.h */
    LIMIT_WALK_SECONDS,      /* from one kiosk to another, 0: not asked */
    LIMIT_ENQUIRY_MINUTES,   /* an enquiry is answered within so long [R9] */
    LIMIT_DEPOSIT_PERCENT,   /* of an order's amount before production [R16a] */
    LIMIT_DEPOSIT_UNPRICED,  /* 1: an imported order without an amount isn't made either */
    LIMIT_PART_SHIPMENTS,    /* 1: what is shipped has to be paid, not the whole order [R16b] */
    LIMIT_DISPATCH_OVERRIDE, /* 1: two persons, one a manager, may let unpaid goods leave [R16b] */
    LIMIT_CASE_HOURS,        /* a complaint is closed within so long [R37] */
    LIMIT_CASE_DAYS,         /* about any other case the customer is called back within so long [R36] */
    LIMIT_WARRANTY_DAYS,     /* from dispatch [R36] */
    LIMIT_OBJECT_HOURS,      /* a blamed worker may object so long before it costs him anything [R14] */
    LIMITS
};

struct limit_row {
    const char *name;
    int64_t     otherwise, least, most;
};
extern const struct limit_row LIMIT_ROWS[LIMITS];

/* LIMITS: no such setting. */
enum limit limit_find(const char *name);

#endif
