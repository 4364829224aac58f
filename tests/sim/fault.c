/* fault.c - what goes wrong, and when: fault.h.
 *
 * A fault that would take the only copy of what a worker saw as saved isn't played: no program could help there. */
#include "tests/sim/fault.h"

#include <stdlib.h>
#include <string.h>

#include "core/db.h"
#include "tests/sim/booth.h"
#include "tests/sim/revise.h"
#include "tests/sim/check.h"
#include "tests/sim/house.h"
#include "tests/sim/model.h"
#include "tests/sim/month.h"
#include "tests/sim/net.h"
#include "tests/sim/office.h"
#include "tests/sim/people.h"
#include "tests/sim/trade.h"

enum {
    CUT_STEPS_MOST = 60, /* of the disk, until the power goes */
    RECOVERY_PER_MILLE = 350,
    RECOVERY_STEPS_MOST = 40,
    ROOM_MOST = 60000,    /* bytes until the disk is full */
    OPERATIONS_MOST = 40, /* until an operation fails */
    TIMES_MOST = 6,
    AGAIN_MS = 20 * MINUTE, /* where it can't be played now */
    TRIES = 6
};
#define TEN_YEARS_MS (3653 * DAY)

/* An old copy of a kiosk's disk, and which entries were on it. */
struct old {
    int   booth; /* -1: none */
    int   count;
    bool *has;
};

struct fault {
    struct old old;
    bool       has_backup;
    int64_t    backup_end;                /* of its inbox */
    int        backup_acts;               /* of the office that are in it */
    int64_t    failed[BOOTHS_MAX + 1][3]; /* fulls, failures, failed syncs before the trouble; the server's first */
};

static const char *const NAMES[HITS] = {
    [HIT_REQUEST_LOST] = "request lost",
    [HIT_ANSWER_LOST] = "answer lost",
    [HIT_ANSWER_CUT] = "answer cut",
    [HIT_ANSWER_LATE] = "answer late",
    [HIT_SENT_TWICE] = "sent twice",
    [HIT_REORDERED] = "reordered",
    [HIT_401] = "401",
    [HIT_500] = "500",
    [HIT_HTML] = "HTML with 200",
    [HIT_CERTIFICATE] = "wrong certificate",
    [HIT_PARTITION] = "network away",
    [HIT_KIOSK_CRASH] = "kiosk crash",
    [HIT_SERVER_CRASH] = "server crash",
    [HIT_CRASH_AGAIN] = "crash while recovering",
    [HIT_KIOSK_CLONED] = "kiosk cloned",
    [HIT_KIOSK_BACK] = "kiosk set back",
    [HIT_SERVER_BACK] = "server set back",
    [HIT_SERVER_EMPTY] = "server empty",
    [HIT_CLOCK_1970] = "clock 1970",
    [HIT_CLOCK_BACK] = "clock -10 years",
    [HIT_CLOCK_JUMP] = "clock jumps",
    [HIT_DISK_FULL] = "disk full",
    [HIT_DISK_EIO] = "disk error",
    [HIT_DISK_SYNC] = "failed sync",
};

const char *fault_name(enum hit hit)
{
    return NAMES[hit];
}

static int64_t dice(struct world *world, int64_t least, int64_t most)
{
    return world_dice(world, DICE_FAULT, least, most);
}

/* One that works now; NULL where none does. */
static struct booth *booth_pick(struct world *world)
{
    struct booths *booths = world->booths;
    int            first = (int)dice(world, 0, booths->count - 1);
    for (int i = 0; i < booths->count; i++) {
        struct booth *booth = &booths->rows[(first + i) % booths->count];
        if (booth->is_on && booth->state.station[0] != 0) return booth;
    }
    return NULL;
}

/* ---- Power */

static void cut(struct world *world, const char *folder)
{
    int64_t steps = dice(world, 0, CUT_STEPS_MOST);
    world_say(world, "fault", "%s loses its power in %lld steps of its disk", folder, (long long)steps);
    disk_cut_after(world->disk, folder, steps);
}

static void kiosk_crash(struct world *world, int who, int64_t what)
{
    struct booth *booth = booth_pick(world);
    (void)who, (void)what;
    if (booth != NULL) cut(world, booth->folder);
}

static void server_crash(struct world *world, int who, int64_t what)
{
    (void)who, (void)what;
    if (world->house->is_on) cut(world, HOUSE_FOLDER);
}

