/* json.c - the one door to jansson, and a writer that needs no tree: core/json.h. */
#include "core/json.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "core/utf8.h"

/* jansson has two constants of the same names as ours; its own are seen as JANSSON_* here. */
#define JSON_NULL JANSSON_NULL
#define JSON_OBJECT JANSSON_OBJECT
#include <jansson.h>
#undef JSON_NULL
#undef JSON_OBJECT

enum { DEPTH_MAX = 32 };

/* A struct json is jansson's json_t under our name; these two are the only casts. */
static const json_t *inner(const struct json *value)
{
    return (const json_t *)(const void *)value;
}

static const struct json *outer(const json_t *value)
{
    return (const struct json *)(const void *)value;
}

/* ---- Reading */

/* Looks at what stands outside of strings before the parser does, which knows no limits of ours: depth bounds its
 * recursion, a fraction or power would become a floating number, and a NUL would end the text for it, whatever follows. */
static bool shape_check(const char *bytes, size_t len, struct err *err)
{
    bool in_string = false;
    int  depth = 0;
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];
        if (in_string && c == '\\') {
            i++;
        } else if (c == '"') {
            in_string = !in_string;
        } else if (in_string) {
            continue;
        } else if (c == '[' || c == '{') {
            if (++depth > DEPTH_MAX) return err_set(err, ERR_INPUT, say_int(SAY("json.deep"), DEPTH_MAX));
        } else if (c == ']' || c == '}') {
            depth--;
        } else if (c == 0) {
            return err_set(err, ERR_INPUT, say_int(SAY("json.broken"), (int64_t)i + 1));
        } else if ((c == '.' || c == 'e' || c == 'E') && i > 0 && isdigit((unsigned char)bytes[i - 1])) {
            return err_set(err, ERR_INPUT, say_int(SAY("json.fraction"), (int64_t)i));
        }
    }
    return true;
}

static struct say refusal(const json_error_t *error)
{
    enum json_error_code code = json_error_code(error);
    if (code == json_error_duplicate_key) return SAY("json.twice");
    if (code == json_error_numeric_overflow) return SAY("json.number");
    if (code == json_error_null_character || code == json_error_null_byte_in_key) return SAY("json.nul");
    if (code == json_error_invalid_utf8) return SAY("json.utf8");
    return say_int(SAY("json.broken"), error->position);
}

struct json *json_read(const char *bytes, size_t len, struct err *err)
{
    json_error_t error;
    if (!shape_check(bytes, len, err)) return NULL;
    json_t *whole = json_loadb(bytes, len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    if (whole == NULL) err_set(err, ERR_INPUT, refusal(&error));
    return (struct json *)(void *)whole;
}

void json_free(struct json *whole)
{
    json_decref((json_t *)(void *)whole);
}

enum json_kind json_kind_of(const struct json *value)
{
    if (value == NULL) return JSON_NULL;
    switch (json_typeof(inner(value))) {
    case JANSSON_OBJECT: return JSON_OBJECT;
    case JSON_ARRAY: return JSON_LIST;
    case JSON_STRING: return JSON_TEXT;
    case JSON_INTEGER: return JSON_INT;
    case JSON_TRUE:
    case JSON_FALSE: return JSON_BOOL;
    case JSON_REAL: /* shape_check() lets none in */
    case JANSSON_NULL: return JSON_NULL;
    }
    return JSON_NULL;
}

const struct json *json_get(const struct json *object, const char *key)
{
    return outer(json_object_get(inner(object), key)); /* NULL for what is no object */
}

size_t json_count(const struct json *list)
{
    switch (json_kind_of(list)) {
    case JSON_LIST: return json_array_size(inner(list));
    case JSON_OBJECT: return json_object_size(inner(list));
    case JSON_NULL:
    case JSON_BOOL:
    case JSON_INT:
    case JSON_TEXT: return 0;
    }
    return 0;
}

const struct json *json_at(const struct json *list, size_t i)
{
    return outer(json_array_get(inner(list), i)); /* NULL for what is no list */
}

bool json_next(const struct json *object, void **iter, const char **key, const struct json **value)
{
    json_t *walked = (json_t *)(uintptr_t)inner(object); /* jansson's walk takes no const; it changes nothing */
    *iter = *iter == NULL ? json_object_iter(walked) : json_object_iter_next(walked, *iter);
    if (*iter == NULL) return false;
    *key = json_object_iter_key(*iter);
    *value = outer(json_object_iter_value(*iter));
    return true;
}

int64_t json_int(const struct json *value, int64_t otherwise)
{
    return json_kind_of(value) == JSON_INT ? json_integer_value(inner(value)) : otherwise;
}

bool json_bool(const struct json *value, bool otherwise)
{
    return json_kind_of(value) == JSON_BOOL ? json_typeof(inner(value)) == JSON_TRUE : otherwise;
}

const char *json_text(const struct json *value, const char *otherwise)
{
    return json_kind_of(value) == JSON_TEXT ? json_string_value(inner(value)) : otherwise;
}

/* ---- Writing */

static void list_write(const struct json *list, struct buf *out)
{
    size_t count = json_count(list);
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buf_char(out, ',');
        json_write(json_at(list, i), out);
    }
    buf_char(out, ']');
}

