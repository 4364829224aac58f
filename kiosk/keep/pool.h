/* pool.h - crews that don't share equally, as the office told it: their shares come when the shift is over. */
#ifndef KIOSK_KEEP_POOL_H
#define KIOSK_KEEP_POOL_H

#include "core/db.h"
#include "core/json.h"
#include "kiosk/words.h"

/* Topic pool: what it says stands among the settings. NULL: gone. */
bool pool_learn(struct db *db, const char *crew, const struct json *told, struct err *err) MUST_CHECK;

/* Does that crew share otherwise than equally on that shift date? "": no crew. */
bool pool_is(struct db *db, const char *crew, int32_t day, bool *is, struct err *err) MUST_CHECK;

/* Its newest shift that is over: who was in how long, into the sums of who stands in found. */
bool pool_last(struct db *db, const char *crew, int32_t day, const char *shift, struct found_crew *found,
               struct err *err) MUST_CHECK;

#endif
