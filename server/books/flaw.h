/* flaw.h - bad pieces as reports count them: reason and operation at fault, as the reporter proposed them or as was
 * decided [R14]. Rows of one fact, written anew when its verdict changes. */
#ifndef SERVER_BOOKS_FLAW_H
#define SERVER_BOOKS_FLAW_H

#include "core/db.h"
#include "server/judge/line.h"

enum { FLAW_NOBODY = 0 /* the material's, or no operation's */, FLAW_UNSAID = -1 };

struct flaw_fact {
    int64_t             number;
    int32_t             day;
    int64_t             line;
    const struct event *event;    /* what was reported */
    const struct event *decision; /* in force about its bad pieces; NULL = none */
    const char         *code;     /* the operation at which they were found */
};

/* had: the books have rows of it. Pieces beyond those of the rows' own words belong to no reason (0). */
bool flaw_write(struct db *db, const struct flaw_fact *fact, bool had, const struct verdict *verdict,
                struct err *err) MUST_CHECK;

#endif
