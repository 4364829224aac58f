/* line_book.h - one order line as judge_line() takes it, read from the books: sheets, stops, rates and facts, beside what the
 * books say of each fact. lines.h keeps books of lines between slices. */
#ifndef SERVER_BOOKS_LINE_BOOK_H
#define SERVER_BOOKS_LINE_BOOK_H

#include "server/books/finished.h"
#include "server/books/missing.h"
#include "server/books/on_floor.h"
#include "server/books/worth.h"

/* A fact as the books have it, beside the judge_fact of the same index. */
struct line_fact {
    int32_t      day;
    int64_t      taken_ms;
    struct worth worth;
};

struct line_book {
    int64_t             line; /* its key */
    uint64_t            used; /* when it was last touched */
    bool                is_touched, is_read;
    struct judge_line   judge; /* points to the arrays below */
    size_t              fact_count, fact_cap;
    struct judge_fact  *facts;
    struct line_fact   *stored;
    size_t              rev_cap, op_cap, stop_cap, stays_cap, rate_cap, hour_cap, note_cap, sum_count, sum_cap;
    struct judge_rev   *revs;
    struct judge_op    *ops;
    struct judge_stop  *stops;
    struct judge_stays *stays;
    struct judge_rate  *rates;
    struct judge_hour  *hours;
    struct judge_note  *notes;
    struct op_sum      *sums;    /* as the books have them */
    struct missing_rows missing; /* likewise */
    struct finished     finished;
    bool                is_on_floor; /* likewise */
};

/* Reads all of it into an empty book with its line; where that fails the book is to be emptied. */
bool line_book_read(struct line_book *book, const struct worth_out *out, struct err *err) MUST_CHECK;

/* The same of one fact that has no line. */
bool line_book_read_loose(struct line_book *book, int64_t number, const struct worth_out *out,
                          struct err *err) MUST_CHECK;

/* A fact behind all others; its event is copied. */
struct line_fact *line_book_add(struct line_book *book, const struct judge_fact *fact);

/* Forgets its facts and all that was read of it; the book itself stays, but for line_book_free(). */
void line_book_empty(struct line_book *book);
void line_book_free(struct line_book *book);

#endif
