/* picture.c - a picture of the screen as a PNG file: picture.h. */
#include "kiosk/screen/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "core/buf.h"

static void buf_word(struct buf *buf, uint32_t word)
{
    uint8_t bytes[4] = {(uint8_t)(word >> 24), (uint8_t)(word >> 16), (uint8_t)(word >> 8), (uint8_t)word};
    buf_add(buf, bytes, sizeof bytes);
}

static void buf_chunk(struct buf *buf, const char kind[5], const void *bytes, size_t len)
{
    buf_word(buf, (uint32_t)len);
    size_t from = buf->len;
    buf_add(buf, kind, 4);
    buf_add(buf, bytes, len);
    buf_word(buf, (uint32_t)crc32(0, (const Bytef *)buf->bytes + from, (uInt)(buf->len - from)));
}

static void buf_header(struct buf *buf, int width, int height)
{
    struct buf head = {0};
    buf_word(&head, (uint32_t)width);
    buf_word(&head, (uint32_t)height);
    buf_add(&head, "\x08\x02\x00\x00\x00", 5); /* 8 bits, RGB, deflate, filters, not interlaced */
    buf_add(buf, "\x89PNG\r\n\x1A\n", 8);
    buf_chunk(buf, "IHDR", head.bytes, head.len);
    buf_free(&head);
}

/* Each row begins with its filter; plain areas shrink well enough without one. */
static void buf_rows(struct buf *buf, const uint8_t *rgb, int width, int height)
{
    struct buf rows = {0};
    size_t     row = (size_t)width * 3;
    for (int y = 0; y < height; y++) {
        buf_char(&rows, 0);
        buf_add(&rows, rgb + (size_t)y * row, row);
    }
    uLongf len = compressBound((uLong)rows.len);
    Bytef *packed = malloc(len);
    if (packed == NULL || compress2(packed, &len, (const Bytef *)rows.bytes, (uLong)rows.len, 1) != Z_OK) abort();
    buf_chunk(buf, "IDAT", packed, len);
    free(packed);
    buf_free(&rows);
}

bool picture_write(const char *path, const uint8_t *rgb, int width, int height, struct err *err)
{
    struct buf png = {0};
    FILE      *file = fopen(path, "wb");
    if (file == NULL) return err_set(err, ERR_IO, say_text(SAY("window.picture"), path));
    buf_header(&png, width, height);
    buf_rows(&png, rgb, width, height);
    buf_chunk(&png, "IEND", "", 0);
    bool is_written = fwrite(png.bytes, 1, png.len, file) == png.len;
    is_written = fclose(file) == 0 && is_written;
    buf_free(&png);
    return is_written || err_set(err, ERR_IO, say_text(SAY("window.picture"), path));
}
