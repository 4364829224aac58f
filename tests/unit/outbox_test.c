/* outbox_test.c - events are kept, numbered, chained, sent again from any mark, and pruned only when they may go.
 * links: kiosk_keep core */
#include <string.h>

#include "core/embed.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/place.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define NOW INT64_C(1796000000000)
#define DAY_MS (INT64_C(24) * 3600 * 1000)

static struct db     *db;
static struct outbox *outbox;
static struct err     err;

static void good(bool is_good)
{
    if (!is_good) print_error("%s\n", err.say.id);
    assert_true(is_good);
}

static void open_at(const char *name)
{
    good(db_open(folder_path(name), DB_WRITE, NULL, &db, &err));
    good(db_migrate(db, embed_kiosk_schema, &err));
    good(place_open(db, 0, &err));
    good(outbox_open(db, &outbox, &err));
    outbox_now(outbox, NOW);
}

static void shut(void)
{
    outbox_close(outbox);
    db_close(db);
    outbox = NULL;
    db = NULL;
}

static int start(void **state)
{
    (void)state;
    err = (struct err){0};
    if (folder_make() != 0 || !chain_init(&err)) return 1;
    open_at("a.db");
    return 0;
}

static int end(void **state)
{
    (void)state;
    shut();
    return folder_end();
}

static void again(void)
{
    shut();
    open_at("a.db");
}

static struct hash save(int32_t count)
{
    struct event event = {.kind = EVENT_REPORT, .count = count, .wall_ms = NOW, .shift_day = 20000};
    struct hash  name;
    good(outbox_save(outbox, &event, &name, &err));
    return name;
}

static void save_many(int count)
{
    for (int i = 0; i < count; i++) save(i + 1);
}

static struct mark mark_at(int64_t seq)
{
    struct db_stmt *stmt;
    bool            row;
    struct mark     mark = {.epoch = outbox_epoch(outbox), .seq = seq};
    size_t          len;
    good(db_prepare(db, SQL("SELECT name FROM event WHERE counter = $1 AND seq = $2"), &stmt, &err));
    db_bind_int(stmt, 1, mark.epoch.counter);
    db_bind_int(stmt, 2, seq);
    good(db_step(stmt, &row, &err));
    assert_true(row);
    const void *bytes = db_blob(stmt, 0, &len);
    memcpy(mark.hash.bytes, bytes, len);
    db_reset(stmt);
    return mark;
}

static bool acknowledge(struct mark mark)
{
    bool is_shared;
    good(outbox_acknowledge(outbox, &mark, &is_shared, &err));
    return is_shared;
}

static bool back(struct mark mark)
{
    bool is_shared;
    good(outbox_back(outbox, &mark, &is_shared, &err));
    return is_shared;
}

static struct mark mark_none(void)
{
    struct epoch epoch = outbox_epoch(outbox);
    return (struct mark){epoch, 0, chain_first(outbox_kiosk(outbox), epoch)};
}

static int64_t waiting(void)
{
    int64_t since_ms;
    return outbox_waiting(outbox, &since_ms);
}

/* What goes next: "first+count", "?" for a question, "-" for nothing. */
static const char *next_batch(int most)
{
    static char         text[64];
    struct outbox_batch batch;
    good(outbox_batch(outbox, most, &batch, &err));
    if (!batch.is_set)
        snprintf(text, sizeof text, "-");
    else if (batch.count == 0)
        snprintf(text, sizeof text, "?%d", (int)batch.first);
    else
        snprintf(text, sizeof text, "%d+%d", (int)batch.first, (int)batch.count);
    buf_free(&batch.lines);
    return text;
}

/* ---- keeping */

static void numbered_and_chained(void **state)
{
    struct outbox_batch batch;
    (void)state;
    save_many(3);
    good(outbox_batch(outbox, 500, &batch, &err));
    assert_int_equal(batch.count, 3);
    const char *line = buf_text(&batch.lines);
    struct hash prev = chain_first(outbox_kiosk(outbox), batch.epoch);
    assert_true(hash_equal(&prev, &batch.prev));
    for (int i = 1; i <= 3; i++) {
        struct event event;
        size_t       len = strcspn(line, "\n");
        good(event_read(line, len, &event, &err));
        assert_int_equal(event.seq, i);
        assert_int_equal(event.count, i);
        assert_true(event.kiosk == outbox_kiosk(outbox));
        assert_true(hash_equal(&event.prev, &prev));
        prev = event_name(line, len);
        line += len + 1;
    }
    assert_string_equal(line, "");
    buf_free(&batch.lines);
}

