/* loading.c - the dock: loading.h. */
#include "tests/sim/loading.h"

#include <stdlib.h>
#include <string.h>

#include "core/db.h"
#include "tests/sim/check.h"
#include "tests/sim/office.h"
#include "tests/sim/trade.h"
#include "tests/sim/wages.h"
#include "tests/sim/yard.h"

enum { REFUSED_MOST = 4, DOORS_MOST = 6, COUNT_MOST = 12, LABEL_PER_MILLE = 500, PIECES_MOST = 1000 };

void loading_plan(struct world *world, const char *badge, struct loading_plan *plan)
{
    enum dice dice = DICE_PEOPLE;
    *plan = (struct loading_plan){.is_on = true,
                                  .doors = (int)world_dice(world, dice, 1, DOORS_MOST),
                                  .count = (int32_t)world_dice(world, dice, 1, COUNT_MOST)};
    memcpy(plan->badge, badge, sizeof plan->badge);
    plan->is_note = world_chance(world, dice, 550) && trade_paper(world, dice, plan->note);
    plan->is_closing = world_chance(world, dice, 250);
    plan->is_undoing = world_chance(world, dice, 150);
    plan->goods = world_chance(world, dice, 400) ? (int)world_dice(world, dice, GOODS_IN, GOODS - 1) : GOODS_IN;
    if (plan->goods == GOODS_COUNT) plan->count = (int32_t)world_dice(world, dice, 0, COUNT_MOST);
    bool is_placed = plan->goods == GOODS_TRANSFER || plan->goods == GOODS_COUNT || world_chance(world, dice, 200);
    plan->has_place = !is_placed;
    yard_place(world, plan->place);
}

/* ---- Screens */

/* A label of the line, or its sheet. */
static void door_scan(struct booth *booth, struct line_ref line, int rev, int quantity)
{
    struct world *world = booth->world;
    struct code   code = {
          .kind = CODE_SHEET, .sheet = {line, rev, 1}
    };
    char text[CODE_TEXT_MAX];
    if (world_chance(world, DICE_PEOPLE, LABEL_PER_MILLE)) {
        code.kind = CODE_PIECE;
        code.sheet.copy = 0;
        code.piece = (int)world_dice(world, DICE_PEOPLE, 1, quantity > 0 ? quantity : 1);
    }
    code_write(&code, text);
    booth_scan(booth, text, HOW_SCANNED);
}

/* One that the note asks for; now and then another. */
static bool on_note(struct booth *booth, struct loading_plan *plan)
{
    struct world            *world = booth->world;
    const struct found_note *note = &booth->flow.dock.note;
    if (plan->doors <= 0) {
        bool is_over = plan->is_closing && note->state == NOTE_OPEN;
        booth_tap(booth, is_over ? ACTION_CLOSE : ACTION_BACK, 0);
        return !is_over;
    }
    plan->doors--;
    if (note->line_count == 0 || world_chance(world, DICE_PEOPLE, 60)) {
        const struct office_line *other = office_line_pick(world, DICE_PEOPLE);
        door_scan(booth, other->ref, other->rev, other->quantity);
        return false;
    }
    const struct found_note_line *line = &note->lines[world_dice(world, DICE_PEOPLE, 0, note->line_count - 1)];
    door_scan(booth, line->line, line->rev, (int)line->asked + 3);
    return false;
}

/* Where, then which doors, one after the other. */
static bool on_goods(struct booth *booth, struct loading_plan *plan)
{
    if (!plan->has_place) {
        plan->has_place = true;
        booth_scan(booth, plan->place, HOW_SCANNED);
        return false;
    }
    if (plan->doors-- <= 0) {
        if (booth->flow.screen == SCREEN_GOODS) booth_tap(booth, ACTION_BACK, 0);
        return true;
    }
    const struct office_line *line = office_line_pick(booth->world, DICE_PEOPLE);
    door_scan(booth, line->ref, line->rev, line->quantity);
    return false;
}

