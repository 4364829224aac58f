/* bind.h - spare badges: whom a supervisor gave one for a shift. */
#ifndef SERVER_BOOKS_BIND_H
#define SERVER_BOOKS_BIND_H

#include "server/books/act.h"
#include "server/books/books.h"

/* The badge means that worker (0: one whom nobody named yet) on that shift date; the newest binding holds. All that was
 * reported with it that day is judged again, and kiosks are told. number: of the binding fact. */
bool bind_put(struct books *books, int64_t badge, int32_t day, int32_t worker, int64_t number,
              struct err *err) MUST_CHECK;

/* *day: a shift date on which the badge was bound to another than that worker; *has false: none. */
bool bind_of_another(struct books *books, int64_t badge, int32_t worker, bool *has, int32_t *day,
                     struct err *err) MUST_CHECK;

/* An event of the office. Body: badge, day, worker, why. */
bool bind_line(struct books *books, struct act_call *call, struct event *line, struct err *err) MUST_CHECK;

#endif
