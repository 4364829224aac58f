/* path.c - outlines made grey: path.h.
 *
 * Each row of pixels is cut four times, and what lies inside a cut (winding not zero) covers its share of each pixel
 * exactly. */
#include "kiosk/screen/path.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CUTS = 4 };

struct crossing {
    float x;
    int   turn;
};

/* All crossings of an outline with a mask's cuts, cut after cut; within one from left to right. */
struct crossings {
    int              cut_count;
    int             *starts; /* of each cut in rows, and the end */
    struct crossing *rows;
};

static float cut_y(int cut)
{
    return ((float)cut + 0.5f) / CUTS;
}

/* The mask's first cut at or below y; cut_count: none is. */
static int cut_first(float y, int cut_count)
{
    int cut = (int)ceilf(y * CUTS - 0.5f) - 1;
    if (cut < 0) cut = 0;
    if (cut > cut_count) cut = cut_count;
    while (cut < cut_count && cut_y(cut) < y) cut++;
    return cut;
}

/* The cuts that the edge from a to b crosses: from *first to before *end. */
static void edge_cuts(struct point a, struct point b, int cut_count, int *first, int *end)
{
    *first = cut_first(a.y < b.y ? a.y : b.y, cut_count);
    *end = cut_first(a.y < b.y ? b.y : a.y, cut_count);
}

/* Edges meet cuts nearly in order already, so each is put where it belongs among those before it. */
static void crossing_put(struct crossing *rows, int count, struct crossing crossing)
{
    for (; count > 0 && rows[count - 1].x > crossing.x; count--) rows[count] = rows[count - 1];
    rows[count] = crossing;
}

static struct point point_behind(const struct outline *outline, int i, int from, int to)
{
    return outline->points[i + 1 < to ? i + 1 : from];
}

static void crossings_count(const struct outline *outline, struct crossings *crossings)
{
    int from = 0, first, end;
    for (int e = 0; e < outline->end_count; from = outline->ends[e++]) {
        for (int i = from; i < outline->ends[e]; i++) {
            struct point b = point_behind(outline, i, from, outline->ends[e]);
            edge_cuts(outline->points[i], b, crossings->cut_count, &first, &end);
            for (int cut = first; cut < end; cut++) crossings->starts[cut + 1]++;
        }
    }
    for (int cut = 0; cut < crossings->cut_count; cut++) crossings->starts[cut + 1] += crossings->starts[cut];
}

static void crossings_fill(const struct outline *outline, struct crossings *crossings, int *counts)
{
    int from = 0, first, end;
    for (int e = 0; e < outline->end_count; from = outline->ends[e++]) {
        for (int i = from; i < outline->ends[e]; i++) {
            struct point a = outline->points[i], b = point_behind(outline, i, from, outline->ends[e]);
            edge_cuts(a, b, crossings->cut_count, &first, &end);
            for (int cut = first; cut < end; cut++) {
                float x = a.x + (cut_y(cut) - a.y) * (b.x - a.x) / (b.y - a.y);
                crossing_put(crossings->rows + crossings->starts[cut], counts[cut]++,
                             (struct crossing){x, a.y < b.y ? 1 : -1});
            }
        }
    }
}

static void *room_or_end(size_t count, size_t size)
{
    void *bytes = calloc(count, size);
    if (bytes == NULL) abort(); /* as core/buf.h */
    return bytes;
}

static struct crossings crossings_of(const struct outline *outline, int height)
{
    struct crossings crossings = {.cut_count = height * CUTS};
    int             *counts = room_or_end((size_t)crossings.cut_count + 1, sizeof *counts);
    crossings.starts = room_or_end((size_t)crossings.cut_count + 1, sizeof *crossings.starts);
    crossings_count(outline, &crossings);
    crossings.rows = room_or_end((size_t)crossings.starts[crossings.cut_count] + 1, sizeof *crossings.rows);
    crossings_fill(outline, &crossings, counts);
    free(counts);
    return crossings;
}

static void span_cover(float *row, int width, float from, float to)
{
    if (from < 0) from = 0;
    if (to > (float)width) to = (float)width;
    for (int x = (int)from; (float)x < to; x++) {
        float left = from > (float)x ? from : (float)x, right = to < (float)(x + 1) ? to : (float)(x + 1);
        row[x] += (right - left) / CUTS;
    }
}

static void cut_cover(const struct crossings *crossings, int cut, float *row, int width)
{
    for (int i = crossings->starts[cut], turns = 0; i + 1 < crossings->starts[cut + 1]; i++) {
        turns += crossings->rows[i].turn;
        if (turns != 0) span_cover(row, width, crossings->rows[i].x, crossings->rows[i + 1].x);
    }
}

static void mask_fill(struct mask *mask, const struct outline *outline)
{
    struct crossings crossings = crossings_of(outline, mask->height);
    float           *row = room_or_end((size_t)mask->width, sizeof *row);
    for (int y = 0; y < mask->height; y++) {
        memset(row, 0, sizeof *row * (size_t)mask->width);
        for (int cut = y * CUTS; cut < (y + 1) * CUTS; cut++) cut_cover(&crossings, cut, row, mask->width);
        for (int x = 0; x < mask->width; x++) {
            uint8_t *byte = &mask->bytes[y * mask->width + x];
            float    cover = row[x] > 1 ? 1 : row[x];
            *byte = (uint8_t)((float)*byte + (255 - (float)*byte) * cover + 0.5f);
        }
    }
    free(row);
    free(crossings.starts);
    free(crossings.rows);
}

static void part_fill(const struct outline *outline, void *mask)
{
    mask_fill(mask, outline);
}

void path_draw(const char *drawing, const struct path_place *place, struct mask *mask)
{
    outline_draw(drawing, place, part_fill, mask);
}

void shape_draw(enum shape shape, struct mask *mask)
{
    struct shape_words words = shape_words(shape);
    struct path_place  place = {.grid = words.width, .left = -words.margin, .top = -words.margin, .grow = words.grow};
    place.scale_x = (float)mask->width / (words.width + 2 * words.margin);
    place.scale_y = (float)mask->height / (words.height + 2 * words.margin);
    for (int i = 0; i < SHAPE_WORDS_MAX && words.drawings[i] != NULL; i++) path_draw(words.drawings[i], &place, mask);
}
