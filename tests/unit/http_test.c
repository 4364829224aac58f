/* http_test.c - the door to libmicrohttpd on real sockets: what is answered, refused, cut off, and what ends cleanly.
 * links: server_http core */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/clock.h"
#include "server/http/http.h"
#include "server/http/uri.h"
#include "tests/unit/rows.h"

enum {
    HANG_MS = 60000,
    PATIENCE_MS = 1000
}; /* a machine may be busy; of the server, as short as it may be with that */
enum { BODY_MAX = 1000, UPLOAD_MAX = 800000, BODIES_MAX = 1000000, HELD_MAX = 4096, ANSWER_MAX = 1 << 20 };

static struct http *http;
static struct err   err;
static char         answer[ANSWER_MAX];

/* Requests that were kept: answered by the test's own thread. */
static pthread_mutex_t      held_lock = PTHREAD_MUTEX_INITIALIZER;
static struct http_request *held[HELD_MAX];
static size_t               held_count;

static size_t held_now(void)
{
    pthread_mutex_lock(&held_lock);
    size_t count = held_count;
    pthread_mutex_unlock(&held_lock);
    return count;
}

/* ---- the server under test */

static int64_t limit_of(void *self, const char *method, const char *path)
{
    assert_ptr_equal(self, &held_count);
    if (strcmp(path, "/echo") == 0) return strcmp(method, "POST") == 0 ? BODY_MAX : 0;
    if (strcmp(path, "/upload") == 0 || strcmp(path, "/hold") == 0) return strcmp(method, "POST") == 0 ? UPLOAD_MAX : 0;
    return strncmp(path, "/none", 5) == 0 ? -1 : 0;
}

static void tell(struct http_request *request)
{
    struct buf  body = {0};
    const char *query = http_query(request, "q"), *header = http_header(request, "X-Test");
    const char *cookie = http_cookie(request, "session");
    buf_fmt(&body, "%s|%s|%s|%s|%s|%s|%d", http_method(request), http_path(request), query == NULL ? "-" : query,
            header == NULL ? "-" : header, cookie == NULL ? "-" : cookie, http_peer(request), http_is_tls(request));
    http_answer_header(request, "X-Also", "yes");
    http_answer(request, 200, "text/plain", &body);
    assert_null(body.bytes);
}

static void handle(void *self, struct http_request *request)
{
    const char *path = http_path(request);
    (void)self;
    if (strcmp(path, "/echo") == 0 || strcmp(path, "/upload") == 0) {
        size_t      len;
        const char *bytes = http_body(request, &len);
        struct buf  body = {0};
        buf_fmt(&body, "%zu:", len);
        buf_add(&body, bytes, len);
        http_answer(request, 201, NULL, &body);
    } else if (strcmp(path, "/static") == 0) {
        http_answer_static(request, 200, "text/css", "p{}", 3);
    } else if (strcmp(path, "/live") == 0) {
        http_answer_live(request);
    } else if (strcmp(path, "/hold") == 0) {
        pthread_mutex_lock(&held_lock);
        held[held_count++] = request;
        pthread_mutex_unlock(&held_lock);
    } else {
        tell(request);
    }
}

static int server_start(void **state)
{
    struct http_options options = {.address = "127.0.0.1",
                                   .body_limit = limit_of,
                                   .handle = handle,
                                   .self = &held_count,
                                   .patience_ms = PATIENCE_MS,
                                   .bodies_max = BODIES_MAX};
    (void)state;
    held_count = 0;
    return http_start(&options, &http, &err) ? 0 : -1;
}

static int server_end(void **state)
{
    (void)state;
    http_stop(http);
    http = NULL;
    return 0;
}

/* ---- a client that says what it likes */

static int client(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(http_port(http))};
    inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

static void say(int fd, const char *bytes, size_t len)
{
    for (size_t at = 0; at < len;) {
        ssize_t sent = send(fd, bytes + at, len - at, MSG_NOSIGNAL);
        if (sent <= 0) return; /* cut off: what came says why */
        at += (size_t)sent;
    }
}

/* What comes until `until` stands in it, the other end closes, or nothing came for wait_ms. False: the latter. */
static bool hear(int fd, const char *until, int wait_ms)
{
    size_t        len = 0;
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    answer[0] = 0;
    while (poll(&ready, 1, wait_ms) > 0) {
        ssize_t got = recv(fd, answer + len, sizeof answer - 1 - len, 0);
        if (got <= 0) return true;
        len += (size_t)got;
        answer[len] = 0;
        if (until != NULL && strstr(answer, until) != NULL) return true;
    }
    return false;
}

