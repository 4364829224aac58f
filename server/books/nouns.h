/* nouns.h - rows of the tables of nouns, for record.c and the tables beside it (record_*.c). */
#ifndef SERVER_BOOKS_NOUNS_H
#define SERVER_BOOKS_NOUNS_H

#include "server/books/record.h"

/* One row a noun. The statements name all columns in one order: keys first, the version last; update changes all but
 * the keys. tell puts what kiosks must know into the feed. */
struct noun_row {
    const char *name; /* in the audit */
    const char *select, *insert, *update;
    int         keys;
    unsigned    topics;
    uint64_t    secrets; /* bit c: the audit holds column c as its hash */
    bool (*tell)(struct record *record, const struct value *values, struct err *err);
};

/* The rows of a noun's statements are told apart from what belongs to it: a macro keeps both readable. */
#define COLUMN(c) (UINT64_C(1) << (c))
#define NOUN(NAME, KEYS, TOPICS, SECRETS, TELL, SELECT, INSERT, UPDATE)                           \
    {                                                                                             \
        .name = (NAME), .keys = (KEYS), .topics = (TOPICS), .secrets = (SECRETS), .tell = (TELL), \
        .select = SQL(SELECT), .insert = SQL(INSERT), .update = SQL(UPDATE)                       \
    }

/* Nouns before NOUN_CUSTOMER: record_floor.c; from it on: record_orders.c. */
extern const struct noun_row FLOOR_NOUNS[];
extern const struct noun_row ORDER_NOUNS[];

#endif
