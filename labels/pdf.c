/* pdf.c - a paper as PDF: pdf.h. Written by hand, as a paper needs a tenth of what PDF can do, and a factory prints
 * thousands. ISO 32000-1 is the source of every word below.
 *
 * Content is in millimetres from the top left corner: one matrix turns the page over, and each text turns itself back. */
#include "labels/pdf.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "labels/pdf_font.h"

#define POINTS_PER_MM (72 / 25.4)

enum { PACKING = 1, KEPT_DRAWINGS = 256 };

/* Numbers of the objects that are always there. */
enum { OBJECT_CATALOG = 1, OBJECT_PAGES, OBJECT_INFO, OBJECT_FONTS, OBJECT_FREE = OBJECT_FONTS + 5 * TYPE_FACES };

/* A drawing that stands on the page before stands at the same place on most others: its lines are kept. */
struct kept {
    uint64_t   hash;
    struct buf lines;
};

struct picture {
    const void *bytes;
    size_t      size;
    int         object, width, height;
};

struct pdf {
    struct press       *press;
    const struct paper *paper;
    struct buf         *out;
    size_t              begin;   /* of the file in out */
    size_t             *offsets; /* by object: where it begins, from begin */
    int                 object_count, object_room;
    struct pdf_font     fonts[TYPE_FACES];
    struct kept         kept[KEPT_DRAWINGS];
    struct picture     *pictures;
    int                 picture_count;
    z_stream            pack;
    struct buf          content, packed;
    /* What the page's content has set so far. */
    uint32_t            fill, stroke;
    float               line, em;
    int                 face;
};

/* ---- Objects */

static int object_new(struct pdf *pdf)
{
    if (pdf->object_count + 1 >= pdf->object_room) {
        pdf->object_room = pdf->object_room == 0 ? 256 : pdf->object_room * 2;
        pdf->offsets = reallocarray(pdf->offsets, (size_t)pdf->object_room, sizeof *pdf->offsets);
        if (pdf->offsets == NULL) abort(); /* as core/buf.h */
    }
    pdf->offsets[++pdf->object_count] = 0;
    return pdf->object_count;
}

static void object_begin(struct pdf *pdf, int object)
{
    pdf->offsets[object] = pdf->out->len - pdf->begin;
    buf_fmt(pdf->out, "%d 0 obj\n", object);
}

static void object_end(struct pdf *pdf)
{
    buf_str(pdf->out, "\nendobj\n");
}

/* Packs bytes into pdf->packed. */
static void pack(struct pdf *pdf, const void *bytes, size_t len)
{
    buf_clear(&pdf->packed);
    deflateReset(&pdf->pack);
    size_t room = deflateBound(&pdf->pack, len);
    pdf->pack.next_in = (Bytef *)(uintptr_t)bytes;
    pdf->pack.avail_in = (uInt)len;
    pdf->pack.next_out = (Bytef *)buf_room(&pdf->packed, room);
    pdf->pack.avail_out = (uInt)room;
    int result = deflate(&pdf->pack, Z_FINISH);
    assert(result == Z_STREAM_END);
    (void)result;
    pdf->packed.len = pdf->pack.total_out;
}

static void stream_write(struct pdf *pdf, int object, const char *words, const void *bytes, size_t len)
{
    pack(pdf, bytes, len);
    object_begin(pdf, object);
    buf_fmt(pdf->out, "<<%s/Length %zu/Filter/FlateDecode>>stream\n", words, pdf->packed.len);
    buf_add(pdf->out, pdf->packed.bytes, pdf->packed.len);
    buf_str(pdf->out, "\nendstream");
    object_end(pdf);
}

/* ---- Numbers: thousandths, without zeros that say nothing */

static void number(struct buf *out, float value)
{
    char text[24];
    long thousandths = lroundf(value * 1000), whole = labs(thousandths) / 1000, rest = labs(thousandths) % 1000;
    int  at = sizeof text;
    if (rest > 0) {
        int digits = rest % 10 != 0 ? 3 : rest % 100 != 0 ? 2 : 1;
        for (long left = digits == 3 ? rest : digits == 2 ? rest / 10 : rest / 100; digits > 0; digits--, left /= 10)
            text[--at] = (char)('0' + left % 10);
        text[--at] = '.';
    }
    if (whole > 0 || rest == 0) do
            text[--at] = (char)('0' + whole % 10);
        while ((whole /= 10) > 0);
    if (thousandths < 0) text[--at] = '-';
    buf_add(out, text + at, sizeof text - (size_t)at);
}