void fault_recovery(struct world *world, const char *folder)
{
    if (world->is_calm || !world->options.has_faults || !world_chance(world, DICE_FAULT, RECOVERY_PER_MILLE)) return;
    disk_cut_after(world->disk, folder, dice(world, 0, RECOVERY_STEPS_MOST));
}

/* ---- Network */

static void partition(struct world *world, int who, int64_t what)
{
    struct booth *booth = booth_pick(world);
    (void)who, (void)what;
    if (booth == NULL) return;
    int64_t ms = dice(world, 2 * MINUTE, 5 * (int64_t)HOUR);
    world_say(world, "fault", "no network at %s for %lld minutes", booth->folder, (long long)(ms / MINUTE));
    net_part(world, booth->index, world->now_ms + ms);
}

/* ---- Copies of a kiosk */

static void kiosk_clone(struct world *world, int who, int64_t what)
{
    struct booth *from = booth_pick(world);
    (void)who, (void)what;
    if (from == NULL || world->booths->count == BOOTHS_MAX) return;
    struct booth *to = booth_add(world, from->station);
    disk_copy(world->disk, from->folder, to->folder);
    model_cloned(world, from->index, to->index);
    world_say(world, "fault", "%s is a copy of %s", to->folder, from->folder);
    world_hit(world, HIT_KIOSK_CLONED);
    booth_on(to);
    people_come(world, to->index);
}

static void kiosk_copy(struct world *world, int who, int64_t what)
{
    struct fault *fault = world->fault;
    struct booth *booth = booth_pick(world);
    (void)who, (void)what;
    if (booth == NULL) return;
    fault->old.booth = booth->index;
    fault->old.count = world->model->count;
    fault->old.has = realloc(fault->old.has, (size_t)fault->old.count + 1);
    if (fault->old.has == NULL) abort();
    for (int i = 0; i < fault->old.count; i++)
        fault->old.has[i] =
            (world->model->entries[i].disks >> booth->index & 1) != 0 && world->model->entries[i].fate == FATE_SEEN;
    disk_copy(world->disk, booth->folder, "old");
    world_say(world, "fault", "the disk of %s is copied", booth->folder);
}

static void kiosk_back(struct world *world, int who, int64_t what)
{
    struct fault *fault = world->fault;
    (void)who;
    if (fault->old.booth < 0) return;
    struct booth *booth = &world->booths->rows[fault->old.booth];
    if (!booth->is_on || !model_survives(world, booth->index, fault->old.has, fault->old.count, check_end(world))) {
        if (what < TRIES) world_in(world, AGAIN_MS, kiosk_back, 0, what + 1);
        return;
    }
    world_say(world, "fault", "%s is set back to its old copy", booth->folder);
    world_hit(world, HIT_KIOSK_BACK);
    booth_off(booth);
    disk_remove(world->disk, booth->folder);
    disk_copy(world->disk, "old", booth->folder);
    model_set_back(world, booth->index, fault->old.has, fault->old.count);
    booth_on(booth);
    people_come(world, booth->index);
}

/* ---- Copies of the server */

static bool backup(const char *from, const char *to, struct err *err)
{
    struct db *db;
    if (!db_open(from, DB_READ, SIM_VFS, &db, err)) return false;
    bool is_good = db_backup(db, to, err);
    db_close(db);
    return is_good;
}

/* The books first, then the inbox: what is in the books is in the inbox too. */
static void server_backup(struct world *world, int who, int64_t what)
{
    struct err err;
    (void)who, (void)what;
    if (!world->house->is_on || office_is_busy(world))
        return; /* kiosks that are being enrolled would be unknown to it */
    disk_remove(world->disk, "backup");
    world->fault->has_backup =
        backup(HOUSE_BOOKS, "backup/books.db", &err) && backup(HOUSE_INBOX, "backup/inbox.db", &err);
    world->fault->backup_end = check_end(world);
    world->fault->backup_acts = office_answered(world);
    world_say(world, "fault", "the server is backed up, inbox up to %lld", (long long)world->fault->backup_end);
}

/* What the office did since is gone; kiosks send theirs again. */
static void acts_set_back(struct world *world, int answered)
{
    office_set_back(world, answered);
    month_set_back(world, answered);
    trade_set_back(world, answered);
    revise_set_back(world, answered);
}

