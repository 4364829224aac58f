/* draw.c - boxes drawn by cairo: draw.h. */
#include "labels/draw.h"

#include <cairo-ft.h>
#include <cairo.h>
#include <freetype/ftmodapi.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURES_MAX = 8, PICTURE_SIDE_MAX = 6000, LINE_GLYPHS_MAX = 1024 };

struct picture {
    const void      *bytes;
    size_t           size;
    cairo_surface_t *surface;
};

struct press {
    struct type       *type;
    cairo_font_face_t *faces[TYPE_FACES];
    struct picture     pictures[PICTURES_MAX]; /* the newest first */
};

/* cairo keeps scaled fonts for a while after their face was given up, so it holds FreeType's face and library itself. */
static void face_release(void *face)
{
    FT_Library library = ((FT_Face)face)->glyph->library;
    FT_Done_Face(face);
    FT_Done_Library(library);
}

static cairo_font_face_t *face_make(FT_Face handle)
{
    static const cairo_user_data_key_t KEY;
    cairo_font_face_t                 *face = cairo_ft_font_face_create_for_ft_face(handle, FT_LOAD_NO_HINTING);
    if (FT_Reference_Library(handle->glyph->library) != 0 || FT_Reference_Face(handle) != 0) abort();
    if (cairo_font_face_set_user_data(face, &KEY, handle, face_release) != CAIRO_STATUS_SUCCESS) abort();
    return face;
}

bool press_open(struct press **press, struct type *type, struct err *err)
{
    struct press *made = calloc(1, sizeof *made);
    if (made == NULL) abort(); /* as core/buf.h */
    made->type = type;
    for (int face = 0; face < TYPE_FACES; face++) {
        type_glyph(type, 0x10FFFF, face % 2 == 1); /* no font has it, so the system's are sought */
        FT_Face handle = type_face(type, face);
        if (handle != NULL) made->faces[face] = face_make(handle);
    }
    if (cairo_font_face_status(made->faces[0]) != CAIRO_STATUS_SUCCESS) {
        press_close(made);
        return err_set(err, ERR_DAMAGED, SAY("labels.no_font"));
    }
    *press = made;
    return true;
}

void press_close(struct press *press)
{
    if (press == NULL) return;
    for (int i = 0; i < PICTURES_MAX; i++)
        if (press->pictures[i].surface != NULL) cairo_surface_destroy(press->pictures[i].surface);
    for (int face = 0; face < TYPE_FACES; face++)
        if (press->faces[face] != NULL) cairo_font_face_destroy(press->faces[face]);
    free(press);
}

static void ink_set(cairo_t *cr, uint32_t ink)
{
    cairo_set_source_rgb(cr, (ink >> 16 & 0xFF) / 255.0, (ink >> 8 & 0xFF) / 255.0, (ink & 0xFF) / 255.0);
}

/* ---- Text */

/* A run of one face. */
struct run {
    cairo_glyph_t        glyphs[LINE_GLYPHS_MAX];
    cairo_text_cluster_t clusters[LINE_GLYPHS_MAX];
    int                  count, face;
    const char          *text;
    size_t               len;
};

static void run_show(struct press *press, cairo_t *cr, struct run *run, float em)
{
    if (run->count == 0) return;
    cairo_set_font_face(cr, press->faces[run->face]);
    cairo_set_font_size(cr, (double)em);
    cairo_show_text_glyphs(cr, run->text, (int)run->len, run->glyphs, run->count, run->clusters, run->count, 0);
    run->count = 0;
}

