/* on_floor.h - the lines on the floor: those that have work left at an operation of their newest signed sheet. What is late,
 * or soon will be, is looked for among them alone. */
#ifndef SERVER_BOOKS_ON_FLOOR_H
#define SERVER_BOOKS_ON_FLOOR_H

#include "core/db.h"

bool on_floor_read(struct db *db, int64_t line, bool *is, struct err *err) MUST_CHECK;

/* Writes where it differs; a sheet that was signed just now has all its work left. */
bool on_floor_write(struct db *db, int64_t line, bool was, bool is, struct err *err) MUST_CHECK;

/* All lines that op_sum leaves there, into the empty table: a rebuild judges only lines of which something was reported. */
bool on_floor_make(struct db *db, struct err *err) MUST_CHECK;

#endif
