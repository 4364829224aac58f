/* say_fuzz.c - any bytes are a stored sentence or not; one that is comes back the same, and has words.
 * links: core */
#include <assert.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct say say, again;
    struct buf stored = {0}, words = {0};
    char       small[7];
    if (!say_read((const char *)bytes, len, &say)) return 0;
    say_write(&say, &stored);
    bool is_read = say_read(stored.bytes, stored.len, &again);
    assert(is_read && say_equal(&say, &again));
    text_say_buf(LANG_ZH, &say, &words);
    assert(strlen(words.bytes) == words.len);
    text_say(LANG_EN, &say, small, sizeof small);
    assert(strlen(small) < sizeof small);
    buf_free(&stored);
    buf_free(&words);
    return 0;
}
