/* http.c - the door to libmicrohttpd: requests in, answers out, from any thread: http.h.
 *
 * A request's life; only the loop thread of its connection frees it, in on_completed():
 *
 *     READING --> HANDED --> SUSPENDED --> ANSWERED --> freed
 *        |           |                        ^
 *        |           +------- answered at once +
 *        +-- refused: REFUSED, the answer goes out when the body has been passed over, or at once
 *
 * HANDED: the handler has it, the loop is still in it. SUSPENDED: the loop went on; whoever answers wakes it. Both
 * changes happen under `lock`, so an answer from another thread meets the one or the other. Answers are put together
 * on the loop thread, where the connection lives.
 *
 * The loops are ours: each runs a daemon of its own on the shared listening socket. libmicrohttpd's own ones (0.9.75)
 * sleep without end once a wait brings exactly 128 events, with all of them unanswered. */
#include "server/http/http.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/json.h"
#include "core/text.h"
#include "server/http/peers.h"
#include "server/http/uri.h"

enum {
    LOOPS = 2,
    CONNECTIONS_MAX = 4096,
    CONNECTIONS_OF_ADDRESS_MAX = 2048, /* a factory may sit behind one address */
    HEADER_POOL = 10 * 1024,           /* of a connection: 8 kB of header, and what the answer's header needs */
    PATIENCE_MS = 10 * 1000,
    IDLE_MS = 75 * 1000,   /* between two requests of a connection */
    RATE_BYTES_MS = 16,    /* a body or an answer of n bytes may take n / 16 ms longer: 16 kB/s */
    PING_MS = 20 * 1000,   /* of live streams, so that a client that left is noticed */
    LIVE_MAX = 256 * 1024, /* bytes that wait for a client of a live stream */
    STOP_MS = 1000,        /* for answers to go out */
    BACKLOG = 1024         /* connections that nobody accepted yet */
};

enum phase { PHASE_FRESH, PHASE_READING, PHASE_REFUSED, PHASE_HANDED, PHASE_SUSPENDED, PHASE_ANSWERED };

struct http_request {
    struct http           *http;
    struct loop           *loop;
    struct MHD_Connection *connection;
    struct peer           *peer;
    struct http_request   *prev, *next; /* in open or live */
    enum phase             phase;
    bool                   is_uri_bad;
    int64_t                limit;
    const char            *method, *path; /* live as long as the request */
    struct buf             body;

    int         status;
    struct buf  headers; /* name NUL value NUL ... */
    struct buf  out;
    const void *fixed; /* instead of out */
    size_t      fixed_len;

    bool   is_live, is_asleep, is_over; /* a stream; suspended until there is something; ends after what waits */
    size_t sent;                        /* bytes of out that went into the stream */
};

struct loop {
    struct http       *http;
    struct MHD_Daemon *daemon;
    int                epoll_fd;
    int                wake_fd; /* readable: a suspended request was answered */
    atomic_bool        is_woken;
    pthread_t          thread;
};

struct http {
    struct http_options  options;
    struct loop          loops[LOOPS];
    int                  loop_count; /* that run */
    uint16_t             port;
    pthread_mutex_t      lock; /* phases, lists, streams; libmicrohttpd is called under it, never it under theirs */
    struct http_request *open; /* handed over, not yet answered */
    struct http_request *live;
    int                  busy; /* requests between handing over and the last byte of the answer */
    bool                 is_stopping;
    struct peers         peers;
    int                  end_fd; /* readable: loops and pulse end */
    pthread_t            pulse;
};

/* ---------------------------------------------------------------------------------------------------- lists */

static void list_add(struct http_request **list, struct http_request *request)
{
    request->prev = NULL;
    request->next = *list;
    if (*list != NULL) (*list)->prev = request;
    *list = request;
}

static void list_take(struct http_request **list, struct http_request *request)
{
    if (request->prev != NULL)
        request->prev->next = request->next;
    else
        *list = request->next;
    if (request->next != NULL) request->next->prev = request->prev;
    request->prev = request->next = NULL;
}

/* ---------------------------------------------------------------------------------------------------- connections */

static void on_connection(void *self, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct http *http = ((struct loop *)self)->http;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        *context =
            peer_add(&http->peers, MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd,
                     MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
                     http->options.patience_ms);
    else if (*context != NULL)
        peer_gone(&http->peers, *context);
}

