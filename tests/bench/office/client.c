/* client.c - a browser's side of HTTP: tests/bench/office/client.h. */
#include "tests/bench/office/client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/buf.h"
#include "tests/bench/bench.h"

enum { LINKS = 6 };

static struct link {
    int        socket;
    bool       is_asking;
    struct buf in;
} links[LINKS];
static char head[600];
static int  port;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void link_open(struct link *link)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int                one = 1;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    link->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (link->socket < 0 || connect(link->socket, (struct sockaddr *)&to, sizeof to) != 0) die("connect");
    setsockopt(link->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

void client_open(int to_port, const char *cookie)
{
    port = to_port;
    snprintf(head, sizeof head, " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nAccept: application/json\r\n\r\n",
             port, cookie);
    for (int i = 0; i < LINKS; i++) link_open(&links[i]);
}

void client_close(void)
{
    for (int i = 0; i < LINKS; i++) {
        close(links[i].socket);
        buf_free(&links[i].in);
    }
}

static void link_ask(struct link *link, const char *path)
{
    char text[1200];
    int  len = snprintf(text, sizeof text, "GET %s%s", path, head);
    char byte;
    if (recv(link->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0) { /* it was idle for too long */
        close(link->socket);
        link_open(link);
    }
    buf_clear(&link->in);
    link->is_asking = true;
    if (write(link->socket, text, (size_t)len) != len) die("write");
}

/* The answer is whole. */
static bool is_whole(const struct link *link)
{
    const char *end = memmem(link->in.bytes, link->in.len, "\r\n\r\n", 4);
    if (end == NULL) return false;
    size_t len = 0;
    for (const char *at = link->in.bytes; (at = memmem(at, (size_t)(end - at), "\r\n", 2)) != NULL && at < end;) {
        at += 2;
        if (strncasecmp(at, "content-length:", 15) == 0) len = strtoul(at + 15, NULL, 10);
    }
    return link->in.len >= (size_t)(end - link->in.bytes) + 4 + len;
}

static void link_read(struct link *link)
{
    char    bytes[65536];
    ssize_t n = read(link->socket, bytes, sizeof bytes);
    if (n <= 0) die("read");
    buf_add(&link->in, bytes, (size_t)n);
    if (!is_whole(link)) return;
    link->is_asking = false;
    if (memcmp(link->in.bytes + 8, " 200", 4) == 0) return;
    fprintf(stderr, "client: %.*s\n", (int)(link->in.len < 400 ? link->in.len : 400), link->in.bytes);
    exit(1);
}

int64_t client_ask(char paths[][400], int count)
{
    int64_t       began = bench_now_us();
    struct pollfd polls[LINKS];
    int           next = 0, open = 0;
    for (int i = 0; i < LINKS && next < count; i++, open++) link_ask(&links[i], paths[next++]);
    while (open > 0) {
        for (int i = 0; i < LINKS; i++)
            polls[i] = (struct pollfd){.fd = links[i].is_asking ? links[i].socket : -1, .events = POLLIN};
        if (poll(polls, LINKS, 30000) <= 0) die("poll");
        for (int i = 0; i < LINKS; i++) {
            if (!(polls[i].revents & (POLLIN | POLLHUP | POLLERR))) continue;
            link_read(&links[i]);
            if (links[i].is_asking) continue;
            if (next < count)
                link_ask(&links[i], paths[next++]);
            else
                open--;
        }
    }
    return bench_now_us() - began;
}
