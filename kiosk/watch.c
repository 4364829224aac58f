/* watch.c - when to tell the service manager that the kiosk is alive: kiosk/watch.h. */
#include "kiosk/watch.h"

enum { PARTS = 4, QUICK_PARTS = 20 };

struct watch watch_of(int64_t most_ms, int64_t now_ms)
{
    int64_t every_ms = most_ms / PARTS;
    if (most_ms > 0 && every_ms == 0) every_ms = 1;
    return (struct watch){.every_ms = every_ms, .next_ms = now_ms};
}

int watch_wait_ms(const struct watch *watch, int64_t now_ms, int wait_ms)
{
    if (watch->every_ms == 0 || watch->next_ms - now_ms >= wait_ms) return wait_ms;
    return watch->next_ms > now_ms ? (int)(watch->next_ms - now_ms) : 0;
}

bool watch_is_due(const struct watch *watch, int64_t now_ms)
{
    return watch->every_ms > 0 && now_ms >= watch->next_ms;
}

/* A keeper that is busy is asked again soon: its answer must not come a whole round late. */
bool watch_tells(struct watch *watch, int64_t now_ms, bool is_keeper_alive)
{
    int64_t quick_ms = watch->every_ms * PARTS / QUICK_PARTS;
    watch->next_ms = now_ms + (is_keeper_alive ? watch->every_ms : quick_ms > 0 ? quick_ms : 1);
    return is_keeper_alive;
}
