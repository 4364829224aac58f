/* type.h - the faces that papers are set in: which font has a character, and how wide it is. The door to FreeType.
 *
 * Noto Sans CJK SC, regular and bold, travel inside the program, cut down to GB 2312 and the 8,105 standard characters;
 * what they lack comes from the whole font where the system has it (package fonts-noto-cjk). Nothing else is ever
 * taken instead: a character that no font has is the caller's to refuse. One thread at a time. */
#ifndef LABELS_TYPE_H
#define LABELS_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

struct type;

/* Regular and bold of our own, then of the system. */
enum { TYPE_FACES = 4 };

struct glyph {
    uint32_t index; /* 0: no font has it */
    uint32_t cid;   /* its number in a CFF of that font, however much is cut away */
    int      face;
    float    advance; /* of an em */
};

/* Fails where the fonts inside the program can't be read. */
bool type_open(struct type **type, struct err *err) MUST_CHECK;
void type_close(struct type *type); /* takes NULL */

struct glyph type_glyph(struct type *type, uint32_t character, bool is_bold);

/* Width of text of len bytes of UTF-8, of an em. */
float type_width(struct type *type, const char *text, size_t len, bool is_bold);

/* The character at the start of text, of which len bytes are left, and how many it takes; what is no UTF-8 is U+FFFD. */
uint32_t type_character(const char *text, size_t len, size_t *step);

/* Where a face's font comes from: bytes inside the program, or face number index of a file of the system. */
struct type_source {
    const void *bytes; /* NULL: path */
    size_t      len;
    const char *path;
    unsigned    index;
};
struct type_source type_source(const struct type *type, int face);

/* FreeType's own handle of a face, for those who draw; NULL where the system has none. */
struct FT_FaceRec_ *type_face(struct type *type, int face);

#endif
