/* writer_test.c - the one writer of the books: what slices, failures and unclean ends leave behind.
 * links: server_books server_judge core */
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "server/books/rebuild.h"
#include "tests/unit/books.h"

static void reports_are_booked(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    struct event first = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_LI, 1);
    struct event second = report_of(&kiosk, "2603-0001-01", 10, 8, BADGE_WANG, 2);
    inbox_event(&first, NULL);
    inbox_event(&second, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT number, kind, counted, held, due_fen FROM verdict ORDER BY number"),
                        "1|0|4|0|200\n2|1|6|2|300");
    assert_string_equal(rows("SELECT worker, day, number, share, fen FROM due ORDER BY worker"),
                        "1|20516|1|0|200\n2|20516|2|0|300");
    assert_string_equal(rows("SELECT rev, op, good, bad, held FROM op_sum"), "1|10|10|0|2");
    assert_string_equal(rows("SELECT worker, fen, facts, pieces, held FROM day_sum ORDER BY worker"),
                        "1|200|1|4|0\n2|300|1|6|2");
    assert_string_equal(rows("SELECT value FROM feed WHERE topic = 'totals'"),
                        "{\"ops\":[[10,10,0,2],[20,0,0,0]],\"marks\":[[\"0000000000000011\",\"1-0000000000000005\",2]],"
                        "\"last\":[[10,\"cut\",2,1772600400000]],\"days\":[[10,\"2026-03-04\",12]],\"papers\":[[1,1,"
                        "\"cut\",2,1772600400000,false]]}");
    assert_string_equal(rows("SELECT only_for FROM feed WHERE topic = 'verdict'"), "17");
    assert_string_equal(rows("SELECT seq, day FROM kiosk_mark"), "2|20516");
    assert_string_equal(rows("SELECT worker, kiosk FROM worker_kiosk ORDER BY worker"), "1|17\n2|17");
}

/* [R3] Where a paper was scanned last, and whether it was handed in; an acknowledgement names a line and no paper. An undone
 * report is nobody's last word on an operation. */
static void papers_are_known(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    struct event first = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_LI, 1), second = first;
    second.seq = ++kiosk.seq;
    second.sheet.copy = 2;
    second.op = 20;
    struct hash name;
    inbox_event(&first, NULL);
    inbox_event(&second, &name);
    struct event ack = report_of(&kiosk, "2603-0001-01", 0, 0, BADGE_WANG, 2), in = ack, undo = ack;
    ack.kind = EVENT_ACK;
    ack.sheet.rev = ack.sheet.copy = 0;
    in.kind = EVENT_COLLECT;
    in.seq = ++kiosk.seq;
    undo.kind = EVENT_UNDO;
    undo.seq = ++kiosk.seq;
    undo.sheet.copy = 2;
    undo.has_refers = true;
    undo.refers = name;
    undo.workers[0] = second.workers[0];
    inbox_event(&ack, NULL);
    inbox_event(&in, NULL);
    inbox_event(&undo, NULL);
    apply_all(2);
    assert_string_equal(rows("SELECT line, rev, copy, number FROM paper ORDER BY copy"),
                        "2603000101|1|1|4\n2603000101|1|2|5");
    assert_string_equal(rows("SELECT COUNT(*) FROM verdict WHERE held > 0 OR kind = 2"), "0");
    assert_non_null(strstr(rows("SELECT value FROM feed WHERE topic = 'totals'"),
                           "\"last\":[[10,\"cut\",1,1772600400000]],\"days\":[[10,\"2026-03-04\",4]],\"papers\":[[1,2,"
                           "\"cut\",1,1772600400000,false],"
                           "[1,1,\"cut\",2,1772600400000,true]]}"));
}

/* ---- Places: days, forks, gaps, repeats, what is no event */

static void a_day_is_bounded(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    for (int i = 0; i < 4; i++) {
        static const int32_t DAYS[] = {TODAY - 2, 0, TODAY + 900, TODAY - 1};
        struct event         event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
        event.shift_day = DAYS[i];
        inbox_event(&event, NULL);
    }
    apply_all(1000);
    assert_string_equal(rows("SELECT number, day, day_moved FROM fact ORDER BY number"),
                        "1|20514|0\n2|20514|1\n3|20516|1\n4|20516|1");
    assert_string_equal(rows("SELECT number FROM exception WHERE reason = 'books.day_moved' ORDER BY number"),
                        "2\n3\n4");
}

/* Nothing stands before a chain's first event, and its day may be left out, or be that of a clock without a battery: pay on
 * a day in 1970 is seen by nobody. */
static void a_first_day_is_bounded_too(void **state)
{
    (void)state;
    static const int32_t DAYS[] = {0, 100, TODAY - 401, TODAY - 400};
    factory_import();
    for (int i = 0; i < 4; i++) {
        struct kiosk kiosk = {
            .id = 0x11, .epoch = {1, (uint64_t)i + 5}
        };
        struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
        event.shift_day = DAYS[i];
        inbox_event(&event, NULL);
    }
    apply_all(1000);
    assert_string_equal(rows("SELECT number, day, day_moved FROM fact ORDER BY number"),
                        "1|20516|1\n2|20516|1\n3|20516|1\n4|20116|0");
    assert_string_equal(rows("SELECT number FROM exception WHERE reason = 'books.day_moved' ORDER BY number"),
                        "1\n2\n3");
}

/* A copied kiosk: both events of one number are facts, and both count. */
static void a_fork_is_kept_and_told(void **state)
{
    (void)state;
    struct kiosk kiosk =
                     {
                         .id = 0x11, .epoch = {1, 5}
    },
                 copy;
    factory_import();
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
    inbox_event(&event, NULL);
    copy = kiosk;
    event = report_of(&kiosk, "2603-0001-01", 10, 2, BADGE_LI, 1);
    inbox_event(&event, NULL);
    event = report_of(&copy, "2603-0001-01", 10, 3, BADGE_WANG, 2);
    event.shift_day = TODAY - 1;
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT number, seq, day FROM fact ORDER BY number"), "1|1|20516\n2|2|20516\n3|2|20515");
    assert_string_equal(rows("SELECT good FROM op_sum"), "6");
    assert_string_equal(rows("SELECT reason, number FROM exception"), "books.fork|3");
    assert_string_equal(rows("SELECT seq, day FROM kiosk_mark"), "2|20516");
}

