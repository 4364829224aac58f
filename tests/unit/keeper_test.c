/* keeper_test.c - the kiosk's loop with time as a value: saves first, then small steps; clocks, full disks, restarts.
 * links: kiosk_top kiosk_send kiosk_keep core sim_disk */
#include <string.h>

#include "core/log.h"
#include "kiosk/keeper.h"
#include "tests/sim/disk.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define NOW INT64_C(1796000000000) /* 2026-11-30 */

static struct keeper        *keeper;
static struct keeper_options options;
static struct err            err;
static int64_t               mono_ms, wall_ms, free_now;
static struct keeper_out     out;
static struct keeper_request events, feed; /* what was asked last; its body is freed here */
static struct key            key;

static void good(bool is_good)
{
    if (!is_good) print_error("%s\n", err.say.id);
    assert_true(is_good);
}

static int64_t free_of(void *self)
{
    return *(int64_t *)self;
}

static void open_it(void)
{
    options = (struct keeper_options){.path = folder_path("k.db"),
                                      .program = "keeper_test 2.3.4",
                                      .boot = 0xb007,
                                      .free_bytes = free_of,
                                      .free_self = &free_now};
    static char path[128];
    snprintf(path, sizeof path, "%s", options.path);
    options.path = path;
    good(keeper_open(&options, wall_ms, &keeper, &err));
}

static int start(void **state)
{
    (void)state;
    err = (struct err){0};
    mono_ms = 10;
    wall_ms = NOW;
    free_now = INT64_C(1) << 40;
    memset(key.bytes, 3, sizeof key.bytes);
    log_quiet(LOG_ERROR);
    if (folder_make() != 0 || !chain_init(&err)) return 1;
    open_it();
    return 0;
}

static void forget_requests(void)
{
    buf_free(&events.body);
    buf_free(&feed.body);
    events = feed = (struct keeper_request){0};
}

static int end(void **state)
{
    (void)state;
    forget_requests();
    keeper_close(keeper);
    return folder_end();
}

static void reopen(void)
{
    keeper_close(keeper);
    forget_requests();
    open_it();
}

static void enrol(void)
{
    struct keeper_server server = {
        .address = "192.168.1.10", .port = 8443, .is_tls = true, .key = key, .station = "paint"};
    buf_str(&server.ca_pem, "-----BEGIN CERTIFICATE-----");
    good(keeper_enrol(keeper, &server, &err));
    buf_free(&server.ca_pem);
}

static void take(struct keeper_request *to, struct keeper_request *from)
{
    if (!from->is_set) return;
    buf_free(&to->body);
    *to = *from;
}

static void step(struct event *save, struct keeper_answer *answer)
{
    struct keeper_in in = {.wall_ms = wall_ms, .mono_ms = mono_ms, .save = save, .answer = answer};
    keeper_step(keeper, &in, &out);
    take(&events, &out.events);
    take(&feed, &out.feed);
}

/* Steps until nothing is due for the moment. */
static void settle(void)
{
    int steps = 0;
    do {
        step(NULL, NULL);
        assert_true(++steps < 500);
    } while (out.is_busy);
}

static void pass(int64_t ms)
{
    mono_ms += ms;
    wall_ms += ms;
}

static struct event note(void)
{
    return (struct event){.kind = EVENT_NOTE, .station = "paint", .how = HOW_TOUCHED, .note = "x"};
}

static struct event saved_note(void)
{
    struct event event = note();
    step(&event, NULL);
    assert_true(out.has_saved && out.is_saved);
    return event;
}

/* A signed answer to a request; moves the text in. */
static struct keeper_answer answer_to(const struct keeper_request *request, const char *body)
{
    struct keeper_answer answer = {.number = request->number, .status = 200, .has_mac = true};
    buf_str(&answer.body, body);
    answer.mac = mac_answer(&key, &request->mac, body, strlen(body));
    return answer;
}

static void hear_feed(const char *body)
{
    assert_true(feed.is_set);
    struct keeper_answer answer = answer_to(&feed, body);
    feed.is_set = false;
    step(NULL, &answer);
}

