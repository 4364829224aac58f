/* courier_test.c - requests over the real network doors of both programs: pinned CA, enrolment, limits; and the
 * keeper's thread from an enrolment to an acknowledged event.
 * links: kiosk_top kiosk_send kiosk_keep server_http core */
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "core/log.h"
#include "kiosk/keeper_thread.h"
#include "kiosk/send/courier.h"
#include "server/http/ca.h"
#include "server/http/http.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define KIOSK UINT64_C(0x1122334455667788)
enum { PATIENCE_S = 20 };

/* What the threads tell the test. */
static pthread_mutex_t      lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t       told = PTHREAD_COND_INITIALIZER;
static int                  answers, enrolments, wakes;
static struct keeper_answer answer; /* the last one */
static struct keeper_server enrolled;
static bool                 is_enrolled;
static struct err           enrol_err, err;

static struct http         *http;
static struct ca            ca;
static struct courier      *courier;
static struct http_request *kept;          /* never answered by the handler */
static char                 heard[4][128]; /* kiosk, nonce, mac, body of the last request */
static struct key           key;           /* of the enrolment, as the server got it */
static size_t               large;         /* bytes of the next answer to a feed request */
static int                  feeds = -1;    /* feed requests answered with rows; below 0: none is */
static int                  let_go;        /* so many of them but the first are answered */

static void good(bool is_good)
{
    if (!is_good) print_error("%s %s\n", err.say.id, err.say.args[1].text);
    assert_true(is_good);
}

static void on_answer(void *self, struct keeper_answer *given)
{
    (void)self;
    pthread_mutex_lock(&lock);
    buf_free(&answer.body);
    answer = *given;
    given->body = (struct buf){0};
    answers++;
    pthread_cond_broadcast(&told);
    pthread_mutex_unlock(&lock);
}

static void on_enrolled(void *self, struct keeper_server *server, const struct err *why)
{
    (void)self;
    pthread_mutex_lock(&lock);
    is_enrolled = why == NULL;
    if (why != NULL) enrol_err = *why;
    buf_free(&enrolled.ca_pem);
    enrolled = *server;
    server->ca_pem = (struct buf){0};
    enrolments++;
    pthread_cond_broadcast(&told);
    pthread_mutex_unlock(&lock);
}

static void on_wake(void *self)
{
    (void)self;
    pthread_mutex_lock(&lock);
    wakes++;
    pthread_cond_broadcast(&told);
    pthread_mutex_unlock(&lock);
}

/* Waits until *count has changed from before. */
static void await(const int *count, int before)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    pthread_mutex_lock(&lock);
    while (*count == before)
        if (pthread_cond_timedwait(&told, &lock, &until) != 0) break;
    bool is_told = *count != before;
    pthread_mutex_unlock(&lock);
    assert_true(is_told);
}

/* ---- the server */

static int64_t limit_of(void *self, const char *method, const char *path)
{
    (void)self, (void)method, (void)path;
    return 1 << 20;
}

static void header_copy(const struct http_request *request, const char *name, char *text, size_t cap)
{
    const char *value = http_header(request, name);
    snprintf(text, cap, "%s", value == NULL ? "" : value);
}

static void enrol_answer(const char *body, struct buf *text)
{
    char        token[32] = "", hex[HASH_TEXT] = "";
    struct hash hash;
    int         count = sscanf(body, "enrol 1 %31s %*s %64s", token, hex);
    if (count == 2 && hash_read(hex, &hash)) memcpy(key.bytes, hash.bytes, sizeof key.bytes);
    if (strcmp(token, "1234567890123456789012") == 0)
        buf_str(text, "{\"v\":1,\"server\":\"3-0000000000001234\",\"run\":\"00000000000000aa\",\"station\":\"saw\","
                      "\"name\":\"Saw 1\",\"time\":1796000000000}");
    else
        buf_str(text, "{\"say\":[\"enrol.used\"],\"text\":\"used\"}");
}

