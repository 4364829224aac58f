/* array.c - rows in one growing block of memory: core/array.h. */
#include "core/array.h"

#include <stdlib.h>

enum { ROOM_FIRST = 8 };

void *array_more(void *rows, size_t count, size_t *room, size_t size)
{
    if (count < *room) return rows;
    *room = *room == 0 ? ROOM_FIRST : *room * 2;
    rows = reallocarray(rows, *room, size);
    if (rows == NULL) abort();
    return rows;
}
