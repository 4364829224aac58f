/* map.c - finds a number by two numbers: open addressing, half empty at least. */
#include "server/books/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { CAP_FIRST = 64 };

/* Murmur3's finaliser over both. */
static size_t place_of(const struct map *map, uint64_t a, uint64_t b)
{
    uint64_t h = a * UINT64_C(0x9E3779B97F4A7C15) ^ b;
    h = (h ^ (h >> 33)) * UINT64_C(0xFF51AFD7ED558CCD);
    h = (h ^ (h >> 33)) * UINT64_C(0xC4CEB9FE1A85EC53);
    return (size_t)(h ^ (h >> 33)) & (map->cap - 1);
}

/* The row of (a, b), or the free one where it would stand. */
static struct map_row *row_of(const struct map *map, uint64_t a, uint64_t b)
{
    size_t place = place_of(map, a, b);
    while (map->rows[place].is_used && (map->rows[place].a != a || map->rows[place].b != b))
        place = (place + 1) & (map->cap - 1);
    return &map->rows[place];
}

static void grow(struct map *map)
{
    struct map old = *map;
    map->cap = old.cap == 0 ? CAP_FIRST : old.cap * 2;
    map->rows = calloc(map->cap, sizeof *map->rows);
    if (map->rows == NULL) abort();
    for (size_t i = 0; i < old.cap; i++)
        if (old.rows[i].is_used) *row_of(map, old.rows[i].a, old.rows[i].b) = old.rows[i];
    free(old.rows);
}

int64_t *map_find(const struct map *map, uint64_t a, uint64_t b)
{
    if (map->cap == 0) return NULL;
    struct map_row *row = row_of(map, a, b);
    return row->is_used ? &row->value : NULL;
}

int64_t *map_put(struct map *map, uint64_t a, uint64_t b, bool *is_new)
{
    if (map->count * 2 >= map->cap) grow(map);
    struct map_row *row = row_of(map, a, b);
    *is_new = !row->is_used;
    if (*is_new) {
        *row = (struct map_row){.a = a, .b = b, .is_used = true};
        map->count++;
    }
    return &row->value;
}

void map_clear(struct map *map)
{
    if (map->count == 0) return;
    memset(map->rows, 0, map->cap * sizeof *map->rows);
    map->count = 0;
}

void map_free(struct map *map)
{
    free(map->rows);
    *map = (struct map){0};
}