static bool on_idle(struct booth *booth, struct loading_plan *plan)
{
    if (!plan->has_badge) {
        plan->has_badge = true;
        booth_scan(booth, plan->badge, HOW_SCANNED);
    } else if (plan->is_note) {
        if (plan->has_note) return true; /* its loading is over, or it was put away */
        plan->has_note = true;
        booth_scan(booth, plan->note, HOW_SCANNED);
    } else if (plan->goods != GOODS_IN && !plan->has_goods) {
        plan->has_goods = true;
        booth_tap(booth, ACTION_GOODS, plan->goods);
    } else {
        return on_goods(booth, plan);
    }
    return false;
}

static bool on_moved(struct booth *booth, struct loading_plan *plan)
{
    if (plan->is_undoing && flow_may_undo(&booth->flow)) {
        plan->is_undoing = false;
        booth_tap(booth, ACTION_UNDO, 0);
        if (booth->flow.asked != ACTION_NONE) booth_scan(booth, plan->badge, HOW_SCANNED);
        return false;
    }
    booth_tap(booth, ACTION_BACK, 0);
    return false;
}

bool loading_act(struct booth *booth, struct loading_plan *plan)
{
    switch ((int)booth->flow.screen) {
    case SCREEN_SAVING: return false;
    case SCREEN_REFUSED: booth_tap(booth, ACTION_BACK, 0); return ++plan->refused > REFUSED_MOST;
    case SCREEN_QUESTION: booth_tap(booth, ACTION_NO, 0); return false;
    case SCREEN_NOTE: return on_note(booth, plan);
    case SCREEN_LEFT: booth_scan(booth, plan->badge, HOW_SCANNED); return false;
    case SCREEN_DOORS: booth_tap(booth, ACTION_COUNT, plan->count); return false;
    case SCREEN_MOVED: return on_moved(booth, plan);
    case SCREEN_GOODS: return on_goods(booth, plan);
    case SCREEN_IDLE:
    case SCREEN_SAVED:
    case SCREEN_WORKER: return on_idle(booth, plan);
    default: booth_tap(booth, ACTION_BACK, 0); return ++plan->refused > REFUSED_MOST;
    }
}

void loading_saved(struct world *world, const struct event *event)
{
    if (event->kind == EVENT_PACK) world_deed(world, DEED_PACKED, event->count);
    if (event->kind == EVENT_LOAD) world_deed(world, DEED_LOADED, event->count);
    if (event->kind == EVENT_TRANSFER) world_deed(world, DEED_MOVED, event->count);
    if (event->kind == EVENT_COUNT) world_deed(world, DEED_COUNTED, 1);
    if (event->kind == EVENT_RETURN) world_deed(world, DEED_RETURNED, event->count);
    if (event->kind == EVENT_NOTE && strstr(event->note, " done") != NULL) world_deed(world, DEED_LOADING_OVER, 1);
}

/* ---- What must hold */

struct note_row {
    int64_t open_feed, void_feed;
};

static bool note_read(struct db *books, int64_t note, struct note_row *row)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            has;
    if (!db_prepare(books, SQL("SELECT open_feed, void_feed FROM note WHERE id = $1"), &stmt, &err)) return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, &has, &err) || !has) return false;
    *row = (struct note_row){db_int(stmt, 0), db_int(stmt, 1)};
    db_reset(stmt);
    return true;
}

/* By what the kiosk had heard when its screen was green; a decision may let it count all the same. */
static void load_check(struct world *world, struct db *books, const struct wages *wages, int64_t number)
{
    const struct check_line *line = &world->check->lines[number - 1];
    int64_t                  seen = wages_seen(wages, number), note;
    struct note_row          row;
    const char              *why = NULL;
    char                     text[NOTE_REF_TEXT] = "";
    memcpy(text, line->event.note, strnlen(line->event.note, NOTE_REF_TEXT - 1));
    if (!note_ref_read(text, &note) || !note_read(books, note, &row))
        why = "that there isn't";
    else if (row.open_feed == 0 || seen < row.open_feed)
        why = "that wasn't open";
    else if (row.void_feed != 0 && seen >= row.void_feed)
        why = "that it knew to be void";
    else if (wages_is_stopped(wages, number))
        why = "although it knew the line to be stopped";
    if (why != NULL)
        world_wrong(world, "inbox line %lld counts doors as loaded by note %s %s", (long long)number, text, why);
}

