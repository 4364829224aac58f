/* version.c - which program is older: core/version.h. In: two texts. Out: their order. */
#include "core/version.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 3, DIGITS_MAX = 9 };

/* Three numbers with dots between. */
static bool parts_read(const char *text, int64_t parts[PARTS])
{
    for (int i = 0; i < PARTS; i++) {
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > DIGITS_MAX) return false;
        parts[i] = strtoll(text, NULL, 10);
        text += digits;
        if (*text != (i < PARTS - 1 ? '.' : 0)) return false;
        text += i < PARTS - 1;
    }
    return true;
}

int version_order(const char *one, const char *other)
{
    int64_t a[PARTS], b[PARTS];
    if (!parts_read(one, a) || !parts_read(other, b)) return 0;
    for (int i = 0; i < PARTS; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

const char *version_of(const char *program)
{
    const char *blank = strrchr(program, ' ');
    return blank == NULL ? program : blank + 1;
}