static void the_same_bytes_are_applied_once(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_LI, 1);
    inbox_event(&event, NULL);
    inbox_event(&event, NULL);
    apply_all(1);
    assert_string_equal(rows("SELECT number FROM fact"), "1");
    assert_string_equal(rows("SELECT good FROM op_sum"), "4");
    assert_string_equal(rows("SELECT number FROM exception"), "");
}

static void a_gap_moves_the_mark(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    struct event gap = event_of(&kiosk, EVENT_GAP);
    gap.gap_to = 9;
    inbox_event(&gap, NULL);
    kiosk.seq = 9;
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_LI, 1);
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT seq FROM kiosk_mark"), "10");
    assert_string_equal(rows("SELECT reason, number FROM exception"), "verdict.gap|1");
}

static void what_is_no_event_is_kept(void **state)
{
    (void)state;
    static const char *const LINES[] = {"", "nonsense", "{\"v\":1}", "{\"v\":1,\"kiosk\":\"x\"}", "[1,2]"};
    struct kiosk             kiosk = {
                    .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++)
        inbox_bytes(kiosk.id, kiosk.epoch, ++kiosk.seq, LINES[i], strlen(LINES[i]));
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_LI, 1);
    inbox_event(&event, NULL);
    apply_all(2);
    assert_string_equal(rows("SELECT f.number, f.kind, v.kind, f.day FROM fact AS f JOIN verdict AS v"
                             " ON v.number = f.number ORDER BY f.number"),
                        "1|-1|2|20516\n2|-1|2|20516\n3|-1|2|20516\n4|-1|2|20516\n5|-1|2|20516\n6|1|0|20516");
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM exception"), "5");
    assert_string_equal(rows("SELECT fen FROM due"), "200");
}

/* A kiosk that writes another's name into its lines, or the office's: kept and held, whatever it says. */
static void nobody_speaks_for_another(void **state)
{
    (void)state;
    struct kiosk kiosk =
                     {
                         .id = 0x11, .epoch = {1, 5}
    },
                 office = {.id = 0, .epoch = server_epoch}, other = {.id = 0x12, .epoch = {1, 5}},
                 later = {.id = 0x11, .epoch = {1, 5}, .seq = 40};
    struct hash over;
    struct buf  line = {0};
    factory_import();
    struct event report = report_of(&kiosk, "2603-0001-01", 10, 12, BADGE_LI, 1);
    inbox_event(&report, &over);
    struct event lies[] = {event_of(&office, EVENT_DECIDE), report_of(&other, "2603-0001-01", 20, 1, BADGE_WANG, 2),
                           report_of(&later, "2603-0001-01", 20, 1, BADGE_LI, 1)};
    lies[0].has_refers = true;
    lies[0].refers = over;
    lies[0].count = 2;
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        buf_clear(&line);
        good(event_write(&lies[i], &line, &err));
        inbox_bytes(kiosk.id, kiosk.epoch, ++kiosk.seq, line.bytes, line.len);
    }
    buf_free(&line);
    apply_all(1000);
    assert_string_equal(rows("SELECT number, kind, counted, held FROM verdict ORDER BY number"),
                        "1|1|10|2\n2|2|0|0\n3|2|0|0\n4|2|0|0");
    assert_string_equal(rows("SELECT number, reason FROM exception WHERE number > 1 ORDER BY number"),
                        "2|books.other_place\n3|books.other_place\n4|books.other_place");
    assert_string_equal(rows("SELECT worker, fen FROM due"), "1|500");
    assert_string_equal(rows("SELECT kiosk, seq FROM kiosk_mark"), "17|4");
}

/* ---- What speaks of another event */