#define HEAD(upto, more)                                                                                 \
    "{\"v\":1,\"server\":\"3-0000000000001234\",\"run\":\"00000000000000aa\",\"feed\":99,\"upto\":" upto \
    ",\"more\":" more ",\"time\":1796000007000}\n"

/* Answers the events request as a server that takes all. */
static void hear_taken(void)
{
    char        body[512], name[HASH_TEXT], epoch[40];
    int         first, count;
    const char *line = strchr(events.body.bytes, '\n') + 1;
    assert_true(events.is_set);
    assert_int_equal(sscanf(events.body.bytes, "events 1 %*s %39s %d %d %64s", epoch, &first, &count, name), 4);
    for (int i = 0; i < count; i++) {
        size_t      len = strcspn(line, "\n");
        struct hash hash = event_name(line, len);
        hash_write(&hash, name);
        line += len + 1;
    }
    snprintf(body, sizeof body,
             "{\"v\":1,\"state\":\"taken\",\"mark\":[\"%s\",%d,\"%s\"],\"server\":\"3-0000000000001234\","
             "\"run\":\"00000000000000aa\",\"feed\":99,\"time\":1796000007000}",
             epoch, first + count - 1, name);
    struct keeper_answer answer = answer_to(&events, body);
    events.is_set = false;
    step(NULL, &answer);
}

/* ---- saving */

static void a_save_comes_back_filled(void **state)
{
    struct event event = note();
    (void)state;
    step(&event, NULL);
    assert_true(out.has_saved && out.is_saved);
    assert_int_equal(out.seq, 1);
    assert_int_equal(event.wall_ms, NOW);
    assert_true(event.doubtful);
    assert_true(event.boot == 0xb007);
    assert_true(event.kiosk == keeper_kiosk(keeper));
    assert_string_equal(event.program, "keeper_test 2.3.4");
    assert_int_equal(event.shift_day, out.state.day);
    assert_int_equal(out.state.waiting, 1);
    assert_int_equal(out.state.waiting_since, NOW);
    saved_note();
    assert_int_equal(out.seq, 2);
}

static void before_the_enrolment_nothing_goes_out(void **state)
{
    struct keeper_server server;
    (void)state;
    saved_note();
    settle();
    assert_false(events.is_set || feed.is_set);
    assert_string_equal(out.state.station, "");
    assert_false(keeper_server_of(keeper, &server, &err));
    assert_int_equal(err.kind, ERR_ABSENT);
}

static void an_enrolment_is_kept(void **state)
{
    struct keeper_server server;
    struct key           one, two;
    (void)state;
    good(keeper_enrol_key(keeper, "1234567890123456789012", &one, &err));
    good(keeper_enrol_key(keeper, "1234567890123456789012", &two, &err));
    assert_memory_equal(&one, &two, sizeof one);
    good(keeper_enrol_key(keeper, "9234567890123456789012", &two, &err));
    assert_memory_not_equal(&one, &two, sizeof one);
    enrol();
    reopen();
    good(keeper_server_of(keeper, &server, &err));
    assert_string_equal(server.address, "192.168.1.10");
    assert_int_equal(server.port, 8443);
    assert_true(server.is_tls);
    assert_memory_equal(&server.key, &key, sizeof key);
    assert_string_equal(buf_text(&server.ca_pem), "-----BEGIN CERTIFICATE-----");
    buf_free(&server.ca_pem);
    settle();
    assert_true(feed.is_set);
    assert_string_equal(out.state.station, "paint");
}

/* ---- sending */

static void waiting_events_are_sent_and_taken(void **state)
{
    struct epoch server;
    (void)state;
    enrol();
    saved_note();
    saved_note();
    settle();
    assert_true(events.is_set && feed.is_set);
    assert_string_equal(events.path, "/kiosk/1/events");
    assert_string_equal(feed.path, "/kiosk/1/feed");
    assert_true(events.number != feed.number);
    assert_false(out.state.is_online);
    hear_taken();
    settle();
    assert_int_equal(out.state.waiting, 0);
    assert_true(out.state.is_online);
    struct mark acked = keeper_acked(keeper, &server);
    assert_int_equal(acked.seq, 2);
    assert_int_equal(server.counter, 3);
}

