/* canvas.c - pixels: canvas.h.
 *
 * Text and icons are mostly nothing, and most of the rest is covered whole: eight bytes of a mask are looked at in one
 * go, and only those on an edge are mixed. */
#include "kiosk/screen/canvas.h"

#include <assert.h>
#include <string.h>

enum { STEP = 8 /* bytes of a mask in one look */ };

/* ---- Areas */

bool area_is_empty(struct area area)
{
    return area.w <= 0 || area.h <= 0;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

struct area area_meet(struct area a, struct area b)
{
    int x = most(a.x, b.x), y = most(a.y, b.y);
    return (struct area){x, y, least(a.x + a.w, b.x + b.w) - x, least(a.y + a.h, b.y + b.h) - y};
}

struct area area_join(struct area a, struct area b)
{
    if (area_is_empty(a)) return b;
    if (area_is_empty(b)) return a;
    int x = least(a.x, b.x), y = least(a.y, b.y);
    return (struct area){x, y, most(a.x + a.w, b.x + b.w) - x, most(a.y + a.h, b.y + b.h) - y};
}

/* ---- Rows */

static uint32_t *pixel_at(const struct canvas *canvas, int x, int y)
{
    return canvas->pixels + (size_t)y * (size_t)canvas->stride + (size_t)x;
}

static void row_fill(uint32_t *pixels, int count, uint32_t rgb)
{
    for (int i = 0; i < count; i++) pixels[i] = rgb;
}

/* Red and blue in one multiplication, green in another; 255 is made 256, so that what is covered is the colour itself. */
static uint32_t pixel_mix(uint32_t under, uint32_t rgb, uint32_t cover)
{
    uint32_t part = cover + (cover >> 7), rest = 256 - part;
    uint32_t red_blue = ((rgb & 0xFF00FF) * part + (under & 0xFF00FF) * rest + 0x800080) >> 8;
    uint32_t green = ((rgb & 0x00FF00) * part + (under & 0x00FF00) * rest + 0x008000) >> 8;
    return (red_blue & 0xFF00FF) | (green & 0x00FF00);
}

static void row_mix(uint32_t *pixels, const uint8_t *cover, int count, uint32_t rgb)
{
    for (int i = 0; i < count; i++)
        if (cover[i] != 0) pixels[i] = cover[i] == 255 ? rgb : pixel_mix(pixels[i], rgb, cover[i]);
}

static void row_blend(uint32_t *pixels, const uint8_t *cover, int count, uint32_t rgb)
{
    int i = 0;
    for (; i + STEP <= count; i += STEP) {
        uint64_t eight;
        memcpy(&eight, cover + i, sizeof eight);
        if (eight == 0) continue;
        if (eight == UINT64_MAX)
            row_fill(pixels + i, STEP, rgb);
        else
            row_mix(pixels + i, cover + i, STEP, rgb);
    }
    row_mix(pixels + i, cover + i, count - i, rgb);
}

/* The mask's last byte comes first. */
static void row_blend_back(uint32_t *pixels, const uint8_t *last, int count, uint32_t rgb)
{
    for (int i = 0; i < count; i++) pixels[i] = pixel_mix(pixels[i], rgb, last[-i]);
}

/* ---- What is drawn */

void canvas_clip(struct canvas *canvas, struct area area)
{
    canvas->clip = area_meet(area, (struct area){0, 0, canvas->width, canvas->height});
}

void canvas_fill(struct canvas *canvas, struct area area, uint32_t rgb)
{
    area = area_meet(area, canvas->clip);
    if (area_is_empty(area)) return;
    const uint32_t *first = pixel_at(canvas, area.x, area.y);
    row_fill(pixel_at(canvas, area.x, area.y), area.w, rgb);
    for (int y = area.y + 1; y < area.y + area.h; y++) /* copying is what the C library does fastest everywhere */
        memcpy(pixel_at(canvas, area.x, y), first, (size_t)area.w * sizeof *first);
}

void canvas_blend(struct canvas *canvas, const struct mask *mask, int x, int y, enum canvas_turn turn, uint32_t rgb)
{
    struct area area = area_meet((struct area){x, y, mask->width, mask->height}, canvas->clip);
    if (area_is_empty(area)) return;
    for (int row = area.y; row < area.y + area.h; row++) {
        int            mask_y = (turn & TURN_Y) != 0 ? mask->height - 1 - (row - y) : row - y, mask_x = area.x - x;
        const uint8_t *bytes = mask->bytes + (size_t)mask_y * (size_t)mask->width;
        if ((turn & TURN_X) != 0)
            row_blend_back(pixel_at(canvas, area.x, row), bytes + (mask->width - 1 - mask_x), area.w, rgb);
        else
            row_blend(pixel_at(canvas, area.x, row), bytes + mask_x, area.w, rgb);
    }
}

void canvas_round(struct canvas *canvas, struct area area, const struct mask *corner, uint32_t rgb)
{
    int w = corner->width, h = corner->height, right = area.x + area.w - w, bottom = area.y + area.h - h;
    assert(2 * w <= area.w && 2 * h <= area.h);
    canvas_fill(canvas, (struct area){area.x + w, area.y, area.w - 2 * w, h}, rgb);
    canvas_fill(canvas, (struct area){area.x, area.y + h, area.w, area.h - 2 * h}, rgb);
    canvas_fill(canvas, (struct area){area.x + w, bottom, area.w - 2 * w, h}, rgb);
    canvas_blend(canvas, corner, area.x, area.y, TURN_NONE, rgb);
    canvas_blend(canvas, corner, right, area.y, TURN_X, rgb);
    canvas_blend(canvas, corner, area.x, bottom, TURN_Y, rgb);
    canvas_blend(canvas, corner, right, bottom, TURN_XY, rgb);
}
