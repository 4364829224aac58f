/* slow.h - slows those who guess passwords, and nobody else.
 *
 * Counts failures by user and address together, and by address alone; from the fifth (twentieth) on each further one
 * doubles the wait, to a minute (five seconds). A right password ends it, an hour without failures too. Memory is fixed:
 * the oldest count gives way. Any thread. */
#ifndef SERVER_SHOW_SLOW_H
#define SERVER_SHOW_SLOW_H

#include <stdbool.h>
#include <stdint.h>

/* How long this user at this address must still wait; 0: may try now. */
int64_t slow_wait_ms(const char *user, const char *peer, int64_t now_ms);

/* What came of a try. */
void slow_tell(const char *user, const char *peer, bool is_right, int64_t now_ms);

/* Forgets all, for tests. */
void slow_forget(void);

#endif
