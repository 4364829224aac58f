/* spread.h - what of a transfer is for which order, and what of it is left: the customer's prepayment [R8]. */
#ifndef SERVER_BOOKS_SPREAD_H
#define SERVER_BOOKS_SPREAD_H

#include "server/books/money.h"

enum { PARTS_MOST = 60 };
struct parts {
    size_t count;
    struct {
        int64_t order, fen; /* above 0 */
    } part[PARTS_MOST];
};

/* The body's "parts": [{order, sum}, ...], each order once; none where it is left out. */
bool    parts_read(struct act_call *call, struct parts *parts, struct err *err) MUST_CHECK;
int64_t parts_sum(const struct parts *parts);

/* Money of a customer that no order has yet: of one transfer, or (0) of all of his. */
struct purse {
    int64_t transfer, customer, rest_fen;
    char    who[CELL_TEXT_MAX];
};

/* Are they orders of his? to_need: and does none get more than it still needs? */
bool parts_fit(struct books *books, const struct purse *purse, const struct parts *parts, bool to_need,
               struct err *err) MUST_CHECK;

/* As announced: kept, read again, overtaken by what finance says. */
bool spread_mean(struct books *books, int64_t transfer, const struct parts *parts, struct err *err) MUST_CHECK;
bool spread_meant(struct books *books, int64_t transfer, struct parts *parts, struct err *err) MUST_CHECK;
bool spread_overtake(struct books *books, int64_t transfer, struct err *err) MUST_CHECK;

/* From here on they count. Refused where the purse holds less; rest_fen is what is left in it. spread_prepaid takes from
 * his transfers, oldest first. */
bool spread_count(struct books *books, struct purse *purse, const struct parts *parts, struct err *err) MUST_CHECK;
bool spread_prepaid(struct books *books, struct purse *owner, const struct parts *parts, struct err *err) MUST_CHECK;

/* Back into the purse: one part, or (0) all that count. */
bool spread_take_back(struct books *books, struct purse *purse, int64_t spread, const char *why,
                      struct err *err) MUST_CHECK;

/* What a transfer's purse holds; and nothing any more. */
bool purse_rest(struct books *books, struct purse *purse, struct err *err) MUST_CHECK;
bool purse_empty(struct books *books, struct purse *purse, struct err *err) MUST_CHECK;

#endif
