/* heard.h - in which parts of the last day a kiosk was heard: two bytes of memory for each of 24 hours, no clock of its own.
 *
 * A kiosk asks at least every half a minute, so a part of five minutes in which nothing came is one without contact. */
#ifndef SERVER_SHOW_HEARD_H
#define SERVER_SHOW_HEARD_H

#include <stdint.h>

enum { HEARD_HOURS = 24, HEARD_PARTS = 12 };

/* Zeros: never heard. */
struct heard_day {
    int64_t  hour;               /* the newest one, counted from 1970 */
    uint16_t parts[HEARD_HOURS]; /* of each hour, by hour % 24: a bit for each five minutes in which it was heard */
};

/* It was heard now. A time before the newest hour's is that hour's. */
void heard_now(struct heard_day *day, int64_t now_ms);

/* How many parts of each hour, the oldest first; the last is the hour of now_ms. */
void heard_parts(const struct heard_day *day, int64_t now_ms, int parts[HEARD_HOURS]);

#endif
