/* raster.c - a page as dots: raster.h. */
#include "labels/raster.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>

#define MM_PER_INCH 25.4f

static float density(int dpi)
{
    return dpi == 203 ? 8 : (float)dpi / MM_PER_INCH;
}

/* The page on white; NULL and *err where that can't be. */
static cairo_surface_t *page_draw(struct press *press, const struct paper *paper, size_t page, float dots_per_mm,
                                  bool is_snapped, struct err *err)
{
    int wide = (int)lroundf(paper->pages[page].width * dots_per_mm);
    int high = (int)lroundf(paper->pages[page].height * dots_per_mm);
    if (wide < 1 || high < 1 || wide > RASTER_SIDE_MAX || high > RASTER_SIDE_MAX) {
        err_set(err, ERR_INPUT, SAY("labels.dpi"));
        return NULL;
    }
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, wide, high);
    cairo_t         *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, (double)dots_per_mm, (double)dots_per_mm);
    bool is_drawn = draw_page(press, paper, page, is_snapped ? dots_per_mm : 0, cr, err);
    if (is_drawn && cairo_status(cr) != CAIRO_STATUS_SUCCESS) is_drawn = err_set(err, ERR_IO, SAY("labels.not_made"));
    cairo_destroy(cr);
    if (is_drawn) return surface;
    cairo_surface_destroy(surface);
    return NULL;
}

static cairo_status_t bytes_add(void *out, const unsigned char *bytes, unsigned int len)
{
    buf_add(out, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

bool raster_png(struct press *press, const struct paper *paper, size_t page, int dpi, struct buf *out, struct err *err)
{
    size_t           was = out->len;
    cairo_surface_t *surface = page_draw(press, paper, page, (float)dpi / MM_PER_INCH, false, err);
    if (surface == NULL) return false;
    bool is_done = cairo_surface_write_to_png_stream(surface, bytes_add, out) == CAIRO_STATUS_SUCCESS ||
                   err_set(err, ERR_IO, SAY("labels.not_made"));
    cairo_surface_destroy(surface);
    if (!is_done) out->len = was;
    return is_done;
}

/* Darker than the middle is black: strokes keep their width. */
static bool is_dark(uint32_t pixel)
{
    uint32_t red = pixel >> 16 & 0xFF, green = pixel >> 8 & 0xFF, blue = pixel & 0xFF;
    return 299 * red + 587 * green + 114 * blue < 500 * 255;
}

bool raster_dots(struct press *press, const struct paper *paper, size_t page, int dpi, struct dots *dots,
                 struct err *err)
{
    cairo_surface_t *surface = page_draw(press, paper, page, density(dpi), true, err);
    if (surface == NULL) return false;
    struct dots made = {.width = cairo_image_surface_get_width(surface),
                        .height = cairo_image_surface_get_height(surface)};
    made.row_bytes = (made.width + 7) / 8;
    made.bytes = calloc((size_t)made.row_bytes, (size_t)made.height);
    if (made.bytes == NULL) abort(); /* as core/buf.h */
    cairo_surface_flush(surface);
    const unsigned char *rows = cairo_image_surface_get_data(surface);
    int                  stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < made.height; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)(rows + (ptrdiff_t)y * stride);
        for (int x = 0; x < made.width; x++)
            if (is_dark(row[x])) made.bytes[y * made.row_bytes + x / 8] |= (uint8_t)(0x80 >> x % 8);
    }
    cairo_surface_destroy(surface);
    *dots = made;
    return true;
}

void dots_free(struct dots *dots)
{
    free(dots->bytes);
    dots->bytes = NULL;
}
