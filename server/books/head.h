/* head.h - what an order says as a whole: whose it is, who minds it, whether it is a rush; its form, its rows, and what has
 * to be asked about it [R22]. */
#ifndef SERVER_BOOKS_HEAD_H
#define SERVER_BOOKS_HEAD_H

#include "server/books/form.h"
#include "server/books/receipt.h"

/* The cells of its form. */
enum {
    HEAD_CUSTOMER,
    HEAD_SALESPERSON,
    HEAD_DESK,
    HEAD_PROJECT,
    HEAD_RUSH,
    HEAD_RUSH_OWNER,
    HEAD_RUSH_REASON,
    HEAD_DOUBT,
    HEAD_REMARKS,
    HEAD_COUNT
};

/* Reads its fields of a body; names bad ones in form. */
bool head_form_read(struct books *books, struct form *form, const struct json *body, struct cell cells[HEAD_COUNT],
                    struct err *err) MUST_CHECK;

/* What a placed order's head keeps when it is changed. */
struct head {
    int64_t receipt, placed_ms;
    char    placed_by[132];
    bool    is_rush;
};

/* ERR_ABSENT where the order has none: an import signed it. */
bool head_read(struct books *books, int64_t order, struct head *head, struct err *err) MUST_CHECK;

/* A new order, made of a receipt by record.user, with the questions that it asks. */
bool head_place(struct books *books, int64_t order, const struct cell cells[HEAD_COUNT], struct receipt *receipt,
                struct err *err) MUST_CHECK;

/* Changes it; base: of the head. */
bool head_change(struct books *books, int64_t order, int64_t base, const struct cell cells[HEAD_COUNT],
                 const struct head *head, struct err *err) MUST_CHECK;

/* Was the order placed in the register? An import's has no head. */
bool head_is(struct books *books, int64_t order, bool *is, struct err *err) MUST_CHECK;

/* Is the order a rush? One without a head is none. */
bool head_is_rush(struct books *books, int64_t order, bool *is_rush, struct err *err) MUST_CHECK;

/* Refused where as many rush orders as the house allows aren't due yet, but for `except`. */
bool head_rush_room(struct books *books, int64_t except, struct err *err) MUST_CHECK;

#endif
