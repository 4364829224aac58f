/* feed_test.c - what a kiosk is told of the feed: whose rows, in which order, how many at once, and when it may wait.
 * links: server_take core */
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "server/take/feed.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define DAY_MS INT64_C(86400000)
#define TODAY 20500
#define NOW_MS (TODAY * DAY_MS + 1)

static struct db        *books;
static struct err        err;
static struct feed_place place = {
    {2, 0x5},
    0x77, 0
};
static struct kiosk_key key = {.kiosk = 0xA1};
static const char       mac_text[] = "00000000000000000000000000000000000000000000000000000000000000ff";

static void good(bool is_good)
{
    if (!is_good) print_error("%s %s\n", err.say.id, err.say.args[0].text);
    assert_true(is_good);
}

/* The tables as the books have them. */
static void schema_make(void)
{
    char        path[256];
    struct buf  sql = {0};
    const char *root = getenv("ROOT");
    snprintf(path, sizeof path, "%s/server/books/schema/1.sql", root == NULL ? "." : root);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (int c; (c = fgetc(file)) != EOF;) buf_char(&sql, (char)c);
    fclose(file);
    good(db_script(books, buf_text(&sql), &err));
    buf_free(&sql);
}

static int start(void **state)
{
    (void)state;
    if (!chain_init(&err) || folder_make() != 0) return -1;
    memset(key.key.bytes, 7, sizeof key.key.bytes);
    place.newest = 0;
    good(db_open(folder_path("books.db"), DB_WRITE, NULL, &books, &err));
    schema_make();
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(books);
    books = NULL;
    return folder_end();
}

static void row(const char *topic, const char *name, const char *value, int audience, int64_t only)
{
    struct db_stmt *stmt;
    good(db_prepare(
        books, SQL("INSERT INTO feed (number, topic, key, value, audience, only_for) VALUES ($1, $2, $3, $4, $5, $6)"),
                   &stmt, &err));
    db_bind_int(stmt, 1, ++place.newest);
    db_bind_text(stmt, 2, topic);
    db_bind_text(stmt, 3, name);
    db_bind_text(stmt, 4, value);
    db_bind_int(stmt, 5, audience);
    db_bind_int(stmt, 6, only);
    good(db_run(stmt, &err));
}

static void signed_in(int64_t worker, int64_t kiosk, int32_t day)
{
    struct db_stmt *stmt;
    good(db_prepare(books, SQL("INSERT INTO worker_kiosk (worker, kiosk, day) VALUES ($1, $2, $3)"), &stmt, &err));
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, kiosk);
    db_bind_int(stmt, 3, day);
    good(db_run(stmt, &err));
}

/* What came: "n topic key value;" for each row. */
static struct answer {
    bool    is_early, is_back;
    int64_t wait_ms, upto, newest;
    bool    more;
    int     status, rows;
    size_t  len;
    char    text[1024];
    int64_t first, last;
} said;

static void head_check(const struct json *head)
{
    assert_int_equal(json_int(json_get(head, "v"), 0), 1);
    assert_string_equal(json_text(json_get(head, "server"), ""), "2-0000000000000005");
    assert_string_equal(json_text(json_get(head, "run"), ""), "0000000000000077");
    assert_int_equal(json_int(json_get(head, "time"), 0), NOW_MS);
    said.newest = json_int(json_get(head, "feed"), -1);
    said.upto = json_int(json_get(head, "upto"), -1);
    said.more = json_bool(json_get(head, "more"), false);
}

static void row_check(const struct json *json)
{
    struct buf value = {0};
    int64_t    n = json_int(json_get(json, "n"), -1);
    size_t     used = strlen(said.text);
    assert_true(n > said.last);
    said.first = said.rows == 0 ? n : said.first;
    said.last = n;
    said.rows++;
    if (json_bool(json_get(json, "gone"), false))
        buf_str(&value, "gone");
    else
        json_write(json_get(json, "o"), &value);
    snprintf(said.text + used, sizeof said.text - used, "%d %s %s %s;", (int)n, json_text(json_get(json, "t"), ""),
             json_text(json_get(json, "k"), ""), buf_text(&value));
    buf_free(&value);
}

static void answer_read(struct take_answer *answer, const struct hash *mac)
{
    struct hash own = mac_answer(&key.key, mac, buf_text(&answer->body), answer->body.len);
    assert_true(answer->has_mac && mac_equal(&own, &answer->mac));
    said.status = answer->status;
    said.len = answer->body.len;
    const char *at = buf_text(&answer->body), *lf;
    for (int i = 0; said.status == 200 && (lf = strchr(at, '\n')) != NULL; at = lf + 1, i++) {
        struct json *json = json_read(at, (size_t)(lf - at), &err);
        assert_non_null(json);
        if (i == 0)
            head_check(json);
        else
            row_check(json);
        json_free(json);
    }
    buf_free(&answer->body);
}