static bool is_closed(int fd)
{
    char c;
    return recv(fd, &c, 1, MSG_DONTWAIT) == 0 || errno == ECONNRESET;
}

/* ---- one request, one answer */

struct request {
    const char *name;
    const char *sent;
    const char *status; /* "" = cut off without a word */
    const char *body;   /* stands in the answer; NULL: whatever */
};

#define HOST "Host: a\r\nConnection: close\r\n"

/* clang-format off */
static const struct request requests[] = {
    {"get",             "GET /who HTTP/1.1\r\n" HOST "\r\n", "200", "\r\n\r\nGET|/who|-|-|-|127.0.0.1|0"},
    {"own header",      "GET /who HTTP/1.1\r\n" HOST "\r\n", "200", "X-Also: yes\r\n"},
    {"query, header, cookie",
     "GET /who?q=a%20b%26&z HTTP/1.1\r\n" HOST "x-test: 7\r\nCookie: session=abc; other=1\r\n\r\n", "200",
     "GET|/who|a b&|7|abc|"},
    {"query that is no text", "GET /who?q=%FF HTTP/1.1\r\n" HOST "\r\n", "400", "[\"http.path\"]"},
    {"name that is no text", "GET /who?%E9%97=1 HTTP/1.1\r\n" HOST "\r\n", "400", "[\"http.path\"]"},
    {"query of two languages", "GET /who?q=%E9%97%A8+a HTTP/1.1\r\n" HOST "\r\n", "200", "GET|/who|门 a|"},
    {"refused in Chinese", "GET /none HTTP/1.1\r\n" HOST "Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n\r\n", "404",
     "\"text\":\"这里没有 /none"},
    {"refused as the address wants", "GET /none?lang=zh HTTP/1.1\r\n" HOST "\r\n", "404", "\"text\":\"这里没有 /none"},
    {"escaped path",    "GET /who/%E9%97%A8 HTTP/1.1\r\n" HOST "\r\n", "200", "GET|/who/\xE9\x97\xA8|"},
    {"static",          "GET /static HTTP/1.1\r\n" HOST "\r\n", "200", "\r\n\r\np{}"},
    {"static type",     "GET /static HTTP/1.1\r\n" HOST "\r\n", "200", "Content-Type: text/css\r\n"},
    {"head",            "HEAD /static HTTP/1.1\r\n" HOST "\r\n", "200", "Content-Length: 3\r\n"},
    {"http/1.0",        "GET /who HTTP/1.0\r\n\r\n", "200", "GET|/who|"},
    {"body",            "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello", "201", "5:hello"},
    {"empty body",      "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", "201", "0:"},
    {"no length",       "POST /echo HTTP/1.1\r\n" HOST "\r\n", "201", "0:"},
    {"chunked",
     "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "201",
     "5:hello"},
    {"nul in body",     "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\na\tb", "201", "3:a\tb"},
    {"unknown",         "GET /none HTTP/1.1\r\n" HOST "\r\n", "404", "[\"http.absent\",\"/none\"]"},
    {"body where none goes", "POST /who HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx", "413", "http.large"},
    {"no host",         "GET /who HTTP/1.1\r\nConnection: close\r\n\r\n", "400", NULL},
    {"both lengths",
     "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400",
     "http.lengths"},
    {"lengths in the other order",
     "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", "400",
     "http.lengths"},
    {"two lengths",     "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "400",
     "http.lengths"},
    {"negative length", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: -5\r\n\r\nhello", "400", NULL},
    {"length of words", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: five\r\n\r\nhello", "400", NULL},
    {"huge length",     "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 99999999999999\r\n\r\nhello", "413",
     "http.large"},
    {"more than is passed over", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 1049577\r\n\r\n", "413",
     "[\"http.large\",1000]"},
    {"nul in path",     "GET /who%00 HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"nul in query",    "GET /who?q=%00 HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"up",              "GET /a/../who HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"up in disguise",  "GET /a/%2e%2e/who HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"slash in disguise", "GET /a%2Fwho HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"backslash in path",          "GET /a\\who HTTP/1.1\r\n" HOST "\r\n",                 "400", "http.path"},
    {"line feed in path", "GET /a%0awho HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"half an escape",  "GET /a%4 HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"no utf-8",        "GET /a%ff HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"raw utf-8",       "GET /\xE9\x97\xA8 HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"whole address",   "GET http://a/who HTTP/1.1\r\n" HOST "\r\n", "400", "http.path"},
    {"no http",         "hello\r\n\r\n", "",    NULL},
    {"tls to a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "",    NULL},
};
/* clang-format on */

static void request_case(void **state)
{
    const struct request *row = *state;
    int                   fd = client();
    say(fd, row->sent, strlen(row->sent));
    assert_true(hear(fd, NULL, HANG_MS));
    close(fd);
    char status[16] = "";
    sscanf(answer, "HTTP/1.%*1[01] %15s", status);
    if (row->status[0] != 0) assert_string_equal(status, row->status);
    if (row->status[0] == 0) assert_true(status[0] == 0 || status[0] == '4');
    if (row->body != NULL && strstr(answer, row->body) == NULL) fail_msg("%s is not in: %s", row->body, answer);
}

/* ---- sizes */

static void header_size(void **state)
{
    static const struct {
        size_t      len;
        const char *status;
    } sizes[] = {
        {100,    " 200 "},
        {7000,   " 200 "},
        {12000,  " 431 "},
        {100000, " 431 "}
    };
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct buf sent = {0};
        buf_str(&sent, "GET /who HTTP/1.1\r\n" HOST "X-Long: ");
        for (size_t n = 0; n < sizes[i].len; n++) buf_char(&sent, 'x');
        buf_str(&sent, "\r\n\r\n");
        int fd = client();
        say(fd, sent.bytes, sent.len);
        assert_true(hear(fd, NULL, HANG_MS));
        /* A client that goes on sending may be cut off before it hears why. */
        assert_true(strstr(answer, sizes[i].status) != NULL || (i == 3 && answer[0] == 0));
        close(fd);
        buf_free(&sent);
    }
}

/* Nobody says how much comes: the answer tells the limit, or the client is cut off. */
static void chunked_size(void **state)
{
    static const size_t sizes[] = {500, 1500, 40000, 4000000};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct buf sent = {0};
        buf_fmt(&sent, "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n%zx\r\n", sizes[i]);
        for (size_t n = 0; n < sizes[i]; n++) buf_char(&sent, 'x');
        buf_str(&sent, "\r\n0\r\n\r\n");
        int fd = client();
        say(fd, sent.bytes, sent.len);
        assert_true(hear(fd, NULL, HANG_MS));
        if (i == 0) assert_non_null(strstr(answer, "500:xxx"));
        if (i == 1 || i == 2) assert_non_null(strstr(answer, " 413 "));
        if (i == 3) assert_null(strstr(answer, " 201 "));
        close(fd);
        buf_free(&sent);
    }
}

/* ---- bodies of many at once */

static int upload(const char *path, size_t len)
{
    struct buf sent = {0};
    int        fd = client();
    buf_fmt(&sent, "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n", path, len);
    for (size_t i = 0; i < len; i++) buf_char(&sent, 'x');
    say(fd, sent.bytes, sent.len);
    buf_free(&sent);
    return fd;
}

/* A client that writes all of its body before it reads hears why nobody wants it, on a connection that ends in peace. */
static void too_large_is_told(void **state)
{
    (void)state;
    static const size_t sizes[] = {1001, 70000, 1000 + 1024 * 1024};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int fd = upload("/echo", sizes[i]);
        assert_true(hear(fd, "[\"http.large\",1000]", HANG_MS));
        assert_non_null(strstr(answer, " 413 "));
        close(fd);
    }
}

/* What nobody has asked who he is may send is bounded in all; uploads leave room for what is small. */
static void bodies_have_a_bound(void **state)
{
    (void)state;
    int first = upload("/hold", 700000);
    while (held_now() == 0) sched_yield();
    int second = upload("/upload", 700000);
    assert_true(hear(second, "http.many", HANG_MS));
    assert_non_null(strstr(answer, " 429 "));
    assert_non_null(strstr(answer, "Retry-After: "));
    close(second);
    int third = upload("/echo", 900);
    assert_true(hear(third, "900:", HANG_MS));
    close(third);
    http_refuse(held[0], 404, SAY("http.ends"));
    assert_true(hear(first, "http.ends", HANG_MS));
    int fourth = upload("/upload", 700000);
    assert_true(hear(fourth, "700000:", HANG_MS));
    assert_non_null(strstr(answer, " 201 "));
    close(fourth);
    close(first);
}

/* ---- one connection, many requests */

static void keep_alive(void **state)
{
    int fd = client();
    (void)state;
    for (int i = 0; i < 3; i++) {
        const char *sent = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
        say(fd, sent, strlen(sent));
        assert_true(hear(fd, "2:hi", HANG_MS));
        assert_non_null(strstr(answer, " 201 "));
    }
    close(fd);
}

static void pipelined(void **state)
{
    const char *sent = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none"
                       "GET /static HTTP/1.1\r\nHost: a\r\n\r\n"
                       "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nfour";
    (void)state;
    int fd = client();
    say(fd, sent, strlen(sent));
    assert_true(hear(fd, "4:four", HANG_MS));
    assert_true(strstr(answer, "3:one") < strstr(answer, "p{}"));
    close(fd);
}

/* ---- slow clients */

/* A byte every 50 ms; how long until the other end gives up. */
static int64_t drip(const char *first)
{
    struct clock clock;
    clock_start_real(&clock);
    int64_t began_ms = clock_mono_ms(&clock);
    int     fd = client();
    say(fd, first, strlen(first));
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    while (clock_mono_ms(&clock) - began_ms < HANG_MS) {
        if (poll(&ready, 1, 50) > 0) break;
        say(fd, "x", 1);
    }
    close(fd);
    return clock_mono_ms(&clock) - began_ms;
}

static const struct {
    const char *name;
    const char *first;
} slow[] = {
    {"slow: nothing",       ""                                                                           },
    {"slow: half a line",   "GET /wh"                                                                    },
    {"slow: half a header", "GET /who HTTP/1.1\r\nHost: a\r\nX-Slow: "                                   },
    {"slow: half a body",   "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n"              },
    {"slow: half a chunk",  "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n300\r\n"},
};

static void slow_case(void **state)
{
    const char *const *row = *state;
    int64_t            took_ms = drip(row[1]);
    assert_in_range(took_ms, PATIENCE_MS - 100, HANG_MS - 1);
    int fd = client(); /* and nobody else waited */
    say(fd, requests[0].sent, strlen(requests[0].sent));
    assert_true(hear(fd, requests[0].body, HANG_MS));
    close(fd);
}

static void half_open(void **state)
{
    int fds[200];
    (void)state;
    for (int i = 0; i < 200; i++) {
        fds[i] = client();
        if (i % 2 == 0) say(fds[i], slow[3].first, strlen(slow[3].first));
    }
    int fd = client();
    say(fd, requests[0].sent, strlen(requests[0].sent));
    assert_true(hear(fd, requests[0].body, HANG_MS));
    close(fd);
    for (int i = 0; i < 200; i++) {
        struct pollfd ready = {.fd = fds[i], .events = POLLIN};
        assert_int_equal(poll(&ready, 1, HANG_MS), 1); /* let go of */
        close(fds[i]);
    }
}

/* ---- answers from elsewhere */

static void *answer_held(void *count)
{
    size_t done = 0, all = *(const size_t *)count;
    while (done < all) {
        pthread_mutex_lock(&held_lock);
        struct http_request *request = done < held_count ? held[done] : NULL;
        pthread_mutex_unlock(&held_lock);
        if (request == NULL) {
            sched_yield();
            continue;
        }
        struct buf body = {0};
        buf_fmt(&body, "late %zu.", done++);
        http_answer(request, 200, NULL, &body);
    }
    return NULL;
}

/* Rounds of many at once: no round brings so many events that a loop sleeps over them. */
static void other_thread(void **state)
{
    enum { CLIENTS = 256, ROUNDS = 12 };
    int       fds[CLIENTS];
    size_t    all = CLIENTS * ROUNDS;
    pthread_t thread;
    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, answer_held, &all), 0);
    for (int i = 0; i < CLIENTS; i++) fds[i] = client();
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CLIENTS; i++) say(fds[i], "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n", 31);
        for (int i = 0; i < CLIENTS; i++) {
            assert_true(hear(fds[i], ".", HANG_MS));
            assert_non_null(strstr(answer, "late "));
        }
    }
    for (int i = 0; i < CLIENTS; i++) close(fds[i]);
    pthread_join(thread, NULL);
}

