/* chains.c - where each kiosk's chain stands in the books: server/books/chains.h. */
#include "server/books/chains.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/json.h"

/* The map knows two numbers: a counter that was given twice has another random number. */
static uint64_t epoch_key(struct epoch epoch)
{
    return epoch.random ^ (uint64_t)epoch.counter * UINT64_C(0x9E3779B97F4A7C15);
}

static struct chain_mark *mark_of(struct chains *chains, uint64_t kiosk, struct epoch epoch)
{
    bool     is_new;
    int64_t *place = map_put(&chains->by_chain, kiosk, epoch_key(epoch), &is_new);
    if (is_new) {
        chains->marks = array_more(chains->marks, chains->mark_count, &chains->mark_cap, sizeof *chains->marks);
        chains->marks[chains->mark_count] =
            (struct chain_mark){.kiosk = kiosk, .epoch = epoch, .seq = 0, .day = INT32_MIN};
        *place = (int64_t)chains->mark_count++;
    }
    return &chains->marks[*place];
}

static struct epoch epoch_at(struct db_stmt *stmt, int column)
{
    return (struct epoch){(uint32_t)db_int(stmt, column), (uint64_t)db_int(stmt, column + 1)};
}

static bool marks_read(struct chains *chains, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT kiosk, epoch_counter, epoch_random, seq, day, taken_ms FROM kiosk_mark"), &stmt,
                            err))
        return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct chain_mark *mark = mark_of(chains, (uint64_t)db_int(stmt, 0), epoch_at(stmt, 1));
        mark->seq = db_int(stmt, 3);
        mark->day = (int32_t)db_int(stmt, 4);
        mark->taken_ms = db_int(stmt, 5);
        if (mark->day > chains->newest_day) chains->newest_day = mark->day;
    }
}

static bool runs_read(struct chains *chains, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT run, epoch_counter, epoch_random, first_feed FROM run ORDER BY number"), &stmt,
                            err))
        return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (chains->run_count > 0) chains->runs[chains->run_count - 1].last_feed = db_int(stmt, 3) - 1;
        chains->runs = array_more(chains->runs, chains->run_count, &chains->run_cap, sizeof *chains->runs);
        chains->runs[chains->run_count++] =
            (struct run_row){.run = (uint64_t)db_int(stmt, 0), .server = epoch_at(stmt, 1), .last_feed = INT64_MAX};
    }
}

static bool rules_read(struct chains *chains, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT from_number, rule FROM day_rule ORDER BY from_number"), &stmt, err)) return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct rule_row new = {.from_number = db_int(stmt, 0)};
        const char *json = db_text(stmt, 1);
        if (!chains_rule_read(json, strlen(json), &new.rule, err)) return false;
        chains->rules = array_more(chains->rules, chains->rule_count, &chains->rule_cap, sizeof *chains->rules);
        chains->rules[chains->rule_count++] = new;
    }
}

static bool signed_in_read(struct chains *chains, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_new;
    if (!db_prepare(db, SQL("SELECT worker, kiosk, day FROM worker_kiosk"), &stmt, err)) return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        *map_put(&chains->signed_in, (uint64_t)db_int(stmt, 0), (uint64_t)db_int(stmt, 1), &is_new) = db_int(stmt, 2);
    }
}

bool chains_read(struct chains *chains, struct db *db, struct err *err)
{
    if (chains->is_read) return true;
    chains_forget(chains);
    chains->first = day_rule_default();
    if (!marks_read(chains, db, err) || !runs_read(chains, db, err) || !rules_read(chains, db, err) ||
        !signed_in_read(chains, db, err))
        return false;
    chains->is_read = true;
    return true;
}

void chains_forget(struct chains *chains)
{
    chains->is_read = false;
    chains->mark_count = chains->run_count = chains->rule_count = 0;
    chains->newest_day = 0;
    map_clear(&chains->by_chain);
    map_clear(&chains->signed_in);
}

void chains_free(struct chains *chains)
{
    free(chains->marks);
    free(chains->runs);
    free(chains->rules);
    map_free(&chains->by_chain);
    map_free(&chains->signed_in);
}

/* ---------------------------------------------------------------------------------------------------- the day rule */

static bool shift_read(const struct json *row, struct shift *shift)
{
    const char *name = json_text(json_at(row, 0), "");
    int64_t     start = json_int(json_at(row, 1), -1), end = json_int(json_at(row, 2), -1);
    if (name[0] == 0 || strlen(name) >= sizeof shift->name) return false;
    if (start < 0 || start >= 1440 || end <= start || end > 2880) return false;
    memset(shift, 0, sizeof *shift);
    memcpy(shift->name, name, strlen(name));
    shift->start_min = (int16_t)start;
    shift->end_min = (int16_t)end;
    return true;
}

/* Of this kind where it is there at all. */
static bool is_kind(const struct json *object, const char *key, enum json_kind kind)
{
    const struct json *value = json_get(object, key);
    return value == NULL || json_kind_of(value) == kind;
}

