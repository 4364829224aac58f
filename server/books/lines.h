/* lines.h - order lines in the writer's memory: what judge_line() takes, and what the books say of it.
 *
 * A line is read from the books once and kept while it is worked on; a slice adds its new facts, judges each touched
 * line once and writes only the rows that differ. What is kept is never truer than the books: after a rollback, or a
 * change of the office that touches it, it is forgotten. */
#ifndef SERVER_BOOKS_LINES_H
#define SERVER_BOOKS_LINES_H

#include "server/books/line_book.h"

struct lines {
    size_t             count, cap;
    struct line_book **books;
    struct map         by_line;
    size_t             fact_count; /* of all: the measure of memory */
    uint64_t           clock;
    size_t             touched_count, touched_cap;
    struct line_book **touched; /* of this slice */
    size_t             loose_count, loose_cap;
    int64_t           *loose; /* numbers of facts without a line, to be judged again */
    struct judgement   judgement;
};

/* A fact that was stored just now, behind all others of its line; the event is copied. */
void lines_add(struct lines *lines, int64_t line, const struct judge_fact *fact, int32_t day, int64_t taken_ms);

/* Touches it, and has it read from the books again: its sheets, stops, rates, workers or facts changed. */
void lines_renew(struct lines *lines, int64_t line);

/* The same for all that this slice touched: who somebody is has changed. */
void lines_renew_touched(struct lines *lines);

/* The same for a fact without a line. */
void lines_renew_loose(struct lines *lines, int64_t number);

/* Judges what was touched and writes the differences: first the facts without a line, who may be a crew's. */
bool lines_judge_loose(struct lines *lines, const struct worth_out *out, struct err *err) MUST_CHECK;
bool lines_judge(struct lines *lines, const struct worth_out *out, struct err *err) MUST_CHECK;

void lines_trim(struct lines *lines);   /* between slices: gives memory back where there is too much of it */
void lines_forget(struct lines *lines); /* all of them */
void lines_free(struct lines *lines);

#endif
