/* clock.h - time as a value, and the day rule.
 *
 * Times are int64 milliseconds since 1970 UTC; days are int32 days since 1970-01-01. Nothing but struct clock asks the
 * system. Clocks never decide order or pay (EVENTS.md): they name days and are shown.
 *
 * The day rule (班次日期): an event belongs to the day on which its shift began. With a shift table: the shift that
 * covers the time, else the nearest that began before it; without: a day starts at day_start_min factory time. */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "core/err.h"

enum { CLOCK_SHIFTS_MAX = 8, DAY_TEXT = 11, TIME_TEXT = 32 };

/* A clock for the mains: real, or --clock BASE,RATE: starts at BASE (Unix seconds) at program start and runs RATE
 * times as fast. */
struct clock {
    int64_t base_ms;    /* shown time at start */
    int64_t real_ms;    /* real time at start, of the monotonic clock */
    int64_t rate_milli; /* 1000 = as fast as the world */
    bool    is_real;    /* true: the system's wall clock, followed when somebody sets it */
};

void    clock_start_real(struct clock *clock);
bool    clock_start_at(struct clock *clock, const char *base_rate, struct err *err) MUST_CHECK; /* "1767225600,60" */
int64_t clock_now_ms(const struct clock *clock);
int64_t clock_mono_ms(const struct clock *clock); /* never steps back; same rate; since some start */

/* For loops that wait and measure, always of the real monotonic clock: microseconds since some start, and the moment
 * wait_ms from now as pthread_cond_timedwait() wants it of a condition on CLOCK_MONOTONIC. */
int64_t         clock_real_us(void);
struct timespec clock_real_after(int64_t wait_ms);

struct shift {
    char    name[16];  /* "day", "night": an id, worded by the catalogue or shown as it is */
    int16_t start_min; /* minutes after factory midnight, 0..1439 */
    int16_t end_min;   /* 1..2880; above 1440: ends next day */
};

struct day_rule {
    int32_t      offset_min;    /* factory time = UTC + this; China: 480 */
    int16_t      day_start_min; /* without shifts; default 360 = 06:00 */
    int          count;         /* shifts, sorted by start */
    struct shift shifts[CLOCK_SHIFTS_MAX];
};

struct day_rule day_rule_default(void); /* UTC+8, 06:00, no shifts */

/* The shift date of a moment, and the shift's name ("" without a table) where shift isn't NULL. */
int32_t day_of(const struct day_rule *rule, int64_t utc_ms, const struct shift **shift);

/* Bounds the date a kiosk wrote: kept if it lies between the previous event's date of that chain and the date of
 * taking, else the nearer bound. *moved says that it was moved. previous INT32_MIN: no lower bound. */
int32_t day_bound(int32_t written, int32_t previous, int32_t taken, bool *moved);

void day_write(int32_t day, char text[DAY_TEXT]);                          /* 2026-11-24 */
bool day_read(const char *text, int32_t *day) MUST_CHECK;                  /* refuses impossible dates */
void time_write(int64_t utc_ms, int32_t offset_min, char text[TIME_TEXT]); /* 2026-11-24T08:10:05+08:00 */

/* A kiosk without a battery clock starts in 1970: until a server was heard in this boot its time is never before the
 * last time it knew, and doubtful. Once heard, the server's time counts: offset_ms is added to the machine's clock, and a
 * floor that a wrong clock drove into the future holds no longer. */
struct kiosk_time {
    int64_t floor_ms;  /* the last known time, kept on disk */
    int64_t offset_ms; /* server minus machine at last contact */
    bool    heard;     /* a server was heard since boot */
};
int64_t kiosk_time_now(const struct kiosk_time *time, int64_t machine_ms);

#endif
