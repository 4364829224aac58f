/* books.h - what the writer holds in memory of books.db, and hands to those who apply and act. For this room alone.
 *
 * Everything but the database is a copy that books_forget() throws away, after a rollback or a change that isn't worth
 * following; it is read again when it is needed. */
#ifndef SERVER_BOOKS_BOOKS_H
#define SERVER_BOOKS_BOOKS_H

#include "server/books/chains.h"
#include "server/books/counts.h"
#include "server/books/lines.h"
#include "server/books/paid.h"
#include "server/books/people.h"
#include "server/books/record.h"
#include "server/books/sums.h"
#include "server/books/telling.h"

/* An event of the office in this slice, whose act wants its answer. */
struct office_fact {
    int64_t number;
    char    act[EVENT_ACT_MAX];
};

/* A crew-shift to be judged at the end of the slice: pool.c. */
struct pool_key {
    char    crew[EVENT_STATION_MAX];
    char    shift[16];
    int32_t day;
};
struct pools {
    size_t           count, cap;
    struct pool_key *keys;
};

struct books {
    struct db          *db;
    struct record       record;
    struct people       people;
    struct chains       chains;
    struct lines        lines;
    struct sums         sums;
    struct counts       counts;
    struct telling      telling;
    struct paid         paid;
    struct pools        pools;
    struct epoch        server; /* the taker's epoch, and this start: what an event of the office has seen */
    uint64_t            run;
    int64_t             applied_to;
    int64_t             waiting; /* rows of table waiting; -1 = not counted */
    size_t              office_count, office_cap;
    struct office_fact *office;
};

/* Reads what is forgotten. */
bool books_ready(struct books *books, struct err *err) MUST_CHECK;
void books_forget(struct books *books);
void books_free(struct books *books); /* without the database */

struct worth_out books_worth_out(struct books *books);

/* Ends a slice or an act: judges what was touched, answers the acts of its office events, writes sums and marks, tells
 * kiosks. */
bool books_settle(struct books *books, bool is_caught_up, struct err *err) MUST_CHECK;

/* Has all facts judged again that a badge which nobody had may name now. */
bool books_renew_badge(struct books *books, int64_t badge, struct err *err) MUST_CHECK;

/* Has one fact judged again: its line, or where it has none (0) itself. */
bool books_renew_fact(struct books *books, int64_t line, int64_t number, struct err *err) MUST_CHECK;

/* ... all lines of an order (line 0) or the line itself; ... all that worker has facts in from a day on. */
bool books_renew_order(struct books *books, int64_t line, struct err *err) MUST_CHECK;
bool books_renew_worker(struct books *books, int32_t worker, int32_t from_day, struct err *err) MUST_CHECK;

#endif
