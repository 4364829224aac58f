/* house.h - the running server: its threads, and what they hand to each other.
 *
 *     loops (http.c, 2) --take--> taker --inbox_end--> writer          answers go back to the request from whatever
 *          |   |                    ^                     |            thread made them
 *          |   +------act-----------|------------------> writer
 *          |                        +----office line------+
 *          +------ask, feed--> askers (2, idle priority, read-only)
 *
 * The thread that calls house_run() wakes kiosks and pages when something changed, serves the console, and hears
 * signals. The taker never waits for the writer, the writer never for an asker. */
#ifndef SERVER_HOUSE_H
#define SERVER_HOUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/clock.h"
#include "core/err.h"
#include "server/show/desk.h"

struct house;

struct house_options {
    const char  *data, *address;
    uint16_t     port; /* 0: any free one */
    bool         is_tls;
    struct clock clock;
};

/* Opens everything and starts the threads; SIGTERM and SIGINT are held back from here on, for house_run(). */
bool house_open(const struct house_options *options, struct house **house, struct err *err) MUST_CHECK;

const struct desk *house_desk(const struct house *house);

/* Token of the administrator's one-time link; "": somebody has a password already. */
const char *house_first_link(const struct house *house);

/* Until SIGTERM or SIGINT. alive() is called at least every two seconds while taker and writer move. */
void house_run(struct house *house, void (*alive)(void));

/* Answers what is under way, lets new requests be refused, ends the threads. */
void house_close(struct house *house); /* takes NULL */

#endif
