/* body_fuzz.c - any bytes are the body of a kiosk's request or are refused in words; what is read is what came, to the
 * byte.
 * links: server_take core */
#include <assert.h>
#include <string.h>

#include "core/event.h"
#include "server/take/batch.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* The lines stand one behind the other up to the end. */
static void lines_check(const struct batch *batch, const char *body, size_t len)
{
    const char *at = (const char *)memchr(body, '\n', len) + 1;
    for (int i = 0; i < batch->count; i++) {
        const struct batch_line *line = &batch->lines[i];
        struct hash              name = hash_of(line->bytes, line->len);
        assert(line->bytes == at && line->len > 0 && line->len <= EVENT_LINE_MAX);
        assert(hash_equal(&name, &line->name) && memchr(line->bytes, '\n', line->len) == NULL);
        at += line->len + 1;
        assert(at[-1] == '\n');
    }
    assert(at == body + len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct batch batch;
    struct err          err = {0};
    bool                is_large;
    if (!batch_read((const char *)bytes, len, &batch, &is_large, &err)) {
        assert(err.kind == ERR_INPUT && err.say.id[0] != 0);
        return 0;
    }
    assert(batch.first >= 1 && batch.count >= 0 && batch.count <= BATCH_EVENTS_MAX && batch.feed >= 0);
    assert(!batch.is_gap || (batch.count == 1 && batch.gap_to >= batch.first));
    lines_check(&batch, (const char *)bytes, len);
    return 0;
}
