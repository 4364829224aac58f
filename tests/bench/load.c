/* load.c - many kiosks at once: sends signed batches to a server and measures when they are acknowledged.
 *
 * links: core
 *
 * usage: load --port N [--kiosks 200] [--requests 100] [--batch 1] [--from-number 0] [--form baogong|json] [--every 0]
 *             [--epoch 2]
 *
 * Every request is made before the clock starts, so that the generator, which shares the machine, costs little beside
 * the sockets. Closed loop: a kiosk sends its next request once the last was answered; with --every not before so many
 * milliseconds after the last one was due. The form json sends the same
 * event lines as one JSON value or list to /events, for peers that know no batches of ours.
 * Prints one JSON line: requests, events, seconds, rates, latencies in ms, and answers that were no acknowledgement. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/json.h"
#include "tests/bench/bench.h"

struct kiosk {
    int        n, socket;
    struct buf wire; /* all its requests, one behind the other */
    size_t    *ends; /* of each request in wire */
    int        next; /* request under way */
    size_t     sent;
    int64_t    began_us, due_us;
    bool       is_waiting; /* for due_us */
    char       in[4096];
    size_t     in_len;
};

static struct options {
    int      port, kiosks, requests, batch, every_ms;
    uint32_t epoch;
    int64_t  from_number;
    bool     is_json;
} options = {.kiosks = 200, .requests = 100, .batch = 1, .epoch = 2};

static struct kiosk *kiosks;
static int64_t      *latencies;
static size_t        latency_count;
static int64_t       refused;
static int           open_kiosks;
static char          server_text[64] = "-", run_text[32] = "0000000000000000";
static int64_t       feed;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int connect_to(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int                one = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (s < 0 || connect(s, (struct sockaddr *)&to, sizeof to) != 0) die("connect");
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return s;
}

