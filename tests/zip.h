/* zip.h - a zip file in memory for tests: parts one after the other, stored or deflated, with their sizes as they are or
 * as somebody claims. Needs zlib. */
#ifndef TESTS_ZIP_H
#define TESTS_ZIP_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "core/buf.h"

struct zip {
    struct buf bytes, directory;
    unsigned   count;
};

static inline void zip_number(struct buf *out, uint64_t number, int size)
{
    for (int i = 0; i < size; i++) buf_char(out, (char)(number >> 8 * i & 0xFF));
}

/* What local and central header have in common; claimed: the size it says it has inflated. */
static inline void zip_head(struct buf *out, unsigned flags, int method, uLong crc, size_t packed, size_t claimed,
                            size_t name)
{
    zip_number(out, 20, 2);
    zip_number(out, flags, 2);
    zip_number(out, (uint64_t)method, 2);
    zip_number(out, 0, 4); /* time */
    zip_number(out, crc, 4);
    zip_number(out, packed, 4);
    zip_number(out, claimed, 4);
    zip_number(out, name, 2);
    zip_number(out, 0, 2);
}

static inline void zip_part(struct zip *zip, const char *name, const void *bytes, size_t len, bool is_deflated,
                            size_t claimed, unsigned flags)
{
    size_t   at = zip->bytes.len, packed = len;
    uLong    crc = crc32(0, bytes, (uInt)len);
    z_stream stream = {0};
    Bytef   *out = NULL;
    if (is_deflated) {
        if (deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) abort();
        packed = deflateBound(&stream, len);
        out = malloc(packed);
        stream.next_in = (Bytef *)(uintptr_t)bytes;
        stream.avail_in = (uInt)len;
        stream.next_out = out;
        stream.avail_out = (uInt)packed;
        if (out == NULL || deflate(&stream, Z_FINISH) != Z_STREAM_END) abort();
        packed = stream.total_out;
        deflateEnd(&stream);
    }
    int method = is_deflated ? Z_DEFLATED : 0;
    buf_add(&zip->bytes, "PK\x03\x04", 4);
    zip_head(&zip->bytes, flags, method, crc, packed, claimed, strlen(name));
    buf_str(&zip->bytes, name);
    buf_add(&zip->bytes, is_deflated ? out : bytes, packed);
    free(out);
    buf_add(&zip->directory, "PK\x01\x02\x14\x00", 6);
    zip_head(&zip->directory, flags, method, crc, packed, claimed, strlen(name));
    buf_add(&zip->directory, "\0\0\0\0\0\0\0\0\0\0", 10); /* comment, disk, attributes */
    zip_number(&zip->directory, at, 4);
    buf_str(&zip->directory, name);
    zip->count++;
}

static inline void zip_text(struct zip *zip, const char *name, const char *text)
{
    zip_part(zip, name, text, strlen(text), true, strlen(text), 0);
}

/* The file then stands in zip->bytes. */
static inline void zip_end(struct zip *zip)
{
    size_t at = zip->bytes.len;
    buf_add(&zip->bytes, zip->directory.bytes, zip->directory.len);
    buf_add(&zip->bytes, "PK\x05\x06\0\0\0\0", 8);
    zip_number(&zip->bytes, zip->count, 2);
    zip_number(&zip->bytes, zip->count, 2);
    zip_number(&zip->bytes, zip->directory.len, 4);
    zip_number(&zip->bytes, at, 4);
    zip_number(&zip->bytes, 0, 2);
    buf_free(&zip->directory);
}

#endif
