/* paint.h - scenes made pixels, and no more of them than have changed since the last one. */
#ifndef KIOSK_SCREEN_PAINT_H
#define KIOSK_SCREEN_PAINT_H

#include "kiosk/screen/canvas.h"
#include "kiosk/screen/glyphs.h"
#include "kiosk/screen/scene.h"

struct painter;

struct painter *painter_new(struct glyphs *glyphs);    /* glyphs: the caller's, and outlives this */
void            painter_free(struct painter *painter); /* takes NULL */

/* The pixels are no longer those that were painted last. */
void painter_forget(struct painter *painter);

/* Makes the canvas show the scene. Unless told to forget, it is the one of the last time, as that left it. */
void painter_paint(struct painter *painter, struct canvas *canvas, const struct scene *scene);

/* Which pixels were painted since this was asked last; returns how many areas. */
enum { PAINTED_MAX = 12 };
int painter_painted(struct painter *painter, struct area areas[PAINTED_MAX]);

#endif
