/* people.c - workers at the kiosks: people.h.
 *
 * A visit has a plan (who, which sheet, how many, what then); each act looks at the screen and does what a person
 * would do there next. Whoever didn't see "saved" because the screen went dark comes again and does it anew. */
#include "tests/sim/people.h"

#include <stdlib.h>
#include <string.h>

#include "tests/sim/booth.h"
#include "tests/sim/duty.h"
#include "tests/sim/loading.h"
#include "tests/sim/office.h"

enum {
    ACT_LEAST_MS = 250,
    ACT_MOST_MS = 1400,
    ACTS_MOST = 45,
    GAP_LEAST_MS = 30 * SECOND,
    GAP_MOST_MS = 9 * MINUTE,
    PATIENCE = 3, /* times that somebody comes back to a kiosk that went dark */
    CREW_OF = 3,
    DUTY_PER_MILLE = 80
};

enum after { AFTER_NOTHING, AFTER_UNDO, AFTER_CORRECT, AFTER_SAME };

struct visit {
    bool       is_on;
    uint64_t   life;  /* of the kiosk's program at its begin */
    int64_t    token; /* of the one task that is to come */
    int        acts;
    int        came; /* how often */
    int        badge_count, badge_at;
    char       badges[CREW_OF][CODE_TEXT_MAX];
    char       sheet[CODE_TEXT_MAX];
    bool       has_scanned, has_count, has_bad, has_rework, has_mess, is_saved, is_done;
    int        op_pick; /* which of those offered; -1: two of them */
    int32_t    count, bad, reason;
    bool       is_rework, is_double, is_made_before, is_again_yes, is_hasty, is_by_card, is_objecting, is_handing_in;
    enum after after;

    struct duty_plan    duty;
    struct loading_plan loading;
};

struct people {
    struct visit visits[BOOTHS_MAX];
};

/* Minutes of the factory's day: from, to (beyond 1440: next day). */
static const int SHIFTS[][2] = {
    {395,  430 }, /* the world ends within it, so that kiosks at work go through their troubles' end */
    {450,  510 },
    {800,  855 },
    {1400, 1460}
};
enum { SHIFT_COUNT = sizeof SHIFTS / sizeof *SHIFTS, EARLY_MIN = 5, LATE_MIN = 10, FACTORY_MIN = 480 };

static int64_t midnight_before(const struct world *world)
{
    int64_t local_ms = world->start_ms + FACTORY_MIN * (int64_t)MINUTE;
    return local_ms - local_ms % DAY - FACTORY_MIN * (int64_t)MINUTE;
}

bool people_at_work(int64_t at_ms)
{
    int64_t local_ms = at_ms + FACTORY_MIN * (int64_t)MINUTE;
    int     minute = (int)(local_ms % DAY / MINUTE);
    for (int i = 0; i < SHIFT_COUNT; i++) {
        if (minute >= SHIFTS[i][0] && minute < SHIFTS[i][1]) return true;
        if (minute + 1440 < SHIFTS[i][1]) return true;
    }
    return false;
}

/* ---- Plans */

static void badge_pick(struct world *world, struct visit *visit)
{
    struct office *office = world->office;
    int            first = (int)world_dice(world, DICE_PEOPLE, 0, OFFICE_WORKERS - 1);
    for (int i = 0; i < visit->badge_count; i++)
        code_write_badge(office->workers[(first + i) % OFFICE_WORKERS].badge, visit->badges[i]);
    if (world_chance(world, DICE_PEOPLE, 60))
        code_write_badge(duty_spare((int)world_dice(world, DICE_PEOPLE, 0, DUTY_SPARES - 1)), visit->badges[0]);
    if (world_chance(world, DICE_PEOPLE, 15)) code_write_badge(123456789012345 - first, visit->badges[0]);
}

