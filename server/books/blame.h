/* blame.h - whom a decision about bad pieces blames, when it isn't who reported them [R14]: he sees it at his kiosk, and may
 * object before it costs him anything. */
#ifndef SERVER_BOOKS_BLAME_H
#define SERVER_BOOKS_BLAME_H

#include "server/books/books.h"

/* Tells who is blamed by that decision (number of its fact), or that he isn't any more: topic blame. */
bool blame_tell(struct record *record, int64_t decision, struct err *err) MUST_CHECK;

/* May that worker be charged for the bad pieces of a report now? Refused where nobody decided that they are others' fault,
 * while he may still object (setting object_hours), and while he has objected and nobody answered. */
bool blame_check(struct books *books, const struct hash *report, int32_t worker, struct err *err) MUST_CHECK;

#endif
