/* clock.c - time as a value, and the day rule: core/clock.h. The only file that asks the system for the time. */
#include "core/clock.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { MINUTE_MS = 60000, SECOND_MS = 1000, DAY_MIN = 1440, DAY_S = 86400, REAL_RATE_MILLI = 1000 };
enum { RATE_MOST = 100000, RATE_DECIMALS = 3, TIME_OFFSET_MOST_MIN = 5999 };

/* The days that can be written, 0001-01-01 to 9999-12-31; a clock beyond them shows the nearest. */
enum { DAY_LEAST = -719162, DAY_MOST = 2932896 };
#define CLOCK_BASE_MOST_S INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

/* ---- The system's clocks */

static int64_t system_ms(clockid_t id)
{
    struct timespec now;
    int             failed = clock_gettime(id, &now);
    assert(failed == 0);
    (void)failed;
    return (int64_t)now.tv_sec * SECOND_MS + now.tv_nsec / 1000000;
}

void clock_start_real(struct clock *clock)
{
    *clock = (struct clock){.base_ms = system_ms(CLOCK_REALTIME),
                            .real_ms = system_ms(CLOCK_MONOTONIC),
                            .rate_milli = REAL_RATE_MILLI,
                            .is_real = true};
}

/* Reads digits and, where decimals aren't 0, a dot and up to so many more; the number comes in units of
 * 10^-decimals. Returns what follows, NULL where no number stands or it is beyond most. */
static const char *number_read(const char *text, int decimals, int64_t most, int64_t *number)
{
    const char *at = text;
    int64_t     read = 0;
    for (; *at >= '0' && *at <= '9' && read <= most; at++) read = read * 10 + (*at - '0');
    if (at == text) return NULL;
    bool has_dot = decimals > 0 && *at == '.';
    if (has_dot && (at[1] < '0' || at[1] > '9')) return NULL;
    if (has_dot) at++;
    for (int i = 0; i < decimals; i++) {
        bool is_digit = has_dot && *at >= '0' && *at <= '9';
        read = read * 10 + (is_digit ? *at++ - '0' : 0);
        most *= 10;
    }
    *number = read;
    return read <= most ? at : NULL;
}

bool clock_start_at(struct clock *clock, const char *base_rate, struct err *err)
{
    int64_t     base_s, rate_milli;
    const char *at = number_read(base_rate, 0, CLOCK_BASE_MOST_S, &base_s);
    if (at != NULL) at = *at == ',' ? number_read(at + 1, RATE_DECIMALS, RATE_MOST, &rate_milli) : NULL;
    if (at == NULL || *at != 0) return err_set(err, ERR_INPUT, say_text(SAY("clock.form"), base_rate));
    *clock =
        (struct clock){.base_ms = base_s * SECOND_MS, .real_ms = system_ms(CLOCK_MONOTONIC), .rate_milli = rate_milli};
    return true;
}

/* Cut in seconds and the rest, so that years at the highest rate don't overflow. */
static int64_t elapsed_ms(const struct clock *clock)
{
    int64_t real_ms = system_ms(CLOCK_MONOTONIC) - clock->real_ms;
    return real_ms / SECOND_MS * clock->rate_milli + real_ms % SECOND_MS * clock->rate_milli / SECOND_MS;
}

int64_t clock_now_ms(const struct clock *clock)
{
    return clock->is_real ? system_ms(CLOCK_REALTIME) : clock->base_ms + elapsed_ms(clock);
}

int64_t clock_mono_ms(const struct clock *clock)
{
    return clock->is_real ? system_ms(CLOCK_MONOTONIC) : elapsed_ms(clock);
}

static struct timespec monotonic(void)
{
    struct timespec now;
    int             failed = clock_gettime(CLOCK_MONOTONIC, &now);
    assert(failed == 0);
    (void)failed;
    return now;
}

