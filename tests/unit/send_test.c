/* send_test.c - every kind of answer, and what it does to the queue: only signed words about shared events move it.
 * links: kiosk_send kiosk_keep core */
#include <string.h>

#include "core/embed.h"
#include "core/json.h"
#include "kiosk/send/send.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define NOW INT64_C(1796000000000)

static struct db          *db;
static struct outbox      *outbox;
static struct send         sender;
static struct err          err;
static int64_t             mono_ms;
static uint64_t            number;
static struct send_request request; /* the last one that went out */
static char                words[16][80];

static const struct epoch SERVER = {3, 0x1234}, OTHER = {4, 0x99};

static void good(bool is_good)
{
    if (!is_good) print_error("%s\n", err.say.id);
    assert_true(is_good);
}

static void open_all(void)
{
    good(db_open(folder_path("a.db"), DB_WRITE, NULL, &db, &err));
    good(db_migrate(db, embed_kiosk_schema, &err));
    good(place_open(db, 0, &err));
    good(outbox_open(db, &outbox, &err));
    outbox_now(outbox, NOW);
    sender = (struct send){0};
    memset(sender.post.key.bytes, 7, sizeof sender.post.key.bytes);
}

static void close_all(void)
{
    outbox_close(outbox);
    db_close(db);
}

static int start(void **state)
{
    (void)state;
    err = (struct err){0};
    mono_ms = 1000;
    request = (struct send_request){0};
    if (folder_make() != 0 || !chain_init(&err)) return 1;
    open_all();
    return 0;
}

static int end(void **state)
{
    (void)state;
    buf_free(&request.body);
    close_all();
    return folder_end();
}

static void save_many(int count)
{
    for (int i = 0; i < count; i++) {
        struct event event = {.kind = EVENT_REPORT, .count = i + 1, .wall_ms = NOW};
        struct hash  name;
        good(outbox_save(outbox, &event, &name, &err));
    }
}

static struct place place_now(void)
{
    struct place place;
    good(place_read(db, &place, &err));
    return place;
}

static bool step(const struct send_answer *answer, struct send_request *made)
{
    struct place place = place_now();
    sender.post.next_number = ++number;
    return send_step(&sender, outbox, &place, answer, NOW, mono_ms, made, &err);
}

/* Lets time go on until a request goes out, and reads its words; false: none within ten minutes. */
static bool sent(void)
{
    struct send_request made;
    for (int i = 0; i < 100; i++) {
        int64_t due_ms = send_due(&sender, outbox);
        if (due_ms == INT64_MAX || due_ms > mono_ms + 600000) return false;
        if (due_ms > mono_ms) mono_ms = due_ms;
        good(step(NULL, &made));
        if (!made.is_set) continue;
        buf_free(&request.body);
        request = made;
        memset(words, 0, sizeof words);
        int n = 0;
        for (const char *at = buf_text(&request.body); n < 13; n++) {
            size_t len = strcspn(at, " \n");
            snprintf(words[n], sizeof words[n], "%.*s", (int)len, at);
            at += len + 1;
        }
        return true;
    }
    return false;
}

/* "first+count" of what went out. */
static const char *what(void)
{
    static char text[64];
    if (!sent()) return "-";
    snprintf(text, sizeof text, "%.20s+%.20s", words[4], words[5]);
    return text;
}

static struct mark mark_of(struct epoch epoch, int64_t seq)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          len;
    struct mark     mark = {epoch, seq, chain_first(outbox_kiosk(outbox), epoch)};
    good(db_prepare(db, SQL("SELECT name FROM event WHERE counter = $1 AND seq = $2"), &stmt, &err));
    db_bind_int(stmt, 1, epoch.counter);
    db_bind_int(stmt, 2, seq);
    good(db_step(stmt, &row, &err));
    if (!row) return mark;
    memcpy(mark.hash.bytes, db_blob(stmt, 0, &len), sizeof mark.hash.bytes);
    db_reset(stmt);
    return mark;
}

