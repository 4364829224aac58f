/* product.h - the catalogue and price list of the house [R20], lead times and holidays [R29]. */
#ifndef SERVER_BOOKS_PRODUCT_H
#define SERVER_BOOKS_PRODUCT_H

#include "server/books/import.h"

/* Columns of forms and imports. */
extern const struct import_column PRODUCT_COLUMNS[], PRICE_COLUMNS[], LEAD_COLUMNS[], HOLIDAY_COLUMNS[];

/* Rows of the imports. */
bool product_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                 struct err *err) MUST_CHECK;
bool price_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
               struct err *err) MUST_CHECK;
bool lead_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
              struct err *err) MUST_CHECK;
bool holiday_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                 struct err *err) MUST_CHECK;

/* Forms: base and the columns. */
bool product_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool price_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool lead_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool holiday_save_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* How many working days before delivery an operation is due [R12]. */
bool routing_due_put(struct books *books, const char *family, int64_t op, int64_t days, enum record_did *did,
                     struct err *err) MUST_CHECK;

#endif