static void numbers(struct buf *out, const float *values, int count, const char *operator)
{
    for (int i = 0; i < count; i++) {
        number(out, values[i]);
        buf_char(out, ' ');
    }
    buf_str(out, operator);
    buf_char(out, '\n');
}

static void ink_set(struct pdf *pdf, uint32_t *now, uint32_t ink, const char *operator)
{
    if (*now == ink) return;
    *now = ink;
    numbers(&pdf->content,
            (const float[]){(float)(ink >> 16 & 0xFF) / 255, (float)(ink >> 8 & 0xFF) / 255, (float)(ink & 0xFF) / 255},
            3, operator);
}

static void line_set(struct pdf *pdf, float line)
{
    if (pdf->line != line) numbers(&pdf->content, &line, 1, "w");
    pdf->line = line;
}

/* ---- Boxes */

static void font_set(struct pdf *pdf, int face, float em)
{
    if (pdf->face == face && pdf->em == em) return;
    pdf->face = face;
    pdf->em = em;
    buf_fmt(&pdf->content, "/F%d ", face);
    numbers(&pdf->content, &em, 1, "Tf");
}

static void text_put(struct pdf *pdf, const struct box *box, const char *text)
{
    static const char HEX[] = "0123456789ABCDEF";
    float             x = box->area.x, em = box->area.h;
    bool              is_open = false;
    ink_set(pdf, &pdf->fill, box->ink, "rg");
    buf_str(&pdf->content, "BT\n");
    for (size_t at = 0, step; at < box->len; at += step) {
        uint32_t     character = type_character(text + at, box->len - at, &step);
        struct glyph glyph = type_glyph(pdf->paper->type, character, box->is_bold);
        pdf_font_use(&pdf->fonts[glyph.face], &glyph, character);
        if (!is_open || glyph.face != pdf->face) {
            if (is_open) buf_str(&pdf->content, ">Tj\n");
            font_set(pdf, glyph.face, em);
            numbers(&pdf->content, (const float[]){1, 0, 0, -1, x, box->area.y}, 6, "Tm");
            buf_char(&pdf->content, '<');
            is_open = true;
        }
        char code[4] = {HEX[glyph.cid >> 12 & 15], HEX[glyph.cid >> 8 & 15], HEX[glyph.cid >> 4 & 15],
                        HEX[glyph.cid & 15]};
        buf_add(&pdf->content, code, sizeof code);
        x += glyph.advance * em;
    }
    buf_str(&pdf->content, is_open ? ">Tj\nET\n" : "ET\n");
}

static void line_put(struct pdf *pdf, const struct box *box)
{
    ink_set(pdf, &pdf->stroke, box->ink, "RG");
    line_set(pdf, box->line);
    if (box->dash > 0) {
        buf_char(&pdf->content, '[');
        number(&pdf->content, box->dash);
        buf_str(&pdf->content, "]0 d\n");
    }
    numbers(&pdf->content, (const float[]){box->area.x, box->area.y}, 2, "m");
    numbers(&pdf->content, (const float[]){box->area.x + box->area.w, box->area.y + box->area.h}, 2, "l S");
    if (box->dash > 0) buf_str(&pdf->content, "[]0 d\n");
}

static void rect_put(struct pdf *pdf, const struct box *box)
{
    if (box->line > 0) {
        ink_set(pdf, &pdf->stroke, box->ink, "RG");
        line_set(pdf, box->line);
    } else {
        ink_set(pdf, &pdf->fill, box->ink, "rg");
    }
    numbers(&pdf->content, &box->area.x, 1, "");
    pdf->content.len--; /* no line end within */
    numbers(&pdf->content, (const float[]){box->area.y, box->area.w, box->area.h}, 3, box->line > 0 ? "re S" : "re f");
}

/* 2,540 dots an inch are enough for a drawing. */
static float hundredth(float mm)
{
    return roundf(mm * 100) / 100;
}

struct drawing {
    struct buf *lines;
    float       x, y;
};

static void part_put(const struct outline *outline, void *self)
{
    const struct drawing *drawing = self;
    int                   from = 0;
    for (int e = 0; e < outline->end_count; from = outline->ends[e++]) {
        for (int i = from; i < outline->ends[e]; i = draw_next(outline->points, i, outline->ends[e]))
            numbers(drawing->lines,
                    (const float[]){hundredth(drawing->x + outline->points[i].x),
                                    hundredth(drawing->y + outline->points[i].y)},
                    2, i == from ? "m" : "l");
        buf_str(drawing->lines, "h\n");
    }
    buf_str(drawing->lines, "f\n");
}

