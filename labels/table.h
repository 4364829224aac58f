/* table.h - any table as a paper: title, factory, what it is about, headings on every page, sums at the end, page n of m.
 *
 * Columns are as wide as what stands in them; A4 upright, lying where they need it, A3 beyond that, smaller letters at
 * last. Long texts take up to five lines, then end in "…". A character that no font has prints as an empty square and is
 * counted below the rows: a list of hundreds is not refused for one of them. */
#ifndef LABELS_TABLE_H
#define LABELS_TABLE_H

#include "labels/box.h"

enum { TABLE_COLUMNS_MAX = 40 };

struct table_column {
    const char *heading;
    enum side   side;
    bool        is_whole; /* one line always: numbers, days */
};

struct table {
    const char                *title, *factory;
    const char                *about; /* period and filters; "" = none */
    const char                *made;  /* by whom and when */
    size_t                     column_count, row_count;
    const struct table_column *columns;
    const char *const         *cells; /* row by row, column_count each */
    const char *const         *sums;  /* column_count; NULL: none */
    const char                *note;  /* below the rows; NULL: none */
    bool                       has_signs;
};

void table_put(struct paper *paper, const struct table *table);

#endif
