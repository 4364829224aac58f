/* line_form.h - an order's line as the order register has it: its fields in a form, the rows that they become, what has to be
 * asked about them.
 *
 * Two rows: what the order says (spec, prices) changes at any time; what the floor works by (line) stays as it was signed
 * until the next revision is. */
#ifndef SERVER_BOOKS_LINE_FORM_H
#define SERVER_BOOKS_LINE_FORM_H

#include "server/books/spec.h"

struct line_form {
    struct cell spec[SPEC_COUNT], amount[AMOUNT_COUNT];
};

/* Reads a line's fields of a body, at as in form.h; names bad ones in form. A line without a delivery day gets the one that
 * its lead time gives. */
bool line_form_read(struct books *books, struct form *form, const struct json *body, const char *at, bool is_rush,
                    struct line_form *line, struct err *err) MUST_CHECK;

/* The same day for fields that come otherwise; *has false: the family has no lead time. */
bool line_form_due(struct books *books, struct cell *spec, bool is_rush, bool *has, struct err *err) MUST_CHECK;

/* Writes the order's own fields, and the line's row while none of its revisions is signed (rev 0), with the questions that
 * they ask. */
bool line_form_put(struct books *books, int64_t line, int64_t rev, int64_t base, bool is_rush,
                   const struct line_form *form, struct err *err) MUST_CHECK;

/* Do the books say the same of its own fields? */
bool line_form_is_same(struct books *books, int64_t line, const struct line_form *form, bool *is_same,
                       struct err *err) MUST_CHECK;

/* The line's row as its fields say it, with its newest signed revision (0 = none). */
bool line_form_row(struct books *books, int64_t line, const struct cell *spec, int64_t rev, struct err *err) MUST_CHECK;

/* Rush is the whole order's: its lines bear the mark. */
bool line_form_rush(struct books *books, int64_t order, bool is_rush, struct err *err) MUST_CHECK;

/* Prices of a line that has no fields of its own: of an import. */
bool line_form_price(struct books *books, int64_t line, int64_t quantity, int64_t price_fen, enum record_did *did,
                     struct err *err) MUST_CHECK;

#endif
