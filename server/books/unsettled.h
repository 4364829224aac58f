/* unsettled.h - what is open when a period is checked, so that a month closes with every difference listed [R41]: pieces
 * held, bad pieces whose fault is undecided, objections unanswered, work of nobody known, adjustments nobody approved, and
 * work that is missing: a later step proves that it was done, and nobody is paid for it. */
#ifndef SERVER_BOOKS_UNSETTLED_H
#define SERVER_BOOKS_UNSETTLED_H

#include "server/books/period.h"

bool unsettled_list(struct books *books, const struct period *period, struct err *err) MUST_CHECK;

#endif
