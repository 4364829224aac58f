/* strands.c - what the inbox holds of each strand: strands.h. */
#include "server/take/strands.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "server/take/batch.h"

/* A row of the inbox, without its bytes. */
struct row {
    uint64_t     kiosk;
    struct epoch epoch;
    int64_t      first, last, number;
};

struct rows {
    size_t      count, cap;
    struct row *rows;
};

struct strands {
    struct db      *db;
    struct strand **table; /* open addressing; room is a power of two */
    size_t          room, count;
    struct rows     tail;           /* rows that aren't in place yet, in order of number */
    size_t          tail_committed; /* so many of them are committed */
    bool            is_placed;      /* the open transaction put the whole tail into place */
    int64_t         end, end_committed;
    struct rows     near; /* scratch */
};

static void rows_add(struct rows *rows, const struct row *row)
{
    rows->rows = array_more(rows->rows, rows->count, &rows->cap, sizeof *row);
    rows->rows[rows->count++] = *row;
}

static bool row_is_of(const struct row *row, const struct strand *strand)
{
    return row->kiosk == strand->kiosk && epoch_compare(row->epoch, strand->epoch) == 0;
}

/* ---------------------------------------------------------------------------------------------------- the table */

static size_t slot_of(const struct strands *strands, uint64_t kiosk, struct epoch epoch)
{
    uint64_t mix = (kiosk ^ (epoch.random + epoch.counter)) * UINT64_C(0x9E3779B97F4A7C15);
    size_t   slot = (size_t)(mix >> 32) & (strands->room - 1);
    for (; strands->table[slot] != NULL; slot = (slot + 1) & (strands->room - 1)) {
        const struct strand *there = strands->table[slot];
        if (there->kiosk == kiosk && epoch_compare(there->epoch, epoch) == 0) break;
    }
    return slot;
}

static void table_grow(struct strands *strands)
{
    struct strand **old = strands->table;
    size_t          old_room = strands->room;
    strands->room = old_room == 0 ? 256 : old_room * 2;
    strands->table = calloc(strands->room, sizeof(struct strand *));
    if (strands->table == NULL) abort();
    for (size_t i = 0; i < old_room; i++)
        if (old[i] != NULL) strands->table[slot_of(strands, old[i]->kiosk, old[i]->epoch)] = old[i];
    free(old);
}

static void table_clear(struct strands *strands)
{
    for (size_t i = 0; i < strands->room; i++) {
        free(strands->table[i]);
        strands->table[i] = NULL;
    }
    strands->count = 0;
}

/* ---------------------------------------------------------------------------------------------------- reading rows */

static bool tail_read(struct strands *strands, struct err *err)
{
    struct db_stmt *stmt;
    bool            has_row;
    if (!db_prepare(strands->db,
                    SQL("SELECT kiosk, epoch_counter, epoch_random, first_seq, last_seq, number, count FROM inbox"
                        " WHERE number > (SELECT up_to FROM placed WHERE only_row = 1) ORDER BY number"),
                        &stmt, err))
        return false;
    while (db_step(stmt, &has_row, err)) {
        if (!has_row) return true;
        struct row row = {
            .kiosk = (uint64_t)db_int(stmt, 0),
            .epoch = {(uint32_t)db_int(stmt, 1), (uint64_t)db_int(stmt, 2)},
            .first = db_int(stmt, 3),
            .last = db_int(stmt, 4),
            .number = db_int(stmt, 5)
        };
        rows_add(&strands->tail, &row);
    }
    return false;
}

static bool end_read(struct strands *strands, struct err *err)
{
    struct db_stmt *stmt;
    bool            has_row;
    if (!db_prepare(strands->db, SQL("SELECT number, count FROM inbox ORDER BY number DESC LIMIT 1"), &stmt, err))
        return false;
    if (!db_step(stmt, &has_row, err)) return false;
    strands->end = has_row ? db_int(stmt, 0) + db_int(stmt, 1) - 1 : 0;
    strands->end_committed = strands->end;
    db_reset(stmt);
    return true;
}

static void near_add(struct strands *strands, const struct strand *strand, struct db_stmt *stmt)
{
    struct row row = {strand->kiosk, strand->epoch, db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2)};
    rows_add(&strands->near, &row);
}

