/* canvas_test.c - pixels against a slow reference by dice: every pixel is asked for on its own, in real numbers.
 *
 * links: kiosk_screen */
#include "kiosk/screen/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/dice.h"
#include "tests/unit/rows.h"

enum {
    CASES = 4000,
    SIDE_MOST = 40,
    MASK_MOST = 30,
    STRIDE = SIDE_MOST + 3,
    ROWS = SIDE_MOST + 2,   /* one above and one below that nobody may touch */
    UNTOUCHED = 0x55AA5511, /* what lies outside */
    WHOLE = 255,
    NEAR = 1
};

static uint32_t is_now[ROWS][STRIDE], was[ROWS][STRIDE];
static uint8_t  bytes[MASK_MOST * MASK_MOST];

static struct canvas canvas_new(uint64_t *dice)
{
    struct canvas canvas = {.stride = STRIDE, .pixels = &is_now[1][1]};
    canvas.width = (int)dice_between(dice, 1, SIDE_MOST);
    canvas.height = (int)dice_between(dice, 1, SIDE_MOST);
    for (int y = 0; y < ROWS; y++)
        for (int x = 0; x < STRIDE; x++) {
            bool is_inside = x >= 1 && y >= 1 && x <= canvas.width && y <= canvas.height;
            was[y][x] = is_now[y][x] = is_inside ? (uint32_t)dice_next(dice) & 0xFFFFFF : UNTOUCHED;
        }
    return canvas;
}

/* Often larger than the canvas, beside it, or nothing. */
static struct area area_any(uint64_t *dice)
{
    return (struct area){(int)dice_between(dice, -SIDE_MOST, SIDE_MOST), (int)dice_between(dice, -SIDE_MOST, SIDE_MOST),
                         (int)dice_between(dice, -2, 2 * SIDE_MOST), (int)dice_between(dice, -2, 2 * SIDE_MOST)};
}

/* Runs of nothing and of all, as in text, and edges between. */
static struct mask mask_any(uint64_t *dice, int width, int height)
{
    for (int i = 0; i < width * height;) {
        int64_t kind = dice_between(dice, 0, 2), run = dice_between(dice, 1, 2 * 8);
        for (; run > 0 && i < width * height; run--)
            bytes[i++] = kind == 0 ? 0 : kind == 1 ? WHOLE : (uint8_t)dice_next(dice);
    }
    return (struct mask){width, height, bytes};
}

static bool area_holds(struct area area, int x, int y)
{
    return x >= area.x && y >= area.y && x < area.x + area.w && y < area.y + area.h;
}

static void check_near(uint32_t under, uint32_t rgb, int cover, uint32_t is)
{
    for (int shift = 0; shift < 24; shift += 8) {
        double a = (double)(rgb >> shift & 0xFF), b = (double)(under >> shift & 0xFF), c = (double)(is >> shift & 0xFF);
        double mixed = (a * cover + b * (WHOLE - cover)) / WHOLE;
        if (cover == 0) assert_true(c == b);
        if (cover == WHOLE) assert_true(c == a);
        assert_true(fabs(mixed - c) <= NEAR);
    }
    assert_int_equal(is >> 24, 0);
}

/* Each pixel of the canvas and around it: cover says how much of the colour it has. */
static void check_all(const struct canvas *canvas, uint32_t rgb, int (*cover)(const void *self, int x, int y),
                      const void *self)
{
    for (int y = -1; y < ROWS - 1; y++)
        for (int x = -1; x < STRIDE - 1; x++) {
            bool is_inside = x >= 0 && y >= 0 && x < canvas->width && y < canvas->height;
            if (is_inside && area_holds(canvas->clip, x, y))
                check_near(was[y + 1][x + 1], rgb, cover(self, x, y), is_now[y + 1][x + 1]);
            else
                assert_int_equal(is_now[y + 1][x + 1], was[y + 1][x + 1]);
        }
}

static int cover_area(const void *self, int x, int y)
{
    return area_holds(*(const struct area *)self, x, y) ? WHOLE : 0;
}

