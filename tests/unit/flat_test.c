/* flat_test.c - what the flat reader makes of a text is what core/json.h makes of it, in the one pass and through the
 * tree.
 * links: core */
#include "core/flat.h"

#include <string.h>

#include "core/event.h"
#include "tests/unit/rows.h"

/* Writes a node with all its children as compact JSON. */
static const struct flat_node *node_write(const struct flat_node *node, struct buf *out)
{
    const struct flat_node *child = node + 1;
    switch (node->kind) {
    case JSON_NULL: buf_str(out, "null"); break;
    case JSON_BOOL: buf_str(out, flat_bool(node, false) ? "true" : "false"); break;
    case JSON_INT: buf_int(out, flat_int(node, 0)); break;
    case JSON_TEXT: json_cstr(out, flat_text(node, "")); break;
    case JSON_LIST:
        buf_char(out, '[');
        for (size_t i = 0; i < flat_count(node); i++) {
            assert_ptr_equal(child, flat_at(node, i));
            json_sep(out);
            child = node_write(child, out);
        }
        buf_char(out, ']');
        break;
    case JSON_OBJECT:
        buf_char(out, '{');
        for (size_t i = 0; i < flat_count(node); i++) {
            json_key(out, child->text);
            child = node_write(child + 1, out);
        }
        buf_char(out, '}');
        break;
    }
    assert_ptr_equal(child, flat_next(node));
    return child;
}

struct row {
    const char *name, *text;
    bool        is_plain; /* read in the one pass */
};

static const struct row ROWS[] = {
    {"numbers",                 "{\"a\":1,\"b\":-20,\"c\":0}",                             true },
    {"lists",                   "{\"a\":[],\"b\":[[1,2,3],[\"x\",true]],\"c\":null}",      true },
    {"texts",                   "{\"name\":\"\xE4\x9E\xB6 \xF0\xA0\xAE\xB7\",\"e\":\"\"}", true },
    {"eighteen digits",         "{\"a\":999999999999999999}",                              true },
    {"nineteen digits",         "{\"a\":9223372036854775807}",                             false},
    {"the least number",        "{\"a\":-9223372036854775808}",                            false},
    {"too large a number",      "{\"a\":9223372036854775808}",                             false},
    {"minus nothing",           "{\"a\":-0}",                                              false},
    {"a zero before",           "{\"a\":01}",                                              false},
    {"only a minus",            "{\"a\":-}",                                               false},
    {"a fraction",              "{\"a\":1.5}",                                             false},
    {"a power",                 "{\"a\":1e5}",                                             false},
    {"space",                   "{ \"a\": 1 }",                                            false},
    {"escapes",                 "{\"a\":\"\\\"\\u4e2d\\n\"}",                              false},
    {"an escaped NUL",          "{\"a\":\"\\u0000\"}",                                     false},
    {"an escaped key twice",    "{\"a\":1,\"\\u0061\":2}",                                 false},
    {"a key twice",             "{\"a\":1,\"b\":2,\"a\":3}",                               false},
    {"two keys of equal looks", "{\"abx\":1,\"aby\":2}",                                   true },
    {"an object within",        "{\"a\":{\"b\":[1]}}",                                     false},
    {"a key twice within",      "{\"a\":{\"b\":1,\"b\":2}}",                               false},
    {"deep",                    "{\"a\":[[[[[[1]]]]]]}",                                   false},
    {"nothing in it",           "{}",                                                      false},
    {"no object",               "[1,2]",                                                   false},
    {"a word",                  "true",                                                    false},
    {"nothing",                 "",                                                        false},
    {"cut in a text",           "{\"a\":\"b",                                              false},
    {"cut behind a key",        "{\"a\"",                                                  false},
    {"cut in a word",           "{\"a\":tru",                                              false},
    {"cut in a list",           "{\"a\":[1,",                                              false},
    {"a comma too many",        "{\"a\":[1,]}",                                            false},
    {"a comma at the end",      "{\"a\":1,}",                                              false},
    {"something behind",        "{\"a\":1}x",                                              false},
    {"another word",            "{\"a\":truex}",                                           false},
    {"broken UTF-8",            "{\"a\":\"\xC3\"}",                                        false},
    {"half a surrogate",        "{\"a\":\"\xED\xA0\x80\"}",                                false},
    {"a control character",     "{\"a\":\"\x01\"}",                                        false}
};

