/* state_fuzz.c - any bytes as what a kiosk asks for when it wants to know what changed: read within its bounds, or no such
 * request.
 * links: server_take core */
#include <assert.h>
#include <string.h>

#include "core/utf8.h"
#include "server/take/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct take_request request = {.method = "POST", .path = "/kiosk/1/feed", .body = (const char *)bytes, .len = len};
    struct feed_state   state;
    if (!feed_state_read(&request, &state)) return 0;
    assert(state.from >= 0 && state.waiting >= -1 && state.free_mb >= -1);
    assert(state.has_scanner >= -1 && state.has_scanner <= 1);
    size_t said = strnlen(state.version, sizeof state.version);
    assert(said < sizeof state.version);
    for (size_t i = 0; i < said; i++) assert((uint8_t)state.version[i] >= ' ');
    return 0;
}
