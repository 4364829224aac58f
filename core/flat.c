/* flat.c - a small JSON value as a flat row of nodes: core/flat.h. */
#include "core/flat.h"

#include <assert.h>
#include <string.h>

#include "core/utf8.h"

enum { DEPTH_MOST = 4, DIGITS_MOST = 18 /* never too large for 64 bits */ };

/* ---- Compact JSON, in one pass. Whatever isn't plain makes it give up: core/json.h judges then. */

struct scan {
    struct flat *flat;
    char        *at, *end; /* into flat->bytes; *end is a NUL */
};

static struct flat_node *node_add(struct flat *flat, enum json_kind kind)
{
    assert(flat->count < FLAT_NODES);
    struct flat_node *node = &flat->nodes[flat->count++];
    *node = (struct flat_node){.kind = kind, .size = 1};
    return node;
}

/* From behind the opening quote; the closing one becomes the NUL. */
static bool scan_text(struct scan *scan)
{
    struct flat_node *node = node_add(scan->flat, JSON_TEXT);
    char             *at = scan->at;
    node->text = at;
    for (;;) {
        unsigned char c = (unsigned char)*at;
        if (c == '"') break;
        if (c < ' ' || c == '\\') return false;
        size_t step = c < 0x80 ? 1 : utf8_len(at, (size_t)(scan->end - at));
        if (step == 0) return false;
        at += step;
    }
    *at = 0;
    scan->at = at + 1;
    return true;
}

static bool scan_number(struct scan *scan)
{
    struct flat_node *node = node_add(scan->flat, JSON_INT);
    bool              is_minus = *scan->at == '-';
    char             *first = scan->at += is_minus;
    while (*scan->at >= '0' && *scan->at <= '9' && scan->at - first <= DIGITS_MOST - 1)
        node->number = node->number * 10 + (*scan->at++ - '0');
    ptrdiff_t digits = scan->at - first;
    if (digits < 1 || digits > DIGITS_MOST || (*first == '0' && (digits > 1 || is_minus))) return false;
    if (is_minus) node->number = -node->number;
    return *scan->at == ',' || *scan->at == ']' || *scan->at == '}';
}

static bool scan_word(struct scan *scan, const char *word, enum json_kind kind, int64_t number)
{
    size_t len = strlen(word);
    if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, word, len) != 0) return false;
    scan->at += len;
    node_add(scan->flat, kind)->number = number;
    return true;
}

static bool scan_value(struct scan *scan, int depth);

/* From behind the opening bracket. */
static bool scan_list(struct scan *scan, int depth)
{
    int first = scan->flat->count;
    node_add(scan->flat, JSON_LIST);
    int64_t count = 0;
    if (*scan->at != ']') {
        do {
            if (!scan_value(scan, depth + 1)) return false;
            count++;
        } while (*scan->at == ',' && scan->at++);
    }
    if (*scan->at != ']') return false;
    scan->at++;
    scan->flat->nodes[first].number = count;
    scan->flat->nodes[first].size = (uint16_t)(scan->flat->count - first);
    return true;
}

static bool scan_value(struct scan *scan, int depth)
{
    if (depth > DEPTH_MOST) return false;
    switch (*scan->at) {
    case '"': scan->at++; return scan_text(scan);
    case '[': scan->at++; return scan_list(scan, depth);
    case 't': return scan_word(scan, "true", JSON_BOOL, 1);
    case 'f': return scan_word(scan, "false", JSON_BOOL, 0);
    case 'n': return scan_word(scan, "null", JSON_NULL, 0);
    default: return scan_number(scan); /* an object within too: it is no number */
    }
}

/* Is the newest key there already? seen: a bit for each key's looks, so that few are compared. */
static bool key_is_twice(const struct flat *flat, const struct flat_node *key, uint64_t *seen)
{
    size_t   len = strlen(key->text);
    unsigned looks = (unsigned)len * 7 + (unsigned char)key->text[0] * 3 + (len > 1 ? (unsigned char)key->text[1] : 0);
    uint64_t bit = UINT64_C(1) << looks % 64;
    bool     is_seen = (*seen & bit) != 0;
    *seen |= bit;
    if (!is_seen) return false;
    for (const struct flat_node *other = &flat->nodes[1]; other < key; other = flat_next(flat_next(other)))
        if (strcmp(other->text, key->text) == 0) return true;
    return false;
}

