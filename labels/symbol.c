/* symbol.c - a barcode as modules: symbol.h. */
#include "labels/symbol.h"

#include <stdlib.h>
#include <string.h>
#include <zint.h>

enum { QR_LEVEL_Q = 3 };

static void modules_copy(const struct zint_symbol *from, struct symbol *to)
{
    memset(to, 0, sizeof *to);
    to->columns = from->width;
    to->rows = from->rows;
    for (int row = 0; row < to->rows; row++)
        memcpy(to->bits[row], from->encoded_data[row], ((size_t)to->columns + 7) / 8);
}

bool symbol_make(enum symbol_kind kind, const char *digits, struct symbol *symbol, struct err *err)
{
    size_t len = strlen(digits);
    if (len == 0 || strspn(digits, "0123456789") != len) return err_set(err, ERR_INPUT, SAY("labels.symbol"));
    struct zint_symbol *made = ZBarcode_Create();
    if (made == NULL) abort(); /* as core/buf.h */
    made->symbology = kind == SYMBOL_QR ? BARCODE_QRCODE : BARCODE_CODE128;
    made->input_mode = DATA_MODE;
    if (kind == SYMBOL_QR) made->option_1 = QR_LEVEL_Q;
    int  result = ZBarcode_Encode(made, (const unsigned char *)digits, (int)len);
    bool is_made = result < ZINT_ERROR && made->width <= SYMBOL_COLUMNS_MAX && made->rows <= SYMBOL_ROWS_MAX;
    if (is_made) modules_copy(made, symbol);
    ZBarcode_Delete(made);
    return is_made || err_set(err, ERR_INPUT, SAY("labels.symbol"));
}

bool symbol_is_black(const struct symbol *symbol, int row, int column)
{
    return (symbol->bits[row][column / 8] >> (column % 8) & 1) != 0;
}

int symbol_quiet(enum symbol_kind kind)
{
    return kind == SYMBOL_QR ? SYMBOL_QUIET_QR : SYMBOL_QUIET_CODE128;
}