static struct http_request *hold(int *fd)
{
    size_t before = held_now();
    *fd = client();
    say(*fd, "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n", 31);
    while (held_now() == before) sched_yield();
    return held[before];
}

static void client_left(void **state)
{
    int                  fd;
    struct http_request *request = hold(&fd);
    struct buf           body = {0};
    (void)state;
    close(fd);
    buf_str(&body, "to nobody");
    http_answer(request, 200, NULL, &body);
    fd = client();
    say(fd, requests[0].sent, strlen(requests[0].sent));
    assert_true(hear(fd, requests[0].body, HANG_MS));
    close(fd);
}

/* A held request costs its client no patience: it is answered after twice as long as that. */
static void held_long(void **state)
{
    int                  fd;
    struct http_request *request = hold(&fd);
    struct pollfd        ready = {.fd = fd, .events = POLLIN};
    (void)state;
    assert_int_equal(poll(&ready, 1, 2 * PATIENCE_MS), 0);
    http_refuse(request, 409, say_int(SAY("http.large"), 7));
    assert_true(hear(fd, "}", HANG_MS));
    assert_non_null(strstr(answer, " 409 "));
    assert_non_null(strstr(answer, "{\"say\":[\"http.large\",7],\"text\":\"What was sent is too large"));
    close(fd);
}

