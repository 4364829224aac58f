/* flat_fuzz.c - any bytes are to the short way of reading JSON what they are to the long one: refused with the same
 * sentence, or the same value.
 * links: core */
#include <assert.h>
#include <string.h>

#include "core/flat.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* The node behind the value, having looked at it. */
static const struct flat_node *same(const struct flat_node *node, const struct json *value)
{
    const struct flat_node *next = flat_next(node);
    assert(flat_kind(node) == json_kind_of(value) && flat_count(node) == json_count(value));
    if (flat_kind(node) == JSON_INT) assert(flat_int(node, 1) == json_int(value, 2));
    if (flat_kind(node) == JSON_BOOL) assert(flat_bool(node, false) == json_bool(value, true));
    if (flat_kind(node) == JSON_TEXT) assert(strcmp(flat_text(node, ""), json_text(value, "-")) == 0);
    const struct flat_node *child = node + 1;
    if (flat_kind(node) == JSON_LIST) {
        for (size_t i = 0; i < json_count(value); i++) {
            assert(flat_at(node, i) == child);
            child = same(child, json_at(value, i));
        }
        assert(flat_at(node, json_count(value)) == NULL && child == next);
    }
    if (flat_kind(node) == JSON_OBJECT) {
        void              *iter = NULL;
        const char        *key;
        const struct json *one;
        while (json_next(value, &iter, &key, &one)) {
            assert(strcmp(flat_text(child, ""), key) == 0);
            child = same(child + 1, one);
        }
        assert(child == next);
    }
    return next;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct flat flat;
    struct err         short_err = {0}, long_err = {0};
    if (len > FLAT_BYTES) return 0;
    struct json *value = json_read((const char *)bytes, len, &long_err);
    if (flat_read((const char *)bytes, len, &flat, &short_err)) {
        assert(value != NULL);
        assert(same(flat.nodes, value) == flat.nodes + flat.count);
        flat_free(&flat);
    } else {
        char text[2][1000];
        assert(value == NULL && short_err.kind == long_err.kind);
        text_say(LANG_EN, &short_err.say, text[0], sizeof text[0]);
        text_say(LANG_EN, &long_err.say, text[1], sizeof text[1]);
        assert(strcmp(text[0], text[1]) == 0);
    }
    json_free(value);
    return 0;
}
