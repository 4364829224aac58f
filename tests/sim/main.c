/* main.c - baogong-sim: days in a factory where everything goes wrong, by seeds; and whether anything was lost.
 *
 *     baogong-sim [--seeds A..B | --seed N] [--days 2] [--kiosks 3] [--no-faults | --offline] [--keep-going] [--json]
 *                 [--log FILE]
 *
 * --offline: one fault, the network, from the first shift to the last; then each worker's pay, as his kiosk says it behind
 * his PIN, is that of the office.
 *
 * Each seed is one run: kiosks, workers, office and server, the five step functions of the product in one loop with
 * virtual time. The same seed gives the same log byte for byte. Exit 0: all is well; 1: something must not be, with the
 * seed, the sentence and the last 50 steps; 2: wrong usage. */
#include <inttypes.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain.h"
#include "core/log.h"
#include "tests/sim/booth.h"
#include "tests/sim/revise.h"
#include "tests/sim/check.h"
#include "tests/sim/fault.h"
#include "tests/sim/house.h"
#include "tests/sim/loading.h"
#include "tests/sim/model.h"
#include "tests/sim/month.h"
#include "tests/sim/net.h"
#include "tests/sim/office.h"
#include "tests/sim/people.h"
#include "tests/sim/trade.h"
#include "tests/sim/world.h"

enum {
    START_MS = 5 * MINUTE, /* until the kiosks are enrolled and the faults begin */
    DRAIN_MS = 10 * MINUTE,
    KIOSKS_MOST = 20,
    MEMORY_KEPT = 1 << 28,
    MAPPED_LEAST = 1 << 25 /* the most that the library takes */
};

struct options {
    uint64_t             first, last;
    struct world_options world;
    const char          *log;
    bool                 keep_going, is_json;
};

/* Sums over all runs. */
struct total {
    int64_t seeds, kiosk_days, made, seen, red, inbox, counted, held, steps, lost, doubled, fen_off, failed, figures;
    int64_t fewest; /* entries of a run */
    int64_t hits[HITS], deeds[DEEDS];
};

/* ---- One run */

static void rooms_open(struct world *world)
{
    office_open(world);
    month_open(world);
    trade_open(world);
    revise_open(world);
    booths_open(world);
    model_open(world);
    net_open(world);
    people_open(world);
    fault_open(world);
    house_open(world);
    check_open(world);
}

static void rooms_close(struct world *world)
{
    booths_close(world);
    house_close(world);
    check_close(world);
    fault_close(world);
    people_close(world);
    net_close(world);
    model_close(world);
    office_close(world);
    month_close(world);
    trade_close(world);
    revise_close(world);
}

static void run_until(struct world *world, int64_t until_ms)
{
    while (world->task_count > 0 && world->tasks[0].at_ms < until_ms && world_step(world)) continue;
}

/* The factory before anything goes wrong: server and kiosks are set up, then switched off until the first shift. */
static void set_up(struct world *world)
{
    static const char *const WITH_DOCK[] = {"s1", "s2", LOADING_STATION}, *const WITHOUT[] = {"s1", "s2", "s3"};
    const char *const *stations = world->options.is_offline ? WITHOUT : WITH_DOCK;
    house_on(world);
    for (int i = 0; i < world->options.kiosks; i++) booth_on(booth_add(world, stations[i % 3]));
    office_start(world);
    run_until(world, world->start_ms + START_MS);
    if (office_is_busy(world)) world_wrong(world, "office and kiosks aren't set up within 5 minutes");
}

static void drain(struct world *world)
{
    int64_t until_ms = world->now_ms + DRAIN_MS;
    while (!check_is_drained(world) && world->tasks[0].at_ms < until_ms && world_step(world)) continue;
    if (!check_is_drained(world)) world_wrong(world, "queues aren't empty 10 minutes after the last fault");
}

static void run(struct world *world)
{
    rooms_open(world);
    set_up(world);
    people_start(world);
    month_start(world);
    trade_start(world);
    revise_start(world);
    if (world->options.is_offline)
        for (int i = 0; i < world->booths->count; i++) net_part(world, i, world->end_ms);
    else
        fault_start(world);
    run_until(world, world->end_ms);
    if (world->wrong[0] == 0) {
        world->now_ms = world->end_ms;
        fault_end(world);
        drain(world);
    }
    if (world->wrong[0] == 0) month_end(world);
    if (world->wrong[0] == 0) check_all(world);
    if (world->trace.file != NULL) fflush(world->trace.file);
}

