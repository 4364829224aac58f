/* kind_fuzz.c - any bytes as a file that somebody sends along: of no kind that is taken, or of one whose first bytes and type
 * fit; and what hides behind a good beginning makes it no other kind.
 * links: server_bring core */
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "server/bring/kind.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const char *kind = kind_of((const char *)bytes, len);
    if (kind == NULL) return 0;
    assert(len >= 3 && strcmp(kind_type(kind), "application/octet-stream") != 0);
    bool is_zip = memcmp(bytes, "PK", 2) == 0;
    assert(is_zip == (strcmp(kind, "xlsx") == 0));
    if (is_zip)
        assert(memmem(bytes, len, "vbaProject", 10) == NULL);
    else
        assert(kind_of((const char *)bytes, len < 16 ? len : 16) == kind);
    return 0;
}
