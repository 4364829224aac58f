/* paint.c - scenes made pixels: paint.h.
 *
 * What was painted is kept as data. Items that are the same in the new scene stay; where one came, went or changed, the
 * area it covers is painted anew: the ground, and all items that reach into it, in their order. */
#include "kiosk/screen/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/screen/masks.h"

struct areas {
    int         count;
    struct area list[PAINTED_MAX];
};

struct painter {
    struct masks *masks;
    struct areas  painted; /* since it was asked */

    bool          is_known; /* what the canvas shows: */
    enum theme    theme;
    enum colour   ground;
    struct layout layout;
    int           item_count;
    struct item   items[ITEMS_MAX];
    struct area   areas[ITEMS_MAX]; /* what each of them covers */
};

struct painter *painter_new(struct glyphs *glyphs)
{
    struct painter *painter = calloc(1, sizeof *painter);
    if (painter == NULL) abort();
    painter->masks = masks_new(glyphs);
    return painter;
}

void painter_free(struct painter *painter)
{
    if (painter == NULL) return;
    masks_free(painter->masks);
    free(painter);
}

void painter_forget(struct painter *painter)
{
    painter->is_known = false;
}

/* ---- Areas */

static int64_t area_pixels(struct area area)
{
    return (int64_t)area.w * area.h;
}

/* Areas that overlap become one; where there are too many, the two that are joined at the least cost. */
static void areas_add(struct areas *areas, struct area area)
{
    if (area_is_empty(area)) return;
    for (int i = 0; i < areas->count; i++) {
        if (area_is_empty(area_meet(areas->list[i], area))) continue;
        area = area_join(areas->list[i], area);
        areas->list[i] = areas->list[--areas->count];
        i = -1; /* it is larger: those before may overlap now */
    }
    if (areas->count < PAINTED_MAX) {
        areas->list[areas->count++] = area;
        return;
    }
    int     nearest = 0;
    int64_t least = INT64_MAX;
    for (int i = 0; i < areas->count; i++) {
        int64_t cost = area_pixels(area_join(areas->list[i], area)) - area_pixels(areas->list[i]);
        if (cost < least) {
            least = cost;
            nearest = i;
        }
    }
    struct area both = area_join(areas->list[nearest], area);
    areas->list[nearest] = areas->list[--areas->count];
    areas_add(areas, both);
}

int painter_painted(struct painter *painter, struct area areas[PAINTED_MAX])
{
    int count = painter->painted.count;
    memcpy(areas, painter->painted.list, (size_t)count * sizeof areas[0]);
    painter->painted.count = 0;
    return count;
}

/* ---- Items */

static int px(const struct scene *scene, float units)
{
    return (int)lroundf(units * scene->layout.u);
}

static struct area px_area(const struct scene *scene, struct rect rect)
{
    int x = px(scene, rect.x), y = px(scene, rect.y);
    return (struct area){x, y, px(scene, rect.x + rect.w) - x, px(scene, rect.y + rect.h) - y};
}

static struct area box_area(const struct scene *scene, const struct item *item)
{
    struct area area = px_area(scene, item->rect);
    if (area.w == 0 && item->rect.w > 0) area.w = 1; /* hairlines stay */
    if (area.h == 0 && item->rect.h > 0) area.h = 1;
    return area;
}

/* A line of text, and where it stands. */
static const struct mask *text_mask(struct painter *painter, const struct scene *scene, const struct item *item,
                                    struct area *area)
{
    int                size_px = px(scene, item->size_u > 0 ? item->size_u : type_u(item->type)), baseline;
    float              u = scene->layout.u, x = item->rect.x * u;
    float              base = (item->rect.y + item->rect.h / 2) * u + 0.38f * (float)size_px;
    const struct mask *mask = masks_text(painter->masks, item->text, size_px, item->is_bold, &baseline);
    if (item->align == ALIGN_CENTRE) x += (item->rect.w * u - (float)mask->width) / 2;
    if (item->align == ALIGN_RIGHT) x += item->rect.w * u - (float)mask->width;
    *area = (struct area){(int)lroundf(x), (int)lroundf(base) - baseline, mask->width, mask->height};
    return mask;
}

static struct area item_area(struct painter *painter, const struct scene *scene, const struct item *item)
{
    struct area area = {0};
    switch (item->kind) {
    case ITEM_BOX: return box_area(scene, item);
    case ITEM_SHAPE: return px_area(scene, item->rect);
    case ITEM_TEXT: text_mask(painter, scene, item, &area); break;
    }
    return area;
}

static void box_fill(struct painter *painter, struct canvas *canvas, struct area area, int radius, uint32_t rgb)
{
    int most = (area.w < area.h ? area.w : area.h) / 2;
    if (radius > most) radius = most;
    if (radius > 0)
        canvas_round(canvas, area, masks_shape(painter->masks, SHAPE_CORNER, radius, radius), rgb);
    else
        canvas_fill(canvas, area, rgb);
}

