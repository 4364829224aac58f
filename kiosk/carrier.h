/* carrier.h - writes what waits onto a USB stick, on a thread of its own: a stick is slow, and the screen waits for nothing.
 *
 * One at a time. */
#ifndef KIOSK_CARRIER_H
#define KIOSK_CARRIER_H

#include "kiosk/keep/carry.h"

struct carrier;

/* What a writing wants to know; the texts are copied. */
struct carrier_ask {
    const char *database;
    const char *folder; /* NULL: the first stick that is found, see carrier_folder() */
    int64_t     wall_ms;
    int32_t     offset_min;
};

/* wake is called on the thread when it is done. */
struct carrier *carrier_new(void (*wake)(void *self), void *self);
void            carrier_free(struct carrier *carrier); /* waits for what is being written; takes NULL */

/* False where one is being written, or no thread can be had. */
bool carrier_start(struct carrier *carrier, const struct carrier_ask *ask) MUST_CHECK;
bool carrier_is_busy(struct carrier *carrier);

/* True once for each start, when it is done: *is_good tells whether *carried stands on the stick, else *err why not. */
bool carrier_take(struct carrier *carrier, bool *is_good, struct carried *carried, struct err *err);

/* Where sticks are mounted: the first writable folder below /media, /run/media or /mnt that is another file system than
 * the root's. mounts: a file as /proc/self/mounts. False with ERR_ABSENT: none. */
bool carrier_folder(const char *mounts, char *folder, size_t size, struct err *err) MUST_CHECK;

/* As the program does it from the command line, without a thread. */
bool carrier_write(const struct carrier_ask *ask, struct carried *carried, struct err *err) MUST_CHECK;

#endif