/* One signed request around a body. */
static void request_add(struct buf *wire, int n, const struct buf *body)
{
    char nonce[NONCE_TEXT], mac_text[HASH_TEXT], kiosk_text[ID_TEXT];
    if (options.is_json) {
        buf_fmt(wire,
                "POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                body->len);
        buf_add(wire, body->bytes, body->len);
        return;
    }
    static uint64_t count;
    snprintf(nonce, sizeof nonce, "%016llx%016llx", (unsigned long long)bench_now_us(), (unsigned long long)++count);
    struct key  key = bench_key(n);
    struct hash mac = mac_request(&key, "POST", "/kiosk/1/events", nonce, body->bytes, body->len);
    hash_write(&mac, mac_text);
    id_write(bench_kiosk(n), kiosk_text);
    buf_fmt(wire,
            "POST /kiosk/1/events HTTP/1.1\r\nHost: x\r\nBaogong-Kiosk: %s\r\nBaogong-Nonce: %s\r\nBaogong-Mac: %s\r\n"
            "Content-Length: %zu\r\n\r\n",
            kiosk_text, nonce, mac_text, body->len);
    buf_add(wire, body->bytes, body->len);
}

/* The line of words before a batch's events. */
static void head_add(struct buf *body, int n, int64_t first, int64_t count, const struct hash *prev)
{
    char kiosk_text[ID_TEXT], epoch_text[EPOCH_TEXT], prev_text[HASH_TEXT];
    id_write(bench_kiosk(n), kiosk_text);
    epoch_write(bench_epoch(n, options.epoch), epoch_text);
    hash_write(prev, prev_text);
    buf_fmt(body, "events 1 %s %s %lld %lld %s %s %lld %s %s %lld %lld\n", kiosk_text, epoch_text, (long long)first,
            (long long)count, prev_text, server_text, (long long)(first - 1), prev_text, run_text, (long long)feed,
            (long long)time(NULL) * 1000);
}

static void wire_make(struct kiosk *kiosk)
{
    struct buf  body = {0}, lines = {0};
    struct hash prev = chain_first(bench_kiosk(kiosk->n), bench_epoch(kiosk->n, options.epoch));
    int64_t     seq = 1;
    kiosk->ends = calloc((size_t)options.requests, sizeof *kiosk->ends);
    for (int r = 0; r < options.requests; r++) {
        struct hash first_prev = prev;
        int64_t     first = seq;
        buf_clear(&lines);
        for (int i = 0; i < options.batch; i++, seq++) {
            struct event event;
            struct err   err;
            bench_event(kiosk->n, options.epoch, seq, options.from_number + (seq - 1) * options.kiosks + kiosk->n,
                        &event);
            event.prev = prev;
            if (options.is_json && options.batch > 1) buf_char(&lines, i == 0 ? '[' : ',');
            size_t at = lines.len;
            if (!event_write(&event, &lines, &err)) die("event");
            prev = event_name(lines.bytes + at, lines.len - at);
            if (!options.is_json) buf_char(&lines, '\n');
        }
        if (options.is_json && options.batch > 1) buf_char(&lines, ']');
        buf_clear(&body);
        if (!options.is_json) head_add(&body, kiosk->n, first, options.batch, &first_prev);
        buf_add(&body, lines.bytes, lines.len);
        request_add(&kiosk->wire, kiosk->n, &body);
        kiosk->ends[r] = kiosk->wire.len;
    }
    buf_free(&body);
    buf_free(&lines);
}

/* The whole answer in kiosk->in? Returns its length, 0 = not yet; *is_good: it acknowledges. */
static size_t answer_len(const struct kiosk *kiosk, bool *is_good)
{
    const char *end = memmem(kiosk->in, kiosk->in_len, "\r\n\r\n", 4);
    if (end == NULL) return 0;
    size_t      head = (size_t)(end - kiosk->in) + 4, len = 0;
    const char *field = kiosk->in;
    while ((field = memmem(field, (size_t)(end - field), "\r\n", 2)) != NULL && field < end) {
        field += 2;
        if (strncasecmp(field, "content-length:", 15) == 0) len = strtoul(field + 15, NULL, 10);
    }
    if (kiosk->in_len < head + len) return 0;
    *is_good = memmem(kiosk->in, 13, " 200", 4) != NULL &&
               (options.is_json || memmem(kiosk->in + head, len, "\"taken\"", 7) != NULL);
    return head + len;
}

static void send_more(struct kiosk *kiosk)
{
    size_t end = kiosk->ends[kiosk->next];
    if (kiosk->is_waiting) return;
    while (kiosk->sent < end) {
        ssize_t n = write(kiosk->socket, kiosk->wire.bytes + kiosk->sent, end - kiosk->sent);
        if (n < 0 && errno == EAGAIN) return;
        if (n <= 0) die("write");
        kiosk->sent += (size_t)n;
    }
}

static void kiosk_ready(struct kiosk *kiosk, uint32_t what)
{
    if (what & EPOLLOUT) send_more(kiosk);
    if (!(what & (EPOLLIN | EPOLLHUP | EPOLLERR))) return;
    ssize_t n = read(kiosk->socket, kiosk->in + kiosk->in_len, sizeof kiosk->in - kiosk->in_len);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
        fprintf(stderr, "kiosk %d: the server hung up\n", kiosk->n);
        exit(1);
    }
    kiosk->in_len += (size_t)n;
    bool   is_good = false;
    size_t len = answer_len(kiosk, &is_good);
    if (len == 0) return;
    if (!is_good && refused++ < 3) fprintf(stderr, "no acknowledgement: %.*s\n", (int)kiosk->in_len, kiosk->in);
    int64_t now = bench_now_us();
    latencies[latency_count++] = now - kiosk->began_us;
    kiosk->in_len = 0;
    if (++kiosk->next == options.requests) {
        close(kiosk->socket);
        open_kiosks--;
        return;
    }
    kiosk->due_us += (int64_t)options.every_ms * 1000;
    kiosk->is_waiting = kiosk->due_us > now;
    kiosk->began_us = now;
    send_more(kiosk);
}

/* Those whose time has come send; milliseconds until the next one's. */
static int due_send(void)
{
    int64_t now = bench_now_us(), next = now + 10000000;
    for (int n = 0; n < options.kiosks; n++) {
        struct kiosk *kiosk = &kiosks[n];
        if (!kiosk->is_waiting) continue;
        if (kiosk->due_us > now) {
            if (kiosk->due_us < next) next = kiosk->due_us;
            continue;
        }
        kiosk->is_waiting = false;
        kiosk->began_us = now;
        send_more(kiosk);
    }
    return (int)((next - now + 999) / 1000);
}

