/* heard.c - in which parts of the last day a kiosk was heard: server/show/heard.h. Takes times, gives parts of hours. */
#include "server/show/heard.h"

#define HOUR_MS INT64_C(3600000)
#define PART_MS (HOUR_MS / HEARD_PARTS)

void heard_now(struct heard_day *day, int64_t now_ms)
{
    int64_t hour = now_ms / HOUR_MS;
    if (hour < day->hour) return;
    for (int64_t gone = day->hour + 1; gone <= hour && gone <= day->hour + HEARD_HOURS; gone++)
        day->parts[gone % HEARD_HOURS] = 0;
    day->hour = hour;
    day->parts[hour % HEARD_HOURS] |= (uint16_t)(1U << (now_ms % HOUR_MS / PART_MS));
}

void heard_parts(const struct heard_day *day, int64_t now_ms, int parts[HEARD_HOURS])
{
    int64_t now = now_ms / HOUR_MS;
    for (int i = 0; i < HEARD_HOURS; i++) {
        int64_t  hour = now - HEARD_HOURS + 1 + i;
        unsigned bits = hour <= day->hour && hour > day->hour - HEARD_HOURS ? day->parts[hour % HEARD_HOURS] : 0;
        for (parts[i] = 0; bits != 0; bits &= bits - 1) parts[i]++;
    }
}
