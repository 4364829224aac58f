/* salvage.h - a damaged database is set aside, and what can be read of it goes on in a new one.
 *
 * Events are believed by their names (the hash of their bytes), whatever else is damaged. What is lost among them becomes
 * gaps when it is the gaps' turn to be sent; what was learnt comes again with the feed. Only for real files. */
#ifndef KIOSK_KEEP_SALVAGE_H
#define KIOSK_KEEP_SALVAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum { SALVAGE_PATH_MAX = 1024 }; /* of path and what is put behind it: longer is our mistake */

/* Damage was met while running: the next start looks closely. */
void salvage_mark(const char *path);
bool salvage_is_marked(const char *path);
void salvage_unmark(const char *path);

struct salvaged {
    int64_t events;
    bool    has_identity;            /* false: the kiosk must be enrolled again */
    char    aside[SALVAGE_PATH_MAX]; /* where the damaged file is kept */
};

/* path: no connection is open on it. now_ms: names the file set aside. After true a sound database stands at path. */
bool salvage(const char *path, int64_t now_ms, struct salvaged *salvaged, struct err *err) MUST_CHECK;

#endif