/* Takes all events of a batch: the answer of the protocol. */
static void events_answer(const char *body, struct buf *text)
{
    char epoch[40] = "", name[HASH_TEXT] = "";
    int  first = 0, count = 0;
    sscanf(body, "events 1 %*s %39s %d %d %64s", epoch, &first, &count, name);
    const char *line = strchr(body, '\n') + 1;
    for (int i = 0; i < count; i++) {
        size_t      len = strcspn(line, "\n");
        struct hash hash = hash_of(line, len);
        hash_write(&hash, name);
        line += len + 1;
    }
    buf_fmt(text,
            "{\"v\":1,\"state\":\"taken\",\"mark\":[\"%s\",%d,\"%s\"],\"server\":\"3-0000000000001234\","
            "\"run\":\"00000000000000aa\",\"feed\":0,\"time\":1796000000000}",
            epoch, first + count - 1, name);
}

/* Nothing at first; then, each time that the test says so, a setting. Later ones wait as long polls do. */
static bool feed_answer(struct buf *text)
{
    static const char *const ROWS[] = {"", "\"touch_rows\",\"o\":{\"value\":true}",
                                       "\"sign_out\",\"o\":{\"value\":120}"};
    if (feeds < 0 || feeds == 3) return false;
    if (feeds > 0) await(&let_go, feeds - 1);
    buf_fmt(text,
            "{\"v\":1,\"server\":\"3-0000000000001234\",\"run\":\"00000000000000aa\",\"feed\":99,\"upto\":%d,"
            "\"more\":false,\"time\":1796000000000}\n",
            feeds);
    if (feeds > 0) buf_fmt(text, "{\"n\":%d,\"t\":\"setting\",\"k\":%s}\n", feeds, ROWS[feeds]);
    feeds++;
    return true;
}

static void handle(void *self, struct http_request *request)
{
    struct buf  text = {0};
    size_t      len;
    int         status = 200;
    const char *path = http_path(request), *body = http_body(request, &len);
    (void)self;
    header_copy(request, "Baogong-Kiosk", heard[0], sizeof heard[0]);
    header_copy(request, "Baogong-Nonce", heard[1], sizeof heard[1]);
    header_copy(request, "Baogong-Mac", heard[2], sizeof heard[2]);
    snprintf(heard[3], sizeof heard[3], "%.*s", (int)len, body == NULL ? "" : body);
    if (strcmp(path, "/kiosk/1/ca") == 0)
        buf_str(&text, buf_text(&ca.ca_pem));
    else if (strcmp(path, "/kiosk/1/enrol") == 0)
        enrol_answer(heard[3], &text);
    else if (strcmp(path, "/kiosk/1/events") == 0)
        events_answer(body, &text);
    else if (large > 0)
        memset(buf_room(&text, large), 'x', large), text.len = large;
    else if (!feed_answer(&text)) {
        kept = request; /* a long poll */
        return;
    }
    if (strstr(buf_text(&text), "enrol.used") != NULL) status = 403;
    struct hash mac;
    if (hash_read(heard[2], &mac)) {
        char hex[HASH_TEXT];
        mac = mac_answer(&key, &mac, buf_text(&text), text.len);
        hash_write(&mac, hex);
        http_answer_header(request, "Baogong-Mac", hex);
    }
    http_answer(request, status, "application/json", &text);
}

static void serve(bool is_tls)
{
    static const char *const names[] = {"192.0.2.1", NULL}; /* not where the kiosk finds it: the CA is what counts */
    struct http_options      options = {.address = "127.0.0.1", .body_limit = limit_of, .handle = handle};
    ca_free(&ca);
    good(ca_open(folder, names, 1796000000, &ca, &err));
    if (is_tls) options.cert_pem = buf_text(&ca.cert_pem), options.key_pem = buf_text(&ca.key_pem);
    good(http_start(&options, &http, &err));
}

