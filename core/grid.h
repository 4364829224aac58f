/* grid.h - a table of text on its way into the act "import": cells come one after the other, JSON goes out.
 *
 * Whoever takes a file apart (core/csv.c, server/bring/xlsx.c) brings its cells here, so that all kinds of file have the
 * same limits and refusals. Out: {"kind":..,"dry_run":..,"columns":[..],"rows":[[line number,"cell",..],..]}. The first
 * row that isn't empty names the columns; empty rows are passed over; rows may be shorter than the first, not longer. */
#ifndef CORE_GRID_H
#define CORE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"

enum { GRID_COLUMNS_MAX = 64, GRID_CELL_MAX = 16 * 1024, GRID_ROWS_MAX = 200000, GRID_BODY_MAX = 32 * 1024 * 1024 };

struct grid {
    struct buf *body;
    bool        has_columns, has_text; /* of the file; of the row so far */
    int         columns, cells;
    int64_t     rows, last_line; /* with text; the line of the last of them */
    struct buf  row;             /* cells of the row so far, as JSON */
    struct err *err;
    bool        is_refused; /* the first reason stands; all else is passed over */
};

/* Begins: body, grid->err and the rest empty. */
void grid_begin(struct grid *grid, const char *kind, bool is_dry, struct buf *body, struct err *err);

/* The next cell of the row that begins on this line of the file. */
void grid_cell(struct grid *grid, int64_t line, const char *text, size_t len);

/* Its row is over. */
void grid_row(struct grid *grid, int64_t line);

/* Only the first reason counts. */
void grid_refuse(struct grid *grid, struct say say);

/* Closes the JSON; false where something was refused. Frees what grid holds. */
bool grid_end(struct grid *grid) MUST_CHECK;

#endif
