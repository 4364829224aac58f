/* code_fuzz.c - any line is a code or a sentence; a code written again is the same digits.
 * links: core */
#include <assert.h>
#include <string.h>

#include "core/code.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Of what was given, at most 40 characters and the sentence's own words come back. */
static void sentence_check(const struct err *err)
{
    char words[512];
    assert(err->kind == ERR_INPUT);
    assert(strcmp(text_of(LANG_ZH, err->say.id), err->say.id) != 0);
    assert(strlen(text_say(LANG_ZH, &err->say, words, sizeof words)) < 400);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct code code, again;
    struct err  err;
    char        text[CODE_TEXT_MAX];
    if (!code_read((const char *)bytes, len, &code, &err)) {
        sentence_check(&err);
        return 0;
    }
    code_write(&code, text);
    assert(strcmp(text, code.digits) == 0);
    bool is_read = code_read(text, strlen(text), &again, &err);
    assert(is_read && again.kind == code.kind && strcmp(again.digits, code.digits) == 0);
    return 0;
}
