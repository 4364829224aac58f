/* paint_test.c - scenes that change by dice: painting what has changed leaves the same pixels as painting all of it, and
 * tells of each pixel that is another.
 *
 * links: kiosk_screen kiosk_flow core */
#include "kiosk/screen/paint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/screen/glyphs.h"
#include "tests/unit/rows.h"

enum { WIDTH = 320, HEIGHT = 240, STEPS = 1500, ITEMS_MOST = 40 };

static struct glyphs *glyphs;
static uint32_t       parts[HEIGHT * WIDTH], whole[HEIGHT * WIDTH], before[HEIGHT * WIDTH];
static struct scene   scene;

static struct canvas canvas_of(uint32_t *pixels)
{
    return (struct canvas){.width = WIDTH, .height = HEIGHT, .stride = WIDTH, .pixels = pixels};
}

static float units(uint64_t *dice, int least, int most)
{
    return (float)dice_between(dice, 10 * least, 10 * most) / 10;
}

static void item_roll(uint64_t *dice, struct item *item)
{
    static const char *const TEXTS[] = {"", "12", "防火门", "Welding, 3 of 5", "已保存", "g"};
    memset(item, 0, sizeof *item);
    item->kind = (enum item_kind)dice_between(dice, ITEM_BOX, ITEM_SHAPE);
    item->rect = RECT(units(dice, -10, 80), units(dice, -10, 60), units(dice, 0, 30), units(dice, 0, 20));
    item->colour = (enum colour)dice_between(dice, COLOUR_GROUND, COLOUR_SIGN);
    item->border = COLOUR_NONE;
    switch (item->kind) {
    case ITEM_BOX:
        item->radius_u = units(dice, 0, 3);
        if (dice_between(dice, 0, 1) == 0) item->border = COLOUR_LINE;
        if (dice_between(dice, 0, 3) == 0) item->colour = COLOUR_NONE;
        item->border_u = units(dice, 0, 2);
        break;
    case ITEM_TEXT:
        item->type = (enum type)dice_between(dice, TYPE_XS, TYPE_XL);
        item->is_bold = dice_between(dice, 0, 1) == 0;
        item->align = (enum align)dice_between(dice, ALIGN_LEFT, ALIGN_RIGHT);
        snprintf(item->text, sizeof item->text, "%s", TEXTS[dice_between(dice, 0, 5)]);
        break;
    case ITEM_SHAPE: item->shape = (enum shape)dice_between(dice, SHAPE_NONE + 1, SHAPE_SIGNS); break;
    }
}

static void item_insert(uint64_t *dice)
{
    int at = (int)dice_between(dice, 0, scene.item_count);
    if (scene.item_count == ITEMS_MOST) return;
    memmove(&scene.items[at + 1], &scene.items[at], (size_t)(scene.item_count - at) * sizeof scene.items[0]);
    scene.item_count++;
    item_roll(dice, &scene.items[at]);
}

static void item_remove(uint64_t *dice)
{
    if (scene.item_count == 0) return;
    int at = (int)dice_between(dice, 0, scene.item_count - 1);
    scene.item_count--;
    memmove(&scene.items[at], &scene.items[at + 1], (size_t)(scene.item_count - at) * sizeof scene.items[0]);
}

/* As from one screen to the next: mostly a few items, now and then all of them, or the ground. */
static void scene_change(uint64_t *dice)
{
    for (int64_t changes = dice_between(dice, 0, 4); changes > 0; changes--) {
        switch (dice_between(dice, 0, 9)) {
        case 0:
        case 1:
        case 2: item_insert(dice); break;
        case 3:
        case 4: item_remove(dice); break;
        case 5: scene.ground = (enum colour)dice_between(dice, COLOUR_GROUND, COLOUR_SIGN); break;
        case 6: scene.theme = (enum theme)dice_between(dice, THEME_LIGHT, THEME_DARK); break;
        case 7: scene.item_count = (int)dice_between(dice, 0, scene.item_count); break;
        default:
            if (scene.item_count > 0) item_roll(dice, &scene.items[dice_between(dice, 0, scene.item_count - 1)]);
        }
    }
}

static void check_told(struct painter *painter)
{
    struct area areas[PAINTED_MAX];
    int         count = painter_painted(painter, areas);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            bool is_told = false;
            for (int i = 0; i < count; i++) is_told |= !area_is_empty(area_meet(areas[i], (struct area){x, y, 1, 1}));
            if (!is_told && before[y * WIDTH + x] != parts[y * WIDTH + x]) fail_msg("nobody was told of %d, %d", x, y);
        }
}

static void test_changes(void **state)
{
    struct painter *painter = painter_new(glyphs), *other = painter_new(glyphs);
    struct canvas   canvas = canvas_of(parts), all = canvas_of(whole);
    struct area     areas[PAINTED_MAX];
    uint64_t        dice = 7;
    (void)state;
    scene.layout = layout_of(WIDTH, HEIGHT);
    for (int step = 0; step < STEPS; step++) {
        scene_change(&dice);
        painter_paint(painter, &canvas, &scene);
        painter_forget(other);
        painter_paint(other, &all, &scene);
        if (memcmp(parts, whole, sizeof parts) != 0) fail_msg("step %d: the parts aren't the whole", step);
        if (dice_between(&dice, 0, 1) == 0) continue; /* several are told of at once */
        check_told(painter);
        memcpy(before, parts, sizeof before);
        painter_paint(painter, &canvas, &scene);
        assert_int_equal(painter_painted(painter, areas), 0);
    }
    painter_free(other);
    painter_free(painter);
}

static int shop_open(void **state)
{
    struct err err;
    (void)state;
    return glyphs_open(&glyphs, &err) ? 0 : -1;
}

static int shop_close(void **state)
{
    (void)state;
    glyphs_close(glyphs);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_changes)};
    return cmocka_run_group_tests(tests, shop_open, shop_close);
}