static bool rule_fill(const struct json *object, struct day_rule *rule)
{
    const struct json *shifts = json_get(object, "shifts");
    if (!is_kind(object, "offset_min", JSON_INT) || !is_kind(object, "day_start_min", JSON_INT) ||
        !is_kind(object, "shifts", JSON_LIST))
        return false;
    int64_t offset = json_int(json_get(object, "offset_min"), rule->offset_min);
    int64_t start = json_int(json_get(object, "day_start_min"), rule->day_start_min);
    size_t  count = json_count(shifts);
    if (offset < -720 || offset > 840 || start < 0 || start >= 1440 || count > CLOCK_SHIFTS_MAX) return false;
    rule->offset_min = (int32_t)offset;
    rule->day_start_min = (int16_t)start;
    rule->count = (int)count;
    for (int i = 0; i < rule->count; i++) {
        if (!shift_read(json_at(shifts, (size_t)i), &rule->shifts[i])) return false;
        if (i > 0 && rule->shifts[i].start_min <= rule->shifts[i - 1].start_min) return false;
    }
    return true;
}

bool chains_rule_read(const char *json, size_t len, struct day_rule *rule, struct err *err)
{
    struct day_rule new = day_rule_default();
    struct json *object = json_read(json, len, err);
    if (object == NULL) return false;
    bool is_good = rule_fill(object, &new);
    json_free(object);
    if (!is_good) return err_set(err, ERR_INPUT, SAY("books.day_rule"));
    *rule = new;
    return true;
}

const struct day_rule *chains_rule(const struct chains *chains, int64_t number)
{
    for (size_t i = chains->rule_count; i > 0; i--)
        if (chains->rules[i - 1].from_number <= number) return &chains->rules[i - 1].rule;
    return &chains->first;
}

/* ---------------------------------------------------------------------------------------------------- places */

int64_t chains_seen(const struct chains *chains, const struct event_seen *seen)
{
    if (epoch_is_none(seen->server)) return 0;
    for (size_t i = chains->run_count; i > 0; i--) {
        const struct run_row *run = &chains->runs[i - 1];
        if (run->run != seen->run) continue;
        return epoch_compare(run->server, seen->server) == 0 && seen->feed <= run->last_feed ? seen->feed : -1;
    }
    return -1;
}

/* Events wait on a kiosk for a long time, but not for longer than this. */
enum { AWAY_DAYS = 400 };

/* A day is bounded below by that of the event before it. Where none is before it (an event of a parted history has none
 * here either), one that was left out, or that of a clock without a battery, is the day of taking. */
struct chain_place chains_take(struct chains *chains, const struct chain_line *line)
{
    struct chain_place  place;
    const struct event *event = line->event;
    struct chain_mark  *mark = mark_of(chains, line->kiosk, line->epoch);
    int32_t             taken_day = day_of(chains_rule(chains, line->number), line->taken_ms, NULL);
    int32_t             written_day = event != NULL ? event->shift_day : taken_day;
    bool                is_back =
        event != NULL && (event->by != 0 || event->kind == EVENT_BIND ||
                          (event->kiosk == 0 && (event->kind == EVENT_DAYWORK || event->kind == EVENT_CORRECT)));
    place.is_fork = line->seq <= mark->seq;
    int32_t previous = place.is_fork || is_back ? INT32_MIN : mark->day;
    if (previous == INT32_MIN && written_day < taken_day - AWAY_DAYS) previous = taken_day;
    place.day = day_bound(written_day, previous, taken_day, &place.is_moved);
    if (!place.is_fork) {
        bool is_gap = event != NULL && event->kind == EVENT_GAP && event->gap_to > line->seq;
        mark->seq = is_gap ? event->gap_to : line->seq;
        if (!is_back) mark->day = place.day;
        if (mark->day > chains->newest_day) chains->newest_day = mark->day;
        mark->taken_ms = line->taken_ms;
        mark->is_dirty = true;
    }
    return place;
}

static bool mark_write(const struct chain_mark *mark, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO kiosk_mark (kiosk, epoch_counter, epoch_random, seq, day, taken_ms)"
                        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kiosk, epoch_counter, epoch_random)"
                        " DO UPDATE SET seq = excluded.seq, day = excluded.day, taken_ms = excluded.taken_ms"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, (int64_t)mark->kiosk);
    db_bind_int(stmt, 2, mark->epoch.counter);
    db_bind_int(stmt, 3, (int64_t)mark->epoch.random);
    db_bind_int(stmt, 4, mark->seq);
    db_bind_int(stmt, 5, mark->day);
    db_bind_int(stmt, 6, mark->taken_ms);
    return db_run(stmt, err);
}

bool chains_write(struct chains *chains, struct db *db, struct err *err)
{
    for (size_t i = 0; i < chains->mark_count; i++) {
        if (!chains->marks[i].is_dirty) continue;
        if (!mark_write(&chains->marks[i], db, err)) return false;
        chains->marks[i].is_dirty = false;
    }
    return true;
}
