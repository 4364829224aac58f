/* array.h - rows in one growing block of memory: takes the block and how many rows stand in it, gives it with room for one more. */
#ifndef CORE_ARRAY_H
#define CORE_ARRAY_H

#include <stddef.h>

/* rows (NULL at first) has room for *room rows of that size, count are in use. Doubles it where it is full; never fails: without
 * memory the program ends, as with core/buf.h. Whoever owns the block frees it. */
void *array_more(void *rows, size_t count, size_t *room, size_t size);

#endif