static void a_save_with_an_answer_loses_neither(void **state)
{
    struct event event = note();
    (void)state;
    enrol();
    settle();
    saved_note();
    settle();
    struct keeper_answer answer = answer_to(&feed, HEAD("0", "false"));
    struct keeper_in     in = {.wall_ms = wall_ms, .mono_ms = mono_ms, .save = &event, .answer = &answer};
    keeper_step(keeper, &in, &out);
    assert_true(out.is_saved && out.is_busy);
    assert_null(answer.body.bytes); /* moved */
    hear_taken();
    settle();
    assert_int_equal(out.state.waiting, 1);
    assert_false(out.state.is_doubtful);
}

static void a_stranger_s_answer_is_dropped(void **state)
{
    (void)state;
    enrol();
    settle();
    struct keeper_answer answer = answer_to(&feed, HEAD("5", "false"));
    answer.number = 77;
    step(NULL, &answer);
    settle();
    assert_true(out.state.is_doubtful);
}

static void a_lost_long_poll_is_asked_again(void **state)
{
    (void)state;
    enrol();
    settle();
    uint64_t number = feed.number;
    pass(out.next_mono_ms - mono_ms);
    for (int i = 0; i < 20 && feed.number == number; i++) {
        settle();
        pass(out.next_mono_ms - mono_ms);
    }
    assert_true(feed.number > number);
    assert_false(out.state.is_online);
}

/* ---- learning */

static void the_feed_is_learnt_in_steps(void **state)
{
    struct buf body = {0};
    int        steps = 0;
    (void)state;
    enrol();
    settle();
    buf_str(&body, HEAD("60", "false"));
    for (int i = 1; i <= 60; i++)
        buf_fmt(&body, "{\"n\":%d,\"t\":\"reason\",\"k\":\"%d\",\"o\":{\"name\":[\"划伤\",\"scratch\"]}}\n", i, i);
    struct keeper_answer answer = answer_to(&feed, body.bytes);
    buf_free(&body);
    feed.is_set = false;
    step(NULL, &answer);
    while (out.is_busy && !feed.is_set) {
        struct event event = note();
        steps += out.has_learnt;
        step(&event, NULL); /* a save goes first at any time */
        assert_true(out.is_saved);
        step(NULL, NULL);
    }
    assert_true(steps >= 3);
    assert_non_null(strstr(feed.body.bytes, " 3-0000000000001234 00000000000000aa 60 "));
    struct event last = saved_note();
    assert_int_equal(last.seen.feed, 60);
    assert_int_equal(last.seen.server.counter, 3);
    assert_true(last.seen.run == 0xaa);
}

static void an_empty_answer_at_once_is_no_circle(void **state)
{
    (void)state;
    enrol();
    settle();
    hear_feed(HEAD("7", "false"));
    settle();
    assert_false(feed.is_set);
    pass(1000);
    settle();
    assert_true(feed.is_set);
}

/* It says so, and works on; a server that says nothing of its version is told nothing. */
static void an_older_and_a_newer_server_are_told(void **state)
{
    static const struct {
        const char *program;
        int         against;
    } servers[] = {
        {"",                             0 },
        {"\"program\":\"2.3.4\",",       0 },
        {"\"program\":\"2.3.5\",",       -1},
        {"\"program\":\"2.2.9\",",       1 },
        {"\"program\":\"soon\",",        0 },
        {"\"program\":[2,\"many\"],",    0 },
        {"\"speaks\":[1,7],\"more\":9,", 0 },
    };
    char body[512];
    (void)state;
    enrol();
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++) {
        settle();
        snprintf(body, sizeof body,
                 "{\"v\":1,%s\"server\":\"3-0000000000001234\",\"run\":\"00000000000000aa\",\"feed\":99,\"upto\":%d,"
                 "\"more\":false,\"time\":1796000007000}\n",
                 servers[i].program, (int)i + 1);
        hear_feed(body);
        settle();
        assert_int_equal(out.state.against_server, servers[i].against);
        pass(1000);
    }
    assert_string_equal(saved_note().program, "keeper_test 2.3.4");
}