static void an_undo_waits_for_its_target(void **state)
{
    (void)state;
    struct kiosk kiosk =
                     {
                         .id = 0x11, .epoch = {1, 5}
    },
                 other = {.id = 0x12, .epoch = {1, 6}};
    struct hash report_name, correct_name;
    factory_import();
    struct event report = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_LI, 1);
    struct event correct = report_of(&kiosk, "2603-0001-01", 10, 3, BADGE_LI, 1);
    struct event undo = event_of(&kiosk, EVENT_UNDO);
    struct buf   bytes = {0};
    correct.kind = EVENT_CORRECT;
    good(event_write(&report, &bytes, &err));
    report_name = event_name(bytes.bytes, bytes.len);
    correct.has_refers = undo.has_refers = true;
    correct.refers = report_name;
    buf_clear(&bytes);
    good(event_write(&correct, &bytes, &err));
    correct_name = event_name(bytes.bytes, bytes.len);
    undo.refers = correct_name;
    undo.workers[0] = correct.workers[0];
    undo.worker_count = 1;
    buf_free(&bytes);
    /* The newest first: it has no sheet of its own, so nothing says yet which line it is about. */
    inbox_event(&undo, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT line FROM fact"), "0");
    assert_string_equal(rows("SELECT kind FROM verdict"), "2");
    struct event between = report_of(&other, "2603-0001-01", 10, 1, BADGE_WANG, 2);
    inbox_event(&between, NULL);
    inbox_event(&correct, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT line FROM fact ORDER BY number"), "2603000101\n2603000101\n2603000101");
    inbox_event(&report, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM waiting"), "0");
    assert_string_equal(rows("SELECT number, kind FROM verdict ORDER BY number"), "1|0\n2|0\n3|3\n4|3");
    assert_string_equal(rows("SELECT good FROM op_sum"), "1");
    assert_string_equal(rows("SELECT worker, fen FROM due"), "2|50");
    assert_string_equal(rows("SELECT worker, facts FROM day_sum"), "2|1");
}

/* "Known before the stop?" is decided by `seen`, in this server's numbering, by no clock. */
static void seen_decides_about_a_stop(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    int64_t before = writer_feed(writer);
    act_do("stop", "{\"what\":\"2603-0001\",\"why\":\"客户改单\"}");
    int64_t           after = writer_feed(writer);
    struct event_seen seen[] = {
        {server_epoch, writer_run(writer), before},
        {server_epoch, writer_run(writer), after },
        {server_epoch, 77,                 before},
        {{9, 9},       writer_run(writer), before},
        {{0, 0},       0,                  0     }
    };
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
        event.seen = seen[i];
        inbox_event(&event, NULL);
    }
    apply_all(1000);
    char expected[256];
    snprintf(expected, sizeof expected, "1|%lld|0\n2|%lld|2\n3|-1|0\n4|-1|0\n5|0|0", (long long)before,
             (long long)after);
    assert_string_equal(rows("SELECT f.number, f.seen_feed, v.kind FROM fact AS f JOIN verdict AS v"
                             " ON v.number = f.number ORDER BY f.number"),
                        expected);
    /* A number beyond an ended run's end was given by a server that was set back. */
    writer_close(writer);
    writer = writer_at("books.db", false);
    good(writer_epoch(writer, (struct epoch){2, 5}, NOW, &err));
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
    event.seen = (struct event_seen){server_epoch, seen[0].run, after + 500};
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT seen_feed FROM fact WHERE number = 6"), "-1");
    act_do("lift", "{\"what\":\"2603-0001\"}");
    assert_string_equal(rows("SELECT key, value FROM feed WHERE topic = 'stop'"), "2603-0001|");
}

/* A server that finds out while it runs that it was set back begins a new run: what kiosks saw of the one before, under
 * the epoch before, keeps its meaning. */
static void an_epoch_in_mid_run_is_a_new_run(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    const struct epoch later = {server_epoch.counter + 1, 8};
    factory_import();
    uint64_t run = writer_run(writer);
    int64_t  feed = writer_feed(writer);
    good(writer_epoch(writer, later, NOW, &err));
    assert_true(writer_run(writer) != run);
    const struct event_seen seen[] = {
        {server_epoch, run,                feed},
        {later,        writer_run(writer), feed},
        {later,        run,                feed}
    };
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
        event.seen = seen[i];
        inbox_event(&event, NULL);
    }
    apply_all(1000);
    char expected[64];
    snprintf(expected, sizeof expected, "%lld\n%lld\n-1", (long long)feed, (long long)feed);
    assert_string_equal(rows("SELECT seen_feed FROM fact ORDER BY number"), expected);
}

/* ---- A mixed day, for slices, kills and rebuilds */

struct day {
    uint64_t     dice;
    struct kiosk kiosks[3];
    size_t       name_count;
    struct hash  names[512];
    struct event events[512];
};

static struct event any_report(struct day *day, struct kiosk *kiosk)
{
    static const char *const SHEETS[] = {"2603-0001-01", "2603-0001-02", "2603-0001-01", "2603-0777-01"};
    static const int64_t     BADGES[] = {BADGE_LI, BADGE_WANG, BADGE_ZHANG, BADGE_NOBODY, BADGE_LI, 0, BADGE_SPARE};
    int64_t                  badge = BADGES[dice_between(&day->dice, 0, 6)];
    struct event             event =
        report_of(kiosk, SHEETS[dice_between(&day->dice, 0, 3)], dice_between(&day->dice, 0, 1) ? 10 : 20,
                  (int32_t)dice_between(&day->dice, 1, 4), badge, badge == 0 || badge > 3 ? 3 : (int32_t)badge);
    event.shift_day = TODAY - (int32_t)dice_between(&day->dice, 0, 2);
    if (dice_between(&day->dice, 0, 4) == 0) {
        event.worker_count = 2;
        event.workers[1] = (struct event_worker){.badge = BADGE_ZHANG, .number = 3, .share = 1};
    }
    if (dice_between(&day->dice, 0, 6) == 0) {
        event.bad_count = 1;
        event.bad[0] = (struct event_bad){1, 1, 10};
    }
    return event;
}

static struct event any_event(struct day *day)
{
    struct kiosk *kiosk = &day->kiosks[dice_between(&day->dice, 0, 2)];
    int64_t       roll = dice_between(&day->dice, 0, 19);
    struct event  event = any_report(day, kiosk);
    if (roll < 4 && day->name_count > 0) {
        size_t target = (size_t)dice_between(&day->dice, 0, (int64_t)day->name_count - 1);
        event.kind = roll < 2 ? EVENT_UNDO : EVENT_CORRECT;
        event.has_refers = true;
        event.refers = day->names[target];
        if (event.kind == EVENT_UNDO) event.has_sheet = false, event.op = event.count = event.bad_count = 0;
        if (event.kind == EVENT_CORRECT) event.sheet = day->events[target].sheet, event.op = day->events[target].op;
        if (day->events[target].kiosk == event.kiosk) {
            event.worker_count = day->events[target].worker_count;
            memcpy(event.workers, day->events[target].workers, sizeof event.workers);
        }
    } else if (roll == 4) {
        event = event_of(kiosk, EVENT_NOTE);
        memcpy(event.note, "门框变形", sizeof "门框变形");
        event.seq = --kiosk->seq; /* any_report() took a number */
    } else if (roll == 6) {       /* also to somebody who isn't there yet, and of a badge that is Li's own */
        event = event_of(kiosk, EVENT_BIND);
        event.seq = --kiosk->seq;
        event.by = 1;
        event.shift_day = TODAY - (int32_t)dice_between(&day->dice, 0, 2);
        event.worker_count = 1;
        event.workers[0] = (struct event_worker){.badge = dice_between(&day->dice, 0, 5) == 0 ? BADGE_LI : BADGE_SPARE,
                                                 .number = (int32_t)dice_between(&day->dice, 0, 4),
                                                 .share = 1};
    } else if (roll == 5) {
        event.kind = EVENT_UNDO;
        event.has_refers = true;
        event.refers = hash_of("nothing", 7);
    }
    return event;
}

