/* layout.c - places on the screen, in units: layout.h. */
#include "kiosk/screen/layout.h"

enum { SHORT_SIDE_UNITS = 60, LONG_SIDE_UNITS = 96, ROWS = 3 };

#define ROW_STEP_U 13.5f
#define ROW_STEP_RIBBON_U 13.0f
#define MARGIN_RIBBON_U 1.0f

struct layout layout_of(int width_px, int height_px)
{
    struct layout layout = {.is_portrait = height_px > width_px};
    int long_px = layout.is_portrait ? height_px : width_px, short_px = layout.is_portrait ? width_px : height_px;
    layout.u = (float)short_px / SHORT_SIDE_UNITS;
    if ((float)long_px / layout.u < LONG_SIDE_UNITS)
        layout.u = (float)long_px / LONG_SIDE_UNITS; /* an old 4:3 display */
    layout.w = (float)width_px / layout.u;
    layout.h = (float)height_px / layout.u;
    layout.columns = layout.is_portrait ? 4 : 6;
    layout.column = (layout.w - 2 * MARGIN_U - (float)(layout.columns - 1) * GUTTER_U) / (float)layout.columns;
    layout.head = layout.is_portrait ? 17 : 10;
    return layout;
}

void layout_ribbon(struct layout *layout)
{
    layout->ribbon = RIBBON_U;
    layout->head += RIBBON_U;
}

float layout_x(const struct layout *layout, int column)
{
    return MARGIN_U + (float)column * (layout->column + GUTTER_U);
}

float layout_w(const struct layout *layout, int columns)
{
    return (float)columns * layout->column + (float)(columns - 1) * GUTTER_U;
}

struct rect layout_cell(const struct layout *layout, int column, int columns, int row, int rows)
{
    bool  is_close = layout->ribbon > 0;
    float step = is_close ? ROW_STEP_RIBBON_U : ROW_STEP_U, margin = is_close ? MARGIN_RIBBON_U : MARGIN_U;
    float y = layout->h - ROW_U - margin - (float)(ROWS - 1 - row) * step;
    return RECT(layout_x(layout, column), y, layout_w(layout, columns), (float)(rows - 1) * step + ROW_U);
}

struct rect rect_inset(struct rect rect, float x, float y)
{
    return RECT(rect.x + x, rect.y + y, rect.w - 2 * x, rect.h - 2 * y);
}

bool rect_holds(struct rect rect, float x, float y)
{
    return x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h;
}