static void ask_as(const char *body, bool may_wait)
{
    struct hash         mac;
    struct take_answer  answer = {0};
    struct take_request request = {.method = "POST", .path = "/kiosk/1/feed", .body = body, .len = strlen(body)};
    said = (struct answer){.upto = -1};
    assert_true(hash_read(mac_text, &mac));
    struct feed_request asked = {&place, &key, &request, &mac, NOW_MS, may_wait};
    enum feed_said      came;
    good(feed_answer(books, &asked, &came, &said.wait_ms, &answer, &err));
    said.is_early = came == FEED_EARLY;
    said.is_back = came == FEED_BACK;
    if (!said.is_early) answer_read(&answer, &mac);
}

static void ask(int64_t from)
{
    char body[128];
    snprintf(body, sizeof body, "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 %lld 0\n",
             (long long)from);
    ask_as(body, false);
}

static void in_order(void **state)
{
    (void)state;
    ask(0);
    assert_int_equal(said.rows, 0);
    assert_int_equal(said.upto, 0);
    row("sheet", "2603-0001-01", "{\"rev\":1}", 0, 0);
    row("badge", "123456789012345", "", 0, 0);
    row("worker", "7", "{\"name\":\"\xE6\x9D\x8E \\\"a\\\"\"}", 0, 0);
    ask(0);
    assert_string_equal(said.text, "1 sheet 2603-0001-01 {\"rev\":1};2 badge 123456789012345 gone;3 worker 7 "
                                   "{\"name\":\"\xE6\x9D\x8E \\\"a\\\"\"};");
    assert_int_equal(said.upto, 3);
    assert_int_equal(said.newest, 3);
    assert_false(said.more);
    ask(2);
    assert_int_equal(said.rows, 1);
    assert_int_equal(said.first, 3);
    ask(3);
    assert_int_equal(said.rows, 0);
    assert_int_equal(said.upto, 3);
}

/* Whose rows they are. */
static void audience(void **state)
{
    (void)state;
    row("verdict", "mine", "{}", 1, 0xA1);
    row("verdict", "its", "{}", 1, 0xA2);
    row("pay", "7/2026-02-16", "{}", 2, 7);
    row("pay", "8/2026-02-16", "{}", 2, 8);
    row("pay", "9/2026-02-16", "{}", 2, 9);
    signed_in(7, 0xA1, TODAY - 35);
    signed_in(8, 0xA1, TODAY - 36);
    signed_in(8, 0xA2, TODAY);
    ask(0);
    assert_string_equal(said.text, "1 verdict mine {};3 pay 7/2026-02-16 {};");
    assert_int_equal(said.upto, 5); /* everything was looked at */
}

/* Kiosks show the pay of 35 days: what is older isn't told, however long the books go back. */
static void old_pay(void **state)
{
    (void)state;
    row("pay", "7/2026-01-10", "{}", 2, 7); /* 37 days ago: one more than may be today somewhere */
    row("pay", "7/2026-01-11", "{}", 2, 7);
    row("sheet", "7/2026-01-10", "{}", 0, 0);
    signed_in(7, 0xA1, TODAY);
    ask(0);
    assert_string_equal(said.text, "2 pay 7/2026-01-11 {};3 sheet 7/2026-01-10 {};");
    assert_int_equal(said.upto, 3);
}

/* The taker hears of a number before kiosks do: what lies behind isn't told. */
static void not_beyond_the_newest(void **state)
{
    (void)state;
    row("sheet", "a", "{}", 0, 0);
    row("sheet", "b", "{}", 0, 0);
    place.newest = 1;
    ask(0);
    assert_string_equal(said.text, "1 sheet a {};");
    assert_int_equal(said.upto, 1);
}

static void in_parts(void **state)
{
    static char big[5000];
    int         answers = 0, rows = 0;
    (void)state;
    memset(big, 'x', sizeof big - 1);
    big[0] = big[sizeof big - 2] = '"';
    good(db_begin(books, &err));
    for (int i = 0; i < 150; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        row("note", name, big, i % 3 == 2 ? 1 : 0, 0xB2); /* a third isn't for it */
    }
    good(db_commit(books, &err));
    for (int64_t from = 0; from < 150; from = said.upto) {
        ask(from);
        assert_true(said.len <= 257 * 1024);
        assert_true(said.upto > from);
        assert_int_equal(said.more, said.upto < 150);
        rows += said.rows;
        answers++;
    }
    assert_int_equal(rows, 100);
    assert_int_equal(answers, 2);
}