static void settings_change_day_and_shift(void **state)
{
    (void)state;
    enrol();
    settle();
    int32_t day = out.state.day;
    assert_string_equal(out.state.shift, "");
    hear_feed(HEAD("3", "false") "{\"n\":1,\"t\":\"setting\",\"k\":\"shifts\",\"o\":{\"value\":[[\"night\",1200,1920],["
                                 "\"day\",480,1200]]}}\n"
                                 "{\"n\":2,\"t\":\"station\",\"k\":\"paint\",\"o\":{\"name\":[\"喷漆\",\"Painting\"],"
                                 "\"ops\":[\"paint\"]}}\n"
                                 "{\"n\":3,\"t\":\"a later topic\",\"k\":\"?\",\"o\":{}}\n"
                                 "not even JSON\n");
    settle();
    assert_string_equal(out.state.station_name[1], "Painting");
    assert_string_equal(out.state.shift, "day"); /* 08:53 in China */
    assert_int_equal(out.state.day, day);
    struct event event = saved_note();
    assert_string_equal(event.shift, "day");
}

/* ---- clocks */

static void the_server_s_clock_counts_once_heard(void **state)
{
    (void)state;
    wall_ms = 1000; /* 1970 */
    enrol();
    settle();
    struct event before = saved_note();
    assert_int_equal(before.wall_ms, 1000);
    assert_true(before.doubtful);
    hear_feed(HEAD("7", "false"));
    settle();
    struct event after = saved_note();
    assert_int_equal(after.wall_ms, INT64_C(1796000007000));
    assert_int_equal(after.offset_ms, INT64_C(1796000007000) - 1000);
    assert_false(after.doubtful);
    wall_ms = 5; /* and in 1970 again after a power cut: never before the last known time */
    reopen();
    struct event later = saved_note();
    assert_int_equal(later.wall_ms, INT64_C(1796000007000));
    assert_true(later.doubtful);
    pass(3600 * 1000); /* and from there it goes on: a day has its hours without a server too */
    settle();
    later = saved_note();
    assert_int_equal(later.wall_ms, INT64_C(1796000007000) + 3600 * 1000);
    assert_int_equal(out.state.wall_ms, later.wall_ms);
}

/* The newest time that is known, not that of the last entry. */
static void the_last_known_time_is_when_the_server_was_heard(void **state)
{
    (void)state;
    wall_ms = 1000;
    enrol();
    settle();
    hear_feed(HEAD("7", "false"));
    settle();
    reopen();
    step(NULL, NULL);
    assert_int_equal(out.state.wall_ms, INT64_C(1796000007000));
}

/* Is event 1 still kept? A server that has lost it says "from 0": what comes then begins with it. */
static bool has_first(void)
{
    char epoch[40], first[HASH_TEXT], body[400];
    reopen(); /* asks where the server stands */
    settle();
    assert_true(events.is_set);
    assert_int_equal(sscanf(events.body.bytes, "events 1 %*s %39s", epoch), 1);
    struct epoch read;
    good(epoch_read(epoch, &read));
    struct hash hash = chain_first(keeper_kiosk(keeper), read);
    hash_write(&hash, first);
    snprintf(body, sizeof body,
             "{\"v\":1,\"state\":\"from\",\"mark\":[\"%s\",0,\"%s\"],\"server\":\"4-0000000000001234\","
             "\"run\":\"00000000000000ab\",\"feed\":99,\"time\":1796000107000}",
             epoch, first);
    struct keeper_answer answer = answer_to(&events, body);
    events.is_set = false;
    step(NULL, &answer);
    settle();
    assert_true(events.is_set);
    return strstr(events.body.bytes, "\"kind\":\"gap\"") == NULL;
}

/* 35 days are the server's: neither a mark that came while the clock stood in 1970, nor a clock that somebody set to
 * next year, makes an event old. */
static void a_wrong_clock_makes_nothing_old(void **state)
{
    (void)state;
    wall_ms = 1000;
    enrol();
    saved_note();
    settle();
    hear_taken();
    wall_ms += INT64_C(400) * 24 * 3600 * 1000;
    for (int hour = 0; hour < 4; hour++) {
        pass(3600 * 1000);
        settle();
    }
    assert_true(has_first());
}

/* ---- the disk */

