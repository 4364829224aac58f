/* locale.c - which of our languages somebody means: locale.h. Pure. */
#include "core/locale.h"

#include <string.h>

enum lang lang_of(const char *text, enum lang otherwise)
{
    for (int i = 0; text != NULL && i < LANG_COUNT; i++) {
        const char *code = lang_code((enum lang)i);
        size_t      len = strlen(code);
        if (strncmp(text, code, len) == 0 && strspn(text + len, "abcdefghijklmnopqrstuvwxyz") == 0) return (enum lang)i;
    }
    return otherwise;
}
