/* register.h - the order register: what came in writing, and the orders that are made of it.
 *
 * No order without a written source [R4]; placed with a number the same day, or by ten the next [R24]; two kinds of door
 * are two lines with two sheets [R23]; rush and doubtful dates wait for the follow-up clerk [R22], what isn't of the
 * house for the technical lead [R7]. Until its sheet is signed a line can be changed here; afterwards by a change order. */
#ifndef SERVER_BOOKS_REGISTER_H
#define SERVER_BOOKS_REGISTER_H

#include "core/code.h"
#include "server/books/spec.h"

/* Something came: customer (0 = not known yet), who, received_day, received_time (10:25), source (file, walkin, sales),
 * signed, note, files. Answer: receipt. */
bool register_receive_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Places an order: receipt (0: with the fields of one), customer, salesperson, desk, project, rush, rush_owner,
 * rush_reason, doubt, remarks, lines: [{fields of spec.h, price, extra, extra_why}, ...]. Answer: order, as 2603-0001. */
bool register_place_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Changes what the order says (order, base, the same fields), or a line (line, base, its fields), or adds one (order). */
bool register_change_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool register_line_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool register_add_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* A row of an order list: a line with all its fields [R2], placed under the number that the list gives it, its sheet not
 * made yet. head: REGISTER_LIST_HEAD columns of register_list_columns. What concerns the whole order counts in the row that
 * comes first. *column: the one at fault. */
enum {
    REGISTER_LIST_ORDER,
    REGISTER_LIST_LINE,
    REGISTER_LIST_CUSTOMER,
    REGISTER_LIST_PHONE,
    REGISTER_LIST_RECEIVED,
    REGISTER_LIST_SALESPERSON,
    REGISTER_LIST_DESK,
    REGISTER_LIST_PROJECT,
    REGISTER_LIST_RUSH,
    REGISTER_LIST_RUSH_OWNER,
    REGISTER_LIST_RUSH_REASON,
    REGISTER_LIST_HEAD
};
extern const struct import_column REGISTER_LIST_COLUMNS[];
bool register_list_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                       struct err *err) MUST_CHECK;

/* The line's row as its fields say it, with its newest signed revision (0 = none). */
bool register_line_row(struct books *books, int64_t line, const struct cell *spec, int64_t rev,
                       struct err *err) MUST_CHECK;

/* The day that the family's lead time gives from a day on [R29]; *has false: it has none. */
bool register_due(struct books *books, const char *family, bool is_rush, int32_t from_day, bool *has, int32_t *due_day,
                  struct err *err) MUST_CHECK;

/* Does a stop of the line or its order stand? One of some doors alone is none here: the rest goes on. */
bool register_is_stopped(struct books *books, int64_t line, bool *is, struct err *err) MUST_CHECK;

/* Prices of a line that has no fields of its own: of an import. */
bool register_price(struct books *books, int64_t line, int64_t quantity, int64_t price_fen, enum record_did *did,
                    struct err *err) MUST_CHECK;

#endif
