/* correct.h - the office puts an entry right: its count, operation or workers, or that it never happened [R14], [R11].
 *
 * Like a decision it is an event of the office: it goes to the inbox first, and what it corrects stays as it was said.
 * Pay follows from the judge alone, also where the month of it is closed. */
#ifndef SERVER_BOOKS_CORRECT_H
#define SERVER_BOOKS_CORRECT_H

#include "server/books/act.h"

/* Body: refers (name of the entry), why; what changes of: count (0: it never happened), op (number on the sheet),
 * workers (list of numbers, in share order). */
bool correct_line(struct books *books, struct act_call *call, struct event *line, struct err *err) MUST_CHECK;

#endif
