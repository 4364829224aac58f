/* foreign.h - what of a line isn't the house's own: colours, styles, materials that the catalogue doesn't list [R7]. */
#ifndef SERVER_BOOKS_FOREIGN_H
#define SERVER_BOOKS_FOREIGN_H

#include "server/books/spec.h"

/* Appends each foreign value, separated by commas; nothing where all is the house's, or the product isn't in the
 * catalogue, or the catalogue lists nothing. */
bool foreign_find(struct books *books, const struct cell spec[SPEC_COUNT], struct buf *out, struct err *err) MUST_CHECK;

#endif