static void sheet_pick(struct world *world, struct visit *visit)
{
    const struct office_line *line = office_line_pick(world, DICE_PEOPLE);
    struct sheet_ref          sheet = {line->ref, line->rev, (int)world_dice(world, DICE_PEOPLE, 1, 3)};
    if (line->rev > 1 && world_chance(world, DICE_PEOPLE, 300)) sheet.rev--; /* an old paper */
    if (world_chance(world, DICE_PEOPLE, 15)) sheet.line.serial += 500;      /* a sheet that nobody knows */
    if (world_chance(world, DICE_PEOPLE, 10)) sheet.rev++;                   /* newer than anybody knows */
    code_write_sheet(sheet, visit->sheet);
    if (world_chance(world, DICE_PEOPLE, 60)) {
        struct code label = {.kind = CODE_PIECE, .sheet = sheet, .piece = (int)world_dice(world, DICE_PEOPLE, 1, 20)};
        label.sheet.copy = 0;
        code_write(&label, visit->sheet);
    }
}

static void plan(struct world *world, struct visit *visit, bool is_dock)
{
    enum dice dice = DICE_PEOPLE;
    *visit = (struct visit){.badge_count = 1, .token = visit->token};
    if (world_chance(world, dice, 120)) visit->badge_count = CREW_OF;
    badge_pick(world, visit);
    sheet_pick(world, visit);
    visit->op_pick = (int)world_dice(world, dice, -1, 4);
    visit->count =
        (int32_t)(world_chance(world, dice, 40) ? world_dice(world, dice, 60, 500) : world_dice(world, dice, 1, 7));
    if (world_chance(world, dice, 150)) {
        visit->bad = (int32_t)world_dice(world, dice, 1, visit->count);
        visit->reason = (int32_t)world_dice(world, dice, 1, OFFICE_REASONS);
    }
    visit->is_rework = world_chance(world, dice, 60);
    visit->is_double = world_chance(world, dice, 150);
    visit->is_made_before = world_chance(world, dice, 400);
    visit->is_again_yes = world_chance(world, dice, 500);
    visit->is_hasty = world_chance(world, dice, 150);
    visit->is_by_card = world_chance(world, dice, 150);
    visit->has_mess = !world_chance(world, dice, 80);
    visit->is_objecting = world_chance(world, dice, 60);
    visit->is_handing_in = world_chance(world, dice, 400);
    int64_t then = world_dice(world, dice, 0, 99);
    if (world_chance(world, dice, DUTY_PER_MILLE)) duty_plan(world, visit->sheet, &visit->duty);
    if (is_dock && visit->duty.kind == DUTY_NONE) loading_plan(world, visit->badges[0], &visit->loading);
    visit->after = then < 8 ? AFTER_UNDO : then < 22 ? AFTER_CORRECT : then < 28 ? AFTER_SAME : AFTER_NOTHING;
}

/* ---- Acts */

/* Codes that say nothing here, or nothing at all. */
static void mess(struct world *world, struct booth *booth)
{
    static const char *const CODES[] = {"6901234567892",     "123", "10101", "", "http://example.com", "\xff\xfe",
                                        "111111111111111111"};
    char                     text[4100];
    int64_t                  dice = world_dice(world, DICE_PEOPLE, 0, 8);
    if (dice < 7) {
        booth_scan(booth, CODES[dice], HOW_SCANNED);
    } else if (dice == 7) {
        memset(text, '7', 4000);
        text[4000] = 0;
        booth_scan(booth, text, HOW_SCANNED);
    } else {
        struct code note = {
            .kind = CODE_NOTE, .note = {2603, 1, 1}
        };
        code_write(&note, text);
        booth_scan(booth, text, HOW_SCANNED);
    }
}

static void card(struct booth *booth, enum action action, int64_t argument)
{
    struct code code = {
        .kind = CODE_COMMAND, .command = {(int)action, argument}
    };
    char text[CODE_TEXT_MAX];
    code_write(&code, text);
    booth_scan(booth, text, HOW_SCANNED);
}

