/* flat.h - a small JSON value as a flat row of nodes, read without a tree and without memory of its own.
 *
 * For event lines, of which a server reads tens of thousands a second: compact JSON as event_write() makes it (no space,
 * nothing escaped, no object within) is read in one pass; whatever else is JSON goes through core/json.h and comes out
 * the same. What is refused, and its sentence, is core/json.h's in both cases. */
#ifndef CORE_FLAT_H
#define CORE_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/json.h"

enum { FLAT_BYTES = 4096, FLAT_NODES = FLAT_BYTES / 2 + 2 /* a value needs a byte and a comma */ };

/* A value; its children follow it. In an object each is a text, the key, and behind it the value. */
struct flat_node {
    int64_t        number; /* INT; BOOL: 0, 1; LIST, OBJECT: how many children, an object's in pairs */
    const char    *text;   /* TEXT, and keys: NUL-terminated */
    enum json_kind kind;
    uint16_t       size; /* nodes of the value with all its children */
};

struct flat {
    int              count;
    struct flat_node nodes[FLAT_NODES]; /* the whole value is the first */
    char             bytes[FLAT_BYTES + 1];
    struct json     *whole; /* where it went through core/json.h */
};

/* len at most FLAT_BYTES. False: no JSON as core/json.h reads it; nothing to free then. Texts live until flat_free(). */
bool flat_read(const char *line, size_t len, struct flat *flat, struct err *err) MUST_CHECK;
void flat_free(struct flat *flat);

/* Reads as in core/json.h; value may be NULL. */
enum json_kind          flat_kind(const struct flat_node *value);
size_t                  flat_count(const struct flat_node *list);
const struct flat_node *flat_at(const struct flat_node *list, size_t i); /* NULL beyond the end */
int64_t                 flat_int(const struct flat_node *value, int64_t otherwise);
bool                    flat_bool(const struct flat_node *value, bool otherwise);
const char             *flat_text(const struct flat_node *value, const char *otherwise);

/* The node behind a value and all its children: an object's next key, that key's value. */
const struct flat_node *flat_next(const struct flat_node *value);

#endif
