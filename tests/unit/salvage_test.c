/* salvage_test.c - a kiosk whose database is damaged goes on with what can be read of it.
 * links: kiosk_top kiosk_send kiosk_keep core */
#include <string.h>
#include <unistd.h>

#include "core/embed.h"
#include "core/log.h"
#include "kiosk/keep/knob.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/salvage.h"
#include "kiosk/keeper.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define NOW INT64_C(1796000000000)
enum { EVENTS = 200, PAGE = 4096 };

static char           path[128];
static struct err     err;
static struct keeper *keeper;
static uint64_t       kiosk;

static void good(bool is_good)
{
    if (!is_good) print_error("%s\n", err.say.id);
    assert_true(is_good);
}

static void open_it(void)
{
    struct keeper_options options = {.path = path, .program = "test", .boot = 1};
    good(keeper_open(&options, NOW, &keeper, &err));
}

static struct keeper_out save(void)
{
    struct event      event = {.kind = EVENT_NOTE, .note = "kept"};
    struct keeper_in  in = {.wall_ms = NOW, .mono_ms = 1, .save = &event};
    struct keeper_out out;
    keeper_step(keeper, &in, &out);
    return out;
}

static int start(void **state)
{
    (void)state;
    err = (struct err){0};
    log_quiet(LOG_ERROR - 1);
    if (folder_make() != 0 || !chain_init(&err)) return 1;
    snprintf(path, sizeof path, "%s", folder_path("k.db"));
    open_it();
    struct keeper_server server = {.address = "192.168.1.10", .port = 8443, .station = "saw"};
    good(keeper_enrol(keeper, &server, &err));
    for (int i = 0; i < EVENTS; i++) assert_true(save().is_saved);
    kiosk = keeper_kiosk(keeper);
    keeper_close(keeper);
    keeper = NULL;
    return 0;
}

static int end(void **state)
{
    (void)state;
    keeper_close(keeper);
    return folder_end();
}

/* Overwrites pages from..to of the file; the log, which holds them once more, is gone too. */
static void damage(long from, long to)
{
    char junk[PAGE], wal[160];
    snprintf(wal, sizeof wal, "%s-wal", path);
    remove(wal);
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    memset(junk, 0xA5, sizeof junk);
    fseek(file, from * PAGE, SEEK_SET);
    for (long page = from; page < to; page++) assert_int_equal(fwrite(junk, 1, PAGE, file), PAGE);
    fclose(file);
}

static long pages(void)
{
    FILE *file = fopen(path, "rb");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fclose(file);
    return size / PAGE;
}

/* Everything is sent from the beginning; what is lost stands in gaps. Returns events kept. */
static int64_t sent_whole(struct outbox *outbox)
{
    int64_t next = 1, count = 0;
    for (int i = 0; i < 50; i++) {
        struct outbox_batch batch;
        bool                is_shared;
        good(outbox_batch(outbox, 500, &batch, &err));
        if (!batch.is_set) break;
        if (batch.count == 0) { /* it asks: the server has nothing */
            good(outbox_restart(outbox, batch.epoch, &err));
            continue;
        }
        struct mark  mark = {.epoch = batch.epoch};
        struct event event = {0};
        assert_int_equal(batch.first, batch.epoch.counter == 1 ? next : 1);
        for (const char *line = batch.lines.bytes; *line != 0;) {
            size_t len = strcspn(line, "\n");
            good(event_read(line, len, &event, &err));
            mark.seq = event.seq;
            mark.hash = event_name(line, len);
            count += event.kind == EVENT_NOTE;
            line += len + 1;
        }
        next = event.kind == EVENT_GAP ? event.gap_to + 1 : event.seq + 1;
        good(outbox_acknowledge(outbox, &mark, &is_shared, &err));
        assert_true(is_shared);
        buf_free(&batch.lines);
    }
    return count;
}

static int64_t kept(void)
{
    struct db     *db;
    struct outbox *outbox;
    keeper_close(keeper);
    keeper = NULL;
    good(db_open(path, DB_WRITE, NULL, &db, &err));
    good(db_check(db, &err));
    good(outbox_open(db, &outbox, &err));
    int64_t count = sent_whole(outbox);
    assert_false(outbox_has_work(outbox));
    outbox_close(outbox);
    db_close(db);
    return count;
}

