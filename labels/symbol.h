/* symbol.h - a barcode as modules, black or white. The door to zint. ASCII only: see core/code.h. */
#ifndef LABELS_SYMBOL_H
#define LABELS_SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum symbol_kind { SYMBOL_CODE128, SYMBOL_QR };

/* Quiet modules on each side that belong to a symbol (ISO/IEC 15417, 18004), the modules of 18 digits in Code 128, and
 * the least width of a module in mm that a cheap scanner reads from paper. */
enum { SYMBOL_QUIET_CODE128 = 10, SYMBOL_QUIET_QR = 4, SYMBOL_CODE128_COLUMNS = 134, SYMBOL_QR_COLUMNS = 21 };
#define SYMBOL_MODULE_LEAST_MM 0.33f

enum { SYMBOL_COLUMNS_MAX = 256, SYMBOL_ROWS_MAX = 184 };

struct symbol {
    int     columns, rows; /* Code 128: one row */
    uint8_t bits[SYMBOL_ROWS_MAX][SYMBOL_COLUMNS_MAX / 8];
};

/* QR has level Q: a quarter of it may be dirty. False: the text isn't digits, or is too long. */
bool symbol_make(enum symbol_kind kind, const char *digits, struct symbol *symbol, struct err *err) MUST_CHECK;

bool symbol_is_black(const struct symbol *symbol, int row, int column);

/* Quiet modules of a kind on each side. */
int symbol_quiet(enum symbol_kind kind);

#endif