/* The same answer, the same sentence, the same values. Returns whether the text went through in one pass. */
static bool compare(const char *text, size_t len)
{
    static struct flat flat;
    struct err         err = {0}, tree_err = {0};
    struct buf         ours = {0}, trees = {0};
    struct json       *tree = json_read(text, len, &tree_err);
    bool               is_read = flat_read(text, len, &flat, &err);
    bool               is_plain = is_read && flat.whole == NULL;
    assert_int_equal(is_read, tree != NULL);
    if (is_read) {
        assert_ptr_equal(node_write(&flat.nodes[0], &ours), &flat.nodes[flat.count]);
        json_write(tree, &trees);
        assert_string_equal(buf_text(&ours), buf_text(&trees));
        flat_free(&flat);
    } else {
        assert_true(say_equal(&err.say, &tree_err.say));
    }
    json_free(tree);
    buf_free(&ours);
    buf_free(&trees);
    return is_plain;
}

static void row_case(void **state)
{
    const struct row *row = *state;
    assert_int_equal(compare(row->text, strlen(row->text)), row->is_plain);
}

static void bare_nul(void **state)
{
    (void)state;
    assert_false(compare("{\"a\":1}\0", 8));
    assert_false(compare("{\"a\":\"\0\"}", 9));
}

static void as_many_values_as_fit(void **state)
{
    static struct flat flat;
    struct err         err;
    struct buf         text = {0};
    (void)state;
    buf_str(&text, "{\"a\":[0");
    while (text.len + 4 <= FLAT_BYTES) buf_str(&text, ",0");
    buf_str(&text, "]}");
    assert_true(compare(text.bytes, text.len));
    memcpy(text.bytes + 5, " [0 ", 4); /* no longer compact: through the tree */
    assert_true(flat_read(text.bytes, text.len, &flat, &err));
    assert_non_null(flat.whole);
    flat_free(&flat);
    buf_free(&text);
}

/* Whatever is done to a plain line, both readers say the same of it. */
static void damaged(void **state)
{
    static const char PLAIN[] = "{\"v\":1,\"kiosk\":\"00000000000000ab\",\"epoch\":\"1-00000000000000ab\",\"seq\":12,"
                                "\"codes\":[\"310000000000000017\"],\"workers\":[[7,15,1],[8,-3,1]],\"rework\":true,"
                                "\"note\":\"\xE8\xBF\x94\xE5\xB7\xA5\"}";
    static const char BYTES[] = "{}[]\",:-0123456789.etfn \\u\x80\xE4";
    uint64_t          dice = 7;
    (void)state;
    assert_true(compare(PLAIN, sizeof PLAIN - 1));
    for (int i = 0; i < 40000; i++) {
        char   line[sizeof PLAIN + 8];
        size_t len = sizeof PLAIN - 1;
        memcpy(line, PLAIN, len);
        for (int64_t n = dice_between(&dice, 1, 3); n > 0; n--) {
            size_t at = (size_t)dice_between(&dice, 0, (int64_t)len - 1);
            char   byte = BYTES[dice_between(&dice, 0, (int64_t)sizeof BYTES - 2)];
            if (dice_next(&dice) % 3 == 0) {
                memmove(line + at, line + at + 1, --len - at);
            } else if (dice_next(&dice) % 2 == 0) {
                line[at] = byte;
            } else {
                memmove(line + at + 1, line + at, len - at);
                line[at] = byte;
                len++;
            }
        }
        (void)compare(line, len);
    }
}

int main(int argc, char **argv)
{
    struct rows rows = {.count = 0};
    ROWS_ADD(&rows, row_case, ROWS);
    rows_add(&rows, "a bare NUL", bare_nul, NULL);
    rows_add(&rows, "as many values as fit", as_many_values_as_fit, NULL);
    rows_add(&rows, "damaged lines", damaged, NULL);
    return rows_run(&rows, argc, argv);
}
