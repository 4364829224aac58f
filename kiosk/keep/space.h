/* space.h - how much room the kiosk's disk has left. */
#ifndef KIOSK_KEEP_SPACE_H
#define KIOSK_KEEP_SPACE_H

#include <stdint.h>

/* Below SPACE_LOW somebody should be told; below SPACE_FULL saving will soon fail. */
#define SPACE_LOW (INT64_C(256) << 20)
#define SPACE_FULL (INT64_C(8) << 20)

/* Bytes that are left to us on the file system of path; -1 where nobody knows. */
int64_t space_free(const char *path);

#endif
