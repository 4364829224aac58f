/* buf.c - bytes that grow: core/buf.h. */
#include "core/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *grow(struct buf *buf, size_t len)
{
    if (len >= SIZE_MAX / 2 - buf->len) abort();
    size_t need = buf->len + len + 1;
    if (need > buf->cap) {
        size_t cap = buf->cap < 256 ? 256 : buf->cap; /* most become some hundred bytes long */
        while (cap < need) cap *= 2;
        char *bytes = realloc(buf->bytes, cap);
        if (bytes == NULL) abort();
        buf->bytes = bytes;
        buf->cap = cap;
    }
    return buf->bytes + buf->len;
}

/* Room for len more bytes and their NUL: nearly always it is there. */
static inline char *room_for(struct buf *buf, size_t len)
{
    return len < buf->cap - buf->len ? buf->bytes + buf->len : grow(buf, len);
}

/* All zero, so that the NUL follows however much of it is filled. */
char *buf_room(struct buf *buf, size_t len)
{
    return memset(room_for(buf, len), 0, len + 1);
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
    char *room = room_for(buf, len);
    if (len > 0) memcpy(room, bytes, len);
    room[len] = 0;
    buf->len += len;
}

void buf_str(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
    char *room = room_for(buf, 1);
    room[0] = c;
    room[1] = 0;
    buf->len++;
}

void buf_int(struct buf *buf, int64_t number)
{
    char     text[24], *end = text + sizeof text, *at = end;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0) *--at = '-';
    buf_add(buf, at, (size_t)(end - at));
}

void buf_hex(struct buf *buf, const void *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t    *from = bytes;
    char             *room = buf_room(buf, 2 * len);
    for (size_t i = 0; i < len; i++) {
        room[2 * i] = digits[from[i] >> 4];
        room[2 * i + 1] = digits[from[i] & 15];
    }
    buf->len += 2 * len;
}

void buf_fmt(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    assert(len >= 0);
    char *room = buf_room(buf, (size_t)len);
    vsnprintf(room, (size_t)len + 1, format, again);
    buf->len += (size_t)len;
    va_end(again);
    va_end(args);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->bytes != NULL) buf->bytes[0] = 0;
}

void buf_free(struct buf *buf)
{
    free(buf->bytes);
    *buf = (struct buf){0};
}

const char *buf_text(const struct buf *buf)
{
    return buf->bytes != NULL ? buf->bytes : "";
}
