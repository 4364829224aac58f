/* take_test.c - taking: what is stored, what is answered, whatever comes twice, late, cut, forked or from a server that
 * was set back; on the simulator's disk, so that commits can fail.
 * links: server_take core sim_disk */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/event.h"
#include "core/json.h"
#include "server/take/batch.h"
#include "server/take/take.h"
#include "tests/sim/disk.h"
#include "tests/unit/rows.h"

enum { LINES_MAX = 64, HISTORIES = 4 };
#define RUN UINT64_C(0x1111)
#define INBOX "server/inbox.db"
#define EVENTS_PATH "/kiosk/1/events"

static struct disk       *disk;
static struct take       *take;
static struct err         err;
static int64_t            now_ms;
static struct kiosk_keys *keys;
static const uint64_t     kiosk = 0xA1;
static const struct epoch own = {1, 0x77}; /* the kiosk's */

/* What the newest answer said. */
static struct answer {
    int          status;
    char         state[16];
    bool         fork;
    struct mark  mark;
    struct epoch server;
    uint64_t     run;
    int64_t      feed;
    char         say[40];
} said;

/* ---- server */

static void good(bool is_good)
{
    if (!is_good) {
        struct buf words = {0};
        say_write(&err.say, &words);
        print_error("kind %d: %s\n", err.kind, buf_text(&words));
        buf_free(&words);
    }
    assert_true(is_good);
}

static void open_as(bool new_epoch)
{
    struct take_options options = {.path = INBOX, .vfs = "sim", .run = RUN, .new_epoch = new_epoch};
    good(take_open(&options, now_ms, &take, &err));
    take_keys(take, keys);
    take_feed_at(take, 40);
}

static void reopen(void)
{
    take_close(take);
    take = NULL;
    open_as(false);
}

static int start(void **state)
{
    (void)state;
    if (!chain_init(&err)) return -1;
    disk = disk_new("sim", 1);
    now_ms = 1000;
    keys = calloc(1, sizeof *keys + 3 * sizeof keys->rows[0]);
    keys->count = 3;
    for (size_t i = 0; i < 3; i++) {
        keys->rows[i].kiosk = kiosk + i;
        memset(keys->rows[i].key.bytes, (int)i + 1, KEY_BYTES);
    }
    open_as(false);
    return 0;
}

static int end(void **state)
{
    (void)state;
    take_close(take);
    take = NULL;
    free(keys);
    disk_free(disk);
    return 0;
}

/* ---- a kiosk's histories: `a` is what happened; `b` is another from number 4 on, `c` from 1 on, `d` from 6 on */

struct history {
    char        lines[LINES_MAX + 1][400]; /* from 1 */
    struct hash names[LINES_MAX + 1];      /* [0]: the chain's first */
};
static struct history histories[HISTORIES];

static void history_write(int which, int parts_at)
{
    struct history *h = &histories[which];
    char            id[ID_TEXT], epoch[EPOCH_TEXT], prev[HASH_TEXT];
    id_write(kiosk, id);
    epoch_write(own, epoch);
    h->names[0] = chain_first(kiosk, own);
    for (int seq = 1; seq <= LINES_MAX; seq++) {
        hash_write(&h->names[seq - 1], prev);
        snprintf(
            h->lines[seq], sizeof h->lines[seq],
            "{\"v\":1,\"kiosk\":\"%s\",\"epoch\":\"%s\",\"seq\":%d,\"prev\":\"%s\",\"kind\":\"note\",\"note\":\"%c\"}",
            id, epoch, seq, prev, seq >= parts_at ? 'a' + which : 'a');
        h->names[seq] = hash_of(h->lines[seq], strlen(h->lines[seq]));
    }
}

/* ---- requests */

struct sending {
    uint64_t     signer;
    struct epoch server;
    int64_t      acked;
    struct hash  acked_hash;
    uint64_t     run;
    int64_t      feed;
};
static struct sending sending;

static void head_write(struct buf *body, int64_t first, int count, const struct hash *prev)
{
    char id[ID_TEXT], epoch[EPOCH_TEXT], server[EPOCH_TEXT], run[ID_TEXT];
    id_write(kiosk, id);
    epoch_write(own, epoch);
    epoch_write(sending.server, server);
    id_write(sending.run, run);
    buf_fmt(body, "events 1 %s %s %lld %d ", id, epoch, (long long)first, count);
    buf_hex(body, prev->bytes, HASH_BYTES);
    buf_fmt(body, " %s %lld ", server, (long long)sending.acked);
    buf_hex(body, sending.acked_hash.bytes, HASH_BYTES);
    buf_fmt(body, " %s %lld 5\n", run, (long long)sending.feed);
}

static struct take_request request_of(const struct buf *body, char mac[HASH_TEXT])
{
    static const char   nonce[] = "00112233445566778899aabbccddeeff";
    static char         id[ID_TEXT];
    const struct key   *key = &keys->rows[sending.signer - kiosk].key;
    struct hash         made = mac_request(key, "POST", EVENTS_PATH, nonce, buf_text(body), body->len);
    struct take_request request = {"POST", EVENTS_PATH, id, nonce, mac, buf_text(body), body->len, NULL};
    id_write(sending.signer, id);
    hash_write(&made, mac);
    return request;
}

/* Reads the answer, which must be signed as docs/protocol.md says. */
static void answer_read(struct take_answer *answer, const char *mac)
{
    struct json *json = json_read(answer->body.bytes, answer->body.len, &err);
    assert_non_null(json);
    said = (struct answer){.status = answer->status};
    if (answer->has_mac) {
        struct hash request_mac, own_mac;
        assert_true(hash_read(mac, &request_mac));
        own_mac =
            mac_answer(&keys->rows[sending.signer - kiosk].key, &request_mac, answer->body.bytes, answer->body.len);
        assert_true(mac_equal(&own_mac, &answer->mac));
    }
    snprintf(said.say, sizeof said.say, "%s", json_text(json_at(json_get(json, "say"), 0), ""));
    if (said.status == 200) {
        const struct json *mark = json_get(json, "mark");
        assert_true(answer->has_mac);
        assert_int_equal(json_int(json_get(json, "v"), 0), 1);
        assert_int_equal(json_int(json_get(json, "time"), 0), now_ms);
        snprintf(said.state, sizeof said.state, "%s", json_text(json_get(json, "state"), ""));
        said.fork = json_bool(json_get(json, "fork"), false);
        assert_true(epoch_read(json_text(json_at(mark, 0), ""), &said.mark.epoch));
        said.mark.seq = json_int(json_at(mark, 1), -1);
        assert_true(hash_read(json_text(json_at(mark, 2), ""), &said.mark.hash));
        assert_true(epoch_read(json_text(json_get(json, "server"), ""), &said.server));
        assert_true(id_read(json_text(json_get(json, "run"), ""), &said.run));
        said.feed = json_int(json_get(json, "feed"), -1);
    } else {
        assert_true(json_text(json_get(json, "text"), "")[0] != 0);
    }
    json_free(json);
    buf_free(&answer->body);
}

