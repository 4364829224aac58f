/* spec.h - the fields of an order line as a table: form, import, quote, sheet, comparison and checklist walk it [R2].
 *
 * Kept as one JSON object of texts, in the table's order, without what is empty: what is signed is exactly what is read.
 * To add a field: a row in spec.c, its word office.spec.NAME in the catalogue. */
#ifndef SERVER_BOOKS_SPEC_H
#define SERVER_BOOKS_SPEC_H

#include "server/books/form.h"

enum spec_field {
    SPEC_PRODUCT,
    SPEC_CODE, /* of the catalogue, '' = none of it */
    SPEC_FAMILY,
    SPEC_BRAND,
    SPEC_QUANTITY,
    SPEC_MATERIAL,
    SPEC_STYLE,
    SPEC_COLOUR,
    SPEC_PICTURE,
    SPEC_MEASURED, /* opening or leaf [R21] */
    SPEC_WIDTH,
    SPEC_HEIGHT,
    SPEC_WALL,
    SPEC_FRAME,
    SPEC_ARCHITRAVE,
    SPEC_ARCHITRAVE_MM,
    SPEC_OPENING,
    SPEC_LOCK,
    SPEC_CLOSER,
    SPEC_HARDWARE,
    SPEC_DECOR,
    SPEC_PROCESS,
    SPEC_TECHNICAL,
    SPEC_REQUIREMENTS,
    SPEC_DUE,
    SPEC_INSTRUCTION,
    SPEC_REMARKS,
    SPEC_SPECIAL, /* a special shape */
    SPEC_COUNT
};

extern const struct import_column SPEC_COLUMNS[]; /* SPEC_COUNT of them, and the end */

/* Which item of the reviewers' checklist [R17] a field belongs to: see CHECKLIST of judge/checklist.h. */
extern const char *const SPEC_ITEMS[SPEC_COUNT];

/* What a line costs, beside its fields in the form. */
enum { AMOUNT_PRICE, AMOUNT_EXTRA, AMOUNT_WHY, AMOUNT_COUNT };
extern const struct import_column AMOUNT_COLUMNS[];

/* Writes the cells as they are kept. */
void spec_write(const struct cell *cells, struct buf *out);

/* Reads what was written; a field that isn't there is an empty cell. */
bool spec_read(const char *fields, struct cell cells[SPEC_COUNT], struct err *err) MUST_CHECK;

/* The text of a field in a kept object, '' where it is empty. */
const char *spec_text(const struct json *fields, enum spec_field field);

#endif