static void kept_over_a_restart(void **state)
{
    struct event event = {.kind = EVENT_NOTE, .wall_ms = NOW};
    struct hash  name;
    uint64_t     kiosk = outbox_kiosk(outbox);
    (void)state;
    save_many(2);
    again();
    assert_true(kiosk == outbox_kiosk(outbox));
    assert_int_equal(waiting(), 2);
    assert_string_equal(next_batch(500), "?3"); /* after a start it asks first */
    good(outbox_save(outbox, &event, &name, &err));
    assert_int_equal(event.seq, 3);
}

static void not_saved_leaves_no_trace(void **state)
{
    struct event event = {.kind = EVENT_NOTE, .wall_ms = NOW};
    struct hash  name;
    (void)state;
    save(1);
    good(db_script(db, "CREATE TRIGGER full BEFORE UPDATE ON epoch BEGIN SELECT raise(ABORT, 'no'); END", &err));
    assert_false(outbox_save(outbox, &event, &name, &err)); /* the event's row was in already */
    assert_int_equal(event.seq, 0);
    good(db_script(db, "DROP TRIGGER full", &err));
    assert_string_equal(next_batch(500), "1+1");
    good(outbox_save(outbox, &event, &name, &err));
    assert_int_equal(event.seq, 2);
}

static void seen_is_what_was_learnt(void **state)
{
    struct event      event = {.kind = EVENT_NOTE, .wall_ms = NOW};
    struct event_seen seen = {
        {7, 8},
        9, 10
    };
    struct hash name;
    (void)state;
    good(place_write_seen(db, &seen, true, &err));
    good(outbox_save(outbox, &event, &name, &err));
    assert_int_equal(epoch_compare(event.seen.server, seen.server), 0);
    assert_true(event.seen.run == 9);
    assert_int_equal(event.seen.feed, 10);
}

/* ---- sending */

static void batches_have_an_end(void **state)
{
    (void)state;
    save_many(7);
    assert_string_equal(next_batch(3), "1+3");
    assert_true(acknowledge(mark_at(3)));
    assert_string_equal(next_batch(3), "4+3");
    assert_true(acknowledge(mark_at(7)));
    assert_string_equal(next_batch(3), "-");
    assert_int_equal(waiting(), 0);
}

static void batches_fit_the_wire(void **state)
{
    struct event        event = {.kind = EVENT_NOTE, .wall_ms = NOW};
    struct outbox_batch batch;
    struct hash         name;
    (void)state;
    memset(event.note, 1, sizeof event.note - 1); /* six bytes each in JSON */
    for (int i = 0; i < 120; i++) good(outbox_save(outbox, &event, &name, &err));
    good(outbox_batch(outbox, 500, &batch, &err));
    assert_true(batch.count < 120 && batch.count > 50);
    assert_true(batch.lines.len <= OUTBOX_BATCH_BYTES);
    buf_free(&batch.lines);
}

static void old_epochs_go_first(void **state)
{
    struct epoch old = outbox_epoch(outbox);
    (void)state;
    save_many(2);
    good(outbox_new_epoch(outbox, &err));
    save_many(2);
    assert_int_equal(outbox_epoch(outbox).counter, old.counter + 1);
    assert_string_equal(next_batch(500), "1+2");
    struct mark last = outbox_last(outbox, old);
    assert_int_equal(last.seq, 2);
    assert_true(acknowledge(last));
    struct outbox_batch batch;
    good(outbox_batch(outbox, 500, &batch, &err));
    assert_int_equal(epoch_compare(batch.epoch, outbox_epoch(outbox)), 0);
    assert_int_equal(batch.first, 1);
    buf_free(&batch.lines);
}

static void other_hash_acknowledges_nothing(void **state)
{
    (void)state;
    save_many(3);
    struct mark mark = mark_at(2);
    mark.hash.bytes[0] ^= 1;
    assert_false(acknowledge(mark));
    assert_false(back(mark));
    mark = mark_at(3);
    mark.seq = 9;
    assert_false(acknowledge(mark));
    assert_false(back(mark));
    mark = mark_at(3);
    mark.epoch.random ^= 1;
    assert_false(acknowledge(mark));
    assert_int_equal(waiting(), 3);
    assert_string_equal(next_batch(500), "1+3");
}

