/* diagnosis.h - how this kiosk is, as far as its disk can tell: for setup. */
#ifndef KIOSK_KEEP_DIAGNOSIS_H
#define KIOSK_KEEP_DIAGNOSIS_H

#include "core/db.h"
#include "kiosk/words.h"

/* Who it is, its server, the disk, what waits to be sent. The rest of *diagnosis stays as it is. path: of the
 * database; now_ms: kiosk time. */
bool diagnosis_look(struct db *db, const char *path, int64_t now_ms, struct found_diagnosis *diagnosis,
                    struct err *err) MUST_CHECK;

#endif
