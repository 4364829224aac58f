/* lock.h - one program at a time works on a data directory.
 *
 * Held on the file DIR/lock, which stays there; the system lets go of it when its holder ends, however it ends. Who only
 * reads takes no lock. */
#ifndef CORE_LOCK_H
#define CORE_LOCK_H

#include "core/err.h"

/* The lock of a directory that is there: *lock is to be handed to lock_free(). ERR_BUSY with the other's process number
 * where somebody has it; ERR_ABSENT where there is no such directory. */
bool lock_take(const char *dir, int *lock, struct err *err) MUST_CHECK;
void lock_free(int lock); /* takes -1 */

#endif
