/* pdf_font.h - the fonts of a PDF: what was used of each face, and the objects that hold it. The door to HarfBuzz's
 * subsetter. */
#ifndef LABELS_PDF_FONT_H
#define LABELS_PDF_FONT_H

#include "core/buf.h"
#include "labels/type.h"

enum { PDF_CIDS = 65536 };

/* The characters of one face that texts have used. */
struct pdf_font {
    bool      is_used;
    uint32_t *characters; /* by CID: the character that it stands for; 0: not used */
    uint16_t *indices;    /* by CID: its glyph in the face */
    uint16_t *widths;     /* by CID: thousandths of an em */
};

void pdf_font_use(struct pdf_font *font, const struct glyph *glyph, uint32_t character);
void pdf_font_free(struct pdf_font *font);

/* The face cut down to what was used, as a bare CFF table. False: its font can't be read or cut. */
bool pdf_font_subset(const struct pdf_font *font, struct type *type, int face, struct buf *cff) MUST_CHECK;

/* Widths of a CIDFont's /W, and the CMap that makes text of codes when somebody copies or searches. */
void pdf_font_widths(const struct pdf_font *font, struct buf *out);
void pdf_font_cmap(const struct pdf_font *font, struct buf *out);

#endif
