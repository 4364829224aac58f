/* map.h - finds a number by two numbers: what the writer keeps in memory of badges, chains, lines and sums.
 *
 * Zero-initialised is empty. Nothing is taken out one by one: what is kept here is forgotten whole, and read again. */
#ifndef SERVER_BOOKS_MAP_H
#define SERVER_BOOKS_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_row {
    uint64_t a, b;
    int64_t  value;
    bool     is_used;
};
struct map {
    struct map_row *rows;
    size_t          count, cap;
};

/* NULL where it isn't. Valid until the next map_put(). */
int64_t *map_find(const struct map *map, uint64_t a, uint64_t b);

/* The place of (a, b), made with 0 where it wasn't. Valid until the next map_put(). */
int64_t *map_put(struct map *map, uint64_t a, uint64_t b, bool *is_new);

void map_clear(struct map *map); /* keeps the memory */
void map_free(struct map *map);

#endif
