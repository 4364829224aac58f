/* cell_fuzz.c - any text in a field of an imported table are a value within its bounds, or a sentence. The first byte
 * says what is wanted.
 * links: server_books server_judge core */
#include <assert.h>
#include <string.h>

#include "core/text.h"
#include "core/utf8.h"
#include "server/books/cell.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static bool is_utf8(const char *text, size_t len)
{
    for (size_t at = 0, step; at < len; at += step) {
        step = utf8_len(text + at, len - at);
        if (step == 0) return false;
    }
    return true;
}

static void text_check(const struct cell *cell, size_t most)
{
    size_t len = strlen(cell->text);
    assert(len <= most && is_utf8(cell->text, len));
    for (size_t at = 0; at < len; at++) assert((uint8_t)cell->text[at] >= ' ' && cell->text[at] != 0x7F);
    assert(len < 2 || strchr("=+-@", cell->text[0]) == NULL); /* what a spreadsheet would run */
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const struct cell_want WANTS[] = {
        {CELL_TEXT,  true,  0, 60        },
        {CELL_TEXT,  false, 0, 511       },
        {CELL_ID,    true,  0, 0         },
        {CELL_IDS,   false, 0, 200       },
        {CELL_INT,   true,  1, 1000000000},
        {CELL_BOOL,  false, 0, 0         },
        {CELL_DAY,   true,  0, 0         },
        {CELL_RATE,  true,  0, 0         },
        {CELL_ORDER, true,  0, 0         },
        {CELL_BADGE, false, 0, 0         },
    };
    struct cell cell;
    struct err  err;
    char        words[2000];
    if (len == 0 || !is_utf8((const char *)bytes + 1, len - 1)) return 0;
    const struct cell_want *want = &WANTS[bytes[0] % (sizeof WANTS / sizeof *WANTS)];
    if (!cell_read(want, (const char *)bytes + 1, len - 1, &cell, &err)) {
        assert(err.kind == ERR_INPUT && strcmp(text_of(LANG_ZH, err.say.id), err.say.id) != 0);
        assert(strlen(text_say(LANG_ZH, &err.say, words, sizeof words)) < sizeof words - 1);
        return 0;
    }
    assert(cell.is_set || !want->is_needed);
    if (want->kind == CELL_TEXT) text_check(&cell, (size_t)want->most);
    if (want->kind == CELL_ID) text_check(&cell, CELL_ID_BYTES);
    if (want->kind == CELL_INT) assert(cell.number >= want->least && cell.number <= want->most);
    if (want->kind == CELL_BOOL) assert(cell.number == 0 || cell.number == 1);
    if (want->kind == CELL_RATE || want->kind == CELL_ORDER || want->kind == CELL_BADGE) assert(cell.number >= 0);
    return 0;
}
