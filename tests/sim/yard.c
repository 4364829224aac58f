/* yard.c - finished doors: yard.h. What comes in or goes counts as the books' verdict says (loading.h looks at that); what is
 * moved, counted or brought back is reckoned whole. */
#include "tests/sim/yard.h"

#include <assert.h>

#include "core/db.h"
#include "tests/sim/check.h"
#include "tests/sim/wages.h"

enum { ROWS_MOST = 512 };

/* A line's doors. */
struct row {
    int64_t line, at[YARD_PLACES];
    int64_t packed, returned, found, went, shorted; /* shorted: went before they came in */
};

struct yard {
    struct world *world;
    int           count;
    struct row    rows[ROWS_MOST];
};

void yard_place(struct world *world, char text[CODE_TEXT_MAX])
{
    struct code code = {.kind = CODE_PLACE, .place = world_dice(world, DICE_PEOPLE, 1, YARD_PLACES - 1)};
    code_write(&code, text);
}

static struct row *row_of(struct yard *yard, int64_t line)
{
    for (int i = 0; i < yard->count; i++)
        if (yard->rows[i].line == line) return &yard->rows[i];
    assert(yard->count < ROWS_MOST);
    yard->rows[yard->count] = (struct row){.line = line};
    return &yard->rows[yard->count++];
}

/* One door leaves the place with the lowest number that isn't `but`; false: there is none. */
static bool door_goes(struct row *row, int64_t but)
{
    for (int i = 0; i < YARD_PLACES; i++) {
        if (i == but || row->at[i] == 0) continue;
        row->at[i]--;
        return true;
    }
    return false;
}

static void door_comes(struct row *row, int64_t place)
{
    if (row->shorted > 0)
        row->shorted--;
    else
        row->at[place]++;
}

static int64_t elsewhere(const struct row *row, int64_t place)
{
    int64_t doors = 0;
    for (int i = 0; i < YARD_PLACES; i++) doors += i == place ? 0 : row->at[i];
    return doors;
}

/* How many of a move, a count or a return count. */
static int64_t counted(const struct row *row, const struct event *event, const struct wages_say *say)
{
    int64_t doors = 0;
    if (say->is_free && event->kind == EVENT_COUNT) doors = event->count;
    if (say->is_free && event->kind == EVENT_TRANSFER) doors = elsewhere(row, event->place);
    if (doors > event->count) doors = event->count;
    int64_t rest = event->count - doors;
    return doors + (say->decided < rest ? say->decided < 0 ? 0 : say->decided : rest);
}

static void count_check(struct yard *yard, struct db *books, int64_t number, const struct row *row, int64_t place)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            has;
    if (!db_prepare(books, SQL("SELECT expected FROM stock_count WHERE line = $1 AND number = $2"), &stmt, &err))
        return;
    db_bind_int(stmt, 1, row->line);
    db_bind_int(stmt, 2, number);
    if (!db_step(stmt, &has, &err)) return;
    if (!has || db_int(stmt, 0) != row->at[place])
        world_wrong(yard->world, "inbox line %lld counts doors where %lld stood, the books had %lld", (long long)number,
                    (long long)row->at[place], has ? (long long)db_int(stmt, 0) : -1);
    if (has) db_reset(stmt);
}

static void doors_take(struct yard *yard, struct db *books, int64_t number, int64_t doors)
{
    const struct event *event = &yard->world->check->lines[number - 1].event;
    struct row         *row = row_of(yard, line_ref_key(event->sheet.line));
    int64_t             place = event->place;
    switch ((int)event->kind) {
    case EVENT_PACK: row->packed += doors; break;
    case EVENT_RETURN: row->returned += doors; break;
    case EVENT_LOAD: row->went += doors; break;
    case EVENT_COUNT:
        count_check(yard, books, number, row, place);
        row->found += doors - row->at[place];
        row->at[place] = doors;
        return;
    default: break;
    }
    for (int64_t i = 0; i < doors; i++) {
        bool is_there = event->kind == EVENT_PACK || event->kind == EVENT_RETURN ||
                        door_goes(row, event->kind == EVENT_TRANSFER ? place : -1);
        if (event->kind == EVENT_LOAD)
            row->shorted += !is_there;
        else if (event->kind == EVENT_TRANSFER)
            row->at[place] += is_there;
        else
            door_comes(row, place);
    }
}