/* FNV-1a over what a drawing is made of. */
static uint64_t drawing_hash(const struct box *box, const char *words)
{
    uint64_t    hash = UINT64_C(14695981039346656037);
    const float parts[] = {box->area.x,    box->area.y,        box->place.grid, box->place.left,
                           box->place.top, box->place.scale_x, box->place.grow};
    uint8_t     bytes[sizeof parts];
    memcpy(bytes, parts, sizeof parts);
    for (size_t i = 0; i < sizeof bytes; i++) hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
    for (size_t i = 0; i < box->len; i++) hash = (hash ^ (uint8_t)words[i]) * UINT64_C(1099511628211);
    return hash;
}

static void drawing_put(struct pdf *pdf, const struct box *box, const char *words)
{
    uint64_t     hash = drawing_hash(box, words);
    struct kept *kept = &pdf->kept[hash % KEPT_DRAWINGS];
    if (kept->hash != hash || kept->lines.len == 0) {
        kept->hash = hash;
        buf_clear(&kept->lines);
        outline_draw(words, &box->place, part_put, &(struct drawing){&kept->lines, box->area.x, box->area.y});
    }
    ink_set(pdf, &pdf->fill, box->ink, "rg");
    buf_add(&pdf->content, kept->lines.bytes, kept->lines.len);
}

/* Rows of a symbol overlap by a hair, so that viewers which soften edges leave no light seam. */
#define SEAM_MM 0.01f

static bool symbol_put(struct pdf *pdf, const struct box *box, const char *digits, struct err *err)
{
    struct symbol symbol;
    if (!symbol_make(box->symbol, digits, &symbol, err)) return false;
    float module = box->line, x = box->area.x + (box->area.w - (float)symbol.columns * module) / 2, y = box->area.y;
    float high = symbol.rows > 1 ? module : box->area.h, seam = symbol.rows > 1 ? SEAM_MM : 0;
    if (symbol.rows > 1) y += (box->area.h - (float)symbol.rows * module) / 2;
    ink_set(pdf, &pdf->fill, box->ink, "rg");
    for (int row = 0; row < symbol.rows; row++) {
        for (int from = 0, to; from < symbol.columns; from = to + 1) {
            for (to = from; to < symbol.columns && symbol_is_black(&symbol, row, to);) to++;
            if (to > from)
                numbers(&pdf->content,
                        (const float[]){x + (float)from * module, y + (float)row * high,
                                        (float)(to - from) * module + seam, high + seam},
                        4, "re");
        }
    }
    buf_str(&pdf->content, "f\n");
    return true;
}

/* ---- Pictures: each once in the file */

static bool picture_write(struct pdf *pdf, const struct box *box, struct picture *picture, struct err *err)
{
    struct pixels pixels;
    struct buf    words = {0};
    if (!press_pixels(pdf->press, box, &pixels, err)) return false;
    *picture = (struct picture){box->bytes, box->size, object_new(pdf), pixels.width, pixels.height};
    buf_fmt(&words, "/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8",
            pixels.width, pixels.height);
    stream_write(pdf, picture->object, buf_text(&words), pixels.rgb, (size_t)pixels.width * (size_t)pixels.height * 3);
    buf_free(&words);
    free(pixels.rgb);
    return true;
}

static bool picture_put(struct pdf *pdf, const struct box *box, struct err *err)
{
    int at = 0;
    while (at < pdf->picture_count && (pdf->pictures[at].bytes != box->bytes || pdf->pictures[at].size != box->size))
        at++;
    if (at == pdf->picture_count) {
        pdf->pictures = reallocarray(pdf->pictures, (size_t)at + 1, sizeof *pdf->pictures);
        if (pdf->pictures == NULL) abort();
        if (!picture_write(pdf, box, &pdf->pictures[at], err)) return false;
        pdf->picture_count++;
    }
    const struct picture *picture = &pdf->pictures[at];
    float                 scale = fminf(box->area.w / (float)picture->width, box->area.h / (float)picture->height);
    float                 wide = scale * (float)picture->width, high = scale * (float)picture->height;
    float                 x = box->area.x + (box->area.w - wide) / 2, y = box->area.y + (box->area.h - high) / 2;
    buf_str(&pdf->content, "q ");
    numbers(&pdf->content, (const float[]){wide, 0, 0, -high, x, y + high}, 6, "cm");
    buf_fmt(&pdf->content, "/I%d Do Q\n", at);
    return true;
}

