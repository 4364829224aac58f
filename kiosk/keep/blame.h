/* blame.h - bad pieces of others' entries that the office decided to be somebody's fault [R14], as it told it. */
#ifndef KIOSK_KEEP_BLAME_H
#define KIOSK_KEEP_BLAME_H

#include "core/db.h"
#include "core/json.h"
#include "kiosk/words.h"

/* Topic blame: what it says stands among the settings. NULL: not any more. */
bool blame_learn(struct db *db, const char *key, const struct json *told, struct err *err) MUST_CHECK;

/* The newest ones of the page's worker, of the last 35 days. */
bool blame_read(struct db *db, int64_t now_ms, struct found_page *page, struct err *err) MUST_CHECK;

#endif
