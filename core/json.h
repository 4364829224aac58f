/* json.h - the one door to jansson, and a writer that needs no tree.
 *
 * Reading: json_read() refuses invalid UTF-8, doubled keys and nesting over 32; how many bytes come in is bounded by
 * who received them. Numbers are integers of 64 bits; a fraction is refused (money is counted in fen, pieces are
 * whole).
 * Writing: json_* append to a buf; the caller writes brackets and commas through json_key and json_sep. */
#ifndef CORE_JSON_H
#define CORE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"

struct json; /* a read value; parts live as long as the whole */

/* The whole of len bytes as one value; free it with json_free(). NULL and *err where it isn't JSON as above. */
struct json *json_read(const char *bytes, size_t len, struct err *err) MUST_CHECK;
void         json_free(struct json *whole); /* takes NULL */

enum json_kind { JSON_NULL, JSON_BOOL, JSON_INT, JSON_TEXT, JSON_LIST, JSON_OBJECT };

enum json_kind     json_kind_of(const struct json *value);
const struct json *json_get(const struct json *object, const char *key); /* NULL: absent, or no object */
size_t             json_count(const struct json *list);                  /* 0 where it is no list or object */
const struct json *json_at(const struct json *list, size_t i);           /* NULL beyond the end */

/* Walks an object in written order: *iter starts NULL; returns false at the end. */
bool json_next(const struct json *object, void **iter, const char **key, const struct json **value);

/* Typed reads with a fall-back where the value is NULL, absent or of another kind. Text is NUL-terminated UTF-8
 * without inner NULs (json_read refuses those) and lives as long as the whole. */
int64_t     json_int(const struct json *value, int64_t otherwise);
bool        json_bool(const struct json *value, bool otherwise);
const char *json_text(const struct json *value, const char *otherwise);

/* Writes any read value back as compact JSON, keys in their order. */
void json_write(const struct json *value, struct buf *out);

/* Writers. json_str() quotes and escapes text of len bytes; invalid UTF-8 becomes U+FFFD. json_key() writes a comma
 * where the last byte isn't an opening bracket, then "key": ; json_sep() only that comma. */
void json_str(struct buf *out, const char *text, size_t len);
void json_cstr(struct buf *out, const char *text);
void json_key(struct buf *out, const char *key);
void json_sep(struct buf *out);

#endif
