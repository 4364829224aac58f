/* kind.h - what a file is by what it contains, whatever its name says. */
#ifndef SERVER_BRING_KIND_H
#define SERVER_BRING_KIND_H

#include <stddef.h>

/* "pdf", "png", "jpeg", "webp", "xlsx"; NULL: none that is taken, as a workbook with macros isn't. */
const char *kind_of(const char *bytes, size_t len);

/* Its media type; that of plain bytes for what isn't known. */
const char *kind_type(const char *kind);

#endif
