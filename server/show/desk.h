/* desk.h - what the doors of show/ may ask of the program around them: a table of functions that server/main.c hands
 * over at start. So a handler knows no thread and no queue, and a test gives it a desk of its own.
 *
 * A handler gets a request on a loop thread and must not wait there: it posts a job, returns, and answers from the
 * job's `done`. Jobs belong to whoever posts them, most often as the first field of a larger struct, until `done` or
 * `run` was called; each is called exactly once, also while the program ends. Errors: http_refuse(). */
#ifndef SERVER_SHOW_DESK_H
#define SERVER_SHOW_DESK_H

#include "core/db.h"
#include "server/books/writer.h"
#include "server/http/ca.h"
#include "server/http/http.h"
#include "server/show/heard.h"
#include "server/take/feed.h"
#include "server/take/take.h"

/* An act for the writer. act.name and act.body live until done. Out: act.status and act.answer (free it). While the
 * program ends: status 503 and its sentence. done runs on the writer's thread: answer and return. */
struct desk_act {
    struct act act;
    void (*done)(struct desk_act *job);
    struct desk_act *next;          /* main's */
    int64_t          came_ms;       /* main's */
    int64_t          office_number; /* main's */
};

/* Something slow: a list, a paper, argon2. run gets a reading connection to the books that is its own for this call
 * (end what was begun: no statement open, no snapshot), on a thread that may be slow. */
struct desk_ask {
    void (*run)(struct desk_ask *job, struct db *books);
    struct desk_ask *next; /* main's */
};

/* A kiosk's signed request, for the taker or the feed. request's pointers live until done. Out: answer (free its
 * body). done runs on the taker's or an asker's thread: answer and return. */
struct desk_take {
    struct take_request request;
    struct take_answer  answer;
    void (*done)(struct desk_take *job);
    struct desk_take *next;     /* main's */
    int64_t           until_ms; /* main's: a feed's answer is due then */
};

/* For the health page and metrics. */
struct desk_health {
    int64_t            started_ms, now_ms;
    struct feed_place  place;
    struct take_counts counts;
    int64_t            inbox_end, applied_to; /* the difference waits to be booked */
    int64_t            feed_waiting;          /* kiosks that wait for something new */
    int64_t            requests;              /* of anybody, since the start */
    struct err         trouble;               /* of the writer or the taker; ERR_NONE: none */
};

/* A kiosk as it was heard last, by its signed requests since this start. */
struct desk_kiosk {
    uint64_t          kiosk;
    int64_t           heard_ms;
    int64_t           current_ms; /* when it said that it knew everything there was; 0: not since this start */
    struct heard_day  day;
    struct feed_state state;
};

struct desk {
    void            *house; /* main's own, the first argument of each */
    const struct ca *ca;    /* NULL: no TLS */
    const char      *data;  /* the data directory */
    const char      *host;  /* where kiosks and pages reach this server: an IPv4 address */
    uint16_t         port;
    int64_t (*now_ms)(void *house);
    void (*act)(void *house, struct desk_act *job);
    void (*ask)(void *house, struct desk_ask *job);
    void (*take)(void *house, struct desk_take *job);
    void (*feed)(void *house, struct desk_take *job);
    void (*health)(void *house, struct desk_health *health);
    size_t (*kiosks)(void *house, struct desk_kiosk **rows); /* the caller frees *rows */
};

/* A door: answers the request, now or later. What rows of the route table hold. */
typedef void desk_door(const struct desk *desk, struct http_request *request);

#endif
