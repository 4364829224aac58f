/* log_server.c - the floor: what a server in C costs that does nothing but put requests on the disk.
 *
 * links: core
 *
 * usage: log_server FILE
 *
 * One thread of epoll; bodies of a round are appended to a preallocated file with one fdatasync, then all of the round
 * are answered. No signature, no parsing beyond Content-Length, no database. Prints "ready PORT". */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "tests/bench/bench.h"

enum { CLIENTS_MAX = 4096, IN_MAX = 1 << 19, ROUND_MAX = 512 };

struct client {
    char  *in;
    size_t len;
};
static struct client clients[CLIENTS_MAX];
static const char    answer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"state\":\"taken\"}";

/* Length of a whole request at the start of the client's bytes and where its body is; 0 = not whole yet. */
static size_t request_len(const struct client *client, size_t *body)
{
    const char *end = memmem(client->in, client->len, "\r\n\r\n", 4);
    if (end == NULL) return 0;
    const char *field = strcasestr(client->in, "content-length:");
    size_t      len = field != NULL && field < end ? strtoul(field + 15, NULL, 10) : 0;
    *body = (size_t)(end - client->in) + 4;
    return client->len >= *body + len ? *body + len : 0;
}

/* Reads what came; appends a whole request's body to the log. True where one is to be answered. */
static bool client_read(int s, int log, off_t *at)
{
    struct client *client = &clients[s];
    if (client->in == NULL) client->in = malloc(IN_MAX + 1);
    ssize_t n = read(s, client->in + client->len, IN_MAX - client->len);
    if (n <= 0) {
        if (n < 0 && errno == EAGAIN) return false;
        client->len = 0;
        close(s);
        return false;
    }
    client->len += (size_t)n;
    client->in[client->len] = '\0';
    size_t body, whole = request_len(client, &body);
    if (whole == 0) return false;
    if (pwrite(log, client->in + body, whole - body, *at) < 0) exit(1);
    *at += (off_t)(whole - body);
    client->len = 0;
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    int                listener = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0), one = 1;
    int                log = bench_log_open(argv[1]);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t          size = sizeof here;
    off_t              at = 0;
    if (bind(listener, (struct sockaddr *)&here, sizeof here) != 0 || listen(listener, 1024) != 0) return 1;
    getsockname(listener, (struct sockaddr *)&here, &size);
    struct epoll_event wish = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &wish);
    printf("ready %d\n", ntohs(here.sin_port));
    fflush(stdout);
    for (;;) {
        struct epoll_event ready[ROUND_MAX];
        int                waiting[ROUND_MAX], count = epoll_wait(poll, ready, ROUND_MAX, -1), answers = 0;
        for (int i = 0; i < count; i++) {
            int s = ready[i].data.fd;
            if (s == listener) {
                int client = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
                if (client < 0 || client >= CLIENTS_MAX) continue;
                setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                wish = (struct epoll_event){.events = EPOLLIN, .data.fd = client};
                epoll_ctl(poll, EPOLL_CTL_ADD, client, &wish);
            } else if (client_read(s, log, &at)) {
                waiting[answers++] = s;
            }
        }
        if (answers == 0) continue;
        if (fdatasync(log) != 0) return 1;
        for (int i = 0; i < answers; i++)
            if (write(waiting[i], answer, sizeof answer - 1) < 0) close(waiting[i]);
    }
}
