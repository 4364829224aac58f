/* uri_fuzz.c - any text is the target of a request or is refused; what is taken decodes to a path without surprises.
 * links: server_http core */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "server/http/uri.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* As the library below us decodes it: the path alone. The end is where it stopped: a NUL in it would show as a gap. */
static size_t path_decode(const char *uri, char *path)
{
    size_t used = 0;
    for (const char *at = uri; *at != 0 && *at != '?'; at++) {
        char hex[3] = {0};
        if (*at == '%') {
            memcpy(hex, at + 1, 2);
            at += 2;
        }
        path[used++] = hex[0] != 0 ? (char)strtol(hex, NULL, 16) : *at;
    }
    path[used] = 0;
    return used;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    char *uri = calloc(1, len + 1), *path = calloc(1, len + 1);
    assert(uri != NULL && path != NULL);
    if (len > 0) memcpy(uri, bytes, len);
    if (uri_is_good(uri)) {
        size_t used = path_decode(uri, path);
        assert(strlen(path) == used && path[0] == '/');
        for (size_t i = 0; i < used; i++) assert((uint8_t)path[i] >= ' ' && path[i] != '\\' && path[i] != 0x7F);
        for (size_t at = 0, step; uri_path_is_good(path) && at < used; at += step) {
            step = utf8_len(path + at, used - at);
            assert(step > 0 && strncmp(path + at, "..", 2) != 0);
        }
    }
    free(path);
    free(uri);
    return 0;
}
