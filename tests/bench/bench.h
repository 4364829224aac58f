/* bench.h - the kiosks and events that all bench programs agree on, so that one fills what another loads.
 *
 * Kiosk n (from 0) has the number BENCH_KIOSK + n and a key made of its number. Epoch 1 of it is the past (fill.c), epoch
 * 2 what load.c sends. Each event is a report of one worker at one operation of one sheet, with every field that a real
 * one has; a sheet is of 2 doors and 8 operations, each reported piece by piece. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/chain.h"
#include "core/event.h"

#define BENCH_KIOSK UINT64_C(0xBE7C000000000000)

/* What stands in the books: as many workers, orders of three lines, and operations a sheet. */
enum {
    BENCH_WORKERS = 500,
    BENCH_ORDERS_A_MONTH = 8750,
    BENCH_LINES_AN_ORDER = 3,
    BENCH_OPS = 8,
    BENCH_QUANTITY = 2,
    BENCH_EVENTS_A_LINE = BENCH_OPS * BENCH_QUANTITY,
    BENCH_EVENTS_A_DAY = 14000,
    BENCH_FIRST_YYMM = 2601,
    BENCH_DAY = 20454 /* 2026-01-01 */
};

static inline int64_t bench_clock_us(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static inline int64_t bench_now_us(void)
{
    return bench_clock_us(CLOCK_MONOTONIC);
}

/* Processor time of this process alone: others may share the machine. */
static inline int64_t bench_cpu_us(void)
{
    return bench_clock_us(CLOCK_PROCESS_CPUTIME_ID);
}

static inline int bench_by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The time that `part` of them don't exceed; sorts them. */
static inline int64_t bench_part(int64_t *times, size_t count, double part)
{
    qsort(times, count, sizeof *times, bench_by_size);
    return times[(size_t)((double)(count - 1) * part)];
}

/* A file of 512 MB of zeros, on the disk: what is appended to it needs no new blocks. Ends the program where it can't be. */
static inline int bench_log_open(const char *path)
{
    static char zeros[1 << 20];
    int         log = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    for (int i = 0; i < 512; i++)
        if (write(log, zeros, sizeof zeros) < 0) exit(1);
    fsync(log);
    return log;
}

static inline uint64_t bench_kiosk(int n)
{
    return BENCH_KIOSK + (uint64_t)n;
}

static inline struct epoch bench_epoch(int n, uint32_t counter)
{
    return (struct epoch){.counter = counter, .random = bench_kiosk(n)};
}

static inline struct key bench_key(int n)
{
    char        text[40];
    struct key  key;
    int         len = snprintf(text, sizeof text, "bench key %d", n);
    struct hash hash = hash_of(text, (size_t)len);
    memcpy(key.bytes, hash.bytes, sizeof key.bytes);
    return key;
}

/* Worker 1..BENCH_WORKERS has this badge. */
static inline int64_t bench_badge(int worker)
{
    return INT64_C(100000000000000) + worker * INT64_C(7919);
}

/* Line 0, 1, 2 ... of the house: some an order, months of BENCH_ORDERS_A_MONTH orders. */
static inline struct line_ref bench_line(int64_t line)
{
    int64_t order = line / BENCH_LINES_AN_ORDER, month = order / BENCH_ORDERS_A_MONTH;
    int     yymm = BENCH_FIRST_YYMM + (int)(month / 12) * 100 + (int)(month % 12);
    return (struct line_ref){.yymm = yymm,
                             .serial = (int)(order % BENCH_ORDERS_A_MONTH) + 1,
                             .line = (int)(line % BENCH_LINES_AN_ORDER) + 1};
}

/* Pay of a piece at an operation, 1/100 fen. */
static inline int64_t bench_rate_cfen(int32_t op)
{
    return 5000 + op * 13;
}

/* When the event of a running number was made: between 10:00 and 18:00 of its shift date, factory time. */
static inline int64_t bench_wall_ms(int64_t number)
{
    int64_t day = BENCH_DAY + number / BENCH_EVENTS_A_DAY;
    return day * 86400000 + 2 * 3600000 + number % BENCH_EVENTS_A_DAY * 2000;
}

/* The event of a kiosk's seq; prev is set by the caller. number: a running number over all kiosks, which spreads orders,
 * operations and workers like a shop does: neighbours in time are neighbours in orders. */
static inline void bench_event(int n, uint32_t epoch, int64_t seq, int64_t number, struct event *event)
{
    char text[CODE_TEXT_MAX];
    int  worker = (int)((number * 31 + n) % BENCH_WORKERS) + 1;
    memset(event, 0, sizeof *event);
    event->v = EVENT_VERSION;
    event->kiosk = bench_kiosk(n);
    event->epoch = bench_epoch(n, epoch);
    event->seq = seq;
    event->kind = EVENT_REPORT;
    snprintf(event->station, sizeof event->station, "s%d", n % 9);
    event->how = HOW_SCANNED;
    event->has_sheet = true;
    event->sheet = (struct sheet_ref){.line = bench_line(number / BENCH_EVENTS_A_LINE), .rev = 1, .copy = 1};
    event->op = (int32_t)(number % BENCH_OPS + 1) * 10;
    event->count = 1;
    event->code_count = 2;
    code_write_badge(bench_badge(worker), text);
    memcpy(event->codes[0], text, sizeof event->codes[0]);
    code_write_sheet(event->sheet, text);
    memcpy(event->codes[1], text, sizeof event->codes[1]);
    event->worker_count = 1;
    event->workers[0] = (struct event_worker){.badge = bench_badge(worker), .number = worker, .share = 1};
    event->tone = TONE_GREEN;
    event->shift_day = BENCH_DAY + (int32_t)(number / BENCH_EVENTS_A_DAY);
    event->wall_ms = bench_wall_ms(number);
    event->mono_ms = number;
    event->boot = bench_kiosk(n);
    snprintf(event->program, sizeof event->program, "bench");
}

#endif