static struct mark mark_at(int64_t seq)
{
    return mark_of(outbox_epoch(outbox), seq);
}

static struct mark not_ours(int64_t seq)
{
    struct mark mark = mark_at(1);
    mark.seq = seq;
    mark.hash = hash_of("another kiosk's", 3);
    return mark;
}

static void body_write(struct buf *body, const char *state, bool is_fork, const struct mark *mark, struct epoch server)
{
    char epoch[EPOCH_TEXT], hash[HASH_TEXT], id[EPOCH_TEXT];
    epoch_write(mark->epoch, epoch);
    hash_write(&mark->hash, hash);
    epoch_write(server, id);
    buf_fmt(body,
            "{\"v\":1,\"state\":\"%s\",\"fork\":%s,\"mark\":[\"%s\",%d,\"%s\"],\"server\":\"%s\","
            "\"run\":\"00000000000000aa\",\"feed\":9,\"time\":%lld}",
            state, is_fork ? "true" : "false", epoch, (int)mark->seq, hash, id, (long long)(NOW + 5000));
}

static bool hear(int status, const char *body, bool is_signed)
{
    struct send_answer  answer = {.number = sender.post.under_way, .status = status, .body = body, .len = strlen(body)};
    struct send_request made;
    if (is_signed) {
        answer.has_mac = true;
        answer.mac = mac_answer(&sender.post.key, &request.mac, body, strlen(body));
    }
    bool is_good = step(&answer, &made);
    assert_false(made.is_set);
    return is_good;
}

static void answer_from(const char *state, bool is_fork, struct mark mark, struct epoch server)
{
    struct buf body = {0};
    body_write(&body, state, is_fork, &mark, server);
    good(hear(200, body.bytes, true));
    buf_free(&body);
}

static void answer(const char *state, struct mark mark)
{
    answer_from(state, false, mark, SERVER);
}

static int64_t waiting(void)
{
    int64_t since_ms;
    return outbox_waiting(outbox, &since_ms);
}

/* The server has all that was sent: brings the sender to a known start. */
static void settled(int events)
{
    save_many(events);
    assert_true(sent());
    answer("taken", mark_at(events));
    assert_int_equal(waiting(), 0);
}

/* ---- requests */

static void the_request_is_the_protocols(void **state)
{
    char prev[HASH_TEXT], kiosk[ID_TEXT], epoch[EPOCH_TEXT];
    (void)state;
    save_many(2);
    assert_string_equal(what(), "1+2");
    struct mark first = mark_at(0);
    hash_write(&first.hash, prev);
    id_write(outbox_kiosk(outbox), kiosk);
    epoch_write(outbox_epoch(outbox), epoch);
    const char *expected[] = {"events", "1", kiosk, epoch, "1", "2", prev, "-", "0", prev, "0000000000000000", "0"};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) assert_string_equal(words[i], expected[i]);
    struct hash mac =
        mac_request(&sender.post.key, "POST", SEND_PATH, request.nonce, request.body.bytes, request.body.len);
    assert_true(mac_equal(&mac, &request.mac));
    assert_int_equal(strlen(request.nonce), 32);
}

static void nothing_waits_nothing_goes(void **state)
{
    (void)state;
    assert_false(sent());
    settled(3);
    assert_false(sent());
}

static void after_a_start_it_asks(void **state)
{
    (void)state;
    settled(3);
    close_all();
    open_all();
    assert_string_equal(what(), "4+0");
    answer("taken", mark_at(3));
    assert_false(sent());
}

static void one_request_at_a_time(void **state)
{
    struct send_request made;
    (void)state;
    save_many(1);
    assert_true(sent());
    save_many(1);
    good(step(NULL, &made));
    assert_false(made.is_set);
}

/* ---- answers that change nothing: a table */

