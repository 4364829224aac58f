/* calendar.h - working days, and what follows from them: lead times [R29], due days of operations [R12], and until when
 * an order has to be placed [R24]. Pure. */
#ifndef SERVER_JUDGE_CALENDAR_H
#define SERVER_JUDGE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALENDAR_DAYS_MAX = 512 };

/* Days that differ from the week, sorted; and the weekdays of rest, bit 0 = Sunday. */
struct calendar {
    unsigned rest_weekdays;
    size_t   count;
    struct {
        int32_t day;
        bool    is_work;
    } days[CALENDAR_DAYS_MAX];
};

/* The n-th working day after `from` (n < 0: before it); n = 0: from itself, or the next working day. */
int32_t calendar_add(const struct calendar *calendar, int32_t from, int32_t n);

/* Working days in (from, to]; 0 where to is not after from. */
int32_t calendar_between(const struct calendar *calendar, int32_t from, int32_t to);

/* Received before cut_min (minutes after factory midnight): by the end of that day; later: by next_min of the next. */
int64_t place_until_ms(int64_t received_ms, int32_t offset_min, int32_t cut_min, int32_t next_min);

#endif