/* One fact of the dock, as the books judge it. */
static void fact_take(struct yard *yard, struct db *books, const struct wages *wages, int64_t number, int64_t is)
{
    const struct event    *event = &yard->world->check->lines[number - 1].event;
    const struct wages_say say = wages_say(wages, number);
    bool                   is_ours = event->kind != EVENT_PACK && event->kind != EVENT_LOAD;
    if (!say.is_in_force) return;
    int64_t doors = is_ours ? counted(row_of(yard, line_ref_key(event->sheet.line)), event, &say) : is;
    if (doors != is)
        world_wrong(yard->world, "inbox line %lld: the books count %lld doors, reckoned anew %lld", (long long)number,
                    (long long)is, (long long)doors);
    if (doors > 0 || (event->kind == EVENT_COUNT && (say.is_free || say.decided > 0)))
        doors_take(yard, books, number, doors);
}

static void stock_compare(struct yard *yard, struct db *books)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    int64_t         is = 0, sum = 0;
    if (!db_prepare(books, SQL("SELECT line, place, doors FROM stock ORDER BY line, place"), &stmt, &err)) return;
    while (db_step(stmt, &row, &err) && row && yard->world->wrong[0] == 0) {
        const struct row *own = row_of(yard, db_int(stmt, 0));
        int64_t           place = db_int(stmt, 1), doors = place < YARD_PLACES ? own->at[place] : 0;
        is += db_int(stmt, 2);
        if (doors != db_int(stmt, 2))
            world_wrong(yard->world, "line %lld: the books have %lld doors at place %lld, reckoned anew %lld",
                        (long long)own->line, (long long)db_int(stmt, 2), (long long)place, (long long)doors);
    }
    db_reset(stmt);
    for (int i = 0; i < yard->count; i++)
        for (int k = 0; k < YARD_PLACES; k++) sum += yard->rows[i].at[k];
    if (is != sum)
        world_wrong(yard->world, "the books have %lld doors in the house, reckoned anew %lld", (long long)is,
                    (long long)sum);
}

static void sums_compare(struct yard *yard, struct db *books)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, SQL("SELECT line, packed, returned, found, went, shorted FROM stock_sum ORDER BY line"),
                               &stmt, &err))
        return;
    while (db_step(stmt, &row, &err) && row && yard->world->wrong[0] == 0) {
        const struct row *own = row_of(yard, db_int(stmt, 0));
        if (db_int(stmt, 1) != own->packed || db_int(stmt, 2) != own->returned || db_int(stmt, 3) != own->found ||
            db_int(stmt, 4) != own->went || db_int(stmt, 5) != own->shorted)
            world_wrong(yard->world, "line %lld: the books' sums of finished doors aren't those reckoned anew",
                        (long long)own->line);
    }
    db_reset(stmt);
}

void yard_check(struct world *world, struct db *books, const struct wages *wages)
{
    struct yard     yard = {.world = world};
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, SQL("SELECT f.number, v.counted FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                        " WHERE f.kind IN ($1, $2, $3, $4, $5) ORDER BY f.number"),
                               &stmt, &err))
        return;
    db_bind_int(stmt, 1, EVENT_PACK);
    db_bind_int(stmt, 2, EVENT_LOAD);
    db_bind_int(stmt, 3, EVENT_TRANSFER);
    db_bind_int(stmt, 4, EVENT_COUNT);
    db_bind_int(stmt, 5, EVENT_RETURN);
    while (db_step(stmt, &row, &err) && row && world->wrong[0] == 0)
        fact_take(&yard, books, wages, db_int(stmt, 0), db_int(stmt, 1));
    db_reset(stmt);
    if (world->wrong[0] == 0) stock_compare(&yard, books);
    if (world->wrong[0] == 0) sums_compare(&yard, books);
}
