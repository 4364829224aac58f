/* masks.c - masks of coverage made once and kept: masks.h.
 *
 * Texts change all day and are quickly made; shapes are few and cost a hundred times as much. Each kind has places of
 * its own, so that texts never push a shape out; in each, what wasn't used for longest makes room. */
#include "kiosk/screen/masks.h"

#include <stdlib.h>
#include <string.h>

enum {
    PLACES = 384, /* of each kind */
    TEXT_BYTES_MOST = 3 << 20,
    SHAPE_BYTES_MOST = 8 << 20
};

struct kept {
    uint64_t    used;          /* when */
    enum shape  shape;         /* SHAPE_NONE: text */
    char       *text;          /* of a shape NULL */
    int         width, height; /* asked for; of a text 0, or 1 for bold, and the size */
    int         baseline;
    struct mask mask;
};

struct places {
    uint32_t    hashes[PLACES]; /* 0: free; apart from the rest, so that a search reads one page of memory */
    struct kept kept[PLACES];
    int         count;
    size_t      bytes, bytes_most;
};

struct masks {
    struct glyphs *glyphs;
    uint64_t       clock; /* of uses */
    struct places  texts, shapes;
};

struct masks *masks_new(struct glyphs *glyphs)
{
    struct masks *masks = calloc(1, sizeof *masks);
    if (masks == NULL) abort();
    masks->glyphs = glyphs;
    masks->texts.bytes_most = TEXT_BYTES_MOST;
    masks->shapes.bytes_most = SHAPE_BYTES_MOST;
    return masks;
}

static void kept_drop(struct places *places, int at)
{
    struct kept *kept = &places->kept[at];
    places->bytes -= (size_t)kept->mask.width * (size_t)kept->mask.height;
    places->hashes[at] = 0;
    places->count--;
    free(kept->mask.bytes);
    free(kept->text);
    memset(kept, 0, sizeof *kept);
}

static void places_empty(struct places *places)
{
    for (int i = 0; i < PLACES; i++)
        if (places->hashes[i] != 0) kept_drop(places, i);
}

void masks_free(struct masks *masks)
{
    if (masks == NULL) return;
    places_empty(&masks->texts);
    places_empty(&masks->shapes);
    free(masks);
}

/* ---- Finding */

static uint32_t hash_add(uint32_t hash, uint32_t value)
{
    return (hash ^ value) * UINT32_C(16777619);
}

/* Never 0. */
static uint32_t mask_hash(enum shape shape, int width, int height, const char *text)
{
    uint32_t hash = UINT32_C(2166136261);
    for (; text != NULL && *text != '\0'; text++) hash = hash_add(hash, (unsigned char)*text);
    hash = hash_add(hash_add(hash_add(hash, (uint32_t)shape), (uint32_t)width), (uint32_t)height);
    return hash == 0 ? 1 : hash;
}

/* NULL: not kept. */
static struct kept *kept_find(struct places *places, uint32_t hash, const struct kept *wanted, const char *text)
{
    for (int i = 0; i < PLACES; i++) {
        const struct kept *kept = &places->kept[i];
        if (places->hashes[i] != hash || kept->shape != wanted->shape || kept->width != wanted->width ||
            kept->height != wanted->height)
            continue;
        if (text == NULL || strcmp(kept->text, text) == 0) return &places->kept[i];
    }
    return NULL;
}

static void oldest_drop(struct places *places)
{
    int oldest = -1;
    for (int i = 0; i < PLACES; i++)
        if (places->hashes[i] != 0 && (oldest < 0 || places->kept[i].used < places->kept[oldest].used)) oldest = i;
    kept_drop(places, oldest);
}

/* Takes over the text and the mask of what was made. */
static struct kept *kept_put(struct places *places, uint32_t hash, const struct kept *made)
{
    int    at = 0;
    size_t bytes = (size_t)made->mask.width * (size_t)made->mask.height;
    while (places->count == PLACES || (places->count > 0 && places->bytes + bytes > places->bytes_most))
        oldest_drop(places);
    while (places->hashes[at] != 0) at++;
    places->hashes[at] = hash;
    places->kept[at] = *made;
    places->bytes += bytes;
    places->count++;
    return &places->kept[at];
}

/* ---- Making */

const struct mask *masks_shape(struct masks *masks, enum shape shape, int width, int height)
{
    struct kept  wanted = {.shape = shape, .width = width, .height = height};
    uint32_t     hash = mask_hash(shape, width, height, NULL);
    struct kept *kept = kept_find(&masks->shapes, hash, &wanted, NULL);
    if (kept == NULL) {
        wanted.mask = (struct mask){width, height, calloc((size_t)width, (size_t)height)};
        if (wanted.mask.bytes == NULL) abort();
        shape_draw(shape, &wanted.mask);
        kept = kept_put(&masks->shapes, hash, &wanted);
    }
    kept->used = ++masks->clock;
    return &kept->mask;
}

const struct mask *masks_text(struct masks *masks, const char *text, int size_px, bool is_bold, int *baseline)
{
    struct kept  wanted = {.width = is_bold, .height = size_px};
    uint32_t     hash = mask_hash(SHAPE_NONE, is_bold, size_px, text);
    struct kept *kept = kept_find(&masks->texts, hash, &wanted, text);
    if (kept == NULL) {
        struct glyphs_line line;
        wanted.text = strdup(text);
        if (wanted.text == NULL) abort();
        if (glyphs_draw(masks->glyphs, text, size_px, is_bold, &line)) {
            wanted.baseline = line.baseline;
            wanted.mask = (struct mask){line.width, line.height, line.bytes};
        }
        kept = kept_put(&masks->texts, hash, &wanted);
    }
    kept->used = ++masks->clock;
    *baseline = kept->baseline;
    return &kept->mask;
}
