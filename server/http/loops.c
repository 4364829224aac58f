/* loops.c - the threads and sockets behind the door: inside.h.
 *
 * The loops are ours: each runs a daemon of its own on the shared listening socket. libmicrohttpd's own ones (0.9.75)
 * sleep without end once a wait brings exactly 128 events, with all of them unanswered. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/http/inside.h"

enum {
    CONNECTIONS_MAX = 4096,
    CONNECTIONS_OF_ADDRESS_MAX = 2048, /* a factory may sit behind one address */
    HEADER_POOL = 10 * 1024,           /* of a connection: 8 kB of header, and what the answer's header needs */
    PATIENCE_MS = 10 * 1000,
    BODIES_MAX = 64 * 1024 * 1024,
    PING_MS = 20 * 1000, /* of live streams, so that a client that left is noticed */
    STOP_MS = 1000,      /* for answers to go out */
    BACKLOG = 1024       /* connections that nobody accepted yet */
};

/* Late clients are shut down, live streams pinged. */
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
    pthread_setname_np(loop->thread, "loop");
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
    if (made->options.bodies_max == 0) made->options.bodies_max = BODIES_MAX;
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

void http_stop(struct http *http)
{
    if (http == NULL) return;
    requests_end(http);
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
