/* place.c - where this kiosk stands with the server: kiosk/keep/place.h. Takes and gives the one row of that table. */
#include "kiosk/keep/place.h"

#include <assert.h>

#include "kiosk/keep/row.h"

bool place_open(struct db *db, int64_t floor_ms, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO place (one, dealt_counter, dealt_random, seen_counter, seen_random, seen_run,"
                        " seen_feed, is_whole, heard_ms, floor_ms)"
                        " VALUES (1, 0, 0, 0, 0, 0, 0, 0, -1, $1) ON CONFLICT (one) DO NOTHING"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, floor_ms);
    return db_run(stmt, err);
}

bool place_read(struct db *db, struct place *place, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db,
                    SQL("SELECT dealt_counter, dealt_random, seen_counter, seen_random, seen_run, seen_feed, is_whole,"
                        " heard_ms, floor_ms FROM place"),
                        &stmt, err) ||
                    !db_step(stmt, &row, err))
        return false;
    assert(row); /* place_open() made it */
    *place = (struct place){
        .dealt = {(uint32_t)db_int(stmt, 0), (uint64_t)db_int(stmt, 1)},
        .seen = {.server = {(uint32_t)db_int(stmt, 2), (uint64_t)db_int(stmt, 3)},
                  .run = (uint64_t)db_int(stmt, 4),
                  .feed = db_int(stmt, 5)},
        .is_whole = db_int(stmt, 6) != 0,
        .heard_ms = db_int(stmt, 7),
        .floor_ms = db_int(stmt, 8),
    };
    db_reset(stmt);
    return true;
}

bool place_write_dealt(struct db *db, struct epoch dealt, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("UPDATE place SET dealt_counter = $1, dealt_random = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, dealt.counter);
    db_bind_int(stmt, 2, (int64_t)dealt.random);
    return db_run(stmt, err);
}

bool place_write_seen(struct db *db, const struct event_seen *seen, bool is_whole, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("UPDATE place SET seen_counter = $1, seen_random = $2, seen_run = $3, seen_feed = $4,"
                        " is_whole = $5"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, seen->server.counter);
    db_bind_int(stmt, 2, (int64_t)seen->server.random);
    db_bind_int(stmt, 3, (int64_t)seen->run);
    db_bind_int(stmt, 4, seen->feed);
    db_bind_int(stmt, 5, is_whole);
    return db_run(stmt, err);
}

bool place_write_heard(struct db *db, int64_t heard_ms, struct err *err)
{
    return row_run_int(db, SQL("UPDATE place SET heard_ms = $1"), heard_ms, err);
}

bool place_write_floor(struct db *db, int64_t floor_ms, struct err *err)
{
    return row_run_int(db, SQL("UPDATE place SET floor_ms = $1"), floor_ms, err);
}