static void act_refused(struct booth *booth, struct visit *visit)
{
    if (visit->is_handing_in && flow_may_collect(&booth->flow)) {
        visit->is_handing_in = false;
        booth_tap(booth, ACTION_COLLECT, 0);
        return;
    }
    if (booth->flow.can_made_before && visit->is_made_before) {
        booth_tap(booth, ACTION_MADE_BEFORE, 0);
        return;
    }
    booth_tap(booth, ACTION_BACK, 0);
    if (visit->acts > ACTS_MOST / 2 || visit->has_scanned) visit->is_done = true;
}

static void act_question(struct booth *booth, struct visit *visit)
{
    if (booth->flow.question == QUESTION_JOIN) {
        booth_tap(booth, visit->badge_at > 1 && visit->badge_count > 1 ? ACTION_JOIN : ACTION_CHANGE, 0);
        return;
    }
    booth_tap(booth, visit->is_again_yes ? ACTION_YES : ACTION_NO, 0);
    if (!visit->is_again_yes) visit->is_done = true;
}

static bool is_chosen(const struct flow *flow, int32_t op)
{
    for (int i = 0; i < flow->op_count; i++)
        if (flow->ops[i] == op) return true;
    return false;
}

/* Chooses one of those offered, or two of them. */
static void act_operation(struct booth *booth, struct visit *visit)
{
    const struct found_op *offers[FOUND_OPS_MAX];
    const struct flow     *flow = &booth->flow;
    int                    count = flow_offers(flow, offers);
    int                    want = visit->op_pick < 0 && count > 1 ? 2 : 1;
    if (count == 0) {
        booth_tap(booth, ACTION_BACK, 0);
        visit->is_done = true;
        return;
    }
    int first = visit->op_pick < 0 ? 0 : visit->op_pick % count;
    for (int i = 0; i < count; i++) {
        bool is_wanted = i >= first && i < first + want;
        if (is_chosen(flow, offers[i]->number) == is_wanted) continue;
        booth_tap(booth, ACTION_OP, offers[i]->number);
        return;
    }
    booth_tap(booth, ACTION_SAVE, 0);
}

static void act_count(struct booth *booth, struct visit *visit)
{
    const struct flow *flow = &booth->flow;
    if (!visit->has_count) {
        visit->has_count = true;
        booth_tap(booth, ACTION_COUNT, visit->count);
    } else if (visit->is_rework && !visit->has_rework) {
        visit->has_rework = true;
        booth_tap(booth, ACTION_REWORK, 0);
    } else if (visit->bad > 0 && !visit->has_bad) {
        if (flow->bad_reason == 0) {
            booth_tap(booth, ACTION_BAD, visit->reason);
        } else {
            visit->has_bad = true;
            booth_tap(booth, ACTION_COUNT, visit->bad);
        }
    } else if (visit->is_by_card) {
        card(booth, ACTION_SAVE, 0);
    } else {
        booth_tap(booth, ACTION_SAVE, 0);
        if (visit->is_hasty) booth_scan(booth, visit->badges[0], HOW_SCANNED); /* before the screen has answered */
    }
}

/* What somebody does once it is saved. */
static void act_after(struct booth *booth, struct visit *visit)
{
    enum after after = visit->after;
    visit->after = AFTER_NOTHING;
    switch (after) {
    case AFTER_UNDO:
        if (flow_may_undo(&booth->flow)) booth_tap(booth, ACTION_UNDO, 0);
        if (booth->flow.asked != ACTION_NONE) booth_scan(booth, visit->badges[0], HOW_SCANNED);
        return;
    case AFTER_CORRECT:
        if (!flow_may_undo(&booth->flow)) return;
        booth_tap(booth, ACTION_BAD, 0);
        if (booth->flow.asked != ACTION_NONE) booth_scan(booth, visit->badges[0], HOW_SCANNED);
        visit->has_count = visit->has_bad = visit->is_saved = false;
        visit->has_rework = true;
        visit->count = (int32_t)world_dice(booth->world, DICE_PEOPLE, 1, 9);
        visit->bad = 0;
        return;
    case AFTER_SAME: /* the same sheet again: a nervous hand, or the next ones of it */
        visit->has_scanned = visit->has_count = visit->has_bad = visit->is_saved = false;
        return;
    case AFTER_NOTHING: break;
    }
    visit->is_done = true;
}