/* Checked and read before, as the server's loops do it; what follows posts otherwise leaves that to the step. */
static void post(const struct buf *body)
{
    char                mac[HASH_TEXT];
    struct take_answer  answer;
    struct take_request request = request_of(body, mac);
    request.ready = take_prepare(keys, &request);
    take_step(take, &request, 1, now_ms, &answer);
    take_ready_free(request.ready);
    answer_read(&answer, mac);
}

static void lines_write(struct buf *body, const struct history *h, int first, int last)
{
    for (int seq = first; seq <= last; seq++) {
        buf_str(body, h->lines[seq]);
        buf_char(body, '\n');
    }
}

/* Events first..last of a history; last = first - 1 asks only. */
static void send_of(int which, int first, int last)
{
    struct buf            body = {0};
    const struct history *h = &histories[which];
    head_write(&body, first, last - first + 1, &h->names[first - 1]);
    lines_write(&body, h, first, last);
    post(&body);
    buf_free(&body);
}

/* Everything in the inbox, read by the reader: how many; and each event at most once. */
static int stored(void)
{
    struct take_reader *reader;
    struct take_line    line;
    struct hash        *names = NULL;
    bool                has_line = true;
    int64_t             number = 0;
    good(take_reader_open(INBOX, "sim", &reader, &err));
    for (;;) {
        good(take_reader_next(reader, number, &line, &has_line, &err));
        if (!has_line) break;
        assert_int_equal(line.number, ++number);
        names = realloc(names, (size_t)number * sizeof *names);
        names[number - 1] = hash_of(line.bytes, line.len);
        for (int64_t i = 0; i < number - 1 && number < 3000; i++)
            assert_false(hash_equal(&names[i], &names[number - 1]));
    }
    free(names);
    take_reader_close(reader);
    assert_int_equal(number, take_end(take));
    return (int)number;
}

/* ---- scripts: "a1-3" sends, "?a4" asks, "r" starts again, "t" tidies; each followed by what must come of it:
 *      state mark [fork] */

static const struct script {
    const char *name;
    const char *text;
    int         stored;
} scripts[] = {
    {"first batch",                                  "a1-3 taken a3",                                                                            3 },
    {"continues",                                    "a1-3 taken a3, a4-4 taken a4, a5-9 taken a9",                                              9 },
    {"a whole repeat",                               "a1-3 taken a3, a1-3 taken a3",                                                             3 },
    {"the newest again",                             "a1-1 taken a1, a2-2 taken a2, a2-2 taken a2",                                              2 },
    {"an old one again",                             "a1-1 taken a1, a2-2 taken a2, a1-1 taken a1",                                              2 },
    {"a part repeat",                                "a1-3 taken a3, a2-5 taken a5",                                                             5 },
    {"a part repeat from 1",                         "a1-3 taken a3, a1-5 taken a5",                                                             5 },
    {"inside",                                       "a1-9 taken a9, a4-6 taken a6, a9-9 taken a9, a1-1 taken a1",                               9 },
    {"over many rows",                               "a1-1 taken a1, a2-2 taken a2, a3-3 taken a3, a4-6 taken a6, a2-7 taken a7",                7 },
    {"repeat after a start",                         "a1-3 taken a3, r, a1-3 taken a3, a3-4 taken a4",                                           4 },
    {"continues after a start",                      "a1-3 taken a3, r, a4-5 taken a5",                                                          5 },
    {"a hole",                                       "a1-3 taken a3, a5-6 from a3, a4-6 taken a6",                                               6 },
    {"a hole after a start",                         "a1-3 taken a3, r, a5-6 from a3",                                                           3 },
    {"a hole at the beginning",                      "a2-3 from a0, a1-3 taken a3",                                                              3 },
    {"asks: nothing there",                          "?a1 taken a0",                                                                             0 },
    {"asks: is there",                               "a1-3 taken a3, ?a4 taken a3, ?a3 taken a2, ?a1 taken a0",                                  3 },
    {"asks: not there",                              "a1-3 taken a3, ?a5 from a3, ?c3 from a3",                                                  3 },
    {"asks after a start",                           "a1-3 taken a3, r, ?a4 taken a3, ?b6 from a3",                                              3 },
    {"a clone parts at 4",                           "a1-5 taken a5, b4-6 taken b6 fork, b4-6 taken b6 fork",                                    8 },
    {"both go on",                                   "a1-5 taken a5, b4-6 taken b6 fork, b7-7 taken b7, a6-6 taken a6 fork, a7-8 taken a8 fork", 12},
    {"and after a start",                            "a1-5 taken a5, b4-6 taken b6 fork, r, a6-8 taken a8 fork, r, b7-9 taken b9 fork",          14},
    {"a clone sends all again",                      "a1-5 taken a5, b1-6 taken b6 fork",                                                        8 },
    {"nothing in common",                            "a1-2 taken a2, c1-3 taken c3 fork",                                                        5 },
    {"a clone goes on where nothing is known of it",
     "a1-5 taken a5, b6-7 from a5, ?b5 from a5, ?b4 taken a3, b4-7 taken b7 fork",                                                               9 },
    {"three of them",                                "a1-7 taken a7, b4-6 taken b6 fork, d6-8 taken d8 fork, b7-7 taken b7 fork",                14},
    {"a shorter branch again",                       "a1-9 taken a9, b4-5 taken b5 fork, b6-6 taken b6 fork, b5-6 taken b6 fork",                12},
    {"a set-back card says less",                    "a1-9 taken a9, ?a5 taken a4, a5-6 taken a6",                                               9 },
    {"placed in the index",
     "a1-1 taken a1, t, a2-2 taken a2, r, a1-3 taken a3, t, r, b4-4 taken b4, a4-4 taken a4 fork",                                               5 },
};

static const struct history *history_of(char c)
{
    assert_in_range(c, 'a', 'a' + HISTORIES - 1);
    return &histories[c - 'a'];
}

