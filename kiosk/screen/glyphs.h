/* glyphs.h - the two faces of the kiosk: how wide text is, and its picture. The door to SDL_ttf. */
#ifndef KIOSK_SCREEN_GLYPHS_H
#define KIOSK_SCREEN_GLYPHS_H

#include <stdint.h>

#include "core/err.h"
#include "kiosk/screen/scene.h"

struct glyphs;

bool glyphs_open(struct glyphs **glyphs, struct err *err) MUST_CHECK;
void glyphs_close(struct glyphs *glyphs); /* takes NULL */

/* For scene_build(); lives as long as glyphs. */
const struct measure *glyphs_measure(const struct glyphs *glyphs);

/* One line of text as coverage, size_px high: the caller frees *bytes. baseline: rows from the top. False where there
 * is nothing to draw. */
struct glyphs_line {
    int      width, height, baseline;
    uint8_t *bytes; /* width * height, 0..255 */
};
bool glyphs_draw(struct glyphs *glyphs, const char *text, int size_px, bool is_bold, struct glyphs_line *line);

#endif
