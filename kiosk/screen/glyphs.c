/* glyphs.c - the two faces of the kiosk: glyphs.h.
 *
 * Widths come from a large face, so that they are the same at every size. Characters that the face lacks are drawn by
 * SDL_ttf as its empty box; the 8,105 standard characters and GB 2312 are all there.
 *
 * An open face takes nearly a megabyte, whatever its size: a few of each weight stay open, and the one that was used
 * longest ago takes another size. What was drawn is kept by masks.c, so that this is seldom. */
#include "kiosk/screen/glyphs.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

#include "core/embed.h"
#include "core/utf8.h"

enum { MEASURE_PX = 200, FACES_MAX = 3, WIDTHS = 4096 };

struct face {
    int       size_px;
    TTF_Font *font; /* NULL: not open yet */
    uint64_t  used;
};

/* Widths of characters that were measured, by hash of the code point; 0: free. */
struct width {
    uint32_t code;
    uint16_t units;
};

struct glyphs {
    struct face    faces[2][FACES_MAX]; /* regular, bold */
    uint64_t       clock;
    struct width   widths[2][WIDTHS];
    struct measure measure;
};

static TTF_Font *face_open(bool is_bold, int size_px)
{
    const char *name = is_bold ? "bold.otf" : "regular.otf";
    for (const struct embed *file = embed_font; file->name != NULL; file++) {
        if (strcmp(file->name, name) != 0) continue;
        TTF_Font *font = TTF_OpenFontRW(SDL_RWFromConstMem(file->bytes, (int)file->len), 1, size_px);
        if (font != NULL) {
            TTF_SetFontHinting(font, TTF_HINTING_NONE);
            TTF_SetFontKerning(font, 0);
        }
        return font;
    }
    return NULL;
}

/* NULL: there is none, TTF_GetError() says why. */
static TTF_Font *face_of(struct glyphs *glyphs, int size_px, bool is_bold)
{
    struct face *faces = glyphs->faces[is_bold ? 1 : 0], *oldest = faces;
    for (struct face *face = faces; face < faces + FACES_MAX; face++) {
        if (face->font != NULL && face->size_px == size_px) {
            face->used = ++glyphs->clock;
            return face->font;
        }
        if (face->used < oldest->used) oldest = face;
    }
    if (oldest->font == NULL) oldest->font = face_open(is_bold, size_px);
    if (oldest->font == NULL || TTF_SetFontSize(oldest->font, size_px) != 0) return NULL;
    oldest->size_px = size_px;
    oldest->used = ++glyphs->clock;
    return oldest->font;
}

static uint32_t code_of(const char *text, size_t len)
{
    unsigned char first = (unsigned char)text[0];
    uint32_t      code = len == 1 ? first : len == 2 ? first & 0x1Fu : len == 3 ? first & 0x0Fu : first & 0x07u;
    for (size_t i = 1; i < len; i++) code = code << 6 | ((unsigned char)text[i] & 0x3Fu);
    return code;
}

static int code_units(struct glyphs *glyphs, uint32_t code, bool is_bold)
{
    struct width *widths = glyphs->widths[is_bold ? 1 : 0];
    uint32_t      at = (code * UINT32_C(2654435761)) >> 20; /* 12 bits: WIDTHS */
    for (int tries = 0; tries < 8; tries++, at = (at + 1) % WIDTHS) {
        if (widths[at].code == code) return widths[at].units;
        if (widths[at].code == 0) break;
    }
    int       advance = MEASURE_PX;
    TTF_Font *font = face_of(glyphs, MEASURE_PX, is_bold);
    if (font != NULL) TTF_GlyphMetrics32(font, code, NULL, NULL, NULL, NULL, &advance);
    widths[at] = (struct width){code, (uint16_t)advance};
    return advance;
}

static float text_width(void *self, const char *text, size_t len, bool is_bold)
{
    struct glyphs *glyphs = self;
    int            units = 0;
    while (len > 0) {
        size_t step = utf8_len(text, len);
        units += step > 0 ? code_units(glyphs, code_of(text, step), is_bold) : MEASURE_PX;
        if (step == 0) step = 1;
        text += step;
        len -= step;
    }
    return (float)units / MEASURE_PX;
}

bool glyphs_open(struct glyphs **glyphs, struct err *err)
{
    if (TTF_Init() != 0) return err_set(err, ERR_IO, say_text(SAY("window.fonts"), TTF_GetError()));
    struct glyphs *made = calloc(1, sizeof *made);
    if (made == NULL) abort();
    made->measure = (struct measure){text_width, made};
    if (face_of(made, MEASURE_PX, false) == NULL || face_of(made, MEASURE_PX, true) == NULL) {
        err_set(err, ERR_IO, say_text(SAY("window.fonts"), TTF_GetError()));
        glyphs_close(made);
        return false;
    }
    *glyphs = made;
    return true;
}

void glyphs_close(struct glyphs *glyphs)
{
    if (glyphs == NULL) return;
    for (int i = 0; i < 2 * FACES_MAX; i++) {
        TTF_Font *font = glyphs->faces[i / FACES_MAX][i % FACES_MAX].font;
        if (font != NULL) TTF_CloseFont(font);
    }
    free(glyphs);
    TTF_Quit();
}

const struct measure *glyphs_measure(const struct glyphs *glyphs)
{
    return &glyphs->measure;
}

bool glyphs_draw(struct glyphs *glyphs, const char *text, int size_px, bool is_bold, struct glyphs_line *line)
{
    TTF_Font *font = face_of(glyphs, size_px, is_bold);
    if (font == NULL || text[0] == '\0') return false;
    SDL_Surface *surface =
        TTF_RenderUTF8_Shaded(font, text, (SDL_Color){255, 255, 255, 255}, (SDL_Color){0, 0, 0, 255});
    if (surface == NULL) return false;
    *line = (struct glyphs_line){surface->w, surface->h, TTF_FontAscent(font), NULL};
    line->bytes = malloc((size_t)surface->w * (size_t)surface->h);
    if (line->bytes == NULL) abort();
    for (int y = 0; y < surface->h; y++) /* an 8-bit surface whose palette runs from ground to ink */
        memcpy(line->bytes + (size_t)y * (size_t)surface->w,
               (uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch, (size_t)surface->w);
    SDL_FreeSurface(surface);
    return true;
}
