/* event.c - struct <-> bytes of an event: core/event.h, docs/protocol.md. Takes a line, gives a struct event or the
 * sentence that says what is wrong with it, and back; what a single field holds is event_field.c's. */
#include "core/event.h"

#include <assert.h>
#include <string.h>

#include "core/event_field.h"
#include "core/flat.h"

bool event_write(const struct event *event, struct buf *out, struct err *err)
{
    size_t start = out->len;
    assert(event->v == EVENT_VERSION && event->seq > 0 && !epoch_is_none(event->epoch));
    assert(event->kind > EVENT_UNKNOWN && event->kind < EVENT_KINDS);
    buf_char(out, '{');
    for (int i = 0; i < EVENT_FIELD_COUNT; i++) EVENT_FIELDS[i].put(&EVENT_FIELDS[i], event, out);
    buf_char(out, '}');
    size_t len = out->len - start;
    if (len <= EVENT_LINE_MAX) return true;
    out->len = start;
    out->bytes[start] = 0;
    return err_set(err, ERR_INPUT, say_int(say_int(SAY("event.long"), (int64_t)len), EVENT_LINE_MAX));
}

/* The row of a key; NULL where this program knows none. *next is the row behind the last one found: a line in canonical
 * order finds each after a few steps. */
static const struct field *field_of(const char *key, int *next)
{
    for (int i = 0; i < EVENT_FIELD_COUNT; i++) {
        int at = (*next + i) % EVENT_FIELD_COUNT;
        if (strcmp(EVENT_FIELDS[at].key, key) != 0) continue;
        *next = at + 1;
        return &EVENT_FIELDS[at];
    }
    return NULL;
}

/* A line of a later version may hold other things under our names: beyond the first fields it is unknown then, not
 * wrong. */
static bool field_read(const char *key, const struct flat_node *value, int *next, struct event *event, struct err *err)
{
    const struct field *field = field_of(key, next);
    enum took           took = field != NULL ? field->take(field, value, event) : TOOK_UNKNOWN;
    bool                is_first = field != NULL && field - EVENT_FIELDS < EVENT_FIRST_COUNT;
    if (took == TOOK_WRONG && (is_first || event->v == EVENT_VERSION))
        return err_set(err, ERR_INPUT, say_text(SAY("event.field"), key));
    if (took != TOOK) event->has_unknown = true;
    return true;
}

/* What no single field shows. */
static bool whole_check(const struct event *event, bool has_kind, struct err *err)
{
    if (!has_kind) return err_set(err, ERR_INPUT, SAY("event.kind"));
    if (event->bad_count > 0 && event_bad_total(event) > event->count) return err_set(err, ERR_INPUT, SAY("event.bad"));
    if (event->kind == EVENT_GAP && event->gap_to < event->seq) return err_set(err, ERR_INPUT, SAY("event.gap"));
    return true;
}

static bool object_read(const struct flat_node *object, struct event *event, struct err *err)
{
    bool has_kind = false;
    int  next = 0;
    if (flat_kind(object) != JSON_OBJECT) return err_set(err, ERR_INPUT, SAY("event.object"));
    memset(event, 0, sizeof *event);
    const struct flat_node *key = object + 1;
    for (size_t i = 0; i < flat_count(object); i++, key = flat_next(key + 1)) {
        if (i < EVENT_FIRST_COUNT && strcmp(key->text, EVENT_FIELDS[i].key) != 0)
            return err_set(err, ERR_INPUT, SAY("event.first"));
        if (!field_read(key->text, key + 1, &next, event, err)) return false;
        has_kind |= strcmp(key->text, "kind") == 0;
    }
    if (flat_count(object) < EVENT_FIRST_COUNT) return err_set(err, ERR_INPUT, SAY("event.first"));
    if (event->v == EVENT_VERSION) return whole_check(event, has_kind, err);
    event->has_unknown = true;
    return true;
}

bool event_read(const char *line, size_t len, struct event *event, struct err *err)
{
    struct event read;
    struct flat  flat;
    if (len > EVENT_LINE_MAX)
        return err_set(err, ERR_INPUT, say_int(say_int(SAY("event.long"), (int64_t)len), EVENT_LINE_MAX));
    if (!flat_read(line, len, &flat, err)) return false;
    bool is_event = object_read(&flat.nodes[0], &read, err);
    flat_free(&flat);
    if (is_event) *event = read;
    return is_event;
}

struct hash event_name(const char *line, size_t len)
{
    return hash_of(line, len);
}

const char *event_kind_word(enum event_kind kind)
{
    assert(kind >= EVENT_UNKNOWN && kind < EVENT_KINDS);
    return EVENT_KIND_WORDS[kind];
}

enum event_kind event_kind_of(const char *word)
{
    int place = event_word_place(EVENT_KIND_WORDS, EVENT_KINDS, word);
    return place < EVENT_KINDS ? (enum event_kind)place : EVENT_UNKNOWN;
}

int32_t event_bad_total(const struct event *event)
{
    int32_t total = 0;
    for (int i = 0; i < event->bad_count; i++) total += event->bad[i].count;
    return total;
}