static void *pulse_run(void *self)
{
    struct http  *http = self;
    struct pollfd end = {.fd = http->end_fd, .events = POLLIN};
    int           every_ms = http->options.patience_ms < 4000 ? (int)http->options.patience_ms / 4 + 1 : 1000;
    int64_t       pinged_ms = peers_sweep(&http->peers);
    while (poll(&end, 1, every_ms) <= 0) {
        int64_t now_ms = peers_sweep(&http->peers);
        if (now_ms - pinged_ms < PING_MS) continue;
        pinged_ms = now_ms;
        http_live(http, ":\n\n", 3);
    }
    return NULL;
}

/* ---------------------------------------------------------------------------------------------------- what came */

/* Called with the target as it came, before anything else of a request. */
static void *on_uri(void *self, const char *uri, struct MHD_Connection *connection)
{
    struct loop         *loop = self;
    struct http_request *request = calloc(1, sizeof *request);
    if (request == NULL) abort();
    request->loop = loop;
    request->http = loop->http;
    request->connection = connection;
    request->peer = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    request->is_uri_bad = !uri_is_good(uri);
    peer_until(&request->http->peers, request->peer, request->http->options.patience_ms);
    return request;
}

static void on_completed(void *self, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    struct http         *http = ((struct loop *)self)->http;
    struct http_request *request = *context;
    (void)connection, (void)code;
    if (request == NULL) return;
    pthread_mutex_lock(&http->lock);
    assert(request->phase != PHASE_SUSPENDED); /* what is suspended can't end */
    if (request->is_live) list_take(&http->live, request);
    if (request->phase == PHASE_ANSWERED) http->busy--;
    pthread_mutex_unlock(&http->lock);
    peer_until(&http->peers, request->peer, IDLE_MS);
    buf_free(&request->body);
    buf_free(&request->headers);
    buf_free(&request->out);
    free(request);
    *context = NULL;
}

struct lengths {
    int     lengths, codings;
    int64_t length;
};

static enum MHD_Result length_seen(void *self, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct lengths *seen = self;
    (void)kind;
    if (strcasecmp(name, "Transfer-Encoding") == 0) seen->codings++;
    if (strcasecmp(name, "Content-Length") == 0) {
        seen->lengths++;
        seen->length = strtoll(value, NULL, 10);
    }
    return MHD_YES;
}

/* ---------------------------------------------------------------------------------------------------- answers */

static void headers_add(struct MHD_Response *response, const struct buf *headers)
{
    for (size_t at = 0; at < headers->len;) {
        const char *name = headers->bytes + at;
        const char *value = name + strlen(name) + 1;
        MHD_add_response_header(response, name, value);
        at = (size_t)(value - headers->bytes) + strlen(value) + 1;
    }
}

/* Under the lock: a suspended request goes on. */
static void resume(struct http_request *request)
{
    uint64_t one = 1;
    MHD_resume_connection(request->connection);
    if (!atomic_exchange(&request->loop->is_woken, true) && write(request->loop->wake_fd, &one, sizeof one) < 0)
        abort(); /* an event counter that is read before it is written again */
}

/* More of a live stream: what waits, or sleep until http_live(). */
static ssize_t live_read(void *self, uint64_t place, char *bytes, size_t room)
{
    struct http_request *request = self;
    struct http         *http = request->http;
    ssize_t              result = 0;
    (void)place;
    pthread_mutex_lock(&http->lock);
    size_t waits = request->out.len - request->sent;
    if (waits > 0) {
        size_t len = waits < room ? waits : room;
        memcpy(bytes, request->out.bytes + request->sent, len);
        request->sent += len;
        if (request->sent == request->out.len) {
            buf_clear(&request->out);
            request->sent = 0;
        }
        result = (ssize_t)len;
    } else if (request->is_over) {
        result = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        request->is_asleep = true;
        MHD_suspend_connection(request->connection);
    }
    pthread_mutex_unlock(&http->lock);
    return result;
}

