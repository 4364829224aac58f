/* handed.c - acts whose events the taker has, and the books not yet: server/books/handed.h. */
#include "server/books/handed.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

void handed_add(struct handed *handed, const char *id, int64_t number)
{
    handed->acts = array_more(handed->acts, handed->count, &handed->room, sizeof *handed->acts);
    struct handed_act *act = &handed->acts[handed->count++];
    *act = (struct handed_act){.number = number};
    memcpy(act->id, id, strnlen(id, sizeof act->id - 1));
}

bool handed_has(const struct handed *handed, const char *id)
{
    for (size_t i = 0; i < handed->count; i++)
        if (strcmp(handed->acts[i].id, id) == 0) return true;
    return false;
}

void handed_end(struct handed *handed, int64_t applied_to)
{
    size_t kept = 0;
    for (size_t i = 0; i < handed->count; i++)
        if (handed->acts[i].number > applied_to) handed->acts[kept++] = handed->acts[i];
    handed->count = kept;
}

void handed_free(struct handed *handed)
{
    free(handed->acts);
}
