/* read.h - plain structs from JSON or CSV: one table of columns for each paper says what may stand in its file.
 *
 * JSON: one object, a list of them, or {"sheets": [...]} where fields beside the list hold for all of it. CSV: the first
 * row names the columns; a column op.name is the name in a list of operations, to which each row adds one. Both are
 * described in docs/labels.md. Every mistake is told with place, column, value and reason; up to 20 at a time. */
#ifndef LABELS_READ_H
#define LABELS_READ_H

#include "core/json.h"
#include "core/text.h"
#include "labels/card.h"
#include "labels/note.h"
#include "labels/piece.h"
#include "labels/sheet.h"

enum { READ_MISTAKES_MAX = 20, READ_TEXT_MAX = 20000 };

struct mistakes {
    enum lang  lang;
    int        count;
    struct buf lines; /* "row 5: rate \"abc\": ..." */
};

/* What a file held; every text of the structs lives as long as this. */
struct file {
    struct json       *whole;
    const struct json *list;   /* of items; NULL: the whole is the one item */
    const char        *folder; /* of the file, for pictures; the caller's */
    struct buf        *kept;   /* texts and pictures made on the way */
    size_t             kept_count;
};

enum file_kind { FILE_SHEETS, FILE_BADGES, FILE_CARDS, FILE_PIECES, FILE_NOTES };

/* False and *err where it isn't such a file at all. */
bool   file_open(struct file *file, enum file_kind kind, bool is_csv, const char *bytes, size_t len,
                 struct err *err) MUST_CHECK;
void   file_close(struct file *file);
size_t file_count(const struct file *file);

/* Where item i stands, for people: "row 5" or "item 2". */
void file_place(const struct file *file, size_t i, enum lang lang, char *text, size_t cap);

/* Item i; false: mistakes has more lines. */
bool file_sheet(struct file *file, size_t i, struct sheet *sheet, struct mistakes *mistakes) MUST_CHECK;
bool file_badge(struct file *file, size_t i, struct badge_card *badge, struct mistakes *mistakes) MUST_CHECK;
bool file_piece(struct file *file, size_t i, struct piece *piece, struct mistakes *mistakes) MUST_CHECK;

/* Lists inside are allocated; note_free(). */
bool file_note(struct file *file, size_t i, struct note *note, struct mistakes *mistakes) MUST_CHECK;
void note_free(struct note *note);

/* What goes onto the backs of badges; false: the file doesn't ask for them. */
bool file_badge_back(struct file *file, struct badge_back *back);

/* All command cards, with the shop's own words of reasons and operations; *cards is the caller's to free. A file isn't
 * needed (count 0): then the catalogue's words stand alone. */
bool file_cards(struct file *file, struct card **cards, size_t *count, struct mistakes *mistakes) MUST_CHECK;

#endif
