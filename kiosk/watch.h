/* watch.h - when to tell the service manager that the kiosk is alive. Pure.
 *
 * Whoever asks is alive himself; the keeper must have answered too. A kiosk whose keeper hangs looks alive and saves
 * nothing: then nothing is told any more, and the service manager starts the program anew. */
#ifndef KIOSK_WATCH_H
#define KIOSK_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct watch {
    int64_t every_ms; /* 0: nobody wants to hear */
    int64_t next_ms;  /* mono: when the keeper is asked next */
};

/* most_ms: silence of that length means death to the service manager; 0: it doesn't watch. */
struct watch watch_of(int64_t most_ms, int64_t now_ms);

/* The wait until the keeper is to be asked; at most wait_ms. */
int watch_wait_ms(const struct watch *watch, int64_t now_ms, int wait_ms);

/* It is time to ask the keeper; then call watch_tells() with its answer: tell that all is well? */
bool watch_is_due(const struct watch *watch, int64_t now_ms);
bool watch_tells(struct watch *watch, int64_t now_ms, bool is_keeper_alive);

#endif