/* ---- What it says */

static void failure_print(const struct world *world)
{
    const struct trace *trace = &world->trace;
    printf("seed %" PRIu64 " failed at step %" PRIu64 ": %s\nthe last steps:\n", world->options.seed, world->steps,
           world->wrong);
    uint64_t first = trace->count > TRACE_LINES ? trace->count - TRACE_LINES : 0;
    for (uint64_t i = first; i < trace->count; i++) printf("  %s\n", trace->lines[i % TRACE_LINES]);
    fflush(stdout);
}

static void total_add(struct total *total, const struct world *world)
{
    const struct check *check = world->check;
    const struct model *model = world->model;
    total->seeds++;
    total->kiosk_days += (int64_t)world->options.kiosks * world->options.days;
    total->made += model->count;
    total->seen += model->seen;
    total->red += model->red;
    total->inbox += check->count;
    total->counted += check->counted;
    total->held += check->held;
    total->lost += check->lost;
    total->doubled += check->doubled;
    total->fen_off += check->fen_off;
    total->steps += (int64_t)world->steps;
    total->figures += world->figures;
    if (total->seeds == 1 || model->count < total->fewest) total->fewest = model->count;
    for (int i = 0; i < HITS; i++) total->hits[i] += world->hits[i];
    for (int i = 0; i < DEEDS; i++) total->deeds[i] += world->deeds[i];
    total->failed += world->wrong[0] != 0;
}

static void total_print(const struct total *total)
{
    printf("seeds %lld, virtual kiosk-days %lld, steps %lld\n", (long long)total->seeds, (long long)total->kiosk_days,
           (long long)total->steps);
    printf("entries made %lld (at least %lld a seed), seen as saved %lld, shown as not saved %lld\n",
           (long long)total->made, (long long)total->fewest, (long long)total->seen, (long long)total->red);
    printf("inbox %lld = counted %lld + held %lld\n", (long long)total->inbox, (long long)total->counted,
           (long long)total->held);
    if (total->figures > 0) printf("figures at kiosks that are the office's: %lld\n", (long long)total->figures);
    printf("faults hit:");
    for (enum hit hit = 0; hit < HITS; hit++)
        printf("%s %s %lld", hit > 0 ? "," : "", fault_name(hit), (long long)total->hits[hit]);
    printf("\ndone:");
    for (enum deed deed = 0; deed < DEEDS; deed++)
        printf("%s %s %lld", deed > 0 ? "," : "", office_deed_name(deed), (long long)total->deeds[deed]);
    printf("\nlost %lld, doubled %lld, fen off %lld, seeds failed %lld\n", (long long)total->lost,
           (long long)total->doubled, (long long)total->fen_off, (long long)total->failed);
}

/* The same for programs, on one line. */
static void total_json(const struct total *total)
{
    printf(
        "{\"seeds\":%lld,\"kiosk_days\":%lld,\"steps\":%lld,\"made\":%lld,\"fewest\":%lld,\"seen\":%lld,\"red\":%lld,",
        (long long)total->seeds, (long long)total->kiosk_days, (long long)total->steps, (long long)total->made,
        (long long)total->fewest, (long long)total->seen, (long long)total->red);
    printf(
        "\"inbox\":%lld,\"counted\":%lld,\"held\":%lld,\"lost\":%lld,\"doubled\":%lld,\"fen_off\":%lld,\"failed\":%lld,"
        "\"figures\":%lld,\"faults\":{",
        (long long)total->inbox, (long long)total->counted, (long long)total->held, (long long)total->lost,
        (long long)total->doubled, (long long)total->fen_off, (long long)total->failed, (long long)total->figures);
    for (enum hit hit = 0; hit < HITS; hit++)
        printf("%s\"%s\":%lld", hit > 0 ? "," : "", fault_name(hit), (long long)total->hits[hit]);
    printf("},\"done\":{");
    for (enum deed deed = 0; deed < DEEDS; deed++)
        printf("%s\"%s\":%lld", deed > 0 ? "," : "", office_deed_name(deed), (long long)total->deeds[deed]);
    printf("}}\n");
}

