/* type.c - the faces that papers are set in: type.h. */
#include "labels/type.h"

#include <ft2build.h>

#include <freetype/freetype.h>
#include <freetype/ftadvanc.h>
#include <freetype/ftcid.h>
#include <freetype/ftmodapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/embed.h"
#include "core/utf8.h"

enum { ROW = 256, ROWS = 0x110000 / ROW, PATH_ROOM = 128 };

/* What is known already: glyphs of 256 characters in a row, asked for one by one. */
struct known {
    bool         is_known[ROW];
    struct glyph glyphs[ROW];
};

struct type {
    FT_Library    library;
    FT_Face       faces[TYPE_FACES];
    char          paths[TYPE_FACES][PATH_ROOM]; /* of the system's */
    bool          was_sought;                   /* the system's */
    struct known *known[2][ROWS];
};

/* Where systems keep the whole font; the collection's face 2 has the forms of mainland China. To extend, add a row. */
static const char *const FOLDERS[] = {"/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk",
                                      "/usr/share/fonts/google-noto-cjk"};
enum { FACE_OF_CHINA = 2 };

/* FreeType's memory as a constant: the library may outlive us in cairo's hands (draw.c), and must find it. */
static void *room_get(FT_Memory memory, long size)
{
    (void)memory;
    return malloc((size_t)size);
}

static void room_free(FT_Memory memory, void *room)
{
    (void)memory;
    free(room);
}

static void *room_change(FT_Memory memory, long was, long size, void *room)
{
    (void)memory;
    (void)was;
    return realloc(room, (size_t)size);
}

static struct FT_MemoryRec_ memory_of_all = {NULL, room_get, room_free, room_change};

static bool face_open(struct type *type, int face, const char *name)
{
    for (const struct embed *file = embed_font; file->name != NULL; file++)
        if (strcmp(file->name, name) == 0)
            return FT_New_Memory_Face(type->library, file->bytes, (FT_Long)file->len, 0, &type->faces[face]) == 0;
    return false;
}

bool type_open(struct type **type, struct err *err)
{
    struct type *made = calloc(1, sizeof *made);
    if (made == NULL) abort();                                        /* as core/buf.h */
    if (FT_New_Library(&memory_of_all, &made->library) != 0) abort(); /* as core/buf.h */
    FT_Add_Default_Modules(made->library);
    if (!face_open(made, 0, "regular.otf") || !face_open(made, 1, "bold.otf")) {
        type_close(made);
        return err_set(err, ERR_DAMAGED, SAY("labels.no_font"));
    }
    *type = made;
    return true;
}

void type_close(struct type *type)
{
    if (type == NULL) return;
    for (int weight = 0; weight < 2; weight++)
        for (int row = 0; row < ROWS; row++) free(type->known[weight][row]);
    for (int face = 0; face < TYPE_FACES; face++)
        if (type->faces[face] != NULL) FT_Done_Face(type->faces[face]);
    if (type->library != NULL) FT_Done_Library(type->library);
    free(type);
}

static void system_faces_open(struct type *type)
{
    static const char *const NAMES[2] = {"NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"};
    type->was_sought = true;
    for (int face = 2; face < TYPE_FACES; face++) {
        for (size_t i = 0; i < sizeof FOLDERS / sizeof FOLDERS[0] && type->faces[face] == NULL; i++) {
            snprintf(type->paths[face], PATH_ROOM, "%s/%s", FOLDERS[i], NAMES[face - 2]);
            if (FT_New_Face(type->library, type->paths[face], FACE_OF_CHINA, &type->faces[face]) != 0)
                type->faces[face] = NULL;
        }
    }
}

static struct glyph glyph_find(struct type *type, uint32_t character, bool is_bold)
{
    struct glyph glyph = {.index = 0};
    for (int face = is_bold ? 1 : 0; face < TYPE_FACES; face += 2) {
        if (face >= 2 && !type->was_sought) system_faces_open(type);
        if (type->faces[face] == NULL) continue;
        FT_Fixed wide = 0;
        FT_UInt  cid = 0;
        glyph.index = FT_Get_Char_Index(type->faces[face], character);
        if (glyph.index == 0) continue;
        glyph.face = face;
        if (FT_Get_CID_From_Glyph_Index(type->faces[face], glyph.index, &cid) != 0) cid = glyph.index;
        glyph.cid = cid;
        if (FT_Get_Advance(type->faces[face], glyph.index, FT_LOAD_NO_SCALE, &wide) == 0)
            glyph.advance = (float)wide / (float)type->faces[face]->units_per_EM;
        break;
    }
    return glyph;
}

struct glyph type_glyph(struct type *type, uint32_t character, bool is_bold)
{
    if (character >= 0x110000) return (struct glyph){.index = 0};
    struct known **known = &type->known[is_bold ? 1 : 0][character / ROW];
    uint32_t       at = character % ROW;
    if (*known == NULL) {
        *known = calloc(1, sizeof **known);
        if (*known == NULL) abort();
    }
    if (!(*known)->is_known[at]) {
        (*known)->is_known[at] = true;
        (*known)->glyphs[at] = glyph_find(type, character, is_bold);
    }
    return (*known)->glyphs[at];
}

uint32_t type_character(const char *text, size_t len, size_t *step)
{
    static const uint8_t FIRST[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    if (len > 0 && (uint8_t)text[0] < 0x80) { /* most are */
        *step = 1;
        return (uint8_t)text[0];
    }
    size_t size = utf8_len(text, len);
    *step = size > 0 ? size : 1;
    if (size == 0) return 0xFFFD;
    uint32_t character = (uint8_t)text[0] & FIRST[size];
    for (size_t i = 1; i < size; i++) character = character << 6 | ((uint8_t)text[i] & 0x3F);
    return character;
}

float type_width(struct type *type, const char *text, size_t len, bool is_bold)
{
    float width = 0;
    for (size_t at = 0, step; at < len; at += step)
        width += type_glyph(type, type_character(text + at, len - at, &step), is_bold).advance;
    return width;
}

struct type_source type_source(const struct type *type, int face)
{
    const char *name = face == 0 ? "regular.otf" : "bold.otf";
    if (face >= 2 && face < TYPE_FACES) return (struct type_source){.path = type->paths[face], .index = FACE_OF_CHINA};
    const struct embed *file = embed_font;
    while (strcmp(file->name, name) != 0) file++; /* type_open() found it */
    return (struct type_source){.bytes = file->bytes, .len = file->len};
}

struct FT_FaceRec_ *type_face(struct type *type, int face)
{
    FT_Face handle = type->faces[face];
    return handle;
}