static void strand_bind(struct db_stmt *stmt, const struct strand *strand)
{
    db_bind_int(stmt, 1, (int64_t)strand->kiosk);
    db_bind_int(stmt, 2, strand->epoch.counter);
    db_bind_int(stmt, 3, (int64_t)strand->epoch.random);
}

/* Placed rows of a strand that begin at most at hi, from high to low, while they begin above `above`, and the first one
 * below that: a gap may reach far. */
static bool near_placed(struct strands *strands, const struct strand *strand, int64_t above, int64_t hi,
                        struct err *err)
{
    struct db_stmt *stmt;
    bool            has_row;
    if (!db_prepare(strands->db,
                    SQL("SELECT first_seq, last_seq, number FROM place WHERE kiosk = $1 AND epoch_counter = $2"
                        " AND epoch_random = $3 AND first_seq <= $4 ORDER BY first_seq DESC, number DESC"),
                        &stmt, err))
        return false;
    strand_bind(stmt, strand);
    db_bind_int(stmt, 4, hi);
    while (db_step(stmt, &has_row, err)) {
        if (!has_row) return true;
        near_add(strands, strand, stmt);
        if (db_int(stmt, 0) <= above) {
            db_reset(stmt);
            return true;
        }
    }
    return false;
}

/* All rows that may hold one of the numbers lo to hi (a row has 500 events at most). */
static bool near_find(struct strands *strands, const struct strand *strand, int64_t lo, int64_t hi, struct err *err)
{
    strands->near.count = 0;
    if (!near_placed(strands, strand, lo - BATCH_EVENTS_MAX, hi, err)) return false;
    for (size_t i = 0; i < strands->tail.count; i++) {
        const struct row *row = &strands->tail.rows[i];
        if (row_is_of(row, strand) && row->first <= hi && row->last >= lo) rows_add(&strands->near, row);
    }
    return true;
}

/* Bytes of a row; they live until the statement is used again. */
static bool bytes_read(struct strands *strands, int64_t number, struct db_stmt **stmt, const char **bytes, size_t *len,
                       struct err *err)
{
    bool has_row;
    *bytes = "";
    *len = 0;
    if (!db_prepare(strands->db, SQL("SELECT bytes FROM inbox WHERE number = $1"), stmt, err)) return false;
    db_bind_int(*stmt, 1, number);
    if (!db_step(*stmt, &has_row, err)) return false;
    if (!has_row) return err_set(err, ERR_DAMAGED, say_int(SAY("take.damaged"), number));
    *bytes = db_blob(*stmt, 0, len);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- ends */

/* The longest branch; of two as long the one that came first. */
static const struct row *longest(const struct rows *rows)
{
    const struct row *best = NULL;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->rows[i];
        if (best == NULL || row->last > best->last || (row->last == best->last && row->number < best->number))
            best = row;
    }
    return best;
}

static void end_set(struct strand *strand, int64_t seq, int64_t last, const struct hash *name, bool is_gap,
                    const struct hash *gap_next)
{
    strand->end = (struct mark){strand->epoch, seq, *name};
    strand->next = last + 1;
    strand->is_gap = is_gap;
    strand->gap_next = is_gap ? *gap_next : (struct hash){{0}};
}

/* The end of the row's last line. */
static bool end_load(struct strands *strands, struct strand *strand, const struct row *row, struct err *err)
{
    struct db_stmt *stmt;
    const char     *bytes = "\n";
    size_t          len = 1;
    if (!bytes_read(strands, row->number, &stmt, &bytes, &len, err)) return false;
    const char *at = bytes, *end = bytes + len;
    int64_t     seq = row->first, to;
    struct hash next;
    for (const char *lf; (lf = memchr(at, '\n', (size_t)(end - at))) != NULL && lf + 1 < end; at = lf + 1) seq++;
    size_t      line = (size_t)(end - at) - 1;
    struct hash name = hash_of(at, line);
    bool        is_gap = seq == row->first && batch_line_is_gap(at, line, &to, &next);
    end_set(strand, seq, row->last, &name, is_gap, &next);
    db_reset(stmt);
    return true;
}