struct useless {
    const char *name;
    int         status;
    const char *body; /* NULL: the good answer */
    bool        is_signed;
};

static const struct useless USELESS[] = {
    {"an unsigned 200",          200, NULL,                                                             false},
    {"a login page with 200",    200, "<!DOCTYPE html><html><body>Please log in</body></html>",         false},
    {"a signed page with 200",   200, "<!DOCTYPE html><html><body>Please log in</body></html>",         true },
    {"an unsigned 401",          401, "{\"say\":[\"take.unknown\"],\"text\":\"unknown kiosk\"}",        false},
    {"a signed 401",             401, "{\"say\":[\"take.revoked\"],\"text\":\"revoked\"}",              true },
    {"400",                      400, "{\"say\":[\"take.form\"]}",                                      true },
    {"404",                      404, "",                                                               false},
    {"413",                      413, "{\"say\":[\"take.large\"]}",                                     true },
    {"429",                      429, "{}",                                                             false},
    {"500",                      500, "Internal Server Error",                                          false},
    {"503 with the good answer", 503, NULL,                                                             true },
    {"nothing",                  200, "",                                                               true },
    {"cut JSON",                 200, "{\"v\":1,\"state\":\"taken\",\"mark\":[\"1-",                    true },
    {"an empty object",          200, "{}",                                                             true },
    {"a list",                   200, "[1,2,3]",                                                        true },
    {"no mark",                  200,
     "{\"v\":1,\"state\":\"taken\",\"server\":\"3-0000000000001234\","
     "\"run\":\"00000000000000aa\",\"feed\":9,\"time\":1}",                                             true },
    {"wait",                     200, "{\"v\":1,\"state\":\"wait\",\"server\":\"3-0000000000001234\"}", true },
    {"an unknown state",         200, "{\"v\":1,\"state\":\"perhaps\"}",                                true },
};

static void changes_nothing(void **state)
{
    const struct useless *row = *state;
    struct buf            body = {0};
    assert_int_equal(start(NULL), 0);
    save_many(3);
    assert_string_equal(what(), "1+3");
    struct mark mark = mark_at(3);
    body_write(&body, "taken", false, &mark, SERVER);
    good(hear(row->status, row->body != NULL ? row->body : body.bytes, row->is_signed));
    assert_int_equal(waiting(), 3);
    assert_true(epoch_is_none(place_now().dealt));
    assert_true(sender.post.next_ms >= mono_ms && sender.post.next_ms <= mono_ms + 1000);
    assert_true(sent()); /* it goes on trying, and the next good answer is taken */
    good(hear(200, body.bytes, true));
    buf_free(&body);
    while (sent()) answer("taken", mark_at(3)); /* after 413 the batch was smaller */
    assert_int_equal(waiting(), 0);
    assert_int_equal(end(NULL), 0);
}

static void failed_and_late_answers(void **state)
{
    struct send_request made;
    struct buf          body = {0};
    (void)state;
    save_many(2);
    assert_true(sent());
    struct send_answer lost = {.number = sender.post.under_way, .is_failed = true, .body = ""};
    good(step(&lost, &made));
    assert_false(sender.post.is_online);
    assert_true(sent());
    uint64_t    old_number = sender.post.under_way;
    struct hash old_mac = request.mac;
    assert_true(sent()); /* the deadline passed: another request */
    assert_true(sender.post.under_way != old_number);
    struct mark mark = mark_at(2);
    body_write(&body, "taken", false, &mark, SERVER);
    struct send_answer late = {.number = old_number,
                               .status = 200,
                               .has_mac = true,
                               .mac = mac_answer(&sender.post.key, &old_mac, body.bytes, body.len),
                               .body = body.bytes,
                               .len = body.len};
    good(step(&late, &made));
    assert_int_equal(waiting(), 2);
    assert_true(sender.post.under_way != 0);
    late.number = sender.post.under_way; /* the old answer to the new request: its mac doesn't fit */
    good(step(&late, &made));
    assert_int_equal(waiting(), 2);
    buf_free(&body);
    assert_true(sent());
    answer("taken", mark);
    answer("taken", mark); /* doubled: nobody waits for it */
    assert_int_equal(waiting(), 0);
}