static void stop_answers(void **state)
{
    int fd;
    (void)state;
    hold(&fd);
    http_stop(http);
    http = NULL;
    assert_true(hear(fd, NULL, HANG_MS));
    assert_non_null(strstr(answer, " 503 "));
    assert_non_null(strstr(answer, "http.ends"));
    close(fd);
}

/* ---- streams */

static int listener(void)
{
    int fd = client();
    say(fd, "GET /live HTTP/1.1\r\nHost: a\r\n\r\n", 31);
    assert_true(hear(fd, "retry: 2000\n\n", HANG_MS));
    assert_non_null(strstr(answer, "text/event-stream"));
    return fd;
}

static void live(void **state)
{
    int a = listener(), b = listener();
    (void)state;
    http_live(http, "data: 1\n\n", 9);
    assert_true(hear(a, "data: 1\n\n", HANG_MS));
    assert_true(hear(b, "data: 1\n\n", HANG_MS));
    close(a);
    for (int i = 0; i < 50; i++) http_live(http, "data: 2\n\n", 9);
    assert_true(hear(b, "data: 2\n\n", HANG_MS));
    struct pollfd quiet = {.fd = b, .events = POLLIN};
    while (poll(&quiet, 1, PATIENCE_MS + 300) > 0)
        assert_true(hear(b, "data: 2\n\n", HANG_MS)); /* no patience is lost with it */
    http_stop(http);
    http = NULL;
    assert_true(hear(b, NULL, HANG_MS));
    assert_true(is_closed(b));
    close(b);
}

