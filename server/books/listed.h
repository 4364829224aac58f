/* listed.h - rows of an order list: a line with all its fields [R2], placed under the number that the list gives it, its
 * sheet not made yet. What concerns the whole order counts in the row that comes first. */
#ifndef SERVER_BOOKS_LISTED_H
#define SERVER_BOOKS_LISTED_H

#include "server/books/import.h"

extern const struct import_column LISTED_COLUMNS[];

/* *column: the one at fault. */
bool listed_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                struct err *err) MUST_CHECK;

#endif