/* Nothing in hand: who am I, what is it. */
static void act_scan(struct booth *booth, struct visit *visit)
{
    if (!visit->has_mess) {
        visit->has_mess = true;
        mess(booth->world, booth);
    } else if (visit->badge_at < visit->badge_count) {
        booth_scan(booth, visit->badges[visit->badge_at++], HOW_SCANNED);
    } else if (!visit->has_scanned) {
        visit->has_scanned = true;
        booth_scan(booth, visit->sheet, HOW_SCANNED);
        if (visit->is_double) booth_scan(booth, visit->sheet, HOW_SCANNED);
    } else if (booth->flow.screen == SCREEN_SHEET && booth->flow.crew_count > 0) {
        booth_tap(booth, ACTION_SAVE, 0);
    } else {
        visit->is_done = true; /* it went home by itself, or somebody else's badge changed it */
    }
}

/* "This is wrong", of one of his entries; true: that was it for now. */
static bool act_object(struct booth *booth, struct visit *visit)
{
    int count = booth->flow.page.count < SUPER_ENTRIES ? booth->flow.page.count : SUPER_ENTRIES;
    if (!visit->is_objecting) return false;
    if (booth->flow.screen == SCREEN_WORKER) {
        booth_tap(booth, ACTION_WRONG, 0);
    } else if (booth->flow.screen == SCREEN_ENTRIES && count > 0) {
        booth_tap(booth, ACTION_PICK, visit->count % count);
    } else if (booth->flow.screen == SCREEN_PICK) {
        visit->is_objecting = false;
        booth_tap(booth, ACTION_PICK, 1);
    } else {
        visit->is_objecting = booth->flow.screen != SCREEN_ENTRIES;
        return false;
    }
    return true;
}

static void act(struct booth *booth, struct visit *visit)
{
    if (act_object(booth, visit)) return;
    switch (booth->flow.screen) {
    case SCREEN_SAVING: return;
    case SCREEN_REFUSED: act_refused(booth, visit); return;
    case SCREEN_QUESTION: act_question(booth, visit); return;
    case SCREEN_OPERATION: act_operation(booth, visit); return;
    case SCREEN_COUNT: act_count(booth, visit); return;
    case SCREEN_NUMBER:
    case SCREEN_ORDER:
    case SCREEN_BOARD:
    case SCREEN_NOTE: /* nor is this a dock */
    case SCREEN_LEFT:
    case SCREEN_GOODS:
    case SCREEN_DOORS:
    case SCREEN_MOVED:
    case SCREEN_SUPER: /* no supervisor stands here */
    case SCREEN_SPARE:
    case SCREEN_PEOPLE:
    case SCREEN_PAPER:
    case SCREEN_PICK:
    case SCREEN_QUANTITY:
    case SCREEN_ENTRIES:
    case SCREEN_MEND:
    case SCREEN_PIN: booth_tap(booth, ACTION_BACK, 0); return;
    case SCREEN_CHECK: booth_tap(booth, ACTION_OPENING, flow_opening(&booth->flow.sheet)); return;
    case SCREEN_SAVED:
        if (visit->has_scanned) visit->is_saved = true;
        break;
    case SCREEN_IDLE:
    case SCREEN_CREW:
    case SCREEN_WORKER:
    case SCREEN_SHEET:
    case SCREEN_SETUP:
    case SCREEN_CLEAN:
    case SCREEN_STOPPED:
    case SCREEN_KEPT:
    case SCREEN_ASKED:
    case SCREENS: break;
    }
    if (visit->is_saved)
        act_after(booth, visit);
    else
        act_scan(booth, visit);
}

/* ---- Visits */

static void visit_task(struct world *world, int who, int64_t what);