/* `count` events into the inbox; every 20th comes twice, every 25th is nonsense. */
static void day_make(struct day *day, int count)
{
    for (int i = 0; i < count; i++) {
        struct event event = any_event(day);
        day->events[day->name_count] = event;
        inbox_event(&event, &day->names[day->name_count++]);
        if (i % 20 == 7) inbox_event(&event, NULL);
        if (i % 25 == 9) inbox_bytes(0x99, (struct epoch){1, 1}, i / 25 + 1, &"abcdefghijk"[i % 10], 1);
    }
}

static struct day day_of_seed(uint64_t seed)
{
    return (struct day){
        .dice = seed, .kiosks = {{0x11, {1, 5}, 0}, {0x12, {1, 6}, 0}, {0x13, {2, 7}, 0}}
    };
}

enum { BOOKS_TABLES = 18 };

/* Everything derived, as one hash; printed by table where two differ. */
static void books_print(const char *name, char hashes[BOOKS_TABLES][HASH_TEXT])
{
    static const char *const SQLS[BOOKS_TABLES] = {
        "SELECT number, kiosk, seq, kind, line, rev, op, day, day_moved, seen_feed FROM fact ORDER BY number",
        "SELECT number, kind, counted, held, good, bad, rate_cfen, due_fen, reason, decided_by FROM verdict ORDER BY 1",
        "SELECT number, share, worker, day, badge FROM fact_worker ORDER BY number, share",
        "SELECT worker, day, number, share, fen FROM due ORDER BY worker, day, number, share",
        "SELECT line, rev, op, good, bad, held FROM op_sum ORDER BY line, rev, op",
        "SELECT day, worker, fen, facts, pieces, held FROM day_sum ORDER BY day, worker",
        "SELECT kiosk, epoch_counter, seq, day, taken_ms FROM kiosk_mark ORDER BY kiosk, epoch_counter",
        "SELECT worker, kiosk, day FROM worker_kiosk ORDER BY worker, kiosk",
        "SELECT line, rev, copy, number FROM paper ORDER BY line, rev, copy",
        "SELECT number FROM waiting ORDER BY number",
        "SELECT reason, number, say FROM exception ORDER BY reason, number",
        "SELECT day, code, shift, facts, good, bad, reworked, doors FROM op_day ORDER BY day, code, shift",
        "SELECT day, worker, code, facts, good, bad, reworked, fen FROM hand_day ORDER BY day, worker, code",
        "SELECT day, number, place, line, rev, code, reason, fault, pieces, is_open FROM flaw ORDER BY 1, 2, 3",
        "SELECT line, doors, is_whole, day FROM finished ORDER BY line",
        "SELECT line FROM on_floor ORDER BY line",
        "SELECT week, worker, days, fen, facts, pieces, held, time_fen FROM week_sum ORDER BY week, worker",
        "SELECT week FROM week_place"};
    for (int i = 0; i < BOOKS_TABLES; i++) {
        const char *text = rows_of(name, SQLS[i]);
        struct hash hash = hash_of(text, strlen(text));
        hash_write(&hash, hashes[i]);
    }
}

/* [R13] server/books/counts.c, server/books/flaw.c: what reports add up is what the verdicts and pay lines say. */
static void figures_agree(const char *name)
{
    static const char *const SQLS[][2] = {
        {"SELECT day, code, SUM(facts), SUM(good + reworked) FROM op_day GROUP BY day, code ORDER BY day, code",
         "SELECT f.day, s.code, COUNT(*), SUM(v.good) FROM fact AS f JOIN verdict AS v ON v.number = f.number JOIN"
         " sheet_op AS s ON s.line = f.line AND s.rev = f.rev AND s.op = f.op WHERE v.counted > 0 AND f.kind IN (1, 3)"
         " GROUP BY f.day, s.code ORDER BY f.day, s.code"                                                   },
        {"SELECT day, worker, SUM(fen) FROM hand_day GROUP BY day, worker HAVING SUM(fen) != 0 ORDER BY day, worker",
         "SELECT day, worker, fen FROM day_sum WHERE fen != 0 ORDER BY day, worker"                         },
        {"SELECT day, code, SUM(pieces) FROM flaw GROUP BY day, code ORDER BY day, code",
         "SELECT day, code, SUM(bad) FROM op_day GROUP BY day, code HAVING SUM(bad) != 0 ORDER BY day, code"},
        {"SELECT line, doors, is_whole FROM finished ORDER BY line",
         "SELECT d.line, d.good / o.per_door, d.good / o.per_door >= o.planned / o.per_door FROM op_sum AS d"
         " JOIN line AS l ON l.line = d.line AND l.rev = d.rev"
         " JOIN sheet_op AS o ON o.line = d.line AND o.rev = d.rev AND o.op = d.op"
         " WHERE o.op = (SELECT MAX(p.op) FROM sheet_op AS p WHERE p.line = o.line AND p.rev = o.rev)"
         " AND d.good >= o.per_door ORDER BY d.line"                                                        },
        {"SELECT line FROM on_floor ORDER BY line",
         "SELECT DISTINCT s.line FROM line AS l JOIN sheet_op AS s ON s.line = l.line AND s.rev = l.rev LEFT JOIN "
         "op_sum"
         " AS d ON d.line = s.line AND d.rev = s.rev AND d.op = s.op WHERE COALESCE(d.good + d.bad, 0) < s.planned"
         " ORDER BY s.line"                                                                                 }
    };
    for (size_t i = 0; i < sizeof SQLS / sizeof *SQLS; i++) {
        char *summed = strdup(rows_of(name, SQLS[i][0]));
        assert_true(summed[0] != 0);
        assert_string_equal(summed, rows_of(name, SQLS[i][1]));
        free(summed);
    }
}

static void books_are_equal(const char *a, const char *b)
{
    char of_a[BOOKS_TABLES][HASH_TEXT], of_b[BOOKS_TABLES][HASH_TEXT];
    books_print(a, of_a);
    books_print(b, of_b);
    for (int i = 0; i < BOOKS_TABLES; i++) assert_string_equal(of_a[i], of_b[i]);
}