static void text_draw(struct press *press, cairo_t *cr, const struct box *box, const char *text)
{
    struct run *run = calloc(1, sizeof *run);
    float       x = box->area.x;
    if (run == NULL) abort();
    for (size_t at = 0, step; at < box->len; at += step) {
        struct glyph glyph = type_glyph(press->type, type_character(text + at, box->len - at, &step), box->is_bold);
        if (run->count > 0 && (glyph.face != run->face || run->count == LINE_GLYPHS_MAX))
            run_show(press, cr, run, box->area.h);
        if (run->count == 0) {
            run->text = text + at;
            run->face = glyph.face;
            run->len = 0;
        }
        run->glyphs[run->count] = (cairo_glyph_t){glyph.index, (double)x, (double)box->area.y};
        run->clusters[run->count++] = (cairo_text_cluster_t){(int)step, 1};
        run->len += step;
        x += glyph.advance * box->area.h;
    }
    run_show(press, cr, run, box->area.h);
    free(run);
}

/* ---- Lines, rectangles, drawings */

static void line_draw(cairo_t *cr, const struct box *box)
{
    double dash = (double)box->dash;
    cairo_set_line_width(cr, (double)box->line);
    cairo_set_dash(cr, &dash, box->dash > 0 ? 1 : 0, 0);
    cairo_move_to(cr, (double)box->area.x, (double)box->area.y);
    cairo_rel_line_to(cr, (double)box->area.w, (double)box->area.h);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void rect_draw(cairo_t *cr, const struct box *box)
{
    cairo_rectangle(cr, (double)box->area.x, (double)box->area.y, (double)box->area.w, (double)box->area.h);
    if (box->line <= 0) {
        cairo_fill(cr);
        return;
    }
    cairo_set_line_width(cr, (double)box->line);
    cairo_stroke(cr);
}

struct drawing {
    cairo_t *cr;
    double   x, y;
};

/* A curve comes as many short lines; a point that its neighbours leave out by less than this isn't worth its bytes. */
#define CURVE_MM 0.012f

static float distance(struct point p, struct point a, struct point b)
{
    float dx = b.x - a.x, dy = b.y - a.y, d = sqrtf(dx * dx + dy * dy);
    return d < 1e-6f ? hypotf(p.x - a.x, p.y - a.y) : fabsf((p.x - a.x) * dy - (p.y - a.y) * dx) / d;
}

/* The next point behind at that must stand: all between lie near enough to the line there. */
int draw_next(const struct point *points, int at, int end)
{
    int next = at + 1;
    for (; next + 1 < end; next++)
        for (int i = at + 1; i <= next; i++)
            if (distance(points[i], points[at], points[next + 1]) > CURVE_MM) return next;
    return next;
}

static void part_draw(const struct outline *outline, void *self)
{
    const struct drawing *drawing = self;
    int                   from = 0;
    for (int e = 0; e < outline->end_count; from = outline->ends[e++]) {
        for (int i = from; i < outline->ends[e]; i = draw_next(outline->points, i, outline->ends[e]))
            cairo_line_to(drawing->cr, drawing->x + (double)outline->points[i].x,
                          drawing->y + (double)outline->points[i].y);
        cairo_close_path(drawing->cr);
        cairo_new_sub_path(drawing->cr);
    }
    cairo_fill(drawing->cr);
}

/* ---- Symbols */

/* Bars overlap by a hair where they touch, so that viewers which soften edges leave no light seam. */
#define SEAM_MM 0.01

static void modules_draw(cairo_t *cr, const struct symbol *symbol, double x, double y, double module, double high)
{
    double seam = symbol->rows > 1 ? SEAM_MM : 0;
    for (int row = 0; row < symbol->rows; row++) {
        for (int from = 0, to; from < symbol->columns; from = to + 1) {
            for (to = from; to < symbol->columns && symbol_is_black(symbol, row, to);) to++;
            if (to > from)
                cairo_rectangle(cr, x + from * module, y + row * high, (to - from) * module + seam, high + seam);
        }
    }
    cairo_fill(cr);
}

/* On a raster a module is a whole number of dots, as near as may be to what was asked for; a dot less where that doesn't
 * fit, and refused where bars become finer than a scanner reads. */
static bool module_snap(const struct box *box, float modules, float dots_per_mm, double *module, struct err *err)
{
    if (dots_per_mm <= 0) return true;
    float dots = roundf(box->line * dots_per_mm);
    if (dots * modules > box->area.w * dots_per_mm + 0.5f) dots -= 1;
    if (dots < 1 || dots / dots_per_mm < SYMBOL_MODULE_LEAST_MM - 0.004f)
        return err_set(err, ERR_INPUT, SAY("labels.thin"));
    *module = (double)(dots / dots_per_mm);
    return true;
}

static double snapped(double mm, float dots_per_mm)
{
    return dots_per_mm > 0 ? round(mm * (double)dots_per_mm) / (double)dots_per_mm : mm;
}

static bool symbol_draw(cairo_t *cr, const struct box *box, const char *digits, float dots_per_mm, struct err *err)
{
    struct symbol symbol;
    double        module = (double)box->line;
    if (!symbol_make(box->symbol, digits, &symbol, err)) return false;
    int columns = symbol.columns + 2 * symbol_quiet(box->symbol);
    if (!module_snap(box, (float)columns, dots_per_mm, &module, err)) return false;
    double x = (double)box->area.x + ((double)box->area.w - symbol.columns * module) / 2, y = (double)box->area.y;
    double high = (double)box->area.h;
    if (box->symbol == SYMBOL_QR) {
        y += ((double)box->area.h - symbol.rows * module) / 2;
        high = module;
    }
    modules_draw(cr, &symbol, snapped(x, dots_per_mm), snapped(y, dots_per_mm), module, snapped(high, dots_per_mm));
    return true;
}

/* ---- Pictures */

struct reader {
    const uint8_t *bytes;
    size_t         left;
};

static cairo_status_t png_read(void *self, unsigned char *bytes, unsigned int len)
{
    struct reader *reader = self;
    if (len > reader->left) return CAIRO_STATUS_READ_ERROR;
    memcpy(bytes, reader->bytes, len);
    reader->bytes += len;
    reader->left -= len;
    return CAIRO_STATUS_SUCCESS;
}

/* A PNG says its size in front; one that would unpack to gigabytes isn't begun. */
static bool png_is_sane(const uint8_t *bytes, size_t size)
{
    if (size < 33 || memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) != 0) return false;
    uint32_t wide = (uint32_t)bytes[16] << 24 | (uint32_t)bytes[17] << 16 | (uint32_t)bytes[18] << 8 | bytes[19];
    uint32_t high = (uint32_t)bytes[20] << 24 | (uint32_t)bytes[21] << 16 | (uint32_t)bytes[22] << 8 | bytes[23];
    return wide > 0 && high > 0 && wide <= PICTURE_SIDE_MAX && high <= PICTURE_SIDE_MAX;
}

