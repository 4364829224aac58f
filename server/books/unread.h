/* unread.h - facts that were held because the program that read them was older than the kiosk that wrote them. */
#ifndef SERVER_BOOKS_UNREAD_H
#define SERVER_BOOKS_UNREAD_H

#include <stdbool.h>

#include "core/db.h"

/* Is one of them understood by this program? Then everything derived is to be made anew: what it says may touch other facts
 * (a badge that it binds, a paper, goods), not its own line alone. One look at what is held, at each start. */
bool unread_is_less(struct db *books, bool *is_less, struct err *err) MUST_CHECK;

#endif