static void script_step(const char *step)
{
    char which, state[16], mark_of, fork[8] = "";
    int  first, last, mark, used = 0;
    if (strcmp(step, "r") == 0) {
        reopen();
        return;
    }
    if (strcmp(step, "t") == 0) {
        while (take_tidy(take)) continue;
        return;
    }
    if (sscanf(step, "?%c%d %15s %c%d%n", &which, &first, state, &mark_of, &mark, &used) == 5)
        last = first - 1;
    else
        assert_true(sscanf(step, "%c%d-%d %15s %c%d %7s", &which, &first, &last, state, &mark_of, &mark, fork) >= 6);
    send_of(which - 'a', first, last);
    assert_int_equal(said.status, 200);
    if (strcmp(said.state, state) != 0 || said.mark.seq != mark || said.fork != (fork[0] != 0))
        fail_msg("\"%s\" came to %s %lld %s", step, said.state, (long long)said.mark.seq, said.fork ? "fork" : "");
    assert_true(hash_equal(&said.mark.hash, &history_of(mark_of)->names[mark]));
    assert_int_equal(epoch_compare(said.mark.epoch, own), 0);
}

static void script_run(const char *text)
{
    char copy[512];
    snprintf(copy, sizeof copy, "%s", text);
    for (char *rest = copy, *step; (step = strsep(&rest, ",")) != NULL;) script_step(step + strspn(step, " "));
}

static void script_case(void **state)
{
    const struct script *row = *state;
    script_run(row->text);
    assert_int_equal(stored(), row->stored);
    assert_int_equal(said.server.counter, 1); /* nobody was set back */
}

/* The same with the server starting again after each step. */
static void script_with_starts(void **state)
{
    const struct script *row = *state;
    char                 copy[512];
    snprintf(copy, sizeof copy, "%s", row->text);
    for (char *rest = copy, *step; (step = strsep(&rest, ",")) != NULL;) {
        script_step(step + strspn(step, " "));
        while (take_tidy(take)) continue;
        reopen();
    }
    assert_int_equal(stored(), row->stored);
}

/* ---- gaps */

static struct buf gap_line(int64_t first, int64_t to, const struct hash *prev, const struct hash *next)
{
    struct buf   line = {0};
    struct event event = {
        .v = 1, .kiosk = kiosk, .epoch = own, .seq = first, .prev = *prev, .kind = EVENT_GAP, .gap_to = to};
    if (next != NULL) event.gap_next = *next;
    snprintf(event.station, sizeof event.station, "saw");
    good(event_write(&event, &line, &err));
    return line;
}

static struct hash send_gap(int64_t first, int64_t to, const struct hash *prev, const struct hash *next)
{
    struct buf  line = gap_line(first, to, prev, next), body = {0};
    struct hash name = event_name(line.bytes, line.len);
    head_write(&body, first, 1, prev);
    buf_add(&body, line.bytes, line.len);
    buf_char(&body, '\n');
    post(&body);
    buf_free(&line);
    buf_free(&body);
    return name;
}

static void gap_then(bool with_start, bool with_next)
{
    const struct history *a = &histories[0];
    script_run("a1-3 taken a3");
    struct hash name = send_gap(4, 8, &a->names[3], with_next ? &a->names[9] : NULL);
    assert_string_equal(said.state, "taken");
    assert_int_equal(said.mark.seq, 4);
    assert_true(hash_equal(&said.mark.hash, &name));
    assert_false(said.fork);
    if (with_start) reopen();
    send_gap(4, 8, &a->names[3], with_next ? &a->names[9] : NULL); /* its answer was lost */
    assert_string_equal(said.state, "taken");
    assert_true(hash_equal(&said.mark.hash, &name));
    if (with_start) reopen();
    send_of(0, 10, 10); /* not the next */
    assert_string_equal(said.state, "from");
    assert_int_equal(said.mark.seq, 4);
    send_of(0, 9, 10);
    assert_string_equal(said.state, "taken");
    assert_int_equal(said.mark.seq, 10);
    assert_false(said.fork);
    if (with_start) reopen();
    send_of(0, 10, 11);
    assert_string_equal(said.state, "taken");
    assert_int_equal(stored(), 7); /* 1 2 3 gap 9 10 11 */
    assert_int_equal(said.server.counter, 1);
}

static void gap_with_next(void **state)
{
    (void)state;
    gap_then(false, true);
}

static void gap_and_starts(void **state)
{
    (void)state;
    gap_then(true, true);
}

static void gap_at_the_end(void **state)
{
    (void)state;
    gap_then(true, false);
}

/* No number can follow the last one that there is: such a line is kept, as any that can't be read, and loses nothing. */
static void gap_to_the_end_of_all_numbers(void **state)
{
    struct buf            body = {0};
    const struct history *a = &histories[0];
    char                  id[ID_TEXT], epoch[EPOCH_TEXT], prev[HASH_TEXT];
    (void)state;
    script_run("a1-3 taken a3");
    id_write(kiosk, id);
    epoch_write(own, epoch);
    hash_write(&a->names[3], prev);
    head_write(&body, 4, 1, &a->names[3]);
    buf_fmt(&body,
            "{\"v\":1,\"kiosk\":\"%s\",\"epoch\":\"%s\",\"seq\":4,\"prev\":\"%s\",\"kind\":\"gap\",\"to\":%lld}\n", id,
            epoch, prev, (long long)INT64_MAX);
    post(&body);
    buf_free(&body);
    assert_string_equal(said.state, "taken");
    assert_int_equal(said.mark.seq, 4);
    send_of(0, 4, 5);
    assert_string_equal(said.state, "taken");
    assert_true(said.fork);
    reopen();
    send_of(0, 6, 6);
    assert_string_equal(said.state, "taken");
    assert_int_equal(stored(), 7);
}

/* What was lost turns up after all: another history under those numbers, kept too. */
static void gap_found_again(void **state)
{
    (void)state;
    script_run("a1-3 taken a3");
    send_gap(4, 8, &histories[0].names[3], &histories[0].names[9]);
    send_of(0, 9, 9);
    assert_string_equal(said.state, "taken");
    script_run("a4-8 taken a8 fork");
    assert_int_equal(stored(), 10);
}

static void gap_over_what_is_stored(void **state)
{
    (void)state;
    script_run("a1-9 taken a9");
    send_gap(4, 8, &histories[0].names[3], &histories[0].names[9]);
    assert_string_equal(said.state, "taken");
    assert_true(said.fork);
    assert_int_equal(stored(), 10);
}

/* ---- what is refused */

