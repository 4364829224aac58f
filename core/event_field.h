/* event_field.h - the fields of an event's line, one row each; event.c walks them. For event.c alone. */
#ifndef CORE_EVENT_FIELD_H
#define CORE_EVENT_FIELD_H

#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/event.h"
#include "core/flat.h"

enum took { TOOK, TOOK_UNKNOWN /* a word of a later program */, TOOK_WRONG };

/* A field of the line. put writes it with its key where it holds something. */
struct field {
    const char *key;
    enum took (*take)(const struct field *field, const struct flat_node *value, struct event *event);
    void (*put)(const struct field *field, const struct event *event, struct buf *out);
    size_t  at;          /* of the member in struct event, for rows that share functions */
    size_t  flag;        /* of the bool that says whether the member holds something; 0: none says so */
    int64_t least, most; /* of a number; most bytes of a text */
};

/* In canonical order; the first stand first in each line. */
enum { EVENT_FIELD_COUNT = 41, EVENT_FIRST_COUNT = 5 };
extern const struct field EVENT_FIELDS[];

extern const char *const EVENT_KIND_WORDS[EVENT_KINDS];

/* The place of a word in a list; count: it isn't there. */
int event_word_place(const char *const *words, int count, const char *word);

#endif
