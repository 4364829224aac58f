/* bring.h - a table that somebody brings, CSV or workbook, as the body of the act "import" (core/grid.h).
 *
 * What it is is told by its bytes, never by its name. */
#ifndef SERVER_BRING_BRING_H
#define SERVER_BRING_BRING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"

/* A workbook where it begins as a zip file does, else CSV: see xlsx.h and core/csv.h. Refused with line or cell and
 * reason; an old .xls or one with a password by what it is. */
bool bring_import(const char *kind, const char *bytes, size_t len, bool is_dry, struct buf *body,
                  struct err *err) MUST_CHECK;

#endif