/* On the loop thread: the answer that was given goes out. */
static enum MHD_Result reply(struct http_request *request)
{
    struct MHD_Response *response;
    if (request->is_live) {
        response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, live_read, request, NULL);
        peer_until(&request->http->peers, request->peer, PEER_NEVER);
    } else {
        size_t len = request->fixed != NULL ? request->fixed_len : request->out.len;
        void  *bytes = request->fixed != NULL ? (void *)(uintptr_t)request->fixed : request->out.bytes;
        bool   is_ours = request->fixed != NULL || bytes == NULL;
        response = MHD_create_response_from_buffer(len, bytes == NULL ? "" : bytes,
                                                   is_ours ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_FREE);
        if (!is_ours) request->out = (struct buf){0};
        peer_until(&request->http->peers, request->peer,
                   request->http->options.patience_ms + (int64_t)len / RATE_BYTES_MS);
    }
    if (response == NULL) abort();
    headers_add(response, &request->headers);
    enum MHD_Result result = MHD_queue_response(request->connection, (unsigned)request->status, response);
    MHD_destroy_response(response);
    return result;
}

/* The answer is in the request: the loop takes it, now or when it is woken. */
static void answered(struct http_request *request, bool is_live)
{
    struct http *http = request->http;
    pthread_mutex_lock(&http->lock);
    enum phase was = request->phase;
    assert(was == PHASE_HANDED || was == PHASE_SUSPENDED);
    list_take(&http->open, request);
    request->phase = PHASE_ANSWERED;
    if (is_live) {
        request->is_live = true;
        request->is_over = http->is_stopping;
        list_add(&http->live, request);
    }
    if (was == PHASE_SUSPENDED) resume(request);
    pthread_mutex_unlock(&http->lock);
}

static bool is_plain(const char *text)
{
    for (; *text != 0; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F) return false;
    return true;
}

void http_answer_header(struct http_request *request, const char *name, const char *value)
{
    assert(is_plain(name) && is_plain(value));
    buf_add(&request->headers, name, strlen(name) + 1);
    buf_add(&request->headers, value, strlen(value) + 1);
}

void http_answer(struct http_request *request, int status, const char *type, struct buf *body)
{
    if (type != NULL) http_answer_header(request, "Content-Type", type);
    request->status = status;
    request->out = *body;
    *body = (struct buf){0};
    answered(request, false);
}

void http_answer_static(struct http_request *request, int status, const char *type, const void *bytes, size_t len)
{
    if (type != NULL) http_answer_header(request, "Content-Type", type);
    request->status = status;
    request->fixed = bytes;
    request->fixed_len = len;
    answered(request, false);
}

static void refusal(struct say say, struct buf *body)
{
    struct buf words = {0};
    text_say_buf(LANG_EN, &say, &words);
    buf_str(body, "{\"say\":");
    say_write(&say, body);
    buf_str(body, ",\"text\":");
    json_str(body, buf_text(&words), words.len);
    buf_str(body, "}");
    buf_free(&words);
}

void http_refuse(struct http_request *request, int status, struct say say)
{
    struct buf body = {0};
    refusal(say, &body);
    http_answer(request, status, "application/json", &body);
}

void http_answer_live(struct http_request *request)
{
    http_answer_header(request, "Content-Type", "text/event-stream");
    http_answer_header(request, "Cache-Control", "no-store");
    http_answer_header(request, "X-Accel-Buffering", "no");
    request->status = MHD_HTTP_OK;
    buf_str(&request->out, "retry: 2000\n\n");
    answered(request, true);
}

/* Under the lock. */
static void live_wake(struct http_request *request)
{
    if (!request->is_asleep) return;
    request->is_asleep = false;
    resume(request);
}

void http_live(struct http *http, const char *event_lines, size_t len)
{
    pthread_mutex_lock(&http->lock);
    for (struct http_request *request = http->live; request != NULL; request = request->next) {
        if (request->is_over) continue;
        if (request->out.len - request->sent + len > LIVE_MAX)
            request->is_over = true;
        else
            buf_add(&request->out, event_lines, len);
        live_wake(request);
    }
    pthread_mutex_unlock(&http->lock);
}

/* ---------------------------------------------------------------------------------------------------- a request */

