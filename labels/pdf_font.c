/* pdf_font.c - the fonts of a PDF: pdf_font.h. */
#include "labels/pdf_font.h"

#include <hb-subset.h>
#include <hb.h>
#include <stdlib.h>

enum { CMAP_BLOCK = 100, FULL_WIDTH = 1000 };

static void *room(size_t size)
{
    void *bytes = calloc(PDF_CIDS, size);
    if (bytes == NULL) abort(); /* as core/buf.h */
    return bytes;
}

void pdf_font_use(struct pdf_font *font, const struct glyph *glyph, uint32_t character)
{
    if (!font->is_used) {
        font->is_used = true;
        font->characters = room(sizeof *font->characters);
        font->indices = room(sizeof *font->indices);
        font->widths = room(sizeof *font->widths);
    }
    if (glyph->cid >= PDF_CIDS || font->characters[glyph->cid] != 0) return;
    font->characters[glyph->cid] = character;
    font->indices[glyph->cid] = (uint16_t)glyph->index;
    font->widths[glyph->cid] = (uint16_t)(glyph->advance * FULL_WIDTH + 0.5f);
}

void pdf_font_free(struct pdf_font *font)
{
    free(font->characters);
    free(font->indices);
    free(font->widths);
    *font = (struct pdf_font){.is_used = false};
}

bool pdf_font_subset(const struct pdf_font *font, struct type *type, int face, struct buf *cff)
{
    struct type_source source = type_source(type, face);
    hb_blob_t         *whole = source.bytes != NULL
                                   ? hb_blob_create(source.bytes, (unsigned)source.len, HB_MEMORY_MODE_READONLY, NULL, NULL)
                                   : hb_blob_create_from_file(source.path);
    hb_face_t         *from = hb_face_create(whole, source.index), *cut;
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL) abort(); /* as core/buf.h */
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (uint32_t cid = 0; cid < PDF_CIDS; cid++)
        if (font->characters[cid] != 0) hb_set_add(glyphs, font->indices[cid]);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    hb_set_clear(hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG)); /* no substitutes come along */
    cut = hb_subset_or_fail(from, input);
    if (cut != NULL) {
        unsigned    len;
        hb_blob_t  *table = hb_face_reference_table(cut, HB_TAG('C', 'F', 'F', ' '));
        const char *bytes = hb_blob_get_data(table, &len);
        buf_add(cff, bytes, len);
        hb_blob_destroy(table);
        hb_face_destroy(cut);
    }
    hb_subset_input_destroy(input);
    hb_face_destroy(from);
    hb_blob_destroy(whole);
    return cff->len > 0;
}

void pdf_font_widths(const struct pdf_font *font, struct buf *out)
{
    buf_char(out, '[');
    for (uint32_t cid = 0; cid < PDF_CIDS; cid++)
        if (font->characters[cid] != 0 && font->widths[cid] != FULL_WIDTH)
            buf_fmt(out, "%u[%u]", cid, font->widths[cid]);
    buf_char(out, ']');
}

/* UTF-16, as CMaps have it. */
static void character_write(uint32_t character, struct buf *out)
{
    if (character < 0x10000) {
        buf_fmt(out, "%04X", character);
        return;
    }
    character -= 0x10000;
    buf_fmt(out, "%04X%04X", 0xD800 + (character >> 10), 0xDC00 + (character & 0x3FF));
}

void pdf_font_cmap(const struct pdf_font *font, struct buf *out)
{
    struct buf block = {0};
    int        count = 0;
    buf_str(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                 "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                 "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                 "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (uint32_t cid = 0; cid <= PDF_CIDS; cid++) {
        bool is_end = cid == PDF_CIDS;
        if (!is_end && font->characters[cid] != 0) {
            buf_fmt(&block, "<%04X><", cid);
            character_write(font->characters[cid], &block);
            buf_str(&block, ">\n");
            count++;
        }
        if (count == CMAP_BLOCK || (is_end && count > 0)) {
            buf_fmt(out, "%d beginbfchar\n%sendbfchar\n", count, buf_text(&block));
            buf_clear(&block);
            count = 0;
        }
    }
    buf_str(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    buf_free(&block);
}
