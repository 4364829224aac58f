/* form_fuzz.c - any bytes as the body of a form of the office: no JSON, fields refused by their names in words, or values within
 * their bounds that are kept, read back and kept the same.
 * links: server_books server_judge core */
#include <assert.h>
#include <string.h>

#include "server/books/spec.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void kept_check(const struct cell *cells)
{
    static struct cell again[SPEC_COUNT];
    struct buf         first = {0}, second = {0};
    struct err         err = {0};
    spec_write(cells, &first);
    bool is_read = spec_read(buf_text(&first), again, &err);
    assert(is_read);
    spec_write(again, &second);
    assert(is_read && strcmp(buf_text(&first), buf_text(&second)) == 0);
    buf_free(&first);
    buf_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct cell cells[SPEC_COUNT], amounts[AMOUNT_COUNT];
    struct err         err = {0};
    struct json       *body = json_read((const char *)bytes, len, &err);
    if (body == NULL) {
        assert(err.kind == ERR_INPUT && err.say.id[0] != 0);
        return 0;
    }
    struct act_call call = {.body = body};
    struct form     form = {.call = &call};
    bool            is_good = form_read(&form, body, "", SPEC_COLUMNS, cells);
    if (!form_read(&form, json_get(body, "lines"), "lines.0.", AMOUNT_COLUMNS, amounts)) assert(form.bad > 0);
    if (is_good) kept_check(cells);
    bool has_bad = form.bad > 0;
    if (!form_end(&form, &err)) assert(has_bad && err.say.id[0] != 0 && call.answer.len > 0);
    buf_free(&call.answer);
    json_free(body);
    return 0;
}