static bool box_put(struct pdf *pdf, const struct box *box, struct err *err)
{
    const char *text = paper_box_text(pdf->paper, box);
    switch (box->kind) {
    case BOX_TEXT: text_put(pdf, box, text); return true;
    case BOX_LINE: line_put(pdf, box); return true;
    case BOX_RECT: rect_put(pdf, box); return true;
    case BOX_DRAWING: drawing_put(pdf, box, text); return true;
    case BOX_SYMBOL: return symbol_put(pdf, box, text, err);
    case BOX_PICTURE: return picture_put(pdf, box, err);
    }
    return true;
}

/* ---- Pages */

static bool page_write(struct pdf *pdf, size_t page, int object, struct err *err)
{
    size_t             count;
    const struct box  *boxes = paper_boxes(pdf->paper, page, &count);
    const struct page *size = &pdf->paper->pages[page];
    float              wide = size->width * (float)POINTS_PER_MM, high = size->height * (float)POINTS_PER_MM;
    buf_clear(&pdf->content);
    buf_fmt(&pdf->content, "%.6f 0 0 -%.6f 0 %.3f cm\n", POINTS_PER_MM, POINTS_PER_MM, (double)high);
    pdf->fill = pdf->stroke = INK_BLACK;
    pdf->line = pdf->em = -1;
    pdf->face = -1;
    for (size_t i = 0; i < count; i++)
        if (!box_put(pdf, &boxes[i], err)) return false;
    int content = object_new(pdf);
    stream_write(pdf, content, "", pdf->content.bytes, pdf->content.len);
    object_begin(pdf, object);
    buf_fmt(pdf->out, "<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.3f %.3f]/Contents %d 0 R>>", OBJECT_PAGES,
            (double)wide, (double)high, content);
    object_end(pdf);
    return true;
}

static void resources_write(struct pdf *pdf)
{
    buf_str(pdf->out, "/Resources<</Font<<");
    for (int face = 0; face < TYPE_FACES; face++)
        if (pdf->fonts[face].is_used) buf_fmt(pdf->out, "/F%d %d 0 R", face, OBJECT_FONTS + 5 * face);
    buf_str(pdf->out, ">>/XObject<<");
    for (int i = 0; i < pdf->picture_count; i++) buf_fmt(pdf->out, "/I%d %d 0 R", i, pdf->pictures[i].object);
    buf_str(pdf->out, ">>>>");
}

static bool pages_write(struct pdf *pdf, struct err *err)
{
    size_t count = pdf->paper->page_count;
    int   *objects = calloc(count + 1, sizeof *objects);
    bool   is_written = true;
    if (objects == NULL) abort();
    for (size_t page = 0; page < count && is_written; page++) {
        objects[page] = object_new(pdf);
        is_written = page_write(pdf, page, objects[page], err);
    }
    if (is_written) {
        object_begin(pdf, OBJECT_PAGES);
        buf_fmt(pdf->out, "<</Type/Pages/Count %zu", count);
        resources_write(pdf);
        buf_str(pdf->out, "/Kids[");
        for (size_t page = 0; page < count; page++) buf_fmt(pdf->out, "%d 0 R ", objects[page]);
        buf_str(pdf->out, "]>>");
        object_end(pdf);
    }
    free(objects);
    return is_written;
}

/* ---- Fonts: five objects each */