/* A badge that the office gives somebody afterwards: he was at that kiosk then, which hasn't got his pay. */
static void a_badge_given_later_signs_in(void **state)
{
    (void)state;
    struct kiosk here =
                     {
                         .id = 0x11, .epoch = {1, 5}
    },
                 there = {.id = 0x12, .epoch = {1, 6}};
    factory_import();
    act_do("worker.pin", "{\"worker\":2,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\","
                         "\"open\":\"CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}");
    struct event event = report_of(&there, "2603-0001-01", 10, 4, BADGE_WANG, 2);
    event.shift_day = TODAY - 1;
    inbox_event(&event, NULL);
    event = report_of(&here, "2603-0001-01", 10, 3, 99, 0);
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT worker, kiosk FROM worker_kiosk ORDER BY worker"), "2|18");
    int64_t feed = writer_feed(writer);
    act_do("badge.add", "{\"badge\":99,\"worker\":2}");
    apply_all(1000);
    assert_string_equal(rows("SELECT worker, kiosk, day FROM worker_kiosk ORDER BY kiosk"), "2|17|20516\n2|18|20515");
    char told[128];
    snprintf(told, sizeof told, "SELECT key FROM feed WHERE topic = 'pay' AND number > %lld ORDER BY key",
             (long long)feed);
    assert_string_equal(rows(told), "2/2026-03-03\n2/2026-03-04");
    rebuilt_is_equal("books.db");
}

/* The acts of the day, at the same places of the inbox whatever the slices. */
static void day_run(int64_t most)
{
    size_t all = inbox.count;
    factory_import();
    inbox.count = all / 3;
    apply_all(most);
    act_do("badge.add", "{\"badge\":99,\"worker\":3}");
    act_do("stop", "{\"what\":\"2603-0001-02\",\"why\":\"\"}");
    act_do("setting", "{\"name\":\"day_start_min\",\"value\":900}"); /* from here on it is still yesterday */
    inbox.count = 2 * all / 3;
    apply_all(most);
    act_do("import", "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\",\"family\","
                     "\"quantity\",\"due\"],\"rows\":[[2,\"2603-0777\",\"1\",\"西门\",\"钢门\",\"steel\",\"30\","
                     "\"2026-03-20\"]]}");
    act_do("lift", "{\"what\":\"2603-0001-02\"}");
    act_do("worker.left", "{\"worker\":2,\"day\":\"2026-03-02\"}");
    act_do("user.add", "{\"name\":\"boss\",\"full\":\"\",\"roles\":\"administrator\"}");
    struct act act = act_of("rate.change", "console",
                            "{\"code\":\"weld\",\"family\":\"\",\"from\":\"2026-03-03\",\"to\":\"2026-03-03\","
                            "\"rate\":\"2.5\",\"rework\":\"0\"}");
    snprintf(act.second, sizeof act.second, "boss");
    act_step_of(&act);
    assert_int_equal(act.status, 200);
    buf_free(&act.answer);
    inbox.count = all;
    apply_all(most);
}

static void slices_make_no_difference(void **state)
{
    (void)state;
    static const int64_t MOST[] = {1, 7, 1000};
    for (uint64_t seed = 1; seed <= 4; seed++) {
        static struct day day;
        char              first[32] = "";
        day = day_of_seed(seed);
        day_make(&day, 90);
        for (size_t i = 0; i < sizeof MOST / sizeof *MOST; i++) {
            char name[32];
            snprintf(name, sizeof name, "s%d-%d.db", (int)seed, (int)i);
            writer_close(writer);
            writer = writer_at(name, false);
            good(writer_epoch(writer, server_epoch, NOW, &err));
            day_run(MOST[i]);
            if (i == 0)
                snprintf(first, sizeof first, "%s", name);
            else
                books_are_equal(first, name);
            figures_agree(name);
            rebuilt_is_equal(name);
        }
        for (size_t i = 0; i < inbox.count; i++) free(inbox.lines[i].bytes);
        inbox.count = 0;
    }
}

/* A row altered by hand is named. */
static void a_forged_row_is_named(void **state)
{
    (void)state;
    static struct day day;
    day = day_of_seed(9);
    day_make(&day, 60);
    day_run(1000);
    rebuilt_is_equal("books.db");
    writer_close(writer);
    writer = NULL;
    struct db *db;
    good(db_open(path_of("books.db"), DB_WRITE, NULL, &db, &err));
    good(db_script(db, "UPDATE due SET fen = fen + 1 WHERE number = (SELECT MIN(number) FROM due)", &err));
    good(db_script(db, "DELETE FROM op_sum WHERE line = 2603000102", &err));
    db_close(db);
    struct rebuild_options options = {
        .books_path = path_of("books.db"), .work_path = path_of("again.db"), .inbox = {inbox_next, &inbox}
    };
    struct rebuild_result result;
    good(rebuild_compare(&options, NOW, &result, &err));
    assert_true(result.differences >= 2);
    assert_non_null(strstr(buf_text(&result.first), "\"table\":\"due\""));
    assert_non_null(strstr(buf_text(&result.first), "\"column\":\"fen\""));
    assert_non_null(strstr(buf_text(&result.first), "\"table\":\"op_sum\""));
    buf_free(&result.first);
}

static void rebuilt_in_place(void **state)
{
    (void)state;
    static struct day day;
    char              before[BOOKS_TABLES][HASH_TEXT], after[BOOKS_TABLES][HASH_TEXT];
    day = day_of_seed(3);
    day_make(&day, 60);
    day_run(13);
    books_print("books.db", before);
    int64_t feed = writer_feed(writer);
    writer_close(writer);
    writer = writer_at("books.db", true);
    apply_all(1000);
    books_print("books.db", after);
    for (int i = 0; i < BOOKS_TABLES; i++) assert_string_equal(before[i], after[i]);
    assert_int_equal(writer_feed(writer), feed); /* kiosks are told nothing twice */
}

/* ---- Ends that nobody asked for */

static int64_t end_at;     /* call of inbox_next() at which the program ends */
static int64_t end_number; /* ... or once this event was handed out and the next is asked for */
static int64_t calls;
static bool    is_stepping; /* what is read at opening doesn't count */

