/* find.h - what the search knows: names of customers and products, phone numbers, initials of their pinyin.
 *
 * Every end of a text is kept in small letters, so that any part of it is found by an index from its first letter on:
 * "居门窗" finds 丽居门窗, "4477" finds 138 0812 4477. Order numbers need no index: ask/search.c reads them. */
#ifndef SERVER_BOOKS_FIND_H
#define SERVER_BOOKS_FIND_H

#include "server/books/books.h"

enum find_kind { FIND_CUSTOMER = 1, FIND_PHONE = 2, FIND_PRODUCT = 3 };

/* Learns a name as it is written on an order (id 0) or a customer's card. Known ones cost one look. */
bool find_learn(struct books *books, enum find_kind kind, const char *text, int64_t id, struct err *err) MUST_CHECK;

/* A customer's card with its phone; what it said before is forgotten. */
bool find_customer(struct books *books, int64_t id, const char *name, const char *phone, struct err *err) MUST_CHECK;

#endif
