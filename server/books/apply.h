/* apply.h - a line of the inbox becomes a fact of the books.
 *
 * Takes lines in inbox order within the caller's transaction; stores each as it is, placed by day, order line and
 * worker; what follows from it is books_settle()'s. What is no event at all is stored and held too: nothing that was
 * taken is ever missing from the books. */
#ifndef SERVER_BOOKS_APPLY_H
#define SERVER_BOOKS_APPLY_H

#include "server/books/books.h"
#include "server/books/writer.h"

bool apply_line(struct books *books, const struct writer_line *line, struct err *err) MUST_CHECK;

/* Stores the bytes, held with this reason, without reading them: what no rule can take. */
bool apply_aside(struct books *books, const struct writer_line *line, struct say reason, struct err *err) MUST_CHECK;

#endif
