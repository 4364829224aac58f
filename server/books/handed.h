/* handed.h - acts whose events the taker has, and the books not yet: their ids and inbox numbers, in memory. A retry of such an
 * act waits for its answer and makes no second event. */
#ifndef SERVER_BOOKS_HANDED_H
#define SERVER_BOOKS_HANDED_H

#include "core/event.h"

struct handed_act {
    char    id[EVENT_ACT_MAX];
    int64_t number;
};
struct handed {
    size_t             count, room;
    struct handed_act *acts;
};

void handed_add(struct handed *handed, const char *id, int64_t number);
bool handed_has(const struct handed *handed, const char *id);

/* Those up to that number are in the books. */
void handed_end(struct handed *handed, int64_t applied_to);
void handed_free(struct handed *handed);

#endif
