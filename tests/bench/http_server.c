/* http_server.c - what libmicrohttpd, the macs and the parsing cost by themselves: the server's own doors for requests,
 * before a plain file instead of the inbox.
 *
 * links: server_http server_take core
 *
 * usage: http_server FILE
 *
 * Loop threads parse and hand over; one thread checks the macs, reads the batches, appends the bodies of a round to a
 * preallocated file with one fdatasync, and answers. Prints "ready PORT". */
#include <pthread.h>

#include "server/http/http.h"
#include "server/take/answer.h"
#include "server/take/batch.h"
#include "tests/bench/bench.h"

enum { WAITING_MAX = 4096 };

static struct http_request *waiting[WAITING_MAX];
static size_t               waiting_count;
static pthread_mutex_t      lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t       some = PTHREAD_COND_INITIALIZER;
static int                  log_file;
static off_t                log_end;
static struct kiosk_keys   *keys;

static int64_t body_limit(void *self, const char *method, const char *path)
{
    (void)self;
    (void)path;
    return strcmp(method, "POST") == 0 ? BATCH_BYTES_MAX : -1;
}

static void handle(void *self, struct http_request *request)
{
    (void)self;
    pthread_mutex_lock(&lock);
    waiting[waiting_count++] = request;
    pthread_cond_signal(&some);
    pthread_mutex_unlock(&lock);
}

/* Checks and reads the request, puts its body into the log and makes its answer. */
static void take(struct http_request *request, struct take_answer *answer)
{
    static struct batch     batch;
    const struct kiosk_key *key;
    struct hash             mac;
    struct err              err;
    bool                    is_large;
    struct take_request     ask = {.method = http_method(request),
                                   .path = http_path(request),
                                   .kiosk = http_header(request, "Baogong-Kiosk"),
                                   .nonce = http_header(request, "Baogong-Nonce"),
                                   .mac = http_header(request, "Baogong-Mac")};
    ask.body = http_body(request, &ask.len);
    if (!take_signed(keys, &ask, &key, &mac, answer)) return;
    if (!batch_read(ask.body, ask.len, &batch, &is_large, &err)) {
        answer_refuse(answer, 400, err.say);
        return;
    }
    if (pwrite(log_file, ask.body, ask.len, log_end) < 0) exit(1);
    log_end += (off_t)ask.len;
    struct mark mark = {.epoch = batch.epoch, .seq = batch.first + batch.count - 1};
    if (batch.count > 0) mark.hash = batch.lines[batch.count - 1].name;
    answer->status = 200;
    buf_str(&answer->body, "{\"v\":1,\"state\":\"taken\",\"mark\":");
    answer_mark(&answer->body, &mark);
    answer_place(&answer->body, (struct epoch){1, 1}, 1, 0, 0);
    buf_char(&answer->body, '}');
    answer_sign(answer, &key->key, &mac);
}

static void *log_run(void *nothing)
{
    static struct http_request *round[WAITING_MAX];
    static struct take_answer   answers[WAITING_MAX];
    (void)nothing;
    for (;;) {
        pthread_mutex_lock(&lock);
        while (waiting_count == 0) pthread_cond_wait(&some, &lock);
        size_t count = waiting_count;
        memcpy(round, waiting, count * sizeof *round);
        waiting_count = 0;
        pthread_mutex_unlock(&lock);
        memset(answers, 0, count * sizeof *answers);
        for (size_t i = 0; i < count; i++) take(round[i], &answers[i]);
        if (fdatasync(log_file) != 0) exit(1);
        for (size_t i = 0; i < count; i++) {
            char mac[HASH_TEXT];
            hash_write(&answers[i].mac, mac);
            http_answer_header(round[i], "Baogong-Mac", mac);
            http_answer(round[i], answers[i].status, "application/json", &answers[i].body);
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    struct err          err;
    struct http        *http;
    pthread_t           thread;
    struct http_options options = {.address = "127.0.0.1", .body_limit = body_limit, .handle = handle};
    if (argc != 2 || !chain_init(&err)) return 2;
    keys = calloc(1, sizeof *keys + 1000 * sizeof keys->rows[0]);
    keys->count = 1000;
    for (int n = 0; n < 1000; n++)
        keys->rows[n] = (struct kiosk_key){.kiosk = bench_kiosk(n), .key = bench_key(n), .state = KIOSK_TAKEN};
    log_file = bench_log_open(argv[1]);
    if (pthread_create(&thread, NULL, log_run, NULL) != 0 || !http_start(&options, &http, &err)) return 1;
    printf("ready %d\n", http_port(http));
    fflush(stdout);
    pthread_join(thread, NULL);
    return 0;
}