static void live_slow(void **state)
{
    static char lump[64 * 1024];
    int         fd = listener();
    (void)state;
    memset(lump, 'x', sizeof lump);
    for (int i = 0; i < 200; i++) http_live(http, lump, sizeof lump);
    size_t        got = 0;
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    while (poll(&ready, 1, HANG_MS) > 0) {
        ssize_t len = recv(fd, answer, sizeof answer, 0);
        if (len <= 0) break;
        got += (size_t)len;
        if (len >= 5 && memcmp(answer + len - 5, "0\r\n\r\n", 5) == 0) break;
    }
    assert_true(got < 200 * sizeof lump); /* it was ended: its page asks again */
    close(fd);
}

/* ---- starting */

static void bad_start(void **state)
{
    struct http_options options = {.address = "factory", .body_limit = limit_of, .handle = handle};
    struct http        *other = NULL;
    (void)state;
    assert_false(http_start(&options, &other, &err));
    assert_string_equal(err.say.id, "http.address");
    options.address = "127.0.0.1";
    options.port = http_port(http);
    assert_false(http_start(&options, &other, &err));
    assert_string_equal(err.say.id, "http.listen");
    assert_int_equal(err.kind, ERR_IO);
    assert_null(other);
    http_stop(NULL);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, request_case, requests);
    ROWS_ADD(&rows, slow_case, slow);
    rows_add(&rows, "header_size", header_size, NULL);
    rows_add(&rows, "chunked_size", chunked_size, NULL);
    rows_add(&rows, "too_large_is_told", too_large_is_told, NULL);
    rows_add(&rows, "keep_alive", keep_alive, NULL);
    rows_add(&rows, "pipelined", pipelined, NULL);
    rows_add(&rows, "bodies have a bound", bodies_have_a_bound, NULL);
    rows_add(&rows, "half_open", half_open, NULL);
    rows_add(&rows, "other_thread", other_thread, NULL);
    rows_add(&rows, "client_left", client_left, NULL);
    rows_add(&rows, "held_long", held_long, NULL);
    rows_add(&rows, "stop_answers", stop_answers, NULL);
    rows_add(&rows, "live", live, NULL);
    rows_add(&rows, "live_slow", live_slow, NULL);
    rows_add(&rows, "bad_start", bad_start, NULL);
    rows_around(&rows, 0, server_start, server_end);
    return rows_run(&rows, argc, argv);
}