static bool font_write(struct pdf *pdf, int face, struct err *err)
{
    static const char *const NAMES[TYPE_FACES] = {"BAOGNG+NotoSansCJKsc-Regular", "BAOGNG+NotoSansCJKsc-Bold",
                                                  "BAOGSY+NotoSansCJKsc-Regular", "BAOGSY+NotoSansCJKsc-Bold"};
    const struct pdf_font   *font = &pdf->fonts[face];
    int                      object = OBJECT_FONTS + 5 * face;
    struct buf               bytes = {0};
    if (!pdf_font_subset(font, pdf->paper->type, face, &bytes)) {
        buf_free(&bytes);
        return err_set(err, ERR_DAMAGED, SAY("labels.no_font"));
    }
    stream_write(pdf, object + 3, "/Subtype/CIDFontType0C", bytes.bytes, bytes.len);
    buf_clear(&bytes);
    pdf_font_cmap(font, &bytes);
    stream_write(pdf, object + 4, "", bytes.bytes, bytes.len);
    object_begin(pdf, object);
    buf_fmt(pdf->out,
            "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
            NAMES[face], object + 1, object + 4);
    object_end(pdf);
    object_begin(pdf, object + 1);
    buf_fmt(pdf->out,
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/"
            "Supplement 0>>"
            "/FontDescriptor %d 0 R/DW 1000/W",
            NAMES[face], object + 2);
    pdf_font_widths(font, pdf->out);
    buf_str(pdf->out, ">>");
    object_end(pdf);
    object_begin(pdf, object + 2);
    buf_fmt(pdf->out,
            "<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-1002 -1048 2928 1808]/ItalicAngle 0/Ascent "
            "880/Descent -120"
            "/CapHeight 733/StemV %d/FontFile3 %d 0 R>>",
            NAMES[face], face % 2 == 0 ? 85 : 150, object + 3);
    object_end(pdf);
    buf_free(&bytes);
    return true;
}

/* ---- The file */

/* D:20260310164500+08'00' of 2026-03-10T16:45:00+08:00; digits alone count. */
static void date_write(const char *made_at, struct buf *out)
{
    int digits = 0;
    buf_str(out, "(D:");
    for (; *made_at != '\0' && digits < 14; made_at++)
        if (*made_at >= '0' && *made_at <= '9') {
            buf_char(out, *made_at);
            digits++;
        }
    if (*made_at == '+' || *made_at == '-')
        buf_fmt(out, "%.3s'%s'", made_at, strlen(made_at) == strlen("+hh:mm") ? made_at + strlen("+hh:") : "00");
    buf_char(out, ')');
}

static void ends_write(struct pdf *pdf, const char *title, const char *made_at)
{
    object_begin(pdf, OBJECT_CATALOG);
    buf_fmt(pdf->out, "<</Type/Catalog/Pages %d 0 R>>", OBJECT_PAGES);
    object_end(pdf);
    object_begin(pdf, OBJECT_INFO);
    buf_fmt(pdf->out, "<</Producer(Baogong)/Title(%s)", title);
    if (made_at != NULL) {
        buf_str(pdf->out, "/CreationDate");
        date_write(made_at, pdf->out);
    }
    buf_str(pdf->out, ">>");
    object_end(pdf);
    size_t start = pdf->out->len - pdf->begin;
    buf_fmt(pdf->out, "xref\n0 %d\n0000000000 65535 f \n", pdf->object_count + 1);
    for (int i = 1; i <= pdf->object_count; i++) {
        if (pdf->offsets[i] > 0)
            buf_fmt(pdf->out, "%010zu 00000 n \n", pdf->offsets[i]);
        else
            buf_str(pdf->out, "0000000000 65535 f \n"); /* a font that no text used */
    }
    buf_fmt(pdf->out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%zu\n%%%%EOF\n", pdf->object_count + 1,
            OBJECT_CATALOG, OBJECT_INFO, start);
}

static void pdf_free(struct pdf *pdf)
{
    for (int face = 0; face < TYPE_FACES; face++) pdf_font_free(&pdf->fonts[face]);
    for (int i = 0; i < KEPT_DRAWINGS; i++) buf_free(&pdf->kept[i].lines);
    deflateEnd(&pdf->pack);
    buf_free(&pdf->content);
    buf_free(&pdf->packed);
    free(pdf->pictures);
    free(pdf->offsets);
    free(pdf);
}

bool pdf_write(struct press *press, const struct paper *paper, const char *title, const char *made_at, struct buf *out,
               struct err *err)
{
    struct pdf *pdf = calloc(1, sizeof *pdf);
    if (pdf == NULL || deflateInit(&pdf->pack, PACKING) != Z_OK) abort();
    pdf->press = press;
    pdf->paper = paper;
    pdf->out = out;
    pdf->begin = out->len;
    while (pdf->object_count < OBJECT_FREE - 1) object_new(pdf);
    buf_str(out, "%PDF-1.5\n%\xE6\x8A\xA5\xE5\xB7\xA5\n");
    bool is_done = pages_write(pdf, err);
    for (int face = 0; face < TYPE_FACES && is_done; face++)
        if (pdf->fonts[face].is_used) is_done = font_write(pdf, face, err);
    if (is_done)
        ends_write(pdf, title, made_at);
    else
        out->len = pdf->begin;
    pdf_free(pdf);
    return is_done;
}