static void a_row_larger_than_an_answer(void **state)
{
    struct buf big = {0};
    (void)state;
    buf_char(&big, '"');
    for (int i = 0; i < 300 * 1024; i++) buf_char(&big, 'x');
    buf_char(&big, '"');
    row("note", "1", "{}", 0, 0);
    row("note", "2", buf_text(&big), 0, 0);
    row("note", "3", "{}", 0, 0);
    ask(0);
    assert_int_equal(said.last, 1);
    assert_true(said.more);
    ask(1);
    assert_int_equal(said.first, 2);
    assert_int_equal(said.last, 2);
    assert_true(said.more);
    ask(2);
    assert_int_equal(said.last, 3);
    assert_false(said.more);
    buf_free(&big);
}

/* from, wait, which server, may it wait: does it? */
static const struct wait_case {
    const char *name;
    const char *body;
    bool        may_wait, is_early;
    int64_t     wait_ms;
} waits[] = {
    {"nothing new",             "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 2 5000\n",     true,  true,  5000},
    {"only others' news",       "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 1 5000\n",     true,  true,  5000},
    {"news",                    "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 0 5000\n",     true,  false, 0   },
    {"it won't wait",           "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 2 0\n",        true,  false, 0   },
    {"it waited already",       "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 2 5000\n",     false, false, 0   },
    {"it would wait for a day", "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 2 86400000\n", true,  true,
     60000                                                                                                                    },
    {"another server's number", "feed 1 00000000000000a1 1-0000000000000005 0000000000000000 2 5000\n",     true,  false, 0   },
    {"no server yet",           "feed 1 00000000000000a1 - 0000000000000000 0 5000\n",                      true,  false, 0   },
    {"beyond the newest",       "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 9 5000\n",     true,  true,  5000},
};

static void wait_one(void **state)
{
    const struct wait_case *row_of = *state;
    row("sheet", "a", "{}", 0, 0);
    row("verdict", "b", "{}", 1, 0xA2);
    ask_as(row_of->body, row_of->may_wait);
    assert_int_equal(said.is_early, row_of->is_early);
    if (said.is_early) assert_int_equal(said.wait_ms, row_of->wait_ms);
}

static void other_server(void **state)
{
    (void)state;
    row("sheet", "a", "{}", 0, 0);
    row("sheet", "b", "{}", 0, 0);
    ask_as("feed 1 00000000000000a1 1-0000000000000009 0000000000000000 2 0\n", false);
    assert_int_equal(said.rows, 2);
}

/* What the kiosk has seen, run and number: was this server set back since? */
static const struct seen_case {
    const char *name;
    const char *seen;
    bool        is_back;
} seens[] = {
    {"seen: nothing yet",               "2-0000000000000005 0000000000000000 0", false},
    {"seen: this start",                "2-0000000000000005 0000000000000077 6", false},
    {"seen: beyond its newest",         "2-0000000000000005 0000000000000077 7", true },
    {"seen: an older start",            "2-0000000000000005 0000000000000010 2", false},
    {"seen: beyond its end",            "2-0000000000000005 0000000000000010 3", true },
    {"seen: a start without numbers",   "2-0000000000000005 0000000000000011 4", false},
    {"seen: an unknown start",          "2-0000000000000005 0000000000000099 1", true },
    {"seen: of another server's start", "1-0000000000000005 0000000000000099 9", false},
};

static void run_row(int64_t run, int64_t first)
{
    struct db_stmt *stmt;
    good(db_prepare(books, SQL("INSERT INTO run (run, started_ms, epoch_counter, epoch_random, first_feed)"
                               " VALUES ($1, 0, 2, 5, $2)"),
                               &stmt, &err));
    db_bind_int(stmt, 1, run);
    db_bind_int(stmt, 2, first);
    good(db_run(stmt, &err));
}

static void seen_one(void **state)
{
    const struct seen_case *row_of = *state;
    char                    body[128];
    run_row(0x10, 1);
    run_row(0x11, 3);
    run_row(0x12, 3);
    run_row(0x77, 5);
    for (int i = 0; i < 6; i++) row("sheet", (const char[]){(char)('a' + i), 0}, "{}", 0, 0);
    snprintf(body, sizeof body, "feed 1 00000000000000a1 %s 5000\n", row_of->seen);
    ask_as(body, true);
    assert_int_equal(said.is_back, row_of->is_back);
    if (said.is_back) assert_int_equal(said.status, 503);
}