static void pauses_double_up_to_a_minute(void **state)
{
    int64_t most_ms = 0;
    (void)state;
    save_many(1);
    for (int i = 0; i < 40; i++) {
        assert_true(sent());
        good(hear(500, "", false));
        int64_t limit_ms = i < 6 ? 1000 << i : 60000, pause_ms = sender.post.next_ms - mono_ms;
        assert_true(pause_ms >= 0 && pause_ms <= limit_ms);
        if (pause_ms > most_ms) most_ms = pause_ms;
    }
    assert_true(most_ms > 20000); /* the jitter is full */
    assert_true(sent());
    answer("taken", mark_at(1));
    assert_int_equal(sender.post.backoff_ms, 0);
}

/* ---- marks */

static void a_mark_of_another_hash(void **state)
{
    (void)state;
    settled(3);
    save_many(3);
    assert_string_equal(what(), "4+3");
    answer("taken", not_ours(6));
    assert_int_equal(waiting(), 3);
    assert_string_equal(what(), "4+3");
    struct mark elsewhere = mark_at(6);
    elsewhere.epoch.random ^= 1;
    answer("taken", elsewhere);
    assert_int_equal(waiting(), 3);
}

static void part_of_a_batch(void **state)
{
    (void)state;
    save_many(5);
    assert_true(sent());
    answer("taken", mark_at(2));
    assert_string_equal(what(), "3+3");
}

static void fork_opens_an_epoch_once(void **state)
{
    struct epoch old = outbox_epoch(outbox);
    (void)state;
    save_many(2);
    sender.most = 1;
    assert_string_equal(what(), "1+1");
    answer_from("taken", true, mark_at(1), SERVER);
    assert_int_equal(outbox_epoch(outbox).counter, old.counter + 1);
    save_many(1);
    assert_string_equal(what(), "2+1"); /* what is left of the old one first */
    answer_from("taken", true, mark_of(old, 2), SERVER);
    assert_int_equal(outbox_epoch(outbox).counter, old.counter + 1);
    assert_string_equal(what(), "1+1");
    answer("taken", mark_at(1));
    assert_int_equal(waiting(), 0);
}

static void server_set_back(void **state)
{
    (void)state;
    settled(5);
    save_many(1);
    assert_string_equal(what(), "6+1");
    answer("from", mark_at(2));
    assert_string_equal(what(), "3+4");
    answer("taken", mark_at(6));
    assert_int_equal(waiting(), 0);
}

static void another_server_epoch(void **state)
{
    (void)state;
    settled(5);
    assert_int_equal(epoch_compare(place_now().dealt, SERVER), 0);
    save_many(1);
    assert_string_equal(what(), "6+1");
    assert_string_equal(words[7], "3-0000000000001234");
    assert_string_equal(words[8], "5");
    answer_from("from", false, mark_at(3), OTHER);
    assert_int_equal(epoch_compare(place_now().dealt, OTHER), 0);
    assert_string_equal(what(), "4+3");
    assert_string_equal(words[7], "4-0000000000000099");
    assert_string_equal(words[8], "3");
    answer_from("taken", false, mark_at(6), OTHER);
    assert_int_equal(waiting(), 0);
}

