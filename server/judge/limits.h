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
