/* csv_fuzz.c - any bytes are the body of an import or a sentence; a body reads as JSON, its rows in order.
 * links: server_bring core */
#include <assert.h>
#include <string.h>

#include "core/json.h"
#include "core/text.h"
#include "server/bring/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct err err;
    struct buf body = {0};
    if (!csv_import("orders", (const char *)bytes, len, true, &body, &err)) {
        assert(strcmp(text_of(LANG_EN, err.say.id), err.say.id) != 0);
        buf_free(&body);
        return 0;
    }
    struct json *json = json_read(body.bytes, body.len, &err);
    assert(json != NULL);
    const struct json *rows = json_get(json, "rows");
    int64_t            line = 0;
    for (size_t i = 0; i < json_count(rows); i++) {
        int64_t next = json_int(json_at(json_at(rows, i), 0), 0);
        assert(next > line);
        line = next;
    }
    json_free(json);
    buf_free(&body);
    return 0;
}