static void server_back(struct world *world, int who, int64_t what)
{
    struct fault *fault = world->fault;
    (void)who;
    if (!fault->has_backup || !world->house->is_on || !model_survives(world, -1, NULL, 0, fault->backup_end)) {
        if (what < TRIES) world_in(world, AGAIN_MS, server_back, 0, what + 1);
        return;
    }
    world->house->is_restored = dice(world, 0, 1) == 0; /* by the command; else somebody put the files there */
    world_say(world, "fault", "the server is set back to its backup%s",
              world->house->is_restored ? ", by the command" : "");
    world_hit(world, HIT_SERVER_BACK);
    house_off(world);
    disk_remove(world->disk, HOUSE_FOLDER);
    disk_copy(world->disk, "backup", HOUSE_FOLDER);
    check_set_back(world, fault->backup_end);
    acts_set_back(world, fault->backup_acts);
    house_on(world);
}

static void server_empty(struct world *world, int who, int64_t what)
{
    (void)who;
    if (!world->house->is_on || !model_survives(world, -1, NULL, 0, 0)) {
        if (what < TRIES) world_in(world, AGAIN_MS, server_empty, 0, what + 1);
        return;
    }
    world_say(world, "fault", "the server is replaced by an empty one");
    world_hit(world, HIT_SERVER_EMPTY);
    house_off(world);
    disk_remove(world->disk, HOUSE_FOLDER);
    world->fault->has_backup = false;
    check_set_back(world, 0);
    acts_set_back(world, 0);
    house_on(world);
    office_set_up(world);
}

/* ---- Clocks */

static void clock_set(struct world *world, struct booth *booth, int64_t clock_ms, enum hit hit)
{
    world_say(world, "fault", "%s: %s", booth->folder, NAMES[hit]);
    world_hit(world, hit);
    booth->clock_ms = clock_ms;
}

/* No battery: it starts at the beginning of all time. */
static void clock_1970(struct world *world, int who, int64_t what)
{
    struct booth *booth = booth_pick(world);
    (void)who, (void)what;
    if (booth == NULL) return;
    booth_off(booth);
    clock_set(world, booth, -world->now_ms, HIT_CLOCK_1970);
    booth_on(booth);
    people_come(world, booth->index);
}

static void clock_back(struct world *world, int who, int64_t what)
{
    struct booth *booth = booth_pick(world);
    (void)who, (void)what;
    if (booth != NULL) clock_set(world, booth, -TEN_YEARS_MS, HIT_CLOCK_BACK);
}

static void clock_jump(struct world *world, int who, int64_t what)
{
    struct booth *booth = booth_pick(world);
    (void)who, (void)what;
    int64_t most = dice(world, 0, 2) == 0 ? 400 * DAY : 3 * DAY;
    if (booth != NULL) clock_set(world, booth, booth->clock_ms + dice(world, -most, most), HIT_CLOCK_JUMP);
}

/* ---- Disks */

static void disk_note(struct world *world, const char *folder, int64_t failed[3])
{
    failed[0] = disk_fulls(world->disk, folder);
    failed[1] = disk_failures(world->disk, folder, DISK_WRITE) + disk_failures(world->disk, folder, DISK_READ);
    failed[2] = disk_failures(world->disk, folder, DISK_SYNC);
}

/* Sound again; what failed meanwhile is counted. who: the booth, -1: the server. */
static void disk_end(struct world *world, int who, int64_t what)
{
    const char *folder = who < 0 ? HOUSE_FOLDER : world->booths->rows[who].folder;
    int64_t     now[3];
    (void)what;
    disk_note(world, folder, now);
    for (int i = 0; i < 3; i++)
        if (now[i] > world->fault->failed[who + 1][i]) world_hit(world, HIT_DISK_FULL + (enum hit)i);
    disk_room(world->disk, folder, -1);
    for (enum disk_op op = DISK_READ; op < DISK_OPS; op++) disk_fail(world->disk, folder, op, 0, 0);
    world_say(world, "fault", "the disk of %s is sound again", folder);
}

