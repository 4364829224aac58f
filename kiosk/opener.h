/* opener.h - opens a worker's pay boxes' lock: badge and PIN make his pair of keys, slowly, on a thread of its own.
 *
 * One at a time; what isn't taken any more is forgotten. */
#ifndef KIOSK_OPENER_H
#define KIOSK_OPENER_H

#include "core/err.h"
#include "core/seal.h"
#include "kiosk/words.h"

struct opener;

/* wake is called on the thread when the pair is made. */
struct opener *opener_new(void (*wake)(void *self), void *self);
void           opener_free(struct opener *opener); /* waits for a pair being made; takes NULL */

/* False where one is being made, or no thread can be had. */
bool opener_start(struct opener *opener, const struct found_worker *worker, const char *pin) MUST_CHECK;
bool opener_is_busy(struct opener *opener);

/* True once for each start, when it is done: *is_made tells whether *pair holds the keys of worker. */
bool opener_take(struct opener *opener, int32_t *worker, bool *is_made, struct seal_pair *pair);

#endif