static cairo_surface_t *picture_decode(const struct box *box, struct err *err)
{
    struct reader reader = {box->bytes, box->size};
    if (!png_is_sane(box->bytes, box->size)) {
        err_set(err, ERR_INPUT, SAY("labels.picture"));
        return NULL;
    }
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(png_read, &reader);
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) return surface;
    cairo_surface_destroy(surface);
    err_set(err, ERR_INPUT, SAY("labels.picture"));
    return NULL;
}

/* The same bytes are decoded once, and stand once in a PDF. */
static cairo_surface_t *picture_find(struct press *press, const struct box *box, struct err *err)
{
    struct picture *all = press->pictures;
    int             at = 0;
    while (at < PICTURES_MAX && (all[at].bytes != box->bytes || all[at].size != box->size)) at++;
    if (at == PICTURES_MAX) {
        cairo_surface_t *surface = picture_decode(box, err);
        if (surface == NULL) return NULL;
        at = PICTURES_MAX - 1;
        if (all[at].surface != NULL) cairo_surface_destroy(all[at].surface);
        all[at] = (struct picture){box->bytes, box->size, surface};
    }
    struct picture found = all[at];
    memmove(all + 1, all, sizeof *all * (size_t)at);
    all[0] = found;
    return found.surface;
}

/* Premultiplied on white. */
static uint8_t on_white(uint32_t pixel, int shift, uint32_t alpha)
{
    uint32_t value = (pixel >> shift & 0xFF) + 255 - alpha;
    return (uint8_t)(value > 255 ? 255 : value);
}