static void a_full_disk_is_said_and_left(void **state)
{
    (void)state;
    saved_note();
    assert_false(out.state.is_disk_low || out.state.is_disk_full);
    free_now = INT64_C(100) << 20;
    pass(10000);
    step(NULL, NULL);
    assert_true(out.state.is_disk_low);
    assert_false(out.state.is_disk_full);
    free_now = 4096;
    pass(10000);
    step(NULL, NULL);
    assert_true(out.state.is_disk_full);
    free_now = -1; /* nobody knows */
    pass(10000);
    step(NULL, NULL);
    assert_false(out.state.is_disk_low || out.state.is_disk_full);
    saved_note();
}

static void idle_it_checkpoints_and_rests(void **state)
{
    (void)state;
    for (int i = 0; i < 50; i++) saved_note();
    settle();
    assert_int_equal(out.next_mono_ms, mono_ms + 2000); /* the checkpoint */
    pass(2000);
    settle();
    assert_true(out.next_mono_ms >= mono_ms + 7000); /* then only the look at the disk */
}

/* It goes on saving; what failed isn't tried, and logged, each second. The next save that is on the disk says that the
 * program is to begin anew; then all of the log is copied. */
static void a_log_that_could_not_be_copied_waits(void **state)
{
    (void)state;
    struct disk *disk = disk_new("keeper", 1);
    keeper_close(keeper);
    options.path = "kiosk/k.db";
    options.vfs = "keeper";
    good(keeper_open(&options, wall_ms, &keeper, &err));
    saved_note();
    settle();
    disk_fail(disk, "kiosk", DISK_SYNC, 1, 1);
    pass(2000);
    settle();
    assert_int_equal(disk_failures(disk, "kiosk", DISK_SYNC), 1);
    assert_false(out.must_reopen);
    assert_true(out.next_mono_ms >= mono_ms + 7000);
    saved_note();
    assert_true(out.must_reopen);
    keeper_close(keeper);
    good(keeper_open(&options, wall_ms, &keeper, &err));
    saved_note();
    assert_false(out.must_reopen);
    pass(2000);
    settle();
    assert_true(out.next_mono_ms >= mono_ms + 7000);
    keeper_close(keeper);
    disk_free(disk);
    open_it();
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "a save comes back filled", a_save_comes_back_filled, NULL);
    rows_add(&rows, "an older and a newer server are told", an_older_and_a_newer_server_are_told, NULL);
    rows_add(&rows, "before the enrolment nothing goes out", before_the_enrolment_nothing_goes_out, NULL);
    rows_add(&rows, "an enrolment is kept", an_enrolment_is_kept, NULL);
    rows_add(&rows, "waiting events are sent and taken", waiting_events_are_sent_and_taken, NULL);
    rows_add(&rows, "a save with an answer loses neither", a_save_with_an_answer_loses_neither, NULL);
    rows_add(&rows, "a stranger's answer is dropped", a_stranger_s_answer_is_dropped, NULL);
    rows_add(&rows, "a lost long poll is asked again", a_lost_long_poll_is_asked_again, NULL);
    rows_add(&rows, "the feed is learnt in steps", the_feed_is_learnt_in_steps, NULL);
    rows_add(&rows, "an empty answer at once is no circle", an_empty_answer_at_once_is_no_circle, NULL);
    rows_add(&rows, "settings change day and shift", settings_change_day_and_shift, NULL);
    rows_add(&rows, "the server's clock counts once heard", the_server_s_clock_counts_once_heard, NULL);
    rows_add(&rows, "last known: when the server was heard", the_last_known_time_is_when_the_server_was_heard, NULL);
    rows_add(&rows, "a wrong clock makes nothing old", a_wrong_clock_makes_nothing_old, NULL);
    rows_add(&rows, "a full disk is said and left", a_full_disk_is_said_and_left, NULL);
    rows_add(&rows, "idle it checkpoints and rests", idle_it_checkpoints_and_rests, NULL);
    rows_add(&rows, "a log that could not be copied waits", a_log_that_could_not_be_copied_waits, NULL);
    rows_around(&rows, 0, start, end);
    return rows_run(&rows, argc, argv);
}
