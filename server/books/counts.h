/* counts.h - what a slice changes of the house's figures: pieces by shift date and operation, and by worker with it [R13]
 * [R28]. Gathered in memory beside sums.h and written once; what reports show of a month is read from these few rows.
 *
 * Every figure is a sum over verdicts that count pieces: those know their signed operation, which never changes. */
#ifndef SERVER_BOOKS_COUNTS_H
#define SERVER_BOOKS_COUNTS_H

#include "core/db.h"
#include "core/event.h"
#include "server/books/map.h"
#include "server/judge/line.h"

enum { COUNTS_NOBODY = -1 /* worker of the rows that are nobody's own */ };

struct count_row {
    int32_t day, worker; /* COUNTS_NOBODY: of all, once a piece; else each worker of a crew has the piece */
    char    code[24];    /* operation; '' = day work */
    char    shift[16];   /* of all alone */
    int64_t facts, good, bad, reworked /* good pieces of rework */, doors /* at the line's last operation */, fen;
    int64_t next; /* row of the same key's hash, -1 = none */
};
struct counts {
    size_t            count, cap;
    struct count_row *rows;
    struct map        by_key;
};

/* The row to be added to; valid until the next call. */
struct count_row *counts_row(struct counts *counts, int32_t day, int32_t worker, const char *code, const char *shift);

/* Adds what was gathered to op_day and hand_day; rows that become nothing are taken away. counts_clear() afterwards. */
bool counts_write(const struct counts *counts, struct db *db, struct err *err) MUST_CHECK;
void counts_clear(struct counts *counts);
void counts_free(struct counts *counts);

#endif
