/* cell.h - one field of an imported table: text -> a value, or the sentence that says why not. Pure.
 *
 * People type with Chinese input methods and save from spreadsheets: full-width digits and signs are read as what they
 * mean wherever a number, a date or an order number is wanted; a badge that a spreadsheet shortened to 1.23E+14 is
 * named as such. Texts are taken as they are, but what a spreadsheet would run as a formula is refused. */
#ifndef SERVER_BOOKS_CELL_H
#define SERVER_BOOKS_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum cell_kind {
    CELL_TEXT,  /* at most `most` bytes, one line */
    CELL_ID,    /* letters, digits, - _ . and other letters; no space; at most 23 bytes */
    CELL_IDS,   /* several, separated by spaces */
    CELL_INT,   /* least..most */
    CELL_BOOL,  /* 1 0 yes no true false 是 否; empty: no */
    CELL_DAY,   /* 2026-12-01, 2026/12/1, 2026.12.1 */
    CELL_RATE,  /* yuan, up to four decimals -> cfen */
    CELL_ORDER, /* 2603-0001 -> line key with line 0 */
    CELL_BADGE, /* 15 digits, or the 18 of the barcode */
    CELL_FEN,   /* yuan, up to two decimals, least..most fen */
    CELL_PHONE  /* digits with spaces, - and ( ) between, at least five digits; at most 30 bytes */
};

enum { CELL_TEXT_MAX = 512, CELL_ID_BYTES = 23 };

struct cell {
    bool    is_set; /* something stood there */
    int64_t number; /* INT, BOOL, DAY, RATE, ORDER, BADGE, FEN */
    char    text[CELL_TEXT_MAX];
};

struct cell_want {
    enum cell_kind kind;
    bool           is_needed;
    int64_t        least, most; /* INT, FEN: of the number; TEXT, IDS: most bytes, below CELL_TEXT_MAX */
};

/* text: UTF-8, as json.h reads it. */
bool cell_read(const struct cell_want *want, const char *text, size_t len, struct cell *cell,
               struct err *err) MUST_CHECK;

#endif