static void server_set_back(void **state)
{
    (void)state;
    save_many(5);
    assert_true(acknowledge(mark_at(5)));
    assert_true(acknowledge(mark_at(2))); /* an old answer says nothing new */
    assert_string_equal(next_batch(500), "-");
    assert_true(back(mark_at(2)));
    assert_string_equal(next_batch(500), "3+3");
    assert_int_equal(waiting(), 3);
    assert_true(back(mark_none()));
    assert_string_equal(next_batch(500), "1+5");
    again();
    assert_int_equal(waiting(), 5);
}

static void other_server_counts_nothing(void **state)
{
    struct place place;
    (void)state;
    save_many(3);
    assert_true(acknowledge(mark_at(3)));
    good(outbox_forget(outbox, (struct epoch){5, 6}, &err));
    good(place_read(db, &place, &err));
    assert_int_equal(place.dealt.counter, 5);
    assert_int_equal(waiting(), 3);
    assert_string_equal(next_batch(500), "?4");
    assert_true(back(mark_at(2)));
    assert_string_equal(next_batch(500), "3+1");
}

static void probes_go_down(void **state)
{
    struct outbox_batch batch;
    bool                is_lowest;
    (void)state;
    save_many(4);
    for (int seq = 4; seq >= 0; seq--) {
        good(outbox_probe(outbox, outbox_epoch(outbox), seq, &batch, &is_lowest, &err));
        assert_int_equal(batch.first, seq < 1 ? 1 : seq);
        assert_int_equal(batch.count, 1);
        assert_int_equal(is_lowest, seq <= 1);
        buf_free(&batch.lines);
    }
}

/* ---- lost rows */

static void lose(const char *where)
{
    char sql[128];
    snprintf(sql, sizeof sql, "DELETE FROM event WHERE %s", where);
    good(db_script(db, sql, &err));
}

static struct event only_event(const char *expected)
{
    struct outbox_batch batch;
    struct event        event;
    char                is[64];
    good(outbox_batch(outbox, 500, &batch, &err));
    snprintf(is, sizeof is, "%d+%d", (int)batch.first, (int)batch.count);
    assert_string_equal(is, expected);
    good(event_read(batch.lines.bytes, strcspn(batch.lines.bytes, "\n"), &event, &err));
    buf_free(&batch.lines);
    return event;
}

static void lost_rows_are_a_gap(void **state)
{
    (void)state;
    save_many(6);
    assert_true(acknowledge(mark_at(1)));
    struct mark one = mark_at(1), five = mark_at(5);
    lose("seq IN (2, 3, 4)");
    struct event gap = only_event("2+1");
    assert_int_equal(gap.kind, EVENT_GAP);
    assert_int_equal(gap.seq, 2);
    assert_int_equal(gap.gap_to, 4);
    assert_true(hash_equal(&gap.prev, &one.hash));
    assert_true(hash_equal(&gap.gap_next, &five.hash));
    struct mark made = mark_at(2);
    only_event("2+1");
    struct mark same = mark_at(2);
    assert_true(hash_equal(&made.hash, &same.hash)); /* made once */
    assert_true(acknowledge(mark_at(2)));
    assert_string_equal(next_batch(500), "5+2");
    assert_int_equal(waiting(), 2);
}

static void the_mark_of_a_gap_may_be_its_last_number(void **state)
{
    (void)state;
    save_many(4);
    lose("seq <= 2");
    only_event("1+1");
    struct mark mark = mark_at(1);
    mark.seq = 2;
    assert_true(acknowledge(mark));
    assert_string_equal(next_batch(500), "3+2");
}

static void a_hole_ends_a_batch(void **state)
{
    (void)state;
    save_many(6);
    lose("seq = 4");
    assert_string_equal(next_batch(500), "1+3");
    assert_true(acknowledge(mark_at(3)));
    only_event("4+1");
    assert_true(acknowledge(mark_at(4)));
    assert_string_equal(next_batch(500), "5+2");
}

