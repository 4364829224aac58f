/* lead.h - lead times by family, holidays counted out [R29]: the day that a family's gives, and whether one is too early. */
#ifndef SERVER_BOOKS_LEAD_H
#define SERVER_BOOKS_LEAD_H

#include "server/books/act.h"

/* The day that the family's lead time gives from a day on; *has false: it has none. */
bool lead_due(struct books *books, const char *family, bool is_rush, int32_t from_day, bool *has, int32_t *due_day,
              struct err *err) MUST_CHECK;

/* Working days from today to a day, and how many the family takes at least; 0 where it has no lead time. */
bool lead_room(struct books *books, const char *family, bool is_rush, int32_t day, int64_t *days, int64_t *least,
               struct err *err) MUST_CHECK;

#endif
