/* receipt.h - rows of the order register, for register.c: what came, when, in which writing [R4], until when it has to be
 * placed [R24]. */
#ifndef SERVER_BOOKS_RECEIPT_H
#define SERVER_BOOKS_RECEIPT_H

#include "server/books/form.h"

struct receipt {
    int64_t id, customer, received_ms, until_ms;
    char    who[CELL_TEXT_MAX], source[16], signed_by[CELL_TEXT_MAX], note[CELL_TEXT_MAX], taken_by[132];
    int64_t order, version; /* order 0: not placed yet */
};

/* Reads a receipt's fields of a body and writes it as a new one; names bad fields in form and leaves *receipt unwritten. */
bool receipt_take(struct books *books, struct form *form, const struct json *body, struct receipt *receipt,
                  struct err *err) MUST_CHECK;

/* What a list of orders brings: the list is its writing [R4]. */
bool receipt_list(struct books *books, const char *who, int64_t customer, int64_t received_ms, struct receipt *receipt,
                  struct err *err) MUST_CHECK;

/* ERR_ABSENT where there is none. */
bool receipt_read(struct books *books, int64_t id, struct receipt *receipt, struct err *err) MUST_CHECK;

/* It became an order of this customer. */
bool receipt_place(struct books *books, struct receipt *receipt, int64_t order, int64_t customer,
                   struct err *err) MUST_CHECK;

#endif