static void a_lost_end_opens_an_epoch(void **state)
{
    struct epoch old = outbox_epoch(outbox);
    (void)state;
    save_many(3);
    lose("seq >= 2");
    assert_string_equal(next_batch(500), "1+1");
    assert_true(acknowledge(mark_at(1)));
    struct event gap = only_event("2+1");
    assert_int_equal(gap.gap_to, 3);
    assert_true(hash_is_zero(&gap.gap_next));
    assert_int_equal(outbox_epoch(outbox).counter, old.counter + 1);
}

static void server_behind_what_is_kept(void **state)
{
    (void)state;
    save_many(6);
    struct mark two = mark_at(2), three = mark_at(3);
    assert_true(acknowledge(mark_at(6)));
    lose("seq <= 3");
    assert_true(back(three)); /* event 4 still names it */
    assert_string_equal(next_batch(500), "4+3");
    assert_true(back(two)); /* nothing here tells: the server's word */
    struct event gap = only_event("3+1");
    assert_int_equal(gap.gap_to, 3);
    assert_true(hash_equal(&gap.prev, &two.hash));
}

/* ---- pruning */

static int64_t kept_count(void)
{
    struct db_stmt *stmt;
    bool            row;
    good(db_prepare(db, SQL("SELECT count(*) FROM event"), &stmt, &err));
    good(db_step(stmt, &row, &err));
    int64_t count = db_int(stmt, 0);
    db_reset(stmt);
    return count;
}

static void prune_at(int64_t now_ms)
{
    bool is_done = false;
    for (int i = 0; i < 100 && !is_done; i++) good(outbox_prune(outbox, now_ms, &is_done, &err));
    assert_true(is_done);
}

static void old_ones_go_once_the_server_has_them(void **state)
{
    (void)state;
    save_many(450);
    assert_true(acknowledge(mark_at(300)));
    outbox_now(outbox, NOW + 10 * DAY_MS);
    assert_true(acknowledge(mark_at(400)));
    prune_at(NOW + 34 * DAY_MS);
    assert_int_equal(kept_count(), 450);
    prune_at(NOW + 36 * DAY_MS);
    assert_int_equal(kept_count(), 150);
    prune_at(NOW + 46 * DAY_MS);
    assert_int_equal(kept_count(), 50); /* never what waits, however old */
    prune_at(NOW + 9999 * DAY_MS);
    assert_int_equal(kept_count(), 50);
    assert_string_equal(next_batch(500), "401+50");
}

static void what_a_set_back_server_lacks_stays(void **state)
{
    (void)state;
    save_many(10);
    assert_true(acknowledge(mark_at(10)));
    assert_true(back(mark_at(4)));
    prune_at(NOW + 36 * DAY_MS);
    assert_int_equal(kept_count(), 6);
    assert_string_equal(next_batch(500), "5+6");
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "numbered and chained", numbered_and_chained, NULL);
    rows_add(&rows, "kept over a restart", kept_over_a_restart, NULL);
    rows_add(&rows, "not saved leaves no trace", not_saved_leaves_no_trace, NULL);
    rows_add(&rows, "seen is what was learnt", seen_is_what_was_learnt, NULL);
    rows_add(&rows, "batches have an end", batches_have_an_end, NULL);
    rows_add(&rows, "batches fit the wire", batches_fit_the_wire, NULL);
    rows_add(&rows, "old epochs go first", old_epochs_go_first, NULL);
    rows_add(&rows, "other hash acknowledges nothing", other_hash_acknowledges_nothing, NULL);
    rows_add(&rows, "server set back", server_set_back, NULL);
    rows_add(&rows, "other server counts nothing", other_server_counts_nothing, NULL);
    rows_add(&rows, "probes go down", probes_go_down, NULL);
    rows_add(&rows, "lost rows are a gap", lost_rows_are_a_gap, NULL);
    rows_add(&rows, "the mark of a gap may be its last number", the_mark_of_a_gap_may_be_its_last_number, NULL);
    rows_add(&rows, "a hole ends a batch", a_hole_ends_a_batch, NULL);
    rows_add(&rows, "a lost end opens an epoch", a_lost_end_opens_an_epoch, NULL);
    rows_add(&rows, "server behind what is kept", server_behind_what_is_kept, NULL);
    rows_add(&rows, "old ones go once the server has them", old_ones_go_once_the_server_has_them, NULL);
    rows_add(&rows, "what a set back server lacks stays", what_a_set_back_server_lacks_stays, NULL);
    rows_around(&rows, 0, start, end);
    return rows_run(&rows, argc, argv);
}