static const struct refusal {
    const char *name;
    const char *body; /* %s: the whole good head without its LF */
    int         status;
    const char *says;
} refusals[] = {
    {"empty",                                   "",                                                     400, "take.head" },
    {"no line end",                             "%s",                                                   400, "take.head" },
    {"another request",                         "feed 1 x\n",                                           400, "take.head" },
    {"a form of the future",                    "events 2 x\n",                                         400, "take.form" },
    {"a form that never was",                   "events 0 x\n",                                         400, "take.form" },
    {"words of a newer kiosk, and no lines",    "%s 7 x=1\n",                                           400, "take.lines"},
    {"a word too few",                          "events 1 00000000000000a1\n",                          400, "take.head" },
    {"nothing behind the head",                 "%s\n",                                                 400, "take.lines"},
    {"one line of two",                         "%s\n{}\n",                                             400, "take.lines"},
    {"a cut line",                              "%s\n{}\n{",                                            400, "take.lines"},
    {"a line too many",                         "%s\n{}\n{}\n{}\n",                                     400, "take.more" },
    {"an empty line",                           "%s\n{}\n\n",                                           400, "take.line" },
    {"bytes behind",                            "%s\n{}\n{}\nx",                                        400, "take.more" },
    {"another kiosk's line",
     "%s\n{\"v\":1,\"kiosk\":\"00000000000000a2\",\"epoch\":\"1-0000000000000077\",\"seq\":1,\"prev\":"
     "\"0000000000000000000000000000000000000000000000000000000000000000\"}\n{}\n",                     400, "take.place"},
    {"another kiosk's line, with a tab in it",
     "%s\n{\t\"v\":1,\"kiosk\":\"00000000000000a2\",\"epoch\":\"1-0000000000000077\",\"seq\":1,\"prev\":"
     "\"0000000000000000000000000000000000000000000000000000000000000000\",\"kind\":\"note\"}\n{}\n",   400, "take.place"},
    {"the office's line, with an escape in it",
     "%s\n{\"v\":1,\"k\\u0069osk\":\"0000000000000000\",\"epoch\":\"1-0000000000000077\",\"seq\":1,\"prev\":"
     "\"0000000000000000000000000000000000000000000000000000000000000000\",\"kind\":\"decide\"}\n{}\n", 400, "take.place"},
    {"another epoch's line",
     "%s\n{\"v\":1,\"kiosk\":\"00000000000000a1\",\"epoch\":\"2-0000000000000077\",\"seq\":1,\"prev\":"
     "\"0000000000000000000000000000000000000000000000000000000000000000\"}\n{}\n",                     400, "take.place"},
    {"another number's line",
     "%s\n{\"v\":1,\"kiosk\":\"00000000000000a1\",\"epoch\":\"1-0000000000000077\",\"seq\":2,\"prev\":"
     "\"0000000000000000000000000000000000000000000000000000000000000000\"}\n{}\n",                     400, "take.place"},
};

static void refusal_case(void **state)
{
    const struct refusal *row = *state;
    struct buf            head = {0}, body = {0};
    script_run("a1-3 taken a3");
    head_write(&head, 1, 2, &histories[0].names[0]);
    head.bytes[head.len - 1] = 0;
    const char *place = strstr(row->body, "%s");
    if (place != NULL) buf_str(&body, head.bytes);
    buf_str(&body, place != NULL ? place + 2 : row->body);
    post(&body);
    assert_int_equal(said.status, row->status);
    assert_string_equal(said.say, row->says);
    assert_int_equal(stored(), 3);
    script_run("a4-4 taken a4"); /* the next good one works */
    buf_free(&head);
    buf_free(&body);
}

/* Words of a head, each spoilt in turn. */
static const struct {
    const char *name;
    int         word;
    const char *instead;
} heads[] = {
    {"head: kiosk",                       2,  "A1"                                                   },
    {"head: kiosk in capitals",           2,  "00000000000000A1"                                     },
    {"head: no epoch",                    3,  "-"                                                    },
    {"head: epoch",                       3,  "1"                                                    },
    {"head: first 0",                     4,  "0"                                                    },
    {"head: first -1",                    4,  "-1"                                                   },
    {"head: first 01",                    4,  "01"                                                   },
    {"head: first huge",                  4,  "9999999999999999999"                                  },
    {"head: first a fraction",            4,  "1.5"                                                  },
    {"head: first full-width",            4,  "\xEF\xBC\x91"                                         },
    {"head: 501 events",                  5,  "501"                                                  },
    {"head: -1 events",                   5,  "-1"                                                   },
    {"head: prev",                        6,  "00"                                                   },
    {"head: server",                      7,  "x"                                                    },
    {"head: server's counter at its end", 7,  "4294967295-0000000000000001"                          },
    {"head: acked",                       8,  "x"                                                    },
    {"head: acked hash",                  9,  "-"                                                    },
    {"head: run",                         10, "0"                                                    },
    {"head: feed",                        11, "-5"                                                   },
    {"head: time",                        12, "now"                                                  },
    {"head: an empty word",               12, ""                                                     },
    {"head: a long word",                 12,
     "1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111"},
};

static void head_case(void **state)
{
    const char *const *row = *state;
    int                word = *(const int *)(row + 1), i = 0;
    struct buf         head = {0}, body = {0};
    head_write(&head, 1, 1, &histories[0].names[0]);
    head.bytes[head.len - 1] = 0;
    for (char *rest = head.bytes, *text; (text = strsep(&rest, " ")) != NULL; i++)
        buf_fmt(&body, "%s%s", i == 0 ? "" : " ", i == word ? row[2] : text);
    buf_char(&body, '\n');
    lines_write(&body, &histories[0], 1, 1);
    post(&body);
    assert_int_equal(said.status, 400);
    assert_string_equal(said.say, "take.head");
    assert_int_equal(stored(), 0);
    buf_free(&head);
    buf_free(&body);
}

/* Sizes at their limits: `count` lines of `len` bytes. */
static const struct size_row {
    const char *name;
    int         count, len, status;
    const char *says;
} sizes[] = {
    {"500 events",             500, 300,   200, ""          },
    {"a line of 4,096 bytes",  1,   4096,  200, ""          },
    {"a line of 4,097 bytes",  1,   4097,  400, "take.line" },
    {"a line of 10,000 bytes", 1,   10000, 400, "take.line" },
    {"256 kB",                 64,  4095,  200, ""          },
    {"more than 256 kB",       65,  4095,  413, "take.large"},
};

static void size_case(void **state)
{
    const struct size_row *row = *state;
    struct buf             body = {0};
    head_write(&body, 1, row->count, &histories[0].names[0]);
    for (int i = 0; i < row->count; i++) {
        for (int n = 0; n < row->len; n++) buf_char(&body, (char)('a' + (i + n / 26) % 26));
        buf_char(&body, '\n');
    }
    post(&body);
    assert_int_equal(said.status, row->status);
    assert_string_equal(said.say, row->says);
    assert_int_equal(take_end(take), row->status == 200 ? row->count : 0);
    buf_free(&body);
}