static bool inbox_next_ends(void *self, int64_t after, struct writer_line *line, bool *has_line, struct err *error)
{
    if (is_stepping && (++calls == end_at || (end_number != 0 && after == end_number))) _exit(7);
    return inbox_next(self, after, line, has_line, error);
}

/* Runs a writer in a process of its own until it ends there, or has applied everything; true: it ended. */
static bool child_ends(const char *name, int64_t most, uint64_t boot)
{
    pid_t child = fork();
    if (child == 0) {
        struct writer_options options = {
            .books_path = path_of(name), .inbox = {inbox_next_ends, &inbox},
                 .boot = boot
        };
        struct writer    *own;
        struct writer_in  in = {.now_ms = NOW, .inbox_end = (int64_t)inbox.count, .most = most};
        struct writer_out out;
        if (!writer_open(&options, NOW, &own, &err)) _exit(8);
        if (rows_of(name, "SELECT number FROM aside WHERE lifted < times")[0] != 0)
            end_number = 0; /* it isn't looked into any more */
        is_stepping = true;
        do writer_step(own, &in, &out);
        while (out.want == WRITER_AGAIN && out.err.kind == ERR_NONE);
        _exit(out.err.kind == ERR_NONE ? 0 : 9);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 7);
    return WEXITSTATUS(status) == 7;
}

/* A copy of the books as they were after the import. */
static void copy_make(const char *name)
{
    struct db *db = books_look("base.db");
    for (int i = 0; i < 3; i++) {
        static const char *const TAILS[] = {"", "-wal", "-shm"};
        char                     tail[64];
        snprintf(tail, sizeof tail, "%s%s", name, TAILS[i]);
        unlink(path_of(tail));
    }
    good(db_backup(db, path_of(name), &err));
    db_close(db);
}

static void base_make(void)
{
    static struct day day;
    day = day_of_seed(21);
    factory_import();
    writer_close(writer);
    writer = NULL;
    rename(path_of("books.db"), path_of("base.db"));
    rename(path_of("books.db-wal"), path_of("base.db-wal"));
    day_make(&day, 40);
    copy_make("whole.db");
    writer = writer_at("whole.db", false);
    apply_all(1000);
}

static void an_end_at_any_step_changes_nothing(void **state)
{
    (void)state;
    base_make();
    for (end_at = 1; end_at < 1000; end_at += 2) {
        copy_make("killed.db");
        bool ended = child_ends("killed.db", 5, 7);
        writer_close(writer);
        writer = writer_at("killed.db", false);
        apply_all(1000);
        books_are_equal("whole.db", "killed.db");
        if (!ended) break;
    }
    assert_true(end_at > 30);
    rebuilt_is_equal("killed.db");
    end_at = 0;
}

/* Ends again and again within one long chain of unclean ends: each start gets further. */
static void many_ends_get_through(void **state)
{
    (void)state;
    base_make();
    copy_make("killed.db");
    int ends = 0;
    end_at = 4;
    while (child_ends("killed.db", 5, 7)) assert_true(++ends < 100);
    assert_true(ends > 5);
    end_at = 0;
    writer_close(writer);
    writer = writer_at("killed.db", false);
    apply_all(1000);
    books_are_equal("whole.db", "killed.db");
}

/* An event that ends the program each time is set aside; those behind it are booked. */
static void a_deadly_event_is_set_aside(void **state)
{
    (void)state;
    base_make();
    copy_make("killed.db");
    int ends = 0;
    end_number = 11;
    while (child_ends("killed.db", 5, 7)) assert_true(++ends < 10);
    assert_int_equal(ends, 3); /* the slice, and two tries alone */
    end_number = 0;
    assert_string_equal(rows_of("killed.db", "SELECT number FROM aside"), "11");
    assert_string_equal(rows_of("killed.db", "SELECT f.kind, v.kind FROM fact AS f JOIN verdict AS v"
                                             " ON v.number = f.number WHERE f.number = 11"),
                        "-1|2");
    assert_string_equal(rows_of("killed.db", "SELECT number FROM exception WHERE reason = 'books.aside'"), "11");
    assert_string_equal(rows_of("killed.db", "SELECT applied_to FROM place"),
                        rows_of("whole.db", "SELECT applied_to FROM place"));
    rebuilt_is_equal("killed.db");
}

/* As the server's next start opens them. */
static void books_renew(const char *name)
{
    const struct writer_options options = {
        .books_path = path_of(name), .inbox = {inbox_next, &inbox},
             .rebuild = true, .lifts = true
    };
    writer_close(writer);
    good(writer_open(&options, NOW, &writer, &err));
}

static bool reads_more(void)
{
    bool is;
    good(writer_reads_more(writer, &is, &err));
    return is;
}

/* Once the program is mended the office has it tried again, when everything is computed anew: then the books are as if nothing
 * had been. Until then it is passed over, by a rebuild too; should it end the program again it is set aside again. */
static void what_was_set_aside_is_tried_again(void **state)
{
    (void)state;
    char name[HASH_TEXT], body[HASH_TEXT + 16];
    int  ends = 0;
    base_make();
    copy_make("killed.db");
    const struct writer_line *deadly = &inbox.lines[10].line;
    struct hash               hash = event_name(deadly->bytes, deadly->len);
    hash_write(&hash, name);
    snprintf(body, sizeof body, "{\"event\":\"%s\"}", name);
    end_number = deadly->number;
    while (child_ends("killed.db", 5, 7)) assert_true(++ends < 10);
    writer_close(writer);
    writer = writer_at("killed.db", false);
    assert_false(reads_more());
    act_do("exception.again", body);
    assert_non_null(strstr(act_do_as("exception.again", "console", body, 409), "aside.again"));
    assert_true(reads_more());
    rebuilt_is_equal("killed.db");
    books_renew("killed.db");
    writer_close(writer);
    writer = NULL;
    while (child_ends("killed.db", 5, 7)) assert_true(++ends < 20);
    assert_int_equal(ends, 6);
    end_number = 0;
    writer = writer_at("killed.db", false);
    assert_string_equal(rows_of("killed.db", "SELECT times, lifted FROM aside"), "2|1");
    assert_false(reads_more());
    rebuilt_is_equal("killed.db");
    books_renew("killed.db"); /* perhaps for another one's sake: of this one nobody has said so again */
    apply_all(1000);
    assert_string_equal(rows_of("killed.db", "SELECT times, lifted FROM aside"), "2|1");
    act_do("exception.again", body);
    books_renew("killed.db");
    apply_all(1000);
    assert_false(reads_more());
    assert_non_null(strstr(act_do_as("exception.again", "console", body, 404), "aside.none"));
    assert_string_equal(rows_of("killed.db", "SELECT number FROM exception WHERE reason = 'books.aside'"), "");
    books_are_equal("whole.db", "killed.db");
    rebuilt_is_equal("killed.db");
}

