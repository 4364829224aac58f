/* csv.h - a table of text from a CSV file, as JSON: the body of the act "import", and what labels/ prints from. */
#ifndef CORE_CSV_H
#define CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"

/* In: the file as it is: UTF-8 (with or without its mark) or GB18030, as spreadsheets of Windows write it; commas,
 * semicolons or tabs; quoted cells may hold all of them and line ends. The first row that isn't empty names the columns;
 * empty rows are passed over; rows may be shorter than the first, not longer.
 * Out: what core/grid.h says, blanks around cells taken off.
 * Refused with line and reason: bytes of no such writing, a NUL, an open quote, too many columns, too long a cell. */
bool csv_import(const char *kind, const char *bytes, size_t len, bool is_dry, struct buf *body,
                struct err *err) MUST_CHECK;

#endif