/* What was seen of the server's old life proves nothing against the new one, which would open one life after another. */
static void what_was_seen_is_told_to_whom_it_is_of(void **state)
{
    struct event_seen old = {SERVER, 0x77, 40}, fresh = {OTHER, 0x88, 3};
    (void)state;
    settled(5);
    good(place_write_seen(db, &old, true, &err));
    save_many(1);
    assert_string_equal(what(), "6+1");
    assert_string_equal(words[10], "0000000000000077");
    assert_string_equal(words[11], "40");
    answer_from("from", false, mark_at(3), OTHER);
    assert_string_equal(what(), "4+3");
    assert_string_equal(words[7], "4-0000000000000099");
    assert_string_equal(words[10], "0000000000000000");
    assert_string_equal(words[11], "0");
    answer_from("taken", false, mark_at(6), OTHER);
    good(place_write_seen(db, &fresh, true, &err));
    save_many(1);
    assert_string_equal(what(), "7+1");
    assert_string_equal(words[10], "0000000000000088");
    assert_string_equal(words[11], "3");
}

static void another_server_is_asked_about_each_epoch(void **state)
{
    struct epoch old = outbox_epoch(outbox);
    (void)state;
    settled(3);
    good(outbox_new_epoch(outbox, &err));
    settled(2);
    save_many(1);
    assert_string_equal(what(), "3+1");
    answer_from("taken", false, mark_at(3), OTHER); /* it has the new epoch; of the old one it has said nothing */
    assert_string_equal(what(), "4+0");
    answer_from("from", false, mark_of(old, 0), OTHER);
    assert_string_equal(what(), "1+3");
    answer_from("taken", false, mark_of(old, 3), OTHER);
    assert_false(sent());
}

static void wait_keeps_what_it_knew(void **state)
{
    (void)state;
    settled(3);
    save_many(1);
    assert_true(sent());
    answer_from("wait", false, mark_at(0), OTHER);
    assert_true(sender.is_waiting);
    assert_true(sender.post.is_online);
    assert_int_equal(epoch_compare(place_now().dealt, SERVER), 0);
    assert_string_equal(what(), "4+1"); /* it says again whom it dealt with */
    assert_string_equal(words[7], "3-0000000000001234");
    answer_from("from", false, mark_at(0), OTHER); /* confirmed */
    assert_false(sender.is_waiting);
    assert_string_equal(what(), "1+4");
}

/* ---- histories that parted */

/* Plays a server that shares `shared` events and then has others; returns how many questions it took. */
static int part(int shared, int last, int most_questions)
{
    int questions = 0;
    while (sent() && questions++ < most_questions) {
        int first = (int)strtol(words[4], NULL, 10), count = (int)strtol(words[5], NULL, 10);
        if (first > shared + 1)
            answer("from", not_ours(last));
        else
            answer_from("taken", first + count - 1 > shared, mark_of(outbox_epoch(outbox), first + count - 1), SERVER);
        if (outbox_epoch(outbox).counter > 1) break;
    }
    return questions;
}

static void parted_histories_meet(void **state)
{
    static const int shared[] = {0, 1, 2, 7, 40, 97, 98, 99};
    (void)state;
    for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++) {
        if (i > 0) {
            end(NULL);
            assert_int_equal(start(NULL), 0);
        }
        struct epoch old = outbox_epoch(outbox);
        settled(100);
        save_many(3);
        int questions = part(shared[i], 100, 30);
        assert_true(questions > 1 && questions <= 12);
        assert_int_equal(outbox_epoch(outbox).counter, old.counter + 1);
        assert_true(outbox_acked(outbox).seq == 0);
        save_many(1);
        while (sent()) {
            int          last = (int)strtol(words[4], NULL, 10) + (int)strtol(words[5], NULL, 10) - 1;
            struct epoch epoch;
            assert_true(epoch_read(words[3], &epoch));
            answer_from("taken", true, mark_of(epoch, last), SERVER);
        }
        assert_int_equal(waiting(), 0);
    }
}

static void a_kiosk_set_back_asks_and_parts(void **state)
{
    struct epoch old = outbox_epoch(outbox);
    (void)state;
    settled(4);
    close_all();
    open_all(); /* its server has 9 of this epoch by now */
    assert_string_equal(what(), "5+0");
    answer("from", not_ours(9));
    assert_string_equal(what(), "4+1");
    answer("taken", mark_at(4));
    assert_int_equal(outbox_epoch(outbox).counter, old.counter + 1);
    assert_false(sent());
}