static void visit_in(struct world *world, int booth, int64_t least_ms, int64_t most_ms)
{
    int64_t ms = world_dice(world, DICE_PEOPLE, least_ms, most_ms);
    world_in(world, ms, visit_task, booth, ++world->people->visits[booth].token);
}

void people_come(struct world *world, int booth)
{
    visit_in(world, booth, GAP_LEAST_MS, GAP_MOST_MS);
}

/* The screen went dark. Who had seen "saved" goes, who hadn't comes again and begins anew. */
static void visit_again(struct visit *visit)
{
    struct visit same = *visit;
    if (visit->is_saved || visit->came >= PATIENCE) {
        visit->is_on = false;
        return;
    }
    same.badge_at = 0;
    same.acts = 0;
    same.came++;
    same.has_scanned = same.has_count = same.has_bad = same.has_rework = false;
    same.duty.has_begun = false;
    same.loading.has_badge = same.loading.has_note = false;
    same.life = 0;
    *visit = same;
}

static void visit_task(struct world *world, int who, int64_t what)
{
    struct booth *booth = &world->booths->rows[who];
    struct visit *visit = &world->people->visits[who];
    if (what != visit->token) return;
    if (!booth->is_wanted || world->now_ms >= world->end_ms) {
        visit->is_on = false; /* the shift has ended; people_shift() begins the next */
        return;
    }
    if (!visit->is_on) {
        plan(world, visit, strcmp(booth->station, LOADING_STATION) == 0);
        visit->is_on = true;
        visit->life = booth->life;
    }
    if (visit->life != booth->life) visit_again(visit);
    if (!booth->is_on || !visit->is_on) {
        if (visit->is_on)
            visit_in(world, who, 5 * SECOND, MINUTE);
        else
            people_come(world, who);
        visit->life = booth->life;
        return;
    }
    visit->life = booth->life;
    if (++visit->acts > ACTS_MOST || booth->state.station[0] == 0) visit->is_done = true;
    if (!visit->is_done && visit->duty.kind != DUTY_NONE)
        visit->is_done = duty_act(booth, &visit->duty);
    else if (!visit->is_done && visit->loading.is_on)
        visit->is_done = loading_act(booth, &visit->loading);
    else if (!visit->is_done)
        act(booth, visit);
    if (!visit->is_done) {
        visit_in(world, who, ACT_LEAST_MS, ACT_MOST_MS);
        return;
    }
    if (booth->is_on && world_chance(world, DICE_PEOPLE, 500)) booth_tap(booth, ACTION_OUT, 0);
    visit->is_on = false;
    people_come(world, who);
}

/* ---- Shifts */

static void shift_begin(struct world *world, int who, int64_t what)
{
    (void)who, (void)what;
    for (int i = 0; i < world->booths->count; i++) {
        booth_on(&world->booths->rows[i]);
        people_come(world, i);
    }
}

static void shift_end(struct world *world, int who, int64_t what)
{
    (void)who, (void)what;
    for (int i = 0; i < world->booths->count && !world->is_calm; i++) booth_off(&world->booths->rows[i]);
}

void people_start(struct world *world)
{
    int64_t midnight = midnight_before(world);
    for (int day = 0; day <= world->options.days; day++)
        for (int i = 0; i < SHIFT_COUNT; i++) {
            int64_t begin = midnight + day * DAY + (SHIFTS[i][0] - EARLY_MIN) * (int64_t)MINUTE;
            int64_t end = midnight + day * DAY + (SHIFTS[i][1] + LATE_MIN) * (int64_t)MINUTE;
            if (begin < world->start_ms || begin >= world->end_ms) continue;
            world_at(world, begin, shift_begin, 0, 0);
            world_at(world, end, shift_end, 0, 0);
        }
}

void people_open(struct world *world)
{
    world->people = calloc(1, sizeof *world->people);
    if (world->people == NULL) abort();
}

void people_close(struct world *world)
{
    free(world->people);
}