static bool strand_load(struct strands *strands, struct strand *strand, struct err *err)
{
    struct hash first = chain_first(strand->kiosk, strand->epoch);
    end_set(strand, 0, 0, &first, false, NULL);
    if (!near_find(strands, strand, INT64_MAX, INT64_MAX, err))
        return false; /* the newest placed row, none of the tail */
    int64_t newest = strands->near.count == 0 ? 0 : strands->near.rows[0].first;
    for (size_t i = 0; i < strands->tail.count; i++) {
        const struct row *row = &strands->tail.rows[i];
        if (row_is_of(row, strand) && row->first > newest) newest = row->first;
    }
    if (newest == 0) return true;
    if (!near_find(strands, strand, newest - BATCH_EVENTS_MAX, INT64_MAX - 1, err)) return false;
    return end_load(strands, strand, longest(&strands->near), err);
}

bool strands_of(struct strands *strands, uint64_t kiosk, struct epoch epoch, struct strand **strand, struct err *err)
{
    if (strands->count * 2 >= strands->room) table_grow(strands);
    size_t slot = slot_of(strands, kiosk, epoch);
    if (strands->table[slot] == NULL) {
        struct strand *made = calloc(1, sizeof *made);
        if (made == NULL) abort();
        made->kiosk = kiosk;
        made->epoch = epoch;
        if (!strand_load(strands, made, err)) {
            free(made);
            return false;
        }
        strands->table[slot] = made;
        strands->count++;
    }
    *strand = strands->table[slot];
    return true;
}

/* ---------------------------------------------------------------------------------------------------- adding */