static const struct {
    const char *name;
    const char *body;
} refusals[] = {
    {"refused: empty",         ""                                                                                    },
    {"refused: no line end",   "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 0 0"                     },
    {"refused: two lines",     "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 0 0\n\n"                 },
    {"refused: another form",  "feed 2 00000000000000a1 2-0000000000000005 0000000000000000 0 0\n"                   },
    {"refused: another kiosk", "feed 1 00000000000000a2 2-0000000000000005 0000000000000000 0 0\n"                   },
    {"refused: kiosk",         "feed 1 a1 2-0000000000000005 0000000000000000 0 0\n"                                 },
    {"refused: server",        "feed 1 00000000000000a1 2 0000000000000000 0 0\n"                                    },
    {"refused: from -1",       "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 -1 0\n"                  },
    {"refused: wait -1",       "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 0 -1\n"                  },
    {"refused: a fraction",    "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 0.5 0\n"                 },
    {"refused: a second line", "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 0 0 w=1\nx\n"            },
    {"refused: huge",          "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 99999999999999999999 0\n"},
    {"refused: full-width",    "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 \xEF\xBC\x91 0\n"        },
};

static void refusal_case(void **state)
{
    const char *const *row_of = *state;
    row("sheet", "a", "{}", 0, 0);
    ask_as(row_of[1], true);
    assert_int_equal(said.status, 400);
}

/* What a kiosk says of itself; whatever stands there, the request is answered as without it. */
struct state_row {
    const char *name, *said; /* "": left out */
    bool        has_state;
    int64_t     waiting, free_mb, offset_ms;
    int         has_scanner;
    const char *version;
};
/* clang-format off */
static const struct state_row states[] = {
    {"state: left out",     "",                                    false, -1, -1, 0, -1, ""},
    {"state: all",          " w=3,s=1,f=71234,o=-94000,v=0.1.0",   true,  3, 71234, -94000, 1, "0.1.0"},
    {"state: no scanner",   " s=0",                                true,  -1, -1, 0, 0, ""},
    {"state: others",       " z=9,w=3,hello,=,w,s=7",              true,  3, -1, 0, -1, ""},
    {"state: no numbers",   " w=x,f=,o=--1,s=",                    true,  -1, -1, 0, -1, ""},
    {"state: below nothing", " w=-3,f=-7,s=-1,v=\x01",            true,  -1, -1, 0, -1, ""},
    {"state: huge",         " w=99999999999999999999999999999999", true,  -1, -1, 0, -1, ""},
    {"state: long version", " v=0123456789abcdef",                 true,  -1, -1, 0, -1, ""},
    {"state: a newer one",  " w=3,temperature=41,v=0.2.0 s=1 more", true,  3, -1, 0, -1, "0.2.0"},
    {"state: no room",      " w=3,v=0.2.0,a=0123456789012345678901234567890123456789012345678901234567890123456789,f=7",
                                                                   true,  3, -1, 0, -1, "0.2.0"},
};
/* clang-format on */

static void state_case(void **row_of)
{
    const struct state_row *row = *row_of;
    char                    body[200];
    struct feed_state       state;
    snprintf(body, sizeof body, "feed 1 00000000000000a1 2-0000000000000005 0000000000000000 7 0%s\n", row->said);
    struct take_request request = {.body = body, .len = strlen(body)};
    assert_true(feed_state_read(&request, &state));
    assert_int_equal(state.from, 7);
    assert_int_equal(state.has_state, row->has_state);
    assert_int_equal(state.waiting, row->waiting);
    assert_int_equal(state.free_mb, row->free_mb);
    assert_int_equal(state.offset_ms, row->offset_ms);
    assert_int_equal(state.has_scanner, row->has_scanner);
    assert_string_equal(state.version, row->version);
    ask_as(body, false);
    assert_int_equal(said.status, 200);
    request.len--;
    assert_false(feed_state_read(&request, &state));
}

static void runs(void **state)
{
    struct take_run *found = NULL;
    size_t           count = 9;
    (void)state;
    good(feed_runs(books, &found, &count, &err));
    assert_int_equal(count, 0);
    good(db_script(books, SQL("INSERT INTO run VALUES (2, 5, 90, 1, 1, 30), (1, -6, 100, 1, 1, 1);"), &err));
    good(feed_runs(books, &found, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(found[0].first_feed, 1);
    assert_true(found[0].run == (uint64_t)-6);
    assert_int_equal(found[1].run, 5);
    free(found);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "in_order", in_order, NULL);
    rows_add(&rows, "audience", audience, NULL);
    rows_add(&rows, "old pay", old_pay, NULL);
    rows_add(&rows, "not_beyond_the_newest", not_beyond_the_newest, NULL);
    rows_add(&rows, "in_parts", in_parts, NULL);
    rows_add(&rows, "a_row_larger_than_an_answer", a_row_larger_than_an_answer, NULL);
    rows_add(&rows, "other_server", other_server, NULL);
    rows_add(&rows, "runs", runs, NULL);
    ROWS_ADD(&rows, wait_one, waits);
    ROWS_ADD(&rows, seen_one, seens);
    ROWS_ADD(&rows, refusal_case, refusals);
    ROWS_ADD(&rows, state_case, states);
    rows_around(&rows, 0, start, end);
    return rows_run(&rows, argc, argv);
}
