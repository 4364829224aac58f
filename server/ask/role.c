/* role.c - words of the roles: server/ask/role.h (texts: office.role.*). */
#include "server/ask/role.h"

#include <string.h>

#include "core/json.h"

/* In the order of the bits. */
static const char *const WORDS[] = {"administrator", "payroll", "desk",  "finance", "manager",
                                    "supervisor",    "owner",   "taker", "quoter",  "technical",
                                    "shipping",      "qc",      NULL};

unsigned roles_read(const char *words)
{
    unsigned roles = 0;
    while (*words != 0) {
        size_t len = strcspn(words, " ");
        for (int i = 0; WORDS[i] != NULL; i++)
            if (strlen(WORDS[i]) == len && memcmp(WORDS[i], words, len) == 0) roles |= 1U << i;
        words += len + strspn(words + len, " ");
    }
    return roles;
}

void roles_json(unsigned roles, struct buf *out)
{
    buf_char(out, '[');
    for (int i = 0; WORDS[i] != NULL; i++) {
        if ((roles >> i & 1) == 0) continue;
        json_sep(out);
        json_cstr(out, WORDS[i]);
    }
    buf_char(out, ']');
}
