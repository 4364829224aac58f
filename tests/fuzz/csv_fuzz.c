/* csv_fuzz.c - any bytes are a table or are refused in words; a table is JSON whose rows are no longer than its columns.
 * links: core */
#include <assert.h>

#include "core/csv.h"
#include "core/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct buf body = {0};
    struct err err = {0};
    if (!csv_import("orders", (const char *)bytes, len, len % 2 == 0, &body, &err)) {
        assert(err.kind == ERR_INPUT && err.say.id[0] != 0);
        buf_free(&body);
        return 0;
    }
    struct json       *json = json_read(body.bytes, body.len, &err);
    const struct json *rows = json_get(json, "rows");
    size_t             columns = json_count(json_get(json, "columns"));
    assert(json != NULL && columns >= 1);
    for (size_t i = 0; i < json_count(rows); i++) {
        const struct json *row = json_at(rows, i);
        assert(json_count(row) >= 2 && json_count(row) <= columns + 1 && json_int(json_at(row, 0), 0) >= 2);
    }
    json_free(json);
    buf_free(&body);
    return 0;
}
