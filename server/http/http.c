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
 */
#include "server/http/http.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/locale.h"
#include "core/utf8.h"
#include "server/http/inside.h"
#include "server/http/uri.h"

enum {
    IDLE_MS = 75 * 1000,    /* between two requests of a connection */
    RATE_BYTES_MS = 16,     /* a body or an answer of n bytes may take n / 16 ms longer: 16 kB/s */
    LIVE_MAX = 256 * 1024,  /* bytes that wait for a client of a live stream */
    SMALL_MAX = 512 * 1024, /* a body that may be larger is an upload */
    PASS_MAX = 1024 * 1024  /* bytes beyond its limit that are passed over, so that the client hears why */
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

void on_connection(void *self, struct MHD_Connection *connection, void **context,
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

/* ---------------------------------------------------------------------------------------------------- what came */

/* Called with the target as it came, before anything else of a request. */
void *on_uri(void *self, const char *uri, struct MHD_Connection *connection)
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

/* Nobody has asked yet who sends it: what all send together must fit into memory. */
static bool body_hold(struct http_request *request, size_t len)
{
    struct http *http = request->http;
    if (atomic_fetch_add(&http->bodies[request->purse], len) + len > http->options.bodies_max) {
        atomic_fetch_sub(&http->bodies[request->purse], len);
        return false;
    }
    request->held += len;
    return true;
}

static void body_drop(struct http_request *request)
{
    atomic_fetch_sub(&request->http->bodies[request->purse], request->held);
    request->held = 0;
    buf_free(&request->body);
}

void on_completed(void *self, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
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
    body_drop(request);
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
    body_drop(request);
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

enum lang http_lang(const struct http_request *request, enum lang otherwise)
{
    const char *asked = http_query(request, "lang");
    enum lang   lang;
    if (asked != NULL && lang_read(asked, &lang)) return lang;
    return lang_of(http_header(request, "Accept-Language"), otherwise);
}

/* In English for programs, as docs/protocol.md says: they name no language. */
static void refusal(const struct http_request *request, struct say say, struct buf *body)
{
    buf_char(body, '{');
    text_say_json(http_lang(request, LANG_EN), &say, body);
    buf_char(body, '}');
}

void http_refuse(struct http_request *request, int status, struct say say)
{
    struct buf body = {0};
    refusal(request, say, &body);
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
    refusal(request, say, &request->out);
    return reply(request);
}

/* *self: bool, stays true while names and values of the query are characters. */
static enum MHD_Result query_seen(void *self, enum MHD_ValueKind kind, const char *name, const char *value)
{
    bool *is_good = self;
    (void)kind;
    *is_good = *is_good && utf8_is_valid(name, strlen(name)) && (value == NULL || utf8_is_valid(value, strlen(value)));
    return *is_good ? MHD_YES : MHD_NO;
}

/* Was the target of the request meant, as far as can be told? */
static bool target_is_good(const struct http_request *request, const char *path)
{
    bool is_good = !request->is_uri_bad && uri_path_is_good(path);
    MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND, query_seen, &is_good);
    return is_good;
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
    if (!target_is_good(request, path)) return refuse(request, MHD_HTTP_BAD_REQUEST, SAY("http.path"));
    if (seen.lengths + seen.codings > 1) return refuse(request, MHD_HTTP_BAD_REQUEST, SAY("http.lengths"));
    request->limit = http->options.body_limit(http->options.self, method, path);
    if (request->limit < 0) return refuse(request, MHD_HTTP_NOT_FOUND, say_text(SAY("http.absent"), path));
    if (seen.length > request->limit + PASS_MAX)
        return refuse(request, MHD_HTTP_CONTENT_TOO_LARGE, say_int(SAY("http.large"), request->limit));
    request->purse = request->limit > SMALL_MAX ? PURSE_LARGE : PURSE_SMALL;
    request->phase = PHASE_READING;
    peer_until(&http->peers, request->peer, http->options.patience_ms + request->limit / RATE_BYTES_MS);
    return MHD_YES;
}

/* A piece of the body. What goes beyond the limit, or beyond what all may send together, is passed over: a client that
 * is cut off while it writes never reads why. One that goes on and on (chunked: nobody said how much comes) is. */
static enum MHD_Result on_body(struct http_request *request, const char *bytes, size_t len)
{
    size_t limit = (size_t)request->limit;
    if (request->phase == PHASE_READING) {
        bool is_large = request->body.len + len > limit;
        if (!is_large && body_hold(request, len)) {
            buf_add(&request->body, bytes, len);
            return MHD_YES;
        }
        request->is_crowded = !is_large;
        request->phase = PHASE_REFUSED;
        request->sent = 0;
        body_drop(request);
    }
    request->sent += len;
    return request->sent <= limit + PASS_MAX ? MHD_YES : MHD_NO;
}

static enum MHD_Result refuse_body(struct http_request *request)
{
    if (!request->is_crowded)
        return refuse(request, MHD_HTTP_CONTENT_TOO_LARGE, say_int(SAY("http.large"), request->limit));
    http_answer_header(request, "Retry-After", "2");
    return refuse(request, MHD_HTTP_TOO_MANY_REQUESTS, SAY("http.many"));
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
enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *path, const char *method,
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
    case PHASE_REFUSED: return refuse_body(request);
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

/* ---------------------------------------------------------------------------------------------------- the end */

void requests_end(struct http *http)
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
