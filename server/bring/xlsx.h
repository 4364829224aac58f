/* xlsx.h - a table of text from a workbook (.xlsx), as core/grid.h makes it of cells: the body of the act "import".
 *
 * In: the file as it is. Read is the first sheet that isn't hidden, with all its rows, hidden and filtered ones too.
 * Cells become the texts that a person would have typed: shared and inline strings; numbers without an exponent up to 15
 * digits; a number whose format is a date as 2026-12-01; true and false as 1 and 0; a formula's last result. Line
 * numbers are those of the sheet.
 *
 * Refused by name, never guessed: merged cells in the table (which row has the value?), formulas that were never
 * computed, an encrypted or damaged file, one without a sheet. A file from a stranger costs no more than its bounds:
 * parts are inflated piece by piece and never beyond XLSX_PART_MAX, whatever they say of themselves; a document type,
 * with which XML could grow without end, is refused. */
#ifndef SERVER_BRING_XLSX_H
#define SERVER_BRING_XLSX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"

enum {
    XLSX_PART_MAX = 64 * 1024 * 1024,    /* bytes of one part, inflated */
    XLSX_STRINGS_MAX = 32 * 1024 * 1024, /* bytes of all shared strings */
    XLSX_DEPTH_MAX = 64,                 /* of elements */
    XLSX_STYLES_MAX = 65536
};

bool xlsx_import(const char *kind, const char *bytes, size_t len, bool is_dry, struct buf *body,
                 struct err *err) MUST_CHECK;

#endif
