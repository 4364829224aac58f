/* pdf.c - a paper as PDF: pdf.h. */
#include "labels/pdf.h"

#include <cairo-pdf.h>

#define POINTS_PER_MM (72 / 25.4)

static cairo_status_t bytes_add(void *out, const unsigned char *bytes, unsigned int len)
{
    buf_add(out, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

static bool pages_draw(struct press *press, const struct paper *paper, cairo_surface_t *surface, struct err *err)
{
    bool     is_drawn = true;
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, POINTS_PER_MM, POINTS_PER_MM);
    for (size_t page = 0; page < paper->page_count && is_drawn; page++) {
        cairo_pdf_surface_set_size(surface, (double)paper->pages[page].width * POINTS_PER_MM,
                                   (double)paper->pages[page].height * POINTS_PER_MM);
        is_drawn = draw_page(press, paper, page, 0, cr, err);
        cairo_show_page(cr);
    }
    if (is_drawn && cairo_status(cr) != CAIRO_STATUS_SUCCESS) is_drawn = err_set(err, ERR_IO, SAY("labels.not_made"));
    cairo_destroy(cr);
    return is_drawn;
}

bool pdf_write(struct press *press, const struct paper *paper, const char *title, const char *made_at, struct buf *out,
               struct err *err)
{
    size_t           was = out->len;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(bytes_add, out, 1, 1);
    /* cairo would put the time of day in, and the same paper had other bytes each time. */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   made_at != NULL ? made_at : "2000-01-01T00:00:00Z");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    bool is_done = pages_draw(press, paper, surface, err);
    cairo_surface_finish(surface);
    if (is_done && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        is_done = err_set(err, ERR_IO, SAY("labels.not_made"));
    cairo_surface_destroy(surface);
    if (!is_done) out->len = was;
    return is_done;
}
