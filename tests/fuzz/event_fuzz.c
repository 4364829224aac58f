/* event_fuzz.c - any bytes as an event's line: refused with a sentence that is in the catalogue, or read; and what is
 * read and known is written, read again and written the same.
 * links: core */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "core/event.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct event event, again;
    struct err          err;
    struct buf          first = {0}, second = {0};
    if (!event_read((const char *)bytes, len, &event, &err)) {
        assert(strcmp(text_of(LANG_EN, err.say.id), err.say.id) != 0);
        return 0;
    }
    if (!event.has_unknown && event_write(&event, &first, &err)) {
        bool is_same = event_read(first.bytes, first.len, &again, &err) && event_write(&again, &second, &err);
        assert(is_same && !again.has_unknown && strcmp(first.bytes, second.bytes) == 0);
        (void)is_same;
    }
    buf_free(&first);
    buf_free(&second);
    return 0;
}
