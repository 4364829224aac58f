/* order.h - orders, their lines, and the sheets signed for them.
 *
 * A sheet is signed with its operations and their rates: from there on nothing of it changes [R17]; a change is a new
 * revision by a change order. */
#ifndef SERVER_BOOKS_ORDER_H
#define SERVER_BOOKS_ORDER_H

#include "core/code.h"
#include "server/books/act.h"

struct order_line {
    struct line_ref ref;
    const char     *customer, *product, *family, *size, *colour, *opening, *remarks;
    int64_t         quantity;
    int32_t         due_day;
    bool            is_rush, is_special;
};

/* Writes order and line, and signs revision 1 in the name of record.user, with operations from the family's routing and
 * today's rates. A line that is signed already must say the same. *field: the member at fault, as import names it. */
bool order_put(struct books *books, const struct order_line *line, enum record_did *did, const char **field,
               struct err *err) MUST_CHECK;

/* Is there an order (line 0) or a line? */
bool order_is(struct books *books, struct line_ref ref, bool *is, struct err *err) MUST_CHECK;

/* Refuses where there is no such order, or where it hasn't that line; line 0: the whole order. */
bool order_must(struct books *books, int64_t order, int64_t line, struct err *err) MUST_CHECK;

/* A line's newest signed revision, 0 = none yet; *is false: there is no such line. */
bool order_line_rev(struct books *books, int64_t line, bool *is, int64_t *rev, struct err *err) MUST_CHECK;

#endif
