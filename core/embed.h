/* embed.h - files that travel inside a program: schemas, catalogues, fonts, pages. Made by the build. */
#ifndef CORE_EMBED_H
#define CORE_EMBED_H

#include <stddef.h>

struct embed {
    const char          *name;  /* path below its base folder; NULL ends the table */
    const unsigned char *bytes; /* followed by a NUL that isn't counted */
    size_t               len;
};

extern const struct embed embed_text[];         /* core: zh.mo, en.mo */
extern const struct embed embed_kiosk_schema[]; /* kiosk/keep: 1.sql ... */
extern const struct embed embed_inbox_schema[]; /* server/take */
extern const struct embed embed_books_schema[]; /* server/books */
extern const struct embed embed_office[];       /* server/show: assets/office */
extern const struct embed embed_font[];         /* core: regular.otf, bold.otf; for screens and papers */

#endif
