/* period.c - pay periods as spans of shift dates: server/judge/period.h. */
#include "server/judge/period.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/clock.h"

/* The day on which a period begins in a month; months count from 1, and run over into the years beside. */
static int32_t month_start(int year, int month, int start_day)
{
    char    text[32];
    int32_t day = 0;
    if (month < 1) year--, month += 12;
    if (month > 12) year++, month -= 12;
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, start_day);
    bool is_day = day_read(text, &day);
    assert(is_day);
    (void)is_day;
    return day;
}

struct period_span period_of(int start_day, int32_t day)
{
    char text[DAY_TEXT];
    assert(start_day >= 1 && start_day <= PERIOD_START_MOST);
    day_write(day, text);
    int     year = (int)strtol(text, NULL, 10), month = (int)strtol(text + 5, NULL, 10);
    int32_t start = month_start(year, month, start_day);
    if (day < start) return (struct period_span){month_start(year, month - 1, start_day), start - 1};
    return (struct period_span){start, month_start(year, month + 1, start_day) - 1};
}

struct period_span period_open(int start_day, int32_t paid_to, int32_t begun, int32_t earliest)
{
    bool               is_first = paid_to == PERIOD_NONE;
    struct period_span span = period_of(start_day, is_first ? begun : paid_to + 1);
    if (!is_first)
        span.from_day = paid_to + 1;
    else if (earliest < span.from_day)
        span.from_day = earliest;
    return span;
}
