/* masks.h - masks of coverage made once and kept: shapes of a size, lines of text. */
#ifndef KIOSK_SCREEN_MASKS_H
#define KIOSK_SCREEN_MASKS_H

#include "kiosk/screen/glyphs.h"
#include "kiosk/screen/path.h"

struct masks;

struct masks *masks_new(struct glyphs *glyphs); /* glyphs: the caller's, and outlives this */
void          masks_free(struct masks *masks);  /* takes NULL */

/* Valid until the next call of either. A line of text that shows nothing has a mask of no width. */
const struct mask *masks_shape(struct masks *masks, enum shape shape, int width, int height);
const struct mask *masks_text(struct masks *masks, const char *text, int size_px, bool is_bold, int *baseline);

#endif
