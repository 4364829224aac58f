/* buf.h - bytes that grow. Zero-initialised is empty; buf_free() takes it back there.
 *
 * Running out of memory ends the program (the kiosk and the server are made to be killed at any moment), so callers
 * need no check after each append. A NUL that isn't counted always follows the bytes. */
#ifndef CORE_BUF_H
#define CORE_BUF_H

#include <stddef.h>
#include <stdint.h>

struct buf {
    char  *bytes; /* NULL while empty and never used */
    size_t len;
    size_t cap;
};

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_str(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_int(struct buf *buf, int64_t number);
void buf_hex(struct buf *buf, const void *bytes, size_t len); /* lower case */
void buf_fmt(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for len more bytes, for readers that fill it themselves; add to buf->len what was filled. */
char *buf_room(struct buf *buf, size_t len);

void buf_clear(struct buf *buf); /* keeps the memory */
void buf_free(struct buf *buf);

/* The bytes as text, "" when never used. Valid until the next change. */
const char *buf_text(const struct buf *buf);

#endif