/* Numbered doors: each one time on a truck, unless somebody decided that it was packed again, or came back. */
static void numbers_check(struct world *world, int64_t number, bool is_load, char *is_loaded)
{
    const struct event *event = &world->check->lines[number - 1].event;
    for (int i = 0; i < world->office->line_count && event->piece_count == 1; i++) {
        if (line_ref_key(world->office->lines[i].ref) != line_ref_key(event->sheet.line)) continue;
        char *is = &is_loaded[i * PIECES_MOST + event->pieces[0]];
        if (is_load && *is != 0) world_wrong(world, "inbox line %lld loads a door twice", (long long)number);
        *is = is_load;
    }
}

/* Every load that counts without a decision, and every pack or return that counts by one. */
static void loads_check(struct world *world, struct db *books, const struct wages *wages)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    char           *is_loaded = calloc((size_t)OFFICE_LINES_MOST * PIECES_MOST, 1);
    if (is_loaded == NULL) abort();
    if (!db_prepare(books, SQL("SELECT f.number, f.kind FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                        " WHERE ((f.kind = $1 AND v.decided_by = 0) OR (f.kind IN ($2, $3) AND v.decided_by > 0)) AND v.counted > 0"
                        " ORDER BY f.number"),
                               &stmt, &err)) {
        free(is_loaded);
        return;
    }
    db_bind_int(stmt, 1, EVENT_LOAD);
    db_bind_int(stmt, 2, EVENT_PACK);
    db_bind_int(stmt, 3, EVENT_RETURN);
    while (db_step(stmt, &row, &err) && row && world->wrong[0] == 0) {
        bool is_load = db_int(stmt, 1) == EVENT_LOAD;
        if (is_load) load_check(world, books, wages, db_int(stmt, 0));
        numbers_check(world, db_int(stmt, 0), is_load, is_loaded);
    }
    db_reset(stmt);
    free(is_loaded);
}

/* Nothing is on a truck that no event says; no more than was asked for, where nobody decided so. */
static void sums_check(struct world *world, struct db *books)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books,
                    SQL("SELECT l.note, CAST(sum(l.doors) AS BIGINT),"
                        " coalesce((SELECT a.doors FROM note_line AS a WHERE a.note = l.note AND a.line = l.line), 0),"
                        " (SELECT count(*) FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                        "   WHERE f.kind = $1 AND f.line = l.line AND v.decided_by > 0)"
                        " FROM loaded AS l GROUP BY l.note, l.line"),
                        &stmt, &err))
        return;
    int64_t doors = 0, said = 0;
    db_bind_int(stmt, 1, EVENT_LOAD);
    while (db_step(stmt, &row, &err) && row) {
        doors += db_int(stmt, 1);
        if (db_int(stmt, 1) > db_int(stmt, 2) && db_int(stmt, 3) == 0)
            world_wrong(world, "note %lld asks for %lld doors, %lld are loaded", (long long)db_int(stmt, 0),
                        (long long)db_int(stmt, 2), (long long)db_int(stmt, 1));
    }
    if (!db_prepare(books, SQL("SELECT CAST(coalesce(sum(v.counted), 0) AS BIGINT) FROM fact AS f"
                        " JOIN verdict AS v ON v.number = f.number WHERE f.kind = $1"),
                               &stmt, &err))
        return;
    db_bind_int(stmt, 1, EVENT_LOAD);
    if (!db_step(stmt, &row, &err) || !row) return;
    said = db_int(stmt, 0);
    db_reset(stmt);
    if (doors != said)
        world_wrong(world, "%lld doors are on trucks, %lld loads count", (long long)doors, (long long)said);
}

void loading_check(struct world *world, struct db *books, const struct wages *wages)
{
    loads_check(world, books, wages);
    sums_check(world, books);
    if (world->wrong[0] == 0) yard_check(world, books, wages);
}
