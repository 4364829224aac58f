/* labels_fuzz.c - any bytes are papers or are refused in words; what was put stands on pages and says nothing of a box that
 * isn't there.
 * links: labels core */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "labels/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void item_put(struct file *file, enum file_kind kind, size_t i, struct paper *paper, struct mistakes *mistakes)
{
    static struct sheet sheet;
    struct badge_card   badge;
    struct piece        piece;
    struct note         note;
    enum sheet_size     size = i % 2 == 0 ? SHEET_A4 : SHEET_A5;
    if (kind == FILE_SHEETS && file_sheet(file, i, &sheet, mistakes)) sheet_put(paper, &sheet, &size);
    if (kind == FILE_BADGES && file_badge(file, i, &badge, mistakes)) badge_card_put(paper, &badge);
    if (kind == FILE_PIECES && file_piece(file, i, &piece, mistakes)) piece_put(paper, &piece);
    if (kind == FILE_NOTES) {
        if (file_note(file, i, &note, mistakes)) note_put(paper, &note);
        note_free(&note);
    }
    if (kind == FILE_CARDS) {
        struct card *cards;
        size_t       count;
        if (file_cards(file, &cards, &count, mistakes) && count < 40) cards_put(paper, cards, count);
        free(cards);
    }
}

/* The first byte says which paper, and JSON or CSV. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct type *type;
    struct err          err;
    if (type == NULL && !type_open(&type, &err)) abort();
    if (len == 0) return 0;
    enum file_kind  kind = (enum file_kind)(bytes[0] % 5);
    struct file     file = {0};
    struct paper    paper;
    struct mistakes mistakes = {.lang = LANG_EN};
    if (!file_open(&file, kind, (bytes[0] & 0x20) != 0, (const char *)bytes + 1, len - 1, &err)) {
        assert(err.say.id[0] != '\0');
        return 0;
    }
    paper_begin(&paper, type, LANG_ZH);
    for (size_t i = 0; i < file_count(&file) && i < 20; i++) item_put(&file, kind, i, &paper, &mistakes);
    for (size_t page = 0, count; page < paper.page_count; page++) {
        const struct box *boxes = paper_boxes(&paper, page, &count);
        for (size_t i = 0; i < count; i++) assert(boxes[i].text + boxes[i].len <= paper.texts.len);
    }
    assert(paper_end(&paper, &err) || err.say.id[0] != '\0');
    paper_free(&paper);
    file_close(&file);
    buf_free(&mistakes.lines);
    return 0;
}