static void pixels_copy(cairo_surface_t *image, const struct pixels *pixels)
{
    const unsigned char *rows = cairo_image_surface_get_data(image);
    ptrdiff_t            stride = cairo_image_surface_get_stride(image);
    bool                 has_alpha = cairo_image_surface_get_format(image) == CAIRO_FORMAT_ARGB32;
    uint8_t             *out = pixels->rgb;
    for (int y = 0; y < pixels->height; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)(rows + y * stride);
        for (int x = 0; x < pixels->width; x++) {
            uint32_t alpha = has_alpha ? row[x] >> 24 : 255;
            *out++ = on_white(row[x], 16, alpha);
            *out++ = on_white(row[x], 8, alpha);
            *out++ = on_white(row[x], 0, alpha);
        }
    }
}

bool press_pixels(struct press *press, const struct box *box, struct pixels *pixels, struct err *err)
{
    cairo_surface_t *surface = picture_find(press, box, err);
    if (surface == NULL) return false;
    int              wide = cairo_image_surface_get_width(surface), high = cairo_image_surface_get_height(surface);
    cairo_surface_t *plain = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, wide, high); /* whatever the PNG was */
    cairo_t         *cr = cairo_create(plain);
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_paint(cr);
    cairo_destroy(cr);
    cairo_surface_flush(plain);
    *pixels = (struct pixels){.width = wide, .height = high, .rgb = malloc((size_t)wide * (size_t)high * 3)};
    if (pixels->rgb == NULL) abort(); /* as core/buf.h */
    pixels_copy(plain, pixels);
    cairo_surface_destroy(plain);
    return true;
}

static bool picture_draw(struct press *press, cairo_t *cr, const struct box *box, struct err *err)
{
    cairo_surface_t *surface = picture_find(press, box, err);
    if (surface == NULL) return false;
    double wide = cairo_image_surface_get_width(surface), high = cairo_image_surface_get_height(surface);
    double scale = fmin((double)box->area.w / wide, (double)box->area.h / high);
    cairo_save(cr);
    cairo_translate(cr, (double)box->area.x + ((double)box->area.w - wide * scale) / 2,
                    (double)box->area.y + ((double)box->area.h - high * scale) / 2);
    cairo_scale(cr, scale, scale);
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_paint(cr);
    cairo_restore(cr);
    return true;
}

/* ---- All */

static bool box_draw(struct press *press, const struct box *box, const char *text, float dots_per_mm, cairo_t *cr,
                     struct err *err)
{
    ink_set(cr, box->ink);
    switch (box->kind) {
    case BOX_TEXT: text_draw(press, cr, box, text); return true;
    case BOX_LINE: line_draw(cr, box); return true;
    case BOX_RECT: rect_draw(cr, box); return true;
    case BOX_SYMBOL: return symbol_draw(cr, box, text, dots_per_mm, err);
    case BOX_PICTURE: return picture_draw(press, cr, box, err);
    case BOX_DRAWING:
        outline_draw(text, &box->place, part_draw, &(struct drawing){cr, (double)box->area.x, (double)box->area.y});
        return true;
    }
    return true;
}

bool draw_page(struct press *press, const struct paper *paper, size_t page, float dots_per_mm, struct _cairo *cr,
               struct err *err)
{
    size_t            count;
    const struct box *boxes = paper_boxes(paper, page, &count);
    for (size_t i = 0; i < count; i++)
        if (!box_draw(press, &boxes[i], paper_box_text(paper, &boxes[i]), dots_per_mm, cr, err)) return false;
    return true;
}
