/* batch.h - a large line goes to the floor in batches (EVENTS.md "Lines, parts, copies, quantities"): lines with numbers
 * and sheets of their own, whose quantities add up; money stays with the line that was ordered. */
#ifndef SERVER_BOOKS_BATCH_H
#define SERVER_BOOKS_BATCH_H

#include "server/books/act.h"

/* Releases a signed sheet in batches. Body: line, day, sequence as of sheet.release; parts: doors of each batch, in order;
 * the first keeps the line's number. Answer: lines. */
bool batch_split_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
