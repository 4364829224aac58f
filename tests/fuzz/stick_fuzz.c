/* stick_fuzz.c - any bytes as the file on a kiosk's stick: said to be cut or altered, and taken for whole only where its last
 * line counts and hashes what stands before it.
 * links: server_top server_care server_show server_http server_take server_books server_ask server_bring server_judge labels core */
#include <assert.h>
#include <string.h>

#include "core/chain.h"
#include "server/stick.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* The same with an end that is true: it is whole, and no longer once a byte is another. */
static void whole_check(const uint8_t *bytes, size_t len)
{
    struct buf whole = {0};
    struct err err = {0};
    int64_t    lines = 0;
    char       text[HASH_TEXT];
    buf_add(&whole, bytes, len);
    if (len > 0 && bytes[len - 1] != '\n') buf_char(&whole, '\n');
    for (size_t at = 0; at < whole.len; at++)
        if (whole.bytes[at] == '\n' && at > 0 && whole.bytes[at - 1] != '\n') lines++;
    struct hash sum = hash_of(whole.bytes, whole.len);
    size_t      before = whole.len;
    hash_write(&sum, text);
    buf_fmt(&whole, "{\"end\":%lld,\"sum\":\"%s\"}\n", (long long)lines, text);
    struct stick_file file = {buf_text(&whole), whole.len};
    bool              is_whole = stick_check(&file, &err);
    assert(is_whole);
    if (before > 0) whole.bytes[before / 2] ^= 4;
    assert(before == 0 || !stick_check(&file, &err));
    (void)is_whole;
    buf_free(&whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct err        err = {0};
    struct stick_file file = {(const char *)bytes, len};
    if (len == 0) return 0;
    if (!stick_check(&file, &err)) assert(err.kind == ERR_INPUT && err.say.id[0] != 0);
    if (memmem(bytes, len, "end", 3) == NULL && memchr(bytes, '\\', len) == NULL) whole_check(bytes, len);
    return 0;
}
