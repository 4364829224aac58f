/* check.h - is what is stored what was once taken and done? Both databases, every chain, the audit.
 *
 * Reads only, in one snapshot of each file, books first. */
#ifndef SERVER_CARE_CHECK_H
#define SERVER_CARE_CHECK_H

#include "server/care/walk.h"

struct check_result {
    int64_t    events, chains, audit_rows, applied_to;
    int64_t    counts[FINDINGS];
    struct say first_bad; /* empty where nothing is bad */
    bool       is_sound;  /* both files have a sound structure, so that lines could be looked at */
};

/* found.say is called for each finding, NULL: they are only counted; number is that of an event, 0 where it is about none.
 * True also where something is bad; false where it couldn't be looked at. */
struct check_options {
    const char       *books_path, *inbox_path;
    const char       *vfs;
    struct walk_found found;
};
bool check_run(const struct check_options *options, struct check_result *result, struct err *err) MUST_CHECK;

#endif