static bool scan_object(struct scan *scan)
{
    uint64_t seen = 0;
    int64_t  count = 0;
    if (*scan->at++ != '{') return false;
    node_add(scan->flat, JSON_OBJECT);
    if (*scan->at == '}') return false;
    do {
        if (*scan->at++ != '"') return false;
        const struct flat_node *key = &scan->flat->nodes[scan->flat->count];
        if (!scan_text(scan) || key_is_twice(scan->flat, key, &seen)) return false;
        if (*scan->at++ != ':' || !scan_value(scan, 1)) return false;
        count++;
    } while (*scan->at == ',' && scan->at++);
    if (*scan->at++ != '}') return false;
    scan->flat->nodes[0].number = count;
    scan->flat->nodes[0].size = (uint16_t)scan->flat->count;
    return scan->at == scan->end;
}

/* ---- Any JSON, through the tree */

static void tree_add(struct flat *flat, const struct json *value);

static void members_add(struct flat *flat, const struct json *object)
{
    void              *iter = NULL;
    const char        *key;
    const struct json *value;
    while (json_next(object, &iter, &key, &value)) {
        node_add(flat, JSON_TEXT)->text = key;
        tree_add(flat, value);
    }
}

static void tree_add(struct flat *flat, const struct json *value)
{
    int               first = flat->count;
    struct flat_node *node = node_add(flat, json_kind_of(value));
    node->number = node->kind == JSON_BOOL ? json_bool(value, false) : json_int(value, 0);
    node->text = json_text(value, NULL);
    if (node->kind == JSON_LIST || node->kind == JSON_OBJECT) node->number = (int64_t)json_count(value);
    if (node->kind == JSON_OBJECT) members_add(flat, value);
    for (size_t i = 0; node->kind == JSON_LIST && i < json_count(value); i++) tree_add(flat, json_at(value, i));
    flat->nodes[first].size = (uint16_t)(flat->count - first);
}

bool flat_read(const char *line, size_t len, struct flat *flat, struct err *err)
{
    assert(len <= FLAT_BYTES);
    struct scan scan = {.flat = flat, .at = flat->bytes, .end = flat->bytes + len};
    memcpy(flat->bytes, line, len);
    flat->bytes[len] = 0;
    flat->count = 0;
    flat->whole = NULL;
    if (scan_object(&scan)) return true;
    flat->whole = json_read(line, len, err);
    if (flat->whole == NULL) return false;
    flat->count = 0;
    tree_add(flat, flat->whole);
    return true;
}

void flat_free(struct flat *flat)
{
    json_free(flat->whole);
    flat->whole = NULL;
}

/* ---- Reading */

enum json_kind flat_kind(const struct flat_node *value)
{
    return value == NULL ? JSON_NULL : value->kind;
}

size_t flat_count(const struct flat_node *list)
{
    return list == NULL || (list->kind != JSON_LIST && list->kind != JSON_OBJECT) ? 0 : (size_t)list->number;
}

const struct flat_node *flat_at(const struct flat_node *list, size_t i)
{
    if (flat_kind(list) != JSON_LIST || i >= flat_count(list)) return NULL;
    const struct flat_node *value = list + 1;
    while (i-- > 0) value = flat_next(value);
    return value;
}

int64_t flat_int(const struct flat_node *value, int64_t otherwise)
{
    return flat_kind(value) == JSON_INT ? value->number : otherwise;
}

bool flat_bool(const struct flat_node *value, bool otherwise)
{
    return flat_kind(value) == JSON_BOOL ? value->number != 0 : otherwise;
}

const char *flat_text(const struct flat_node *value, const char *otherwise)
{
    return flat_kind(value) == JSON_TEXT ? value->text : otherwise;
}

const struct flat_node *flat_next(const struct flat_node *value)
{
    return value + value->size;
}