bool strands_add(struct strands *strands, struct strand *strand, const struct strand_row *row, int64_t now_ms,
                 struct err *err)
{
    struct db_stmt *stmt;
    struct row      tail = {strand->kiosk, strand->epoch, row->first, row->last, strands->end + 1};
    if (!db_prepare(strands->db,
                    SQL("INSERT INTO inbox (kiosk, epoch_counter, epoch_random, number, first_seq, count, last_seq,"
                        " taken_ms, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                        &stmt, err))
        return false;
    strand_bind(stmt, strand);
    db_bind_int(stmt, 4, tail.number);
    db_bind_int(stmt, 5, row->first);
    db_bind_int(stmt, 6, row->count);
    db_bind_int(stmt, 7, row->last);
    db_bind_int(stmt, 8, now_ms);
    db_bind_blob(stmt, 9, row->bytes, row->len);
    if (!db_run(stmt, err)) return false;
    rows_add(&strands->tail, &tail);
    strands->end += row->count;
    if (row->last >= strand->next)
        end_set(strand, row->first + row->count - 1, row->last, &row->name, row->is_gap, &row->gap_next);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- versions */

static void versions_add(struct versions *versions, int64_t seq, const char *line, size_t len)
{
    versions->rows = array_more(versions->rows, versions->count, &versions->cap, sizeof *versions->rows);
    versions->rows[versions->count++] = (struct version){seq, hash_of(line, len)};
}

/* A gap stands under its last number too: what follows it continues that one. */
static void versions_add_gap(struct versions *versions, const struct row *row, int64_t lo, int64_t hi, const char *line,
                             size_t len)
{
    const char *lf = memchr(line, '\n', len);
    bool        is_gap = row->last > row->first && lf == line + len - 1;
    if (is_gap && row->last >= lo && row->last <= hi) versions_add(versions, row->last, line, len - 1);
}

bool strands_versions(struct strands *strands, const struct strand *strand, int64_t lo, int64_t hi,
                      struct versions *versions, struct err *err)
{
    versions->count = 0;
    if (!near_find(strands, strand, lo, hi, err)) return false;
    for (size_t i = 0; i < strands->near.count; i++) {
        struct db_stmt *stmt;
        const char     *at = "", *lf;
        size_t          len = 0;
        int64_t         seq = strands->near.rows[i].first;
        if (strands->near.rows[i].last < lo) continue;
#ifdef PLANT_DEDUPE_PRUNED /* only what came lately is known again */
        if (strands->near.rows[i].number + 50 < strands_end(strands)) continue;
#endif
        if (!bytes_read(strands, strands->near.rows[i].number, &stmt, &at, &len, err)) return false;
        versions_add_gap(versions, &strands->near.rows[i], lo, hi, at, len);
        for (const char *end = at + len; seq <= hi && (lf = memchr(at, '\n', (size_t)(end - at))) != NULL;
             at = lf + 1) {
            if (seq >= lo) versions_add(versions, seq, at, (size_t)(lf - at));
            seq++;
        }
        db_reset(stmt);
    }
    return true;
}

bool versions_have(const struct versions *versions, int64_t seq, const struct hash *name)
{
    for (size_t i = 0; i < versions->count; i++)
        if (versions->rows[i].seq == seq && hash_equal(&versions->rows[i].name, name)) return true;
    return false;
}

bool versions_differ(const struct versions *versions, int64_t seq, const struct hash *name)
{
    for (size_t i = 0; i < versions->count; i++)
        if (versions->rows[i].seq == seq && !hash_equal(&versions->rows[i].name, name)) return true;
    return false;
}

void versions_free(struct versions *versions)
{
    free(versions->rows);
    *versions = (struct versions){0, 0, NULL};
}

/* ---------------------------------------------------------------------------------------------------- the index */

int64_t strands_end(const struct strands *strands)
{
    return strands->end;
}

size_t strands_unplaced(const struct strands *strands)
{
    return strands->tail.count;
}

static int compare_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* The order of the index, so that each of its pages is written once. */
static int row_compare(const void *one, const void *other)
{
    const struct row *a = one, *b = other;
    int               order = compare_int((int64_t)a->kiosk, (int64_t)b->kiosk);
    if (order == 0) order = compare_int(a->epoch.counter, b->epoch.counter);
    if (order == 0) order = compare_int((int64_t)a->epoch.random, (int64_t)b->epoch.random);
    if (order == 0) order = compare_int(a->first, b->first);
    return order != 0 ? order : compare_int(a->number, b->number);
}

static bool place_write(struct strands *strands, const struct row *row, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(strands->db,
                    SQL("INSERT INTO place (kiosk, epoch_counter, epoch_random, first_seq, last_seq, number)"
                        " VALUES ($1, $2, $3, $4, $5, $6)"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, (int64_t)row->kiosk);
    db_bind_int(stmt, 2, row->epoch.counter);
    db_bind_int(stmt, 3, (int64_t)row->epoch.random);
    db_bind_int(stmt, 4, row->first);
    db_bind_int(stmt, 5, row->last);
    db_bind_int(stmt, 6, row->number);
    return db_run(stmt, err);
}

bool strands_place(struct strands *strands, struct err *err)
{
    struct db_stmt *stmt;
    struct rows    *sorted = &strands->near;
    assert(!strands->is_placed);
    sorted->count = 0;
    for (size_t i = 0; i < strands->tail.count; i++) rows_add(sorted, &strands->tail.rows[i]);
    if (sorted->count > 0) qsort(sorted->rows, sorted->count, sizeof *sorted->rows, row_compare);
    for (size_t i = 0; i < sorted->count; i++)
        if (!place_write(strands, &sorted->rows[i], err)) return false;
    if (!db_prepare(strands->db, SQL("UPDATE placed SET up_to = $1 WHERE only_row = 1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, strands->end);
    if (!db_run(stmt, err)) return false;
    strands->is_placed = true;
    return true;
}

void strands_committed(struct strands *strands)
{
    if (strands->is_placed) strands->tail.count = 0;
    strands->is_placed = false;
    strands->tail_committed = strands->tail.count;
    strands->end_committed = strands->end;
}

void strands_rolled_back(struct strands *strands)
{
    strands->is_placed = false;
    strands->tail.count = strands->tail_committed;
    strands->end = strands->end_committed;
    table_clear(strands);
}

/* ---------------------------------------------------------------------------------------------------- open, close */

bool strands_open(struct db *db, struct strands **strands, struct err *err)
{
    struct strands *made = calloc(1, sizeof *made);
    if (made == NULL) abort();
    made->db = db;
    if (!end_read(made, err) || !tail_read(made, err)) {
        strands_close(made);
        return false;
    }
    made->tail_committed = made->tail.count;
    *strands = made;
    return true;
}

void strands_close(struct strands *strands)
{
    if (strands == NULL) return;
    table_clear(strands);
    free(strands->table);
    free(strands->tail.rows);
    free(strands->near.rows);
    free(strands);
}