int64_t clock_real_us(void)
{
    struct timespec now = monotonic();
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct timespec clock_real_after(int64_t wait_ms)
{
    struct timespec until = monotonic();
    until.tv_sec += wait_ms / SECOND_MS;
    until.tv_nsec += wait_ms % SECOND_MS * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    return until;
}

/* ---- The day rule */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int32_t day_within(int64_t day)
{
    if (day < DAY_LEAST) return DAY_LEAST;
    return day > DAY_MOST ? DAY_MOST : (int32_t)day;
}

struct day_rule day_rule_default(void)
{
    return (struct day_rule){.offset_min = 480, .day_start_min = 360};
}

/* Of the shifts that began on this day or the one before, the one that covers the minute, else the last to begin before
 * it; where two cover it, the later one. One always is: at the latest after a day each shift began anew. */
static int32_t shift_day_of(const struct day_rule *rule, int64_t minute, const struct shift **shift)
{
    int64_t today = floor_div(minute, DAY_MIN), best_start = INT64_MIN, best_day = today;
    bool    best_covers = false;
    for (int64_t day = today - 1; day <= today; day++) {
        for (int i = 0; i < rule->count; i++) {
            int64_t start = day * DAY_MIN + rule->shifts[i].start_min, end = day * DAY_MIN + rule->shifts[i].end_min;
            bool    covers = start <= minute && minute < end;
            if (start > minute || covers < best_covers || (covers == best_covers && start < best_start)) continue;
            best_covers = covers;
            best_start = start;
            best_day = day;
            *shift = &rule->shifts[i];
        }
    }
    return day_within(best_day);
}

int32_t day_of(const struct day_rule *rule, int64_t utc_ms, const struct shift **shift)
{
    static const struct shift none = {"", 0, 0};
    const struct shift       *found = &none;
    int64_t                   minute = floor_div(utc_ms, MINUTE_MS) + rule->offset_min;
    assert(rule->count >= 0 && rule->count <= CLOCK_SHIFTS_MAX);
    int32_t day = rule->count > 0 ? shift_day_of(rule, minute, &found)
                                  : day_within(floor_div(minute - rule->day_start_min, DAY_MIN));
    if (shift != NULL) *shift = found;
    return day;
}

/* Where the date of taking lies before the previous one (the server's clock was set back), the previous one stands:
 * dates of a chain never go back. */
int32_t day_bound(int32_t written, int32_t previous, int32_t taken, bool *moved)
{
    int32_t day = written;
    if (day > taken) day = taken;
    if (day < previous) day = previous;
    *moved = day != written;
    return day;
}

/* ---- Dates in words: the proleptic Gregorian calendar, counted from the first of March, so that the leap day is the
 * last of a year. 400 years have 146097 days, begun on 0000-03-01, which is day -719468. */

enum { ERA_YEARS = 400, ERA_DAYS = 146097, ERA_SHIFT_DAYS = 719468 };

struct date {
    int year, month, day;
};

static int32_t day_of_date(struct date date)
{
    int year = date.year - (date.month <= 2), month = (date.month + 9) % 12;
    int era = (int)floor_div(year, ERA_YEARS), of_era = year - era * ERA_YEARS;
    int of_year = (153 * month + 2) / 5 + date.day - 1;
    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - ERA_SHIFT_DAYS;
}

static struct date date_of_day(int32_t day)
{
    int shifted = day_within(day) + ERA_SHIFT_DAYS;
    int era = (int)floor_div(shifted, ERA_DAYS), of_era = shifted - era * ERA_DAYS;
    int years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * years + years / 4 - years / 100);
    int month = (5 * of_year + 2) / 153;
    return (struct date){era * ERA_YEARS + years + (month >= 10), (month + 2) % 12 + 1,
                         of_year - (153 * month + 2) / 5 + 1};
}

static int date_write(int32_t day, char *text, size_t cap)
{
    struct date date = date_of_day(day);
    return snprintf(text, cap, "%04u-%02u-%02u", (unsigned)date.year % 10000, (unsigned)date.month % 100,
                    (unsigned)date.day % 100);
}

void day_write(int32_t day, char text[DAY_TEXT])
{
    date_write(day, text, DAY_TEXT);
}

/* Possible is what is written the same again. */
bool day_read(const char *text, int32_t *day)
{
    static const char shape[] = "dddd-dd-dd";
    char              again[DAY_TEXT];
    int               number[3] = {0, 0, 0}, n = 0;
    for (size_t i = 0; i < sizeof shape; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !is_digit : text[i] != shape[i]) return false;
        if (is_digit)
            number[n] = number[n] * 10 + (text[i] - '0');
        else
            n++;
    }
    if (number[0] < 1 || number[1] < 1 || number[1] > 12) return false;
    int32_t read = day_of_date((struct date){number[0], number[1], number[2]});
    day_write(read, again);
    if (strcmp(again, text) != 0) return false;
    *day = read;
    return true;
}

void time_write(int64_t utc_ms, int32_t offset_min, char text[TIME_TEXT])
{
    assert(offset_min >= -TIME_OFFSET_MOST_MIN && offset_min <= TIME_OFFSET_MOST_MIN);
    int64_t  second = floor_div(utc_ms, SECOND_MS) + (int64_t)offset_min * 60;
    int64_t  day = floor_div(second, DAY_S);
    unsigned of_day = (unsigned)(second - day * DAY_S), offset = (unsigned)(offset_min < 0 ? -offset_min : offset_min);
    int      len = date_write(day_within(day), text, TIME_TEXT);
    snprintf(text + len, (size_t)(TIME_TEXT - len), "T%02u:%02u:%02u%c%02u:%02u", of_day / 3600, of_day / 60 % 60,
             of_day % 60, offset_min < 0 ? '-' : '+', offset / 60, offset % 60);
}

/* ---- A kiosk's time */

int64_t kiosk_time_now(const struct kiosk_time *time, int64_t machine_ms)
{
    int64_t now;
    if (__builtin_add_overflow(machine_ms, time->offset_ms, &now)) now = time->floor_ms;
    return time->heard || now > time->floor_ms ? now : time->floor_ms;
}
