/* period.h - pay periods as spans of shift dates. Pure.
 *
 * A period begins on a day of the month that is a setting (1: calendar months; 26: from the 26th to the 25th) and ends on
 * the day before the next begins; it is named by its last day. Periods follow each other without a hole: the open one
 * begins behind the last that has paid, so a setting that changes makes one longer or shorter, never two that overlap. */
#ifndef SERVER_JUDGE_PERIOD_H
#define SERVER_JUDGE_PERIOD_H

#include <stdint.h>

enum { PERIOD_START_MOST = 28, PERIOD_NONE = INT32_MIN };

struct period_span {
    int32_t from_day, to_day;
};

/* The calendar's period around a day. start_day 1..28. */
struct period_span period_of(int start_day, int32_t day);

/* The open one. paid_to: the last day that periods have paid, PERIOD_NONE: none has yet; then it is the calendar's around
 * the day on which the books began, and takes what is dated before it too: earliest, the first day with work. */
struct period_span period_open(int start_day, int32_t paid_to, int32_t begun, int32_t earliest);

#endif