/* Refused by this door itself; the body, if one comes, is passed over by libmicrohttpd or by on_body(). */
static enum MHD_Result refuse(struct http_request *request, unsigned status, struct say say)
{
    request->status = (int)status;
    http_answer_header(request, "Content-Type", "application/json");
    http_answer_header(request, "Connection", "close");
    refusal(say, &request->out);
    return reply(request);
}

/* The header is whole. */
static enum MHD_Result on_header(struct http_request *request, const char *method, const char *path)
{
    struct http   *http = request->http;
    struct lengths seen = {0, 0, 0};
    request->method = method;
    request->path = path;
    request->phase = PHASE_REFUSED;
    MHD_get_connection_values(request->connection, MHD_HEADER_KIND, length_seen, &seen);
    if (request->is_uri_bad || !uri_path_is_good(path)) return refuse(request, MHD_HTTP_BAD_REQUEST, SAY("http.path"));
    if (seen.lengths + seen.codings > 1) return refuse(request, MHD_HTTP_BAD_REQUEST, SAY("http.lengths"));
    request->limit = http->options.body_limit(http->options.self, method, path);
    if (request->limit < 0) return refuse(request, MHD_HTTP_NOT_FOUND, say_text(SAY("http.absent"), path));
    if (seen.length > request->limit)
        return refuse(request, MHD_HTTP_CONTENT_TOO_LARGE, say_int(SAY("http.large"), request->limit));
    request->phase = PHASE_READING;
    peer_until(&http->peers, request->peer, http->options.patience_ms + request->limit / RATE_BYTES_MS);
    return MHD_YES;
}

/* A piece of the body. What goes beyond the limit (chunked: nobody said how much comes) is passed over, so that the
 * client hears why, up to as much again; then it is cut off. */
static enum MHD_Result on_body(struct http_request *request, const char *bytes, size_t len)
{
    size_t limit = (size_t)request->limit;
    if (request->phase == PHASE_READING && request->body.len + len <= limit) {
        buf_add(&request->body, bytes, len);
        return MHD_YES;
    }
    if (request->phase == PHASE_READING) {
        request->phase = PHASE_REFUSED;
        request->sent = 0;
        buf_free(&request->body);
    }
    request->sent += len;
    return request->sent <= limit + 65536 ? MHD_YES : MHD_NO;
}

/* The request is whole: the handler's turn. */
static enum MHD_Result hand_over(struct http_request *request)
{
    struct http *http = request->http;
    peer_until(&http->peers, request->peer, PEER_NEVER);
    pthread_mutex_lock(&http->lock);
    bool is_stopping = http->is_stopping;
    if (!is_stopping) {
        request->phase = PHASE_HANDED;
        list_add(&http->open, request);
        http->busy++;
    }
    pthread_mutex_unlock(&http->lock);
    if (is_stopping) return refuse(request, MHD_HTTP_SERVICE_UNAVAILABLE, SAY("http.ends"));
    http->options.handle(http->options.self, request);
    pthread_mutex_lock(&http->lock);
    bool is_answered = request->phase == PHASE_ANSWERED;
    if (!is_answered) {
        MHD_suspend_connection(request->connection);
        request->phase = PHASE_SUSPENDED;
    }
    pthread_mutex_unlock(&http->lock);
    return is_answered ? reply(request) : MHD_YES;
}

/* libmicrohttpd calls this when the header is whole, for each piece of the body, at its end, and once a suspended
 * request was woken. */
static enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *path, const char *method,
                                  const char *version, const char *bytes, size_t *len, void **context)
{
    struct http_request *request = *context;
    (void)self, (void)connection, (void)version;
    if (request->phase == PHASE_FRESH) return on_header(request, method, path);
    if (*len > 0) {
        enum MHD_Result result = on_body(request, bytes, *len);
        *len = 0;
        return result;
    }
    switch (request->phase) {
    case PHASE_READING: return hand_over(request);
    case PHASE_REFUSED: return refuse(request, MHD_HTTP_CONTENT_TOO_LARGE, say_int(SAY("http.large"), request->limit));
    case PHASE_ANSWERED: return reply(request);
    case PHASE_FRESH:
    case PHASE_HANDED:
    case PHASE_SUSPENDED: break;
    }
    abort(); /* a suspended request isn't called for */
}

const char *http_method(const struct http_request *request)
{
    return request->method;
}

