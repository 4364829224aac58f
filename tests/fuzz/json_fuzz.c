/* json_fuzz.c - any bytes are JSON of ours or a sentence; JSON written again reads as the same.
 * links: core */
#include <assert.h>
#include <string.h>

#include "core/json.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct err   err;
    struct buf   first = {0}, second = {0};
    struct json *value = json_read((const char *)bytes, len, &err);
    if (value == NULL) {
        assert(strcmp(text_of(LANG_EN, err.say.id), err.say.id) != 0);
        return 0;
    }
    json_write(value, &first);
    json_free(value);
    value = json_read(first.bytes, first.len, &err);
    assert(value != NULL);
    json_write(value, &second);
    assert(strcmp(first.bytes, second.bytes) == 0);
    json_free(value);
    buf_free(&first);
    buf_free(&second);
    return 0;
}