/* A line that is no event is taken as it is: one bad line never blocks those behind it. */
static void garbage_is_kept(void **state)
{
    static const char *const lines[] = {"hello", "{}", "[1,2", "\xFF\xFE", "{\"v\":1,\"kiosk\":\"x\"}", "{\"v\":1"};
    struct hash              prev = histories[0].names[0];
    (void)state;
    for (int i = 0; i < 6; i++) {
        struct buf body = {0};
        head_write(&body, i + 1, 1, &prev);
        buf_fmt(&body, "%s\n", lines[i]);
        post(&body);
        assert_string_equal(said.state, "taken");
        prev = hash_of(lines[i], strlen(lines[i]));
        assert_true(hash_equal(&said.mark.hash, &prev));
        buf_free(&body);
    }
    assert_int_equal(stored(), 6);
}

/* A kiosk's disk flipped a bit in event 3: event 4 names the bytes that were. It isn't stopped, and the break stays. */
static void broken_inside(void **state)
{
    struct buf body = {0};
    (void)state;
    script_run("a1-2 taken a2");
    head_write(&body, 3, 1, &histories[0].names[2]);
    buf_str(&body, "broken\n");
    post(&body);
    assert_string_equal(said.state, "taken");
    sending.acked = said.mark.seq;
    sending.acked_hash = said.mark.hash;
    sending.server = said.server;
    send_of(0, 4, 5); /* prev: the name of event 3 as it was */
    assert_string_equal(said.state, "taken");
    assert_int_equal(said.mark.seq, 5);
    assert_int_equal(stored(), 5);
    assert_int_equal(said.server.counter, 1);
    buf_free(&body);
}

/* ---- who may speak */

static void unsigned_case(const char *says, void (*spoil)(struct take_request *request))
{
    struct buf         body = {0};
    char               mac[HASH_TEXT];
    struct take_answer answer;
    head_write(&body, 1, 1, &histories[0].names[0]);
    lines_write(&body, &histories[0], 1, 1);
    struct take_request request = request_of(&body, mac);
    spoil(&request);
    for (int is_prepared = 0; is_prepared < 2; is_prepared++) {
        if (is_prepared) request.ready = take_prepare(keys, &request);
        take_step(take, &request, 1, now_ms, &answer);
        assert_false(answer.has_mac);
        answer_read(&answer, mac);
        assert_int_equal(said.status, 401);
        assert_string_equal(said.say, says);
        assert_int_equal(take_end(take), 0);
    }
    take_ready_free(request.ready);
    buf_free(&body);
}

static void no_kiosk(struct take_request *request)
{
    request->kiosk = NULL;
}
static void no_nonce(struct take_request *request)
{
    request->nonce = NULL;
}
static void no_mac(struct take_request *request)
{
    request->mac = NULL;
}
static void short_nonce(struct take_request *request)
{
    request->nonce = "00112233";
}
static void other_nonce(struct take_request *request)
{
    request->nonce = "10112233445566778899aabbccddeeff";
}
static void other_kiosk(struct take_request *request)
{
    request->kiosk = "00000000000000a2";
}
static void unknown_kiosk(struct take_request *request)
{
    request->kiosk = "00000000000000b2";
}
static void other_path(struct take_request *request)
{
    request->path = "/kiosk/1/feed";
}
static void shorter(struct take_request *request)
{
    request->len--;
}

static void unsigned_ones(void **state)
{
    (void)state;
    unsigned_case("take.unsigned", no_kiosk);
    unsigned_case("take.unsigned", no_nonce);
    unsigned_case("take.unsigned", no_mac);
    unsigned_case("take.unsigned", short_nonce);
    unsigned_case("take.mac", other_nonce);
    unsigned_case("take.mac", other_kiosk);
    unsigned_case("take.unknown", unknown_kiosk);
    unsigned_case("take.mac", other_path);
    unsigned_case("take.mac", shorter);
    assert_int_equal(take_counts_of(take).refused, 2 * 9); /* each is sent twice */
}

static void for_another(void **state)
{
    (void)state;
    sending.signer = kiosk + 1; /* signs well, but the head names its neighbour */
    send_of(0, 1, 2);
    assert_int_equal(said.status, 400);
    assert_string_equal(said.say, "take.other");
    assert_int_equal(stored(), 0);
}

static void revoked_and_waiting(void **state)
{
    (void)state;
    keys->rows[0].state = KIOSK_REVOKED;
    send_of(0, 1, 2);
    assert_int_equal(said.status, 401);
    assert_string_equal(said.say, "take.revoked");
    keys->rows[0].state = KIOSK_WAITING;
    send_of(0, 1, 2);
    assert_int_equal(said.status, 200);
    assert_string_equal(said.state, "wait");
    assert_int_equal(said.mark.seq, 0);
    assert_int_equal(stored(), 0);
    keys->rows[0].state = KIOSK_TAKEN;
    script_run("a1-2 taken a2");
}

/* ---- many at once, and a disk that fails */

static void batch_of_many(void **state)
{
    enum { N = 6 };
    static const int ranges[N][2] = {
        {1, 2},
        {3, 3},
        {3, 3},
        {6, 7},
        {2, 5},
        {1, 1}
    };
    struct buf          bodies[N] = {{0}};
    char                macs[N][HASH_TEXT];
    struct take_request requests[N];
    struct take_answer  answers[N];
    (void)state;
    for (int i = 0; i < N; i++) {
        head_write(&bodies[i], ranges[i][0], ranges[i][1] - ranges[i][0] + 1, &histories[0].names[ranges[i][0] - 1]);
        lines_write(&bodies[i], &histories[0], ranges[i][0], ranges[i][1]);
        requests[i] = request_of(&bodies[i], macs[i]);
    }
    take_step(take, requests, N, now_ms, answers);
    static const int marks[N] = {2, 3, 3, 3, 5, 1};
    for (int i = 0; i < N; i++) {
        answer_read(&answers[i], macs[i]);
        assert_string_equal(said.state, i == 3 ? "from" : "taken");
        assert_int_equal(said.mark.seq, marks[i]);
        buf_free(&bodies[i]);
    }
    assert_int_equal(stored(), 5);
}