static void test_fill(void **state)
{
    uint64_t dice = 1;
    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct canvas canvas = canvas_new(&dice);
        struct area   area = area_any(&dice);
        uint32_t      rgb = (uint32_t)dice_next(&dice) & 0xFFFFFF;
        canvas_clip(&canvas, area_any(&dice));
        canvas_fill(&canvas, area, rgb);
        check_all(&canvas, rgb, cover_area, &area);
    }
}

struct laid {
    const struct mask *mask;
    int                x, y;
    enum canvas_turn   turn;
};

static int cover_mask(const void *self, int x, int y)
{
    const struct laid *laid = self;
    int                column = x - laid->x, row = y - laid->y, w = laid->mask->width, h = laid->mask->height;
    if (column < 0 || row < 0 || column >= w || row >= h) return 0;
    if (laid->turn == TURN_X || laid->turn == TURN_XY) column = w - 1 - column;
    if (laid->turn == TURN_Y || laid->turn == TURN_XY) row = h - 1 - row;
    return laid->mask->bytes[row * w + column];
}

static void test_blend(void **state)
{
    uint64_t dice = 2;
    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct canvas canvas = canvas_new(&dice);
        struct mask   mask =
            mask_any(&dice, (int)dice_between(&dice, 1, MASK_MOST), (int)dice_between(&dice, 1, MASK_MOST));
        struct area at = area_any(&dice);
        struct laid laid = {&mask, at.x, at.y, (enum canvas_turn)dice_between(&dice, TURN_NONE, TURN_XY)};
        uint32_t    rgb = (uint32_t)dice_next(&dice) & 0xFFFFFF;
        canvas_clip(&canvas, i % 2 == 0 ? (struct area){0, 0, SIDE_MOST, SIDE_MOST} : area_any(&dice));
        canvas_blend(&canvas, &mask, at.x, at.y, laid.turn, rgb);
        check_all(&canvas, rgb, cover_mask, &laid);
    }
}

struct rounded {
    const struct mask *corner;
    struct area        area;
};

/* What isn't in a corner is filled; each corner is the first one, seen in a mirror. */
static int cover_round(const void *self, int x, int y)
{
    const struct rounded *rounded = self;
    if (!area_holds(rounded->area, x, y)) return 0;
    int column = x - rounded->area.x, row = y - rounded->area.y, w = rounded->corner->width;
    int back = rounded->area.w - 1 - column, up = rounded->area.h - 1 - row;
    if (back < column) column = back;
    if (up < row) row = up;
    return column < w && row < rounded->corner->height ? rounded->corner->bytes[row * w + column] : WHOLE;
}

static void test_round(void **state)
{
    uint64_t dice = 3;
    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct canvas canvas = canvas_new(&dice);
        struct area   area = area_any(&dice);
        int           w = (int)dice_between(&dice, 1, 8), h = (int)dice_between(&dice, 1, 8);
        struct mask   corner = mask_any(&dice, w, h);
        uint32_t      rgb = (uint32_t)dice_next(&dice) & 0xFFFFFF;
        if (area.w < 2 * w) area.w = 2 * w;
        if (area.h < 2 * h) area.h = 2 * h;
        struct rounded rounded = {&corner, area};
        canvas_clip(&canvas, area_any(&dice));
        canvas_round(&canvas, area, &corner, rgb);
        check_all(&canvas, rgb, cover_round, &rounded);
    }
}

/* ---- Areas */

static void test_areas(void **state)
{
    uint64_t dice = 4;
    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct area a = area_any(&dice), b = area_any(&dice), meet = area_meet(a, b), join = area_join(a, b);
        bool        is_both = false;
        for (int y = -SIDE_MOST; y < 3 * SIDE_MOST; y++)
            for (int x = -SIDE_MOST; x < 3 * SIDE_MOST; x++) {
                bool in_a = area_holds(a, x, y), in_b = area_holds(b, x, y);
                is_both |= in_a && in_b;
                if (area_holds(meet, x, y) != (in_a && in_b)) fail();
                if ((in_a || in_b) && !area_holds(join, x, y)) fail();
            }
        assert_int_equal(area_is_empty(meet), !is_both);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fill),
        cmocka_unit_test(test_blend),
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_areas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
