/* bring.c - a table that somebody brings: server/bring/bring.h. */
#include "server/bring/bring.h"

#include <string.h>

#include "core/csv.h"
#include "server/bring/xlsx.h"

static bool begins(const char *bytes, size_t len, const char *with, size_t count)
{
    return len >= count && memcmp(bytes, with, count) == 0;
}

bool bring_import(const char *kind, const char *bytes, size_t len, bool is_dry, struct buf *body, struct err *err)
{
    /* The container of .xls, and of an .xlsx that has a password. */
    if (begins(bytes, len, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8)) return err_set(err, ERR_INPUT, SAY("xlsx.old"));
    if (begins(bytes, len, "PK\x03\x04", 4) || begins(bytes, len, "PK\x05\x06", 4))
        return xlsx_import(kind, bytes, len, is_dry, body, err);
    return csv_import(kind, bytes, len, is_dry, body, err);
}
