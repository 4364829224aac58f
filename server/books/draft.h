/* draft.h - a sheet before its release: made from the confirmed quote, every difference to it explained [R10], its rates
 * proposed by the dated tables. A change of its content removes all signatures [R17]. */
#ifndef SERVER_BOOKS_DRAFT_H
#define SERVER_BOOKS_DRAFT_H

#include "server/books/sheet.h"
#include "server/books/spec.h"

struct draft {
    int64_t    line, rev, quote_n, made_ms, released_ms, version; /* released_ms 0: not yet */
    char       maker[132], editor[132], returned_by[132], returned_why[CELL_TEXT_MAX];
    struct buf fields, ops;
    struct buf quoted; /* of a batch or remake: what the quote says of it; '' otherwise */
};

/* The draft that waits for its release; ERR_ABSENT where there is none. draft_free() in any case. */
bool draft_open(struct books *books, int64_t line, struct draft *draft, struct err *err) MUST_CHECK;
void draft_free(struct draft *draft);

/* Writes it as changed upon base. */
bool draft_put(struct books *books, const struct draft *draft, int64_t base, struct err *err) MUST_CHECK;

/* What the row of a line says, as fields of a sheet: of an import, which has no quote. Appended. */
bool draft_of_line(struct books *books, int64_t line, struct buf *fields, struct err *err) MUST_CHECK;

/* Of fields and operations: what a signature covers. */
struct hash draft_hash(const struct draft *draft);

void draft_ops_write(const struct sheet_op *ops, int count, struct buf *out);
bool draft_ops_read(const struct draft *draft, struct sheet_op ops[SHEET_OPS_MOST], int *count,
                    struct err *err) MUST_CHECK;

/* Does each difference to the confirmed quote have its reason? Refused with the first that hasn't; also where the quote
 * isn't confirmed any more, or the order was changed after it. */
bool draft_explained(struct books *books, const struct draft *draft, struct err *err) MUST_CHECK;

/* Bodies: line; line, base and the fields; line, base, ops: [[op, rate, rework], ...]; line, field, why. */
bool draft_make_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool draft_edit_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool draft_rates_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;
bool draft_explain_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
