/* counts.c - what a slice changes of the house's figures: server/books/counts.h. */
#include "server/books/counts.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/utf8.h"

/* FNV-1a over both words; rows of one hash are told apart by their words. */
static uint64_t words_hash(const char *code, const char *shift)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (const char *c = code; *c != 0; c++) hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001B3);
    hash = (hash ^ 0xFF) * UINT64_C(0x100000001B3);
    for (const char *c = shift; *c != 0; c++) hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001B3);
    return hash;
}

struct count_row *counts_row(struct counts *counts, int32_t day, int32_t worker, const char *code, const char *shift)
{
    bool     is_new;
    uint64_t who = (uint64_t)(uint32_t)day << 32 | (uint32_t)worker;
    int64_t *place = map_put(&counts->by_key, who, words_hash(code, shift), &is_new);
    int64_t  first = is_new ? -1 : *place;
    for (int64_t at = first; at >= 0; at = counts->rows[at].next)
        if (strcmp(counts->rows[at].code, code) == 0 && strcmp(counts->rows[at].shift, shift) == 0)
            return &counts->rows[at];
    counts->rows = array_more(counts->rows, counts->count, &counts->cap, sizeof *counts->rows);
    struct count_row *row = &counts->rows[counts->count];
    *row = (struct count_row){.day = day, .worker = worker, .next = first};
    utf8_copy(row->code, sizeof row->code, code);
    utf8_copy(row->shift, sizeof row->shift, shift);
    *place = (int64_t)counts->count++;
    return row;
}

static bool of_all_add(const struct count_row *row, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO op_day (day, code, shift, facts, good, bad, reworked, doors)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                        " ON CONFLICT (day, code, shift) DO UPDATE SET facts = op_day.facts + excluded.facts,"
                        " good = op_day.good + excluded.good, bad = op_day.bad + excluded.bad,"
                        " reworked = op_day.reworked + excluded.reworked, doors = op_day.doors + excluded.doors"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->day);
    db_bind_text(stmt, 2, row->code);
    db_bind_text(stmt, 3, row->shift);
    db_bind_int(stmt, 4, row->facts);
    db_bind_int(stmt, 5, row->good);
    db_bind_int(stmt, 6, row->bad);
    db_bind_int(stmt, 7, row->reworked);
    db_bind_int(stmt, 8, row->doors);
    return db_run(stmt, err);
}

static bool of_hand_add(const struct count_row *row, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO hand_day (day, worker, code, facts, good, bad, reworked, fen)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                        " ON CONFLICT (day, worker, code) DO UPDATE SET facts = hand_day.facts + excluded.facts,"
                        " good = hand_day.good + excluded.good, bad = hand_day.bad + excluded.bad,"
                        " reworked = hand_day.reworked + excluded.reworked, fen = hand_day.fen + excluded.fen"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->day);
    db_bind_int(stmt, 2, row->worker);
    db_bind_text(stmt, 3, row->code);
    db_bind_int(stmt, 4, row->facts);
    db_bind_int(stmt, 5, row->good);
    db_bind_int(stmt, 6, row->bad);
    db_bind_int(stmt, 7, row->reworked);
    db_bind_int(stmt, 8, row->fen);
    return db_run(stmt, err);
}

static bool of_all_drop(const struct count_row *row, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM op_day WHERE day = $1 AND code = $2 AND shift = $3 AND facts = 0 AND good = 0"
                        " AND bad = 0 AND reworked = 0 AND doors = 0"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->day);
    db_bind_text(stmt, 2, row->code);
    db_bind_text(stmt, 3, row->shift);
    return db_run(stmt, err);
}

static bool of_hand_drop(const struct count_row *row, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM hand_day WHERE day = $1 AND worker = $2 AND code = $3 AND facts = 0"
                        " AND good = 0 AND bad = 0 AND reworked = 0 AND fen = 0"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, row->day);
    db_bind_int(stmt, 2, row->worker);
    db_bind_text(stmt, 3, row->code);
    return db_run(stmt, err);
}

static bool is_empty(const struct count_row *row)
{
    return row->facts == 0 && row->good == 0 && row->bad == 0 && row->reworked == 0 && row->doors == 0 && row->fen == 0;
}

bool counts_write(const struct counts *counts, struct db *db, struct err *err)
{
    for (size_t i = 0; i < counts->count; i++) {
        const struct count_row *row = &counts->rows[i];
        bool                    is_of_all = row->worker == COUNTS_NOBODY;
        if (row->worker == 0 || is_empty(row)) continue;
        if (!(is_of_all ? of_all_add : of_hand_add)(row, db, err)) return false;
        bool is_less =
            row->facts < 0 || row->good < 0 || row->bad < 0 || row->reworked < 0 || row->doors < 0 || row->fen < 0;
        if (is_less && !(is_of_all ? of_all_drop : of_hand_drop)(row, db, err)) return false;
    }
    return true;
}

void counts_clear(struct counts *counts)
{
    counts->count = 0;
    map_clear(&counts->by_key);
}

void counts_free(struct counts *counts)
{
    free(counts->rows);
    map_free(&counts->by_key);
    *counts = (struct counts){0};
}