/* A full disk: nobody is told that anything was taken, repeats of uncommitted lines included. */
static void disk_full(void **state)
{
    (void)state;
    script_run("a1-3 taken a3");
    for (int kind = 0; kind < 3; kind++) {
        if (kind == 0) disk_room(disk, "server", 0);
        if (kind == 1) disk_fail(disk, "server", DISK_SYNC, 0, -1);
        if (kind == 2) disk_fail(disk, "server", DISK_WRITE, 0, -1);
        send_of(0, 4 + kind, 4 + kind);
        assert_int_equal(said.status, 503);
        send_of(0, 4 + kind, 4 + kind);
        assert_int_equal(said.status, 503);
        send_of(0, 3, 3); /* stored long ago: still said */
        assert_string_equal(said.state, "taken");
        struct take_counts counts = take_counts_of(take);
        assert_int_equal(counts.events, 3 + kind);
        disk_heal(disk, "server");
        send_of(0, 4 + kind, 4 + kind);
        assert_string_equal(said.state, "taken");
        assert_int_equal(stored(), 4 + kind);
    }
    reopen();
    script_run("a7-7 taken a7");
    assert_int_equal(stored(), 7);
}

/* Power goes at each step of a known run; whatever was answered as taken is there afterwards. */
static void cut_anywhere(void **state)
{
    (void)state;
    uint64_t dice = 5;
    for (int64_t cut = 0; cut < 60; cut++) {
        end(NULL);
        start(NULL);
        disk_cut_after(disk, "server", cut);
        int64_t acked = 0;
        for (int seq = 1; seq <= 12 && !disk_is_off(disk, "server"); seq++) {
            send_of(0, seq, seq);
            if (said.status == 200 && strcmp(said.state, "taken") == 0) acked = said.mark.seq;
        }
        disk_crash(disk, "server", &dice);
        reopen();
        assert_true(stored() >= acked);
        int64_t there = take_end(take);
        send_of(0, (int)there + 1, 14);
        assert_string_equal(said.state, "taken");
        assert_int_equal(stored(), 14);
    }
}

/* ---- a server that was set back */

static void know(void)
{
    sending.server = said.server;
    sending.run = said.run;
    sending.feed = said.feed;
    sending.acked = said.mark.seq;
    sending.acked_hash = said.mark.hash;
}

static void set_back_to(const char *copy)
{
    take_close(take);
    take = NULL;
    disk_copy(disk, copy, "server");
    open_as(false);
}

/* Restored without a word: the kiosk was told more than this server knows. */
static void set_back_by_mark(void **state)
{
    (void)state;
    script_run("a1-3 taken a3");
    disk_copy(disk, "server", "yesterday");
    script_run("a4-6 taken a6");
    know();
    set_back_to("yesterday");
    struct epoch before = take_server_epoch(take);
    send_of(0, 7, 7);
    assert_string_equal(said.state, "from");
    assert_int_equal(said.mark.seq, 3);
    assert_int_equal(said.server.counter, 2);
    assert_true(epoch_compare(said.server, before) > 0);
    assert_int_equal(epoch_compare(said.server, take_server_epoch(take)), 0);
    send_of(0, 7, 7); /* still the old epoch in its head: no third one */
    assert_int_equal(said.server.counter, 2);
    script_run("a4-7 taken a7");
    reopen();
    assert_int_equal(take_server_epoch(take).counter, 2);
    assert_int_equal(stored(), 7);
}

/* Set back, and something else has been taken under that number since. */
static void set_back_by_hash(void **state)
{
    (void)state;
    script_run("a1-3 taken a3");
    disk_copy(disk, "server", "yesterday");
    script_run("a4-6 taken a6");
    know();
    set_back_to("yesterday");
    struct sending kept = sending;
    sending.acked = 0;
    sending.acked_hash = histories[0].names[0];
    script_run("b4-6 taken b6");
    sending = kept;
    send_of(0, 7, 7);
    assert_int_equal(said.server.counter, 2);
    assert_string_equal(said.state, "from");
}

/* The lost life had opened an epoch of its own. */
static void set_back_by_epoch(void **state)
{
    (void)state;
    script_run("a1-3 taken a3");
    disk_copy(disk, "server", "yesterday");
    take_close(take);
    open_as(true);
    assert_int_equal(take_server_epoch(take).counter, 2);
    script_run("a4-4 taken a4");
    know();
    set_back_to("yesterday");
    send_of(0, 5, 5);
    assert_int_equal(said.server.counter, 3);
}

/* By what it has seen of runs and feed numbers: run, feed, is that a set-back server? */
static const struct seen_row {
    const char *name;
    uint64_t    run;
    int64_t     feed;
    bool        is_back;
} seens[] = {
    {"seen: nothing yet",                   0,    0,  false},
    {"seen: this run",                      RUN,  40, false},
    {"seen: below the newest",              RUN,  39, false},
    {"seen: beyond the newest",             RUN,  41, true },
    {"seen: an older run",                  0x10, 29, false},
    {"seen: beyond an older run's end",     0x10, 30, true },
    {"seen: a start that made nothing",     0x11, 29, false},
    {"seen: one that shares its beginning", 0x12, 34, false},
    {"seen: beyond that",                   0x12, 35, true },
    {"seen: an unknown run",                0x99, 1,  true },
};

static void seen_case(void **state)
{
    const struct seen_row       *row = *state;
    static const struct take_run runs[] = {
        {0x10, 1 },
        {0x12, 30},
        {0x11, 30},
        {RUN,  35},
        {0x13, 35}
    };
    take_runs(take, RUN, runs, 5);
    script_run("a1-3 taken a3");
    know();
    sending.run = row->run;
    sending.feed = row->feed;
    send_of(0, 4, 4);
    assert_string_equal(said.state, "taken");
    assert_int_equal(said.server.counter, row->is_back ? 2 : 1);
    assert_int_equal(said.run, RUN);
}

/* The feed noticed it, for several kiosks at once: one new epoch, in which nobody can prove it again. */
static void set_back_by_the_feed(void **state)
{
    static const struct take_run runs[] = {
        {RUN, 35}
    };
    (void)state;
    script_run("a1-3 taken a3");
    struct epoch old = take_server_epoch(take);
    take_set_back(take, (struct epoch){old.counter, old.random + 1}, 1000);
    assert_int_equal(epoch_compare(take_server_epoch(take), old), 0);
    take_set_back(take, old, 1000);
    struct epoch opened = take_server_epoch(take);
    assert_int_equal(opened.counter, old.counter + 1);
    take_set_back(take, old, 1000);
    take_set_back(take, opened, 1000);
    assert_int_equal(epoch_compare(take_server_epoch(take), opened), 0);
    take_runs(take, RUN, runs, 1);
    know();
    sending.server = opened;
    sending.run = 0x99; /* of the old epoch, by a kiosk that forgot to forget it */
    sending.feed = 9;
    send_of(0, 4, 4);
    assert_string_equal(said.state, "taken");
    assert_int_equal(epoch_compare(take_server_epoch(take), opened), 0);
}