static int start(void **state)
{
    const struct courier_hooks hooks = {on_answer, on_enrolled, NULL};
    (void)state;
    err = (struct err){0};
    kept = NULL;
    large = 0;
    feeds = -1;
    let_go = 0;
    memset(heard, 0, sizeof heard);
    log_quiet(LOG_ERROR);
    if (folder_make() != 0 || !chain_init(&err)) return 1;
    serve(true);
    good(courier_start(KIOSK, &hooks, &courier, &err));
    return 0;
}

static int end(void **state)
{
    (void)state;
    courier_stop(courier);
    courier = NULL;
    http_stop(http);
    http = NULL;
    ca_free(&ca);
    buf_free(&answer.body);
    buf_free(&enrolled.ca_pem);
    answer = (struct keeper_answer){0};
    enrolled = (struct keeper_server){0};
    return folder_end();
}

static struct code_enrol qr(const char *token)
{
    struct code_enrol enrol = {
        .ip = {127, 0, 0, 1},
          .port = http_port(http)
    };
    memcpy(enrol.ca_sha256, ca.ca_sha256, sizeof enrol.ca_sha256);
    snprintf(enrol.token, sizeof enrol.token, "%s", token);
    return enrol;
}

static void aim(bool is_tls)
{
    struct keeper_server server = {.address = "127.0.0.1", .port = http_port(http), .is_tls = is_tls};
    buf_str(&server.ca_pem, buf_text(&ca.ca_pem));
    courier_aim(courier, &server);
    buf_free(&server.ca_pem);
}

static void post(const char *path, const char *body)
{
    struct keeper_request request = {.is_set = true, .number = 41, .path = path, .nonce = "00ff"};
    int                   before = answers;
    buf_str(&request.body, body);
    request.mac = hash_of("mac", 3);
    courier_post(courier, &request);
    assert_null(request.body.bytes);
    await(&answers, before);
    assert_int_equal(answer.number, 41);
}

#define BATCH "events 1 k 1-1 1 0 p - 0 h r 0 0\n"

/* ---- carrying */

static void a_request_arrives_with_its_headers(void **state)
{
    char mac[HASH_TEXT];
    (void)state;
    aim(true);
    for (int i = 0; i < 3; i++) { /* over the same connection */
        post("/kiosk/1/events", BATCH);
        assert_false(answer.is_failed);
        assert_int_equal(answer.status, 200);
    }
    struct hash sent = hash_of("mac", 3);
    hash_write(&sent, mac);
    assert_string_equal(heard[0], "1122334455667788");
    assert_string_equal(heard[1], "00ff");
    assert_string_equal(heard[2], mac);
    assert_string_equal(heard[3], BATCH);
    struct hash expected = mac_answer(&key, &sent, answer.body.bytes, answer.body.len);
    assert_true(answer.has_mac && mac_equal(&expected, &answer.mac));
    assert_non_null(strstr(answer.body.bytes, "taken"));
}

static void without_tls_too_where_the_factory_chose_so(void **state)
{
    (void)state;
    http_stop(http);
    serve(false);
    aim(false);
    post("/kiosk/1/events", BATCH);
    assert_int_equal(answer.status, 200);
    aim(true); /* TLS against a plain port */
    post("/kiosk/1/events", BATCH);
    assert_true(answer.is_failed);
}

static void only_our_ca_is_trusted(void **state)
{
    struct ca other = {0};
    char      own[64];
    (void)state;
    snprintf(own, sizeof own, "%s", folder);
    assert_int_equal(folder_make(), 0);
    static const char *const names[] = {"127.0.0.1", NULL};
    good(ca_open(folder, names, 1796000000, &other, &err));
    struct keeper_server server = {.address = "127.0.0.1", .port = http_port(http), .is_tls = true};
    server.ca_pem = other.ca_pem;
    courier_aim(courier, &server);
    post("/kiosk/1/events", BATCH);
    assert_true(answer.is_failed);
    assert_string_equal(heard[3], ""); /* nothing was said to it */
    ca_free(&other);
    folder_end();
    snprintf(folder, sizeof folder, "%s", own);
}

