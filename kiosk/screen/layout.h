/* layout.h - places on the screen, in units: one unit is a sixtieth of the short side, so one layout fits every size; on
 * displays that are nearer to square, a ninety-sixth of the long one.
 *
 * Landscape is 60 units high and about 100 wide: header 0-10, head 10-20, three touch rows of 10 at 20, 33.5 and 47, six
 * columns. Portrait is 60 wide: header 0-17, touch rows counted from below, four columns. */
#ifndef KIOSK_SCREEN_LAYOUT_H
#define KIOSK_SCREEN_LAYOUT_H

#include <stdbool.h>

struct rect {
    float x, y, w, h;
};

#define RECT(x, y, w, h) ((struct rect){(x), (y), (w), (h)})

#define MARGIN_U 3.0f
#define GUTTER_U 3.0f
#define ROW_U 10.0f
#define RIBBON_U 4.0f

struct layout {
    float u;    /* pixels of a unit */
    float w, h; /* units */
    bool  is_portrait;
    int   columns;
    float column; /* width of one */
    float head;   /* where the header ends, and the ribbon below it */
    float ribbon; /* height of the ribbon; 0 = none */
};

struct layout layout_of(int width_px, int height_px);

/* Makes room for a ribbon below the header: the touch rows stand closer together, and lower. */
void layout_ribbon(struct layout *layout);

/* Left edge of a column; one that spans several, at a touch row 0..2 of which the last is the lowest, rows high. */
float       layout_x(const struct layout *layout, int column);
float       layout_w(const struct layout *layout, int columns);
struct rect layout_cell(const struct layout *layout, int column, int columns, int row, int rows);

struct rect rect_inset(struct rect rect, float x, float y);
bool        rect_holds(struct rect rect, float x, float y);

#endif
