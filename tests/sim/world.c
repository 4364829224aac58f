/* world.c - virtual time, dice, tasks and the log of the simulated factory: world.h. */
#include "tests/sim/world.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain.h"
#include "core/clock.h"

enum {
    FACTORY_MIN = 480,        /* the factory stands in China */
    STEPS_A_KIOSK_DAY = 70000 /* five times what a bad day takes */
};

/* ---- Dice */

static void random_bytes(void *self, void *bytes, size_t len)
{
    uint64_t *dice = self;
    uint8_t  *to = bytes;
    while (len > 0) {
        uint64_t word = dice_next(dice);
        size_t   part = len < sizeof word ? len : sizeof word;
        memcpy(to, &word, part);
        to += part;
        len -= part;
    }
}

int64_t world_dice(struct world *world, enum dice dice, int64_t least, int64_t most)
{
    return dice_between(&world->dice[dice], least, most);
}

bool world_chance(struct world *world, enum dice dice, int per_mille)
{
    return dice_between(&world->dice[dice], 0, 999) < per_mille;
}

/* ---- Tasks */

static bool is_before(const struct task *a, const struct task *b)
{
    return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->order < b->order;
}

void world_at(struct world *world, int64_t at_ms, task_fn *call, int who, int64_t what)
{
    if (world->task_count == world->task_cap) {
        world->task_cap = world->task_cap == 0 ? 256 : world->task_cap * 2;
        world->tasks = realloc(world->tasks, world->task_cap * sizeof *world->tasks);
        if (world->tasks == NULL) abort();
    }
    struct task task = {at_ms < world->now_ms ? world->now_ms : at_ms, ++world->order, call, who, what};
    size_t      at = world->task_count++;
    for (; at > 0 && is_before(&task, &world->tasks[(at - 1) / 2]); at = (at - 1) / 2)
        world->tasks[at] = world->tasks[(at - 1) / 2];
    world->tasks[at] = task;
}

void world_in(struct world *world, int64_t ms, task_fn *call, int who, int64_t what)
{
    world_at(world, world->now_ms + ms, call, who, what);
}

static struct task task_take(struct world *world)
{
    struct task first = world->tasks[0], last = world->tasks[--world->task_count];
    size_t      at = 0, count = world->task_count;
    for (size_t child; (child = at * 2 + 1) < count; at = child) {
        if (child + 1 < count && is_before(&world->tasks[child + 1], &world->tasks[child])) child++;
        if (!is_before(&world->tasks[child], &last)) break;
        world->tasks[at] = world->tasks[child];
    }
    world->tasks[at] = last;
    return first;
}

bool world_step(struct world *world)
{
    if (world->task_count == 0 || world->wrong[0] != 0) return false;
    struct task task = task_take(world);
    world->now_ms = task.at_ms;
    world->steps++;
    task.call(world, task.who, task.what);
    uint64_t kiosk_days = (uint64_t)world->options.days * (uint64_t)world->options.kiosks;
    if (world->steps > STEPS_A_KIOSK_DAY * kiosk_days)
        world_wrong(world, "more than %d steps a kiosk and day: somebody goes in a circle", STEPS_A_KIOSK_DAY);
    return world->wrong[0] == 0;
}

/* ---- The log */

void world_say(struct world *world, const char *who, const char *format, ...)
{
    struct trace *trace = &world->trace;
    char         *line = trace->lines[trace->count++ % TRACE_LINES];
    char          time[TIME_TEXT];
    time_write(world->now_ms, FACTORY_MIN, time);
    int     len = snprintf(line, TRACE_TEXT, "%8llu %.10s %.8s.%03d %-8s ", (unsigned long long)world->steps, time,
                           time + 11, (int)(world->now_ms % SECOND), who);
    va_list args;
    va_start(args, format);
    vsnprintf(line + len, TRACE_TEXT - (size_t)len, format, args);
    va_end(args);
    if (trace->file != NULL) fprintf(trace->file, "%s\n", line);
}

void world_wrong(struct world *world, const char *format, ...)
{
    va_list args;
    if (world->wrong[0] != 0) return;
    va_start(args, format);
    vsnprintf(world->wrong, sizeof world->wrong, format, args);
    va_end(args);
    world_say(world, "WRONG", "%s", world->wrong);
}

void world_hit(struct world *world, enum hit hit)
{
    world->hits[hit]++;
}

void world_deed(struct world *world, enum deed deed, int64_t count)
{
    world->deeds[deed] += count;
}

/* ---- Begin and end */

void world_open(struct world *world, const struct world_options *options)
{
    int32_t day;
    memset(world, 0, sizeof *world);
    world->options = *options;
    world->trace.file = options->log;
    uint64_t seed = options->seed;
    for (int i = 0; i < DICES; i++) world->dice[i] = dice_next(&seed) ^ (uint64_t)i;
    chain_random_source(random_bytes, &world->dice[DICE_SYSTEM]);
    bool is_day = day_read("2026-03-02", &day); /* a Monday, begun at seven in the morning */
    assert(is_day);
    (void)is_day;
    world->start_ms = world->now_ms = day * DAY + 7 * (int64_t)HOUR - FACTORY_MIN * (int64_t)MINUTE;
    world->end_ms = world->start_ms + options->days * DAY;
    world->disk = disk_new(SIM_VFS, (uint32_t)dice_next(&seed));
}

void world_close(struct world *world)
{
    disk_free(world->disk);
    free(world->tasks);
}
