/* knows.c - what each kiosk keeps and knows at the end: knows.h. */
#include "tests/sim/knows.h"

#include <stdlib.h>
#include <string.h>

#include "core/db.h"
#include "kiosk/keep/look.h"
#include "tests/sim/booth.h"
#include "tests/sim/house.h"
#include "tests/sim/model.h"
#include "tests/sim/office.h"

/* True: the row of one number, or of none (*has). */
static bool row_of(struct db *db, const char *sql, int64_t a, int64_t b, struct db_stmt **stmt, bool *has)
{
    struct err err;
    if (!db_prepare(db, sql, stmt, &err)) return false;
    db_bind_int(*stmt, 1, a);
    db_bind_int(*stmt, 2, b);
    return db_step(*stmt, has, &err);
}

static bool is_current(const struct booth *booth, const struct feed_place *place)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(booth->looks, SQL("SELECT seen_counter, seen_random, seen_feed FROM place"), &stmt, &err) ||
                    !db_step(stmt, &row, &err) || !row)
        return false;
    struct epoch server = {(uint32_t)db_int(stmt, 0), (uint64_t)db_int(stmt, 1)};
    int64_t      feed = db_int(stmt, 2);
    db_reset(stmt);
    return epoch_compare(server, place->server) == 0 && feed >= place->newest;
}

bool knows_all(struct world *world)
{
    for (int i = 0; i < world->booths->count; i++)
        if (!is_current(&world->booths->rows[i], &world->house->place)) return false;
    return true;
}

/* ---- What it keeps: everything that its workers saw as saved, sent or not, for 35 days. */

static bool is_on_disk(const struct booth *booth, const struct hash *name)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row = false;
    if (!db_prepare(booth->looks, SQL("SELECT seq FROM event WHERE name = $1"), &stmt, &err)) return false;
    db_bind_blob(stmt, 1, name->bytes, sizeof name->bytes);
    if (!db_step(stmt, &row, &err)) return false;
    db_reset(stmt);
    return row;
}

static void keeps_check(struct world *world, const struct booth *booth)
{
    for (int i = 0; i < world->model->count; i++) {
        const struct entry *entry = &world->model->entries[i];
        bool                is_expected = entry->fate == FATE_SEEN && (entry->disks >> booth->index & 1) != 0;
        if (is_expected && !is_on_disk(booth, &entry->name))
            world_wrong(world, "entry %d was saved by %s and isn't on its disk any more", i, booth->folder);
    }
}

/* ---- What it knows: totals, stops, badges. */

static void totals_check(struct world *world, const struct booth *booth, struct db *books)
{
    struct db_stmt *sums, *total;
    struct err      err;
    bool            row, has;
    if (!db_prepare(books,
                    SQL("SELECT s.line, s.op, s.good, s.bad, s.held FROM op_sum AS s JOIN line AS l ON l.line = s.line"
                        " AND l.rev = s.rev ORDER BY s.line, s.op"),
                        &sums, &err))
        return;
    while (db_step(sums, &row, &err) && row && world->wrong[0] == 0) {
        int64_t line = db_int(sums, 0), op = db_int(sums, 1);
        if (!row_of(booth->looks, SQL("SELECT good, bad, held FROM total WHERE line = $1 AND number = $2"), line, op,
                                      &total, &has))
            continue;
        bool is_same = has && db_int(total, 0) == db_int(sums, 2) && db_int(total, 1) == db_int(sums, 3) &&
                       db_int(total, 2) == db_int(sums, 4);
        if (!is_same)
            world_wrong(world, "%s doesn't know what is done on line %lld at operation %lld", booth->folder,
                        (long long)line, (long long)op);
        if (has) db_reset(total);
    }
    db_reset(sums);
}

static void stops_check(struct world *world, const struct booth *booth, struct db *books)
{
    struct db_stmt *stops, *known;
    struct err      err;
    bool            row, has;
    int64_t         standing = 0;
    if (!db_prepare(books, SQL("SELECT line FROM stop WHERE lifted_feed IS NULL"), &stops, &err)) return;
    while (db_step(stops, &row, &err) && row) {
        standing++;
        if (!row_of(booth->looks, SQL("SELECT line FROM stop WHERE line = $1 AND line >= $2"), db_int(stops, 0), 0,
                                      &known, &has))
            continue;
        if (!has)
            world_wrong(world, "%s doesn't know that line %lld is stopped", booth->folder, (long long)db_int(stops, 0));
        if (has) db_reset(known);
    }
    db_reset(stops);
    if (!db_prepare(booth->looks, SQL("SELECT count(*) FROM stop"), &known, &err) || !db_step(known, &row, &err))
        return;
    if (db_int(known, 0) != standing)
        world_wrong(world, "%s knows %lld stops, the books have %lld", booth->folder, (long long)db_int(known, 0),
                    (long long)standing);
    db_reset(known);
}

static void badges_check(struct world *world, const struct booth *booth, struct db *books)
{
    struct db_stmt *badges, *known;
    struct err      err;
    bool            row, has;
    if (!db_prepare(books, SQL("SELECT badge, worker, revoked_feed IS NOT NULL FROM badge"), &badges, &err)) return;
    while (db_step(badges, &row, &err) && row) {
        if (!row_of(booth->looks, SQL("SELECT worker, is_revoked FROM badge WHERE badge = $1 AND worker >= $2"),
                                      db_int(badges, 0), 0, &known, &has))
            continue;
        if (!has || db_int(known, 0) != db_int(badges, 1) || db_int(known, 1) != db_int(badges, 2))
            world_wrong(world, "%s doesn't know whose badge %015lld is", booth->folder, (long long)db_int(badges, 0));
        if (has) db_reset(known);
    }
    db_reset(badges);
}

/* ---- What a worker's own page says behind his PIN: the office's figure. */

static bool office_fen(struct db *books, int32_t worker, int64_t *fen)
{
    struct db_stmt *sum;
    bool            has;
    if (!row_of(books, SQL("SELECT CAST(coalesce(sum(fen), 0) AS BIGINT) FROM day_sum WHERE worker = $1 AND day > $2"),
                           worker, 0, &sum, &has) ||
                !has)
        return false;
    *fen = db_int(sum, 0);
    db_reset(sum);
    return true;
}

static void pay_check(struct world *world, const struct booth *booth, struct db *books)
{
    struct look look = {.station = booth->station, .now_ms = world->now_ms, .day = office_day(world->now_ms)};
    for (int i = 0; i < OFFICE_WORKERS && world->wrong[0] == 0; i++) {
        const struct office_worker *worker = &world->office->workers[i];
        struct found_pay            pay = {0};
        struct err                  err;
        int64_t                     fen = 0;
        if (!look_pay(booth->looks, &look, worker->number, &worker->pair, &pay, &err) || !pay.is_open) continue;
        if (!office_fen(books, worker->number, &fen) || fen != pay.total_fen)
            world_wrong(world, "worker %d has %lld fen at %s, %lld in the office", worker->number,
                        (long long)pay.total_fen, booth->folder, (long long)fen);
        world->figures++;
    }
}

void knows_check(struct world *world, struct db *books)
{
    for (int i = 0; i < world->booths->count && world->wrong[0] == 0; i++) {
        const struct booth *booth = &world->booths->rows[i];
        keeps_check(world, booth);
        totals_check(world, booth, books);
        stops_check(world, booth, books);
        badges_check(world, booth, books);
        if (world->options.is_offline) pay_check(world, booth, books);
    }
    if (world->options.is_offline && world->figures == 0) world_wrong(world, "nobody's pay is at any kiosk");
}
