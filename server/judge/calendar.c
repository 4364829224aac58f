/* calendar.c - working days, and what follows from them: server/judge/calendar.h. */
#include "server/judge/calendar.h"

enum { MINUTE_MS = 60000, DAY_MIN = 1440, THURSDAY = 4 /* 1970-01-01 */, WEEK = 7, SPAN_MOST = 4000 };

static bool calendar_is_work(const struct calendar *calendar, int32_t day)
{
    size_t low = 0, high = calendar->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (calendar->days[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < calendar->count && calendar->days[low].day == day) return calendar->days[low].is_work;
    int32_t weekday = ((day + THURSDAY) % WEEK + WEEK) % WEEK;
    return (calendar->rest_weekdays >> weekday & 1) == 0;
}

/* A calendar without any working day must not hang: past SPAN_MOST days every day counts. */
int32_t calendar_add(const struct calendar *calendar, int32_t from, int32_t n)
{
    int32_t step = n < 0 ? -1 : 1, left = n < 0 ? -n : n, day = from, walked = 0;
    while (left == 0 && !calendar_is_work(calendar, day) && walked++ < SPAN_MOST) day++;
    while (left > 0) {
        day += step;
        if (calendar_is_work(calendar, day) || walked++ >= SPAN_MOST) left--;
    }
    return day;
}

int32_t calendar_between(const struct calendar *calendar, int32_t from, int32_t to)
{
    int32_t count = 0;
    for (int32_t day = from + 1; day <= to && day - from <= SPAN_MOST; day++) count += calendar_is_work(calendar, day);
    return count;
}

int64_t place_until_ms(int64_t received_ms, int32_t offset_min, int32_t cut_min, int32_t next_min)
{
    int64_t minute = received_ms / MINUTE_MS + offset_min;
    int64_t day = minute / DAY_MIN, of_day = minute % DAY_MIN;
    int64_t until = of_day < cut_min ? (day + 1) * DAY_MIN : (day + 1) * DAY_MIN + next_min;
    return (until - offset_min) * MINUTE_MS;
}