/* ---- Usage */

static int usage(FILE *out, int code)
{
    fprintf(
        out,
        "baogong-sim [--seeds A..B | --seed N] [--days 2] [--kiosks 3] [--no-faults | --offline]"
        " [--keep-going] [--json] [--log FILE]\n"
        "  Runs simulated days of a factory, one run a seed, and checks that nothing is lost or counted\n"
        "  twice whatever goes wrong. Exit 0: all is well; 1: something isn't; 2: wrong usage. --help, --version.\n");
    return code;
}

static bool number_read(const char *text, uint64_t least, uint64_t most, uint64_t *number, const char **end)
{
    char *stop;
    if (text[0] < '0' || text[0] > '9') return false;
    *number = strtoull(text, &stop, 10);
    *end = stop;
    return *number >= least && *number <= most;
}

static bool seeds_read(const char *text, struct options *options)
{
    const char *end;
    if (!number_read(text, 0, UINT64_MAX, &options->first, &end)) return false;
    options->last = options->first;
    if (strncmp(end, "..", 2) == 0 && !number_read(end + 2, options->first, UINT64_MAX, &options->last, &end))
        return false;
    return *end == 0;
}

static bool count_read(const char *text, uint64_t most, int *count)
{
    const char *end;
    uint64_t    number;
    if (!number_read(text, 1, most, &number, &end) || *end != 0) return false;
    *count = (int)number;
    return true;
}

static bool option_read(const char *name, const char *value, struct options *options)
{
    if (strcmp(name, "--seed") == 0 || strcmp(name, "--seeds") == 0) return seeds_read(value, options);
    if (strcmp(name, "--days") == 0) return count_read(value, 30, &options->world.days);
    if (strcmp(name, "--kiosks") == 0) return count_read(value, KIOSKS_MOST, &options->world.kiosks);
    if (strcmp(name, "--log") != 0) return false;
    options->log = value;
    return true;
}

static bool options_read(int count, char **words, struct options *options)
{
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--no-faults") == 0)
            options->world.has_faults = false;
        else if (strcmp(words[i], "--offline") == 0)
            options->world.is_offline = true;
        else if (strcmp(words[i], "--keep-going") == 0)
            options->keep_going = true;
        else if (strcmp(words[i], "--json") == 0)
            options->is_json = true;
        else if (i + 1 == count || !option_read(words[i], words[i + 1], options))
            return false;
        else
            i++;
    }
    return true;
}

/* ---- All runs */

static void runs(const struct options *options, struct total *total)
{
    struct world *world = malloc(sizeof *world);
    if (world == NULL) abort();
    for (uint64_t seed = options->first;; seed++) {
        struct world_options one = options->world;
        one.seed = seed;
        world_open(world, &one);
        run(world);
        if (world->wrong[0] != 0) failure_print(world);
        total_add(total, world);
        rooms_close(world);
        world_close(world);
        if (seed == options->last || (total->failed > 0 && !options->keep_going)) break;
    }
    free(world);
}

int main(int count, char **words)
{
    struct options options = {
        .first = 1, .last = 1, .world = {.days = 2, .kiosks = 3, .has_faults = true}
    };
    struct total total = {0};
    struct err   err;
    if (count == 2 && strcmp(words[1], "--help") == 0) return usage(stdout, 0);
    if (count == 2 && strcmp(words[1], "--version") == 0) return printf("baogong-sim %s\n", BAOGONG_VERSION) < 0;
    if (!options_read(count, words, &options)) return usage(stderr, 2);
    if (!chain_init(&err)) return 1;
    disk_alone();
    if (options.log != NULL && (options.world.log = fopen(options.log, "w")) == NULL) {
        fprintf(stderr, "baogong-sim: can't write %s\n", options.log);
        return 1;
    }
    log_quiet(LOG_ERROR);
    mallopt(M_MMAP_THRESHOLD, MAPPED_LEAST); /* disks in memory come and go: their pages stay */
    mallopt(M_TRIM_THRESHOLD, MEMORY_KEPT);
    runs(&options, &total);
    (options.is_json ? total_json : total_print)(&total);
    if (options.world.log != NULL) fclose(options.world.log);
    return total.failed > 0;
}