static void nothing_shared_and_the_beginning_gone(void **state)
{
    struct outbox_batch batch;
    struct event        gap;
    (void)state;
    settled(6);
    good(db_script(db, "DELETE FROM event WHERE seq <= 3", &err));
    save_many(1);
    assert_string_equal(what(), "7+1");
    answer("from", not_ours(6));
    while (strcmp(what(), "1+1") != 0) {
        assert_string_equal(words[5], "1");
        answer("from", not_ours(6));
    }
    const char *line = strchr(request.body.bytes, '\n') + 1;
    good(event_read(line, strcspn(line, "\n"), &gap, &err));
    assert_int_equal(gap.kind, EVENT_GAP);
    assert_int_equal(gap.gap_to, 3);
    answer("taken", mark_of(gap.epoch, 1));
    good(outbox_batch(outbox, 500, &batch, &err));
    assert_int_equal(batch.first, 4);
    assert_int_equal(batch.count, 4);
    buf_free(&batch.lines);
}

/* ---- a disk that refuses */

static void an_answer_that_cant_be_written_comes_again(void **state)
{
    struct buf  body = {0};
    struct mark mark;
    (void)state;
    save_many(2);
    assert_true(sent());
    good(db_script(db, "CREATE TRIGGER full BEFORE UPDATE ON epoch BEGIN SELECT raise(ABORT, 'no'); END", &err));
    mark = mark_at(2);
    body_write(&body, "taken", false, &mark, SERVER);
    assert_false(hear(200, body.bytes, true));
    buf_free(&body);
    assert_int_equal(waiting(), 2);
    good(db_script(db, "DROP TRIGGER full", &err));
    assert_true(sent());
    answer("taken", mark_at(2));
    assert_int_equal(waiting(), 0);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "the request is the protocol's", the_request_is_the_protocols, NULL);
    rows_add(&rows, "nothing waits, nothing goes", nothing_waits_nothing_goes, NULL);
    rows_add(&rows, "after a start it asks", after_a_start_it_asks, NULL);
    rows_add(&rows, "one request at a time", one_request_at_a_time, NULL);
    rows_add(&rows, "failed and late answers", failed_and_late_answers, NULL);
    rows_add(&rows, "pauses double up to a minute", pauses_double_up_to_a_minute, NULL);
    rows_add(&rows, "a mark of another hash", a_mark_of_another_hash, NULL);
    rows_add(&rows, "part of a batch", part_of_a_batch, NULL);
    rows_add(&rows, "a fork opens an epoch once", fork_opens_an_epoch_once, NULL);
    rows_add(&rows, "server set back", server_set_back, NULL);
    rows_add(&rows, "another server epoch", another_server_epoch, NULL);
    rows_add(&rows, "what was seen is told to whom it is of", what_was_seen_is_told_to_whom_it_is_of, NULL);
    rows_add(&rows, "another server is asked about each epoch", another_server_is_asked_about_each_epoch, NULL);
    rows_add(&rows, "wait keeps what it knew", wait_keeps_what_it_knew, NULL);
    rows_add(&rows, "parted histories meet", parted_histories_meet, NULL);
    rows_add(&rows, "a kiosk set back asks and parts", a_kiosk_set_back_asks_and_parts, NULL);
    rows_add(&rows, "nothing shared and the beginning gone", nothing_shared_and_the_beginning_gone, NULL);
    rows_add(&rows, "an answer that can't be written comes again", an_answer_that_cant_be_written_comes_again, NULL);
    rows_around(&rows, 0, start, end);
    ROWS_ADD(&rows, changes_nothing, USELESS);
    return rows_run(&rows, argc, argv);
}
