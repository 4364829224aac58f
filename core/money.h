/* money.h - the arithmetic of wages, in one place: called by judge/due.c and by the kiosk for its own entries that
 * aren't booked yet, so both show the same fen.
 *
 * Money is int64 fen (1/100 yuan); piece rates are cfen (1/100 fen), so 0.0125 yuan a piece is exact. */
#ifndef CORE_MONEY_H
#define CORE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum { MONEY_SHARES_MAX = 16, MONEY_TEXT = 32 };
#define MONEY_RATE_MAX_CFEN INT64_C(100000000000) /* 10 million yuan a piece: beyond it, a typing error */
#define MONEY_PIECES_MAX 1000000

/* pieces x rate, rounded half up to fen, once for the whole fact. pieces 0..MONEY_PIECES_MAX, rate >= 0. */
int64_t money_due_fen(int64_t rate_cfen, int64_t pieces);

/* Splits fen over n workers by weights; every share is floor(fen * weight / sum), the remainder goes fen by fen in
 * share order (the order in the event). Sum of shares == fen always. n 1..MONEY_SHARES_MAX, weights > 0. */
void money_split(int64_t fen, const int64_t *weights, size_t n, int64_t *shares);

/* What of a month's wage may be taken for fines and losses together [R40]: at most `percent` of it, rounded down, and
 * never so much that less than the minimum is left. 0 where there is no room. */
int64_t money_room_fen(int64_t wage_fen, int64_t percent, int64_t minimum_fen);

/* minutes at a rate an hour, rounded half up to fen. minutes 0..MONEY_PIECES_MAX, rate >= 0. */
int64_t money_time_fen(int64_t hour_cfen, int64_t minutes);

/* "12.50" -> 1250 fen; "0.0125" -> rates with four decimals -> cfen. ASCII or full-width digits; one dot; an optional
 * leading minus only for fen. Refuses anything else, overflow, more decimals, with a sentence. */
bool money_read_fen(const char *text, int64_t *fen, struct err *err) MUST_CHECK;
bool money_read_rate(const char *text, int64_t *rate_cfen, struct err *err) MUST_CHECK;

/* 1250 -> "12.50"; rates: two decimals, or as many of four as needed. */
void money_write_fen(int64_t fen, char text[MONEY_TEXT]);
void money_write_rate(int64_t rate_cfen, char text[MONEY_TEXT]);

#endif