static void damaged_in_the_middle(void **state)
{
    (void)state;
    long all = pages();
    damage(all * 2 / 3, all * 2 / 3 + 8); /* among the events: tables are described in the first half */
    salvage_mark(path);                   /* met while it ran */
    open_it();
    assert_false(salvage_is_marked(path));
    assert_true(keeper_kiosk(keeper) == kiosk);
    struct keeper_out out = save();
    assert_true(out.is_saved);
    assert_int_equal(out.seq, 1); /* of a new epoch */
    int64_t count = kept();
    assert_true(count > EVENTS / 2 && count <= EVENTS + 1);
}

/* Only the first bytes of the file, which say what it is: everything behind them goes on. */
static void a_damaged_head(void **state)
{
    char junk[64], wal[160];
    (void)state;
    snprintf(wal, sizeof wal, "%s-wal", path);
    remove(wal);
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    memset(junk, 0xA5, sizeof junk);
    assert_int_equal(fwrite(junk, 1, sizeof junk, file), sizeof junk);
    fclose(file);
    open_it();
    struct keeper_server server;
    good(keeper_server_of(keeper, &server, &err));
    assert_string_equal(server.station, "saw");
    buf_free(&server.ca_pem);
    assert_true(keeper_kiosk(keeper) == kiosk);
    assert_int_equal(kept(), EVENTS);
}

static void a_mark_without_damage_harms_nothing(void **state)
{
    (void)state;
    salvage_mark(path);
    open_it();
    assert_false(salvage_is_marked(path));
    assert_int_equal(save().seq, EVENTS + 1);
    assert_int_equal(kept(), EVENTS + 1);
}

static void no_database_at_all(void **state)
{
    struct keeper_server server;
    (void)state;
    damage(0, pages());
    open_it();
    assert_true(keeper_kiosk(keeper) != kiosk);
    assert_false(keeper_server_of(keeper, &server, &err));
    assert_int_equal(save().seq, 1);
}

static void a_row_that_cant_be(void **state)
{
    struct db *db;
    (void)state;
    open_it();
    assert_true(save().is_saved);
    keeper_close(keeper);
    good(db_open(path, DB_WRITE, NULL, &db, &err));
    good(db_script(db, "UPDATE epoch SET last_name = x'00'", &err)); /* no hash */
    db_close(db);
    open_it(); /* set aside, and on with what its events say */
    assert_true(save().is_saved);
    assert_int_equal(kept(), EVENTS + 2);
}

/* What people chose here goes on too: the kiosk's own, and each worker's. */
static void choices_go_on(void **state)
{
    const struct found_knob knobs[] = {
        {.name = "volume", .value = 30},
        {.worker = 7, .name = "lang", .value = 1}
    };
    struct db         *db;
    struct found_knobs own;
    int64_t            lang = 0;
    (void)state;
    good(db_open(path, DB_WRITE, NULL, &db, &err));
    for (int i = 0; i < 2; i++) good(knob_keep(db, &knobs[i], &err));
    good(db_script(db, "UPDATE epoch SET last_name = x'00'", &err));
    db_close(db);
    open_it();
    good(keeper_knobs(keeper, &own, &err));
    assert_int_equal(own.count, 1);
    assert_int_equal(own.rows[0].value, 30);
    keeper_close(keeper);
    keeper = NULL;
    good(db_open(path, DB_WRITE, NULL, &db, &err));
    good(knob_read(db, 7, "lang", &lang, &err));
    db_close(db);
    assert_int_equal(lang, 1);
}

/* A key that can't be one is damage like any other: the program doesn't end over it, it goes on with its events. */
static void a_key_that_cant_be(void **state)
{
    struct db           *db;
    struct keeper_server server;
    (void)state;
    good(db_open(path, DB_WRITE, NULL, &db, &err));
    good(db_script(db, "UPDATE identity SET key = x'00'", &err));
    db_close(db);
    open_it();
    assert_true(keeper_kiosk(keeper) == kiosk);
    assert_false(keeper_server_of(keeper, &server, &err)); /* to be enrolled again */
    assert_true(save().is_saved);
    assert_int_equal(kept(), EVENTS + 1);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "damaged in the middle", damaged_in_the_middle, NULL);
    rows_add(&rows, "a damaged head", a_damaged_head, NULL);
    rows_add(&rows, "a mark without damage harms nothing", a_mark_without_damage_harms_nothing, NULL);
    rows_add(&rows, "no database at all", no_database_at_all, NULL);
    rows_add(&rows, "a row that can't be", a_row_that_cant_be, NULL);
    rows_add(&rows, "a key that can't be", a_key_that_cant_be, NULL);
    rows_add(&rows, "choices go on", choices_go_on, NULL);
    rows_around(&rows, 0, start, end);
    return rows_run(&rows, argc, argv);
}
