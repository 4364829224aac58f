/* qr.c - a QR code that a page draws itself: takes digits, gives its modules. */
#include "core/json.h"
#include "labels/symbol.h"
#include "server/show/doors.h"

bool qr_write(const char *digits, struct buf *out, struct err *err)
{
    struct symbol symbol;
    if (!symbol_make(SYMBOL_QR, digits, &symbol, err)) return false;
    buf_char(out, '[');
    for (int row = 0; row < symbol.rows; row++) {
        json_sep(out);
        buf_char(out, '"');
        for (int column = 0; column < symbol.columns; column++)
            buf_char(out, symbol_is_black(&symbol, row, column) ? '1' : '0');
        buf_char(out, '"');
    }
    buf_char(out, ']');
    return true;
}
