/* duty.c - a supervisor at a kiosk: duty.h. */
#include "tests/sim/duty.h"

#include <stdio.h>

#include "tests/sim/office.h"

enum { REFUSED_MOST = 3, ENTRIES_LOOKED = 3 };

int64_t duty_spare(int which)
{
    return INT64_C(700000000000001) + which;
}

static void badge_code(struct world *world, int worker, char text[CODE_TEXT_MAX])
{
    code_write_badge(world->office->workers[worker % OFFICE_WORKERS].badge, text);
}

void duty_plan(struct world *world, const char *sheet, struct duty_plan *plan)
{
    int64_t dice = world_dice(world, DICE_PEOPLE, 0, 99);
    int     worker = (int)world_dice(world, DICE_PEOPLE, 0, OFFICE_WORKERS - 2);
    *plan = (struct duty_plan){.kind = dice < 35 ? DUTY_BIND : dice < 75 ? DUTY_PAPER : DUTY_MEND};
    badge_code(world, OFFICE_BOSS, plan->boss);
    badge_code(world, worker, plan->worker);
    badge_code(world, worker + (int)world_dice(world, DICE_PEOPLE, 1, OFFICE_WORKERS - 2), plan->second);
    code_write_badge(duty_spare((int)world_dice(world, DICE_PEOPLE, 0, DUTY_SPARES - 1)), plan->spare);
    snprintf(plan->sheet, sizeof plan->sheet, "%s", sheet);
    plan->pick = (int)world_dice(world, DICE_PEOPLE, 0, OFFICE_OPS - 1);
    plan->count = (int32_t)world_dice(world, DICE_PEOPLE, 1, 12);
    plan->day = world_chance(world, DICE_PEOPLE, 400) ? (int)world_dice(world, DICE_PEOPLE, 1, 2) : 0;
    plan->why = (int)world_dice(world, DICE_PEOPLE, 1, SUPER_WHYS);
    plan->is_undo = world_chance(world, DICE_PEOPLE, 400);
}

/* ---- Screens */

static void on_worker(struct booth *booth, const struct duty_plan *plan)
{
    if (plan->kind == DUTY_BIND)
        booth_scan(booth, plan->spare, HOW_SCANNED);
    else
        booth_tap(booth, ACTION_SUPER, 0);
}

static void on_menu(struct booth *booth, const struct duty_plan *plan)
{
    if (plan->kind == DUTY_BIND)
        booth_scan(booth, plan->spare, HOW_SCANNED);
    else
        booth_tap(booth, plan->kind == DUTY_PAPER ? ACTION_PAPER : ACTION_MEND, 0);
}

/* The next thing that the form lacks. */
static void on_paper(struct booth *booth, struct duty_plan *plan)
{
    enum paper_field lacks = flow_paper_lacks(&booth->flow);
    switch (lacks) {
    case PAPER_WORKER: booth_scan(booth, plan->worker, HOW_SCANNED); return;
    case PAPER_SHEET: booth_scan(booth, plan->sheet, HOW_SCANNED); return;
    case PAPER_OP: booth_tap(booth, ACTION_FIELD, PAPER_OP); return;
    case PAPER_COUNT: booth_tap(booth, ACTION_COUNT, plan->count); return;
    case PAPER_WHY: booth_tap(booth, ACTION_FIELD, PAPER_WHY); return;
    case PAPER_SECOND: booth_scan(booth, plan->second, HOW_SCANNED); return;
    case PAPER_DAY:
    case PAPER_FIELDS: break;
    }
    bool is_day = booth->flow.super.day == booth->flow.state.day - plan->day;
    booth_tap(booth, is_day ? ACTION_SAVE : ACTION_FIELD, is_day ? 0 : PAPER_DAY);
}

static void on_pick(struct booth *booth, const struct duty_plan *plan)
{
    const struct flow *flow = &booth->flow;
    switch (flow->super.pick) {
    case PICK_OP:
        booth_tap(booth, ACTION_PICK,
                  flow->sheet.op_count > 0 ? flow->sheet.ops[plan->pick % flow->sheet.op_count].number : 0);
        return;
    case PICK_DAY: booth_tap(booth, ACTION_PICK, plan->day); return;
    case PICK_WHY: booth_tap(booth, ACTION_PICK, plan->why); return;
    }
}

static bool on_entries(struct booth *booth, struct duty_plan *plan)
{
    int count = booth->flow.page.count < SUPER_ENTRIES ? booth->flow.page.count : SUPER_ENTRIES;
    if (count == 0 || ++plan->refused > ENTRIES_LOOKED) return true;
    booth_tap(booth, ACTION_PICK, (plan->pick + plan->refused) % count);
    return false;
}

static bool on_mend(struct booth *booth, struct duty_plan *plan)
{
    const struct flow *flow = &booth->flow;
    if (!flow->super.has_target) return true; /* the disk didn't give it */
    if (flow->super.why == 0)
        booth_tap(booth, ACTION_PICK, 0);
    else if (plan->is_undo || flow->super.target.piece_count > 0)
        booth_tap(booth, ACTION_UNDO, 0);
    else if (flow->count == flow->super.entry.count)
        booth_tap(booth, ACTION_FIELD, PAPER_COUNT);
    else
        booth_tap(booth, ACTION_SAVE, 0);
    return false;
}

static void on_quantity(struct booth *booth, const struct duty_plan *plan)
{
    bool is_same = plan->kind == DUTY_MEND && booth->flow.super.entry.count == plan->count;
    booth_tap(booth, ACTION_COUNT, plan->count + is_same);
}

/* Everywhere else: who is he? Where he was that before, somebody else came or the screen went home. */
static bool on_other(struct booth *booth, struct duty_plan *plan)
{
    if (plan->has_begun) return true;
    plan->has_begun = true;
    booth_scan(booth, plan->boss, HOW_SCANNED);
    return false;
}

bool duty_act(struct booth *booth, struct duty_plan *plan)
{
    switch ((int)booth->flow.screen) {
    case SCREEN_SAVING: return false;
    case SCREEN_SAVED: return plan->has_begun || on_other(booth, plan);
    case SCREEN_REFUSED: booth_tap(booth, ACTION_BACK, 0); return ++plan->refused > REFUSED_MOST;
    case SCREEN_QUESTION: booth_tap(booth, ACTION_NO, 0); return false;
    case SCREEN_WORKER:
        if (!plan->has_begun) return on_other(booth, plan);
        on_worker(booth, plan);
        return false;
    case SCREEN_SUPER: on_menu(booth, plan); return false;
    case SCREEN_SPARE: booth_scan(booth, plan->spare, HOW_SCANNED); return false;
    case SCREEN_PEOPLE: booth_scan(booth, plan->worker, HOW_SCANNED); return false;
    case SCREEN_PAPER: on_paper(booth, plan); return false;
    case SCREEN_PICK: on_pick(booth, plan); return false;
    case SCREEN_QUANTITY: on_quantity(booth, plan); return false;
    case SCREEN_ENTRIES: return on_entries(booth, plan);
    case SCREEN_MEND: return on_mend(booth, plan);
    default: return on_other(booth, plan);
    }
}

void duty_saved(struct world *world, const struct event *event)
{
    if (event->by == 0) return;
    world_deed(world,
               event->kind == EVENT_BIND     ? DEED_BIND
               : event->kind == EVENT_REPORT ? DEED_BACK_ENTRY
                                             : DEED_MEND,
               1);
}