static void box_paint(struct painter *painter, struct canvas *canvas, const struct scene *scene,
                      const struct item *item)
{
    struct area area = box_area(scene, item);
    int         radius = px(scene, item->radius_u);
    int         border = item->border == COLOUR_NONE ? 0 : px(scene, item->border_u);
    if (border > 0) {
        box_fill(painter, canvas, area, radius, colour_rgb(scene->theme, item->border));
        area = (struct area){area.x + border, area.y + border, area.w - 2 * border, area.h - 2 * border};
        radius = radius > border ? radius - border : 0;
    }
    if (item->colour != COLOUR_NONE) box_fill(painter, canvas, area, radius, colour_rgb(scene->theme, item->colour));
}

static void item_paint(struct painter *painter, struct canvas *canvas, const struct scene *scene,
                       const struct item *item)
{
    uint32_t           rgb = colour_rgb(scene->theme, item->colour);
    struct area        area;
    const struct mask *mask;
    switch (item->kind) {
    case ITEM_BOX: box_paint(painter, canvas, scene, item); break;
    case ITEM_TEXT:
        mask = text_mask(painter, scene, item, &area);
        canvas_blend(canvas, mask, area.x, area.y, TURN_NONE, rgb);
        break;
    case ITEM_SHAPE:
        area = px_area(scene, item->rect);
        if (area_is_empty(area)) break;
        mask = masks_shape(painter->masks, item->shape, area.w, area.h);
        canvas_blend(canvas, mask, area.x, area.y, TURN_NONE, rgb);
        break;
    }
}

/* ---- Scenes */

static bool rect_is(const struct rect *a, const struct rect *b)
{
    return a->x == b->x && a->y == b->y && a->w == b->w && a->h == b->h;
}

static bool text_is(const struct item *a, const struct item *b)
{
    return a->type == b->type && a->size_u == b->size_u && a->is_bold == b->is_bold && a->align == b->align &&
           a->ground == b->ground && strcmp(a->text, b->text) == 0;
}

static bool item_is(const struct item *a, const struct item *b)
{
    return a->kind == b->kind && rect_is(&a->rect, &b->rect) && a->colour == b->colour && a->border == b->border &&
           a->border_u == b->border_u && a->radius_u == b->radius_u && a->shape == b->shape && text_is(a, b);
}

/* What differs; both are walked from either end, since a scene with more or fewer items has them in one place. */
static void scene_compare(struct painter *painter, const struct scene *scene, struct areas *changed)
{
    struct area areas[ITEMS_MAX];
    int         was_end = painter->item_count, end = scene->item_count, begin = 0;
    while (begin < was_end && begin < end && item_is(&painter->items[begin], &scene->items[begin])) begin++;
    while (begin < was_end && begin < end && item_is(&painter->items[was_end - 1], &scene->items[end - 1]))
        was_end--, end--;
    for (int i = begin; i < was_end || i < end; i++) {
        bool is_both = i < was_end && i < end;
        if (is_both && item_is(&painter->items[i], &scene->items[i])) {
            areas[i] = painter->areas[i];
            continue;
        }
        if (i < was_end) areas_add(changed, painter->areas[i]);
        if (i >= end) continue;
        areas[i] = item_area(painter, scene, &scene->items[i]);
        areas_add(changed, areas[i]);
    }
    size_t rest = (size_t)(scene->item_count - end);
    memmove(&painter->areas[end], &painter->areas[was_end], rest * sizeof areas[0]);
    if (end > begin) memcpy(&painter->areas[begin], &areas[begin], (size_t)(end - begin) * sizeof areas[0]);
}

static void scene_areas(struct painter *painter, const struct scene *scene)
{
    for (int i = 0; i < scene->item_count; i++) painter->areas[i] = item_area(painter, scene, &scene->items[i]);
}

static bool is_comparable(const struct painter *painter, const struct scene *scene)
{
    return painter->is_known && painter->theme == scene->theme && painter->ground == scene->ground &&
           painter->layout.u == scene->layout.u && painter->layout.w == scene->layout.w &&
           painter->layout.h == scene->layout.h;
}

static void scene_keep(struct painter *painter, const struct scene *scene)
{
    painter->is_known = true;
    painter->theme = scene->theme;
    painter->ground = scene->ground;
    painter->layout = scene->layout;
    painter->item_count = scene->item_count;
    memcpy(painter->items, scene->items, (size_t)scene->item_count * sizeof scene->items[0]);
}

static void area_paint(struct painter *painter, struct canvas *canvas, const struct scene *scene, struct area area)
{
    canvas_clip(canvas, area);
    canvas_fill(canvas, area, colour_rgb(scene->theme, scene->ground));
    for (int i = 0; i < scene->item_count; i++)
        if (!area_is_empty(area_meet(painter->areas[i], canvas->clip)))
            item_paint(painter, canvas, scene, &scene->items[i]);
    areas_add(&painter->painted, canvas->clip);
}

void painter_paint(struct painter *painter, struct canvas *canvas, const struct scene *scene)
{
    struct areas changed = {0};
    if (is_comparable(painter, scene)) {
        scene_compare(painter, scene, &changed);
    } else {
        scene_areas(painter, scene);
        areas_add(&changed, (struct area){0, 0, canvas->width, canvas->height});
    }
    for (int i = 0; i < changed.count; i++) area_paint(painter, canvas, scene, changed.list[i]);
    scene_keep(painter, scene);
}