/* Where the power ended each of them the event is innocent, however often. */
static void a_power_cut_sets_nothing_aside(void **state)
{
    (void)state;
    base_make();
    copy_make("killed.db");
    end_number = 11;
    for (uint64_t boot = 1; boot <= 8; boot++) assert_true(child_ends("killed.db", 5, boot));
    end_number = 0;
    assert_false(child_ends("killed.db", 5, 9));
    assert_string_equal(rows_of("killed.db", "SELECT CAST(COUNT(*) AS BIGINT) FROM aside"), "0");
    books_are_equal("whole.db", "killed.db");
}

/* ---- Failures */

/* A rule that fails for one event, when it is stored or when its line is judged, as the slice ends: it alone is held. */
static void a_failing_rule_holds_its_event_alone(void **state)
{
    (void)state;
    static const char *const PLANTED[] = {
        "CREATE TRIGGER planted BEFORE INSERT ON fact WHEN NEW.number = 14 AND NEW.kind >= 0"
        " BEGIN SELECT RAISE(ABORT, 'planted'); END",
        "CREATE TRIGGER planted BEFORE INSERT ON verdict WHEN NEW.number = 14 AND NEW.reason NOT LIKE '%rule_failed%'"
        " BEGIN SELECT RAISE(ABORT, 'planted'); END",
    };
    static struct day day;
    day = day_of_seed(5);
    factory_import();
    day_make(&day, 40);
    writer_close(writer);
    for (size_t i = 0; i < sizeof PLANTED / sizeof *PLANTED; i++) {
        char       name[] = "planted0.db";
        struct db *db;
        name[7] = (char)('0' + i);
        good(db_open(path_of("books.db"), DB_READ, NULL, &db, &err));
        good(db_backup(db, path_of(name), &err));
        db_close(db);
        good(db_open(path_of(name), DB_WRITE, NULL, &db, &err));
        good(db_script(db, PLANTED[i], &err));
        db_close(db);
        writer = writer_at(name, false);
        apply_all(1000);
        assert_string_equal(rows_of(name, "SELECT f.kind, v.kind FROM fact AS f JOIN verdict AS v"
                                          " ON v.number = f.number WHERE f.number = 14"),
                            "-1|2");
        assert_string_equal(rows_of(name, "SELECT number FROM exception WHERE reason = 'books.rule_failed'"), "14");
        assert_string_equal(rows_of(name, "SELECT MAX(number) FROM fact"), "44");
        rebuilt_is_equal(name);
        writer_close(writer);
    }
    writer = writer_at("books.db", false);
}

