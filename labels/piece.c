/* piece.c - the label of one piece: piece.h. */
#include "labels/piece.h"

#include <stdio.h>

#include "labels/words.h"

static void piece_digits(const struct piece *piece, char text[CODE_TEXT_MAX])
{
    struct code code = {.kind = CODE_PIECE, .sheet = piece->ref, .piece = piece->piece};
    code.sheet.copy = 0;
    code_write(&code, text);
}

/* Texts that are there, one after the other with a gap. */
static void joined(struct buf *out, const char *const *texts, int count)
{
    for (int i = 0; i < count; i++) {
        if (texts[i] == NULL || texts[i][0] == '\0') continue;
        if (out->len > 0) buf_str(out, "  ");
        buf_str(out, texts[i]);
    }
}

static void line_put(struct paper *paper, struct area area, float em, bool is_bold, const char *const *texts, int count)
{
    struct buf words = {0};
    joined(&words, texts, count);
    paper_text(paper, area, &(struct style){.em = em, .em_least = em * 0.5f, .is_bold = is_bold, .lines = 2},
               buf_text(&words));
    buf_free(&words);
}

static void head_put(struct paper *paper, const struct piece *piece)
{
    char line[LINE_REF_TEXT], number[32], words[64];
    line_ref_short(piece->ref.line, line);
    snprintf(number, sizeof number, "%s-%02d", line, piece->piece);
    paper_text(paper, area_of(3, 1.4f, 64, 15), &(struct style){.em = 15, .em_least = 8, .is_bold = true}, number);
    if (piece->marks != 0) marks_put(paper, area_of(69, 2, 28, 12.9f), piece->marks);
    words_fill(paper, say_int(say_int(SAY("labels.piece.of"), piece->piece), piece->pieces), words, sizeof words);
    if (piece->pieces > 0)
        paper_text(paper, area_of(69, 15.6f, 28, 4), &(struct style){.em = 3.6f, .side = SIDE_RIGHT}, words);
    paper_line(paper, 3, 20.2f, 94, 0, 0.5f);
}

void piece_put(struct paper *paper, const struct piece *piece)
{
    char        digits[CODE_TEXT_MAX], groups[WORDS_DIGITS], words[64], full[LINE_REF_TEXT];
    const char *first[] = {piece->part, piece->size}, *second[] = {piece->product, piece->colour, piece->opening};
    const char *third[] = {piece->factory, piece->customer};
    paper_page(paper, PIECE_WIDE, PIECE_HIGH);
    head_put(paper, piece);
    line_put(paper, area_of(3, 21, 94, 6.4f), 5, true, first, 2);
    line_put(paper, area_of(3, 27.4f, 94, 5), 3.8f, false, second, 3);
    line_put(paper, area_of(3, 32.2f, 94, 3.6f), 2.9f, false, third, 2);
    piece_digits(piece, digits);
    words_digits(digits, groups);
    /* Three dots of 203 dpi a module, four of 300. */
    paper_symbol(paper, area_of(2, 37, 59, 15), SYMBOL_CODE128, 0.375f, digits);
    paper_text(paper, area_of(2, 52.8f, 59, 4.2f), &(struct style){.em = 3.4f, .is_bold = true, .side = SIDE_MIDDLE},
               groups);
    paper_symbol(paper, area_of(61.4f, 37.2f, 18.2f, 18.2f), SYMBOL_QR, 0.625f, digits);
    line_ref_write(piece->ref.line, full);
    words_fill(paper, say_int(SAY("labels.piece.revision"), piece->ref.rev), words, sizeof words);
    paper_text(paper, area_of(79.6f, 38, 18, 5.6f),
               &(struct style){.em = 5, .em_least = 2.6f, .is_bold = true, .side = SIDE_RIGHT}, words);
    if (piece->ref.copy > 0) {
        char copy[16];
        snprintf(copy, sizeof copy, "%03d", piece->ref.copy);
        words_fill(paper, say_text(SAY("labels.piece.copy"), copy), words, sizeof words);
        paper_text(paper, area_of(79.6f, 44.4f, 18, 4.6f),
                   &(struct style){.em = 4, .em_least = 2.4f, .side = SIDE_RIGHT}, words);
    }
    paper_text(paper, area_of(79.6f, 53, 18, 3.6f), &(struct style){.em = 2.9f, .em_least = 2, .side = SIDE_RIGHT},
               full);
}
