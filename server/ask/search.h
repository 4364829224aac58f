/* search.h - one box for everything: part of a number, customer, phone, product, pinyin initials, a scanned code.
 *
 * Numbers are read as people say them [R25]: 301, 3-101, 2603-0001, 301-2-07; what has several readings lists all, the
 * nearest in time first. Texts are found by the index that books/find.c keeps; no table is walked. */
#ifndef SERVER_ASK_SEARCH_H
#define SERVER_ASK_SEARCH_H

#include "core/clock.h"
#include "core/db.h"

enum { SEARCH_MOST = 30, SEARCH_TEXT_MAX = 60 };

/* A month's serial that a typed number may mean; year -1: any. */
struct search_reading {
    int year, month, serial; /* year of two digits */
};
enum { SEARCH_READINGS_MAX = 8 };

/* As the index has it: small letters, narrow digits, no blanks around; what is longer is cut at a character. Pure. */
void search_fold(const char *text, char folded[SEARCH_TEXT_MAX + 1]);

/* The readings of a text, 0 where it is no number. Pure. */
int search_readings(const char *text, struct search_reading readings[SEARCH_READINGS_MAX]);

/* Appends {"orders":[rows as the list orders has them, with "why"...],"customers":[...],"readings":n}. has_customers: may
 * see phones and addresses. */
bool search_json(struct db *db, const char *text, const struct day_rule *rule, int64_t now_ms, bool has_customers,
                 struct buf *out, struct err *err) MUST_CHECK;

#endif
