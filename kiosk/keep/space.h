/* space.h - how much room the kiosk's disk has left, and for how long. */
#ifndef KIOSK_KEEP_SPACE_H
#define KIOSK_KEEP_SPACE_H

#include <stdint.h>

#include "core/db.h"

/* Below SPACE_LOW, or with room for fewer than SPACE_DAYS as the last 7 days went, somebody should be told; below
 * SPACE_FULL saving will soon fail. */
#define SPACE_LOW (INT64_C(256) << 20)
#define SPACE_FULL (INT64_C(8) << 20)
enum { SPACE_DAYS = 7, SPACE_DAYS_MOST = 9999 };

/* Bytes that are left to us on the file system of path; -1 where nobody knows. */
int64_t space_free(const char *path);

/* Bytes that a day's entries took on the disk, on average of the last 7 days; a guess that costs a few look-ups. now_ms:
 * kiosk time. */
bool space_growth(struct db *db, int64_t now_ms, int64_t *day_bytes, struct err *err) MUST_CHECK;

/* How many days that lasts; -1 where nobody knows. */
int32_t space_days(int64_t free_bytes, int64_t day_bytes);

bool space_is_low(int64_t free_bytes, int64_t day_bytes);

#endif