static void disk_trouble(struct world *world, int who, int64_t what)
{
    struct booth *booth = dice(world, 0, 2) == 0 ? NULL : booth_pick(world);
    const char   *folder = booth == NULL ? HOUSE_FOLDER : booth->folder;
    int64_t       times = dice(world, 0, 3) == 0 ? -1 : dice(world, 1, TIMES_MOST);
    who = booth == NULL ? -1 : booth->index;
    disk_note(world, folder, world->fault->failed[who + 1]);
    if (what == HIT_DISK_FULL)
        disk_room(world->disk, folder, dice(world, 0, ROOM_MOST));
    else if (what == HIT_DISK_EIO)
        disk_fail(world->disk, folder, dice(world, 0, 3) == 0 ? DISK_READ : DISK_WRITE, dice(world, 0, OPERATIONS_MOST),
                  times);
    else
        disk_fail(world->disk, folder, DISK_SYNC, dice(world, 0, 4), times);
    world_say(world, "fault", "%s: %s", folder, NAMES[what]);
    world_in(world, dice(world, 15 * MINUTE, 40 * MINUTE), disk_end, who, 0);
}

/* ---- The run's faults. To add one: a row here. Times are drawn within working hours; what repairs or undoes it
 *      follows from it. */
static const struct {
    task_fn *call;
    int64_t  what;
    int      most, per_mille; /* so many times, each with this chance */
    int      group;           /* of faults of one group a run has only one kind; 0: none */
} PLAYS[] = {
    {kiosk_crash,   0,             6, 800,  0},
    {server_crash,  0,             6, 800,  0},
    {partition,     0,             3, 800,  0},
    {kiosk_clone,   0,             1, 900,  1},
    {server_empty,  0,             1, 900,  2},
    {kiosk_copy,    0,             2, 900,  0},
    {kiosk_back,    0,             2, 900,  0},
    {server_backup, 0,             4, 1000, 0},
    {server_back,   0,             2, 600,  0},
    {clock_1970,    0,             1, 800,  0},
    {clock_back,    0,             1, 800,  0},
    {clock_jump,    0,             2, 800,  0},
    {disk_trouble,  HIT_DISK_FULL, 2, 700,  0},
    {disk_trouble,  HIT_DISK_EIO,  2, 700,  0},
    {disk_trouble,  HIT_DISK_SYNC, 2, 700,  0},
};

static const struct {
    enum hit kind;
    int      per_mille;
} WEATHER[] = {
    {HIT_REQUEST_LOST, 20},
    {HIT_ANSWER_LOST,  30},
    {HIT_ANSWER_CUT,   20},
    {HIT_ANSWER_LATE,  20},
    {HIT_SENT_TWICE,   30},
    {HIT_REORDERED,    20},
    {HIT_401,          15},
    {HIT_500,          15},
    {HIT_HTML,         15},
    {HIT_CERTIFICATE,  10},
};

static int64_t work_time(struct world *world)
{
    int64_t at_ms;
    do {
        at_ms = dice(world, world->start_ms + HOUR, world->end_ms - HOUR);
    } while (!people_at_work(at_ms));
    return at_ms;
}

void fault_start(struct world *world)
{
    int64_t group = dice(world, 0, 4) < 2 ? 1 : 2; /* two kiosks of one identity can't both be enrolled anew */
    if (!world->options.has_faults) return;
    for (size_t i = 0; i < sizeof WEATHER / sizeof *WEATHER; i++)
        net_weather(world, WEATHER[i].kind, WEATHER[i].per_mille);
    for (size_t i = 0; i < sizeof PLAYS / sizeof *PLAYS; i++)
        for (int k = 0; k < PLAYS[i].most; k++) {
            bool is_played = world_chance(world, DICE_FAULT, PLAYS[i].per_mille);
            if (is_played && (PLAYS[i].group == 0 || PLAYS[i].group == group))
                world_at(world, work_time(world), PLAYS[i].call, 0, PLAYS[i].what);
        }
}

void fault_end(struct world *world)
{
    world->is_calm = true;
    world_say(world, "fault", "all is well from here on");
    for (size_t i = 0; i < sizeof WEATHER / sizeof *WEATHER; i++) net_weather(world, WEATHER[i].kind, 0);
    for (int i = 0; i < world->booths->count; i++) {
        struct booth *booth = &world->booths->rows[i];
        net_part(world, i, 0);
        disk_heal(world->disk, booth->folder);
        booth_on(booth);
    }
    disk_heal(world->disk, HOUSE_FOLDER);
    house_on(world);
}

void fault_open(struct world *world)
{
    world->fault = calloc(1, sizeof *world->fault);
    if (world->fault == NULL) abort();
    world->fault->old.booth = -1;
}

void fault_close(struct world *world)
{
    free(world->fault->old.has);
    free(world->fault);
}
