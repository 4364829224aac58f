/* text.c - the text catalogue: core/text.h.
 *
 * A compiled catalogue (.mo) is sorted by its ids, so each look-up is a binary search in the embedded bytes: nothing to
 * set up, nothing that changes, any thread at any time. Format: GNU gettext manual, "The Format of GNU MO Files". */
#include "core/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/embed.h"
#include "core/json.h"
#include "core/money.h"
#include "core/utf8.h"

/* To add a language: a PO file, its row here, its name in enum lang. */
static const struct {
    const char *code, *file;
} LANGS[LANG_COUNT] = {
    [LANG_ZH] = {"zh", "zh.mo"},
    [LANG_EN] = {"en", "en.mo"},
};

#define MO_MAGIC UINT32_C(0x950412de)

enum { MO_COUNT_AT = 8, MO_IDS_AT = 12, MO_WORDS_AT = 16, MO_ROW = 8, MO_ROW_OFFSET = 4 };

struct catalogue {
    const unsigned char *bytes;
    uint32_t             count, ids_at, words_at;
};

static uint32_t u32_at(const unsigned char *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* The build made it and a test reads every id, so what isn't as it should be is our mistake. */
static struct catalogue catalogue_of(enum lang lang)
{
    const struct embed *file = embed_text;
    while (file->name != NULL && strcmp(file->name, LANGS[lang].file) != 0) file++;
    assert(file->name != NULL && u32_at(file->bytes) == MO_MAGIC);
    return (struct catalogue){file->bytes, u32_at(file->bytes + MO_COUNT_AT), u32_at(file->bytes + MO_IDS_AT),
                              u32_at(file->bytes + MO_WORDS_AT)};
}

static const char *text_at(const struct catalogue *catalogue, size_t table, size_t i)
{
    return (const char *)catalogue->bytes + u32_at(catalogue->bytes + table + i * MO_ROW + MO_ROW_OFFSET);
}

/* The first row whose id isn't below id. */
static uint32_t row_of(const struct catalogue *catalogue, const char *id)
{
    uint32_t low = 0, high = catalogue->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(text_at(catalogue, catalogue->ids_at, middle), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *text_of(enum lang lang, const char *id)
{
    struct catalogue catalogue = catalogue_of(lang);
    uint32_t         row = row_of(&catalogue, id);
    bool             is_there = row < catalogue.count && strcmp(text_at(&catalogue, catalogue.ids_at, row), id) == 0;
    if (id[0] == 0 || !is_there) return id; /* the empty id is gettext's header */
    return text_at(&catalogue, catalogue.words_at, row);
}

/* The number of the argument that stands here, {1} to {4}, then `after`; 0 where there is none. */
static int placeholder_at(const char *words, char after)
{
    bool is_one = words[0] == '{' && words[1] >= '1' && words[1] < '1' + SAY_ARGS_MAX && words[2] == after;
    return is_one ? words[1] - '0' : 0;
}

static const char *arg_words(const struct say_arg *arg, char number[MONEY_TEXT])
{
    switch (arg->kind) {
    case SAY_ARG_INT: snprintf(number, MONEY_TEXT, "%" PRId64, arg->number); return number;
    case SAY_ARG_FEN: money_write_fen(arg->number, number); return number;
    case SAY_ARG_TEXT: return arg->text;
    }
    return "";
}

static bool is_single(const struct say_arg *arg)
{
    return arg->kind == SAY_ARG_TEXT ? strcmp(arg->text, "1") == 0 : arg->kind == SAY_ARG_INT && arg->number == 1;
}

/* The words of a choice {1|door|doors} that fit the argument; *size: how long all of it is. NULL where there is none. */
static const char *choice_at(const char *words, const struct say *say, size_t *len, size_t *size)
{
    int n = placeholder_at(words, '|');
    if (n == 0 || n > say->count) return NULL;
    size_t one = strcspn(words + 3, "|{}");
    if (words[3 + one] != '|') return NULL;
    const char *many = words + 3 + one + 1;
    size_t      rest = strcspn(many, "|{}");
    if (many[rest] != '}') return NULL;
    *size = 3 + one + 1 + rest + 1;
    *len = is_single(&say->args[n - 1]) ? one : rest;
    return is_single(&say->args[n - 1]) ? words + 3 : many;
}

char *text_say(enum lang lang, const struct say *say, char *out, size_t cap)
{
    size_t used = 0;
    assert(cap > 0);
    for (const char *words = text_of(lang, say->id); *words != 0;) {
        char        number[MONEY_TEXT];
        int         n = placeholder_at(words, '}');
        size_t      size = n > 0 ? 3 : 1 + strcspn(words + 1, "{");
        size_t      len = size;
        const char *piece = choice_at(words, say, &len, &size);
        if (n > 0 && n <= say->count) {
            piece = arg_words(&say->args[n - 1], number);
            len = strlen(piece);
        }
        if (piece == NULL) piece = words;
        size_t fit = utf8_fit(piece, len, cap - 1 - used);
        memcpy(out + used, piece, fit);
        used += fit;
        if (fit < len) break;
        words += size;
    }
    out[used] = 0;
    return out;
}

void text_say_buf(enum lang lang, const struct say *say, struct buf *out)
{
    const char *words = text_of(lang, say->id);
    size_t      room = strlen(words) + 1;
    for (const char *at = strchr(words, '{'); at != NULL; at = strchr(at + 1, '{')) room += SAY_TEXT_MAX;
    out->len += strlen(text_say(lang, say, buf_room(out, room), room));
}

void text_say_json(enum lang lang, const struct say *say, struct buf *out)
{
    struct buf words = {0};
    text_say_buf(lang, say, &words);
    json_key(out, "say");
    say_write(say, out);
    json_key(out, "text");
    json_str(out, buf_text(&words), words.len);
    buf_free(&words);
}

bool lang_read(const char *text, enum lang *lang)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        if (strcmp(text, LANGS[i].code) != 0) continue;
        *lang = (enum lang)i;
        return true;
    }
    return false;
}

const char *lang_code(enum lang lang)
{
    return LANGS[lang].code;
}

void text_json(enum lang lang, const char *prefix, struct buf *out)
{
    struct catalogue catalogue = catalogue_of(lang);
    size_t           len = strlen(prefix);
    buf_char(out, '{');
    for (uint32_t row = row_of(&catalogue, prefix); row < catalogue.count; row++) {
        const char *id = text_at(&catalogue, catalogue.ids_at, row);
        if (strncmp(id, prefix, len) != 0) break;
        if (id[0] == 0) continue;
        json_key(out, id);
        json_cstr(out, text_at(&catalogue, catalogue.words_at, row));
    }
    buf_char(out, '}');
}
