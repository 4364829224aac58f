/* speed.h - looks at a worker's shift date with judge/speed.c and flags what a person should ask about: rows of `speed_flag`,
 * once found never touched. Days that are long gone are left alone, so a rebuild doesn't ask about them again. */
#ifndef SERVER_BOOKS_SPEED_H
#define SERVER_BOOKS_SPEED_H

#include "server/books/record.h"

bool speed_look(struct record *record, int64_t worker, int64_t day, struct err *err) MUST_CHECK;

#endif
