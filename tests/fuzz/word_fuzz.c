/* word_fuzz.c - any text as one of the small words that stand in fields, addresses and lines: a day, an identity, an epoch, a
 * hash, an order line, money, a rate. What is read is written again and read the same; the rest is refused.
 * links: core */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain.h"
#include "core/clock.h"
#include "core/code.h"
#include "core/money.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void names_check(const char *text)
{
    struct epoch epoch, epoch_back;
    struct hash  hash;
    uint64_t     id;
    char         again[HASH_TEXT + EPOCH_TEXT + ID_TEXT];
    if (id_read(text, &id)) {
        id_write(id, again);
        assert(strcasecmp(again, text) == 0);
    }
    if (hash_read(text, &hash)) {
        hash_write(&hash, again);
        assert(strcasecmp(again, text) == 0);
    }
    if (epoch_read(text, &epoch)) {
        epoch_write(epoch, again);
        assert(epoch_read(again, &epoch_back) && epoch_compare(epoch, epoch_back) == 0);
    }
}

static void figures_check(const char *text)
{
    struct err err = {0};
    int64_t    fen, cfen;
    int32_t    day, day_back;
    char       again[DAY_TEXT];
    if (day_read(text, &day)) {
        day_write(day, again);
        assert(day_read(again, &day_back) && day == day_back);
    }
    bool is_fen = money_read_fen(text, &fen, &err);
    if (!is_fen) assert(err.kind == ERR_INPUT && err.say.id[0] != 0);
    if (is_fen && money_read_rate(text, &cfen, &err)) assert(cfen == fen * 100); /* what both take is the same sum */
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct clock    clock;
    struct line_ref line;
    struct err      err = {0};
    enum lang       lang;
    char           *text = calloc(1, len + 1);
    assert(text != NULL);
    if (len > 0) memcpy(text, bytes, len);
    names_check(text);
    figures_check(text);
    if (line_ref_read(text, &line)) assert(strlen(text) <= 12);
    if (clock_start_at(&clock, text, &err)) assert(clock.rate_milli >= 0 && !clock.is_real);
    if (lang_read(text, &lang)) assert(lang < LANG_COUNT && strcmp(lang_code(lang), text) == 0);
    free(text);
    return 0;
}