const char *http_path(const struct http_request *request)
{
    return request->path;
}

const char *http_query(const struct http_request *request, const char *key)
{
    return MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, key);
}

const char *http_header(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

const char *http_cookie(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_COOKIE_KIND, name);
}

const char *http_body(const struct http_request *request, size_t *len)
{
    *len = request->body.len;
    return buf_text(&request->body);
}

const char *http_peer(const struct http_request *request)
{
    return request->peer->address;
}

bool http_is_tls(const struct http_request *request)
{
    return request->http->options.cert_pem != NULL;
}

/* ---------------------------------------------------------------------------------------------------- loops */

/* Milliseconds until the daemon wants to be run though nothing came; -1: never. */
static int loop_wait_ms(struct loop *loop)
{
    MHD_UNSIGNED_LONG_LONG wait_ms;
    if (MHD_get_timeout(loop->daemon, &wait_ms) != MHD_YES) return -1;
    return wait_ms > 1000 ? 1000 : (int)wait_ms;
}

static void *loop_run(void *self)
{
    struct loop  *loop = self;
    struct pollfd fds[] = {
        {.fd = loop->http->end_fd, .events = POLLIN},
        {.fd = loop->wake_fd,      .events = POLLIN},
        {.fd = loop->epoll_fd,     .events = POLLIN}
    };
    while ((fds[0].revents & POLLIN) == 0) {
        uint64_t count;
        if ((fds[1].revents & POLLIN) != 0 && read(loop->wake_fd, &count, sizeof count) > 0)
            atomic_store(&loop->is_woken, false);
        MHD_run(loop->daemon);
        poll(fds, sizeof fds / sizeof fds[0], loop_wait_ms(loop));
    }
    return NULL;
}

/* ---------------------------------------------------------------------------------------------------- start, stop */

static void quiet(void *self, const char *format, va_list args)
{
    (void)self, (void)format, (void)args; /* libraries don't log */
}

static bool address_read(const struct http_options *options, struct sockaddr_in *at, struct err *err)
{
    *at = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(options->port)};
    return inet_pton(AF_INET, options->address, &at->sin_addr) == 1 ||
           err_set(err, ERR_INPUT, say_text(SAY("http.address"), options->address));
}

static bool fail_listen(const struct http *http, struct err *err)
{
    const char *why = errno == 0 ? "libmicrohttpd" : strerrordesc_np(errno);
    return err_set(err, ERR_IO,
                   say_text(say_int(say_text(SAY("http.listen"), http->options.address), http->options.port), why));
}

static bool fail_thread(int number, struct err *err)
{
    return err_set(err, ERR_IO, say_text(SAY("http.thread"), strerrordesc_np(number)));
}

/* The socket on which all loops wait; -1: refused. */
static int listen_at(struct http *http, struct err *err)
{
    struct sockaddr_in at;
    socklen_t          len = sizeof at;
    int                one = 1;
    if (!address_read(&http->options, &at, err)) return -1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, BACKLOG) == 0 &&
        getsockname(fd, (struct sockaddr *)&at, &len) == 0) {
        http->port = ntohs(at.sin_port);
        return fd;
    }
    fail_listen(http, err);
    if (fd >= 0) close(fd);
    return -1;
}

/* The daemon closes the socket when it is stopped. */
static struct MHD_Daemon *daemon_start(struct loop *loop, int listener)
{
    const struct http_options *options = &loop->http->options;
    struct MHD_OptionItem      tls[] = {
             {MHD_OPTION_HTTPS_MEM_KEY,    0, (void *)(uintptr_t)options->key_pem                             },
             {MHD_OPTION_HTTPS_MEM_CERT,   0, (void *)(uintptr_t)options->cert_pem                            },
             {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"},
             {MHD_OPTION_END,              0, NULL                                                            },
    };
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    if (options->cert_pem != NULL) flags |= MHD_USE_TLS;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, NULL, MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL, MHD_OPTION_LISTEN_SOCKET,
        listener, MHD_OPTION_CONNECTION_LIMIT, (unsigned)(CONNECTIONS_MAX / LOOPS), MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)(CONNECTIONS_OF_ADDRESS_MAX / LOOPS), MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_POOL,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, on_uri, loop, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, loop, MHD_OPTION_NOTIFY_CONNECTION, on_connection, loop, MHD_OPTION_ARRAY,
        options->cert_pem != NULL ? tls : &tls[3], MHD_OPTION_END);
}

