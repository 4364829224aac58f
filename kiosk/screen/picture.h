/* picture.h - a picture of the screen as a PNG file. The door to zlib. */
#ifndef KIOSK_SCREEN_PICTURE_H
#define KIOSK_SCREEN_PICTURE_H

#include <stdint.h>

#include "core/err.h"

/* rgb: width * height * 3 bytes, rows from the top. */
bool picture_write(const char *path, const uint8_t *rgb, int width, int height, struct err *err) MUST_CHECK;

#endif