static void object_write(const struct json *object, struct buf *out)
{
    void              *iter = NULL;
    const char        *key;
    const struct json *value;
    buf_char(out, '{');
    while (json_next(object, &iter, &key, &value)) {
        json_key(out, key);
        json_write(value, out);
    }
    buf_char(out, '}');
}

/* Goes as deep as what was read: at most DEPTH_MAX. */
void json_write(const struct json *value, struct buf *out)
{
    switch (json_kind_of(value)) {
    case JSON_NULL: buf_str(out, "null"); break;
    case JSON_BOOL: buf_str(out, json_bool(value, false) ? "true" : "false"); break;
    case JSON_INT: buf_int(out, json_int(value, 0)); break;
    case JSON_TEXT: json_cstr(out, json_text(value, "")); break;
    case JSON_LIST: list_write(value, out); break;
    case JSON_OBJECT: object_write(value, out); break;
    }
}

/* A character that can't stand in a string as it is. A NUL goes the way of invalid bytes: json_read() takes none. */
static void escape_add(struct buf *out, char c, bool is_valid)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    if (!is_valid || c == 0) {
        buf_str(out, UTF8_INSTEAD);
        return;
    }
    const char *known = strchr(from, c);
    if (known != NULL) {
        buf_char(out, '\\');
        buf_char(out, to[known - from]);
    } else {
        buf_fmt(out, "\\u%04x", (unsigned)c);
    }
}

/* Most of what we write is ASCII that stands in a string as it is. */
static size_t plain_len(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len && (unsigned char)text[i] >= ' ' && (unsigned char)text[i] < 0x80 && text[i] != '"' &&
           text[i] != '\\')
        i++;
    return i;
}

void json_str(struct buf *out, const char *text, size_t len)
{
    size_t from = 0; /* text up to here is written */
    buf_char(out, '"');
    for (size_t i = plain_len(text, len); i < len; i += plain_len(text + i, len - i)) {
        size_t step = utf8_len(text + i, len - i);
        if (step > 1) {
            i += step;
            continue;
        }
        buf_add(out, text + from, i - from);
        escape_add(out, text[i], step > 0);
        from = ++i;
    }
    buf_add(out, text + from, len - from);
    buf_char(out, '"');
}

void json_cstr(struct buf *out, const char *text)
{
    json_str(out, text, strlen(text));
}

void json_sep(struct buf *out)
{
    char last = out->len > 0 ? out->bytes[out->len - 1] : '[';
    if (last != '[' && last != '{') buf_char(out, ',');
}

void json_key(struct buf *out, const char *key)
{
    json_sep(out);
    json_cstr(out, key);
    buf_char(out, ':');
}