/* Disk full, I/O: the slice goes back whole and is tried again; nobody is judged by it. */
static void a_full_disk_is_no_verdict(void **state)
{
    (void)state;
    static struct day day;
    struct rlimit     old, little;
    struct writer_out out;
    day = day_of_seed(6);
    factory_import();
    day_make(&day, 60);
    struct writer_in in = step_in();
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    little = (struct rlimit){.rlim_cur = 4096, .rlim_max = old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    for (int i = 0; i < 3; i++) {
        writer_step(writer, &in, &out);
        assert_true(err_is_passing(&out.err));
        assert_int_equal(out.want, WRITER_AGAIN);
        assert_int_equal(out.applied_to, 0);
    }
    struct act act = act_of("stop", "console", "{\"what\":\"2603-0001\",\"why\":\"\"}");
    out = act_step_of(&act);
    assert_true(out.is_act_done);
    assert_int_equal(act.status, 503);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM fact"), "0");
    out = act_step_of(&act); /* the same act once more: it hasn't happened yet */
    assert_int_equal(act.status, 200);
    buf_free(&act.answer);
    apply_all(1000);
    rebuilt_is_equal("books.db");
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM aside"), "0");
}

/* What fills the disk may be the log itself: it is copied into the file, and its room used again. */
static void a_log_that_fills_the_disk_is_emptied(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    struct rlimit     old, little;
    struct writer_out out;
    int               full = 0;
    factory_import();
    for (int i = 0; i < 600; i++) {
        struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
        inbox_event(&event, NULL);
    }
    struct writer_in in = step_in();
    in.most = 20;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    little = (struct rlimit){.rlim_cur = 1500000, .rlim_max = old.rlim_max}; /* the file itself stays below that */
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    for (int i = 0; i < 200 && writer_applied(writer) < 600; i++) {
        writer_step(writer, &in, &out);
        full += out.err.kind != ERR_NONE;
    }
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_in_range(full, 1, 10);
    assert_int_equal(writer_applied(writer), 600);
}

static void an_inbox_that_fails_is_tried_again(void **state)
{
    (void)state;
    static struct day day;
    struct writer_out out;
    day = day_of_seed(7);
    factory_import();
    day_make(&day, 30);
    struct writer_in in = step_in();
    in.most = 4;
    writer_step(writer, &in, &out);
    assert_int_equal(out.applied_to, 4);
    inbox.fails = (struct err){.kind = ERR_IO};
    writer_step(writer, &in, &out);
    assert_int_equal(out.err.kind, ERR_IO);
    assert_int_equal(out.applied_to, 4);
    inbox.fails.kind = ERR_NONE;
    apply_all(4);
    rebuilt_is_equal("books.db");
}

/* Books that are further than the inbox are of another time. */
static void a_short_inbox_is_named(void **state)
{
    (void)state;
    static struct day day;
    day = day_of_seed(8);
    factory_import();
    day_make(&day, 20);
    apply_all(1000);
    size_t all = inbox.count;
    inbox.count = 5;
    struct rebuild_options options = {
        .books_path = path_of("books.db"), .work_path = path_of("again.db"), .inbox = {inbox_next, &inbox}
    };
    struct rebuild_result result;
    assert_false(rebuild_compare(&options, NOW, &result, &err));
    assert_string_equal(err.say.id, "books.inbox_short");
    buf_free(&result.first);
    inbox.count = all;
}

/* ---- Slices by the budget */

static int64_t fake_us;

static int64_t mono_us(void *self)
{
    (void)self;
    return fake_us += 1000;
}

static void slices_follow_the_budget(void **state)
{
    (void)state;
    static struct day day;
    struct writer_out out;
    day = day_of_seed(10);
    factory_import();
    day_make(&day, 300);
    struct writer_in in = step_in();
    in.most = 0;
    in.mono_us = mono_us;
    in.budget_us = 20; /* each slice seems to take a millisecond: far too long */
    writer_step(writer, &in, &out);
    int64_t first = out.applied;
    writer_step(writer, &in, &out);
    assert_true(out.applied < first);
    in.budget_us = 100000;
    for (int i = 0; i < 2; i++) {
        int64_t before = out.applied;
        writer_step(writer, &in, &out);
        assert_true(out.applied >= before);
    }
    assert_int_equal(out.want, WRITER_AGAIN);
}

static bool is_awaited_at_once(void *self)
{
    (void)self;
    return true;
}

/* Whoever waits for an act of his waits for one event, not for a slice; what follows is applied as ever. */
static void a_slice_ends_for_an_act(void **state)
{
    (void)state;
    static struct day day;
    struct writer_out out;
    day = day_of_seed(10);
    factory_import();
    day_make(&day, 10);
    struct writer_in in = step_in();
    in.most = 1000;
    in.is_awaited = is_awaited_at_once;
    for (int64_t i = 1; i < 5; i++) {
        writer_step(writer, &in, &out);
        assert_int_equal(out.applied_to, i);
        assert_int_equal(out.want, WRITER_AGAIN);
    }
    in.is_awaited = NULL;
    writer_step(writer, &in, &out);
    assert_int_equal(out.applied_to, (int64_t)inbox.count);
}

static void resting_copies_the_log(void **state)
{
    (void)state;
    struct writer_out out;
    factory_import();
    struct writer_in in = step_in();
    in.now_ms += 5000;
    writer_step(writer, &in, &out);
    assert_int_equal(out.want, WRITER_IDLE);
    assert_int_equal(out.err.kind, ERR_NONE);
    /* All of it is in the file itself now: the log beside it isn't needed. */
    char command[400];
    snprintf(command, sizeof command, "cp %s %s", path_of("books.db"), path_of("alone.db"));
    assert_int_equal(system(command), 0);
    assert_string_equal(rows_of("alone.db", "SELECT CAST(COUNT(*) AS BIGINT) FROM line"), "2");
}

/* A report that reads for ever keeps the log from being copied: applying waits before the log fills the disk, and goes
 * on once the reader lets go. */
static void a_log_that_is_too_long_waits(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    struct writer_out out;
    factory_import();
    for (int i = 0; i < 6000; i++) {
        struct event event = report_of(&kiosk, "2603-0001-01", 10, 1, BADGE_LI, 1);
        inbox_event(&event, NULL);
    }
    struct db *reader = books_look("books.db");
    good(db_begin(reader, &err));
    struct writer_in in = step_in();
    in.most = 1;
    do writer_step(writer, &in, &out);
    while (out.err.kind == ERR_NONE && out.want == WRITER_AGAIN && out.applied_to < 6000);
    assert_int_equal(out.err.kind, ERR_BUSY);
    assert_string_equal(out.err.say.id, "books.log");
    assert_int_equal(out.applied, 0);
    db_rollback(reader);
    db_close(reader);
    writer_step(writer, &in, &out);
    assert_int_equal(out.err.kind, ERR_NONE);
    assert_int_equal(out.applied, 1);
}

int main(int argc, char **argv)
{
    static struct rows      tests;
    const struct CMUnitTest all[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, factory_make, factory_end)
        TEST(reports_are_booked),
        TEST(papers_are_known),
        TEST(a_day_is_bounded),
        TEST(a_first_day_is_bounded_too),
        TEST(a_fork_is_kept_and_told),
        TEST(the_same_bytes_are_applied_once),
        TEST(a_gap_moves_the_mark),
        TEST(what_is_no_event_is_kept),
        TEST(nobody_speaks_for_another),
        TEST(an_undo_waits_for_its_target),
        TEST(seen_decides_about_a_stop),
        TEST(an_epoch_in_mid_run_is_a_new_run),
        TEST(a_badge_given_later_signs_in),
        TEST(slices_make_no_difference),
        TEST(a_forged_row_is_named),
        TEST(rebuilt_in_place),
        TEST(an_end_at_any_step_changes_nothing),
        TEST(many_ends_get_through),
        TEST(a_deadly_event_is_set_aside),
        TEST(what_was_set_aside_is_tried_again),
        TEST(a_power_cut_sets_nothing_aside),
        TEST(a_failing_rule_holds_its_event_alone),
        TEST(a_full_disk_is_no_verdict),
        TEST(a_log_that_fills_the_disk_is_emptied),
        TEST(an_inbox_that_fails_is_tried_again),
        TEST(a_short_inbox_is_named),
        TEST(slices_follow_the_budget),
        TEST(a_slice_ends_for_an_act),
        TEST(resting_copies_the_log),
        TEST(a_log_that_is_too_long_waits),
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) tests.tests[tests.count++] = all[i];
    return rows_run(&tests, argc, argv);
}
