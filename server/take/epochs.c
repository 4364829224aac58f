/* epochs.c - the lives of this server: server/take/epochs.h. */
#include "server/take/epochs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

static void known_add(struct epochs *epochs, struct epoch epoch)
{
    epochs->known = array_more(epochs->known, epochs->count, &epochs->room, sizeof *epochs->known);
    epochs->known[epochs->count++] = epoch;
}

bool epochs_read(struct db *db, struct epochs *epochs, struct err *err)
{
    struct db_stmt *stmt;
    bool            has_row;
    if (!db_prepare(db, SQL("SELECT counter, random FROM server_epoch ORDER BY opened_ms, counter"), &stmt, err))
        return false;
    struct epoch newest = {0, 0};
    while (db_step(stmt, &has_row, err)) {
        if (!has_row) {
            epochs->now = epochs->committed = newest;
            return true;
        }
        struct epoch epoch = (struct epoch){(uint32_t)db_int(stmt, 0), (uint64_t)db_int(stmt, 1)};
        known_add(epochs, epoch);
        if (epoch_compare(epoch, newest) > 0) newest = epoch;
    }
    return false;
}

void epochs_free(struct epochs *epochs)
{
    free(epochs->known);
    free(epochs->runs);
}

bool epochs_open(struct db *db, struct epochs *epochs, uint32_t above, const char *why, int64_t after, int64_t now_ms,
                 struct err *err)
{
    struct db_stmt *stmt;
    struct epoch    fresh = {.counter = above + 1};
#ifdef PLANT_SAME_EPOCH /* a server that was set back goes on under its old name */
    if (epochs->count > 0) return true;
#endif
    chain_random(&fresh.random, sizeof fresh.random);
    if (!db_prepare(
            db, SQL("INSERT INTO server_epoch (counter, random, opened_ms, why, after) VALUES ($1, $2, $3, $4, $5)"),
                    &stmt, err))
        return false;
    db_bind_int(stmt, 1, fresh.counter);
    db_bind_int(stmt, 2, (int64_t)fresh.random);
    db_bind_int(stmt, 3, now_ms);
    db_bind_text(stmt, 4, why);
    db_bind_int(stmt, 5, after);
    if (!db_run(stmt, err)) return false;
    epochs->now = fresh;
    return true;
}

void epochs_committed(struct epochs *epochs)
{
    if (epoch_compare(epochs->now, epochs->committed) != 0) known_add(epochs, epochs->now);
    epochs->committed = epochs->now;
    if (epochs->is_opening_back) epochs->back = epochs->now;
    epochs->is_opening_back = false;
}

void epochs_rolled_back(struct epochs *epochs)
{
    epochs->now = epochs->committed;
    epochs->is_opening_back = false;
}

void epochs_runs(struct epochs *epochs, uint64_t run, const struct take_run *runs, size_t n)
{
    assert(n > 0);
    epochs->runs = realloc(epochs->runs, n * sizeof *runs);
    if (epochs->runs == NULL) abort();
    memcpy(epochs->runs, runs, n * sizeof *runs);
    epochs->run_count = n;
    epochs->run = run;
}

static bool epoch_is_known(const struct epochs *epochs, struct epoch epoch)
{
    for (size_t i = 0; i < epochs->count; i++)
        if (epoch_compare(epochs->known[i], epoch) == 0) return true;
    return false;
}

/* The last number of a start: the next one begins behind it. Starts that made no number share their first one, in
 * whatever order they stand: the clock that ordered them may have been wrong. */
static int64_t run_end(const struct epochs *epochs, const struct take_run *run)
{
    if (run->run == epochs->run) return epochs->feed;
    for (size_t i = 0; i < epochs->run_count; i++)
        if (epochs->runs[i].first_feed > run->first_feed) return epochs->runs[i].first_feed - 1;
    return epochs->feed;
}

/* Has the kiosk seen a start of this server, or a number of it, that the books don't know? */
static bool is_seen_unknown(const struct epochs *epochs, const struct batch *batch)
{
    if (batch->run == 0 || epochs->run_count == 0) return false;
    for (size_t i = 0; i < epochs->run_count; i++)
        if (epochs->runs[i].run == batch->run) return batch->feed > run_end(epochs, &epochs->runs[i]);
    return true;
}

bool epochs_are_behind(const struct epochs *epochs, struct strands *strands, const struct strand *strand,
                       const struct batch *batch, struct versions *versions, bool *are, struct err *err)
{
    const struct mark *acked = &batch->acked;
    *are = false;
    if (strand->has_opened || epoch_is_none(batch->server)) return true;
    if (epoch_compare(batch->server, epochs->back) == 0) return true;
    int order = epoch_compare(batch->server, epochs->now);
    if (order != 0) {
        *are = order > 0 && !epoch_is_known(epochs, batch->server);
        return true;
    }
    *are = acked->seq >= strand->next || is_seen_unknown(epochs, batch);
    if (*are || acked->seq == 0 || acked->seq != strand->end.seq || hash_equal(&acked->hash, &strand->end.hash))
        return true;
    if (!strands_versions(strands, strand, acked->seq, acked->seq, versions, err)) return false;
    *are = !versions_have(versions, acked->seq, &acked->hash);
    return true;
}
