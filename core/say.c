/* say.c - a sentence as data, and its stored form: core/say.h. */
#include "core/say.h"

#include <assert.h>
#include <string.h>

#include "core/buf.h"
#include "core/json.h"
#include "core/utf8.h"

#define CUT_MARK "…"

struct say say_make(const char *id)
{
    struct say say;
    size_t     len = strlen(id);
    assert(len < SAY_ID_MAX);
    memset(&say, 0, sizeof say);
    memcpy(say.id, id, len);
    return say;
}

static struct say_arg *arg_add(struct say *say, enum say_arg_kind kind)
{
    assert(say->count < SAY_ARGS_MAX);
    struct say_arg *arg = &say->args[say->count++];
    arg->kind = kind;
    return arg;
}

struct say say_int(struct say say, int64_t number)
{
    arg_add(&say, SAY_ARG_INT)->number = number;
    return say;
}

struct say say_fen(struct say say, int64_t fen)
{
    arg_add(&say, SAY_ARG_FEN)->number = fen;
    return say;
}

/* Copies text into an argument: valid UTF-8 whatever it was, cut at a character with its mark. */
static void text_put(char out[SAY_TEXT_MAX], const char *text)
{
    size_t left = strlen(text), used = 0;
    size_t fit = 0; /* up to here the cut mark still finds room */
    while (left > 0) {
        size_t      step = utf8_len(text, left);
        const char *from = step > 0 ? text : UTF8_INSTEAD;
        size_t      size = step > 0 ? step : sizeof UTF8_INSTEAD - 1;
        if (step == 0) step = 1;
        if (used + size >= SAY_TEXT_MAX) {
            memcpy(out + fit, CUT_MARK, sizeof CUT_MARK);
            return;
        }
        memcpy(out + used, from, size);
        used += size;
        if (used + sizeof CUT_MARK <= SAY_TEXT_MAX) fit = used;
        text += step;
        left -= step;
    }
    out[used] = 0;
}

struct say say_text(struct say say, const char *text)
{
    text_put(arg_add(&say, SAY_ARG_TEXT)->text, text);
    return say;
}

bool say_is_empty(const struct say *say)
{
    return say->id[0] == 0;
}

bool say_equal(const struct say *a, const struct say *b)
{
    if (strcmp(a->id, b->id) != 0 || a->count != b->count) return false;
    for (int i = 0; i < a->count; i++) {
        const struct say_arg *x = &a->args[i], *y = &b->args[i];
        if (x->kind != y->kind) return false;
        if (x->kind == SAY_ARG_TEXT ? strcmp(x->text, y->text) != 0 : x->number != y->number) return false;
    }
    return true;
}

static void arg_write(const struct say_arg *arg, struct buf *out)
{
    switch (arg->kind) {
    case SAY_ARG_INT: buf_int(out, arg->number); break;
    case SAY_ARG_FEN:
        buf_str(out, "{\"fen\":");
        buf_int(out, arg->number);
        buf_char(out, '}');
        break;
    case SAY_ARG_TEXT: json_cstr(out, arg->text); break;
    }
}

void say_write(const struct say *say, struct buf *out)
{
    buf_char(out, '[');
    json_cstr(out, say->id);
    for (int i = 0; i < say->count; i++) {
        buf_char(out, ',');
        arg_write(&say->args[i], out);
    }
    buf_char(out, ']');
}

static bool arg_read(const struct json *value, struct say *say)
{
    const struct json *fen = json_get(value, "fen");
    switch (json_kind_of(value)) {
    case JSON_INT: *say = say_int(*say, json_int(value, 0)); return true;
    case JSON_TEXT: *say = say_text(*say, json_text(value, "")); return true;
    case JSON_OBJECT:
        if (json_count(value) != 1 || json_kind_of(fen) != JSON_INT) return false;
        *say = say_fen(*say, json_int(fen, 0));
        return true;
    case JSON_NULL:
    case JSON_BOOL:
    case JSON_LIST: return false;
    }
    return false;
}

static bool say_of_json(const struct json *list, struct say *say)
{
    const char *id = json_text(json_at(list, 0), NULL);
    size_t      count = json_count(list);
    if (id == NULL || strlen(id) >= SAY_ID_MAX || count > 1 + SAY_ARGS_MAX) return false;
    struct say read = say_make(id);
    for (size_t i = 1; i < count; i++)
        if (!arg_read(json_at(list, i), &read)) return false;
    *say = read;
    return true;
}

bool say_read(const char *text, size_t len, struct say *say)
{
    struct err   err;
    struct json *list = json_read(text, len, &err);
    bool         is_sentence = list != NULL && say_of_json(list, say);
    json_free(list);
    return is_sentence;
}
