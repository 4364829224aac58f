/* signed.h - at which kiosks a worker was, and on which day last: where his pay is told (feed audience 2).
 *
 * Takes each share of a fact whose worker the books know now, whenever they come to know him, and whenever it turns out
 * to be another's; a kiosk at which he wasn't lately gets all of his days anew, since it passed them over when they were
 * told. */
#ifndef SERVER_BOOKS_SIGNED_H
#define SERVER_BOOKS_SIGNED_H

#include "server/books/worth.h"

/* The share is somebody else's by now: where another fact of his says so he was there all the same, on its day. */
bool signed_off(const struct worth_out *out, const struct worth_fact *fact, int32_t worker, struct err *err) MUST_CHECK;

bool signed_in(const struct worth_out *out, const struct worth_fact *fact, int32_t worker, struct err *err) MUST_CHECK;

#endif
