/* chosen.h - the scanners that were chosen at this kiosk, kept as lines of text. What a line says is scan/choice.h's. */
#ifndef KIOSK_KEEP_CHOSEN_H
#define KIOSK_KEEP_CHOSEN_H

#include "core/db.h"

enum { CHOSEN_TEXT_MAX = 1024, CHOSEN_LINES_MAX = 8 };

/* All of them, each line with its end; "" = none. What doesn't fit is left out. */
bool chosen_read(struct db *db, char text[CHOSEN_TEXT_MAX], struct err *err) MUST_CHECK;

/* In the place of those before, in one transaction. */
bool chosen_keep(struct db *db, const char *text, struct err *err) MUST_CHECK;

/* The same within a transaction of the caller's. */
bool chosen_put(struct db *db, const char *text, struct err *err) MUST_CHECK;

#endif
