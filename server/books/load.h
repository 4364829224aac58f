/* load.h - what doors are worth that left or shall leave: an order's lines with what is on trucks, and what notes ask for
 * besides. A line's doors are worth their part of its price, rounded up, so that parts are never worth less than the whole. */
#ifndef SERVER_BOOKS_LOAD_H
#define SERVER_BOOKS_LOAD_H

#include "server/books/books.h"

enum { LOAD_LINES_MOST = 99 };

struct load_line {
    int64_t line, quantity, amount_fen, loaded;
    int64_t more; /* doors that shall be loaded besides */
};
struct load {
    struct load_line lines[LOAD_LINES_MOST];
    int              count;
};

/* goods_fen: what the order is worth, shared out where a line has no price of its own. */
bool load_read(struct books *books, int64_t order, int64_t goods_fen, struct load *load, struct err *err) MUST_CHECK;

/* What left or is on a truck, in fen. */
bool load_shipped_fen(struct books *books, int64_t order, int64_t goods_fen, int64_t *fen, struct err *err) MUST_CHECK;

/* What a note still has to load, added to the load or (sign -1) taken from it. *doors: how many they are. */
bool load_add(struct books *books, int64_t note, int sign, struct load *load, int64_t *doors,
              struct err *err) MUST_CHECK;

/* Of what shall be loaded besides, in fen. */
int64_t load_worth(const struct load *load);

#endif
