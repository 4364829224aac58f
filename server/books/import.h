/* import.h - tables of the office: orders, workers, operations ... by rows of text; all of it or nothing.
 *
 * The file is taken apart by whoever reads it (bring/), so that the books know no file format. Body of the act:
 *
 *     {"kind":"orders","dry_run":false,"columns":["order","line",...],"rows":[[2,"2603-0001","1",...],...]}
 *
 * where the first element of a row is its line number in the file. Answer: {"kind":..,"rows":n,"made":n,"changed":n,
 * "unchanged":n,"dry_run":bool}. Refused: say and text, and "bad": the number of bad fields, "rows": the first hundred:
 * {"line":n,"column":"..","value":"..","say":[...],"text":".."}. Columns are described in docs/import.md. */
#ifndef SERVER_BOOKS_IMPORT_H
#define SERVER_BOOKS_IMPORT_H

#include "server/books/act.h"
#include "server/books/cell.h"

enum { IMPORT_COLUMNS_MAX = 48 };

struct import_column {
    const char      *name, *zh; /* either may head the column */
    struct cell_want want;
};

/* A kind of table. row writes one row; where it refuses, *column is the name of the one at fault. To add a kind: a row
 * in import_kinds.c, its paragraph in docs/import.md. */
struct import_kind {
    const char *name;
    bool (*row)(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                struct err *err);
    const struct import_column *columns; /* ended by a column without name; at most IMPORT_COLUMNS_MAX */
};
const struct import_kind *import_kind_find(const char *name); /* NULL: unknown */
const struct import_kind *import_kind_at(size_t i);           /* NULL beyond the last; in the order in which they build
                                                               * upon each other */

bool import_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