static bool loop_start(struct http *http, int listener, struct err *err)
{
    struct loop *loop = &http->loops[http->loop_count];
    loop->http = http;
    loop->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    errno = 0;
    loop->daemon = loop->wake_fd < 0 ? NULL : daemon_start(loop, listener);
    if (loop->daemon == NULL) {
        fail_listen(http, err);
        close(listener);
        if (loop->wake_fd >= 0) close(loop->wake_fd);
        return false;
    }
    loop->epoll_fd = MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    int failed = pthread_create(&loop->thread, NULL, loop_run, loop);
    if (failed != 0) {
        MHD_stop_daemon(loop->daemon);
        close(loop->wake_fd);
        return fail_thread(failed, err);
    }
    http->loop_count++;
    return true;
}

/* Each loop has the listening socket by a number of its own. */
static bool loops_start(struct http *http, struct err *err)
{
    int listener = listen_at(http, err);
    if (listener < 0) return false;
    bool is_started = true;
    for (int i = 0; is_started && i < LOOPS; i++) {
        int own = fcntl(listener, F_DUPFD_CLOEXEC, 0);
        is_started = own >= 0 ? loop_start(http, own, err) : fail_listen(http, err);
    }
    close(listener);
    return is_started;
}

static void threads_end(struct http *http, bool has_pulse)
{
    uint64_t one = 1;
    if (write(http->end_fd, &one, sizeof one) < 0) abort(); /* an event counter from 0 takes 1 */
    if (has_pulse) pthread_join(http->pulse, NULL);
    for (int i = 0; i < http->loop_count; i++) {
        pthread_join(http->loops[i].thread, NULL);
        MHD_stop_daemon(http->loops[i].daemon);
        close(http->loops[i].wake_fd);
    }
}

static void http_free(struct http *http)
{
    if (http->end_fd >= 0) close(http->end_fd);
    peers_close(&http->peers);
    pthread_mutex_destroy(&http->lock);
    free(http);
}

bool http_start(const struct http_options *options, struct http **http, struct err *err)
{
    struct http *made = calloc(1, sizeof *made);
    if (made == NULL) abort();
    made->options = *options;
    if (made->options.patience_ms <= 0) made->options.patience_ms = PATIENCE_MS;
    pthread_mutex_init(&made->lock, NULL);
    peers_open(&made->peers);
    made->end_fd = eventfd(0, EFD_CLOEXEC);
    bool is_started = made->end_fd >= 0 ? loops_start(made, err) : fail_thread(errno, err);
    int  failed = is_started ? pthread_create(&made->pulse, NULL, pulse_run, made) : 0;
    if (failed != 0) is_started = fail_thread(failed, err);
    if (!is_started) {
        if (made->end_fd >= 0) threads_end(made, false);
        http_free(made);
        return false;
    }
    *http = made;
    return true;
}

uint16_t http_port(const struct http *http)
{
    return http->port;
}

/* Nothing may be suspended when libmicrohttpd stops: each request gets its answer, each stream its end. */
static void open_end(struct http *http)
{
    pthread_mutex_lock(&http->lock);
    http->is_stopping = true;
    struct http_request *left = http->open;
    for (struct http_request *request = http->live; request != NULL; request = request->next) {
        request->is_over = true;
        live_wake(request);
    }
    pthread_mutex_unlock(&http->lock);
    while (left != NULL) {
        http_refuse(left, MHD_HTTP_SERVICE_UNAVAILABLE, SAY("http.ends"));
        pthread_mutex_lock(&http->lock);
        left = http->open;
        pthread_mutex_unlock(&http->lock);
    }
}

void http_stop(struct http *http)
{
    if (http == NULL) return;
    open_end(http);
    for (int waited_ms = 0; waited_ms < STOP_MS; waited_ms += 10) {
        pthread_mutex_lock(&http->lock);
        int busy = http->busy;
        pthread_mutex_unlock(&http->lock);
        if (busy == 0) break;
        poll(NULL, 0, 10);
    }
    threads_end(http, true);
    http_free(http);
}
