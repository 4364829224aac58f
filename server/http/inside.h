/* inside.h - the insides of the door, for http.c (requests, answers) and loops.c (threads, sockets) alone. */
#ifndef SERVER_HTTP_INSIDE_H
#define SERVER_HTTP_INSIDE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "server/http/http.h"
#include "server/http/peers.h"

enum { LOOPS = 2 };

/* Bodies have two purses, so that uploads leave room for kiosks. */
enum purse { PURSE_SMALL, PURSE_LARGE, PURSES };

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
    enum purse             purse;
    size_t                 held;          /* bytes of the purse */
    bool                   is_crowded;    /* refused since the purse was empty */
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
    _Atomic(size_t)      bodies[PURSES]; /* bytes that are held */
    int                  busy;           /* requests between handing over and the last byte of the answer */
    bool                 is_stopping;
    struct peers         peers;
    int                  end_fd; /* readable: loops and pulse end */
    pthread_t            pulse;
};

/* What libmicrohttpd calls, with the loop as self (on_request: NULL). In http.c. */
void  on_connection(void *self, struct MHD_Connection *connection, void **context,
                    enum MHD_ConnectionNotificationCode code);
void *on_uri(void *self, const char *uri, struct MHD_Connection *connection);
void  on_completed(void *self, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code);
enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *path, const char *method,
                           const char *version, const char *bytes, size_t *len, void **context);

/* No new requests; what is open is answered with 503, streams end. Nothing may be suspended when a daemon is stopped. */
void requests_end(struct http *http);

#endif
