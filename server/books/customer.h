/* customer.h - whom the house sells to: never without name, phone and address [R32]. */
#ifndef SERVER_BOOKS_CUSTOMER_H
#define SERVER_BOOKS_CUSTOMER_H

#include "server/books/import.h"

/* The columns of its form and of its import. */
extern const struct import_column CUSTOMER_COLUMNS[];

/* A row of the import: name and phone together say which customer it is. */
bool customer_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                  struct err *err) MUST_CHECK;

/* Body: customer (0 = a new one), base, and the columns. Answer: customer, version. */
bool customer_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* His name as orders bear it; false with ERR_INPUT where there is no such customer. */
bool customer_name(struct books *books, int64_t id, char name[CELL_TEXT_MAX], struct err *err) MUST_CHECK;

/* The one of that name, and phone where several have it ('' = any). Refused where there is none, or more than one. */
bool customer_named(struct books *books, const char *name, const char *phone, int64_t *id, struct err *err) MUST_CHECK;

#endif