static void nobody_there(void **state)
{
    (void)state;
    post("/kiosk/1/events", BATCH); /* not enrolled */
    assert_true(answer.is_failed);
    aim(true);
    http_stop(http);
    http = NULL;
    post("/kiosk/1/events", BATCH);
    assert_true(answer.is_failed);
    serve(true);
    aim(true);
    post("/kiosk/1/events", BATCH);
    assert_int_equal(answer.status, 200);
}

static void too_large_an_answer_is_none(void **state)
{
    (void)state;
    aim(true);
    large = 1 << 20;
    post("/kiosk/1/feed", "feed 1\n");
    assert_false(answer.is_failed);
    assert_int_equal(answer.body.len, 1 << 20);
    large = (1 << 20) + 1;
    post("/kiosk/1/feed", "feed 1\n");
    assert_true(answer.is_failed);
}

static void events_pass_a_waiting_feed_and_a_stop_waits_for_nobody(void **state)
{
    struct keeper_request poll = {.is_set = true, .number = 40, .path = "/kiosk/1/feed", .wait_ms = 600000};
    int                   before = answers;
    (void)state;
    aim(true);
    courier_post(courier, &poll);
    post("/kiosk/1/events", BATCH);
    assert_int_equal(answers, before + 1);
    struct keeper_request second = {.is_set = true, .number = 42, .path = "/kiosk/1/feed"};
    courier_post(courier, &second); /* one at a time */
    await(&answers, before + 1);
    assert_int_equal(answer.number, 42);
    assert_true(answer.is_failed);
    time_t began = time(NULL);
    courier_stop(courier);
    courier = NULL;
    assert_true(time(NULL) - began < 10);
}

/* ---- enrolling */

static void try_enrol(struct code_enrol code)
{
    struct key own;
    int        before = enrolments;
    memset(own.bytes, 9, sizeof own.bytes);
    courier_enrol(courier, &code, &own, (struct epoch){0, 0}, 7);
    await(&enrolments, before);
}

static void a_good_code_enrols(void **state)
{
    (void)state;
    try_enrol(qr("1234567890123456789012"));
    assert_true(is_enrolled);
    assert_string_equal(enrolled.station, "saw");
    assert_string_equal(enrolled.address, "127.0.0.1");
    assert_int_equal(enrolled.port, http_port(http));
    assert_true(enrolled.is_tls);
    assert_memory_equal(&enrolled.key, &key, sizeof key);
    assert_non_null(strstr(heard[3], " - 7\n"));
    courier_aim(courier, &enrolled);
    post("/kiosk/1/events", BATCH);
    assert_int_equal(answer.status, 200);
}

static void bad_codes_enrol_nobody(void **state)
{
    (void)state;
    struct code_enrol code = qr("1234567890123456789012");
    code.ca_sha256[3] ^= 1;
    try_enrol(code);
    assert_false(is_enrolled);
    assert_string_equal(enrol_err.say.id, "enrol.ca");
    assert_string_equal(heard[3], ""); /* the token was told to nobody */
    try_enrol(qr("9999999999999999999999"));
    assert_string_equal(enrol_err.say.id, "enrol.used"); /* the server's own sentence */
    code = qr("1234567890123456789012");
    code.port = 1;
    try_enrol(code);
    assert_string_equal(enrol_err.say.id, "enrol.unreached");
    assert_string_equal(enrol_err.say.args[0].text, "127.0.0.1:1");
}

/* ---- the whole: keeper, its thread, courier, server */

static struct keeper_thread *thread;
static struct keeper_news    news;

static void take(void)
{
    for (int before = wakes; !keeper_take(thread, &news); before = wakes) await(&wakes, before);
}