/* What proves nothing: a first dealing, an older epoch of this server, another factory's. */
static void not_set_back(void **state)
{
    (void)state;
    sending.acked = 9;
    send_of(0, 1, 1);
    assert_int_equal(said.server.counter, 1);
    sending.server = said.server;
    sending.acked = 0;
    sending.acked_hash = histories[0].names[0];
    take_close(take);
    open_as(true); /* restore: opens one itself */
    assert_int_equal(take_server_epoch(take).counter, 2);
    sending.acked = 9;
    send_of(0, 2, 2);
    assert_int_equal(said.server.counter, 2);
    sending.server = (struct epoch){1, 1};
    send_of(0, 3, 3);
    assert_int_equal(said.server.counter, 2);
    assert_int_equal(stored(), 3);
}

/* An epoch that couldn't be committed wasn't opened, and is tried again. */
static void set_back_on_a_full_disk(void **state)
{
    (void)state;
    script_run("a1-3 taken a3");
    know();
    sending.acked = 9;
    disk_room(disk, "server", 0);
    send_of(0, 4, 4);
    assert_int_equal(said.status, 503);
    assert_int_equal(take_server_epoch(take).counter, 1);
    disk_heal(disk, "server");
    send_of(0, 4, 4);
    assert_int_equal(said.server.counter, 2);
    assert_string_equal(said.state, "taken");
}

/* An epoch that couldn't be written is none: the one that was opened before goes on being the newest that anybody knows. */
static void set_back_while_the_disk_is_full(void **state)
{
    (void)state;
    script_run("a1-3 taken a3");
    know();
    sending.acked = 9;
    send_of(0, 4, 4);
    assert_int_equal(said.server.counter, 2);
    struct epoch second = said.server;
    disk_room(disk, "server", 0);
    for (int i = 0; i < 2; i++) { /* the first makes it forget of whom it knows this already */
        send_of(0, 5, 5);
        assert_int_equal(said.status, 503);
        sending.server = (struct epoch){20, 5};
    }
    disk_heal(disk, "server");
    sending.server = second;
    send_of(0, 5, 5);
    assert_string_equal(said.state, "taken");
    assert_int_equal(said.server.counter, 2);
}

/* ---- the office */

static void office_lines(void **state)
{
    struct hash  name, first;
    int64_t      number;
    struct event draft = {.kind = EVENT_DECIDE, .count = 2, .has_refers = true, .act = "act-12345", .users = "li"};
    (void)state;
    snprintf(draft.station, sizeof draft.station, "office");
    script_run("a1-2 taken a2");
    good(take_office(take, &draft, now_ms, &number, &first, &err));
    assert_int_equal(number, 3);
    assert_int_equal(draft.seq, 1);
    assert_int_equal(draft.kiosk, 0);
    struct hash begin = chain_first(0, take_server_epoch(take));
    assert_true(hash_equal(&draft.prev, &begin));
    reopen();
    good(take_office(take, &draft, now_ms, &number, &name, &err));
    assert_int_equal(number, 4);
    assert_int_equal(draft.seq, 2);
    assert_true(hash_equal(&draft.prev, &first));
    disk_room(disk, "server", 0);
    struct event before = draft;
    number = 77;
    assert_false(take_office(take, &draft, now_ms, &number, &name, &err));
    assert_int_equal(err.kind, ERR_FULL);
    assert_int_equal(number, 77);
    assert_int_equal(draft.seq, before.seq);
    good(take_office(take, &draft, now_ms, &number, &name, &err)); /* its log was copied, and has room again */
    assert_int_equal(draft.seq, 3);
    disk_heal(disk, "server");
    script_run("a3-3 taken a3");
    assert_int_equal(stored(), 6);
}

/* ---- reading */

static void reader_anywhere(void **state)
{
    struct take_reader *reader;
    struct take_line    line;
    bool                has_line;
    uint64_t            dice = 3;
    (void)state;
    script_run("a1-1 taken a1, a2-9 taken a9, a10-10 taken a10, a11-40 taken a40");
    good(take_reader_open(INBOX, "sim", &reader, &err));
    for (int i = 0; i < 300; i++) {
        int64_t after = dice_between(&dice, 0, 41);
        good(take_reader_next(reader, after, &line, &has_line, &err));
        assert_int_equal(has_line, after < 40);
        if (!has_line) continue;
        assert_int_equal(line.number, after + 1);
        assert_int_equal(line.seq, after + 1);
        assert_int_equal(line.kiosk, kiosk);
        assert_int_equal(epoch_compare(line.epoch, own), 0);
        assert_int_equal(line.taken_ms, now_ms);
        assert_int_equal(line.len, strlen(histories[0].lines[after + 1]));
        assert_memory_equal(line.bytes, histories[0].lines[after + 1], line.len);
    }
    good(take_reader_next(reader, 40, &line, &has_line, &err));
    assert_false(has_line);
    script_run("a41-42 taken a42");
    good(take_reader_next(reader, 40, &line, &has_line, &err)); /* what came since */
    assert_true(has_line);
    assert_int_equal(line.seq, 41);
    take_reader_close(reader);
}

/* ---- many kiosks' worth of rows, so that the index is filled while requests wait; then everything is a repeat */

static void many_rows(void **state)
{
    enum { STRANDS = 40, EACH = 130 };
    struct hash prev[STRANDS];
    (void)state;
    for (int round = 0; round < 2; round++) {
        for (int e = 0; e < STRANDS; e++) prev[e] = chain_first(kiosk, (struct epoch){9, (uint64_t)e + 1});
        for (int seq = 1; seq <= EACH; seq++)
            for (int e = 0; e < STRANDS; e++) {
                struct buf body = {0};
                char       line[64], text[EPOCH_TEXT];
                epoch_write((struct epoch){9, (uint64_t)e + 1}, text);
                buf_fmt(&body, "events 1 00000000000000a1 %s %d 1 ", text, seq);
                buf_hex(&body, prev[e].bytes, HASH_BYTES);
                buf_fmt(&body, " - 0 %064d %016d 0 0\n", 0, 0);
                int len = snprintf(line, sizeof line, "event %d of %d", seq, e);
                buf_fmt(&body, "%s\n", line);
                post(&body);
                assert_string_equal(said.state, "taken");
                assert_false(said.fork);
                prev[e] = hash_of(line, (size_t)len);
                assert_true(hash_equal(&prev[e], &said.mark.hash));
                buf_free(&body);
            }
        assert_int_equal(take_end(take), STRANDS * EACH);
        reopen();
    }
    assert_int_equal(stored(), STRANDS * EACH);
    assert_int_equal(take_counts_of(take).events, 0);
}

