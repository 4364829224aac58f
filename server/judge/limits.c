/* limits.c - numbers of the house that are settings: server/judge/limits.h. */
#include "server/judge/limits.h"

#include <string.h>

const struct limit_row LIMIT_ROWS[LIMITS] = {
    [LIMIT_PAY_START_DAY] = {"pay_start_day",     1,      1, 28                   },
    [LIMIT_PAY_DAYS] = {"pay_days",          15,     0, 60                   },
    [LIMIT_DEDUCT_PERCENT] = {"deduct_percent",    20,     0, 20                   }, /* more than 20 no law allows */
    [LIMIT_MINIMUM_WAGE_FEN] = {"minimum_wage_fen",  200000, 0, INT64_C(100000000000)},
    [LIMIT_TIME_MOST_MINUTES] = {"time_most_minutes", 960,    1, 1440                 },
};

enum limit limit_find(const char *name)
{
    int i = 0;
    while (i < LIMITS && strcmp(LIMIT_ROWS[i].name, name) != 0) i++;
    return (enum limit)i;
}