static void from_enrolment_to_an_acknowledged_event(void **state)
{
    char                  path[128];
    struct clock          clock;
    struct keeper        *keeper;
    struct event          event = {.kind = EVENT_NOTE, .note = "x"};
    struct keeper_options options = {.path = path, .program = "test", .boot = 1};
    (void)state;
    snprintf(path, sizeof path, "%s", folder_path("k.db"));
    clock_start_real(&clock);
    good(keeper_open(&options, clock_now_ms(&clock), &keeper, &err));
    good(keeper_start(keeper, &clock, on_wake, NULL, &thread, &err));
    keeper_post_save(thread, &event);
    do take();
    while (!news.has_saved);
    assert_true(news.is_saved);
    assert_int_equal(news.seq, 1);
    struct code_enrol code = qr("0000000000000000000000");
    keeper_post_enrol(thread, &code);
    do take();
    while (!news.has_enrolled);
    assert_false(news.is_enrolled);
    assert_string_equal(news.err.say.id, "enrol.used");
    code = qr("1234567890123456789012");
    keeper_post_enrol(thread, &code);
    do take();
    while (!news.has_enrolled);
    assert_true(news.is_enrolled);
    do take();
    while (!news.has_state || news.state.waiting > 0);
    assert_true(news.state.is_online);
    assert_string_equal(news.state.station, "saw");
    keeper_post_save(thread, &event); /* saved before it ends */
    keeper_stop(thread);
    keeper_close(keeper);
    good(keeper_open(&options, clock_now_ms(&clock), &keeper, &err));
    struct epoch server;
    assert_int_equal(keeper_acked(keeper, &server).seq, 1);
    good(keeper_start(keeper, &clock, on_wake, NULL, &thread, &err));
    keeper_post_save(thread, &event);
    do take();
    while (!news.has_saved);
    assert_int_equal(news.seq, 3);
    keeper_stop(thread);
    keeper_close(keeper);
}

/* The next setting is learnt; until it is told. */
static void let_it_go(void)
{
    pthread_mutex_lock(&lock);
    let_go++;
    pthread_cond_broadcast(&told);
    pthread_mutex_unlock(&lock);
    do take();
    while (!news.has_state);
}

/* A setting of the office that only the flow uses is told when it is learnt, not when the minute is over. */
static void a_setting_is_told_at_once(void **state)
{
    char                  path[128];
    struct clock          clock;
    struct keeper        *keeper;
    struct keeper_options options = {.path = path, .program = "test", .boot = 1};
    (void)state;
    snprintf(path, sizeof path, "%s", folder_path("k.db"));
    clock_start_real(&clock);
    feeds = 0;
    good(keeper_open(&options, clock_now_ms(&clock), &keeper, &err));
    good(keeper_start(keeper, &clock, on_wake, NULL, &thread, &err));
    struct code_enrol code = qr("1234567890123456789012");
    keeper_post_enrol(thread, &code);
    do take();
    while (!news.has_state || !news.state.is_current);
    assert_false(news.state.can_touch_rows);
    let_it_go();
    assert_true(news.state.can_touch_rows);
    assert_int_equal(news.state.sign_out_s, SIGN_OUT_ENTRY_S);
    let_it_go();
    assert_int_equal(news.state.sign_out_s, 120);
    keeper_stop(thread);
    keeper_close(keeper);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "a request arrives with its headers", a_request_arrives_with_its_headers, NULL);
    rows_add(&rows, "without TLS too where the factory chose so", without_tls_too_where_the_factory_chose_so, NULL);
    rows_add(&rows, "only our CA is trusted", only_our_ca_is_trusted, NULL);
    rows_add(&rows, "nobody there", nobody_there, NULL);
    rows_add(&rows, "too large an answer is none", too_large_an_answer_is_none, NULL);
    rows_add(&rows, "events pass a waiting feed, and a stop waits for nobody",
             events_pass_a_waiting_feed_and_a_stop_waits_for_nobody, NULL);
    rows_add(&rows, "a good code enrols", a_good_code_enrols, NULL);
    rows_add(&rows, "bad codes enrol nobody", bad_codes_enrol_nobody, NULL);
    rows_add(&rows, "from enrolment to an acknowledged event", from_enrolment_to_an_acknowledged_event, NULL);
    rows_add(&rows, "a setting is told at once", a_setting_is_told_at_once, NULL);
    rows_around(&rows, 0, start, end);
    return rows_run(&rows, argc, argv);
}