/* An empty batch: where does the server stand? Its epoch and run go into every later request. */
static void ask_server(void)
{
    struct kiosk asker = {.n = 0, .socket = connect_to(options.port)};
    struct buf   body = {0};
    struct hash  prev = chain_first(bench_kiosk(0), bench_epoch(0, options.epoch));
    struct err   err;
    bool         is_good;
    size_t       len = 0;
    head_add(&body, 0, 1, 0, &prev);
    request_add(&asker.wire, 0, &body);
    if (write(asker.socket, asker.wire.bytes, asker.wire.len) < 0) die("write");
    while ((len = answer_len(&asker, &is_good)) == 0) {
        ssize_t n = read(asker.socket, asker.in + asker.in_len, sizeof asker.in - asker.in_len);
        if (n <= 0) die("read");
        asker.in_len += (size_t)n;
    }
    const char  *text = (const char *)memmem(asker.in, len, "\r\n\r\n", 4) + 4;
    struct json *answer = json_read(text, len - (size_t)(text - asker.in), &err);
    if (answer == NULL) {
        fprintf(stderr, "no answer: %.*s\n", (int)len, asker.in);
        exit(1);
    }
    snprintf(server_text, sizeof server_text, "%s", json_text(json_get(answer, "server"), "-"));
    snprintf(run_text, sizeof run_text, "%s", json_text(json_get(answer, "run"), "0000000000000000"));
    feed = json_int(json_get(answer, "feed"), 0);
    json_free(answer);
    buf_free(&body);
    buf_free(&asker.wire);
    close(asker.socket);
}

static double latency_at(double part)
{
    return (double)bench_part(latencies, latency_count, part) / 1000.0;
}

static void options_read(int argc, char **argv)
{
    static const struct option known[] = {
        {"port",        1, 0, 'p'},
        {"kiosks",      1, 0, 'k'},
        {"requests",    1, 0, 'r'},
        {"batch",       1, 0, 'b'},
        {"form",        1, 0, 'f'},
        {"every",       1, 0, 'e'},
        {"epoch",       1, 0, 'o'},
        {"from-number", 1, 0, 'n'},
        {0,             0, 0, 0  }
    };
    int c;
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (c == 'p') options.port = atoi(optarg);
        if (c == 'k') options.kiosks = atoi(optarg);
        if (c == 'r') options.requests = atoi(optarg);
        if (c == 'b') options.batch = atoi(optarg);
        if (c == 'f') options.is_json = strcmp(optarg, "json") == 0;
        if (c == 'n') options.from_number = atoll(optarg);
        if (c == 'e') options.every_ms = atoi(optarg);
        if (c == 'o') options.epoch = (uint32_t)atoi(optarg);
        if (c == '?') exit(2);
    }
}

int main(int argc, char **argv)
{
    struct err err;
    options_read(argc, argv);
    if (!chain_init(&err)) die("random numbers");
    if (!options.is_json) ask_server();
    kiosks = calloc((size_t)options.kiosks, sizeof *kiosks);
    latencies = calloc((size_t)options.kiosks * (size_t)options.requests, sizeof *latencies);
    int poll = epoll_create1(0);
    for (int n = 0; n < options.kiosks; n++) {
        kiosks[n].n = n;
        wire_make(&kiosks[n]);
    }
    for (int n = 0; n < options.kiosks; n++) {
        kiosks[n].socket = connect_to(options.port);
        fcntl(kiosks[n].socket, F_SETFL, O_NONBLOCK);
        struct epoll_event wish = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = &kiosks[n]};
        epoll_ctl(poll, EPOLL_CTL_ADD, kiosks[n].socket, &wish);
    }
    open_kiosks = options.kiosks;
    int64_t began = bench_now_us();
    for (int n = 0; n < options.kiosks; n++) {
        kiosks[n].began_us = bench_now_us();
        kiosks[n].due_us = began + (int64_t)options.every_ms * 1000 * n / options.kiosks;
        kiosks[n].is_waiting = options.every_ms > 0;
        send_more(&kiosks[n]);
    }
    int64_t heard_us = began;
    while (open_kiosks > 0) {
        struct epoll_event ready[256];
        int                count = epoll_wait(poll, ready, 256, due_send());
        if (count > 0) heard_us = bench_now_us();
        if (bench_now_us() - heard_us > 10000000) {
            fprintf(stderr, "nothing was answered for 10 s\n");
            return 1;
        }
        for (int i = 0; i < count; i++) kiosk_ready(ready[i].data.ptr, ready[i].events);
    }
    double seconds = (double)(bench_now_us() - began) / 1e6;
    printf("{\"requests\":%zu,\"events\":%zu,\"seconds\":%.3f,\"events_per_s\":%.0f,\"p50_ms\":%.2f,\"p95_ms\":%.2f,"
           "\"p99_ms\":%.2f,\"max_ms\":%.2f,\"refused\":%lld}\n",
           latency_count, latency_count * (size_t)options.batch, seconds,
           (double)latency_count * options.batch / seconds, latency_at(0.5), latency_at(0.95), latency_at(0.99),
           latency_at(1), (long long)refused);
    return refused > 0;
}