/* While somebody reads an old state, a log of 2 MB can't be copied whole: what can be is, and the taker rests. */
static void tidied_as_far_as_readers_let(void **state)
{
    struct db  *reader;
    struct hash prev = chain_first(kiosk, own);
    char        line[4001] = "";
    (void)state;
    memset(line, 'x', sizeof line - 1);
    for (int seq = 1; seq <= 1000; seq++) {
        struct buf body = {0};
        head_write(&body, seq, 1, &prev);
        buf_fmt(&body, "%s\n", line);
        post(&body);
        buf_free(&body);
        assert_string_equal(said.state, "taken");
        prev = hash_of(line, sizeof line - 1);
        if (seq != 100) continue;
        good(db_open(INBOX, DB_READ, "sim", &reader, &err));
        good(db_begin(reader, &err));
    }
    for (int i = 0; take_tidy(take); i++) assert_true(i < 10);
    db_rollback(reader);
    db_close(reader);
    int64_t before = disk_steps(disk, "server");
    for (int i = 0; take_tidy(take); i++) assert_true(i < 10);
    assert_true(disk_steps(disk, "server") > before);
}

/* The disk fails now and then, also while the index is filled: in the end each event is there once, and every answer
 * that said "taken" was true. */
static void failing_now_and_then(void **state)
{
    enum { STRANDS = 30, EACH = 160 };
    struct hash prev[STRANDS];
    uint64_t    dice = 11;
    int         failed = 0;
    (void)state;
    for (int e = 0; e < STRANDS; e++) prev[e] = chain_first(kiosk, (struct epoch){9, (uint64_t)e + 1});
    for (int i = 0; i < STRANDS * EACH; i++) {
        int        seq = i / STRANDS + 1, e = i % STRANDS;
        struct buf body = {0};
        char       line[64], text[EPOCH_TEXT];
        epoch_write((struct epoch){9, (uint64_t)e + 1}, text);
        buf_fmt(&body, "events 1 00000000000000a1 %s %d 1 ", text, seq);
        buf_hex(&body, prev[e].bytes, HASH_BYTES);
        buf_fmt(&body, " - 0 %064d %016d 0 0\n", 0, 0);
        int len = snprintf(line, sizeof line, "event %d of %d", seq, e);
        buf_fmt(&body, "%s\n", line);
        bool is_late = i > 4000 && i < 4200; /* the index is filled here */
        if (dice_between(&dice, 0, is_late ? 2 : 60) == 0)
            disk_fail(disk, "server", dice_between(&dice, 0, 1) == 0 ? DISK_WRITE : DISK_SYNC,
                      dice_between(&dice, 0, 4), 1);
        post(&body);
        for (; said.status == 503; failed++) {
            disk_heal(disk, "server");
            post(&body);
        }
        assert_string_equal(said.state, "taken");
        assert_false(said.fork);
        prev[e] = hash_of(line, (size_t)len);
        buf_free(&body);
        if (i % 500 == 0) reopen();
    }
    assert_true(failed > 20);
    assert_int_equal(stored(), STRANDS * EACH);
    assert_int_equal(take_server_epoch(take).counter, 1);
}

static int start_with_histories(void **state)
{
    static const int parts_at[HISTORIES] = {LINES_MAX + 1, 4, 1, 6};
    if (start(state) != 0) return -1;
    for (int i = 0; i < HISTORIES; i++) history_write(i, parts_at[i]);
    sending = (struct sending){.signer = kiosk, .acked_hash = chain_first(kiosk, own)};
    return 0;
}

int main(int argc, char **argv)
{
    static struct rows rows;
    static char        names[sizeof scripts / sizeof scripts[0]][96];
    ROWS_ADD(&rows, script_case, scripts);
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        snprintf(names[i], sizeof names[i], "%s, a start after each", scripts[i].name);
        rows_add(&rows, names[i], script_with_starts, &scripts[i]);
    }
    ROWS_ADD(&rows, refusal_case, refusals);
    ROWS_ADD(&rows, head_case, heads);
    ROWS_ADD(&rows, size_case, sizes);
    ROWS_ADD(&rows, seen_case, seens);
    rows_add(&rows, "gap_with_next", gap_with_next, NULL);
    rows_add(&rows, "gap_and_starts", gap_and_starts, NULL);
    rows_add(&rows, "gap_at_the_end", gap_at_the_end, NULL);
    rows_add(&rows, "gap_to_the_end_of_all_numbers", gap_to_the_end_of_all_numbers, NULL);
    rows_add(&rows, "gap_found_again", gap_found_again, NULL);
    rows_add(&rows, "gap_over_what_is_stored", gap_over_what_is_stored, NULL);
    rows_add(&rows, "garbage_is_kept", garbage_is_kept, NULL);
    rows_add(&rows, "broken_inside", broken_inside, NULL);
    rows_add(&rows, "unsigned_ones", unsigned_ones, NULL);
    rows_add(&rows, "for_another", for_another, NULL);
    rows_add(&rows, "revoked_and_waiting", revoked_and_waiting, NULL);
    rows_add(&rows, "batch_of_many", batch_of_many, NULL);
    rows_add(&rows, "disk_full", disk_full, NULL);
    rows_add(&rows, "cut_anywhere", cut_anywhere, NULL);
    rows_add(&rows, "set_back_by_mark", set_back_by_mark, NULL);
    rows_add(&rows, "set_back_by_hash", set_back_by_hash, NULL);
    rows_add(&rows, "set_back_by_epoch", set_back_by_epoch, NULL);
    rows_add(&rows, "set_back_by_the_feed", set_back_by_the_feed, NULL);
    rows_add(&rows, "not_set_back", not_set_back, NULL);
    rows_add(&rows, "set_back_on_a_full_disk", set_back_on_a_full_disk, NULL);
    rows_add(&rows, "set_back_while_the_disk_is_full", set_back_while_the_disk_is_full, NULL);
    rows_add(&rows, "office_lines", office_lines, NULL);
    rows_add(&rows, "reader_anywhere", reader_anywhere, NULL);
    rows_add(&rows, "many_rows", many_rows, NULL);
    rows_add(&rows, "tidied_as_far_as_readers_let", tidied_as_far_as_readers_let, NULL);
    rows_add(&rows, "failing_now_and_then", failing_now_and_then, NULL);
    rows_around(&rows, 0, start_with_histories, end);
    return rows_run(&rows, argc, argv);
}
